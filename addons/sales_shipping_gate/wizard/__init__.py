from . import base_partner_merge
from . import sales_shipping_decide
from . import sales_shipping_start
from . import sales_shipping_request_reason
from . import sales_shipping_carrier_choice
from . import sales_shipping_carrier_offer
