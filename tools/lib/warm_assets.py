"""warm_assets.py DATABASE: builds the asset bundles that web pages and browser tests of DATABASE ask for."""
import sys

import odoo.api
import odoo.modules.registry
from odoo.tools import config

# The host builds all it has: a third of the time goes into these, the rest into bundles that no test opens.
BUNDLES = (
    "bus.websocket_worker_assets",
    "portal.assets_chatter",
    "survey.survey_assets",
    "web.__assets_tests_call__",
    "web.assets_emoji",
    "web.assets_frontend",
    "web.assets_frontend_lazy",
    "web.assets_frontend_minimal",
    "web.assets_tests",
    "web.assets_web",
    "web.assets_web_print",
    "web.report_assets_common",
)


def main(database: str) -> None:
    config.parse_config(["-d", database, "--log-level=warn", "--no-http"], setup_logging=True)
    with odoo.modules.registry.Registry(database).cursor() as cr:
        views = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})["ir.qweb"]
        for name in BUNDLES:
            views._get_asset_bundle(name, css=True, js=False).css()
            views._get_asset_bundle(name, css=False, js=True).js()


if __name__ == "__main__":
    main(sys.argv[1])
