"""City sums against provincial figures: which policy holds, and what it does to sigma and the required effort.

    cities     the province is the sum of its cities
    scale      every city times (province / sum of the cities)
    residual   a line of its own, E_r = E_P - Σ E and Y_r = Y_P - Σ Y, with its own growth g_r and rate r_r
    refuse     an error when the two differ by more than the tolerance

With the residual line the province is backed when

    (Σ E g (1 - r) + E_r g_r (1 - r_r)) / (Σ Y g + Y_r g_r)  <=  (1 - R - margin) E_P / Y_P

which asks of the cities by themselves a reduction R' in place of R:

    R' + margin = 1 - ((1 - R - margin) (E_P/Y_P) (Σ Y g + Y_r g_r) - E_r g_r (1 - r_r)) / Σ Y g / (Σ E / Σ Y)

A negative E_r or Y_r stands in these sums as it is. Everything is exact; R' is rounded up at twelve decimals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Context, Decimal
from fractions import Fraction
from typing import Literal

from scenarios.errors import Collector, InputError, Place
from scenarios.findings.keys import KEYS
from scenarios.schema_types import Distance, Factor, Model, Quantity, Rate
from scenarios.tables.regions import Regions
from scenarios.wording import Text, minus

Policy = Literal["cities", "scale", "residual", "refuse"]
QUANTITIES = ("emissions", "gdp", "growth")
_DIGITS = Decimal("1e-12")


class ProvinceFigures(Model):
    """The province's own figures: emissions (万吨), GDP (亿元), growth factor of GDP over the period."""

    emissions: Quantity | None = None
    gdp: Quantity | None = None
    growth: Factor | None = None


class ResidualPath(Model):
    """The path of the residual line: its growth factor and its reduction rate.

    Without them it grows as the cities together and cuts as much as the provincial target and its margin: such a
    line asks nothing more of the cities, and nothing less.
    """

    growth: Factor | None = None
    rate: Rate | None = None


class Reconcile(Model):
    """What to do where city sums and provincial figures differ, quantity by quantity."""

    emissions: Policy = "cities"
    gdp: Policy = "cities"
    growth: Literal["cities", "scale", "refuse"] = "cities"
    tolerance: Distance = Decimal("0.01")
    province: ProvinceFigures = ProvinceFigures()
    residual: ResidualPath = ResidualPath()


@dataclass(frozen=True)
class Step:
    """One quantity: what was done, the sum of the cities (for growth, their mean), and the province's figure."""

    quantity: str
    policy: Policy
    cities: Fraction
    province: Fraction

    @property
    def ratio(self) -> Fraction:
        """Province over cities."""
        return self.province / self.cities


@dataclass(frozen=True)
class ResidualLine:
    """What is of the province and of no city; emissions and GDP may be below zero."""

    emissions: Fraction
    gdp: Fraction
    growth: Fraction
    rate: Fraction
    follows: bool = False  # Whether the rate is that of the target and its margin

    @property
    def end(self) -> Fraction:
        """Its emissions in the last year, E_r g_r (1 - r_r)."""
        return self.emissions * self.growth * (1 - self.rate)


_NO_LINE = ResidualLine(Fraction(0), Fraction(0), Fraction(0), Fraction(0))


@dataclass(frozen=True)
class Effort:
    """What a policy asks."""

    policy: str  # Its name; for a mixture ``chosen``
    sigma: Fraction  # Composition effect of the province, its residual line in it
    target: Fraction  # R': what the cities together must reach
    uniform: Fraction  # The rate that does it when every city takes it
    point: Fraction  # What a point of the provincial rate is worth, 万吨


