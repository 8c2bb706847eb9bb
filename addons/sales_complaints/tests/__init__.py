from . import test_complaint
from . import test_disposition
from . import test_disposition_race
