import hashlib
import io
import json
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.plan import plan
from allocator.planning.reference import target
from allocator.sweeping.arrays import budget_groups, folded_bounds, province
from allocator.sweeping.cases import all_cases
from allocator.sweeping.checkpoint import Checkpoint
from allocator.sweeping.designs import DIRICHLET, Given, WeightDesign, lattice
from allocator.sweeping.engines import LocalEngine
from allocator.sweeping.job import prepare, run_chunk
from allocator.sweeping.options import CHOICES, SweepOptions
from allocator.sweeping.proof import SampleDiffers, held_against_model
from allocator.sweeping.samples import SampleChain
from allocator.sweeping.summary import SampleWrong, Summary
from allocator.sweeping.sweep import Watch, sweep
from reports.seal import seal
from scenarios.errors import InputError
from scenarios.load import load_scenario
from solvers import leximin as leximin_module
from solvers.closed.blocks import BlockWaterfill
from solvers.closed.waterfill import waterfill
from solvers.leximin import HotLeximin, leximin

SMALL = SweepOptions(samples=3000, seed=3)


@pytest.fixture(scope="module")
def asked(guangxi):
    return prepare(guangxi, SMALL)


@pytest.fixture(scope="module")
def swept(guangxi):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("allocator.sweeping.record.HELD_AGAINST", 4)
        patch.setattr("allocator.sweeping.record.ROUNDED", 3)
        return sweep(guangxi, SMALL)


@pytest.fixture(autouse=True)
def few_by_other_means(monkeypatch):
    """Let the costly checks of a sweep be few."""
    monkeypatch.setattr("allocator.sweeping.record.HELD_AGAINST", 4)
    monkeypatch.setattr("allocator.sweeping.record.ROUNDED", 3)


def chain_of(scenario, over=("weights",), design=None, seed=1):
    arrays = province(scenario, over)
    return SampleChain(arrays, over, design or WeightDesign(DIRICHLET, arrays.criteria, {}, 1000), seed)


def test_a_sample_is_the_plan_with_its_weights(guangxi):
    chain = chain_of(guangxi)
    samples = chain.samples(chain.cube.points(0, 20), 0)
    rates, reached = BlockWaterfill(len(chain.province), 20).solve(samples.block)
    assert reached.all()
    for j in range(20):
        settings = [
            f"criteria.{key}.weight={Decimal(samples.weights[k, j])}" for k, key in enumerate(guangxi.file.criteria)
        ]
        problem = target(load_scenario("guangxi-13fyp", settings)).problem
        np.testing.assert_allclose(samples.block.reference[:, j], problem.reference, rtol=0, atol=1e-12)
        np.testing.assert_allclose(rates[:, j], leximin(problem).rates, rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    ("settings", "over"),
    [
        (("reference.map=proportional", "reference.spread=null"), ("weights",)),
        (("reference.map=uniform", "reference.spread=null"), ("weights",)),
        (("reference.deviation=absolute",), ("weights",)),
        (("criteria.capacity.indicators.income.normaliser=zscore", "criteria.potential.within=entropy"), ("weights",)),
    ],
)
def test_every_map_is_the_plans(settings, over):
    scenario = load_scenario("guangxi-13fyp", settings)
    found = target(scenario)
    weights = np.array(list(found.weights.criteria.values()))[:, None]
    samples = chain_of(scenario, over, Given(weights)).samples(np.empty((0, 1)), 0)
    np.testing.assert_allclose(samples.block.reference[:, 0], found.problem.reference, rtol=0, atol=1e-14)
    np.testing.assert_allclose(samples.block.scale[:, 0], found.problem.scale, rtol=0, atol=1e-14)
    assert samples.block.totals[0] == pytest.approx(found.problem.total, abs=1e-15)


