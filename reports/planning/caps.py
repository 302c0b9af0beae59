"""The caps of the cities beside their rates: what they add up to, which target binds where, and the table of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from reports.printing.falls import falls_by
from reports.printing.numbers import all_digits, minus, tonnes
from reports.printing.table import Column, Table, labelled
from reports.verifying.pair import CityPair, Pair
from reports.verifying.record import CityCapRecord, DrawRecord, PairRecord, ProvinceRecord, TotalRecord
from reports.verifying.verification import Verification
from reports.words import LABELS
from scenarios.load import Scenario
from scenarios.quantities import spoken
from scenarios.tables.cells import as_printed, per_cent
from scenarios.total.cap import a_year
from scenarios.wording import Language, clauses, listed, running

if TYPE_CHECKING:
    from reports.planning.record import PlanRecord

_SAME, _PRINTED = 1e-12, 1e-6
_ROUNDED = 1.0
"""万吨: so far a cap is off what the rate allows by its rounding alone."""
_GROWTH_DIGITS, _GROWTH_PARTS = 2, 1e4
"""Decimals of growth in per cent, and the parts of one that they are."""
COLUMNS = (
    "name", "published_rate", "planned_a_year", "rate_allows", "cap_10kt", "cap_room", "city_binds", "swap_a_year",
    "cap_needs", "growth_point",
)  # fmt: skip
"""Columns of the table of both targets, by label code."""
_OF_GROWTH = ("planned_a_year", "swap_a_year", "growth_point")


def columns() -> tuple[str, ...]:
    """Return those of `COLUMNS` that the quantity that is spoken of has: a level has none of growth."""
    return tuple(code for code in COLUMNS if not (spoken().is_level and code in _OF_GROWTH))


@dataclass(frozen=True)
class TwoTargets:
    """A region with its two targets."""

    id: str
    label: str
    rate: float  # As printed, fraction
    growth_a_year: float  # Planned, fraction
    cap: CityCapRecord


def pair_record(
    pair: Pair, groups: Sequence[str] | None = None, draws: tuple[DrawRecord, ...] | None = None
) -> PairRecord:
    """Return the caps' part of plan.json.

    `groups`: those of the regions, where their sums are to be said. `draws`: what projects are given of the reserve.
    """
    return PairRecord(
        policy=pair.policy,
        sum_10kt=float(pair.sum),
        reserve_10kt=float(pair.reserve),
        rest_10kt=float(pair.rest),
        kept_10kt=float(pair.kept),
        limit_10kt=float(pair.limit),
        kept_rate=float(1 - pair.kept / pair.unchanged),
        caps_rate=float(1 - pair.sum / pair.unchanged),
        back_from=float(pair.sum / pair.allowed),
        adds_up=pair.adds_up,
        holds=pair.holds,
        worst_10kt=None if pair.worst is None else float(pair.worst),
        draws=draws,
        subtotals=None if groups is None else _subtotals(pair, groups),
    )


def _subtotals(pair: Pair, groups: Sequence[str]) -> dict[str, float]:
    """Return Σ c of each group of regions, in the order of their first members."""
    found: dict[str, Fraction] = {}
    for group, city in zip(groups, pair.cities, strict=True):
        found[group] = found.get(group, Fraction(0)) + city.cap
    return {group: float(value) for group, value in found.items()}


def city_cap_record(city: CityPair, years: int) -> CityCapRecord:
    """Return the cap of a region for plan.json; `years`: of the period."""
    return CityCapRecord(
        cap_10kt=float(city.cap),
        allowed_10kt=float(city.allowed),
        binds=city.binds,
        swap=float(city.swap),
        swap_a_year=a_year(city.swap, years),
        needed=float(city.needed),
        point_10kt=float(city.point),
    )


def planned_targets(record: PlanRecord, language: Language) -> list[TwoTargets]:
    """Return the two targets of each region of a plan; none without caps."""
    years = record.scenario.end_year - record.scenario.base_year
    return [
        TwoTargets(region.id, region.label(language), region.published_rate, a_year(region.growth, years), region.cap)
        for region in record.regions
        if region.cap is not None
    ]


def judged_targets(
    scenario: Scenario, verification: Verification, caps: Sequence[CityCapRecord | None], language: Language
) -> list[TwoTargets]:
    """Return the two targets of each region of a table that was judged, with their records; none without caps."""
    regions, years = scenario.regions, scenario.file.period.years
    columns = zip(regions.ids, regions.labels(language), verification.rates, regions.growth, caps, strict=True)
    return [
        TwoTargets(identifier, label, float(rate), a_year(float(growth), years), cap)
        for identifier, label, rate, growth, cap in columns
        if cap is not None
    ]


def caps_statements(
    province: ProvinceRecord, cities: Sequence[TwoTargets], language: Language, years: int, ours: bool = True
) -> list[str]:
    """Return what the caps add up to, whether both targets hold, and which binds where; nothing without caps.

    `years`: of the period. `ours`: whether the caps were made as the scenario asks, which is not known of a table that
    is judged.
    """
    total = province.total
    if total is None:
        return []
    reserve = _reserve_statement(province, total, language)
    pair = total.pair
    if pair is None:
        return reserve
    return [
        _sum_statement(total, pair, language, ours),
        *draws_statement(pair, cities, language),
        _pair_statement(total, pair, years, language),
        *reserve,
        *_binding_statement(cities, language),
    ]


def _sum_statement(total: TotalRecord, pair: PairRecord, language: Language, ours: bool) -> str:
    code = "caps_add_up" if pair.adds_up else "caps_short" if pair.rest_10kt > 0 else "caps_beyond"
    how = LABELS.say(f"caps_by_{pair.policy}", language)
    policy = LABELS.say("caps_made", language, how=how) if ours else ""
    sentence = LABELS.say(
        code, language, policy=policy, sum=tonnes(pair.sum_10kt),
        reserve=tonnes(pair.reserve_10kt), cap=tonnes(total.cap_10kt), rest=tonnes(abs(pair.rest_10kt)),
    )  # fmt: skip
    said = [sentence, *_rest_statement(total, pair, language)]
    if total.outside_10kt:
        said.append(LABELS.say("outside_too", language, outside=tonnes(total.outside_10kt)))
    return running(said, language)


def _rest_statement(total: TotalRecord, pair: PairRecord, language: Language) -> list[str]:
    """Return by how much the reserve and what is drawn of it is not the one to be kept; nothing where it is."""
    more = pair.reserve_10kt + drawn_of(pair) - total.reserve_10kt
    if abs(more) < _PRINTED or (more > 0 and not pair.adds_up):
        return []
    taken = drawn_of(pair) - total.reserve_10kt  # By projects, of what is more
    if taken < _PRINTED and pair.policy in ("total", "base") and more > 0:
        return [LABELS.say("caps_rest_of_step", language, rest=tonnes(more))]
    code = "reserve_more" if more > 0 else "reserve_less"
    if more > 0 and not total.reserve_10kt and not pair.draws:
        code = "reserve_kept"
    if more > 0 and taken >= _PRINTED:
        code = "reserve_more_drawn" if pair.reserve_10kt < _PRINTED else "reserve_more_drawn_in_part"
    within = LABELS.say("draws_within", language) if pair.draws else ""
    said = {"kept": tonnes(total.reserve_10kt), "off": tonnes(abs(more)), "left": tonnes(pair.reserve_10kt)}
    return [LABELS.say(code, language, within=within, **said)]


def drawn_of(pair: PairRecord | None) -> float:
    """Return what projects are given of the reserve, 万吨."""
    return 0.0 if pair is None else sum(draw.amount_10kt for draw in pair.draws or ())


def cap_times(record: PlanRecord) -> float:
    """Return by what emissions, allowed or of the base year, are multiplied for every city's cap; 1 where by none."""
    total = record.province.total
    if total is None or total.pair is None or total.pair.policy not in ("total", "base"):
        return 1.0
    handed_out = total.pair.sum_10kt - drawn_of(total.pair)
    if total.pair.policy == "base":
        return handed_out / sum(region.emissions_10kt for region in record.regions)
    return handed_out / sum(region.cap.allowed_10kt for region in record.regions if region.cap)


