"""Total control (总量控制): what a province may emit in the last year, and the reduction of intensity that it is worth.

With the cap C, the reserve B that no city has, base-year emissions E_P0 and growth G of the province:

    what cities may emit       C - B
    what the cap is worth      R_C = 1 - (C - B)/(E_P0 G)
    break-even growth          G*  = (C - B)/(E_P0 (1 - R)): below it the intensity binds, above it the total
    the reserve counted        G*  = (C - k)/(E_P0 (1 - R)), k = min(B, (1 - R) e_P0 Y_B): the same where the
                               intensity is asked R + m_B, as the cities are

At a given growth both targets bound the same sum, so the total is no row of its own: the greater reduction is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from scenarios.errors import Collector, Place
from scenarios.file.total import TotalControl
from scenarios.reconciliation import Reconciliation
from scenarios.sense.figures import often
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
    binds: Binding  # Which asks more, the reserve counted where it counts
    needed: float  # The reduction that both targets need, fraction
    worth: float  # The reduction that the total asks, fraction
    counted: float | None  # What the intensity asks with the reserve in it, fraction; None where that does not count
    needed_with_reserve: float | None  # As `needed`, the reserve counted; None where it does not


@dataclass(frozen=True)
class Total:
    """A cap on the province's emissions of the last year; 万吨, exact."""

    cap: Fraction  # C
    reserve: Fraction  # B
    base: Fraction  # E_P0, a residual line in it
    outside: Fraction = Fraction(0)  # What a residual line emits in the last year
    reserve_gdp: Fraction = Fraction(0)  # The GDP of the last year that comes with the reserve, 亿元
    apart: bool = False  # Whether the reserve does not count in the intensity (单列)
    computed: Fraction | None = None  # What C was rounded down from, where it was; None where it is given or whole

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

    def break_even(self, unchanged: Fraction, end_gdp: Fraction, left: Fraction, counted: bool) -> Fraction:
        """Return G*/G, the growth at which both targets ask the same, as a multiple of the planned one.

        `counted`: whether the reserve counts in the intensity, as it does in what the cities are asked. Others: as in
        `burden`.
        """
        within = unchanged * left
        reserve = min(self.reserve, within * self.reserve_gdp / end_gdp) if counted else self.reserve
        return (self.left + self.reserve - reserve) / within

    def used_up(self, emitted: Fraction, unchanged: Fraction, end_gdp: Fraction) -> Fraction:
        """Return the reduction of intensity, fraction, when so much is emitted, a reserve that is used up in it."""
        return 1 - emitted / (unchanged * (1 + self.reserve_gdp / end_gdp))

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
                "total" if worth > with_reserve else "intensity",
                needed=max(float(asked), worth),
                worth=worth,
                counted=with_reserve if self.counts else None,
                needed_with_reserve=max(with_reserve, worth) if self.counts else None,
            )


def a_year(factor: Fraction | float, years: int) -> float:
    """Return the growth a year, fraction, that comes to a factor over some years; -1 where nothing is left."""
    return float(max(float(factor), 0.0) ** (1 / years)) - 1


def total(
    asked: TotalControl | None,
    regions: Regions,
    sums: Reconciliation | None,
    collector: Collector,
    place: Callable[[str], Place],
) -> Total | None:
    """Return the cap that a scenario sets for its regions, None without one.

    A cap that is computed from the base year's emissions is rounded down to whole 万吨. What is wrong with it goes to
    `collector`, at the `place` of its key: a cap of nothing or in another unit, a reserve above the cap, GDP that the
    reserve cannot have.
    """
    if asked is None:
        return None
    line = sums.residual if sums else None
    base = sum(map(Fraction, regions.emissions), Fraction(0)) + (line.emissions if line else 0)
    exact = _exact_cap(asked, base)
    cap = _cap(asked, base)
    shown = f"{float(cap):,.2f}".replace("-", "−")
    if _within(asked, cap, base, collector, place) and asked.reserve > cap:
        collector.error("reserve_above_cap", place("reserve"), reserve=f"{asked.reserve:,f}", cap=shown)
    _judge_gdp(asked, regions, collector, place)
    outside, apart = line.end if line else Fraction(0), asked.apart is not None
    computed = None if exact == cap else exact
    return Total(cap, Fraction(asked.reserve), base, outside, Fraction(asked.reserve_gdp_end), apart, computed)


def _within(
    asked: TotalControl, cap: Fraction, base: Fraction, collector: Collector, place: Callable[[str], Place]
) -> bool:
    """Return whether a cap can be meant; one that is nothing, or far from base-year emissions, is refused."""
    form = asked.form
    said = {"cap": f"{float(cap):,.2f}".replace("-", "−"), "base": f"{float(base):,.2f}"}
    if cap <= 0:
        collector.error("cap_of_nothing", place(form), **said)
    elif not _NEAR < cap / base < 1 / _NEAR:
        code = "cap_far_growth" if form == "growth_at_most" else "cap_far"
        collector.error(code, place(form), **said, times=often(cap / base))
    else:
        return True
    return False


def _judge_gdp(asked: TotalControl, regions: Regions, collector: Collector, place: Callable[[str], Place]) -> None:
    """Refuse GDP of the reserve that is more than the cities have in the last year, or that nothing is made of.

    It is also said where no reserve is listed apart.
    """
    if asked.apart is not None and not asked.reserve:
        collector.notice("reserve_apart_alone", place("apart"))
    if not asked.reserve_gdp_end:
        return
    ends = (Fraction(y) * Fraction(g) for y, g in zip(regions.gdp, regions.growth, strict=True))
    end, found, at = sum(ends, Fraction(0)), f"{asked.reserve_gdp_end:,f}", place("reserve_gdp_end")
    if asked.apart is not None:
        collector.error("reserve_gdp_apart", at, found=found)
    elif not asked.reserve:
        collector.error("reserve_gdp_alone", at, found=found)
    elif asked.reserve_gdp_end > end:
        collector.error("reserve_gdp_beyond", at, found=found, end=f"{float(end):,.1f}")


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
    """Return C, 万吨: one that is computed rounded down."""
    exact = _exact_cap(asked, base)
    return Fraction(floor(exact)) if asked.form in ("growth_at_most", "increment") else exact


def _exact_cap(asked: TotalControl, base: Fraction) -> Fraction:
    """Return C before it is rounded, 万吨."""
    if asked.cap is not None:
        return Fraction(asked.cap)
    if asked.growth_at_most is not None:
        return base * (1 + Fraction(asked.growth_at_most))
    return base + Fraction(asked.increment or 0)
