"""The template of a scenario: one workbook, or scenario.yaml with comments and regions.xlsx, to be filled in.

The sheet of data has title and one note a column above its header, where the reader of tables does not
look; below the header stands an example row by whose code and name the reader knows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from reports.printing.book import GREY, SHADED, Book, screen_font, widths
from reports.saving.book import Contents, scenario_workbook
from reports.words import LABELS
from scenarios.tables.regions import EXAMPLE
from scenarios.wording import Language, colon, shown_width

HEAD_ROW = 3
"""Row of the header on the sheet of data, counted from 0."""

ROWS = 200
"""How many rows below the header are checked while they are typed."""

_SHADED = 30
_PER_CENT = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 99}
_POSITIVE = {"validate": "decimal", "criteria": ">", "value": 0}
_NUMBER = {"validate": "decimal", "criteria": "between", "minimum": -1e14, "maximum": 1e14}


@dataclass(frozen=True)
class _Field:
    """One column to fill: its code in `LABELS`, an example, what Excel lets pass, and whether it is needed."""

    code: str
    example: str | float
    rule: dict[str, Any] | None = None
    needed: bool = True
    pattern: str = "General"


_COLUMNS = (
    _Field("id", "", {"validate": "custom"}, pattern="@"),
    _Field("name", "", {"validate": "custom"}, pattern="@"),
    _Field("name_en", "Example City", needed=False, pattern="@"),
    _Field("emissions", 3089, _POSITIVE),
    _Field("gdp", 2298.62, _POSITIVE),
    _Field("growth", 1.35, {"validate": "decimal", "criteria": "between", "minimum": 0.5, "maximum": 5}),
    _Field("lower", "", _PER_CENT, needed=False),
    _Field("upper", "", _PER_CENT, needed=False),
    _Field("group", "", needed=False, pattern="@"),
    _Field("income", 66749, _POSITIVE),
    _Field("profit", 158.3, _NUMBER),
    _Field("industry", 1300.11, _NUMBER),
    _Field("energy", 1862.5, _NUMBER),
    _Field("coal", 903.4, _NUMBER),
    _Field("fiscal", 146.68, _NUMBER),
    _Field("tertiary", 36.17, {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}),
)


_GUIDE = (30.0, 10.0, 70.0)
"""Widths of the columns of the sheet that explains."""
_KEYS, _NEEDED = ("target", "cap", "reserve", "caps"), ("target", "cap")
"""Keys of both targets, and which of them are needed."""
PERIODS = ("15fyp",)
"""Periods that a scenario can be begun for; of the 15th five-year plan both targets are asked."""


def scenario_text(name: str, language: Language, period: str | None = None) -> str:
    """Return the text of scenario.yaml for a scenario of this name, for one of `PERIODS` or any."""
    folder = files("reports") / "templates" / "scenario"
    asked = "period" if period is None else f"period-{period}"
    source, years = ((folder / f"{part}.{language}.yaml").read_text("utf-8") for part in ("scenario", asked))
    return source.format(name=name, period=years)


def regions_workbook(language: Language, period: str | None = None) -> bytes:
    """Return regions.xlsx, ready to be filled in, for a scenario of one of `PERIODS` or any."""
    book = Book(LABELS.say("template_title", language), base=screen_font(language))
    blank = _BlankRegions(book, language, period)
    blank.data()
    blank.guide()
    return book.content()


def blank_workbook(values: Mapping[str, Any], language: Language, period: str | None = None) -> bytes:
    """Return a scenario workbook to be filled in, with what a template says already, for one of `PERIODS` or any."""
    said = {key: value for key, value in values.items() if key != "regions"}
    contents = Contents(said, more=() if period is None else tuple(_about(period, language)))
    return scenario_workbook(contents, language, lambda book: _BlankRegions(book, language).data())


def _about(period: str, language: Language) -> Iterator[str]:
    """Yield what the sheet that explains says of a period: both targets, and what is filled in for nobody."""
    yield from LABELS.say(f"template_about_{period}", language).split("|")
    for key in _KEYS:
        what, note = (LABELS.say(f"template_key_{key}{part}", language) for part in ("", "_note"))
        yield f"{what}{colon(language)}{note}"


class _BlankRegions:
    """Writes the two sheets."""

    def __init__(self, book: Book, language: Language, period: str | None = None) -> None:
        self.book, self.language, self.period = book, language, period

    def _say(self, code: str) -> str:
        return LABELS.say(code, self.language)

    def _heads(self, column: _Field) -> list[str]:
        """Return the headers to choose from, the first to begin with; only the unit differs."""
        return self._say(f"template_{column.code}").split("|")

    def data(self) -> None:
        """Write the sheet to be filled in."""
        how = self._say("template_how")
        page = self.book.page(self._say("template_sheet_data"), self._say("template_title"), how, grid=True)
        page.repeat_rows(HEAD_ROW)
        page.freeze_panes(HEAD_ROW + 1, 2)
        page.set_row(2, 76)
        page.set_row(HEAD_ROW, 34)
        for n, column in enumerate(_COLUMNS):
            self._column(page, n, column)

    def _column(self, page: Any, n: int, column: _Field) -> None:  # noqa: ANN401  (an XlsxWriter worksheet)
        """Write note, header, example and the checks of one column."""
        heads, note = self._heads(column), self._say(f"template_{column.code}_note")
        needed = self._say("template_needed" if column.needed else "template_optional")
        tint = SHADED if column.needed else {}
        page.set_column(n, n, 18)
        small = self.book.style(text_wrap=True, valign="top", font_size=9, font_color=GREY)
        page.write_string(HEAD_ROW - 1, n, f"{needed}{note}", small)
        head = self.book.style(bold=True, text_wrap=True, align="center", valign="vcenter", top=2, bottom=1, **tint)
        page.write_string(HEAD_ROW, n, heads[0], head)
        if len(heads) > 1:
            page.data_validation(HEAD_ROW, n, HEAD_ROW, n, self._list(heads, strict=True))
        self._example(page, n, column)
        cell = self.book.style(num_format=column.pattern, border=4, border_color="#BFBFBF", **tint)
        for row in range(HEAD_ROW + 2, HEAD_ROW + 2 + _SHADED):
            page.write_blank(row, n, None, cell)
        rule = self._rule(n, column, note)
        if rule:
            page.data_validation(HEAD_ROW + 2, n, HEAD_ROW + ROWS, n, rule)

    def _example(self, page: Any, n: int, column: _Field) -> None:  # noqa: ANN401
        grey = self.book.style(italic=True, font_color="#7F7F7F", bg_color="#EDEDED", num_format=column.pattern)
        marks = dict(zip(("id", "name"), EXAMPLE[self.language], strict=True))
        value = marks.get(column.code, column.example)
        if isinstance(value, str):
            page.write_string(HEAD_ROW + 1, n, value, grey)
        else:
            page.write_number(HEAD_ROW + 1, n, value, grey)

    def _list(self, values: Sequence[str], strict: bool) -> dict[str, Any]:
        """Return a drop-down; without `strict` other values pass too."""
        return {"validate": "list", "source": list(values), "error_type": "stop" if strict else "information"}

    def _rule(self, n: int, column: _Field, note: str) -> dict[str, Any] | None:
        """Return what Excel checks in a column, with its note shown beside the cell."""
        shown = {
            "input_title": self._heads(column)[0].partition("（")[0].partition(" (")[0][:32],
            "input_message": note[:255],
            "error_title": self._say("template_error"),
            "error_message": note[:255],
        }
        if column.code == "group":
            return self._list(self._say("template_groups").split("|"), strict=False) | shown
        if column.rule is None:
            return None
        if column.rule["validate"] != "custom":
            return column.rule | shown
        letter, first = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n], HEAD_ROW + 3
        once = f"=COUNTIF(${letter}${first}:${letter}${HEAD_ROW + ROWS + 1},{letter}{first})=1"
        return {"validate": "custom", "value": once} | shown

    def guide(self) -> None:
        """Write the sheet that explains."""
        page = self.book.page(self._say("template_sheet_guide"), self._say("template_title"), high=1)
        widths(page, _GUIDE)
        wrap = self.book.style(text_wrap=True, valign="top")
        steps = self._say("template_steps" if self.period is None else f"template_steps_{self.period}").split("|")
        for row, text in enumerate(steps, start=1):
            page.merge_range(row, 0, row, 2, "", wrap)
            page.write_string(row, 0, text, wrap)
            page.set_row(row, _height(text, sum(_GUIDE)))
        top = len(steps) + 2
        if self.period is not None:
            keys = [(self._say(f"template_key_{key}"), key in _NEEDED, f"template_key_{key}_note") for key in _KEYS]
            top = self._table(page, top, "template_keys_heads", keys) + 1
        columns = [(self._heads(c)[0], c.needed, f"template_{c.code}_note") for c in _COLUMNS]
        self._table(page, top, "template_guide_heads", columns)

    def _table(self, page: Any, top: int, heads: str, rows: Sequence[tuple[str, bool, str]]) -> int:  # noqa: ANN401
        """Write what is to be filled in, whether it is needed, and its note; return the row below."""
        wrap = self.book.style(text_wrap=True, valign="top")
        for n, head in enumerate(self._say(heads).split("|")):
            page.write_string(top, n, head, self.book.style(bold=True, top=2, bottom=1))
        for row, (what, needed, note) in enumerate(rows, start=top + 1):
            page.write_string(row, 0, what, wrap)
            page.write_string(row, 1, self._say("template_yes" if needed else "template_no"), wrap)
            page.write_string(row, 2, self._say(note), wrap)
            page.set_row(row, _height(self._say(note), _GUIDE[2]))
        return top + len(rows) + 1


def _height(text: str, width: float) -> float:
    """Return how high a row with a text is in a column so wide."""
    return max(24.0, 15.0 * -(-shown_width(text) // int(width * 0.95)))
