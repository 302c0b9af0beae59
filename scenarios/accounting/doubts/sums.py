"""What in a table of years is counted already in what stands beside it: sums of sectors, fuels or cities."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from scenarios.sense.sums import TOLERANCE, Amounts, sums_of_others
from scenarios.tables.regions import called_part, called_total

_SUM = re.compile(r".*(?:合计|总计|共计|小计|总和|汇总)|(?:sub|grand\s*)?total\b.*|.*\btotal", re.IGNORECASE)
_ALL_ENERGY = re.compile(
    r"(?:综合|全部)?能[源耗](?:终端)?(?:消费|消耗)?(?:合计|总计|总量|量)|totalenergy(?:consumption)?|energytotal"
)
_EXACTLY, _ROUNDED = Fraction(1, 10**5), Fraction(1, 2000)
_MANY = 3
"""Amounts from which on a row under any name is no sum of its neighbours by accident."""
_MOST_BESIDE = 60
"""Rows that may be the rest of one beside its first part: of the branches of industry there are 41."""
_Off = Callable[[Fraction, int], Fraction]
"""An amount, and how many add up to it -> by how much the sum may be off."""


def called_sum(name: str) -> bool:
    """Return whether a sector calls itself a sum: ``合计``, ``终端消费合计``, ``Total industry``."""
    return called_total(name) or _SUM.fullmatch(name.strip()) is not None


def called_all_energy(name: str) -> bool:
    """Return whether an item is the sum of all: ``合计``, ``能源消费总量``; 煤炭合计 is not."""
    return called_total(name) or _ALL_ENERGY.fullmatch("".join(name.split()).lower()) is not None


def called_part_of(name: str) -> bool:
    """Return whether a sector or item calls itself part of another: ``其中：工业``, and ``#工业`` of yearbooks."""
    return called_part(name) or name.startswith(("#", "＃"))


def rest_of_parts(amounts: Mapping[str, Amounts], name: str, first: str) -> Sequence[str]:
    """Return who stands below the first part of one and adds up to it together with that; nobody where none does."""
    names, off = list(amounts), _as_rounded(amounts)
    below = names[names.index(first) + 1 :]
    runs = (below[:count] for count in range(1, min(len(below), _MOST_BESIDE) + 1))
    return next((run for run in runs if _is_sum(amounts, name, (first, *run), off)), [])


def adds_up(amounts: Mapping[str, Amounts], name: str) -> bool:
    """Return whether one who calls itself a sum is that of all others, or of its neighbours on one side."""
    others = [other for other in amounts if other != name]
    return any(_is_sum(amounts, name, parts, _nearly) for parts in (others, *_runs(amounts, name, _nearly)))


def sums(amounts: Mapping[str, Amounts]) -> dict[str, bool]:
    """Return who is the sum of all others or, in some amounts, of its neighbours; and whether to the last digit.

    `amounts`: in the order of the table.
    """
    found, off = sums_of_others(amounts), _as_rounded(amounts)
    many = [name for name, own in amounts.items() if sum(amount > 0 for amount in own.values()) >= _MANY]
    for name in many:
        runs = (run for run in _runs(amounts, name, off) if _contributing(amounts, name, run) > 1)
        if any(_is_sum(amounts, name, run, off) for run in runs):
            found.setdefault(name, False)
    return found


def _nearly(own: Fraction, _: int) -> Fraction:
    return own * Fraction(TOLERANCE)


def _as_rounded(amounts: Mapping[str, Amounts]) -> _Off:
    """Return by how much a sum may be off whose parts were rounded to the last digit that any amount has."""
    given = [amount for own in amounts.values() for amount in own.values()]
    digit = next((Fraction(10) ** n for n in range(9, -9, -1) if not any(one % Fraction(10) ** n for one in given)), 0)

    def off(own: Fraction, count: int) -> Fraction:
        return max(_EXACTLY * own, min(Fraction(digit, 2) * (count + 1), _ROUNDED * own))

    return off


def _runs(amounts: Mapping[str, Amounts], name: str, off: _Off) -> Iterator[Sequence[str]]:
    """Yield neighbours of one, the nearest first, above and below, as far as they may add up to its first amount."""
    names = list(amounts)
    at = names.index(name)
    key, own = next(((key, own) for key, own in amounts[name].items() if own > 0), (None, Fraction(0)))
    for part in (names[:at][::-1], names[at + 1 :]):
        have = Fraction(0)
        for count, other in enumerate(part, 1):
            have += amounts[other].get(key, Fraction(0))
            if have > own + off(own, count):
                break
            if have >= own - off(own, count):
                yield part[:count]


def _contributing(amounts: Mapping[str, Amounts], name: str, parts: Iterable[str]) -> int:
    """Return how many of some others have any of the amounts of one."""
    return sum(any(amounts[part].get(key) for key in amounts[name]) for part in parts)


def _is_sum(amounts: Mapping[str, Amounts], name: str, parts: Iterable[str], off: _Off) -> bool:
    """Return whether every amount of one is, nearly, the sum of those of some others."""
    given = [amounts[part] for part in parts]
    return bool(given) and all(
        abs(sum((part.get(key, Fraction(0)) for part in given), Fraction(0)) - own) <= off(own, len(given))
        for key, own in amounts[name].items()
    )
