"""How numbers are printed: per cent and points, with a true minus sign."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from scenarios.tables.cells import as_printed, per_cent, rounded
from scenarios.wording import Language
from scenarios.wording import minus as minus

MINUS = "\u2212"
_RAISED = str.maketrans("0123456789" + MINUS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_HAIR = 1e-7
"""In hundredths of a point: what a double may be off."""
_LEAST = -6
_MOST_DIGITS = 12
_MOST_OF_REACH = 7
"""Decimals of a fraction that say where the two ends of a reach meet."""


def figure(value: float, digits: int, part: str = ",") -> str:
    """Return a quantity, its thousands parted by `part`; no sign on what rounds to zero."""
    text = f"{value:{part}.{digits}f}"
    return minus(text.removeprefix("-") if not float(text.replace(",", "")) else text)


def tonnes(value: float) -> str:
    """Return 万吨 with one decimal, none for whole ones."""
    return figure(value, 0 if value == int(value) else 1)


def unparted(value: float, digits: int) -> str:
    """Return a quantity as a table holds it; no sign on what rounds to zero."""
    return figure(value, digits, part="")


def all_digits(value: float | str, fewest: int = 0, part: str = "") -> str:
    """Return a figure, or a rational as text, with the decimals that it has, up to twelve; thousands by `part`."""
    text = f"{rounded(Fraction(str(value)), _MOST_DIGITS):{part}f}".rstrip("0")
    whole, _, decimals = text.partition(".")
    shown = decimals.ljust(fewest, "0")
    return minus(f"{whole}.{shown}" if shown else whole)


def signed(rate: Decimal | float, digits: int = 2) -> str:
    """Return a fraction in points with its sign; no sign on what rounds to zero."""
    text = per_cent(rate, digits)
    return f"+{text}" if float(text) > 0 else minus(text)


def printed_change(before: float, after: float, digits: int = 2) -> str:
    """Return how far a rate is from another in points, with its sign: the difference of what is printed of the two."""
    return signed(printed_difference(before, after, digits), digits)


def printed_difference(before: float, after: float, digits: int = 2) -> Decimal:
    """Return the difference of what is printed of two rates, a fraction."""
    return as_printed(after, digits) - as_printed(before, digits)


def apart(low: float, high: float, digits: int = 2) -> tuple[str, str, str]:
    """Return two rates that differ as per cent, and their difference as printed, with decimals that show it."""
    most = digits + 6
    shown = next((n for n in range(digits, most) if as_printed(high, n) > as_printed(low, n)), most)
    difference = as_printed(high, shown) - as_printed(low, shown)
    return minus(per_cent(low, shown)), minus(per_cent(high, shown)), minus(per_cent(difference, shown))


def signed_amount(value: float, digits: int = 2) -> str:
    """Return a quantity with its sign; no sign on what rounds to zero."""
    text = f"{value:+,.{digits}f}"
    return text[1:] if float(text.replace(",", "")) == 0 else minus(text)


def short(rate: float) -> str:
    """Return a fraction as per cent with up to four decimals, none of them idle: 0.2 -> 20, 0.185 -> 18.5."""
    text = per_cent(rate, 4).rstrip("0").rstrip(".")
    return minus(text)


def rate(value: float | None, digits: int = 2) -> str:
    """Return a fraction as per cent, a dash for none."""
    return "–" if value is None else minus(per_cent(value, digits))


def share(value: float | None) -> str:
    """Return a share of the effort as per cent with one decimal, a dash for none."""
    return rate(value, 1)


def telling_digits(value: float, fewest: int, backed: bool) -> int:
    """Return with how many decimals a figure of a verdict is said: more where a shortfall would read zero."""
    if backed:
        return fewest
    return next((n for n in range(fewest, 12) if abs(value) >= 10**-n), 12)


def scientific(value: float, times: str = " × ") -> str:
    """Return a figure too small for decimals: 2.5e-13 -> 2.5 × 10⁻¹³; zero as 0."""
    if value == 0:
        return "0"
    digits, exponent = f"{value:.1e}".split("e")
    return f"{minus(digits)}{times}10{minus(str(int(exponent))).translate(_RAISED)}"


def below(value: float) -> str:
    """Return what a figure too small for decimals lies below, as people read it: a power of ten, 0.000001 at least."""
    power = _LEAST if value < 10.0**_LEAST else math.floor(math.log10(value)) + 1
    return f"{Decimal(1).scaleb(power):f}"


def numeral(number: int) -> str:
    """Return a class number in Chinese numerals, up to ten."""
    return "一二三四五六七八九十"[number - 1] if number <= 10 else str(number)


def class_number(number: int, language: Language) -> str:
    """Return a class number as it is written in `language`: 三 or 3."""
    return numeral(number) if language == "zh" else str(number)


def within_reach(lowest: float, highest: float) -> tuple[str, str]:
    """Return both ends of a reach (fractions) as per cent, rounded inward: what is printed can be reached.

    Ends that meet where no figure of four decimals lies between are one figure of two, rounded down.
    """
    for digits in range(4, _MOST_OF_REACH):
        low, high = math.ceil(lowest * 10**digits - _HAIR), math.floor(highest * 10**digits + _HAIR)
        if low <= high:
            return per_cent(low / 10**digits, digits - 2), per_cent(high / 10**digits, digits - 2)
    return (per_cent(math.floor(highest * 10**4 + _HAIR) / 10**4),) * 2


def of_reach(code: str, lowest: str, highest: str) -> str:
    """Return the code of a sentence about a reach: another where it is one figure."""
    return f"{code}_one" if lowest == highest else code
