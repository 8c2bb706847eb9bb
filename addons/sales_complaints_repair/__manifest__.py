# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Complaints: Repair",
    "summary": "A repair decided about a complaint becomes a repair order",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "license": "LGPL-3",
    "author": "Sales Policy Team",
    "depends": ["sales_complaints", "repair"],
    "data": ["views/sales_complaint_views.xml"],
    "auto_install": True,
}
