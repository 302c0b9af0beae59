"""A table of yearly growth: `region, year, growth`, each the factor on the year before."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from scenarios.errors import Collector, Place
from scenarios.file.schema import Period
from scenarios.tables.cells import CellError, in_all_digits
from scenarios.tables.columns import TRACKING
from scenarios.tables.files import InputFile
from scenarios.tables.rates import match_region
from scenarios.tables.regions import RegionIndex, Regions, is_total
from scenarios.tables.sheets import Cell, read_sheet
from scenarios.tracking.actual_rows import parse_year

TOLERANCE = Decimal("0.001")
"""By how much the years together may differ from the growth of the scenario, relative to it."""

LOWEST, HIGHEST = Decimal("0.5"), Decimal(2)
"""Between which a year's growth factor must lie."""


@in_all_digits
def read_yearly_growth(
    path: Path, regions: Regions, period: Period
) -> tuple[tuple[tuple[Decimal, ...], ...], InputFile]:
    """Read a table of yearly growth.

    Returns
    -------
    factors, source
        By region and year, n times T, in the order of the scenario; and the file's record.

    Raises
    ------
    InputError
        A region or year unknown, twice or missing; years that do not come to the growth of the scenario.
    """
    sheet, source = read_sheet(path, ("name", "year", "growth"), TRACKING)
    collector = Collector()
    collector.extend(sheet.findings)
    index = RegionIndex(regions.ids, regions.names, regions.names_en)
    at = [sheet.position(name) for name in ("name", "year", "growth", "id")]
    found: dict[tuple[int, int], tuple[Place, Decimal]] = {}
    for row in sheet.rows:
        name, year, growth = (row[n] for n in at[:3] if n is not None)
        identifier = "" if at[3] is None else row[at[3]].text
        if is_total(identifier, name.text):
            continue
        region, when = match_region(index, (identifier, name.text), name.place, collector), parse_year(year, collector)
        factor = _factor(growth, collector)
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
    if missing and not collector.findings:
        collector.error("yearly_growth_gap", sheet.place, missing="、".join(missing))
    collector.raise_errors()
    factors = tuple(tuple(found[n, year][1] for year in years) for n in range(len(regions)))
    for n, (name_, wanted) in enumerate(zip(regions.names, regions.growth, strict=True)):
        together = Decimal(1)
        for factor in factors[n]:
            together *= factor
        if abs(together - wanted) > TOLERANCE * wanted:
            collector.error("yearly_growth_sum", sheet.place, name=name_, found=f"{together:.5f}", needed=f"{wanted:f}")
    collector.raise_errors()
    return factors, source


def _factor(cell: Cell, collector: Collector) -> Decimal:
    """Return a growth factor; what is none is noted and stands as 1."""
    try:
        number, percent = cell.parse()
    except CellError as error:
        collector.error("empty_cell" if not cell.text else error.code, cell.place, **error.values)
        return Decimal(1)
    if percent or not LOWEST <= number <= HIGHEST:
        collector.error("yearly_growth_range", cell.place, found=cell.text)
        return Decimal(1)
    return number
