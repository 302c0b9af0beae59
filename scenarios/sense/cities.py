"""Everything that is asked about a table of cities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scenarios.errors import Finding
from scenarios.sense.figures import CityTable
from scenarios.sense.growth import (
    city_growth,
    growth_as_fractions,
    growth_as_rate,
    growth_beyond,
    growth_of_a_year,
    growth_of_period,
)
from scenarios.sense.hidden import hidden_rows, rest_rows
from scenarios.sense.intensity import city_intensity, city_size, province_intensity, province_size
from scenarios.sense.shares import as_fractions, not_above_zero, off_column, over_whole
from scenarios.sense.sums import sum_of_group, sum_of_others, sum_of_some, total_row
from scenarios.sense.twice import filled_down, identical_rows, same_place

BOUNDS = ("lower", "upper")


def questions_of_cities(
    table: CityTable, base: int | None, years: int, columns: Iterable[str], caps: Iterable[str]
) -> Iterator[Finding]:
    """Yield what is asked about the cities of a scenario.

    Parameters
    ----------
    base, years
        Base year of the period, and its length; None and 0 where they are not known.
    columns, caps
        Further columns that the scenario uses, and those among them that hold rates or cap them.
    """
    yield from hidden_rows(table)
    yield from rest_rows(table)
    yield from same_place(table)
    sums = [*sum_of_others(table), *sum_of_group(table)]
    yield from sums or sum_of_some(table)
    yield from total_row(table)
    yield from identical_rows(table)
    yield from filled_down(table)
    odd = [*province_intensity(table), *city_intensity(table), *city_size(table)]
    yield from odd or province_size(table)
    yield from growth_as_rate(table)
    fractions = tuple(growth_as_fractions(table, years))
    yield from fractions or growth_of_a_year(table, years)
    yield from city_growth(table, years)
    if base is not None and years:
        yield from growth_beyond(table, base, years)
        yield from growth_of_period(table, base, years)
    off = {finding.place: finding for finding in off_column(table, (*BOUNDS, *columns))}
    yield from off.values()
    yield from (finding for finding in over_whole(table, columns) if finding.place not in off)
    yield from not_above_zero(table, columns)
    yield from as_fractions(table, (*BOUNDS, *caps))
