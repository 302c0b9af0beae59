"""Finds the header of a table: below titles, over two rows, with a row of units."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from scenarios.errors import Finding, Place
from scenarios.tables.cells import CellError, parse_number, year_of
from scenarios.tables.columns import OF_ENERGY, Header, is_dated, is_time, parse_header
from scenarios.tables.grid import Cell, Grid
from scenarios.tables.headers.counting import counts_columns
from scenarios.tables.headers.units import UNITS, disagree, factor, plain
from scenarios.tables.layout.notes import parted
from scenarios.tables.layout.sheet import Stated
from scenarios.tables.layout.units_around import KNOWN_UNITS, stated_units

_TITLE_ROWS = 10
_LABEL = re.compile(r"(?:计量|数据)?(?:单位|units?)\s*(?:[：:]\s*|$)", re.IGNORECASE)
_UNBRACKETED = re.compile(r"[(（\[【].*")
_WHOLE = frozenset(
    ("合计", "总计", "总量", "总数", "总额", "全部", "全市", "数值", "数额", "total", "sum", "value", "amount")
)
_OUTCOME = re.compile(r"(?<=[年\d])(?:决算|核算|核定|实际|统计|年报|最终|调整|完成)?(?:数据?|值)?(?=$|[(（])")
"""What stands behind the year of a figure and says nothing else of it."""
_NO_UNIT = frozenset(("无量纲", "无单位", "代码", "名称", "none"))
_Parse = Callable[[str], Header]


@dataclass(frozen=True)
class Head:
    """The header of a table in a grid."""

    headers: tuple[Header, ...]
    cells: tuple[Cell, ...]  # Where each of them stands
    below: int  # Position in the grid of the first row below
    stated: tuple[Stated, ...] = ()  # What is stated around the table as its units
    findings: tuple[Finding, ...] = ()  # What must be said of it
    above: tuple[Cell, ...] = ()  # What stands above it


def find_head(grid: Grid, parse: _Parse) -> Head:
    """Return the header of a grid: the first of the top rows with two known names, else what is most like one.

    Parameters
    ----------
    grid
        Rows that hold something.
    parse
        What reads a header.
    """
    start = _start(grid, parse)
    head = _single(grid[start], start + 1, parse)
    if start and _completes(grid[start - 1], head, parse):
        start -= 1
        head = _over(_single(grid[start], start + 1, parse), grid[start + 1], start + 2, parse)
    while head.below < len(grid):
        row = grid[head.below]
        if counts_columns(grid, head.below):
            said = Finding(
                "number_row", row[0].place, {"found": " ".join(filter(None, (cell.text for cell in row)))}, "notice"
            )
            head = replace(head, below=head.below + 1, findings=(*head.findings, said))
        elif _continues(row, head, parse):
            head = _over(head, row, head.below + 1, parse)
        else:
            break
    if start and _is_units_above(grid[start - 1], head):
        start -= 1
        head = _below_units(head, grid[start])
    kept, _ = parted(grid[head.below :])
    titles = tuple(cell for row in grid[:start] for cell in row if cell.text)
    return replace(head, stated=stated_units([*grid[:start], *grid[head.below + len(kept) :]]), above=titles)


def _start(grid: Grid, parse: _Parse) -> int:
    """Return the row of the header."""
    counts = []
    for row in grid[:_TITLE_ROWS]:
        headers = [parse(cell.text) for cell in row if cell.text]
        said = any(a.standard == "year" and _is_bare(b) for a, b in pairwise(headers))  # 数据年份 | 2015 is no header
        known = 0 if said else sum(bool(header.standard) for header in headers)
        counts.append(known + sum(header.year is not None for header in headers if not header.standard and known))
    return next((n for n, count in enumerate(counts) if count >= 2), counts.index(max(counts)))


def _is_bare(header: Header) -> bool:
    """Return whether a header is a year and nothing else."""
    return header.year is not None and not header.standard


def _single(row: Sequence[Cell], below: int, parse: _Parse) -> Head:
    return Head(tuple(parse(cell.text) for cell in row), tuple(row), below)


def _completes(above: Sequence[Cell], head: Head, parse: _Parse) -> bool:
    """Return whether a row is the upper half of the header: it names columns that the lower one leaves empty."""
    if sum(bool(cell.text) for cell in above) < 2 or not all(map(_is_label, above)):
        return False
    pairs = zip(above, head.cells, strict=False)
    return any(upper.text and not lower.text and parse(upper.text).standard for upper, lower in pairs)


def _continues(row: Sequence[Cell], head: Head, parse: _Parse) -> bool:
    """Return whether a row is the lower half of the header or a row of units, and no row of figures."""
    if len(row) != len(head.headers) or not any(cell.text for cell in row) or not all(map(_is_label, row)):
        return False
    if not all(_fits_below(cell, header, parse) for cell, header in zip(row, head.headers, strict=True)):
        return False
    if _is_units(row):
        return True
    lower = _over(head, row, head.below + 1, parse)
    pairs = list(zip(lower.headers, head.headers, strict=True))
    return any(old.standard in UNITS and not new.standard for new, old in pairs) or any(
        new != old and cell.text and (new.standard or new.year) and not (old.standard and old.standard != new.standard)
        for (new, old), cell in zip(pairs, row, strict=True)
    )


def _fits_below(cell: Cell, header: Header, parse: _Parse) -> bool:
    """Return whether a cell may be part of a header: below a name, code or year stands a region's own."""
    if not cell.text or not header.standard or header.standard in UNITS:
        return True
    unit = "单位" in cell.text or plain(_unit(cell.text)) in KNOWN_UNITS
    return unit or parse(cell.text).standard == header.standard


