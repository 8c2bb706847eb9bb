# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Shipping Gate",
    "summary": "Nothing leaves before the money is in, or the general manager says so",
    "version": "19.0.1.0.0",
    "category": "Inventory/Delivery",
    "license": "LGPL-3",
    "author": "Sales Policy Team",
    "depends": ["sales_policy", "sale_stock", "stock_delivery"],
    "data": [
        "security/sales_shipping_gate_groups.xml",
        "security/sales_shipping_gate_security.xml",
        "security/ir.model.access.csv",
        "data/sales_approval_kind.xml",
        "data/ir_cron.xml",
        "views/sales_shipping_policy_views.xml",
        "views/sales_shipping_decision_views.xml",
        "views/sales_shipping_release_views.xml",
        "views/sales_payment_link_views.xml",
        "views/sales_shipping_decide_views.xml",
        "views/sale_order_views.xml",
        "views/sale_portal_templates.xml",
        "views/sales_shipping_start_views.xml",
        "views/stock_picking_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
    ],
    "demo": [
        "demo/shipping_gate.xml",
    ],
    "assets": {
        "web.assets_tests": [
            "sales_shipping_gate/static/tests/tours/**/*",
        ],
    },
    "application": True,
}
