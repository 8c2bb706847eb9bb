from . import sales_shipping_held
from . import sales_shipping_left
from . import sales_shipping_order
