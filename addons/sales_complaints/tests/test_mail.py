# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PHOTO, ComplaintCommon

CHINESE = "瓷砖色差严重，色号8812，请尽快处理。"


@tagged("post_install", "-at_install")
class TestMail(ComplaintCommon):
    """Mails to the complaint team, as they come from the world."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].search([], limit=1) or cls.env["mail.alias.domain"].create(
            {"name": "works.example"}
        )
        cls.company.alias_domain_id = domain
        cls.team = cls.env["sales.complaint.team"].create(
            {
                "name": "Complaints of the works",
                "type_id": cls.service.id,
                "alias_name": "claims",
                "user_id": cls.kang.id,
            }
        )
        cls.team.alias_id.alias_domain_id = domain
        cls.address = f"claims@{domain.name}"
        cls.bounces = f"{domain.bounce_alias}@{domain.name}"

    def mail(self, sender="Ms Xu <office@ningbo-valves.example>", subject="Pump leaks", text="Oil", **more):
        """Return a mail in the form in which it travels."""
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"] = sender, more.get("to", self.address)
        message["Subject"], message["Message-ID"] = subject, more.get("message_id") or make_msgid(domain="x.example")
        for name, value in more.get("headers", {}).items():
            message[name] = value
        message.set_content(text, charset=more.get("charset", "utf-8"), cte="base64")
        if more.get("html"):
            message.add_alternative(more["html"], subtype="html")
        for name, content in more.get("files", ()):
            message.add_attachment(content, maintype="image", subtype="png", filename=name)
        return message.as_bytes()

    def receive(self, *args, **values):
        """Let the gateway process a mail; return the complaints that are new."""
        Complaint = self.env["sales.complaint"]
        last = Complaint.search([], order="id desc", limit=1).id or 0
        raw = args[0] if args else self.mail(**values)
        with mute_logger("odoo.addons.mail.models.mail_thread", "odoo.addons.mail.models.mail_mail"):
            self.env["mail.thread"].message_process(False, raw)
        return Complaint.search([("id", ">", last)])

    def answer_to(self, complaint):
        """Return the id by which a mail program refers to the thread."""
        return complaint.sudo().message_ids.sorted("id")[:1].message_id

    def test_mail_of_a_customer_registers_a_complaint(self):
        complaint = self.receive(files=[("leak.png", PHOTO)])
        self.assertEqual((complaint.channel, complaint.type_id, complaint.user_id), ("email", self.service, self.kang))
        self.assertEqual((complaint.partner_id, complaint.subject), (self.customer, "Pump leaks"))
        self.assertEqual((complaint.evidence_ids.source, complaint.evidence_ids.is_picture), ("email", True))
        self.assertIn("Oil", complaint.description)

    def test_colleagues_are_told_also_where_a_contact_stands_for_the_customer(self):
        complaint = self.register(contact_id=self.portal.partner_id.id)
        self.ren.notification_type = "email"
        complaint.with_user(self.bao).with_context(tracking_disable=False).action_acknowledge()
        complaint.with_user(self.bao).action_investigate()
        self.assertEqual(complaint._mail_get_partners()[complaint.id], self.portal.partner_id)
        self.assertIn(self.ren, complaint.sudo().activity_ids.user_id)

    def test_unknown_sender_is_accepted_as_such(self):
        complaint = self.receive(sender="somebody@unknown.example")
        self.assertFalse(complaint.partner_id)
        self.assertEqual(complaint.email_from, "somebody@unknown.example")
        complaint.with_user(self.kang).action_acknowledge()
        self.assertEqual(complaint.state, "acknowledged")

    def test_answer_goes_into_the_thread_and_the_clock_goes_on(self):
        complaint = self.receive()
        self.reason(complaint, self.kang, "ask", "Which number has the pump?")
        new = self.receive(subject="Re: Pump leaks", text="17", headers={"References": self.answer_to(complaint)})
        self.assertFalse(new)
        self.assertFalse(complaint.waiting_since)
        self.assertIn("17", complaint.message_ids[0].body)

    def test_same_mail_twice_is_one_complaint(self):
        raw = self.mail()
        self.assertEqual(len(self.receive(raw)), 1)
        self.assertFalse(self.receive(raw))
        again = self.receive(text="Did you get this?")
        self.assertFalse(again, "the same sender with the same subject adds to the complaint that is open")
        self.assertTrue(self.receive(subject="Another pump leaks"))
        self.assertTrue(self.receive(sender="other@hefei-pumps.example"))

    def test_automatic_mails_register_nothing_and_add_nothing(self):
        complaint = self.receive()
        count = len(complaint.message_ids)
        for headers in (
            {"Auto-Submitted": "auto-replied"},
            {"Auto-Submitted": "auto-generated; owner=x"},
            {"X-Autoreply": "yes"},
            {"Precedence": "bulk"},
            {"Precedence": "auto_reply"},
        ):
            self.assertFalse(self.receive(subject="Out of office", headers=headers))
            thread = {**headers, "References": self.answer_to(complaint)}
            self.assertFalse(self.receive(subject="Out of office", headers=thread))
        self.assertEqual(len(complaint.message_ids), count)
        self.assertTrue(self.receive(subject="A person writes", headers={"Auto-Submitted": "no"}))

    def test_flood_of_one_sender_is_stopped(self):
        found = [self.receive(sender="loop@robot.example", subject=f"Ticket {number}") for number in range(25)]
        self.assertEqual(sum(map(len, found)), 20)

    def test_mail_takes_no_step_whoever_it_seems_to_come_from(self):
        complaint = self.proposed()
        for sender in ("office@ningbo-valves.example", self.judge.email, self.bao.email):
            for text in ("I confirm", "Decided: justified", "Please close", "Withdrawn"):
                self.receive(sender=sender, text=text, headers={"References": self.answer_to(complaint)})
        self.assertEqual((complaint.state, complaint.confirmed_date), ("proposal", False))
        new = self.receive(sender=self.judge.email, subject="From inside")
        self.assertFalse(new.partner_id, "a colleague is no customer")

    def test_two_hundred_mails_find_their_threads(self):
        """Encodings, attachments, replies, repetitions, robots and bounces: each where it belongs, nothing lost."""
        threads, wanted, sent = {}, {}, 0
        charsets = ("gb18030", "utf-8", "gb2312")
        for number in range(40):
            charset = charsets[number % 3]
            sender, subject = f"buyer{number}@customer{number % 7}.example", f"投诉 {number}：瓷砖色差"
            raw = self.mail(
                sender=f"采购{number} <{sender}>",
                subject=subject,
                text=f"{CHINESE} 编号 {number}",
                charset=charset,
                html=f"<div style='color:red'><p>{CHINESE} 编号 {number}</p><script>alert(1)</script></div>"
                if number % 2
                else None,
                files=[(f"照片{number}.png", PHOTO)] * (number % 3),
            )
            complaint = self.receive(raw)
            sent += 1
            self.assertEqual((len(complaint), complaint.subject), (1, subject), charset)
            self.assertIn(f"编号 {number}", complaint.description)
            self.assertNotIn("script", complaint.description)
            self.assertEqual(len(complaint.evidence_ids), number % 3)
            threads[number], wanted[number] = complaint, 1
            self.assertFalse(self.receive(raw), "the same mail again")
            reply = {"In-Reply-To": self.answer_to(complaint), "References": self.answer_to(complaint)}
            self.assertFalse(
                self.receive(sender=sender, subject=f"答复：{subject}", text=f"补充 {number}", headers=reply)
            )
            wanted[number] += 1
            robot = {**reply, "Auto-Submitted": "auto-replied"}
            self.assertFalse(self.receive(sender=sender, subject=f"自动回复：{subject}", text="不在", headers=robot))
            bounce = self.mail(sender="MAILER-DAEMON@customer.example", to=self.bounces, subject="Undelivered Mail")
            self.assertFalse(self.receive(bounce))
            sent += 4
        self.assertEqual(sent, 200)
        for number, complaint in threads.items():
            mails = complaint.sudo().message_ids.filtered(lambda message: message.message_type == "email")
            self.assertEqual(len(mails), wanted[number], complaint.subject)
            self.assertIn(f"补充 {number}", mails[0].body)

    def test_mail_of_a_contact_of_another_company_or_of_before_is_registered(self):
        other = self.env["res.company"].create({"name": "Second Works"})
        author = self.env["res.partner"].create({"name": "B", "email": "b@only.example", "company_id": other.id})
        mail = {"email_from": "b@only.example", "subject": "Broken", "author_id": author.id, "body": "x"}
        self.assertTrue(self.env["sales.complaint"].message_new(mail, {"team_id": self.team.id}))
        self.env["res.partner"].create({"name": "Old", "email": "old@only.example", "active": False})
        self.assertEqual(len(self.receive(sender="old@only.example", subject="Broken")), 1)

    def test_mail_is_registered_where_who_handles_it_has_gone(self):
        other = self.env["res.company"].create({"name": "Second Works"})
        self.kang.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        complaint = self.receive(subject="Broken")
        self.assertEqual((len(complaint), complaint.user_id), (1, self.env["res.users"]))

    def test_answer_of_a_supplier_is_not_the_customers(self):
        supplier = self.env["res.partner"].create({"name": "Seals", "email": "supplier@seals.example"})
        complaint = self.receive(subject="First")
        self.reason(complaint, self.kang, "ask", "Which?")
        headers = {"References": self.answer_to(complaint)}
        self.receive(sender=supplier.email, subject="Re: First", text="x", files=[("a.png", PHOTO)], headers=headers)
        self.assertTrue(complaint.waiting_since)
        self.assertFalse(complaint.evidence_ids)
        self.receive(subject="Re: First", text="The blue one", headers=headers)
        self.assertFalse(complaint.waiting_since)
