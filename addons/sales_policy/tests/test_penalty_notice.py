# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .penalty import FACTS, PenaltyCommon


@tagged("post_install", "-at_install")
class TestPenaltyNotice(PenaltyCommon):
    """Notices of criticism and commendation (PEN-2)."""

    def setUp(self):
        super().setUp()
        self.channel = self.env["discuss.channel"].create({"name": "Notices"})
        self.company.sales_notice_channel_id = self.channel
        self.praise = self.env.ref("sales_policy.sales_penalty_rule_merit_rules")

    def commended(self, user=None):
        case = self.proposed(user or self.wang, rule=self.praise)
        case.action_request_decision()
        self.decide(case)
        return case

    def posts(self):
        return self.channel.message_ids.filtered(lambda message: message.message_type == "comment").sorted("id")

    def html(self, case):
        report = self.env["ir.actions.report"].with_user(self.hr)
        return report._render_qweb_html("sales_policy.sales_penalty_notice", case.ids)[0].decode()

    def test_commendation_is_published_with_the_decision_and_without_name(self):
        case = self.commended()
        [post] = self.posts()
        self.assertIn("Commendation", post.body)
        self.assertIn("An employee of North", post.body)
        self.assertNotIn("Wang Fang", post.body)
        self.assertEqual(post.author_id, self.company.partner_id)
        self.assertTrue(case.published_date)

    def test_name_is_a_setting(self):
        self.company.sales_notice_with_name = True
        self.commended()
        self.assertIn("Wang Fang, North", self.posts().body)

    def test_other_cases_are_published_by_hand_once(self):
        case = self.effective(self.li)
        self.assertFalse(self.posts())
        for user in (self.manager, self.li, self.accountant, self.clerk):
            self.assertRefused((AccessError, UserError), user, "sales.penalty", "action_publish", case.ids)
        self.rpc(self.hr, "sales.penalty", "action_publish", case.ids)
        self.assertIn("Criticism", self.posts().body)
        self.assertRefused(UserError, self.hr, "sales.penalty", "action_publish", case.ids)

    def test_undecided_cases_are_neither_published_nor_printed(self):
        case = self.heard(self.li)
        self.assertRefused(UserError, self.hr, "sales.penalty", "action_publish", case.ids)
        self.assertRefused(UserError, self.hr, "sales.penalty", "action_print_notice", case.ids)
        with self.assertRaises(UserError):
            self.html(case)

    def test_dropped_case_is_withdrawn_in_the_channel(self):
        case = self.commended()
        self.reason(case, self.general, "drop")
        self.assertIn("withdrawn", self.posts()[-1].body)

    def test_without_channel_it_is_said_where_to_set_it(self):
        self.company.sales_notice_channel_id = False
        case = self.commended()
        self.assertFalse(case.published_date)
        with self.assertRaisesRegex(UserError, "no channel"):
            case.with_user(self.hr).action_publish()

    def test_print_tells_the_facts_only_with_the_name(self):
        case = self.effective(self.li)
        html = self.html(case)
        self.assertIn(case.name, html)
        self.assertNotIn(FACTS[:20], html)
        self.assertNotIn("Li Wei", html)
        self.company.sales_notice_with_name = True
        self.assertIn(FACTS[:20], self.html(case))

    def test_colleague_does_not_print(self):
        case = self.effective(self.li)
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(self.wang)._render_qweb_html(
                "sales_policy.sales_penalty_notice", case.ids
            )
