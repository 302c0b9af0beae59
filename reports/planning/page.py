"""report.html: one file, offline, made from the plan's record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from reports.comparing import STILL, Move, dumbbell, move_cells
from reports.planning.argument import argument_figure, waterfall_figure, waterfall_frame
from reports.planning.equity import equity_frame, lorenz_figure, lorenz_frame
from reports.planning.figures import contribution_figure, extremes, heat_rows, rates_figure, score_figure
from reports.planning.maps.plan_map import map_id, map_section, plan_map, shown_on_maps
from reports.planning.record import PlanRecord
from reports.planning.sentences import province_statements, verdict_statement
from reports.planning.tables import (
    TEXT_COLUMNS,
    allocation_columns,
    class_frame,
    decimals,
    decline_frame,
    formulas,
    has_caps,
    indicator_frame,
    printed_beyond,
    printed_frame,
    printed_province,
    rounded_above,
    score_frame,
    total_code,
)
from reports.planning.total import growth_table
from reports.planning.whatif import whatif_data, whatif_panel
from reports.printing.bilingual import both_texts, both_values
from reports.printing.falls import falls_by, in_words
from reports.printing.looks import Figure
from reports.printing.numbers import minus, printed_change, signed, unparted
from reports.printing.pages import offline_page, script_json, template
from reports.printing.table import Table, labelled
from reports.verifying.record import ProvinceRecord
from reports.words import LABELS
from scenarios.file.book.said import settings_in_words
from scenarios.quantities import in_own_words, spoken
from scenarios.tables.cells import per_cent
from scenarios.wording import TAGS, Language, colon, listed, percent, running

if TYPE_CHECKING:
    from reports.by_method.chapter import MethodsSection
    from reports.by_method.record import MethodsRecord
    from reports.planning.caps_page import CapsSection
    from reports.sweeping.page import Section
    from reports.sweeping.record import SweepRecord

FIGURES = (
    ("figure_argument", argument_figure),
    ("figure_rates", rates_figure),
    ("figure_waterfall", waterfall_figure),
    ("figure_contribution", contribution_figure),
    ("figure_score", score_figure),
)
"""The charts of the report in their order, each with the code of its label."""


FURTHER = ("id", "lower", "upper", "score", "rank", "growth", "base_intensity", "target_intensity")
"""Columns of the allocation table that stand there once the reader asks for all, and in print."""

_TITLES = {
    "notices": "notices", "whatif": "whatif_title", "classes": "classes_title", "maps": "maps_title",
    "both": "caps_title", "last": "last_title", "reasons": "reasons_title", "made": "chapter_made",
    "scores": "chapter_scores", "method": "method_title", "equity": "equity_title", "sweep": "", "methods": "",
    "inputs": "chapter_inputs",
}  # fmt: skip
"""The chapters in their order: what each is about -> the code of its title; a sweep and methods say their own."""

_WHERE = {
    "whatif": "panel", "maps": "maps", "both": "caps", "classes": "classes", "last": "last", "equity": "equity",
    "sweep": "sweep", "methods": "methods",
}  # fmt: skip
"""Chapters that not every plan has, and what of the page's values they show."""


_CARRIED = "figure_contribution"


def charts(record: PlanRecord) -> tuple[tuple[str, Callable[[PlanRecord, Language], Figure]], ...]:
    """Return the charts of a plan's report; a level, which need not fall, has none of shares of the cut."""
    return tuple(each for each in FIGURES if not (record.measured.stands_alone and each[0] == "figure_contribution"))


@dataclass(frozen=True)
class _Beside:
    """What was made of the same plan besides, and has a chapter in its report."""

    sweep: SweepRecord | None = None
    methods: MethodsRecord | None = None


