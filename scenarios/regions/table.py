"""Reads the regions table: emissions, GDP, growth, bounds, and the columns the indicators use."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from scenarios.errors import Collector, Finding, Place
from scenarios.regions.ends import far_ends
from scenarios.regions.growth_factors import unclear_growth, with_growth_factors
from scenarios.regions.members import check_members, questions_of_members
from scenarios.regions.ranges import check_above_zero, check_shares
from scenarios.regions.read_before import read_sheet_again
from scenarios.regions.rows import RegionRows
from scenarios.regions.wanted import Wanted
from scenarios.sense.asking import question
from scenarios.sense.cities import BOUNDS, questions_of_cities
from scenarios.sense.growth import growth_meant
from scenarios.sense.reading import city_table
from scenarios.sense.sheet import questions_of_sheet
from scenarios.tables.adcodes.prefectures import in_latin
from scenarios.tables.cells import exact_per_cent, in_all_digits
from scenarios.tables.columns import Header, is_dated
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.headers.growth import is_unclear
from scenarios.tables.headers.names import PANEL, STANDARD
from scenarios.tables.headers.to_paste import as_columns
from scenarios.tables.headers.units import UNITS
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.rates import rate_of
from scenarios.tables.regions import Regions, without_blanks
from scenarios.tables.rows import Row, not_negative

_OF_RATES = ("rate", "incentive_rate")
"""Columns that mean something in tables of rates only."""
DERIVED = "intensity"
"""Indicator column that is computed: emissions / gdp, 吨/万元."""

_CONSTANT = re.compile("可比|不变|constant", re.IGNORECASE)
"""Prices that a split reckons with, where GDP stands in several."""
LARGEST_STEP = Decimal("0.5")
"""No incentive rate need be further above the basic one."""
_SUMS = ("sum_of_group", "sum_of_others")
"""Codes of rows that may be sums: such a row need not be filled in."""
_LEAST_SHARE = Decimal("0.005")
"""No province uses so little non-fossil energy; its column is in another unit."""

_ELSEWHERE = {
    "emissions": ("emissions_twice", "energy_without", "energy_extra"),
    "gdp": ("gdp_twice", "gdp_without", "gdp_extra"),
}
"""What a quantity from a table of its own may meet: its column here, a city there missing, one too many."""


@in_all_digits
def read_regions(path: Path, wanted: Wanted) -> tuple[Regions, InputFile, tuple[Finding, ...]]:
    """Read and judge the regions table of a scenario.

    Returns the regions, the file's record, and what must be said with every result.
    Raises InputError: everything that is wrong, with its cell.
    """
    more = sorted(wanted.columns - wanted.elsewhere)
    sheet, source = read_sheet_again(path, wanted.required, PANEL, wanted.asked, more)
    sheet = with_growth_factors(sheet, wanted.asked.year, wanted.years)
    collector = Collector()
    regions = RegionsReader(sheet, wanted, collector).read()
    collector.raise_errors()
    return regions, source, collector.notices


class RegionsReader(RegionRows):
    """Reads one regions sheet; every cell that fails is noted and the rest goes on."""

    def __init__(self, sheet: Sheet, wanted: Wanted, collector: Collector) -> None:
        super().__init__(sheet, wanted.province, collector)
        self.wanted = wanted
        self._strangers: set[int] = set()  # Rows of regions that nobody knows

    def note(self, code: str, cell: Cell | None, **values: object) -> None:
        """Note something once for each cell; empty ones of a region that nobody knows are no further matter."""
        if code != "empty_cell" or cell is None or cell.place.address[0] not in self._strangers:
            super().note(code, cell, **values)

    def read(self) -> Regions:
        """Return the regions; what is wrong is noted."""
        self._check_headers()
        self.sort({"id", *self.wanted.required, *self.wanted.columns})
        ids = tuple(self.code(row).text for row in self.rows)
        names = tuple(map(without_blanks, self._texts("name")))
        english = tuple(en or zh for en, zh in zip(self._texts("name_en"), names, strict=True))
        self._strangers |= check_members(self, ids, names, self.wanted.province)
        quantities: dict[str, tuple[Decimal, ...]] = {
            name: self._supplied(name, ids, names) if name in self.wanted.elsewhere else self._quantity(name)
            for name in ("gdp", "growth", "emissions")
            if name in {*self.wanted.required, *self.wanted.elsewhere}
        }
        quantities = self._in_place(quantities)
        lower = self._bound("lower", self.wanted.bounds.lower)
        upper = self._bound("upper", self.wanted.bounds.upper)
        self._check_bounds(lower, upper)
        columns, units = self._indicators(self._named(quantities))
        self._ask()
        return Regions(
            ids=ids,
            names=names,
            names_en=english,
            names_in_latin=in_latin(ids, names, english),
            emissions=quantities["emissions"],
            gdp=quantities["gdp"],
            growth=quantities["growth"],
            lower=lower,
            upper=upper,
            groups=tuple(self._texts("group")),
            columns=columns,
            units=units,
            growth_margins=self._margins(quantities["growth"]),
            own_lower=self._own("lower"),
            own_upper=self._own("upper"),
            headings=self.wanted.asked.columns,
            quantity=self.wanted.asked.quantity,
            places=self._places("emissions"),
            ends=self._ends(quantities),
        )

    def _check_headers(self) -> None:
        """Refuse a column twice that is used, a unit that does not fit, and a near miss of an optional column."""
        seen, used = set[tuple[str, str]](), set(map(self.sheet.column, self.wanted.columns))
        meant = {self.sheet.headers[n].text for n in used if n is not None}
        for n, header in enumerate(self.sheet.headers):
            key, used_here = (header.standard or header.text, header.measure), header.text in meant
            if key in seen and key[0] and ((header.standard and header.standard not in _OF_RATES) or used_here):
                self._say_twice(n)
            seen.add(key)
            if header.standard in UNITS and not (header.standard == "growth" and is_unclear(header.text, header.unit)):
                self.judge_unit(n)
            if not header.standard and not header.year and header.text and n not in used:
                missing = [name for name in STANDARD if self.sheet.position(name) is None]
                close = difflib.get_close_matches(header.text.lower(), missing, 1, 0.8)
                if close:
                    self.collector.error("column_meant", self.sheet.header_place(n), meant=close[0])
                elif not self.wanted.asked.is_of_another(header.text):
                    self.collector.notice("column_unused", self.sheet.header_place(n))

    def _say_twice(self, n: int) -> None:
        """Say that a column stands twice; where the headers tell the two apart, how to say which is meant."""
        second = self.sheet.headers[n]
        first = next(h for h in self.sheet.headers if (h.standard or h.text) == (second.standard or second.text))
        if first.written == second.written or not second.standard:
            self.collector.error("column_twice", self.sheet.header_place(n))
            return
        meant = next((h for h in (first, second) if _CONSTANT.search(h.written)), first)
        paste = as_columns({second.standard: meant.written})
        place = self.sheet.header_place(n)
        self.collector.error("column_of_two", place, first=first.written, second=second.written, paste=paste)

    def _places(self, standard: str) -> tuple[Place, ...]:
        """Return where a column stands, row by row; nothing where the table has no such column."""
        cells = [self.cell(row, standard) for row in self.rows]
        return tuple(cell.place for cell in cells if cell is not None)

    def _texts(self, standard: str) -> list[str]:
        return [self.text(row, standard) for row in self.rows]

    def _quantity(self, standard: str) -> tuple[Decimal, ...]:
        """Return emissions (万吨), gdp (亿元) or growth (factor); a failed cell stands as 1."""
        if standard == "growth" and (place := unclear_growth(self.sheet, self.rows, self.wanted.years)):
            self.collector.error(
                "growth_unclear", place, found=self.sheet.headers[self.sheet.position("growth") or 0].written
            )
            return (Decimal(1),) * len(self.rows)
        values = (self._judged(standard, self.needed(row, standard)) for row in self.rows)
        return tuple(Decimal(1) if value is None else value for value in values)

    def _in_place(self, read: dict[str, tuple[Decimal, ...]]) -> dict[str, tuple[Decimal, ...]]:
        """Return what stands for emissions, GDP and growth: of a level itself, of a share fossil energy and energy."""
        of, own = self.wanted.asked.quantity, read["emissions"]
        if of.is_level:
            return {"emissions": own, "gdp": own, "growth": (Decimal(1),) * len(own)}
        if of.name != "nonfossil":
            return read
        without = tuple(map(self._fossil, self.rows, own))
        part = 1 - sum(without) / sum(own)
        if part < _LEAST_SHARE and not self.collector.refuses:
            at = self.sheet.position("nonfossil")
            place = self.sheet.place if at is None else self.sheet.header_place(at)
            asked = question("share_tiny", f"share-tiny:{place.column}", place, percent=f"{part * 100:.4f}")
            self.wanted.answers.ask([asked], self.collector)
        return {"emissions": without, "gdp": own, "growth": read["growth"]}

    def _fossil(self, row: Row, energy: Decimal) -> Decimal:
        """Return what of a city's energy is fossil."""
        cell = self.needed(row, "nonfossil")
        value = self.amount(cell, "not_negative", not_negative)
        part = Decimal(0) if value is None else value * self.factor("nonfossil")
        if part > energy and not self.collector.names(self.needed(row, "emissions").place):
            self.note("share_beyond", cell, name=self.text(row, "name"), found=cell.text, energy=f"{energy:f}")
        return energy - part

    def _ends(self, read: Mapping[str, tuple[Decimal, ...]]) -> tuple[Decimal, ...]:
        """Return the energy of the last year, of a share whose table gives it."""
        if not self.wanted.asked.quantity.is_share or self.sheet.position("energy_end") is None:
            return ()
        cells = [self.needed(row, "energy_end") for row in self.rows]
        ends = tuple(self._judged("energy_end", cell) or Decimal(1) for cell in cells)
        if not self.collector.refuses:
            grown = [n * g for n, g in zip(read["gdp"], read["growth"], strict=True)]
            asked = far_ends(zip(self._texts("name"), cells, ends, grown, strict=True))
            self.wanted.answers.ask(asked, self.collector)
        return ends

    def _named(self, quantities: dict[str, tuple[Decimal, ...]]) -> dict[str, tuple[Decimal, ...]]:
        """Return the quantities that indicators may name; of a level or share its own amounts alone."""
        of = self.wanted.asked.quantity
        if of.is_level:
            return {of.column: quantities["emissions"]}
        if of.name == "nonfossil":
            return {"energy": quantities["gdp"], "growth": quantities["growth"]}
        return {of.column if name == "emissions" else name: own for name, own in quantities.items()}

    def _judged(self, standard: str, cell: Cell) -> Decimal | None:
        """Return a quantity above zero; what is no growth factor is noted as well, with what it may mean."""
        if standard == "growth" and self._refused_whole(standard):
            return None
        read = self.number(cell) if standard == "growth" else None
        if read is not None and (read[1] or read[0] > 0) and (meant := growth_meant(*read, self.wanted.years)):
            self.note(meant[0], cell, found=_as_shown(cell, read), **meant[1])
        zero = standard == "emissions" and self.wanted.asked.quantity.is_level
        value = self.amount(cell, "not_negative", not_negative) if zero else self.amount(cell)
        return None if value is None else value * self.factor(standard)

    def _refused_whole(self, standard: str) -> bool:
        """Return whether a column was refused before its cells were read: nothing more is said of these."""
        at = self.sheet.position(standard)
        place = None if at is None else self.sheet.header_place(at)
        return any(finding.place == place and finding.severity == "error" for finding in self.sheet.findings)

    def _supplied(self, quantity: str, ids: tuple[str, ...], names: tuple[str, ...]) -> tuple[Decimal, ...]:
        """Return the figures of another table, held against the cities of this one, both ways."""
        twice, without, extra = _ELSEWHERE[quantity]
        if (position := self.sheet.position(quantity)) is not None:
            self.collector.error(twice, self.sheet.header_place(position))
        known = next((one for one in self.wanted.supplied if one.quantity == quantity), None)
        if known is None:
            return (Decimal(1),) * len(names)
        found = [known.index.find(*pair) for pair in zip(ids, names, strict=True)]
        for row, key, name, position in zip(self.rows, ids, names, found, strict=True):
            if position is None and name:
                self.collector.error(without, self.named(row).place, name=name, file=known.file)
            elif known.index.torn(key, name):
                other = f"{known.file}: {known.names[position or 0]}"
                self.collector.error("region_conflict", self.named(row).place, found=f"{key} / {name} / {other}")
        for n, (name, place) in enumerate(zip(known.names, known.firsts, strict=True)):
            if n not in found:
                self.collector.error(extra, place, name=name, file=self.sheet.place.file)
        return tuple(Decimal(1) if n is None else known.values[n] for n in found)

    def _margins(self, growth: tuple[Decimal, ...]) -> tuple[Decimal | None, ...]:
        """Return how far growth may be off; an empty cell takes the scenario's share where it has one."""
        position = self.sheet.position("growth_margin")
        if position is None:
            return ()
        return tuple(
            self._margin(row[position], factor) if row[position].text or not self.wanted.growth_uncertainty else None
            for row, factor in zip(self.rows, growth, strict=True)
        )

    def _margin(self, cell: Cell, growth: Decimal) -> Decimal:
        """Return one growth margin, not below zero and below the growth factor itself."""
        parsed = self.number(cell)
        if parsed is None:
            return Decimal(0)
        if parsed[1]:
            self.collector.error("percent_here", cell.place, found=cell.text)
        elif not 0 <= parsed[0] < growth:
            self.collector.error("growth_margin_range", cell.place, found=cell.text, growth=f"{growth:f}")
        return parsed[0]

    def _bound(self, standard: str, default: Decimal) -> tuple[Decimal, ...]:
        """Return a bound column as fractions; an empty cell takes the scenario's bound."""
        position = self.sheet.position(standard)
        if position is None:
            return (default,) * len(self.rows)
        header = self.sheet.headers[position]
        return tuple(rate_of(row[position], header, self.collector, default) for row in self.rows)

    def _own(self, standard: str) -> tuple[bool, ...]:
        """Return whose cell of a column is filled in; empty without the column."""
        if self.sheet.position(standard) is None:
            return ()
        return tuple(bool(text) for text in self._texts(standard))

    def _check_bounds(self, lower: tuple[Decimal, ...], upper: tuple[Decimal, ...]) -> None:
        """Refuse a region's own bound that lies beyond its other one, at the cell it stands in."""
        own = [at for at in (self.sheet.position("upper"), self.sheet.position("lower")) if at is not None]
        for name, row, low, high in zip(self._texts("name"), self.rows, lower, upper, strict=True):
            cell = next((row[at] for at in own if row[at].text), None)
            if cell is not None and low > high and not any(self.collector.names(row[at].place) for at in own):
                found = f"{exact_per_cent(low)}% > {exact_per_cent(high)}%"
                self.collector.error("bounds_crossed", cell.place, name=name, found=found)

    def _indicators(
        self, quantities: Mapping[str, tuple[Decimal, ...]]
    ) -> tuple[dict[str, tuple[Decimal, ...]], dict[str, str]]:
        """Return every column that an indicator names, and its unit."""
        columns: dict[str, tuple[Decimal, ...]] = {}
        of = self.wanted.asked.quantity
        units: dict[str, str] = {of.column: of.unit, "gdp": "亿元", "growth": "", DERIVED: of.rate_unit}
        derived = of.column in quantities and "gdp" in quantities and self.sheet.column(DERIVED) is None
        known = {*quantities, *({DERIVED} if derived else ())}
        for name in sorted(self.wanted.rates & known):
            self.collector.error("no_rate_column", replace(self.sheet.place, column=name), found=name)
        for name in sorted(self.wanted.columns):
            if name in quantities:
                columns[name] = quantities[name]
            elif name in known:
                pairs = zip(quantities[of.column], quantities["gdp"], strict=True)
                columns[name] = tuple(e / y if y else Decimal(0) for e, y in pairs)
            else:
                columns[name], units[name] = self._column(name)
        return columns, units

    def _column(self, name: str) -> tuple[tuple[Decimal, ...], str]:
        """Return one indicator column; per cent signs stand in all of its cells or in none."""
        position = self.sheet.column(name)
        if position is None:
            texts = [header.text for header in self.sheet.headers if not header.standard and header.text]
            near = [t for t in texts if is_dated(t) <= is_dated(name)]
            close = difflib.get_close_matches(name, near, 1, 0.5) or [t for t in near if name in t][:1]
            place, known = replace(self.sheet.place, column=name), ", ".join(close or texts) or "–"
            paste = as_columns({name: close[0] if close else ""})
            if name == "intensity" and self.wanted.asked.quantity.stands_alone:
                self.collector.error("indicator_of_none", Place(key="intensity"), found=name)
                return (Decimal(0),) * len(self.rows), ""
            self.collector.error("indicator_column", place, found=name, known=known, paste=paste)
            self.collector.extend(self.wanted.asked.nowhere(self.sheet, [name]))
            return (Decimal(0),) * len(self.rows), ""
        cells = [row[position] for row in self.rows]
        if name in self.wanted.steps:
            return self._steps(cells, self.sheet.headers[position]), ""
        if name in self.wanted.rates:
            return tuple(rate * 100 for rate in self._rates(cells, self.sheet.headers[position])), "%"
        parsed = [self.number(cell) for cell in cells]
        signs = [percent for _, percent in filter(None, parsed)]
        unit = self.sheet.headers[position].unit
        if name in self.wanted.shares:
            check_shares(cells, self._texts("name"), parsed, unit, self.collector)
        if name in self.wanted.above_zero:
            check_above_zero(cells, parsed, self.collector)
        if len(set(signs)) == 2:
            fewer = 2 * sum(signs) < len(signs)
            for cell, read in zip(cells, parsed, strict=True):
                if read is not None and read[1] == fewer:
                    self.collector.error("mixed_percent", cell.place, found=cell.text)
        return tuple(p[0] if p else Decimal(0) for p in parsed), unit or ("%" if signs and all(signs) else "")

    def _rates(self, cells: list[Cell], header: Header) -> tuple[Decimal, ...]:
        """Return a column of rates as fractions, read like the bounds."""
        if replace(header, standard="rate").factor is None:
            self.collector.error("wrong_unit", replace(self.sheet.place, column=header.text), found=header.unit)
        return tuple(rate_of(cell, header, self.collector) for cell in cells)

    def _steps(self, cells: list[Cell], header: Header) -> tuple[Decimal, ...]:
        """Return a column of least steps as fractions; one outside 0–50 points is noted."""
        values = self._rates(cells, header)
        for cell, value in zip(cells, values, strict=True):
            if not 0 <= value <= LARGEST_STEP and not self.collector.names(cell.place):
                self.collector.error("step_range", cell.place, found=cell.text)
        return values

    def _ask(self) -> None:
        """Ask about figures that can be read and hardly be meant; say which rows are totals."""
        wanted = self.wanted
        members = wanted.province.members if wanted.province else ()
        columns = sorted(wanted.columns - {"emissions", "gdp", "growth"})
        for cell in (self.cell(row, name) for row in self.totals for name in ("emissions", "gdp")):
            if cell is not None and cell.text:
                self.number(cell)
        figures = ("emissions",) if wanted.asked.quantity.is_level else ("emissions", "gdp", "growth")
        read = (*figures, *BOUNDS, *columns)
        table = city_table(self, (self.rows, self.totals), read, members, wanted.supplied)
        of_sheet = questions_of_sheet(self.sheet, wanted.asked.year, wanted.years)
        inputs = (wanted.years, columns, wanted.shares | wanted.rates)
        of_cities = questions_of_cities(table, wanted.asked.year, *inputs)
        named = [(self.text(row, "id"), self.named(row)) for row in self.rows]
        whole = not any(self.collector.names(cell.place) for _, cell in named)
        of_members = questions_of_members(named, wanted.province, self.sheet.place) if whole else ()
        wanted.answers.ask([*of_sheet, *self.groups, *of_members, *of_cities], self.collector)
        sums = [f for f in self.collector.findings if f.code in _SUMS and f.severity != "notice"]
        self.collector.forget("empty_cell", {(f.place.sheet, f.place.address[0]) for f in sums})
        self.say_totals()


def _as_shown(cell: Cell, read: tuple[Decimal, bool]) -> str:
    """Return a figure as a person sees it: a percentage of Excel with its sign."""
    return f"{read[0].normalize():f}%" if cell.percent else cell.text
