"""Tables as they arrive: cells with their places, from CSV and Excel.

Nothing is dropped and nothing shifts: a row with a field too many or too few is
refused, a percentage cell of Excel says that it is one, a formula without a stored
value is refused rather than read as empty.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.tables.adcodes.prefectures import code_of
from scenarios.tables.blocks.below import continued, parted_tables, passed_above, unread
from scenarios.tables.cells import is_failed, is_part_of_year
from scenarios.tables.columns import Header, both_names, folded, ready_to_paste, years_of_title
from scenarios.tables.documents.reading import DOCUMENTS, read_document_tables
from scenarios.tables.excel import is_copy, read_workbook
from scenarios.tables.files import ZIP, InputFile, decode, of_book, read_bytes
from scenarios.tables.grid import Cell, Grid
from scenarios.tables.headers.growth import is_unclear
from scenarios.tables.headers.units import PROVISIONAL, UNITS, factor
from scenarios.tables.layout.asked import ANY, Asked
from scenarios.tables.layout.figures import with_commas_in_doubt, with_plain_figures
from scenarios.tables.layout.halves import one_below_other, starts_of_halves, without_numbers
from scenarios.tables.layout.heads import Head, find_head
from scenarios.tables.layout.joined import beside_whole, joined, joined_by_year, named
from scenarios.tables.layout.notes import labelled, parted
from scenarios.tables.layout.sheet import Sheet, called
from scenarios.tables.layout.transposed import upright
from scenarios.tables.layout.unit_column import with_units_beside
from scenarios.tables.layout.units_around import stated_units, with_units_around
from scenarios.tables.layout.years import as_rows, is_bare_year, of_base_year, one_of_years
from scenarios.tables.naming.dressed import english_name, plain_names
from scenarios.tables.old_excel import read_old_workbook
from scenarios.tables.text_table import delimiter_of, read_text_table

_OF_THE_TABLE = re.compile(r"(?:以上|上述|上表|本表|表中|表内)[^。；;]*")
_ROW, _COLUMN = re.compile(r"\D"), re.compile(r"\d")
_BOOKS = (".xlsx", ".xlsm")
_TEXTS = (".csv", ".tsv")
_FIGURES = {*UNITS, "figure", "target", "ratio"}
_OTHERS = (".et", ".ett", ".ods", ".xlsb", ".numbers")
_OF_WORDS = ("name", "name_en", "project", "sector", "item", "unit", "grid", "source")
_RATES, _RATE = ("rate", "incentive_rate"), re.compile(r"\d\s*[%％]")
_MOST_SHOWN = 40  # characters of a title


def read_sheet(
    path: Path,
    needed: Iterable[str],
    names: Mapping[str, str] = MappingProxyType({}),
    asked: Asked = ANY,
    more: Iterable[str] = (),
) -> tuple[Sheet, InputFile]:
    """Read the one table that has the `needed` standard columns; see `read_sheets`.

    `more`: columns that may stand on another sheet, from which they are joined.
    Raises InputError: unreadable file, no such table or more than one.
    """
    fitting, source = read_sheets(path, needed, names, asked, more)
    if len(fitting) > 1:
        raise several_sheets(fitting)
    return fitting[0], source


def read_sheets(
    path: Path,
    needed: Iterable[str],
    names: Mapping[str, str] = MappingProxyType({}),
    asked: Asked = ANY,
    more: Iterable[str] = (),
) -> tuple[list[Sheet], InputFile]:
    """Read every table that has the `needed` standard columns, at least one.

    Parameters
    ----------
    path
        A ``.csv``, ``.tsv``, ``.xlsx``, ``.xlsm`` or ``.xls`` file, or one sheet of a workbook, ``BOOK.xlsx#SHEET``.
    needed
        Standard columns, by which header row and Excel sheet are found.
    names
        Further known names of columns, alias -> standard.
    asked
        What a scenario says of headers, sheets and rows.
    more
        Columns that may stand on another sheet than the one that fits.

    Raises
    ------
    InputError
        Unreadable file, no such table.
    """
    path, sheet = of_book(path)
    raw, asked = read_bytes(path), asked.on(sheet)
    wanted, names, more = asked.sought(needed), asked.names(names), tuple(more)
    grids = _asked_for([each for each in _grids(path, raw, names, asked) if each[1]], asked, path.name)
    parts = (part for place, grid in grids for part in parted_tables(place, grid, partial(asked.parse, names=names)))
    tables = asked.with_growth(continued([_table(place, grid, asked, names) for place, grid in parts]), wanted)
    chosen = (with_units_beside(asked.chosen(as_rows(table, wanted, names))) for table in tables)
    sheets = [with_plain_figures(with_units_around(sheet)) for sheet in chosen]
    if not sheets:
        raise InputError.of("empty_file", Place(file=path.name))
    sheets = joined_by_year(one_of_years(sheets, wanted), wanted)
    fitting = [sheet for sheet in sheets if all(sheet.position(name) is not None for name in wanted)]
    known, fitting = fitting, of_base_year(fitting, asked.year, asked.province)
    if asked.year is not None and len(sheets) > 1 and (not fitting or len(asked.sheets) > 1):
        fitting = [sheet for sheet in (joined(sheets, wanted, asked, more),) if sheet is not None]
    elif len(fitting) == 1 and asked.year is not None:
        others = [sheet for sheet in sheets if sheet.place != fitting[0].place]
        said = (*fitting[0].findings, *beside_whole(fitting[0], others, asked))
        fitting = [replace(fitting[0], findings=said)]
    if len(fitting) == 1 < len(sheets):
        fitting = [_completed(fitting[0], sheets, wanted, more, asked)]
    if not fitting:
        raise _none_fits(wanted, sheets, names, asked)
    beside = tuple(unread(tables, known, fitting))
    fitting = [replace(fitting[0], findings=(*fitting[0].findings, *beside)), *fitting[1:]]
    return list(map(asked.in_its_terms, fitting)), InputFile.of(path.name, raw)


def _completed(
    sheet: Sheet, sheets: Sequence[Sheet], wanted: Sequence[str], more: Sequence[str], asked: Asked
) -> Sheet:
    """Return a table with the columns that it lacks and one other sheet has."""
    having = {name: [other for other in sheets if other.column(name) is not None] for name in more}
    beside = [found[0] for name, found in having.items() if sheet.column(name) is None and len(found) == 1]
    parts = [other for other in sheets if any(other is one for one in beside)]
    whole = joined([sheet, *parts], wanted, asked, more) if parts else None
    return whole if whole is not None and len(whole.headers) > len(sheet.headers) else sheet


def _asked_for(grids: list[tuple[Place, Grid]], asked: Asked, file: str) -> list[tuple[Place, Grid]]:
    """Return the sheets that the scenario names; where it names none all, but those that repeat a scenario."""
    if not asked.sheets or not any(place.sheet for place, _ in grids):
        return [each for each in grids if not is_copy(each[0].sheet)]
    known = {place.sheet.strip(): (place, grid) for place, grid in grids}
    for name in asked.sheets:
        if name.strip() not in known:
            raise InputError.of("no_such_sheet", Place(file=file), found=name, known="、".join(known))
    return [known[name.strip()] for name in asked.sheets]


def _grids(path: Path, raw: bytes, names: Mapping[str, str], asked: Asked) -> list[tuple[Place, Grid]]:
    """Return the rows of every table of a file, by what the file is."""
    suffix, place = path.suffix.lower(), Place(file=path.name)
    if suffix in _BOOKS or (suffix == ".xls" and raw.startswith(ZIP)):
        return read_workbook(raw, path.name, asked.sheets)
    if suffix == ".xls":
        return read_old_workbook(raw, path.name)
    if suffix in _TEXTS:
        text = decode(raw, path.name)
        delimiter = delimiter_of(text, lambda field: bool(asked.parse(field.strip(" \"'"), names).standard))
        return [(place, read_text_table(text, path.name, delimiter))]
    if suffix in DOCUMENTS:
        return read_document_tables(raw, path.name, suffix)
    code = "other_program" if suffix in _OTHERS else "unknown_format"
    raise InputError.of(code, place, found=path.suffix or path.name)


def several_sheets(fitting: Iterable[Sheet]) -> InputError:
    """Return what is said where several sheets of a workbook compete."""
    places = [sheet.place for sheet in fitting]
    if len({place.sheet for place in places}) == 1:
        return InputError.of("several_tables", replace(places[0], row=None), tables=called(places))
    names = [place.sheet for place in places]
    return InputError.of("several_sheets", Place(file=places[0].file), sheets="、".join(names), first=names[0])


def _none_fits(wanted: tuple[str, ...], sheets: list[Sheet], names: Mapping[str, str], asked: Asked) -> InputError:
    """Return which columns no sheet has."""
    best = max(sheets, key=lambda sheet: sum(sheet.position(column) is not None for column in wanted))
    missing = [column for column in wanted if best.position(column) is None]
    missing += ["name"] if wanted == ("rate",) and not named(best) else []
    nameless = _nameless(sheets, wanted)
    if nameless and len(sheets) > 1 and asked.year is not None:
        return InputError([finding for sheet in nameless for finding in lacking(sheet, ["name"], names).findings])
    if missing == ["year"] and (of_what := _years_of_what(best)):
        return InputError(of_what)
    unclear = _unclear_growth(best) if "growth" in missing else []
    missing = [column for column in missing if not unclear or column != "growth"]
    left = lacking(best, missing, names).findings if missing else ()
    return InputError([*left, *unclear, *asked.nowhere(best, missing), *_of_months(best)])


def _unclear_growth(sheet: Sheet) -> list[Finding]:
    """Return what is said of each column that nobody names and that may tell growth of every year or of all."""
    free = [n for n, h in enumerate(sheet.headers) if not h.standard and is_unclear(h.text, h.unit)]
    return [Finding("growth_unclear", sheet.header_place(n), {"found": sheet.headers[n].written}) for n in free]


def _years_of_what(sheet: Sheet) -> list[Finding]:
    """Return what is said of columns that are headed by a year alone, where nothing says what their figures are."""
    bare = [n for n, header in enumerate(sheet.headers) if is_bare_year(header)]
    years = "、".join(str(sheet.headers[n].year) for n in bare)
    return [Finding("years_of_what", sheet.header_place(n), {"found": years}) for n in bare[:1]]


def _of_months(sheet: Sheet) -> Iterator[Finding]:
    """Yield which headers are of a part of a year, where what they may be of the year is missing."""
    for n, header in enumerate(sheet.headers):
        if not header.standard and is_part_of_year(header.written):
            yield Finding("month_no_year", sheet.header_place(n), {"found": header.written})


def _nameless(sheets: Iterable[Sheet], columns: Iterable[str]) -> list[Sheet]:
    """Return the sheets that alone have one of some columns, and none that says whose the rows are."""
    having = [[sheet for sheet in sheets if sheet.position(column) is not None] for column in columns]
    alone = [each for each in having if not any(map(named, each))]
    return [sheet for sheet in sheets if any(sheet in each for each in alone)]


def lacking(sheet: Sheet, missing: Sequence[str], names: Mapping[str, str] = MappingProxyType({})) -> InputError:
    """Return what is said of a table without some columns: which it has, and how to say which of these is meant."""
    values = {
        "missing": tuple(both_names(column, names) for column in missing),
        "found": sheet.headed,
        "paste": ready_to_paste(missing, sheet.headers, partial(_holds, sheet)),
    }
    return InputError.of("missing_year" if [*missing] == ["year"] else "missing_columns", sheet.place, **values)


def _holds(sheet: Sheet, standard: str, text: str) -> bool:
    """Return whether a column holds mostly what a standard one does: words, or figures."""
    at = next(n for n, header in enumerate(sheet.headers) if header.text == text)
    given = [row[at] for row in sheet.rows if row[at].text]
    figures = sum(cell.is_figure for cell in given)
    if standard in _OF_WORDS:
        return 2 * figures <= len(given)
    if standard in _RATES:
        figures = sum(cell.is_figure or _RATE.search(cell.text) is not None for cell in given)
    return standard not in UNITS or 2 * figures >= len(given)


def _table(place: Place, grid: Grid, asked: Asked, names: Mapping[str, str]) -> Sheet:
    """Return the table that stands in a grid."""
    parse = partial(asked.parse, names=names)
    grid, turned = upright(grid, parse)
    head = find_head(grid, parse)
    pairs = zip(asked.settled(head.headers), head.cells, strict=False)
    headers = tuple(replace(header, hidden=True) if cell.hidden_column else header for header, cell in pairs)
    rows, passed = parted([_carried(row, headers) for row in grid[head.below :]])
    notes = grid[head.below + len(rows) :]
    rows = [row for row in rows if len(row) < 2 or _texts(row) != _texts(head.cells)]  # printed anew on each page
    while headers and not headers[-1].text and all(len(r) < len(headers) or not r[-1].text for r in rows):
        rows = [row[: len(headers) - 1] if len(row) == len(headers) else row for row in rows]
        headers = headers[:-1]
    collector = Collector()
    collector.extend([*turned, *head.findings, *passed, *passed_above(grid, head.cells)])
    _say_provisional(head, collector)
    headers = _with_names(without_numbers(headers, head.cells, rows), rows)
    if len(starts := starts_of_halves(headers, rows)) > 1:
        collector.notice("halves", head.cells[starts[1]].place, found=headers[0].text)
        width = next(n for n in range(starts[1], 0, -1) if headers[n - 1].text)
        headers, rows = headers[:width], one_below_other(rows, starts, width)
    headers, head, rows = _with_english(headers, head, rows)
    rows = [labelled(row, headers) for row in rows]
    rows = with_commas_in_doubt(rows if asked.as_written else _folded(rows, headers, asked.province, collector))
    named = [tuple(_under(cell, header) for cell, header in zip(row, headers, strict=False)) for row in rows]
    for row in rows:
        if len(row) != len(headers):
            at = replace(place, row=row[0].place.row)
            lone = len(row) == 1 < len(headers)
            found = row[0].text if lone else len(row)
            collector.error("lone_field" if lone else "field_count", at, found=found, needed=len(headers))
    for cell in (cell for cells in (head.cells, *named) for cell in cells if cell.unknown):
        collector.error("formula_without_value", cell.place)
    for cell in (cell for cells in named for cell, h in zip(cells, headers, strict=False) if _fails(cell, h)):
        collector.error("failed_formula", cell.place, found=cell.text)
    even = tuple(cells for cells, row in zip(named, rows, strict=True) if len(row) == len(headers))
    odd = tuple(tuple(row) for row in rows if len(row) != len(headers))
    heads = tuple(
        replace(place, column=header.text, cell=cell.place.cell)
        for header, cell in zip(headers, head.cells, strict=False)
    )
    free = _first_free(head, rows) if place.sheet else ()
    titles = tuple(_titles(place, head, notes))
    years = tuple((year, at) for text, at in titles for year in years_of_title(text))
    stated = (*head.stated, *stated_units([[Cell(place.sheet, place)]]))
    return Sheet(place, headers, even, odd, tuple(collector.findings), heads, free, stated, years, titles)


def _with_names(headers: tuple[Header, ...], rows: list[list[Cell]]) -> tuple[Header, ...]:
    """Return headers of which the first says whose rows are where none does: empty, or anything, above prefectures."""
    told = any(header.standard in ("id", "name", "name_en", "province", "year") for header in headers)
    if told or not headers or headers[0].standard or not any(header.standard in UNITS for header in headers):
        return headers
    texts = [row[0].text for row in rows if row and row[0].text]
    words = len(texts) > 1 and len({*texts}) == len(texts) and not any(row and row[0].is_figure for row in rows)
    places = 2 * sum(bool(code_of(text)) for text in texts) >= len(texts)
    owners = words and (places or not headers[0].written)
    return (replace(headers[0], standard="name"), *headers[1:]) if owners else headers


def _with_english(
    headers: tuple[Header, ...], head: Head, rows: list[list[Cell]]
) -> tuple[tuple[Header, ...], Head, list[list[Cell]]]:
    """Return a table with a column of the English names that stand beside the Chinese ones in the same cells."""
    standards = [header.standard for header in headers]
    at = standards.index("name") if "name" in standards else None
    told = [row[at] if at is not None and len(row) == len(headers) else None for row in rows]
    english = [english_name(folded(cell.text)) if cell else "" for cell in told]
    if at is None or "name_en" in standards or not any(english):
        return headers, head, rows
    more = [[Cell(text, cell.place)] if cell else [] for text, cell in zip(english, told, strict=True)]
    cells = (*head.cells[: len(headers)], head.cells[at])
    whole = [row + cell for row, cell in zip(rows, more, strict=True)]
    return (*headers, Header("name_en", "name_en", "")), replace(head, cells=cells), whole


def _texts(row: Iterable[Cell]) -> list[str]:
    return [cell.text for cell in row]


def _carried(row: list[Cell], headers: Sequence[Header]) -> list[Cell]:
    """Return a row with the names, codes and years that merged cells of the rows above say of it as well."""
    if not any(cell.merged for cell in row):
        return row
    said = {n for n, header in enumerate(headers) if header.standard and header.standard not in UNITS}
    return [replace(cell, text=cell.merged) if n in said and cell.merged else cell for n, cell in enumerate(row)]


def _titles(place: Place, head: Head, notes: Iterable[Sequence[Cell]]) -> list[tuple[str, Place]]:
    """Return what a table is called, above it, by its sheet and by a note on its figures below, and where."""
    said = [(found[0], cell.place) for row in notes for cell in row if (found := _OF_THE_TABLE.search(cell.text))]
    above = ((cell.text, replace(cell.place, row=place.row) if cell.place.cell else cell.place) for cell in head.above)
    return [*above, (place.sheet, place), *said]


def _say_provisional(head: Head, collector: Collector) -> None:
    """Say once that the title or a header calls figures estimated or not final."""
    found = next((cell for cell in (*head.above, *head.cells) if PROVISIONAL.search(" ".join(cell.text.split()))), None)
    if found is not None:
        collector.notice("provisional", found.place, found=found.text[:_MOST_SHOWN])


def _folded(
    rows: list[list[Cell]], headers: Sequence[Header], province: Collection[str], collector: Collector
) -> list[list[Cell]]:
    """Return rows whose names have no invisible and no full-width letters and nothing about them; that is said once."""
    words = {n for n, header in enumerate(headers) if header.standard and header.standard not in _FIGURES}
    names = {n for n in words if headers[n].standard == "name"}
    with_figures = [row for row in rows if sum(bool(cell.text) for cell in row) > 1]  # others may head a group
    known = plain_names({folded(row[n].text) for row in with_figures for n in names if n < len(row)}, province)
    changed = []
    for row in rows:
        bare = known if names and sum(bool(cell.text) for cell in row) > 1 else {}
        for n in words:
            plain = folded(row[n].text) if n < len(row) else ""
            plain = bare.get(plain, plain) if n in names else plain
            if n < len(row) and plain != row[n].text:
                changed.append((row[n], plain))
                row[n] = replace(row[n], text=plain)
    if changed:
        first, plain = changed[0]
        collector.notice("folded", first.place, found=_marked(first.text), meant=plain, count=len(changed))
    return rows


def _marked(text: str) -> str:
    """Return a text whose invisible letters can be seen."""
    return "".join(letter if letter.isprintable() else f"[U+{ord(letter):04X}]" for letter in text)


def _fails(cell: Cell, header: Header) -> bool:
    """Return whether a formula fails where a name or another text should stand; a number says so when it is read."""
    return bool(header.standard) and header.standard not in UNITS and is_failed(cell.text)


def _first_free(head: Head, rows: list[list[Cell]]) -> tuple[str, ...]:
    """Return the addresses of the row below the last one that holds something."""
    heads = tuple(cell.place.cell for cell in head.cells)
    last = [max(row[0].place.row or 0 for row in rows)] if rows else [int(_ROW.sub("", cell)) for cell in heads[:1]]
    return tuple(f"{_COLUMN.sub('', cell)}{last[0] + 1}" for cell in heads)


def _under(cell: Cell, header: Header) -> Cell:
    """Return the cell with its column named in its place; a unit that its format shows is no doubt where it fits."""
    # spelt out: `dataclasses.replace` takes most of the time of reading a large table
    at = cell.place
    place = Place(at.file, at.sheet, at.cell, at.row, header.text, at.key)
    doubt = "" if cell.doubt and _shows_unit(cell, header) else cell.doubt
    read = cell.number, cell.percent, cell.unknown, doubt, cell.meant, cell.hidden
    return Cell(cell.text, place, *read, rounded=cell.rounded)


def _shows_unit(cell: Cell, header: Header) -> bool:
    """Return whether a number format adds to the number nothing but the unit of its column."""
    shown = "".join(cell.meant.split())
    unit = shown.removeprefix(cell.text)
    fits = unit == header.unit if header.unit else factor(header.standard, unit) == (header.factor or 0)
    return unit != shown and fits