@in_own_words
def report_html(
    record: PlanRecord, language: Language, sweep: SweepRecord | None = None, methods: MethodsRecord | None = None
) -> str:
    """Return the report: verdict, table, what-if panel, charts, a paragraph a region, inputs, method, provenance.

    With a sweep of the same plan, or other methods beside it, what these found comes before the inputs. The page says
    everything in the other language too, once the reader switches to it.
    """
    spoken: tuple[Language, Language] = (language, "en" if language == "zh" else "zh")
    beside = _Beside(sweep, methods)
    figures = [_figures(record, each, sweep) for each in spoken]
    bodies = [_body(record, each, beside, drawn) for each, drawn in zip(spoken, figures, strict=True)]
    data, of_caps = whatif_data(record), _caps_data(record)
    return offline_page(
        "report.html",
        language,
        both_values(*figures),
        title=record.scenario.title.say(language),
        body=both_texts(*bodies),
        whatif_data=None if data is None else script_json(data),
        caps_data=None if of_caps is None else script_json(of_caps),
    )


def _figures(record: PlanRecord, language: Language, sweep: SweepRecord | None) -> dict[str, Figure | None]:
    """Return the charts by their places, None for those that the record does not allow."""
    drawn: dict[str, Figure | None] = {code: draw(record, language) for code, draw in charts(record)}
    drawn["figure_caps"] = _caps_figure(record, language)
    drawn |= {"figure_lorenz": lorenz_figure(record, language), "figure_last": last_figure(record, language)}
    drawn |= {map_id(code): plan_map(record, code, language) for code in shown_on_maps(record)}
    if sweep is None:
        return drawn | {"figure_acceptability": None}
    from reports.sweeping.figures import acceptability_figure

    return drawn | {"figure_acceptability": acceptability_figure(sweep, language)}


def _caps_figure(record: PlanRecord, language: Language) -> Figure | None:
    """Return the chart of both targets over growth; None where the regions have no caps, and of a level.

    None likewise in the next two, but a level has a section.
    """
    if not has_caps(record) or record.measured.stands_alone:
        return None
    from reports.planning.caps_page import caps_figure

    return caps_figure(record, language)


def _caps_section(record: PlanRecord, language: Language) -> CapsSection | None:
    if not has_caps(record):
        return None
    from reports.planning.caps_page import caps_section

    return caps_section(record, language)


def _caps_data(record: PlanRecord) -> dict[str, Any] | None:
    if not has_caps(record) or record.measured.stands_alone:
        return None
    from reports.planning.caps_page import caps_data

    return caps_data(record)


def _section(sweep: SweepRecord, language: Language) -> Section:
    """Return what a sweep found."""
    from reports.sweeping.page import section

    return section(sweep, language)


def _methods(methods: MethodsRecord, language: Language) -> MethodsSection:
    """Return the plan's target by other methods."""
    from reports.by_method.chapter import methods_section

    return methods_section(methods, language)


def _body(record: PlanRecord, language: Language, beside: _Beside, figures: Mapping[str, Figure | None]) -> str:
    """Return what the page says in one language."""
    values = _values(record, language, beside, figures)
    return template("report_body.html").render(chapters=chapters(record, values, language), **values)


def _values(
    record: PlanRecord, language: Language, beside: _Beside, figures: Mapping[str, Figure | None]
) -> dict[str, Any]:
    """Return what the templates of the page are filled with."""
    weights = indicator_frame(record, language)
    for column in weights.columns[-2:]:
        weights[column] = [f"{value:.2f}" for value in weights[column]]
    province, few = printed_province(record), extremes(record)
    return {
        "language": TAGS[language],
        "other_language": TAGS["en" if language == "zh" else "zh"],
        "colon": colon(language),
        "say": lambda code, **values: LABELS.say(code, language, **values),
        "words": lambda words: words.say(language),
        "label": lambda region: region.label(language),
        "record": record,
        "options": listed(settings_in_words(record.provenance.options, record.setting_names, language), language),
        "verdict": verdict_statement(record.province, language),
        "second": second_line(record, language),
        "facts": facts(record.province, language),
        "statements": province_statements(record, language),
        "columns": allocation_columns(record),
        "text_columns": TEXT_COLUMNS,
        "further": FURTHER,
        "rows": _rows(record, language),
        "classes": class_frame(record, language) if record.regions[0].class_ is not None else None,
        "shown": few.regions,
        "many": len(few.regions) < len(record.regions),
        "declines": decline_frame(few, language),
        "last": last_period(record, language),
        "maps": map_section(record, language),
        "caps": _caps_section(record, language),
        "growths": growth_table(record.province, language),
        "province": province,
        "beyond": printed_beyond(record, language),
        "rounded_above": rounded_above(record, language),
        "total_code": total_code(record),
        "charts": [code for code, _ in charts(record)],
        "figures": figures,
        "inputs": ("emissions",) if record.measured.stands_alone else ("emissions", "gdp", "growth"),
        "scores": score_frame(few, language),
        "waterfall": waterfall_frame(record, language),
        "heat": heat_rows(record, language),
        "equity": equity_frame(record, language),
        "lorenz_table": lorenz_frame(record, language),
        "formulas": formulas(record, language),
        "minus": minus,
        "weights": weights,
        "reference": LABELS.say(
            f"map_{record.scenario.reference_map}", language, spread=per_cent(record.scenario.spread or 0, 1)
        ),
        "deviation": LABELS.say(f"deviation_{record.scenario.deviation}", language),
        "panel": whatif_panel(record, language),
        "sweep": None if beside.sweep is None else _section(beside.sweep, language),
        "methods": None if beside.methods is None else _methods(beside.methods, language),
    }


