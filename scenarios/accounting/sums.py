"""What in a table of years is counted already in what stands beside it: sums of sectors, fuels or cities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from scenarios.sense.sums import TOLERANCE, Amounts, sums_of_others
from scenarios.tables.regions import called_total

_SUM = re.compile(r".*(?:合计|总计|共计|小计|总和|汇总)|(?:sub|grand\s*)?total\b.*|.*\btotal", re.IGNORECASE)
_ALL_ENERGY = re.compile(
    r"(?:综合|全部)?能[源耗](?:终端)?(?:消费|消耗)?(?:合计|总计|总量|量)|totalenergy(?:consumption)?|energytotal"
)
_NEARLY, _EXACTLY = Fraction(TOLERANCE), Fraction(1, 10**5)
_MANY = 3
"""Amounts from which on a row under any name is no sum of its neighbours by accident."""


def called_sum(name: str) -> bool:
    """Return whether a sector calls itself a sum: ``合计``, ``终端消费合计``, ``Total industry``."""
    return called_total(name) or _SUM.fullmatch(name.strip()) is not None


def called_all_energy(name: str) -> bool:
    """Return whether an item is the sum of all: ``合计``, ``能源消费总量``; 煤炭合计 is not."""
    return called_total(name) or _ALL_ENERGY.fullmatch("".join(name.split()).lower()) is not None


def adds_up(amounts: Mapping[str, Amounts], name: str) -> bool:
    """Return whether one who calls itself a sum is that of all others, or of its neighbours on one side."""
    others = [other for other in amounts if other != name]
    return any(_is_sum(amounts, name, parts, _NEARLY) for parts in (others, *_runs(amounts, name, 1, _NEARLY)))


def sums(amounts: Mapping[str, Amounts]) -> dict[str, bool]:
    """Return who is the sum of all others or, in some amounts, of its neighbours; and whether to the last digit.

    `amounts`: in the order of the table.
    """
    found = sums_of_others(amounts)
    many = [name for name, own in amounts.items() if sum(amount > 0 for amount in own.values()) >= _MANY]
    for name in many:
        if any(_is_sum(amounts, name, run, _EXACTLY) for run in _runs(amounts, name, 2, _EXACTLY)):
            found.setdefault(name, False)
    return found


def _runs(amounts: Mapping[str, Amounts], name: str, fewest: int, within: Fraction) -> Iterator[Sequence[str]]:
    """Yield neighbours of one, the nearest first, above and below, as far as they may add up to its first amount."""
    names = list(amounts)
    at = names.index(name)
    key, own = next(((key, own) for key, own in amounts[name].items() if own > 0), (None, Fraction(0)))
    for part in (names[:at][::-1], names[at + 1 :]):
        have = Fraction(0)
        for count, other in enumerate(part, 1):
            have += amounts[other].get(key, Fraction(0))
            if have > (1 + within) * own:
                break
            if count >= fewest and have >= (1 - within) * own:
                yield part[:count]


def _is_sum(amounts: Mapping[str, Amounts], name: str, parts: Iterable[str], within: Fraction) -> bool:
    """Return whether every amount of one is, nearly, the sum of those of some others."""
    given = [amounts[part] for part in parts]
    return bool(given) and all(
        abs(sum((part.get(key, Fraction(0)) for part in given), Fraction(0)) - own) <= within * own
        for key, own in amounts[name].items()
    )
