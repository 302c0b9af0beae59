"""What is to be explained: the rates of a table as they are printed, and the indicators of a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from allocator.output.folder import restored
from allocator.planning.indicators import IndicatorTable, indicator_table
from allocator.planning.weights import weigh
from scenarios.errors import Finding, InputError, Place, answered_in
from scenarios.load import Scenario
from scenarios.sense.rates import read_meant_rates
from scenarios.tables.cells import exact_per_cent
from scenarios.tables.rates import RateTable
from solvers.objectives.explanation import Printed

Array = NDArray[np.float64]

STEPS = (Decimal("0.01"), Decimal("0.005"), *(Decimal(1).scaleb(-n) for n in range(3, 9)))
"""Steps that tables are printed in, as fractions, the coarsest first: whole points, halves, tenths and so on."""
MORE = 2
"""How many more cities than indicators there must be: one for the level, one that may miss."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A table and what may explain it; n regions, m indicators."""

    scenario: Scenario
    table: RateTable
    printed: Printed  # In points
    step: Decimal  # Of the table, a fraction
    keys: tuple[tuple[str, str], ...]  # (criterion, indicator) of each trait, length m
    candidates: int  # Indicators of the scenario that differ between the regions
    scores: Array | None  # By the plan's own weights, shape (n,); None where they tell nothing apart
    notices: tuple[Finding, ...]

    @property
    def omega(self) -> Array:
        """By what the rates are weighted in the target, adding up to one, shape (n,)."""
        a = self.scenario.baseline.coefficients
        return np.asarray(a / a.sum(), dtype=float)


def asked_of(scenario: Scenario, table: str, wanted: Sequence[str] = ()) -> Asked:
    """Return what is to be explained.

    `wanted`: indicators that may explain it, as ``indicator`` or ``criterion.indicator``; all where none is named.
    Raises InputError: the table cannot be read, is flat, or has too few cities; an indicator is unknown.
    """
    period = scenario.file.period.base, scenario.file.period.end
    with answered_in(scenario.document.name if scenario.document else ""):
        read, notices = read_meant_rates(
            restored(scenario.table_path(table)), scenario.regions, False, scenario.file.answers, period
        )
    indicators = indicator_table(scenario)
    columns = _columns(indicators, wanted, scenario)
    step = step_of(read.rates)
    printed = Printed(
        np.array([float(rate * 100) for rate in read.rates]), indicators.normalised[:, columns], float(step * 50)
    )
    _refuse_too_few(read, len(columns))
    _refuse_flat(read, printed, step)
    weights = weigh(scenario, indicators)
    scores = indicators.normalised @ weights.total
    keys = tuple(indicators.keys[n] for n in columns)
    apart = None if np.ptp(scores) <= 1e-12 else np.asarray(scores, dtype=float)
    found = (*notices, *indicators.notices, *weights.notices)
    candidates = int((~indicators.constant).sum())
    return Asked(scenario, read, printed, step, keys, candidates, apart, found)


def step_of(rates: Sequence[Decimal]) -> Decimal:
    """Return the coarsest step that all rates stand on, a fraction."""
    return next((step for step in STEPS if all(rate % step == 0 for rate in rates)), STEPS[-1])


def _columns(table: IndicatorTable, wanted: Sequence[str], scenario: Scenario) -> list[int]:
    """Return the columns of the indicators that are wanted and differ between the regions."""
    known = [(key, f"{criterion}.{key}") for criterion, key in table.keys]
    unknown = [name for name in wanted if not any(name in names for names in known)]
    if unknown:
        names = ", ".join(key for key, _ in known)
        raise InputError(
            Finding("explain_indicator", Place(key="--indicators"), {"found": name, "known": names}) for name in unknown
        )
    found = [
        n
        for n, names in enumerate(known)
        if not table.constant[n] and (not wanted or any(name in wanted for name in names))
    ]
    if not found:
        raise InputError.of("explain_nothing", scenario.place("criteria"))
    return found


def _refuse_too_few(table: RateTable, indicators: int) -> None:
    """Refuse a table with fewer cities than indicators and two."""
    if len(table.rates) < indicators + MORE:
        place = _place(table)
        last = table.cells[-1].place.cell if table.cells else ""
        where = replace(place, cell=f"{place.cell}:{last}") if place.cell and last else place
        raise InputError.of(
            "explain_few_cities", where, cities=len(table.rates), indicators=indicators, needed=indicators + MORE
        )


def _refuse_flat(table: RateTable, printed: Printed, step: Decimal) -> None:
    """Refuse a table that one rate for all explains, but for what rounding hides."""
    if printed.beyond(printed.best_constant()).sum() <= 1e-9:
        low, high = (exact_per_cent(each) for each in (min(table.rates), max(table.rates)))
        raise InputError.of("explain_flat", _place(table), low=low, high=high, step=exact_per_cent(step))


def _place(table: RateTable) -> Place:
    """Return the first cell of the rates."""
    return table.cells[0].place if table.cells else Place(file=table.source.name)
