from . import test_gate
from . import test_gate_attacks
from . import test_gate_attacks_on_papers
from . import test_gate_attacks_on_stock
from . import test_gate_decisions
from . import test_gate_legitimate
from . import test_gate_policies
from . import test_gate_race
