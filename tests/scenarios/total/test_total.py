"""The cap on a province's total, against figures computed apart from this program (dual control, 11 and 16)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.baseline import Baseline
from scenarios.errors import Collector, InputError, Place
from scenarios.file.total import TotalControl
from scenarios.load import load_scenario
from scenarios.total.cap import Total, total
from tests.scenarios.test_baseline import province

BASE, UNCHANGED = Fraction(402463, 10), Fraction(1196522499, 23300)  # E_P0 and E_P0 G of the invented province
CAP = Total(Fraction(42500), Fraction(300), BASE)


def asked(example, **total_):
    """Return the baseline of the invented province under a cap."""
    found = total(TotalControl(**total_), example.regions, None, Collector(), Place())
    return Baseline.of(example.regions, example.target, Decimal(0), found)


def test_what_the_cap_is_worth():
    assert float(CAP.worth(UNCHANGED)) == pytest.approx(0.17823526, abs=5e-9)
    assert float(CAP.worth(UNCHANGED, reserve=False)) == pytest.approx(0.17239333, abs=5e-9)


@pytest.mark.parametrize(
    ("a_year", "allowed", "binds", "needed"),
    [
        (0.04, 40641.60, "intensity", 0.17),
        (0.045, 41628.00, "intensity", 0.17),
        (0.05, 42633.46, "total", 0.178439),
        (0.055, 43658.25, "total", 0.197723),
        (0.06, 44702.66, "total", 0.216467),
    ],
)
def test_which_target_binds_at_which_growth(a_year, allowed, binds, needed):
    growth = Fraction(105, 100) ** 5
    rows = {
        round(row.a_year, 6): row for row in CAP.growths(BASE * growth, growth, 5, Fraction(17, 100), 46600 * growth)
    }
    row = rows[a_year]
    assert (row.binds, row.needed) == (binds, pytest.approx(needed, abs=5e-7))
    assert row.allowed == pytest.approx(allowed, abs=5e-3)


def test_the_higher_of_both_targets_is_asked(example_15fyp):
    base = asked(example_15fyp, cap=42500, reserve=300)
    assert base.asked == Fraction(21326249900, 119652249900)
    assert base.total_binds
    assert base.uniform_rate == pytest.approx(0.18530234, abs=5e-9)
    loose = asked(example_15fyp, cap=42623, reserve=0)
    assert (loose.asked, loose.total_binds) == (Fraction(17, 100), False)


@pytest.mark.parametrize(
    ("form", "cap", "worth"),
    [
        ({"growth_at_most": "5.6%"}, 42500, 0.17239333),  # 42,500.09 rounded down
        ({"increment": 2254}, 42500, 0.17239333),  # 42,500.3
        ({"increment": -246.3}, 40000, 0.221076),
        ({"peak": "end"}, Fraction(402463, 10), 0.216280),  # 1 - 1/G
    ],
)
def test_the_forms_of_a_cap(example_15fyp, form, cap, worth):
    base = asked(example_15fyp, **form)
    assert base.total.cap == cap
    assert float(base.asked) == pytest.approx(worth, abs=5e-6)


CITY = st.tuples(
    st.decimals("1", "9999", places=2), st.decimals("1", "9999", places=2), st.decimals("0.9", "1.9", places=3)
)


@settings(deadline=None)
@given(st.lists(CITY, min_size=2, max_size=6), st.integers(70, 130), st.integers(0, 20), st.data())
def test_rates_that_reach_what_is_asked_hold_both_targets_and_no_others_do(cities, share, kept, data):
    regions = province(cities)
    emissions, gdp, growth = (list(map(Fraction, values)) for values in zip(*cities, strict=True))
    cap = sum(emissions) * share / 100
    base = Baseline.of(regions, Decimal("0.17"), Decimal(0), Total(cap, cap * kept / 100, sum(emissions)))
    rates = [Fraction(data.draw(st.integers(-20, 90)), 100) for _ in cities]
    end = sum(e * g * (1 - r) for e, g, r in zip(emissions, growth, rates, strict=True))
    end_gdp = sum(y * g for y, g in zip(gdp, growth, strict=True))
    intensity = (end + cap * kept / 100) / end_gdp <= Fraction(83, 100) * sum(emissions) / sum(gdp)
    reached = sum(a * r for a, r in zip(base.exact_coefficients, rates, strict=True)) >= base.exact_required
    assert reached == (intensity and end + cap * kept / 100 <= cap)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("{}", "one_of"),
        ("{cap: 42500, increment: 10}", "only_one_of"),
        ("{cap: 42500, growth_at_most: 5.6%}", "only_one_of"),
        ("{cap: 42500, reserve: 42501}", "reserve_above_cap"),
        ("{cap: 425000}", "cap_far"),
        ("{cap: 4.25}", "cap_far"),
        ("{cap: -3}", "not_a_cap"),
        ("{cap: 4万}", "not_a_cap"),
        ("{increment: 1e99}", "not_a_change"),
        ("{increment: -1e99}", "not_a_change"),
        ("{peak: 2028}", "peak_alone"),
        ("{growth_at_most: 5.6}", "rate_question"),
        ("{capp: 3}", "unknown_key_meant"),
        ("{cap: 42500, caps: 3}", "caps_form"),
        ("{cap: 42500, caps: rate}", "caps_form"),
        ("{cap: 42500, step: 0}", "step_zero"),
    ],
)
def test_a_cap_that_cannot_be_is_refused_at_its_key(example_15fyp_folder, written, code):
    file = example_15fyp_folder / "scenario.yaml"
    file.write_text(file.read_text("utf-8").replace("{cap: 42500, reserve: 300}", written), "utf-8")
    with pytest.raises(InputError) as error:
        load_scenario(example_15fyp_folder)
    (finding,) = (found for found in error.value.findings if found.severity != "notice")
    assert finding.code == code
    assert finding.place.key.startswith("total")
    assert finding.place.row


EQUAL = [(Decimal(1000), Decimal(1000), Decimal("1.2"))] * 2
"""Two cities with E G = Σ Y g = 2,400: 17 % leave 1,992."""


def under(total, target="0.17", margin="0"):
    return Baseline.of(province(EQUAL), Decimal(target), Decimal(margin), total)


@pytest.mark.parametrize(
    ("total", "more", "binds"),
    [
        (None, False, False),
        (Total(Fraction(1992), Fraction(0), Fraction(2000)), False, False),
        (Total(1992 - Fraction("1e-9"), Fraction(0), Fraction(2000)), True, True),  # 4e-13 more than 17 %
        (Total(1992 + Fraction("1e-9"), Fraction(0), Fraction(2000)), False, False),
        # a reserve as clean as the target asks for nothing: 10/2,400 = 0.83 × y/2,400
        (Total(Fraction(3000), Fraction(10), Fraction(2000), reserve_gdp=10 / Fraction("0.83")), False, False),
        (Total(Fraction(3000), 10 + Fraction("1e-9"), Fraction(2000), reserve_gdp=10 / Fraction("0.83")), True, False),
        (Total(Fraction(3000), Fraction(60), Fraction(2000), apart=True), False, False),
    ],
)
def test_what_is_asked_more_is_exact(total, more, binds):
    base = under(total)
    assert (base.asks_more, base.total_binds) == (more, binds)


def test_what_a_reserve_with_its_own_product_asks():
    base = under(Total(Fraction(3000), Fraction(60), Fraction(2000), reserve_gdp=Fraction(24)), margin="0.02")
    # 60/2,400 less 0.81 × 24/2,400 on top of 19 %
    assert base.asked == base.exact_required == Fraction("0.19") + Fraction(60, 2400) - Fraction("0.81") / 100
    assert (base.asks_more, base.total_binds) == (True, False)
