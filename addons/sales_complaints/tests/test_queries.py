# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestQueries(ComplaintCommon):
    """Many complaints at once: what the server asks the database does not grow with them."""

    def complaints(self, number):
        customer = self.env["res.partner"].create({"name": "Without address"})
        return (
            self.env["sales.complaint"]
            .create(
                [
                    {"subject": f"Complaint {n}", "type_id": self.service.id, "partner_id": customer.id}
                    for n in range(number)
                ]
            )
            .with_user(self.bao)
        )

    def assertFlat(self, step, prepare=lambda found: None):
        """Check that a step takes as many statements for thirty complaints as for three."""
        # The messages of the host's tracking come to a handful for each record; the tests have them off.
        # One of the host's caches may be empty by chance; a statement for each record would be 27 more.
        shown = []
        for number in (1, 3, 30):
            found = self.complaints(number)
            prepare(found)
            shown.append([" ".join(query[:90].split()) for query in self.statements(lambda found=found: step(found))])
        more = [query for query in shown[2] if query not in shown[1]]
        self.assertLess(len(shown[2]) - len(shown[1]), 3, f"{more or shown[2]}")

    def test_acknowledging(self):
        self.assertFlat(lambda found: found.action_acknowledge())

    def test_assigning(self):
        self.assertFlat(lambda found: found.write({"user_id": self.kang.id}))

    def test_closing(self):
        def answer(found):
            found.sudo().write({"state": "unfounded", "grounds": "unfounded"})
            told = {"contact": "Ms Xu", "text": "Unfounded", "is_sent": False}
            self.env["sales.complaint.reply"].with_user(self.bao).create(
                [{**told, "complaint_id": complaint.id} for complaint in found]
            )
            found.sudo().confirmed_date = self.frozen()

        self.assertFlat(lambda found: found.action_close(), answer)


@tagged("post_install", "-at_install")
class TestThousand(ComplaintCommon):
    """A thousand complaints from the list, with the messages of the host's tracking: beyond these nothing grows."""

    NUMBER = 1000

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # As in production: the other tests have the host's tracking off.
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        partner = cls.env["res.partner"].create({"name": "Without address"})
        quiet = cls.env["sales.complaint"].with_context(tracking_disable=True)
        cls.thousand = quiet.create(
            [
                {"subject": f"Complaint {number}", "type_id": cls.service.id, "partner_id": partner.id}
                for number in range(cls.NUMBER)
            ]
        )
        leads = cls.env["crm.lead"].with_context(tracking_disable=True)
        cls.leads = leads.create([{"name": f"Lead {number}", "type": "opportunity"} for number in range(100)])

    def growth(self, records, step, few=10):
        """Return how many queries each record beyond the first ones takes, the messages of its tracking included."""

        def count(some):
            some = some.with_user(self.bao).with_context(tracking_disable=False)
            return self.queries(lambda: step(some))

        first = count(records[:few])
        return (count(records[few:]) - first) / (len(records) - 2 * few)

    def assertGrowsLikeTheHost(self, step, values=None):
        """Check that a step takes no more for each record than the host takes to write values on its leads."""
        self.bao.group_ids |= self.env.ref("sales_team.group_sale_salesman_all_leads")
        stage = self.env["crm.stage"].search([("is_won", "=", False)], order="id desc", limit=1)
        host = self.growth(self.leads, lambda leads: leads.write(dict(values or {"stage_id": stage.id})))
        ours = self.growth(self.thousand, step)
        self.assertGreater(host, 0)
        self.assertLessEqual(ours, host + 0.05)

    def test_acknowledging(self):
        self.assertGrowsLikeTheHost(lambda complaints: complaints.action_acknowledge())
        self.assertEqual(set(self.thousand.mapped("state")), {"acknowledged"})

    def test_assigning(self):
        values = {"user_id": self.kang.id}
        self.assertGrowsLikeTheHost(lambda complaints: complaints.write(values), values)
        self.assertEqual(self.thousand.user_id, self.kang)

    def test_closing(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sales_complaint SET state = 'informed', grounds = 'unfounded', confirmed_date = now() "
            "WHERE id = ANY(%s)",
            [self.thousand.ids],
        )
        self.env.cr.execute(
            """
            INSERT INTO sales_complaint_reply (complaint_id, round, user_id, date, channel, contact, text)
            SELECT id, round, %s, now(), 'call', 'Ms Xu', 'Unfounded' FROM sales_complaint WHERE id = ANY(%s)
            """,
            [self.bao.id, self.thousand.ids],
        )
        self.env.invalidate_all()
        self.assertGrowsLikeTheHost(lambda complaints: complaints.action_close())
        self.assertEqual(set(self.thousand.mapped("state")), {"closed"})