def draws_statement(pair: PairRecord, cities: Sequence[TwoTargets], language: Language) -> list[str]:
    """Return which projects are given how much of the reserve; nothing without draws."""
    labels = {city.id: city.label for city in cities}
    said = [
        LABELS.say("draw", language, project=draw.project, region=labels.get(draw.region, draw.region),
                   amount=tonnes(draw.amount_10kt), start=draw.start)
        for draw in pair.draws or ()
    ]  # fmt: skip
    if not said:
        return []
    left = tonnes(pair.reserve_10kt)
    return [LABELS.say("draws", language, draws=clauses(said, language), left=left), *_unused(pair, cities, language)]


def _unused(pair: PairRecord, cities: Sequence[TwoTargets], language: Language) -> Iterator[str]:
    """Yield what of a region's draws its rate does not let it use at planned growth."""
    for city in cities:
        drawn = sum(draw.amount_10kt for draw in pair.draws or () if draw.region == city.id)
        short = city.cap.cap_10kt - city.cap.allowed_10kt
        if not drawn or short <= _ROUNDED:
            continue
        growth = per_cent(ceil(city.cap.swap_a_year * _GROWTH_PARTS) / _GROWTH_PARTS, _GROWTH_DIGITS)
        yield LABELS.say(
            "draw_unused", language, region=city.label, drawn=tonnes(drawn), growth=minus(growth),
            usable=tonnes(_down(max(drawn - short, 0.0))), allowed=tonnes(_down(city.cap.allowed_10kt)),
        )  # fmt: skip


