"""The cell parser: what a person typed, as an exact number or a question back.

Numbers stay `Decimal` from the first digit read to the last check, so that what is
verified is what was written. Nothing is normalised or guessed: ``18.5①`` is no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

_NUMBER = re.compile(r"([+-]?)([1-9]\d{0,2}(?:,\d{3})+|\d+)?(\.\d+)?([eE][+-]?\d{1,2})?", re.ASCII)
_LIKE_A_NUMBER = re.compile(r"[+-]?[\d.,]+(?:[eE][+-]?\d+)?\s*[%％]?", re.ASCII)
_PERCENT = re.compile(r"(.*?)\s*(?:%|％|per ?cent|个?百分点|points?|pts?)", re.IGNORECASE | re.DOTALL)
_DECIMAL_COMMA = re.compile(r"([+-]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+)\s*([%％]?)", re.ASCII)
_MINUS = re.compile(r"^\u2212(?=[\d.])")
"""A minus sign before digits, which is no other sign than the hyphen that stands for it."""
_BRACKETED = re.compile(r"\(\s*([\d,.]+)\s*\)", re.ASCII)
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PART_OF_YEAR = re.compile(
    r"(?<!\d)(?:19|20)\d{2}\s*(?:年|[-./])?\s*(?:(?:(?:0?[1-9]|1[0-2])\s*[-—–~～至到]\s*)?(?:0?[1-9]|1[01])\s*月"
    r"|(?:前|第)?[一二三1-3]个?季度|[上下]半年|[QqHh][1-4](?!\d))"
)
_WITH_UNIT = re.compile(
    r"([+\u2212-]?[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})+(?:\.\d+)?|[+\u2212-]?[\d,.]+)\s*([^\d\s.,%％+-][^%％]*)",
    re.ASCII,
)
_FAILED = re.compile(r"#(?:DIV/0!|N/A|NAME\?|REF!|VALUE!|NUM!|NULL!|SPILL!|CALC!)")
_YEAR = re.compile(
    r"([12]\d{3})(?:\.0+|年|年度|[-/.年](?:12[-/.月]31|0?1[-/.月]0?1)日?(?: 00:00:00)?|年12月)?"
    r"(?:\s*[(（][^()（）]*[)）])?",
    re.ASCII,
)
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Letters that nobody sees, to be left out of names and headers by `str.translate`."""
LARGEST = Decimal(10) ** 15
_LONGEST = 60
"""Characters of a number, written out in full."""
_BEYOND = 8
"""Decimals beyond the printed ones at which a double still is its figure."""
DIGITS = Context(prec=200)
"""Enough for sums, products and shifts of what `parse_number` lets in to be exact; the usual 28 digits are not."""

_Asked = ParamSpec("_Asked")
_Given = TypeVar("_Given")


def in_all_digits(function: Callable[_Asked, _Given]) -> Callable[_Asked, _Given]:
    """Return a function that reckons with decimals in `DIGITS`: for every door through which figures come in."""

    @wraps(function)
    def exactly(*arguments: _Asked.args, **named: _Asked.kwargs) -> _Given:
        with localcontext(DIGITS):
            return function(*arguments, **named)

    return exactly


class CellError(ValueError):
    """A cell that is no such number.

    `code`: message code of `scenarios.messages`.
    `values`: what fills the message.
    """

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


def exact(value: float) -> Decimal:
    """Return the decimal a person sees for a binary float (15 digits, as Excel shows it)."""
    return Decimal(format(value, ".15g"))


def decimal_comma(text: str) -> str:
    """Return a number whose comma stands for a decimal point, with the point; ``""`` for any other text."""
    match = _DECIMAL_COMMA.fullmatch(text)
    return match.group(1).replace(".", "").replace(",", ".") + match.group(2) if match else ""


def _usual(text: str) -> str:
    """Return a number in full-width signs, or a negative in brackets, as usually written; ``""`` for any other text."""
    usual = text.translate(_HALF_WIDTH)
    bracketed = _BRACKETED.fullmatch(usual)
    usual = f"-{bracketed.group(1)}" if bracketed else usual
    digits = (match.group(1) if (match := _PERCENT.fullmatch(usual)) else usual).strip()
    number = _NUMBER.fullmatch(digits)
    return usual if usual != text and number and (number.group(2) or number.group(3)) else ""


def is_failed(text: str) -> bool:
    """Return whether a text is what Excel shows for a formula that fails, such as ``#DIV/0!``."""
    return _FAILED.fullmatch(text.strip()) is not None


_MARKED = re.compile(
    r"([+-]?[\d,]*\d(?:\.\d+)?)\s*(?:[①-⑳*＊†‡]+|[(（\[【〔](?:注?\s*\d{0,2}|[^()（）\d吨元万亿%％]{1,12})[)）\]】〕])"
)
"""A figure with a footnote mark or a remark in brackets behind it."""


