"""report.html: one file, offline, made from the plan's record."""

from __future__ import annotations

from importlib.resources import files

import jinja2
from markupsafe import Markup

from reports.figures import contribution_figure, figure_html, rates_figure, score_figure
from reports.labels import LABELS
from reports.record import PlanRecord
from reports.statements import province_statements, verdict_statement
from reports.tables import indicator_frame, printed_frame, score_frame
from scenarios.cells import per_cent
from scenarios.wording import Language

_FIGURES = (
    ("figure_rates", rates_figure),
    ("figure_contribution", contribution_figure),
    ("figure_score", score_figure),
)


def report_html(record: PlanRecord, language: Language) -> str:
    """Return the report: verdict, table, charts, a paragraph a region, inputs, method, provenance."""
    from plotly.offline import get_plotlyjs

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string((files("reports") / "templates" / "report.html").read_text("utf-8"))
    scores = score_frame(record, language)
    weights = indicator_frame(record, language)
    for column in weights.columns[-2:]:
        weights[column] = [f"{value:.4f}" for value in weights[column]]
    published = LABELS.say("published_rate", language)
    return template.render(
        language="zh-CN" if language == "zh" else "en",
        say=lambda code, **values: LABELS.say(code, language, **values),
        words=lambda words: words.say(language),
        record=record,
        verdict=verdict_statement(record.province, language),
        statements=province_statements(record, language),
        table=printed_frame(record, language),
        published=published,
        figures=[(code, Markup(figure_html(draw(record, language), code))) for code, draw in _FIGURES],
        scores=scores,
        weights=weights,
        reference=LABELS.say(
            f"map_{record.scenario.reference_map}", language, spread=per_cent(record.scenario.spread or 0, 1)
        ),
        deviation=LABELS.say(f"deviation_{record.scenario.deviation}", language),
        plotlyjs=Markup(get_plotlyjs()),
    )
