"""A table as its readers see it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from scenarios.errors import Finding, Place
from scenarios.tables.columns import Header
from scenarios.tables.grid import Cell
from scenarios.wording import Text

_UNIT = re.compile(r"\s*[/／，,][^/／，,]+$")


_BEHIND = re.compile(r"(?=.*[a-z]{3})(?:[(（\[][^()（）\[\]]*[)）\]])?[A-Za-z][A-Za-z.'’%()（）-]*")
"""A unit, and the same in English, behind the name of a column."""


@dataclass(frozen=True)
class Stated:
    """A unit that is stated outside a table."""

    standard: str  # What it is said of: a quantity, ``""`` for the whole table, another thing by its words
    unit: str
    place: Place


@dataclass(frozen=True)
class Sheet:
    """A table: its headers and rows."""

    place: Place  # File and sheet
    headers: tuple[Header, ...]  # One for each column
    rows: tuple[tuple[Cell, ...], ...]  # Rows as long as `headers`
    odd_rows: tuple[tuple[Cell, ...], ...] = ()  # Rows of another length: each is a finding, and its cells are not read
    findings: tuple[Finding, ...] = ()  # What is wrong with rows and cells as such; the reader raises them with its own
    heads: tuple[Place, ...] = ()  # Where each header stands
    # Addresses in Excel of the first row that can be filled below the headers; empty for text files
    first_cells: tuple[str, ...] = ()
    stated: tuple[Stated, ...] = ()  # What stands around the table as its units
    years: tuple[tuple[int, Place], ...] = ()  # Of which its title and the sheet's name say it is, and where

    titles: tuple[tuple[str, Place], ...] = ()  # What it is called, above it and by its sheet, and where
    of_growth: tuple[tuple[str, Place], ...] | None = None  # What the table was called that growth was joined from

    def position(self, standard: str) -> int | None:
        """Return the position of a standard column, the first one of that name, or None."""
        return self._positions.get(standard)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {header.standard: n for n, header in reversed([*enumerate(self.headers)])}

    def column(self, text: str) -> int | None:
        """Return the position of a column by what stands in its header, with or without a unit behind a slash."""
        named = [_tight(header.text) for header in self.headers]
        if (tight := _tight(text)) in named:
            return named.index(tight)
        bare = [_UNIT.sub("", name) for name in named]
        if bare.count(tight) == 1:
            return bare.index(tight)
        both = [n for n, name in enumerate(named) if name.startswith(tight) and _BEHIND.fullmatch(name[len(tight) :])]
        return both[0] if len(both) == 1 and not tight.isascii() else self.position(text)

    @property
    def headed(self) -> tuple[str, ...]:
        """What stands in its headers: not the years that columns became."""
        own = (header for header in self.headers if header.written or header.text != header.standard)
        return tuple(header.text for header in own if header.text)

    def header_place(self, position: int) -> Place:
        """Return where the header of a column stands."""
        return self.heads[position]


def called(places: Iterable[Place]) -> Text | str:
    """Return what tables are called: by their sheets, further ones on a sheet by the row that they begin in."""
    held = list(places)
    if not any(one.row for one in held):
        return "、".join(one.sheet or one.file for one in held)
    zh = "、".join(f"{one.sheet} 第 {one.row} 行起".strip() if one.row else one.sheet or one.file for one in held)
    en = ", ".join(f"{one.sheet} from row {one.row} on".strip() if one.row else one.sheet or one.file for one in held)
    return Text(zh, en)


def _tight(text: str) -> str:
    """Return a header without blanks and line breaks, ``CO₂`` as ``CO2``."""
    return "".join(unicodedata.normalize("NFKC", text).split())
