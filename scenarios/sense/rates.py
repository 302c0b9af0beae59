"""Tables of rates, read and asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from scenarios.errors import Collector, Finding, Place
from scenarios.sense.asking import NO_ANSWERS, Answers, question, table_of
from scenarios.sense.figures import CityRow, CityTable, Figure, moved
from scenarios.sense.hidden import hidden_rows, shown_rounded
from scenarios.sense.shares import are_bare, as_fractions, of_fractions, off_column
from scenarios.sense.signs import all_fall, odd_signs, turned_sign
from scenarios.tables.cells import as_printed, exact_per_cent
from scenarios.tables.columns import OF_CARBON, OF_ENERGY, is_of_period, is_source, period_of, years_of_title
from scenarios.tables.rates import RateTable, read_rates
from scenarios.tables.regions import Regions

_HUNDREDTH = Decimal("0.01")
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_TEN, _NEAR = 10, 2
"""How many times what is asked rates are off that may be fractions, and that may have lost their sign."""
_FEW = 0.25
"""Part of the cities up to which single rates are slips; more of them are a column's, or the bounds'."""
_ALL_YEARS = re.compile(r"累计|[比较与]\s*(?:19|20)\d\d|cumulative|since", re.IGNORECASE)
"""What says of a rate that it is of all years since one."""


def read_meant_rates(
    path: Path,
    regions: Regions,
    incentive: bool = False,
    answers: Answers = NO_ANSWERS,
    period: tuple[int, int] | None = None,
    asked: Fraction | None = None,
) -> tuple[RateTable, tuple[Finding, ...]]:
    """Read a table of rates and ask about those a hundred times off; see `scenarios.tables.rates.read_rates`.

    Parameters
    ----------
    path, regions, incentive, answers
        The table, whose it is, whether incentive rates are read as well, and what is answered.
    period
        Base and end year, of which the rates should be; None where that does not matter.
    asked
        What is asked of the province, by which rates of a level are judged, fraction; None where that is not known.

    Returns
    -------
    table, notices
        The table, and what must be said with it: of its form, and the questions that are answered.

    Raises
    ------
    InputError
        What is wrong in the table, and every question that is not answered.
    """
    return meant_rates(read_rates(path, regions, incentive, period=period), regions, answers, period, asked)


def meant_rates(
    table: RateTable,
    regions: Regions,
    answers: Answers = NO_ANSWERS,
    period: tuple[int, int] | None = None,
    asked: Fraction | None = None,
) -> tuple[RateTable, tuple[Finding, ...]]:
    """Return a table that was read, and what must be said with it, asked about as in `read_meant_rates`."""
    collector = Collector()
    collector.extend((*table.notices, *shown_rounded(table.cells)))
    answers.ask(
        (
            *_of_another_period(table, period),
            *_of_one_year(table, period),
            *_of_carbon(table, regions),
            *_questions(table, regions, asked),
        ),
        collector,
    )
    collector.raise_errors()
    return table, collector.notices


def _of_another_period(table: RateTable, period: tuple[int, int] | None) -> Iterator[Finding]:
    """Ask whether the rates are those of the period, where header, sheet or title names another one."""
    heads = [(cell.place.column, replace(cell.place, row=None, cell="")) for cell in table.cells[:1]]
    stated = [text for text, _ in table.titles if period and _names(text, period)]
    aside = {*stated, *(text for text, _ in table.titles if stated and is_source(text))}
    titles = [(text, at) for text, at in table.titles if period_of(text) and text not in aside]
    said = [(text, at) for text, at in (*heads, *titles) if period and is_of_period(text, *period) is not None]
    if period and said and not any(is_of_period(text, *period) for text, _ in said):
        text, place = said[0]
        needed = f"{period[0]}–{period[1]}"
        asked = f"rates-of-period:{table_of(place)}:{text}"
        yield question("rates_of_period", asked, place, found=text, needed=needed)


def _names(text: str, period: tuple[int, int]) -> bool:
    """Return whether a text names both years, as in: 2030 年比 2025 年下降; then it speaks of other periods besides."""
    return {*map(str, period)} <= {*_FOUR_DIGITS.findall(text)}


def _of_one_year(table: RateTable, period: tuple[int, int] | None) -> Iterator[Finding]:
    """Ask whether a column of the last year holds rates of all years, where one of a year before is beside it."""
    heads = [cell.place for cell in table.cells[:1] if period_of(cell.place.column) is None]
    if period is None or not heads or _ALL_YEARS.search(heads[0].column):
        return
    others = [text for text in table.beside if {*range(period[0] + 1, period[1])} & {*years_of_title(text)}]
    if others and not any(map(_ALL_YEARS.search, others)):
        text, needed = heads[0].column, f"{period[0]}–{period[1]}"
        place = replace(heads[0], row=None, cell="")
        asked = f"rates-of-period:{table_of(place)}:{text}"
        yield question("rates_of_one_year", asked, place, found=text, other=others[0], needed=needed)


def _of_carbon(table: RateTable, regions: Regions) -> Iterator[Finding]:
    """Ask whether the rates are of the quantity, where only the title says of what and says carbon."""
    titles = [(text, at) for text, at in table.titles if OF_CARBON.search(text) and not OF_ENERGY.search(text)]
    if regions.quantity.name != "carbon" and titles and not any(OF_ENERGY.search(text) for text, _ in table.titles):
        text, place = titles[0]
        yield question("rates_of_carbon", f"rates-of-carbon:{text}", place, found=text)


def _questions(table: RateTable, regions: Regions, asked: Fraction | None) -> Iterator[Finding]:
    rows = (
        CityRow(key, name, cell, {"rate": Figure(rate, cell, _factor(rate, cell.parse()[0]))})
        for key, name, cell, rate in zip(regions.ids, regions.names, table.cells, table.rates, strict=True)
    )
    cities = CityTable(table.cells[0].place if table.cells else Place(file=table.source.name), tuple(rows))
    yield from hidden_rows(cities)
    yield from _beyond_bounds(cities, regions)
    if regions.quantity.is_level:
        yield from _of_level(cities, regions, asked)
        return
    yield from odd_signs(cities, "rate")
    yield from off_column(cities, ("rate",))
    yield from as_fractions(cities, ("rate",))


def _beyond_bounds(cities: CityTable, regions: Regions) -> Iterator[Finding]:
    """Say which few rates beyond their bounds would be within ten times as large or small."""
    limits = zip(cities.rows, regions.lower, regions.upper, strict=True)
    beyond = [each for each in limits if not each[1] <= each[0].figures["rate"].value <= each[2]]
    for row, low, high in beyond if len(beyond) <= len(cities.rows) * _FEW else ():
        rate = row.figures["rate"]
        power = next((n for n in (1, -1) if rate.value and low <= rate.value.scaleb(n) <= high), None)
        if power is not None:
            shown = {"meant": rate.shifted(power), "by": moved(power), "low": rate.shown(low), "high": rate.shown(high)}
            yield Finding("rate_beyond", rate.place, {"name": row.name, "found": rate.cell.text, **shown}, "notice")


def _of_level(cities: CityTable, regions: Regions, asked: Fraction | None) -> Iterator[Finding]:
    """Ask about rates of a level, which may rise in one city or in all; where some do, others are near zero."""
    rates = [(row.name, row.figures["rate"]) for row in cities.rows]
    yield from turned_sign(rates)
    if all(rate.value > 0 for _, rate in rates):
        yield from off_column(cities, ("rate",))
    if not asked:
        return
    figures = [rate for _, rate in rates]
    amounts = list(map(Fraction, regions.emissions))
    whole = (amount * Fraction(rate.value) for amount, rate in zip(amounts, figures, strict=True))
    mean = sum(whole, Fraction(0)) / sum(amounts, Fraction(0))
    if are_bare(figures) and abs(mean) * _TEN < abs(asked) and abs(mean) * 100 <= abs(asked) * _TEN:
        yield of_fractions(figures, "rate")
    elif asked < 0 < min(rate.value for rate in figures) and -asked / _NEAR <= mean <= -asked * _NEAR:
        yield all_fall(rates, exact_per_cent(as_printed(-asked)))


def _factor(rate: Decimal, written: Decimal) -> Decimal:
    """Return what a written number was multiplied by, below zero for a change."""
    size = Decimal(1) if abs(written) == abs(rate) else _HUNDREDTH
    return -size if written * rate < 0 else size
