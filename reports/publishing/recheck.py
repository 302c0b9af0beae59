"""Verifies a plan from its own figures, and what was written against the plan.

Nothing but plan.json is needed: Σ a r ≥ R + σ + margin is computed anew, in exact rationals, from the
emissions, GDP, growth and published rates in it; then from the rates in every written file.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from reports.planning.record import PlanRecord, RegionRecord
from reports.printing.document import Grid, Sheet
from reports.printing.numbers import MINUS
from reports.printing.table import Table
from reports.publishing.columns import CAP, INCENTIVE, RATE
from reports.verifying.record import IncentiveRecord, ProvinceRecord, TotalRecord
from scenarios.baseline import Baseline
from scenarios.tables.cells import in_all_digits
from scenarios.tables.regions import Regions

_LARGEST, _SMALLEST = 1e20, 1e-100
"""Between which every quantity of a plan lies."""

_BY_REGION = ("coefficients", "own_lower", "own_upper", "most")
"""What the page splits by: one value a region."""

_TOLERANCE = 1e-9
"""Relative; the figures of a plan are the nearest doubles of exact results."""


@dataclass(frozen=True)
class Disagreement:
    """A figure of a plan that does not follow from its others: which, what is written, what follows."""

    key: str
    found: str
    needed: str


@dataclass(frozen=True)
class _Targets:
    """One of the two sets of targets, exact: column, key in plan.json, rates, what was asked, what is said."""

    column: str
    key: str
    rates: tuple[Decimal, ...]
    asked: Decimal
    said: ProvinceRecord | IncentiveRecord


def _targets(record: PlanRecord) -> list[_Targets]:
    """Return the basic targets, and the incentive ones where there are any."""
    province = record.province
    rates = tuple(_exact(region.published_rate) for region in record.regions)
    found = [_Targets(RATE, "province", rates, _exact(province.target), province)]
    second = province.incentive
    if second is not None:
        rates = tuple(_exact(region.published_incentive_rate or 0.0) for region in record.regions)
        found.append(_Targets(INCENTIVE, "province.incentive", rates, _exact(second.target), second))
    return found


def _exact(value: float) -> Decimal:
    """Return a number as plan.json writes it."""
    return Decimal(repr(value))


def recomputed(record: PlanRecord, target: Decimal) -> Baseline:
    """Return the arithmetic of the province from a plan's own figures, for a provincial target."""
    regions = record.regions
    return Baseline.of(
        Regions(
            ids=tuple(r.id for r in regions),
            names=tuple(r.name for r in regions),
            names_en=tuple(r.name_en for r in regions),
            emissions=tuple(_exact(r.emissions_10kt) for r in regions),
            gdp=tuple(_exact(r.gdp_100m_yuan) for r in regions),
            growth=tuple(_exact(r.growth) for r in regions),
            lower=tuple(_exact(r.lower) for r in regions),
            upper=tuple(_exact(r.upper) for r in regions),
            groups=("",) * len(regions),
            columns={},
            units={},
        ),
        target,
        _exact(record.province.margin),
    )


def overshoot(baseline: Baseline, rates: Sequence[Decimal]) -> Fraction:
    """Return Σ a r - (R + σ + margin), exact; a table backs the province when it is not below zero."""
    pairs = zip(baseline.exact_coefficients, rates, strict=True)
    return sum((a * Fraction(r) for a, r in pairs), Fraction(0)) - baseline.exact_required


def room(record: PlanRecord, rates: Sequence[Decimal]) -> Fraction:
    """Return what a table leaves under the cap on the province's total, 万吨; above zero where there is no cap."""
    cap = record.province.total
    if cap is None:
        return Fraction(1)
    emissions = sum(
        (
            Fraction(_exact(region.emissions_10kt)) * Fraction(_exact(region.growth)) * (1 - Fraction(rate))
            for region, rate in zip(record.regions, rates, strict=True)
        ),
        Fraction(_exact(cap.outside_10kt)),
    )
    return Fraction(_exact(cap.cap_10kt)) - Fraction(_exact(cap.reserve_10kt)) - emissions