def _is_label(cell: Cell) -> bool:
    """Return whether a cell holds no figure; a year may be a label."""
    if cell.unknown or cell.percent or cell.doubt:
        return False
    if not cell.text or year_of(cell.text) is not None:
        return True
    try:
        parse_number(cell.text)
    except CellError as error:
        return error.code in ("not_a_number", "number_meant")
    return False


def _is_units(row: Sequence[Cell]) -> bool:
    """Return whether most filled cells of a row are units."""
    texts = [_unit(cell.text) for cell in row if cell.text]
    known = sum(plain(text) in KNOWN_UNITS for text in texts)
    return known > 0 and all(
        plain(text) in KNOWN_UNITS or "/" in text or "单位" in text or len(text) <= 2 for text in texts
    )


def _is_no_unit(text: str) -> bool:
    """Return whether a cell of a row of units says that there is none: ``无量纲``, or the year of the figures."""
    return text in _NO_UNIT or year_of(text) is not None


def _is_units_above(row: Sequence[Cell], head: Head) -> bool:
    """Return whether a row holds a unit for each of some columns below; one behind ``单位：`` is of the whole table."""
    if not _is_units(row):
        return False
    given = [(header, unit) for header, cell in zip(head.headers, row, strict=False) if (unit := _unit(cell.text))]
    if len(given) == 1:
        return not any("单位" in cell.text for cell in row) and factor(given[0][0].standard, given[0][1]) is not None
    return all(header.text and header.standard in {"", *UNITS} for header, _ in given)


def _below_units(head: Head, row: Sequence[Cell]) -> Head:
    """Return a header with the units in the row above it; one that has another is noted."""
    headers, findings = list(head.headers), list(head.findings)
    for n, (header, at, cell) in enumerate(zip(head.headers, head.cells, row, strict=False)):
        headers[n] = replace(header, unit=header.unit or _unit(cell.text))
        findings += _torn(header, _place(header, at), cell, None)
    return replace(head, headers=tuple(headers), findings=tuple(findings))


def _over(upper: Head, row: Sequence[Cell], below: int, parse: _Parse) -> Head:
    """Return a header of two rows as one; a text of the upper row goes for the cells that it spans as well."""
    headers, cells, findings, carried = [], [], list(upper.findings), ""
    units, ends = _is_units(row), {end for _, end in _spans(upper.cells)}
    for n, (over, old, cell) in enumerate(zip_longest(upper.cells, upper.headers, row)):
        at = cell if over is None or (cell is not None and cell.text and not over.text) else over
        carried = over.text if over is not None and over.text else "" if n in ends else carried
        lower = cell.text if cell is not None else ""
        own = old if old is not None and old.text else None
        headers.append(_one(own, carried, lower, units, parse))
        cells.append(at)
        if cell is not None and at is not None:
            findings += _torn(own or parse(carried), _place(headers[-1], at), cell, None if units else parse(lower))
    shared = headers if units else _parts(upper, headers, row, parse)
    return Head(tuple(shared), tuple(cells), below, findings=tuple(findings))


