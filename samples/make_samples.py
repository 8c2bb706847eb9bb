#!/usr/bin/env python3
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write the sample files: a customer list as a company would have it, and the history of its contacts.

    python3 samples/make_samples.py                              # the committed files
    python3 samples/make_samples.py --today 2027-03-01 --out DIR # the same base, seen from another day

The content hangs on SEED alone; ``--today`` moves every date by the same number of days. Times are those on
the clock in Shanghai, as the import screen expects them from a user of that timezone.
"""

import argparse
import csv
import random
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import names  # noqa: E402
from contact_history import CONTACT_COLUMNS, SELLERS, History  # noqa: E402
from customer_list import CUSTOMER_COLUMNS, CustomerList  # noqa: E402

SEED = 20260615
REFERENCE = date(2026, 6, 15)
MOST_CONTACTS = 1900  # one batch of the import screen takes 2,000 rows


def spoil(contacts):
    """Return a few good rows and one row for each thing that is often wrong with a list of contacts."""
    rows = [dict(row, id=f"bad_{row['id']}") for row in contacts[-12:]]
    rows[1]["partner_id/id"] = "customer_9999"
    rows[3]["channel"] = "信鸽"
    rows[5]["contact_date"] = (datetime.fromisoformat(rows[-1]["contact_date"]) + timedelta(days=400)).isoformat(" ")
    rows[7]["summary"] = ""
    rows[8]["user_id"] = "查无此人"
    rows[10]["contact_date"] = "2026年5月31日上午"
    return rows


def write(path, columns, rows):
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def make(out, today=REFERENCE):
    """Write all sample files to a folder, as seen from ``today``."""
    rng = random.Random(SEED)
    customers = CustomerList(rng)
    customers.build()
    history = History(rng, today)
    history.build(customers.units)
    contacts = list(history.lines())
    if len(contacts) > MOST_CONTACTS:
        raise ValueError(f"{len(contacts)} contacts are more than one batch of the import screen")
    last_contact, salespeople = {}, {}
    for moment, user, customer in history.contacts:
        last_contact[customer], salespeople[customer] = moment, user
    for row in customers.rows:
        moment = last_contact.get(row["id"])
        row["Last contact"] = moment.strftime("%Y-%m-%d %H:%M") if moment else ""
        # The old list's owner is a belief: mostly the last one seen, sometimes somebody else, sometimes nobody.
        known = salespeople.get(row["id"], "")
        row["user_id"] = known if rng.random() < 0.85 else rng.choice(["", *SELLERS])
    out.mkdir(parents=True, exist_ok=True)
    write(out / "salespeople.csv", ["id", "name", "login", "email", "group_ids/id", "tz", "Team", "Job"], (
        {
            "id": f"user_{login.replace('.', '_')}", "name": name, "login": login, "email": f"{login}@lingfeng.example",
            "group_ids/id": names.GROUPS[role], "tz": "Asia/Shanghai", "Team": team, "Job": role,
        }
        for name, login, team, role in names.SALESPEOPLE
    ))
    write(out / "tags.csv", ["name"], ({"name": tag} for tag in names.TAGS))
    write(out / "customers.csv", CUSTOMER_COLUMNS, customers.lines())
    write(out / "contacts.csv", CONTACT_COLUMNS, contacts)
    write(out / "contacts_bad.csv", CONTACT_COLUMNS, spoil(contacts))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--today", type=date.fromisoformat, default=REFERENCE, help="the day the base is seen from")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent, help="folder to write to")
    options = parser.parse_args()
    make(options.out, options.today)
