"""The province under a cap on its total: what the cap is worth, when it binds, and what a table leaves under it."""

from __future__ import annotations

from fractions import Fraction

from reports.printing.falls import in_words
from reports.printing.numbers import all_digits, figure, minus, signed, telling_digits, tonnes
from reports.printing.table import Table, labelled
from reports.verifying.record import (
    CapRecord,
    CityCapRecord,
    DrawRecord,
    GrowthRecord,
    PairRecord,
    PeakBudgetsRecord,
    ProvinceRecord,
    RobustnessRecord,
    TotalRecord,
)
from reports.verifying.robustness import Robustness
from reports.verifying.verification import UnderCap, Verification
from reports.words import LABELS
from scenarios.load import Scenario
from scenarios.quantities import spoken
from scenarios.tables.cells import per_cent
from scenarios.total.cap import Binding, Total, a_year
from scenarios.wording import Language, running

_SAME = 1e-12


def cap_record(scenario: Scenario) -> CapRecord | None:
    """Return the cap of a scenario and what it is worth; None without one."""
    cap = scenario.baseline.total
    if cap is None:
        return None
    years, growth = scenario.file.period.years, _growth(scenario)
    unchanged = growth * sum(map(Fraction, scenario.regions.emissions), Fraction(0))
    asked = Fraction(scenario.target) + Fraction(scenario.file.margin)
    worth, within = cap.worth(unchanged), unchanged * (1 - asked)
    end_gdp = growth * sum(map(Fraction, scenario.regions.gdp), Fraction(0))
    counted = asked + cap.burden(unchanged, end_gdp, 1 - asked)
    even, even_counted = (cap.break_even(unchanged, end_gdp, 1 - asked, so) * growth for so in (False, True))
    return CapRecord(
        cap_10kt=float(cap.cap),
        computed_10kt=None if cap.computed is None else float(cap.computed),
        reserve_10kt=float(cap.reserve),
        reserve_gdp_100m_yuan=float(cap.reserve_gdp) or None,
        outside_10kt=float(cap.outside),
        base_10kt=float(cap.base),
        allowed_10kt=float(within + cap.outside),
        worth=float(worth),
        worth_without_reserve=float(cap.worth(unchanged, reserve=False)),
        counted=float(counted) if cap.counts else None,
        binds="total" if worth > counted else "intensity",
        planned_growth=a_year(growth, years),
        break_even=a_year(even, years),
        break_even_counted=a_year(even_counted, years) if cap.counts else None,
        break_even_without_reserve=a_year(growth * (cap.left + cap.reserve) / within, years),
        growths=tuple(
            GrowthRecord.of(row, allowed_10kt=row.allowed)
            for row in cap.growths(unchanged, growth, years, asked, end_gdp)
        ),
        peak_year=None if scenario.caps is None else scenario.caps.peak,
        peak=_peak_record(scenario, cap),
    )


def _peak_record(scenario: Scenario, cap: Total) -> PeakBudgetsRecord | None:
    """Return whether the province's yearly budgets peak by the year that is asked; None where none is."""
    if scenario.caps is None or scenario.caps.peak is None:
        return None
    from scenarios.total.paths import peak_of_budgets

    found = peak_of_budgets(cap, scenario.caps, scenario.file.period)
    assert found is not None
    return PeakBudgetsRecord.of(found, budget_10kt=float(found.budget), largest_10kt=float(found.largest))


def total_record(scenario: Scenario, verification: Verification) -> TotalRecord | None:
    """Return the total's part of plan.json for a verified table; None without a cap."""
    under, known = verification.total, cap_record(scenario)
    if under is None or known is None:
        return None
    cities = under.emissions - under.total.outside
    return TotalRecord(
        **dict(known),
        emissions_10kt=float(under.emissions),
        room_10kt=float(under.room),
        with_reserve=_with_reserve(under),
        usable_10kt=None if under.usable is None else float(under.usable),
        apart=scenario.file.total.apart if scenario.file.total else None,
        pair=_pair_record(scenario, under),
        growth_scale=float(under.total.left / cities) if cities > 0 else None,
        verdict="held" if under.room >= 0 else "broken",
        robustness=robustness_record(under.robustness),
    )


