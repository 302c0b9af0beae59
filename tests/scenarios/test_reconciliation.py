"""City sums against provincial figures, by hand and against the definition of intensity."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scenarios.errors import InputError
from scenarios.file.schema import ScenarioFile
from scenarios.load import load_scenario
from scenarios.reconciliation import rounded_up
from scenarios.tables.regions import Regions

PROVINCE = ("reconcile.province.emissions=24000", "reconcile.province.gdp=16803.12")


def guangxi(*settings, more=()):
    asked = [s if s.startswith("reconcile") else f"reconcile.{s}" for s in settings]
    return load_scenario("guangxi-13fyp", [*asked, *more])


@pytest.fixture(scope="module")
def plain():
    return load_scenario("guangxi-13fyp")


def test_nothing_said_changes_nothing(plain):
    assert plain.sums is None
    cities = guangxi(*PROVINCE)
    assert cities.regions == plain.regions
    assert cities.baseline.exact_coefficients == plain.baseline.exact_coefficients
    assert [step.policy for step in cities.sums.steps] == ["cities", "cities"]


def test_a_common_factor_cancels(plain):
    scaled = guangxi("emissions=scale", "gdp=scale", "growth=scale", "reconcile.province.growth=1.4", *PROVINCE)
    assert abs(sum(scaled.regions.emissions) - 24000) < Decimal("1e-20")
    assert abs(sum(scaled.regions.gdp) - Decimal("16803.12")) < Decimal("1e-20")
    for a, b in zip(scaled.baseline.exact_coefficients, plain.baseline.exact_coefficients, strict=True):
        assert abs(a - b) < Fraction(1, 10**20)
    assert scaled.target == plain.target
    ratio = 24000 / Fraction(16803, 1) * Fraction(16803, 1) * Fraction("1.4")
    assert scaled.sums.chosen.point * 100 == pytest.approx(float(ratio))  # E_P × g_P
    own = plain.regions.columns["intensity"]
    power = Decimal(24000) / 23065 * Decimal("16805.74") / Decimal("16803.12")
    for a, b in zip(scaled.regions.columns["intensity"], own, strict=True):
        assert abs(a - b * power) < Decimal("1e-20")


def test_the_residual_line_by_hand(plain):
    found = guangxi("emissions=residual", "gdp=residual", "residual.rate=5%", "residual.growth=1.2", *PROVINCE)
    line = found.sums.residual
    assert (line.emissions, line.gdp) == (935, Fraction("-2.62"))  # 24000 - 23065, 16803.12 - 16805.74
    grown = sum(Fraction(y) * Fraction(g) for y, g in zip(plain.regions.gdp, plain.regions.growth, strict=True))
    allowed = Fraction("0.83") * 24000 / Fraction("16803.12") * (grown - Fraction("2.62") * Fraction("1.2"))
    allowed -= 935 * Fraction("1.2") * Fraction("0.95")
    expected = 1 - allowed / grown / (23065 / Fraction("16805.74"))
    assert found.sums.chosen.target == expected
    assert found.target == rounded_up(expected)
    assert 0 <= Fraction(found.target) - expected < Fraction(1, 10**11)
    frozen = sum(Fraction(e) * Fraction(g) for e, g in zip(plain.regions.emissions, plain.regions.growth, strict=True))
    assert found.sums.chosen.uniform == 1 - allowed / frozen
    assert found.regions == plain.regions


def test_a_residual_that_follows_the_province_asks_nothing_more(plain):
    found = guangxi("emissions=residual", "gdp=residual", *PROVINCE)
    assert found.sums.chosen.target == Fraction("0.17")
    assert found.baseline.required == plain.baseline.required


@pytest.mark.parametrize("margin", ["1 point", "0.25 points"])
def test_a_residual_that_follows_asks_nothing_more_with_a_margin_either(margin):
    alone = load_scenario("guangxi-13fyp", [f"margin={margin}"])
    found = guangxi("emissions=residual", "gdp=residual", *PROVINCE, more=[f"margin={margin}"])
    assert found.sums.residual.rate == Fraction(alone.target) + Fraction(alone.file.margin)
    assert (found.target, found.baseline.required) == (alone.target, alone.baseline.required)


amounts = st.fractions(1, 1000, max_denominator=10)
growths = st.fractions("1/2", 3, max_denominator=20)
provinces = st.lists(st.tuples(amounts, amounts, growths), min_size=2, max_size=6)


@given(
    provinces, st.fractions(-100, 200, max_denominator=10), st.fractions(-100, 200, max_denominator=10), growths,
    st.fractions(0, "1/2", max_denominator=50), st.data(),
)  # fmt: skip
def test_cities_that_reach_their_target_back_the_province_exactly(rows, emissions, gdp, growth, rate, data):
    """Σ a r - sigma = R' of the cities, and the province with its line cuts exactly R."""
    from scenarios.reconciliation import ResidualLine, _effort

    n = len(rows)
    e, y, g = (tuple(Decimal(float(x)) for x in column) for column in zip(*rows, strict=True))
    zeros = (Decimal(0),) * n
    regions = Regions(("",) * n, ("",) * n, ("",) * n, e, y, g, zeros, zeros, ("",) * n, {}, {})
    line, target = ResidualLine(emissions, gdp, growth, rate), Decimal("0.18")
    effort = _effort("chosen", regions, line, target, Decimal(0))
    assume(effort is not None)
    sums = _sums(line, effort)
    assert sums.implied(regions, (effort.uniform,) * n) == Fraction("0.18")
    more = data.draw(st.integers(0, n - 1))
    rates = [effort.uniform + (Fraction(1, 100) if k == more else 0) for k in range(n)]
    assert sums.implied(regions, rates) > Fraction("0.18")


