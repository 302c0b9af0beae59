from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.baseline import Baseline, reach
from scenarios.tables.rates import read_rates
from scenarios.tables.regions import Regions

ZERO = Decimal(0)

figures = st.decimals("0.01", "99999.99", places=2, allow_nan=False)
factors = st.decimals("0.5", "5", places=4, allow_nan=False)
rows = st.lists(st.tuples(figures, figures, factors), min_size=2, max_size=20)


def province(rows):
    """Return regions that carry only emissions, GDP and growth."""
    n = len(rows)
    names = tuple(str(k) for k in range(n))
    emissions, gdp, growth = zip(*rows, strict=True)
    return Regions(
        ids=names,
        names=names,
        names_en=names,
        emissions=emissions,
        gdp=gdp,
        growth=growth,
        lower=(ZERO,) * n,
        upper=(Decimal("0.5"),) * n,
        groups=("",) * n,
        columns={},
        units={},
    )


def baseline(rows, target="0.17", margin="0"):
    return Baseline.of(province(rows), Decimal(target), Decimal(margin))


def rates_of(scenario, table):
    return read_rates(scenario.table_path(table), scenario.regions).rates


def as_array(rates):
    return np.array(rates, dtype=float)


def test_the_figures_of_guangxi(guangxi):
    base = guangxi.baseline
    assert base.sigma == pytest.approx(0.0208, abs=5e-5)
    assert base.uniform_rate == pytest.approx(0.1869, abs=5e-5)
    assert base.point_worth == pytest.approx(311.08, abs=5e-3)
    assert base.implied_reduction(as_array(rates_of(guangxi, "published"))) == pytest.approx(0.1473, abs=5e-5)
    short = 0.17 - base.implied_reduction(as_array(rates_of(guangxi, "published")))
    assert short * 100 == pytest.approx(2.27, abs=5e-3)
    assert short * 100 * base.point_worth == pytest.approx(706.8, abs=0.05)
    limits = reach(base, guangxi.regions.lower, guangxi.regions.upper)
    assert (limits.lowest, limits.highest) == (pytest.approx(0.0813, abs=5e-5), pytest.approx(0.2344, abs=5e-5))


def test_the_figures_of_zhejiang(zhejiang):
    base = zhejiang.baseline
    implied = base.implied_reduction(as_array(rates_of(zhejiang, "published")))
    assert implied == pytest.approx(0.2213, abs=5e-5)
    assert (implied - 0.205) * 100 == pytest.approx(1.63, abs=5e-3)
    assert (implied - 0.205) * 100 * base.point_worth == pytest.approx(1147, abs=0.5)
    printed = base.implied_reduction(as_array(rates_of(zhejiang, "published-as-printed")))
    assert printed < 0.03 < 0.205


@settings(deadline=None)
@given(rows, st.data())
def test_the_implied_reduction_is_what_it_is_by_definition(rows, data):
    base = baseline(rows)
    rates = data.draw(st.lists(st.floats(-0.5, 0.99), min_size=len(rows), max_size=len(rows)))
    e, y, g = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    r = np.array(rates)
    end_emissions = (e / y) * (1 - r) * (y * g)
    defined = 1 - (end_emissions.sum() / (y * g).sum()) / (e.sum() / y.sum())
    assert base.implied_reduction(r) == pytest.approx(defined, abs=1e-9 * base.coefficients.sum())


@settings(deadline=None)
@given(rows)
def test_floats_are_the_nearest_to_the_exact_figures(rows):
    base = baseline(rows, "0.205", "0.003")
    assert [float(a) for a in base.exact_coefficients] == base.coefficients.tolist()
    assert all(a > 0 for a in base.exact_coefficients)
    sigma = sum(base.exact_coefficients) - 1
    assert base.sigma == float(sigma)
    assert base.exact_required == Fraction(Decimal("0.208")) + sigma
    assert base.required == float(base.exact_required)


@settings(deadline=None)
@given(rows, st.integers(1, 40).map(lambda n: Decimal(n) / 8))
def test_a_common_growth_factor_changes_nothing(rows, factor):
    scaled = baseline([(e, y, g * factor) for e, y, g in rows])
    assert scaled.exact_coefficients == baseline(rows).exact_coefficients
    assert scaled.sigma == baseline(rows).sigma


@settings(deadline=None)
@given(
    rows, st.sampled_from([Decimal(10) ** n for n in (-4, -1, 2, 4)]), st.sampled_from([Decimal("0.0001"), Decimal(7)])
)
def test_units_of_emissions_and_gdp_change_nothing(rows, emissions, gdp):
    scaled = baseline([(e * emissions, y * gdp, g) for e, y, g in rows])
    assert scaled.exact_coefficients == baseline(rows).exact_coefficients
    assert scaled.point_worth == pytest.approx(baseline(rows).point_worth * float(emissions))
    assert scaled.intensity == pytest.approx(baseline(rows).intensity * float(emissions / gdp))


@settings(deadline=None)
@given(rows.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(range(len(rows))))))
def test_a_permutation_permutes(drawn):
    rows, order = drawn
    base, mixed = baseline(rows), baseline([rows[k] for k in order])
    assert mixed.exact_coefficients == tuple(base.exact_coefficients[k] for k in order)
    assert mixed.exact_required == base.exact_required


@settings(deadline=None)
@given(rows)
def test_the_uniform_rate_backs_exactly(rows):
    base = baseline(rows, margin="0.002")
    rates = np.full(len(rows), base.uniform_rate)
    assert base.implied_reduction(rates) == pytest.approx(0.172, abs=1e-9 * (1 + base.sigma))


@settings(deadline=None)
@given(rows, factors)
def test_when_all_grow_alike_there_is_no_composition_effect(rows, factor):
    base = baseline([(e, y, factor) for e, y, _ in rows])
    assert base.sigma == 0
    assert base.uniform_rate == pytest.approx(0.17)
    assert base.exact_coefficients == tuple(Fraction(e) / sum(Fraction(e) for e, _, _ in rows) for e, _, _ in rows)


def test_faster_growth_where_carbon_is_heavy_makes_equal_rates_fall_short():
    heavy = (Decimal(100), Decimal(10))
    light = (Decimal(10), Decimal(100))
    assert baseline([(*heavy, Decimal("1.6")), (*light, Decimal("1.2"))]).sigma > 0
    assert baseline([(*heavy, Decimal("1.2")), (*light, Decimal("1.6"))]).sigma < 0


@settings(deadline=None)
@given(rows)
def test_the_reach_lies_between_its_bounds(rows):
    base, regions = baseline(rows), province(rows)
    limits = reach(base, regions.lower, regions.upper)
    assert limits.lowest == pytest.approx(-base.sigma)
    assert limits.highest == pytest.approx(0.5 * (1 + base.sigma) - base.sigma)
    assert limits.lowest < limits.highest


def test_a_point_is_worth_what_it_saves():
    rows = [(Decimal(300), Decimal(100), Decimal("1.5")), (Decimal(200), Decimal(300), Decimal("1.2"))]
    base = baseline(rows)
    assert base.point_worth == pytest.approx(0.01 * 500 / 400 * (150 + 360))
