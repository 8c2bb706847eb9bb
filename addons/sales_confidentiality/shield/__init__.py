from . import closure
from . import companions
from . import companion_cost
from . import companion_entry
from . import companion_partner
from . import companion_product
from . import install
