"""warm_assets.py DATABASE: builds the asset bundles that web pages and browser tests of DATABASE ask for."""
import sys

import odoo.api
import odoo.modules.registry
from odoo.tools import config


def main(database: str) -> None:
    config.parse_config(["-d", database, "--log-level=warn", "--no-http"], setup_logging=True)
    with odoo.modules.registry.Registry(database).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        env["ir.qweb"]._pregenerate_assets_bundles()


if __name__ == "__main__":
    main(sys.argv[1])
