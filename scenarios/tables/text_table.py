"""Tables that are plain text: fields between commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from scenarios.errors import InputError, Place
from scenarios.tables.cells import decimal_comma
from scenarios.tables.grid import MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS, Cell, Grid

_DELIMITERS = (",", ";", "\t")
_JUDGED = 20_000  # characters by which the delimiter is judged
_JUDGED_LINES = 10
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def escape_text(text: str) -> str:
    """Return text for a CSV cell that Excel will not run: an apostrophe before = + - @ and controls."""
    return f"'{text}" if text.lstrip("'").startswith(_LIVE) else text


def unescape_text(text: str) -> str:
    """Return what `escape_text` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_LIVE) else text


def delimiter_of(text: str, known: Callable[[str], bool]) -> str:
    """Return what stands between the fields: that by which a line has most known headers, else the comma."""
    lines = text[:_JUDGED].splitlines()[:_JUDGED_LINES]

    def headers(delimiter: str) -> int:
        return max((sum(known(field) for field in line.split(delimiter)) for line in lines), default=0)

    best = max(_DELIMITERS, key=headers)
    return best if headers(best) >= 2 else ","


def read_text_table(text: str, name: str, delimiter: str = ",") -> Grid:
    """Return the non-empty rows of a text.

    Raises InputError: A broken quote, or a table or cell beyond the limits.
    """
    grid: Grid = []
    cells = 0
    for line, fields in _records(text, name, delimiter):
        place = Place(file=name, row=line)
        cells += len(fields)
        if len(fields) > MAX_COLUMNS or cells > MAX_CELLS:
            raise InputError.of("table_too_big", place)
        if any(len(field) > MAX_CHARACTERS for field in fields):
            raise InputError.of("cell_too_long", place, limit=MAX_CHARACTERS)
        if any(field.strip() for field in fields):
            grid.append([_cell(field.strip(), place, delimiter) for field in fields])
    return grid


def _records(text: str, name: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each record starts, and its fields; empty ones count."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    line = 1
    try:
        for number, fields in enumerate(reader):
            if number > MAX_ROWS:
                raise InputError.of("table_too_big", Place(file=name, row=line))
            yield line, fields
            line = reader.line_num + 1
    except csv.Error as error:
        place = Place(file=name, row=line)
        if "field larger" in str(error):
            raise InputError.of("cell_too_long", place, limit=MAX_CHARACTERS) from error
        raise InputError.of("not_csv", place) from error


def _cell(text: str, place: Place, delimiter: str) -> Cell:
    """Return one cell; between semicolons a comma may stand for a decimal point, which is asked."""
    meant = decimal_comma(text) if delimiter == ";" else ""
    return Cell(unescape_text(text), place, doubt="decimal_comma" if meant else "", meant=meant)
