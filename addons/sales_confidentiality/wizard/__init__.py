from . import sales_confidentiality_protect
