"""Figures in messages have no exponents, minus signs are typographic, and choices stand without quotes."""

from fractions import Fraction

import pytest

from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.sense.figures import exactly


def said(*settings):
    with pytest.raises(InputError) as caught:
        load_scenario("15fyp-example", settings)
    return [found.say("zh") for found in caught.value.findings]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("{cap: 425000000}", "的 10,560 倍"),  # 425,000,000 / 40,246.3 = 10,559.98
        ("{cap: 4.25}", "的 0.0001056 倍"),
        ("{increment: -50000}", "总量目标成了 −9,754.00 万吨"),
    ],
)
def test_a_cap_far_off_is_said_without_exponent(asked, words):
    found = said(f"total={asked}")[0]
    assert words in found
    assert "e+" not in found
    assert "e-" not in found


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Fraction(1234567), "1,234,567"), (Fraction(402463, 10), "40,246.3"), (Fraction(-3, 10), "−0.3"), (0, "0")],
)
def test_amounts_are_written_out(value, shown):
    assert exactly(Fraction(value)) == shown


def test_choices_stand_without_quotes():
    (found,) = said("quantity=coal", "unit=吨", "total=null", "target=2%")[:1]
    assert "可用：万吨标准煤、万吨标煤、万吨。" in found


def test_rates_that_are_none_have_a_minus_sign():
    (found,) = said("bounds={lower: -100%, upper: 25%}")
    assert found.endswith("“−100%”不在 −100% 与 100% 之间。")
    (found,) = said("track={carry_over: -5%}")
    assert "阈值 −5% " in found


def test_a_cap_that_is_none_speaks_of_no_gdp():
    (found,) = said("total={cap: -1}")
    assert found.endswith("“-1”不是总量。需要大于 0 的数，不加引号，不带单位（万吨），例如 42500。")
