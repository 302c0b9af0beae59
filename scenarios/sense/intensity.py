"""Emissions against GDP: one of them may be in another unit, in the whole table or in one cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import median

from scenarios.errors import Finding
from scenarios.sense.asking import certain, question, table_of
from scenarios.sense.figures import CityRow, CityTable, Others, brief, logs, moved, nearest_slip
from scenarios.tables.headers.units import inside

LARGEST = {"emissions": Decimal(5_000_000), "gdp": Decimal(10_000_000)}
"""万吨 and 亿元 that no province, nor any country, comes to."""
LEAST = Decimal(1)
"""万吨 and 亿元 that the regions of a table have on average: with less of both, units are off."""
LOWEST, HIGHEST = Decimal("0.05"), Decimal(30)
"""吨/万元 between which the intensity of a province lies."""
NEAR = 2
"""By what factor it may lie outside and is only said: no unit is that near to another."""
FAR = 0.95
"""Powers of ten off the median of the others at which an intensity that stands alone is asked about."""
ALONE = 0.6
"""Powers of ten to the nearest other city at which an intensity stands alone."""
ANYHOW = 1.7
"""Powers of ten off the median (50 times) at which an intensity is asked about whether it stands alone or not."""
IMPOSSIBLE = 2.7
"""Powers of ten (500 times) at which it is beyond doubt."""
FEWEST = 5
"""Cities among which one whose emissions and GDP are both far off is asked about."""
BEYOND = Decimal("1.5")
"""How many times all others together a city may have of both unasked."""
BELOW = 1.7
"""Powers of ten (50 times) below all others at which a city may lie in both unasked."""
SMALLEST = 0.7
"""Powers of ten by which a city put right may still be smaller, or larger, than all others."""
_BY_HABIT = (4, 1, 2, 3, 8)
"""Powers of ten by which both are confused, the likeliest first."""
WITH_UNITS = 0.3
"""Powers of ten by which an intensity in the right units may still lie outside the others."""
NONE = 9.7
"""Powers of ten below the others (50 times the widest of units) that no unit explains: such a city has next to none."""


INTERCHANGED, INSTEAD, NEARER = 1.0, 0.3, 0.7
"""Powers of ten off the median at which emissions and GDP may be interchanged, those within which intensity then lies,
and what share of how far both are off their columns is left then: asked of 1 sound table in 1,600."""


def province_intensity(table: CityTable) -> Iterator[Finding]:
    """Ask for the unit where the intensity of all cities together, and of most, is none of a province."""
    rows = table.having("emissions", "gdp")
    if not rows:
        return
    found = _sum(rows, "emissions") / _sum(rows, "gdp")
    if LOWEST <= found <= HIGHEST or LOWEST <= median(map(_intensity, rows)) <= HIGHEST:
        return
    powers = [power for power in (-4, 4, -2, 2, -3, 3, -8, 8) if LOWEST <= found.scaleb(power) <= HIGHEST]
    meant = min(powers, key=lambda power: abs(power) != 4, default=-nearest_slip(float(found.log10())))
    column = "emissions" if found > HIGHEST else "gdp"
    asked = question(
        "intensity_of_province", "intensity-of-province", table.head(column), found=brief(found),
        power=abs(meant), meant=brief(found.scaleb(meant)),
    )  # fmt: skip
    near = found * NEAR >= LOWEST and found <= HIGHEST * NEAR
    yield replace(asked, severity="notice") if near else asked


def province_size(table: CityTable) -> Iterator[Finding]:
    """Ask for the unit of a column that adds up to more than the world's: where both are off, intensity is not."""
    for column, most in LARGEST.items():
        rows = table.having(column)
        if rows and (found := _sum(rows, column)) > most:
            yield question(
                "size_of_province", f"size-of-province-{column}", table.head(column), found=brief(found),
                meant=brief(found.scaleb(-4)), unit=inside(column),
            )  # fmt: skip
    rows = table.having(*LARGEST)
    means = [_sum(rows, column) / len(rows) for column in LARGEST] if len(rows) >= FEWEST else []
    if means and max(means) < LEAST:
        for column, found in zip(LARGEST, means, strict=True):
            yield question(
                "size_too_small", f"size-too-small-{column}", table.head(column), found=brief(found),
                meant=brief(found.scaleb(4)), unit=inside(column),
            )  # fmt: skip


