# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, fields, http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestOpinionPortal(ComplaintCommon, HttpCase):
    """How customers say what they think, and how others try to say it for them (CMP-8)."""

    def freeze(self):
        """Leave the clock running: sessions live by it."""

    def setUp(self):
        super().setUp()
        found = self.env["sales.opinion.round"].create(
            {
                "name": "Opinions 2026",
                "date_end": fields.Date.add(fields.Date.today(), days=20),
                "partner_ids": [Command.set((self.customer | self.other_customer).ids)],
            }
        )
        found.with_user(self.bao).action_ask()
        self.mine, self.foreign = found.opinion_ids.sorted(lambda opinion: opinion.partner_id != self.customer)
        self.token = self.mine.access_token

    def sign_in(self, user):
        self.authenticate(user and user.login, user and user.login.ljust(8, "x"))

    def answer(self, opinion, token=None, **form):
        with mute_logger("odoo.http"):
            page = self.url_open(
                f"/my/opinions/{opinion.id}",
                data={
                    **form,
                    "csrf_token": http.Request.csrf_token(self),
                    **({"access_token": token} if token else {}),
                },
            )
        self.env.invalidate_all()
        return page

    def test_customer_answers_after_signing_in(self):
        self.sign_in(self.portal)
        page = self.url_open("/my/opinions")
        self.assertIn("On the Whole", page.text)
        self.answer(self.mine, score="4", score_goods="5", text="Good <b>pumps</b>")
        self.assertEqual((self.mine.score, self.mine.score_goods, self.mine.channel), (4, 5, "portal"))
        self.assertEqual((self.mine.text, self.mine.taker_id.id), ("Good <b>pumps</b>", False))
        self.assertIn("Nothing is asked", self.url_open("/my/opinions").text)

    def test_customer_answers_by_the_link(self):
        self.sign_in(None)
        page = self.url_open(f"/my/opinions/{self.mine.id}?access_token={self.token}")
        self.assertIn("On the Whole", page.text)
        page = self.answer(self.mine, self.token, score="2", text="Late")
        self.assertIn("Thank you", page.text)
        page = self.answer(self.mine, self.token, score="5")
        self.assertIn("already", page.text)
        self.assertEqual(self.mine.score, 2)

    def test_opinions_of_others_do_not_exist(self):
        for user in (None, self.portal, self.li, self.bao):
            self.sign_in(user)
            for token in (None, "x", self.token):
                self.assertEqual(self.answer(self.foreign, token, score="5").status_code, 404)
        self.assertFalse(self.foreign.answered_date)

    def test_staff_does_not_answer_for_the_customer_by_the_link(self):
        for user in (self.li, self.bao, self.judge):
            self.sign_in(user)
            self.assertEqual(self.answer(self.mine, self.token, score="5").status_code, 404)
        self.assertFalse(self.mine.answered_date)

    def test_forms_set_nothing_but_what_they_name(self):
        self.sign_in(self.portal)
        self.answer(self.mine, score="4", taker_id="2", round_id="1", salesperson_id="2", partner_id="1", state="x")
        self.assertEqual((self.mine.partner_id, self.mine.taker_id.id), (self.customer, False))
        self.assertFalse(self.mine.salesperson_id)

    def test_nonsense_is_refused_with_the_reason(self):
        self.sign_in(self.portal)
        for form in ({}, {"score": "6"}, {"score": "-1"}, {"score": "abc"}, {"score": "4", "score_price": "77"}):
            self.assertIn("a number from 1 to 5", self.answer(self.mine, **form).text)
        self.assertFalse(self.mine.answered_date)
