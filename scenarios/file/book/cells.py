"""One cell of a scenario workbook and the value that it holds, both ways."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scenarios.file.book.slots import NAME, Slot
from scenarios.file.yaml_tree import read_scalar
from scenarios.findings.choices import choice_in_words
from scenarios.tables.cells import CellError, exact, in_all_digits, is_failed, parse_number
from scenarios.tables.grid import Cell
from scenarios.wording import LANGUAGES, Language

_BETWEEN = re.compile(r"\s*[\n、，,；;]\s*")
"""What stands between names in one cell."""
_FLAGS = ("true", "false")
_DIGITS = 15
"""As many as a cell of Excel keeps of a number."""
_SMALLEST = Decimal("0.0000000001")
_MEANT = ("number_meant", "decimal_comma", "number_marked")
"""What is said of a number that is written otherwise than numbers are here, with the one that is meant."""


@dataclass(frozen=True)
class Written:
    """What is put into a cell: a text, or a number with its format."""

    value: str | Decimal
    pattern: str = "@"


def choices_in_words(slot: Slot, language: Language) -> list[str]:
    """Return what can be chosen from, as people call it."""
    words = _FLAGS if slot.kind == "flag" else slot.choices
    return [choice_in_words(slot.path[-1], word, language) for word in words]


def names_in_words(slot: Slot, language: Language) -> list[str]:
    """Return the names from which that of a row is chosen, none where any will do, as people call them."""
    return [name_in_words(name, slot, language) for name in slot.names]


def name_in_words(name: str, slot: Slot, language: Language) -> str:
    """Return what the name of a row is called."""
    return choice_in_words(slot.path[slot.path.index(NAME) - 1], name, language) if name in slot.names else name


def name_meant(text: str, slot: Slot) -> str:
    """Return the name that a text in any language is; the text where it is none of those to choose from."""
    called = {name_in_words(name, slot, one).lower(): name for name in slot.names for one in LANGUAGES}
    return called.get(text.lower(), text)


@in_all_digits
def value_of(cell: Cell, slot: Slot) -> Any:  # noqa: ANN401  (whatever a scenario can say)
    """Return the plain value of a cell that is not empty, as it would stand in YAML; what is none stays its text.

    Raises CellError: a formula that fails, a number that the sheet shows as another one, or one in unusual signs.
    """
    if is_failed(cell.text):
        raise CellError("failed_formula", found=cell.text)
    if cell.doubt and slot.kind not in ("text", "table", "names"):
        raise CellError(cell.doubt, found=cell.text, meant=cell.meant)
    if (word := _chosen(cell.text, slot)) is not None:
        return word == "true" if slot.kind == "flag" else word
    if slot.kind in ("text", "table", "flag"):
        return _unquoted(cell.text)
    if slot.kind in ("names", "numbers"):
        parts = _parts(cell)
        if isinstance(parts, str) or slot.kind == "names":
            return parts
        return [value_of(Cell(each, cell.place), _ENTRY) for each in parts]
    return cell.as_shown if slot.kind == "rate" else _number(cell)


_ENTRY = Slot(("entry",), "number")


def _chosen(text: str, slot: Slot) -> str | None:
    """Return the word to choose from that a text is, in any language."""
    words = _FLAGS if slot.kind == "flag" else slot.choices
    for word in words:
        names = [word, *(choice_in_words(slot.path[-1], word, language) for language in LANGUAGES)]
        if text.lower() in map(str.lower, names):
            return word
    return None


def _unquoted(text: str) -> str:
    """Return a text; one in quotes that a cell alone would not keep, as it was."""
    if not (len(text) > 1 and text[0] == text[-1] == '"'):
        return text
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return found if isinstance(found, str) else text


def _parts(cell: Cell) -> list[str] | str:
    """Return the entries of a list in one cell: between commas or on lines of their own, or ``["…"]``."""
    if cell.text.startswith("["):
        found = read_scalar(cell.text)
        return [str(each) for each in found] if isinstance(found, list) else cell.text
    return [part for part in _BETWEEN.split(cell.text) if part]


def _number(cell: Cell) -> Any:  # noqa: ANN401
    """Return a number, a whole one as such; a share that Excel shows as a per cent is that share; else the text."""
    if cell.number is not None:
        if cell.percent and abs(cell.number) > 1:
            return cell.text
        number = cell.number if cell.percent else Decimal(cell.as_shown)
    else:
        try:
            number, percent = parse_number(cell.text)
        except CellError as error:
            if error.code in _MEANT:
                raise
            return cell.text
        if percent:
            return cell.text
    return int(number) if number == number.to_integral_value() and "." not in cell.as_shown else number


@in_all_digits
def written(value: Any, slot: Slot, language: Language) -> Written:  # noqa: ANN401
    """Return what a plain value is put into a cell as, so that `value_of` gives the same value again."""
    if isinstance(value, bool):
        value = "true" if value else "false"
    if isinstance(value, list):
        return Written(_together([str(each) for each in value]))
    if isinstance(value, float):
        value = exact(value)
    if isinstance(value, str) and (value in slot.choices or slot.kind == "flag"):
        return Written(choice_in_words(slot.path[-1], value, language))
    if slot.kind in ("rate", "number", "whole") and (number := _as_number(value, slot)) is not None:
        return number
    return Written(_quoted(str(value)) if slot.kind in ("text", "table") else str(value))


def _as_number(value: Any, slot: Slot) -> Written | None:  # noqa: ANN401
    """Return a number as a cell keeps it, a rate as a per cent; None for what no cell of Excel keeps."""
    try:
        number, percent = parse_number(value) if isinstance(value, str) else (Decimal(value), False)
    except (CellError, ArithmeticError):
        return None
    if isinstance(value, str) and not percent:
        return None
    if isinstance(value, str) and slot.kind != "rate":
        return None
    bare = slot.kind == "rate" and not percent
    if bare and abs(number) >= 1:
        return None
    shown = number * 100 if bare else number
    if not kept_by_excel(shown):
        return Written(f"{shown:f}%") if slot.kind == "rate" else None
    decimals = max(0, -int(shown.as_tuple().exponent))
    pattern = "0." + "0" * decimals if decimals else "0"
    return Written(shown / 100, f"{pattern}%") if slot.kind == "rate" else Written(shown, pattern)


def kept_by_excel(number: Decimal) -> bool:
    """Return whether a cell of Excel keeps a number to the digit."""
    return number.is_finite() and len(number.as_tuple().digits) <= _DIGITS and (not number or abs(number) > _SMALLEST)


def _quoted(text: str) -> str:
    """Return a text, in quotes where a cell would not keep it as it is."""
    return text if text == text.strip() and _unquoted(text) == text else json.dumps(text, ensure_ascii=False)


def _together(entries: Sequence[str]) -> str:
    """Return the entries of a list in one cell."""
    plain = all(entry and _BETWEEN.search(entry) is None and entry == entry.strip() for entry in entries)
    if plain and entries and not entries[0].startswith("["):
        return "、".join(entries)
    return json.dumps([*entries], ensure_ascii=False)
