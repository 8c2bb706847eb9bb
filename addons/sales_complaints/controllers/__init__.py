from . import portal
from . import opinion
