# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged, warmup

from .common import SalesPolicyCommon

NAMES = [(1111, "Zibo Ceramics"), (2222, "Wuxi Textile Machines"), (3333, "Kunming Flowers")]


@tagged("post_install", "-at_install")
class TestQueries(SalesPolicyCommon):
    """The number of queries does not grow with the number of records."""

    def partners(self, count):
        """Return some partners, half of them owned."""
        partners = self.env["res.partner"].create([{"name": f"Customer {n}"} for n in range(count)])
        groups = self.env["sales.customer.group"]._of_partners(partners[: count // 2])
        self.env["sales.ownership"]._assign(
            self.env["sales.customer.group"].union(*groups.values()), self.li, self.company, "Start"
        )
        self.env.flush_all()
        return partners

    def test_reading_owner_state_and_end(self):
        names = ["sales_owner_id", "sales_ownership_state", "sales_protected_until", "sales_days_left"]
        partners = self.partners(1000).with_user(self.li)

        def read(some):
            return self.queries(lambda: some.read(names))

        read(partners[:1])
        one, eighty, thousand = read(partners[:1]), read(partners[460:540]), read(partners)
        self.assertEqual(eighty, thousand)
        # for a single owned partner nobody has to look for an earlier owner
        self.assertLessEqual(thousand, one + 1)

    def test_owner_at(self):
        partners = self.partners(300)
        start = self.ownership(partners[0]).date_start

        def ask(some):
            return self.queries(lambda: self.env["sales.ownership"]._owner_at(some, start))

        ask(partners[:2])
        self.assertEqual(ask(partners[:2]), ask(partners))

    def test_credit_of_many_orders(self):
        partners = self.partners(40)
        orders = self.env["sale.order"].create(
            [{"partner_id": partner.id, "user_id": self.wang.id} for partner in partners]
        )
        orders = orders.with_user(self.manager)

        def read(some):
            return self.queries(lambda: some.read(["credited_user_id", "credit_explanation"]))

        read(orders[:2])
        self.assertEqual(read(orders[18:22]), read(orders))

    def test_bulk_assignment_and_release(self):
        partners = self.partners(200)
        sizes = []
        for some in (partners[:4], partners[4:]):
            sizes.append(self.queries(lambda some=some: self.transfer("assign", self.chen, some)))
        # inserts go in batches: a handful more for fifty times as many
        self.assertLessEqual(sizes[1], sizes[0] + 8)
        release = [
            self.queries(lambda some=some: self.transfer("release", partners=some))
            for some in (partners[:4], partners[4:])
        ]
        self.assertLessEqual(release[1], release[0] + 4)

    def test_contacts_recorded_together(self):
        partners = self.partners(100)
        Log = self.env["sales.contact.log"].with_user(self.li)

        def record(some):
            vals_list = [{"partner_id": partner.id, "summary": "Called about the new price list"} for partner in some]
            return self.queries(lambda: Log.create(vals_list))

        record(partners[:2])
        few, many = record(partners[:4]), record(partners[:50])
        self.assertLessEqual(many, few + 5)

    def test_registering_one_customer(self):
        partners = self.env["res.partner"].create([{"name": name, "phone": f"+861380000{n}"} for n, name in NAMES])

        def register(partner, user):
            return self.queries(lambda: self.register(partner, user))

        register(partners[0], self.li)
        register(partners[1], self.wang)
        self.assertLessEqual(register(partners[2], self.li), 15)
        self.pass_days(8)
        self.assertLessEqual(register(partners[2], self.wang), 28)

    @warmup
    def test_duplicate_check_of_many(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Twin {n}", "email": f"twin{n % 7}@example.com"} for n in range(60)]
        )

        def check(some):
            return self.queries(some._sales_same_customers)

        check(partners[:2])
        self.assertEqual(check(partners[:8]), check(partners))
