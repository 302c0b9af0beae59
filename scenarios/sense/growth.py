"""Growth factors that may be rates, or those of one year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scenarios.errors import Finding
from scenarios.sense.asking import question
from scenarios.sense.figures import CityTable, Others, brief, logs

YEARLY = Decimal("1.13")
"""At and below which every factor of a period of `LONG` years and more is asked about: 1.0x is a year's."""
LOWEST_YEARLY = Decimal("0.97")
LONG = 4
LOWEST, HIGHEST = Decimal("0.5"), 5
"""Between which a growth factor lies."""
FAR = 0.2
"""Powers of ten (a factor of 1.6) off the median of the others at which a factor that stands alone is asked about."""
ALONE = 0.1


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
    if years == 1 or not LOWEST <= whole**years <= HIGHEST:
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


def city_growth(table: CityTable) -> Iterator[Finding]:
    """Ask about one city whose growth is far from that of all others."""
    rows = table.having("growth")
    if len(rows) < 3:
        return
    sizes = logs([row.figures["growth"].value for row in rows])
    held = Others(sizes)
    for n, row in enumerate(rows):
        off = held.off_median(n)
        if abs(off) > FAR and held.gap(n) > ALONE:
            figure = row.figures["growth"]
            others = Decimal(10 ** (sizes[n] - off))
            yield question(
                "growth_of_city", f"growth-of-one-city:{row.name}", figure.place, name=row.name,
                found=figure.cell.text, others=f"{others:.3f}",
            )  # fmt: skip
