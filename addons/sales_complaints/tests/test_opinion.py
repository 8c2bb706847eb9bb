# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, fields
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestOpinion(ComplaintCommon):
    """Asking customers for their opinion, once in a period (CMP-8)."""

    def asked(self, customers=None, **values):
        """Return a round in which customers were asked."""
        found = (
            self.env["sales.opinion.round"]
            .with_user(self.bao)
            .create(
                {
                    "name": "Opinions 2026",
                    "date_end": fields.Date.add(fields.Date.today(), days=20),
                    "partner_ids": [Command.set((customers or self.customer | self.other_customer).ids)],
                    **values,
                }
            )
        )
        found.action_ask()
        return found

    def opinion(self, found, customer=None):
        return found.opinion_ids.filtered(lambda opinion: opinion.partner_id == (customer or self.customer))

    def send(self):
        """Let the job send what waits; return to whom."""
        last = self.env["mail.mail"].search([], order="id desc", limit=1).id or 0
        with self.enter_registry_test_mode():
            self.env.ref("sales_complaints.ir_cron_opinion_letters").method_direct_trigger()
        self.env.invalidate_all()
        mails = self.env["mail.mail"].search([("id", ">", last), ("model", "=", "sales.opinion")])
        return sorted(mails.mapped("email_to")), mails

    def take_down(self, opinion, user, score="4", **values):
        wizard = (
            self.env["sales.opinion.answer"]
            .with_user(user)
            .create({"opinion_id": opinion.id, "score": score, "channel": "visit", **values})
        )
        self.rpc(user, "sales.opinion.answer", "action_apply", wizard.ids)
        self.env.invalidate_all()

    def test_each_customer_is_asked_once_by_a_letter_with_a_link(self):
        found = self.asked()
        self.assertEqual((found.state, found.asked_count, found.answered_count), ("open", 2, 0))
        self.assertEqual(found.opinion_ids.partner_id, self.customer | self.other_customer)
        addresses, mails = self.send()
        self.assertEqual(len(addresses), 2)
        token = self.opinion(found).sudo().access_token
        self.assertTrue(any(token in mail.body_html for mail in mails))
        self.assertFalse(self.send()[0], "nobody gets the same letter twice")
        with self.assertRaises(UserError), self.cr.savepoint():
            found.action_ask()

    def test_all_who_have_ordered_are_asked(self):
        self.delivered()
        self.delivered(partner=self.portal.partner_id)
        self.env["sale.order"].create({"partner_id": self.third_customer.id})
        found = self.asked(partner_ids=False)
        mine = found.opinion_ids.partner_id & (self.customer | self.other_customer | self.third_customer)
        self.assertEqual(mine, self.customer, "once for the company, and not for who has only a quotation")
        later = self.env["sales.opinion.round"].with_user(self.bao)
        later = later.create({"name": "Later", "since_date": fields.Date.add(fields.Date.today(), days=1)})
        with self.assertRaises(UserError):
            later.action_ask()

    def test_who_is_silent_is_reminded_once_in_the_last_week(self):
        found = self.asked()
        self.send()
        self.opinion(found)._answer({"score": 5}, "", "portal")
        self.pass_days(8)
        self.assertFalse(self.send()[0])
        self.pass_days(6)
        self.assertEqual(self.send()[0], [self.other_customer.email_formatted])
        self.assertFalse(self.send()[0])

    def test_answer_is_kept_once_and_never_changed(self):
        opinion = self.opinion(self.asked())
        opinion._answer({"score": 3, "score_price": 1}, "Dear", "portal")
        self.assertEqual((opinion.state, opinion.score, opinion.score_price, opinion.text), ("answered", 3, 1, "Dear"))
        with self.assertRaises(UserError), self.cr.savepoint():
            opinion._answer({"score": 5}, "", "portal")
        for user in self.everybody | self.env.ref("base.user_admin"):
            for values in ({"score": 5}, {"answered_date": False}, {"taker_id": user.id}, {"access_token": "x"}):
                self.assertRefused(REFUSED, user, "sales.opinion", "write", opinion.ids, values)
            self.assertRefused(REFUSED, user, "sales.opinion", "unlink", opinion.ids)
            self.assertRefused(
                REFUSED,
                user,
                "sales.opinion",
                "create",
                [{"round_id": opinion.round_id.id, "partner_id": self.customer.id, "score": 5}],
            )
            self.assertRefused(REFUSED, user, "sales.opinion", "_answer", opinion.ids, {"score": 5}, "", "portal")
            self.assertRefused(REFUSED, user, "sales.opinion", "read", opinion.ids, ["access_token"])
        rating = self.env["rating.rating"].search([("res_model", "=", "sales.opinion"), ("res_id", "=", opinion.id)])
        self.assertEqual((rating.rating, rating.partner_id, rating.consumed), (3, self.customer, True))
        self.assertRefused(REFUSED, self.bao, "rating.rating", "write", rating.ids, {"rating": 5})

    def test_numbers_beyond_the_scale_are_refused(self):
        opinion = self.opinion(self.asked())
        for scores in ({}, {"score": 0}, {"score": 6}, {"score": 4, "score_price": 9}, {"score_price": 3}):
            with self.assertRaises(UserError), self.cr.savepoint():
                opinion._answer(scores, "", "portal")
        self.assertEqual(opinion.state, "asked")

    def test_nobody_answers_after_the_last_day(self):
        found = self.asked()
        self.pass_days(21)
        opinion = self.opinion(found)
        self.assertEqual((found.state, opinion.state), ("over", "silent"))
        self.assertEqual(self.env["sales.opinion"].search([("state", "=", "silent")]) & opinion, opinion)
        with self.assertRaises(UserError):
            opinion._answer({"score": 5}, "", "portal")

    def test_what_staff_takes_down_says_so(self):
        self.customer.user_id = self.li
        opinion = self.opinion(self.asked())
        self.take_down(opinion, self.li, "4", text="All fine")
        self.assertEqual((opinion.taker_id, opinion.channel, opinion.score), (self.li, "visit", 4))

    def test_salesperson_sees_the_own_customers_only(self):
        self.customer.user_id = self.li
        found = self.asked()
        self.assertEqual(self.env["sales.opinion"].with_user(self.li).search([]).partner_id, self.customer)
        other = self.opinion(found, self.other_customer)
        wizard = self.env["sales.opinion.answer"].with_user(self.li)
        with self.assertRaises(AccessError):
            wizard.create({"opinion_id": other.id, "score": "5"}).action_apply()
        self.assertFalse(self.env["sales.opinion"].with_user(self.clerk).search([]))

    def test_customer_who_is_not_content_is_called(self):
        self.customer.user_id = self.li
        found = self.asked()
        self.opinion(found)._answer({"score": 2}, "Nobody calls back", "portal")
        self.opinion(found, self.other_customer)._answer({"score": 3}, "", "portal")
        tasks = found.sudo().activity_ids
        self.assertEqual((tasks.user_id, len(tasks)), (self.li, 1))
        self.assertIn("Ningbo Valve Works", tasks.summary)

    def test_opinion_becomes_one_complaint(self):
        opinion = self.opinion(self.asked())
        self.assertRefused(REFUSED, self.bao, "sales.opinion", "action_complain", opinion.ids)
        opinion._answer({"score": 1}, "Lathe <b>stands</b> still", "portal")
        self.assertRefused(REFUSED, self.li, "sales.opinion", "action_complain", opinion.ids)
        first = self.rpc(self.kang, "sales.opinion", "action_complain", opinion.ids)
        second = self.rpc(self.bao, "sales.opinion", "action_complain", opinion.ids)
        self.assertEqual(first["res_id"], second["res_id"])
        complaint = opinion.complaint_id.sudo()
        self.assertEqual(
            (complaint.partner_id, complaint.kind, complaint.channel), (self.customer, "service", "portal")
        )
        self.assertIn("&lt;b&gt;", complaint.description)
        self.assertEqual(opinion.round_id.complaint_count, 1)

    def test_opinion_leads_to_an_action_with_owner_and_date(self):
        opinion = self.opinion(self.asked())
        opinion._answer({"score": 3}, "Packing is thin", "portal")
        context = self.rpc(self.bao, "sales.opinion", "action_measure", opinion.ids)["context"]
        measure = self.env["sales.complaint.measure"].with_user(self.bao).with_context(**context)
        measure = measure.create({"name": "Thicker crates", "user_id": self.ren.id, "date_deadline": "2026-06-30"})
        self.assertEqual((measure.opinion_id, measure.opinion_round_id), (opinion, opinion.round_id))
        self.assertEqual(measure.activity_ids.user_id, self.ren)

    def test_round_is_closed_with_a_conclusion_when_it_is_over(self):
        found = self.asked()
        with self.assertRaises(UserError), self.cr.savepoint():
            found.action_close()
        self.pass_days(21)
        with self.assertRaises(UserError), self.cr.savepoint():
            found.action_close()
        found.conclusion = "Content with the goods, not with the packing."
        found.action_close()
        self.assertEqual((found.state, found.closer_id), ("closed", self.bao))
        self.assertRefused(REFUSED, self.bao, found._name, "write", found.ids, {"conclusion": "All is well"})

    def test_what_was_asked_stays_and_stamps_are_the_servers(self):
        found = self.asked()
        for values in (
            {"name": "Other"},
            {"date_end": "2030-01-01"},
            {"partner_ids": [Command.clear()]},
            {"opened_date": False},
            {"closed_date": fields.Datetime.now()},
            {"closer_id": self.li.id},
            {"opinion_ids": [Command.clear()]},
        ):
            self.assertRefused(REFUSED, self.bao, found._name, "write", found.ids, values)
        self.assertRefused(REFUSED, self.bao, found._name, "unlink", found.ids)
        born = self.rpc(
            self.bao, found._name, "create", [{"name": "Mine"}], context={"default_opened_date": "2026-01-01 00:00:00"}
        )
        self.assertEqual(self.env[found._name].browse(born).state, "draft")
        for user in self.li | self.manager | self.kang | self.judge | self.portal:
            self.assertRefused(REFUSED, user, found._name, "create", [{"name": "Mine"}])
            self.assertRefused(REFUSED, user, found._name, "action_ask", found.ids)
            self.assertRefused(REFUSED, user, found._name, "action_close", found.ids)

    def test_companies_are_apart(self):
        other = self.env["res.company"].create({"name": "Other works"})
        found = self.env["sales.opinion.round"].create(
            {"name": "Theirs", "company_id": other.id, "partner_ids": [Command.set(self.customer.ids)]}
        )
        found.sudo()._customers()
        self.env["sales.opinion"]._ask(found, self.customer)
        for model in ("sales.opinion.round", "sales.opinion"):
            self.assertFalse(self.env[model].with_user(self.bao).search([("company_id", "=", other.id)]))

    def test_summary_tells_figures_and_words(self):
        found = self.asked()
        self.opinion(found)._answer({"score": 4, "score_goods": 5}, "Good lathes", "portal")
        self.opinion(found, self.other_customer)._answer({"score": 2}, "Late again", "portal")
        found.conclusion = "Deliver on time."
        self.assertEqual((found.answered_share, found.average_score), (100, 3))
        rows = {label: (average, counts) for label, average, counts in found._report_figures()}
        self.assertEqual(rows["On the Whole"], (3, [0, 1, 0, 1, 0]))
        self.assertEqual(rows["Goods"], (5, [0, 0, 0, 0, 1]))
        report = self.env.ref("sales_complaints.sales_opinion_round_report").with_user(self.bao)
        page = report._render_qweb_html(report.report_name, found.ids)[0].decode()
        for word in ("Good lathes", "Late again", "Deliver on time", "3.00"):
            self.assertIn(word, page)

    def test_many_customers_cost_no_query_each(self):
        def customers(number):
            return self.env["res.partner"].create(
                [{"name": f"Customer {n}", "email": f"c{n}@x.example"} for n in range(number)]
            )

        def count(number):
            some = customers(number)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self.asked(some)
            self.env.flush_all()
            return self.cr.sql_log_count - start

        count(2)
        few, many = count(3), count(30)
        self.assertLessEqual(many - few, 0, f"{few} queries for 3, {many} for 30")
