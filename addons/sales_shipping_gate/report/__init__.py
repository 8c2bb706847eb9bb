from . import sales_shipping_order
