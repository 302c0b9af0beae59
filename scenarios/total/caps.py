"""Caps of the cities (各市总量): how they are asked for, and tables of them, ours or typed from a circular."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import repeat
from pathlib import Path

from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.file.total import Policy, TotalControl, YearPath
from scenarios.sense.asking import NO_ANSWERS, Answers, question, table_of
from scenarios.sense.figures import exactly, often
from scenarios.sense.hidden import shown_rounded
from scenarios.tables.cells import CellError, in_all_digits, parse_number
from scenarios.tables.files import InputFile, parse_json, read_bytes
from scenarios.tables.grid import Cell
from scenarios.tables.headers.names import CAPS, OWN_CAPS
from scenarios.tables.layout.asked import Asked
from scenarios.tables.printed import regions_in, without_notes
from scenarios.tables.regions import Regions, called_reserve, called_residual
from scenarios.tables.rows import Row, TableReader, not_negative
from scenarios.tables.sheets import lacking, read_sheets, several_sheets
from scenarios.total.cap import Total
from scenarios.total.cap_columns import COLUMNS, CapColumn, Years, cap_column
from scenarios.total.draws import Draw
from scenarios.total.unit_meant import column_off, slip_of_sum
from scenarios.total.year_caps import YearCaps
from scenarios.wording import some, written

_LEAST, _MOST = Fraction(1, 2), Fraction(2)
"""Of what a city emits at its rate and planned growth: a cap outside needs a growth that nobody plans."""
_DECIMALS, _NOISE = 6, Fraction(1, 10**9)
"""Decimals of a cap in 万吨, and how near to one with so many a figure is that one: binary sums leave such crumbs."""
_MOSTLY = Fraction(3, 4)
"""From this share of the cities on not their caps are off, but the column."""


@dataclass(frozen=True)
class CityCaps:
    """What each city may emit in the last year, 万吨, exact, in the order of the regions."""

    values: tuple[Fraction, ...]
    reserve: Fraction | None = None  # What the table says no city gets; None where it does not say
    reserve_cell: Cell | None = field(default=None, compare=False)  # Where it says so
    head: Place | None = field(default=None, compare=False)  # The header of their column, where they stand in one
    increments: Place | None = field(default=None, compare=False)  # The same, where they were made of increments


@dataclass(frozen=True)
class AskedCaps:
    """How a scenario asks for caps of its cities."""

    policy: Policy
    step: Fraction = Fraction(1)  # What caps are multiples of, 万吨
    subtotals: bool = False  # Whether groups of cities are rounded first
    given: CityCaps | None = None  # Those of a table
    draws: tuple[Draw, ...] = ()  # Of projects on the reserve
    years: YearPath = "even"  # How the budgets of the years lead to them
    by_year: YearCaps | None = None  # Budgets of a table
    peak: int | None = None  # The year after which the province's are not to rise

    @classmethod
    def of(
        cls, asked: TotalControl, given: CityCaps | None = None, draws: tuple[Draw, ...] = (),
        by_year: YearCaps | None = None,
    ) -> AskedCaps:  # fmt: skip
        """Return what a scenario file asks; `given`, `draws`, `by_year`: what stands in the tables that it names."""
        step, years, peak = Fraction(asked.step), asked.year_path, asked.peak_year
        return cls(asked.policy, step, asked.subtotals, given, draws, years, by_year, peak)

    @property
    def drawn(self) -> Fraction:
        """What projects are given of the reserve, 万吨."""
        return sum((draw.amount for draw in self.draws), Fraction(0))


def allowed_by(rates: Sequence[Decimal], regions: Regions) -> list[Fraction]:
    """Return what each region emits in the last year at its rate and planned growth, E g (1 - r), 万吨."""
    columns = zip(regions.emissions, regions.growth, rates, strict=True)
    return [Fraction(e) * Fraction(g) * (1 - Fraction(r)) for e, g, r in columns]


@in_all_digits
def read_caps(
    path: Path,
    regions: Regions,
    expected: Sequence[Fraction] | None = None,
    answers: Answers = NO_ANSWERS,
    needed: bool = True,
    of: tuple[str, ...] = (),
    years: Years | None = None,
    step: Fraction | None = None,
) -> tuple[CityCaps, InputFile, tuple[Finding, ...]] | None:
    """Read a column of caps, or of increments over the base year's emissions, of all regions.

    A row 机动 says what no city gets; a row 合计 must be the sum. Columns of caps that are not read are named.

    Parameters
    ----------
    path
        A csv or xlsx file, or a plan.json.
    regions
        The regions, length n.
    expected
        What each emits in the last year at its rate and planned growth, 万吨: caps far from that are asked about;
        None where nothing is to be asked.
    answers
        To these questions.
    needed
        Whether a table without such a column is refused; else None is returned for it.
    of
        The sheets of a workbook to look into, all where none is named.
    years
        Base year and last year: a column of another year than the last is not read, which is said.
    step
        What caps that are made are multiples of, 万吨: figures that are not are said; None where that is not asked.

    Raises
    ------
    InputError
        A city unknown, twice or missing; a cap that is none; a sum that is none; two columns that may be meant;
        questions that are not answered.
    """
    if path.suffix.lower() == ".json":
        return _of_json(path, regions, needed)
    names = {**CAPS, **OWN_CAPS.get(regions.quantity.name, {})}
    sheets, source = read_sheets(path, ("name",), names, Asked.of(regions, of))
    columns = [cap_column(sheet, regions.quantity, years) for sheet in sheets]
    having = [found for found in columns if found.name]
    if not needed:  # 碳排放总量 alone may be an indicator
        having = [found for found in having if found.sheet.position("rate") is not None or found.said]
    rated = [found for found in having if found.sheet.position("rate") is not None]
    having = rated if len(rated) == 1 else having
    if not having:
        aside = [replace(finding, severity="error") for found in columns for finding in found.set_aside]
        if needed and aside:
            raise InputError(aside)
        if needed:
            raise lacking(sheets[0], ["cap"], names)
        return None
    if len(having) > 1:
        raise several_sheets([found.sheet for found in having])
    reader = _CapReader(having[0], regions)
    caps = reader.read()
    reader.collector.raise_errors()
    reader.collector.extend(shown_rounded(cell for cell, _ in reader.found.values()))
    if step is not None:
        reader.say_between(step)
    answers.ask(reader.questions(expected) if expected is not None else (), reader.collector)
    reader.check_sum(caps)
    reader.collector.raise_errors()
    return caps, source, reader.collector.notices


@in_all_digits
def unread_caps(path: Path, regions: Regions, years: Years) -> tuple[Place | None, tuple[Finding, ...]]:
    """Return where a table says that a column holds caps, or increments, and what is said of others.

    None and nothing where no column says so.
    """
    if path.suffix.lower() == ".json":
        return None, ()
    names = {**CAPS, **OWN_CAPS.get(regions.quantity.name, {})}
    try:
        sheets, _ = read_sheets(path, ("name",), names, Asked.of(regions))
    except InputError:  # the rates could be read without
        return None, ()
    found = [cap_column(sheet, regions.quantity, years) for sheet in sheets]
    said = (one.sheet.header_place(one.position) for one in found if one.name and one.said)
    return next(said, None), tuple(aside for one in found for aside in one.set_aside)


def other_caps(path: Path, regions: Regions, years: Years, used: CityCaps, source: str) -> Iterator[Finding]:
    """Yield what is said of a table's own caps where those of another, `used` from `source`, are judged beside it."""
    place, _ = unread_caps(path, regions, years)
    try:
        own = read_caps(path, regions, needed=False, years=years)
    except InputError:  # they are not used, whatever is wrong with them
        own = None
    if own is not None and place is None:
        place = Place(file=path.name, key="cap")
    if place is None:
        return
    pairs = () if own is None else zip(regions.names, own[0].values, used.values, strict=True)
    apart = [name for name, one, other in pairs if one != other]
    yield Finding("caps_apart" if apart else "caps_second", place, {"used": source, "names": some(apart)}, "notice")


