"""`init`: a folder with a scenario, or with the form of an assessment, to fill in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field

from allocator.output.folder import replaced_folder
from reports.assessing.entry_form import caps_workbook, entries_workbook
from reports.assessing.form_sheet import city_form, form_workbook
from reports.records import Record
from reports.starting import PERIODS, blank_workbook, regions_workbook, scenario_text
from reports.words import LABELS
from reports.words.assessing import WORDS
from scenarios.assessing.cells import Cells
from scenarios.assessing.pass_fail import PassFail, computed_from
from scenarios.assessing.rules import Rules, RuleSet, rules_for
from scenarios.errors import InputError, Place
from scenarios.file.document import parse_document
from scenarios.findings.system import system_reason
from scenarios.load import Scenario, load_scenario
from scenarios.sources import BOOK_FILES, SCENARIO_FILE
from scenarios.wording import Language

TABLE = "regions.xlsx"
_UNNAMED = "my-province"

FORM = "assessment.xlsx"

_PLAIN = re.compile(r"[^\W_](?:[\w -]{0,38}[^\W_])?")
"""A name of a city that a file can have on every system."""


class Started(Record):
    """A new scenario: its folder and the files in it."""

    schema_version: Literal[1] = 1
    folder: Path
    files: tuple[str, ...]

    def statements(self, language: Language) -> list[str]:
        """Return where it is and what comes next."""
        after = "template_next" if len(self.files) > 1 else "template_next_book"
        said = {"folder": self.folder, "file": self.files[0]}
        return [LABELS.say(code, language, **said) for code in ("written", after)]


class StartedForm(Record):
    """A new form of scores: its folder, and the rule set and scenario that it is for."""

    schema_version: Literal[1] = 1
    folder: Path
    files: tuple[str, ...] = (FORM,)
    split: bool = Field(default=False, exclude=True)  # Whether every city has a form of its own
    rules: str
    scenario: str = Field(exclude=True)

    def statements(self, language: Language) -> list[str]:
        """Return where it is and what comes next."""
        written = LABELS.say("written", language, folder=self.folder)
        said = {"file": self.folder / FORM, "folder": self.folder, "rules": self.rules, "scenario": self.scenario}
        return [written, WORDS.say("form_split_next" if self.split else "form_next", language, **said)]


def init(folder: Path, language: Language, period: str | None = None, yaml: bool = False) -> Started:
    """Write a scenario to fill in into a new or empty folder: one workbook.

    `period`: ``15fyp`` for a scenario of 2025 to 2030 with intensity and total; None for any. `yaml`: scenario.yaml and
    regions.xlsx in place of the one workbook.
    Raises InputError: no such period; there is something in the folder, or it cannot be written.
    """
    if period is not None and period not in PERIODS:
        raise InputError.of("period_unknown", Place(key="--period"), found=period, known=", ".join(PERIODS))
    _refuse_taken(folder)
    text = scenario_text(_name(folder), language, period)
    files = {SCENARIO_FILE: text.encode(), TABLE: regions_workbook(language, period)} if yaml else {}
    files = files or {BOOK_FILES[language]: _blank(text, language, period)}
    with replaced_folder(folder) as side:
        for name, content in files.items():
            (side / name).write_bytes(content)
    return Started(folder=folder, files=tuple(files))


def template(language: Language) -> bytes:
    """Return the workbook that `init` writes, of a scenario without a name of its own."""
    return _blank(scenario_text(_UNNAMED, language), language)


def _blank(text: str, language: Language, period: str | None = None) -> bytes:
    return blank_workbook(parse_document(text, SCENARIO_FILE).values, language, period)


def init_form(folder: Path, name: str, rules: str | None, language: Language, split: bool = False) -> StartedForm:
    """Write the form of an assessment, for the regions of the scenario `name`, into a new or empty folder.

    `rules`: None for the rule set of the scenario's years. `split`: a form of its own for every city.

    Raises InputError: no such scenario or rule set, one for other years or that takes no form; there is something in
    the folder, or it cannot be written.
    """
    scenario = load_scenario(name)
    found = rules_for(rules, scenario.file.period, scenario.file.answers)
    forms = _city_forms(found, scenario, language) if split else {FORM: _form(found, scenario, language)}
    _refuse_taken(folder)
    with replaced_folder(folder) as side:
        for file, form in forms.items():
            (side / file).write_bytes(form)
    said = rules or found.rules.name
    return StartedForm(folder=folder, files=tuple(forms), rules=said, scenario=name, split=split)


def _city_forms(found: Rules, scenario: Scenario, language: Language) -> dict[str, bytes]:
    """Return the form of every city by the name of its file: number and city, the number alone where a name is none."""
    rules = found.rules
    if not isinstance(rules, RuleSet):
        raise InputError.of("assess_no_split", Place(key="--split"), found=rules.name)
    forms = {}
    for n, city in enumerate(scenario.regions.labels(language), start=1):
        name = f"{n:02d}-{city}" if _PLAIN.fullmatch(city) else f"{n:02d}"
        forms[f"{name}.xlsx"] = city_form(rules, city, language)
    return forms


def _form(found: Rules, scenario: Scenario, language: Language) -> bytes:
    """Return the form of a rule set."""
    rules = found.rules
    if isinstance(rules, PassFail):
        return entries_workbook(rules, computed_from(scenario.file), language)
    if isinstance(rules, Cells):
        if rules.cap is None:
            raise InputError.of("assess_no_form", Place(key="--rules"), found=rules.name)
        return caps_workbook(rules, rules.cap, scenario.regions, language)
    return form_workbook(rules, scenario.regions, language)


def _refuse_taken(folder: Path) -> None:
    """Refuse a folder with something in it."""
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise InputError.of("unreadable", Place(file=str(folder)), reason=system_reason(error)) from error
    if taken:
        raise InputError.of("init_not_empty" if folder.is_dir() else "out_not_a_folder", Place(file=str(folder)))


def _name(folder: Path) -> str:
    """Return the scenario's name: that of its folder as far as it can be one."""
    name = re.sub("[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")[:64].strip("-")
    return name or _UNNAMED