def test_growth_within_its_margins_moves_the_coefficients(guangxi):
    scenario = load_scenario("guangxi-13fyp", ["growth_uncertainty=10%"])
    chain = chain_of(scenario, ("weights", "growth"))
    points = chain.cube.points(0, 4)
    block = chain.samples(points, 0).block
    for j in range(4):
        growth = chain.province.growth * (1 + 0.1 * (2 * points[3:, j] - 1))
        gdp, emissions = chain.province.gdp, chain.province.emissions
        end = gdp @ growth / gdp.sum()
        a = emissions / emissions.sum() * growth / end
        np.testing.assert_allclose(block.coefficients[:, j], a, rtol=1e-12)
        assert block.totals[j] == pytest.approx(0.17 + a.sum() - 1, abs=1e-12)


def test_growth_moves_what_a_cap_on_the_total_asks():
    scenario = load_scenario("15fyp-example", ["growth_uncertainty=5%"])
    chain = chain_of(scenario, ("weights", "growth"))
    points = chain.cube.points(0, 64)
    block = chain.samples(points, 0).block
    binding = 0
    for j in range(64):
        growth = chain.province.growth * (1 + 0.05 * (2 * points[3:, j] - 1))
        end_gdp = chain.province.gdp @ growth / chain.province.gdp.sum()
        worth = 1 - 42200 / (chain.province.emissions.sum() * end_gdp)
        own = 0.17 + 300 / (chain.province.emissions.sum() * end_gdp)  # the reserve counts as well
        asked = max(own, worth)
        assert block.totals[j] == pytest.approx(asked + block.coefficients[:, j].sum() - 1, abs=1e-12)
        binding += worth > own
    assert 0 < binding < 64


def test_a_sweep_under_a_cap_is_the_plan_at_the_plans_weights():
    record = sweep(load_scenario("15fyp-example"), SMALL).record
    planned = plan(load_scenario("15fyp-example"))
    assert [r.rate for r in record.regions] == pytest.approx([r.rate for r in planned.record.regions], abs=1e-9)


def test_everything_varies_at_once_and_backs(guangxi):
    scenario = load_scenario("guangxi-13fyp", ["growth_uncertainty=5%"])
    record = sweep(scenario, SweepOptions(samples=4000, seed=1, over=CHOICES)).record
    assert record.design.over == CHOICES
    assert record.design.samples + record.design.refused + record.design.unreached == 4000
    assert record.design.refused > 0  # z-scores are not positive, so nothing can be in proportion to them
    assert record.design.misfit < 1e-12


def test_acceptability_is_an_exact_enumeration(guangxi):
    record = sweep(guangxi, SweepOptions(samples=16, sampler="grid")).record
    assert record.design.samples == 15
    cuts = [c.lowest for c in record.classes if c.lowest is not None]
    counts = np.zeros((14, len(record.classes)))
    for weights in lattice(3, 4).T:
        settings = [
            f"criteria.{key}.weight={Decimal(w)}" for key, w in zip(guangxi.file.criteria, weights, strict=True)
        ]
        rates = waterfill(target(load_scenario("guangxi-13fyp", settings)).problem).rates
        for n, rate in enumerate(rates):
            counts[n, sum(rate <= cut for cut in cuts)] += 1
    np.testing.assert_allclose([region.shares for region in record.regions], counts / 15, atol=1e-12)
    assert [region.stands for region in record.regions] == [
        pytest.approx(counts[n, region.class_ - 1] / 15) for n, region in enumerate(record.regions)
    ]


def test_summary_says_what_numpy_says_of_all_samples(asked):
    summary, drawn = run_chunk(asked.job, 0, keep=True)
    frame = asked.job.frame
    assert drawn.rates.shape == (14, 3000)
    np.testing.assert_allclose(summary.means(), drawn.rates.mean(axis=1), atol=1e-9)
    assert (summary.lowest == drawn.rates.min(axis=1)).all()
    assert (summary.highest == drawn.rates.max(axis=1)).all()
    shares = np.array([0.05, 0.5, 0.95])
    exact = np.quantile(drawn.rates, shares, axis=1, method="inverted_cdf")
    np.testing.assert_allclose(summary.quantiles(frame, shares), exact, atol=frame.width)
    classes = (drawn.rates[:, :, None] > frame.thresholds).sum(axis=2)
    for n in range(14):
        for number in range(frame.thresholds.size + 1):
            inside = classes[n] == number
            assert summary.class_counts()[n, number] == inside.sum()
            if inside.any():
                central = drawn.weights[:, inside].mean(axis=1)
                np.testing.assert_allclose(summary.class_weights()[n, number], central, atol=1e-6)
    assert summary.higher[0, 1] == (drawn.rates[0] > drawn.rates[1] + 1e-9).sum()
    assert summary.moved[0] == (classes == frame.base[:, None]).all(axis=0).sum()
    assert summary.at_upper[0] == (drawn.rates[0] >= 0.25 - 1e-9).sum() > 0


