"""Actual emissions from energy tables, in place of a column of emissions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from scenarios.accounting.energy import read_account, supplied
from scenarios.accounting.scopes import scopes
from scenarios.errors import Collector, Finding
from scenarios.file.schema import ScenarioFile
from scenarios.tables.files import InputFile
from scenarios.tables.layout.asked import Asked
from scenarios.tables.regions import Regions
from scenarios.tracking.actual_rows import Supply
from scenarios.tracking.actuals import BASE_TOLERANCE


@dataclass(frozen=True)
class AccountedEmissions:
    """What the accounting of an energy table gives for the years of a period."""

    supply: Supply  # The emissions, regions in the order of the scenario
    # inputs, notices: The files it rests on, and what must be said with it
    inputs: tuple[InputFile, ...]
    notices: tuple[Finding, ...]


def accounted_emissions(path: Path, file: ScenarioFile, folder: Path, regions: Regions) -> AccountedEmissions:
    """Account for an energy table with the scope, option and factors of the scenario.

    `path`: the energy table; its base year, where it has one, must come to the scenario's emissions.
    `file`, `folder`, `regions`: of the scenario. Without `energy` in it the scope is that of 2016–2020.
    Raises InputError: everything that is wrong in the tables, or a base year that is not the scenario's.
    """
    energy = file.energy
    done = read_account(
        path,
        energy.boundary() if energy else scopes()["13fyp"],
        energy.option if energy else None,
        file.energy_grid,
        folder / energy.factors if energy and energy.factors else None,
        Asked(file.columns),
        file.answers,
        energy.factor_basis if energy else None,
        energy.traded if energy else "average",
    )
    collector = Collector()
    collector.extend(done.notices)
    table, base = done.account.table, file.period.base
    years: dict[int, tuple[Decimal | None, ...]] = {}
    for year in done.account.years:
        if not base <= year <= file.period.end:
            continue
        found = supplied(done.account, year)
        torn = [pair for pair in zip(regions.ids, regions.names, strict=True) if found.index.torn(*pair)]
        for pair in torn if not years else ():
            collector.error("region_conflict", table.place, found=" / ".join(pair))
        places = [found.index.find(*pair) for pair in zip(regions.ids, regions.names, strict=True)]
        years[year] = tuple(None if n is None else found.values[n] for n in places)
    if base not in years:
        collector.notice("actuals_energy_unchecked", table.place, year=base)
    for n, accounted in enumerate(years.pop(base, ())):
        own = regions.emissions[n]
        if accounted is not None and abs(accounted - own) > BASE_TOLERANCE * own:
            values = {"found": f"{accounted:f}", "needed": f"{own:f}", "year": base, "name": regions.names[n]}
            collector.error("actuals_energy_base", table.place, **values)
    if not years and not collector.refuses:
        collector.error("actuals_none", table.place, first=base + 1)
    collector.raise_errors()
    return AccountedEmissions(Supply(path.name, years), done.inputs, collector.notices)
