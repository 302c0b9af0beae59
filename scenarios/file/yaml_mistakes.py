"""What a planner most likely wrote wrong where a text is no YAML: the line, and a code that says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

_LOOKED_AT = 200  # characters of a line
_KEY = r"\s*(?:-\s+)?[\w\"' .-]+"
_COLON = re.compile(rf"{_KEY}(?:\s*：|:(?=[^\s/]))(?!.*[^:]:\s).*")
_TAB = re.compile(r" *\t.*")
_LONE_MINUS = re.compile(r".*:\s+-\s*(?:#.*)?")
_START = re.compile(r".*?(?:^|:|-)\s+([%@`].*?)\s*(?:#.*)?")
_FULL = re.compile(r"[^\"'#]*[{\[｛［].*[，、；｛｝［］].*")
_COLONS = re.compile(rf"({_KEY}):\s+[^\"'{{\[#]+:\s.*")


@dataclass(frozen=True)
class YamlMistake:
    """What is wrong: its code, its line counted from 1 where it is known, and what was found there."""

    code: str
    row: int | None = None
    found: str = ""


def yaml_mistake(text: str, error: Exception) -> YamlMistake:
    """Return the mistake for which a parser refused `text`."""
    lines = text.splitlines() or [""]
    if isinstance(error, ReaderError):
        return YamlMistake("yaml_character", text.count("\n", 0, error.position) + 1)
    if not isinstance(error, MarkedYAMLError):
        return YamlMistake("not_yaml")
    stopped, began = _row(error.problem_mark, len(lines)), _row(error.context_mark, len(lines))
    row = stopped or began or 1
    if str(error.context).startswith("while parsing a flow"):
        return _flow(lines, began or row)
    if str(error.context).startswith("while scanning a") and "quoted" in str(error.context):
        return YamlMistake("yaml_quote", began)
    if "single document" in str(error.context):
        return YamlMistake("yaml_documents", stopped)
    before = next((n for n in range(row - 1, 0, -1) if lines[n - 1].strip()), row)
    shown = _line(lines, dict.fromkeys(filter(None, (began, row, before))))
    return shown or _open_quote(lines[:row]) or YamlMistake("not_yaml", row)


def _line(lines: list[str], rows: Iterable[int]) -> YamlMistake | None:
    """Return the first mistake that one of some lines shows by itself."""
    looked_at = [(row, lines[row - 1]) for row in rows if row <= len(lines)]
    for code, found in _SIGNS:
        for row, line in looked_at:
            if (said := found(line)) is not None:
                return YamlMistake(code, row, said)
    return None


def _open_quote(lines: list[str]) -> YamlMistake | None:
    """Return the line whose quote ends in a later line, where there is one."""
    odd = (row for row, line in enumerate(lines, 1) if line.partition(" #")[0].count('"') % 2)
    return next((YamlMistake("yaml_quote", row) for row in odd), None)


def _flow(lines: list[str], began: int) -> YamlMistake:
    """Return what is wrong with a list or mapping in brackets."""
    full = _shows(_FULL)(lines[began - 1])
    return YamlMistake("yaml_bracket", began) if full is None else YamlMistake("yaml_full_width", began, full)


def _row(mark: object, last: int) -> int | None:
    """Return the line of a mark; the last one where it stands behind the text."""
    line = getattr(mark, "line", None)
    return None if line is None else min(int(line) + 1, last)


def _shows(pattern: re.Pattern[str], group: int = 0) -> Callable[[str], str | None]:
    """Return what a line shows of a mistake: a part of it, None where it shows none."""

    def found(line: str) -> str | None:
        match = pattern.fullmatch(line[:_LOOKED_AT])
        return None if match is None else match.group(group).strip()

    return found


_SIGNS = (
    ("yaml_tab", _shows(_TAB)),
    ("yaml_colon", _shows(_COLON)),
    ("yaml_full_width", _shows(_FULL)),
    ("lone_minus", _shows(_LONE_MINUS)),
    ("yaml_start", _shows(_START, 1)),
    ("yaml_colon_inside", _shows(_COLONS)),
)
"""What a line may show, by code, in the order in which it is looked for."""
