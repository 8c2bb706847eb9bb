# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from inspect import Parameter, isfunction, signature

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .common import SalesPolicyCommon

REFUSED = (AccessError, UserError, ValidationError)
EVIDENCE = (
    "sales.contact.log",
    "sales.ownership",
    "sales.credit",
    "sales.customer.membership",
    "sales.customer.relation",
)


def public_methods(model):
    """Return what our addons let a client call on a model beside create, write and delete, with what it takes.

    :return: dict of name to number of arguments that have to be given
    """
    found = {}
    for cls in type(model).mro():
        if not cls.__module__.startswith("odoo.addons.sales_"):
            continue
        for name, member in vars(cls).items():
            ordinary = name in ("create", "write", "unlink", "copy_data")
            if isfunction(member) and not (name.startswith("_") or ordinary or hasattr(member, "_api_private")):
                given = list(signature(member).parameters.values())[1:]
                found[name] = sum(
                    parameter.default is Parameter.empty and parameter.kind is not Parameter.VAR_KEYWORD
                    for parameter in given
                )
    return found


class HarmlessCommon(SalesPolicyCommon):
    """Whatever a client may call, somebody who has no part in a record moves nothing with it."""

    def content(self, records):
        """Return all that is stored of some records, and how many there are of their kind."""
        self.env.flush_all()
        self.env.invalidate_all()
        names = [name for name, field in records._fields.items() if field.store and name != "write_date"]
        return records.sudo().read(names, load=False), records.sudo().search_count([])

    def assertHarmless(self, users, *recordsets):
        """Call every public method of our addons on these records as each of these users, with empty arguments."""
        calls = [(records, name, number) for records in recordsets for name, number in public_methods(records).items()]
        self.assertGreater(len(calls), len(recordsets))
        contents = [self.content(records) for records in recordsets]
        for user in users:
            for records, name, number in calls:
                of_model = getattr(getattr(records, name), "_api_model", False)
                with mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"):
                    try:
                        with self.cr.savepoint():
                            self.rpc(user, records._name, name, *[] if of_model else [records.ids], *[{}] * number)
                    except REFUSED:
                        pass
                now = [self.content(records) for records in recordsets]
                self.assertEqual(now, contents, f"{user.login}: {records._name}.{name}")


class AttackCommon(SalesPolicyCommon):
    """A registered customer, a confirmed order of a colleague and a relation, which everybody tries to bend."""

    def setUp(self):
        super().setUp()
        self.register(self.customer, self.li)
        self.first_log = self.env["sales.contact.log"].search([], limit=1)
        self.row = self.ownership(self.customer)
        self.order_of_wang = self.order(self.customer, self.wang)
        self.order_of_wang.action_confirm()
        self.relation = self.env["sales.customer.relation"].create(
            {
                "partner_id": self.other_customer.id,
                "other_partner_id": self.third_customer.id,
                "kind": "subsidiary",
                "note": "Licence",
            }
        )
        self.everybody = self.li | self.wang | self.leader | self.manager | self.accountant | self.clerk | self.portal
        self.evidence = {
            "sales.contact.log": self.first_log,
            "sales.ownership": self.row,
            "sales.credit": self.env["sales.credit"].search([], limit=1),
            "sales.customer.membership": self.customer.sudo().sales_membership_ids,
            "sales.customer.relation": self.relation,
        }
        self.env.flush_all()

    def snapshot(self):
        """Return everything that evidence says, to compare before and after."""
        self.env.flush_all()
        self.env.invalidate_all()
        return {model: self.env[model].sudo().search_read([], load=False) for model in EVIDENCE}
