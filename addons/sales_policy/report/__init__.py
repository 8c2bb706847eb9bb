from . import sale_report
from . import sales_penalty_notice
