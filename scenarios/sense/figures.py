"""What the checks of sense look at: figures with their cells, city by city, and how far they are apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import log10

from scenarios.errors import Place
from scenarios.tables.grid import Cell
from scenarios.tables.regions import alias
from scenarios.wording import Text

KNOWN_SLIPS = (1, 2, 3, 4, 8)
"""Powers of ten by which units and per cents are confused, and a digit too many."""


@dataclass(frozen=True)
class Figure:
    """One figure of a city."""

    value: Decimal  # In the unit used inside
    cell: Cell  # Where it stands, as it is written
    factor: Decimal = Decimal(1)  # From what is written to the unit used inside
    accounted: bool = False  # Whether it comes from several cells, of which its own is the largest part

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.cell.place

    def shown(self, value: Decimal) -> str:
        """Return a value as it would be written in this cell, to four digits."""
        return brief(value / self.factor) + ("%" if self.signed else "")

    @property
    def signed(self) -> bool:
        """Whether a per cent sign stands in its cell."""
        return self.cell.text.endswith(("%", "％"))

    def shifted(self, power: int) -> str:
        """Return the figure with its point moved, as it would be written in this cell: digit for digit."""
        own = (self.value.scaleb(power) / self.factor).normalize()
        digits = len(own.as_tuple().digits)
        return f"{own:f}" + ("%" if self.signed else "") if digits <= _DIGITS else self.shown(self.value.scaleb(power))


_DIGITS = 10
"""Of a figure that somebody typed; one that was computed has more."""


@dataclass(frozen=True)
class CityRow:
    """One row of a table: who it is of, and its figures."""

    id: str
    name: str
    cell: Cell  # That says whose the row is
    figures: Mapping[str, Figure]  # By column, those that could be read

    @cached_property
    def positive(self) -> frozenset[str]:
        """The columns whose figures are above zero."""
        return frozenset(column for column, figure in self.figures.items() if figure.value > 0)


@dataclass(frozen=True)
class CityTable:
    """A table with a row a city."""

    place: Place  # File and sheet
    rows: tuple[CityRow, ...]  # The cities
    totals: tuple[CityRow, ...] = ()  # Rows that call themselves a total
    heads: Mapping[str, Place] = field(default_factory=dict)  # Where the headers of the columns stand
    members: frozenset[str] = frozenset()  # Aliases of those who are certainly cities
    whole: bool = True  # Whether every row could be read

    def having(self, *columns: str) -> list[CityRow]:
        """Return the rows that have a figure above zero in every one of some columns."""
        wanted = frozenset(columns)
        return [row for row in self.rows if wanted <= row.positive]

    def is_member(self, row: CityRow) -> bool:
        """Return whether a row is that of a city beyond doubt."""
        return alias(row.name) in self.members

    def head(self, column: str) -> Place:
        """Return where a column has its header, or the table where it has none."""
        return self.heads.get(column, self.place)


def logs(values: Iterable[Decimal]) -> list[float]:
    """Return the decimal logarithms of values above zero."""
    return [log10(value) for value in values]


class Others:
    """Some values, at least two, each held against all others; they are put in order once, however many there are."""

    def __init__(self, values: Sequence[float]) -> None:
        self._values, self._order = values, sorted(values)

    def lowest(self, n: int) -> float:
        """Return the least of the values but the n-th."""
        return self._at(0, n)

    def highest(self, n: int) -> float:
        """Return the largest of the values but the n-th."""
        return self._at(len(self._order) - 2, n)

    def off_median(self, n: int) -> float:
        """Return by how much the n-th value exceeds the median of the others."""
        count = len(self._order) - 1
        return self._values[n] - (self._at((count - 1) // 2, n) + self._at(count // 2, n)) / 2

    def gap(self, n: int) -> float:
        """Return how far beyond all others the n-th value lies, 0 within them."""
        return max(self._values[n] - self.highest(n), self.below(n), 0.0)

    def below(self, n: int) -> float:
        """Return how far below all others the n-th value lies, less than 0 where it does not."""
        return self.lowest(n) - self._values[n]

    def among(self, n: int, value: float, near: float) -> bool:
        """Return whether a value in place of the n-th would lie among the others, or that near to them."""
        return self.lowest(n) - near <= value <= self.highest(n) + near

    def spread(self, n: int) -> float:
        """Return how far the values but the n-th are apart."""
        return self.highest(n) - self.lowest(n)

    def _at(self, place: int, n: int) -> float:
        """Return the value at a place, from 0, in the order of all but the n-th."""
        return self._order[place + (place >= bisect_left(self._order, self._values[n]))]


def nearest_slip(distance: float) -> int:
    """Return the known slip, a power of ten with its sign, that comes nearest to a distance of logarithms."""
    size = min(KNOWN_SLIPS, key=lambda power: abs(abs(distance) - power))
    return size if distance > 0 else -size


def moved(*powers: int) -> Text:
    """Return in words what is done to a figure whose point is moved by powers of ten: ``除以 100``."""
    sizes = [f"{10 ** abs(power)}" if abs(power) < 4 else f"10^{abs(power)}" for power in powers]
    zh = (f"{'乘以' if power > 0 else '除以'} {size}" for power, size in zip(powers, sizes, strict=True))
    en = (f"{'times' if power > 0 else 'divided by'} {size}" for power, size in zip(powers, sizes, strict=True))
    return Text(" / ".join(zh), " / ".join(en))


def exactly(value: Fraction) -> str:
    """Return an amount as it is written, at most six decimals, without exponent."""
    text = f"{float(value):,.6f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def often(value: Fraction | float) -> str:
    """Return how many times something is of another, to four digits, thousands parted."""
    whole, point, part = brief(Decimal(float(value))).partition(".")
    return f"{int(whole):,}{point}{part}"


def brief(value: Decimal) -> str:
    """Return a value to four digits, without exponent."""
    digits = max(0, 3 - value.adjusted()) if value else 0
    text = f"{value:.{min(digits, 12)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
