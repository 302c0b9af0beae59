"""What the slides of a plan say: titles, sentences, tables, charts, a map; figures as printed, from the plan alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reports.mapping.record import OutlineRecord
from reports.printing.document import one_line
from reports.printing.table import Table

Trend = Literal["column", "stacked", "line"]
_LONGEST = 16
"""Characters of a name in a chart or table."""


@dataclass(frozen=True)
class Row:
    """A series of a chart: its name, a value for each category (None: nothing there), its colour, ``""`` unseen."""

    name: str
    values: tuple[float | None, ...]
    colour: str
    number: str = "0.00"  # Format of its labels, "" for none


@dataclass(frozen=True)
class Chart:
    """A chart that can be edited: its kind, the categories, a series each, what its axis measures."""

    kind: Trend
    categories: tuple[str, ...]
    rows: tuple[Row, ...]
    axis: str
    lowest: float | None = None  # Where the axis begins, None: where the program likes


@dataclass(frozen=True)
class Patch:
    """One region of a map: name, value as printed, outline, colour of its fill and of its text."""

    name: str
    value: str
    outline: OutlineRecord
    fill: str
    ink: str


@dataclass(frozen=True)
class Map:
    """A map: its regions, and what each colour stands for."""

    patches: tuple[Patch, ...]
    legend: tuple[tuple[str, str], ...]  # Words, colour


@dataclass(frozen=True)
class Fact:
    """A figure that stands out, and what it is."""

    label: str
    value: str


@dataclass(frozen=True)
class Slide:
    """One slide."""

    code: str
    title: str
    lines: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    chart: Chart | None = None
    tables: tuple[Table, ...] = ()
    map: Map | None = None
    notes: str = ""  # For who speaks
    listed: bool = False  # Whether the lines are counted, with a table beside them where there is one


@dataclass(frozen=True)
class Deck:
    """All slides, what stands at the foot of each, and when the plan was made."""

    title: str
    foot: str
    created: str
    slides: tuple[Slide, ...]


def short_names(labels: Iterable[str]) -> list[str]:
    """Return names on one line, long ones cut, told apart when equal."""
    names: dict[str, None] = {}
    for label in labels:
        line = one_line(label)
        short = name = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
        count = 1
        while name in names:
            count += 1
            name = f"{short} ({count})"
        names[name] = None
    return list(names)


def blocks(table: Table, most: int, across: int) -> Iterator[Table]:
    """Yield a long table as blocks side by side: of at most `across`, of `most` rows, more rows where it needs them."""
    from dataclasses import replace

    count = min(across, max(1, -(-len(table.rows) // most)))
    high = -(-len(table.rows) // count)
    for first in range(0, len(table.rows), high):
        yield replace(table, rows=table.rows[first : first + high])


def printed(values: Sequence[str]) -> tuple[float, ...]:
    """Return figures as they are printed, as numbers."""
    return tuple(float(value.replace("\u2212", "-").replace(",", "")) for value in values)
