"""Shares and rates: a value that is ten or a hundred times off its column, and per cents written as fractions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from statistics import median

from scenarios.errors import Finding
from scenarios.sense.asking import question, table_of
from scenarios.sense.figures import CityTable, Figure, brief, logs, moved, nearest_slip

FEWEST = 3
"""Values that a column needs more than before any can be off it."""
BESIDE = 0.6
"""Powers of ten beyond all others at which a value is off its column, where these lie closer together than that."""
ALIKE = 0.02
"""Powers of ten within which all other values are what people set, one of whom may well have ten times as much."""
NEAR = 0.3
"""Powers of ten by which a value put right may still lie outside the others."""
MUCH_ALIKE = 3
"""How many times the least of the others the largest may be, where a single zero among them is asked about."""
CLOSE, FAR = 0.2, 2.5
"""Powers of ten within which all other yearly rates lie where one is ten times off, and how many times their spread
one lies apart that is a hundred times off: rates of a year may well be near zero."""
OF_UNITS = (2, 4)
"""Powers of ten by which several values are off, or those that people set: per cents and 万."""
HUNDREDTH = Decimal("0.01")
_SHARE = re.compile("占比|比重|份额|share|proportion", re.IGNORECASE)
WRITTEN_AS_RATE = ("lower", "upper", "rate", "incentive_rate")


def off_column(table: CityTable, columns: Iterable[str]) -> Iterator[Finding]:
    """Ask about values that lie beyond all others of their column, and among them when their points are moved."""
    for column in columns:
        rows = sorted(table.having(column), key=lambda row: row.figures[column].value)
        if len(rows) <= FEWEST:
            continue
        figures = [row.figures[column] for row in rows]
        few, most, power = _apart(logs(figure.value for figure in figures), column in WRITTEN_AS_RATE)
        for n in few if power else ():
            asked = f"off-column:{_of(figures[n], column)}:{rows[n].name}"
            yield question(
                "off_column", asked, figures[n].place, name=rows[n].name,
                found=figures[n].cell.text, meant=figures[n].shifted(power), by=moved(power),
                others=figures[n].shown(median(figures[k].value for k in most)), low=figures[most[0]].cell.text,
                high=figures[most[-1]].cell.text,
            )  # fmt: skip


@dataclass(frozen=True)
class YearlyRate:
    """What a region says of one year."""

    name: str
    year: int
    figure: Figure


def off_years(rates: Iterable[YearlyRate]) -> Iterator[Finding]:
    """Ask about yearly rates that lie beyond all others, and among them when their points are moved.

    A whole year, or all years of a region, is one question; of several values alone each is.
    """
    given = sorted((rate for rate in rates if rate.figure.value), key=lambda rate: abs(rate.figure.value))
    if len(given) <= FEWEST:
        return
    sizes = logs(abs(rate.figure.value) for rate in given)
    few, most, power = _apart(sizes, False)
    odd, usual = ([given[n] for n in heap] for heap in (few, most))
    spread = sizes[most[-1]] - sizes[most[0]]
    beyond = max(sizes[few[0]] - sizes[most[-1]], sizes[most[0]] - sizes[few[-1]])
    close = spread < CLOSE if abs(power) == 1 else beyond > FAR * spread
    plain = len({rate.figure.value > 0 for rate in usual}) == 1  # else they pass through zero, and some are near it
    for part in _parts(odd, usual) if power and close and plain else ():
        yield _off_years(part, usual, power)


def _parts(odd: Sequence[YearlyRate], usual: Sequence[YearlyRate]) -> list[list[YearlyRate]]:
    """Return rates that are off by the year or by the region that has no others, one by one where they are neither."""
    parts, left = list[list[YearlyRate]](), list(odd)
    for key in (attrgetter("year"), attrgetter("name")):
        whole = {key(rate) for rate in left} - {key(rate) for rate in usual}
        groups = ([rate for rate in left if key(rate) == one] for one in sorted(whole))
        parts += [group for group in groups if len(group) > 1]
        taken = {id(rate) for part in parts for rate in part}
        left = [rate for rate in left if id(rate) not in taken]
    return [*parts, *([rate] for rate in left)]


def _off_years(part: Sequence[YearlyRate], usual: Sequence[YearlyRate], power: int) -> Finding:
    """Return the question about rates that are off together."""
    first, other = part[0], usual[len(usual) // 2]
    of_year = len(part) > 1 and len({rate.name for rate in part}) > 1
    code = "rate_off" if len(part) == 1 else "rates_off_year" if of_year else "rates_off_region"
    of = (str(first.year),) if of_year else (first.name,) if len(part) > 1 else (first.name, str(first.year))
    return question(
        code, ":".join((f"jump-rate:{table_of(first.figure.place)}", *of)), first.figure.place, name=first.name,
        year=first.year, found=first.figure.cell.text, meant=first.figure.shifted(power), by=moved(power),
        others=first.figure.shown(abs(other.figure.value).copy_sign(first.figure.value)),
    )  # fmt: skip


def _apart(sizes: Sequence[float], is_set: bool) -> tuple[range, range, int]:
    """Return the few of some logarithms, in ascending order, that lie apart, the most, and what puts the few among."""
    few, most = _heaps(sizes)
    return few, most, _mending([sizes[n] for n in few], [sizes[n] for n in most], is_set)


def _of(figure: Figure, column: str) -> str:
    """Return which column of which table a figure stands in, for the ids of questions."""
    return f"{table_of(figure.place)}:{figure.place.column or column}"


def _heaps(sizes: Sequence[float]) -> list[range]:
    """Return positions in ascending order, cut where they are furthest apart: the fewer, the lower of equals, first."""
    cut = max(range(1, len(sizes)), key=lambda n: sizes[n] - sizes[n - 1])
    return sorted((range(cut), range(cut, len(sizes))), key=len)


def _mending(few: Sequence[float], most: Sequence[float], is_set: bool) -> int:
    """Return the power of ten that puts the few among the most, 0 for none; what people set is a hundred off or not."""
    apart, beyond = most[-1] - most[0], max(few[0] - most[-1], most[0] - few[-1])
    power = nearest_slip((most[0] + most[-1] - few[0] - few[-1]) / 2)
    of_units = abs(power) in OF_UNITS or not (is_set or len(few) > 1 or apart < ALIKE)
    among = most[0] - NEAR <= few[0] + power and few[-1] + power <= most[-1] + NEAR
    return power if beyond >= max(BESIDE, apart) and of_units and among else 0


def not_above_zero(table: CityTable, columns: Iterable[str]) -> Iterator[Finding]:
    """Ask about the one value of a column that is zero, or of another sign, where all others are much alike."""
    for column in columns:
        others = sorted(row.figures[column].value for row in table.having(column))
        odd = [row for row in table.rows if column in row.figures and row.figures[column].value <= 0]
        if len(odd) == 1 and len(others) > FEWEST and others[-1] < MUCH_ALIKE * others[0]:
            figure = odd[0].figures[column]
            if figure.value == 0 or others[0] <= -figure.value <= others[-1]:
                yield question(
                    "not_above_zero", f"not-above-zero:{figure.place.column or column}:{odd[0].name}", figure.place,
                    name=odd[0].name, found=figure.cell.text, low=figure.shown(others[0]),
                    high=figure.shown(others[-1]),
                )  # fmt: skip


def as_fractions(table: CityTable, columns: Iterable[str]) -> Iterator[Finding]:
    """Ask whether a column of rates that are all below one per cent, by their size, holds fractions."""
    for column in columns:
        figures = [row.figures[column] for row in table.rows if column in row.figures]
        if are_bare(figures) and all(figure.value for figure in figures):
            yield of_fractions(figures, column)


def are_bare(figures: Sequence[Figure]) -> bool:
    """Return whether rates stand under a per cent sign, without one of their own, and all are below one per cent."""
    given = [figure for figure in figures if figure.value]
    bare = all(abs(figure.factor) == HUNDREDTH and not figure.signed for figure in given)
    return bool(given) and bare and all(abs(figure.value) < HUNDREDTH for figure in given)


def of_fractions(figures: Sequence[Figure], column: str) -> Finding:
    """Return the question whether rates are fractions."""
    first = next(figure for figure in figures if figure.value)
    return question(
        "as_fractions", f"as-fractions:{_of(first, column)}", first.place, found=first.cell.text,
        meant=brief(first.value / first.factor * 100), count=len(figures),
    )  # fmt: skip


def over_whole(table: CityTable, columns: Iterable[str]) -> Iterator[Finding]:
    """Ask about shares of more than a hundred per cent."""
    for row, figure in ((row, row.figures[column]) for column in columns for row in table.having(column)):
        whole = 1 if figure.factor == HUNDREDTH else 100
        if _SHARE.search(figure.place.column) and figure.value > whole:
            yield question(
                "over_whole", f"over-whole:{figure.place.column}:{row.name}", figure.place, name=row.name,
                found=figure.cell.text,
            )  # fmt: skip
