# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Let the tests find the measuring code from wherever pytest was started."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
