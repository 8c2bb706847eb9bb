# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .common import ConfidentialityCommon

REFUSED = (AccessError, UserError, ValidationError, ValueError)
PHONE = "+86 138 1234 5678"
EMAIL = "buyer.secret@ningbo-valve.example"
VAT = "91330200SECRET9"
COST = 4242.42
# However a value is formatted, one of these is in it.
TRACES = {
    "phone": ("1234 5678", "12345678", "1234-5678"),
    "email": ("buyer.secret",),
    "vat": ("SECRET9",),
    "standard_price": ("4242.42", "4,242.42", "4242,42", "4 242"),
    "image_1920": (),
}


class ChannelCommon(ConfidentialityCommon):
    """A customer of Li Wei's with a phone, an e-mail and a tax number, and a product with a cost.

    Wang Fang sees own documents only; Sun Li all of them, with the right to export; Kong keeps the stock; Pan does
    the accounts; Xu is a customer on the portal. None of them is cleared.
    """

    # Each channel is tried with a hidden and with a masked value.
    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader.group_ids += cls.env.ref("base.group_allow_export")
        cls.wang.group_ids += cls.env.ref("base.group_allow_export")
        cls.customer.write({"phone": PHONE, "email": EMAIL, "vat": VAT, "user_id": cls.li.id})
        cls.product = cls.env["product.product"].create(
            {"name": "Gate valve DN80", "list_price": 9900.0, "standard_price": COST, "taxes_id": False}
        )
        cls.uncleared = (cls.wang, cls.leader, cls.clerk, cls.accountant, cls.portal)

    def rule(self, field_names, mode, model="res.partner", **values):
        """Classify fields of a model."""
        fields = self.env["ir.model.fields"].search([("model", "=", model), ("name", "in", field_names)])
        customer = model == "res.partner"
        rule = self.env["sales.confidentiality.rule"].create(
            {
                "name": f"{model}: {', '.join(field_names)}",
                "model_id": self.env["ir.model"]._get_id(model),
                "field_ids": [(6, 0, fields.ids)],
                "category_id": (self.customer_data if customer else self.product_data).id,
                "level_id": self.confidential.id,
                "mode": mode,
                "need_to_know": "owner" if customer else "none",
                "scope": "customers" if customer else "all",
                **values,
            }
        )
        self.addCleanup(rule._unregister_hook)
        self.env.flush_all()
        self.env.invalidate_all()
        return rule

    def answer(self, user, model, method, *args, **kwargs):
        """Return what a client gets as text, or None where it is refused; a refusal must not tell the value either."""
        self.env.flush_all()
        self.env.invalidate_all()
        loggers = ("odoo.addons.base.models.ir_rule", "odoo.models", "odoo.addons.base.models.ir_model")
        with mute_logger(*loggers):
            try:
                with self.cr.savepoint():
                    result = self.rpc(user, model, method, *args, **kwargs)
            except REFUSED as error:
                self.assertSecret(str(error), user, f"{model}.{method}")
                return None
        return json.dumps(result, default=str, ensure_ascii=False)

    def assertSecret(self, text, user, where):
        classified = self.env["sales.confidentiality.rule"].search([]).field_ids.mapped("name")
        for trace in (trace for name in classified for trace in TRACES.get(name, ())):
            self.assertNotIn(trace, text or "", f"{user.login}: {where}")

    def assertNothing(self, model, method, *args, users=None, **kwargs):
        """Check that no uncleared user gets a classified value from a call."""
        for user in users or self.uncleared:
            answer = self.answer(user, model, method, *args, **kwargs)
            self.assertSecret(answer, user, f"{model}.{method}{args}")

    def assertTells(self, trace, user, model, method, *args, **kwargs):
        """Check that somebody who needs to know does get the value."""
        self.assertIn(trace, self.answer(user, model, method, *args, **kwargs) or "")