def _pair_record(scenario: Scenario, under: UnderCap) -> PairRecord | None:
    if under.pair is None:
        return None
    from reports.planning.caps import pair_record

    return pair_record(under.pair, _groups(scenario), _draws(scenario))


def city_cap_records(scenario: Scenario, verification: Verification) -> tuple[CityCapRecord | None, ...]:
    """Return the cap of each region for plan.json, in their order; None for all without caps."""
    pair = verification.total.pair if verification.total else None
    if pair is None:
        return (None,) * len(scenario.regions)
    from reports.planning.caps import city_cap_record

    return tuple(city_cap_record(city, scenario.file.period.years) for city in pair.cities)


def _draws(scenario: Scenario) -> tuple[DrawRecord, ...] | None:
    """Return what projects are given of the reserve, None where there are none."""
    draws, ids = scenario.caps.draws if scenario.caps else (), scenario.regions.ids
    found = (
        DrawRecord(project=d.project, region=ids[d.region], amount_10kt=float(d.amount), start=d.start) for d in draws
    )
    return tuple(found) or None


def _groups(scenario: Scenario) -> tuple[str, ...] | None:
    """Return the groups of the regions, where caps were rounded by them."""
    return scenario.regions.groups if scenario.caps is not None and scenario.caps.subtotals else None


def _with_reserve(under: UnderCap) -> float | None:
    """Return the reduction with all of the reserve used up that there is, None where there is none."""
    if under.pair is None or under.with_all_reserve is None:
        return float(under.with_reserve) if under.total.reserve else None
    return float(under.with_all_reserve) if under.pair.reserve + under.pair.drawn else None


def robustness_record(bears: Robustness | None) -> RobustnessRecord | None:
    """Return what a verified table bears; None where the scenario says nothing about uncertain growth."""
    if bears is None:
        return None
    return RobustnessRecord.of(bears, worst_points=bears.worst_points * 100, worst_10kt=bears.worst_emissions)


def _growth(scenario: Scenario) -> Fraction:
    """Return G: by what factor the GDP of the cities grows over the period."""
    regions = scenario.regions
    gdp = [Fraction(value) for value in regions.gdp]
    return sum((y * Fraction(g) for y, g in zip(gdp, regions.growth, strict=True)), Fraction(0)) / sum(gdp, Fraction(0))


def total_statements(province: ProvinceRecord, language: Language) -> list[str]:
    """Return what the cap is worth and when it binds; nothing without a cap."""
    if province.total is None:
        return []
    return cap_statements(province.total, province.target + province.margin, province.point_10kt, language)


def cap_statements(cap: CapRecord, asked: float, point: float, language: Language) -> list[str]:
    """Return what a cap is worth beside the intensity target, and at which growth each binds.

    `asked`: R and margin, fraction. `point`: what a point of the provincial rate is worth, 万吨.
    """
    counted = asked if cap.counted is None or spoken().is_level else cap.counted
    heavier = cap.binds == "intensity" and counted > asked + _SAME
    more = abs(cap.worth - (counted if heavier else asked))
    head = LABELS.say(
        "total_intensity_counted" if heavier else f"total_{cap.binds}", language,
        cap=tonnes(cap.cap_10kt), change=signed(cap.cap_10kt / cap.base_10kt - 1, 2),
        left=tonnes(cap.cap_10kt - cap.reserve_10kt - cap.outside_10kt), reserve=_reserve(cap, language),
        target=per_cent(asked), allowed=tonnes(cap.allowed_10kt), worth=minus(per_cent(cap.worth)),
        without=_without(cap, language), counted=minus(per_cent(counted)), more=_counted(asked, counted, language),
        points=per_cent(more), tonnes=tonnes(more * 100 * point),
        **in_words(language, worth=cap.worth, asked=asked),
    )  # fmt: skip
    rounded = rounded_statement(cap.computed_10kt, cap.cap_10kt, language)
    head = head if rounded is None else running([head, rounded], language)
    if spoken().is_level:
        return [head]
    return [head, break_even_statement(cap, language), *_peak(cap, language)]


