# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Complaints: Carriers",
    "summary": "Complaint rates by carrier",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "license": "LGPL-3",
    "author": "Sales Policy Team",
    "depends": ["sales_complaints", "stock_delivery"],
    "data": ["views/sales_complaint_rate_views.xml"],
    "auto_install": True,
}
