# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import sys
import threading

from odoo.tests import tagged

from . import test_gate_queries
from .test_gate_with_people import PeopleCommon


@tagged("post_install", "-at_install")
class TestGateQueriesWithPeople(test_gate_queries.TestGateQueries, PeopleCommon):
    """Requests, inspection and tracking numbers cost some queries a call, and none a delivery (SHP-1, 4, 8).

    What the host's own mail costs when requester, clerk and customer are told is not counted.
    """

    allow_inherited_tests_method = True
    more = 30

    def count(self, records, step):
        counted, thread = [], threading.current_thread()

        def hear(*_query):
            frame, mail = sys._getframe(1), ("message_post", "message_notify", "_message_log_batch")
            while frame:
                if frame.f_code.co_name in mail and frame.f_code.co_filename.endswith("mail_thread.py"):
                    return
                frame = frame.f_back
            counted.append(True)

        thread.query_hooks = [hear]
        try:
            super().count(records, step)
        finally:
            del thread.query_hooks
        return len(counted)

    def paid(self, order, amount=None):
        invoice = super().paid(order, amount)
        request = self.env["sales.shipping.request"].with_user(self.li).create({"order_id": order.id})
        request.action_submit()
        request.with_user(self.clerk).action_check()
        self.settle()
        return invoice

    def paid_deliveries(self, number):
        deliveries = super().paid_deliveries(number)
        for picking in deliveries:
            picking.write({"carrier_id": self.carrier.id, "carrier_tracking_ref": f"DPK{picking.id}"})
            action = picking.with_user(self.worker).action_shipping_inspect()
            inspection = self.env["sales.shipping.inspection"].with_user(self.worker).browse(action["res_id"])
            inspection.line_ids.action_in_order()
            inspection.action_pass()
        self.settle()
        return deliveries
