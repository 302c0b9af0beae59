"""Which column of a table holds the caps of the last year, and which are set aside: of other years, a second, others.

A circular may list caps of several years, and of energy and coal beside those of carbon. One column is judged; every
other that says it is a cap is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scenarios.errors import Finding
from scenarios.quantities import Quantity
from scenarios.tables.columns import Header
from scenarios.tables.layout.sheet import Sheet

COLUMNS = ("cap", "increment")
_MEANT = re.compile("目标|控制|上限|增量|cap|increment", re.IGNORECASE)
_AMOUNT = re.compile("总量|上限|增量|cap|increment", re.IGNORECASE)
_WORDS = {
    "carbon": re.compile("碳|emission|carbon|CO2|CO₂", re.IGNORECASE),
    "energy": re.compile("用能|能耗|能源|energy", re.IGNORECASE),
    "coal": re.compile("煤|coal", re.IGNORECASE),
    "oil": re.compile("石油|油品|oil", re.IGNORECASE),
}
"""What a header says its caps are of."""

Years = tuple[int, int]
"""Base year and last year."""


@dataclass(frozen=True)
class CapColumn:
    """The column of a sheet that holds the caps, if there is one."""

    sheet: Sheet  # Only that column is called a cap in it
    name: str = ""  # cap, increment, or "" without one
    said: bool = False  # Whether its header says itself that caps are meant
    set_aside: tuple[Finding, ...] = ()  # Columns of caps that are not read, each at its header
    twice: tuple[Finding, ...] = ()  # Columns that may be meant as well: which is, must be said

    @property
    def position(self) -> int:
        """Where it stands; -1 without one."""
        found = self.sheet.position(self.name) if self.name else None
        return -1 if found is None else found


def cap_column(sheet: Sheet, quantity: Quantity, years: Years | None = None) -> CapColumn:
    """Return the column of caps of a sheet.

    A column of the last year goes before one that names no year, caps before increments, one that says it is a target
    before one that does not. `years`: without them every year may be meant.
    """
    named = [n for n, header in enumerate(sheet.headers) if header.standard in COLUMNS]
    others = [n for n, header in enumerate(sheet.headers) if _of_another(header, quantity)]
    own = [n for n in named if n not in others]
    ended = [n for n in own if years is None or sheet.headers[n].year in (None, years[1])]
    unknown = [n for n, header in enumerate(sheet.headers) if not header.standard and _alike(header, quantity)]
    chosen = _best(sheet, ended, years)
    at = chosen[0] if chosen else None
    heads = (replace(head, standard="") if n in named and n != at else head for n, head in enumerate(sheet.headers))
    known = replace(sheet, headers=tuple(heads))
    if at is None:
        return CapColumn(known, set_aside=tuple(_aside(sheet, own, others, years, unknown)))
    used = sheet.headers[at]
    second = [*(n for n in ended if n not in chosen), *unknown]
    return CapColumn(
        known,
        used.standard,
        _says(used),
        tuple(_aside(sheet, [n for n in own if n not in ended], others, years, second, used)),
        tuple(
            Finding("caps_twice", sheet.header_place(n), {"used": used.text, "found": sheet.headers[n].text})
            for n in chosen[1:]
        ),
    )


def _best(sheet: Sheet, ended: list[int], years: Years | None) -> list[int]:
    """Return the columns that may be meant, of those that may be of the last year."""
    of_end = [n for n in ended if years is not None and sheet.headers[n].year == years[1]] or ended
    caps = [n for n in of_end if sheet.headers[n].standard == "cap"] or of_end
    return [n for n in caps if _says(sheet.headers[n])] or caps


def _aside(
    sheet: Sheet, of_years: list[int], others: list[int], years: Years | None,
    second: list[int] = [], used: Header | None = None,  # noqa: B006
) -> Iterator[Finding]:  # fmt: skip
    """Yield what is said of columns that are not read; what the base year and those before emitted is no cap."""
    for n in of_years:
        year = sheet.headers[n].year
        if years is not None and year is not None and year > years[0]:
            yield Finding("caps_of_year", sheet.header_place(n), {"found": year, "needed": years[1]}, "notice")
    for n in second:
        code, said = (
            ("caps_second", {"used": used.text}) if used else ("caps_unknown", {"found": sheet.headers[n].text})
        )
        yield Finding(code, sheet.header_place(n), said, "notice")
    for n in others:
        yield Finding("caps_of_another", sheet.header_place(n), {"found": sheet.headers[n].text}, "notice")


def _says(header: Header) -> bool:
    """Return whether a header itself says that caps are meant."""
    return _MEANT.search(header.text) is not None


def _of_another(header: Header, quantity: Quantity) -> bool:
    """Return whether a header says that it holds caps of another quantity."""
    found = _of(header)
    return bool(found) and quantity.name not in found


def _alike(header: Header, quantity: Quantity) -> bool:
    """Return whether a header says that it holds caps of a quantity, in words that are no name of such a column."""
    return quantity.name in _of(header)


def _of(header: Header) -> set[str]:
    """Return of which quantities a header says that it holds caps."""
    if header.standard == "rate" or not (_says(header) and _AMOUNT.search(header.text)):
        return set()
    return {name for name, words in _WORDS.items() if words.search(header.text)}
