# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import io

from pdfminer.high_level import extract_text
from reportlab.pdfgen.canvas import Canvas

from odoo.addons.sales_policy.tests.attack import REFUSED, HarmlessCommon
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..watermark import WatermarkError, watermark
from .people import SecretFileCommon


def pdf(*pages):
    """Return a PDF with a text on each page."""
    packet = io.BytesIO()
    canvas = Canvas(packet)
    for text in pages:
        canvas.drawString(100, 700, text)
        canvas.showPage()
    canvas.save()
    return packet.getvalue()


class DisclosureCommon(SecretFileCommon):
    """Li Wei wants to give the drawing of the new lathe, a secret file, to a buyer."""

    def setUp(self):
        super().setUp()
        self.drawing = self.secret_file(name="Drawing.pdf", raw=pdf("Spindle 4711", "Bed"))
        self.disclosure = self.draft()

    def draft(self, user=None, **values):
        return (
            self.env["sales.confidentiality.disclosure"]
            .with_user(user or self.li)
            .create(
                {
                    "partner_id": self.customer.id,
                    "recipient": "Mr Xu",
                    "category_id": self.product_data.id,
                    "level_id": self.secret.id,
                    "what": "Drawing of the new lathe",
                    "purpose": "He wants to see whether it fits his hall",
                    "attachment_ids": [Command.set(self.drawing.ids)],
                    "copy_count": 2,
                    **values,
                }
            )
        )

    def approve(self, disclosure=None):
        """Ask and approve."""
        disclosure = disclosure or self.disclosure
        disclosure.action_ask()
        disclosure.sudo().approval_ids.with_user(self.manager).action_approve()
        self.env.invalidate_all()

    def issued(self):
        self.approve()
        return self.env["sales.confidentiality.copy"].browse(self.disclosure.action_issue())

    def files(self, copies):
        return (
            self.env["ir.attachment"]
            .with_user(self.li)
            .search([("res_model", "=", copies._name), ("res_id", "in", copies.ids)], order="id")
        )


@tagged("post_install", "-at_install")
class TestWatermark(DisclosureCommon):
    def test_text_stands_on_every_page_beside_its_content(self):
        marked = watermark(pdf("Spindle", "Bed"), "DS1-1/2 Mr Xu")
        for page, content in enumerate(("Spindle", "Bed")):
            text = extract_text(io.BytesIO(marked), page_numbers=[page])
            self.assertIn(content, text)
            self.assertIn("DS1-1/2 Mr Xu", text)

    def test_chinese_names_can_be_read(self):
        text = extract_text(io.BytesIO(watermark(pdf("Bed"), "DS1-1/2 宁波阀门厂 徐先生")))
        self.assertIn("宁波阀门厂 徐先生", text)

    def test_what_is_no_pdf_is_refused(self):
        for content in (b"", b"no pdf", pdf("Bed")[:200]):
            with self.assertRaises(WatermarkError), mute_logger("pypdf._reader"):
                watermark(content, "x")


