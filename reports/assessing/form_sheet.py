"""The form of scores to be filled in: a row an item, a column a city, every cell checked while it is typed.

The sheet of scores holds no formula: what is typed there is all that the reader looks at. How to score stands
on a sheet of its own; a third one adds up, live, what has been filled in.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from reports.assessing.sentences import told_in
from reports.printing.book import SHADED, Book, screen_font, widths
from reports.printing.document import one_line, places
from reports.words.assessing import WORDS
from scenarios.assessing.form import GROUNDS, HEADS
from scenarios.assessing.rules import ANNUAL, CUMULATIVE, RuleSet, ScoredItem, plain
from scenarios.schema_types import Words
from scenarios.tables.regions import Regions
from scenarios.wording import Language, listed

HEAD_ROW = 2
"""Row of the header on the sheet of scores, counted from 0."""

FIRST_CITY = len(HEADS)
"""Column of the first city, counted from 0."""

_MOST_MESSAGE, _MOST_TITLE = 255, 32
_GROUNDS_WIDTH = 40
_CRITERIA_WIDTHS = (7, 22, 28, 7, 64, 22, 30, 34)


def form_workbook(rules: RuleSet, regions: Regions, language: Language) -> bytes:
    """Return the form of a rule set for the regions of a scenario."""
    return _written(_ScoreForm(rules, [one_line(name) for name in regions.labels(language)], language))


def city_form(rules: RuleSet, city: str, language: Language) -> bytes:
    """Return the form of a rule set for one city, which says there on what its scores rest."""
    return _written(_ScoreForm(rules, [one_line(city)], language, alone=True))


def _written(form: _ScoreForm) -> bytes:
    form.scores()
    form.criteria()
    form.sums()
    return form.book.content()


class _ScoreForm:
    """Writes the three sheets."""

    def __init__(self, rules: RuleSet, cities: Sequence[str], language: Language, alone: bool = False) -> None:
        self.rules, self.language, self.cities, self.alone = rules, language, cities, alone
        title = self._say("form_title", title=told_in(rules.title, language))
        self.title = self._say("form_city_title", title=title, city=cities[0]) if alone else title
        self.book = Book(self.title, base=screen_font(language))
        self.text = self.book.style(text_wrap=True, valign="vcenter", bottom=4, bottom_color="#BFBFBF")
        self.figure = self.book.style(num_format="0.##", align="center", valign="vcenter", bottom=4)

    def _say(self, code: str, **values: object) -> str:
        return WORDS.say(code, self.language, **values)

    def _told(self, words: Words) -> str:
        """Return a text of the rule set."""
        return told_in(words, self.language)

    def _rows(self) -> list[tuple[str, ScoredItem]]:
        """Return the section's title with every item."""
        return [(self._told(section.title), item) for section in self.rules.sections for item in section.items]

    def scores(self) -> None:
        """Write the sheet to be filled in."""
        page = self.book.page(self._say("form_sheet_scores"), self.title, self._say("form_how"))
        page.set_row(HEAD_ROW, 34)
        page.repeat_rows(HEAD_ROW)
        page.freeze_panes(HEAD_ROW + 1, FIRST_CITY)
        english = self.language == "en"
        more = [GROUNDS[english]] if self.alone else []
        self.book.heads(page, HEAD_ROW, [*(heads[english] for heads in HEADS.values()), *self.cities, *more])
        widths(page, (9, 22, 30, 7, *[9] * len(self.cities), *([_GROUNDS_WIDTH] if more else [])))
        empty = self.book.style(**SHADED, border=4, border_color="#BFBFBF", align="center", valign="vcenter")
        said = self.book.style(**SHADED, border=4, border_color="#BFBFBF", text_wrap=True, valign="vcenter")
        for row, (section, item) in enumerate(self._rows(), start=HEAD_ROW + 1):
            self._stub(page, row, section, item)
            for n in range(len(self.cities)):
                page.write_blank(row, FIRST_CITY + n, None, empty)
            if more:
                page.write_blank(row, FIRST_CITY + 1, None, said)
            page.data_validation(row, FIRST_CITY, row, FIRST_CITY + len(self.cities) - 1, self._rule(item))

    def _stub(self, page: Any, row: int, section: str, item: ScoredItem) -> None:  # noqa: ANN401
        """Write what stands before the scores of an item."""
        title = self._told(item.title)
        page.write_string(row, 0, item.id, self.text)
        page.write_string(row, 1, section, self.text)
        page.write_string(row, 2, title, self.text)
        page.write_number(row, 3, float(item.points), self.figure)
        page.set_row(row, 17 * _lines((section, title), (22, 30)))

    def _rule(self, item: ScoredItem) -> dict[str, Any]:
        """Return what Excel lets pass, with the criterion shown beside the cell."""
        allowed = self._say("form_range", points=plain(item.points))
        rule: dict[str, Any] = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": item.points}
        choices = [plain(choice) for choice in item.choices]
        if choices:
            allowed = self._say("form_allowed", choices=listed(choices, self.language))
        if choices and len(",".join(choices)) <= _MOST_MESSAGE:
            rule = {"validate": "list", "source": choices}
        message = f"{allowed}\n{self._told(item.criteria)}"
        return rule | {
            "ignore_blank": True,
            "input_title": _cut(f"{item.id} {self._told(item.title)}", _MOST_TITLE),
            "input_message": _cut(message, _MOST_MESSAGE),
            "error_title": self._say("form_error"),
            "error_message": _cut(allowed, _MOST_MESSAGE),
        }

    def criteria(self) -> None:
        """Write the sheet that says what every item is for."""
        source = self._say("rules_source", source=self._told(self.rules.source), year=self.rules.year)
        page = self.book.page(self._say("form_sheet_criteria"), self.title, source)
        page.repeat_rows(HEAD_ROW)
        page.freeze_panes(HEAD_ROW + 1, 0)
        heads = [self._say("number"), *(HEADS[c][self.language == "en"] for c in ("section", "indicator", "points"))]
        heads += [self._say(code) for code in ("criteria", "departments", "evidence", "note")]
        widths(page, _CRITERIA_WIDTHS)
        self.book.heads(page, HEAD_ROW, heads)
        for row, cells in enumerate(self._explained(), start=HEAD_ROW + 1):
            for n, cell in enumerate(cells):
                page.write_string(row, n, cell, self.text)
            page.set_row(row, 17 * _lines(cells, _CRITERIA_WIDTHS))

    def _explained(self) -> list[tuple[str, ...]]:
        """Return the rows of that sheet, the two computed items first."""
        due = self.rules.completion
        rule = [self._say(f"completion_{part}") for part in ("rule", "departments", "evidence")]
        rows = [
            (number, self._say("completion_section"), self._say(code), plain(points), *rule, "")
            for number, code, points in (
                (ANNUAL, "annual_item", due.annual),
                (CUMULATIVE, "cumulative_item", due.cumulative),
            )
        ]
        for section in self.rules.sections:
            for n, item in enumerate(section.items):
                remarks = [note for note in (section.note if n == 0 else None, item.note) if note is not None]
                said = [self._told(part) for part in (item.criteria, item.departments, item.evidence)]
                stub = (item.id, self._told(section.title), self._told(item.title), plain(item.points))
                rows.append((*stub, *said, " ".join(self._told(note) for note in remarks)))
        return rows

    def sums(self) -> None:
        """Write the sheet that adds up what has been filled in."""
        count, whole = len(self.rules.items), sum((item.points for item in self.rules.items), Decimal(0))
        page = self.book.page(self._say("form_sheet_sums"), self.title, self._say("form_of", n=count))
        page.freeze_panes(HEAD_ROW + 1, 1)
        page.set_row(HEAD_ROW, 48)
        page.set_column(0, 0, 18)
        page.set_column(1, len(self.rules.sections) + 2, 12)
        sections = [f"{self._told(s.title)} ({plain(s.points)})" for s in self.rules.sections]
        heads = [self._say("name"), self._say("form_filled"), *sections]
        heads.append(self._say("form_sum", points=plain(whole)))
        self.book.heads(page, HEAD_ROW, heads)
        sheet = "'" + self._say("form_sheet_scores") + "'!"
        for n, city in enumerate(self.cities):
            row, at = HEAD_ROW + 1 + n, FIRST_CITY + n
            page.write_string(row, 0, city, self.text)
            first = HEAD_ROW + 1
            everything = sheet + xl_range_abs(first, at, first + count - 1, at)
            page.write_formula(row, 1, f"=COUNT({everything})", self.figure, 0)
            for k, section in enumerate(self.rules.sections, start=2):
                part = sheet + xl_range_abs(first, at, first + len(section.items) - 1, at)
                page.write_formula(row, k, f"=SUM({part})", self.figure, 0)
                first += len(section.items)
            last = len(self.rules.sections) + 1
            added = f"=SUM({xl_rowcol_to_cell(row, 2)}:{xl_rowcol_to_cell(row, last)})"
            page.write_formula(row, last + 1, added, self.figure, 0)


def _cut(text: str, most: int) -> str:
    """Return a text in the room that Excel gives it."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _lines(texts: Sequence[str], widths: Sequence[float]) -> int:
    """Return how many lines the longest of the texts takes in its column."""
    return max(1 + int(places(text) * 1.1 // width) for text, width in zip(texts, widths, strict=True))