def _of_json(path: Path, regions: Regions, needed: bool) -> tuple[CityCaps, InputFile, tuple[Finding, ...]] | None:
    """Return the caps in a plan.json or a list of records; its regions are judged where the rates are read."""
    raw, collector, caps = read_bytes(path), Collector(), dict[int, Fraction]()
    content = parse_json(raw, path.name, number=_Number, constant=_Number)
    listed = content.get("regions") if isinstance(content, dict) else content
    for n, record in enumerate(listed if isinstance(listed, list) else []):
        given = record.get("cap") if isinstance(record, dict) else None
        value = given.get("cap_10kt") if isinstance(given, dict) else given
        names = [text for key in ("id", "name", "region") if isinstance(text := record.get(key), str)] if given else []
        position = regions.index.find(*names) if names else None
        if position is None:
            continue
        try:
            number = parse_number(value)[0] if isinstance(value, _Number) else Decimal("nan")
            caps[position] = _less_noise(Fraction(number))
        except (CellError, ValueError):
            collector.error("not_a_number", Place(file=path.name, key=f"regions[{n}].cap"), found=written(value))
    missing = [name for n, name in enumerate(regions.names) if n not in caps]
    if missing and (caps or needed) and not collector.refuses:
        collector.error("missing_regions", Place(file=path.name, key="cap"), missing=some(missing))
    collector.raise_errors()
    return (
        None if not caps else (CityCaps(tuple(caps[n] for n in range(len(regions)))), InputFile.of(path.name, raw), ())
    )