def city_intensity(table: CityTable) -> Iterator[Finding]:
    """Ask for the unit of one city whose intensity is far from that of all others."""
    rows = _emitting(table.having("emissions", "gdp"))
    if len(rows) < 2:
        return
    own = list(map(_intensity, rows))
    sizes = logs(own)
    held = Others(sizes)
    columns = [Others(logs(row.figures[name].value for row in rows)) for name in LARGEST]
    for n, row in enumerate(rows):
        off = held.off_median(n)
        if len(rows) >= FEWEST and _are_interchanged(row, off, [column.off_median(n) for column in columns]):
            yield _interchanged(row, own[n], median([value for k, value in enumerate(own) if k != n]))
        elif abs(off) > ANYHOW or (len(rows) > 2 and abs(off) > FAR and held.gap(n) > ALONE):
            if len(rows) == 2 and abs(sizes[n]) < abs(sizes[1 - n]):
                continue
            others = median([value for k, value in enumerate(own) if k != n])
            if LOWEST <= own[n] <= HIGHEST and not LOWEST <= others <= HIGHEST:
                continue  # it is the others that are off
            powers = _powers(held, n, sizes[n], off)
            yield certain(abs(off) > IMPOSSIBLE and len(rows) > 2, _of_city(rows, row, own[n], others, powers))


def _are_interchanged(row: CityRow, off: float, apart: Sequence[float]) -> bool:
    """Return whether a city is far off as it is written and not with its two figures interchanged.

    `off`, `apart`: powers of ten by which its intensity, and its emissions and GDP, are off the others'.
    """
    figures = [row.figures[name] for name in LARGEST]
    steps = logs(value / figure.value for value, figure in zip(_exchanged(row), figures, strict=True))
    instead = sum(abs(size + step) for size, step in zip(apart, steps, strict=True))
    near = abs(off + steps[0] - steps[1]) < INSTEAD and instead < NEARER * sum(map(abs, apart))
    return abs(off) > INTERCHANGED and near and not figures[0].accounted


def _exchanged(row: CityRow) -> tuple[Decimal, Decimal]:
    """Return emissions and GDP of a city if each stands in the other's cell."""
    emissions, gdp = (row.figures[name] for name in LARGEST)
    return gdp.value / gdp.factor * emissions.factor, emissions.value / emissions.factor * gdp.factor


def _interchanged(row: CityRow, own: Decimal, others: Decimal) -> Finding:
    emissions, gdp = (row.figures[name] for name in LARGEST)
    then = _exchanged(row)
    return question(
        "interchanged", f"interchanged:{row.name}", emissions.place, name=row.name, found=emissions.cell.text,
        second=gdp.cell.text, cell=gdp.place.inside, intensity=brief(own), others=brief(others),
        then=brief(then[0] / then[1]),
    )  # fmt: skip


def city_size(table: CityTable) -> Iterator[Finding]:
    """Ask about one city whose emissions and GDP are both off by the same power of ten: its intensity is right."""
    rows = table.having(*LARGEST)
    if len(rows) < FEWEST:
        return
    emissions, gdp = (_mended(rows, column) for column in LARGEST)
    for n in sorted(emissions.keys() & gdp.keys()):
        power = next((each for each in emissions[n] if each in gdp[n]), None)
        if power is not None:
            pairs = [(rows[n].figures[column], column) for column in LARGEST]
            figures = [figure for figure, _ in pairs]
            asked = question(
                "size_of_city", f"size-of-one-city:{rows[n].name}", figures[0].place, name=rows[n].name,
                found=" / ".join(each.cell.text for each in figures),
                meant=" / ".join(each.shifted(power) for each in figures), by=moved(power),
                others=" / ".join(each.shown(_median(rows, n, column)) for each, column in pairs),
            )  # fmt: skip
            yield certain(abs(power) > IMPOSSIBLE, asked)


