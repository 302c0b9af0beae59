"""The progress report as official tables, described once: the page, the workbook and the Word file print these."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reports.printing.document import Sheet, one_line
from reports.printing.numbers import rate, share, unparted
from reports.printing.table import Column, Table
from reports.tracking.levels import intensity_level_name, light_name, total_level_name
from reports.tracking.offsets import region_names, sources_text, tonnes, verdict_of
from reports.tracking.record import ProvinceTrack, RegionTrack, TrackRecord
from reports.tracking.sentences import headline, note_statements, province_row_note, province_statements
from reports.words.tracking import WORDS
from scenarios.quantities import in_own_words
from scenarios.wording import Language, clauses, running

_TEXTS = {
    "name",
    "light",
    "planned_peak",
    "expected_peak",
    "can",
    "project",
    "verdict",
    "level_year",
    "level_so_far",
    "total_light",
    "year",
    "sources",
}
_TONNES = {
    "excess", "risk", "moved", "budget", "spent", "expected_total", "emissions", "room_first", "taken_first",
    "room_last", "taken_last", "actual", "year_budget", "carried", "balance", "so_far",
    "path_year", "path_so_far", "cap", "total_path", "total_expected", "total_over", "need", "have", "over_need",
}  # fmt: skip
"""Columns of text, and of tonnes, by code; all others are per cent."""


@in_own_words
def progress_sheet(record: TrackRecord, language: Language, created: str) -> Sheet:
    """Return the progress report; `created` is when it is written, ISO 8601."""
    makers: Sequence[Callable[[TrackRecord, Language], Table | None]] = (
        progress_table, outlook_table, levels_table, total_levels_table, years_table, budgets_table, peaks_table,
        resplit_table, projects_table, offsets_table
    )  # fmt: skip
    tables = [table for make in makers if (table := make(record, language)) is not None]
    return Sheet(
        language=language,
        title=one_line(headline(record, language)),
        tables=tuple(tables),
        statement=running(province_statements(record, language), language),
        notes=(
            *province_row_note(record, language),
            *note_statements(record, language),
            WORDS.say("note_terms", language),
        ),
        source=_source(record, language),
        created=created,
        heading=WORDS.say("overall", language),
    )


def _source(record: TrackRecord, language: Language) -> str:
    """Return where the figures come from, as the scenario says it; the files stand in the record of the data."""
    sources = [one_line(source.say(language)).rstrip("。.;；") for source in record.sources or ()]
    said = clauses(sources, language) if sources else WORDS.say("source_scenario", language)
    if not record.years:
        return WORDS.say("source", language, sources=said)
    return WORDS.say("source_years", language, sources=said, first=record.years[0], last=record.year)


def progress_table(record: TrackRecord, language: Language) -> Table:
    """Return where everybody stands; the province in the last row."""
    t = len(record.years) - 1
    rows = [
        {
            "name": name,
            "target": rate(at.target),
            "path": rate(at.path[t]) if t >= 0 else "–",
            "done": rate(at.cumulative_reduction),
            "progress": share(at.progress),
            "rest": rate(at.remaining_reduction),
            "rest_annual": rate(at.remaining_annual_rate),
            "trend": rate(at.forecast_trend),
            "excess": unparted(at.excess_10kt, 1),
            "risk": "–" if at.risk_10kt is None else unparted(at.risk_10kt, 1),
            "light": light_name(record, at.light, language),
        }
        for name, at in _everybody(record, language)
    ]
    return _table("progress", rows, language, total=True, year=record.year, end=record.end_year)


def outlook_table(record: TrackRecord, language: Language) -> Table | None:
    """Return everybody's total where the mean rates go on, against its cap; None without a cap."""
    rows = [
        {
            "name": name,
            "actual": unparted(total.emissions_10kt, 1),
            "total_path": unparted(total.path_10kt, 1),
            "total_expected": unparted(total.expected_10kt, 1),
            "cap": unparted(total.cap_10kt, 1),
            "total_over": unparted(total.over_10kt, 1),
            **({} if total.light is None else {"total_light": WORDS.say(total.light, language)}),
        }
        for name, at in _everybody(record, language)
        if (total := at.total) is not None
    ]
    return _table("outlook", rows, language, total=True, year=record.year, end=record.end_year) if rows else None