@dataclass(frozen=True)
class Reconciliation:
    """What was done about city sums, and what it changes."""

    steps: tuple[Step, ...]  # One for each quantity that the province gives
    target: Decimal  # R, the province's own target
    residual: ResidualLine | None  # The residual line; None without one
    chosen: Effort  # What holds now; `others` what every policy by itself would ask
    others: tuple[Effort, ...]
    margin: Decimal = Decimal(0)  # What province and cities together must cut beyond their targets

    def of_cities(self, regions: Regions, target: Decimal) -> Decimal:
        """Return what the cities (`regions`) must reach when `target` is asked of the province.

        Raises InputError: they could emit nothing.
        """
        line = self.residual
        if line is None:
            return target
        line = replace(line, rate=Fraction(target) + Fraction(self.margin)) if line.follows else line
        asked = _effort("chosen", regions, line, target, self.margin)
        if asked is None:
            raise InputError.of("reconcile_impossible")
        return rounded_up(asked.target)

    def implied(self, regions: Regions, rates: Iterable[Fraction]) -> Fraction:
        """Return the reduction of the province, its residual line counted, that a table of the cities implies."""
        line = self.residual or _NO_LINE
        e, y, g = _figures(regions)
        left = sum((a * b * (1 - r) for a, b, r in zip(e, g, rates, strict=True)), line.end)
        end_gdp = _dot(y, g) + line.gdp * line.growth
        return 1 - left / end_gdp / ((sum(e) + line.emissions) / (sum(y) + line.gdp))


def scaled(asked: Reconcile, regions: Regions, collector: Collector, place: Place) -> Regions:
    """Return the regions with scaled figures, and refuse what is beyond the tolerance.

    `place`: of the key ``reconcile``.
    """
    for quantity in QUANTITIES:
        policy, figure = getattr(asked, quantity), getattr(asked.province, quantity)
        if figure is None or figure <= 0:
            if policy != "cities":
                collector.error("reconcile_figure", place, quantity=quantity, named=_named(quantity), policy=policy)
            continue
        ratio = Fraction(figure) / _of(quantity, regions)
        if policy == "refuse" and abs(ratio - 1) > Fraction(asked.tolerance):
            collector.error(
                "reconcile_refused", place, named=_named(quantity), cities=_shown(_of(quantity, regions)),
                province=_shown(Fraction(figure)), off=minus(f"{float(ratio - 1) * 100:+.2f}"),
                tolerance=f"{float(asked.tolerance) * 100:g}",
            )  # fmt: skip
        if policy == "scale":
            regions = _times(regions, quantity, ratio)
    return regions


def _named(quantity: str) -> Text:
    """Return what a quantity is called."""
    return Text(KEYS[quantity], quantity)


def reconciliation(
    asked: Reconcile, before: Regions, after: Regions, regions: Regions, target: Decimal, margin: Decimal,
    collector: Collector, place: Place,
) -> Reconciliation | None:  # fmt: skip
    """Return what was done and what it changes; None when the province gives no figures.

    `before`, `after`: the cities as read, and as scaled.
    `regions`: those that are split: without single-listed projects.
    """
    steps = tuple(
        Step(quantity, getattr(asked, quantity), _of(quantity, before), Fraction(figure))
        for quantity in QUANTITIES
        if (figure := getattr(asked.province, quantity)) is not None and figure > 0
    )
    if not steps:
        return None
    line = _line(asked, after, target, margin)
    chosen = _effort("chosen", regions, line, target, margin)
    if chosen is None:
        collector.error("reconcile_impossible", place)
        return None
    found = (_alone(policy, asked, before, target, margin) for policy in ("cities", "scale", "residual"))
    others = tuple(one for one in found if one is not None)
    return Reconciliation(steps, target, line, chosen, others, margin)


def rounded_up(target: Fraction) -> Decimal:
    """Return R' as a decimal not below it."""
    exact = Context(prec=60).divide(Decimal(target.numerator), Decimal(target.denominator))
    up = exact.quantize(_DIGITS, ROUND_CEILING)
    return up if Fraction(up) >= target else up + _DIGITS


