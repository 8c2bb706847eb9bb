# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .sale_order import CLERK


class Sale(NamedTuple):
    """Regulated goods that are sold or leave: to whom, by whom, what."""

    company: models.BaseModel
    partners: models.BaseModel
    user: models.BaseModel
    products: models.BaseModel


class SalesLicence(models.Model):
    """A licence of a customer, or a qualification of a salesperson, as it is on file (SHP-12)."""

    _name = "sales.licence"
    _description = "Licence"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_end desc, id desc"
    _rec_name = "number"

    type_id = fields.Many2one("sales.licence.type", required=True, index=True, ondelete="restrict", tracking=True)
    holder = fields.Selection(related="type_id.holder")
    partner_id = fields.Many2one("res.partner", "Customer", index=True, ondelete="restrict", tracking=True)
    employee_id = fields.Many2one("hr.employee", "Person", index="btree_not_null", ondelete="restrict", tracking=True)
    company_id = fields.Many2one("res.company", index=True, help="Leave empty for all companies.")
    number = fields.Char(required=True, tracking=True)
    scope = fields.Char(help="What the licence covers, as it says.", tracking=True)
    date_start = fields.Date("Valid From", required=True, tracking=True)
    date_end = fields.Date("Valid Until", tracking=True, index=True, help="Leave empty for an unlimited licence.")
    scan = fields.Binary(attachment=True)
    scan_name = fields.Char()
    is_revoked = fields.Boolean("Revoked", tracking=True)
    reminded_date = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        [("future", "Not Yet Valid"), ("valid", "Valid"), ("expired", "Expired"), ("revoked", "Revoked")],
        compute="_compute_state",
    )

    _dates_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)", "A licence ends after it begins."
    )

    @api.constrains("type_id", "partner_id", "employee_id")
    def _check_holder(self):
        for licence in self:
            if (licence.holder == "customer") != bool(licence.partner_id) or (licence.holder == "staff") != bool(
                licence.employee_id
            ):
                raise ValidationError(
                    self.env._("“%(type)s”: say whose licence it is, and nobody else's.", type=licence.type_id.name)
                )

    @api.depends("date_start", "date_end", "is_revoked")
    def _compute_state(self):
        for licence in self:
            today = (licence.company_id or self.env.company)._sales_today()
            if licence.is_revoked:
                licence.state = "revoked"
            elif licence.date_start and licence.date_start > today:
                licence.state = "future"
            else:
                licence.state = "expired" if licence.date_end and licence.date_end < today else "valid"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.pop("reminded_date", None)
        return super().create(vals_list)

    def write(self, vals):
        if "date_end" in vals:
            vals = {**vals, "reminded_date": False}
        elif not self.env.su:
            vals = {name: value for name, value in vals.items() if name != "reminded_date"}
        return super().write(vals)

    @api.model
    def _lacking(self, sales):
        """Return which licences are missing today, as sentences.

        :param dict sales: key to Sale
        :return: dict of key to list of str; keys for which nothing is missing are absent
        """
        if not self.env["sales.licence.type"]._regulating_ids():
            return {}
        categories = self.env["product.category"].browse(
            {product.categ_id.id for sale in sales.values() for product in sale.products if product.categ_id}
        )
        needed = categories._licence_types()
        needed = {category: types for category, types in needed.items() if types}
        if not needed:
            return {}
        held = self._held(sales)
        lacking = defaultdict(list)
        for key, sale in sales.items():
            products = defaultdict(self.env["product.product"].browse)
            for product in sale.products:
                for kind in needed.get(product.categ_id, ()):
                    products[kind] |= product
            for kind, goods in products.items():
                customers = sale.partners.commercial_partner_id
                holders = customers if kind.holder == "customer" else sale.user.sudo().employee_ids
                if kind.holder == "staff":
                    # One of the person's jobs is enough, for the customer all concerned need it.
                    missing = not any((kind, holder, sale.company) in held for holder in holders)
                else:
                    holders = holders.filtered(lambda one, kind=kind, sale=sale: (kind, one, sale.company) not in held)
                    missing = bool(holders) or not customers
                if missing:
                    name = ", ".join(holders.mapped("name")) or sale.user.name or self.env._("Nobody")
                    lacking[key].append(self._lacking_text(kind, name, goods))
        return lacking

    def _lacking_text(self, kind, holder, products):
        return self.env._(
            "Held: %(holder)s has no valid licence “%(type)s” on file for %(products)s. The sales clerk files it.",
            holder=holder,
            type=kind.name,
            products=", ".join(products.mapped("display_name")),
        )

    @api.model
    def _held(self, sales):
        """Return which licences the holders concerned have today, each company by its own calendar.

        :return: set of (sales.licence.type, res.partner or hr.employee, res.company)
        """
        partners = {partner.commercial_partner_id.id for sale in sales.values() for partner in sale.partners}
        people = {person.id for sale in sales.values() for person in sale.user.sudo().employee_ids}
        licences = self.sudo().search(
            Domain("is_revoked", "=", False)
            & (
                Domain("partner_id.commercial_partner_id", "in", list(partners))
                | Domain("employee_id", "in", list(people))
            )
        )
        held = set()
        for company in {sale.company for sale in sales.values()}:
            today = company._sales_today()
            for licence in licences:
                if licence.company_id and licence.company_id != company:
                    continue
                if licence.date_start <= today and (not licence.date_end or licence.date_end >= today):
                    holder = licence.partner_id.commercial_partner_id or licence.employee_id
                    held.add((licence.type_id, holder, company))
        return held

    @api.model
    def _cron_remind(self):
        """Tell whoever filed a licence in time that it ends, or a sales clerk where that person has left (SHP-12)."""
        today = fields.Date.today()
        open_ones = self.search(
            Domain("date_end", ">=", today) & Domain("reminded_date", "=", False) & Domain("is_revoked", "=", False)
        )
        ending = open_ones.filtered(lambda one: (one.date_end - today).days <= one.type_id.reminder_days)
        for licence in ending:
            company, person = licence.company_id or self.env.company, licence.create_uid
            if not person.active:
                person = company._sales_users_of(CLERK)[:1] or person
            told = licence.with_context(lang=person.lang)
            told.activity_schedule(
                "mail.mail_activity_data_todo",
                licence.date_end,
                summary=told.env._("%(licence)s ends: ask for the new one", licence=licence.number),
                user_id=person.id,
            )
        ending.write({"reminded_date": today})
