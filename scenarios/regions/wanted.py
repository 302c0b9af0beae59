"""What a scenario asks of its regions table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scenarios.file.schema import Bounds, Province, ScenarioFile
from scenarios.regions.last_period import last_column
from scenarios.sense.asking import NO_ANSWERS, Answers
from scenarios.tables.layout.asked import ANY, Asked
from scenarios.tables.regions import Supplied

_REQUIRED = ("name", "emissions", "gdp", "growth")
_NEEDED: Mapping[str, set[str]] = {"nonfossil": {"emissions", "nonfossil", "growth"}}
"""Quantity -> columns that it needs where not those of an intensity."""


@dataclass(frozen=True)
class Wanted:
    """What a scenario asks of its regions table."""

    columns: frozenset[str]  # Columns that its indicators use
    bounds: Bounds  # Bounds of regions that have none of their own
    province: Province | None  # Who must be in the table; None where that is not said
    shares: frozenset[str] = frozenset()  # Columns whose values must lie between 0 and 1
    growth_uncertainty: bool = True  # Whether the scenario says how far growth may be off where the table does not
    steps: frozenset[str] = frozenset()  # Columns of rates that must lie between 0 and 50 points
    rates: frozenset[str] = frozenset()  # Columns of rates that rules hold to, and of the last period's
    elsewhere: frozenset[str] = frozenset()  # Which of emissions and gdp come from a table of their own
    supplied: tuple[Supplied, ...] = ()  # Those figures, once they are known
    asked: Asked = ANY  # Which headers, sheets and rows the scenario means
    years: int = 0  # Length of the period, 0 where it is not known
    above_zero: frozenset[str] = frozenset()  # Columns whose values must be above zero
    answers: Answers = NO_ANSWERS  # To what is asked about the figures

    @property
    def required(self) -> tuple[str, ...]:
        """Standard columns without which there is no such table."""
        needed = {"emissions"} if self.asked.quantity.is_level else _NEEDED.get(self.asked.quantity.name, {*_REQUIRED})
        required = (name for name in (*_REQUIRED, "nonfossil") if name == "name" or name in needed)
        return tuple(name for name in required if name not in self.elsewhere)

    @classmethod
    def of(cls, scenario: ScenarioFile, supplied: Iterable[Supplied] = (), answers: Answers = NO_ANSWERS) -> Wanted:
        """Return what a scenario file asks."""
        indicators = [i for criterion in scenario.criteria.values() for i in criterion.indicators.values()]
        columns = {i.column for i in indicators}.union(*(rule.columns for rule in scenario.rules))
        shares = scenario.potentials.columns if scenario.potentials else frozenset()
        known = scenario.growth_uncertainty is not None
        named = {scenario.incentive.step_column} if scenario.incentive else set()
        steps = frozenset(column for column in named if column is not None)
        rates = frozenset(filter(None, [last_column(scenario), *(rule.rate_column for rule in scenario.rules)]))
        people = scenario.methods.population if scenario.methods else None
        counted = frozenset(filter(None, [people]))
        wanted = frozenset(columns | shares | steps | rates | counted)
        given = {"emissions": scenario.energy, "gdp": scenario.gdp}
        elsewhere = frozenset(name for name, source in given.items() if source is not None)
        return cls(wanted, scenario.bounds, scenario.province, shares, known, steps, rates, elsewhere,
                   tuple(supplied), scenario.asked, scenario.period.years, counted, answers)  # fmt: skip
