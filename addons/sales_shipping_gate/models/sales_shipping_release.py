# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class SalesShippingRelease(models.Model):
    """Asking the general manager to let goods leave before the money is in (SHP-3), within limits, once."""

    _name = "sales.shipping.release"
    _description = "Special Release"
    _inherit = ["mail.thread", "sales.approval.mixin"]
    _order = "id desc"
    _rec_name = "order_id"
    _check_company_auto = True

    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    partner_id = fields.Many2one(related="order_id.partner_id")
    amount = fields.Monetary("Highest Value of Goods", required=True)
    line_ids = fields.Many2many(
        "sale.order.line",
        string="Only These Lines",
        domain="[('order_id', '=', order_id), ('display_type', '=', False)]",
    )
    reason = fields.Text(required=True)
    promised_date = fields.Date("Payment Promised For", required=True)
    valid_until = fields.Datetime()
    missing = fields.Monetary("Money Missing When Asked", readonly=True)
    total = fields.Monetary("Order Total When Asked", readonly=True)
    order_fingerprint = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    used_value = fields.Monetary("Value That Left", readonly=True, copy=False)
    used_date = fields.Datetime("Left On", readonly=True, copy=False)
    is_asked = fields.Boolean(compute="_compute_is_asked")

    _amount_positive = models.Constraint("CHECK (amount > 0)", "Say up to which value goods may leave.")

    @api.constrains("company_id", "order_id")
    def _check_company_of_order(self):
        # The company tells who decides: it is that of the order, whatever a client sends.
        for release in self:
            if release.company_id != release.order_id.company_id:
                raise UserError(self.env._("A special release belongs to the company of its order."))

    @api.constrains("line_ids", "order_id")
    def _check_lines(self):
        for release in self:
            if release.line_ids.order_id - release.order_id:
                raise UserError(self.env._("The lines must belong to the order."))

    @api.depends("approval_ids")
    def _compute_is_asked(self):
        for release in self:
            release.is_asked = bool(release.sudo().approval_ids)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [self._without_server_values(vals) for vals in vals_list]
        releases = super().create(vals_list)
        for release in releases.sudo():
            release.write(
                {"missing": release.order_id.shipping_gate_missing_amount, "total": release.order_id.amount_total}
            )
        return releases

    def write(self, vals):
        if not self.env.su:
            self._check_not_used()
            vals = self._without_server_values(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        if self.sudo().approval_ids:
            raise UserError(self.env._("What was asked of the general manager stays on file. Withdraw the request."))

    @api.model
    def _without_server_values(self, vals):
        server = ("missing", "total", "used_value", "used_date")
        return {name: value for name, value in vals.items() if name not in server}

    def _check_not_used(self):
        if self.filtered("used_date"):
            raise UserError(self.env._("These goods have left. A used release cannot be changed."))

    @api.model
    def _approval_fields(self):
        # The order itself has a fingerprint of its own: following all its lines would burden every order.
        return ["order_id", "amount", "line_ids", "promised_date", "reason", "total"]

    def _approval_profiteers(self):
        return {release: release.order_id.sudo().credited_user_id | release.order_id.sudo().user_id for release in self}

    def action_ask(self):
        """Ask the general manager. The salesperson of the order, a sales clerk or a sales manager may ask.

        :raises AccessError: for everybody else
        :raises UserError: for an order that is not confirmed, or when the limit for special releases is reached
        """
        self.check_access("write")
        for release in self:
            order = release.order_id
            order.check_access("read")
            if order.state != "sale":
                raise UserError(self.env._("%(order)s is not confirmed. Confirm it first.", order=order.name))
            if not order._gate_may_ask(self.env.user):
                raise AccessError(
                    self.env._("Only the salesperson of the order, a sales clerk or a sales manager can ask for this.")
                )
            release._check_exposure()
        digests = self.order_id._gate_digests()
        for release in self.sudo():
            release.order_fingerprint = digests[release.order_id]
        for until, releases in self.grouped("valid_until").items():
            for reason, some in releases.grouped("reason").items():
                some._approval_request(
                    "shipping_release", reason, {release: release.amount for release in some}, valid_until=until
                )
        return True

    def _check_exposure(self):
        """Refuse a release beyond what may be out on special releases in total (SHP-3)."""
        company = self.order_id.company_id.sudo()
        if not company.shipping_exposure_limit:
            return
        out = self.env["sales.shipping.decision"].sudo()._released_exposure(company)
        asked = self.currency_id._convert(self.amount, company.currency_id, company, company._sales_today())
        if company.currency_id.compare_amounts(out + asked, company.shipping_exposure_limit) > 0:
            raise UserError(
                self.env._(
                    "Goods for %(out)s have left on special release and are not paid for. With these the limit of "
                    "%(limit)s would be exceeded. Collect money first.",
                    out=company.currency_id.format(out),
                    limit=company.currency_id.format(company.shipping_exposure_limit),
                )
            )

    @api.model
    def _usable(self, orders):
        """Return the releases that are approved and not used, of orders that are as they were, one an order at most.

        :return: dict of sale.order to sales.shipping.release (as superuser)
        """
        releases = self.sudo().search(Domain("order_id", "in", orders.ids) & Domain("used_date", "=", False))
        current = releases._approval_current("shipping_release")
        digests = releases.order_id._gate_digests()
        return {
            release.order_id: release
            for release in releases.sorted("id", reverse=True)
            if release in current
            and current[release].state == "approved"
            and release.order_fingerprint == digests[release.order_id]
        }

    def _covers(self, lines, value):
        """Return whether this release lets so much of some lines leave."""
        self.ensure_one()
        fits = self.currency_id.compare_amounts(value, self.amount) <= 0
        return fits and not (self.line_ids and lines - self.line_ids)

    def _consume(self, value, user):
        """Use this release up for goods of a value that are leaving now; of two at the same time, one succeeds."""
        self.ensure_one()
        release = self.sudo()
        release._approval_use("shipping_release")
        release.write({"used_value": value, "used_date": fields.Datetime.now()})
        self.env["sales.shipping.decision"]._record(
            "release",
            release.order_id,
            release.reason,
            user,
            {release.order_id: {"value": value, "release_id": release.id}},
        )
