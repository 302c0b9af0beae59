"""The figures of a scenario as they were understood, city by city, marked where something was asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from reports.planning.record import ReadCity
from reports.printing.numbers import figure
from reports.printing.table import Table, labelled, text_table
from reports.words import LABELS
from scenarios.errors import Finding
from scenarios.load import Scenario
from scenarios.quantities import in_own_words, spoken
from scenarios.tables.cells import per_cent
from scenarios.wording import Language

_MOST = 40
"""Cities that are all listed; of more, those that something is asked about and the largest."""
COLUMNS = ("name", "read_emissions", "read_gdp", "read_intensity", "read_share", "read_growth", "read_asked")

_OF_GDP = ("read_gdp", "read_intensity", "read_growth")


def columns() -> tuple[str, ...]:
    """Return those of `COLUMNS` that the quantity that is spoken of has: a level has no GDP."""
    return tuple(code for code in COLUMNS if not (spoken().stands_alone and code in _OF_GDP))


def understood(scenario: Scenario, findings: Iterable[Finding]) -> tuple[ReadCity, ...]:
    """Return every city as it was read, with the ids of its questions."""
    regions, base, years = scenario.regions, scenario.baseline, scenario.file.period.years
    asked = asked_by_city(findings)
    figures = zip(base.emissions.tolist(), base.gdp.tolist(), base.growth.tolist(), strict=True)
    return tuple(
        ReadCity(
            **regions.named(n),
            emissions_10kt=emissions,
            gdp_100m_yuan=gdp,
            intensity=emissions / gdp,
            share=emissions / float(base.emissions.sum()),
            growth_a_year=growth ** (1 / years) - 1,
            asked=asked.get(regions.names[n], ()),
        )
        for n, (emissions, gdp, growth) in enumerate(figures)
    )


def asked_by_city(findings: Iterable[Finding]) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the questions about each city, by its name."""
    asked: dict[str, tuple[str, ...]] = {}
    for finding in findings:
        if finding.asked:
            name = str(finding.values.get("name", ""))
            asked[name] = (*asked.get(name, ()), finding.asked)
    return asked


@in_own_words
def understood_table(scenario: Scenario, findings: Collection[Finding], language: Language) -> Table:
    """Return the table of all cities; a question mark where something is asked, a tick where that is answered."""
    answered = _answered(findings)
    rows = [_row(city, answered, language) for city in understood(scenario, findings)]
    return labelled(columns(), rows, language)


@in_own_words
def understood_lines(scenario: Scenario, findings: Collection[Finding], language: Language) -> list[str]:
    """Return the table for a terminal."""
    answered, cities = _answered(findings), understood(scenario, findings)
    shown = sorted(cities, key=lambda city: (not city.asked, -city.emissions_10kt))[:_MOST]
    rows = [_row(city, answered, language) for city in cities if city in shown]
    lines = text_table([LABELS.say(code, language) for code in columns()], rows)
    left = len(cities) - len(rows)
    return [*lines, *([LABELS.say("read_more", language, count=left)] if left else [])]


def _answered(findings: Iterable[Finding]) -> set[str]:
    return {finding.asked for finding in findings if finding.reason is not None}


def _row(city: ReadCity, answered: Collection[str], language: Language) -> list[str]:
    marks = "".join("√" if asked in answered else "?" for asked in city.asked)
    cells = (
        city.label(language), figure(city.emissions_10kt, 2), figure(city.gdp_100m_yuan, 2), figure(city.intensity, 4),
        per_cent(city.share, 1), per_cent(city.growth_a_year), marks,
    )  # fmt: skip
    known = dict(zip(COLUMNS, cells, strict=True))
    return [known[code] for code in columns()]
