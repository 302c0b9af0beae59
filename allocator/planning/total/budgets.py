"""Yearly budgets of the cities (年度碳排放预算), whole 万吨, and what the province keeps each year.

With base-year emissions E, the cap c of the last year T and the years t = 1 … T:

    even     E (c / E)^(t/T)       the same change a year
    linear   E + (c - E) t / T

The province's years come likewise from its base-year emissions and cap, rounded half up. The cities' years are rounded
one year at a time to the whole part of their sum; even ones never add up to more than the province's (Jensen), so that
what it keeps is never below zero before projects draw on it. The last year is the caps themselves. A draw on the
reserve raises the year of its start and all after; one that takes more than the province keeps in a year is asked
about at its cell. A table of budgets stands as it is; its last year must be the caps, and no year above the province's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import floor

from allocator.planning.total.caps import caps_tried
from reports.planning.record import PlanRecord
from reports.records import in_both
from scenarios.errors import Collector, Finding, InputError
from scenarios.load import Scenario
from scenarios.sense.asking import question
from scenarios.sense.figures import exactly
from scenarios.total.caps import AskedCaps, CityCaps
from scenarios.total.paths import path_of, province_years, total_path
from scenarios.total.year_caps import YearCaps
from solvers.printable.shares import whole


@dataclass(frozen=True)
class Budgets:
    """What may be emitted each year, 万吨, exact; the years after the base year."""

    province: tuple[Fraction, ...]  # Shape (T,)
    cities: tuple[tuple[Fraction, ...], ...]  # Shape (n, T)
    notices: tuple[Finding, ...] = ()  # Draws beyond what is kept that are answered

    @property
    def reserve(self) -> tuple[Fraction, ...]:
        """What of the province's years no city has, shape (T,)."""
        sums = (sum(year, Fraction(0)) for year in zip(*self.cities, strict=True))
        return tuple(cap - given for cap, given in zip(self.province, sums, strict=True))


def budgets_of(scenario: Scenario, caps: CityCaps) -> Budgets:
    """Return the yearly budgets that lead to the caps of the last year.

    Raises ValueError: the scenario has no cap on the province's total.
    Raises InputError: years of a table in which the cities have more than the province, or that are not their caps;
    draws beyond what the province keeps in a year, unless that is answered.
    """
    total, asked = scenario.baseline.total, scenario.caps
    if total is None or asked is None:
        raise ValueError("no cap on the total")
    years, step = scenario.file.period.years, asked.step
    kind, shares = path_of(asked), [t / years for t in range(years + 1)]
    province = province_years(total, asked, years)
    if asked.by_year is not None:
        found = Budgets(province, asked.by_year.ending(caps.values))
        wrong = (*asked.by_year.other_ends(caps.values), *_over(found, asked.by_year, scenario.file.period.base + 1))
        if wrong:
            raise InputError(wrong)
        return found
    before = list(caps.values)
    for draw in asked.draws:
        before[draw.region] -= draw.amount
    ends = zip(scenario.regions.emissions, before, strict=True)
    paths = zip(*(total_path(Fraction(e), cap, kind, shares)[1:-1] for e, cap in ends), strict=True)
    first = scenario.file.period.base + 1
    columns = [_rounded(values, step) for values in paths]
    pairs = zip(province[:-1], columns, strict=True)
    kept = {year: cap - sum(own, Fraction(0)) for year, (cap, own) in enumerate(pairs, start=first)}
    collector = Collector()
    scenario.file.answers.ask(_too_early(asked, kept), collector)
    collector.raise_errors()
    columns = [_drawn(own, asked, year) for year, own in enumerate(columns, start=first)]
    return Budgets(province, tuple(zip(*columns, caps.values, strict=True)), collector.notices)


def capped(scenario: Scenario, rates: Sequence[Decimal]) -> tuple[CityCaps | None, Budgets | None]:
    """Return the caps that go with printed rates and the yearly budgets that lead to them; of a level no budgets.

    `rates`: as in `caps_of`.
    Raises InputError: everything that is wrong with either, each with its place.
    """
    tried = caps_tried(scenario, rates)
    if tried is None or scenario.caps is None:
        return None, None
    collector = Collector()
    collector.extend(tried.wrong)
    fitting = replace(scenario, caps=replace(scenario.caps, draws=tried.draws))
    budgets = None if scenario.measured.is_level else collector.taken(lambda: budgets_of(fitting, tried.caps))
    collector.raise_errors()
    return tried.caps, budgets


def _over(budgets: Budgets, table: YearCaps, first: int) -> Iterator[Finding]:
    """Yield each year of a table in which the cities have more than the province."""
    years = zip(budgets.reserve, budgets.province, table.places, strict=True)
    for year, (kept, cap, place) in enumerate(years, start=first):
        if kept < 0:
            yield Finding("year_caps_over", place, {"year": year, "cap": exactly(cap), "over": exactly(-kept)})


def _too_early(asked: AskedCaps, kept: Mapping[int, Fraction]) -> Iterator[Finding]:
    """Yield each draw that takes more than is left of what the province keeps in a year, with the first such year.

    `kept`: by year, before projects draw on it, 万吨.
    """
    left = dict(kept)
    for draw in asked.draws:
        years = [year for year in left if year >= draw.start]
        short = next((year for year in years if left[year] < draw.amount), None)
        if short is not None:
            said = {"start": draw.start, "found": exactly(draw.amount), "year": short, "left": exactly(left[short])}
            yield question("draw_early", f"draw-early:{draw.project}", draw.place, project=draw.project, **said)
        left |= {year: max(left[year] - draw.amount, Fraction(0)) for year in years}


def with_budgets(record: PlanRecord, budgets: Budgets) -> PlanRecord:
    """Return the record of a plan with caps, the yearly budgets in it."""
    total = record.province.total
    if total is None or total.pair is None:
        raise ValueError("a record without caps")
    pair = total.pair.model_copy(update={"years_10kt": tuple(map(float, budgets.province))})
    province = record.province.model_copy(update={"total": total.model_copy(update={"pair": pair})})
    regions = tuple(
        region.model_copy(
            update={"cap": region.cap and region.cap.model_copy(update={"years_10kt": tuple(map(float, years))})}
        )
        for region, years in zip(record.regions, budgets.cities, strict=True)
    )
    notices = (*record.notices, *(in_both(finding.say) for finding in budgets.notices))
    return record.model_copy(update={"province": province, "regions": regions, "notices": notices})


def _rounded(values: Sequence[Fraction], step: Fraction) -> tuple[Fraction, ...]:
    """Return one year's values as multiples of the step, adding up to the whole part of their sum."""
    steps = [value / step for value in values]
    return tuple(count * step for count in whole(steps, floor(sum(steps, Fraction(0)))))


def _drawn(values: Sequence[Fraction], asked: AskedCaps, year: int) -> tuple[Fraction, ...]:
    """Return one year's budgets with the projects that have begun."""
    found = list(values)
    for draw in asked.draws:
        if draw.start <= year:
            found[draw.region] += draw.amount
    return tuple(found)
