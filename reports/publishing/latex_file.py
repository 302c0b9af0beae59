"""The official table as a LaTeX document of its own: ctex (XeLaTeX or LuaLaTeX), booktabs, longtable."""

from __future__ import annotations

from pathlib import Path

from reports.printing.document import Grid, Sheet, page_margins, places, unbroken
from reports.printing.table import Table
from scenarios.tables.documents.plain import LATEX_COMMANDS, LATEX_END, read_latex
from scenarios.wording import Language

_LONG = 24
_ACROSS = "landscape,"


def escape(text: str) -> str:
    """Return text that LaTeX prints as it is."""
    return "".join(LATEX_COMMANDS.get(c, c) for c in text)


def write(sheet: Sheet) -> bytes:
    """Return the document."""
    chinese = sheet.language == "zh"
    lines = [
        "% xelatex or lualatex",
        rf"\documentclass[a4paper,UTF8{'' if chinese else ',scheme=plain'}]{{ctexart}}",
        rf"\usepackage[{_ACROSS if sheet.wide else ''}{_margins(sheet)}]{{geometry}}",
        r"\usepackage{array,booktabs,longtable}",
        r"\setlength{\parindent}{0pt}",
        r"\begin{document}",
        *([r"\begin{center}\bfseries " + escape(sheet.draft) + r"\end{center}"] if sheet.draft else []),
        *([escape(sheet.mark) + r"\par"] if sheet.mark else []),
        r"\begin{center}\Large\bfseries " + escape(sheet.title) + r"\end{center}",
    ]
    for table in sheet.tables:
        lines += _table(table, sheet)
    lines += [r"{\small\bfseries " + escape(sheet.statement_line) + r"\par}"] if sheet.statement else []
    lines += [r"{\small " + escape(text) + r"\par}" for text in sheet.below]
    lines += [r"\begin{flushright}" + escape(sheet.signed) + r"\hspace{2em}\end{flushright}"] if sheet.signed else []
    lines += [r"\hspace{2em}" + escape(sheet.ask_line) + r"\par"] if sheet.ask_line else []
    return ("\n".join([*lines, r"\end{document}"]) + "\n").encode()


def _margins(sheet: Sheet) -> str:
    """Return the margins: those of GB/T 9704 for what is set by it."""
    if sheet.paper is None:
        return "margin=2.2cm"
    top, bottom, left, right = page_margins(sheet.wide)
    return f"top={top:g}mm,bottom={bottom:g}mm,left={left:g}mm,right={right:g}mm"


def _table(table: Table, sheet: Sheet) -> list[str]:
    form = "".join("r" if column.kind == "number" else _text_column(table, n) for n, column in enumerate(table.columns))
    heads = [_head(column.broken(sheet.language)) for column in table.columns]
    return [
        *([r"\begin{center}\bfseries " + escape(table.caption) + r"\end{center}"] if table.caption else []),
        *([r"\begin{flushright}\small " + escape(table.unit) + r"\end{flushright}"] if table.unit else []),
        r"\begingroup\small\setlength{\tabcolsep}{3pt}",
        rf"\begin{{longtable}}{{{form}}}",
        r"\toprule",
        _line(heads),
        r"\midrule",
        r"\endhead",
        *(_line([escape(cell) for cell in row]) for row in table.rows),
        r"\bottomrule",
        r"\end{longtable}",
        r"\endgroup",
    ]


def _text_column(table: Table, position: int) -> str:
    """Return the form of a text column: broken into lines where it is long."""
    longest = max(places(row[position]) for row in table.rows)
    return r">{\raggedright\arraybackslash}p{0.4\textwidth}" if longest > _LONG else "l"


def _head(text: str) -> str:
    """Return a header, broken where it is."""
    lines = r"\\".join(escape(line) for line in text.split("\n"))
    return rf"\shortstack{{{lines}}}" if "\n" in text else lines


def _line(cells: list[str]) -> str:
    return " & ".join(cells) + LATEX_END


def read(path: Path, language: Language) -> list[Grid]:
    """Return every table, a broken header as one line."""
    tables = read_latex(path.read_text("utf-8"))
    return [tuple(tuple(unbroken(cell.text) for cell in row) for row in table.rows) for table in tables]
