from . import test_clearance
