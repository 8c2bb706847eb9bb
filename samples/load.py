# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Load the sample base, seen from today, through the import screen's own model.

    tools/odoo shell -d demo --no-http < samples/load.py

Made for Odoo's prompt, where ``env`` is defined. The files are found in SAMPLES_DIR or in ./samples. A
second run does nothing.
"""

import csv
import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from pytz import timezone

SAMPLES = Path(os.environ.get("SAMPLES_DIR", "samples")).resolve()
sys.path.insert(0, str(SAMPLES))
# Options that the web client sends for a file nobody has touched.
UNTOUCHED = {
    "has_headers": True, "advanced": True, "keep_matches": False, "encoding": "", "separator": "", "quoting": '"',
    "date_format": "", "datetime_format": "", "float_thousand_separator": ",", "float_decimal_separator": ".",
    "limit": 2000, "skip": 0, "sheets": [], "sheet": "", "tracking_disable": True,
    "import_skip_records": [], "import_set_empty_fields": [], "fallback_values": {}, "name_create_enabled_fields": {},
}


def import_file(env, model, path):
    """Import a file as the import screen does, with the mapping it proposes by itself; stop at any message."""
    screen = env["base_import.import"].with_context(tracking_disable=True).create({
        "res_model": model, "file": path.read_bytes(), "file_name": path.name, "file_type": "text/csv",
    })
    preview = screen.parse_preview(dict(UNTOUCHED))
    if preview.get("error"):
        sys.exit(f"{path.name}: {preview['error']}")
    columns = preview["headers"]
    mapping = ["/".join(preview["matches"].get(index, ())) or False for index in range(len(columns))]
    result = screen.execute_import(mapping, [column.lower() for column in columns], preview["options"])
    for message in result["messages"]:
        # A message about the whole file has no rows; the others count from the row below the header.
        row = f", row {message['rows']['from'] + 2}" if message.get("rows") else ""
        print(f"{path.name}{row}: {message['message']}")
    if result["messages"]:
        sys.exit(f"{path.name} was not imported")
    print(f"{path.name}: {len(result['ids'])} records")


def prepare_company(env):
    company = env.ref("base.main_company")
    company.sales_ownership_enabled = True
    company.resource_calendar_id.tz = "Asia/Shanghai"
    company.partner_id.tz = "Asia/Shanghai"


def prepare_people(env, folder):
    """Import the users, give them their teams, and let everybody sign in with the login as password."""
    import_file(env(context={**env.context, "no_reset_password": True}), "res.users", folder / "salespeople.csv")
    lang = "zh_CN" if env["res.lang"]._get_code("zh_CN") == "zh_CN" else "en_US"
    with (folder / "salespeople.csv").open(encoding="utf-8", newline="") as source:
        people = list(csv.DictReader(source))
    users = {person["login"]: env["res.users"].search([("login", "=", person["login"])]) for person in people}
    for login, user in users.items():
        user.write({"password": login, "lang": lang})
    for leader in (person for person in people if person["Job"] == "leader"):
        members = [person for person in people if person["Team"] == leader["Team"] and person is not leader]
        env["crm.team"].create({
            "name": leader["Team"],
            "user_id": users[leader["login"]].id,
            "crm_team_member_ids": [(0, 0, {"user_id": users[person["login"]].id}) for person in members],
        })
    return next(users[person["login"]] for person in people if person["Job"] == "manager")


def load(env):
    if env.ref("__import__.customer_0001", raise_if_not_found=False):
        print("The sample base is there already.")
        return
    from make_samples import make

    today = datetime.now(timezone("Asia/Shanghai")).date()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        make(folder, today)
        prepare_company(env)
        manager = prepare_people(env, folder)
        as_manager = env(user=manager, context={**manager.context_get(), "tracking_disable": True})
        for model, name in (
            ("res.partner.category", "tags"), ("res.partner", "customers"), ("sales.contact.log", "contacts"),
        ):
            import_file(as_manager, model, folder / f"{name}.csv")
    leavers = env["res.users"].search([("login", "=", "cen.wangbei")])
    leavers.active = False
    env.cr.commit()
    counts = dict(as_manager["res.partner"]._read_group(
        [("id", "in", as_manager["res.partner"].search([("ref", "=like", "KH%")]).commercial_partner_id.ids)],
        ["sales_ownership_state"], ["__count"],
    ))
    print("Customers:", ", ".join(f"{count} {state}" for state, count in counts.items()))


load(env)
