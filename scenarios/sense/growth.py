"""Growth factors that may be rates, or those of one year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scenarios.errors import Finding
from scenarios.sense.asking import question
from scenarios.sense.figures import CityRow, CityTable, Others, brief, logs
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
FASTEST = Decimal("1.17")
"""What half of the cities of no province grow by, year after year."""


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


def growth_of_a_year(table: CityTable, years: int) -> Iterator[Finding]:
    """Ask whether factors that are all about 1.0x are those of one year of several."""
    rows = table.having("growth")
    values = [row.figures["growth"].value for row in rows]
    if rows and years >= LONG and min(values) >= LOWEST_YEARLY and 1 <= max(values) <= YEARLY:
        low, high = min(values), max(values)
        yield question(
            "growth_of_a_year", "growth-of-a-year", rows[0].figures["growth"].place, years=years,
            found=f"{brief(low)}–{brief(high)}", meant=f"{low**years:.2f}–{high**years:.2f}",
        )  # fmt: skip


def growth_beyond(table: CityTable, years: int) -> Iterator[Finding]:
    """Ask whether factors by which no province grows are rates of a year, in per cent."""
    rows = table.having("growth")
    values = sorted(row.figures["growth"].value for row in rows)
    if rows and values[len(values) // 2] > FASTEST**years:
        low, high = (1 + value / 100 for value in (values[0], values[-1]))
        yield question(
            "growth_beyond", "growth-beyond", rows[0].figures["growth"].place, years=years,
            found=f"{brief(values[0])}–{brief(values[-1])}", meant=f"{low**years:.2f}–{high**years:.2f}",
        )  # fmt: skip


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
    """Ask about one city whose growth is far from that of all others."""
    rows = table.having("growth")
    if len(rows) < 3:
        return
    sizes = logs([row.figures["growth"].value for row in rows])
    held = Others(sizes)
    for n, row in enumerate(rows):
        off, factor = held.off_median(n), row.figures["growth"].value
        if abs(off) > FAR and held.gap(n) > ALONE:
            yield _of_city(row, "growth_of_city", others=f"{10 ** (sizes[n] - off):.3f}")
        elif _is_yearly(factor, years) and held.below(n) > SLOW and held.among(n, years * sizes[n], 0):
            yield _of_city(row, "growth_of_city_in_a_year", years=years, meant=brief(factor**years))


def _is_yearly(factor: Decimal, years: int) -> bool:
    """Return whether a factor may be that of one year of several."""
    return years >= LONG and 1 < factor <= YEARLY


def _of_city(row: CityRow, code: str, **values: object) -> Finding:
    figure = row.figures["growth"]
    return question(
        code, f"growth-of-one-city:{row.name}", figure.place, name=row.name, found=figure.cell.text, **values
    )
