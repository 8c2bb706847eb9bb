# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import lock_rows
from odoo.exceptions import AccessError, UserError
from odoo.tools import clean_context

STOCK = "stock.group_stock_user"


class SalesShippingInspection(models.Model):
    """The packing of one delivery as somebody of the warehouse found it before it left (SHP-8).

    The answers are written while it is open; who ended it when, with which result and for which goods is
    stamped by the server, and from then on nothing changes.
    """

    _name = "sales.shipping.inspection"
    _description = "Packing Inspection"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "picking_id"
    _mail_post_access = "read"
    _check_company_auto = True

    picking_id = fields.Many2one(
        "stock.picking", "Delivery", required=True, readonly=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="picking_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="picking_id.partner_id")
    carrier_id = fields.Many2one(related="picking_id.carrier_id")
    line_ids = fields.One2many("sales.shipping.inspection.line", "inspection_id", "Points")
    state = fields.Selection(
        [("open", "Open"), ("passed", "Passed"), ("failed", "Failed")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
    )
    user_id = fields.Many2one("res.users", "Inspected By", readonly=True, copy=False, ondelete="restrict")
    date = fields.Datetime("Inspected On", readonly=True, copy=False)
    # How much of which product was in the packages: more, or something else, needs another look.
    goods = fields.Json(readonly=True, copy=False, groups=fields.NO_ACCESS)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("Begin an inspection on the delivery."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and any(not name.startswith("message_") for name in vals):
            self._check_inspector()
            if set(vals) - {"line_ids"}:
                raise AccessError(self.env._("Only the server stamps the result of an inspection."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        raise UserError(self.env._("An inspection stays on file. Begin another one."))

    def action_pass(self):
        """End inspections with a good result. For stock users.

        :raises UserError: while a point is not passed, or a photo is missing
        """
        self._check_inspector()
        for inspection in self.sudo():
            missing = inspection.line_ids.filtered(lambda line: line.result != "passed")
            if missing:
                raise UserError(
                    self.env._(
                        "%(delivery)s: not passed yet: %(points)s.",
                        delivery=inspection.picking_id.name,
                        points=", ".join(missing.mapped("name")),
                    )
                )
            photos = inspection.line_ids.filtered(lambda line: line.is_photo_required and not line.photo)
            if photos:
                raise UserError(
                    self.env._(
                        "%(delivery)s: take a photo of: %(points)s.",
                        delivery=inspection.picking_id.name,
                        points=", ".join(photos.mapped("name")),
                    )
                )
        self._end("passed")
        return True

    def action_fail(self):
        """End inspections with a bad result: the goods are packed again, then inspected again. For stock users."""
        self._check_inspector()
        if not any(line.result == "failed" for line in self.line_ids):
            raise UserError(self.env._("Mark first what is not in order."))
        self._end("failed")
        return True

    def _end(self, state):
        now = fields.Datetime.now()
        lock_rows(self)
        for inspection in self.sudo():
            goods = inspection.picking_id._inspection_goods()
            inspection.write({"state": state, "user_id": self.env.uid, "date": now, "goods": goods})
        label = dict(self._fields["state"]._description_selection(self.env))[state]
        bodies = {
            inspection.picking_id.id: self.env._(
                "Packing inspected by %(person)s: %(result)s", person=self.env.user.name, result=label
            )
            for inspection in self.sudo()
        }
        self.sudo().picking_id._message_log_batch(bodies)

    def _check_inspector(self):
        """Let stock users work on inspections that are open.

        :raises AccessError: for everybody else
        :raises UserError: when it is over
        """
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(STOCK):
            raise AccessError(self.env._("The warehouse inspects the packing."))
        if any(inspection.state != "open" for inspection in self.sudo()):
            raise UserError(self.env._("This inspection is over. Begin another one on the delivery."))

    @api.model
    def _missing(self, pickings, goods):
        """Return what has to be inspected before deliveries may leave, as sentences.

        :param pickings: stock.picking
        :param dict goods: stock.picking to dict of product id to float: what leaves, in the unit of the product
        :return: dict of stock.picking to str; deliveries that may leave are absent
        """
        needed = self.env["sales.shipping.checklist"]._points_for(pickings)
        last = {}
        for inspection in self.sudo().search([("picking_id", "in", pickings.ids)], order="id"):
            last[inspection.picking_id] = inspection
        missing = {}
        for picking in pickings.sudo():
            inspection = last.get(picking)
            points = needed[picking]
            if not points:
                continue
            if not inspection or inspection.state == "open":
                text = self.env._("Held for the warehouse: the packing has to be inspected.")
            elif inspection.state == "failed":
                text = self.env._(
                    "Held for the warehouse: %(person)s found the packing not in order. Pack and inspect it again.",
                    person=inspection.user_id.name,
                )
            elif points - inspection.line_ids.point_id:
                text = self.env._(
                    "Held for the warehouse: since the inspection there is more to look at: %(points)s. Inspect again.",
                    points=", ".join((points - inspection.line_ids.point_id).mapped("name")),
                )
            elif inspection._lacks(goods[picking]):
                text = self.env._("Held for the warehouse: more is leaving than was inspected. Inspect again.")
            else:
                continue
            missing[picking] = text
        return missing

    def _lacks(self, goods):
        """Return whether some of these goods were not in the packages that were inspected."""
        self.ensure_one()
        seen = defaultdict(float, {int(product): quantity for product, quantity in (self.goods or {}).items()})
        products = self.env["product.product"].browse(goods)
        return any(product.uom_id.compare(goods[product.id], seen[product.id]) > 0 for product in products)

    @api.model
    def _begin(self, pickings):
        """Begin an inspection of each delivery that has none open.

        :return: sales.shipping.inspection, the open ones
        """
        # Two people may begin in the same instant.
        lock_rows(pickings)
        found = self.sudo().search([("picking_id", "in", pickings.ids), ("state", "=", "open")])
        # The last one counts.
        inspections = found.browse([mine[0].id for mine in found.grouped("picking_id").values()])
        needed = self.env["sales.shipping.checklist"]._points_for(pickings - inspections.picking_id)
        for inspection in inspections:
            points = self.env["sales.shipping.checklist"]._points_for(inspection.picking_id)[inspection.picking_id]
            (points - inspection.line_ids.point_id)._add_to(inspection)
        born = (
            self.sudo()
            .with_context(clean_context(self.env.context))
            .create([{"picking_id": picking.id} for picking in needed])
        )
        for inspection in born:
            needed[inspection.picking_id]._add_to(inspection)
        return inspections | born