def test_any_order_and_any_workers_give_the_same_bytes(guangxi):
    job = prepare(guangxi, SweepOptions(samples=700_000, seed=5)).job
    assert job.chunks == 3
    parts = [run_chunk(job, number)[0] for number in range(3)]
    forward, backward = Summary.empty(job.frame), Summary.empty(job.frame)
    for part in parts:
        forward.add(part)
    with ThreadPoolExecutor(2) as pool:
        for part in reversed(list(pool.map(lambda number: run_chunk(job, number)[0], range(3)))):
            backward.add(part)
    for name, array in forward.arrays().items():
        assert (array == backward.arrays()[name]).all(), name
    assert forward.samples[0] == 700_000


def test_same_seed_same_bytes_another_seed_others(guangxi, swept):
    again = sweep(guangxi, SMALL, LocalEngine(workers=1)).record.to_json()
    assert again == swept.record.to_json()
    other = sweep(guangxi, replace(SMALL, seed=4)).record
    assert other.regions[0].mean != swept.record.regions[0].mean


def test_the_record_has_no_number_that_is_none(swept):
    text = swept.record.to_json()
    assert "NaN" not in text
    assert "Infinity" not in text
    for region in swept.record.regions:
        assert sum(region.shares) == pytest.approx(1)
        assert region.lowest <= region.quantiles[0] <= region.quantiles[-1] <= region.highest
        assert sum(region.histogram) == 3000
    assert sum(swept.record.moved) == pytest.approx(1)


def test_a_wrong_split_is_refused(asked):
    chain, frame = asked.job.chain, asked.job.frame
    samples = chain.samples(chain.cube.points(0, 64), 0)
    rates, reached = asked.job.rates(samples)
    rates[3, 17] += 1e-6
    with pytest.raises(SampleWrong, match="sample 17"):
        Summary.empty(frame).take(frame, samples, rates, reached)


def test_a_sample_that_is_not_the_models_is_an_error_with_its_seed(asked, monkeypatch):
    compared, worst = held_against_model(asked, 5)
    assert compared == 5
    assert worst < 1e-9
    honest = HotLeximin.solve

    def shifted(self, problem):
        split = honest(self, problem)
        return replace(split, rates=split.rates + 1e-6)

    monkeypatch.setattr(HotLeximin, "solve", shifted)
    with pytest.raises(SampleDiffers, match="seed 3"):
        held_against_model(asked, 5)


def test_samples_of_the_same_coefficients_share_one_model_of_record(monkeypatch):
    scenario = load_scenario("guangxi-13fyp", ["growth_uncertainty=5%"])
    built, honest = [], leximin_module.compiled_program
    monkeypatch.setattr(leximin_module, "compiled_program", lambda *args: built.append(args) or honest(*args))
    for over, models in ((("weights", "spread"), 1), (("growth",), 5)):
        asked = prepare(scenario, SweepOptions(samples=64, over=over, seed=3))
        built.clear()
        assert held_against_model(asked, 5)[0] == 5
        assert len(built) == models


