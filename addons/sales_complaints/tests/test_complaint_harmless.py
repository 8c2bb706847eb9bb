# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, fields
from odoo.addons.sales_policy.tests.attack import HarmlessCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintHarmless(HarmlessCommon, ComplaintCommon):
    """Every button of the complaints addon, pressed by a client who has no part in it."""

    def test_strangers_move_nothing(self):
        complaint = self.proposed()
        self.blame(complaint)
        order = complaint.sudo().order_id
        sudo = complaint.sudo()
        stranger = self._user("stranger", "Bai", "base.group_user")
        asked = (
            self.env["sales.opinion.round"]
            .with_user(self.bao)
            .create(
                {
                    "name": "Opinions",
                    "date_end": fields.Date.add(fields.Date.today(), days=20),
                    "partner_ids": [Command.set(self.customer.ids)],
                }
            )
        )
        asked.action_ask()
        self.assertHarmless(
            stranger | self.portal,
            sudo,
            sudo.disposition_ids,
            sudo.liability_ids,
            order,
            order.picking_ids,
            order.partner_id,
            asked.sudo(),
            asked.sudo().opinion_ids,
        )

    def test_clocks_are_not_let_go_in_the_name_of_the_customer(self):
        complaint = self.investigated()
        self.reason(complaint, self.bao, "ask", "Which batch is it?")
        self.assertTrue(complaint.sudo().waiting_since)
        for user in (self.li, self.portal, self.bao):
            self.assertRefused(AccessError, user, "sales.complaint", "message_update", complaint.ids, {})
            self.assertRefused(AccessError, user, "sales.complaint", "message_new", {"subject": "Mine"})
        self.assertTrue(complaint.sudo().waiting_since)
