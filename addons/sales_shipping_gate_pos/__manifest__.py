# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Shipping Gate for the Point of Sale",
    "summary": "What is sold over the counter is paid over the counter",
    "version": "19.0.1.0.0",
    "category": "Inventory/Delivery",
    "license": "LGPL-3",
    "author": "Sales Policy Team",
    "depends": ["sales_shipping_gate", "point_of_sale"],
    "auto_install": True,
}
