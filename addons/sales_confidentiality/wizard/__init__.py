from . import sales_confidentiality_protect
from . import sales_confidentiality_agreement_request
from . import sales_confidentiality_agreement_step
from . import sales_confidentiality_report
from . import sales_confidentiality_incident_penalty
from . import mail_compose_message
from . import portal_share
