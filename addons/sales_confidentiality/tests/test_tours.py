# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .channel import ChannelCommon


@tagged("post_install", "-at_install")
class TestConfidentialityTours(ChannelCommon, HttpCase):
    """Masked, revealed, granted and owned, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.wang | cls.leader:
            user.group_ids += cls.env.ref("base.group_partner_manager")
        cls.li.group_ids += cls.env.ref("base.group_partner_manager")

    def freeze(self):
        """Leave the clock running: a browser has its own."""

    def setUp(self):
        super().setUp()
        self.phone_rule = self.rule(["phone"], "mask", reveal=True, reveal_seconds=3)

    def open(self, tour, user, record):
        self.start_tour(f"/odoo/{record._name}/{record.id}", tour, login=user.login)
        self.env.invalidate_all()

    def test_colleague_reveals_with_a_reason_and_it_is_on_file(self):
        self.open("sales_confidentiality_reveal", self.leader, self.customer)
        row = self.env["sales.confidentiality.access"].search([("channel", "=", "reveal")])
        self.assertEqual((row.user_id, row.reason), (self.leader, "The pump is leaking"))
        self.assertTrue(row.address)

    def test_owner_sees_the_phone_also_after_the_customer_changed_hands(self):
        self.open("sales_confidentiality_owner_sees", self.li, self.customer)
        self.customer.user_id = self.wang
        self.open("sales_confidentiality_owner_sees", self.wang, self.customer)
        self.open("sales_confidentiality_reveal", self.li, self.customer)

    def test_grant_is_asked_where_the_value_is_masked(self):
        self.phone_rule.reveal = False
        self.open("sales_confidentiality_ask_grant", self.leader, self.customer)
        grant = self.env["sales.confidentiality.grant"].search([("user_id", "=", self.leader.id)])
        self.assertEqual((grant.rule_id, grant.state), (self.phone_rule, "asked"))
        self.assertEqual(grant._records(), self.customer)

    def test_grant_is_asked_approved_and_opens_the_field(self):
        grant = (
            self.env["sales.confidentiality.grant"]
            .with_user(self.leader)
            .create({"rule_id": self.phone_rule.id, "record_ids": str(self.customer.id), "reason": "Covering the fair"})
        )
        self.open("sales_confidentiality_grant", self.leader, grant)
        self.assertEqual(grant.state, "asked")
        grant.sudo().approval_ids.with_user(self.officer).action_approve()
        self.open("sales_confidentiality_owner_sees", self.leader, self.customer)
        grant.with_user(self.leader).action_end()
        self.open("sales_confidentiality_reveal", self.leader, self.customer)


@tagged("post_install", "-at_install")
class TestConfidentialityToursOnAPhone(ChannelCommon, HttpCase):
    browser_size = "375x667"
    touch_enabled = True

    def freeze(self):
        """Leave the clock running: a browser has its own."""

    def test_colleague_reveals_with_a_reason_on_a_phone(self):
        self.rule(["phone"], "mask", reveal=True, reveal_seconds=3)
        self.start_tour(
            f"/odoo/res.partner/{self.customer.id}", "sales_confidentiality_reveal", login=self.leader.login
        )
        self.env.invalidate_all()
        self.assertTrue(self.env["sales.confidentiality.access"].search([("channel", "=", "reveal")]))


@tagged("post_install", "-at_install")
class TestHttpChannels(ChannelCommon, HttpCase):
    """Addresses of the server that answer outside of the models."""

    def freeze(self):
        """Leave the clock running: a browser has its own."""

    def setUp(self):
        super().setUp()
        self.rule(["phone"], "mask")
        self.rule(["email"], "mask")

    def test_pages_and_files_of_a_customer(self):
        order = self.order(self.customer, self.li)
        order._portal_ensure_token()
        link = order.get_portal_url()
        for user in (self.wang, self.leader, self.accountant, self.portal, None):
            self.authenticate(user and user.login, user and user.login)
            for url in (link, f"/my/orders/{order.id}", f"/web/partner/vcard?partner_ids={self.customer.id}"):
                with mute_logger("odoo.http"):
                    answer = self.url_open(url)
                self.assertSecret(answer.text, user or self.portal, url)

    def test_a_guess_of_an_e_mail_is_not_confirmed(self):
        self.authenticate(self.wang.login, self.wang.login)
        found = self.make_jsonrpc_request(
            "/mail/partner/from_email",
            {"thread_model": "res.partner", "thread_id": self.wang.partner_id.id, "emails": [self.customer.email]},
        )
        self.assertFalse([partner for partner in found if partner["id"] == self.customer.id])

    def test_chatter_and_list_through_the_web_server(self):
        self.customer.message_post(body="Hello", author_id=self.customer.id, email_from=self.customer.email)
        for user in (self.wang, self.leader):
            self.authenticate(user.login, user.login)
            answer = self.make_jsonrpc_request(
                "/mail/thread/messages", {"thread_model": "res.partner", "thread_id": self.customer.id}
            )
            self.assertSecret(str(answer), user, "chatter")
            answer = self.make_jsonrpc_request(
                "/mail/data",
                {"fetch_params": [["avatar_card", {"id": self.customer.id, "model": "res.partner"}], "init_messaging"]},
            )
            self.assertSecret(str(answer), user, "card")
