"""Counts what a workbook holds, part by part as a stream, before anything of it is built in memory.

The zip says how large its parts are, the parser how many elements stand in them; a workbook has no document
type, so none is let in, and with it no entities.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from xml.parsers import expat

from scenarios.tables.grid import MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS

MAX_UNPACKED = 100_000_000
MAX_PARTS = 2_000
MAX_ELEMENTS = 1_000_000
_CELLS = frozenset(("row", "c", "v", "f", "is", "si", "t", "r", "rPr"))
_WITHIN = frozenset(("v", "f", "t"))
_OTHER = 10
"""What an element counts that is no cell: whoever reads it builds more from it."""
_LONGEST_TAG = 1_000_000
_CHUNK = 1 << 16
_TAGS = 2  # of an element, at most
_MARKS = (b"superscript", b"subscript", b"<strike", b":strike")
_ENTRY = b"PK\x01\x02"  # stands before each entry of a zip's directory
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_YES = ("1", "true")
_NOTHING = re.compile(r"0(?:\.0*)?")


class TooBigError(Exception):
    """More stands in a workbook than is read."""


@dataclass
class SheetScan:
    """What stands in one sheet of a workbook."""

    filled: int = 0  # Rows that hold something
    # rows, columns: Last ones that hold something, counted from 1
    rows: int = 0
    columns: int = 0
    without_value: set[tuple[int, int]] = field(default_factory=set)  # Formulas that have no stored value
    # merged: First row, first column, last row and last column of every merged range
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)  # Rows that are not shown
    hidden_columns: set[int] = field(default_factory=set)
    marked: bool = False  # Whether some text is superscript, subscript or struck through

    def covered(self) -> set[tuple[int, int]]:
        """Return the cells that a merged one lies over, within what holds something.

        Raises TooBigError: the merged ranges cover more cells than a table may have.
        """
        found: set[tuple[int, int]] = set()
        steps = 0
        for top, left, bottom, right in self.merged:
            rows, columns = range(top, min(bottom, self.rows) + 1), range(left, min(right, self.columns) + 1)
            steps += len(rows) * len(columns)
            if steps > MAX_CELLS:
                raise TooBigError
            found.update((row, column) for row in rows for column in columns if (row, column) != (top, left))
        return found

    def below_merged(self) -> dict[tuple[int, int], int]:
        """Return the cells below the first one of a merged range of one column, and the row of that one."""
        return {
            (row, left): top
            for top, left, bottom, right in self.merged
            for row in range(top + 1, min(bottom, self.rows) + 1)
            if left == right
        }


class WorkbookScan:
    """Scans a workbook: each sheet up to its rows and every other part whole, then the sheets that are asked for.

    Raises TooBigError: beyond the limits.
    Raises ValueError: A document type, rows out of order, an address that is none.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
            raise TooBigError
        self._archive, self._budget = archive, _Budget(MAX_ELEMENTS)
        opened = _Budget(MAX_ELEMENTS)
        heads = [_PartScan(opened, rows=False).of(archive, entry) for entry in archive.infolist()]
        self.marked = any(head.marked for head in heads)  # Whether some text may be so within its cell

    def sheet(self, part: str) -> SheetScan:
        """Return what stands in the sheet of a part of the workbook; one that ends halfway is no sheet.

        Raises expat.ExpatError: it is no whole XML.
        """
        scan = _PartScan(self._budget)
        found = scan.of(self._archive, self._archive.getinfo(part))
        if scan.broken:
            raise scan.broken
        return found

    def parts(self) -> Iterator[SheetScan]:
        """Yield what stands in each part of the workbook."""
        return (_PartScan(self._budget).of(self._archive, entry) for entry in self._archive.infolist())


def check_parts(raw: bytes) -> None:
    """Refuse a zip of very many parts before its directory is read.

    Raises TooBigError: more than `MAX_PARTS`.
    """
    if raw.count(_ENTRY) > MAX_PARTS:
        raise TooBigError


def address(text: str) -> tuple[int, int]:
    """Return row and column, from 1, of an address such as ``C5``."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        raise ValueError("address")
    return int(match.group(2)), _column(match.group(1))


@lru_cache(maxsize=MAX_COLUMNS)
def _column(letters: str) -> int:
    """Return the number of a column, from 1."""
    return reduce(lambda column, letter: column * 26 + ord(letter) - 64, letters, 0)


def _ranges(reference: str) -> Iterable[tuple[int, int, int, int]]:
    """Yield the corners of a merged range such as ``A1:C1``."""
    first, _, last = reference.partition(":")
    yield (*address(first), *address(last or first))


def _is_unseen(values: Mapping[str, str], size: str) -> bool:
    """Return whether a row or column is hidden, or drawn with no height or width at all."""
    return values.get("hidden") in _YES or _NOTHING.fullmatch(values.get(size, "")) is not None


class _Budget:
    """Elements that may still come, over all parts."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise TooBigError


