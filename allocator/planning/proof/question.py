"""What a scenario asks, as the record of its question says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from allocator.planning.classes import given_classes, outside
from allocator.planning.reference import Targeting
from reports.proving.question import AskedRule, CapQuestion, Column, Limits, QuestionRecord, SecondQuestion
from scenarios.load import Scenario
from scenarios.rules.incentive import Room
from scenarios.rules.kinds import Between, Budget, Demand, Held, Pairs, Span
from scenarios.rules.uncertainty import Protection, half_widths
from solvers.order import essential
from solvers.printable.exact import GridTable
from solvers.problem import Split

_LONGEST = 60
"""Decimals up to which a fraction that ends is written as one."""


def question_record(scenario: Scenario, targeting: Targeting) -> QuestionRecord:
    """Return everything that a plan's computed rates depend on; what orders the table is said by `with_order`."""
    regions, file, problem = scenario.regions, scenario.file, targeting.problem
    alone, widths = scenario.measured.stands_alone, half_widths(file, regions)
    limits = Limits(lower=_column(regions.lower), upper=_column(regions.upper), rules=_rules(scenario.demands, True))
    return QuestionRecord(
        target=exact_text(scenario.target),
        margin=exact_text(file.margin),
        total=_cap(scenario),
        grid=exact_text(file.publish.grid),
        relative=file.reference.deviation == "relative",
        exceed=problem.may_exceed and not problem.at_least,
        emissions=_column(regions.emissions),
        gdp=None if alone else _column(regions.gdp),
        growth=None if alone else _column(regions.growth),
        half_widths=None if widths is None else _column(widths),
        references=_column(problem.reference.tolist()),
        limits=limits,
        within=_within(scenario, targeting, limits),
        outside=(),
        incentive=_second(scenario),
    )


def with_order(
    asked: QuestionRecord, scenario: Scenario, targeting: Targeting, split: Split, table: GridTable
) -> QuestionRecord:
    """Return a question with what orders the published table, and who stands against that."""
    order = _order(scenario, targeting, split)
    return asked.model_copy(update={"order": order, "outside": tuple(sorted(outside(table)))})


def _second(scenario: Scenario) -> SecondQuestion | None:
    """Return what is asked of the incentive table; None without one."""
    asked = scenario.incentive
    if asked is None:
        return None
    return SecondQuestion(
        target=exact_text(asked.target),
        steps=_column(asked.steps),
        upper=_column(asked.upper),
        rules=_rules(asked.demands, True),
    )


def _cap(scenario: Scenario) -> CapQuestion | None:
    """Return the cap on the total; None without one."""
    total = scenario.baseline.total
    if total is None:
        return None
    figures = {key: exact_text(getattr(total, key)) for key in ("cap", "outside", "reserve", "reserve_gdp")}
    return CapQuestion(**figures, apart=total.apart)


def _within(scenario: Scenario, targeting: Targeting, limits: Limits) -> Limits | None:
    """Return what rates are computed within; None where the grid moves nothing of what is asked."""
    within, rules = targeting.within, _rules(targeting.demands, False)
    given = (tuple(map(Fraction, bounds)) for bounds in (scenario.regions.lower, scenario.regions.upper))
    if (within.lower, within.upper) == tuple(given) and rules == limits.rules:
        return None
    return Limits(lower=_column(within.lower), upper=_column(within.upper), rules=rules)


def _order(scenario: Scenario, targeting: Targeting, split: Split) -> Column | None:
    """Return what the table must be ordered by; None where that are the computed rates."""
    classes = scenario.file.publish.classes
    if isinstance(classes, dict):
        return _column((-given_classes(scenario)).tolist())
    if classes is not None:
        return _column(targeting.scores.tolist())
    printed = {n: rate for demand in scenario.demands if demand.kept() for n, rate in demand.limits()[0].items()}
    rates: list[float | Fraction] = split.rates.tolist()
    return _column(printed.get(n, rate) for n, rate in enumerate(rates)) if printed else None


def _rules(demands: Iterable[Demand], printed: bool) -> tuple[AskedRule, ...]:
    """Return rules in numbers; `printed`: those of the table, of which held regions keep what is printed."""
    made = (_rule(demand, printed) for demand in demands)
    return tuple(rule for rule in made if rule is not None)


def _rule(demand: Demand, printed: bool) -> AskedRule | None:
    match demand:
        case Held(id=name, computed=rates) if not printed:
            return AskedRule(id=name, kind="between", floors=_places(rates), ceilings=_places(rates))
        case Between(id=name, floors=floors, ceilings=ceilings):
            return AskedRule(id=name, kind="between", floors=_places(floors), ceilings=_places(ceilings))
        case Span(id=name, members=members, width=width):
            return AskedRule(id=name, kind="span", members=members, limit=exact_text(width))
        case Pairs(id=name, pairs=pairs):
            return AskedRule(id=name, kind="pairs", pairs=essential(pairs)) if pairs else None
        case Budget(id=name, end_emissions=ends, projects=projects, limit=limit):
            more, most = exact_text(projects), exact_text(limit)
            return AskedRule(id=name, kind="budget", members=tuple(ends), projects=more, limit=most)
        case Protection(id=name, budget=budget):
            return AskedRule(id=name, kind="protect", regions=exact_text(budget))
        case Room(id=name):
            return AskedRule(id=name, kind="room")
    raise TypeError(f"no numbers are known for {type(demand).__name__}")


def _places(rates: Mapping[int, Fraction] | Mapping[int, float]) -> dict[int, str]:
    return {position: exact_text(rate) for position, rate in rates.items()}


def _column(values: Iterable[Decimal | Fraction | float]) -> Column:
    return tuple(map(exact_text, values))


def exact_text(value: Decimal | Fraction | float) -> str:
    """Return a number in text that gives it back exactly: a decimal where it ends, a quotient where it does not."""
    return _quotient(value) if isinstance(value, Fraction) else str(value)


@lru_cache(maxsize=20_000)
def _quotient(value: Fraction) -> str:
    for places in range(_LONGEST):
        if 10**places % value.denominator == 0:
            digits = abs(value.numerator) * (10**places // value.denominator)
            return str(Decimal((int(value < 0), tuple(map(int, str(digits))), -places)))
    return str(value)
