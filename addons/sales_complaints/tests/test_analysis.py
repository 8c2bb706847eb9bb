# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestAnalysis(ComplaintCommon):
    """What complaints come to, counted: rates, repeats, lateness, who answers (CMP-2, 5, 6)."""

    def rates(self, groupby, domain=(), spec="ppm:avg"):
        self.env.flush_all()
        rows = self.env["sales.complaint.rate"].with_user(self.bao)._read_group(list(domain), [groupby], [spec])
        return dict(rows)

    def figures(self, groupby, spec, domain=()):
        self.env.flush_all()
        rows = self.env["sales.complaint.report"].with_user(self.bao)._read_group(list(domain), [groupby], [spec])
        return dict(rows)

    def test_rate_counts_pieces_complained_about_in_a_million_delivered(self):
        valve = self.goods("Valve", quantity=1000)
        self.register(self.delivered(400, product=valve), quantity=2)
        self.delivered(600, product=valve)
        self.delivered(10)
        rates = self.rates("product_id", [("product_id", "in", (valve | self.pump).ids)])
        self.assertEqual((rates[valve], rates[self.pump]), (2_000, 0))

    def test_rate_of_a_group_is_no_average_of_rates(self):
        few, many = self.goods("Few"), self.goods("Many", quantity=1000)
        self.register(self.delivered(1, product=few), quantity=1)
        self.delivered(999, product=many)
        category = few.categ_id | many.categ_id
        rates = self.rates("partner_id", [("product_id", "in", (few | many).ids)])
        self.assertEqual(rates, {self.customer: 1_000}, category)

    def test_withdrawn_and_unfounded_complaints_are_in_no_rate(self):
        valve = self.goods("Valve")
        order = self.delivered(10, product=valve)
        self.reason(self.register(order, quantity=1), self.bao, "withdraw", "Found it")
        self.decide(self.proposed(order, quantity=1), grounds="unfounded")
        self.assertEqual(self.rates("product_id", [("product_id", "=", valve.id)]), {valve: 0})

    def test_other_units_are_counted_in_the_unit_of_the_product(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        bolt = self.goods("Bolt", quantity=240)
        order = self.delivered(120, product=bolt)
        complaint = self.register(order, quantity=1)
        complaint.line_ids.write({"product_uom_id": dozen.id})
        self.assertEqual(self.rates("product_id", [("product_id", "=", bolt.id)]), {bolt: 100_000})

    def test_department_is_measured_against_everything_delivered(self):
        valve = self.goods("Valve", quantity=1000)
        blamed = self.register(self.delivered(500, product=valve), quantity=3)
        self.blame(blamed)
        self.register(self.delivered(500, product=valve), quantity=7)
        rates = self.rates("department_id", [("product_id", "=", valve.id)], "ppm_of_all:avg")
        self.assertEqual(rates[self.quality_department], 3_000)

    def test_department_of_a_person_who_answers_counts(self):
        complaint = self.register()
        self.blame(complaint, self.ren, share=60)
        self.assertEqual(
            self.figures("department_id", "__count", [("complaint_id", "=", complaint.id)]),
            {self.quality_department: 1},
        )

    def test_same_cause_with_the_same_goods_soon_after_is_a_repeat(self):
        cause = self.env.ref("sales_complaints.sales_complaint_cause_production_process")
        other = self.env.ref("sales_complaints.sales_complaint_cause_customer_use")
        found = self.env["sales.complaint"]
        for days, why in ((0, cause), (10, cause), (0, other), (40, cause)):
            self.pass_days(days)
            complaint = self.register()
            complaint.cause_id = why
            found |= complaint
        shares = self.figures("complaint_id", "repeated:avg", [("complaint_id", "in", found.ids)])
        self.assertEqual([shares[complaint] for complaint in found], [0, 100, 0, 0])
        causes = self.figures("cause_id", "repeated:avg", [("complaint_id", "in", found.ids)])
        self.assertAlmostEqual(causes[cause], 100 / 3)

    def test_late_cost_rating_and_days_are_those_of_the_complaints(self):
        late, fast = self.register(kind=self.service), self.decided()
        fast.sudo().work_cost = 300
        self.pass_days(3)
        self.tell(fast)
        fast._rate_by_customer(4, "Good")
        domain = [("complaint_id", "in", (late | fast).ids)]
        self.assertEqual(self.figures("complaint_id", "late:avg", domain), {late: 100, fast: 0})
        self.assertEqual(self.figures("complaint_id", "rating:avg", domain), {late: False, fast: 4})
        self.assertEqual(self.figures("complaint_id", "total_cost:sum", domain)[fast], 300)

    def test_figures_are_for_those_who_see_all_complaints(self):
        for model in ("sales.complaint.rate", "sales.complaint.report"):
            for user in self.li | self.ren | self.worker | self.kang | self.portal:
                self.assertRefused(AccessError, user, model, "formatted_read_group", [], [], ["__count"])
            for user in self.bao | self.judge | self.manager | self.general:
                self.rpc(user, model, "formatted_read_group", [], [], ["__count"])
                self.assertRefused(REFUSED, user, model, "create", [{}])

    def test_companies_are_apart(self):
        other = self.env["res.company"].create({"name": "Other works"})
        complaint = self.env["sales.complaint"].create(
            {"subject": "Theirs", "company_id": other.id, "type_id": self.service.id, "partner_id": self.customer.id}
        )
        self.env.flush_all()
        seen = self.env["sales.complaint.report"].with_user(self.bao).search([])
        self.assertNotIn(complaint.id, seen.ids)

    def test_overview_counts_what_waits(self):
        team = self.env["sales.complaint.team"].create({"name": "Works", "type_id": self.service.id})
        self.register(team_id=team.id)
        self.proposed(team_id=team.id)
        informed = self.decided(team_id=team.id)
        self.decided(team_id=team.id)
        self.tell(informed)
        self.pass_days(30)
        seen = team.with_user(self.bao)
        self.assertEqual(
            (seen.count_open, seen.count_new, seen.count_to_decide, seen.count_to_tell, seen.count_to_close),
            (4, 1, 1, 1, 1),
        )
        self.assertEqual((seen.count_late, seen.year_count), (3, 4))

    def test_overview_costs_no_query_a_team(self):
        def count(number):
            teams = self.env["sales.complaint.team"].create(
                [{"name": f"Team {n}", "type_id": self.service.id} for n in range(number)]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            teams.with_user(self.bao).read(["count_open", "count_late", "year_cost", "year_rating"])
            return self.cr.sql_log_count - start

        count(1)
        self.assertLessEqual(count(20) - count(2), 0)

    def test_complaints_are_imported_with_their_goods(self):
        order = self.delivered()
        header = [
            "subject",
            "partner_id",
            "type_id",
            "channel",
            "date",
            "line_ids/name",
            "line_ids/colour",
            "line_ids/quantity",
            "line_ids/purchase_date",
        ]
        rows = [
            [
                "Tiles differ",
                "Ningbo Valve Works",
                "Quality",
                "phone",
                "2026-04-20 01:00:00",
                "Tile",
                "8812",
                "40",
                "2026-03-01",
            ],
            ["", "", "", "", "", "Border", "8813", "6", "2026-03-01"],
            ["Late again", "Hefei Pumps", "Service", "email", "2026-04-21 01:00:00", "", "", "", ""],
        ]
        found = self.rpc(self.kang, "sales.complaint", "load", header, rows)
        self.assertFalse(found["messages"])
        tiles, late = self.env["sales.complaint"].browse(found["ids"])
        self.assertEqual(tiles.line_ids.mapped("quantity"), [40, 6])
        self.assertEqual(
            (tiles.registrar_id, tiles.state, late.partner_id), (self.kang, "registered", self.other_customer)
        )
        self.assertEqual(len(tiles.sudo().deadline_ids), 3)
        stamped = self.rpc(self.kang, "sales.complaint", "load", [*header[:3], "state"], [[*rows[0][:3], "closed"]])
        self.assertTrue(stamped["messages"])
        self.assertFalse(stamped["ids"])
        line = order.order_line
        many = self.rpc(
            self.kang,
            "sales.complaint",
            "load",
            ["subject", "partner_id", "line_ids/sale_line_id/.id", "line_ids/quantity"],
            [["Too many", "Ningbo Valve Works", str(line.id), "11"]],
        )
        self.assertIn("were delivered", many["messages"][0]["message"])
