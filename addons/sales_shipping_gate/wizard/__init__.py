from . import sales_shipping_decide