class _PartScan:
    """Scans one part; what is no XML is passed over, as pictures are.

    Without `rows` those of a sheet that says its size are counted by their tags: who opens it does not look there.
    """

    def __init__(self, budget: _Budget, *, rows: bool = True) -> None:
        self.budget, self.rows = budget, rows
        self.sized = self.passing = False
        self.broken: expat.ExpatError | None = None  # Why it is no whole XML
        self.found = SheetScan()
        self.row = self.column = self.length = self.spent = 0
        self.data = self.cell = self.formula = self.stored = self.filled = self.inside = self.text_result = False

    def of(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> SheetScan:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        fed, passed = 0, b""
        try:
            with archive.open(entry) as part:
                while chunk := part.read(_CHUNK):
                    if self.passing:
                        self.budget.spend(chunk.count(b"<") // _TAGS)
                        self.found.marked |= any(mark in passed + chunk for mark in _MARKS)
                        passed = chunk[-len(b"superscript") :]
                        continue
                    parser.Parse(chunk, False)
                    self._settle()
                    fed += len(chunk)
                    if fed - parser.CurrentByteIndex > _LONGEST_TAG:  # what grows thus is parsed again and again
                        raise TooBigError
            if not self.passing:
                parser.Parse(b"", True)
                self._settle()
        except expat.ExpatError as error:
            self.broken = error
        return self.found

    def _settle(self) -> None:
        """Spend what the elements of a chunk count; there are at most as many as it has bytes."""
        spent, self.spent = self.spent, 0
        self.budget.spend(spent)

    def _doctype(self, *_: object) -> None:
        raise ValueError("DOCTYPE")

    def _start(self, tag: str, values: dict[str, str]) -> None:
        name = tag.rpartition(":")[2] if ":" in tag else tag
        self.spent += 1 if name in _CELLS else _OTHER
        if name == "c" and self.data:
            self._start_cell(values)
        elif name in _WITHIN:
            self.formula |= name == "f"
            self.stored |= name == "v" and self.text_result
            self.inside, self.length = name != "f", 0
        elif name == "sheetData":
            self.data, self.passing = True, self.sized and not self.rows
        elif name == "dimension":
            self.sized = True
        elif name == "mergeCell":
            self.found.merged += _ranges(values.get("ref", ""))
        elif name in ("vertAlign", "strike"):
            self.found.marked = True
        elif name == "col" and _is_unseen(values, "width"):
            first, last = (int(values.get(end, 0)) for end in ("min", "max"))
            self.found.hidden_columns.update(range(max(first, 1), min(last, MAX_COLUMNS) + 1))
        elif name == "row" and self.data:
            self._start_row(values)
        else:
            self.inside, self.length = False, 0

    def _start_row(self, values: dict[str, str]) -> None:
        before, self.row = self.row, int(values.get("r", self.row + 1))
        self.column = 0
        if self.row <= before:
            raise ValueError("rows")
        if _is_unseen(values, "ht"):
            self.found.hidden.add(self.row)

    def _start_cell(self, values: dict[str, str]) -> None:
        row, self.column = address(values["r"]) if "r" in values else (self.row, self.column + 1)
        if row != self.row:
            raise ValueError("rows")
        self.cell, self.formula, self.stored, self.filled, self.inside = True, False, False, False, False
        self.text_result = values.get("t") == "str"

    def _text(self, text: str) -> None:
        self.filled |= self.inside and not text.isspace()
        self.length += len(text)
        if self.inside and self.length > MAX_CHARACTERS:
            raise TooBigError

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2] if ":" in tag else tag
        self.inside = False
        if name == "c" and self.cell:
            self._end_cell()
        elif name == "sheetData":
            self.data = False

    def _end_cell(self) -> None:
        lacks = self.formula and not self.filled and not self.stored
        if lacks:
            self.found.without_value.add((self.row, self.column))
        if lacks or self.filled:
            self.found.filled += self.row != self.found.rows
            self.found.rows, self.found.columns = self.row, max(self.found.columns, self.column)
        self.cell = False
