"""allocation.xlsx: the table, the inputs, and a check that recomputes when a rate is changed.

Every formula carries its true value as computed here, so that programs that do not
recalculate show the same numbers; text from files is written as text, never as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from reports.labels import LABELS
from reports.record import PlanRecord
from reports.statements import verdict_statement
from reports.tables import COLUMNS, allocation_frame, decimals
from reports.verification import Verification
from scenarios.wording import Language

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_HEAD_ROW = 3  # rows above the header: title, unit, verdict
_INPUTS = ("id", "name", "emissions", "gdp", "growth")


def workbook(record: PlanRecord, verification: Verification, language: Language) -> bytes:
    """Return the workbook of a plan.

    Parameters
    ----------
    record
        The plan.
    verification
        The judgement on its published rates; its exact numbers are the formulas' stored values.
    language
        Of all words.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties({"title": record.scenario.title.say(language)})
    book.set_calc_mode("auto")
    writer = _Writer(book, record, verification, language)
    writer.table()
    writer.inputs()
    writer.check()
    book.close()
    return stream.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(
        self, book: xlsxwriter.Workbook, record: PlanRecord, verification: Verification, language: Language
    ) -> None:
        self.book, self.record, self.verification, self.language = book, record, verification, language
        self.first = _HEAD_ROW + 1
        self.last = _HEAD_ROW + len(record.regions)
        base = {"font_name": "Microsoft YaHei" if language == "zh" else "Calibri", "font_size": 10}
        self.plain = self._format(base)
        self.title = self._format(base, bold=True, font_size=14)
        self.soft = self._format(base, font_color="#595959")
        self.head = self._format(base, bold=True, text_wrap=True, align="center", valign="vcenter", top=2, bottom=1)
        self.text = self._format(base, num_format="@")
        self.note = self._format(base, text_wrap=True, valign="top")
        self.good = self._format(base, bold=True, bg_color="#DDF3EA", font_color="#00634A")
        self.bad = self._format(base, bold=True, bg_color="#FBE3D6", font_color="#9C3400")
        self.base = base

    def _format(self, base: dict[str, Any], **more: object) -> Any:  # noqa: ANN401  (an XlsxWriter format)
        return self.book.add_format({**base, **more})

    def _say(self, code: str) -> str:
        return LABELS.say(code, self.language)

    def _sheet(self, code: str, columns: int) -> Any:  # noqa: ANN401  (an XlsxWriter worksheet)
        """Return a sheet set up to be read and printed."""
        sheet = self.book.add_worksheet(self._say(code))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 10)
        sheet.set_column(1, columns, 13)
        return sheet

    def _header(self, sheet: Any, codes: Sequence[str]) -> None:  # noqa: ANN401
        sheet.write_string(0, 0, self.record.scenario.title.say(self.language), self.title)
        sheet.write_string(2, 0, verdict_statement(self.record.province, self.language), self.plain)
        sheet.set_row(_HEAD_ROW, 48)
        for n, code in enumerate(codes):
            sheet.write_string(_HEAD_ROW, n, self._say(code), self.head)
        sheet.freeze_panes(_HEAD_ROW + 1, 2)
        sheet.repeat_rows(_HEAD_ROW)

    def table(self) -> None:
        """Write the published table; rates are per cent numbers, as their header says."""
        sheet = self._sheet("sheet_table", len(COLUMNS))
        self._header(sheet, COLUMNS)
        sheet.write_string(1, 0, self._say("unit_rates"), self.soft)
        frame = allocation_frame(self.record, self.language)
        digits = decimals(self.record)
        for n, code in enumerate(COLUMNS):
            if code not in digits:
                style = self.plain if code == "rank" else self.text
            else:
                pattern = "0" + ("." + "0" * digits[code] if digits[code] else "")
                style = self._format(self.base, num_format=pattern, bold=code == "published_rate")
            for row, value in enumerate(frame[code], start=self.first):
                if isinstance(value, str):
                    sheet.write_string(row, n, value, style)
                else:
                    sheet.write_number(row, n, self._printed(code, float(value), digits), style)
        column = COLUMNS.index("published_rate")
        sheet.conditional_format(
            self.first,
            column,
            self.last,
            column,
            {"type": "data_bar", "bar_color": "#9CC3E6", "bar_solid": True},
        )

    def _printed(self, code: str, value: float, digits: dict[str, int]) -> float:
        """Return the published rate as printed; other numbers keep their digits behind the format."""
        return round(value, digits[code]) if code == "published_rate" else value

    def inputs(self) -> None:
        """Write what the check rests on."""
        sheet = self._sheet("sheet_inputs", len(_INPUTS))
        self._header(sheet, _INPUTS)
        for row, region in enumerate(self.record.regions, start=self.first):
            sheet.write_string(row, 0, region.id, self.text)
            sheet.write_string(row, 1, region.label(self.language), self.text)
            values = (region.emissions_10kt, region.gdp_100m_yuan, region.growth)
            for n, value in enumerate(values, start=2):
                sheet.write_number(row, n, value, self.plain)

    def check(self) -> None:
        """Write the live check: what the table implies, and whether that backs the province."""
        v = self.verification
        rate = self._range("sheet_table", COLUMNS.index("published_rate"))
        emissions, gdp, growth = (self._range("sheet_inputs", n) for n in (2, 3, 4))
        sheet = self._sheet("sheet_check", 3)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 22)
        sheet.write_string(0, 0, self._say("sheet_check"), self.title)
        sheet.write_string(1, 0, self._say("check_intro"), self.soft)
        target, margin, _, implied, over, _, verdict = (xl_rowcol_to_cell(row, 1) for row in range(3, 10))
        intensity = f"(SUM({emissions})/SUM({gdp}))"
        end_gdp = f"SUMPRODUCT({gdp},{growth})"
        end_emissions = f"SUMPRODUCT({emissions},{growth},1-{rate}/100)"
        per_cent = self._format(self.base, num_format="0.0000%")
        number = self._format(self.base, num_format="0.0000")
        tonnes_format = self._format(self.base, num_format="#,##0.0")
        passed, failed = self._say("check_passed"), self._say("check_failed")
        rows: list[tuple[str, str | float, float | str, Any]] = [
            ("check_target", float(v.target), 0.0, per_cent),
            ("check_margin", float(v.margin), 0.0, per_cent),
            (
                "check_sigma",
                f"=SUMPRODUCT({emissions},{growth})/{end_gdp}/{intensity}-1",
                float(v.sigma),
                per_cent,
            ),
            (
                "check_implied",
                f"=1-{end_emissions}/{end_gdp}/{intensity}",
                float(v.implied_reduction),
                per_cent,
            ),
            ("check_overshoot", f"=({implied}-{target}-{margin})*100", float(v.overshoot * 100), number),
            (
                "check_tonnes",
                f"=({implied}-{target}-{margin})*{intensity}*{end_gdp}",
                float(v.overshoot_emissions),
                tonnes_format,
            ),
            (
                "check_verdict",
                f'=IF(ROUND({over},10)>=0,"{passed}","{failed}")',
                passed if v.backed else failed,
                self.plain,
            ),
        ]
        for row, (code, content, value, style) in enumerate(rows, start=3):
            sheet.write_string(row, 0, self._say(code), self.plain)
            if isinstance(content, str):
                sheet.write_formula(row, 1, content, style, value)
            else:
                sheet.write_number(row, 1, content, style)
        at = {"type": "cell", "criteria": "==", "format": self.good, "value": f'"{passed}"'}
        sheet.conditional_format(verdict, at)
        sheet.conditional_format(verdict, at | {"value": f'"{failed}"', "format": self.bad})

    def _range(self, sheet: str, column: int) -> str:
        """Return the absolute range of a column's numbers on another sheet."""
        letter = xl_col_to_name(column)
        return f"'{self._say(sheet)}'!${letter}${self.first + 1}:${letter}${self.last + 1}"
