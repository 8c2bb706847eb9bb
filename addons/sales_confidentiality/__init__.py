from . import shield
from . import models
