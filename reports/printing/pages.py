"""The pages: one environment, one shell around them, and the filters they share."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup

from reports.printing.looks import CONFIG, Figure
from reports.printing.looks import template as looks
from reports.printing.numbers import minus
from reports.words import LABELS
from scenarios.wording import LANGUAGES, TAGS, Language

_UNIT = re.compile(r"(?<=[0-9]) (?:%|points?\b|× 10⁴ t CO₂|× 10⁴ tce|个百分点)")


def offline_page(name: str, language: Language, figures: Mapping[str, Figure | None], **values: object) -> str:
    """Return a page that needs nothing from elsewhere: the template `name`, filled in, with plotly.js inside.

    The `figures` are drawn where their ids stand; None is a figure that there is not.
    """
    from plotly.offline import get_plotlyjs

    drawn = {place: figure for place, figure in figures.items() if figure is not None}
    charts = script_json({"config": CONFIG, "template": looks(), "figures": drawn})
    return template(name).render(
        language=TAGS[language],
        plotlyjs=Markup(get_plotlyjs()),
        charts=charts,
        figures=figures,
        scrolls=script_json({TAGS[each]: LABELS.say("scrolls", each) for each in LANGUAGES}),
        **values,
    )


def script_json(value: object) -> Markup:
    """Return a value as JSON that HTML leaves alone."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def template(name: str) -> jinja2.Template:
    """Return a template of `reports/templates`; what it is filled with is escaped."""
    return _environment().get_template(name)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        loader=jinja2.FunctionLoader(lambda name: (files("reports") / "templates" / name).read_text("utf-8")),
    )  # fmt: skip
    environment.filters.update(heading=heading, minus=minus, unbroken=unbroken)
    return environment


def heading(label: str) -> Markup:
    """Return a column header with its unit on a line of its own."""
    mark = next((mark for mark in ("（", " (") if mark in label), None)
    name, unit = (label, "") if mark is None else label.split(mark, 1)
    return Markup("{}<span class=unit>{}{}</span>").format(name, (mark or "").strip(), unit)


def unbroken(text: str) -> str:
    """Return a sentence in which no number is torn from its unit."""
    return _UNIT.sub(lambda match: match.group().replace(" ", "\u00a0"), text)