def levels_table(record: TrackRecord, language: Language) -> Table | None:
    """Return the official levels of intensity in the last judged year; None where there are none."""
    if not record.province.levels:
        return None
    t, rows = len(record.years) - 1, []
    for name, at in _everybody(record, language):
        level = (at.levels or ())[t]
        rows.append(
            {
                "name": name,
                "cut_year": rate(at.annual_reductions[t]),
                "due_year": rate(at.annual_targets[t]),
                "level_year": intensity_level_name(level.intensity_year, language),
                "cut_so_far": rate(at.cumulative_reductions[t]),
                "due_so_far": rate(at.path[t]),
                "level_so_far": intensity_level_name(level.intensity_five_year, language),
            }
        )
    return _table("levels", rows, language, total=True, year=record.year)


def total_levels_table(record: TrackRecord, language: Language) -> Table | None:
    """Return the official levels of total emissions, a row a year for everybody with a cap; None without any."""
    rows = [
        {
            "name": name,
            "year": str(level.year),
            "actual": unparted(total.emissions_10kt, 1),
            "path_year": unparted(total.year_path_10kt, 1),
            "level_year": total_level_name(total, total.year, language),
            "path_so_far": unparted(total.path_10kt, 1),
            "level_so_far": total_level_name(total, total.five_year, language),
            "cap": unparted(total.cap_10kt, 1),
        }
        for name, at in _everybody(record, language)
        for level in at.levels or ()
        if (total := level.total) is not None
    ]
    return _table("total_levels", rows, language, end=record.end_year) if rows else None


def years_table(record: TrackRecord, language: Language) -> Table | None:
    """Return target and actual cut of every year; None before the first actual year."""
    if not record.years:
        return None
    columns = [Column("name", WORDS.say("c_name", language), kind="text")]
    for year in range(record.base_year + 1, record.end_year + 1):
        codes = ("year_target", "year_actual") if year <= record.year else ("year_target",)
        columns += [Column(f"{code}_{year}", WORDS.say(code, language, year=year), "%", decimals=2) for code in codes]
    rows = []
    for name, at in _everybody(record, language):
        years = [(planned, *at.annual_reductions[t : t + 1]) for t, planned in enumerate(at.annual_targets)]
        rows.append((name, *(rate(value) for year in years for value in year)))
    unit = WORDS.say("unit_percent", language)
    return _titled("years", columns, rows, unit, language, total=True)


def budgets_table(record: TrackRecord, language: Language) -> Table | None:
    """Return everybody's yearly budgets with balances, a row a year; None without budgets."""
    rows = [
        {
            "name": name,
            "year": str(year.year),
            "year_budget": _amount(year.budget_10kt),
            "carried": _amount(year.carried_10kt),
            "actual": _amount(year.actual_10kt),
            "balance": _amount(year.balance_10kt),
            "so_far": _amount(year.so_far_10kt),
        }
        for name, at in _everybody(record, language)
        for year in at.budget or ()
    ]
    return _table("budgets", rows, language) if rows else None


def _amount(value: float | None) -> str:
    return "–" if value is None else unparted(value, 1)


def peaks_table(record: TrackRecord, language: Language) -> Table:
    """Return when everybody's emissions are highest, and the sum of the years after the base year."""
    rows = [
        {
            "name": name,
            "planned_peak": _peak(record, at.peak.planned_peak, language),
            "expected_peak": _peak(record, at.peak.expected_peak, language),
            "budget": unparted(at.peak.budget_10kt, 1),
            "spent": unparted(at.peak.spent_10kt, 1),
            "expected_total": unparted(at.peak.expected_total_10kt, 1),
        }
        for name, at in _everybody(record, language)
    ]
    return _table("peaks", rows, language, total=True, first=record.base_year + 1, end=record.end_year)


