from . import sales_shipping_decide
from . import sales_shipping_start
from . import sales_shipping_request_reason
