"""How a header tells growth that is no factor: by a rate of every year or of all years, or by an index."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["yearly", "whole", "previous", "base", "ratio"]

_GDP = r"(?:地区生产总值|国内生产总值|生产总值|经济)?(?:\(?gdp\)?)?"
_GROWS = r"(?:增长率|增长速度|增速|增幅|增长|递增)"
_BESIDE = re.compile(
    r"[“”\"的_]|十[二三四五六]五|(?:19|20)\d{2}年?[-–—~～至到]+(?:19|20)?\d{2}年?|期间|时期|规划期|预期|预计|计划|规划|目标"
)
_KINDS: dict[Kind, re.Pattern[str]] = {
    "yearly": re.compile(
        rf"{_GDP}(?:年均|年平均|平均每年|每年){_GDP}{_GROWS}|(?:gdp)?(?:average)?(?:annual|yearly)(?:average)?(?:gdp)?growth(?:rate)?"
    ),
    "whole": re.compile(
        rf"{_GDP}(?:(?P<n>[二三四五六七八九十]|\d+)年)?累计{_GDP}{_GROWS}|(?:gdp)?cumulative(?:gdp)?growth(?:rate)?"
    ),
}
_INDEX = re.compile(rf"(?:((?:19|20)\d{{2}})年)?{_GDP}(?:发展|增长)?指数|(?:gdp)?index")
_YEARS = r"(?P<until>(?:19|20)\d{2})年?(?:[比较/与和对]|相比|相对于?)+(?P<since>(?:19|20)\d{2})年?"
_BETWEEN = re.compile(rf"{_GDP}{_YEARS}{_GDP}(?:累计|共|总)?(?:{_GROWS}|(?P<ratio>倍数|比值|之比|的?比例))")
"""Growth from one year to another."""
_REAL = re.compile(
    r"[，,;；、]?(?:按)?(?:(?:(?:19|20)\d{2}年?)?(?:不变|可比)价格?(?:计算)?|(?:19|20)\d{2}年价格?)(?:计算)?[，,;；、]?"
)
_UNIT_BEHIND = re.compile(r"(.+)[/,，:：_](%|percent)")
_RATE = re.compile(
    rf"{_GDP}(?:年度|当年|同比|比上年)?{_GDP}(?:{_GROWS}|发展速度){_GDP}|(?:gdp|economic)growth(?:rate)?|growthrate"
)
_BASE = re.compile(r"((?:19|20)\d{2})年?=100")
_PREVIOUS = ("上年=100", "上一年=100", "previousyear=100")
_QUOTES = re.compile('[“”"的]')
_PLAIN = ("倍", "倍数", "1")
_PER_CENT = ("%", "percent")
_NUMBERS = "〇一二三四五六七八九十"


@dataclass(frozen=True)
class Growth:
    """Growth that is told otherwise than as a factor."""

    kind: Kind  # A rate of every year or of all, an index of the year before or of a base year
    years: int | None = None  # Of how many years, or since which one, where that is said
    until: int | None = None  # Of an index, of which year it says it is
    percent: bool = False  # Whether the header says that figures are per cents


def growth_of(text: str, unit: str) -> Growth | None:
    """Return how a header of a column tells growth, None where it does not say so clearly.

    Parameters
    ----------
    text, unit
        The header without its unit, and the unit.
    """
    plain, of = _REAL.sub("", _plain(text)), _REAL.sub("", _plain(unit))
    if not of and (behind := _UNIT_BEHIND.fullmatch(plain)):
        plain, of = behind[1], behind[2]
    if match := _BETWEEN.fullmatch(_QUOTES.sub("", plain)):
        return _between(match, of)
    if index := _INDEX.fullmatch(_BESIDE.sub("", plain)):
        base, until = _BASE.fullmatch(of), int(index[1]) if index[1] else None
        return Growth("base", int(base[1]), until) if base else Growth("previous") if of in _PREVIOUS else None
    for kind, form in _KINDS.items():
        if (match := form.fullmatch(_BESIDE.sub("", plain))) and of in ("", *_PER_CENT):
            number = match.groupdict().get("n")
            years = None if number is None else int(number) if number.isdigit() else _NUMBERS.index(number)
            return Growth(kind, years, percent=of in _PER_CENT)
    return None


def _between(match: re.Match[str], of: str) -> Growth | None:
    """Return growth from one year to another: a rate, or the ratio of both."""
    until, years = int(match["until"]), int(match["until"]) - int(match["since"])
    if match["ratio"]:
        return Growth("ratio", years, until) if of in ("", *_PLAIN) else None
    return Growth("whole", years, until, of in _PER_CENT) if of in ("", *_PER_CENT) else None


def is_growth(told: Growth | None, base: int | None) -> bool:
    """Return whether a column that nobody names is clearly that of growth from the base year, if known, on."""
    if told is None or told.kind == "previous":
        return False
    since = told.years if told.kind == "base" else base if told.until is None else told.until - (told.years or 0)
    return base is None or since == base


def is_unclear(text: str, unit: str) -> bool:
    """Return whether a header tells growth otherwise than as a factor, and not of how many years: ``GDP增速（%）``."""
    plain = _BESIDE.sub("", _REAL.sub("", _plain(text)))
    plain = behind[1] if (behind := _UNIT_BEHIND.fullmatch(plain)) else plain
    return growth_of(text, unit) is None and _RATE.fullmatch(plain) is not None


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()
