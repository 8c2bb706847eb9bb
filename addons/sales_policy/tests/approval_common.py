# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Command

from .common import SalesPolicyCommon

# The test's subject asks one of the questions that exist.
QUESTION = "entitlement_split"


class ApprovalCommon(SalesPolicyCommon):
    """The office of ``SalesPolicyCommon``, its heads, and a subject that exists in these tests only.

    He Ping and Lu Yun, general managers;  Qian, policy officer
    Up to 10,000 one of them decides, from 10,000 on both of them.
    """

    people = {
        "he": ("he.ping", "He Ping", "sales_policy.group_general_manager"),
        "lu": ("lu.yun", "Lu Yun", "sales_policy.group_general_manager"),
        "officer": ("qian", "Qian", "sales_policy.group_policy_officer"),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._add_subject()
        cls.env["sales.approval.kind"].search([("usage", "=", QUESTION)]).active = False
        cls.kind = cls.env["sales.approval.kind"].create(
            {
                "name": "Favour",
                "usage": QUESTION,
                "validity_days": 3,
                "currency_id": cls.company.currency_id.id,
                "band_ids": [
                    Command.create(
                        {"amount_from": amount, "persons_needed": persons, "group_ids": [cls._general_managers().id]}
                    )
                    for amount, persons in ((0, 1), (10000, 2))
                ],
            }
        )

    @classmethod
    def _general_managers(cls):
        return cls.env.ref("sales_policy.group_general_manager")

    @classmethod
    def _add_subject(cls):
        from odoo.orm.model_classes import add_to_registry  # the one way to a model that exists in a test only

        class Favour(models.Model):
            _name = "sales.test.favour"
            _inherit = ["mail.thread", "sales.approval.mixin"]
            _description = "Favour"
            _module = "sales_policy"

            name = fields.Char()
            note = fields.Char()
            company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
            currency_id = fields.Many2one(related="company_id.currency_id")
            line_ids = fields.One2many("sales.test.favour.line", "favour_id")
            amount = fields.Monetary(compute="_compute_amount", store=True)
            profiteer_id = fields.Many2one("res.users")
            heard = fields.Integer()

            @api.depends("line_ids.amount")
            def _compute_amount(self):
                for favour in self:
                    favour.amount = sum(favour.line_ids.mapped("amount"))

            @api.model
            def _approval_fields(self):
                return ["name", "amount", "line_ids.name", "line_ids.amount"]

            def _approval_profiteers(self):
                return {favour: favour.profiteer_id for favour in self}

            def _approval_decided(self, approvals):
                for favour in self:
                    favour.heard += 1

        class FavourLine(models.Model):
            _name = "sales.test.favour.line"
            _description = "Line of a Favour"
            _module = "sales_policy"

            favour_id = fields.Many2one("sales.test.favour", index=True)
            name = fields.Char()
            currency_id = fields.Many2one(related="favour_id.currency_id")
            amount = fields.Monetary()

        names = ["sales.test.favour", "sales.test.favour.line"]
        cls.addClassCleanup(cls._forget, names)
        for model in (Favour, FavourLine):
            add_to_registry(cls.registry, model)
        cls.registry._setup_models__(cls.env.cr, names)
        cls.registry.init_models(cls.env.cr, names, {"models_to_check": True})
        cls.env["ir.model.access"].create(
            [
                {
                    "name": name,
                    "model_id": cls.env["ir.model"]._get_id(name),
                    "group_id": cls.env.ref("base.group_user").id,
                    **{f"perm_{right}": True for right in ("read", "write", "create", "unlink")},
                }
                for name in names
            ]
        )

    @classmethod
    def _forget(cls, names):
        cls.env.flush_all()
        for name in names:
            for parent in cls.registry[name]._inherit:
                cls.registry[parent]._inherit_children.discard(name)
            cls.registry["base"]._inherit_children.discard(name)
            del cls.registry[name]
        cls.registry._setup_models__(cls.env.cr, [])

    def favour(self, amount=100.0, **values):
        """Create a subject of two lines."""
        halves = [Command.create({"name": name, "amount": amount / 2}) for name in ("first", "second")]
        return self.env["sales.test.favour"].create({"name": "Free transport", "line_ids": halves, **values})

    def ask(self, favours, by=None, **more):
        """Ask for favours as a user."""
        favours = favours.with_user(by or self.li)
        amounts = {favour: favour.amount for favour in favours}
        return favours._approval_request(QUESTION, "An old customer asks for it", amounts, **more)

    def use(self, favours):
        """Use the approvals of favours as the requester would."""
        return favours.with_user(self.li)._approval_use(QUESTION)
