"""Tables of rates: ours, a draft, or one typed from a circular."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from scenarios.cells import CellError, parse_rate
from scenarios.columns import Header
from scenarios.errors import Collector, InputError, Place
from scenarios.files import InputFile, decode, read_bytes
from scenarios.regions import RegionIndex, Regions, is_total
from scenarios.sheets import Cell, read_sheet

_SEPARATOR = "、"


@dataclass(frozen=True)
class RateTable:
    """A table of reduction rates for all regions of a scenario.

    Parameters
    ----------
    rates
        Fractions in the order of the scenario's regions, shape (n,), exactly as written.
    source
        The file they were read from.
    """

    rates: tuple[Decimal, ...]
    source: InputFile


def read_rates(path: Path, regions: Regions) -> RateTable:
    """Read a table of rates (csv, xlsx, or json) and match it to the regions.

    A cell may name several cities (``柳州、百色``), as circulars print classes.

    Raises
    ------
    InputError
        A city unknown, twice or missing; a rate that is none; an unreadable file.
    """
    collector = Collector()
    if path.suffix.lower() == ".json":
        pairs, source = _from_json(path, collector)
    else:
        pairs, source = _from_sheet(path, collector)
    index = RegionIndex(regions.ids, regions.names, regions.names_en)
    found: dict[int, Decimal] = {}
    for place, names, rate in pairs:
        position = index.find(*(name for name in names if name))
        name = next((name for name in reversed(names) if name), "")
        if position is None:
            meant = index.near(name)
            code = "unknown_region_meant" if meant else "unknown_region"
            collector.error(code, place, found=name, meant=meant)
        elif position in found:
            collector.error("region_twice", place, found=name, first="")
        else:
            found[position] = rate
    missing = [name for n, name in enumerate(regions.names) if n not in found]
    if missing:
        collector.error("missing_regions", Place(file=path.name), missing=_SEPARATOR.join(missing))
    collector.raise_errors()
    return RateTable(tuple(found[n] for n in range(len(regions))), source)


_Pair = tuple[Place, tuple[str, ...], Decimal]


def _from_sheet(path: Path, collector: Collector) -> tuple[list[_Pair], InputFile]:
    """Return place, names and rate of every row of a csv or xlsx table."""
    sheet, source = read_sheet(path, ("rate",))
    for standard in ("id", "name", "rate"):
        columns = [header.text for header in sheet.headers if header.standard == standard]
        if len(columns) > 1:
            collector.error("column_twice", Place(file=path.name, column=", ".join(columns)))
    at_rate, at_id, at_name = (sheet.position(name) for name in ("rate", "id", "name"))
    if at_id is None and at_name is None:
        found = ", ".join(header.text for header in sheet.headers)
        raise InputError.of("missing_columns", sheet.place, missing="name", found=found)
    assert at_rate is not None
    header = sheet.headers[at_rate]
    if header.factor is None:
        collector.error("wrong_unit", Place(file=path.name, column=header.text), found=header.unit)
    pairs: list[_Pair] = []
    for row in sheet.rows:
        identifier = "" if at_id is None else row[at_id].text
        name = "" if at_name is None else row[at_name].text
        if is_total(identifier, name):
            continue
        rate = rate_of(row[at_rate], header, collector)
        place = row[at_id if at_name is None else at_name].place  # type: ignore[index]
        pairs += [(place, (identifier, part.strip()), rate) for part in name.split(_SEPARATOR)]
    return pairs, source


def _from_json(path: Path, collector: Collector) -> tuple[list[_Pair], InputFile]:
    """Return place, names and rate from a plan.json, a list of records, or a name -> rate mapping."""
    raw = read_bytes(path)
    try:
        # parse_float keeps what is written; NaN and Infinity are not JSON and refused as rates
        content: Any = json.loads(decode(raw, path.name), parse_float=Decimal)
    except (json.JSONDecodeError, RecursionError) as error:
        row = getattr(error, "lineno", None)
        raise InputError.of("not_json", Place(file=path.name, row=row), problem=error) from error
    if isinstance(content, dict) and isinstance(content.get("regions"), list):
        content = content["regions"]
    if isinstance(content, dict):
        content = [{"name": name, "rate": rate} for name, rate in content.items()]
    pairs: list[_Pair] = []
    for n, record in enumerate(content if isinstance(content, list) else []):
        place = Place(file=path.name, key=f"regions[{n}]")
        if not isinstance(record, Mapping):
            collector.error("not_a_section", place, found=record)
            continue
        value = next((record[key] for key in ("published_rate", "rate") if key in record), None)
        names = tuple(str(record.get(key, "")) for key in ("id", "region", "name"))
        try:
            pairs.append((place, names, parse_rate(value)))
        except CellError as error:
            collector.error(error.code, place, **error.values)
    if not pairs:
        collector.error("no_rates", Place(file=path.name))
    return pairs, InputFile.of(path.name, raw)


def rate_of(cell: Cell, header: Header, collector: Collector, default: Decimal | None = None) -> Decimal:
    """Return a rate cell as a fraction; a failed cell is noted and stands as 0.

    A per cent sign, a percentage format of Excel, or ``%`` in the header divides by
    100; a bare number is a fraction below one or a question.
    """
    if not cell.text:
        if default is None:
            collector.error("empty_cell", cell.place)
        return default or Decimal(0)
    try:
        number, percent = cell.parse()
    except CellError as error:
        collector.error("not_a_rate" if error.code == "not_a_number" else error.code, cell.place, **error.values)
        return default or Decimal(0)
    rate = number / 100 if percent or header.unit else number
    if not (percent or header.unit) and abs(number) >= 1:
        values = {"found": cell.text, "percent": f"{number:f}%", "fraction": f"{number / 100:f}"}
        collector.error("rate_question", cell.place, **values)
    elif abs(rate) >= 1:
        collector.error("rate_range", cell.place, found=cell.text)
    return rate