def holds_total(record: PlanRecord, rates: Sequence[Decimal]) -> bool:
    """Return whether a table holds the cap on the total.

    What a residual line emits stands in plan.json as the nearest double, and so much is forgiven.
    """
    cap = record.province.total
    forgiven = _TOLERANCE * cap.cap_10kt if cap is not None and cap.outside_10kt else 0.0
    return room(record, rates) >= -Fraction(forgiven)


def disagreements(record: PlanRecord) -> list[Disagreement]:
    """Return every figure of a plan that does not follow from the figures it rests on."""
    odd = [*_sizes("", record.model_dump(mode="json")), *_lists(record), *_positive(record)]
    return odd or [*_question(record), *_province(record), *_regions(record), *_classes(record)]


def _sizes(key: str, value: object) -> Iterator[Disagreement]:
    """Yield every number that no plan can hold."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _sizes(f"{key}.{name}".lstrip("."), part)
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from _sizes(f"{key}[{n}]", part)
    elif isinstance(value, int | float) and not abs(value) <= _LARGEST:
        yield Disagreement(key, f"{value:g}"[:20] if isinstance(value, float) else str(value)[:20], f"≤ {_LARGEST:g}")


def _lists(record: PlanRecord) -> list[Disagreement]:
    """Return the lists that are not as long as what they go along with, and regions that are not told apart."""
    regions, indicators = len(record.regions), len(record.indicators)
    found = {
        "regions": (len({region.id for region in record.regions}), max(regions, 2)),
        "indicators": (indicators, max(indicators, 1)),
        "scenario.end_year": (record.scenario.end_year > record.scenario.base_year, True),
    }
    for region in record.regions:
        for field in ("normalised", "effects", "values"):
            if (values := getattr(region, field)) is not None:
                found[f"regions.{region.name}.{field}"] = len(values), indicators
    if (asked := record.whatif) is not None:
        found |= {f"whatif.{field}": (len(getattr(asked, field)), regions) for field in _BY_REGION}
        found["whatif.within"] = len(asked.within), indicators
    if record.province.incentive is not None:
        seconds = [region for region in record.regions if region.published_incentive_rate is not None]
        found["province.incentive"] = len(seconds), regions
    return [Disagreement(key, str(a), str(b)) for key, (a, b) in found.items() if a != b]


def _question(record: PlanRecord) -> Iterator[Disagreement]:
    """Yield the columns of the question that are not what its regions say, first places first."""
    asked = record.question
    if asked is None:
        return
    columns: dict[str, tuple[str, Sequence[str] | None]] = {
        "emissions": ("emissions_10kt", asked.emissions),
        "gdp": ("gdp_100m_yuan", asked.gdp),
        "growth": ("growth", asked.growth),
        "references": ("reference_rate", asked.references),
        "limits.lower": ("lower", asked.limits.lower),
        "limits.upper": ("upper", asked.limits.upper),
        "incentive.steps": ("incentive_step", asked.incentive.steps if asked.incentive else None),
    }
    for key, (field, column) in columns.items():
        said = [getattr(region, field) for region in record.regions]
        numbers = None if column is None else [_number(text) for text in column]
        if numbers is not None and numbers != said:
            n = next((n for n, pair in enumerate(zip(numbers, said, strict=False)) if pair[0] != pair[1]), 0)
            yield Disagreement(f"question.{key}[{n}]", str(numbers[n : n + 1])[1:-1], str(said[n : n + 1])[1:-1])


def _number(text: str) -> float:
    """Return the nearest double of an exact number in text; 0 where there is none."""
    try:
        return float(Fraction(text)) if "/" in text else float(text)
    except OverflowError:
        return 0.0


def _positive(record: PlanRecord) -> list[Disagreement]:
    """Return the quantities that are not above zero."""
    values = {
        f"regions.{region.name}.{field}": getattr(region, field)
        for region in record.regions
        for field in ("emissions_10kt", "gdp_100m_yuan", "growth")
    } | {"scenario.grid": record.scenario.grid}
    return [Disagreement(key, f"{value:g}", "> 0") for key, value in values.items() if not value >= _SMALLEST]


def _province(record: PlanRecord) -> list[Disagreement]:
    """Return what is said of the province, for each set of targets, and does not follow."""
    odd = [odd for targets in _targets(record) for odd in _said(record, targets)]
    odd += _total(record)
    sigma = recomputed(record, Decimal(0)).sigma
    if not _close(record.province.sigma, sigma):
        odd.append(Disagreement("province.sigma", repr(record.province.sigma), repr(sigma)))
    return odd


def _total(record: PlanRecord) -> list[Disagreement]:
    """Return what is said of the cap on the total and does not follow."""
    cap = record.province.total
    if cap is None:
        return []
    rates = _targets(record)[0].rates
    left, verdict = room(record, rates), "held" if holds_total(record, rates) else "broken"
    odd = [] if cap.verdict == verdict else [Disagreement("province.total.verdict", cap.verdict, verdict)]
    odd += _caps(record, cap)
    if not _close(cap.room_10kt, float(left), 1e-6):
        odd.append(Disagreement("province.total.room_10kt", repr(cap.room_10kt), repr(float(left))))
    return odd


def _caps(record: PlanRecord, cap: TotalRecord) -> Iterator[Disagreement]:
    """Yield what is said of the caps of the cities and does not follow: each cap stands once, and they add up."""
    pair, there = cap.pair, [region for region in record.regions if region.cap is not None]
    if len(there) != (0 if pair is None else len(record.regions)):
        yield Disagreement("regions.cap", str(len(there)), str(0 if pair is None else len(record.regions)))
        return
    if pair is None:
        return
    total, kept = Fraction(0), Fraction(0)
    for region in there:
        assert region.cap is not None
        city, left = region.cap, _left(region)
        total += Fraction(_exact(city.cap_10kt))
        kept += min(Fraction(_exact(city.cap_10kt)), left)
        if not _close(city.allowed_10kt, float(left)):
            key = f"regions.{region.name}.cap.allowed_10kt"
            yield Disagreement(key, repr(city.allowed_10kt), repr(float(left)))
    rest = sum((Fraction(_exact(x)) for x in (cap.cap_10kt, -pair.reserve_10kt, -cap.outside_10kt)), -total)
    needed = {"sum_10kt": float(total), "kept_10kt": float(kept), "rest_10kt": float(rest)}
    for key, value in needed.items():
        if not _close(getattr(pair, key), value, 1e-6):
            yield Disagreement(f"province.total.pair.{key}", repr(getattr(pair, key)), repr(value))
    said = {"adds_up": abs(rest) <= 1e-6, "holds": float(kept) <= pair.limit_10kt + 1e-6}
    for key, so in said.items():
        if getattr(pair, key) != so:
            yield Disagreement(f"province.total.pair.{key}", str(getattr(pair, key)), str(so))
    yield from _peak(record, cap)


def _peak(record: PlanRecord, cap: TotalRecord) -> Iterator[Disagreement]:
    """Yield what is said of the year of the peak and does not follow from the province's budgets."""
    years = cap.pair.years_10kt if cap.pair else None
    if cap.peak is None or years is None:
        return
    budgets = dict(enumerate(years, start=record.scenario.base_year + 1))
    own, later = budgets.get(cap.peak.year), [budget for year, budget in budgets.items() if year > cap.peak.year]
    held = own is not None and all(budget <= own for budget in later)
    for key, so in {"total.peak.held": cap.peak.held, "checks.peak": record.province.checks.get("peak")}.items():
        if so != held:
            yield Disagreement(f"province.{key}", str(so), str(held))