@lru_cache(maxsize=50_000)
def parse_number(text: str) -> tuple[Decimal, bool]:
    """Read one number with an optional per cent sign.

    `text`: digits, optionally with a sign (``-5``, ``−5``), grouped thousands, decimals, an exponent, and ``%``,
    ``points`` or ``个百分点`` behind.
    Returns the number as written (not divided by 100), and whether the sign stood behind it.
    Raises CellError: ``not_a_number``, ``number_meant`` (full width, ``(3200)``), ``number_marked`` (3200①),
    ``number_too_long``, ``too_large``,
    ``decimal_comma`` (3410,08) or ``failed_formula`` (``#DIV/0!``).
    """
    stripped = _MINUS.sub("-", text.strip())
    if is_failed(stripped):
        raise CellError("failed_formula", found=stripped)
    if len(stripped) > _LONGEST:
        code = "number_too_long" if _LIKE_A_NUMBER.fullmatch(stripped) else "not_a_number"
        raise CellError(code, found=text, limit=_LONGEST)
    percent = _PERCENT.fullmatch(stripped)
    digits = percent.group(1) if percent else stripped
    match = _NUMBER.fullmatch(digits)
    if match is None or not (match.group(2) or match.group(3)):
        marked = found[1] if (found := _MARKED.fullmatch(stripped)) else ""
        meanings = (("decimal_comma", decimal_comma(stripped)), ("number_meant", _usual(stripped)))
        for code, meant in (*meanings, ("number_marked", marked)):
            if meant:
                raise CellError(code, found=text, meant=meant)
        raise CellError("not_a_number", found=text)
    number = Decimal(digits.replace(",", ""))
    if abs(number) >= LARGEST:
        raise CellError("too_large", found=text)
    return number, percent is not None


@in_all_digits
def parse_rate(value: object) -> Decimal:
    """Read a rate as a fraction: ``17%`` and ``12 points`` are understood, ``0.17`` too.

    Returns the fraction, exactly as written.
    Raises CellError: ``not_a_rate``, ``too_large``, or ``rate_question`` for a bare number of one or more: 17 may mean
    17 % or a slip; ``rate_range`` where it can mean no rate.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise CellError("not_a_rate", found=value)
    text = value if isinstance(value, str) else f"{exact(value) if isinstance(value, float) else Decimal(value):f}"
    try:
        number, percent = parse_number(text)
    except CellError as error:
        code = "not_a_rate" if error.code in ("not_a_number", "number_marked") else error.code
        raise CellError(code, **error.values | {"found": text}) from error
    if percent:
        return number / 100
    if abs(number) > 100:
        raise CellError("rate_range", found=text)
    if abs(number) >= 1:
        written = _MINUS.sub("-", text.strip())
        raise CellError("rate_question", found=text, percent=f"{written}%", fraction=f"{number / 100:f}")
    return number


@in_all_digits
def refuse_bare_fraction(text: str) -> None:
    """Refuse a number below one, typed without a sign where figures are shown as per cents: 0.17 may be 17 % there.

    Raises CellError: ``per_cent_question``.
    """
    try:
        number, percent = parse_number(text)
    except CellError:
        return
    if not percent and 0 < abs(number) < 1:
        percents = {"share": f"{exact_per_cent(number)}%", "percent": f"{exact_per_cent(number / 100)}%"}
        raise CellError("per_cent_question", found=text.strip(), **percents)


def is_part_of_year(text: str) -> bool:
    """Return whether a text names a part of a year, which is none: ``2019年6月``, ``2019年1—6月``, ``2019年上半年``."""
    return _PART_OF_YEAR.search(text) is not None


def with_unit(text: str) -> tuple[Decimal, str] | None:
    """Return the number and the unit of a text that is both: ``2135万吨``; None for any other, and for a per cent."""
    match = _WITH_UNIT.fullmatch(text.strip())
    try:
        number = parse_number("".join(match.group(1).split())) if match else None
    except CellError:
        return None
    return None if match is None or number is None else (number[0], match.group(2).strip())


def year_of(text: str) -> int | None:
    """Return the year that a text is: 2015, 2015.0, 2015年（预计）, a date that begins or ends it; else None."""
    match = _YEAR.fullmatch(text.strip())
    return int(match.group(1)) if match else None


def rounded(value: Decimal | Fraction | float, places: int) -> Decimal:
    """Return a number rounded half up to `places` decimals; what a double has beyond its figure is taken off first."""
    if isinstance(value, Fraction):
        whole = (abs(value) * 10**places + Fraction(1, 2)).__floor__()
        return Decimal(whole if value >= 0 else -whole).scaleb(-places, DIGITS)
    figure = value if isinstance(value, Decimal) else Decimal(format(value, f".{places + _BEYOND}f"))
    if not figure.is_finite():
        return figure
    return figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, DIGITS)


def as_printed(rate: Decimal | Fraction | float, digits: int = 2) -> Decimal:
    """Return a fraction as it is printed: rounded half up to `digits` decimals of a per cent."""
    return rounded(rate, digits + 2)


@lru_cache(maxsize=20_000, typed=True)
def per_cent(rate: Decimal | Fraction | float, digits: int = 2) -> str:
    """Return a fraction as per cent text: the one place where fractions become per cent."""
    printed = as_printed(rate, digits)
    return f"{(printed if printed else abs(printed)).scaleb(2, DIGITS):.{digits}f}"


@in_all_digits
def exact_per_cent(rate: Decimal) -> str:
    """Return a fraction as per cent text with every digit it has, for messages."""
    return f"{(rate * 100).normalize():f}"


def grid_digits(grid: Decimal) -> int:
    """Return how many decimals a per cent on `grid` (a fraction) needs: 0.005 -> 1."""
    exponent = (grid * 100).normalize().as_tuple().exponent
    return max(0, -int(exponent))
