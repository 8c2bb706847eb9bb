from . import base_partner_merge
from . import sales_credit_decision
from . import sales_customer_register
from . import sales_ownership_transfer
from . import sales_approval_refusal
from . import sales_entitlement_correction
from . import sale_advance_payment_inv
from . import account_payment_register
