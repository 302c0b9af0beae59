"""allocation.xlsx: from the figures to the table, and a check that recomputes when any of them is changed.

Every formula carries its true value as computed here, so that programs that do not
recalculate show the same numbers; text from files is written as text, never as a formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from math import ceil
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from reports.planning.record import PlanRecord
from reports.planning.sentences import search_statements
from reports.planning.tables import (
    TEXT_COLUMNS,
    allocation_columns,
    allocation_frame,
    decimals,
    province_row,
    total_code,
)
from reports.printing.book import GREY, SHADED, Book, pattern, screen_font, widths
from reports.printing.document import places
from reports.saving.book import Contents, write_sheets
from reports.verifying.verification import Verification
from reports.words import LABELS
from reports.workbook.annexes import TOP, Annex, CellBlock, Formula, Ranges, annexes
from reports.workbook.live_check import check_formulas, check_values, live_verdict, verdict_codes
from reports.workbook.live_sheets import INPUTS, MOST_RANKED, LiveSheets
from reports.workbook.plain_cells import PlainCells
from reports.workbook.total_check import TONNES, CapRanges, rows_of_total
from scenarios.quantities import in_own_words
from scenarios.wording import Language

_HEAD_ROW = 3  # rows above the header: title, unit, verdict
_RESULTS = (
    "check_target", "check_margin", "check_sigma", "check_implied", "check_overshoot", "check_tonnes", "check_point",
    "check_uniform", "check_verdict",
)  # fmt: skip
_NOT_OF_SHARES = ("check_sigma", "check_tonnes")
_RESULT_ROW = 3  # first row of the results on the sheet of the check
_VERDICTS = ("check_verdict", "check_total")
_NARROW, _WIDE = 8.5, 14.0
_WIDTHS = {"id": 10.0, "growth": 11.0, "base_intensity": _WIDE, "target_intensity": _WIDE, "contribution": 12.0}
_RATES = ("published_rate", "published_incentive_rate")
_CHANGED = (*_RATES, "cap_10kt")  # the columns that may be changed
_BAR = {"type": "data_bar", "bar_color": "#9CC3E6", "bar_solid": True, "min_type": "num", "min_value": 0}
_MOST = 30.0  # widest name column
_LONG_NOTE = 2  # times as wide as its table


@in_own_words
def workbook(
    record: PlanRecord, verification: Verification, language: Language, scenario: Contents | None = None
) -> bytes:
    """Return the workbook of a plan; the exact numbers of the judgement on it are the formulas' stored values.

    `scenario`: what it was planned from, to stand on further sheets, so that it can be planned again.
    Raises ValueError: the record comes from an older file and has no values of indicators.
    """
    book = Book(record.scenario.title.say(language), base=screen_font(language))
    writer = _PlanSheets(book, record, verification, language)
    writer.table()
    for annex in writer.chain.sheets():
        writer.annex(annex)
    writer.check()
    if verification.incentive is not None:
        writer.incentive(verification.incentive)
    for annex in (*writer.both_targets(), *annexes(record, writer.ranges, language)):
        writer.annex(annex)
    if scenario is not None:
        write_sheets(book, scenario, language)
    return book.content()


class _PlanSheets:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Book, record: PlanRecord, verification: Verification, language: Language) -> None:
        self.book, self.record, self.verification, self.language = book, record, verification, language
        self.columns, self.digits = allocation_columns(record), decimals(record)
        self.level, self.share = record.measured.stands_alone, record.province.share
        own = tuple(code for code in _RESULTS if self.share is None or code not in _NOT_OF_SHARES)
        self.results = (*own, *(rows_of_total(self.level) if verification.total else ()))
        self.first = _HEAD_ROW + 1
        self.last = _HEAD_ROW + len(record.regions)
        rate, sheet = self.columns.index("published_rate"), self._say("sheet_table")
        self.ranges = Ranges(
            self._range("sheet_table", rate),
            self._range("sheet_inputs", INPUTS.index("emissions")),
            self._range("sheet_inputs", INPUTS.index("gdp")),
            self._range("sheet_inputs", INPUTS.index("growth")),
            self._result("check_target"),
            self._result("check_margin"),
            self._asked("sheet_check"),
            lambda n: f"'{sheet}'!{xl_rowcol_to_cell(self.first + n, rate, row_abs=True, col_abs=True)}",
            self.level,
        )
        self.chain = LiveSheets(record, self._result, language)
        self.looks: dict[tuple[str, bool], Any] = {}  # Formats of numbers, by what `_look` is asked
        self.plain = self.book.style()
        self.strong = self.book.style(bold=True)
        self.text = self.book.style(num_format="@")
        self.wrapped = self.book.style(num_format="@", text_wrap=True, valign="top")
        self.centred = self.book.style(align="center")
        self.note = self.book.style(text_wrap=True, valign="top", font_color=GREY)
        self.good = self.book.style(bold=True, bg_color="#DDF3EA", font_color="#00634A")
        self.bad = self.book.style(bold=True, bg_color="#FBE3D6", font_color="#9C3400")

    def _say(self, code: str) -> str:
        return LABELS.say(code, self.language)

    def _range(self, sheet: str, column: int) -> str:
        """Return the absolute range of a column's numbers on a sheet."""
        letter = xl_col_to_name(column)
        return f"'{self._say(sheet)}'!${letter}${self.first + 1}:${letter}${self.last + 1}"

    def _sheet(self, code: str, below: str, title: str = "") -> Any:  # noqa: ANN401  (an XlsxWriter worksheet)
        """Return a sheet set up to be read and printed, with its title, by default its name, and what is below that."""
        sheet = self.book.page(self._say(code), title or self._say(code), below, PlainCells)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&C&P / &N")
        sheet.set_row(0, 24)
        return sheet

    def _heads(self, sheet: Any, row: int, labels: Iterable[str]) -> None:  # noqa: ANN401
        """Write column headers, each unit on a line of its own."""
        sheet.set_row(row, 54)
        self.book.heads(sheet, row, (label.replace("（", "\n（").replace(" (", "\n(") for label in labels))

    def _freeze(self, sheet: Any, row: int) -> None:  # noqa: ANN401
        """Keep the headers in a row and two columns in sight."""
        sheet.freeze_panes(row + 1, 2)
        sheet.repeat_rows(row)

    @cached_property
    def _name_width(self) -> float:
        """Return a width that holds the longest name; Chinese characters take two places."""
        return min(_MOST, max(10.0, max(places(r.label(self.language)) for r in self.record.regions) + 2.0))

    def table(self) -> None:
        """Write the published table; rates are per cent numbers, as their header says."""
        scenario = self.record.scenario
        unit = LABELS.say("unit_rates", self.language, base=scenario.base_year, end=scenario.end_year)
        sheet = self._sheet("sheet_table", f"{unit}{self._say('note_table')}", scenario.title.say(self.language))
        widths(sheet, (self._name_width if c == "name" else _WIDTHS.get(c, _NARROW) for c in self.columns))
        self._heads(sheet, _HEAD_ROW, map(self._say, self.columns))
        self._freeze(sheet, _HEAD_ROW)
        sheet.write_formula(2, 0, *self._verdict())
        frame = allocation_frame(self.record, self.language)
        for n, code in enumerate(self.columns):
            style, live = self._column_style(code), self._live(code)
            for row, value in enumerate(frame[code], start=self.first):
                if code in TEXT_COLUMNS:
                    sheet.write_string(row, n, value, style)
                elif live:
                    sheet.write_formula(row, n, live(row), style, value)
                else:
                    printed = round(float(value), self.digits[code]) if code in _CHANGED else float(value)
                    sheet.write_number(row, n, printed, style)
        self._province(sheet)
        for code in ("published_rate", "score"):
            column = self.columns.index(code)
            sheet.conditional_format(self.first, column, self.last, column, _BAR)

    def _column_style(self, code: str, **more: object) -> Any:  # noqa: ANN401  (an XlsxWriter format)
        """Return the format of a column: printed decimals, the rates that may be changed shaded."""
        digits = self.digits.get(code)
        if code in _CHANGED:
            more = {"bold": True, **SHADED} | more
        elif code == "bound":
            more = {"align": "center"} | more
        return self.book.style(num_format="@" if code in TEXT_COLUMNS else pattern(digits or 0), **more)

    def _live(self, code: str) -> Callable[[int], str] | None:
        """Return what gives the formula of a column's cell in a row; None where it is a number."""
        sheet, first, chain = self._say("sheet_inputs"), self.first, self.chain
        letters = {name: xl_col_to_name(n) for n, name in enumerate(self.columns)}
        rate, base = letters["published_rate"], letters["base_intensity"]
        emissions, growth = (f"'{sheet}'!{xl_col_to_name(INPUTS.index(name))}" for name in ("emissions", "growth"))
        sigma, point = (self._result(name) for name in ("check_sigma", "check_point"))
        required = f"(({self.ranges.asked}+{sigma})*{point}*100)"  # 万吨
        formulas: dict[str, Callable[[int], str]] = {
            "target_intensity": lambda row: (
                f"={rate}{row + 1}-{base}{row + 1}" if self.share else f"={base}{row + 1}*(1-{rate}{row + 1}/100)"
            ),
            "contribution": lambda row: f"={emissions}{row + 1}*{growth}{row + 1}*{rate}{row + 1}/{required}",
            "growth": lambda row: f"={growth}{row + 1}",
            "base_intensity": lambda row: f"={chain.intensity(row - first)}",
            "score": lambda row: f"={chain.score(row - first)}",
            "reference_rate": lambda row: f"={chain.reference(row - first)}",
        }
        if len(self.record.regions) <= MOST_RANKED:
            formulas["rank"] = lambda row: chain.rank(row - first)
        return formulas.get(code)

    def _province(self, sheet: Any) -> None:  # noqa: ANN401
        """Write what the columns come to for the province."""
        r, row = self.ranges, self.last + 1
        formulas = {
            "published_rate": f"=({r.implied})*100",
            "base_intensity": f"={r.frozen}" if self.level else f"={r.intensity}",
            "target_intensity": f"={r.left}" if self.level else f"={r.left}/{r.end_gdp}",
        }
        if self.share is not None:
            first, second = (xl_col_to_name(self.columns.index(c)) for c in ("published_rate", "base_intensity"))
            formulas["base_intensity"] = f"={self.share.base * 100!r}"  # weighed by the base year's energy
            formulas["target_intensity"] = f"={first}{row + 1}-{second}{row + 1}"
        if not self.level:
            shares = xl_col_to_name(self.columns.index("contribution"))
            formulas["growth"] = f"={r.end_gdp}/SUM({r.gdp})"
            formulas["contribution"] = f"=SUM({shares}{self.first + 1}:{shares}{self.last + 1})"
        if self.verification.incentive is not None:
            formulas["published_incentive_rate"] = f"=({self._incentive_ranges().implied})*100"
        if "cap_10kt" in self.columns:
            formulas["cap_10kt"] = f"=SUM({self._range('sheet_table', self.columns.index('cap_10kt'))})"
        values = province_row(self.record)
        line: dict[str, object] = {"top": 1, "bottom": 2, "bold": True}
        digits = self.digits | dict.fromkeys(_RATES, 2)  # the implied reduction has the verdict's decimals
        for n, code in enumerate(self.columns):
            form = "@" if code in TEXT_COLUMNS else pattern(digits.get(code, 0))
            style = self.book.style(num_format=form, **line)
            if code in formulas:
                sheet.write_formula(row, n, formulas[code], style, values[code])
            else:
                sheet.write_string(row, n, self._say(total_code(self.record)) if code == "name" else "", style)

    def check(self) -> None:
        """Write the live check: what the table implies, and whether that backs the province."""
        sheet = self._check("sheet_check", "check_intro", self.verification, self.ranges)
        for row, note in enumerate(self._notes(), start=_RESULT_ROW + len(self.results) + 1):
            sheet.merge_range(row, 0, row, 1, note, self.note)
            sheet.set_row(row, 15 * (2 + len(note) // (30 if self.language == "zh" else 60)))

    def incentive(self, verification: Verification) -> None:
        """Write the same check of the incentive targets, and how far each stands above the basic one at least."""
        ranges, row = self._incentive_ranges(), _RESULT_ROW + len(self.results)
        sheet = self._check("sheet_incentive", "incentive_intro", verification, ranges)
        sheet.write_string(_RESULT_ROW, 0, self._say("check_incentive_target"), self.plain)
        sheet.write_string(row, 0, self._say("check_steps"), self.plain)
        steps = self._range("sheet_inputs", self.chain.named.index("incentive_step"))
        formula = f"=SUMPRODUCT(--(ROUND({ranges.rate}-{self.ranges.rate}-{steps},10)<0))"
        short = next(len(check.regions) for check in verification.checks if check.name == "step")
        sheet.write_formula(row, 1, formula, self.book.style(num_format="0"), short)

    def _incentive_ranges(self) -> Ranges:
        """Return the ranges that the formulas about the incentive targets speak of."""
        return self.ranges._replace(
            rate=self._range("sheet_table", self.columns.index("published_incentive_rate")),
            target=self._result("check_target", "sheet_incentive"),
            margin=self._result("check_margin", "sheet_incentive"),
            asked=self._asked("sheet_incentive"),
        )

    def _check(self, name: str, intro: str, verification: Verification, ranges: Ranges) -> Any:  # noqa: ANN401
        """Write a sheet that checks a column of targets, and return it."""
        sheet = self._sheet(name, self._say(intro))
        widths(sheet, (46, 18))
        rate, points, tonnes = (self.book.style(num_format=f) for f in ("0.0000%", "0.0000", "#,##0.00"))
        styles = {"check_overshoot": points, "check_tonnes": tonnes, "check_point": tonnes}
        styles |= dict.fromkeys(TONNES, tonnes)
        styles |= dict.fromkeys(_VERDICTS, self.book.style(bold=True, align="right"))
        values, formulas = check_values(verification, self._say), self._formulas(name, ranges)
        labels = {"check_uniform": "check_uniform_both"} if verification.total else {}
        for row, code in enumerate(self.results, start=_RESULT_ROW):
            label = self._say(labels.get(code, code))
            sheet.write_string(row, 0, label, self.strong if code in _VERDICTS else self.plain)
            if code in formulas:
                sheet.write_formula(row, 1, formulas[code], styles.get(code, rate), values[code])
            else:
                form = "#,##0.00" if code in TONNES else "0.0000%"
                sheet.write_number(row, 1, values[code], self.book.style(num_format=form, **SHADED))
        for code in (code for code in _VERDICTS if code in self.results):
            verdict = xl_rowcol_to_cell(_RESULT_ROW + self.results.index(code), 1)
            for word, style in (("check_passed", self.good), ("check_failed", self.bad)):
                at = {"type": "cell", "criteria": "==", "value": f'"{self._say(word)}"', "format": style}
                sheet.conditional_format(verdict, at)
        return sheet

    def both_targets(self) -> tuple[Annex, ...]:
        """Return the sheet of rates and caps, none where there are no caps."""
        if "cap_10kt" not in self.columns:
            return ()
        from reports.workbook.caps_sheet import CapPlaces, budgets_sheet, caps_sheet

        table, cap = self._say("sheet_table"), self.columns.index("cap_10kt")
        places = CapPlaces(
            growth=lambda n: self.chain.input(n, "growth"),
            emissions=lambda n: self.chain.input(n, "emissions"),
            cap=lambda n: f"'{table}'!{xl_rowcol_to_cell(self.first + n, cap, row_abs=True, col_abs=True)}",
            checked=self._result,
        )
        both = caps_sheet(self.record, self.ranges, places, self.language)
        sheets = both, budgets_sheet(self.record, places, self.language)
        return tuple(sheet for sheet in sheets if sheet is not None)

    def _cap_ranges(self, caps: str) -> CapRanges:
        from reports.workbook.caps_sheet import cap_ranges

        return cap_ranges(self.record, caps, self.language)

    def annex(self, annex: Annex) -> None:
        """Write a further sheet: title, note, blocks one below another."""
        sheet = self._sheet(annex.code, annex.note)
        least = {1: self._name_width} if annex.frozen else {}
        columns = [max(width, least.get(n, 0.0)) for n, width in enumerate(annex.widths)]
        widths(sheet, columns)
        if (lines := places(annex.note) / sum(columns)) > _LONG_NOTE:  # in one cell it would shrink the printed sheet
            sheet.merge_range(1, 0, 1, len(columns) - 1, annex.note, self.note)
            sheet.set_row(1, 15 * ceil(lines))
        if annex.frozen:
            self._freeze(sheet, TOP)
        row = TOP
        for block in annex.blocks:
            self._block(sheet, block, row)
            row += len(block.rows) + 2

    def _block(self, sheet: Any, block: CellBlock, row: int) -> None:  # noqa: ANN401
        """Write headers and cells from a row on."""
        self._heads(sheet, row, block.headers)
        for at, cells in enumerate(block.rows, start=row + 1):
            for n, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(at, n, cell, self.wrapped)
                    continue
                if isinstance(cell, Formula):
                    sheet.write_formula(at, n, cell.formula, self.centred, cell.value)
                    continue
                style = self._look(cell.pattern, cell.shaded)
                if cell.formula:
                    sheet.write_formula(at, n, cell.formula, style, cell.value)
                else:
                    sheet.write_number(at, n, cell.value, style)
        for n in block.bars:
            sheet.conditional_format(row + 1, n, row + len(block.rows), n, _BAR)

    def _look(self, number_format: str, shaded: bool) -> Any:  # noqa: ANN401  (an XlsxWriter format)
        """Return the format of a number, shaded where it may be changed."""
        key = number_format, shaded
        if key not in self.looks:
            self.looks[key] = self.book.style(num_format=number_format, **(SHADED if shaded else {}))
        return self.looks[key]

    def _notes(self) -> list[str]:
        """Return what is said under the check: of a search that stopped early, and the basis."""
        notes = search_statements(self.record, self.language)
        if self.record.scenario.basis is not None:
            notes.append(LABELS.say("basis", self.language, basis=self.record.scenario.basis.say(self.language)))
        return notes

    def _result(self, code: str, name: str = "sheet_check") -> str:
        """Return the absolute address of a result of the check on the sheet `name`; 0 for one that a share has not."""
        if code in _NOT_OF_SHARES and code not in self.results:
            return "0"
        return f"'{self._say(name)}'!$B${_RESULT_ROW + 1 + self.results.index(code)}"

    def _asked(self, name: str) -> str:
        """Return what both targets need on the sheet `name`: an address, or target and margin where there is no cap."""
        if "check_asked" in self.results:
            return self._result("check_asked", name)
        return f"({self._result('check_target', name)}+{self._result('check_margin', name)})"

    def _formulas(self, name: str, r: Ranges) -> dict[str, str]:
        """Return the live formulas of the check on the sheet `name`."""
        at = self.columns.index("cap_10kt") if "cap_10kt" in self.columns and name == "sheet_check" else None
        caps = None if at is None else self._cap_ranges(self._range("sheet_table", at))
        return check_formulas(self.verification, r, lambda code: self._result(code, name), self._say, caps)

    def _verdict(self) -> tuple[str, Any, str]:
        """Return the sentence that follows the check: its formula, its format, its stored value."""
        values = check_values(self.verification, self._say)
        codes = verdict_codes(self.verification.total is not None, self.share is not None)
        formula, stored = live_verdict(values, codes, self._result, self.language)
        return formula, self.strong, stored
