"""The sheet of both targets of every region: what its rate allows, its cap, which is tighter; all live."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from reports.planning.caps import COLUMNS, budgets_table, columns, planned_targets
from reports.planning.record import PlanRecord
from reports.planning.tables import cap_digits, decimals
from reports.printing.book import pattern
from reports.verifying.pair import FOLLOWING
from reports.verifying.record import CityCapRecord, PairRecord, PeakBudgetsRecord, TotalRecord
from reports.words import LABELS
from reports.workbook.annexes import TOP, Annex, Cell, CellBlock, Formula, Number, Ranges, least
from reports.workbook.total_check import CapRanges
from scenarios.wording import Language, shown_width

_TONNES, _PER_CENT, _SCALE = "#,##0.0", "0.00", "0.0000"
_WIDTH, _WIDTH_OF_NAMES, _MOST = 13.0, 16.0, 70.0
"""Of a column; of the first one, whose sums have long names, at least and at most."""


@dataclass(frozen=True)
class CapPlaces:
    """Where the sheet finds what it reckons with, by position of a region: addresses in the workbook."""

    growth: Callable[[int], str]
    emissions: Callable[[int], str]
    cap: Callable[[int], str]
    checked: Callable[[str], str]  # A result of the check, by its code


def caps_sheet(record: PlanRecord, at: Ranges, places: CapPlaces, language: Language) -> Annex | None:
    """Return the sheet; None where the regions have no caps."""
    total = record.province.total
    if total is None or total.pair is None:
        return None
    n = len(record.regions)
    own = {"published_rate": "rate_of_table", "cap_10kt": "cap_of_table"}  # so that no reader takes it for the table
    heads, rows = [own.get(code, code) for code in columns()], _rows(record, at, places, language)
    if total.pair.draws:
        heads.append("drawn_of_cap")
        rows = [(*row, cell) for row, cell in zip(rows, _drawn(record, total.pair), strict=True)]
    block = CellBlock(tuple(LABELS.say(code, language) for code in heads), tuple(rows))
    sums = CellBlock(
        tuple(LABELS.say(code, language) for code in ("bears_item", "bears_value")),
        tuple(_sums(total, total.pair, at, places, n, language)),
    )
    longest = max(shown_width(str(row[0])) for part in (block, sums) for row in part.rows)
    first = max(min(_MOST, 0.85 * longest + 2), _WIDTH_OF_NAMES)
    return Annex("sheet_caps", LABELS.say("caps_note", language), (block, sums), (first, *(_WIDTH,) * (len(heads) - 1)))


def cap_ranges(record: PlanRecord, caps: str, language: Language) -> CapRanges:
    """Return where the check finds the caps of the regions, the reserve and the draws on it.

    `caps`: the range of the caps in the table.
    """
    total, n, sheet = record.province.total, len(record.regions), f"'{LABELS.say('sheet_caps', language)}'!"
    draws = total is not None and total.pair is not None and total.pair.draws
    return CapRanges(
        caps,
        reserve=sheet + xl_rowcol_to_cell(_first_sum(n) + 1, 1, row_abs=True, col_abs=True),
        drawn=sheet + _range(len(columns()), n) if draws else "",
    )


def _first_sum(n: int) -> int:
    """Return the row of the first sum below the table of n regions, counted from 0."""
    return TOP + n + 3


def _range(k: int, n: int) -> str:
    """Return the range of a column of the table of n regions."""
    first, last = (xl_rowcol_to_cell(row, k, row_abs=True, col_abs=True) for row in (TOP + 1, TOP + n))
    return f"{first}:{last}"


def _column(code: str, n: int) -> str:
    """Return the range of a column by its code."""
    return _range(columns().index(code), n)


def _drawn(record: PlanRecord, pair: PairRecord) -> list[Number]:
    """Return what projects are given of the reserve, a cell a region."""
    amounts = {region.id: 0.0 for region in record.regions}
    for draw in pair.draws or ():
        amounts[draw.region] += draw.amount_10kt
    return [Number(amount, _TONNES, shaded=True) for amount in amounts.values()]


def budgets_sheet(record: PlanRecord, places: CapPlaces, language: Language) -> Annex | None:
    """Return the sheet of the yearly budgets; None without budgets.

    The last year follows the caps, and what the province keeps the budgets; the years between are figures.
    """
    pair = record.province.total.pair if record.province.total else None
    table = budgets_table(record, language)
    if pair is None or pair.years_10kt is None or table is None:
        return None
    count, whole = len(record.regions), pattern(cap_digits(record))
    rows: list[tuple[Cell, ...]] = [
        (region.label(language), *_years(region.cap, places.cap(n), whole))
        for n, region in enumerate(record.regions)
        if region.cap is not None
    ]
    kept, last = [], []
    for k, value in enumerate(pair.years_10kt, start=1):
        first, end, own = (xl_rowcol_to_cell(row, k) for row in (TOP + 1, TOP + count, TOP + count + 2))
        given = sum(region.cap.years_10kt[k - 1] for region in record.regions if region.cap and region.cap.years_10kt)
        kept.append(Number(value - given, whole, f"={own}-SUM({first}:{end})"))
        last.append(Number(value, whole, shaded=True))
    rows += [(LABELS.say("kept_row", language), *kept), (LABELS.say("total", language), *last)]
    blocks = [CellBlock(table.heads(language), tuple(rows))]
    if record.province.total is not None and record.province.total.peak is not None:
        blocks.append(_peak(record, record.province.total.peak, TOP + count + 2, language))
    return Annex("sheet_budgets", LABELS.say("budgets_note", language), tuple(blocks), (16.0, *(13.0,) * len(last)))


def _years(cap: CityCapRecord, place: str, whole: str) -> Iterator[Number]:
    """Yield the budgets of a region; the last is its cap, which stands at a place."""
    *between, last = cap.years_10kt or (cap.cap_10kt,)
    yield from (Number(value, whole, shaded=True) for value in between)
    yield Number(last, whole, f"={place}") if last == cap.cap_10kt else Number(last, whole, shaded=True)


def _peak(record: PlanRecord, peak: PeakBudgetsRecord, row: int, language: Language) -> CellBlock:
    """Return whether the province's budgets, in a row counted from 0, peak by the year that is asked."""
    at, last = (year - record.scenario.base_year for year in (peak.year, record.scenario.end_year))
    own, after, end = (xl_rowcol_to_cell(row, column) for column in (at, at + 1, last))
    passed, failed = LABELS.say("check_passed", language), LABELS.say("check_failed", language)
    condition = f"MAX({after}:{end})<={own}" if at < last else "TRUE"
    verdict = Formula(passed if peak.held else failed, f'=IF({condition},"{passed}","{failed}")')
    heads = tuple(LABELS.say(code, language) for code in ("bears_item", "bears_value"))
    return CellBlock(heads, ((LABELS.say("peak_verdict", language, year=peak.year), verdict),))


