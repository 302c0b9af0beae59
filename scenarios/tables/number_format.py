"""What a number format of Excel shows of a number: a per cent, a thousandth of it, a unit behind it, nothing at all."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache

from scenarios.frozen import frozen
from scenarios.tables.cells import CellError, parse_number

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|(?P<end>;)'
    r"|\[(?P<compare>[<>=]{1,2})\s*(?P<limit>-?\d+(?:\.\d+)?)\]|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]"
    r"|(?P<digits>General|G/通用格式|[0#?@.,]+(?:[ \u00a0\u202f][0#?.,]+)*(?:E[+-][0#?]+|\s*[0#?]*/[?#\d]+)?)"
    r"|(?P<bare>.)",
    re.DOTALL | re.IGNORECASE,
)
_PLAIN = re.compile(r"0\.(0+)%?")
_FIXED = re.compile(r"(?:#,##)?[0#?]+(?:\.([0#?]+))?%?(?:_.)*")
_SEEN = ("quoted", "escaped", "money", "bare")
_NUMBER = "\0"
"""Stands for the number among what is shown."""
_THOUSANDS = re.compile(r"[0#?](,+)(?![0#?,])")
_MINUS = re.compile(r"[-−(（]")
_NO_MATTER = re.compile(r"[-−–—+()（）\s¥￥$€£]|CNY|RMB|USD|EUR")
"""What may stand beside a number without a word: signs, which are judged apart, blanks and currencies."""
_COMPARED = {
    "<": operator.lt, ">": operator.gt, "=": operator.eq, "<=": operator.le, ">=": operator.ge, "<>": operator.ne,
}  # fmt: skip
_BROKEN = (")_(", ");_(")
"""How openpyxl spells the accounting format 44, and how Excel does."""


@frozen
class Shown:
    """What a sheet shows of a stored number, with all its digits."""

    text: str
    number: Decimal | None  # As a person reads it, None where the text is no such number
    percent: bool = False  # Whether it is read as a per cent


@dataclass(frozen=True)
class _Section:
    """One section of a number format."""

    template: str = ""  # All that is shown, `_NUMBER` for the number
    percents: int = 0  # Signs that multiply by 100; those in quotes do not
    smaller: int = 0  # By how many powers of ten the number is shown smaller: ``0.0,`` 3, ``0!.00,,`` 8
    compare: str = ""  # Its condition
    limit: Decimal = Decimal(0)
    of_text: bool = False

    @property
    def bare(self) -> str:
        """What is shown less what does not matter."""
        return _NO_MATTER.sub("", self.template)

    @cached_property
    def minus(self) -> bool:
        """Whether a sign or brackets say that the number is negative."""
        return _MINUS.search(self.template) is not None

    @cached_property
    def kind(self) -> bool | None:
        """Whether it shows per cents; None where it shows something else beside the number."""
        bare = self.bare
        if bare == _NUMBER:
            return False
        if bare.count(_NUMBER) != 1 or not bare.startswith(_NUMBER):
            return None
        try:
            one, percent = parse_number(bare.replace(_NUMBER, "1"))
        except CellError:
            return None
        return True if percent and one == 1 else None

    def holds(self, number: Decimal) -> bool:
        """Return whether its condition holds."""
        compared = _COMPARED.get(self.compare)
        return compared is not None and bool(compared(number, self.limit))


@lru_cache(maxsize=1000)
def decimals_of(number_format: str) -> int:
    """Return how many decimals a format shows always; 0 for all but the plainest."""
    match = _PLAIN.fullmatch(number_format)
    return len(match[1]) if match else 0


@lru_cache(maxsize=1000)
def _most_decimals(number_format: str) -> int | None:
    """Return how many decimals a format shows at most; None for all but those of a fixed number, ``0.0``, ``#,##0``."""
    match = _FIXED.fullmatch(number_format)
    return len(match[1] or "") if match else None


def as_rounded(number: Decimal, number_format: str) -> str:
    """Return what a format shows of a number, as it is read, where that is less than all its digits; else nothing."""
    most = _most_decimals(number_format)
    if most is None or -int(number.as_tuple().exponent) <= most:
        return ""
    shown = number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    return "" if shown == number else f"{shown:f}"


def shown_as(number: Decimal, number_format: str) -> Shown:
    """Return what a number format shows of a number; Excel takes the section by sign or by conditions."""
    section, unsigned = _chosen(_sections(number_format), number)
    seen = (abs(number) if unsigned else number).scaleb(2 * section.percents - section.smaller)
    negative = seen < 0 or section.minus
    text = section.template.strip().replace(_NUMBER, f"{seen:f}") or "“”"
    kind = section.kind
    if kind is None or section.smaller or negative != (number < 0):
        return Shown(text, None)
    return Shown(text, -abs(seen) if negative else seen, kind)


@lru_cache(maxsize=1000)
def shows_as_stored(number_format: str) -> bool:
    """Return whether a number format shows every number as it is stored, but for its decimals, and nothing else."""
    sections = _sections(number_format)
    return len(sections) == 1 and sections[0] == _Section(_NUMBER)


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section, bool]:
    """Return the section that shows a number, and whether it shows it without its sign."""
    if any(section.compare for section in sections):
        others = (section for section in sections if not section.compare)
        return next((section for section in sections if section.holds(number)), next(others, _Section("####"))), False
    if number < 0 and len(sections) > 1:
        return sections[1], True
    return sections[2 if number == 0 and len(sections) > 2 else 0], False


@lru_cache(maxsize=1000)
def _sections(number_format: str) -> tuple[_Section, ...]:
    """Return the sections of a format for numbers; General where there is none."""
    pieces: list[list[re.Match[str]]] = [[]]
    for piece in _PIECE.finditer(number_format.replace(*_BROKEN)):
        if piece["end"]:
            pieces.append([])
        else:
            pieces[-1].append(piece)
    sections = [_section(each) for each in pieces] if number_format else [_Section(_NUMBER)]
    of_numbers = sections[:3]
    return tuple(of_numbers[:-1] if len(of_numbers) > 1 and of_numbers[-1].of_text else of_numbers)


def _section(pieces: Iterable[re.Match[str]]) -> _Section:
    """Return what the pieces of a section say."""
    template, percents, smaller, compare, limit, of_text = "", 0, 0, "", Decimal(0), False
    for piece in pieces:
        digits, drawn = piece["digits"] or "", template.endswith(f"{_NUMBER}.")
        if digits and (drawn or _NUMBER not in template):
            template = template[:-1] if drawn else template + _NUMBER
            smaller += sum(digits.count(sign) for sign in "0#?") if drawn else 0
            smaller += 3 * sum(len(found[1]) for found in _THOUSANDS.finditer(digits))
            of_text |= "@" in digits
        elif digits:
            template += "…"
        elif piece["compare"]:
            compare, limit = piece["compare"], Decimal(piece["limit"])
        percents += piece["bare"] == "%"
        template += next((piece[kind] for kind in _SEEN if piece[kind]), "")
    return _Section(template, percents, smaller, compare, limit, of_text)
