"""Values that the type check holds frozen: compared, hashed and replaced as dataclasses are, and small."""

from dataclasses import replace
from decimal import Decimal

from scenarios.errors import Place
from scenarios.tables.grid import Cell
from scenarios.tables.number_format import Shown


def test_equal_values_are_one():
    one, same = (Cell("3", Place("a.xlsx", "表", "C5", 5), Decimal(3)) for _ in range(2))
    assert one == same
    assert hash(one) == hash(same)
    assert len({one, same, replace(one, text="4")}) == 2
    assert replace(one, text="4") != one


def test_they_hold_nothing_but_their_fields():
    for each in (Place(), Cell("", Place()), Shown("", None)):
        assert not hasattr(each, "__dict__")
