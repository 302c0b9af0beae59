"""A table of yearly growth: `region, year, growth`, each the factor on the year before."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from pathlib import Path

from scenarios.errors import Collector, Finding, Place
from scenarios.file.schema import Period
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.headers.names import TRACKING
from scenarios.tables.layout.asked import Asked
from scenarios.tables.regions import Regions
from scenarios.tables.rows import PROVINCE, TableReader
from scenarios.tables.sheets import read_sheet
from scenarios.tracking.actual_rows import parse_year
from scenarios.wording import some

TOLERANCE = Decimal("0.001")
"""By how much the years together may differ from the growth of the scenario, relative to it."""

LOWEST, HIGHEST = Decimal("0.5"), Decimal(2)
"""Between which a year's growth factor must lie."""


@in_all_digits
def read_yearly_growth(
    path: Path, regions: Regions, period: Period, own: Collection[str] = ()
) -> tuple[tuple[tuple[Decimal, ...], ...], InputFile, tuple[Finding, ...]]:
    """Read a table of yearly growth; `own`: names of the province, whose rows are passed over.

    Returns the factors by region and year, n times T, in the order of the scenario, the file's record, and what must
    be said with them.
    Raises InputError: A region or year unknown, twice or missing; years that do not come to the growth of the scenario.
    """
    sheet, source = read_sheet(path, ("name", "year", "growth"), TRACKING, Asked.of(regions))
    reader = _GrowthReader(sheet, Collector())
    collector = reader.collector
    found: dict[tuple[int, int], tuple[Place, Decimal]] = {}
    index = regions.index
    for row in sheet.rows:
        region = PROVINCE if reader.no_ones(row) else reader.region(row, index, own)
        if region == PROVINCE:
            continue
        year, growth = reader.needed(row, "year"), reader.needed(row, "growth")
        when, factor = parse_year(year, collector), reader.growth(growth)
        if region is None or when is None:
            continue
        if not period.base < when <= period.end:
            needed = f"{period.base + 1}–{period.end}"
            collector.error("actuals_year", year.place, found=year.text, needed=needed)
        elif (region, when) in found:
            first = found[region, when][0].inside
            collector.error("actuals_twice", growth.place, name=regions.names[region], year=when, first=first)
        else:
            found[region, when] = growth.place, factor
    years = range(period.base + 1, period.end + 1)
    missing = [f"{n} {t}" for k, n in enumerate(regions.names) for t in years if (k, t) not in found]
    if missing and not collector.refuses:
        collector.error("yearly_growth_gap", sheet.place, missing=some(missing))
    collector.raise_errors()
    factors = tuple(tuple(found[n, year][1] for year in years) for n in range(len(regions)))
    for n, (name_, wanted) in enumerate(zip(regions.names, regions.growth, strict=True)):
        together = Decimal(1)
        for factor in factors[n]:
            together *= factor
        if abs(together - wanted) > TOLERANCE * wanted:
            collector.error("yearly_growth_sum", sheet.place, name=name_, found=f"{together:.5f}", needed=f"{wanted:f}")
    collector.raise_errors()
    return factors, source, collector.notices


class _GrowthReader(TableReader):
    """Reads growth factors."""

    def growth(self, cell: Cell) -> Decimal:
        """Return a growth factor; what is none is noted and stands as 1."""
        read = self.number(cell, found=cell.text)
        if read is None:
            return Decimal(1)
        if read[1] or not LOWEST <= read[0] <= HIGHEST:
            self.note("yearly_growth_range", cell, found=cell.text)
            return Decimal(1)
        return read[0]