def resplit_table(record: TrackRecord, language: Language) -> Table | None:
    """Return old and new targets side by side; None where there is no new split."""
    found = record.resplit
    if found is None or found.new_implied is None:
        return None
    codes = ("old_target", "new_target", "old_annual", "new_annual", "most_annual")
    rows = [
        {
            "name": one_line(region.label(language)),
            **{code: rate(getattr(region, code)) for code in codes},
            "moved": unparted(region.moved_10kt, 1),
            "can": WORDS.say("yes" if region.can else "no", language),
        }
        for region in found.regions
    ]
    return _table("resplit", rows, language, left=record.years_left)


def projects_table(record: TrackRecord, language: Language) -> Table | None:
    """Return the judged projects; None where there are none."""
    if not record.projects:
        return None
    names = {region.id: one_line(region.label(language)) for region in record.regions}
    rows = [
        {
            "project": one_line(project.name),
            "name": names[project.region],
            "emissions": unparted(project.emissions_10kt, 1),
            "room_first": unparted(project.first.room_10kt, 1),
            "taken_first": unparted(project.first.taken_10kt, 1),
            "room_last": unparted(project.last.room_10kt, 1),
            "taken_last": unparted(project.last.taken_10kt, 1),
            "annual_before": rate(project.annual_before),
            "annual_after": rate(project.annual_after),
            "verdict": WORDS.say(f"verdict_{project.verdict}", language),
        }
        for project in record.projects
    ]
    return _table("projects", rows, language, end=record.end_year)


def offsets_table(record: TrackRecord, language: Language) -> Table | None:
    """Return the projects whose emissions are offset; None where no table of them is named."""
    if not record.offsets:
        return None
    names = region_names(record, language)
    rows = [
        {
            "project": one_line(project.name),
            "name": names[project.region],
            "emissions": tonnes(project.emissions_10kt),
            "ratio": f"{project.ratio:g}",
            "need": tonnes(project.need_10kt),
            "sources": sources_text(project, names, language),
            "have": tonnes(project.have_10kt),
            "over_need": tonnes(project.left_10kt),
            "verdict": WORDS.say(f"verdict_{verdict_of(project, record)}", language),
        }
        for project in record.offsets
    ]
    return _table("offsets", rows, language)


def _everybody(record: TrackRecord, language: Language) -> list[tuple[str, RegionTrack | ProvinceTrack]]:
    """Return the regions and the province, which is last, with their names."""
    regions = [(one_line(region.label(language)), region) for region in record.regions]
    return [*regions, (WORDS.say("province", language), record.province)]


def _table(
    code: str, rows: Sequence[Mapping[str, str]], language: Language, total: bool = False, **values: int
) -> Table:
    """Return a table whose words are the catalogue's; rows are cells by the code of their column."""
    columns = [
        Column(
            one, WORDS.say(f"h_{one}", language, **values), _unit(one, language),
            kind="text" if one in _TEXTS else "number",
        )
        for one in rows[0]
    ]  # fmt: skip
    unit = WORDS.say(f"unit_{code}", language)
    return _titled(code, columns, [tuple(row.values()) for row in rows], unit, language, total, **values)


def _titled(
    code: str, columns: Sequence[Column], rows: Sequence[tuple[str, ...]], unit: str, language: Language,
    total: bool = False, **values: int,
) -> Table:  # fmt: skip
    title, tab = WORDS.say(f"t_{code}", language, **values), WORDS.say(f"tab_{code}", language)
    return Table(tuple(columns), tuple(rows), code, title, unit, total, tab)


def _unit(code: str, language: Language) -> str:
    return "" if code in _TEXTS or code == "ratio" else WORDS.say("tonnes", language) if code in _TONNES else "%"


def _peak(record: TrackRecord, year: int | None, language: Language) -> str:
    if year is None:
        return WORDS.say("not_peaked", language)
    return WORDS.say("base_highest", language) if year == record.base_year else str(year)