def _rows(record: PlanRecord, language: Language) -> Markup:
    """Return the rows of the allocation table; of a large province jinja would take seconds for its many cells."""
    kinds = {"name": '<th scope="row" class="text name">{}</th>', "published_rate": '<td class="main">{}</td>'}
    cells = [kinds.get(code) or _usual_cell(code) for code in allocation_columns(record)]
    row = f"<tr>{''.join(cells)}</tr>\n"
    table = printed_frame(record, language).itertuples(index=False, name=None)
    words = [code in TEXT_COLUMNS for code in allocation_columns(record)]
    said = ((text if word else minus(text) for text, word in zip(cells, words, strict=True)) for cells in table)
    return Markup("".join(row.format(*map(escape, cells)) for cells in said))


def _usual_cell(code: str) -> str:
    """Return the cell of a column as markup, for its text to be filled in."""
    classes = " ".join([*(["text"] if code in TEXT_COLUMNS else []), *(["more"] if code in FURTHER else [])])
    return f'<td class="{classes}">{{}}</td>' if classes else "<td>{}</td>"


def chapters(record: PlanRecord, values: Mapping[str, Any], language: Language) -> list[tuple[str, str]]:
    """Return the chapters that a plan's report has, with their titles; `values`: what the page is filled with."""
    return [(code, _title(code, record, values, language)) for code in _TITLES if _is_there(code, record, values)]


def _is_there(code: str, record: PlanRecord, values: Mapping[str, Any]) -> bool:
    if code == "notices":
        return bool(record.notices)
    if (code == "both" and values["growths"] is not None) or (code == "equity" and _CARRIED in values["charts"]):
        return True
    return code not in _WHERE or values[_WHERE[code]] is not None


def _title(code: str, record: PlanRecord, values: Mapping[str, Any], language: Language) -> str:
    if code in ("sweep", "methods"):
        return str(values[code].title)
    title = "growths_title" if code == "both" and values["caps"] is None else _TITLES[code]
    said = LABELS.say(title, language)
    return LABELS.say("counted", language, what=said, n=len(record.notices)) if code == "notices" else said


def second_line(record: PlanRecord, language: Language) -> str:
    """Return between which targets the regions stand, what equal ones would be, and how many notices there are."""
    return running(list(_second(record, language)), language)


def _second(record: PlanRecord, language: Language) -> Iterator[str]:
    order = sorted(record.regions, key=lambda r: (-r.published_rate, -r.reference_rate))
    top, bottom, digits = order[0], order[-1], decimals(record)["published_rate"]
    high, low = (unparted(region.published_rate * 100, digits) for region in (top, bottom))
    ends = {"top": top.label(language), "bottom": bottom.label(language), "high": high, "low": low}
    yield LABELS.say("ends_same" if high == low else "ends", language, **ends)
    yield LABELS.say("equal_would_be", language, **_equal(record, language))
    if record.notices:
        yield LABELS.say("see_notices", language, n=len(record.notices))


