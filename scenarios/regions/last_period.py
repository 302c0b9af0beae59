"""The rates of the last period, which this period's are shown beside: a table of their own, or a column."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from scenarios.errors import Collector
from scenarios.file.schema import ScenarioFile
from scenarios.sense.rates import read_meant_rates
from scenarios.tables.files import InputFile
from scenarios.tables.regions import Regions

LastRates = tuple[Decimal, ...]


def last_column(file: ScenarioFile) -> str | None:
    """Return the column of the last period's rates: the one named, else the one that a ratchet rule holds to."""
    if file.last_period is not None:
        return None if file.last_period in file.tables else file.last_period
    return next(filter(None, (rule.last_column for rule in file.rules)), None)


def last_rates(
    file: ScenarioFile, folder: Path, regions: Regions, collector: Collector
) -> tuple[LastRates | None, InputFile | None]:
    """Return the last period's rates in the order of the regions, and the table they were read from.

    `file`, `folder`: the scenario and where its tables stand.
    `regions`: the regions, with the column where the rates stand there.
    """
    if file.last_period in file.tables:
        path = folder / file.tables[str(file.last_period)]
        read = collector.taken(lambda: read_meant_rates(path, regions, answers=file.answers))
        if read is None:
            return None, None
        table, notices = read
        collector.extend(notices)
        return table.rates, table.source
    column = last_column(file)
    if column is None or column not in regions.columns:
        return None, None  # a missing column is noted where the table is read
    return tuple(value / 100 for value in regions.columns[column]), None
