"""Why there is no split, in figures and in words: by how much, whose bounds, which rules, what would end it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np

from allocator.errors import Stop
from allocator.exit_codes import NO_SPLIT
from allocator.planning.easing import HUNDREDTH, Advice, advice, up
from allocator.planning.incentive import widest
from allocator.planning.protection import largest_protection
from allocator.planning.reference import Targeting, target
from allocator.planning.rules import effort, solver_rules
from reports.printing.numbers import of_reach, telling_digits, within_reach
from reports.words import LABELS
from scenarios.baseline import reach
from scenarios.errors import InputError
from scenarios.file.rules import INCENTIVE
from scenarios.load import Scenario
from scenarios.on_grid import OnGrid
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, listed
from solvers.diagnosing.conflicts import LESS, LOWER, MORE, UPPER, Conflict, conflict, least_change
from solvers.diagnosing.reach import Gap, gap
from solvers.model import Rule
from solvers.problem import SplitProblem


def no_split_statements(error: NoSplit, language: Language) -> list[str]:
    """Return why there is no split: by how much, who is at a bound, the smallest relaxation."""
    scenario, gap = error.scenario, error.gap
    baseline, regions = scenario.baseline, scenario.regions
    grid = per_cent(scenario.file.publish.grid, 4).rstrip("0").rstrip(".")
    if error.conflict is not None:
        return _conflict_statements(error, error.conflict, language)
    if error.incentive:
        return _no_incentive_statements(error, language)
    if gap is None:
        code = "no_split_grid" if scenario.file.publish.classes is None else "no_split_classes"
        return [LABELS.say(code, language, grid=grid), *_more_classes(error, language)]
    within = reach(baseline, regions.lower, regions.upper)
    printable = reach(baseline, regions.lower, OnGrid.of(scenario).upper)
    high = gap.short > 0
    side = "upper" if high else "lower"
    lowest, highest = within_reach(within.lowest, within.highest)
    bounds = regions.upper if high else regions.lower
    named = [f"{name} {per_cent(bound)}%" for name, bound in zip(regions.labels(language), bounds, strict=True)]
    lines = [
        LABELS.say(
            of_reach("no_split_high" if high else "no_split_low", lowest, highest), language,
            target=per_cent(scenario.target + scenario.file.margin), lowest=lowest, highest=highest,
            points=per_cent(abs(gap.short)), tonnes=f"{abs(gap.short) * 100 * baseline.point_worth:,.1f}",
        ),
        LABELS.say(f"who_{side}", language, regions=listed(named, language)),
    ]  # fmt: skip
    if not high:
        lines += _asks_more(scenario, [], -gap.short, language)
    if gap.relaxation is None:
        lines.append(LABELS.say("relax_none", language))
    else:
        by = error.advice.bounds
        said = {"points": per_cent(up(abs(gap.relaxation), HUNDREDTH)), "on_grid": per_cent(by or 0.0)}
        lines.append(LABELS.say(f"relax_{side}" if by else "relax_none", language, **said, grid=grid))
    if high and scenario.incentive is not None and any(scenario.incentive.steps):
        lines.append(LABELS.say("steps_taken", language))
    margin = float(scenario.file.margin)
    if high:
        lines.append(LABELS.say("lower_target", language, highest=per_cent(-up(margin - printable.highest, HUNDREDTH))))
    else:
        lines.append(LABELS.say("raise_target", language, lowest=per_cent(up(within.lowest - margin, HUNDREDTH))))
    return lines


def _more_classes(error: NoSplit, language: Language) -> list[str]:
    """Return how many classes would do, where given rates take classes of their own."""
    if error.classes is None:
        return []
    names = error.scenario.regions.labels(language)
    regions = listed((names[n] for n in error.fixed), language)
    return [LABELS.say("no_split_more_classes", language, regions=regions, classes=error.classes)]


def _no_incentive_statements(error: NoSplit, language: Language) -> list[str]:
    """Return why there are no incentive rates: by how much, and what would end it."""
    file, worth = error.scenario.file, error.scenario.baseline.point_worth
    incentive = error.scenario.incentive
    grid = per_cent(file.publish.grid, 4).rstrip("0").rstrip(".")
    if error.gap is None or incentive is None:
        return [LABELS.say("no_split_incentive_grid", language, grid=grid)]
    short, asked = error.gap.short, float(incentive.target)
    reached = asked + float(file.margin) - short
    lines = [
        LABELS.say(
            "no_split_incentive", language, target=per_cent(incentive.target + file.margin),
            highest=per_cent(reached), points=per_cent(up(short, HUNDREDTH)), tonnes=f"{short * 100 * worth:,.1f}",
        )
    ]  # fmt: skip
    if error.gap.relaxation is not None:
        by = error.advice.bounds
        said = {"points": per_cent(up(error.gap.relaxation, HUNDREDTH)), "on_grid": per_cent(by or 0.0)}
        lines.append(LABELS.say("relax_upper" if by else "relax_none", language, **said, grid=grid))
    step, bounds = Fraction(file.publish.grid), error.scenario.regions
    printed = reach(error.scenario.baseline, bounds.lower, [Fraction(high) // step * step for high in incentive.upper])
    highest = min(asked - short, printed.highest - float(file.margin))
    lines.append(LABELS.say("lower_incentive", language, highest=per_cent(-up(-highest, HUNDREDTH))))
    return lines


def _conflict_statements(error: NoSplit, conflict: Conflict, language: Language) -> list[str]:
    """Return which rules contradict each other, and the smallest change of each lever."""
    scenario, levers = error.scenario, _levers(error.scenario, error.advice, language)
    asked = {demand.id: demand for demand in scenario.demands}
    named = [
        LABELS.say("conflict_rule", language, rule=key, reason=asked[key].reason.say(language))
        for key in conflict.rules
    ]
    more = next((lever.change for lever in conflict.levers if lever.name == MORE), None)
    if more is not None:
        return [*_asks_more(scenario, named, more, language), *levers]
    code = "conflict" if conflict.smallest else "conflict_irreducible"
    return [LABELS.say(code, language, rules=listed(named, language)), *levers]


def _asks_more(scenario: Scenario, named: list[str], more: float, language: Language) -> list[str]:
    """Return that rules (or lower bounds, where none are named) ask for more than the target, and what they leave."""
    asked, digits = float(scenario.target + scenario.file.margin), telling_digits(more * 100, 2, False)
    code = "asks_more" if named else "bounds_ask_more"
    return [
        LABELS.say(
            code, language, rules=listed(named, language), target=per_cent(asked),
            least=per_cent(asked + more, digits),
            points=per_cent(more, digits), tonnes=f"{more * 100 * scenario.baseline.point_worth:,.1f}",
        ),
        LABELS.say("exceed_allow", language),
    ]  # fmt: skip


def _levers(scenario: Scenario, advised: Advice, language: Language) -> list[str]:
    """Return the smallest change of each lever that gives a split by itself."""
    asked = {demand.id: demand for demand in scenario.demands}
    lines = []
    found = any(lever.change is not None for lever in advised.levers)
    lines.append(LABELS.say("levers" if found else "levers_none", language))
    codes = {UPPER: "lever_upper", LOWER: "lever_lower", LESS: "lever_less", MORE: "lever_more"}
    for lever in advised.levers:
        demand = asked.get(lever.name)
        if demand is not None and demand is scenario.protection:
            if lever.change is not None and (most := largest_protection(scenario)) is not None:
                lines.append("  · " + LABELS.say("lever_protect", language, change=f"{most.normalize():f}"))
        elif lever.change == 0 and demand is not None:
            lines.append("  · " + LABELS.say("lever_out", language, rule=lever.name))
        elif lever.change is not None:
            budget = demand is not None and demand.in_emissions
            code = codes.get(lever.name, "lever_budget" if budget else "lever_rule")
            change = f"{lever.change:,.2f}" if budget else per_cent(lever.change)
            lines.append("  · " + LABELS.say(code, language, rule=lever.name, change=change))
    return lines


RATE_LIMIT = 0.99
"""No bound is relaxed beyond this rate."""

SHORTFALL_TOLERANCE = 1e-9
"""By how much a linear program may miss the incentive target and still count as reaching it."""


@dataclass(eq=False)
class NoSplit(Stop):
    """No split can satisfy bounds and rules.

    Without gap and conflict the grid alone is at fault.
    """

    exit_code = NO_SPLIT

    scenario: Scenario  # What was asked
    gap: Gap | None  # How far the target is out of reach of the bounds, in the weighted sum; None when it is within
    conflict: Conflict | None = None  # Which rules contradict each other, and what would end it; None: not the rules
    # fixed, classes: Where classes are asked for, the regions whose rate is given, and how many classes would be
    # enough with them; None when more classes are no help
    fixed: tuple[int, ...] = ()
    classes: int | None = None
    incentive: bool = False  # Whether gap and grid are those of the incentive rates

    def __str__(self) -> str:
        return "no split satisfies bounds, rules and target"

    @cached_property
    def advice(self) -> Advice:
        """What would end it; tried when it is first said."""
        levers = () if self.conflict is None else self.conflict.levers
        return advice(self.scenario, levers, None if self.gap is None else self.gap.relaxation, _splits)

    def statements(self, language: Language) -> list[str]:
        """Return why there is none, and what would end it."""
        return no_split_statements(self, language)

    def __reduce__(self) -> tuple[type[NoSplit], tuple[object, ...]]:
        """Return how to make it again in another process."""
        return NoSplit, (self.scenario, self.gap, self.conflict, self.fixed, self.classes, self.incentive)


def why_no_split(scenario: Scenario, targeting: Targeting, rules: Mapping[str, Rule]) -> NoSplit | None:
    """Return why there is no split, reach before rules and the grid last, or None when there is one.

    `rules`: the rows of its demands, as they are asked.
    """
    limit = (-RATE_LIMIT, RATE_LIMIT)
    given = replace(targeting, problem=_as_asked(scenario, targeting))
    problem = given.problem
    if scenario.file.exceed == "allow":
        problem = replace(problem, at_least=True)
    distance = gap(problem, limit)
    if distance is not None:
        return NoSplit(scenario, distance)
    basic = {key: rule for key, rule in rules.items() if key != INCENTIVE}
    contradiction = conflict(problem, basic, limit, effort(scenario)) if basic else None
    if contradiction is not None:
        return NoSplit(scenario, None, contradiction)
    second = None if scenario.incentive is None else _why_no_incentive(scenario, given, rules, limit)
    return second or (NoSplit(scenario, None) if _grid_forbids(scenario, targeting, limit) else None)


def _splits(scenario: Scenario) -> bool:
    """Return whether a scenario has a split that can be printed; one that cannot be scored has none."""
    limit = (-RATE_LIMIT, RATE_LIMIT)
    try:
        targeting = target(scenario)
    except InputError:
        return False
    given = replace(targeting, problem=_as_asked(scenario, targeting))
    problem = replace(given.problem, at_least=given.problem.at_least or scenario.file.exceed == "allow")
    rules = solver_rules(scenario.demands)
    basic = {key: rule for key, rule in rules.items() if key != INCENTIVE}
    if gap(problem, limit) or least_change(problem, basic, limit, None, effort(scenario)) is None:
        return False
    if scenario.incentive is not None and _why_no_incentive(scenario, given, rules, limit):
        return False
    return not _grid_forbids(scenario, targeting, limit)


def _as_asked(scenario: Scenario, targeting: Targeting) -> SplitProblem:
    """Return the problem with the bounds that the planner gave, wherever they stand on the grid."""
    lower, upper = (np.array(bounds, dtype=float) for bounds in (scenario.regions.lower, scenario.regions.upper))
    return replace(targeting.problem, lower=lower, upper=upper)


def _grid_forbids(scenario: Scenario, targeting: Targeting, limit: tuple[float, float]) -> bool:
    """Return whether what was asked, moved to the grid, leaves nothing; what it leaves can be rounded up."""
    demands, problem, given = targeting.demands, targeting.problem, _as_asked(scenario, targeting)
    if demands == scenario.demands and (problem.lower == given.lower).all() and (problem.upper == given.upper).all():
        return False
    rows = {key: rule for key, rule in solver_rules(demands).items() if key != INCENTIVE}
    return least_change(replace(problem, at_least=True), rows, limit, None, effort(scenario)) is None


def _why_no_incentive(
    scenario: Scenario, targeting: Targeting, rules: Mapping[str, Rule], limit: tuple[float, float]
) -> NoSplit | None:
    """Return why there are no incentive rates above any basic ones, or None when there are some."""
    if INCENTIVE not in rules:
        distance = gap(widest(scenario, targeting), limit)
        return None if distance is None else NoSplit(scenario, distance, incentive=True)
    short = least_change(targeting.problem, rules, limit, INCENTIVE, effort(scenario))
    if short is None:
        return NoSplit(scenario, None, conflict(targeting.problem, rules, limit, effort(scenario)))
    return NoSplit(scenario, Gap(short, None), incentive=True) if short > SHORTFALL_TOLERANCE else None
