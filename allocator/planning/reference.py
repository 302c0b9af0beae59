"""From scores to reference rates to the split problem.

    S_i = Σ_k w_k z_ik                     score
    R*  = (R + sigma + margin)/(1 + sigma) the uniform rate that backs the target
    S̄   = Σ a_i S_i / Σ a_i
    linear        ref_i = R* + h (S_i - S̄),   h = spread / (S_max - S_min)
    proportional  ref_i = R* S_i / S̄
    uniform       ref_i = R*

Of a share of non-fossil energy ref_i = φ_i + R* + …, φ that of the base year and R* the rise that suffices for all.
All three back the target exactly before bounds, because Σ a_i (S_i - S̄) = 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from allocator.planning.indicators import IndicatorTable, indicator_table
from allocator.planning.weights import Weights, weigh
from scenarios.baseline import Baseline
from scenarios.errors import Collector, Finding, InputError
from scenarios.load import Scenario
from scenarios.on_grid import OnGrid
from scenarios.rules.kinds import Demand
from scenarios.total.level import refuse_fossil
from solvers.problem import SplitProblem

Array = NDArray[np.float64]

NO_SCORE = 1e-12
"""Scores up to this are zero but for rounding errors: such a region has no share of a proportional split."""


@dataclass(frozen=True, eq=False)
class Targeting:
    """What the scores ask of n regions, and why."""

    # indicators, weights: What the scores come from
    indicators: IndicatorTable
    weights: Weights
    scores: Array  # S, shape (n,)
    # How far each indicator moves a region's reference rate from the uniform rate, fractions, shape (n, m); a row
    # adds up to ``reference - uniform_rate``
    effects: Array
    problem: SplitProblem  # The split problem, whose `reference` holds the reference rates; bounds are on the grid
    within: OnGrid  # What the grid leaves of bounds and rules: those of the problem, exact
    notices: tuple[Finding, ...]  # What must be said

    @property
    def demands(self) -> tuple[Demand, ...]:
        """The rules, on the grid like the problem's bounds."""
        return self.within.demands


def target(scenario: Scenario) -> Targeting:
    """Score the regions of a scenario and return the split that the scores ask for.

    Raises InputError: indicators or weights that cannot be used, or a reference rate not above zero (for levels alone).
    """
    refuse_fossil(scenario.regions, scenario.place("quantity"))
    if scenario.above is not None:
        from allocator.output.own_files import refuse_altered

        refuse_altered(scenario.above.path, scenario.above.source.sha256)
    baseline = scenario.baseline
    if baseline.required <= 0 and not scenario.measured.is_level:
        raise InputError.of("required_not_positive", scenario.place("target"), found=f"{baseline.required * 100:.2f}")
    collector = Collector()
    table, weights, scores, slope = _scored(scenario, collector)
    shares = baseline.coefficients / baseline.coefficients.sum()
    centred = table.normalised - shares @ table.normalised
    effects = slope * centred * weights.total
    reference = _uniform(scenario) + effects.sum(axis=1)
    relative = scenario.file.reference.deviation == "relative"
    if scenario.share is not None:
        if relative:
            raise InputError.of("relative_of_share", scenario.place("reference", "deviation"))
    elif not scenario.measured.is_level:
        _check_positive(scenario, scores, reference)
    elif relative:
        _check_relative(scenario, reference)
    within, lower = OnGrid.of(scenario), tuple(map(Fraction, scenario.regions.lower))
    moved = (within.lower, within.demands) != (lower, scenario.demands)
    in_reach = float(baseline.coefficients @ np.array(lower, dtype=float)) <= baseline.required
    problem = SplitProblem(
        coefficients=baseline.coefficients,
        total=baseline.required,
        reference=reference,
        scale=reference if relative else np.ones_like(reference),
        lower=np.array(within.lower, dtype=float),
        upper=np.array(within.upper, dtype=float),
        at_least=scenario.protection is not None and scenario.protection.budget > 0,
        may_exceed=scenario.file.exceed == "allow" or (moved and in_reach),
    )
    notices = (*table.notices, *weights.notices, *collector.notices)
    return Targeting(table, weights, scores, effects, problem, within, notices)


def _scored(scenario: Scenario, collector: Collector) -> tuple[IndicatorTable, Weights, Array, float]:
    """Return indicators, weights and scores of the regions, and h.

    Where they are scored among others, scales, weights and h are those of all of these.
    """
    among = scenario.among
    scored = scenario if among is None else replace(scenario, regions=among.regions)
    table = indicator_table(scored)
    weights = weigh(scored, table)
    scores = table.normalised @ weights.total
    if among is None:
        return table, weights, scores, _slope(scenario, scenario.baseline, scores, collector)
    rows = list(among.rows)
    own = scores[rows]
    spread_over = own if scenario.file.reference.map == "proportional" else scores
    return table.of_rows(rows), weights, own, _slope(scenario, scenario.baseline, spread_over, collector)


def _uniform(scenario: Scenario) -> Array:
    """Return the rate of each region when all do alike: of a share its own and the same rise for all."""
    share, n = scenario.share, len(scenario.regions)
    if share is None:
        return np.full(n, scenario.baseline.uniform_rate)
    margin = Fraction(scenario.file.margin)
    return np.array([float(own + share.uniform_rise + margin) for own in share.shares])


def _slope(scenario: Scenario, baseline: Baseline, scores: Array, collector: Collector) -> float:
    """Return h: how far the reference rate moves per unit of score."""
    settings = scenario.file.reference
    if settings.map == "uniform":
        return 0.0
    if settings.map == "proportional":
        even = baseline.uniform_rate if scenario.share is None else float(scenario.share.uniform_rise)
        if even <= 0:
            code = "proportional_to_rise" if scenario.share is None else "proportional_to_none"
            raise InputError.of(code, scenario.place("reference", "map"), found=f"{even * 100:.2f}")
        if scores.min() <= NO_SCORE:
            name = scenario.regions.names[int(scores.argmin())]
            raise InputError.of("proportional_not_positive", scenario.place("reference", "map"), name=name)
        mean = float(baseline.coefficients @ scores / baseline.coefficients.sum())
        return even / mean
    spread = np.ptp(scores)
    if spread <= 1e-12:
        collector.notice("flat_scores", scenario.place("reference"))
        return 0.0
    return float(settings.spread or 0) / float(spread)


def _check_relative(scenario: Scenario, reference: Array) -> None:
    """Refuse deviations relative to a reference that is no fall."""
    worst = int(reference.argmin())
    if reference[worst] <= 0:
        raise InputError.of(
            "relative_to_rise",
            scenario.place("reference", "deviation"),
            name=scenario.regions.names[worst],
            found=f"{reference[worst] * 100:.2f}",
        )


def _check_positive(scenario: Scenario, scores: Array, reference: Array) -> None:
    """Refuse a reference rate at or below zero, with the largest spread that avoids it."""
    worst = int(reference.argmin())
    if reference[worst] > 0:
        return
    baseline = scenario.baseline
    mean = float(baseline.coefficients @ scores / baseline.coefficients.sum())
    largest = baseline.uniform_rate * float(np.ptp(scores)) / (mean - scores[worst])
    raise InputError.of(
        "reference_not_positive",
        scenario.place("reference", "spread"),
        name=scenario.regions.names[worst],
        found=f"{reference[worst] * 100:.2f}",
        largest=f"{math.ceil(largest * 1000 - 1) / 10:.1f}",
    )
