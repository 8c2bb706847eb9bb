# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Update, uninstallation and re-installation on a database with data: clean, and core works afterwards."""

import os

from odoo_command import shell
from own_database import copy_of

import pytest

FILL = """
from odoo.tests import new_test_user
env.company.sales_ownership_enabled = True
context, group = {"no_reset_password": True}, "sales_team.group_sale_salesman"
seller, rival = (new_test_user(env, login, groups=group, context=context) for login in ("seller", "rival"))
customer, relative = env["res.partner"].create([{"name": "Harbin Mills"}, {"name": "Dalian Presses"}])
wizard = env["sales.customer.register"]
wizard.with_user(seller).create({"partner_id": customer.id, "summary": "Wants two presses"}).action_register()
wizard.with_user(rival).create({"partner_id": customer.id}).action_wait()
env["sales.customer.relation"].create({
    "partner_id": customer.id, "other_partner_id": relative.id, "kind": "subsidiary", "note": "Licence",
})
order = env["sale.order"].create({"partner_id": relative.id, "user_id": rival.id})
order.action_confirm()
assert order.credited_user_id == seller, order.credited_user_id
env.cr.commit()
print("FILLED")
"""
UNCHANGED = """
customer = env["res.partner"].search([("name", "=", "Harbin Mills")])
assert customer.sales_owner_id.login == "seller", customer.sales_owner_id
assert env["sale.order"].search([("partner_id.name", "=", "Dalian Presses")]).credited_user_id.login == "seller"
print("UNCHANGED")
"""
CORE_WORKS = """
assert "sales.ownership" not in env
seller = env["res.users"].search([("login", "=", "seller")])
partner = env["res.partner"].with_user(seller).create({"name": "Anshan Steel", "phone": "+86 412 000 0000"})
order = env["sale.order"].with_user(seller).create({"partner_id": partner.id})
order.action_confirm()
lead = env["crm.lead"].with_user(seller).create({"name": "Coils", "partner_name": "Anshan Wire"})
lead._handle_partner_assignment()
partner.message_post(body="Hello")
for model in ("res.partner", "crm.lead", "sale.order", "calendar.event", "res.config.settings"):
    env[model].get_views([(False, "form"), (False, "list")] if model != "res.config.settings" else [(False, "form")])
env["sale.report"].search([], limit=1).read()
customer = env["res.partner"].search([("name", "=", "Harbin Mills")])
env["sale.order"].search([("partner_id", "=", customer.id)]).unlink()
customer.unlink()
leftovers = env["ir.model.data"].search([("module", "=", "sales_policy")])
assert not leftovers, leftovers.mapped("complete_name")
env.cr.commit()
print("WORKS")
"""
INSTALLED_AGAIN = """
partner = env["res.partner"].search([("name", "=", "Anshan Steel")])
assert partner.sales_ownership_state == "unclaimed"
assert not env["sales.ownership"].search_count([])
print("INSTALLED")
"""


@pytest.fixture
def database():
    """A copy of the tests' database, dropped afterwards."""
    source = os.environ["GROUND_DATABASE"]
    with copy_of(source, f"{source}_life") as name:
        yield name


def test_update_uninstall_and_install_again_with_data(database):
    steps = [FILL, 'apps("sales_policy", "upgrade")\n', UNCHANGED, 'apps("sales_policy", "uninstall")\n', CORE_WORKS]
    steps += ['apps("sales_policy", "install")\n', INSTALLED_AGAIN]
    told = shell(database, "".join(steps))
    assert told.split() == ["FILLED", "UNCHANGED", "WORKS", "INSTALLED"]