def _sums(line, effort):
    from scenarios.reconciliation import Reconciliation

    return Reconciliation((), Decimal("0.18"), line, effort, ())


@given(st.fractions("1/10000", "9999/10000"))
def test_rounding_up_is_up_and_little(target):
    assert 0 <= Fraction(rounded_up(target)) - target < Fraction(2, 10**12)


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        (("emissions=scale",), ["reconcile_figure"]),
        (("emissions=refuse", "growth=refuse", "province.emissions=24000", "province.growth=1.4"),
         ["reconcile_refused", "reconcile_refused"]),
        (("emissions=residual", "province.emissions=60000", "residual.rate=-50%"), ["reconcile_impossible"]),
        (("emissions=residual", "province.emissions=40000", "residual.rate=90%"), ["reconcile_target"]),
    ],
)  # fmt: skip
def test_what_cannot_be_reconciled(refused, settings, codes):
    findings = refused(guangxi, *settings)
    assert [finding.code for finding in findings][: len(codes)] == codes
    assert len(findings) == len(codes)


def test_within_the_tolerance_the_cities_stand(plain):
    found = guangxi("gdp=refuse", "tolerance=0.1%", *PROVINCE)
    assert found.regions == plain.regions
    with pytest.raises(InputError):
        guangxi("gdp=refuse", "tolerance=0.01%", *PROVINCE)


def test_the_province_s_figure_may_come_from_the_energy_table():
    found = load_scenario("accounting-example", ["reconcile.emissions=scale", "period.base=2023"])
    (step,) = found.sums.steps
    assert abs(step.province - step.cities - Fraction("26.6")) < Fraction(1, 10**5)
    assert float(sum(found.regions.emissions)) == pytest.approx(8303.51, abs=0.01)


def test_margins_of_growth_are_scaled_with_it(plain):
    from scenarios.reconciliation import _times

    some = replace(plain.regions, growth_margins=(Decimal("0.1"), *(None,) * 13))
    assert _times(some, "growth", Fraction(2)).growth_margins == (Decimal("0.2"), *(None,) * 13)


def test_the_schema_knows_the_policies():
    schema = ScenarioFile.model_json_schema()
    assert schema["$defs"]["Reconcile"]["properties"]["emissions"]["enum"] == ["cities", "scale", "residual", "refuse"]
