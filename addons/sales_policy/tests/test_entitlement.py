# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .money import MoneyCommon


@tagged("post_install", "-at_install")
class TestEntitlement(MoneyCommon):
    """The first money fixes who is entitled to the commission (OWN-8)."""

    def test_first_money_entitles_the_salesperson(self):
        order = self.confirmed()
        invoice = self.bill(order, percent=30)
        self.assertFalse(self.entitlements(order))
        payment = self.pay(invoice)
        entry = self.entitlements(order)
        self.assertEqual((entry.user_id, entry.share, entry.kind), (self.li, 100.0, "money"))
        self.assertEqual((entry.base_amount, entry.amount, entry.money_amount), (100.0, 100.0, 30.0))
        self.assertEqual((entry.order_name, entry.partner_name), (order.name, "Ningbo Valve Works"))
        self.assertEqual((entry.date, entry.company_id), (payment.date, self.company))
        self.assertIn(payment.name, entry.evidence)
        self.assertEqual((entry.evidence_model, entry.evidence_id), ("account.payment", payment.id))

    def test_protected_owner_is_entitled_although_a_colleague_closed(self):
        self.register(self.customer, self.li)
        order = self.confirmed(user=self.wang)
        self.pay(self.bill(order))
        self.assertEqual(self.shares(order), {self.li: 100.0})
        self.assertEqual(self.entitlements(order).closer_id, self.wang)

    def test_later_money_changes_nothing(self):
        order = self.confirmed()
        self.pay(self.bill(order, percent=30))
        order.order_line.filtered(lambda line: not line.is_downpayment).price_unit = 900.0
        self.pay(self.bill(order))
        entry = self.entitlements(order)
        self.assertEqual((len(entry), entry.base_amount), (1, 100.0))

    def test_refund_and_cancellation_change_nothing(self):
        order = self.confirmed()
        invoice = self.bill(order, percent=30)
        self.pay(invoice)
        before = self.entitlements(order).read()
        refund = invoice._reverse_moves()
        refund.action_post()
        self.pay(refund)
        order._action_cancel()
        self.settle()
        self.assertEqual(self.entitlements(order).read(), before)
        self.assertEqual(order._sales_money_in()[order].amount, 0.0)

    def test_money_that_is_none_entitles_nobody(self):
        order = self.confirmed()
        invoice = self.bill(order)
        refund = invoice._reverse_moves()
        refund.action_post()
        self.settle()
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertFalse(self.entitlements(order))

    def test_payment_matched_as_a_draft_counts_when_it_is_posted(self):
        order = self.confirmed()
        invoice = self.bill(order)
        payment = self.pay(invoice, settle=False)
        payment.action_draft()
        self.settle()
        self.assertFalse(self.entitlements(order))
        payment.action_post()
        self.settle()
        self.assertEqual(self.shares(order), {self.li: 100.0})

    def test_bank_statement_entitles(self):
        order = self.confirmed()
        self.statement(self.bill(order), 10.0)
        self.assertEqual(self.shares(order), {self.li: 100.0})

    def test_online_deposit_on_a_quotation_entitles(self):
        self.register(self.customer, self.li)
        order = self.order(self.customer, self.wang)
        self.online(order, 10.0)
        self.assertEqual(order.state, "draft")
        self.assertEqual(self.shares(order), {self.li: 100.0})
        self.assertEqual(self.entitlements(order).evidence_model, "payment.transaction")

    def test_quotation_of_nobody_is_fixed_when_it_is_confirmed(self):
        order = self.order(self.customer, self.li)
        order.sudo().user_id = False
        self.online(order, 10.0)
        self.assertFalse(self.entitlements(order))
        order.sudo().user_id = self.wang
        order.with_user(self.manager).action_confirm()
        self.settle()
        self.assertEqual(self.shares(order), {self.wang: 100.0})

    def test_cancelled_order_entitles_nobody_until_it_is_confirmed_again(self):
        order = self.confirmed()
        invoice = self.bill(order)
        order._action_cancel()
        self.pay(invoice)
        self.assertFalse(self.entitlements(order))
        order.action_draft()
        order.action_confirm()
        self.settle()
        self.assertEqual(self.shares(order), {self.li: 100.0})

    def test_invoice_for_two_orders_entitles_both(self):
        first, second = self.confirmed(user=self.li), self.confirmed(user=self.wang)
        self.pay(self.bill(first | second), 20.0)
        self.assertEqual((self.shares(first), self.shares(second)), ({self.li: 100.0}, {self.wang: 100.0}))

    def test_switched_off_nothing_is_fixed(self):
        self.company.sales_entitlement_enabled = False
        order = self.confirmed()
        self.pay(self.bill(order))
        self.assertFalse(self.entitlements(order))

    def test_money_from_before_the_switch_stays_as_it_is(self):
        self.company.sales_entitlement_enabled = False
        old, waiting = self.confirmed(), self.confirmed()
        invoice = self.bill(old)
        payment = self.pay(invoice, 40.0)
        self.env.flush_all()
        yesterday = self.cr.now() - timedelta(days=2)
        self.cr.execute("UPDATE account_move SET create_date = %s WHERE id = %s", [yesterday, payment.move_id.id])
        self.cr.execute("UPDATE sale_order SET create_date = %s WHERE id = ANY(%s)", [yesterday, (old | waiting).ids])
        self.env.invalidate_all()
        self.switch_on(self.company)
        self.pay(invoice)
        receivable = invoice.line_ids.filtered(lambda item: item.account_type == "asset_receivable")
        receivable.remove_move_reconcile()
        (receivable | payment.move_id.line_ids.filtered(lambda i: i.account_type == "asset_receivable")).reconcile()
        self.settle()
        old._fix_entitlements()
        self.assertFalse(self.entitlements(old))
        self.pay(self.bill(waiting))
        self.assertEqual(self.shares(waiting), {self.li: 100.0})

    def test_switching_on_notes_the_moment(self):
        company = self.env["res.company"].create({"name": "Branch"})
        self.assertFalse(company.sales_entitlement_since)
        company.sales_entitlement_enabled = True
        since = company.sales_entitlement_since
        self.assertEqual(since, self.cr.now().replace(microsecond=0))
        company.write({"sales_entitlement_enabled": True})
        self.assertEqual(company.sales_entitlement_since, since)

    def test_money_that_nobody_noticed_is_caught_up_with(self):
        orders = self.confirmed() | self.confirmed()
        invoices = self.env["account.move"].union(*[self.bill(order) for order in orders])
        self.pay(invoices, settle=False, group_payment=False)
        self.cr.precommit.clear()
        self.settle()
        self.assertFalse(self.entitlements(orders))
        with self.enter_registry_test_mode():
            self.env.ref("sales_policy.ir_cron_sales_entitlement_catch_up").method_direct_trigger()
        self.assertEqual(len(self.entitlements(orders)), 2)
        self.assertFalse(orders._fix_entitlements())

    def test_manager_checks_orders_by_hand(self):
        order = self.confirmed()
        self.pay(self.bill(order), settle=False)
        self.cr.precommit.clear()
        self.assertRefused(AccessError, self.li, "sale.order", "action_sales_fix_entitlements", order.ids)
        self.rpc(self.manager, "sale.order", "action_sales_fix_entitlements", order.ids)
        self.assertEqual(self.shares(order), {self.li: 100.0})

    def test_rule_shares_between_owner_and_closer(self):
        rule = self.env["sales.entitlement.rule"].create(
            {"name": "Seventy thirty", "owner_share": 70.0, "closer_share": 30.0}
        )
        self.register(self.customer, self.li)
        order, own = self.confirmed(user=self.wang), self.confirmed(user=self.li)
        self.pay(self.bill(order) | self.bill(own), group_payment=False)
        self.assertEqual(self.shares(order), {self.li: 70.0, self.wang: 30.0})
        self.assertEqual(self.shares(own), {self.li: 100.0})
        self.assertEqual(sum(self.entitlements(order).mapped("amount")), 100.0)
        rule.write({"name": "Changed", "owner_share": 10.0, "closer_share": 90.0})
        self.assertEqual(set(self.entitlements(order).mapped("rule_name")), {"Seventy thirty"})

    def test_rule_of_the_team_goes_first_by_sequence(self):
        Rule = self.env["sales.entitlement.rule"]
        Rule.create({"name": "All", "owner_share": 100.0, "closer_share": 0.0, "sequence": 20})
        Rule.create(
            {"name": "South", "team_id": self.south.id, "owner_share": 50.0, "closer_share": 50.0, "sequence": 10}
        )
        self.register(self.customer, self.li)
        orders = self.confirmed(user=self.chen), self.confirmed(user=self.wang)
        for order in orders:
            self.pay(self.bill(order))
        self.assertEqual(self.shares(orders[0]), {self.li: 50.0, self.chen: 50.0})
        self.assertEqual(self.shares(orders[1]), {self.li: 100.0})

    def test_shares_of_a_rule_make_up_the_whole(self):
        from psycopg2 import IntegrityError

        from odoo.tools import mute_logger

        for shares in ((70.0, 40.0), (110.0, -10.0)):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
                self.env["sales.entitlement.rule"].create(
                    {"name": "Wrong", "owner_share": shares[0], "closer_share": shares[1]}
                )

    def test_correction_is_a_counter_entry(self):
        order = self.confirmed()
        self.pay(self.bill(order))
        entry = self.entitlements(order)
        wizard = (
            self.env["sales.entitlement.correction"]
            .with_user(self.manager)
            .create(
                {"entitlement_ids": [Command.set(entry.ids)], "user_id": self.wang.id, "reason": "Wang won the tender"}
            )
        )
        wizard.action_apply()
        self.assertEqual(self.shares(order), {self.wang: 100.0})
        first, counter, new = self.entitlements(order)
        self.assertEqual((first.kind, first.is_countered), ("money", True))
        self.assertEqual((counter.kind, counter.corrects_id, counter.amount), ("counter", first, -100.0))
        self.assertEqual((new.kind, new.corrects_id, new.create_uid), ("decision", first, self.manager))
        self.assertEqual(set((counter | new).mapped("reason")), {"Wang won the tender"})
        for again in (first, counter):
            with self.assertRaisesRegex(UserError, "taken back before"), self.cr.savepoint():
                again.with_user(self.manager)._sales_correct("Once more")
        order._fix_entitlements()
        self.assertEqual(len(self.entitlements(order)), 3)
        standing = self.env["sales.entitlement"].search([("is_countered", "=", False), ("order_id", "=", order.id)])
        self.assertEqual(standing, counter | new)

    def test_manager_gives_nothing_to_himself_and_says_why(self):
        order = self.confirmed()
        self.pay(self.bill(order))
        entry = self.entitlements(order).with_user(self.manager)
        with self.assertRaisesRegex(AccessError, "yourself"), self.cr.savepoint():
            entry._sales_correct("I did it", self.manager)
        with self.assertRaisesRegex(UserError, "reason"), self.cr.savepoint():
            entry._sales_correct("  ", self.wang)
        for user in (self.li, self.leader, self.officer):
            with self.assertRaises(AccessError), self.cr.savepoint():
                entry.with_user(user)._sales_correct("Mine", self.li)

    def test_entitled_order_is_not_deleted(self):
        order = self.order(self.customer, self.li)
        self.online(order, 10.0)
        with self.assertRaisesRegex(UserError, "entitles somebody"), self.cr.savepoint():
            order.sudo().unlink()

    def test_archived_salesperson_is_entitled(self):
        order = self.confirmed()
        self.li.active = False
        self.pay(self.bill(order))
        self.assertEqual(self.entitlements(order).user_id, self.li)

    def test_foreign_order_is_reckoned_in_company_currency_too(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2020-01-01", "rate": 4.0, "company_id": self.company.id}
        )
        pricelist = self.env["product.pricelist"].create({"name": "Foreign", "currency_id": euro.id})
        order = self.confirmed(pricelist_id=pricelist.id)
        order.order_line.price_unit = 400.0
        self.pay(self.bill(order))
        entry = self.entitlements(order)
        self.assertEqual((entry.currency_id, entry.amount, entry.company_amount), (euro, 400.0, 100.0))

    def test_partner_merge_leaves_entitlements_alone(self):
        order = self.confirmed()
        self.pay(self.bill(order))
        before = self.entitlements(order).read()
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | self.other_customer).ids, self.other_customer
        )
        self.settle()
        self.assertEqual(order.partner_id, self.other_customer)
        self.assertEqual(self.entitlements(order).read(), before)

    def test_companies_are_kept_apart(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        self.manager.company_ids |= branch
        other = self._user("far", "Far", "sales_team.group_sale_manager")
        other.write({"company_ids": [Command.set(branch.ids)], "company_id": branch.id})
        order = self.confirmed()
        self.pay(self.bill(order))
        Entitlement = self.env["sales.entitlement"]
        self.assertTrue(Entitlement.with_user(self.manager).search([("order_id", "=", order.id)]))
        self.assertFalse(Entitlement.with_user(other).search([]))
        self.assertFalse(Entitlement.with_user(self.manager).with_context(allowed_company_ids=branch.ids).search([]))

    def test_who_sees_what(self):
        first, second = self.confirmed(user=self.li), self.confirmed(user=self.chen)
        self.pay(self.bill(first) | self.bill(second), group_payment=False)

        def seen(user):
            return self.env["sales.entitlement"].with_user(user).search([]).order_id & (first | second)

        self.assertEqual(seen(self.li), first)
        self.assertEqual(seen(self.wang), first.browse())
        self.assertEqual(seen(self.leader), first)
        for user in (self.manager, self.accountant):
            self.assertEqual(seen(user), first | second)
        for user in (self.clerk, self.portal, self.officer):
            with self.assertRaises(AccessError):
                self.env["sales.entitlement"].with_user(user).search([])
        self.assertEqual(first.with_user(self.li).sales_entitlement_count, 1)
        self.assertEqual(second.with_user(self.manager).sales_entitlement_count, 1)

    def test_evidence_is_opened_by_those_who_may_read_it(self):
        order = self.confirmed()
        payment = self.pay(self.bill(order))
        entry = self.entitlements(order)
        action = self.rpc(self.accountant, "sales.entitlement", "action_open_evidence", entry.ids)
        self.assertEqual((action["res_model"], action["res_id"]), ("account.payment", payment.id))
        self.assertRefused(AccessError, self.li, "sales.entitlement", "action_open_evidence", entry.ids)

    def test_export_and_report_work(self):
        order = self.confirmed()
        self.pay(self.bill(order))
        self.manager.group_ids |= self.env.ref("base.group_allow_export")
        Entitlement = self.env["sales.entitlement"].with_user(self.manager)
        data = (
            self.entitlements(order)
            .with_user(self.manager)
            .export_data(["order_name", "user_id/name", "share", "amount", "date", "evidence"])
        )
        self.assertEqual(data["datas"][0][:2], [order.name, "Li Wei"])
        groups = Entitlement.formatted_read_group(
            [("order_id", "=", order.id)], ["user_id", "date:month"], ["company_amount:sum"]
        )
        self.assertEqual(groups[0]["company_amount:sum"], 100.0)
