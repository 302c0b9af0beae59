"""Tables of rates: ours, a draft, or one typed from a circular."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.quantities import Quantity, spoken
from scenarios.tables.cells import CellError, in_all_digits, parse_rate
from scenarios.tables.columns import Header, is_of_period, is_since
from scenarios.tables.files import InputFile, parse_json, read_bytes
from scenarios.tables.grid import Cell
from scenarios.tables.headers.names import CHANGES, LOOSE_RATES, OF_RATES
from scenarios.tables.layout.asked import Asked
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.printed import regions_in, without_notes
from scenarios.tables.regions import RegionIndex, Regions, alias, called_reserve, called_residual, called_rest, is_total
from scenarios.tables.rows import TableReader
from scenarios.tables.sheets import read_sheets, several_sheets
from scenarios.wording import some, written

_CHANGE = re.compile(f"(?:{'|'.join(CHANGES)})$", re.IGNORECASE)
_FALLING = ("下降", "降低", "减少", "降")
_IN_WORDS = re.compile(rf"({'|'.join(_FALLING)}|上升|升高|提高|增加|增长)了?\s*([\d.].*)", re.DOTALL)
"""A fall or a rise, and by how much."""


@dataclass(frozen=True)
class RateTable:
    """A table of reduction rates for all regions of a scenario."""

    rates: tuple[Decimal, ...]  # Fractions in the order of the scenario's regions, shape (n,), exactly as written
    source: InputFile  # The file they were read from
    # Incentive rates in the same order; None where the table has none or they were not asked for
    incentive: tuple[Decimal, ...] | None = None
    cells: tuple[Cell, ...] = ()  # Where each rate stands, as it is written, shape (n,)
    notices: tuple[Finding, ...] = ()  # What must be said with it
    titles: tuple[tuple[str, Place], ...] = ()  # What it is called, and where
    whole: tuple[Cell, Decimal] | None = None  # What it says of the province, and the fraction; None where nothing
    beside: tuple[str, ...] = ()  # Headers of further columns of rates, beside the one that says that it is meant


@in_all_digits
def read_rates(
    path: Path,
    regions: Regions,
    incentive: bool = False,
    of: tuple[str, ...] = (),
    period: tuple[int, int] | None = None,
) -> RateTable:
    """Read a table of rates (csv, xlsx, or json) and match it to the regions.

    A cell may name several cities (``柳州、百色``), as circulars print classes, and notes may stand below
    the last row. Where several sheets of a workbook hold rates, such as a table of classes beside the whole
    one, all must say the same. With `incentive`, a column of incentive rates is read as well if there is
    one; then every region needs its own. `of`: the sheets of a workbook to look into, all where none is named.
    `period`: base and end year, by which one of several columns of rates is taken.

    Raises InputError: A city unknown, twice or missing; a rate that is none; sheets that differ; an unreadable file.
    """
    if path.suffix.lower() == ".json":
        collector = Collector()
        pairs, source = _from_json(path, collector, incentive, regions)
        return _matched(path, pairs, collector, regions, source)
    sheets, source = read_sheets(path, ("rate",), OF_RATES, Asked.of(regions, of))
    sheets = [one for one in map(_less_loose, sheets) if one.position("rate") is not None] or sheets

    def read(sheet: Sheet) -> RateTable:
        return rates_on(sheet, path, regions, source, incentive, period)

    if len(sheets) == 1:
        return read(sheets[0])
    try:
        tables = [read(sheet) for sheet in sheets]
    except InputError:
        raise several_sheets(sheets) from None
    seconds = [table.incentive for table in tables if table.incentive is not None]
    if any(table.rates != tables[0].rates for table in tables) or any(each != seconds[0] for each in seconds):
        raise several_sheets(sheets)
    said = tuple(notice for table in tables for notice in table.notices)
    return replace(tables[0], incentive=seconds[0] if seconds else None, notices=said)


@in_all_digits
def rates_on(
    sheet: Sheet, path: Path, regions: Regions, source: InputFile, incentive: bool = False,
    period: tuple[int, int] | None = None,
) -> RateTable:  # fmt: skip
    """Return the rates on one sheet, or on part of one; see `read_rates`."""
    collector = Collector()
    whole = _of_period(without_notes(sheet, regions.index), period)
    pairs = _from_sheet(whole, regions.index, collector, incentive)
    beside = [h.text for h, kept in zip(sheet.headers, whole.headers, strict=True) if h.standard != kept.standard]
    table = _matched(path, pairs, collector, regions, source)
    said = _of_whole(whole, regions.index)
    return replace(table, titles=sheet.titles, beside=tuple(beside), whole=said)


def regions_rated(path: Path, quantity: Quantity, period: tuple[int, int], *meant: str) -> Regions:
    """Return the regions that a table of rates is of, by what it calls them: all rows with a rate that are no total.

    `meant`: names that stand for one region though they hold what else parts several.
    Raises InputError: an unreadable file, or one without rates.
    """
    of = Regions((), (), (), (), (), (), (), (), (), {}, {}, quantity=quantity)
    if path.suffix.lower() == ".json":
        pairs, _ = _from_json(path, Collector(), False, of)
        rows = [(names[0], names[2] or names[1]) for _, names, *_ in pairs]
    else:
        sheets, _ = read_sheets(path, ("rate",), OF_RATES, Asked.of(of))
        sheets = [one for one in map(_less_loose, sheets) if one.position("rate") is not None] or sheets
        rows = [row for sheet in sheets for row in _rated_rows(_of_period(sheet, period))]
    whole = {*map(alias, meant)}
    named: dict[tuple[str, str], tuple[str, str]] = {}
    for code, text in rows:
        for name in (text,) if alias(text) in whole else regions_in(of.index, text):
            if (name or code) and not is_total(code, name) and not _no_ones(of.index, name):
                named.setdefault((code, alias(name)), (code or name, name or code))
    ids, names = zip(*named.values(), strict=True) if named else ((), ())
    ones, n = (Decimal(1),) * len(ids), len(ids)
    low = (Decimal(-1),) * n
    return Regions(ids, names, names, ones, ones, ones, low, ones, ("",) * n, {}, {}, quantity=quantity)


def _rated_rows(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield code and name of every row that has something where the rates stand."""
    at, reader = sheet.position("rate"), TableReader(sheet, Collector())
    for row in sheet.rows if at is not None else ():
        if at is not None and (row[at].text or row[at].unknown):
            yield reader.text(row, "id"), reader.text(row, "name")


