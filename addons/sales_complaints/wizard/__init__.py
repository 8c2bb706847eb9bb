from . import sales_complaint_decision
from . import sales_complaint_reason
from . import sales_opinion_answer
