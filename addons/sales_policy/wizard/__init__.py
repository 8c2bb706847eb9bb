from . import base_partner_merge
from . import sales_credit_decision
from . import sales_customer_register
from . import sales_ownership_transfer
from . import sales_approval_refusal
from . import sales_penalty_answer
from . import sales_penalty_reason
