# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Sales Policy",
    "summary": "Who owns a customer, who gets the credit, who may decide",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "license": "LGPL-3",
    "author": "Sales Policy Team",
    "depends": ["sale_crm", "hr", "resource"],
    "data": [
        "security/sales_policy_security.xml",
        "security/ir.model.access.csv",
        "data/mail_template.xml",
        "data/ir_cron.xml",
        "data/sales_ownership_policy.xml",
    ],
    "application": True,
}
