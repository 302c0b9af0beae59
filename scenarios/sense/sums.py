"""Rows that are sums: a total under another name, one of a group, and a total that does not add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import comb, inf

from scenarios.errors import Finding
from scenarios.sense.asking import certain, question
from scenarios.sense.figures import CityRow, CityTable, Figure
from scenarios.tables.regions import called_subtotal
from scenarios.wording import minus

TOLERANCE = Decimal("0.01")
"""By how much a total may differ from the sum of its cities, relative to it."""
CLOSE = 0.0005
"""By how much the sum of a group may differ from its rows: of many possible groups one comes near by chance."""
BEYOND_DOUBT = 3
"""Rows whose sum, to the last digit, is no accident."""
MOST_ROWS, MOST_PARTS = 40, 6
"""Of how many rows how many at most are added up wherever they stand."""
BY_CHANCE = 1e-5
"""Sums of others for each pair of figures that a row might have: with more of them one is met by chance."""
_BOTH = ("emissions", "gdp")
_EXACTLY = Fraction(1, 10**6)
_Rows = tuple[CityRow, ...]


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


def sum_of_some(table: CityTable) -> Iterator[Finding]:
    """Ask whether a row whose emissions and GDP are to the digit the sums of a few others, wherever they stand, is one.

    Not where there are so many sums of so few digits that one may be met by chance.
    """
    rows = table.having(*_BOTH)
    values = _whole_numbers(rows) if MOST_ROWS >= len(rows) > BEYOND_DOUBT else []
    sums = [(a, b) for a in range(len(values)) for b in range(a + 1, len(values))]
    ways = sum(comb(len(rows), count) for count in range(2, MOST_PARTS + 1))
    by_sum: dict[tuple[int, int], list[tuple[int, ...]]] = {}
    for part in [*sums, *((*pair, c) for pair in sums for c in range(pair[1] + 1, len(values)))]:
        by_sum.setdefault(_added(values, part), []).append(part)
    for n, row in enumerate(rows if values else ()):
        chance = ways / (values[n][0] * values[n][1])
        parts = () if chance > BY_CHANCE or table.is_member(row) else _parts(values, n, by_sum)
        if parts:
            names = "、".join(rows[k].name for k in parts)
            yield question("sum_of_some", f"sum-of-group:{row.name}", row.cell.place, name=row.name, names=names)


def _parts(
    values: Sequence[tuple[int, int]], n: int, by_sum: Mapping[tuple[int, int], Sequence[tuple[int, ...]]]
) -> tuple[int, ...]:
    """Return which two to six others add up to row `n` in both figures, none where none do or they are all others."""
    for (first, second), some_parts in by_sum.items():
        rest = (values[n][0] - first, values[n][1] - second)
        for part in some_parts if n not in some_parts[0] or len(some_parts) > 1 else ():
            if rest == (0, 0) and n not in part:
                return part
            for other in by_sum.get(rest, ()):
                whole = {*part, *other}
                if n not in whole and len(whole) == len(part) + len(other) < len(values) - 1:
                    return tuple(sorted(whole))
    return ()


def _added(values: Sequence[tuple[int, int]], part: Sequence[int]) -> tuple[int, int]:
    return sum(values[k][0] for k in part), sum(values[k][1] for k in part)


def _whole_numbers(rows: Sequence[CityRow]) -> list[tuple[int, int]]:
    """Return emissions and GDP of rows, each column in units of its last digit."""
    columns = []
    for name in _BOTH:
        written = [row.figures[name].value / row.figures[name].factor for row in rows]
        last = min(int(value.normalize().as_tuple().exponent) for value in written)
        columns.append([int(value.scaleb(-last)) for value in written])
    return list(zip(*columns, strict=True))


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
    """Hold each row that calls itself a total against the cities that it may add up; two are not of the same ones."""
    seen: list[_Rows] = []
    for total in table.totals if table.whole else ():
        rows = _added_up(table, total)
        found = [finding for name in _summed(table, total, rows) for finding in _held(table, total, rows, name)]
        yield from found
        if not any(finding.severity == "error" for finding in found):
            if rows in seen:
                yield Finding("total_twice", total.cell.place, {"name": total.name or total.id})
            seen.append(rows)


def rows_in_totals(table: CityTable) -> list[CityRow]:
    """Return the cities that a total holds to the last digit."""
    pairs = [(total, _added_up(table, total)) for total in table.totals if table.whole]
    exact = (rows for t, rows in pairs if 0 < len(_summed(table, t, rows)) == _fitting(_to_the_digit, table, t, rows))
    return [row for rows in exact for row in rows]


def _added_up(table: CityTable, total: CityRow) -> _Rows:
    """Return the cities whose sums come nearest to a total: in most columns nearly, in most to the last digit."""
    return max(
        _groups(table, total),
        key=lambda rows: [_fitting(fits, table, total, rows) for fits in (_nearly, _to_the_digit)],
    )


def _groups(table: CityTable, total: CityRow) -> list[_Rows]:
    """Return what a total may add up: all cities; those above it up to the total before, those below up to the next."""
    at, others = _line(total), [_line(row) for row in table.totals if row is not total]
    start = max((line for line in others if line < at), default=0)
    end = min((line for line in others if line > at), default=inf)
    parts = [tuple(row for row in table.rows if low < _line(row) < high) for low, high in ((start, at), (at, end))]
    return [table.rows, *(part for part in parts if part and part != table.rows and called_subtotal(total.name))]


def _line(row: CityRow) -> int:
    return row.cell.place.address[0]


def _summed(table: CityTable, total: CityRow, rows: _Rows) -> dict[str, Decimal]:
    """Return the sums of some cities in the columns that the total and every city of the table have."""
    shared = [name for name in _BOTH if all(name in row.figures for row in (total, *table.rows))]
    return {name: sum((row.figures[name].value for row in rows), Decimal(0)) for name in shared}


def _fitting(fits: Callable[[Figure, Decimal, int], bool], table: CityTable, total: CityRow, rows: _Rows) -> int:
    """Return in how many columns a total fits the sum of some cities."""
    return sum(fits(total.figures[name], needed, len(rows)) for name, needed in _summed(table, total, rows).items())


def _held(table: CityTable, total: CityRow, rows: _Rows, name: str) -> Iterator[Finding]:
    """Yield how a total differs from the sum of its cities: an error, a notice within the tolerance, nothing."""
    stated, needed = total.figures[name], _summed(table, total, rows)[name]
    if _to_the_digit(stated, needed, len(rows)):
        return
    own, due = stated.value / stated.factor, needed / stated.factor
    values = {
        "name": total.name or total.id,
        "found": f"{own:f}",
        "needed": f"{due:f}",
        "off": minus(f"{own - due:+f}"),
    }
    if _nearly(stated, needed, len(rows)):
        yield Finding("total_differs", stated.place, values, "notice")
    elif parts := _groups(table, total)[1:]:
        near = min(parts, key=lambda part: abs(stated.value - _summed(table, total, part)[name]))
        values["needed"] = f"{_summed(table, total, table.rows)[name] / stated.factor:f}"
        part = {
            "part": f"{_summed(table, total, near)[name] / stated.factor:f}",
            "first": near[0].name,
            "last": near[-1].name,
        }
        yield Finding("subtotal_wrong", stated.place, values | part)
    else:
        yield Finding("total_wrong", stated.place, values)


def _nearly(stated: Figure, total: Decimal, count: int) -> bool:
    """Return whether a total is the sum of its cities within the tolerance."""
    return abs(stated.value - total) <= TOLERANCE * total or _to_the_digit(stated, total, count)


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
