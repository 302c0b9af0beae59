"""Verifies a plan from its own figures, and what was written against the plan.

Nothing but plan.json is needed: Σ a r ≥ R + σ + margin is computed anew, in exact rationals, from the
emissions, GDP, growth and published rates in it; then from the rates in every written file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from reports.numbers import MINUS
from reports.publishing.sheet import RATE, Grid, Sheet
from reports.record import PlanRecord
from scenarios.baseline import Baseline
from scenarios.regions import Regions

_TOLERANCE = 1e-9
"""Relative; the figures of a plan are the nearest doubles of exact results."""


@dataclass(frozen=True)
class Disagreement:
    """A figure of a plan that does not follow from its others: which, what is written, what follows."""

    key: str
    found: str
    needed: str


def published_rates(record: PlanRecord) -> tuple[Decimal, ...]:
    """Return the published rates as they are written in plan.json, fractions, exact."""
    return tuple(Decimal(repr(region.published_rate)) for region in record.regions)


def recomputed(record: PlanRecord) -> Baseline:
    """Return the arithmetic of the province from a plan's own figures."""
    return Baseline.of(
        Regions(
            ids=tuple(r.id for r in record.regions),
            names=tuple(r.name for r in record.regions),
            names_en=tuple(r.name_en for r in record.regions),
            emissions=tuple(Decimal(repr(r.emissions_10kt)) for r in record.regions),
            gdp=tuple(Decimal(repr(r.gdp_100m_yuan)) for r in record.regions),
            growth=tuple(Decimal(repr(r.growth)) for r in record.regions),
            lower=tuple(Decimal(repr(r.lower)) for r in record.regions),
            upper=tuple(Decimal(repr(r.upper)) for r in record.regions),
            groups=("",) * len(record.regions),
            columns={},
            units={},
        ),
        Decimal(repr(record.province.target)),
        Decimal(repr(record.province.margin)),
    )


def overshoot(baseline: Baseline, rates: Sequence[Decimal]) -> Fraction:
    """Return Σ a r - (R + σ + margin), exact; a table backs the province when it is not below zero."""
    pairs = zip(baseline.exact_coefficients, rates, strict=True)
    return sum((a * Fraction(r) for a, r in pairs), Fraction(0)) - baseline.exact_required


def disagreements(record: PlanRecord) -> list[Disagreement]:
    """Return every figure of a plan that does not follow from the figures it rests on."""
    odd = [
        Disagreement(f"regions.{r.name}.{field}", f"{getattr(r, field):g}", "> 0")
        for r in record.regions
        for field in ("emissions_10kt", "gdp_100m_yuan", "growth")
        if not (math.isfinite(getattr(r, field)) and getattr(r, field) > 0)
    ]
    return odd or [*_province(record), *_regions(record), *_classes(record)]


def _province(record: PlanRecord) -> list[Disagreement]:
    baseline, p = recomputed(record), record.province
    over = overshoot(baseline, published_rates(record))
    implied = over + Fraction(Decimal(repr(p.target))) + Fraction(Decimal(repr(p.margin)))
    needed = {
        "sigma": baseline.sigma,
        "implied_reduction": float(implied),
        "overshoot_points": float(over * 100),
        "overshoot_10kt": float(over) * 100 * baseline.point_worth,
    }
    odd = [
        Disagreement(f"province.{key}", repr(getattr(p, key)), repr(value))
        for key, value in needed.items()
        if not _close(getattr(p, key), value, 1e-6 if key == "overshoot_10kt" else _TOLERANCE)
    ]
    verdict = "backed" if over >= 0 else "not_backed"
    return odd if p.verdict == verdict else [*odd, Disagreement("province.verdict", p.verdict, verdict)]


def _regions(record: PlanRecord) -> list[Disagreement]:
    """Return the intensities that do not follow, and the rates that are off bounds or grid."""
    grid, odd = Fraction(Decimal(repr(record.scenario.grid))), []
    for region, rate in zip(record.regions, published_rates(record), strict=True):
        base = region.emissions_10kt / region.gdp_100m_yuan
        for field, value in (("intensity", base), ("target_intensity", base * (1 - region.published_rate))):
            if not _close(getattr(region, field), value, _TOLERANCE):
                odd.append(Disagreement(f"regions.{region.name}.{field}", repr(getattr(region, field)), repr(value)))
        key = f"regions.{region.name}.published_rate"
        if not region.lower <= region.published_rate <= region.upper:
            odd.append(Disagreement(key, str(rate), f"{region.lower:g}–{region.upper:g}"))
        if grid <= 0 or (Fraction(rate) / grid).denominator != 1:
            odd.append(Disagreement(key, str(rate), f"n × {record.scenario.grid:g}"))
    return odd


def _classes(record: PlanRecord) -> list[Disagreement]:
    """Return the regions whose rate is not that of their class."""
    ordered = sorted((r for r in record.regions if r.class_ is not None), key=lambda r: r.class_ or 0)
    return [
        Disagreement(f"regions.{b.name}.published_rate", repr(b.published_rate), repr(a.published_rate))
        for a, b in pairwise(ordered)
        if a.class_ == b.class_ and a.published_rate != b.published_rate
    ]


def _close(found: float, needed: float, tolerance: float) -> bool:
    return math.isclose(found, needed, rel_tol=tolerance, abs_tol=tolerance)


def holds(record: PlanRecord, sheet: Sheet, read: Sequence[Grid]) -> bool:
    """Return whether the tables read from a written file are those of the sheet, and back the province.

    Every cell is held against the sheet; the rates of the full table also, as numbers, against the
    plan, and the province is computed anew from them.
    """
    wanted = [(table.heads(sheet.language), *table.rows) for table in sheet.tables]
    if list(read) != wanted:
        return False
    for table, grid in zip(sheet.tables, read, strict=True):
        if table.code == "table":
            at = next(n for n, column in enumerate(table.columns) if column.code == RATE)
            rates = [Decimal(row[at].replace(MINUS, "-")) / 100 for row in grid[1:-1]]
            if rates != list(published_rates(record)) or overshoot(recomputed(record), rates) < 0:
                return False
    return True