def _median(rows: list[CityRow], n: int, column: str) -> Decimal:
    """Return the median of a column but for its n-th figure."""
    return median([row.figures[column].value for k, row in enumerate(rows) if k != n])


def _mended(rows: list[CityRow], column: str) -> dict[int, list[int]]:
    """Return whose figure is above all others together or below each, by far: position -> powers that put it right."""
    values, total = [row.figures[column].value for row in rows], _sum(rows, column)
    held, sizes = Others(logs(values)), logs(values)
    far = [n for n, x in enumerate(values) if x > BEYOND * (total - x) or held.below(n) > BELOW]
    return {
        n: [p for power in _BY_HABIT for p in (-power, power) if held.among(n, sizes[n] + p, SMALLEST)] for n in far
    }


def emissions_far_off(table: CityTable) -> Iterator[Finding]:
    """Ask about one city whose emissions are of another order than those of all others, where no GDP is known."""
    rows = table.having("emissions")
    sizes = logs([row.figures["emissions"].value for row in rows])
    held = Others(sizes)
    for n, row in enumerate(rows) if len(rows) > 2 else ():
        figure = row.figures["emissions"]
        if abs(held.off_median(n)) > IMPOSSIBLE and held.gap(n) > 1:
            asked = f"emissions-of-one-city:{table_of(figure.place)}:{row.name}"
            yield question("account_off", asked, figure.place, name=row.name, found=figure.cell.text)


def _emitting(rows: list[CityRow]) -> list[CityRow]:
    """Return the rows of cities that emit enough for their intensity to be held against others."""
    held = Others(logs(list(map(_intensity, rows))))
    return [row for n, row in enumerate(rows) if len(rows) == 1 or held.off_median(n) > -NONE]


def _powers(held: Others, n: int, size: float, off: float) -> list[int]:
    """Return the powers of ten that put an intensity right: the nearest; before 10³ that of 吨 and 万元, if it fits."""
    nearest = -nearest_slip(off)
    of_units = nearest // 3 * 4
    return [of_units, nearest] if abs(nearest) == 3 and held.among(n, size + of_units, WITH_UNITS) else [nearest]


def _of_city(rows: list[CityRow], row: CityRow, own: Decimal, others: Decimal, powers: list[int]) -> Finding:
    """Return the question about a city, at the one of its two cells that is further from its column."""
    column = max(("emissions", "gdp"), key=lambda name: _off_column(rows, row, name))
    figure, rest = row.figures[column], _sum(rows, column) - row.figures[column].value
    steps = [power if column == "emissions" else -power for power in powers]
    meant = [figure.shifted(step) for step in steps]
    code, found = "intensity_of_city", figure.cell.text
    if figure.accounted:
        code, found = "account_off", brief(figure.value)
    elif rest <= figure.value <= BEYOND * rest:
        code = "total_of_city"
    elif not LOWEST <= own.scaleb(powers[-1]) <= HIGHEST:
        code = "intensity_off"
    of = f"{table_of(figure.place)}:{row.name}" if figure.accounted else row.name  # of an energy table, that one's
    key = f"intensity-of-one-city:{of}" + (":gdp" if column == "gdp" else "")  # an answer is of one of the two
    return question(
        code, key, figure.place, name=row.name, found=found,
        intensity=brief(own), others=brief(others), meant=" / ".join(meant), by=moved(*steps), sum=figure.shown(rest),
        then=" / ".join(brief(own.scaleb(power)) for power in powers),
    )  # fmt: skip


def _intensity(row: CityRow) -> Decimal:
    return row.figures["emissions"].value / row.figures["gdp"].value


def _off_column(rows: list[CityRow], row: CityRow, column: str) -> float:
    held = Others(logs([each.figures[column].value for each in rows]))
    return abs(held.off_median(rows.index(row)))


def _sum(rows: list[CityRow], column: str) -> Decimal:
    return sum((row.figures[column].value for row in rows), Decimal(0))
