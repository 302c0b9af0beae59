"""Columns of caps whose figures are in another unit than their header says, or than a header without one means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from scenarios.errors import Finding, Place
from scenarios.quantities import Quantity, terms
from scenarios.sense.asking import question, table_of
from scenarios.sense.figures import brief, moved
from scenarios.tables.columns import Header
from scenarios.tables.headers.units import factor
from scenarios.wording import Text

_NAMED = {
    "吨": "t", "千吨": "kt", "万吨": "10^4 t", "百万吨": "Mt", "亿吨": "亿吨", "吨标准煤": "tce", "千吨标准煤": "ktce",
    "万吨标准煤": "10^4 tce", "百万吨标准煤": "Mtce", "亿吨标准煤": "亿吨标准煤",
}  # fmt: skip
"""Units that a header may be told to say, in both languages."""
_NEAR, _ROUGHLY = (Fraction(1, 2), Fraction(2)), (Fraction(3, 10), Fraction(3))
"""Between which figures in the right unit lie, of what is expected; units lie ten times apart."""


_LIKE = Fraction(2, 3), Fraction(3, 2)
"""The same where only the point would be moved, which units do not bear out."""
_POWERS = (1, -1, 2, -2, 3, -3, 4, -4)
"""Powers of ten by which figures are a slip of."""
_CLOSE = 50
"""Part of a sum within which a slip of all its figures leads to it; they are rounded."""


def column_off(
    codes: tuple[str, str],
    header: Header,
    place: Place,
    off: Sequence[Fraction],
    quantity: Quantity,
    increments: Fraction | None = None,
) -> Finding:
    """Return what is asked of a column whose figures are far off by about the same factor.

    The question names the unit that the column was read in, how many times the figures are what they are held against,
    and the unit in which they would match, with the header to write.

    Parameters
    ----------
    codes
        Of the question without and with such a unit; its id is the first with ``-`` in place of ``_``.
    header, place
        Of the column.
    off
        What is off, each figure as a multiple of what it is held against; the one in the middle decides.
    quantity
        What the table is of.
    increments
        How many times what is expected these are themselves, roughly; None of a column of caps.
    """
    times = sorted(off)[len(off) // 2]
    said = {
        "n": len(off),
        "times": brief(Decimal(float(times))),
        "head": header.text,
        "unit": _read_in(header, quantity),
    }
    meant = _meant(header, times, *_NEAR) if increments is None else _meant(header, increments, *_ROUGHLY)
    asked = f"{codes[0].replace('_', '-')}:{table_of(place)}"
    if meant is None:
        by = _moved(times, *_LIKE) if increments is None else _moved(increments, *_ROUGHLY)
        return question(codes[0], asked, place, **said, by=by)
    return question(codes[1], asked, place, **said, meant=meant)


def _read_in(header: Header, quantity: Quantity) -> Text | str:
    """Return the unit that a column was read in."""
    return header.unit or Text(terms(quantity, "zh").unit, terms(quantity, "en").unit)


def _meant(header: Header, times: Fraction, least: Fraction, most: Fraction) -> Text | None:
    """Return the unit in which figures that are so many times too great would match; None where there is none."""
    now = Fraction(header.factor or 1)
    fits = (name for name, size in _factors(header.measured).items() if least <= times * size / now <= most)
    return next((Text(name, _NAMED[name]) for name in fits), None)


def _moved(times: Fraction, least: Fraction, most: Fraction) -> Text:
    """Return what figures that are so many times too great would match by: a power of ten, or nothing."""
    power = next((n for n in _POWERS if least <= times / Fraction(10) ** n <= most), None)
    if power is None:
        return Text("换成别的单位也不相当", "no other unit would match")
    by = moved(-power)
    return Text(
        f"各数{by.zh}才相当：小数点错位，或多写、漏写了一位", f"{by.en} they would match: is a digit lost or too many"
    )


def slip_of_sum(given: Fraction, meant: Fraction) -> Text | None:
    """Return by which power of ten a sum would be what it should be, in words; None where none brings it there."""
    if given <= 0 or meant <= 0:
        return None
    power = next((n for n in _POWERS if abs(given / Fraction(10) ** n - meant) * _CLOSE <= meant), None)
    return None if power is None else moved(-power)


def _factors(measured: str) -> Mapping[str, Fraction]:
    """Return the units of a measure and what each is in the one used inside."""
    found = {name: factor(measured, name) for name in _NAMED}
    return {name: Fraction(value) for name, value in found.items() if value is not None}
