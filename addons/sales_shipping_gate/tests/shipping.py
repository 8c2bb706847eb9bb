# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


from .common import GateCommon


class ShippingCommon(GateCommon):
    """The office with the gate and requests needed. Li Wei asks, Kong (sales clerk) checks, Ma (warehouse) ships."""

    people = {
        "second_clerk": ("dou.clerk", "Dou", "sales_policy.group_sales_clerk,sales_team.group_sale_salesman_all_leads"),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.shipping_request_required = True

    def request(self, order, user=None, quantities=None, submit=True):
        """Let a user ask for the shipment of an order, of everything or of a quantity a line."""
        request = self.env["sales.shipping.request"].with_user(user or self.li).create({"order_id": order.id})
        for line, quantity in zip(request.line_ids, quantities or ()):
            line.quantity = quantity
        if submit:
            request.action_submit()
        self.settle()
        return request

    def checked(self, order, **more):
        """Ask, and let the sales clerk check."""
        request = self.request(order, **more)
        request.with_user(self.clerk).action_check()
        self.settle()
        return request

    def reason(self, request, user, step, reason="No"):
        """Stop a request through the wizard."""
        wizard = self.env["sales.shipping.request.reason"].with_user(user)
        wizard.create({"request_ids": request.ids, "step": step, "reason": reason}).action_apply()
        self.settle()

    def steps(self, request):
        """Return which steps were stamped and by whom."""
        return [(step.step, step.user_id) for step in request.sudo().step_ids]

    def told(self, record, user):
        """Return what a user was told about a record, as one text."""
        messages = self.env["mail.message"].search(
            [("model", "=", record._name), ("res_id", "in", record.ids), ("partner_ids", "in", user.partner_id.ids)]
        )
        return " ".join(f"{message.subject} {message.body}" for message in messages)