def _less_loose(sheet: Sheet) -> Sheet:
    """Return a table without the columns of rates that may be of something else; they are rates where none other is."""
    headers = (replace(h, standard="") if h.standard == "rate" and _is_loose(h) else h for h in sheet.headers)
    return replace(sheet, headers=tuple(headers))


def _is_loose(header: Header) -> bool:
    """Return whether a header is that of the rates only where no other one is: of changes, since a year, cumulative."""
    return "".join(header.text.split()).lower() in LOOSE_RATES or is_since(header.text)


def _of_period(sheet: Sheet, period: tuple[int, int] | None) -> Sheet:
    """Return a table with the one column of several of rates that says that it is of the period."""
    rates = [n for n, header in enumerate(sheet.headers) if header.standard == "rate"]
    own = [n for n in rates if period and is_of_period(sheet.headers[n].text, *period)]
    if len(own) != 1:
        return sheet
    other = {*rates} - {*own}
    headers = tuple(replace(header, standard="") if n in other else header for n, header in enumerate(sheet.headers))
    return replace(sheet, headers=headers)


def _matched(path: Path, pairs: list[_Pair], collector: Collector, regions: Regions, source: InputFile) -> RateTable:
    """Return the rates in the order of the regions, each region once."""
    if not pairs and not collector.refuses:
        collector.error("no_rates", Place(file=path.name))
    index = regions.index
    found: dict[int, tuple[Place, Decimal, Decimal | None, Cell]] = {}
    taken = {n for _, names, *_ in pairs if (n := index.find(*filter(None, names))) is not None}
    _some_known(pairs, taken, collector)
    for place, names, rate, second, cell in pairs:
        position = index.locate(*names, place=place, collector=collector, taken=taken)
        if position is None:
            continue
        if position in found:
            first = found[position][0].inside
            collector.error("region_twice", place, found=regions.names[position], first=first)
        else:
            found[position] = place, rate, second, cell
    missing = [name for n, name in enumerate(regions.names) if n not in found] if pairs else []
    if missing:
        collector.error("missing_regions", Place(file=path.name), missing=some(missing))
    given = [found[n][2] for n in sorted(found)]
    if any(rate is not None for rate in given):
        for place, _, second, _ in found.values():
            if second is None:
                collector.error("no_incentive_rate", place)
    collector.raise_errors()
    seconds = tuple(rate for rate in given if rate is not None)
    rows = [found[n] for n in range(len(regions))]
    cells = tuple(row[3] for row in rows)
    return RateTable(tuple(row[1] for row in rows), source, seconds or None, cells, collector.notices)


