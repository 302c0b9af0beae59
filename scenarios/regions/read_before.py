"""Tables of regions that were read before: the same bytes, asked the same, need not be read again.

A moved control of the page asks for the scenario anew, and reading its table would be half of the wait. The file itself
is read each time, so that what has changed, or is gone, is noticed; only what its bytes say is remembered.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from scenarios.errors import answering
from scenarios.quantities import spoken
from scenarios.tables.files import InputFile, of_book, read_bytes
from scenarios.tables.layout.asked import Asked
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.sheets import read_sheet

_MOST = 16  # tables
_MOST_CELLS = 20_000  # of one table, some megabytes
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class _Known:
    """What was made of a table, and the headers that were met on the way."""

    made: Any
    source: InputFile
    met: frozenset[str]


_KNOWN: OrderedDict[Hashable, _Known] = OrderedDict()
_TURN = Lock()


def read_sheet_again(
    path: Path, needed: Iterable[str], names: Mapping[str, str], asked: Asked, more: Iterable[str]
) -> tuple[Sheet, InputFile]:
    """Return what `read_sheet` returns; see `read_once`."""
    needed, more = tuple(needed), tuple(more)

    def read(asked: Asked) -> tuple[Sheet, InputFile, int]:
        sheet, source = read_sheet(path, needed, names, asked, more)
        return sheet, source, len(sheet.headers) * len(sheet.rows)

    return read_once(path, ("sheet", needed, pairs(names), more), asked, read)


def read_once(
    path: Path, question: Hashable, asked: Asked, read: Callable[[Asked], tuple[_Made, InputFile, int]]
) -> tuple[_Made, InputFile]:
    """Return what is read from a table, and the table; bytes of which the same was asked before are not read again.

    What was refused is not remembered.

    `question`: everything that is asked, beside `asked`.
    `read`: reads the table, and says how many cells it takes to remember it.
    """
    file = of_book(path)[0]
    question = (path.name, question, _said(asked), spoken(), answering())
    known = _remembered((InputFile.of(file.name, read_bytes(file)), question))
    if known is None:
        met: set[str] = set()
        made, source, cells = read(replace(asked, met=met))
        known = _Known(made, source, frozenset(met))
        if cells <= _MOST_CELLS:
            _remember((source, question), known)  # with the bytes that it was read from, whatever they were before
    asked.met.update(known.met)
    return known.made, known.source


def pairs(names: Mapping[str, Any]) -> Hashable:
    """Return keys and values in their order, which decides between two that fit."""
    return tuple(names.items())


def _remembered(key: Hashable) -> _Known | None:
    with _TURN:
        if key in _KNOWN:
            _KNOWN.move_to_end(key)
        return _KNOWN.get(key)


def _remember(key: Hashable, known: _Known) -> None:
    with _TURN:
        _KNOWN[key] = known
        while len(_KNOWN) > _MOST:
            _KNOWN.popitem(last=False)


def _said(asked: Asked) -> Hashable:
    """Return everything that is asked of a table, to be compared."""
    said = (asked.sheets, asked.year, asked.province, asked.quantity, asked.as_written)
    return (pairs(asked.columns), pairs(asked.where), *said)