def _equal(record: PlanRecord, language: Language) -> dict[str, str]:
    """Return what fills the sentence on equal targets."""
    province, share = record.province, record.province.share
    said = {"uniform": minus(per_cent(province.uniform_rate)), **in_words(language, uniform=province.uniform_rate)}
    return said if share is None else said | {"rise": minus(per_cent(share.uniform_rise + province.margin))}


def facts(province: ProvinceRecord, language: Language) -> list[tuple[str, str, str]]:
    """Return the key figures of a plan as (name, value with unit, the same in 万吨 or an empty text)."""

    def fact(code: str, value: str, below: str = "") -> tuple[str, str, str]:
        return LABELS.say(f"fact_{code}", language), value, below

    def points(text: str) -> str:
        return LABELS.say("in_points", language, value=text)

    def tonnes(value: float) -> str:
        return LABELS.say("in_tonnes", language, value=minus(f"{value:,.1f}"))

    over, sigma, sign = province.overshoot_points, province.sigma, percent(language)
    if (share := province.share) is not None:
        return [
            fact("target", minus(per_cent(province.target)) + sign),
            fact("implied", minus(per_cent(province.implied_reduction)) + sign),
            fact("over" if over >= 0 else "short", points(f"{abs(over):.2f}")),
            fact("sigma", points(signed(share.composition))),
            fact("uniform", points(minus(per_cent(share.uniform_rise + province.margin)))),
        ]
    if spoken().stands_alone:
        return [
            fact("target", falls_by(province.target, language)),
            fact("implied", falls_by(province.implied_reduction, language)),
            fact("over" if over >= 0 else "short", points(f"{abs(over):.2f}"), tonnes(abs(province.overshoot_10kt))),
            fact("uniform", falls_by(province.uniform_rate, language)),
        ]
    return [
        fact("target", minus(per_cent(province.target)) + sign),
        fact("implied", minus(per_cent(province.implied_reduction)) + sign),
        fact("over" if over >= 0 else "short", points(f"{abs(over):.2f}"), tonnes(abs(province.overshoot_10kt))),
        fact("sigma", points(signed(sigma)), tonnes(sigma * 100 * province.point_10kt)),
        fact("uniform_both" if province.asks_more else "uniform", minus(per_cent(province.uniform_rate)) + sign),
    ]


@dataclass(frozen=True)
class LastPeriod:
    """The last period's targets beside the plan's: a headline, what the chart shows in words, and the table."""

    headline: str
    alt: str
    table: Table


def last_period(record: PlanRecord, language: Language) -> LastPeriod | None:
    """Return the comparison with the last period; None where its rates are not known."""
    moves = _since_last(record, language)
    if not moves:
        return None
    return LastPeriod(
        headline=_headline(moves, language),
        alt=LABELS.say("last_alt", language),
        table=labelled(
            ("name", "last_rate", "this_rate", "compare_points"),
            move_cells(_since_last(extremes(record), language)),
            language,
        ),
    )


def last_figure(record: PlanRecord, language: Language) -> Figure | None:
    """Return the chart of the comparison with the last period; None where its rates are not known."""
    words = LABELS.say("last_rate_short", language), LABELS.say("this_rate_short", language)
    moves = _since_last(extremes(record), language)
    return dumbbell(moves, words, words, language) if moves else None


def _since_last(record: PlanRecord, language: Language) -> list[Move]:
    """Return the regions whose rate of the last period is known."""
    return [
        Move(region.label(language), region.last_rate, region.published_rate, None)
        for region in record.regions
        if region.last_rate is not None
    ]


def _headline(moves: list[Move], language: Language) -> str:
    """Return how many targets rise and fall, and whose changes most."""
    most = max(moves, key=lambda move: abs(move.change))
    up, down = (sum(sign * move.change > STILL for move in moves) for sign in (1, -1))
    if not up + down:
        return LABELS.say("last_none", language)
    return LABELS.say(
        "last_headline", language, n=len(moves), up=up, down=down, same=len(moves) - up - down, name=most.name,
        points=printed_change(most.before, most.after),
    )  # fmt: skip
