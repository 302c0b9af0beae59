import json
from decimal import Decimal

import numpy as np
import pytest

import allocator
from allocator.planning.check import check
from allocator.planning.files import FILES, WriteCheckFailed, write_plan
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from reports.verifying.verification import verify_rates
from scenarios.load import load_scenario
from scenarios.tables.rates import read_rates
from solvers.closed.waterfill import waterfill


@pytest.fixture(scope="module")
def guangxi_plan(guangxi):
    return plan(guangxi)


def test_public_face():
    assert sorted(allocator.__all__) == allocator.__all__
    assert all(callable(getattr(allocator, name)) for name in allocator.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = allocator.nonsense


def test_guangxi_backs_17_per_cent(guangxi_plan):
    province = guangxi_plan.record.province
    assert province.verdict == "backed"
    assert province.implied_reduction >= 0.17
    assert province.overshoot_points == pytest.approx((province.implied_reduction - 0.17) * 100)
    assert province.overshoot_10kt == pytest.approx(province.overshoot_points * province.point_10kt)
    assert province.required == pytest.approx(province.target + province.sigma + province.margin)
    assert province.reach_lowest == pytest.approx(0.0813, abs=5e-5)
    assert province.reach_highest == pytest.approx(0.2344, abs=5e-5)


def test_zhejiang_backs_its_target(zhejiang):
    result = plan(zhejiang)
    assert result.record.province.implied_reduction >= 0.205
    assert result.verification.passed


def test_record_agrees_with_its_parts(guangxi, guangxi_plan):
    record = guangxi_plan.record
    assert [r.id for r in record.regions] == list(guangxi.regions.ids)
    assert sum(r.contribution for r in record.regions) >= 1
    assert sum(i.weight for i in record.indicators) == pytest.approx(1)
    for region in record.regions:
        assert (region.published_rate / 0.005) == pytest.approx(round(region.published_rate / 0.005))
        assert region.lower <= region.published_rate <= region.upper
        assert region.reference_rate - record.province.uniform_rate == pytest.approx(sum(region.effects))
        assert region.target_intensity == pytest.approx(region.intensity * (1 - region.published_rate))
        assert region.class_ is None
    by_score = sorted(record.regions, key=lambda r: r.rank)
    assert [r.score for r in by_score] == sorted((r.score for r in record.regions), reverse=True)


def test_split_equals_the_closed_form_when_bounds_bind():
    scenario = load_scenario("guangxi-13fyp", ["bounds.upper=20%", "bounds.lower=16%"])
    result = plan(scenario)
    closed = waterfill(result.targeting.problem)
    assert np.abs(result.split.rates - closed.rates).max() < 1e-9
    bindings = {region.binding for region in result.record.regions}
    assert bindings == {"", "lower", "upper"}


def test_margin_is_backed_on_top_of_the_target():
    result = plan(load_scenario("guangxi-13fyp", ["margin=0.3 points"]))
    assert result.record.province.implied_reduction >= 0.173
    assert result.verification.backed
    assert not verify_rates(load_scenario("guangxi-13fyp", ["margin=2 points"]), result.published).backed


@pytest.mark.parametrize("grid", ["0.1 points", "0.5 points", "1 point", "0.25 points"])
def test_every_grid_backs(grid):
    result = plan(load_scenario("guangxi-13fyp", [f"publish.grid={grid}"]))
    assert result.verification.passed
    step = load_scenario("guangxi-13fyp", [f"publish.grid={grid}"]).file.publish.grid
    assert all(rate % step == 0 for rate in result.published)


def test_out_of_reach_says_by_how_much(on_a_fine_grid):
    scenario = load_scenario("guangxi-13fyp", ["target=30%"])
    with pytest.raises(NoSplit) as error:
        plan(scenario)
    assert error.value.gap.short == pytest.approx(0.30 - 0.234413, abs=1e-6)
    upper = 0.25 + error.value.gap.relaxation
    for bound, reachable in ((upper + 1e-6, True), (upper - 1e-6, False)):
        relaxed = load_scenario("guangxi-13fyp", [f"bounds.upper={bound:.9f}", "target=30%"])
        assert check(on_a_fine_grid(relaxed)).reachable is reachable
        assert not check(relaxed).reachable  # on the 0.5-point grid its upper bounds are no higher than 31 %


def test_relaxation_on_the_grid_gives_a_plan():
    scenario = load_scenario("guangxi-13fyp", ["target=30%"])
    with pytest.raises(NoSplit) as error:
        plan(scenario)
    said = "".join(error.value.statements("en"))
    assert "by 6.43 points; with rates on the 0.5-point grid, by 6.50 points" in said
    assert plan(load_scenario("guangxi-13fyp", ["target=30%", "bounds.upper=31.5%"])).verification.passed


def test_bounds_that_force_too_much_are_out_of_reach_below():
    with pytest.raises(NoSplit) as error:
        plan(load_scenario("guangxi-13fyp", ["target=5%"]))
    assert error.value.gap.short < 0
    assert error.value.gap.relaxation < 0


def test_no_grid_value_within_the_bounds_is_no_split():
    with pytest.raises(NoSplit) as error:
        plan(load_scenario("guangxi-13fyp", ["bounds.lower=18.6%", "bounds.upper=18.8%", "publish.grid=1 point"]))
    assert error.value.gap is None


def test_written_files_hold_the_plan(guangxi, guangxi_plan, tmp_path):
    verification = write_plan(guangxi_plan, tmp_path / "out", "en")
    assert sorted(entry.name for entry in (tmp_path / "out").iterdir()) == sorted(FILES)
    assert verification.backed
    for name in ("plan.json", "allocation.csv", "allocation.xlsx"):
        assert read_rates(tmp_path / "out" / name, guangxi.regions).rates == guangxi_plan.published
    document = json.loads((tmp_path / "out" / "plan.json").read_text("utf-8"))
    assert document["schema_version"] == 1
    assert document["regions"][0]["class"] is None
    assert len(document["provenance"]["inputs"]["regions.csv"]) == 64
    assert document["provenance"]["versions"]["pyomo"]


def test_a_table_that_is_not_what_was_computed_is_never_published(guangxi_plan, tmp_path, monkeypatch):
    def wrong(record, language):
        from reports.planning.tables import allocation_csv

        return allocation_csv(record, language).replace("24.0", "23.5", 1)

    monkeypatch.setattr("allocator.planning.files.allocation_csv", wrong)
    with pytest.raises(WriteCheckFailed, match=r"allocation\.csv"):
        write_plan(guangxi_plan, tmp_path / "out", "zh")
    assert not (tmp_path / "out").exists()


def test_same_input_same_plan(guangxi, guangxi_plan):
    again = plan(guangxi).record
    assert again.regions == guangxi_plan.record.regions
    assert again.province == guangxi_plan.record.province


def test_published_rates_are_decimals_on_the_grid(guangxi_plan):
    assert all(isinstance(rate, Decimal) and rate % Decimal("0.005") == 0 for rate in guangxi_plan.published)
