"""Reads what an office enters for an assessment by indicators, or for a quantity of each region under a cap.

Nothing need be entered: what is not there stays open.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from scenarios.assessing.pass_fail import FALSIFIED, Computed, Part, PassFail
from scenarios.errors import Collector, Finding
from scenarios.sense.asking import NO_ANSWERS, Answers, question, table_of
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import Regions
from scenarios.tables.rows import Row, TableReader, above_zero
from scenarios.tables.sheets import read_sheet
from scenarios.wording import Text

ENTRY_HEADS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "item": ("指标编号", "indicator no."),
        "group": ("类别", "group"),
        "indicator": ("指标", "indicator"),
        "unit": ("单位", "unit"),
        "condition": ("完成条件", "met when"),
        "figure": ("实际", "actual"),
        "target": ("目标", "target"),
        "result": ("结果", "result"),
        "evidence": ("依据", "evidence"),
    }
)
"""Columns of the form: code -> header in Chinese and English."""

RESULTS: Mapping[bool, tuple[str, str]] = MappingProxyType({True: ("完成", "met"), False: ("未完成", "missed")})
ANSWERS: Mapping[bool, tuple[str, str]] = MappingProxyType({True: ("是", "yes"), False: ("否", "no")})
"""What is written where an office judges, or says whether figures were falsified."""

CAP_HEADS = {code: ENTRY_HEADS[code] for code in ("figure", "target")}
_NAMES = {head: code for code, heads in ENTRY_HEADS.items() for head in heads}
_SEPARATOR = "、"
_SLIP = 100
"""A per cent that was written as a fraction is that many times off."""
_DIGIT = 10
"""An amount of which a digit is lost, or which is in another unit, is at least that many times off."""


@dataclass(frozen=True)
class Entry:
    """What was entered of one part; figures in its unit, per cent as per cent."""

    figure: Decimal | None = None
    target: Decimal | None = None
    result: bool | None = None  # As the office judges it
    evidence: str = ""
    cells: Mapping[str, Cell] = field(default_factory=dict)  # Of figure and target, by column


@dataclass(frozen=True)
class Entries:
    """Everything that was entered."""

    parts: Mapping[str, Entry]  # By id; what is not there is open
    falsified: str  # The evidence that figures were falsified; ``""``: they were not
    source: InputFile
    notices: tuple[Finding, ...] = ()  # What must be said with them


@dataclass(frozen=True)
class CapEntries:
    """An actual figure and a cap for every region, exact; and the file they were read from."""

    figures: tuple[tuple[Fraction, Fraction], ...]  # In the order of the scenario
    source: InputFile
    notices: tuple[Finding, ...] = ()  # What must be said with them


@in_all_digits
def read_entries(
    path: Path, rules: PassFail, computed: Collection[str], answers: Answers = NO_ANSWERS
) -> Entries:  # fmt: skip
    """Read a filled form (xlsx or csv).

    `computed`: names of figures that are computed (`Computed.name`), so that only targets may be entered for them.
    `answers`: to what is asked about figures that are far from each other, or from what they usually are.
    Raises InputError: every cell with something that cannot be, rows that name no part or one twice.
    """
    sheet, source = read_sheet(path, ("item", "figure", "target", "result", "evidence"), _NAMES)
    reader = _EntryReader(sheet, rules, computed)
    entries = reader.entries()
    answers.ask(reader.questions, reader.collector)
    reader.collector.raise_errors()
    falsified = entries.pop(FALSIFIED, Entry())
    evidence = falsified.evidence if falsified.result else ""
    return Entries(MappingProxyType(entries), evidence, source, reader.collector.notices)


class _EntryReader(TableReader):
    """Reads a row a part; what cannot be read is noted and stays open."""

    def __init__(self, sheet: Sheet, rules: PassFail, computed: Collection[str]) -> None:
        super().__init__(sheet, Collector())
        self.parts, self.computed = rules.parts, computed
        self.questions: list[Finding] = []
        self.once(("item", "figure", "target", "result", "evidence"), ())

    def entries(self) -> dict[str, Entry]:
        """Return the entries of all rows by id."""
        found: dict[str, Entry] = {}
        seen: dict[str, Cell] = {}
        for row in self.sheet.rows:
            cell = self.needed(row, "item")
            name = cell.text
            if not name:
                if any(each.text for each in row):
                    self.note("assess_no_item", cell)
            elif name not in self.parts and name != FALSIFIED:
                self.note("assess_unknown_item", cell, found=name, known=_SEPARATOR.join((*self.parts, FALSIFIED)))
            elif name in seen:
                self.note("region_twice", cell, found=name, first=seen[name].place.inside)
            else:
                seen[name] = cell
                found[name] = self._entry(row, self.parts.get(name))
        return found

    def _entry(self, row: Row, part: Part | None) -> Entry:
        """Return what a row enters; `part` is None for the row about falsified figures."""
        cells = {code: self.needed(row, code) for code in ("figure", "target", "result", "evidence")}
        given = [code for code in ("figure", "target") if cells[code].text]
        if self._only_computed(part, cells):
            return Entry()
        if part is None or part.source == "judged" or part.met is None:
            for code in given:
                self.note("entry_judged", cells[code], found=cells[code].text)
            given = []
        self._own(part, cells)
        result = self._result(cells, ANSWERS if part is None else RESULTS, bool(given))
        figures = {code: self._figure(cells[code], part) for code in given}
        if part is not None:
            self._doubt(cells, figures, part)
        places = {code: cells[code] for code in given}
        return Entry(figures.get("figure"), figures.get("target"), result, cells["evidence"].text, places)

    def _only_computed(self, part: Part | None, cells: Mapping[str, Cell]) -> bool:
        """Return whether a part has neither figure nor target and is computed; whatever stands in its row is noted."""
        source = part.source if part is not None else None
        if not isinstance(source, Computed) or source.compares or source.name not in self.computed:
            return False
        for cell in cells.values():
            if cell.text:
                self.note("entry_found", cell, found=cell.text)
        return True

    def _own(self, part: Part | None, cells: Mapping[str, Cell]) -> None:
        """Note a figure or a result where both are computed."""
        if part is None or not isinstance(part.source, Computed) or part.source.name not in self.computed:
            return
        for code in ("figure", "result"):
            if cells[code].text:
                self.note("entry_computed", cells[code], found=cells[code].text)

    def _result(self, cells: Mapping[str, Cell], known: Mapping[bool, tuple[str, str]], figures: bool) -> bool | None:
        """Return what the office judges; it says what that rests on, and enters no figures beside."""
        cell = cells["result"]
        if not cell.text:
            return None
        found = next((meant for meant, words in known.items() if cell.text.lower() in words), None)
        if found is None:
            self.note(
                "entry_result", cell, found=cell.text, needed=" / ".join(w for words in known.values() for w in words)
            )
        elif figures:
            self.note("entry_both", cell, found=cell.text)
        elif not cells["evidence"].text and (known is RESULTS or found):
            self.note("entry_evidence", cells["evidence"])
        return found

    def _figure(self, cell: Cell, part: Part | None) -> Decimal | None:
        """Return a number; per cent are for parts in per cent, and none of these is above 100."""
        read = self.number(cell)
        if read is None or part is None:
            return None
        number, per_cent = read
        if per_cent and not part.in_per_cent:
            self.note("percent_here", cell, found=cell.text)
        elif part.in_per_cent and abs(number) > 100:
            self.note("entry_share", cell, found=cell.text)
        elif not part.in_per_cent and number < 0:
            self.note("entry_negative", cell, found=cell.text)
        return number

    def _doubt(self, cells: Mapping[str, Cell], figures: Mapping[str, Decimal | None], part: Part) -> None:
        """Ask of an actual and a target far apart, else of a target that is none of the part's usual figures."""
        figure, target = figures.get("figure"), figures.get("target")
        if target is None:
            return
        table = table_of(self.sheet.place)
        most = _SLIP // 2 if part.in_per_cent else _DIGIT
        if figure and target and _far_apart(Fraction(figure), Fraction(target), most):
            code = "entry_slip" if part.in_per_cent else "entry_apart"
            said = {"found": cells["figure"].text, "target": cells["target"].text}
            self.questions.append(question(code, f"entry-slip:{table}:{part.id}", cells["figure"].place, **said))
        elif part.usual is not None and not part.is_usual(target):
            code = "entry_fraction" if part.in_per_cent else "entry_unusual"
            unit = Text(part.unit.zh, part.unit.en) if part.unit else ""
            asked, place = f"entry-usual:{table}:{part.id}", cells["target"].place
            shown = {"found": cells["target"].text, "usual": part.usual.shown}
            self.questions.append(question(code, asked, place, **shown, unit=unit))


