"""Reads the regions table: emissions, GDP, growth, bounds, and the columns the indicators use."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from scenarios.cells import CellError
from scenarios.columns import STANDARD
from scenarios.errors import Collector, Place
from scenarios.files import InputFile
from scenarios.rates import rate_of
from scenarios.regions import RegionIndex, Regions, alias, is_total
from scenarios.schema import ScenarioFile
from scenarios.sheets import Cell, Sheet, read_sheet

DERIVED = "intensity"
"""Indicator column that is computed: emissions / gdp, 吨/万元."""

_REQUIRED = ("id", "name", "emissions", "gdp", "growth")
_TOTAL_TOLERANCE = Decimal("0.01")


def read_regions(path: Path, scenario: ScenarioFile) -> tuple[Regions, InputFile, Collector]:
    """Read and judge the regions table of a scenario.

    Returns
    -------
    regions, source, collector
        The regions, the file's record, and the notices.

    Raises
    ------
    InputError
        Everything that is wrong, with its cell.
    """
    sheet, source = read_sheet(path, _REQUIRED)
    collector = Collector()
    reader = _Reader(sheet, scenario, collector)
    regions = reader.read()
    collector.raise_errors()
    return regions, source, collector


class _Reader:
    """Reads one regions sheet; every cell that fails is noted and the rest goes on."""

    def __init__(self, sheet: Sheet, scenario: ScenarioFile, collector: Collector) -> None:
        self.sheet = sheet
        self.scenario = scenario
        self.collector = collector
        self.rows: list[tuple[Cell, ...]] = []
        self.totals: list[tuple[Cell, ...]] = []

    def read(self) -> Regions:
        self._check_headers()
        self._sort_rows()
        ids = tuple(self._texts("id"))
        names = tuple(self._texts("name"))
        english = self._texts("name_en")
        self._check_members(ids, names)
        quantities = {name: self._quantity(name) for name in ("emissions", "gdp", "growth")}
        lower = self._bound("lower", self.scenario.bounds.lower)
        upper = self._bound("upper", self.scenario.bounds.upper)
        self._check_bounds(lower, upper)
        columns, units = self._indicators(quantities)
        self._check_totals(quantities)
        return Regions(
            ids=ids,
            names=names,
            names_en=tuple(en or zh for en, zh in zip(english, names, strict=True)),
            emissions=quantities["emissions"],
            gdp=quantities["gdp"],
            growth=quantities["growth"],
            lower=lower,
            upper=upper,
            groups=tuple(self._texts("group")),
            columns=columns,
            units=units,
        )

    def _place(self, column: str) -> Place:
        return Place(file=self.sheet.place.file, sheet=self.sheet.place.sheet, column=column)

    def _check_headers(self) -> None:
        """Refuse a column twice, a unit that does not fit, and a near miss of an optional column."""
        seen: set[str] = set()
        used = self._used_columns()
        for header in self.sheet.headers:
            key = header.standard or header.text
            if key in seen and key:
                self.collector.error("column_twice", self._place(header.text))
            seen.add(key)
            if header.standard and header.factor is None:
                self.collector.error("wrong_unit", self._place(header.text), found=header.unit)
            if not header.standard and header.text and header.text not in used:
                missing = [name for name in STANDARD if self.sheet.position(name) is None]
                close = difflib.get_close_matches(header.text.lower(), missing, 1, 0.8)
                if close:
                    self.collector.error("column_meant", self._place(header.text), meant=close[0])
                else:
                    self.collector.notice("column_unused", self._place(header.text))

    def _used_columns(self) -> set[str]:
        return {i.column for criterion in self.scenario.criteria.values() for i in criterion.indicators.values()}

    def _sort_rows(self) -> None:
        """Part cities from totals; refuse a city twice and a row without a name."""
        seen: dict[str, Place] = {}
        at_id, at_name = self.sheet.position("id"), self.sheet.position("name")
        assert at_id is not None
        assert at_name is not None
        for row in self.sheet.rows:
            identifier, name = row[at_id], row[at_name]
            if is_total(identifier.text, name.text):
                self.totals.append(row)
                continue
            self.rows.append(row)
            for cell, key in ((identifier, identifier.text), (name, alias(name.text))):
                if not key:
                    self.collector.error("empty_cell", cell.place)
                elif key in seen:
                    first = seen[key]
                    self.collector.error(
                        "region_twice", cell.place, found=cell.text, first=first.cell or first.row or ""
                    )
                seen.setdefault(key, cell.place)
        if len(self.rows) < 2:
            self.collector.error("too_few_regions", self.sheet.place, found=len(self.rows))
        if len(self.totals) > 1:
            self.collector.error("total_twice", self.totals[1][at_name].place)

    def _texts(self, standard: str) -> list[str]:
        position = self.sheet.position(standard)
        return ["" if position is None else row[position].text for row in self.rows]

    def _check_members(self, ids: tuple[str, ...], names: tuple[str, ...]) -> None:
        """Hold the cities against the scenario's list of members, both ways."""
        province = self.scenario.province
        if province is None:
            return
        position = self.sheet.position("id")
        prefix = province.code[:2]
        for row, identifier in zip(self.rows, ids, strict=True):
            if prefix and identifier.isdigit() and len(identifier) == 6 and not identifier.startswith(prefix):
                place = row[position or 0].place
                self.collector.error("wrong_province", place, found=identifier, needed=f"{prefix}xxxx")
        if not province.members:
            return
        known, present = RegionIndex((), province.members), RegionIndex(ids, names)
        position = self.sheet.position("name")
        for row, identifier, name in zip(self.rows, ids, names, strict=True):
            if name and known.find(name, identifier) is None:
                meant = known.near(name)
                self.collector.error(
                    "unknown_region_meant" if meant else "unknown_region",
                    row[position or 0].place,
                    found=name,
                    meant=meant,
                )
        missing = [member for member in province.members if present.find(member) is None]
        if missing:
            self.collector.error("missing_regions", self.sheet.place, missing="、".join(missing))

    def _number(self, cell: Cell, code: str = "") -> tuple[Decimal, bool] | None:
        """Return a cell's number, or note what is wrong with it."""
        if not cell.text:
            self.collector.error("empty_cell", cell.place)
            return None
        try:
            return cell.parse()
        except CellError as error:
            self.collector.error(code or error.code, cell.place, **error.values)
            return None

    def _quantity(self, standard: str) -> tuple[Decimal, ...]:
        """Return emissions (万吨), gdp (亿元) or growth (factor); a failed cell stands as 1."""
        position = self.sheet.position(standard)
        assert position is not None
        factor = self.sheet.headers[position].factor or Decimal(1)
        values = []
        for row in self.rows:
            cell = row[position]
            parsed = self._number(cell)
            value = Decimal(1)
            if parsed is not None:
                value = parsed[0] * factor
                self._judge(standard, cell, value, parsed[1])
            values.append(value)
        return tuple(values)

    def _judge(self, standard: str, cell: Cell, value: Decimal, percent: bool) -> None:
        """Refuse what cannot be: per cent, zero and below, an index in place of a factor."""
        if percent:
            self.collector.error("percent_here", cell.place, found=cell.text)
        elif value <= 0:
            self.collector.error("not_positive", cell.place, found=cell.text)
        elif standard == "growth" and not Decimal("0.5") <= value <= 5:
            code = "growth_index" if value > 20 else "growth_range"
            self.collector.error(code, cell.place, found=cell.text, meant=f"{value / 100:f}")

    def _bound(self, standard: str, default: Decimal) -> tuple[Decimal, ...]:
        """Return a bound column as fractions; an empty cell takes the scenario's bound."""
        position = self.sheet.position(standard)
        if position is None:
            return (default,) * len(self.rows)
        header = self.sheet.headers[position]
        return tuple(rate_of(row[position], header, self.collector, default) for row in self.rows)

    def _check_bounds(self, lower: tuple[Decimal, ...], upper: tuple[Decimal, ...]) -> None:
        name_at = self.sheet.position("name") or 0
        own = self.sheet.position("lower") is not None or self.sheet.position("upper") is not None
        checked = list(zip(self.rows, lower, upper, strict=True))
        for row, low, high in checked if own else checked[:1]:
            place = row[name_at].place if own else Place(key="bounds")
            if low > high:
                found = f"{low * 100:f}% > {high * 100:f}%"
                self.collector.error("bounds_crossed", place, name=row[name_at].text, found=found)
            if not (low > -1 and high < 1):
                self.collector.error("bounds_range", place, found=f"{low * 100:f}%–{high * 100:f}%")

    def _indicators(
        self, quantities: Mapping[str, tuple[Decimal, ...]]
    ) -> tuple[dict[str, tuple[Decimal, ...]], dict[str, str]]:
        """Return every column that an indicator names, and its unit."""
        columns: dict[str, tuple[Decimal, ...]] = {}
        units: dict[str, str] = {"emissions": "万吨", "gdp": "亿元", "growth": "", DERIVED: "吨/万元"}
        for name in sorted(self._used_columns()):
            if name in quantities:
                columns[name] = quantities[name]
            elif name == DERIVED and self._find(name) is None:
                pairs = zip(quantities["emissions"], quantities["gdp"], strict=True)
                columns[name] = tuple(e / y if y else Decimal(0) for e, y in pairs)
            else:
                columns[name], units[name] = self._column(name)
        return columns, units

    def _find(self, name: str) -> int | None:
        return next((n for n, header in enumerate(self.sheet.headers) if header.text == name), None)

    def _column(self, name: str) -> tuple[tuple[Decimal, ...], str]:
        """Return one indicator column; per cent signs stand in all of its cells or in none."""
        position = self._find(name)
        if position is None:
            texts = [header.text for header in self.sheet.headers if not header.standard and header.text]
            close = difflib.get_close_matches(name, texts, 1, 0.5)
            self.collector.error("indicator_column", self._place(name), found=name, known=", ".join(close or texts))
            return (Decimal(0),) * len(self.rows), ""
        cells = [row[position] for row in self.rows]
        parsed = [self._number(cell, "") for cell in cells]
        signs = {percent for _, percent in filter(None, parsed)}
        unit = self.sheet.headers[position].unit
        if len(signs) == 2:
            odd = next(c for c, p in zip(cells, parsed, strict=True) if p is not None and not p[1])
            self.collector.error("mixed_percent", odd.place, found=odd.text)
        return tuple(p[0] if p else Decimal(0) for p in parsed), unit or ("%" if signs == {True} else "")

    def _check_totals(self, quantities: Mapping[str, tuple[Decimal, ...]]) -> None:
        """Hold the province's own row against the sum of the cities (GDP and emissions)."""
        for row in self.totals:
            for name in ("emissions", "gdp"):
                position = self.sheet.position(name)
                assert position is not None
                header, cell = self.sheet.headers[position], row[position]
                if not cell.text:
                    continue
                parsed = self._number(cell)
                if parsed is None:
                    continue
                stated = parsed[0] * (header.factor or Decimal(1))
                total = sum(quantities[name], Decimal(0))
                off = abs(stated - total)
                half_digit = Decimal(1).scaleb(int(parsed[0].as_tuple().exponent)) / 2 * (header.factor or 1)
                if off > half_digit * (len(self.rows) + 1):
                    code = "total_differs" if off <= _TOTAL_TOLERANCE * total else "total_wrong"
                    note = self.collector.notice if code == "total_differs" else self.collector.error
                    note(code, cell.place, found=f"{stated:f}", needed=f"{total:f}", off=f"{stated - total:+f}")