def _left(region: RegionRecord) -> Fraction:
    """Return what a region emits in the last year at its published rate, 万吨."""
    unchanged = Fraction(_exact(region.emissions_10kt)) * Fraction(_exact(region.growth))
    return unchanged * (1 - Fraction(_exact(region.published_rate)))


def _said(record: PlanRecord, targets: _Targets) -> list[Disagreement]:
    baseline, said = recomputed(record, targets.asked), targets.said
    over = overshoot(baseline, targets.rates)
    needed = {
        "implied_reduction": float(over + Fraction(targets.asked) + Fraction(_exact(record.province.margin))),
        "overshoot_points": float(over * 100),
        "overshoot_10kt": float(over) * 100 * baseline.point_worth,
    }
    odd = [
        Disagreement(f"{targets.key}.{key}", repr(getattr(said, key)), repr(value))
        for key, value in needed.items()
        if not _close(getattr(said, key), value, 1e-6 if key == "overshoot_10kt" else _TOLERANCE)
    ]
    verdict = "backed" if over >= 0 else "not_backed"
    return odd if said.verdict == verdict else [*odd, Disagreement(f"{targets.key}.verdict", said.verdict, verdict)]


def _regions(record: PlanRecord) -> list[Disagreement]:
    """Return the intensities that do not follow, and the rates that are off bounds or grid."""
    grid, odd = Fraction(_exact(record.scenario.grid)), []
    on_grid = record.province.checks.get("grid", True)  # a table that says itself that it is not
    for region in record.regions:
        base = region.emissions_10kt / region.gdp_100m_yuan
        for field, value in (("intensity", base), ("target_intensity", base * (1 - region.published_rate))):
            if not _close(getattr(region, field), value):
                odd.append(Disagreement(f"regions.{region.name}.{field}", repr(getattr(region, field)), repr(value)))
        key, rate = f"regions.{region.name}.published_rate", region.published_rate
        if not region.lower <= rate <= region.upper and record.province.checks.get("bounds", True):
            odd.append(Disagreement(key, repr(rate), f"{region.lower:g}–{region.upper:g}"))
        for field in ("published_rate", "published_incentive_rate"):
            value = getattr(region, field)
            if value is not None and on_grid and (grid <= 0 or (Fraction(_exact(value)) / grid).denominator != 1):
                odd.append(Disagreement(f"regions.{region.name}.{field}", repr(value), f"n × {record.scenario.grid:g}"))
        least = rate + (region.incentive_step or 0.0)
        if (above := region.published_incentive_rate) is not None and above < least - _TOLERANCE:
            key = f"regions.{region.name}.published_incentive_rate"
            odd.append(Disagreement(key, repr(above), f"≥ {least:g}"))
    return odd


