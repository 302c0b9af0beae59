"""Total control (总量控制): what a province may emit in the last year, and the reduction of intensity that it is worth.

With the cap C, the reserve B that no city has, base-year emissions E_P0 and growth G of the province:

    what cities may emit       C - B
    what the cap is worth      R_C = 1 - (C - B)/(E_P0 G)
    break-even growth          G*  = (C - B)/(E_P0 (1 - R)): below it the intensity binds, above it the total

At a given growth both targets bound the same sum, so the total is no row of its own: the greater reduction is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from scenarios.errors import Collector, Place
from scenarios.file.total import TotalControl
from scenarios.reconciliation import Reconciliation
from scenarios.sense.figures import brief
from scenarios.tables.regions import Regions

Binding = Literal["intensity", "total"]
CityBinding = Literal["rate", "cap", "both"]
_AROUND = tuple(Fraction(points, 1000) for points in (-10, -5, 0, 5, 10))
"""Growth a year that is looked at around the planned one, fractions."""
_PARTS = 10**8
"""Of one, to which the reduction of a level is said, from below."""
_NEAR = Fraction(1, 5)
"""Between this and its inverse a cap is a multiple of base-year emissions; beyond, another unit is meant."""


@dataclass(frozen=True)
class Growth:
    """What both targets allow when GDP grows otherwise than planned."""

    a_year: float  # Fraction
    allowed: float  # What the intensity target allows the province, 万吨
    binds: Binding
    needed: float  # The reduction that both targets need, fraction
    needed_with_reserve: float | None  # The same when the reserve counts in the intensity; None where it does not


@dataclass(frozen=True)
class Total:
    """A cap on the province's emissions of the last year; 万吨, exact."""

    cap: Fraction  # C
    reserve: Fraction  # B
    base: Fraction  # E_P0, a residual line in it
    outside: Fraction = Fraction(0)  # What a residual line emits in the last year
    reserve_gdp: Fraction = Fraction(0)  # The GDP of the last year that comes with the reserve, 亿元
    apart: bool = False  # Whether the reserve does not count in the intensity (单列)

    @property
    def left(self) -> Fraction:
        """What the cities together may emit."""
        return self.cap - self.reserve - self.outside

    @property
    def counts(self) -> bool:
        """Whether there is a reserve that counts in the intensity."""
        return self.reserve > 0 and not self.apart

    def share(self, part: Fraction) -> Total:
        """Return the cap of a part of the province, by its share of base-year emissions."""
        parts = (self.cap * part, self.reserve * part, self.base * part, self.outside * part)
        return Total(*parts, self.reserve_gdp * part, self.apart)

    def worth(self, unchanged: Fraction, reserve: bool = True) -> Fraction:
        """Return R_C, the reduction that the cap asks of the cities.

        `unchanged`: their emissions of the last year at the base year's intensity, E G.
        `reserve`: whether the reserve is kept.
        """
        return 1 - (self.left if reserve else self.left + self.reserve) / unchanged

    def burden(self, unchanged: Fraction, end_gdp: Fraction, left: Fraction) -> Fraction:
        """Return m_B = (B - left e_P0 Y_B)/(E G): what the cities must cut more because the reserve is emitted too.

        `unchanged`, `end_gdp`: of the cities in the last year, E G and Σ Y g. `left`: 1 - R - margin.
        A reserve that is cleaner than the target asks nothing, but lowers no city's target either.
        """
        if self.apart:
            return Fraction(0)
        return max(self.reserve / unchanged - left * self.reserve_gdp / end_gdp, Fraction(0))

    def used_up(self, reserve: Fraction, emitted: Fraction, unchanged: Fraction, end_gdp: Fraction) -> Fraction:
        """Return the reduction of intensity, fraction, when the cities emit so much and a reserve is used up too."""
        return 1 - (emitted + reserve) / (unchanged * (1 + self.reserve_gdp / end_gdp))

    def growths(
        self, unchanged: Fraction, growth: Fraction, years: int, asked: Fraction, end_gdp: Fraction
    ) -> Iterator[Growth]:
        """Yield what both targets need at growth rates around the planned one.

        `growth`: G. `years`: of the period. `asked`: R and margin, fraction. `unchanged`, `end_gdp`: as in `burden`.
        """
        planned = float(growth) ** (1 / years) - 1
        for off in _AROUND:
            a_year = planned + float(off)
            end = float(unchanged / growth) * (1 + a_year) ** years
            worth = 1 - float(self.left) / end
            allowed = end * (1 - float(asked)) + float(self.outside)
            times = Fraction(end) / unchanged
            with_reserve = float(asked + self.burden(unchanged * times, end_gdp * times, 1 - asked))
            yield Growth(
                a_year,
                allowed,
                "total" if worth > asked else "intensity",
                needed=max(float(asked), worth),
                needed_with_reserve=max(with_reserve, worth) if self.counts else None,
            )


def a_year(factor: Fraction | float, years: int) -> float:
    """Return the growth a year, fraction, that comes to a factor over some years; -1 where nothing is left."""
    return float(max(float(factor), 0.0) ** (1 / years)) - 1


def total(
    asked: TotalControl | None, regions: Regions, sums: Reconciliation | None, collector: Collector, place: Place
) -> Total | None:
    """Return the cap that a scenario sets for its regions, None without one.

    A cap that is computed from the base year's emissions is rounded down to whole 万吨. What is wrong with it goes to
    `collector`, at `place`: a reserve above the cap, a cap in another unit.
    """
    if asked is None:
        return None
    line = sums.residual if sums else None
    base = sum(map(Fraction, regions.emissions), Fraction(0)) + (line.emissions if line else 0)
    cap = _cap(asked, base)
    shown = f"{float(cap):,.2f}".replace("-", "−")
    if asked.reserve > cap:
        collector.error("reserve_above_cap", place, reserve=f"{asked.reserve:f}", cap=shown)
    if not _NEAR < cap / base < 1 / _NEAR:
        times = brief(Decimal(float(cap / base))).replace("-", "−")
        collector.error("cap_far", place, cap=shown, base=f"{float(base):,.2f}", times=times)
    outside, apart = line.end if line else Fraction(0), asked.apart is not None
    return Total(cap, Fraction(asked.reserve), base, outside, Fraction(asked.reserve_gdp_end), apart)


def level_target(asked: TotalControl, regions: Regions) -> Decimal:
    """Return the reduction that a cap on a level (coal, oil) comes to, fraction, less a hair: the cap itself decides.

    Below zero where the cap lies above the base year.
    """
    base = sum(map(Fraction, regions.emissions), Fraction(0))
    return reduction_to(_cap(asked, base), base)


def reduction_to(cap: Fraction, base: Fraction) -> Decimal:
    """Return the reduction that leads a level to its cap, fraction, less a hair."""
    return Decimal(ceil((1 - cap / base) * _PARTS) - 1) / _PARTS if base else Decimal(0)


def _cap(asked: TotalControl, base: Fraction) -> Fraction:
    """Return C, 万吨."""
    if asked.cap is not None:
        return Fraction(asked.cap)
    if asked.peak == "end":
        return base
    more = base * Fraction(asked.growth_at_most) if asked.growth_at_most is not None else Fraction(asked.increment or 0)
    return Fraction(floor(base + more))