@tagged("post_install", "-at_install")
class TestDisclosure(DisclosureCommon):
    def test_it_is_asked_approved_and_handed_over_in_numbered_copies(self):
        copies = self.issued()
        self.assertEqual(copies.mapped("name"), [f"{self.disclosure.name}-1", f"{self.disclosure.name}-2"])
        self.assertEqual(self.disclosure.state, "issued")
        for one, file in zip(copies, self.files(copies), strict=True):
            text = extract_text(io.BytesIO(file.raw))
            self.assertIn("Spindle 4711", text)
            self.assertIn(f"{one.name}/2  Mr Xu, Ningbo Valve Works", text)
            self.assertEqual(file.confidentiality_level_id, self.secret)
            self.assertNotIn(b"%PDF", self.stored(file))
        with self.assertRaises(UserError):
            self.disclosure.action_issue()

    def test_who_decides_can_open_the_files(self):
        file = self.env["ir.attachment"].with_user(self.li).create({"name": "Offer.pdf", "raw": pdf("Offer")})
        found = self.env["ir.attachment"].with_user(self.manager).search([("id", "=", file.id)])
        self.assertFalse(found)
        disclosure = self.draft(attachment_ids=[Command.set(file.ids)])
        self.assertEqual(disclosure.with_user(self.manager).attachment_ids, file)
        self.assertIn(b"%PDF", file.with_user(self.manager).raw)
        self.assertEqual((self.drawing.res_model, self.drawing.res_id), ("res.partner", self.customer.id))

    def test_nothing_is_handed_over_without_approval_or_after_a_change(self):
        with self.assertRaises(UserError):
            self.disclosure.action_issue()
        self.disclosure.action_ask()
        with self.assertRaises(UserError):
            self.disclosure.action_issue()
        for values in ({"copy_count": 3}, {"recipient": "Mr Hu"}, {"attachment_ids": [Command.clear()]}):
            disclosure = self.draft()
            self.approve(disclosure)
            disclosure.write(values)
            with self.assertRaises(UserError), self.cr.savepoint():
                disclosure.action_issue()

    def test_file_that_changed_after_the_approval_is_not_handed_over(self):
        self.approve()
        self.drawing.raw = pdf("Something else")
        with self.assertRaises(UserError):
            self.disclosure.action_issue()

    def test_who_is_not_cleared_any_more_hands_nothing_over(self):
        self.approve()
        self.clearance.with_user(self.officer).action_revoke()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.disclosure.action_issue()

    def test_file_that_became_more_secret_needs_another_question(self):
        self.clear(self.li, self.product_data, self.confidential)
        drawing = self.secret_file(name="Bed.pdf", raw=pdf("Bed"), confidentiality_level_id=self.confidential.id)
        approved, draft = (
            self.draft(level_id=self.confidential.id, attachment_ids=[Command.set(drawing.ids)]) for _time in range(2)
        )
        self.approve(approved)
        self.rpc(self.li, "ir.attachment", "write", drawing.ids, {"confidentiality_level_id": self.secret.id})
        self.assertRefused(UserError, self.li, draft._name, "action_ask", draft.ids)
        self.assertRefused(UserError, self.li, approved._name, "action_issue", approved.ids)
        draft.level_id = self.secret
        self.approve(draft)
        self.assertTrue(self.rpc(self.li, draft._name, "action_issue", draft.ids))

    def test_who_is_suspended_hands_no_plain_file_over_either(self):
        values = {"name": "Plan.pdf", "raw": pdf("Plan"), "mimetype": "application/pdf"}
        plain = self.env["ir.attachment"].with_user(self.li).create(values)
        disclosure = self.draft(attachment_ids=[Command.set(plain.ids)])
        self.approve(disclosure)
        suspension = self.env["sales.confidentiality.suspension"].with_user(self.officer)
        suspension = suspension.create({"user_id": self.li.id, "reason": "Leak"})
        self.assertRefused(AccessError, self.li, disclosure._name, "action_issue", disclosure.ids)
        suspension.action_lift()
        self.assertTrue(self.rpc(self.li, disclosure._name, "action_issue", disclosure.ids))

    def test_copies_that_are_given_for_good_keep_nobody_from_leaving(self):
        Leaver = self.env["sales.confidentiality.leaver"]
        self.issued()
        self.assertNotIn("copies", " ".join(Leaver._outstanding(self.li)[self.li]))
        self.disclosure.sudo().return_date = "2026-06-01"
        self.assertIn("2 numbered copies", " ".join(Leaver._outstanding(self.li)[self.li]))

    def test_partner_without_agreement_is_refused_where_the_company_says_so(self):
        self.assertFalse(self.disclosure.has_agreement)
        self.company.confidentiality_quotation_check = "refuse"
        with self.assertRaisesRegex(UserError, "agreement"):
            self.disclosure.action_ask()

    def test_copies_come_back_or_are_announced(self):
        self.disclosure.return_date = "2026-05-10"
        copies = self.issued()
        copies[0].with_user(self.li).action_returned()
        cron = self.env.ref("sales_confidentiality.ir_cron_sales_confidentiality_disclosure_remind")
        for days, overdue in ((6, False), (1, True), (1, True)):
            self.pass_days(days)
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.env.invalidate_all()
            self.assertEqual(self.disclosure.is_overdue, overdue)
            found = self.disclosure.search([("is_overdue", "=", True)])
            self.assertEqual(bool(found), overdue)
        told = self.env["mail.notification"].search_count(
            [
                ("mail_message_id.model", "=", self.disclosure._name),
                ("mail_message_id.subject", "like", "should be back"),
                ("res_partner_id", "=", self.li.partner_id.id),
            ]
        )
        self.assertEqual(told, 1)
        copies[1].with_user(self.officer).action_destroyed()
        self.assertEqual((self.disclosure.state, self.disclosure.is_overdue), ("back", False))
        with self.assertRaisesRegex(UserError, "already"):
            copies[1].with_user(self.officer).action_returned()

    def test_only_pdf_files_can_be_numbered(self):
        with self.assertRaisesRegex(UserError, "PDF"):
            self.draft(attachment_ids=[Command.set(self.file.ids)])


