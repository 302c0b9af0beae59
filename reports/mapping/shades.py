"""Colours of a map: from light to dark in the order of what they stand for, so that they survive greyscale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.printing.looks import DEEP, PALE, hexadecimal, mixed

MOST_STEPS = 5
"""Shades that the eye tells apart on a map."""
_LIGHTEST = 0.1  # how far from white the first shade is, of the way to the darkest
_ALONE = 0.35  # the shade of a map with one alone
_LIGHT, _DARK = 0.45, 0.74
"""Up to where black text reads well, and where white does; what is between these suits neither."""


@dataclass(frozen=True)
class Shade:
    """A colour and a pattern, and what they stand for in the legend."""

    name: str
    colour: str
    pattern: str = ""


def colours(count: int) -> list[str]:
    """Return so many blues, lightest first."""
    if count == 1:
        return [hexadecimal(mixed(PALE, DEEP, _ALONE))]
    return [hexadecimal(mixed(PALE, DEEP, _along(n / (count - 1)))) for n in range(count)]


def _along(part: float) -> float:
    """Return how far from white a shade is that stands at a part of the way from the first to the last."""
    if part <= 1 / 2:
        return _LIGHTEST + (_LIGHT - _LIGHTEST) * part * 2
    return _DARK if part < 1 else 1


def steps(values: Sequence[Decimal]) -> list[int]:
    """Return the step of each value, 0 for the lowest: a step a value, or of more than `MOST_STEPS` equal widths.

    Steps in which no value lies are left out.
    """
    distinct = sorted(set(values))
    if len(distinct) <= MOST_STEPS:
        return [distinct.index(value) for value in values]
    width = (distinct[-1] - distinct[0]) / MOST_STEPS
    raw = [min(int((value - distinct[0]) / width), MOST_STEPS - 1) for value in values]
    used = sorted(set(raw))
    return [used.index(step) for step in raw]


def ranges(values: Sequence[Decimal], places: Sequence[int]) -> list[tuple[Decimal, Decimal]]:
    """Return the lowest and the highest value that lie in each step: what is said of it in the legend."""
    members = [[v for v, place in zip(values, places, strict=True) if place == n] for n in range(max(places) + 1)]
    return [(min(each), max(each)) for each in members]
