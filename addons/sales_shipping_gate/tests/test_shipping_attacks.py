# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64

from odoo import Command
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .shipping import ShippingCommon
from .test_inspection import photo

INCIDENT = "sales.shipping.incident"
OFFER = "sales.shipping.carrier.offer"
FILE = "ir.attachment"


@tagged("post_install", "-at_install")
class TestEvidenceOfShipping(ShippingCommon):
    """What was photographed stays as it was, for those who answer for it too (SHP-8, SHP-10)."""

    def ready(self):
        """Return a delivery that may leave as far as money and requests go."""
        order = self.sold()
        self.paid(order)
        self.checked(order)
        picking = self.delivery(order)
        picking.action_assign()
        return picking

    def upload(self, user, model=INCIDENT, res_id=0):
        """Upload a photo as the form does."""
        values = {"name": "crate.png", "raw": base64.b64decode(photo()), "res_model": model, "res_id": res_id}
        return self.env[FILE].with_user(user).create(values)

    def incident(self, **values):
        values = {"kind": "damage", "picking_id": self.ready().id, "facts": "The crate is broken", **values}
        return self.env[INCIDENT].with_user(self.li).create(values)

    def test_photos_of_an_inspection_that_is_over_are_neither_replaced_nor_deleted(self):
        self.company.shipping_inspection_required = True
        action = self.rpc(self.worker, "stock.picking", "action_shipping_inspect", self.ready().ids)
        inspection = self.env["sales.shipping.inspection"].with_user(self.worker).browse(action["res_id"])
        inspection.line_ids.write({"result": "passed", "photo": photo()})
        line = inspection.line_ids[0]
        self.rpc(self.worker, line._name, "write", line.ids, {"photo": photo(), "note": "Once more"})
        self.rpc(self.worker, line._name, "action_in_order", line.ids)
        inspection.action_pass()
        files = self.env[FILE].search([("res_model", "=", line._name), ("res_field", "=", "photo")])
        self.assertTrue(files)
        for user in self.worker | self.stock_manager | self.clerk | self.manager:
            self.assertRefused(REFUSED, user, FILE, "unlink", files.ids)
            self.assertRefused(REFUSED, user, FILE, "write", files.ids, {"datas": photo()})
            self.assertRefused(REFUSED, user, line._name, "action_not_in_order", line.ids)
        self.assertTrue(line.photo)

    def test_two_open_inspections_of_a_delivery_are_one_to_the_warehouse(self):
        self.company.shipping_inspection_required = True
        picking = self.ready()
        self.rpc(self.worker, "stock.picking", "action_shipping_inspect", picking.ids)
        last = self.env["sales.shipping.inspection"].sudo().create({"picking_id": picking.id})
        action = self.rpc(self.worker, "stock.picking", "action_shipping_inspect", picking.ids)
        self.assertEqual(action["res_id"], last.id)

    def test_photos_of_an_incident_are_seen_by_who_assesses_it(self):
        first, second = self.upload(self.li), self.upload(self.worker)
        incident = self.incident(photo_ids=[Command.set(first.ids)])
        self.rpc(self.worker, INCIDENT, "write", incident.ids, {"photo_ids": [Command.link(second.id)]})
        shown = {"photo_ids": {"fields": {"name": {}, "mimetype": {}}}}
        [told] = self.rpc(self.manager, INCIDENT, "web_read", incident.ids, shown)
        self.assertEqual({file["id"] for file in told["photo_ids"]}, {first.id, second.id})
        self.assertTrue(self.rpc(self.manager, FILE, "read", first.ids, ["raw"])[0]["raw"])

    def test_photos_of_an_incident_are_neither_taken_out_nor_replaced_nor_deleted(self):
        mine = self.upload(self.li)
        incident = self.incident(photo_ids=[Command.set(mine.ids)])
        for user in self.li | self.worker | self.stock_manager | self.manager:
            for command in (Command.clear(), Command.unlink(mine.id), Command.delete(mine.id)):
                self.assertRefused(REFUSED, user, INCIDENT, "write", incident.ids, {"photo_ids": [command]})
            self.assertRefused(REFUSED, user, FILE, "unlink", mine.ids)
            for values in ({"datas": photo()}, {"res_id": 0}, {"res_model": "res.partner"}, {"name": "x"}):
                self.assertRefused(REFUSED, user, FILE, "write", mine.ids, values)
        self.assertEqual(incident.photo_ids, mine)
        elsewhere = self.upload(self.li, "res.partner", self.customer.id)
        for values in ({"photo_ids": [Command.link(elsewhere.id)]},):
            self.assertRefused(UserError, self.li, INCIDENT, "write", incident.ids, values)
        # What is only said about it is its author's.
        other = self.upload(self.li, INCIDENT, incident.id)
        self.rpc(self.li, FILE, "unlink", other.ids)

    def test_incident_has_happened(self):
        picking = self.ready()
        values = {"kind": "damage", "picking_id": picking.id, "facts": "The crate will break"}
        self.assertRefused(UserError, self.li, INCIDENT, "create", [{**values, "date": self.day(2)}])
        for day in (self.day(), self.day(-3)):
            self.rpc(self.li, INCIDENT, "create", [{**values, "date": day}])

    def test_nobody_writes_the_offers_of_carriers(self):
        freight = self.env["product.product"].create({"name": "Freight", "type": "service"})
        near, far = self.env["delivery.carrier"].create(
            [{"name": name, "product_id": freight.id, "shipping_transit_days": 1} for name in ("Near", "Far")]
        )
        far.country_ids = self.env.ref("base.fr")
        picking = self.ready()
        for user in self.clerk | self.worker:
            action = self.rpc(user, "stock.picking", "action_shipping_choose_carrier", picking.ids)
            choice = self.env["sales.shipping.carrier.choice"].browse(action["res_id"])
            offer = choice.offer_ids.filtered(lambda offer: offer.carrier_id == near)
            self.assertNotIn(far, choice.offer_ids.carrier_id)
            self.assertRefused(AccessError, user, OFFER, "write", offer.ids, {"carrier_id": far.id})
            forged = {"choice_id": choice.id, "carrier_id": far.id}
            self.assertRefused(AccessError, user, OFFER, "create", [forged])
            self.assertRefused(AccessError, user, choice._name, "write", choice.ids, {"picking_id": picking.id})
            self.rpc(user, OFFER, "action_choose", offer.ids)
            self.assertEqual(picking.carrier_id, near)

    def test_policy_officer_opens_the_checklists(self):
        officer = self._user("ou", "Ou", "sales_policy.group_policy_officer")
        shown = {"name": {}, "carrier_ids": {"fields": {"display_name": {}}}, "product_category_ids": {}}
        found = self.rpc(officer, "sales.shipping.checklist", "web_search_read", [], shown)
        self.assertTrue(found["length"])


