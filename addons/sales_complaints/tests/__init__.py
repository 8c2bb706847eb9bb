from . import test_complaint
from . import test_complaint_attacks
from . import test_deadlines
from . import test_disposition
from . import test_disposition_race
from . import test_portal
from . import test_queries