def _some_known(pairs: Sequence[_Pair], taken: Collection[int], collector: Collector) -> None:
    """Refuse a table of which no region at all is known: it is of others, or in a language without names here."""
    given = [next((text for text in reversed(names) if text), "") for _, names, *_ in pairs]
    if len(pairs) > 1 and not taken and not collector.refuses and all(given):
        code = "regions_in_english" if all(map(str.isascii, given)) else "no_region_known"
        raise InputError.of(code, pairs[0][0], found=given[0], count=len(given))


_Pair = tuple[Place, tuple[str, ...], Decimal, Decimal | None, Cell]


def _from_sheet(sheet: Sheet, index: RegionIndex, collector: Collector, incentive: bool) -> list[_Pair]:
    """Return place, names, rate and incentive rate of every row of a csv or xlsx table."""
    reader = TableReader(sheet, collector)
    second = sheet.position("incentive_rate") if incentive else None
    rates = ("rate", "incentive_rate") if incentive else ("rate",)
    if sheet.position("id") is None and sheet.position("name") is None:
        raise reader.lacks("name")
    reader.once(("id", "name", *rates), rates)
    at_rate = sheet.position("rate")
    assert at_rate is not None
    pairs: list[_Pair] = []
    rests: list[_Pair] = []
    for row in sheet.rows:
        identifier, name = reader.text(row, "id"), reader.text(row, "name")
        if index.is_total(identifier, name) or _no_ones(index, name):
            reader.no_ones(row)
            continue
        header, cell = sheet.headers[at_rate], plain_rate(row[at_rate], sheet.headers[at_rate])
        rate = rate_of(cell, header, collector) * (-1 if is_change(header) else 1)
        above = None if second is None else rate_of(row[second], sheet.headers[second], collector)
        place = reader.named(row).place
        kept = rests if not identifier and called_rest(name) and index.find(name) is None else pairs
        kept += [(place, (identifier, part), rate, above, cell) for part in regions_in(index, name)]
    return [*pairs, *_others(pairs, rests, index, collector)]


def _of_whole(sheet: Sheet, index: RegionIndex) -> tuple[Cell, Decimal] | None:
    """Return the cell of the province's own rate and what it says; None where a row 合计 has none."""
    at, reader = sheet.position("rate"), TableReader(sheet, Collector())
    for row in sheet.rows if at is not None else ():
        if at is not None and index.is_total(reader.text(row, "id"), reader.text(row, "name")):
            header, unread = sheet.headers[at], Collector()
            cell = plain_rate(row[at], header)
            rate = rate_of(cell, header, unread) * (-1 if is_change(header) else 1)
            if not unread.refuses:
                return cell, rate
    return None


def _others(
    pairs: Sequence[_Pair], rests: Sequence[_Pair], index: RegionIndex, collector: Collector
) -> Sequence[_Pair]:
    """Return a row of all other cities, which is said, as one of each; other such rows as they are."""
    named = {index.find(*filter(None, names)) for _, names, *_ in pairs}
    left = [(identifier, name) for n, (identifier, name) in enumerate(index.regions) if n not in named]
    if len(rests) != 1 or not left or None in named:
        return rests
    ((place, (_, text), rate, above, cell),) = rests
    collector.notice("other_regions", place, found=text, names=some(name for _, name in left))
    return [(place, names, rate, above, cell) for names in left]


def _no_ones(index: RegionIndex, name: str) -> bool:
    """Return whether a row is what no region has: the reserve, or the residual line."""
    return (called_reserve(name) or called_residual(name)) and index.find(name) is None


def _from_json(path: Path, collector: Collector, incentive: bool, regions: Regions) -> tuple[list[_Pair], InputFile]:
    """Return place, names and rates from a plan.json, a list of records, or a name -> rate mapping."""
    raw = read_bytes(path)
    # numbers stay text, so that what is written is what is read; NaN and Infinity are refused as rates
    content = parse_json(raw, path.name, number=_Written, constant=_Written)
    ours = isinstance(content, dict) and content.keys() >= {"schema_version", "provenance"}
    said = content["scenario"].get("quantity", "carbon") if ours and isinstance(content.get("scenario"), dict) else ""
    if said and said != regions.quantity.name:
        collector.error("rates_of_another", Place(file=path.name, key="scenario.quantity"), found=said)
        return [], InputFile.of(path.name, raw)
    pairs: list[_Pair] = []
    for key, record in _records(content):
        place = Place(file=path.name, key=key)
        names = tuple(record.get(part) for part in ("id", "region", "name"))
        if odd := [name for name in names if not isinstance(name, str | None)]:
            collector.error("not_text", place, found=written(odd[0]))
            continue
        if regions.index.is_total(names[0] or "", names[2] or names[1] or ""):
            continue
        rate = _json_rate(record, ("published_rate", "rate"), ours, place, collector)
        second = ("published_incentive_rate", "incentive_rate")
        asked = incentive and not record.keys().isdisjoint(second)
        above = _json_rate(record, second, ours, place, collector) if asked else None
        pairs.append((place, tuple(name or "" for name in names), rate, above, Cell(f"{rate:f}", place)))
    return pairs, InputFile.of(path.name, raw)


