from . import test_clearance
from . import test_channel_read
