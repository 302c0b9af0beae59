"""Rules made concrete: what each asks of which regions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from scenarios.errors import Collector, Place
from scenarios.file.rules import (
    BudgetRule,
    CeilingRule,
    ColumnFloorRule,
    FloorRule,
    GapRule,
    NegotiatedRule,
    OrderRule,
    PeakRule,
    ProjectRule,
    RatchetRule,
    Where,
    split_condition,
)
from scenarios.file.schema import ScenarioFile
from scenarios.rules.kinds import Between, Budget, Demand, Implied, Negotiated, Pairs, Span
from scenarios.sense.asking import Answers
from scenarios.sense.figures import Figure
from scenarios.sense.projects import ProjectFigures, questions_of_listed
from scenarios.tables.cells import CellError, exact_per_cent, grid_digits, parse_number
from scenarios.tables.grid import Cell
from scenarios.tables.regions import Regions
from scenarios.wording import some

_COMPARE: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    ">": lambda x, y: x > y,
    "<": lambda x, y: x < y,
    ">=": lambda x, y: x >= y,
    "<=": lambda x, y: x <= y,
    "==": lambda x, y: x == y,
}


def demands(file: ScenarioFile, target: Decimal, regions: Regions, collector: Collector) -> tuple[Demand, ...]:
    """Return what the rules of a scenario ask; single-listed projects are not among them.

    `file`, `target`, `regions`: the scenario, what its cities together must reach, and its table.
    `collector`: gets every rule that cannot be made concrete: unknown region, group or column, an empty group, a
    negotiated value outside the bounds.
    """
    found: list[Demand] = []
    for rule in file.rules:
        maker = _MAKERS.get(type(rule))
        if maker is not None:
            made = maker(rule, _Context(file, regions, collector, Place(key=f"rules.{rule.id}"), Fraction(target)))
            found += [made] if made is not None else []
    return tuple(found)


def without_projects(file: ScenarioFile, regions: Regions, answers: Answers, collector: Collector) -> Regions:
    """Return the regions less the single-listed projects; one larger than its region is noted, an odd one asked about.

    Base-year emissions and GDP lose the project's; growth becomes that of what is left.
    """
    emissions, gdp, growth = list(regions.emissions), list(regions.gdp), list(regions.growth)
    for rule in file.projects:
        context = _Context(file, regions, collector, Place(key=f"rules.{rule.id}"))
        position = context.position(rule.region)
        if position is None:
            continue
        left = (
            emissions[position] - rule.emissions,
            gdp[position] - rule.gdp,
            gdp[position] * growth[position] - rule.gdp_end,
        )
        if min(left) <= 0:
            collector.error("project_too_big", context.place, name=regions.names[position])
            continue
        answers.ask(questions_of_listed(_figures(rule)), collector)
        emissions[position], gdp[position], growth[position] = left[0], left[1], left[2] / left[1]
    changed = replace(regions, emissions=tuple(emissions), gdp=tuple(gdp), growth=tuple(growth))
    return changed if file.projects else regions


def _figures(rule: ProjectRule) -> ProjectFigures:
    """Return what a rule says of its project, each figure at its key."""
    given = {"emissions": rule.emissions, "gdp": rule.gdp, "gdp_end": rule.gdp_end}
    places = {name: Place(key=f"rules.{rule.id}.{name}") for name in given}
    figures = {name: Figure(value, Cell(f"{value:f}", places[name])) for name, value in given.items()}
    return ProjectFigures(rule.id, rule.region, figures)


def check_classes(file: ScenarioFile, regions: Regions, collector: Collector) -> None:
    """Note classes that cannot be: more than regions or grid levels, or by hand for some regions only."""
    publish, place = file.publish, Place(key="publish.classes")
    context = _Context(file, regions, collector, place)
    if isinstance(publish.classes, dict):
        known = {context.position(name) for name in publish.classes}
        missing = [name for n, name in enumerate(regions.names) if n not in known]
        if missing:
            collector.error("missing_regions", place, missing=some(missing))
    if isinstance(publish.classes, int):
        levels = floor(max(regions.upper) / publish.grid) - ceil(min(regions.lower) / publish.grid) + 1
        if publish.classes > min(len(regions), levels):
            collector.error("too_many_classes", place, found=publish.classes, regions=len(regions), levels=levels)
        if publish.smallest_class > len(regions):
            collector.error("too_many_classes", place, found=publish.classes, regions=len(regions), levels=levels)


@dataclass(frozen=True)
class _Context:
    """What a rule is made concrete against."""

    file: ScenarioFile
    regions: Regions
    collector: Collector
    place: Place
    target: Fraction = Fraction(0)  # What the cities together must reach; for rules that speak of it

    def members(self, where: Where | None) -> tuple[int, ...]:
        """Return the positions of those a rule is for; an unknown or empty choice is noted."""
        n = len(self.regions)
        if where is None:
            return tuple(range(n))
        if where.regions:
            found = [self.position(name) for name in where.regions]
            return tuple(dict.fromkeys(p for p in found if p is not None))
        if where.group is not None:
            members = tuple(i for i in range(n) if where.group in groups_of(self.regions.groups[i]))
            known = ", ".join(sorted({g for cell in self.regions.groups for g in groups_of(cell)}))
            if not members:
                self.collector.error("unknown_group", self.place, found=where.group, known=known or "–")
            return members
        return self._condition(str(where.condition))

    def position(self, name: str) -> int | None:
        """Return the position of one region; an unknown one is noted."""
        return self.regions.index.locate(name, place=self.place, collector=self.collector)

    def _condition(self, condition: str) -> tuple[int, ...]:
        """Return the regions that meet ``column > number``; per cent columns are compared as fractions."""
        try:
            column, sign, limit_text = split_condition(condition)
            number, percent = parse_number(limit_text)
        except CellError:
            self.collector.error("condition_form", self.place, found=condition)
            return ()
        values = self.fractions(column)
        if values is None:
            return ()
        limit = Fraction(number) / (100 if percent else 1)
        if self.regions.units.get(column) == "%" and not percent and abs(limit) > 1:
            self.collector.error("condition_percent", self.place, found=condition, meant=f"{number}%")
            return ()
        members = tuple(i for i, value in enumerate(values) if _COMPARE[sign](value, limit))
        if not members:
            self.collector.error("condition_empty", self.place, found=condition)
        return members

    def fractions(self, column: str) -> tuple[Fraction, ...] | None:
        """Return a column, per cent as fractions; an unknown column is noted."""
        values = self.regions.columns.get(column)
        if values is None:
            self.collector.error("rule_column", self.place, found=column, known=", ".join(self.regions.columns))
            return None
        scale = 100 if self.regions.units.get(column) == "%" else 1
        return tuple(Fraction(value) / scale for value in values)


def groups_of(cell: str) -> set[str]:
    """Return the groups named in a cell: ``试点、生态`` is two."""
    return {part.strip() for part in re.split("[、,;，；]", cell) if part.strip()}


def _gap(rule: GapRule, context: _Context) -> Demand:
    return Span(rule.id, rule.reason, context.members(rule.where), Fraction(rule.at_most))


def _floor(rule: FloorRule, context: _Context) -> Demand:
    value = Fraction(rule.rate) if rule.rate is not None else context.target + Fraction(rule.above_target or 0)
    return Between(rule.id, rule.reason, dict.fromkeys(context.members(rule.where), value), {})


def _ceiling(rule: CeilingRule, context: _Context) -> Demand:
    value = Fraction(rule.rate) if rule.rate is not None else context.target - Fraction(rule.below_target or 0)
    return Between(rule.id, rule.reason, {}, dict.fromkeys(context.members(rule.where), value))


def _peak(rule: PeakRule, context: _Context) -> Demand:
    growth = context.regions.growth
    return Implied(rule.id, rule.reason, {i: 1 - 1 / Fraction(growth[i]) for i in context.members(rule.where)}, {})


def _column_floor(rule: ColumnFloorRule, context: _Context) -> Demand | None:
    values = context.fractions(rule.column)
    members = context.members(rule.where)
    return None if values is None else Between(rule.id, rule.reason, {i: values[i] for i in members}, {})


def _ratchet(rule: RatchetRule, context: _Context) -> Demand | None:
    last, members = context.fractions(rule.column), context.members(rule.where)
    if last is None:
        return None
    low, high = ({} if by is None else {i: _times(Fraction(by), last[i]) for i in members}
                 for by in (rule.at_least, rule.at_most))  # fmt: skip
    return Implied(rule.id, rule.reason, low, high)


def _times(by: Fraction, rate: Fraction) -> Fraction:
    """Return a rate so many times as ambitious: less than once lies below it and more above, of a rise by its size."""
    return rate + (by - 1) * abs(rate)


def _order(rule: OrderRule, context: _Context) -> Demand:
    """Pairs in which no indicator puts i below j, equals both ways; pairs the bounds forbid, and equals, are said."""
    regions = context.regions
    columns = []
    for criterion in context.file.criteria.values():
        for indicator in criterion.indicators.values():
            sign = 1 if indicator.direction == "+" else -1
            columns.append([sign * value for value in regions.columns[indicator.column]])
    rows = list(zip(*columns, strict=True))
    members = context.members(rule.where)
    pairs: list[tuple[int, int]] = []
    dropped: list[tuple[int, int]] = []
    for i in members:
        for j in members:
            if i != j and all(x >= y for x, y in zip(rows[i], rows[j], strict=True)):
                (dropped if regions.upper[i] < regions.lower[j] else pairs).append((i, j))
    if dropped:
        named = "、".join(f"{regions.names[i]} ≥ {regions.names[j]}" for i, j in dropped)
        context.collector.notice("order_dropped", context.place, pairs=named)
    apart = {i for pair in dropped for i in pair}
    alike: dict[tuple[Decimal, ...], list[str]] = {}
    for i in members:
        alike.setdefault(rows[i], []).extend([] if i in apart else [regions.names[i]])
    if equal := [" = ".join(names) for names in alike.values() if len(names) > 1]:
        context.collector.notice("order_equal", context.place, regions=some(equal))
    return Pairs(rule.id, rule.reason, tuple(pairs))


def _budget(rule: BudgetRule, context: _Context) -> Demand:
    e, g = context.regions.emissions, context.regions.growth
    end = {i: Fraction(e[i]) * Fraction(g[i]) for i in context.members(rule.where)}
    return Budget(rule.id, rule.reason, end, Fraction(rule.projects), Fraction(rule.limit))


def _negotiated(rule: NegotiatedRule, context: _Context) -> Demand | None:
    position = context.position(rule.region)
    if position is None:
        return None
    low, high = context.regions.lower[position], context.regions.upper[position]
    if not low <= rule.rate <= high:
        context.collector.error(
            "negotiated_bounds", context.place, name=context.regions.names[position],
            found=f"{exact_per_cent(rule.rate)}%", bounds=f"{exact_per_cent(low)}%–{exact_per_cent(high)}%",
        )  # fmt: skip
    elif rule.rate % context.file.publish.grid:
        _off_grid(rule.rate, low, high, context)
    value = {position: Fraction(rule.rate)}
    return Negotiated(rule.id, rule.reason, value, value)


def _off_grid(rate: Decimal, low: Decimal, high: Decimal, context: _Context) -> None:
    """Note a negotiated rate off the grid, with the values beside it that the bounds allow."""
    grid = context.file.publish.grid
    beside = [floor(rate / grid) * grid, ceil(rate / grid) * grid]
    inside = [value for value in beside if low <= value <= high] or beside
    said = [f"{value * 100:.{grid_digits(grid)}f}" for value in (inside[0], inside[-1])]
    code = "negotiated_grid" if len(inside) == 2 else "negotiated_grid_one"
    values = {"found": exact_per_cent(rate), "grid": exact_per_cent(grid), "below": said[0]}
    context.collector.error(code, context.place, **values, **({"above": said[1]} if len(inside) == 2 else {}))


_MAKERS: Mapping[type, Callable[..., Demand | None]] = {
    GapRule: _gap,
    FloorRule: _floor,
    CeilingRule: _ceiling,
    PeakRule: _peak,
    ColumnFloorRule: _column_floor,
    RatchetRule: _ratchet,
    OrderRule: _order,
    BudgetRule: _budget,
    NegotiatedRule: _negotiated,
}
