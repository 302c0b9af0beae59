"""What a scenario file says that its models cannot judge: weights, columns that exist, answers to nothing."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from scenarios.errors import Collector, Finding
from scenarios.file.document import Document
from scenarios.file.schema import ScenarioFile
from scenarios.sense.asking import Answers, question
from scenarios.tables.columns import AMOUNTS, amount_named
from scenarios.tables.headers.names import (
    BY_ALIAS,
    CAPS,
    COSTS,
    DRAWS,
    ENERGY,
    GDP,
    NUMERATORS,
    OFFSETS,
    PANEL,
    POPULATION,
    SPELLINGS,
)

_MOST_NAMED = ("name", "emissions", "gdp", "growth")
_READ_LATER = {"rate", "incentive_rate"} | {
    name
    for names in (OFFSETS, CAPS, DRAWS, COSTS, POPULATION)
    for name in names.values()
    if name not in {*ENERGY.values(), *GDP.values()}
} - {*PANEL.values(), *BY_ALIAS.values()}
"""Columns of tables that single commands read."""
_ELSEWHERE_TOO = ("id", "name", "emissions", "gdp", "year")
"""Columns of tables of the scenario that tables of single commands have too."""


def check_weights(scenario: ScenarioFile, document: Document, collector: Collector) -> None:
    """Refuse weights that are all zero, or that do not add up to one without `normalize`."""
    levels: dict[tuple[str, ...], dict[str, Decimal]] = {
        ("criteria",): {key: criterion.weight for key, criterion in scenario.criteria.items()}
    }
    for key, criterion in scenario.criteria.items():
        if criterion.within == "given":
            weights = {name: i.weight for name, i in criterion.indicators.items() if i.weight is not None}
            levels["criteria", key, "indicators"] = weights
    for path, weights in levels.items():
        total = sum(weights.values())
        shown = " + ".join(f"{key} {weight}" for key, weight in weights.items())
        if total == 0:
            collector.error("weights_zero", document.place(path))
        elif not scenario.normalize and abs(total - 1) > Decimal("1e-9"):
            collector.error("weights_sum", document.place(path), found=shown, total=total)


def known_columns(
    scenario: ScenarioFile, own: Collection[str], document: Document, collector: Collector, answers: Answers
) -> dict[str, str]:
    """Return `columns` without names that are no column, which are refused: not standard, no item, none of `own`.

    A header that names another amount than its column is asked about.
    """
    known = {*SPELLINGS, *own} - ({*NUMERATORS} - scenario.measured.columns - {*own})
    unknown = [name for name in scenario.columns if name not in known and not _is_item(name)]
    for name in unknown:
        header = scenario.columns[name]
        meant = BY_ALIAS.get(name.lower()) or BY_ALIAS.get(header.lower())
        near = [meant] if meant else difflib.get_close_matches(name, known, 3, 0.6)
        place = document.place(("columns", name))
        collector.error("column_unknown", place, found=name, known="、".join(near or _MOST_NAMED))
    answers.ask(_of_another_amount(scenario, document), collector)
    return {name: header for name, header in scenario.columns.items() if name not in unknown}


def _of_another_amount(scenario: ScenarioFile, document: Document) -> Iterator[Finding]:
    """Yield columns of an amount that a target can be of whose header names another one: ``coal: oil``."""
    for name, header in scenario.columns.items():
        other = amount_named(header) if name in AMOUNTS else ""
        if other not in ("", name):
            place, values = document.place(("columns", name)), {"name": name, "found": header, "other": other}
            yield question("column_of_another", f"column-of-another:{name}:{header}", place, **values)


def say_unused(scenario: ScenarioFile, met: Collection[str], document: Document, collector: Collector) -> None:
    """Say which headers no table that was read has, and which answers answer nothing.

    `met`: names under `columns` whose headers were found.
    """
    for name, header in scenario.columns.items():
        if name not in met and name not in _READ_LATER:
            code = "column_elsewhere" if name in _ELSEWHERE_TOO else "column_nowhere"
            collector.notice(code, document.place(("columns", name)), name=name, found=header)
    asked = {finding.asked for finding in collector.findings if finding.asked}
    for key, meant in scenario.answers.unused(asked).items() if scenario.below is None else ():
        n = next(n for n, answer in enumerate(scenario.accept) if answer.id == key)
        code = "answers_nothing_meant" if meant else "answers_nothing"
        collector.notice(code, document.place(("accept", n)), found=key, **({"meant": meant} if meant else {}))


def located(findings: Iterable[Finding], scenario: ScenarioFile, document: Document) -> list[Finding]:
    """Return the findings, those of a rule or of the column of an indicator with the line on which it stands."""
    places = {
        ".".join(("rules", rule.id, *key)): document.place(("rules", n, *key))
        for n, rule in enumerate(scenario.rules)
        for key in ((), *((name,) for name in type(rule).model_fields))
    }
    places |= {
        indicator.column: document.place(("criteria", criterion, "indicators", name, "column"))
        for criterion, one in scenario.criteria.items()
        for name, indicator in one.indicators.items()
    }
    in_file = {key: place for key, place in places.items() if place.file}
    return [replace(finding, place=in_file.get(finding.place.key, finding.place)) for finding in findings]


def _is_item(name: str) -> bool:
    """Return whether a name is that of an item of energy tables."""
    from scenarios.accounting.factors import UnknownFactor
    from scenarios.accounting.items import find_items

    try:
        return bool(find_items(name))
    except UnknownFactor:
        return False
