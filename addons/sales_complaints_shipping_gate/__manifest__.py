# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Complaints and Shipping Gate",
    "summary": "A lot or colour that is complained about does not leave",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "license": "LGPL-3",
    "author": "Sales Policy Team",
    "depends": ["sales_complaints", "sales_shipping_gate"],
    "data": [
        "security/ir.model.access.csv",
        "security/sales_lot_hold_security.xml",
        "views/sales_lot_hold_views.xml",
        "views/sales_complaint_views.xml",
        "views/stock_picking_views.xml",
    ],
    "auto_install": True,
}