@tagged("post_install", "-at_install")
class TestDaysOfTheCompany(ShippingCommon):
    """A promise is kept until the end of its day where the company is, not in Greenwich (SHP-9, SHP-10, SHP-11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.shipping_request_required = False
        cls.carrier = cls.new_carrier("Deppon")
        cls.company.shipping_priority_enabled = True

    def promised(self, promised, left):
        """Return a delivery that left, at moments of UTC."""
        order = self.sold()
        self.paid(order)
        picking = self.delivery(order)
        picking.carrier_id = self.carrier
        self.ship(picking)
        picking.sudo().move_ids.date_deadline = promised
        picking.sudo().write({"date_deadline": promised, "date_done": left})
        self.env.flush_all()
        return picking

    def late(self, now):
        self.env.flush_all()
        query = self.env[INCIDENT]._overdue_query(now)
        return self.env["stock.picking"].browse(row[0] for row in self.env.execute_query(query))

    def test_delay_begins_with_the_day_after_the_promised_one(self):
        for promised, left, is_late in (
            # Seven in the morning of the fourth, and its afternoon: the third and the fourth in Greenwich.
            ("2026-05-03 23:00:00", "2026-05-04 08:00:00", False),
            # The evening of the fourth, and seven in the morning of the fifth: both the fourth in Greenwich.
            ("2026-05-04 10:00:00", "2026-05-04 23:00:00", True),
        ):
            picking = self.promised(promised, left)
            self.assertEqual(picking in self.late("2026-05-06 00:00:00"), is_late)
            rows = self.env["sales.shipping.left"].search([("picking_id", "=", picking.id)])
            self.assertEqual(rows.on_time, 0 if is_late else 100)
        [record] = self.carrier._shipping_records(self.company).values()
        self.assertEqual((record.count, record.on_time), (2, 50))

    def test_delivery_that_is_still_here_is_late_after_its_day(self):
        order = self.sold()
        self.paid(order)
        picking = self.delivery(order)
        picking.action_assign()
        picking.sudo().move_ids.date_deadline = "2026-05-03 23:00:00"  # seven in the morning of the fourth
        self.env.flush_all()
        self.assertNotIn(picking, self.late("2026-05-04 15:59:00"))
        self.assertIn(picking, self.late("2026-05-04 16:01:00"))

    def test_notice_in_the_queue_counts_days_of_the_company(self):
        order = self.sold()
        self.paid(order)
        picking = self.delivery(order)
        picking.sudo().move_ids.date_deadline = "2026-05-04 23:00:00"  # seven in the morning of the fifth
        self.env.flush_all()
        for now, notice in (("2026-05-04 10:00:00", 1), ("2026-05-04 17:00:00", 0)):
            self.env.execute_query(self.env["stock.picking"]._shipping_rank_query(self.company, now))
            picking.invalidate_recordset(["shipping_score_parts"])
            self.assertEqual(picking.shipping_score_parts["notice"][0], notice)
