from fractions import Fraction

import pytest

from scenarios.tables.headers.energy_units import nearest_units, unit


@pytest.mark.parametrize(
    ("one", "many", "expected"),
    [("万吨标煤", "吨标煤", 10_000), ("亿立方米", "万立方米", 10_000), ("亿千瓦时", "万千瓦时", 10_000),
     ("TWh", "亿千瓦时", 10), ("Mt", "万吨", 100), ("亿立方米", "万 m³".replace(" ", ""), 10_000)],
)  # fmt: skip
def test_sizes_by_hand(one, many, expected):
    assert unit(one).size / unit(many).size == Fraction(expected)
    assert unit(one).dimension == unit(many).dimension


def test_an_unknown_unit_is_shown_the_nearest():
    assert unit("万墩") is None
    assert "万吨" in nearest_units("万墩")
