"""Rule sets of the yearly assessment: who gets how many of the 100 points for what, read from YAML.

Items 1 and 2 are the completion of the annual target and of the cumulative progress; they are computed.
All other items are scored by people. What a rule set says has its source and year in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from scenarios.assessing.cells import Cells
from scenarios.assessing.heads import Head, ItemId, some
from scenarios.assessing.pass_fail import PassFail
from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.file.document import Document, parse_document, validate_as
from scenarios.file.schema import Period
from scenarios.schema_types import Key, Model, Quantity, Wording
from scenarios.sense.asking import NO_ANSWERS, Answers, question
from scenarios.tables.files import InputFile, decode, read_bytes, usable
from scenarios.wording import written

ANNUAL, CUMULATIVE = "1", "2"
"""Numbers of the two items that are computed."""

FULL = 100
"""Points of a whole assessment."""

BUNDLED = ("13fyp", "12fyp", "2026", "cells-12fyp", "cells-14fyp")
MAX_BYTES = 1_000_000


class ScoredItem(Model):
    """One item scored by people: its points, what they are for, who is responsible, what shows it.

    `choices` are the only scores that can be given, where the rule set names them.
    """

    id: ItemId
    title: Wording
    points: Quantity
    criteria: Wording
    departments: Wording
    evidence: Wording
    choices: Annotated[tuple[Quantity, ...], Field(strict=False)] = ()
    note: Wording | None = None


class Section(Model):
    """Items that belong together, and the sum of their points."""

    id: Key
    title: Wording
    points: Quantity
    items: Annotated[tuple[ScoredItem, ...], Field(strict=False), AfterValidator(some)]
    note: Wording | None = None


class Completion(Model):
    """Points of the annual target (item 1) and of the cumulative progress (item 2)."""

    annual: Quantity
    cumulative: Quantity


class Veto(Model):
    """Which missed target fails which assessment.

    ``yearly``: each year's. ``final``: that of the end year, by the target of the whole period. ``never``: none.
    """

    annual: Literal["yearly", "never"]
    cumulative: Literal["yearly", "final", "never"]


class Grades(Model):
    """Least total of each grade; below `qualified` an assessment is failed."""

    excellent: Quantity
    good: Quantity
    qualified: Quantity


class RuleSet(Head):
    """A whole rule set of points; with `printed_rates` reductions are held against targets as they are printed."""

    kind: Literal["points"] = "points"
    completion: Completion
    veto: Veto
    grades: Grades
    printed_rates: bool = False
    sections: Annotated[tuple[Section, ...], Field(strict=False), AfterValidator(some)]

    @property
    def items(self) -> tuple[ScoredItem, ...]:
        """All items scored by people, in order."""
        return tuple(item for section in self.sections for item in section.items)

    def check(self, document: Document, collector: Collector) -> None:
        """Note points that do not add up, items that stand twice, grades out of order."""
        _check_points(self, document, collector)
        _check_items(self, document, collector)
        _check_grades(self, document, collector)


AnyRules = RuleSet | PassFail | Cells
_KINDS: dict[object, type[AnyRules]] = {"points": RuleSet, "pass_fail": PassFail, "cells": Cells}


@dataclass(frozen=True)
class Rules:
    """A rule set and the file that it comes from."""

    rules: AnyRules
    source: InputFile
    notices: tuple[Finding, ...] = ()  # What must be said with it

    @property
    def points(self) -> RuleSet:
        """The rule set, which gives points for items."""
        assert isinstance(self.rules, RuleSet)
        return self.rules


def rules_for(name: str | None, period: Period, answers: Answers = NO_ANSWERS) -> Rules:
    """Return the rule set of a name, by default the bundled one for the years of a scenario.

    Raises InputError: as `find_rules`; a rule set that is for other years, unless `answers` say that it is meant.
    """
    found = find_rules(name or _by_years(period))
    if found.rules.fits(period):
        return found
    span, collector = found.rules.period, Collector()
    assert span is not None
    asked = question(
        "assess_period", f"rules-period:{found.rules.name}", Place(key="--rules"), found=found.rules.name,
        needed=f"{span.first}–{span.last}", period=f"{period.base + 1}–{period.end}",
    )  # fmt: skip
    answers.ask([asked], collector)
    collector.raise_errors()
    return replace(found, notices=tuple(collector.findings))


def _by_years(period: Period) -> str:
    """Return the bundled rule set for the years of a scenario, the first one where there is none."""
    bundled = ((name, find_rules(name).rules) for name in BUNDLED)
    return next((name for name, rules in bundled if rules.period and rules.fits(period)), BUNDLED[0])


def find_rules(name: str) -> Rules:
    """Return a bundled rule set by its name, or the one in a YAML file.

    Raises InputError: no such rule set or file, or every mistake in it with its line: points that do not add up, an
    item twice, grades out of order.
    """
    if name in BUNDLED:
        text = files("scenarios.assessing") / "data" / f"{name}.yaml"
        return _read(text.read_bytes(), f"{name}.yaml")
    path = usable(name)
    if not path.exists() and path.suffix.lower() not in (".yaml", ".yml"):
        raise InputError.of("assess_rules_unknown", Place(key="--rules"), found=name, known=", ".join(BUNDLED))
    return _read(read_bytes(path, MAX_BYTES), path.name)


def _read(raw: bytes, name: str) -> Rules:
    document = parse_document(decode(raw, name), name)
    kind = document.values.get("kind", "points")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise InputError.of(
            "not_one_of", document.place(("kind",)), found=written(kind), needed=", ".join(map(str, _KINDS))
        )
    rules = validate_as(document, _KINDS[kind])
    collector = Collector()
    rules.check(document, collector)
    collector.raise_errors()
    return Rules(rules, InputFile.of(name, raw))


def _check_points(rules: RuleSet, document: Document, collector: Collector) -> None:
    """Note a section whose items do not add up to it, and a total that is not 100."""
    for n, section in enumerate(rules.sections):
        found = sum((item.points for item in section.items), Decimal(0))
        if found != section.points:
            place = document.place(("sections", n, "points"))
            collector.error("assess_section_sum", place, found=plain(found), needed=plain(section.points))
    parts = [rules.completion.annual, rules.completion.cumulative, *(section.points for section in rules.sections)]
    total = sum(parts, Decimal(0))
    if total != FULL:
        collector.error("assess_total", document.place(("sections",)), found=plain(total), needed=FULL)


def _check_items(rules: RuleSet, document: Document, collector: Collector) -> None:
    """Note items and sections that stand twice, numbers that are taken, choices above the points."""
    seen: dict[str, Place] = {}
    for path, item in _numbered(rules):
        place = document.place((*path, "id"))
        if item.id in (ANNUAL, CUMULATIVE):
            collector.error("assess_item_reserved", place, found=item.id)
        elif item.id in seen:
            collector.error("assess_id_twice", place, found=item.id, first=seen[item.id].inside)
        seen.setdefault(item.id, place)
        for choice in item.choices:
            if choice > item.points:
                at = document.place((*path, "choices"))
                collector.error("assess_choice_above", at, found=plain(choice), needed=plain(item.points))
    named: dict[str, Place] = {}
    for n, section in enumerate(rules.sections):
        place = document.place(("sections", n, "id"))
        if section.id in named:
            collector.error("assess_id_twice", place, found=section.id, first=named[section.id].inside)
        named.setdefault(section.id, place)


def _numbered(rules: RuleSet) -> Iterator[tuple[tuple[str | int, ...], ScoredItem]]:
    """Yield the path of each item in the file, and the item."""
    for n, section in enumerate(rules.sections):
        for k, item in enumerate(section.items):
            yield ("sections", n, "items", k), item


def _check_grades(rules: RuleSet, document: Document, collector: Collector) -> None:
    grades = rules.grades
    if not FULL >= grades.excellent > grades.good > grades.qualified > 0:
        found = " / ".join(map(plain, (grades.excellent, grades.good, grades.qualified)))
        collector.error("assess_grades", document.place(("grades",)), found=found)


def plain(number: Decimal) -> str:
    """Return a number of points with no idle digit: 2.0 -> 2, 0.5 -> 0.5."""
    return f"{number.normalize():f}"