def test_rules_that_amount_to_bounds_stay_in_the_closed_form(guangxi_folder):
    rules = (
        "rules:\n"
        "  - {id: pilots, type: floor, rate: 20%, where: [南宁, 桂林], reason: {zh: 试点, en: pilots}}\n"
        "  - {id: poor, type: ceiling, rate: 13%, where: [河池, 百色], reason: {zh: 欠发达, en: poor}}\n"
        "  - {id: order, type: order, reason: {zh: 排序, en: order}}\n"
    )
    path = guangxi_folder / "scenario.yaml"
    path.write_text(path.read_text("utf-8").replace("rules: []\n", rules), "utf-8")
    scenario = load_scenario(path)
    lower, upper = folded_bounds(scenario)
    assert (lower <= upper).all()
    record = sweep(scenario, SweepOptions(samples=500)).record
    assert record.design.closed_form
    # held against the linear programs with all rules as rows
    assert record.design.held_against_model == 4
    assert record.design.worst_difference < 1e-9
    by_name = {region.name: region for region in record.regions}
    assert by_name["南宁"].lowest >= 0.2 - 1e-12
    assert by_name["河池"].highest <= 0.13 + 1e-12


def capped(folder, *rules):
    """Return Guangxi with two budgets that bind in some samples, and with other rules."""
    caps = (
        "{id: inland, type: budget, limit: 8900, where: [柳州, 贵港, 百色], reason: {zh: 总量, en: cap}}",
        "{id: coast, type: budget, limit: 6350, where: [防城港, 钦州, 北海], reason: {zh: 总量, en: cap}}",
    )
    path = folder / "scenario.yaml"
    lines = "".join(f"  - {rule}\n" for rule in (*caps, *rules))
    path.write_text(path.read_text("utf-8").replace("rules: []\n", f"rules:\n{lines}"), "utf-8")
    return load_scenario(path)


def test_budgets_of_disjoint_groups_stay_in_the_closed_form(guangxi_folder):
    scenario = capped(guangxi_folder)
    job = prepare(scenario, SweepOptions(samples=60)).job
    assert not job.demands
    assert [group.members.size for group in job.groups] == [3, 3]
    samples = job.chain.samples(job.chain.cube.points(0, 60), 0)
    rates, reached = job.rates(samples)
    by_programs, _ = replace(job, demands=scenario.demands, groups=()).rates(samples)
    np.testing.assert_allclose(rates[:, reached], by_programs[:, reached], rtol=0, atol=1e-9)
    free, _ = replace(job, groups=()).rates(samples)
    assert 5 < (np.abs(free - rates).max(axis=0) > 1e-6).sum() < 60
    record = sweep(scenario, SweepOptions(samples=500)).record
    assert record.design.closed_form
    assert record.design.worst_difference < 1e-9


@pytest.mark.parametrize(
    "rule",
    [
        "{id: order, type: order, reason: {zh: 排序, en: order}}",
        "{id: both, type: budget, limit: 9000, where: [柳州, 钦州], reason: {zh: 总量, en: cap}}",
        "{id: gap, type: gap, at_most: 9 points, reason: {zh: 差距, en: gap}}",
    ],
)
def test_budgets_with_order_overlap_or_gap_are_for_the_linear_programs(guangxi_folder, rule):
    scenario = capped(guangxi_folder, rule)
    assert budget_groups(scenario.demands, target(scenario).problem.coefficients) is None


@pytest.fixture
def gap(guangxi_folder):
    """Return Guangxi with a gap that binds everywhere."""
    path = guangxi_folder / "scenario.yaml"
    rule = "rules:\n  - {id: gap, type: gap, at_most: 9 points, reason: {zh: 差距, en: gap}}\n"
    path.write_text(path.read_text("utf-8").replace("rules: []\n", rule), "utf-8")
    return load_scenario(path)


def test_rules_go_through_the_linear_programs(gap):
    record = sweep(gap, SweepOptions(samples=100), Failing(99, None)).record
    assert not record.design.closed_form
    assert record.design.held_against_model == 4
    assert record.design.worst_difference < 1e-9
    assert np.ptp([point.rates for point in record.map], axis=1).max() <= 0.09 + 1e-9


def test_processes_give_the_same_bytes(gap):
    job = prepare(gap, SweepOptions(samples=150)).job
    assert job.chunks == 3
    here, there = Summary.empty(job.frame), Summary.empty(job.frame)
    for number in range(3):
        here.add(run_chunk(job, number)[0])
    for _, part, _ in LocalEngine(2).run(job, range(3), False):
        there.add(part)
    for name, array in here.arrays().items():
        assert (array == there.arrays()[name]).all(), name