def _alone(policy: Policy, asked: Reconcile, regions: Regions, target: Decimal, margin: Decimal) -> Effort | None:
    """Return what one policy asks, taken for every quantity that the province gives."""
    given = {q: policy for q in QUANTITIES if getattr(asked.province, q) is not None}
    growth = "cities" if policy == "cities" or "growth" not in given else "scale"
    plan = asked.model_copy(
        update={"emissions": "cities", "gdp": "cities", **given, "growth": growth},
    )
    quiet = scaled(plan, regions, Collector(), Place())
    return _effort(policy, quiet, _line(plan, quiet, target, margin), target, margin)


def _line(asked: Reconcile, regions: Regions, target: Decimal, margin: Decimal) -> ResidualLine | None:
    """Return the residual line of the policies asked for."""
    amounts = {}
    for quantity in ("emissions", "gdp"):
        figure = getattr(asked.province, quantity)
        takes = getattr(asked, quantity) == "residual" and figure is not None
        amounts[quantity] = Fraction(figure) - _of(quantity, regions) if takes else Fraction(0)
    if "residual" not in (asked.emissions, asked.gdp):
        return None
    growth, rate = asked.residual.growth, asked.residual.rate
    return ResidualLine(
        emissions=amounts["emissions"],
        gdp=amounts["gdp"],
        growth=_of("growth", regions) if growth is None else Fraction(growth),
        rate=Fraction(target) + Fraction(margin) if rate is None else Fraction(rate),
        follows=rate is None,
    )


def _effort(
    policy: str, regions: Regions, line: ResidualLine | None, target: Decimal, margin: Decimal
) -> Effort | None:
    """Return what is asked of the cities; None where no province is left or nothing may be emitted."""
    line = line or _NO_LINE
    e, y, g = _figures(regions)
    emissions, gdp, end_gdp = sum(e) + line.emissions, sum(y) + line.gdp, _dot(y, g) + line.gdp * line.growth
    if min(emissions, gdp, end_gdp) <= 0:
        return None
    intensity, own = emissions / gdp, Fraction(sum(e)) / sum(y)
    allowed = (1 - Fraction(target) - Fraction(margin)) * intensity * end_gdp - line.end
    if allowed <= 0:
        return None
    frozen = _dot(e, g)
    return Effort(
        policy=policy,
        sigma=(frozen + line.emissions * line.growth) / end_gdp / intensity - 1,
        target=1 - allowed / _dot(y, g) / own - Fraction(margin),
        uniform=1 - allowed / frozen,
        point=intensity * end_gdp / 100,
    )


def _of(quantity: str, regions: Regions) -> Fraction:
    """Return the cities' sum, for growth their mean by GDP."""
    e, y, g = _figures(regions)
    return {"emissions": Fraction(sum(e)), "gdp": Fraction(sum(y)), "growth": _dot(y, g) / sum(y)}[quantity]


def _times(regions: Regions, quantity: str, ratio: Fraction) -> Regions:
    """Return the regions with one quantity times a factor, in the indicators that are made of it too."""
    values = tuple(_decimal(Fraction(value) * ratio) for value in getattr(regions, quantity))
    if quantity == "emissions":
        changed = replace(regions, emissions=values)
    elif quantity == "gdp":
        changed = replace(regions, gdp=values)
    else:
        margins = tuple(None if m is None else _decimal(Fraction(m) * ratio) for m in regions.growth_margins)
        changed = replace(regions, growth=values, growth_margins=margins)
    columns = dict(changed.columns)
    if quantity in columns:
        columns[quantity] = values
    if "intensity" in columns and quantity != "growth":
        power = ratio if quantity == "emissions" else 1 / ratio
        columns["intensity"] = tuple(_decimal(Fraction(value) * power) for value in columns["intensity"])
    return replace(changed, columns=columns)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _figures(regions: Regions) -> tuple[tuple[Fraction, ...], ...]:
    return tuple(tuple(map(Fraction, values)) for values in (regions.emissions, regions.gdp, regions.growth))


def _dot(left: Iterable[Fraction], right: Iterable[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(left, right, strict=True)), Fraction(0))


def _shown(value: Fraction) -> str:
    return f"{float(value):,.4f}".rstrip("0").rstrip(".")
