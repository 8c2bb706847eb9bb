from . import sales_confidentiality_category
from . import sales_confidentiality_level
from . import sales_confidentiality_suspension
from . import sales_confidentiality_clearance
from . import sales_confidentiality_conditions
from . import sales_confidentiality_review
from . import hr_employee
from . import res_users
