"""The progress report as official tables, described once: the page, the workbook and the Word file print these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reports.printing.document import Column, Sheet, Table, visible
from reports.printing.numbers import minus
from reports.tracking.phrases import rate, share
from reports.tracking.record import NewTarget, PeakRecord, ProjectRecord, Standing, TrackRecord
from reports.tracking.sentences import headline, note_statements, province_statements
from reports.words.tracking import WORDS
from scenarios.wording import Language

_TEXTS = {"name", "light", "planned_peak", "expected_peak", "can", "project", "verdict"}
_UNITS = {
    "%": {
        "target", "path", "done", "progress", "rest", "rest_annual", "trend", "old_target", "new_target",
        "old_annual", "new_annual", "most_annual", "annual_before", "annual_after",
    },
    "10kt": {
        "excess", "risk", "moved", "budget", "spent", "expected_total", "emissions", "room_first", "taken_first",
        "room_last", "taken_last",
    },
}  # fmt: skip


@dataclass(frozen=True)
class _Row:
    """One row: a name, then its cells by the code of their column."""

    name: str
    cells: dict[str, str]


def progress_sheet(record: TrackRecord, language: Language, created: str) -> Sheet:
    """Return the progress report.

    Parameters
    ----------
    record
        The tracking.
    language
        Of all words.
    created
        When it is written, ISO 8601.
    """
    makers: Sequence[Callable[[TrackRecord, Language], Table | None]] = (
        progress_table, years_table, peaks_table, resplit_table, projects_table
    )  # fmt: skip
    tables = [table for make in makers if (table := make(record, language)) is not None]
    inputs = "、".join(record.inputs) if language == "zh" else ", ".join(record.inputs)
    return Sheet(
        language=language,
        title=visible(" ".join(headline(record, language).split())),
        tables=tuple(tables),
        statement=("" if language == "zh" else " ").join(province_statements(record, language)),
        notes=(
            *note_statements(record, language),
            *(visible(notice.say(language)) for notice in record.notices),
            WORDS.say("note_terms", language),
        ),
        source=WORDS.say("source", language, inputs=visible(inputs)),
        created=created,
        heading=WORDS.say("overall", language),
    )


def progress_table(record: TrackRecord, language: Language) -> Table:
    """Return where everybody stands; the province in the last row."""
    codes = ["name", "target", "path", "done", "progress", "rest", "rest_annual", "trend", "excess", "risk", "light"]

    def row(name: str, standing: Standing, excess: float, risk: float | None) -> _Row:
        t = len(record.years) - 1
        return _Row(
            name,
            {
                "target": rate(standing.target),
                "path": rate(standing.path[t]) if t >= 0 else "–",
                "done": rate(standing.cumulative_reduction),
                "progress": share(standing.progress),
                "rest": rate(standing.remaining_reduction),
                "rest_annual": rate(standing.remaining_annual_rate),
                "trend": rate(standing.forecast_trend),
                "excess": _amount(excess),
                "risk": "–" if risk is None else _amount(risk),
                "light": WORDS.say(standing.light, language),
            },
        )

    rows = [row(_name(r.label(language)), r, r.excess_10kt, r.risk_10kt) for r in record.regions]
    province = record.province
    rows.append(row(WORDS.say("province", language), province, province.excess_10kt, province.risk_10kt))
    return _table("progress", codes, rows, language, total=True, year=record.year, end=record.end_year)


def years_table(record: TrackRecord, language: Language) -> Table | None:
    """Return target and actual cut of every year; None before the first actual year."""
    if not record.years:
        return None
    columns = [Column("name", WORDS.say("c_name", language), kind="text")]
    for year in range(record.base_year + 1, record.end_year + 1):
        codes = ("year_target", "year_actual") if year <= record.year else ("year_target",)
        columns += [Column(f"{code}_{year}", WORDS.say(code, language, year=year), "%", decimals=2) for code in codes]

    def cells(name: str, standing: Standing) -> tuple[str, ...]:
        found = [name]
        for t, planned in enumerate(standing.annual_targets):
            actual = standing.annual_reductions[t : t + 1]
            found += [rate(planned), *(rate(value) for value in actual)]
        return tuple(found)

    rows = [cells(_name(r.label(language)), r) for r in record.regions]
    rows.append(cells(WORDS.say("province", language), record.province))
    return Table(
        "years", WORDS.say("t_years", language), WORDS.say("unit_percent", language), tuple(columns), tuple(rows),
        total=True, tab=WORDS.say("tab_years", language),
    )  # fmt: skip


def peaks_table(record: TrackRecord, language: Language) -> Table:
    """Return when everybody's emissions are highest, and the sum of the years after the base year."""
    codes = ["name", "planned_peak", "expected_peak", "budget", "spent", "expected_total"]

    def row(name: str, peak: PeakRecord) -> _Row:
        return _Row(
            name,
            {
                "planned_peak": _peak(record, peak.planned_peak, language),
                "expected_peak": _peak(record, peak.expected_peak, language),
                "budget": _amount(peak.budget_10kt),
                "spent": _amount(peak.spent_10kt),
                "expected_total": _amount(peak.expected_total_10kt),
            },
        )

    rows = [row(_name(r.label(language)), r.peak) for r in record.regions]
    rows.append(row(WORDS.say("province", language), record.province.peak))
    return _table("peaks", codes, rows, language, total=True, first=record.base_year + 1, end=record.end_year)


