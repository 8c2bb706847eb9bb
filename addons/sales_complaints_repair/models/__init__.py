from . import repair_order
from . import sales_complaint
from . import sales_complaint_disposition
