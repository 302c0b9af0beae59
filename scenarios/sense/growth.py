"""Growth factors that may be rates, or those of one year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median

from scenarios.errors import Finding
from scenarios.sense.asking import question
from scenarios.sense.figures import CityRow, CityTable, Figure, Others, brief, logs, moved
from scenarios.tables.columns import period_of

YEARLY = Decimal("1.13")
"""At and below which every factor of a period of `LONG` years and more is asked about: 1.0x is a year's."""
LOWEST_YEARLY = Decimal("0.97")
LONG = 4
LOWEST, HIGHEST = Decimal("0.5"), 5
"""Between which a growth factor lies."""
FAR = 0.2
"""Powers of ten (a factor of 1.6) off the median of the others at which a factor that stands alone is asked about."""
ALONE = 0.1
SLOW = 0.05
"""Powers of ten (12 %) below all others at which a factor of about 1.0x is asked about, were it a year's."""
FEW = Decimal("0.3")
"""Below which per cent all rates of a shorter period are asked about."""
FEWEST = 3
"""Cities that a column needs more than before several of them can be off it, or the rate of one."""
CLOSE = 0.04
"""Powers of ten by which the factors of several cities, were they those of a year, may lie outside the others'."""
SMALL = Decimal("0.05")
"""Below which part of the median of the others a rate may be one whose point is in the wrong place."""
BESIDE = 0.6
"""Powers of ten below the others at which it is, where these lie closer together than that."""
BELOW = Decimal("0.25")
"""By which part of what the others are apart, twice their lower half, it stands below them at least; all of it, where
some cities shrink."""
SMALL_SLIPS = {2: 0.15, 1: 0.0}
"""Powers of ten by which such a rate is moved, and those by which it may then lie outside the others."""
FASTEST = Decimal("1.17")
"""What half of the cities of no province grow by, year after year."""
SLOWER, FASTEST_SINCE = 2015, Decimal("1.12")
"""From which base year on it is less, over three years and more, and what it is."""


def growth_meant(number: Decimal, percent: bool, years: int) -> tuple[str, dict[str, str]] | None:
    """Return the code, and the values, of what is said of a figure that is no growth factor; None for one that is.

    It may be a factor in per cent, an index, or a rate: of every year of the period, or of the whole.
    """
    if LOWEST <= number <= HIGHEST and not percent:
        return None
    factor = number / 100
    if percent and LOWEST <= factor <= HIGHEST:
        return "growth_percent", {"meant": f"{factor.normalize():f}"}
    if 100 <= number <= 100 * HIGHEST:
        return "growth_index", {"meant": f"{factor:f}"}
    rate = number if percent or number > 1 else number * 100
    whole = 1 + rate / 100
    if not LOWEST <= whole <= HIGHEST:
        return "growth_range", {}
    values = {"rate": f"{rate.normalize():f}", "whole": f"{whole.normalize():f}"}
    if years < 2 or not LOWEST <= whole**years <= HIGHEST:
        return "growth_rate", values
    return "growth_rate_of_years", values | {"years": str(years), "yearly": f"{round(whole**years, 4).normalize():f}"}


def growth_as_rate(table: CityTable) -> Iterator[Finding]:
    """Ask whether factors that are all below one are rates."""
    rows = table.having("growth")
    values = [row.figures["growth"].value for row in rows]
    if rows and max(values) < 1:
        low, high = min(values), max(values)
        yield question(
            "growth_as_rate", "growth-as-rate", rows[0].figures["growth"].place, found=f"{brief(low)}–{brief(high)}",
            meant=f"{brief(1 + low)}–{brief(1 + high)}",
        )  # fmt: skip


def growth_as_fractions(table: CityTable, years: int) -> Iterator[Finding]:
    """Ask whether rates under a per cent that are all below one are fractions."""
    rows = [row for row in table.rows if _told(row) is not None]
    told = [rate for rate in map(_told, rows) if rate is not None]
    if len(rows) > 1 and rows == table.having("growth") and min(told) > 0 and max(told) < (1 if years >= LONG else FEW):
        low, high = min(told), max(told)
        yield question(
            "growth_as_fractions", "growth-as-fractions", rows[0].figures["growth"].place,
            found=f"{brief(low)}%–{brief(high)}%", meant=f"{brief(low * 100)}%–{brief(high * 100)}%",
        )  # fmt: skip


