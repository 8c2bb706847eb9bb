from . import sales_complaint_letter
from . import sales_complaint_rate
from . import sales_complaint_report
