"""The figures of a scenario as they were understood, city by city, marked where something was asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from reports.printing.numbers import figure
from reports.printing.table import text_table
from reports.words import LABELS
from scenarios.errors import Finding
from scenarios.load import Scenario
from scenarios.tables.cells import per_cent
from scenarios.wording import Language

_MOST = 40
"""Cities that are all listed; of more, those that something is asked about and the largest."""
_COLUMNS = ("name", "read_emissions", "read_gdp", "read_intensity", "read_share", "read_growth", "read_asked")


def understood(scenario: Scenario, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return a record a city: emissions, GDP, intensity, share of emissions, growth a year, ids of its questions."""
    regions, base, years = scenario.regions, scenario.baseline, scenario.file.period.years
    asked = [(str(finding.values.get("name", "")), finding.asked) for finding in findings if finding.asked]
    figures = base.emissions.tolist(), base.gdp.tolist(), base.growth.tolist()
    return [
        {
            "id": key,
            "name": name,
            "emissions_10kt": emissions,
            "gdp_100m_yuan": gdp,
            "intensity": emissions / gdp,
            "share": emissions / float(base.emissions.sum()),
            "growth_a_year": growth ** (1 / years) - 1,
            "asked": [found for whose, found in asked if whose == name],
        }
        for key, name, emissions, gdp, growth in zip(regions.ids, regions.names, *figures, strict=True)
    ]


def understood_lines(scenario: Scenario, findings: Collection[Finding], language: Language) -> list[str]:
    """Return the table for a terminal; a question mark where something is asked, a tick where that is answered."""
    answered = {finding.asked for finding in findings if finding.reason is not None}
    records = understood(scenario, findings)
    labels = dict(zip(scenario.regions.ids, scenario.regions.labels(language), strict=True))
    shown = sorted(records, key=lambda r: (not r["asked"], -r["emissions_10kt"]))[:_MOST]
    rows = [_row(r, labels[r["id"]], answered) for r in records if r in shown]
    lines = text_table([LABELS.say(code, language) for code in _COLUMNS], rows)
    left = len(records) - len(rows)
    return [*lines, *([LABELS.say("read_more", language, count=left)] if left else [])]


def _row(record: dict[str, Any], label: str, answered: Collection[str]) -> list[str]:
    marks = "".join("√" if asked in answered else "?" for asked in record["asked"])
    return [
        label, figure(record["emissions_10kt"], 2), figure(record["gdp_100m_yuan"], 2), figure(record["intensity"], 4),
        per_cent(record["share"], 1), per_cent(record["growth_a_year"]), marks,
    ]  # fmt: skip
