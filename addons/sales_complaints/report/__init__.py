from . import sales_complaint_letter
