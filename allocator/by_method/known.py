"""What the methods know of a scenario."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allocator.by_method.pairs import Facts
from allocator.planning.reference import Targeting
from allocator.planning.rules import effort
from scenarios.by_method.population import read_population
from scenarios.errors import Finding
from scenarios.file.methods import NOTHING_SAID, Methods
from scenarios.load import Scenario
from scenarios.tables.files import InputFile

Array = NDArray[np.float64]


def settings_of(scenario: Scenario) -> Methods:
    """Return what the scenario says of methods."""
    return scenario.file.methods or NOTHING_SAID


@dataclass(frozen=True, eq=False)
class People:
    """The people of n regions."""

    figures: Array | None = None  # In `unit`, shape (n,); None where nothing is said of them
    unit: str = ""
    sources: tuple[InputFile, ...] = ()
    notices: tuple[Finding, ...] = ()


def people(scenario: Scenario) -> People:
    """Return the people of each region, of a column or a table of their own.

    Raises InputError: what is wrong in the table.
    """
    said = settings_of(scenario)
    if said.population_table is not None:
        path = scenario.folder / said.population_table
        read, unit, source, notices = read_population(path, scenario.regions)
        return People(np.array(read, dtype=np.float64), unit, (source,), notices)
    if said.population is None:
        return People()
    column = np.array(scenario.regions.columns[said.population], dtype=np.float64)
    return People(column, scenario.regions.units.get(said.population, ""))


def facts_of(scenario: Scenario, targeting: Targeting, people: Array | None) -> Facts:
    """Return what the methods know of a scenario and its people, shape (n,)."""
    said, period, base = settings_of(scenario), scenario.file.period, scenario.baseline
    return Facts(
        base.emissions, base.gdp, base.growth, targeting.problem, targeting.scores, people,
        said.gone(period.base, period.end), said.power, said.nash, effort(scenario),
    )  # fmt: skip
