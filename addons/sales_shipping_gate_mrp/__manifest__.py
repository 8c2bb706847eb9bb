# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Shipping Gate for Kits",
    "summary": "The components of a kit belong to the order of the kit",
    "version": "19.0.1.0.0",
    "category": "Inventory/Delivery",
    "license": "LGPL-3",
    "author": "Sales Policy Team",
    "depends": ["sales_shipping_gate", "sale_mrp"],
    "auto_install": True,
}
