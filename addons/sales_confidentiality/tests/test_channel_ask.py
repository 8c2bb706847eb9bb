# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .channel import PHONE, REFUSED, ChannelCommon

HALF = "1234"


class AskChannels:
    """Asking instead of reading: conditions, orders, groups, totals and names, of which each answer is a hint."""

    mode = None

    def setUp(self):
        super().setUp()
        self.phone_rule = self.rule(["phone"], self.mode)

    def found(self, user, model, domain):
        answer = self.answer(user, model, "search", domain)
        return answer not in (None, "[]")

    def test_a_condition_finds_own_customers_only(self):
        for user in self.uncleared:
            for domain in (
                [("phone", "like", HALF)],
                [("phone", "=like", "+86 138%")],
                [("phone", "in", [PHONE])],
                [("phone", ">", "+86 13")],
                [("phone_sanitized", "like", HALF)],
                [("phone_mobile_search", "like", "13812345678")],
                ["|", ("phone", "like", HALF), ("name", "=", "Nobody")],
                ["&", ("phone", "like", HALF), ("name", "like", "Ningbo")],
                ["!", "!", ("phone", "like", HALF)],
            ):
                self.assertFalse(
                    self.found(user, "res.partner", [*domain, ("id", "in", self.customer.ids)]), (user.login, domain)
                )
        self.assertTrue(self.found(self.li, "res.partner", [("phone", "like", HALF)]))
        self.assertTrue(self.found(self.li, "res.partner", [("phone_mobile_search", "like", "13812345678")]))

    def test_the_negation_of_a_condition_tells_nothing_either(self):
        mine = ("id", "in", self.customer.ids)
        right, wrong = (
            self.answer(self.wang, "res.partner", "search", [mine, "!", ("phone", "like", digits)])
            for digits in (HALF, "9999")
        )
        self.assertEqual(right, wrong)

    def test_a_condition_through_other_documents_finds_nothing(self):
        order = self.order(self.customer, self.li)
        lead = self.env["crm.lead"].create({"name": "Hall 3", "partner_id": self.customer.id, "user_id": self.li.id})
        self.portal.partner_id.phone = PHONE
        for user in (self.leader, self.accountant, self.wang, self.clerk):
            for model, domain in (
                ("sale.order", [("partner_id.phone", "like", HALF), ("id", "=", order.id)]),
                ("sale.order", [("partner_id", "any", [("phone", "like", HALF)]), ("id", "=", order.id)]),
                ("crm.lead", [("phone", "like", HALF), ("id", "=", lead.id)]),
                ("crm.lead", [("partner_id.phone", "like", HALF), ("id", "=", lead.id)]),
                ("res.users", [("phone", "like", HALF), ("id", "=", self.portal.id)]),
                ("res.users", [("partner_id.phone", "like", HALF), ("id", "=", self.portal.id)]),
                ("res.partner", [("child_ids.parent_id.phone", "like", HALF)]),
            ):
                self.assertFalse(self.found(user, model, domain), (user.login, model, domain))
        for model, domain in (
            ("sale.order", [("partner_id.phone", "like", HALF), ("id", "=", order.id)]),
            ("crm.lead", [("phone", "like", HALF), ("id", "=", lead.id)]),
        ):
            self.assertTrue(self.found(self.li, model, domain), (model, domain))

    def test_nobody_sorts_by_it(self):
        for user in (self.li, self.wang, self.leader, self.accountant):
            for model, order in (
                ("res.partner", "phone"),
                ("res.partner", "phone_sanitized desc"),
                ("res.users", "phone"),
                ("crm.team.member", "phone"),
            ):
                self.assertRefused(REFUSED, user, model, "search_read", [], ["id"], order=order)

    def test_nobody_groups_or_sums_by_it(self):
        for user in (self.li, self.wang, self.leader, self.accountant):
            for model, groupby, aggregates in (
                ("res.partner", ["phone"], ["__count"]),
                ("res.partner", ["phone_sanitized"], ["__count"]),
                ("res.users", ["phone"], ["__count"]),
                ("crm.team.member", ["phone"], ["__count"]),
                ("sale.order", ["partner_id.phone"], ["__count"]),
                ("res.partner", [], ["phone:array_agg"]),
                ("res.partner", ["name"], ["phone:max"]),
                ("crm.lead", ["phone"], ["__count"]),
            ):
                self.assertRefused(REFUSED, user, model, "formatted_read_group", [], groupby, aggregates)
            self.assertRefused(REFUSED, user, "res.partner", "web_read_group", [], ["phone"], ["__count"])
            self.assertRefused(
                REFUSED, user, "res.partner", "read_progress_bar", [], "phone", {"field": "type", "colors": {}}
            )

    def test_costs_are_not_asked_for_at_all(self):
        self.rule(["standard_price"], self.mode, "product.product")
        for user in (self.li, self.leader, self.clerk, self.accountant):
            for model in ("product.product", "product.template"):
                self.assertRefused(REFUSED, user, model, "search", [("standard_price", ">", 4000)])
            self.assertRefused(REFUSED, user, "product.product", "search", [], order="standard_price")
            self.assertRefused(REFUSED, user, "product.product", "formatted_read_group", [], [], ["standard_price:sum"])
            self.assertRefused(REFUSED, user, "sale.order.line", "search", [("product_id.standard_price", ">", 4000)])

    def test_names_of_customers_are_found_but_not_by_what_is_confidential(self):
        self.rule(["email"], self.mode)
        self.rule(["vat"], self.mode, need_to_know="none", scope="all")
        for user in (self.wang, self.leader, self.accountant, self.clerk):
            self.assertIn("Ningbo", self.answer(user, "res.partner", "name_search", "Ningbo") or "")
            for hint in ("buyer.secret", "91330200SECRET9"):
                self.assertNotIn("Ningbo", self.answer(user, "res.partner", "name_search", hint) or "")
        self.assertIn("Ningbo", self.answer(self.li, "res.partner", "name_search", "buyer.secret") or "")

    def test_names_contain_neither_e_mail_nor_tax_number(self):
        self.rule(["email"], self.mode)
        self.rule(["vat"], self.mode)
        order = self.order(self.customer, self.li)
        for context in ({"show_email": 1}, {"show_vat": 1}, {"show_email": 1, "show_vat": 1, "show_address": 1}):
            context["formatted_display_name"] = False
            for kwargs in ({"context": context}, {"context": {**context, "formatted_display_name": True}}):
                self.assertNothing("sale.order", "read", order.ids, ["partner_id"], **kwargs)
                self.assertNothing("res.partner", "read", self.customer.ids, ["display_name"], **kwargs)
                self.assertNothing("res.partner", "name_search", "Ningbo", **kwargs)
        self.assertTells(
            "buyer.secret",
            self.li,
            "res.partner",
            "read",
            self.customer.ids,
            ["display_name"],
            context={"show_email": 1},
        )

    def test_a_guess_is_not_confirmed(self):
        self.rule(["email"], self.mode)
        self.rule(["vat"], self.mode)
        bait = {"name": "Bait", "phone": PHONE, "email": self.customer.email, "vat": self.customer.vat}
        spec = {name: {} for name in ("sales_duplicate_ids", "sales_duplicate_message", "same_vat_partner_id")}
        for user in (self.wang, self.leader):
            answer = self.answer(user, "res.partner", "onchange", [], bait, list(bait), spec)
            self.assertNotIn(f"{self.customer.id}", (answer or "").replace("false", ""))
            self.assertNotIn("Ningbo", answer or "")
            lead = self.rpc(
                user, "crm.lead", "create", {"name": "Bait", "phone": PHONE, "email_from": self.customer.email}
            )
            spec_lead = ["duplicate_lead_ids", "duplicate_lead_count", "sales_duplicate_ids", "sales_duplicate_message"]
            row = self.rpc(user, "crm.lead", "read", lead, spec_lead)
            self.assertFalse(any(value for name, value in row[0].items() if name != "id"), row)
        with self.assertRaises(AssertionError), self.cr.savepoint():
            found = self.rpc(self.leader, "res.partner", "find_or_create", self.customer.email)
            self.assertEqual(found, self.customer.id)

    def test_nobody_makes_a_customer_their_own_to_see_it(self):
        for values in (
            {"user_id": self.wang.id},
            {"parent_id": self.other_customer.id},
            {"partner_share": False},
            {"employee_ids": [(0, 0, {"name": "X"})]},
            {"is_company": False},
        ):
            self.assertRefused(AccessError, self.wang, "res.partner", "write", self.customer.ids, values)
        self.assertNothing(
            "res.partner",
            "onchange",
            self.customer.ids,
            {"user_id": self.wang.id},
            ["user_id"],
            {"phone": {}, "user_id": {}},
            users=[self.wang],
        )
        order = self.order(self.customer, self.li)
        self.assertFalse(
            self.found(self.wang, "sale.order", [("partner_id.phone", "like", HALF), ("id", "=", order.id)])
        )


@tagged("post_install", "-at_install")
class TestAskHidden(AskChannels, ChannelCommon):
    mode = "hide"


@tagged("post_install", "-at_install")
class TestAskMasked(AskChannels, ChannelCommon):
    mode = "mask"
