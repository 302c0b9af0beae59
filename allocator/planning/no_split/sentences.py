"""Why there is no split, in words: by how much, whose bounds, which rules, and what would end it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from allocator.planning.no_split.advice import HUNDREDTH, SEARCH, Advice, up
from allocator.planning.no_split.reason import Reason
from reports.printing.falls import in_words
from reports.printing.numbers import apart, minus, of_reach, telling_digits, tonnes, within_reach
from reports.words import LABELS, for_goal, goal
from scenarios.baseline import Reach, reach
from scenarios.load import Scenario
from scenarios.on_grid import holds_value
from scenarios.rules.kinds import Demand, Held, Negotiated
from scenarios.tables.cells import exact_per_cent, grid_digits, per_cent
from scenarios.wording import Language, listed
from solvers.diagnosing.conflicts import LESS, LOWER, MORE, UPPER, Conflict
from solvers.diagnosing.reach import Gap


def no_split_statements(reason: Reason, advised: Advice, language: Language) -> list[str]:
    """Return why there is no split: by how much, who is at a bound, and what would end it."""
    if reason.conflict is not None:
        lines = _conflict_statements(reason, advised, reason.conflict, language)
    elif reason.incentive:
        lines = _no_incentive_statements(reason, advised, language)
    elif reason.gap is not None:
        lines = _out_of_reach_statements(reason, advised, reason.gap, language)
    else:
        lines = _no_table_statements(reason, advised, language)
    if any(_negotiated(demand, reason.scenario) for demand in reason.scenario.demands):
        lines.append(LABELS.say("advice_in_rounds", language))
    return [*lines, *([LABELS.say("advice_late", language, seconds=f"{SEARCH:g}")] if advised.late else [])]


def _out_of_reach_statements(reason: Reason, advised: Advice, gap: Gap, language: Language) -> list[str]:
    """Return by how much the bounds miss the target, who stands there, and what would end it."""
    scenario = reason.scenario
    regions, high = scenario.regions, gap.short > 0
    within = reach(scenario.baseline, regions.lower, regions.upper)
    side, bounds = ("upper", regions.upper) if high else ("lower", regions.lower)
    target, lowest, highest = _told_apart(float(scenario.baseline.asked), within, high)
    named = [f"{name} {minus(per_cent(bound))}%" for name, bound in zip(regions.labels(language), bounds, strict=True)]
    lines = [
        LABELS.say(
            of_reach("no_split_high" if high else "no_split_low", lowest, highest), language,
            target=target, lowest=lowest, highest=highest,
            **in_words(language, target=scenario.baseline.asked),
            points=per_cent(up(abs(gap.short), HUNDREDTH)),
            tonnes=f"{abs(gap.short) * 100 * scenario.baseline.point_worth:,.1f}",
        ),
        *_target(scenario, language),
        LABELS.say(f"who_{side}", language, regions=listed(named, language)),
    ]  # fmt: skip
    if not high:
        lines += _asks_more(reason, advised, [], -gap.short, language)
    lines += _no_value(scenario, language)
    if high or scenario.share is None:  # no share falls below that of the base year
        lines += _moving_bounds(reason, advised, gap, language)
    if high and scenario.incentive is not None and any(scenario.incentive.steps):
        lines.append(LABELS.say("steps_taken", language))
    if advised.target is not None:
        code = "lower_target" if high else "raise_target"
        lines.append(LABELS.say(code, language, target=_points(advised.target, scenario)))
    return [*lines, *_larger_cap("larger_cap", advised, language)]


def _told_apart(asked: float, within: Reach, high: bool) -> tuple[str, str, str]:
    """Return the target and both ends of the reach as printed: the end that it misses is another figure.

    `high`: whether the target is above the reach.
    """
    lowest, highest = map(minus, within_reach(within.lowest, within.highest))
    target = minus(per_cent(asked))
    if target != (highest if high else lowest):
        return target, lowest, highest
    missed = within.highest if high else within.lowest
    low, over, _ = apart(min(asked, missed), max(asked, missed))
    target, end = (over, low) if high else (low, over)
    if lowest == highest:
        return target, end, end
    return (target, lowest, end) if high else (target, end, highest)


def _larger_cap(code: str, advised: Advice, language: Language) -> list[str]:
    return [] if advised.cap is None else [LABELS.say(code, language, cap=f"{advised.cap:,.0f}")]


def _target(scenario: Scenario, language: Language) -> list[str]:
    """Return what the target that the cities must reach is made of, where it is not the province's."""
    file, total, lines = scenario.file, scenario.baseline.total, []
    if total is not None and scenario.baseline.total_binds:
        values = {"cap": tonnes(float(total.cap)), "reserve": tonnes(float(total.reserve))}
        lines.append(LABELS.say("target_of_cap", language, target=minus(per_cent(scenario.target)), **values))
    if scenario.sums is not None and scenario.target != file.target:
        province, cities = minus(per_cent(file.target)), minus(per_cent(scenario.target))
        lines.append(LABELS.say("target_of_cities", language, province=province, cities=cities))
    if file.margin:
        lines.append(
            LABELS.say(
                "margin_within",
                language,
                target=minus(per_cent(scenario.target)),
                margin=per_cent(file.margin),
                **in_words(language, target=scenario.target),
            )
        )
    return lines


