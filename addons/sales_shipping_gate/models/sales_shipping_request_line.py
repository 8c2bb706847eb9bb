# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import clean_context

DRAFT_FIELDS = {"request_id", "order_line_id", "quantity", "parts", "sequence"}


class SalesShippingRequestLine(models.Model):
    """Goods that are asked for: a line of the order, wholly or in part (SHP-1)."""

    _name = "sales.shipping.request.line"
    _description = "Line of a Shipping Request"
    _order = "request_id, sequence, id"

    request_id = fields.Many2one("sales.shipping.request", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    order_line_id = fields.Many2one("sale.order.line", required=True, index=True, ondelete="restrict")
    product_id = fields.Many2one("product.product", compute="_compute_product", store=True, ondelete="restrict")
    product_name = fields.Char("Goods at the Time", compute="_compute_product", store=True)
    uom_id = fields.Many2one("uom.uom", "Unit", compute="_compute_product", store=True)
    quantity = fields.Float(required=True, digits="Product Unit")
    parts = fields.Char("Equipment and Matching Parts", help="Models of the equipment and of the parts that match.")
    delivered_before = fields.Float(readonly=True, copy=False, digits="Product Unit", groups=fields.NO_ACCESS)

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "Ask for more than nothing.")
    _line_once = models.Constraint("UNIQUE (request_id, order_line_id)", "A request asks once for a line of the order.")

    @api.constrains("request_id", "order_line_id")
    def _check_order(self):
        for line in self:
            if line.order_line_id.order_id != line.request_id.order_id:
                raise ValidationError(self.env._("The goods must belong to the order of the request."))
            if line.order_line_id.product_id.type != "consu":
                raise ValidationError(
                    self.env._("%(product)s is not shipped.", product=line.order_line_id.name or line.display_name)
                )

    @api.depends("order_line_id")
    def _compute_product(self):
        for line in self:
            line.product_id = line.order_line_id.product_id
            line.product_name = line.order_line_id.product_id.display_name
            line.uom_id = line.order_line_id.product_uom_id

    @api.depends("product_name", "request_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.request_id.name}: {line.product_name}"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_draft_values(vals_list)
        self.browse()._check_draft(
            self.env["sales.shipping.request"].browse(vals.get("request_id") for vals in vals_list)
        )
        lines = super(SalesShippingRequestLine, self.with_context(clean_context(self.env.context))).create(vals_list)
        return lines.with_env(self.env)

    def write(self, vals):
        self._check_draft_values([vals])
        self._check_draft()
        result = super().write(vals)
        self._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        self._check_draft()

    def _check_draft_values(self, vals_list):
        if not self.env.su and any(set(vals) - DRAFT_FIELDS for vals in vals_list):
            raise AccessError(self.env._("The server stamps the steps of a shipping request itself."))

    def _check_draft(self, requests=None):
        if self.env.su:
            return
        requests = self.request_id if requests is None else requests
        if requests.sudo().filtered(lambda request: request.state != "draft"):
            raise UserError(self.env._("What was submitted cannot be changed. Cancel the request and ask anew."))
        requests._check_may_ask()
