"""Printed numbers: half up, and differences of what is printed."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.comparing.compare import compare
from allocator.negotiating.negotiate import negotiate
from allocator.planning.plan import plan
from reports.comparing import move_table
from reports.planning.page import last_period
from reports.printing.numbers import MINUS, apart, printed_change, within_reach
from scenarios.load import load_scenario
from scenarios.tables.cells import as_printed, per_cent

RATES = st.floats(-0.9, 0.9)


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (0.00125, "0.13"), (0.00135, "0.14"), (0.04365, "4.37"), (1 - 0.95635, "4.37"), (0.043649, "4.36"),
        (-0.00125, "-0.13"), (-0.00004, "0.00"), (Fraction(1, 3), "33.33"), (Fraction(1, 16000), "0.01"),
        (Decimal("0.181250"), "18.13"), (Decimal("0.18124" + "9" * 40), "18.12"), (0.18125, "18.13"),
    ],
)  # fmt: skip
def test_rates_are_rounded_half_up_as_exact_numbers(rate, said):
    assert per_cent(rate) == said
    assert f"{as_printed(rate) * 100:.2f}".replace("-0.00", "0.00") == said


@given(st.fractions(-1, 1), st.integers(0, 6))
def test_what_is_printed_is_the_nearest(rate, digits):
    off = Fraction(as_printed(rate, digits)) - rate
    half = Fraction(1, 2 * 10 ** (digits + 2))
    assert -half <= off <= half
    assert abs(off) < half or abs(as_printed(rate, digits)) > abs(rate)


@pytest.mark.parametrize(
    ("lowest", "highest", "said"),
    [
        (0.103621, 0.252939, ("10.37", "25.29")), (0.18325, 0.18325, ("18.325", "18.325")),
        (0.2, 0.2, ("20.00", "20.00")),
        (0.183251, 0.183259, ("18.3251", "18.3259")), (0.18321, 0.18329, ("18.321", "18.329")),
        (-0.01325, -0.01325, ("-1.325", "-1.325")), (1 / 3, 1 / 3, ("33.33", "33.33")),
    ],
)  # fmt: skip
def test_the_ends_of_a_reach_never_cross(lowest, highest, said):
    assert within_reach(lowest, highest) == said


def test_one_figure_of_a_reach_that_has_no_end_is_rounded_down():
    assert within_reach(0.162899999, 0.162899999) == ("16.28", "16.28")


def test_a_change_is_the_difference_of_what_is_printed():
    assert (per_cent(0.180951), per_cent(0.180549)) == ("18.10", "18.05")
    assert printed_change(0.180951, 0.180549) == f"{MINUS}0.05"  # the rates themselves are 0.04 apart
    assert printed_change(0.180549, 0.180551) == "+0.01"
    assert printed_change(0.180551, 0.180549) == f"{MINUS}0.01"
    assert printed_change(0.18, 0.18) == "0.00"


@given(RATES, RATES)
def test_printed_numbers_and_their_change_agree(before, after):
    moved = Decimal(printed_change(before, after).replace(MINUS, "-"))
    assert Decimal(per_cent(after)) - Decimal(per_cent(before)) == moved


@given(RATES, st.floats(1e-7, 1e-3))
def test_rates_that_differ_are_told_apart(low, more):
    first, second, between = (Decimal(text.replace(MINUS, "-")) for text in apart(low, low + more))
    assert second - first == between > 0


def agrees(before, after, moved):
    before, after, moved = (Decimal(text.replace(MINUS, "-").replace("+", "")) for text in (before, after, moved))
    return after - before == moved


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compared")
    for name, settings in (("a", []), ("b", ["target=17.36%", "reference.spread=9.7 points"])):
        (folder / f"{name}.json").write_text(plan(load_scenario("guangxi-13fyp", settings)).record.to_json(), "utf-8")
    return compare(folder / "a.json", folder / "b.json")


def test_every_row_of_a_comparison_agrees(compared):
    rows = move_table(compared.compared("zh"), "zh").rows
    assert all(agrees(*row[1:4]) for row in rows)
    assert any(f"{row.change_points:+.2f}" != printed_change(row.before, row.after).replace(MINUS, "-")
               for row in compared.rows)  # fmt: skip
    for line in compared.statements("zh")[1:16]:  # fourteen cities and the province
        before, after, change = re.search(r"([\d.]+)%? → ([\d.]+)%?.*?([+−]?\d+\.\d\d)", line).groups()
        assert agrees(before, after, change), line


def test_every_move_of_a_negotiation_agrees(guangxi):
    made = negotiate(guangxi, ["钦州=16%"])
    lines = [line for line in made.statements("zh") if "→" in line]
    assert lines
    for line in lines:
        before, after, change = re.search(r"([\d.]+)%? → ([\d.]+)%?.*?([+−]?\d+\.\d\d)", line).groups()
        assert agrees(before, after, change), line


def test_every_row_of_the_last_period_agrees():
    record = plan(load_scenario("guangxi-13fyp", ["last_period=published"])).record
    rows = last_period(record, "zh").table.rows
    assert all(agrees(*row[1:4]) for row in rows)
