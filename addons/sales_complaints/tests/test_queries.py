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

    def count(self, number, step):
        complaints = self.complaints(number)
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        step(complaints)
        self.env.flush_all()
        return self.cr.sql_log_count - start

    def assertFlat(self, step):
        step(self.complaints(1))
        few, many = self.count(3, step), self.count(30, step)
        # The messages of the host's tracking come to a handful for each record; the tests have them off.
        self.assertLessEqual(many - few, 0, f"{few} queries for 3, {many} for 30")

    def test_acknowledging(self):
        self.assertFlat(lambda found: found.action_acknowledge())

    def test_assigning(self):
        self.assertFlat(lambda found: found.write({"user_id": self.kang.id}))

    def test_closing(self):
        complaints = self.complaints(30) | self.complaints(3)
        for complaint in complaints:
            complaint.sudo().state = "unfounded"
            self.env["sales.complaint.reply"].with_user(self.bao).create(
                {"complaint_id": complaint.id, "contact": "Ms Xu", "text": "Unfounded", "is_sent": False}
            )
        complaints.sudo().write({"grounds": "unfounded", "confirmed_date": self.frozen()})

        def count(found):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            found.action_close()
            self.env.flush_all()
            return self.cr.sql_log_count - start

        few, many = count(complaints[:3]), count(complaints[3:])
        self.assertLessEqual(many - few, 0, f"{few} queries for 3, {many} for 30")
