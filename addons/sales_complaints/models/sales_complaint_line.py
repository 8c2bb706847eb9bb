# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import lock_rows
from odoo.exceptions import ValidationError


class SalesComplaintLine(models.Model):
    """Goods that a complaint is about: filled from the documents, never more than was delivered (CMP-1)."""

    _name = "sales.complaint.line"
    _description = "Goods Complained About"
    _order = "complaint_id, id"
    _check_company_auto = True

    complaint_id = fields.Many2one("sales.complaint", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="complaint_id.commercial_partner_id", store=True, index=True)
    sale_line_id = fields.Many2one(
        "sale.order.line",
        "Order Line",
        index="btree_not_null",
        check_company=True,
        compute="_compute_sale_line",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
    )
    move_id = fields.Many2one("stock.move", "Delivery", index="btree_not_null", check_company=True, ondelete="restrict")
    invoice_line_id = fields.Many2one(
        "account.move.line", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    product_id = fields.Many2one(
        "product.product", index=True, compute="_compute_goods", store=True, readonly=False, precompute=True
    )
    name = fields.Char("Goods", compute="_compute_goods", store=True, readonly=False, precompute=True, required=True)
    specification = fields.Char(compute="_compute_goods", store=True, readonly=False, precompute=True)
    grade = fields.Char()
    colour = fields.Char("Colour Number", index="btree_not_null")
    lot_id = fields.Many2one(
        "stock.lot", "Lot or Serial Number", index="btree_not_null", domain="[('product_id', '=', product_id)]"
    )
    lot_name = fields.Char(
        "Lot Number", compute="_compute_lot_name", store=True, readonly=False, precompute=True, index="btree_not_null"
    )
    quantity = fields.Float(required=True, default=1, digits="Product Unit")
    product_uom_id = fields.Many2one(
        "uom.uom", "Unit", compute="_compute_goods", store=True, readonly=False, precompute=True
    )
    purchase_date = fields.Date(compute="_compute_goods", store=True, readonly=False, precompute=True)
    delivered_quantity = fields.Float("Delivered", compute="_compute_delivered", digits="Product Unit")
    defect = fields.Char("What Is Wrong")
    disposition_ids = fields.One2many("sales.complaint.disposition", "line_id", "Dispositions")

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "A quantity complained about is more than 0.")

    @api.constrains("sale_line_id", "move_id", "invoice_line_id", "product_id", "lot_id")
    def _check_documents(self):
        for line in self:
            customer = line.complaint_id.commercial_partner_id
            sold_to = (
                line.sale_line_id.order_id.partner_id
                | line.invoice_line_id.partner_id
                | (line.move_id.partner_id or line.move_id.picking_id.partner_id)
            )
            if customer and sold_to.commercial_partner_id - customer:
                raise ValidationError(self.env._("%(goods)s was not sold to this customer.", goods=line.name))
            products = line.sale_line_id.product_id | line.invoice_line_id.product_id
            shipped = line.sale_line_id.move_ids.product_id | line.move_id.product_id
            if products | shipped and line.product_id not in products | shipped:
                raise ValidationError(self.env._("%(goods)s is not on the document named.", goods=line.name))
            sold, billed = line.move_id.sale_line_id, line.invoice_line_id.sale_line_ids
            if sold - line.sale_line_id or (billed and line.sale_line_id not in billed):
                raise ValidationError(
                    self.env._(
                        "%(goods)s: order, delivery and invoice named are not of the same sale.", goods=line.name
                    )
                )
            if line.invoice_line_id.product_id and line.product_id != line.invoice_line_id.product_id:
                raise ValidationError(self.env._("%(goods)s is not on the document named.", goods=line.name))
            if line.lot_id and line.lot_id.product_id != line.product_id:
                raise ValidationError(self.env._("%(lot)s is not a lot of these goods.", lot=line.lot_id.name))

    @api.constrains("product_id", "product_uom_id")
    def _check_unit(self):
        for line in self:
            unit, own = line.product_id.uom_id, line.product_uom_id
            if unit and own and not own._has_common_reference(unit):
                raise ValidationError(
                    self.env._("%(goods)s is not counted in %(unit)s.", goods=line.name, unit=own.name)
                )

    @api.constrains(
        "quantity", "product_uom_id", "sale_line_id", "move_id", "invoice_line_id", "lot_id", "complaint_id"
    )
    def _check_quantity(self):
        """Refuse more than was delivered less what was complained about before, also of two at once (CMP-1)."""
        self.env.flush_all()
        sources = self._lock_sources()
        for line in self.sudo():
            source = line._source()
            if not source or line.complaint_id.state == "withdrawn":
                continue
            unit = line.product_id.uom_id or line.product_uom_id
            for lot in {line.lot_id, line.lot_id.browse()}:
                limit = sources[source] if not lot else line._delivered_of_lot(source, lot)
                used = sum(other._in_unit(unit) for other in line._siblings(source, lot))
                if unit.compare(used, limit) > 0:
                    raise ValidationError(
                        self.env._(
                            "%(goods)s: %(limit)g %(unit)s were delivered, and complaints about %(used)g would be "
                            "on file with this one. Lower the quantity, or look into the earlier complaints.",
                            goods=line.name,
                            limit=limit,
                            used=used,
                            unit=unit.name,
                        )
                    )

    @api.depends("move_id", "invoice_line_id")
    def _compute_sale_line(self):
        for line in self:
            line.sale_line_id = line.sale_line_id or line.move_id.sale_line_id or line.invoice_line_id.sale_line_ids[:1]

    @api.depends("sale_line_id", "move_id", "invoice_line_id")
    def _compute_goods(self):
        # A snapshot: it depends on which document it is, not on what becomes of the document later.
        for line in self:
            sale, move, bill = line.sale_line_id.sudo(), line.move_id.sudo(), line.invoice_line_id.sudo()
            product = move.product_id or sale.product_id or bill.product_id or line.product_id
            attributes = product.product_template_attribute_value_ids
            shipped = move or sale.move_ids.filtered(lambda found: found.state == "done")
            day = sale.order_id.date_order or shipped[:1].date or bill.move_id.invoice_date
            line.product_id = product
            line.name = line.name or product.display_name or sale.name
            line.product_uom_id = move.product_uom or sale.product_uom_id or bill.product_uom_id or product.uom_id
            line.specification = ", ".join(attributes.mapped("name")) or line.specification
            line.purchase_date = fields.Date.to_date(day) or line.purchase_date

    @api.depends("lot_id")
    def _compute_lot_name(self):
        for line in self:
            line.lot_name = line.lot_id.name or line.lot_name

    @api.depends("sale_line_id", "move_id", "invoice_line_id")
    def _compute_delivered(self):
        sources = self._delivered()
        for line in self:
            line.delivered_quantity = sources.get(line._source(), 0)

    @api.depends("name", "lot_name", "colour", "quantity")
    def _compute_display_name(self):
        for line in self:
            line.display_name = " · ".join(filter(None, [line.name, line.colour, line.lot_name]))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_open()
        lines._check_readable()
        lines.complaint_id._note_parties(dict.fromkeys(lines.complaint_id, frozenset()))
        lines.complaint_id._alert_repeats()
        return lines

    def write(self, vals):
        self._check_open()
        is_moved = {"sale_line_id", "move_id", "invoice_line_id"} & set(vals)
        before = self.complaint_id._matters() if is_moved else {}
        result = super().write(vals)
        self._check_open()
        if is_moved:
            self._check_readable()
            self.complaint_id._note_parties(before)
        return result

    def unlink(self):
        complaints = self.complaint_id
        result = super().unlink()
        complaints._note_parties()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self._check_open()

    def _check_open(self):
        """Refuse changes by who may not make them, or once the complaint is decided."""
        if not self.env.su:
            self.complaint_id._check_may_write({"line_ids"})

    def _check_readable(self):
        """Refuse documents that the current user may not read: their figures would be shown here."""
        for name in ("sale_line_id", "invoice_line_id"):
            if self[name]:
                self[name].check_access("read")

    def _source(self):
        """Return the document by which the quantity is bounded: the order line, else the delivery or invoice line."""
        line = self.sudo()
        return line.sale_line_id or line.move_id or line.invoice_line_id

    def _in_unit(self, unit):
        """Return the quantity in a unit of the same sort."""
        if self.product_uom_id and unit and self.product_uom_id._has_common_reference(unit):
            return self.product_uom_id._compute_quantity(self.quantity, unit)
        return self.quantity

    def _siblings(self, source, lot):
        """Return all live lines about a document, and about a lot where one is given; this one included."""
        name = {"sale.order.line": "sale_line_id", "stock.move": "move_id"}.get(source._name, "invoice_line_id")
        domain = fields.Domain(name, "=", source.id) & fields.Domain("complaint_id.state", "!=", "withdrawn")
        # Goods of which somebody said without reason that they are defective can become so later.
        domain &= (
            fields.Domain("complaint_id.grounds", "!=", "unfounded")
            | fields.Domain(
                "disposition_ids", "any", [("state", "=", "done"), ("kind", "not in", ("nothing", "visit"))]
            )
            | fields.Domain("id", "in", self.ids)
        )
        if lot:
            domain &= fields.Domain("lot_id", "=", lot.id)
        return self.sudo().search(domain)

    def _lock_sources(self):
        """Lock the documents by which these lines are bounded, then return how much was delivered of each.

        A concurrent complaint about the same goods is counted before or refused after this one.
        """
        sources = {line._source() for line in self}
        for name in ("sale.order.line", "stock.move", "account.move.line"):
            lock_rows(self.env[name].sudo().union(*(source for source in sources if source._name == name)))
        return self._delivered()

    def _delivered(self):
        """Return how much of each document's goods was delivered, in the unit of the product.

        Goods that came back on a complaint count as delivered: the complaint counts too.

        :return: dict of document to float
        """
        result = {}
        for line in self.sudo():
            source = line._source()
            if not source or source in result:
                continue
            if source._name == "sale.order.line":
                result[source] = line._delivered_of_order(source)
            elif source._name == "stock.move":
                result[source] = sum(line._net_out(source | source.returned_move_ids).values())
            else:
                result[source] = (
                    source.product_uom_id._compute_quantity(source.quantity, source.product_id.uom_id)
                    if (source.product_id)
                    else source.quantity
                )
        return result

    def _delivered_of_order(self, sale_line):
        moves = sale_line.move_ids.filtered(lambda move: move.product_id == sale_line.product_id)
        if not moves:
            unit = sale_line.product_id.uom_id or sale_line.product_uom_id
            return sale_line.product_uom_id._compute_quantity(sale_line.qty_delivered, unit)
        return sum(self._net_out(moves).values())

    def _delivered_of_lot(self, source, lot):
        moves = source if source._name == "stock.move" else self.sudo().sale_line_id.move_ids
        return self._net_out(moves).get(lot.id, 0)

    def _net_out(self, moves):
        """Return what went to the customer less what came back without a complaint, by lot.

        :return: dict of lot id (False for none) to float, in the unit of the product
        """
        result = {}
        for item in moves.filtered(lambda move: move.state == "done").move_line_ids:
            leaves = item.location_dest_id.usage == "customer" and item.location_id.usage != "customer"
            returns = item.location_id.usage == "customer" and item.location_dest_id.usage != "customer"
            if returns and item.picking_id.sales_disposition_ids:
                continue
            sign = leaves - returns
            if sign:
                result[item.lot_id.id] = result.get(item.lot_id.id, 0) + sign * item.quantity_product_uom
        return result

    def _in_unit_of_product(self, quantity):
        """Return a quantity of this line in the unit of the product."""
        return self.product_uom_id._compute_quantity(quantity, self.product_id.uom_id)

    def _deliveries(self):
        """Return the moves by which the goods, or their lot, reached the customer, the latest first."""
        line = self.sudo()
        moves = (line.move_id or line.sale_line_id.move_ids).filtered(
            lambda move: (
                move.state == "done"
                and move.product_id == line.product_id
                and move.location_dest_id.usage == "customer"
                and (not line.lot_id or line.lot_id in move.lot_ids)
            )
        )
        return moves.sorted(lambda move: (move.date, move.id), reverse=True)

    def _returnable(self):
        """Return how much of each delivery can still come back, in the unit of the product.

        :return: dict of stock.move to float
        """
        result = {}
        for move in self._deliveries():
            back = move.returned_move_ids.filtered(lambda found: found.state != "cancel")
            unit = self.product_id.uom_id
            result[move] = move.product_uom._compute_quantity(move.quantity, unit) - sum(
                found.product_uom._compute_quantity(
                    found.quantity if found.state == "done" else found.product_uom_qty, unit
                )
                for found in back
            )
        return result

    def _repeat_keys(self):
        """Return by what goods are the same: pairs of product and lot or colour."""
        self.ensure_one()
        return [(self.product_id, mark) for mark in {self.lot_name, self.colour} if self.product_id and mark]