def growth_of_a_year(table: CityTable, years: int) -> Iterator[Finding]:
    """Ask whether factors that are all about 1.0x are those of one year of several."""
    rows = table.having("growth")
    values = [row.figures["growth"].value for row in rows]
    if rows and years >= LONG and min(values) >= LOWEST_YEARLY and 1 <= max(values) <= YEARLY:
        low, high = min(values), max(values)
        yield question(
            "growth_of_a_year", "growth-of-a-year", rows[0].figures["growth"].place, years=years,
            found=_range(rows), meant=f"{low**years:.2f}–{high**years:.2f}",
        )  # fmt: skip


def growth_beyond(table: CityTable, base: int | None, years: int) -> Iterator[Finding]:
    """Ask whether factors by which no province grows are rates of a year, or rates of a year those of the period."""
    rows = table.having("growth")
    values = sorted(row.figures["growth"].value for row in rows)
    if not rows or values[len(values) // 2] <= fastest(base, years) ** years:
        return
    told = sorted(rate for rate in map(_told, rows) if rate is not None)
    low, high = (1 + value / 100 for value in ((told or values)[0], (told or values)[-1]))
    code, exponent = ("growth_beyond_told", 1) if told else ("growth_beyond", years)
    yield question(
        code, "growth-beyond", rows[0].figures["growth"].place, years=years, found=_range(rows),
        meant=f"{low**exponent:.2f}–{high**exponent:.2f}",
    )  # fmt: skip


def fastest(base: int | None, years: int) -> Decimal:
    """Return the factor of a year beyond which half of the cities of no province grow over a period."""
    return FASTEST_SINCE if base is not None and base >= SLOWER and years > 2 else FASTEST


def _range(rows: Sequence[CityRow]) -> str:
    """Return between what growth factors lie, and the rates that they were made of."""
    values, told = [row.figures["growth"].value for row in rows], [_told(row) for row in rows]
    rates = [rate for rate in told if rate is not None]
    said = f" ({brief(min(rates))}%–{brief(max(rates))}%)" if rates else ""
    return f"{brief(min(values))}–{brief(max(values))}{said}"


def growth_of_period(table: CityTable, base: int, years: int) -> Iterator[Finding]:
    """Ask about a header that names another period than the scenario's."""
    head = table.head("growth")
    period = period_of(head.column)
    if period is None:
        return
    first, last = period
    if last != base + years or first not in (base, base + 1):
        yield question(
            "growth_of_period", "growth-of-period", head, found=f"{first}–{last}", needed=f"{base}–{base + years}",
        )  # fmt: skip


def city_growth(table: CityTable, years: int) -> Iterator[Finding]:
    """Ask about cities whose growth is far from that of all others, each once."""
    rows = table.having("growth")
    if len(rows) < 3:
        return
    asked = set[str]()
    for row, finding in (*_rates_off(table), *_one_off(rows, years), *_several_off(rows, years)):
        if row.name not in asked:
            asked.add(row.name)
            yield finding


def _rates_off(table: CityTable) -> Iterator[tuple[CityRow, Finding]]:
    """Ask about rates far below all others of their column, and among them when their points are moved."""
    told = sorted((rate, n) for n, row in enumerate(table.rows) if (rate := _told(row)) is not None and rate > 0)
    if len(told) <= FEWEST:
        return
    sizes = logs(rate for rate, _ in told)
    cut = max(range(1, len(told)), key=lambda n: sizes[n] - sizes[n - 1])
    others = [rate for rate, _ in told[cut:]]
    gap, middle = others[0] - told[cut - 1][0], median(others)
    shrinks = any((_told(row) or 0) < 0 for row in table.rows)
    standing = gap >= 2 * (middle - others[0]) * (1 if shrinks else BELOW)
    small = standing and told[cut - 1][0] < SMALL * middle
    power = _small_slip(sizes[:cut], sizes[cut:]) if small else 0
    for rate, n in told[:cut] if power else ():
        values = {"rate": brief(rate), "meant": brief(rate.scaleb(power)), "by": moved(power)}
        values |= {"low": brief(others[0]), "high": brief(others[-1])}
        yield table.rows[n], _of_city(table.rows[n], "growth_rate_off", **values)


def _small_slip(few: Sequence[float], most: Sequence[float]) -> int:
    """Return the power of ten that puts rates among the others, who are as many at least; 0 where none does.

    They must lie further below the others than these are apart, who may have slow ones among them.
    """
    fits = (
        power
        for power, near in SMALL_SLIPS.items()
        if most[0] - near <= few[0] + power and few[-1] + power <= most[-1] + near
    )
    apart = len(few) <= len(most) and most[0] - few[-1] >= max(BESIDE, most[-1] - most[0])
    return next(fits, 0) if apart else 0


def _told(row: CityRow) -> Decimal | None:
    """Return the rate, in per cent, that a city's growth factor was made of; None where it was made of none."""
    return row.figures["growth"].cell.told if "growth" in row.figures else None


def _one_off(rows: Sequence[CityRow], years: int) -> Iterator[tuple[CityRow, Finding]]:
    """Ask about single cities whose growth is far from that of all others."""
    sizes = logs([row.figures["growth"].value for row in rows])
    held = Others(sizes)
    for n, row in enumerate(rows):
        off, factor = held.off_median(n), row.figures["growth"].value
        if abs(off) > FAR and held.gap(n) > ALONE:
            yield row, _far(row, sizes[n] - off)
        elif _is_yearly(factor, years) and held.below(n) > SLOW and held.among(n, years * sizes[n], 0):
            yield row, _yearly(row, years)


def _several_off(rows: Sequence[CityRow], years: int) -> Iterator[tuple[CityRow, Finding]]:
    """Ask about several cities, half of all at most, whose growth is far from that of all others, or a year's."""
    order = sorted(rows, key=lambda row: row.figures["growth"].value)
    sizes = logs([row.figures["growth"].value for row in order])
    if len(order) <= FEWEST:
        return
    half = range(1, len(order) // 2 + 1)
    low = max(half, key=lambda n: sizes[n] - sizes[n - 1])
    high = max((len(order) - n for n in half), key=lambda n: sizes[n] - sizes[n - 1])
    for few, rest in ((range(low), sizes[low:]), (range(high, len(order)), sizes[:high])):
        gap, middle = max(rest[0] - sizes[few[-1]], sizes[few[0]] - rest[-1]), median(rest)
        if gap > ALONE and all(abs(sizes[n] - middle) > FAR for n in few):
            yield from ((order[n], _far(order[n], middle)) for n in few)
        elif all(_is_yearly(order[n].figures["growth"].value, years) for n in few) and _of_one_year(
            [years * sizes[n] for n in few], rest, gap
        ):
            yield from ((order[n], _yearly(order[n], years)) for n in few)


def _of_one_year(meant: Sequence[float], rest: Sequence[float], gap: float) -> bool:
    """Return whether several that lie below the others, further than the slow ones of these, would lie among them."""
    apart = len(meant) > 1 and gap > max(SLOW, median(rest) - rest[0])
    return apart and rest[0] - CLOSE <= meant[0] and meant[-1] <= rest[-1] + CLOSE


def _far(row: CityRow, others: float) -> Finding:
    return _of_city(row, "growth_of_city", others=f"{10**others:.3f}")


def _yearly(row: CityRow, years: int) -> Finding:
    return _of_city(row, "growth_of_city_in_a_year", years=years, meant=brief(row.figures["growth"].value ** years))


def _is_yearly(factor: Decimal, years: int) -> bool:
    """Return whether a factor may be that of one year of several."""
    return years >= LONG and 1 < factor <= YEARLY


def _of_city(row: CityRow, code: str, **values: object) -> Finding:
    figure = row.figures["growth"]
    return question(code, f"growth-of-one-city:{row.name}", figure.place, name=row.name, found=_shown(figure), **values)


def _shown(figure: Figure) -> str:
    """Return a growth factor as it stands in its cell, with the rate that it was made of."""
    told = figure.cell.told
    return figure.cell.text if told is None else f"{figure.cell.text} ({brief(told)}%)"
