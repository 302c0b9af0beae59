from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.emissions.units import UNITS, convert, nearest_units, unit

PAIRS = [(a, b) for a in UNITS for b in UNITS if UNITS[a].dimension == UNITS[b].dimension]


@given(st.fractions(-(10**9), 10**9), st.sampled_from(PAIRS))
def test_there_and_back_is_exact(amount, pair):
    assert convert(convert(amount, *pair), *reversed(pair)) == amount


@pytest.mark.parametrize(
    ("amount", "source", "target", "expected"),
    [(1, "万吨标煤", "吨标煤", 10_000), (1, "亿立方米", "万立方米", 10_000), (1, "亿千瓦时", "万千瓦时", 10_000),
     (1, "TWh", "亿千瓦时", 10), (3, "Mt", "万吨", 300), (5, "万 m³".replace(" ", ""), "亿立方米", "0.0005")],
)  # fmt: skip
def test_conversions_by_hand(amount, source, target, expected):
    assert convert(Fraction(amount), source, target) == Fraction(expected)


def test_what_measures_something_else_is_refused():
    for pair in (("万吨", "万吨标煤"), ("亿立方米", "吨"), ("x", "吨")):
        with pytest.raises(ValueError, match="->"):
            convert(Fraction(1), *pair)
    assert unit("万墩") is None
    assert "万吨" in nearest_units("万墩")