@tagged("post_install", "-at_install")
class TestDisclosureAttacks(DisclosureCommon, HarmlessCommon):
    def test_nobody_approves_their_own(self):
        self.clear(self.manager, self.product_data, self.secret)
        own = self.draft(self.manager)
        own.action_ask()
        approval = own.sudo().approval_ids
        self.assertRefused(REFUSED, self.manager, approval._name, "action_approve", approval.ids)

    def test_nobody_discloses_what_they_are_not_cleared_for(self):
        with self.assertRaises(AccessError):
            self.draft(self.wang)
        disclosure = self.draft(self.wang, attachment_ids=[Command.clear()])
        self.assertRefused(AccessError, self.wang, disclosure._name, "action_ask", disclosure.ids)
        values = {"attachment_ids": [Command.link(self.drawing.id)]}
        self.assertRefused(AccessError, self.wang, disclosure._name, "write", disclosure.ids, values)

    def test_class_of_a_disclosure_is_not_below_that_of_its_files(self):
        for values in ({"level_id": self.internal.id}, {"category_id": self.customer_data.id}):
            self.assertRefused(UserError, self.li, self.disclosure._name, "write", self.disclosure.ids, values)
            with self.assertRaises(UserError):
                self.draft(**values)

    def test_requester_sets_nothing_but_what_is_asked(self):
        disclosure = self.draft(
            requester_id=self.wang.id,
            issued_date="2026-05-04 02:00:00",
            name="DS1",
            company_id=False,
            return_date=False,
        )
        self.assertEqual((disclosure.requester_id, disclosure.company_id), (self.li, self.company))
        self.assertFalse(disclosure.issued_date)
        disclosure.write({"issued_date": "2026-05-04 02:00:00", "requester_id": self.wang.id})
        self.assertEqual((disclosure.requester_id, disclosure.issued_date), (self.li, False))

    def test_numbered_copies_and_their_files_are_neither_changed_nor_deleted(self):
        copies = self.issued()
        files = self.files(copies)
        for user in (self.li, self.manager, self.officer, self.env.ref("base.user_admin")):
            self.assertRefused(REFUSED, user, copies._name, "unlink", copies.ids)
            self.assertRefused(REFUSED, user, copies._name, "write", copies.ids, {"recipient": "Mr Hu"})
            self.assertRefused(REFUSED, user, copies._name, "create", [{"name": "x", "number": 3}])
            self.assertRefused(REFUSED, user, "ir.attachment", "unlink", files.ids)
            self.assertRefused(REFUSED, user, "ir.attachment", "write", files.ids, {"raw": b"x"})
            self.assertRefused(REFUSED, user, self.disclosure._name, "unlink", self.disclosure.ids)
            self.assertRefused(
                REFUSED, user, self.disclosure._name, "write", self.disclosure.ids, {"recipient": "Mr Hu"}
            )

    def test_colleagues_read_neither_disclosures_nor_copies(self):
        copies = self.issued()
        for user in (self.wang, self.clerk):
            self.assertFalse(self.rpc(user, self.disclosure._name, "search", []))
            self.assertFalse(self.rpc(user, copies._name, "search", []))
            self.assertRefused(REFUSED, user, copies._name, "action_returned", copies.ids)
        self.assertHarmless(self.wang | self.clerk | self.portal, self.disclosure.sudo(), copies.sudo())

    def test_superior_who_is_not_cleared_sees_what_is_asked_and_no_file(self):
        self.disclosure.action_ask()
        approval = self.disclosure.sudo().approval_ids.with_user(self.manager)
        self.assertIn("Mr Xu", approval.asked)
        # What the requester has read before is no part of the superior's request.
        self.env.invalidate_all()
        self.assertEqual(self.disclosure.with_user(self.manager).read(["attachment_ids"])[0]["attachment_ids"], [])
        self.assertRefused(AccessError, self.manager, "ir.attachment", "read", self.drawing.ids, ["raw"])
