from . import test_carrier_rate
