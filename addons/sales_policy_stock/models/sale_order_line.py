# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    sales_lot_id = fields.Many2one(
        "stock.lot",
        "Serial Number",
        domain="[('product_id', '=', product_id)]",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        copy=False,
        help="The one machine that is offered. The first deposit takes it.",
    )
    sales_needs_lot = fields.Boolean("Needs Serial Number", compute="_compute_sales_needs_lot")

    @api.constrains("sales_lot_id", "product_id")
    def _check_sales_lot(self):
        for line in self.filtered("sales_lot_id"):
            if line.sales_lot_id.product_id != line.product_id:
                raise ValidationError(
                    self.env._(
                        "%(serial)s is no serial number of %(goods)s.",
                        serial=line.sales_lot_id.name,
                        goods=line.product_id.display_name,
                    )
                )
        self._check_sold_once()

    @api.depends("product_id")
    def _compute_sales_needs_lot(self):
        for line in self:
            line.sales_needs_lot = line._sales_is_serial()

    @api.depends("sales_lot_id")
    def _compute_sales_unit_key(self):
        return super()._compute_sales_unit_key()

    @api.model
    def _sales_wanted_fields(self):
        return super()._sales_wanted_fields() | {"sales_lot_id"}

    def _sales_is_serial(self):
        return self.product_id.sales_sold_once and self.product_id.tracking == "serial"

    def _sales_unit_key(self):
        """The unit of serial-numbered goods is the serial number; while none is named, no unit is wanted."""
        if not self._sales_is_serial():
            return super()._sales_unit_key()
        return f"stock.lot,{self.sales_lot_id.id}" if self.sales_lot_id else False

    def _sales_unit_name(self):
        name = super()._sales_unit_name()
        return f"{name} {self.sales_lot_id.name}" if self._sales_is_serial() and self.sales_lot_id else name
