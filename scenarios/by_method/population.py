"""A table of people, a row a region: `region, population`."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from scenarios.errors import Collector, Finding, Place
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.headers.names import POPULATION
from scenarios.tables.layout.asked import Asked
from scenarios.tables.regions import Regions
from scenarios.tables.rows import PROVINCE, TableReader
from scenarios.tables.sheets import read_sheet
from scenarios.wording import some


@in_all_digits
def read_population(path: Path, regions: Regions) -> tuple[tuple[Decimal, ...], str, InputFile, tuple[Finding, ...]]:
    """Read people (csv or xlsx) in the order of the regions: figures as they stand, their unit, the file, what is said.

    Raises InputError: everything that is wrong, with its cell: a region twice or without a row, a figure not above
    zero.
    """
    sheet, source = read_sheet(path, ("name", "population"), POPULATION, Asked.of(regions))
    reader = TableReader(sheet, Collector())
    reader.once(("name", "population"), ("population",))
    header = reader.header("population")
    found: dict[int, tuple[Decimal, Place]] = {}
    for row in sheet.rows:
        cell, name = reader.needed(row, "population"), reader.named(row)
        region = reader.region(row, regions.index)
        if region == PROVINCE:
            reader.collector.notice("total_row", name.place, found=name.text)
            continue
        value = reader.amount(cell)
        if region is None:
            continue
        if region in found:
            reader.note("region_twice", name, found=name.text, first=found[region][1])
        found.setdefault(region, (value or Decimal(0), name.place.inside))
    without = [name for n, name in enumerate(regions.names) if n not in found]
    if without and not reader.collector.refuses:
        reader.collector.error("population_regions", sheet.place, missing=some(without))
    reader.collector.raise_errors()
    unit = "" if header is None else header.unit
    return tuple(found[n][0] for n in range(len(regions))), unit, source, reader.collector.notices
