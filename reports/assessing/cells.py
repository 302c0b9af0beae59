"""Points of four cells, a city each: the record (assessment.json), its sentences and its official sheet."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

from pydantic import Field, field_serializer

from reports.assessing.sentences import told_in
from reports.printing.document import Sheet, one_line
from reports.printing.numbers import all_digits, rate
from reports.printing.table import Column, Table
from reports.records import Named, Record, _absent
from reports.words.assessing import WORDS
from scenarios.assessing.cells import Cell, Cells
from scenarios.wording import Language


class CappedRecord(Record):
    """A quantity of one city under its cap, in the rule set's unit, and its points."""

    exact_figure: str
    exact_cap: str
    points: float


class CellRecord(Named):
    """One city: cuts and what was due as fractions, the cell, its points."""

    cut: float
    due: float
    year_met: bool
    done: float
    path: float
    cumulative_met: bool
    cell: Cell
    points: float
    capped: CappedRecord | None = Field(default=None, exclude_if=_absent)

    @property
    def total(self) -> float:
        """Points of cell and cap together."""
        return self.points + (self.capped.points if self.capped else 0.0)


class CellsRecord(Record):
    """A whole assessment by four cells."""

    schema_version: Literal[1] = 1
    kind: Literal["cells"] = "cells"
    scenario: str
    year: int
    rules: Cells
    cities: tuple[CellRecord, ...]
    inputs: dict[str, str]
    created: str

    @field_serializer("rules")
    def _rules(self, rules: Cells) -> dict[str, Any]:
        """Return what a reader needs of the rule set, points as numbers."""
        said = rules.model_dump(mode="json", include={"name", "title", "source", "year", "printed_rates"})
        said["points"] = {cell: float(points) for cell, points in rules.points}
        if rules.cap is not None:
            cap = rules.cap
            steps = [{"over": float(step.over), "points": float(step.points)} for step in cap.steps]
            named = cap.model_dump(mode="json", include={"title", "unit"})
            said["cap"] = {**named, "within": float(cap.within), "steps": steps, "beyond": float(cap.beyond)}
        return said

    def disagreements(self) -> list[str]:
        """Return the ids of cities whose points do not follow from what the record holds."""
        return [city.id for city in self.cities if not self._follows(city)]

    def _follows(self, city: CellRecord) -> bool:
        cell, points = self.rules.points.of(city.year_met, city.cumulative_met)
        if (cell, float(points)) != (city.cell, city.points):
            return False
        if city.capped is None:
            return True
        figures = Fraction(city.capped.exact_figure), Fraction(city.capped.exact_cap)
        return self.rules.cap is not None and float(self.rules.cap.of(*figures)) == city.capped.points


def cells_statements(record: CellsRecord, language: Language) -> list[str]:
    """Return the points in sentences, a city each."""
    rules = record.rules
    said = {"year": record.year, "name": rules.name, "title": told_in(rules.title, language)}
    lines = [WORDS.say("cells_heading", language, **said), *(_city(record, city, language) for city in record.cities)]
    if rules.cap is not None and not any(city.capped for city in record.cities):
        lines.append(WORDS.say("cap_left_out", language, title=told_in(rules.cap.title, language)))
    lines.append(WORDS.say("printed_cuts" if rules.printed_rates else "exact_cuts", language))
    source = told_in(rules.source, language).rstrip("。.")
    return [*lines, WORDS.say("pass_fail_source", language, source=source, year=rules.year)]


def _city(record: CellsRecord, city: CellRecord, language: Language) -> str:
    return WORDS.say(
        "cells_city", language, name=one_line(city.label(language)), cut=rate(city.cut), due=rate(city.due),
        done=rate(city.done), path=rate(city.path), cell=WORDS.say(f"cell_{city.cell}", language),
        points=f"{city.points:g}", capped=_capped(record, city, language), total=f"{city.total:g}",
    )  # fmt: skip


def _capped(record: CellsRecord, city: CellRecord, language: Language) -> str:
    """Return what a city has of its cap, in words; nothing where no caps were given."""
    if city.capped is None or record.rules.cap is None:
        return ""
    cap = record.rules.cap
    return WORDS.say(
        "cells_cap", language, title=told_in(cap.title, language), unit=told_in(cap.unit, language),
        figure=all_digits(city.capped.exact_figure), cap=all_digits(city.capped.exact_cap),
        points=f"{city.capped.points:g}",
    )  # fmt: skip


def cells_sheet(record: CellsRecord, language: Language) -> Sheet:
    """Return the points as an official table, a row a city."""
    rows = [_row(record, city, language) for city in record.cities]
    columns = tuple(_column(record, code, language) for code in rows[0])
    caption, unit = WORDS.say("ranking_caption", language), WORDS.say("unit_ranking_cells", language)
    cells = tuple(tuple(row.values()) for row in rows)
    table = Table(columns, cells, "cells", caption, unit, tab=WORDS.say("sheet_ranking", language))
    statements = cells_statements(record, language)
    notes = tuple(statements[1 + len(record.cities) : -1])
    source = WORDS.say("source", language, source=told_in(record.rules.source, language).rstrip("。."))
    return Sheet(language, statements[0], (table,), WORDS.say("cells_checked", language), notes, source, record.created)


def _row(record: CellsRecord, city: CellRecord, language: Language) -> dict[str, str]:
    row = {
        "name": one_line(city.label(language)), "cut": rate(city.cut), "due": rate(city.due), "done": rate(city.done),
        "path": rate(city.path), "cell": WORDS.say(f"cell_{city.cell}", language), "points": f"{city.points:g}",
    }  # fmt: skip
    if city.capped is not None:
        row |= {
            "figure": all_digits(city.capped.exact_figure), "cap": all_digits(city.capped.exact_cap),
            "cap_points": f"{city.capped.points:g}", "sum": f"{city.total:g}",
        }  # fmt: skip
    return row


def _column(record: CellsRecord, code: str, language: Language) -> Column:
    if code in ("name", "cut", "due", "done", "path"):
        return Column(code, WORDS.say(f"ref_{code}", language), "" if code == "name" else "%",
                      kind="text" if code == "name" else "number", decimals=0 if code == "name" else 2)  # fmt: skip
    own = {"title": told_in(record.rules.cap.title, language)} if record.rules.cap else {}
    unit = told_in(record.rules.cap.unit, language) if record.rules.cap and code in ("figure", "cap") else ""
    label = WORDS.say("cells_cap_head" if code == "cap" else f"cells_{code}", language, **own)
    return Column(code, label, unit, kind="text" if code in ("cell", "figure", "cap") else "number")
