"""Tables in text documents: pipe tables of Markdown, and LaTeX as the official table is written in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scenarios.tables.documents.held import Held, Table, in_order

LATEX_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "-": "-{}",
    ",": ",{}",
    **{raised: rf"\textsuperscript{{{n}}}" for n, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    **{lowered: rf"\textsubscript{{{n}}}" for n, lowered in enumerate("₀₁₂₃₄₅₆₇₈₉")},
}
"""Character -> what prints it. Brackets and stars would be options of a line's end, hyphens and commas
ligatures; the usual font has no raised and lowered digits."""
LATEX_END = r" \\"

_UNDONE = {command: character for character, command in LATEX_COMMANDS.items()}
_COMMAND = re.compile("|".join(re.escape(command) for command in sorted(_UNDONE, key=len, reverse=True)))
_STACK = re.compile(r"\\shortstack\{(.*)\}")
_RULE = re.compile(":?-+:?")


def read_markdown(text: str) -> list[Table]:
    """Return the pipe tables of a Markdown text, with the lines around them; what is escaped is undone."""
    return in_order(_markdown(text))


def _markdown(text: str) -> Iterator[str | list[list[Held]]]:
    rows: list[list[Held]] = []
    for line in text.split("\n"):
        if line.strip().startswith("|"):
            cells = _piped(line)
            rows += [] if all(map(_RULE.fullmatch, cells)) else [[Held(cell) for cell in cells]]
            continue
        if rows:
            yield rows
            rows = []
        yield re.sub(r"\\(.)", r"\1", line.strip().strip("*").lstrip("# "))
    if rows:
        yield rows


def _piped(line: str) -> list[str]:
    """Return the cells of a line: parted at bare pipes, escapes undone."""
    inner = line.strip().removeprefix("|").removesuffix("|")
    parts = re.findall(r"(?:\\.|[^\\|])*", inner)
    return [re.sub(r"\\(.)", r"\1", part.strip()) for part in parts[::2]]


def read_latex(text: str) -> list[Table]:
    r"""Return the tables of a LaTeX text between ``\\toprule`` and ``\\bottomrule``, a line a row."""
    return in_order(_latex(text))


def _latex(text: str) -> Iterator[str | list[list[Held]]]:
    rows: list[list[Held]] | None = None
    for line in text.split("\n"):
        if line == r"\toprule":
            rows = []
        elif line == r"\bottomrule" and rows is not None:
            yield rows
            rows = None
        elif rows is not None and line.endswith(LATEX_END):
            rows.append([Held(_plain(cell)) for cell in line.removesuffix(LATEX_END).split(" & ")])


def _plain(cell: str) -> str:
    """Return the text that a cell prints."""
    stacked = _STACK.fullmatch(cell)
    text = stacked.group(1).replace(r"\\", "\n") if stacked else cell
    return _COMMAND.sub(lambda found: _UNDONE[found.group()], text)