def test_preferences_are_plans_of_their_own(guangxi):
    cases = {case.key: case for case in all_cases(plan(guangxi)) if case.kind == "preference"}
    assert list(cases) == ["equal", "capacity", "responsibility", "potential"]
    settings = [f"criteria.{key}.weight={'0.5' if key == 'potential' else '0.25'}" for key in guangxi.file.criteria]
    own = plan(load_scenario("guangxi-13fyp", settings))
    np.testing.assert_allclose(cases["potential"].rates, own.split.rates, rtol=0, atol=1e-9)
    assert cases["potential"].published == own.published


def test_what_alone_has_a_weight_is_not_left_out():
    """The weights of the others are 0: without it nothing would be left to go by."""
    scenario = load_scenario("eu-2030")
    left_out = [case.key for case in all_cases(plan(scenario)) if case.kind == "without_indicator"]
    assert left_out == ["responsibility.emissions", "potential.intensity"]


def test_a_criterion_whose_other_indicators_have_no_weight_goes_with_the_one_that_has():
    given = ["criteria.capacity.within=given", *(f"criteria.capacity.indicators.{key}.weight={weight}"
             for key, weight in (("income", 1), ("wealth", 0), ("industry", 0)))]  # fmt: skip
    scenario = load_scenario("guangxi-13fyp", given)
    cases = {case.key: case for case in all_cases(plan(scenario)) if case.kind == "without_indicator"}
    assert cases["capacity.income"].weights.tolist() == [0, 0.5, 0.5]
    apart = all_cases(plan(load_scenario("guangxi-13fyp", ["criteria.capacity.weight=0"])))
    np.testing.assert_allclose(cases["capacity.income"].rates, next(apart).rates, rtol=0, atol=1e-9)
    assert cases["capacity.wealth"].weights.tolist() == pytest.approx([1 / 3] * 3)


def test_a_region_left_out_is_a_scenario_without_it(guangxi, guangxi_folder):
    table = guangxi_folder / "regions.csv"
    lines = table.read_text("utf-8-sig").splitlines()
    table.write_text("\n".join(line for line in lines if "柳州" not in line), "utf-8")
    scenario = guangxi_folder / "scenario.yaml"
    scenario.write_text(scenario.read_text("utf-8").replace("柳州, ", ""), "utf-8")
    without = target(load_scenario(scenario)).problem
    case = next(c for c in all_cases(plan(guangxi)) if c.key == "450200")
    assert np.isnan(case.rates[1])
    np.testing.assert_allclose(np.delete(case.rates, 1), waterfill(without).rates, rtol=0, atol=1e-9)


def test_an_indicator_left_out_has_no_weight(guangxi):
    case = next(c for c in all_cases(plan(guangxi)) if c.key == "potential.tertiary")
    settings = ["criteria.potential.within=given"]
    settings += [f"criteria.potential.indicators.{key}.weight={w}" for key, w in
                 {"fiscal": 1, "intensity": 1, "tertiary": 0}.items()]  # fmt: skip
    split = plan(load_scenario("guangxi-13fyp", settings)).split
    np.testing.assert_allclose(case.rates, split.rates, rtol=0, atol=1e-9)


class Failing:
    """Computes some chunks and then breaks off."""

    def __init__(self, after, error):
        self.after, self.error = after, error

    def run(self, job, chunks, keep):
        for count, number in enumerate(chunks):
            if count == self.after:
                raise self.error
            yield number, *run_chunk(job, number, keep)


def test_broken_off_and_resumed_is_as_if_nothing_had_been(guangxi, tmp_path):
    options = SweepOptions(samples=800_000, seed=2)
    whole = sweep(guangxi, options).record.to_json()
    with pytest.raises(KeyboardInterrupt):
        sweep(guangxi, options, Failing(2, KeyboardInterrupt()), tmp_path / "out")
    assert (tmp_path / "out.partial" / "state.zip").is_file()
    seen = []
    resumed = sweep(guangxi, options, Failing(99, None), tmp_path / "out", resume=True,
                    watch=Watch(begin=lambda n, done: seen.append((n, done))))  # fmt: skip
    assert resumed.record.to_json() == whole
    assert seen == [(800_000, 2 * 262_144)]


