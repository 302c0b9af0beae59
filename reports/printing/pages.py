"""The pages: one environment, one shell around them, and the filters they share."""

from __future__ import annotations

import re
from importlib.resources import files

import jinja2
from markupsafe import Markup

from reports.printing.numbers import minus
from scenarios.wording import TAGS, Language

_UNIT = re.compile(r"(?<=[0-9]) (?:%|points?\b|× 10⁴ t CO₂|个百分点)")


def offline_page(name: str, language: Language, **values: object) -> str:
    """Return a page that needs nothing from elsewhere: the template `name`, filled in, with plotly.js inside."""
    from plotly.offline import get_plotlyjs

    return template(name).render(language=TAGS[language], plotlyjs=Markup(get_plotlyjs()), **values)


def template(name: str) -> jinja2.Template:
    """Return a template of `reports/templates`; what it is filled with is escaped."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        loader=jinja2.FunctionLoader(lambda name: (files("reports") / "templates" / name).read_text("utf-8")),
    )  # fmt: skip
    environment.filters.update(heading=heading, minus=minus, unbroken=unbroken)
    return environment.get_template(name)


def heading(label: str) -> Markup:
    """Return a column header with its unit on a line of its own."""
    for mark in ("（", " ("):
        name, found, unit = label.partition(mark)
        if found:
            return Markup("{}<span class=unit>{}{}</span>").format(name, found.strip(), unit)
    return Markup("{}").format(label)


def unbroken(text: str) -> str:
    """Return a sentence in which no number is torn from its unit."""
    return _UNIT.sub(lambda match: match.group().replace(" ", "\u00a0"), text)
