from . import test_lot_hold
