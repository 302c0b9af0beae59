"""From scores to references: exact backing, spread, effects, refusals."""

import re
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from allocator.planning.reference import target
from scenarios.baseline import Baseline
from scenarios.errors import InputError
from scenarios.load import load_scenario

MAPS = {
    "linear": ["reference.spread=6 points"],
    "proportional": ["reference={map: proportional}"],
    "uniform": ["reference={map: uniform}"],
}
POSITIVE = [f"criteria.{criterion}.indicators.{key}.normaliser=ratio" for criterion, key in (
    ("capacity", "income"), ("capacity", "wealth"), ("capacity", "industry"), ("responsibility", "economy"),
    ("responsibility", "energy"), ("responsibility", "emissions"), ("potential", "fiscal"),
    ("potential", "tertiary"), ("potential", "intensity"),
)]  # fmt: skip


def redrawn(scenario, seed):
    """Return the scenario with figures drawn by seed."""
    rng = np.random.default_rng(seed)
    regions = scenario.regions

    def draw(low, high):
        return tuple(Decimal(f"{value:.3f}") for value in rng.uniform(low, high, len(regions)))

    columns = {name: draw(10, 100) for name in regions.columns}
    changed = replace(regions, emissions=draw(100, 5000), gdp=draw(100, 5000), growth=draw(1.1, 1.6), columns=columns)
    return replace(scenario, regions=changed, baseline=Baseline.of(changed, scenario.file.target, scenario.file.margin))


@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize("deviation", ["relative", "absolute"])
def test_reference_backs_exactly(name, deviation):
    overrides = [*MAPS[name], f"reference.deviation={deviation}", *POSITIVE, "margin=0.3%"]
    scenario = load_scenario("guangxi-13fyp", overrides)
    for seed in range(30):
        drawn = redrawn(scenario, seed)
        targeting = target(drawn)
        problem, baseline = targeting.problem, drawn.baseline
        assert abs(problem.coefficients @ problem.reference - baseline.required) <= 1e-12
        moved = targeting.effects.sum(axis=1)
        np.testing.assert_allclose(moved, problem.reference - baseline.uniform_rate, rtol=0, atol=1e-14)
        wanted = problem.reference if deviation == "relative" else np.ones(14)
        np.testing.assert_array_equal(problem.scale, wanted)


@pytest.mark.parametrize("spread", ["0.5", "6", "12"])
def test_linear_spread_is_the_gap(spread):
    scenario = load_scenario("guangxi-13fyp", [f"reference.spread={spread} points"])
    targeting = target(scenario)
    assert np.ptp(targeting.problem.reference) == pytest.approx(float(spread) / 100, abs=1e-14)
    order = np.argsort(targeting.scores)
    assert (np.diff(targeting.problem.reference[order]) > 0).all()


def test_linear_by_hand(guangxi):
    targeting = target(guangxi)
    scores, baseline = targeting.scores, guangxi.baseline
    np.testing.assert_allclose(scores, targeting.indicators.normalised @ targeting.weights.total)
    mean = baseline.coefficients @ scores / baseline.coefficients.sum()
    wanted = baseline.uniform_rate + 0.12 / (scores.max() - scores.min()) * (scores - mean)
    np.testing.assert_allclose(targeting.problem.reference, wanted, rtol=0, atol=1e-14)
    assert baseline.uniform_rate == pytest.approx(0.1869, abs=5e-5)


def test_proportional_by_hand():
    scenario = load_scenario("guangxi-13fyp", [*MAPS["proportional"], *POSITIVE])
    targeting = target(scenario)
    reference, scores = targeting.problem.reference, targeting.scores
    np.testing.assert_allclose(reference / scores, reference[0] / scores[0])


def test_uniform(guangxi):
    targeting = target(load_scenario("guangxi-13fyp", MAPS["uniform"]))
    np.testing.assert_array_equal(targeting.problem.reference, np.full(14, guangxi.baseline.uniform_rate))
    assert not targeting.effects.any()


def test_bounds_are_those_of_the_regions(guangxi):
    problem = target(guangxi).problem
    assert problem.lower.tolist() == [0.1] * 14
    assert problem.upper.tolist() == [0.25] * 14
    assert problem.total == guangxi.baseline.required


