"""Shares and rates: a value that is ten or a hundred times off its column, and per cents written as fractions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from scenarios.errors import Finding
from scenarios.sense.asking import question
from scenarios.sense.figures import CityTable, Figure, Others, brief, logs, nearest_slip

FEWEST = 3
"""Other values that a column needs before one can be off it."""
BESIDE = 0.6
"""Powers of ten beyond all others at which a value is off its column, where these lie closer together than that."""
ALIKE = 0.02
"""Powers of ten within which all other values are what people set, one of whom may well have ten times as much."""
NEAR = 0.3
"""Powers of ten by which a value put right may still lie outside the others."""
HUNDREDTH = Decimal("0.01")
WRITTEN_AS_RATE = ("lower", "upper", "rate", "incentive_rate")


def off_column(table: CityTable, columns: Iterable[str]) -> Iterator[Finding]:
    """Ask about a value that lies beyond all others of its column, and among them when its point is moved."""
    for column in columns:
        rows = [row for row in table.rows if column in row.figures]
        figures = [row.figures[column] for row in rows]
        for n, power in _off(figures, column in WRITTEN_AS_RATE):
            head = figures[n].place.column or column
            yield question(
                "off_column", f"off-column:{head}:{rows[n].name}", figures[n].place, name=rows[n].name,
                found=figures[n].cell.text, meant=figures[n].shifted(power), low=_lowest(figures, n),
                high=_highest(figures, n),
            )  # fmt: skip


def as_fractions(table: CityTable, columns: Iterable[str]) -> Iterator[Finding]:
    """Ask whether a column of rates that are all below one per cent holds fractions."""
    for column in columns:
        figures = [row.figures[column] for row in table.rows if column in row.figures]
        bare = [figure for figure in figures if figure.factor == HUNDREDTH and not figure.signed]
        if figures and len(bare) == len(figures) and all(0 < figure.value < HUNDREDTH for figure in figures):
            first = figures[0]
            yield question(
                "as_fractions", f"as-fractions:{first.place.column or column}", first.place, found=first.cell.text,
                meant=brief(first.value * 10_000),
            )  # fmt: skip


def _off(figures: Sequence[Figure], is_set: bool) -> Iterator[tuple[int, int]]:
    """Yield position and mending power of ten of the values that are off; of those that people set a hundred alone."""
    if len(figures) <= FEWEST or any(figure.value <= 0 for figure in figures):
        return
    sizes = logs(figure.value for figure in figures)
    others = Others(sizes)
    for n, size in enumerate(sizes):
        apart = others.spread(n)
        if others.gap(n) < max(BESIDE, apart):
            continue
        middle = (others.lowest(n) + others.highest(n)) / 2
        power = -nearest_slip(size - middle)
        people_set = is_set or apart < ALIKE
        if (abs(power) == 2 or not people_set) and others.among(n, size + power, NEAR):
            yield n, power


def _lowest(figures: Sequence[Figure], n: int) -> str:
    return min((figure for k, figure in enumerate(figures) if k != n), key=lambda figure: figure.value).cell.text


def _highest(figures: Sequence[Figure], n: int) -> str:
    return max((figure for k, figure in enumerate(figures) if k != n), key=lambda figure: figure.value).cell.text
