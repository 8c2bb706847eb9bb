# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGateQueries(GateCommon):
    """What the gate costs a call: a handful of queries, for one delivery as for many."""

    more = 8  # queries that the gate may add to a call, however many deliveries

    people = {"shipper": ("lin.shipper", "Lin", "sales_team.group_sale_salesman_all_leads,stock.group_stock_user")}

    def count(self, records, step):
        """Return the queries of a step as the warehouse or sales would take it, undone afterwards."""
        records = records.with_user(self.shipper).browse(records.ids)
        self.env.flush_all()
        self.env.invalidate_all()
        self.shipper.has_group("base.group_user")
        before = self.cr.sql_log_count
        with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
            step(records)
            self.cr.flush()
            counted = self.cr.sql_log_count - before
            raise ZeroDivisionError
        self.env.invalidate_all()
        return counted

    def compare(self, records, step):
        """Check that the gate adds few queries to a step, and as many for one record as for all."""
        added = {}
        for some in (records[:1], records):
            self.count(some, step)
            gated = self.count(some, step)
            self.company.shipping_gate_enabled = False
            self.count(some, step)
            added[len(some)] = gated - self.count(some, step)
            # Switching on again spares nothing: what is sold here is not under way.
            self.env.cr.execute("UPDATE res_company SET shipping_gate_enabled = TRUE WHERE id = %s", [self.company.id])
            self.env.invalidate_all()
            self.env.registry.clear_cache()
            self.env["sale.order"].search([("state", "=", "sale")])._gate_sweep(before=())
        self.assertLessEqual(max(added.values()), self.more, added)
        self.assertLessEqual(added[len(records)], added[1], added)

    def paid_deliveries(self, number):
        orders = self.env["sale.order"].union(*(self.sold() for _n in range(number)))
        for order in orders:
            self.paid(order)
        deliveries = orders.picking_ids
        deliveries.action_assign()
        return deliveries

    def test_confirming(self):
        quotations = self.env["sale.order"].union(*(self.quotation(self.lathe) for _n in range(6)))
        for level in ("leaving", "reservation"):
            self.company.shipping_hold_level = level
            self.compare(quotations, lambda orders: orders.action_confirm())

    def test_reserving(self):
        deliveries = self.paid_deliveries(6)
        deliveries.do_unreserve()
        for level in ("leaving", "reservation"):
            self.company.shipping_hold_level = level
            self.compare(deliveries, lambda pickings: pickings.action_assign())

    def test_validating(self):
        deliveries = self.paid_deliveries(6)
        deliveries.move_ids.picked = True

        def validate(pickings):
            pickings.with_context(skip_backorder=True, skip_sms=True).button_validate()
            self.assertEqual(set(pickings.mapped("state")), {"done"})

        self.compare(deliveries, validate)
