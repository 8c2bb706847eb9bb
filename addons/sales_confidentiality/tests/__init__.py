from . import test_clearance
from . import test_channel_read
from . import test_channel_ask
from . import test_channel_write
from . import test_channel_out
from . import test_flow
from . import test_rule
from . import test_access
