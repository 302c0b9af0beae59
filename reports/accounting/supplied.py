"""What a plan says of figures that an account or a table of GDP supplied; its sentences are imported where some did."""

from __future__ import annotations

from reports.planning.record import EnergyRecord
from scenarios.load import Scenario
from scenarios.schema_types import Words


def account_record(scenario: Scenario) -> EnergyRecord | None:
    """Return what plan.json says of the account behind its emissions; None where there is none."""
    if scenario.energy is None:
        return None
    from reports.accounting.sentences import energy_record

    return energy_record(scenario)


def account_notes(scenario: Scenario) -> tuple[Words, ...]:
    """Return how the base year's emissions and GDP came about, where the regions table does not have them."""
    if scenario.energy is None and scenario.gdp is None:
        return ()
    from reports.accounting.sentences import energy_note, gdp_note

    return tuple(filter(None, (energy_note(scenario), gdp_note(scenario))))


def account_sources(scenario: Scenario) -> tuple[Words, ...]:
    """Return the factors of the account, each with its source; none where there is no account."""
    if scenario.energy is None:
        return ()
    from reports.accounting.sentences import energy_sources

    return energy_sources(scenario)
