"""export_terms.py DATABASE FOLDER ADDON...: writes FOLDER/<addon>.pot for each addon installed in DATABASE.

Without the dates that Odoo puts in: two exports of the same addon are the same file.
"""
import io
import sys
from pathlib import Path

import polib

import odoo.api
import odoo.modules.registry
from odoo.tools import config
from odoo.tools.translate import trans_export


def main(database: str, folder: Path, addons: list[str]) -> None:
    config.parse_config(["-d", database, "--log-level=warn", "--no-http"], setup_logging=True)
    folder.mkdir(parents=True, exist_ok=True)
    with odoo.modules.registry.Registry(database).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        for addon in addons:
            buffer = io.BytesIO()
            trans_export(False, [addon], buffer, "po", env)
            terms = polib.pofile(buffer.getvalue().decode())
            for key in ("POT-Creation-Date", "PO-Revision-Date"):
                terms.metadata.pop(key, None)
            terms.save(str(folder / f"{addon}.pot"))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