def _rows(record: PlanRecord, at: Ranges, places: CapPlaces, language: Language) -> list[tuple[Cell, ...]]:
    digits, years = decimals(record)["published_rate"], record.scenario.end_year - record.scenario.base_year
    whole = pattern(cap_digits(record))
    pair = record.province.total.pair if record.province.total else None
    follows, rows = pair is not None and pair.policy in FOLLOWING, list[tuple[Cell, ...]]()
    for n, city in enumerate(planned_targets(record, language)):
        rate, allowed, cap = (
            xl_rowcol_to_cell(TOP + 1 + n, columns().index(code))
            for code in ("published_rate", "rate_allows", "cap_10kt")
        )
        factor, found = "1" if at.level else places.growth(n), city.cap
        frozen = places.emissions(n) if at.level else f"{places.emissions(n)}*{factor}"
        words = {binds: LABELS.say(f"city_binds_{binds}", language) for binds in ("both", "cap", "rate")}
        near = f"OR(ABS({cap}-{allowed})<1,ABS({cap}/{allowed}-1)<=0.001)"
        cells: tuple[Cell, ...] = (
            city.label,
            Number(city.rate * 100, pattern(digits), f"={at.cell(n)}"),
            Number(city.growth_a_year * 100, _PER_CENT, f"=({factor}^(1/{years})-1)*100"),
            Number(found.allowed_10kt, _TONNES, f"={frozen}*(1-{rate}/100)"),
            Number(found.cap_10kt, whole, f"={places.cap(n)}"),
            Number(found.cap_10kt - found.allowed_10kt, _TONNES, f"={cap}-{allowed}"),
            Formula(
                words[found.binds],
                f'=IF({near},"{words["both"]}",IF({cap}<{allowed},"{words["cap"]}","{words["rate"]}"))',
            ),
            Number(found.swap_a_year * 100, _PER_CENT, f"=(({factor}*{cap}/{allowed})^(1/{years})-1)*100"),
            Number(found.needed * 100, _PER_CENT, f"=(1-{cap}/({frozen}))*100"),
            Number(found.point_10kt, _TONNES, f"={allowed}/{factor}/100" if follows else ""),
        )
        known = dict(zip(COLUMNS, cells, strict=True))
        rows.append(tuple(known[code] for code in columns()))
    return rows