def _less_noise(amount: Fraction) -> Fraction:
    """Return the amount that is meant where one is off by what a binary sum leaves behind, 25.199999999999818."""
    meant = round(amount, _DECIMALS)
    return meant if abs(amount - meant) < _NOISE else amount


class _Number(str):
    """A number of a JSON file as it is written."""


class _CapReader(TableReader):
    """Reads a row a city; what cannot be read is noted and stands as 1."""

    def __init__(self, column: CapColumn, regions: Regions) -> None:
        super().__init__(without_notes(column.sheet, regions.index), Collector())
        self.regions = regions
        self.column = column.name
        self.collector.extend((*column.twice, *column.set_aside))
        self.found: dict[int, tuple[Cell, Fraction]] = {}
        self.total: Row | None = None  # The row 合计
        self.residual = Fraction(0)

    def read(self) -> CityCaps:
        """Return the caps of all regions; what the row 合计 says is not looked at."""
        self.once((), COLUMNS)
        reserve, cell = None, None
        for row in self.sheet.rows:
            name = self.text(row, "name")
            if called_reserve(name) and self.regions.index.find(name) is None:
                reserve, cell = self._value(row, "not_negative", not_negative), self.needed(row, self.column)
            elif called_residual(name) and self.regions.index.find(name) is None:
                self.residual = self._value(row, "not_negative", not_negative) or Fraction(0)
            elif self.regions.index.is_total(self.text(row, "id"), name):
                self.total = self.total or row
            elif not self.no_ones(row):
                self._city(row)
        self._all_there()
        head = self.sheet.header_place(self._at())
        increments = head if self.column == "increment" else None
        return CityCaps(tuple(self._cap(n) for n in range(len(self.regions))), reserve, cell, head, increments)

    def _city(self, row: Row) -> None:
        place = self.named(row).place
        names = (self.text(row, "id"), self.text(row, "name"))
        cell, several = self.needed(row, self.column), regions_in(self.regions.index, names[1])
        known = [n for n in map(self.regions.index.find, several) if n is not None]
        if len(several) > 1 and known and cell.text:
            self.collector.error("cap_of_several", cell.place, found=cell.text, names=some(several))
            self.found |= dict.fromkeys(known, (cell, Fraction(1)))
            return
        position = self.regions.index.locate(*names, place=place, collector=self.collector)
        if position is None:
            return
        if position in self.found:
            first = self.found[position][0].place.inside
            self.collector.error("region_twice", place, found=self.regions.names[position], first=first)
            return
        base = Fraction(self.regions.emissions[position]) if self.column == "increment" else Fraction(0)
        value = self._value(row, "cap_not_positive", lambda number: self._in_10kt(number) + base > 0)
        self.found[position] = self.needed(row, self.column), base + (1 if value is None else value)

    def _value(self, row: Row, code: str, fits: Callable[[Decimal], bool]) -> Fraction | None:
        """Return what stands in the column, 万吨; None after noting what is wrong."""
        number = self.amount(self.needed(row, self.column), code, fits)
        return None if number is None else self._in_10kt(number)

    def _in_10kt(self, number: Decimal) -> Fraction:
        return _less_noise(Fraction(number) * Fraction(self.factor(self.column)))

    def _cap(self, position: int) -> Fraction:
        return self.found[position][1] if position in self.found else Fraction(1)

    def _all_there(self) -> None:
        missing = [name for n, name in enumerate(self.regions.names) if n not in self.found]
        if missing:
            self.collector.error("missing_regions", self.sheet.place, missing=some(missing))

    def check_sum(self, caps: CityCaps) -> None:
        """Refuse a row 合计 that is neither the sum of the cities nor that with the reserve, and the residual line."""
        row = self.total
        cell = self.needed(row, self.column) if row is not None else None
        if row is None or cell is None or not cell.text:
            return
        said, cities = self._value(row, "not_negative", lambda _: True), sum(caps.values, Fraction(0))
        base = sum(map(Fraction, self.regions.emissions), Fraction(0)) if self.column == "increment" else Fraction(0)
        with_reserve = cities - base + (caps.reserve or 0)
        least, most = cities - base, with_reserve + self.residual
        if said is not None and said not in {least, with_reserve, most}:
            code = "caps_sum" if least == most else "caps_sum_residual" if self.residual else "caps_sum_reserve"
            self.collector.error(code, cell.place, found=cell.text, sum=exactly(least), more=exactly(most))

    def say_between(self, step: Fraction) -> None:
        """Say which figures are no multiples of a step: they are taken as they stand."""
        emissions = map(Fraction, self.regions.emissions) if self.column == "increment" else repeat(Fraction(0))
        given = {n: self.found[n][1] - e for n, e in zip(range(len(self.regions)), emissions, strict=False)}
        between = [n for n, value in given.items() if (value / step).denominator != 1]
        if between:
            names = some(self.regions.names[n] for n in between)
            first = self.found[between[0]][0]
            self.collector.notice("caps_between", first.place, found=first.text, step=exactly(step), names=names)

    def questions(self, expected: Sequence[Fraction]) -> Iterator[Finding]:
        """Yield what is asked of caps that are far from what the rates leave: a unit, or a digit too many."""
        times = {n: cap / expected[n] for n, (_, cap) in self.found.items() if expected[n] > 0}
        off = [n for n, ratio in times.items() if not _LEAST <= ratio <= _MOST]
        if off and len(off) >= _MOSTLY * len(self.found):
            header, place = self.sheet.headers[self._at()], self.sheet.header_place(self._at())
            codes, multiples = ("caps_off", "caps_off_meant"), [times[n] for n in off]
            yield column_off(codes, header, place, multiples, self.regions.quantity, self._increments(expected))
            return
        for n in off:
            cell, name = self.found[n][0], self.regions.names[n]
            shown = {"allowed": f"{float(expected[n]):,.1f}", "times": often(times[n])}
            asked = f"cap-off:{table_of(cell.place)}:{name}"
            yield question("cap_off", asked, cell.place, name=name, found=cell.text, **shown)

    def _increments(self, expected: Sequence[Fraction]) -> Fraction | None:
        """Return how many times what is expected the increments are, all together: one city's may be anything.

        None of a column of caps, and where no increment is expected.
        """
        base = sum(map(Fraction, self.regions.emissions), Fraction(0))
        given, meant = (abs(sum(caps, -base)) for caps in ([cap for _, cap in self.found.values()], expected))
        return given / meant if meant and self.column == "increment" else None

    def _at(self) -> int:
        position = self.sheet.position(self.column)
        assert position is not None
        return position


