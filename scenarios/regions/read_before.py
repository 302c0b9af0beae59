"""Tables of regions that were read before: the same bytes, asked the same, need not be read again.

A moved control of the page asks for the scenario anew, and reading its table would be half of the wait. The file itself
is read each time, so that what has changed, or is gone, is noticed; only what its bytes say is remembered.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from scenarios.errors import answering
from scenarios.quantities import spoken
from scenarios.tables.files import InputFile, of_book, read_bytes
from scenarios.tables.layout.asked import Asked
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.sheets import read_sheet

_MOST = 8  # tables
_MOST_CELLS = 20_000  # of one table, some megabytes


@dataclass(frozen=True)
class _Known:
    """A table as it was read, and the headers that were met on the way."""

    sheet: Sheet
    source: InputFile
    met: frozenset[str]


_KNOWN: OrderedDict[Hashable, _Known] = OrderedDict()
_TURN = Lock()


def read_sheet_again(
    path: Path, needed: Iterable[str], names: Mapping[str, str], asked: Asked, more: Iterable[str]
) -> tuple[Sheet, InputFile]:
    """Return what `read_sheet` returns; bytes of which the same was asked before are not taken apart again.

    What was refused is not remembered. Raises InputError: as `read_sheet`.
    """
    needed, more = tuple(needed), tuple(more)
    question = (path.name, needed, _pairs(names), more, _said(asked), spoken(), answering())
    file = of_book(path)[0]
    known = _remembered((InputFile.of(file.name, read_bytes(file)), question))
    if known is None:
        met: set[str] = set()
        known = _Known(*read_sheet(path, needed, names, replace(asked, met=met), more), frozenset(met))
        _remember((known.source, question), known)
    asked.met.update(known.met)
    return known.sheet, known.source


def _remembered(key: Hashable) -> _Known | None:
    with _TURN:
        if key in _KNOWN:
            _KNOWN.move_to_end(key)
        return _KNOWN.get(key)


def _remember(key: Hashable, known: _Known) -> None:
    """Remember a table that is not too large; `key`: with the bytes that it was read from."""
    if len(known.sheet.headers) * len(known.sheet.rows) > _MOST_CELLS:
        return
    with _TURN:
        _KNOWN[key] = known
        while len(_KNOWN) > _MOST:
            _KNOWN.popitem(last=False)


def _said(asked: Asked) -> Hashable:
    """Return everything that is asked of a table, to be compared."""
    said = (asked.sheets, asked.year, asked.province, asked.quantity, asked.as_written)
    return (_pairs(asked.columns), _pairs(asked.where), *said)


def _pairs(names: Mapping[str, str]) -> Hashable:
    """Return keys and values in their order, which decides between two that fit."""
    return tuple(names.items())
