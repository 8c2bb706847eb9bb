# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from .gate_race import GateRaceCommon


@tagged("post_install", "-at_install")
class TestInspectionRace(GateRaceCommon):
    """Two workers begin to inspect the same delivery in the same instant (SHP-8)."""

    def begin(self, cr):
        env = self.env(cr)
        pickings = env["sale.order"].browse(self.order_id).picking_ids
        env["sales.shipping.inspection"]._begin(pickings)
        env.flush_all()

    def inspections(self, env):
        return env["sales.shipping.inspection"].search([("picking_id.sale_id", "=", self.order_id)])

    def clean_up(self):
        with self.registry.cursor() as cr:
            ids = self.inspections(self.env(cr)).ids
            for model in ("mail_message", "mail_followers"):
                column = "model" if model == "mail_message" else "res_model"
                cr.execute(
                    f"DELETE FROM {model} WHERE {column} = 'sales.shipping.inspection' AND res_id = ANY(%s)", [ids]
                )
            cr.execute("DELETE FROM sales_shipping_inspection WHERE id = ANY(%s)", [ids])
        return super().clean_up()

    def test_second_one_goes_on_with_the_inspection_of_the_first(self):
        self.race(self.begin, self.begin)
        with self.registry.cursor() as cr:
            self.assertEqual(len(self.inspections(self.env(cr))), 1)
