# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Sales Policy: Serial Numbers",
    "summary": "Each serial number of exclusive goods is sold once: the first deposit wins",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "license": "LGPL-3",
    "author": "Sales Policy Team",
    "depends": ["sales_policy", "sale_stock"],
    "data": [
        "views/sale_order_views.xml",
    ],
    "auto_install": True,
}