def _no_value(scenario: Scenario, language: Language) -> list[str]:
    """Return which regions have no value of the grid between their bounds."""
    grid, regions = Fraction(scenario.file.publish.grid), scenario.regions
    bounds = zip(regions.labels(language), regions.lower, regions.upper, strict=True)
    without = [name for name, low, high in bounds if not holds_value(Fraction(low), Fraction(high), grid)]
    said = LABELS.say("no_value", language, grid=_grid(scenario), regions=listed(without, language))
    return [said] if without else []


def _points(value: float | Decimal, scenario: Scenario) -> str:
    """Return a fraction in per cent or points, with the decimals that the grid has."""
    return minus(per_cent(value, max(2, grid_digits(scenario.file.publish.grid))))


def _moving_bounds(reason: Reason, advised: Advice, gap: Gap, language: Language) -> list[str]:
    """Return by how much the bounds on one side must move together."""
    if gap.relaxation is None:
        return [LABELS.say("relax_none", language)]
    code = "relax_upper" if gap.relaxation > 0 else "relax_lower"
    code = f"{code}_untold" if advised.bounds is None else code
    points = per_cent(up(abs(gap.relaxation), HUNDREDTH))
    on_grid = _points(advised.bounds or 0.0, reason.scenario)
    return [LABELS.say(code, language, points=points, on_grid=on_grid, grid=_grid(reason.scenario))]


def _no_table_statements(reason: Reason, advised: Advice, language: Language) -> list[str]:
    """Return that the grid or the classes are at fault, and which would do."""
    publish = reason.scenario.file.publish
    code = "no_split_grid" if publish.classes is None else "no_split_classes"
    both = reason.scenario.baseline.asks_more
    of = goal(both, language) if code == "no_split_classes" else for_goal(both, language)
    lines = [LABELS.say(code, language, grid=_grid(reason.scenario), goal=of), *_no_value(reason.scenario, language)]
    lines += _finer_grid(reason, advised, language)
    if advised.classes is not None:
        names = reason.scenario.regions.labels(language)
        regions = listed((names[n] for n in reason.fixed), language)
        code = "more_classes_given" if advised.classes == reason.classes else "more_classes"
        lines.append(LABELS.say(code, language, regions=regions, classes=advised.classes))
    return lines


def _finer_grid(reason: Reason, advised: Advice, language: Language) -> list[str]:
    grid = advised.grid
    return [] if grid is None else [LABELS.say("finer_grid", language, grid=exact_per_cent(grid))]


def _grid(scenario: Scenario) -> str:
    return exact_per_cent(scenario.file.publish.grid)


def _no_incentive_statements(reason: Reason, advised: Advice, language: Language) -> list[str]:
    """Return why there are no incentive rates: by how much, and what would end it."""
    scenario, gap = reason.scenario, reason.gap
    if gap is None or scenario.incentive is None:
        grid = _grid(scenario)
        return [LABELS.say("no_split_incentive_grid", language, grid=grid), *_finer_grid(reason, advised, language)]
    asked = scenario.of_incentive().baseline.asked
    lines = [
        LABELS.say(
            "no_split_incentive", language, target=minus(per_cent(float(asked))),
            highest=minus(per_cent(-up(gap.short - float(asked), HUNDREDTH))),
            points=per_cent(up(gap.short, HUNDREDTH)),
            tonnes=f"{gap.short * 100 * scenario.baseline.point_worth:,.1f}",
        )
    ]  # fmt: skip
    if gap.relaxation is not None:
        lines += _moving_bounds(reason, advised, gap, language)
    if advised.incentive is not None:
        lines.append(LABELS.say("lower_incentive", language, target=_points(advised.incentive, scenario)))
    return lines