def resplit_table(record: TrackRecord, language: Language) -> Table | None:
    """Return old and new targets side by side; None where there is no new split."""
    found = record.resplit
    if found is None or found.new_implied is None:
        return None
    codes = ["name", "old_target", "new_target", "old_annual", "new_annual", "most_annual", "moved", "can"]

    def row(region: NewTarget) -> _Row:
        rates = {code: rate(getattr(region, code)) for code in codes[1:6]}
        said = WORDS.say("yes" if region.can else "no", language)
        return _Row(_name(region.label(language)), rates | {"moved": _amount(region.moved_10kt), "can": said})

    return _table("resplit", codes, [row(region) for region in found.regions], language, left=record.years_left)


def projects_table(record: TrackRecord, language: Language) -> Table | None:
    """Return the judged projects; None where there are none."""
    if not record.projects:
        return None
    names = {region.id: _name(region.label(language)) for region in record.regions}
    codes = [
        "project", "name", "emissions", "room_first", "taken_first", "room_last", "taken_last", "annual_before",
        "annual_after", "verdict",
    ]  # fmt: skip

    def row(project: ProjectRecord) -> _Row:
        first, last = project.first, project.last
        return _Row(
            names[project.region],
            {
                "project": _name(project.name),
                "emissions": _amount(project.emissions_10kt),
                "room_first": _amount(first.room_10kt),
                "taken_first": _amount(first.taken_10kt),
                "room_last": _amount(last.room_10kt),
                "taken_last": _amount(last.taken_10kt),
                "annual_before": rate(project.annual_before),
                "annual_after": rate(project.annual_after),
                "verdict": WORDS.say(f"verdict_{project.verdict}", language),
            },
        )

    return _table("projects", codes, [row(project) for project in record.projects], language, end=record.end_year)


def _table(
    code: str, codes: Iterable[str], rows: Iterable[_Row], language: Language, total: bool = False, **values: int
) -> Table:
    """Return a table whose words are the catalogue's."""
    wanted = list(codes)
    columns = [
        Column(
            one, WORDS.say(f"h_{one}", language, **values), _unit(one, language),
            kind="text" if one in _TEXTS else "number",
        )
        for one in wanted
    ]  # fmt: skip
    cells = [tuple(row.name if one == "name" else row.cells[one] for one in wanted) for row in rows]
    return Table(
        code, WORDS.say(f"t_{code}", language, **values), WORDS.say(f"unit_{code}", language), tuple(columns),
        tuple(cells), total=total, tab=WORDS.say(f"tab_{code}", language),
    )  # fmt: skip


def _unit(code: str, language: Language) -> str:
    unit = next((unit for unit, codes in _UNITS.items() if code in codes), "")
    return WORDS.say("tonnes", language) if unit == "10kt" else unit


def _peak(record: TrackRecord, year: int | None, language: Language) -> str:
    if year is None:
        return WORDS.say("not_peaked", language)
    return WORDS.say("base_highest", language) if year == record.base_year else str(year)


def _name(text: str) -> str:
    return visible(" ".join(text.split()))


def _amount(value: float) -> str:
    text = f"{value:.1f}"
    return minus(text if float(text) else text.removeprefix("-"))
