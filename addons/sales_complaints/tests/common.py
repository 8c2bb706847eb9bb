# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64

from odoo import Command
from odoo.addons.sales_policy.tests.penalty import PenaltyCommon

# The smallest picture there is.
PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SAID = "The pump loses oil at the shaft. We deliver another one and take this one back."


class ComplaintCommon(PenaltyCommon):
    """The sales office with a warehouse, books, and the roles that complaints take.

    Bao, complaint manager;  Tang, technical judge;  Kang, sales clerk;  Ren, head of Quality
    Li Wei sells to Ningbo Valve Works;  Sun Li is the area manager;  Xu is the customer's portal user
    """

    people = {
        "bao": ("bao", "Bao", "sales_complaints.group_complaint_manager"),
        "judge": ("tang", "Tang", "sales_policy.group_technical_judge"),
        "kang": ("kang", "Kang", "sales_policy.group_sales_clerk,sales_team.group_sale_salesman_all_leads"),
        "ren": ("ren", "Ren", "base.group_user"),
        "worker": ("ma", "Ma", "stock.group_stock_user"),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", company=cls.company, install_demo=False)
        cls.everybody |= cls.bao | cls.judge | cls.kang | cls.ren | cls.worker
        employee = cls.env["hr.employee"].create({"name": "Ren", "user_id": cls.ren.id, "company_id": cls.company.id})
        cls.employees[cls.ren] = employee
        cls.quality_department = cls.env["hr.department"].create({"name": "Quality", "manager_id": employee.id})
        employee.department_id = cls.quality_department
        cls.quality = cls.env.ref("sales_complaints.sales_complaint_type_quality")
        cls.service = cls.env.ref("sales_complaints.sales_complaint_type_service")
        cls.quality.department_ids = cls.quality_department
        cls.portal.partner_id.parent_id = cls.customer
        cls.customer.email = "office@ningbo-valves.example"
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.stock = cls.warehouse.lot_stock_id
        cls.tax = cls.env["account.tax"].create(
            {"name": "VAT 13%", "amount": 13, "type_tax_use": "sale", "company_id": cls.company.id}
        )
        cls.pump = cls.goods("Pump")

    @classmethod
    def goods(cls, name, quantity=100, **values):
        """Create storable goods with some in stock."""
        product = cls.env["product.product"].create(
            {
                "name": name,
                "is_storable": True,
                "list_price": 100.0,
                "standard_price": 60.0,
                "taxes_id": False,
                "invoice_policy": "delivery",
                **values,
            }
        )
        if quantity:
            cls.env["stock.quant"]._update_available_quantity(product, cls.stock, quantity)
        return product

    @classmethod
    def delivered(cls, quantity=10, product=None, partner=None, user=None, bill=False, tax=None):
        """Return an order whose goods have arrived."""
        line = {
            "product_id": (product or cls.pump).id,
            "product_uom_qty": quantity,
            "tax_ids": [Command.set((tax or cls.tax.browse()).ids)],
        }
        order = cls.env["sale.order"].create(
            {
                "partner_id": (partner or cls.customer).id,
                "user_id": (user or cls.li).id,
                "order_line": [Command.create(line)],
            }
        )
        order.action_confirm()
        cls.ship(order.picking_ids)
        if bill:
            order._create_invoices().action_post()
        return order

    @classmethod
    def ship(cls, pickings):
        """Let the warehouse validate transfers."""
        for move in pickings.move_ids:
            move.quantity = move.product_uom_qty
        pickings.move_ids.picked = True
        pickings.with_context(skip_backorder=True).button_validate()
        cls.env.invalidate_all()

    def register(self, order=None, by=None, quantity=2, kind=None, **values):
        """Register a complaint about an order as a user would."""
        order = self.delivered() if order is None else order
        lines = [
            Command.create({"sale_line_id": line.id, "quantity": quantity, "colour": "8812"})
            for line in order.order_line
        ]
        return (
            self.env["sales.complaint"]
            .with_user(by or self.bao)
            .create(
                {
                    "subject": "Pump leaks",
                    "type_id": (kind or self.quality).id,
                    "partner_id": order.partner_id.id or self.customer.id,
                    "order_id": order.id,
                    "line_ids": lines,
                    **values,
                }
            )
        )

    def photo(self, complaint, by=None):
        """Add a photo as a user would."""
        return (
            self.env["sales.complaint.evidence"]
            .with_user(by or self.bao)
            .create({"complaint_id": complaint.id, "name": "leak.png", "file": base64.b64encode(PHOTO)})
        )

    def investigated(self, *args, **values):
        """Return a complaint under investigation, with everything on file."""
        complaint = self.register(*args, **values)
        complaint = complaint.with_user(self.bao)
        complaint.action_acknowledge()
        complaint.action_investigate()
        self.photo(complaint)
        complaint.cause_id = self.env.ref("sales_complaints.sales_complaint_cause_production_process")
        return complaint

    def dispose(self, complaint, kind, by=None, **values):
        """Propose a disposition of the first goods."""
        line = complaint.line_ids[:1]
        return (
            self.env["sales.complaint.disposition"]
            .with_user(by or self.bao)
            .create({"complaint_id": complaint.id, "line_id": line.id, "kind": kind, **values})
        )

    def proposed(self, *args, kinds=("nothing",), **values):
        """Return a complaint about which a decision is asked; kinds are names or dicts of values."""
        complaint = self.investigated(*args, **values)
        for kind in kinds:
            self.dispose(complaint, **(kind if isinstance(kind, dict) else {"kind": kind}))
        complaint.action_propose()
        return complaint

    def decide(self, complaint, by=None, grounds="justified", note="The seal was fitted the wrong way round."):
        """Decide through the form."""
        by = by or (self.judge if complaint.kind == "quality" else self.bao)
        wizard = (
            self.env["sales.complaint.decision"]
            .with_user(by)
            .create({"complaint_ids": [Command.set(complaint.ids)], "grounds": grounds, "note": note})
        )
        self.rpc(by, "sales.complaint.decision", "action_apply", wizard.ids)
        self.env.invalidate_all()

    def decided(self, *args, **values):
        complaint = self.proposed(*args, **values)
        self.decide(complaint)
        return complaint

    def tell(self, complaint, by=None):
        """Record that the customer was told."""
        return (
            self.env["sales.complaint.reply"]
            .with_user(by or self.bao)
            .create({"complaint_id": complaint.id, "contact": "Ms Xu", "text": SAID, "channel": "call"})
        )

    def blame(self, complaint, user=None, **values):
        """Record who answers for it."""
        person = {"employee_id": self.employees[user].id} if user else {"department_id": self.quality_department.id}
        return (
            self.env["sales.complaint.liability"]
            .with_user(self.bao)
            .create({"complaint_id": complaint.id, **person, **values})
        )

    def reason(self, complaint, by, step, reason="The seal leaks again"):
        """Take a step through the form that asks for words."""
        wizard = (
            self.env["sales.complaint.reason"]
            .with_user(by)
            .create({"complaint_ids": [Command.set(complaint.ids)], "step": step, "reason": reason})
        )
        self.rpc(by, "sales.complaint.reason", "action_apply", wizard.ids)
        self.env.invalidate_all()

    def steps(self, complaint):
        return complaint.sudo().step_ids.mapped(lambda step: (step.step, step.user_id.name))