def test_another_sweep_is_not_resumed(guangxi, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        sweep(guangxi, SweepOptions(samples=600_000), Failing(1, KeyboardInterrupt()), tmp_path / "out")
    with pytest.raises(InputError) as caught:
        sweep(guangxi, SweepOptions(samples=600_000, seed=9), out=tmp_path / "out", resume=True)
    assert caught.value.findings[0].code == "sweep_state_other"
    with pytest.raises(InputError) as caught:
        sweep(guangxi, SweepOptions(samples=600_000), out=tmp_path / "out", resume=True, watch=Watch(form="csv"))
    assert (caught.value.findings[0].code, caught.value.findings[0].values["found"]) == ("sweep_state_other", "keep")
    with pytest.raises(InputError) as caught:
        sweep(guangxi, SMALL, out=tmp_path / "other", resume=True)
    assert caught.value.findings[0].code == "sweep_nothing_to_resume"


def test_a_full_disk_is_a_sentence(asked, tmp_path, monkeypatch):
    checkpoint = Checkpoint.beside(tmp_path / "out", {})
    checkpoint.start()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zipfile.ZipFile.writestr", full)
    from allocator.sweeping.checkpoint import State

    with pytest.raises(InputError, match="disk is full"):
        checkpoint.save(State(Summary.empty(asked.job.frame), {0}))
    assert not list(checkpoint.folder.iterdir())


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ({"samples": 0}, ["sweep_samples"]),
        ({"samples": -3, "seed": -1}, ["sweep_samples", "sweep_seed"]),
        ({"fixed": {"capacity": 1.5, "nobody": 0.1}}, ["sweep_fix_range", "sweep_fix_unknown"]),
        ({"fixed": {"capacity": 0.7, "potential": 0.6}}, ["sweep_fix_sum"]),
        ({"fixed": {"capacity": 0.4, "potential": 0.4}}, ["sweep_nothing_free"]),
        ({"fixed": {"capacity": 1.0}}, ["sweep_nothing_free"]),
        ({"fixed": {"capacity": 0.4}, "over": ("spread",)}, ["sweep_fix_unused"]),
        ({"over": ("weights", "wheather")}, ["sweep_over"]),
        ({"over": ()}, ["sweep_over"]),
        ({"sampler": "sobol"}, ["sweep_sampler"]),
        ({"sampler": "grid", "samples": 2}, ["sweep_grid_small"]),
        ({"concentration": 5.0}, ["sweep_concentration"]),
        ({"sampler": "around", "concentration": 0.0}, ["sweep_concentration"]),
        ({"over": ("growth",)}, ["sweep_no_margins"]),
    ],
)
def test_bad_options_are_said_together(guangxi, options, codes):
    with pytest.raises(InputError) as caught:
        prepare(guangxi, SweepOptions(**options))
    assert sorted(finding.code for finding in caught.value.findings) == codes
    for finding in caught.value.findings:
        assert finding.say("zh")
        assert finding.say("en")


def test_record_is_json(swept):
    document = json.loads(swept.record.to_json())
    assert document["schema_version"] == 1
    assert len(document["regions"]) == 14
    kinds = [case["kind"] for case in document["cases"]]
    assert kinds == ["plan"] + ["preference"] * 4 + ["without_indicator"] * 9 + ["without_region"] * 14


def test_an_order_that_bounds_cannot_say_goes_through_the_linear_programs(negative_order):
    scenario = load_scenario(negative_order)
    base = plan(scenario)
    assert base.split.rates == pytest.approx([-0.10, -0.10, 0.50])
    sweep(scenario, SweepOptions(samples=8, over=("spread",)))  # every sample is held against the model
    job = prepare(scenario, SweepOptions(samples=8, over=("spread",))).job
    rates, reached = job.rates(job.chain.samples(np.random.default_rng(0).random((1, 4)), 0))
    assert reached.all()
    assert rates == pytest.approx(np.tile(base.split.rates[:, None], 4))


