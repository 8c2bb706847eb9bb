from . import test_serial_number
