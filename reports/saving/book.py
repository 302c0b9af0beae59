"""A scenario as one workbook: the sheets that `scenarios.file.book` reads, with all that can be chosen and its help."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reports.printing.book import GREY, SHADED, Book, screen_font, widths
from reports.saving.rows import Row, entry_rows, indicator_rows, section_row, settings_rows
from reports.saving.tables import Rows, number_in
from reports.words.settings import HELP, TEXTS
from scenarios.file.book.cells import Written, choices_in_words, name_in_words, names_in_words, written
from scenarios.file.book.sheets import (
    ANSWERS,
    CRITERION,
    DATA,
    GUIDE,
    HEADS,
    INDICATORS,
    ITEM,
    JUDGEMENTS,
    LAST,
    LEVEL,
    OVER,
    PART,
    PUBLISHED,
    RULES,
    SETTINGS,
    SHEETS,
    WEIGHT,
    WHO,
    columns_of,
    heading,
    label_of,
    title_of,
)
from scenarios.file.book.slots import Slot, judgement_slots, rule_slots, settings_slots
from scenarios.file.judgements import CRITERIA
from scenarios.file.quantity import usual_of
from scenarios.findings.keys import KEYS
from scenarios.findings.setting_units import UNITS
from scenarios.wording import Catalogue, Language

if TYPE_CHECKING:
    from reports.saving.judged import Block

WORDS = Catalogue(TEXTS)
_SPARE = 12
"""Empty rows below those that are filled in."""
_TOP = 3
"""Row of the headers, counted from 0."""
_LISTED = 255  # characters of a drop-down
_BLANKS: Mapping[str, str] = {"rate": "0.00%", "number": "General", "whole": "0"}
_WRAPPED: dict[str, object] = {"text_wrap": True, "valign": "top"}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Contents:
    """What is put into a scenario workbook."""

    values: Mapping[str, Any]  # The scenario, plain values; tables that have a sheet of their own by its title
    tables: Mapping[str, Rows] = field(default_factory=dict)  # Title of a sheet -> the table on it
    copy: bool = False  # Whether it stands beside results, under titles that say so
    more: tuple[str, ...] = ()  # Lines of the sheet that explains, behind its own


def scenario_workbook(
    contents: Contents, language: Language, data: Callable[[Book], None] | None = None
) -> bytes:  # fmt: skip
    """Return a scenario as a workbook; `data` writes the sheet of the regions where it is no table that is given."""
    title = contents.values.get("title")
    named = title.get(language) or title.get("zh") if isinstance(title, dict) else title
    book = Book(str(named or ""), base=screen_font(language))
    write_sheets(book, contents, language, data)
    return book.content()


def write_sheets(
    book: Book, contents: Contents, language: Language, data: Callable[[Book], None] | None = None
) -> None:
    """Write the sheets of a scenario into a workbook."""
    sheets = _Sheets(book, contents, language)
    sheets.settings()
    sheets.indicators()
    if not contents.copy or contents.values.get("judgements"):
        sheets.judgements()
    if data is not None:
        data(book)
    else:
        sheets.table(DATA)
    sheets.entries(RULES, contents.values.get("rules"))
    sheets.table(LAST)
    sheets.table(PUBLISHED)
    for name in contents.tables:
        if name not in map(sheets.title, (DATA, LAST, PUBLISHED)):
            sheets.rows(name, contents.tables[name])
    sheets.entries(ANSWERS, contents.values.get("accept"))
    if not contents.copy:
        sheets.guide()


class _Sheets:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Book, contents: Contents, language: Language) -> None:
        self.book, self.contents, self.language = book, contents, language

    def _say(self, code: str) -> str:
        return WORDS.say(code, self.language)

    def title(self, kind: str) -> str:
        """Return the title of a sheet."""
        return title_of(kind, self.language, self.contents.copy)

    def _page(self, kind: str, how: str, grid: bool = True) -> Any:  # noqa: ANN401  (an XlsxWriter worksheet)
        page = self.book.page(self.title(kind), SHEETS[kind].say(self.language), how and self._say(how), grid=grid)
        page.freeze_panes(_TOP + 1, 0)
        page.repeat_rows(_TOP)
        return page

    def settings(self) -> None:
        """Write a row a setting, in sections."""
        page = self._page(SETTINGS, "settings_how")
        self.book.heads(page, _TOP, [head.say(self.language) for head in HEADS.values()])
        widths(page, (30, 14, 34, 9, 34, 16, 60, 30))
        row, section = _TOP, ""
        for each in settings_rows(self.contents.values):
            if each.slot.path[0] != section:
                section = each.slot.path[0]
                if len(each.slot.path) > 1:
                    row += 1
                    page.merge_range(row, 0, row, 7, "", self._band())
                    page.write_string(row, 0, self._section(section), self._band())
            row += 1
            self._setting(page, row, each)

    def _band(self) -> Any:  # noqa: ANN401
        return self.book.style(bold=True, bg_color="#E8EEF4")

    def _section(self, key: str) -> str:
        return f"【{KEYS.get(key, key)}】" if self.language == "zh" else key.replace("_", " ")

    def _setting(self, page: Any, row: int, each: Row) -> None:  # noqa: ANN401
        """Write one setting: what it is, its value, and what helps to give it."""
        slot, small = each.slot, self.book.style(font_color=GREY, font_size=9, **_WRAPPED)
        page.write_string(row, 0, label_of(slot.path, self.language), self.book.style(**_WRAPPED))
        look = SHADED if slot.needed and not slot.named and slot.key != "regions" else {}
        border = {"border": 1, "border_color": "#BFBFBF"}
        if slot.named:
            name, names = name_in_words(each.name, slot, self.language), names_in_words(slot, self.language)
            page.write_string(row, 1, name, self.book.style(num_format="@", **border))
            if names:
                page.data_validation(row, 1, row, 1, {"validate": "list", "source": names})
        self._value(page, row, 2, slot, each.value, {**border, **look, **_WRAPPED})
        for column, text in enumerate((self._unit(slot), self._choices(slot), self._default(slot)), 3):
            page.write_string(row, column, text, small)
        page.write_string(row, 6, HELP[slot.key].say(self.language) if slot.key in HELP else "", small)
        page.write_string(row, 7, slot.key, self.book.style(font_color="#A6A6A6", font_size=8))

    def _unit(self, slot: Slot) -> str:
        if slot.kind == "rate":
            return "%"
        return UNITS[slot.key].say(self.language) if slot.key in UNITS else ""

    def _choices(self, slot: Slot) -> str:
        return "、".join(choices_in_words(slot, self.language))

    def _default(self, slot: Slot) -> str:
        """Return what an empty cell stands for."""
        if slot.key == "regions":
            return self._say("data_default")
        usual = usual_of(self.contents.values.get("quantity")).get(slot.path[0], {})
        default = usual.get(slot.path[-1], slot.default)
        if default in (None, "", []):
            return ""
        number = slot.kind in ("rate", "number", "whole") and isinstance(default, str) and not default.endswith("%")
        shown = written(Decimal(str(default)) if number else default, slot, self.language)
        if isinstance(shown.value, str):
            return shown.value
        return f"{(shown.value * 100).normalize():f}%" if shown.pattern.endswith("%") else f"{shown.value:f}"

    def _value(
        self,
        page: Any,  # noqa: ANN401
        row: int,
        column: int,
        slot: Slot | None,
        value: object,
        look: Mapping[str, object],
    ) -> None:
        """Write a value, or an empty cell with the format that it is to have, and what can be chosen."""
        if value is None:
            pattern = _BLANKS.get("" if slot is None else slot.kind, "@")
            page.write_blank(row, column, None, self.book.style(num_format=pattern, **look))
        else:
            shown = Written(str(value)) if slot is None else written(value, slot, self.language)
            style = self.book.style(num_format=shown.pattern, **look)
            if isinstance(shown.value, str):
                page.write_string(row, column, shown.value, style)
            else:
                page.write_number(row, column, float(shown.value), style)
        words = [] if slot is None else choices_in_words(slot, self.language)
        if words and len(",".join(words)) <= _LISTED:
            strict = slot is not None and slot.closed
            rule = {"validate": "list", "source": words, "error_type": "stop" if strict else "information"}
            page.data_validation(row, column, row, column, rule)

    def indicators(self) -> None:
        """Write a row an indicator, with sums of weights that follow what is typed."""
        page = self._page(INDICATORS, "indicators_how")
        columns, rows = columns_of(INDICATORS), [*indicator_rows(self.contents.values)]
        heads = [heading(INDICATORS, key, self.language) for key in columns]
        self.book.heads(page, _TOP, [*heads, self._say("weights_within")])
        page.set_row(_TOP, 30)
        widths(page, [14] * len(columns) + [16])
        self._grid(page, columns, rows)
        first, last = _TOP + 2, _TOP + 1 + len(rows) + _SPARE
        keys = list(columns)
        own, inner, whose = (
            _LETTERS[keys.index(key)] for key in ("*.weight", "*.indicators.*.weight", CRITERION)
        )  # fmt: skip
        given = [Decimal(str(row["*.weight"])) for row in rows if _is_number(row.get("*.weight"))]
        judged = not given and CRITERIA in (self.contents.values.get("judgements") or {})
        total = sum(given, Decimal(0))
        page.write_string(2, 0, self._say("weights_sum"), self.book.style(bold=True))
        at = keys.index("*.weight")
        page.write_formula(2, at, f"=SUM({own}{first}:{own}{last})", self.book.style(bold=True), float(total))
        yes, scaled, no = map(self._say, ("weights_one", "weights_scaled", "weights_not_one"))
        settings, word = self.title(SETTINGS), choices_in_words(_flag(), self.language)[0]
        normal = f"INDEX('{settings}'!$C:$C,MATCH(\"normalize\",'{settings}'!$H:$H,0))=\"{word}\""
        no = self._say("weights_judged") if judged else no
        formula = f'=IF(ABS({own}3-1)<0.000000001,"{yes}",IF({normal},"{scaled}","{no}"))'
        shown_sum = yes if total == 1 else scaled if self.contents.values.get("normalize") is True else no
        page.write_formula(2, at + 1, formula, self.book.style(font_color=GREY), shown_sum)
        for n in range(len(rows) + _SPARE):
            line, name = first + n, rows[n][CRITERION] if n < len(rows) else ""
            within = [row.get("*.indicators.*.weight") for row in rows if name and row[CRITERION] == name]
            inside = sum((Decimal(str(each)) for each in within if _is_number(each)), Decimal(0))
            sums = f"SUMIF({whose}${first}:{whose}${last},{whose}{line},{inner}${first}:{inner}${last})"
            shown: float | str = float(inside) if name and inside else ""
            text = f'=IF(OR({whose}{line}="",{sums}=0),"",{sums})'
            page.write_formula(line - 1, len(columns), text, self.book.style(font_color=GREY), shown)

    def judgements(self) -> None:
        """Write a block of rows a matrix, the half below the diagonal by formulas, or a set of weights."""
        from reports.saving.judged import blocks  # most workbooks of results have none

        page = self._page(JUDGEMENTS, "judgements_how")
        columns = columns_of(JUDGEMENTS)
        self.book.heads(page, _TOP, [heading(JUDGEMENTS, key, self.language) for key in columns])
        page.set_row(_TOP, 30)
        widths(page, [16, 14, 8, 18, *[9] * len(OVER), 10, *[12] * len(judgement_slots())])
        row = _TOP + 1
        for block in blocks(self.contents.values, prepared=not self.contents.copy):
            row = self._block(page, row, block, [*columns]) + 1

    def _block(self, page: Any, row: int, block: Block, keys: Sequence[str]) -> int:  # noqa: ANN401
        """Write one block from a row on; returns the row behind it."""
        at, border = keys.index, {"border": 4, "border_color": "#BFBFBF"}
        number, bold = Slot((PART,), "number"), self.book.style(bold=True, num_format="@", bg_color="#E8EEF4")
        if block.level:
            page.write_string(row, at(LEVEL), block.level, bold)
            said = section_row(block.own, judgement_slots())
            for slot in judgement_slots():
                self._value(page, row, at(slot.key), slot, said.get(slot.key), border)
        if block.who:
            self._value(page, row, at(WHO), Slot((WHO,), "text"), block.who, {"bold": True, "bg_color": "#E8EEF4"})
            self._value(page, row, at(PART), number, block.share, border)
        for n, name in enumerate(block.names):
            page.write_string(row + 1 + n, at(ITEM), name, self.book.style(num_format="@", **border))
            if block.weights is not None:
                self._value(page, row + 1 + n, at(WEIGHT), number, block.weights[name], border)
        if block.weights is None:
            self._matrix(page, row, block, (at(ITEM), at(OVER[0])))
        return row + 1 + len(block.names)

    def _matrix(self, page: Any, row: int, block: Block, columns: tuple[int, int]) -> None:  # noqa: ANN401
        """Write the cells of a matrix below a row that names its columns."""
        from reports.saving.judged import judgement_text, reciprocal_formula, scale

        item, first = columns
        look = {"align": "center", "border": 1, "border_color": "#BFBFBF"}
        grey, open_cell = ({**look, "font_color": GREY}, {**look, **SHADED, "num_format": "@"})
        for k, name in enumerate(block.names):
            formula = f"=${_LETTERS[item]}${row + 2 + k}"
            page.write_formula(row, first + k, formula, self.book.style(bold=True, align="center", shrink=True), name)
            for n in range(len(block.names)):
                value = None if block.matrix is None else block.matrix[n][k]
                cell = (row + 1 + n, first + k)
                if n == k:
                    page.write_string(*cell, "1", self.book.style(**grey))
                elif n > k:
                    across = f"{_LETTERS[first + n]}{row + 2 + k}"
                    shown = "" if value is None else judgement_text(value)
                    page.write_formula(*cell, reciprocal_formula(across), self.book.style(**grey), shown)
                else:
                    style = self.book.style(**open_cell)
                    if value is None:
                        page.write_blank(*cell, None, style)
                    else:
                        page.write_string(*cell, judgement_text(value), style)
                    rule = {"validate": "list", "source": scale(), "error_type": "information"}
                    page.data_validation(*cell, *cell, rule)

    def entries(self, kind: str, entries: object) -> None:
        """Write a row an entry of a list."""
        page = self._page(kind, {RULES: "rules_how", ANSWERS: "answers_how"}[kind])
        columns, rows = columns_of(kind), [*entry_rows(entries)]
        if kind == RULES:
            rows = [{"enabled": True, **row} for row in rows]
        self.book.heads(page, _TOP, [heading(kind, key, self.language) for key in columns])
        widths(page, [44 if key.startswith("reason") or kind == ANSWERS else 13 for key in columns])
        types = {name: {slot.key: slot for slot in slots} for name, slots in rule_slots().items()}
        self._grid(page, columns, rows, types if kind == RULES else {})
        if kind == RULES:
            self._greyed(page, columns, types, len(rows))

    def _grid(
        self,
        page: Any,  # noqa: ANN401
        columns: Mapping[str, Slot | None],
        rows: Sequence[Mapping[str, Any]],
        types: Mapping[str, Mapping[str, Slot]] = MappingProxyType({}),
    ) -> None:
        """Write the rows of a sheet and empty ones below."""
        look = {"border": 4, "border_color": "#BFBFBF", **_WRAPPED}
        for n, row in enumerate([*rows, *({},) * _SPARE], _TOP + 1):
            own = types.get(str(row.get("type")), {})
            for at, (key, slot) in enumerate(columns.items()):
                self._value(page, n, at, slot if key == "type" else own.get(key, slot), row.get(key), look)

    def _greyed(
        self,
        page: Any,  # noqa: ANN401
        columns: Mapping[str, Slot | None],
        types: Mapping[str, Mapping[str, Slot]],
        count: int,
    ) -> None:
        """Grey the cells that have nothing to do with the type of their rule."""
        kind = _LETTERS[[*columns].index("type")]
        slot = columns["type"]
        words = dict(zip(slot.choices, choices_in_words(slot, self.language), strict=True)) if slot else {}
        grey = self.book.style(bg_color="#D9D9D9")
        for at, key in enumerate(columns):
            without = [words[name] for name, slots in types.items() if key not in slots]
            if without:
                either = ",".join(f'${kind}{_TOP + 2}="{word}"' for word in without)
                rule = {"type": "formula", "criteria": f"=OR({either})", "format": grey}
                page.conditional_format(_TOP + 1, at, _TOP + count + _SPARE, at, rule)

    def table(self, kind: str) -> None:
        """Write a table with a sheet of its own; one of rates that is not given, to be filled in."""
        name = self.title(kind)
        if name in self.contents.tables:
            self.rows(name, self.contents.tables[name])
        elif kind in (LAST, PUBLISHED):
            page = self._page(kind, "rates_how")
            self.book.heads(page, _TOP, self._say("rates_heads").split("|"))
            widths(page, (12, 18, 14))

    def rows(self, name: str, rows: Rows) -> None:
        """Write a table as it stands, its figures as numbers."""
        page = self.book.page(name, grid=True)
        widest = max(map(len, rows), default=0)
        widths(page, [max([8, *(min(30, 2 * len(row[n])) for row in rows if n < len(row))]) for n in range(widest)])
        for n, row in enumerate(rows):
            for at, text in enumerate(row):
                number = number_in(text)
                if number is not None:
                    page.write_number(n, at, float(number.value), self.book.style(num_format=number.pattern))
                elif text:
                    page.write_string(n, at, text, self.book.style())

    def guide(self) -> None:
        """Write the sheet that explains the others."""
        page = self.book.page(SHEETS[GUIDE].say(self.language), self._say("guide_title"), high=1)
        widths(page, (110,))
        for n, text in enumerate((*self._say("guide_lines").split("|"), *self.contents.more), 2):
            page.write_string(n, 0, text, self.book.style(**_WRAPPED))


def _flag() -> Slot:
    """Return the setting that says whether weights are scaled."""
    return next(slot for slot in settings_slots() if slot.key == "normalize")


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