@pytest.fixture(scope="module")
def stopped(guangxi, tmp_path_factory):
    """Return the folder of an output whose sweep was broken off."""
    folder = tmp_path_factory.mktemp("stopped")
    with pytest.raises(KeyboardInterrupt):
        sweep(guangxi, SweepOptions(samples=600_000), Failing(1, KeyboardInterrupt()), folder / "out")
    return folder / "out"


def parts(out):
    """Return what a state says of itself, and its summary."""
    with zipfile.ZipFile(out.with_name("out.partial") / "state.zip") as archive:
        return json.loads(archive.read("state.json")), archive.read("state.bin")


def packed(told, content, how=zipfile.ZIP_STORED, sealing=True):
    """Return a state file of these, with a seal that fits."""
    if sealing and isinstance(told, dict):
        told = told | {"summary": hashlib.sha256(content).hexdigest()}
        told["digest"] = seal(told).model_dump()
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", how) as archive:
        archive.writestr("state.json", told if isinstance(told, str) else json.dumps(told))
        archive.writestr("state.bin", content)
    return raw.getvalue()


def in_header(raw, place, value):
    """Return an archive with another byte at `place` of the last header of its list."""
    changed, at = bytearray(raw), raw.rfind(b"PK\x01\x02")
    changed[at + place] = value
    return bytes(changed)


def altered(content):
    """Return a summary with one more sample in its histogram."""
    numbers = np.frombuffer(content, np.int64).copy()
    numbers[200] += 1
    return numbers.tobytes()


DAMAGES = {
    "no archive": lambda told, content: b"PK\x03\x04 not really",
    "nothing": lambda told, content: b"",
    "cut off": lambda told, content: packed(told, content)[:-500],
    "packed": lambda told, content: packed(told, content, zipfile.ZIP_DEFLATED),
    "bomb": lambda told, content: packed(told, bytes(10**8), zipfile.ZIP_DEFLATED),
    "unknown method": lambda told, content: in_header(packed(told, content), 10, 99),
    "enciphered": lambda told, content: in_header(packed(told, content), 8, 1),
    "newer format": lambda told, content: in_header(packed(told, content), 6, 250),
    "other summary": lambda told, content: packed(told, altered(content), sealing=False),
    "other chunks": lambda told, content: packed(told | {"done": [0, 1]}, content, sealing=False),
    "short": lambda told, content: packed(told, content[:-8]),
    "empty": lambda told, content: packed(told, b""),
    "long": lambda told, content: packed(told, content + bytes(8)),
    "list": lambda told, content: packed("[]", content),
    "deep": lambda told, content: packed("[" * 100_000, content),
    "no digest": lambda told, content: packed({}, content, sealing=False),
    "no list": lambda told, content: packed(told | {"done": None}, content),
    "no number": lambda told, content: packed(told | {"done": [0.5]}, content),
    "beyond": lambda told, content: packed(told | {"done": [3]}, content),
    "below": lambda told, content: packed(told | {"done": [-1]}, content),
    "infinite": lambda told, content: packed(json.dumps(told).replace("[0]", "[1e400]"), content),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_state_is_said_to_be_damaged(guangxi, stopped, damage, tmp_path):
    shutil.copytree(stopped.with_name("out.partial"), tmp_path / "out.partial")
    (tmp_path / "out.partial" / "state.zip").write_bytes(DAMAGES[damage](*parts(stopped)))
    words = [
        "sweep",
        "guangxi-13fyp",
        "--samples",
        "600000",
        "--resume",
        "--lang",
        "en",
        "--out",
        str(tmp_path / "out"),
    ]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2
    assert result.stderr == (
        f"error: {tmp_path / 'out.partial'}: the unfinished sweep is damaged and cannot go on. "
        "Leave out --resume to start again.\n"
    )


def test_a_state_packed_anew_is_gone_on_with(guangxi, stopped, tmp_path):
    shutil.copytree(stopped.with_name("out.partial"), tmp_path / "out.partial")
    (tmp_path / "out.partial" / "state.zip").write_bytes(packed(*parts(stopped)))
    assert (
        sweep(guangxi, SweepOptions(samples=600_000), out=tmp_path / "out", resume=True).record.design.samples
        == 600_000
    )