def _far_apart(figure: Fraction, target: Fraction, most: int) -> bool:
    """Return whether one of two figures, signs apart, is `most` times the other or more."""
    return not Fraction(1, most) < abs(figure / target) < most


@in_all_digits
def read_capped(path: Path, regions: Regions, answers: Answers = NO_ANSWERS) -> CapEntries:
    """Read a table `region, actual, target` (xlsx or csv) with a row for every region.

    `answers`: to what is asked about figures that are far from each other.
    Raises InputError: everything that is wrong, with its cell.
    """
    sheet, source = read_sheet(path, ("name", "figure", "target"), _NAMES)
    reader = TableReader(sheet, Collector())
    reader.once(("name", "figure", "target"), ())
    found: dict[int, tuple[Fraction, Fraction]] = {}
    seen: dict[int, Cell] = {}
    questions: list[Finding] = []
    for row in sheet.rows:
        if reader.no_ones(row) or reader.is_whole(row, ()):
            continue
        position = reader.region(row, regions.index)
        figures = [reader.amount(reader.needed(row, code), fits=above_zero) for code in ("figure", "target")]
        cell = reader.named(row)
        if position is not None and position in seen:
            reader.note("region_twice", cell, found=cell.text, first=seen[position].place.inside)
        elif position is not None:
            seen[position] = cell
            found[position] = (Fraction(figures[0] or 1), Fraction(figures[1] or 1))
            if None not in figures and _far_apart(*found[position], _DIGIT):
                own, cap = (reader.needed(row, code) for code in ("figure", "target"))
                asked = f"entry-slip:{table_of(sheet.place)}:{regions.names[position]}"
                questions.append(question("entry_apart", asked, own.place, found=own.text, target=cap.text))
    missing = [name for n, name in enumerate(regions.names) if n not in seen]
    if missing:
        reader.collector.error("entry_regions", replace(sheet.place), missing=_SEPARATOR.join(missing))
    answers.ask(questions, reader.collector)
    reader.collector.raise_errors()
    return CapEntries(tuple(found[n] for n in range(len(regions))), source, reader.collector.notices)