def test_another_unit_of_an_indicator_changes_no_score(guangxi):
    before = target(guangxi)
    for name, factor in (("avg_wage", "0.0001"), ("tertiary_share", "0.01"), ("fiscal_revenue", "10000")):
        columns = {**guangxi.regions.columns}
        columns[name] = tuple(value * Decimal(factor) for value in columns[name])
        after = target(replace(guangxi, regions=replace(guangxi.regions, columns=columns)))
        np.testing.assert_allclose(after.scores, before.scores, rtol=0, atol=1e-12)
        np.testing.assert_allclose(after.problem.reference, before.problem.reference, rtol=0, atol=1e-12)


def test_a_common_growth_factor_changes_no_reference(guangxi):
    faster = replace(guangxi.regions, growth=tuple(growth * 2 for growth in guangxi.regions.growth))
    scenario = replace(guangxi, regions=faster, baseline=Baseline.of(faster, guangxi.file.target, guangxi.file.margin))
    np.testing.assert_allclose(target(scenario).problem.reference, target(guangxi).problem.reference, rtol=1e-14)


def test_the_largest_spread_is_true():
    for case in ("guangxi-13fyp", "zhejiang-13fyp"):
        with pytest.raises(InputError) as error:
            target(load_scenario(case, ["reference.spread=80 points"]))
        (finding,) = error.value.findings
        assert (finding.code, finding.place.key) == ("reference_not_positive", "--set reference.spread=80 points")
        assert finding.values["name"] in finding.say("zh")
        largest = Decimal(str(finding.values["largest"]))
        assert re.search(rf"{largest}", finding.say("en"))
        reference = target(load_scenario(case, [f"reference.spread={largest} points"])).problem.reference
        assert 0 < reference.min() < 0.001
        with pytest.raises(InputError):
            target(load_scenario(case, [f"reference.spread={largest + Decimal('0.1')} points"]))


def test_proportional_refuses_a_score_not_above_zero():
    overrides = [*MAPS["proportional"]]
    overrides += [text.replace("ratio", "zscore") for text in POSITIVE]
    with pytest.raises(InputError) as error:
        target(load_scenario("guangxi-13fyp", overrides))
    (finding,) = error.value.findings
    assert (finding.code, finding.place.key) == ("proportional_not_positive", "--set reference={map: proportional}")


@pytest.mark.parametrize("direction", ["+", "-"])
def test_a_score_of_zero_but_for_rounding_has_no_share(two_cities, edit, direction):
    # (5 - 2)/(5 - 2) was 0.9999999999999999, and its mirror image a score of 1e-16
    folder = two_cities()
    edit(folder / "scenario.yaml", "map: uniform", "map: proportional")
    edit(folder / "scenario.yaml", "direction: +", f"direction: '{direction}'")
    edit(folder / "scenario.yaml", "[甲, 乙]", "[甲, 乙, 丙]")
    head, rest = "id,name,emissions(万吨),gdp(亿元),growth,income", ",1000,1000,1.2,"
    rows = [f"99000{n},{name}{rest}{value}" for n, name, value in ((1, "甲", 2), (2, "乙", 5), (3, "丙", 3.5))]
    (folder / "regions.csv").write_text("\n".join([head, *rows]), "utf-8")
    with pytest.raises(InputError) as caught:
        target(load_scenario(folder))
    assert caught.value.findings[0].code == "proportional_not_positive"


def test_flat_scores_are_said(guangxi):
    # two indicators that cancel out in every region
    rising = tuple(Decimal(n) for n in range(14))
    columns = dict.fromkeys(guangxi.regions.columns, rising)
    scenario = load_scenario(
        "guangxi-13fyp",
        ["criteria={only: {weight: 1, indicators: {up: {column: avg_wage, direction: '+'}, "
         "down: {column: gdp, direction: '-'}}}}"],
    )  # fmt: skip
    targeting = target(replace(scenario, regions=replace(scenario.regions, columns=columns)))
    assert [notice.code for notice in targeting.notices] == ["flat_scores"]
    np.testing.assert_allclose(targeting.problem.reference, scenario.baseline.uniform_rate, rtol=1e-15)


def test_nothing_left_to_ask():
    # where clean cities grow much faster than the rest, so small a target asks for no cut at all
    scenario = load_scenario("guangxi-13fyp", ["target=0.01%"])
    intensity = scenario.baseline.intensity
    growth = tuple(Decimal(1) if heavy else Decimal(2) for heavy in intensity > np.median(intensity))
    regions = replace(scenario.regions, growth=growth)
    baseline = Baseline.of(regions, scenario.file.target, scenario.file.margin)
    with pytest.raises(InputError) as error:
        target(replace(scenario, regions=regions, baseline=baseline))
    assert [finding.code for finding in error.value.findings] == ["required_not_positive"]