def _down(amount: float) -> float:
    """Return an amount rounded down to a tenth."""
    return floor(amount * 10 + _PRINTED) / 10


def _pair_statement(total: TotalRecord, pair: PairRecord, years: int, language: Language) -> str:
    code = "pair_holds" if pair.holds else "pair_fails"
    said = [
        LABELS.say(
            code, language, kept=tonnes(pair.kept_10kt), rate=minus(per_cent(pair.kept_rate)),
            rate_said=falls_by(pair.kept_rate, language),
            limit=tonnes(pair.limit_10kt), over=tonnes(pair.kept_10kt - pair.limit_10kt),
        )
    ]  # fmt: skip
    if total.verdict == "broken":
        said.append(LABELS.say("rates_alone_break", language, over=tonnes(-total.room_10kt)))
    if total.growth_scale is not None and not spoken().is_level:
        said.append(_growth_statement(total, pair, total.growth_scale, years, language))
    if pair.worst_10kt is not None:
        side = "pair_worst_short" if pair.worst_10kt > 0 else "pair_worst_over"
        said.append(LABELS.say(side, language, tonnes=tonnes(abs(pair.worst_10kt))))
    return running(said, language)


def _growth_statement(total: TotalRecord, pair: PairRecord, scale: float, years: int, language: Language) -> str:
    """Return up to which growth of GDP the rates alone hold the cap, and from which on the caps back the intensity.

    What is printed is rounded to the side on which it holds; the planned growth holds as it is printed.
    """
    planned = as_printed(total.planned_growth, _GROWTH_DIGITS)
    most, least = (a_year((1 + total.planned_growth) ** years * times, years) for times in (scale, pair.back_from))
    up_to, down_to = floor(most * _GROWTH_PARTS) / _GROWTH_PARTS, ceil(least * _GROWTH_PARTS) / _GROWTH_PARTS
    shown = {
        "rates": max(up_to, float(planned)) if scale >= 1 else up_to,
        "caps": min(down_to, float(planned)) if pair.back_from <= 1 else down_to,
        "planned": float(planned),
    }
    reserve = LABELS.say("beside_reserve", language, reserve=tonnes(total.reserve_10kt)) if total.reserve_10kt else ""
    figures = {key: minus(per_cent(value, _GROWTH_DIGITS)) for key, value in shown.items()}
    return LABELS.say("pair_growth", language, beside=reserve, **figures)


def _reserve_statement(province: ProvinceRecord, total: TotalRecord, language: Language) -> list[str]:
    """Return what the reserve makes of the province's intensity; nothing without one."""
    if total.with_reserve is None or spoken().is_level:
        return []
    if total.apart is not None:
        return [LABELS.say("reserve_apart", language, reason=total.apart.say(language))]
    asked = province.target + province.margin
    drawn = drawn_of(total.pair)
    reserve = total.reserve_10kt if total.pair is None else total.pair.reserve_10kt + drawn
    of_it = LABELS.say("reserve_drawn", language, drawn=tonnes(drawn)) if drawn else ""
    said = {
        "reserve": tonnes(reserve),
        "drawn": of_it,
        "implied": minus(per_cent(total.with_reserve)),
        "target": minus(per_cent(asked)),
    }
    usable, needed = _usable(total), province.required - province.sigma
    if total.with_reserve >= asked - _SAME:
        lines = [LABELS.say("reserve_counts", language, **said)]
    elif usable is not None and usable >= total.reserve_10kt:
        parts = {"usable": tonnes(usable), "rest": tonnes(reserve - usable)}
        parts |= {"kept": tonnes(total.reserve_10kt), "cause": cause_of_rest(total.pair, language)}
        lines = [LABELS.say("reserve_in_part", language, **said, **parts)]
    else:
        lines = [LABELS.say("reserve_breaks", language, **said)]
        if usable is not None and usable > 0:
            lines.append(LABELS.say("reserve_usable", language, usable=tonnes(usable)))
    short = province.implied_reduction < needed - _SAME
    if short and needed > max(asked, total.worth) + _SAME:
        parts = {"needed": minus(per_cent(needed)), "points": minus(per_cent(needed - asked))}
        lines.append(LABELS.say("reserve_asks", language, **parts))
    return [running(lines, language)]


