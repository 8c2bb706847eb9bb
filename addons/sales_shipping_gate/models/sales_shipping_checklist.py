# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class SalesShippingChecklist(models.Model):
    """What is looked at before certain goods leave by certain transport (SHP-8). All checklists that fit count."""

    _name = "sales.shipping.checklist"
    _description = "Packing Checklist"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Leave empty for all companies.")
    product_category_ids = fields.Many2many(
        "product.category", string="Product Categories", help="Goods of one of these. Leave empty for all goods."
    )
    carrier_ids = fields.Many2many(
        "delivery.carrier", string="Carriers", check_company=True, help="Leave empty for all transport."
    )
    point_ids = fields.One2many("sales.shipping.checklist.point", "checklist_id", "Points")

    @api.model
    def _points_for(self, pickings):
        """Return what has to be looked at before each delivery leaves.

        :return: dict of stock.picking to sales.shipping.checklist.point (as superuser)
        """
        if not pickings:
            return {}
        domain = [("company_id", "in", [False, *pickings.company_id.ids]), ("active", "=", True)]
        checklists = self.sudo().with_context(active_test=False).search(domain)
        result = {}
        for picking in pickings.sudo():
            fitting = checklists.filtered(lambda checklist, picking=picking: checklist._match(picking))
            result[picking] = fitting.point_ids
        return result

    def _match(self, picking):
        """Return whether this checklist fits a delivery; an addon adds a criterion by extending this."""
        self.ensure_one()
        if self.company_id and self.company_id != picking.company_id:
            return False
        if self.carrier_ids and picking.carrier_id not in self.carrier_ids:
            return False
        if not self.product_category_ids:
            return True
        paths = tuple(self.product_category_ids.mapped("parent_path"))
        moves = picking.move_ids.filtered(lambda move: move.state != "cancel")
        products = moves.product_id | picking.move_line_ids.product_id
        return any(category.parent_path.startswith(paths) for category in products.categ_id)