def _json_rate(
    record: dict[str, Any], keys: tuple[str, str], ours: bool, place: Place, collector: Collector
) -> Decimal:  # fmt: skip
    """Return the rate that a record has under one of two keys; what is none, and another one under both, is noted.

    `ours`: whether the file is a plan.json, whose published rates are the first and whose computed ones the second.
    """
    given = {key: record[key] for key in keys if key in record}
    if not given:
        collector.error("missing_key", replace(place, key=f"{place.key}.{keys[1]}"))
        return Decimal(0)
    if ours and spoken().is_share and str(next(iter(given.values()))) in ("1", "1.0"):
        return Decimal(1)  # The whole: fractions stand there
    rates = [_written_rate(value, place, collector) for value in list(given.values())[: 1 if ours else 2]]
    if rates[1:] and rates[0] != rates[1]:
        found, other = map(written, given.values())
        collector.error("rates_differ", place, first=keys[0], second=keys[1], found=found, other=other)
    return rates[0]


def _written_rate(value: object, place: Place, collector: Collector) -> Decimal:
    """Return a rate of a JSON file; what is none is noted."""
    try:
        rate = parse_rate(value)
    except CellError as error:
        collector.error(error.code, place, **error.values | {"found": written(value)})
        return Decimal(0)
    if _beyond(rate):
        collector.error("rate_range", place, found=written(value))
    return rate


class _Written(str):
    """A number of a JSON file as it is written."""


def _records(content: Any) -> list[tuple[str, dict[str, Any]]]:  # noqa: ANN401  (whatever a JSON file holds)
    """Return key and fields of each record of a plan.json, a list, or a name -> rate mapping."""
    key = ""
    if isinstance(content, dict) and isinstance(content.get("regions"), list):
        key, content = "regions", content["regions"]
    if isinstance(content, dict):
        return [(name, {"name": name, "rate": rate}) for name, rate in content.items()]
    entries = content if isinstance(content, list) else []
    return [(f"{key}[{n}]", e if isinstance(e, dict) else {"rate": e}) for n, e in enumerate(entries)]


def is_change(header: Header) -> bool:
    """Return whether a column holds changes, of which a fall is below zero."""
    return header.standard == "annual_change" or _CHANGE.search(header.text) is not None


def plain_rate(cell: Cell, header: Header) -> Cell:
    """Return a cell with the number alone where it says in words that something falls or rises: ``下降17%``."""
    match = _IN_WORDS.fullmatch(cell.text)
    if match is None or cell.unknown or cell.doubt:
        return cell
    rises = match.group(1) not in _FALLING
    sign = "-" if rises != is_change(header) else ""
    return replace(cell, text=f"{sign}{match.group(2).strip()}")


def _beyond(rate: Decimal) -> bool:
    """Return whether a rate is none: a cut of all there is; a share may be all of it."""
    return abs(rate) >= 1 and not (rate == 1 and spoken().is_share)


def rate_of(cell: Cell, header: Header, collector: Collector, default: Decimal | None = None) -> Decimal:
    """Return a rate cell as a fraction; a failed cell is noted and stands as 0.

    A per cent sign, a percentage format of Excel, or ``%`` in the header divides by
    100; a bare number is a fraction below one or a question.
    """
    if not cell.text:
        if default is None and not collector.names(cell.place):
            collector.error("empty_cell", cell.place)
        return default or Decimal(0)
    try:
        number, percent = cell.parse()
    except CellError as error:
        code = "not_a_rate" if error.code in ("not_a_number", "number_marked") else error.code
        collector.error(code, cell.place, **error.values)
        return default or Decimal(0)
    rate = number / 100 if percent or header.unit else number
    if header.factor is None:
        return rate  # the unit is refused, and would be again and again
    if not (percent or header.unit) and 1 <= abs(number) <= 100:
        values = {"found": cell.text, "percent": f"{number:f}%", "fraction": f"{number / 100:f}"}
        collector.error("rate_question", cell.place, **values)
    elif _beyond(rate):
        collector.error("rate_range", cell.place, found=cell.text)
    return rate
