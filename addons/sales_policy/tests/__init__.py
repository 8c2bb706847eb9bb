from . import test_attacks
from . import test_credit
from . import test_customer_group
from . import test_deadline
from . import test_ownership
from . import test_race
