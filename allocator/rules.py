"""From what the rules ask to rows of the solver: the only place that knows both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from scenarios.demands import Between, Budget, Demand, Pairs, Span
from solvers.model import Rule
from solvers.rules import between, not_below, weighted_at_least, within_span


def solver_rules(demands: Iterable[Demand]) -> dict[str, Rule]:
    """Return the rows of each rule by its id; a rule that asks nothing of anybody has none."""
    made = {demand.id: _rule(demand) for demand in demands}
    return {key: rule for key, rule in made.items() if rule is not None}


def _rule(demand: Demand) -> Rule | None:
    match demand:
        case Between(id=name, floors=floors, ceilings=ceilings):
            return between(name, _floats(floors), _floats(ceilings))
        case Span(id=name, members=members, width=width):
            return within_span(name, members, float(width))
        case Pairs(id=name, pairs=pairs):
            return not_below(name, pairs) if pairs else None
        case Budget(id=name, end_emissions=weights, projects=projects, limit=limit):
            # Σ E g (1 - r) + projects <= limit   <=>   Σ E g r >= Σ E g + projects - limit
            needed = sum(weights.values(), Fraction(0)) + projects - limit
            return weighted_at_least(name, _floats(weights), float(needed))
    raise TypeError(f"no rows are known for {type(demand).__name__}")


def _floats(values: Mapping[int, Fraction]) -> dict[int, float]:
    return {position: float(value) for position, value in values.items()}
