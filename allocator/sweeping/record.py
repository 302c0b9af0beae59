"""The record of a sweep: what sweep.json holds, put together from samples, answers and cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from allocator.planning.rules import effort
from allocator.sweeping.answers import (
    NoRates,
    Radius,
    Rates,
    certified,
    exactly_under,
    nearest_under,
    rates_under,
    sobol,
    sobol_points,
    stability,
    swings,
)
from allocator.sweeping.cases import SweepCase, all_cases
from allocator.sweeping.designs import AROUND, lattice
from allocator.sweeping.job import Job, Prepared
from allocator.sweeping.levels import ClassLevels
from allocator.sweeping.options import CONCENTRATION, GROWTH
from allocator.sweeping.proof import held_against_model, rounded
from allocator.sweeping.summary import Frame, Summary
from reports.records import in_both
from reports.sweeping.record import (
    QUANTILES,
    CaseRecord,
    ClassRecord,
    CriterionRecord,
    DesignRecord,
    MapPoint,
    PairRecord,
    RadiusRecord,
    RegionSweep,
    SweepRecord,
    SwingRecord,
)
from scenarios.errors import InputError
from scenarios.schema_types import Words
from solvers.effort import Effort
from solvers.problem import Infeasible, SplitProblem

Array = NDArray[np.float64]

HELD_AGAINST = 100
"""Samples computed again by the linear programs of record, in provinces of up to 100 regions; fewer in larger ones."""
ROUNDED = 60
"""Samples that are rounded and classed like the plan, in provinces of up to 14 regions; fewer in larger ones."""
_MAP_STEPS = 40
_MOST_PAIRS = 200
_HISTOGRAM = 60


def sweep_record(asked: Prepared, summary: Summary, stage: Callable[[str], None]) -> SweepRecord:
    """Return everything that is published about a sweep."""
    job, base, scenario = asked.job, asked.plan, asked.scenario
    n = len(scenario.regions)
    if not summary.samples[0]:
        raise InputError.of(
            "sweep_all_refused",
            scenario.place("reference"),
            refused=int(summary.refused[0]),
            unreached=int(summary.unreached[0]),
        )
    stage("model")
    checked = max(3, HELD_AGAINST if n <= 100 else HELD_AGAINST * 100 // n)
    compared, worst = held_against_model(asked, checked)
    stage("rounding")
    tried, kept, changed = rounded(asked, max(3, ROUNDED * 14 // max(n, 14)))
    stage("weights")
    names = list(scenario.file.criteria)
    weights = np.array([base.targeting.weights.criteria[name] for name in names])
    rates, slow = rates_under(job), bool(job.demands)
    exact = effort(scenario) if asked.options.exact else None
    shown, notices = _shown(job, base.targeting.problem, rates, weights, slow, exact)
    stage("cases")
    cases = tuple(_case_record(case, asked.levels) for case in all_cases(base))
    return SweepRecord(
        **scenario.measured.told,
        scenario=scenario.file.name,
        title=scenario.file.title,
        basis=scenario.file.basis,
        target=scenario.baseline.target,
        asked=_asked(asked),
        point_10kt=scenario.baseline.point_worth,
        design=_design_record(asked, summary, compared, worst),
        criteria=tuple(
            CriterionRecord(
                key=name,
                label=scenario.file.criteria[name].label or Words(zh=name, en=name),
                weight=float(weight),
            )
            for name, weight in zip(names, weights, strict=True)
        ),
        classes=_class_records(asked.levels),
        classes_published=asked.levels.published,
        histogram_edges=_edges(job.frame),
        regions=_region_records(asked, summary, shown, names),
        pairs=_pair_records(asked, summary),
        moved=tuple((summary.moved / summary.samples[0]).tolist()),
        tables_kept=float(summary.moved[0] / summary.samples[0]),
        rounded_samples=tried,
        rounded_kept=kept / tried if tried else 0.0,
        rounded_changed=changed,
        cases=cases,
        map=shown.map,
        notices=(
            *(in_both(finding.say) for finding in (*scenario.notices, *base.targeting.notices)),
            *notices,
        ),
        inputs={source.name: source.sha256 for source in scenario.inputs},
        versions={name: version(name) for name in ("carbon-target-allocator", "numpy", "scipy", "highspy", "pyomo")},
        options=scenario.overrides,
    )


def _asked(asked: Prepared) -> float | None:
    """Return what both targets need at planned growth, where a cap asks more there or may under other growth."""
    baseline = asked.scenario.baseline
    more = baseline.asks_more or (baseline.total is not None and GROWTH in asked.options.over)
    return float(baseline.asked) if more else None


@dataclass(frozen=True, eq=False)
class _Shown:
    """What the weights do, see `allocator.sweeping.answers`."""

    radii: list[Radius | None]
    swing_weights: Array
    swing_rates: Array
    first: Array
    total: Array
    map: tuple[MapPoint, ...] = field(default=())


def _radii(
    job: Job, problem: SplitProblem, rates: Rates, weights: Array, slow: bool, exact: Effort | None
) -> list[Radius | None]:
    """Return the stability radii: what the search finds, and the closed form where there is one.

    `exact`: for integer programs where bounds may bind; None: none.
    """
    p, thresholds = job.chain.province, job.frame.thresholds
    found = stability(rates, weights, thresholds, slow)
    near = nearest_under(job, problem, rates) if thresholds.size else None
    if near is None:
        return found
    shares = problem.coefficients / problem.coefficients.sum()
    exactly = None if exact is None else exactly_under(job, near, shares, exact)
    return certified(found, near, rates, thresholds, p.lower, p.upper, exactly)


def _shown(
    job: Job, problem: SplitProblem, rates: Rates, weights: Array, slow: bool, exact: Effort | None
) -> tuple[_Shown, tuple[Words, ...]]:
    """Return the answers about weights; where some weights have no split, none of them and a notice that says so."""
    n, k = len(job.chain.province), weights.size
    try:
        radii = _radii(job, problem, rates, weights, slow, exact)
        ends, found = swings(rates, weights)
        first, total = sobol(rates, k, sobol_points(n, slow), job.chain.seed)
        points = lattice(k, 12 if slow else _MAP_STEPS) if 1 < k <= 3 and n <= 100 else np.empty((k, 0))
        mapped = rates(points) if points.shape[1] else np.empty((n, 0))
    except (NoRates, Infeasible):
        nothing = np.zeros((n, k))
        said = Words(
            zh="有的权重下没有可行的分解，因此不给出稳定半径、权重影响和权重图。",
            en="some weights have no split; stability radii, effects of weights and the map are left out.",
        )
        plain = np.repeat(weights[:, None], 2, axis=1)
        return _Shown([None] * n, plain, np.zeros((n, 0, 2)), nothing, nothing), (said,)
    points_shown = tuple(
        MapPoint(weights=tuple(points[:, j].tolist()), rates=tuple(mapped[:, j].tolist()))
        for j in range(points.shape[1])
    )
    return _Shown(radii, ends, found, first, total, points_shown), ()


def _design_record(asked: Prepared, summary: Summary, checked: int, worst: float) -> DesignRecord:
    options, job = asked.options, asked.job
    return DesignRecord.of(
        options,
        concentration=(options.concentration or CONCENTRATION) if options.sampler == AROUND else None,
        fixed=dict(options.fixed),
        samples=int(summary.samples[0]),
        refused=int(summary.refused[0]),
        unreached=int(summary.unreached[0]),
        closed_form=not job.demands,
        misfit=float(summary.misfit[0]),
        held_against_model=checked,
        worst_difference=worst,
        compared_pairs=int(summary.compared[0]),
    )


def _class_records(found: ClassLevels) -> tuple[ClassRecord, ...]:
    k = found.rates.size
    return tuple(
        ClassRecord(
            number=number,
            rate=float(found.rates[k - number]),
            lowest=float(found.thresholds[k - number - 1]) if number < k else None,
            highest=float(found.thresholds[k - number]) if number > 1 else None,
        )
        for number in range(1, k + 1)
    )


def _edges(frame: Frame) -> tuple[float, ...]:
    """Return the edges of the bins that are shown: neighbouring bins put together."""
    per = -(-frame.bins // _HISTOGRAM)
    return tuple(frame.lowest + frame.width * per * np.arange(-(-frame.bins // per) + 1))


def _shown_histogram(frame: Frame, row: NDArray[np.int64]) -> tuple[int, ...]:
    per = -(-frame.bins // _HISTOGRAM)
    return tuple(np.add.reduceat(row, np.arange(0, frame.bins, per)).tolist())


def _region_records(asked: Prepared, summary: Summary, shown: _Shown, names: list[str]) -> tuple[RegionSweep, ...]:
    """Return what the samples and the answers say about each region."""
    scenario, job, found = asked.scenario, asked.job, asked.levels
    regions, baseline = scenario.regions, scenario.baseline
    samples = int(summary.samples[0])
    counts, central = summary.class_counts()[:, ::-1], summary.class_weights()[:, ::-1]
    quantiles, means = summary.quantiles(job.frame, np.array(QUANTILES)), summary.means()
    computed, published = asked.plan.split.rates, asked.plan.published
    own = found.numbers(computed)
    records = []
    for n in range(len(regions)):
        shares = counts[n] / samples
        records.append(
            RegionSweep(
                **regions.named(n),
                rate=float(computed[n]),
                published_rate=float(published[n]),
                class_=int(own[n]),
                point_10kt=float(0.01 * baseline.emissions[n] * baseline.growth[n]),
                mean=float(means[n]),
                quantiles=tuple(quantiles[:, n].tolist()),
                lowest=float(summary.lowest[n]),
                highest=float(summary.highest[n]),
                shares=tuple(shares.tolist()),
                stands=float(shares[own[n] - 1]),
                central_weights=tuple(
                    tuple(w.tolist()) if count else None for w, count in zip(central[n], counts[n], strict=True)
                ),
                at_lower=float(summary.at_lower[n] / samples),
                at_upper=float(summary.at_upper[n] / samples),
                histogram=_shown_histogram(job.frame, summary.histogram[n]),
                radius=_radius_record(shown.radii[n], found),
                swings=tuple(
                    SwingRecord(
                        criterion=names[k],
                        weight_low=float(shown.swing_weights[k, 0]),
                        weight_high=float(shown.swing_weights[k, 1]),
                        rate_low=float(shown.swing_rates[n, k, 0]),
                        rate_high=float(shown.swing_rates[n, k, 1]),
                    )
                    for k in range(shown.swing_rates.shape[1])
                ),
                first=tuple(shown.first[n].tolist()),
                total=tuple(shown.total[n].tolist()),
            )
        )
    return tuple(records)


def _radius_record(radius: Radius | None, found: ClassLevels) -> RadiusRecord | None:
    if radius is None:
        return None
    return RadiusRecord(
        shift=radius.shift,
        lower=radius.lower,
        weights=tuple(radius.weights.tolist()),
        to_class=int(found.rates.size - radius.above),
    )


def _pair_records(asked: Prepared, summary: Summary) -> tuple[PairRecord, ...]:
    """Return the pairs whose order flips, the most open first."""
    compared = int(summary.compared[0])
    if not compared:
        return ()
    rates, ids = asked.plan.split.rates, asked.scenario.regions.ids
    higher, found = summary.higher, []
    for i in range(rates.size):
        for j in range(i + 1, rates.size):
            if higher[i, j] and higher[j, i]:
                share = float(higher[i, j] / compared)
                found.append(PairRecord(a=ids[i], b=ids[j], a_higher=share, a_higher_in_plan=bool(rates[i] > rates[j])))
    return tuple(sorted(found, key=lambda pair: abs(pair.a_higher - 0.5))[:_MOST_PAIRS])


def _case_record(case: SweepCase, found: ClassLevels) -> CaseRecord:
    rates = () if case.rates is None else tuple(None if np.isnan(r) else float(r) for r in case.rates)
    return CaseRecord(
        kind=case.kind,
        key=case.key,
        label=case.label,
        weights=tuple(case.weights.tolist()),
        rates=rates,
        classes=tuple(None if r is None else int(found.numbers(np.array(r))) for r in rates),
        published=None if case.published is None else tuple(float(r) for r in case.published),
        problem=case.problem,
    )
