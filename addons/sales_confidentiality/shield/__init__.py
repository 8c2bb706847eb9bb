from . import closure
from . import companions
from . import install
