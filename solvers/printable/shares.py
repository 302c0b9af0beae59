"""Whole numbers with a given sum, as near as can be to fractions: the largest remainders get one more."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor


def whole(values: Sequence[Fraction], total: int) -> tuple[int, ...]:
    """Return one of the two integers next to each value, so that they add up to `total`.

    Of all such tables it is the nearest to the values: the largest remainders are rounded up, among equal ones those
    of the larger values, then the first.

    Raises ValueError: the total cannot be reached so.
    """
    down = [floor(value) for value in values]
    more = total - sum(down)
    ranked = sorted(range(len(down)), key=lambda n: (down[n] - values[n], -values[n], n))
    upward = frozenset(ranked[:more]) if more > 0 else frozenset()
    if more < 0 or sum(values[n] > down[n] for n in upward) < more:
        raise ValueError("no such whole numbers")
    return tuple(low + (n in upward) for n, low in enumerate(down))


def whole_in_groups(values: Sequence[Fraction], groups: Sequence[str], total: int) -> tuple[int, ...]:
    """Return `whole` numbers whose sums over groups are those of the groups' own sums; `groups`: length n."""
    members = {group: [n for n, other in enumerate(groups) if other == group] for group in dict.fromkeys(groups)}
    sums = whole([sum((values[n] for n in each), Fraction(0)) for each in members.values()], total)
    found = [0] * len(values)
    for each, its in zip(members.values(), sums, strict=True):
        for n, value in zip(each, whole([values[n] for n in each], its), strict=True):
            found[n] = value
    return tuple(found)
