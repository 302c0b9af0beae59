"""What stands in a scenario for a column of its table, and for figures of its province: an account, series of GDP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.errors import Collector
from scenarios.file.schema import ScenarioFile
from scenarios.reconciliation import Reconcile
from scenarios.sense.asking import Answers
from scenarios.tables.layout.asked import Asked
from scenarios.tables.regions import Supplied

if TYPE_CHECKING:
    from scenarios.accounting.energy import EnergyAccount
    from scenarios.accounting.gdp import ConstantGdp


def energy_given(
    scenario: ScenarioFile, folder: Path, tables: Asked, answers: Answers, collector: Collector
) -> tuple[EnergyAccount | None, Supplied | None]:
    """Return the account of a scenario with energy figures, and the base year's emissions from it."""
    asked = scenario.energy
    if asked is None:
        return None, None
    from scenarios.accounting.energy import read_account, supplied

    own = folder / asked.factors if asked.factors else None
    columns, grid = tables.headers_only(), scenario.energy_grid

    def read() -> tuple[EnergyAccount, Supplied]:
        done = read_account(
            folder / asked.file, asked.boundary(), asked.option, grid, own, columns, answers, asked.factor_basis,
            asked.traded,
        )  # fmt: skip
        collector.extend(done.notices)
        return done, supplied(done.account, scenario.period.base)

    return collector.taken(read) or (None, None)


def gdp_given(
    scenario: ScenarioFile, folder: Path, tables: Asked, answers: Answers, collector: Collector
) -> tuple[ConstantGdp | None, Supplied | None]:
    """Return the GDP of a scenario that names a table of it, and the base year's figures from it."""
    asked = scenario.gdp
    if asked is None:
        return None, None
    from scenarios.accounting.gdp_table import read_gdp

    path, columns = folder / asked.file, tables.headers_only()

    def read() -> tuple[ConstantGdp, Supplied]:
        series = read_gdp(path, asked.price_base, columns, scenario.own_name, answers)
        collector.extend(series.notices)
        return series, series.supplied(scenario.period.base)

    return collector.taken(read) or (None, None)


def reconcile_given(scenario: ScenarioFile, energy: EnergyAccount | None, gdp: ConstantGdp | None) -> Reconcile | None:
    """Return how to reconcile sums; what the province's own rows say stands where no figure is given."""
    asked = scenario.reconcile
    if asked is None:
        return None
    from scenarios.accounting.energy import in_10kt
    from scenarios.accounting.gdp import rounded

    base, found = scenario.period.base, {}
    year = None if energy is None else energy.account.years.get(base)
    if asked.province.emissions is None and year is not None and year.province is not None:
        found["emissions"] = in_10kt(year.province)
    if asked.province.gdp is None and gdp is not None and gdp.own:
        found["gdp"] = rounded(gdp.own[base])
    return asked.model_copy(update={"province": asked.province.model_copy(update=found)})
