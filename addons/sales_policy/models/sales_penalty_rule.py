# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

MERIT_MEASURES = ("bonus", "commendation")


class SalesPenaltyRule(models.Model):
    """One line of the schedule of penalties and rewards: what it is about and what it costs or earns (PEN-1, PEN-3).

    A case copies the terms when it is proposed, so a change of the schedule never touches what is under way.
    """

    _name = "sales.penalty.rule"
    _description = "Penalty Rule"
    _inherit = ["analytic.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection([("offence", "Offence"), ("merit", "Merit")], required=True, default="offence")
    source = fields.Selection(
        [
            ("shipping", "Shipping"),
            ("complaint", "Complaint"),
            ("confidentiality", "Confidentiality"),
            ("quotation", "Quotation"),
            ("payment", "Late Money"),
            ("other", "Other"),
        ],
        "Area",
        required=True,
        default="other",
    )
    measure = fields.Selection(
        [
            ("fine", "Fine"),
            ("points", "Points"),
            ("warning", "Warning"),
            ("demerit", "Demerit"),
            ("demotion", "Proposal to Demote"),
            ("dismissal", "Proposal to Dismiss"),
            ("legal", "Legal Action"),
            ("criticism", "Notice of Criticism"),
            ("bonus", "Bonus"),
            ("commendation", "Notice of Commendation"),
        ],
        required=True,
        default="fine",
    )
    company_id = fields.Many2one("res.company", index=True, help="Leave empty for all companies.")
    currency_id = fields.Many2one("res.currency", help="Leave empty for the currency of each company.")
    amount_min = fields.Monetary("Lowest Amount")
    amount_max = fields.Monetary("Highest Amount")
    amount_default = fields.Monetary("Usual Amount", help="Proposed first; changed within the band.")
    points_min = fields.Integer("Fewest Points")
    points_max = fields.Integer("Most Points")
    points_default = fields.Integer("Usual Points", help="Points of an offence are deducted, of a merit added.")
    repeat_days = fields.Integer(
        "Doubles Within (Days)",
        help="The band doubles for a person with an effective case of this rule in that many days before. 0: never.",
    )
    charge_loss = fields.Boolean("Charge the Loss", help="The real loss is charged on top.")
    charge_freight = fields.Boolean("Charge the Freight", help="The freight caused is charged on top.")
    joint_share = fields.Float(
        "Manager's Share (%)",
        help="The manager of the department answers for this share of the amount and points in a case of their own.",
    )
    is_published = fields.Boolean(
        "Publish a Notice", help="A notice goes to the channel of the company as soon as the case is effective."
    )

    _amounts_order = models.Constraint(
        "CHECK (0 <= amount_min AND amount_min <= amount_default AND amount_default <= amount_max)",
        "The amounts must rise from the lowest to the usual and the highest, and none can be below zero.",
    )
    _points_order = models.Constraint(
        "CHECK (0 <= points_min AND points_min <= points_default AND points_default <= points_max)",
        "The points must rise from the fewest to the usual and the most, and none can be below zero.",
    )
    _repeat_not_negative = models.Constraint(
        "CHECK (repeat_days >= 0)", "The days of repetition cannot be below zero: 0 means that nothing doubles."
    )
    _share_percent = models.Constraint(
        "CHECK (joint_share BETWEEN 0 AND 100)", "The manager's share lies between 0 and 100 %."
    )

    @api.constrains("kind", "measure", "charge_loss", "charge_freight", "joint_share")
    def _check_merit(self):
        for rule in self:
            if (rule.kind == "merit") != (rule.measure in MERIT_MEASURES) and rule.measure != "points":
                raise ValidationError(
                    self.env._(
                        "“%(rule)s”: a merit earns a bonus, points or a commendation, an offence everything else.",
                        rule=rule.name,
                    )
                )
            if rule.kind == "merit" and (rule.charge_loss or rule.charge_freight or rule.joint_share):
                raise ValidationError(
                    self.env._(
                        "“%(rule)s”: only an offence is charged with loss or has joint liability.", rule=rule.name
                    )
                )