def _spans(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """Return which columns each text of a row goes for: those merged with it, or all to the next where none are."""
    starts = [*(n for n, cell in enumerate(cells) if cell.text), len(cells)]
    merged = any(cell.covered for cell in cells)
    spans = []
    for first, following in pairwise(starts):
        free = (n for n in range(first + 1, following) if merged and not cells[n].covered)
        spans.append((first, next(free, following)))
    return spans


def _parts(upper: Head, headers: Sequence[Header], row: Sequence[Cell], parse: _Parse) -> list[Header]:
    """Return headers of which a quantity over several columns is that of the whole among its parts, or of none.

    Where one of its columns has a year, the first without one is no part of it; those called alike are told apart.
    """
    found, texts = list(headers), [header.text for header in headers if header.text]
    for first, end in _spans(upper.cells):
        for n in range(first, end):
            text, over = row[n].text if n < len(row) else "", upper.headers[first]
            beside = any(h.year and h.standard == over.standard for h in found[first:end])
            if text and over.standard in UNITS and not found[n].year and beside and found[n].standard == over.standard:
                found[n] = Header(over.text + text, "", found[n].unit)
            elif over.text and not found[n].standard and not found[n].year and texts.count(found[n].text) > 1:
                found[n] = replace(found[n], text=over.text + found[n].text)
        others = (n for n in range(first + 1, end) if found[n].standard or found[n].year)
        own, end = found[first], next(others, end)  # what is known by itself is no part
        lower = [row[n].text if n < len(row) else "" for n in range(first, end)]
        if len(lower) < 2 or not all(lower) or own.year:
            continue
        if own.standard not in UNITS or own.standard != upper.headers[first].standard:
            continue
        whole = [n for n, text in enumerate(lower, first) if _UNBRACKETED.sub("", text).strip().lower() in _WHOLE]
        for n, text in enumerate(lower, first):
            named = upper.headers[first].text + text
            meant = whole == [n] or parse(named).standard == own.standard  # as the scenario says
            found[n] = replace(own, text=named) if meant else Header(named, "", own.unit)
    return found


def _torn(header: Header, place: Place, cell: Cell, lower: Header | None) -> list[Finding]:
    """Return what is said of a header whose unit is another than that below it, in a row of units or of headers."""
    standard = lower.standard if lower and not is_dated(cell.text) else header.standard
    unit = lower.unit if lower else _unit(cell.text)
    if not disagree(standard, header.unit, unit) or (lower and not standard):
        return []
    values = {"found": header.unit, "other": unit, "below": cell.place.inside}
    return [Finding("units_disagree", place, values)]


def _place(header: Header, cell: Cell) -> Place:
    """Return where a header stands."""
    return Place(file=cell.place.file, sheet=cell.place.sheet, cell=cell.place.cell, column=header.text)


def _unit(text: str) -> str:
    """Return the unit that a cell of a row of units holds, ``""`` for a dash and for a label alone."""
    bare = _LABEL.sub("", text).strip("()（）—–-/ ")
    return "" if _is_no_unit(bare) else bare


def _one(own: Header | None, upper: str, lower: str, units: bool, parse: _Parse) -> Header:
    """Return the header of a column from its upper and lower text; a rate of another quantity is none."""
    if not lower:
        return own or parse("")
    if units:
        named = own or parse(upper)
        return replace(named, unit=named.unit or _unit(lower))
    both, alone, over = parse(upper + lower), parse(_OUTCOME.sub("", lower)), parse(upper)
    above = over.unit
    if over.standard in UNITS and not alone.standard and not both.standard and is_dated(lower):
        named = parse(over.text + lower)
        known = over.standard if alone.year or named.standard == over.standard else ""
        return Header(over.text + lower, known, alone.unit or above, alone.year)
    kept = own if own is not None and own.standard and not alone.standard else None
    if both.standard or (upper and is_time(lower) and (alone.year or not kept)):
        return replace(both, unit=both.unit or (above if plain(above) in KNOWN_UNITS else ""))
    of_another = OF_ENERGY.search(upper) or (parse_header(upper + lower).standard and not both.standard)
    if of_another and alone.standard in ("rate", "incentive_rate"):
        return Header(upper + alone.text, "", alone.unit)
    fits = factor(alone.standard, above) is not None
    return kept or replace(alone, unit=alone.unit or (above if fits else ""))
