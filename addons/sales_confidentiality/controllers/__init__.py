from . import portal
from . import thread
from . import agreement_portal