def break_even_statement(cap: CapRecord, language: Language) -> str:
    """Return from which growth a year on the total is tighter, with the reserve in the intensity as well as without."""
    said = {"even": minus(per_cent(cap.break_even)), "planned": minus(per_cent(cap.planned_growth))}
    if cap.break_even_counted is None or cap.break_even_counted <= cap.break_even + _SAME:
        return LABELS.say("total_break_even", language, **said)
    return LABELS.say("total_break_even_counted", language, **said, counted=minus(per_cent(cap.break_even_counted)))


def rounded_statement(computed: float | None, cap: float, language: Language) -> str | None:
    """Return from what a cap was rounded down; None where it was not."""
    if computed is None:
        return None
    said = {"computed": all_digits(computed, part=","), "cap": all_digits(cap, part=",")}
    return LABELS.say("total_rounded", language, **said)


def _peak(cap: CapRecord, language: Language) -> list[str]:
    """Return whether the province's budgets after the year of the peak that is asked are none above its own."""
    peak = cap.peak
    if peak is None:
        return []
    budget, most = tonnes(peak.budget_10kt), tonnes(peak.largest_10kt)
    if round(peak.budget_10kt, 1) == round(peak.largest_10kt, 1) and peak.budget_10kt != peak.largest_10kt:
        budget, most = all_digits(peak.budget_10kt, part=","), all_digits(peak.largest_10kt, part=",")
    said = {"asked": peak.year, "then": budget, "later": peak.later, "most": most}
    if peak.later == peak.year:
        return [LABELS.say("peak_last", language, **said)]
    return [LABELS.say("peak_held" if peak.held else "peak_missed", language, **said)]


def held_statement(cap: TotalRecord, language: Language) -> str:
    """Return in one sentence whether a table holds the cap at planned growth."""
    digits = telling_digits(cap.room_10kt, 1, cap.verdict == "held")
    rates_alone = cap.verdict == "held" and cap.pair is not None and not (cap.pair.adds_up and cap.pair.holds)
    code = "total_held_by_rates" if rates_alone else f"total_{cap.verdict}"
    return LABELS.say(
        code, language, cap=tonnes(cap.cap_10kt), emissions=figure(cap.emissions_10kt, digits),
        reserve=_kept(cap, language), room=f"{abs(cap.room_10kt):,.{digits}f}",
    )  # fmt: skip


def growth_table(province: ProvinceRecord, language: Language) -> Table | None:
    """Return, for growth rates around the planned one, what is allowed, which target binds, and the cut needed."""
    cap = province.total
    if cap is None or spoken().is_level:
        return None
    counted = cap.counted is not None
    rows = [
        (
            minus(per_cent(row.a_year)), tonnes(row.allowed_10kt),
            *([] if row.counted is None else [minus(per_cent(row.counted)), minus(per_cent(row.worth))]),
            binding(row.binds, counted, language),
            minus(per_cent(row.needed if row.needed_with_reserve is None else row.needed_with_reserve)),
        )
        for row in cap.growths
    ]  # fmt: skip
    parts = ["cut_with_reserve", "cut_of_total"] if counted else []
    return labelled(["growth_a_year", "allowed_10kt", *parts, "tighter", "cut_needed"], rows, language)


def binding(binds: Binding, counted: bool, language: Language) -> str:
    """Return the name of the tighter target; `counted`: whether a reserve counts in the intensity."""
    return LABELS.say(f"binds_{binds}{'_counted' if counted and binds == 'intensity' else ''}", language)


def _counted(asked: float, counted: float, language: Language) -> str:
    """Return what the intensity asks with the reserve in it, behind the target; nothing where that is no more."""
    return LABELS.say("total_counted", language, counted=per_cent(counted)) if counted > asked + _SAME else ""


def _reserve(cap: CapRecord, language: Language) -> str:
    return LABELS.say("total_reserve", language, reserve=tonnes(cap.reserve_10kt)) if cap.reserve_10kt else ""


def _kept(cap: CapRecord, language: Language) -> str:
    return LABELS.say("total_and_reserve", language, reserve=tonnes(cap.reserve_10kt)) if cap.reserve_10kt else ""


def _without(cap: CapRecord, language: Language) -> str:
    if not cap.reserve_10kt:
        return ""
    return LABELS.say("total_without", language, worth=minus(per_cent(cap.worth_without_reserve)))
