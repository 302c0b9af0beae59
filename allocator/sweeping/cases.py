"""Named choices computed beside the samples: preferences, and what is left when one thing is left out.

Four preferences: all criteria alike, and each criterion first: half of the weight, the
others sharing the rest evenly. Then every indicator and every region left out in turn; a
province without a region keeps its target and gets a composition effect of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import Plan, plan
from allocator.planning.reference import target
from allocator.planning.rules import order_folds, solver_rules
from allocator.sweeping.arrays import folded_bounds, has_closed_form
from reports.records import in_both
from scenarios.baseline import Baseline
from scenarios.errors import Collector, InputError
from scenarios.file.schema import Criterion, ScenarioFile
from scenarios.load import Scenario
from scenarios.on_grid import OnGrid
from scenarios.rules.demands import demands
from scenarios.schema_types import Words
from solvers.closed.waterfill import waterfill
from solvers.leximin import leximin
from solvers.problem import Infeasible, SplitProblem

Array = NDArray[np.float64]

FIRST = Decimal("0.5")
"""Weight of the criterion that goes first."""
MOST_REGIONS = 400
"""In larger provinces no region is left out in turn: it would take minutes."""


@dataclass(frozen=True, eq=False)
class SweepCase:
    """One choice and what it gives."""

    # kind, key, label: What it is
    kind: str
    key: str
    label: Words
    weights: Array  # Criterion weights, shape (k,)
    rates: Array | None  # Computed rates, shape (n,), NaN for a region left out; None without a split
    published: tuple[Decimal, ...] | None = None  # Printed rates, where they were made
    problem: Words | None = None  # Why there is no split


def all_cases(base: Plan, progress: Callable[[], None] = lambda: None) -> Iterator[SweepCase]:
    """Give back the plan, the preferences, and every indicator and region left out, in this order."""
    scenario = base.scenario
    names = list(scenario.file.criteria)
    weights = np.array([base.targeting.weights.criteria[name] for name in names])
    yield SweepCase("plan", "plan", Words(zh="本方案", en="the plan"), weights, base.split.rates, base.published)
    for key, label, shares in preferences(scenario):
        yield _planned(key, label, shares, _weighted(scenario, dict(zip(names, shares, strict=True))))
        progress()
    for criterion, settings in scenario.file.criteria.items():
        for key, indicator in settings.indicators.items():
            label = indicator.label or Words(zh=key, en=key)
            changed = _without_indicator(scenario, criterion, key)
            if changed is not None:
                yield _split("without_indicator", f"{criterion}.{key}", label, names, changed, None)
            progress()
    if len(scenario.regions) <= MOST_REGIONS:
        for n, region in enumerate(scenario.regions.ids):
            label = Words(zh=scenario.regions.names[n], en=scenario.regions.names_en[n] or scenario.regions.names[n])
            if len(scenario.regions) > 2:
                yield _split("without_region", region, label, names, _without_region(scenario, n), n)
            progress()


def preferences(scenario: Scenario) -> list[tuple[str, Words, tuple[Decimal, ...]]]:
    """Return key, name and criterion weights of the preference cases."""
    names = list(scenario.file.criteria)
    k = len(names)
    found = [("equal", Words(zh="各准则等权", en="all criteria alike"), (Decimal(1),) * k)]
    if k < 2:
        return found
    for name, criterion in scenario.file.criteria.items():
        label = criterion.label or Words(zh=name, en=name)
        said = Words(zh=f"{label.say('zh')}优先", en=f"{label.say('en')} first")
        rest = (1 - FIRST) / (k - 1)
        found.append((name, said, tuple(FIRST if other == name else rest for other in names)))
    return found


def _weighted(scenario: Scenario, weights: dict[str, Decimal]) -> Scenario:
    criteria = {
        key: criterion.model_copy(update={"weight": weights[key]}) for key, criterion in scenario.file.criteria.items()
    }
    return _with_criteria(scenario, criteria)


def _with_criteria(scenario: Scenario, criteria: dict[str, Criterion]) -> Scenario:
    return replace(scenario, file=scenario.file.model_copy(update={"criteria": criteria}))


def _without_indicator(scenario: Scenario, criterion: str, indicator: str) -> Scenario | None:
    """Return the scenario less one indicator, and its criterion if no other has a weight; None if nothing is left."""
    criteria = dict(scenario.file.criteria)
    left = {key: value for key, value in criteria[criterion].indicators.items() if key != indicator}
    if any(value.weight != 0 for value in left.values()):  # None where the weights come from the figures
        criteria[criterion] = criteria[criterion].model_copy(update={"indicators": left})
    else:
        del criteria[criterion]
    return _with_criteria(scenario, criteria) if any(one.weight for one in criteria.values()) else None


def _without_region(scenario: Scenario, n: int) -> Scenario:
    """Return the scenario less one region; rules that only named it are gone."""
    regions = scenario.regions.without(n)
    names = {scenario.regions.ids[n], scenario.regions.names[n], scenario.regions.names_en[n]} - {""}
    total, left = scenario.baseline.total, sum(regions.emissions) / sum(scenario.regions.emissions)
    file = _less_rules(scenario.file, names)
    return replace(
        scenario,
        file=file,
        regions=regions,
        baseline=Baseline.of(regions, scenario.target, file.margin, total and total.share(Fraction(left))),
        demands=demands(file, scenario.target, regions, Collector()),
        whole=None,
        caps=None,
    )


def _less_rules(file: ScenarioFile, names: set[str]) -> ScenarioFile:
    """Return the file without the region in its rules; growth protection is left out as well."""
    rules = []
    for rule in file.rules:
        if getattr(rule, "region", None) in names:
            continue
        if rule.where is not None and rule.where.regions:
            kept = tuple(name for name in rule.where.regions if name not in names)
            if not kept:
                continue
            rule = rule.model_copy(update={"where": rule.where.model_copy(update={"regions": kept})})
        rules.append(rule)
    return file.model_copy(update={"rules": tuple(rules), "protect": None})


def _planned(key: str, label: Words, weights: tuple[Decimal, ...], scenario: Scenario) -> SweepCase:
    """Return a preference case with its printed rates."""
    shares = np.array([float(Fraction(weight) / Fraction(sum(weights))) for weight in weights])
    try:
        made = plan(scenario)
    except (NoSplit, InputError) as error:
        return SweepCase("preference", key, label, shares, None, None, _why(error))
    return SweepCase("preference", key, label, shares, made.split.rates, made.published)


def _split(kind: str, key: str, label: Words, names: list[str], scenario: Scenario, left_out: int | None) -> SweepCase:
    """Return a case with its computed rates."""
    weights = np.zeros(len(names))
    try:
        targeting = target(scenario)
        weights = np.array([targeting.weights.criteria.get(name, 0.0) for name in names])
        rates = _rates(scenario, targeting.problem)
    except (InputError, Infeasible) as error:
        return SweepCase(kind, key, label, weights, None, None, _why(error))
    if left_out is not None:
        rates = np.insert(rates, left_out, np.nan)
    return SweepCase(kind, key, label, weights, rates)


def _rates(scenario: Scenario, problem: SplitProblem) -> Array:
    """Return the split: in closed form where rules amount to bounds."""
    lower, upper = folded_bounds(scenario)
    if not has_closed_form(scenario.demands, order_folds(scenario)):
        return leximin(problem, tuple(solver_rules(OnGrid.of(scenario).demands).values())).rates
    if (lower > upper).any():
        raise Infeasible
    return waterfill(replace(problem, lower=lower, upper=upper)).rates


def _why(error: Exception) -> Words:
    if isinstance(error, InputError):
        return in_both(error.findings[0].say)
    return Words(zh="在界限和规则内达不到目标", en="the target is out of reach within bounds and rules")
