from . import sales_complaint_rate
