"""Rows that are sums: a total under another name, one of a group, and a total that does not add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from scenarios.errors import Finding
from scenarios.sense.asking import certain, question
from scenarios.sense.figures import CityTable, Figure

TOLERANCE = Decimal("0.01")
"""By how much a total may differ from the sum of its cities, relative to it."""
CLOSE = 0.0005
"""By how much the sum of a group may differ from its rows: of many possible groups one comes near by chance."""
BEYOND_DOUBT = 3
"""Rows whose sum, to the last digit, is no accident."""
_BOTH = ("emissions", "gdp")
_EXACTLY = Fraction(1, 10**6)


def sum_of_others(table: CityTable) -> Iterator[Finding]:
    """Ask whether a row whose emissions and GDP are the sums of all others is a city."""
    rows = table.having(*_BOTH)
    if len(rows) < 3:
        return
    totals = {name: sum(row.figures[name].value for row in rows) for name in _BOTH}
    for row in rows:
        sums = {name: totals[name] - row.figures[name].value for name in _BOTH}
        if table.is_member(row) or any(abs(row.figures[n].value - sums[n]) > TOLERANCE * sums[n] for n in _BOTH):
            continue
        exact = len(rows) > BEYOND_DOUBT and all(_to_the_digit(row.figures[n], sums[n], len(rows)) for n in _BOTH)
        yield certain(
            exact, question("sum_of_others", f"sum-of-others:{row.name}", row.cell.place, name=row.name,
                            count=len(rows) - 1),
        )  # fmt: skip


def sum_of_group(table: CityTable) -> Iterator[Finding]:
    """Ask whether a row whose emissions and GDP are the sums of the rows next to it is a city."""
    rows = table.having(*_BOTH)
    values = [(float(row.figures["emissions"].value), float(row.figures["gdp"].value)) for row in rows]
    for n, row in enumerate(rows):
        for part in (range(n - 1, -1, -1), range(n + 1, len(rows))):
            count = _group(values, n, part)
            if count and not table.is_member(row):
                yield question(
                    "sum_of_group", f"sum-of-group:{row.name}", row.cell.place, name=row.name, count=count,
                    first=rows[part[0]].name, last=rows[part[count - 1]].name,
                )  # fmt: skip


def _group(values: Sequence[tuple[float, float]], n: int, part: range) -> int:
    """Return how many rows from the next one on add up to row `n` in both figures, 0 where none do."""
    found, needed = [0.0, 0.0], values[n]
    for count, k in enumerate(part, 1):
        found = [have + more for have, more in zip(found, values[k], strict=True)]
        if any(have > (1 + CLOSE) * need for have, need in zip(found, needed, strict=True)):
            return 0
        near = all(abs(have - need) <= CLOSE * need for have, need in zip(found, needed, strict=True))
        if near and 1 < count < len(values) - 1:
            return count
    return 0


def total_row(table: CityTable) -> Iterator[Finding]:
    """Hold the rows that call themselves a total against the sum of the cities, in the column's own unit."""
    for row in table.totals if table.whole else ():
        for name in (name for name in _BOTH if name in row.figures):
            parts = [each.figures[name] for each in table.rows if name in each.figures]
            if len(parts) == len(table.rows):
                yield from _held(row.figures[name], sum((part.value for part in parts), Decimal(0)), len(parts))


def _held(stated: Figure, total: Decimal, count: int) -> Iterator[Finding]:
    """Yield how a total differs from the sum of its cities: an error, a notice within the tolerance, nothing."""
    if _to_the_digit(stated, total, count):
        return
    own, needed = stated.value / stated.factor, total / stated.factor
    values = {"found": f"{own:f}", "needed": f"{needed:f}", "off": f"{own - needed:+f}"}
    if abs(stated.value - total) <= TOLERANCE * total:
        yield Finding("total_differs", stated.place, values, "notice")
    else:
        yield Finding("total_wrong", stated.place, values)


def _to_the_digit(stated: Figure, total: Decimal, count: int) -> bool:
    """Return whether a total is the sum of `count` parts that were rounded as it was."""
    written = stated.value / stated.factor
    half_digit = Decimal(1).scaleb(int(written.as_tuple().exponent)) / 2
    return abs(stated.value - total) <= half_digit * (count + 1) * stated.factor


Amounts = Mapping[object, Fraction]
"""Whatever is measured -> amount."""


def sums_of_others(amounts: Mapping[str, Amounts]) -> dict[str, bool]:
    """Return those whose every amount is the sum of those of others, two at least, and whether to the last digit."""
    sums: dict[object, Fraction] = {}
    holders: dict[object, int] = {}
    for own in amounts.values():
        for key, amount in own.items():
            sums[key] = sums.get(key, Fraction(0)) + amount
            holders[key] = holders.get(key, 0) + (amount > 0)
    found = {}
    for name, own in amounts.items():
        off = [abs(2 * own.get(key, Fraction(0)) - total) / total for key, total in sums.items() if total > 0]
        parts = max((holders[key] for key, amount in own.items() if amount > 0), default=0) - 1
        if parts > 1 and max(off) <= Fraction(TOLERANCE) / 2:
            found[name] = max(off) <= _EXACTLY
    return found
