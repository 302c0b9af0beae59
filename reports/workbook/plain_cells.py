"""The worksheet of large tables."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from xlsxwriter.worksheet import Worksheet

_Attributes = Sequence[tuple[str, str | int]]


class PlainCells(Worksheet):  # type: ignore[misc]
    """A worksheet that writes the same cells in half the time.

    Cells are called by row and column alone; formulas are not searched for functions of later Excels, addresses and
    numbers of formats not for what XML needs escaped; rows do not say which columns they fill.
    """

    write_string = Worksheet._write_string
    write_number = Worksheet._write_number
    write_formula = Worksheet._write_formula
    row_spans: dict[int, str]

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _calculate_spans(self) -> None:
        self.row_spans = {}

    def _xml_string_element(self, index: int, attributes: _Attributes = ()) -> None:
        self.fh.write(f'<c{_told(attributes)} t="s"><v>{index}</v></c>')

    def _xml_number_element(self, number: float, attributes: _Attributes = ()) -> None:
        self.fh.write(f"<c{_told(attributes)}><v>{number:.16G}</v></c>")

    def _xml_formula_element(self, formula: str, result: float | str, attributes: _Attributes = ()) -> None:
        value = escape(result) if isinstance(result, str) else result
        self.fh.write(f"<c{_told(attributes)}><f>{escape(formula)}</f><v>{value}</v></c>")


def _told(attributes: _Attributes) -> str:
    """Return the attributes of a cell: its address, the number of its format, its kind."""
    return "".join([f' {name}="{value}"' for name, value in attributes])
