# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .people import PEN, AgreementCommon


@tagged("post_install", "-at_install")
class TestAgreementPortal(AgreementCommon, HttpCase):
    """Where people sign, and what they try there."""

    def freeze(self):
        """Leave the clock running: sessions live by it."""

    def setUp(self):
        super().setUp()
        self.agreement = self.ask(self.portal.partner_id, self.nda)
        self.url = f"/my/agreements/{self.agreement.id}"

    def sign_in(self, user):
        self.authenticate(user and user.login, user and user.login.ljust(8, "x"))

    def sign(self, **values):
        with mute_logger("odoo.http"):
            answer = self.make_jsonrpc_request(f"{self.url}/sign", {"name": "Xu", "signature": PEN, **values})
        self.env.invalidate_all()
        return answer

    def test_buyer_reads_and_signs(self):
        self.sign_in(self.portal)
        self.assertIn(self.agreement.name, self.url_open("/my/agreements").text)
        self.assertIn("Confidential is what", self.url_open(self.url).text)
        self.assertIn("error", self.sign(signature=""))
        self.assertEqual(self.agreement.state, "asked")
        self.assertTrue(self.sign()["force_refresh"])
        self.assertEqual((self.agreement.state, self.agreement.signed_by), ("valid", self.portal))
        self.assertTrue(self.agreement.sudo().signed_address)
        self.assertIn(self.agreement.text_hash, self.url_open(self.url).text)
        self.assertIn("error", self.sign())

    def test_employee_signs_there_too(self):
        agreement = self.ask(self.li.partner_id)
        self.sign_in(self.li)
        self.make_jsonrpc_request(f"/my/agreements/{agreement.id}/sign", {"name": "Li Wei", "signature": PEN})
        self.env.invalidate_all()
        self.assertEqual((agreement.state, agreement.signed_by), ("valid", self.li))

    def test_agreements_of_others_do_not_exist(self):
        for user in (self.li, self.officer, self._user("zhu", "Zhu", "base.group_portal")):
            self.sign_in(user)
            with mute_logger("odoo.http"):
                self.assertEqual(self.url_open(self.url).status_code, 404)
                self.assertNotIn(self.agreement.name, self.url_open("/my/agreements").text)
            with self.assertRaises(JsonRpcException, msg=user.login):
                self.sign()
        self.assertEqual(self.agreement.state, "asked")

    def test_without_login_nothing_is_shown_or_signed(self):
        self.sign_in(None)
        self.assertIn("/web/login", self.url_open(f"{self.url}?access_token=x").url)
        with self.assertRaises(JsonRpcException):
            self.sign()
        self.assertEqual(self.agreement.state, "asked")
