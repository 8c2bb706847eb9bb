# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import SUPERUSER_ID, Command, api
from odoo.addons.sales_policy.tests.race import RaceCommon
from odoo.exceptions import ValidationError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestDispositionRace(RaceCommon):
    """Two people at once, in two real transactions: one document, and no more goods than were delivered (CMP-9)."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True, "tracking_disable": True})
            groups = "sales_complaints.group_complaint_manager"
            self.users = [self.person(env, f"complaintrace{n}", groups).id for n in (1, 2)]
            self.partner_id = env["res.partner"].create({"name": "Contested"}).id
            product = env["product.product"].create({"name": "Contested pump", "type": "consu", "taxes_id": False})
            self.template_id = product.product_tmpl_id.id
            order = env["sale.order"].create(
                {
                    "partner_id": self.partner_id,
                    "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 3, "tax_ids": False})],
                }
            )
            order.action_confirm()
            order.picking_ids.move_ids.write({"quantity": 3, "picked": True})
            order.picking_ids.button_validate()
            self.order_id = order.id
            complaint = env["sales.complaint"].create(self.values(env, 2))
            self.complaint_id = complaint.id
            disposition = env["sales.complaint.disposition"].create(
                {"line_id": complaint.line_ids.id, "kind": "replacement", "quantity": 2}
            )
            complaint._go("decided", "decided", grounds="justified")
            disposition._freeze()
            self.disposition_id = disposition.id
            self.stock_ids = order.picking_ids.ids

    def values(self, env, quantity):
        line = env["sale.order"].browse(self.order_id).order_line
        return {
            "subject": "Race",
            "type_id": env.ref("sales_complaints.sales_complaint_type_service").id,
            "partner_id": self.partner_id,
            "order_id": self.order_id,
            "line_ids": [Command.create({"sale_line_id": line.id, "quantity": quantity})],
        }

    def clean_up(self):
        with self.registry.cursor() as cr:
            names = {"users": self.users, "partner": self.partner_id, "order": self.order_id}
            complaints = "(SELECT id FROM sales_complaint WHERE partner_id = %(partner)s)"
            for query in (
                f"DELETE FROM mail_activity WHERE res_model = 'sales.complaint' AND res_id IN {complaints}",
                f"DELETE FROM mail_message WHERE model = 'sales.complaint' AND res_id IN {complaints}",
                f"DELETE FROM mail_followers WHERE res_model = 'sales.complaint' AND res_id IN {complaints}",
                "DELETE FROM sales_complaint_disposition_picking_rel WHERE sales_complaint_disposition_id IN "
                f"(SELECT id FROM sales_complaint_disposition WHERE complaint_id IN {complaints})",
                f"DELETE FROM sales_complaint_disposition WHERE complaint_id IN {complaints}",
                f"DELETE FROM sales_complaint_step WHERE complaint_id IN {complaints}",
                f"DELETE FROM sales_complaint_deadline WHERE complaint_id IN {complaints}",
                f"DELETE FROM sales_complaint_line WHERE complaint_id IN {complaints}",
                "DELETE FROM sales_complaint WHERE partner_id = %(partner)s",
                "DELETE FROM stock_move_line WHERE move_id IN "
                "(SELECT id FROM stock_move WHERE product_id IN (SELECT id FROM product_product WHERE product_tmpl_id "
                "= %(template)s))",
                "DELETE FROM stock_move WHERE product_id IN (SELECT id FROM product_product WHERE product_tmpl_id "
                "= %(template)s)",
                "DELETE FROM mail_message WHERE model = 'stock.picking' AND res_id IN "
                "(SELECT id FROM stock_picking WHERE partner_id = %(partner)s)",
                "DELETE FROM stock_picking WHERE partner_id = %(partner)s",
                "DELETE FROM sales_credit WHERE order_id = %(order)s",
                "DELETE FROM sale_order_line WHERE order_id = %(order)s",
                "DELETE FROM mail_message WHERE model = 'sale.order' AND res_id = %(order)s",
                "DELETE FROM sale_order WHERE id = %(order)s",
            ):
                cr.execute(query, {**names, "template": self.template_id})
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["product.template"].browse(self.template_id).unlink()
            users = env["res.users"].browse(self.users)
            partners = users.partner_id | env["res.partner"].browse(self.partner_id)
            users.unlink()
            partners.unlink()

    def execute(self, user_id):
        def step(cr):
            env = api.Environment(cr, user_id, {})
            env["sales.complaint.disposition"].browse(self.disposition_id).action_execute()
            env.flush_all()

        return step

    def complain(self, user_id, quantity):
        def step(cr):
            env = api.Environment(cr, user_id, {})
            env["sales.complaint"].create(self.values(env, quantity))
            env.flush_all()

        return step

    def test_of_two_who_carry_it_out_at_once_one_makes_the_document(self):
        first, second = self.users
        error = self.race(self.execute(first), self.execute(second), second)
        self.assertRegex(str(error), "Under Way")
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM stock_picking WHERE partner_id = %s AND id != ALL(%s)",
                [self.partner_id, self.stock_ids],
            )
            self.assertEqual(cr.fetchone(), (1,))

    def decide(self, user_id, complaint_id):
        def step(cr):
            env = api.Environment(cr, user_id, {})
            env["sales.complaint"].browse(complaint_id)._decide("justified", f"Decided by {user_id}")
            env.flush_all()

        return step

    def test_of_two_who_decide_at_once_one_decides(self):
        first, second = self.users
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            complaint = env["sales.complaint"].create({**self.values(env, 1), "line_ids": False})
            complaint._go("proposal", "proposed")
            asked = complaint.id
        error = self.race(self.decide(first, asked), self.decide(second, asked), second)
        self.assertIn("this step is for complaints in", str(error))
        with self.registry.cursor() as cr:
            cr.execute("SELECT state, decision, decider_id FROM sales_complaint WHERE id = %s", [asked])
            self.assertEqual(cr.fetchone(), ("decided", f"Decided by {first}", first))

    def test_of_two_who_complain_about_the_last_piece_at_once_one_is_heard(self):
        first, second = self.users
        error = self.race(self.complain(first, 1), self.complain(second, 1), second)
        self.assertIsInstance(error, ValidationError)
        with self.registry.cursor() as cr:
            cr.execute("SELECT count(*) FROM sales_complaint WHERE partner_id = %s", [self.partner_id])
            self.assertEqual(cr.fetchone(), (2,))
