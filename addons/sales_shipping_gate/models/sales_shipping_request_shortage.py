# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import lock_rows
from odoo.exceptions import UserError
from odoo.fields import Command


class SalesShippingRequest(models.Model):
    """Goods that are short: clerk, requester and production are told at once, the requester answers (SHP-2, SHP-5)."""

    _inherit = "sales.shipping.request"

    shortage = fields.Text(readonly=True, copy=False, help="What could not be reserved, and when it is expected.")

    @api.model
    def _cron_report_shortages(self, batch=200):
        """Look for what cannot be reserved for issued requests, and report what is new."""
        open_ones = self.search([("state", "in", ("released", "picking"))], order="id")
        remaining = len(open_ones)
        for start in range(0, len(open_ones), batch):
            requests = open_ones[start : start + batch]
            requests._report_shortages()
            remaining -= len(requests)
            if not self.env["ir.cron"]._commit_progress(len(requests), remaining=remaining):
                break

    def _report_shortages(self):
        """Stamp and tell the shortages of these requests that were not told before; forget those that are over."""
        short = self.sudo()._shortages()
        for request in self.sudo():
            # In one language, whoever looks for it: another text would be another shortage.
            told = request.with_context(lang=request.company_id.partner_id.lang)
            text = "\n".join(
                told._shortage_text(line, missing, expected) for line, missing, expected in short.get(request, ())
            )
            if text == (request.shortage or ""):
                continue
            request.shortage = text or False
            if text:
                self.env["sales.shipping.request.step"]._stamp(request, "shortage", {request: text})
                request._tell_shortage(text)

    def _shortages(self):
        """Return which goods of these requests are neither gone nor reserved, the oldest request served first.

        :return: dict of request to list of (line, missing quantity in its unit, expected date or False)
        """
        order_lines = self.line_ids.order_line_id
        reserved, expected = defaultdict(float), {}
        for move in order_lines.move_ids.filtered(lambda move: move.state not in ("done", "cancel")):
            line = move.sale_line_id
            if move.product_id == line.product_id:
                reserved[line] += move.product_uom._compute_quantity(move.quantity, line.product_uom_id)
                if move.forecast_expected_date:
                    expected[line] = max(expected.get(line, move.forecast_expected_date), move.forecast_expected_date)
        served = self._shipped_quantities(reserved)
        result = defaultdict(list)
        for line in self.line_ids:
            missing = line.quantity - served[line]
            # Of a kit the components are reserved: what is short of it production sees there.
            if line.uom_id.compare(missing, 0) > 0 and line.order_line_id.move_ids.product_id <= line.product_id:
                result[line.request_id].append((line, missing, expected.get(line.order_line_id, False)))
        return result

    def _shortage_text(self, line, missing, expected):
        day = expected and fields.Date.to_string(self.company_id._sales_local_date(expected))
        if day:
            return self.env._(
                "%(product)s: %(quantity)g %(unit)s short, expected on %(date)s",
                product=line.product_name,
                quantity=missing,
                unit=line.uom_id.name,
                date=day,
            )
        return self.env._(
            "%(product)s: %(quantity)g %(unit)s short, nothing is on its way",
            product=line.product_name,
            quantity=missing,
            unit=line.uom_id.name,
        )

    def _tell_shortage(self, text):
        self.ensure_one()
        self._tell(
            {self: self.requester_id | self.clerk_id},
            lambda request: request.env._("%(request)s: goods are short", request=request.name),
            lambda request: text,
        )
        producer = self.company_id.shipping_production_user_id
        if producer:
            told = self.with_context(lang=producer.lang)
            told.activity_schedule(
                "mail.mail_activity_data_todo", summary=told.env._("Goods are short"), note=text, user_id=producer.id
            )

    def action_wait_for_goods(self):
        """Answer a shortage: the customer waits for everything. For those who may ask."""
        self._check_shortage()
        self._take_answer(self.env._("The customer waits for everything."))
        return True

    def action_split(self):
        """Answer a shortage: what is there leaves now, the rest follows on a new request. For those who may ask.

        The new request is submitted for the rest and has to be checked like every other.

        :return: action that opens the new requests
        """
        self._check_shortage()
        lock_rows(self.sudo().order_id)
        rests = self.browse()
        for request in self:
            short = request.sudo()._shortages().get(request.sudo(), [])
            if len(short) == len(request.line_ids) and all(
                line.uom_id.compare(missing, line.quantity) >= 0 for line, missing, _expected in short
            ):
                raise UserError(
                    self.env._(
                        "%(request)s: nothing is there that could leave now. Wait, or cancel.", request=request.name
                    )
                )
            request._take_answer(self.env._("What is there leaves now, the rest follows."))
            rest = []
            for line, missing, _expected in short:
                rest.append(
                    Command.create({"order_line_id": line.order_line_id.id, "quantity": missing, "parts": line.parts})
                )
                if line.uom_id.compare(missing, line.quantity) >= 0:
                    line.unlink()
                else:
                    line.quantity -= missing
            request._take("cut", {request.sudo(): request.sudo().shortage})
            request.sudo().shortage = False
            values = request.sudo().read(
                ["needed_date", "consignee", "address", "phone", "labels", "documents", "demands"]
            )[0]
            values.pop("id")
            new = self.create([{**values, "order_id": request.order_id.id, "line_ids": rest}])
            new.action_submit()
            rests |= new
        self._follow_goods(self.sudo().order_id)
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_shipping_gate.sales_shipping_request_action")
        return {**action, "domain": [("id", "in", (self | rests).ids)]}

    def _take_answer(self, note):
        requests = self.sudo()
        self.env["sales.shipping.request.step"]._stamp(requests, "answered", dict.fromkeys(requests, note))
        self._tell(
            {request: request.clerk_id for request in requests},
            lambda request: request.env._("%(request)s: answer to the shortage", request=request.name),
            lambda _request: note,
        )

    def _check_shortage(self):
        """Let those who may ask answer for requests that are short."""
        self.check_access("read")
        self._check_may_ask()
        self._check_state("released", "picking")
        for request in self.sudo():
            if not request.shortage:
                raise UserError(self.env._("%(request)s: nothing is short.", request=request.name))
