# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The statements that fill the large customer base, taken down by a cursor that runs none."""

import pytest

from bench.multiply import multiply


class Cursor:
    """Knows the columns of one table and remembers the last statement."""

    def __init__(self, *columns):
        self.columns = columns
        self.statement = self.parameters = None

    def execute(self, statement, parameters=None):
        self.statement, self.parameters = statement, parameters

    def fetchall(self):
        return [(name,) for name in self.columns]


def test_columns_that_differ_are_computed_and_the_others_copied():
    cr = Cursor("id", "name", "city")
    multiply(cr, "res_partner", 7, "place", {"id": "place.id", "name": "'N' || n"})
    assert cr.statement == (
        'INSERT INTO res_partner ("id", "name", "city") SELECT place.id, \'N\' || n, sample."city" FROM place '
        "CROSS JOIN (SELECT * FROM res_partner WHERE id = %s) AS sample"
    )
    assert cr.parameters == (7,)


def test_a_column_that_is_gone_is_told_and_nothing_is_inserted():
    cr = Cursor("id", "name")
    with pytest.raises(ValueError, match="res_partner has no mobile"):
        multiply(cr, "res_partner", 7, "place", {"id": "place.id", "mobile": "'1'"})
    assert "INSERT" not in cr.statement