def _sums(
    total: TotalRecord, pair: PairRecord, at: Ranges, places: CapPlaces, n: int, language: Language
) -> list[tuple[Cell, ...]]:
    """Return what the caps add up to, and what cities emit that keep both targets."""
    passed, failed = LABELS.say("check_passed", language), LABELS.say("check_failed", language)
    caps, reserve, rest, kept, limit = (xl_rowcol_to_cell(_first_sum(n) + k, 1) for k in range(5))
    cap, outside = (places.checked(f"check_{code}") for code in ("cap", "outside"))
    allowed = f"{at.intensity}*{at.end_gdp}*(1-{at.target}-{at.margin})"
    drawn = f"+SUM({_range(len(columns()), n)})" if pair.draws else ""
    held_back, its_gdp = places.checked("check_kept"), "0" if at.level else places.checked("check_kept_gdp")
    counted = f"-MAX(0,{held_back}-{at.intensity}*(1-{at.target}-{at.margin})*{its_gdp})" if total.apart is None else ""
    of_it = f"+MIN({held_back},{drawn[1:]})" if drawn else ""
    both = f"=MIN({cap}-{held_back}{of_it}-{outside},{allowed}{counted}{of_it},{allowed})"

    def verdict(so: bool, condition: str) -> Formula:
        return Formula(passed if so else failed, f'=IF({condition},"{passed}","{failed}")')

    least_kept = f"MAX(0,{held_back}{drawn.replace('+', '-')})"
    all_left = f"{cap}-{outside}-{caps}"
    left_over = f"=MAX({all_left},{least_kept})"  # as `reports.verifying.pair` has it
    if pair.policy != "rates":
        left_over = f"=IF(ABS({caps}-{pair.sum_10kt!r})<0.000001,MAX(0,{all_left}),{least_kept})"

    lines: list[tuple[str, Cell]] = [
        ("cities_sum", Number(pair.sum_10kt, _TONNES, f"=SUM({_column('cap_10kt', n)})")),
        ("reserve_10kt", Number(pair.reserve_10kt, _TONNES, left_over)),
        ("caps_rest", Number(pair.rest_10kt, _TONNES, f"={cap}-{outside}-{caps}-{reserve}")),
        ("both_kept", Number(pair.kept_10kt, _TONNES, f"={least(_column('cap_10kt', n), _column('rate_allows', n))}")),
        ("both_limit", Number(pair.limit_10kt, _TONNES, both)),
        ("caps_verdict", verdict(pair.adds_up, f"ABS({rest})<0.000001")),
        ("pair_verdict", verdict(pair.holds, f"ROUND({kept}-{limit},6)<=0")),
    ]
    return [(LABELS.say(code, language), cell) for code, cell in lines]