def cause_of_rest(pair: PairRecord | None, language: Language) -> str:
    """Return why more is left than the reserve to be kept; nothing where it is not the caps that follow the rates."""
    return LABELS.say("cause_rates", language) if pair is not None and pair.policy == "rates" else ""


def _usable(total: TotalRecord) -> float | None:
    """Return what of the reserve, draws in it, the intensity target bears, rounded down to a tenth."""
    return None if total.usable_10kt is None else _down(total.usable_10kt)


def _binding_statement(cities: Sequence[TwoTargets], language: Language) -> list[str]:
    """Return which target is tighter in which regions."""
    groups = {binds: [city.label for city in cities if city.cap.binds == binds] for binds in ("cap", "rate", "both")}
    if len(groups["both"]) == len(cities):
        parts = [LABELS.say("binds_all_both", language)]
    else:
        parts = [
            LABELS.say(f"binds_{binds}_in", language, regions=listed(names, language))
            for binds, names in groups.items()
            if names
        ]
    return [LABELS.say("binding_cities", language, parts=clauses(parts, language))] if cities else []


def caps_table(cities: Iterable[TwoTargets], digits: int, language: Language) -> Table:
    """Return the table of both targets, a row a region; `digits`: decimals of a printed rate."""
    known, shown = [dict(zip(COLUMNS, _cells(city, digits, language), strict=True)) for city in cities], columns()
    return labelled(shown, [tuple(cells[code] for code in shown) for cells in known], language)


def _cells(city: TwoTargets, digits: int, language: Language) -> Iterator[str]:
    cap = city.cap
    yield city.label
    yield minus(per_cent(city.rate, digits))
    yield minus(per_cent(city.growth_a_year))
    yield tonnes(cap.allowed_10kt)
    yield all_digits(cap.cap_10kt, part=",")
    yield tonnes(cap.cap_10kt - cap.allowed_10kt)
    yield LABELS.say(f"city_binds_{cap.binds}", language)
    yield minus(per_cent(cap.swap_a_year))
    yield minus(per_cent(cap.needed))
    yield tonnes(cap.point_10kt)


def kept_by_year(record: PlanRecord) -> dict[int, float]:
    """Return what of the province's yearly budgets no region has, 万吨, by year; empty without budgets."""
    pair = record.province.total.pair if record.province.total else None
    if pair is None or pair.years_10kt is None:
        return {}
    years = [r.cap.years_10kt for r in record.regions if r.cap is not None and r.cap.years_10kt is not None]
    kept = (cap - sum(given) for cap, *given in zip(pair.years_10kt, *years, strict=True))
    return dict(enumerate(kept, start=record.scenario.base_year + 1))


def budgets_statement(record: PlanRecord, language: Language) -> list[str]:
    """Return in which years the regions have more than the province, as projects may make it; nothing where in none."""
    over = {year: -kept for year, kept in kept_by_year(record).items() if kept < 0}
    parts = [LABELS.say("budget_over", language, year=year, over=tonnes(more)) for year, more in over.items()]
    return [LABELS.say("budgets_over", language, parts=clauses(parts, language))] if parts else []


def budgets_table(record: PlanRecord, language: Language) -> Table | None:
    """Return the budgets of the years, a row a region, then what the province keeps, and the province; None without.

    The columns are the years after the base year, 万吨.
    """
    pair = record.province.total.pair if record.province.total else None
    if pair is None or pair.years_10kt is None:
        return None
    rows = [(r.label(language), r.cap.years_10kt) for r in record.regions if r.cap and r.cap.years_10kt is not None]
    kept = tuple(kept_by_year(record).values())
    rows += [(LABELS.say("kept_row", language), kept), (LABELS.say("total", language), pair.years_10kt)]
    years = range(record.scenario.base_year + 1, record.scenario.end_year + 1)
    heads = (LABELS.say("name", language), *(LABELS.say("budget_year", language, year=year) for year in years))
    columns = tuple(Column("", head, kind="number" if n else "text") for n, head in enumerate(heads))
    return Table(columns, tuple((name, *(all_digits(value, part=",") for value in values)) for name, values in rows))
