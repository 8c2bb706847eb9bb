from . import agreement_portal
