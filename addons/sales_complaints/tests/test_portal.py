# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PHOTO, ComplaintCommon

SCRIPT = b"<html><script>alert(document.cookie)</script></html>"


@tagged("post_install", "-at_install")
class TestPortal(ComplaintCommon, HttpCase):
    """What customers do on the portal, and what they try."""

    def freeze(self):
        """Leave the clock running: sessions live by it."""

    def setUp(self):
        super().setUp()
        self.order = self.delivered()
        self.sign_in(self.portal)

    def sign_in(self, user):
        self.authenticate(user and user.login, user and user.login.ljust(8, "x"))

    def post(self, path, files=None, **values):
        """Send a form as a browser would."""
        with mute_logger("odoo.http"):
            answer = self.url_open(path, data={**values, "csrf_token": http.Request.csrf_token(self)}, files=files)
        self.env.invalidate_all()
        return answer

    def get(self, path):
        with mute_logger("odoo.http"):
            return self.url_open(path)

    def complain(self, **values):
        """Open a complaint from the order."""
        line = self.order.order_line
        form = {"subject": "Pump leaks", "description": "Oil <b>everywhere</b>", f"quantity_{line.id}": "2", **values}
        photos = [("photos", ("leak.png", PHOTO, "image/png"))]
        self.post(f"/my/orders/{self.order.id}/complaint", files=photos, **form)
        return self.env["sales.complaint"].search([("order_id", "=", self.order.id)], order="id desc", limit=1)

    def settled(self):
        """Return a complaint whose customer was told the result."""
        complaint = self.decided(self.order)
        self.tell(complaint)
        return complaint.sudo()

    def url(self, complaint, step="", token=None):
        return f"/my/complaints/{complaint.id}{step}" + (f"?access_token={token}" if token else "")

    def test_customer_complains_from_the_order_with_a_photo(self):
        page = self.get(f"/my/orders/{self.order.id}/complaint")
        self.assertIn("How many of", page.text)
        complaint = self.complain()
        self.assertEqual((complaint.channel, complaint.state), ("portal", "registered"))
        self.assertEqual((complaint.partner_id, complaint.contact_id), (self.customer, self.portal.partner_id))
        self.assertEqual((complaint.line_ids.quantity, complaint.line_ids.product_id), (2, self.pump))
        self.assertEqual((complaint.evidence_ids.source, complaint.evidence_ids.is_picture), ("customer", True))
        self.assertIn("&lt;b&gt;", complaint.description)
        self.assertIn("Pump leaks", self.get("/my/complaints").text)
        self.assertIn("Pump leaks", self.get(self.url(complaint)).text)

    def test_form_comes_back_with_the_reason_when_it_is_refused(self):
        line = self.order.order_line
        form = {"subject": "Pump leaks", "description": "Oil", f"quantity_{line.id}": "11"}
        page = self.post(f"/my/orders/{self.order.id}/complaint", **form)
        self.assertIn("were delivered", page.text)
        self.assertIn("Pump leaks", page.text)
        self.assertFalse(self.env["sales.complaint"].search([("order_id", "=", self.order.id)]))

    def test_forms_set_nothing_but_what_they_name(self):
        foreign = self.delivered(partner=self.other_customer)
        complaint = self.complain(
            state="closed",
            severity="grave",
            partner_id=str(self.other_customer.id),
            user_id=str(self.li.id),
            company_id="2",
            grounds="justified",
            work_cost="1",
            **{f"quantity_{foreign.order_line.id}": "1"},
        )
        self.assertEqual((complaint.state, complaint.severity, complaint.grounds), ("registered", "minor", False))
        self.assertEqual((complaint.partner_id, complaint.work_cost), (self.customer, 0))
        self.assertEqual(complaint.line_ids.sale_line_id, self.order.order_line)

    def test_complaints_of_others_do_not_exist(self):
        foreign = self.register(self.delivered(partner=self.other_customer))
        foreign._portal_ensure_token()
        mine = self.register(self.order)
        mine._portal_ensure_token()
        before = len(foreign.sudo().step_ids)
        for token in (None, "x", mine.sudo().access_token):
            self.assertEqual(self.get(self.url(foreign, token=token)).status_code, 404)
            for step in ("/add", "/confirm", "/withdraw", "/rate"):
                answer = self.post(self.url(foreign, step, token), message="x", rating="5")
                self.assertEqual(answer.status_code, 404)
        self.assertEqual(len(foreign.sudo().step_ids), before)
        self.assertNotIn(foreign.name, self.get("/my/complaints").text)
        order = foreign.sudo().order_id
        self.post(f"/my/orders/{order.id}/complaint", subject="x", description="y")
        self.assertEqual(self.env["sales.complaint"].search_count([("order_id", "=", order.id)]), 1)

    def test_link_opens_one_complaint_without_login(self):
        complaint = self.register(self.order)
        token = complaint._portal_ensure_token()
        other = self.register(self.delivered())
        self.sign_in(None)
        self.assertIn("Pump leaks", self.get(self.url(complaint, token=token)).text)
        for url in (self.url(complaint), self.url(other, token=token), self.url(complaint, token="")):
            self.assertEqual(self.get(url).status_code, 404)
        self.post(self.url(complaint, "/add", token), message="It is number 17")
        self.assertIn("number 17", complaint.sudo().message_ids[0].body)
        self.assertEqual(complaint.sudo().message_ids[0].author_id, self.customer)

    def test_customer_reads_no_internal_word(self):
        complaint = self.decided(self.order)
        self.blame(complaint, self.wang, note="Was warned before")
        complaint.sudo().write({"findings": "Cheap seals bought", "whys": "Purchasing saved money"})
        complaint.sudo().message_post(body="The customer is difficult", subtype_xmlid="mail.mt_note")
        complaint._message_to_customer("We are on it")
        internal = self.photo_of_company(complaint)
        page = self.get(self.url(complaint)).text
        self.assertIn("We are on it", page)
        for secret in ("difficult", "Cheap seals", "saved money", "Wang Fang", "warned before", "wrong way round"):
            self.assertNotIn(secret, page)
        self.assertEqual(self.get(self.url(complaint, f"/evidence/{internal.id}")).status_code, 404)

    def photo_of_company(self, complaint):
        return complaint.sudo().evidence_ids.filtered(lambda found: found.source == "company")[:1]

    def test_customer_answers_a_question_and_the_clock_goes_on(self):
        complaint = self.register(self.order)
        self.reason(complaint, self.bao, "ask", "Which number has the pump?")
        self.assertIn("We have a question", self.get(self.url(complaint)).text)
        self.post(self.url(complaint, "/add"), message="17", files=[("photos", ("plate.png", PHOTO, "image/png"))])
        self.assertFalse(complaint.waiting_since)
        self.assertEqual(len(complaint.sudo().evidence_ids), 1)
        self.assertEqual(complaint.sudo().message_ids[0].author_id, self.portal.partner_id)

    def test_customer_confirms_and_rates_once(self):
        complaint = self.settled()
        self.assertIn("Our Answer", self.get(self.url(complaint)).text)
        self.post(self.url(complaint, "/confirm"))
        self.assertTrue(complaint.confirmed_date)
        for value in ("0", "6", "-1", "abc", "5.5", ""):
            self.post(self.url(complaint, "/rate"), rating=value)
        self.assertEqual(complaint.rating_count, 0)
        self.post(self.url(complaint, "/rate"), rating="4", feedback="Quick")
        page = self.post(self.url(complaint, "/rate"), rating="1")
        self.assertIn("already", page.text)
        self.assertEqual((complaint.rating_last_value, complaint.rating_count), (4, 1))

    def test_staff_reads_the_page_and_takes_no_step_of_the_customer(self):
        complaint = self.settled()
        token = complaint._portal_ensure_token()
        for user in (self.bao, self.kang, self.judge):
            self.sign_in(user)
            page = self.get(self.url(complaint)).text
            self.assertIn("Our Answer", page)
            self.assertNotIn("Yes, this is settled", page)
            for step in ("/confirm", "/rate", "/add", "/withdraw"):
                answer = self.post(self.url(complaint, step, token), rating="5", message="Fine")
                self.assertEqual(answer.status_code, 404)
        self.sign_in(self.clerk)
        self.assertEqual(self.get(self.url(complaint, token=token)).status_code, 404)
        self.assertEqual((complaint.confirmed_date, complaint.rating_count, complaint.state), (False, 0, "informed"))

    def test_nothing_is_confirmed_or_rated_before_the_answer(self):
        complaint = self.register(self.order)
        for step in ("/confirm", "/rate"):
            self.assertIn("this step is for complaints", self.post(self.url(complaint, step), rating="5").text)
        self.assertFalse(complaint.confirmed_date)

    def test_customer_withdraws(self):
        complaint = self.register(self.order)
        self.post(self.url(complaint, "/withdraw"))
        self.assertEqual(complaint.state, "withdrawn")
        page = self.post(self.url(complaint, "/add"), files=[("photos", ("late.png", PHOTO, "image/png"))])
        self.assertIn("is ended", page.text)
        self.assertFalse(complaint.sudo().evidence_ids)

    def test_script_is_never_shown_only_downloaded(self):
        complaint = self.register(self.order)
        for name, content in (
            ("x.html", SCRIPT),
            ("x.png", SCRIPT),
            ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
            ("../../x.js", b"alert(1)"),
        ):
            self.post(self.url(complaint, "/add"), files=[("photos", (name, content, "image/png"))])
            evidence = complaint.sudo().evidence_ids[-1]
            answer = self.get(self.url(complaint, f"/evidence/{evidence.id}"))
            self.assertEqual(answer.content, content)
            self.assertEqual(answer.headers["Content-Type"].split(";")[0], "application/octet-stream")
            self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_photo_is_shown(self):
        complaint = self.complain()
        answer = self.get(self.url(complaint, f"/evidence/{complaint.evidence_ids.id}"))
        self.assertEqual((answer.headers["Content-Type"], answer.content), ("image/png", PHOTO))

    def test_file_that_is_too_large_is_refused_with_the_reason(self):
        self.company.sales_complaint_file_mb = 1
        complaint = self.register(self.order)
        large = [("photos", ("large.png", PHOTO + b"0" * 1024 * 1024, "image/png"))]
        self.assertIn("larger than 1 MB", self.post(self.url(complaint, "/add"), files=large).text)
        self.assertFalse(complaint.sudo().evidence_ids)

    def test_form_of_another_site_is_refused(self):
        complaint = self.settled()
        with mute_logger("odoo.http"):
            answer = self.url_open(self.url(complaint, "/confirm"), data={"csrf_token": "forged"})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(complaint.confirmed_date)

    def test_staff_does_not_complain_in_the_name_of_the_customer(self):
        self.order.user_id = self.li
        self.sign_in(self.li)
        line = self.order.order_line
        form = {"subject": "Pump leaks", "description": "x", f"quantity_{line.id}": "1"}
        self.post(f"/my/orders/{self.order.id}/complaint", files=[("photos", ("leak.png", PHOTO, "image/png"))], **form)
        self.assertFalse(self.env["sales.complaint"].search([("order_id", "=", self.order.id)]))

    def test_a_rating_is_not_changed_by_the_link_of_the_host(self):
        complaint = self.settled()
        self.post(self.url(complaint, "/rate"), rating="1", feedback="Bad")
        token = complaint.rating_ids.access_token
        self.sign_in(None)
        self.post(f"/rate/{token}/submit_feedback", rate="5", feedback="Great")
        self.env.invalidate_all()
        self.assertEqual((complaint.rating_last_value, complaint.rating_ids.feedback), (1, "Bad"))

    def test_customer_does_not_withdraw_what_was_paid_back(self):
        order = self.delivered(bill=True)
        complaint = self.decided(order, quantity=10, kinds=("return", "refund")).sudo()
        complaint.with_user(self.bao).action_execute()
        complaint.disposition_ids.credit_note_ids.action_post()
        self.assertNotIn("/withdraw", self.get(self.url(complaint)).text)
        self.post(self.url(complaint, "/withdraw"))
        self.assertEqual(complaint.state, "executing")
        self.assertNotEqual(complaint.disposition_ids.picking_ids.state, "cancel")

    def test_customer_does_not_read_what_a_supplier_was_asked(self):
        complaint = self.register(self.order)
        supplier = self.env["res.partner"].create({"name": "Seal maker", "email": "s@seals.example"})
        asked = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment", "partner_ids": supplier.ids}
        self.rpc(self.bao, "sales.complaint", "message_post", complaint.ids, body="Are your seals bad?", **asked)
        answer = {"message_type": "email", "subtype_xmlid": "mail.mt_comment", "author_id": supplier.id}
        complaint.sudo().message_post(body="Yes, batch 7", attachments=[("leak.png", PHOTO)], **answer)
        self.rpc(
            self.bao,
            "sales.complaint",
            "message_post",
            complaint.ids,
            body="We are on it",
            **{**asked, "partner_ids": self.customer.ids},
        )
        self.env.flush_all()
        page = self.get(self.url(complaint)).text
        self.assertNotIn("batch 7", page)
        self.assertNotIn("seals bad", page)
        self.assertIn("We are on it", page)
        self.assertFalse(complaint.sudo().evidence_ids)

    def test_an_endless_quantity_is_no_number(self):
        line = self.order.order_line
        for text in ("1e999", "nan", "-inf"):
            form = {"subject": "x", "description": "y", f"quantity_{line.id}": text}
            page = self.post(f"/my/orders/{self.order.id}/complaint", **form)
            self.assertIn("is no quantity", page.text)