def given_caps(
    asked: TotalControl, folder: Path, regions: Regions, total: Total, answers: Answers, years: Years | None = None
) -> tuple[CityCaps, InputFile, tuple[Finding, ...]]:
    """Read the caps that a scenario gives by a table, which must add up to the province's cap `total`.

    Raises InputError: also where the caps do not add up, with what is left or over.
    """
    unchanged = [Fraction(e) * Fraction(g) for e, g in zip(regions.emissions, regions.growth, strict=True)]
    even = total.left / sum(unchanged, Fraction(0))
    allowed = [each * even for each in unchanged]
    read = read_caps(folder / asked.caps, regions, allowed, answers, years=years, step=Fraction(asked.step))
    assert read is not None
    caps, source, notices = read
    given = sum(caps.values, Fraction(0))
    rest, cell = total.left - given, caps.reserve_cell
    if cell is not None and caps.reserve != total.reserve:
        values = {"found": cell.text, "reserve": exactly(total.reserve)}
        raise InputError.of("caps_reserve", cell.place, **values)
    base = sum(map(Fraction, regions.emissions), Fraction(0))
    by = slip_of_sum(given - base, total.left - base) if rest and caps.increments else None
    if by is not None and caps.increments:
        sums = {"sum": exactly(given - base), "meant": exactly(total.left - base), "base": exactly(base)}
        said = {"cap": exactly(total.cap - total.outside), "reserve": exactly(total.reserve), "by": by}
        raise InputError.of("increments_off", caps.increments, **sums, **said)
    if rest:
        values = {"sum": exactly(given), "reserve": exactly(total.reserve), "rest": exactly(abs(rest))}
        cap = exactly(total.cap - total.outside)
        raise InputError.of(
            "caps_left" if rest > 0 else "caps_over", caps.head or Place(file=source.name), cap=cap, **values
        )
    return CityCaps(caps.values), source, notices