def _conflict_statements(reason: Reason, advised: Advice, conflict: Conflict, language: Language) -> list[str]:
    """Return which rules contradict each other, and the smallest change of each lever."""
    asked = {demand.id: demand for demand in reason.scenario.demands}
    named = [
        LABELS.say(
            "conflict_rule", language, rule=_rule(demand, reason.scenario, language), reason=demand.reason.say(language)
        )
        for demand in map(asked.__getitem__, conflict.rules)
    ]
    ends = [*_no_value(reason.scenario, language), *_levers(reason, advised, language)]
    ends += _finer_grid(reason, advised, language)
    if conflict.more is not None:
        return [*_asks_more(reason, advised, named, conflict.more, language), *ends]
    code = "conflict" if conflict.smallest else "conflict_irreducible"
    code = "conflict_one" if len(named) == 1 else code
    of = goal(reason.scenario.baseline.asks_more, language)
    return [LABELS.say(code, language, rules=listed(named, language), goal=of), *ends]


def _asks_more(reason: Reason, advised: Advice, named: list[str], more: float, language: Language) -> list[str]:
    """Return that rules (or lower bounds, where none are named) ask for more than the target, and what they leave."""
    scenario = reason.scenario
    asked, digits = float(scenario.baseline.asked), telling_digits(more * 100, 2, False)
    code = "asks_more" if named else "bounds_ask_more"
    said = LABELS.say(
        code, language, rules=listed(named, language), target=minus(per_cent(asked)),
        goal=goal(scenario.baseline.asks_more, language),
        least=minus(per_cent(asked + more, digits)), **in_words(language, target=asked),
        points=per_cent(more, digits), tonnes=f"{more * 100 * scenario.baseline.point_worth:,.1f}",
    )  # fmt: skip
    said_of = _target(scenario, language) if named else []
    return [said, *said_of, *([LABELS.say("exceed_allow", language)] if advised.exceeding else [])]


def _levers(reason: Reason, advised: Advice, language: Language) -> list[str]:
    """Return the smallest change of each lever that gives a split by itself."""
    asked = {demand.id: demand for demand in reason.scenario.demands}
    lines = [
        _lever(reason.scenario, asked.get(name), name, change, language) for name, change in advised.levers.items()
    ]
    lines += _larger_cap("lever_cap", advised, language)
    if advised.protection is not None:
        lines.append(LABELS.say("lever_protect", language, change=f"{advised.protection.normalize():f}"))
    head = LABELS.say("levers" if lines else "levers_none", language)
    return [head, *(f"  · {line}" for line in lines)]


_LEVERS = {UPPER: "lever_upper", LOWER: "lever_lower", LESS: "lever_less", MORE: "lever_more"}


def _lever(scenario: Scenario, demand: Demand | None, name: str, change: float, language: Language) -> str:
    code, said = _LEVERS.get(name, "lever_rule"), _points(abs(change), scenario)
    if demand is None:
        return LABELS.say(code, language, change=said)
    if change == 0:
        code = "lever_out"
    elif demand.in_emissions:
        code, said = "lever_budget", f"{change:,.2f}"
    elif isinstance(demand, Negotiated):
        code = "lever_value_up" if change > 0 else "lever_value_down"
    return LABELS.say(code, language, rule=_rule(demand, scenario, language), change=said)


def _rule(demand: Demand, scenario: Scenario, language: Language) -> str:
    """Return what a rule is called: by its id, or by its regions where it was made in a negotiation."""
    if not _negotiated(demand, scenario):
        return demand.id
    if isinstance(demand, Held):
        return LABELS.say("rule_held", language, count=len(demand.computed))
    names = scenario.regions.labels(language)
    return LABELS.say("rule_fixed", language, regions=listed((names[n] for n in demand.limits()[0]), language))


def _negotiated(demand: Demand, scenario: Scenario) -> bool:
    """Return whether a rule was made in a negotiation, not in the scenario file."""
    return isinstance(demand, Negotiated | Held) and all(rule.id != demand.id for rule in scenario.file.rules)