def _classes(record: PlanRecord) -> list[Disagreement]:
    """Return the regions whose rate is not that of their class."""
    ordered = sorted((r for r in record.regions if r.class_ is not None), key=lambda r: r.class_ or 0)
    return [
        Disagreement(f"regions.{b.name}.published_rate", repr(b.published_rate), repr(a.published_rate))
        for a, b in pairwise(ordered)
        if a.class_ == b.class_ and a.published_rate != b.published_rate
    ]


def _close(found: float, needed: float, tolerance: float = _TOLERANCE) -> bool:
    return math.isclose(found, needed, rel_tol=tolerance, abs_tol=tolerance)


@in_all_digits
def holds(record: PlanRecord, sheet: Sheet, read: Sequence[Grid]) -> bool:
    """Return whether the tables read from a written file are those of the sheet, and back the province.

    Every cell is held against the sheet; the rates of the full table also, as numbers, against the
    plan, and the province is computed anew from them.
    """
    wanted = [(table.heads(sheet.language), *table.rows) for table in sheet.tables]
    if list(read) != wanted:
        return False
    grids = [(table, grid) for table, grid in zip(sheet.tables, read, strict=True) if table.code == "table"]
    return all(_backs(record, table, grid, targets) for table, grid in grids for targets in _targets(record))


def _backs(record: PlanRecord, table: Table, grid: Grid, targets: _Targets) -> bool:
    """Return whether the rates in a column that was read are the plan's, and back what was asked as the plan says."""
    at = next(n for n, column in enumerate(table.columns) if column.code == targets.column)
    rows = grid[1 : 1 + len(record.regions)]
    rates = tuple(Decimal(row[at].replace(MINUS, "-")) / 100 for row in rows)
    backed = overshoot(recomputed(record, targets.asked), rates) >= 0
    within = holds_total(record, rates)
    said = targets.said.verdict == "backed", record.province.checks.get("total", True)
    return rates == targets.rates and (backed, within) == said and _caps_stand(record, table, rows)


def _caps_stand(record: PlanRecord, table: Table, rows: Sequence[tuple[str, ...]]) -> bool:
    """Return whether the caps in the rows that were read are the plan's; true where it has none."""
    at = next((n for n, column in enumerate(table.columns) if column.code == CAP), None)
    caps = [region.cap.cap_10kt for region in record.regions if region.cap is not None]
    return at is None if not caps else at is not None and [float(row[at]) for row in rows] == caps
