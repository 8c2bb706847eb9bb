# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import json
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .channel import PHONE, ChannelCommon


@tagged("post_install", "-at_install")
class TestStanding(ChannelCommon):
    """What holds for a person begins and ends by the clock, and is found out in one question (CON-2)."""

    def sees(self, user):
        answer = self.answer(user, "res.partner", "read", self.customer.ids, ["phone"])
        return json.loads(answer)[0]["phone"] == PHONE

    def cover(self):
        """Let Chen Jie stand in for Li Wei, who owns the customer, in an hour and for an hour."""
        now = fields.Datetime.now()
        times = {"date_from": now + timedelta(hours=1), "date_to": now + timedelta(hours=2)}
        covers = self.env["sales.ownership.cover"].with_user(self.li)
        return covers.create({"owner_id": self.li.id, "user_id": self.chen.id, **times})

    def grant(self):
        """Let Chen Jie see the phone of the customer for eight hours."""
        rule = self.rule(["phone"], "mask")
        now = fields.Datetime.now()
        values = {"user_id": self.chen.id, "rule_id": rule.id, "record_ids": str(self.customer.id), "reason": "Fair"}
        grants = self.env["sales.confidentiality.grant"]
        return grants.create({**values, "date_from": now, "date_to": now + timedelta(hours=8)})

    def test_stand_in_sees_from_the_first_to_the_last_second(self):
        self.rule(["phone"], "mask")
        self.cover()
        self.assertFalse(self.sees(self.chen))
        for seconds, is_seen in ((3599, False), (1, True), (3599, True), (1, False)):
            self.frozen.tick(timedelta(seconds=seconds))
            self.assertEqual(self.sees(self.chen), is_seen)

    def test_cover_that_is_called_off_opens_nothing(self):
        self.rule(["phone"], "mask")
        cover = self.cover()
        self.assertFalse(self.sees(self.chen))
        self.rpc(self.li, "sales.ownership.cover", "unlink", cover.ids)
        self.frozen.tick(timedelta(minutes=90))
        self.assertFalse(self.sees(self.chen))

    def test_grant_sleeps_while_its_holder_is_suspended(self):
        self.grant()
        self.assertTrue(self.sees(self.chen))
        suspensions = self.env["sales.confidentiality.suspension"]
        suspension = suspensions.create({"user_id": self.chen.id, "reason": "Looked into"})
        self.assertFalse(self.sees(self.chen))
        suspension.date_to = fields.Datetime.now() + timedelta(hours=1)
        self.assertFalse(self.sees(self.chen))
        self.frozen.tick(timedelta(hours=1))
        self.assertTrue(self.sees(self.chen))

    def test_grant_that_is_ended_shows_nothing_any_more(self):
        grant = self.grant()
        self.assertTrue(self.sees(self.chen))
        self.rpc(self.chen, "sales.confidentiality.grant", "action_end", grant.ids)
        self.assertFalse(self.sees(self.chen))

    def test_a_list_with_masks_asks_two_questions_more(self):
        partners = self.customer | self.other_customer | self.third_customer
        domain, asked = [("id", "in", partners.ids)], {"name": {}, "phone": {}, "email": {}}

        def read():
            self.rpc(self.wang, "res.partner", "web_search_read", domain, asked)

        read()
        without = self.queries(read)
        self.rule(["phone", "email"], "mask")
        read()
        self.assertLessEqual(self.queries(read), without + 2)
