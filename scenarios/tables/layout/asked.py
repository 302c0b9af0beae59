"""What a scenario says of how its tables are to be read: which headers, which sheet, which rows of a panel."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scenarios.errors import Finding, InputError, Place
from scenarios.quantities import CARBON, Quantity, as_said
from scenarios.tables.cells import is_part_of_year, year_of
from scenarios.tables.columns import OF_CARBON, Header, parse_header, years_of_title
from scenarios.tables.grid import Cell
from scenarios.tables.headers.growth import growth_of, is_growth
from scenarios.tables.headers.names import ENERGY_ENDS, NUMERATORS, OWN_RATES, PANEL
from scenarios.tables.headers.units import factor, like_a_unit, within
from scenarios.tables.layout.copied import OF_A_YEAR, copied
from scenarios.tables.layout.left_out import Condition, left_out, same
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.layout.years import figures_by_year, of_year
from scenarios.tables.regions import Regions

_MOST_NAMED = 8  # values of a column
_TARGETS = ("rate", "incentive_rate", "cap", "increment", "annual_reduction", "annual_change")
_OF_CUT = re.compile(r"下降|降低|减少|降幅|强度|能耗|reduction|\bcut\b", re.IGNORECASE)
"""What says of a target that it is no share."""
_AMOUNTS = ("cap", "increment", "drawn", "offset_amount")  # measured as the quantity is


@dataclass(frozen=True)
class Asked:
    """What is asked of a table beside its columns."""

    columns: Mapping[str, str] = field(default_factory=dict)  # Standard column -> its header in the table
    where: Mapping[str, str] = field(default_factory=dict)  # Column -> what must stand in it
    sheets: tuple[str, ...] = ()  # Sheets of a workbook to read, joined by region; empty for any
    year: int | None = None  # Base year of a table of regions; None for other tables
    province: tuple[str, ...] = ()  # Names and code of the province; empty where they are not known
    quantity: Quantity = CARBON  # What the target is of: its column stands where emissions do
    as_written: bool = False  # Whether names stay as they stand, as in tables that this program wrote
    # Those of `columns` whose headers were met: the one thing that changes, while tables are read
    met: set[str] = field(default_factory=set, compare=False)

    @classmethod
    def of(cls, regions: Regions, sheets: tuple[str, ...] = ()) -> Asked:
        """Return what is asked of a table about the regions of a scenario."""
        return cls(regions.headings, sheets=sheets, quantity=regions.quantity)

    def on(self, sheet: str) -> Asked:
        """Return what is asked of one sheet of a workbook, that the name of the table says, ``""`` for none.

        Raises InputError: the scenario names sheets besides.
        """
        if sheet and self.sheets:
            raise InputError.of("sheet_twice", Place(key="sheet"), found=sheet)
        return replace(self, sheets=(sheet,)) if sheet else self

    def headers_only(self) -> Asked:
        """Return what is asked of tables but that of the regions."""
        return Asked(self.columns, quantity=self.quantity, met=self.met)

    def names(self, own: Mapping[str, str]) -> Mapping[str, str]:
        """Return known names of columns, those of a quantity other than carbon among them; `own` go before."""
        name = self.quantity.column
        more = {**NUMERATORS["nonfossil"], **ENERGY_ENDS} if self.quantity.name == "nonfossil" else {}
        return own if name == "emissions" else {**NUMERATORS[name], **more, **OWN_RATES[self.quantity.name], **own}

    def sought(self, standards: Iterable[str]) -> tuple[str, ...]:
        """Return standard columns as a table is searched for them: for emissions the column of the quantity."""
        return tuple(self.quantity.column if name == "emissions" else name for name in standards)

    def in_its_terms(self, sheet: Sheet) -> Sheet:
        """Return a table in which the column of a quantity other than carbon stands where emissions do.

        Amounts are measured as the quantity is; a column of emissions is one of many there (`parse`).
        """
        if self.quantity.name == "carbon":
            return sheet
        return replace(sheet, headers=tuple(map(self._meant, sheet.headers)))

    def is_of_another(self, text: str) -> bool:
        """Return whether a header is that of another quantity: scenarios of several quantities share one table."""
        own, plain = self.quantity.column, _plain(text)
        known = {alias for name, aliases in NUMERATORS.items() if name != own for alias in aliases} | {*ENERGY_ENDS}
        return own != "emissions" and (plain in map(_plain, known) or parse_header(text).standard == "emissions")

    def _meant(self, header: Header) -> Header:
        if header.standard == self.quantity.column:
            return replace(header, standard="emissions", measure=self.quantity.measure)
        return replace(header, measure=self.quantity.measure) if header.standard in _AMOUNTS else header

    def parse(self, text: str, names: Mapping[str, str]) -> Header:
        """Return a header, which is what the scenario says it is."""
        found = parse_header(text, names)
        of_carbon = found.standard == "emissions" or (found.standard in _TARGETS and OF_CARBON.search(text))
        of_cut = self.quantity.is_share and found.standard in _TARGETS and _OF_CUT.search(text) is not None
        if (self.quantity.name != "carbon" and of_carbon) or of_cut:
            found = replace(found, standard="")
        standard = next((known for known, header in self.columns.items() if _is(found, text, header)), "")
        if not standard:
            return found
        self.met.add(standard)
        if factor(standard, found.unit) is None or not found.unit:
            unit = found.unit if like_a_unit(found.unit) else ""
            of_both = sum(map(like_a_unit, unit.replace("／", "/").split("/"))) > 1  # 吨/万元 is of no amount
            found = replace(found, unit=unit if of_both else within(standard, text) or unit)
        return replace(found, standard=standard, year=None)

    def meant(self, item: str) -> str:
        """Return the item that a cell of a long table means: what the scenario says of its name, else the name."""
        meant = next((known for known, text in self.columns.items() if _plain(text) == _plain(item)), "")
        self.met.update(filter(None, [meant]))
        return meant or item

    def nowhere(self, sheet: Sheet, standards: Iterable[str]) -> Iterator[Finding]:
        """Yield of standard columns that a table lacks those for which the scenario names a header."""
        for name in standards:
            if name in self.columns:
                yield Finding("column_nowhere", sheet.place, {"name": name, "found": self.columns[name]})

    def settled(self, headers: tuple[Header, ...]) -> tuple[Header, ...]:
        """Return headers of which none but the one that the scenario names is its standard column.

        Provinces are the regions where the table has no others.
        """
        if not any(header.standard == "name" for header in headers):
            headers = tuple(replace(h, standard="name") if h.standard == "province" else h for h in headers)
        found = {known: [h for h in headers if _is(h, h.text, text)] for known, text in self.columns.items()}
        named = {known: [h for h in of if _to_the_letter(h, self.columns[known])] or of for known, of in found.items()}
        return tuple(replace(h, standard="") if h not in (named.get(h.standard) or [h]) else h for h in headers)

    def with_growth(self, sheets: Sequence[Sheet], needed: Iterable[str]) -> list[Sheet]:
        """Return tables of regions, of which a column that tells growth otherwise than as a factor is that of growth.

        Only where no column of any table is, and one alone of a table tells it; without a base year, where growth is
        among the columns that are `needed`.
        """
        if (self.year is None and "growth" not in needed) or any(
            sheet.position("growth") is not None for sheet in sheets
        ):
            return list(sheets)
        return [replace(sheet, headers=self._told(sheet.headers)) for sheet in sheets]

    def _told(self, headers: tuple[Header, ...]) -> tuple[Header, ...]:
        told = [n for n, h in enumerate(headers) if not h.standard and is_growth(growth_of(h.text, h.unit), self.year)]
        return tuple(replace(h, standard="growth") if told == [n] else h for n, h in enumerate(headers))

    def chosen(self, sheet: Sheet) -> Sheet:
        """Return the columns and rows of a table that are of the base year, the province, and what is asked besides.

        Raises
        ------
        InputError
            A column that is not there, a year or a value that no row and no column has.
        """
        if self.year is None:
            return sheet
        sheet = _filled_down(_filled_down(sheet, "year"), "province")
        conditions: list[Condition] = [(_column(sheet, key), (value,)) for key, value in self.where.items()]
        for standard, wanted in (("year", (str(self.year),)), ("province", self.province)):
            at = sheet.position(standard)
            if (
                at is not None
                and at not in [known for known, _ in conditions]
                and _several(sheet, at, standard, wanted)
            ):
                conditions.append((at, wanted))
        chosen = of_year(sheet, self.year)
        for at, wanted in sorted(conditions, key=lambda condition: sheet.headers[condition[0]].standard == "year"):
            chosen = _where(chosen, at, wanted, self.year)
        ours = [row for row in sheet.rows if all(_is_of(sheet, row, condition) for condition in conditions)]
        odd = (
            *_of_months(sheet),
            *self._of_another_year(sheet, conditions),
            *left_out(sheet, chosen, conditions, self.province),
            *copied(figures_by_year(replace(sheet, rows=tuple(ours))), self.year),
        )
        return _said(replace(chosen, findings=(*chosen.findings, *odd)), len(sheet.rows), conditions)

    def _of_another_year(self, sheet: Sheet, conditions: Iterable[Condition]) -> Iterator[Finding]:
        """Ask about each column and each year that the scenario names and that is not of the base year."""
        headers = [(n, header) for n, header in enumerate(sheet.headers) if header.standard in OF_A_YEAR]
        named = [
            (n, next(iter(years_of_title(header.text)), None))
            for n, header in headers
            if header.standard in self.columns
        ]
        rows = [(at, year_of(wanted[0])) for at, wanted in conditions if sheet.headers[at].standard == "year"]
        for n, year in (*named, *rows):
            if year not in (None, self.year):
                key = f"table-of-year:{sheet.headers[n].text}:{year}"
                values = {"found": year, "needed": self.year}
                yield Finding("table_of_year", sheet.header_place(n), values, "question", key)


ANY = Asked()
"""Nothing is asked."""


def as_far_as_understood(values: Mapping[str, Any], province: tuple[str, ...]) -> Asked:
    """Return what a scenario file that was refused says of how its table of regions is to be read."""
    columns, where = ({str(k): str(v) for k, v in _mapping(values, key).items()} for key in ("columns", "where"))
    sheet, base = values.get("sheet", ()), _mapping(values, "period").get("base")
    sheets = tuple(map(str, sheet)) if isinstance(sheet, list | tuple) else (str(sheet),)
    year = base if isinstance(base, int) else None
    return Asked(columns, where, sheets, year, province, as_said(values.get("quantity"), values.get("unit")))


def _mapping(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return what stands under a key, nothing where that is no mapping."""
    return found if isinstance(found := values.get(key), dict) else {}


def _is(header: Header, text: str, named: str) -> bool:
    """Return whether a header is the one that a scenario names, with or without its unit."""
    return _plain(named) in (_plain(text), _plain(header.text)) or _plain(parse_header(named).text) == _plain(
        header.text
    )


def _to_the_letter(header: Header, named: str) -> bool:
    """Return whether all that stands in a header is what a scenario names."""
    return _plain(named) == _plain(header.written)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _column(sheet: Sheet, key: str) -> int:
    """Return the position of a column that `where` names."""
    standard = parse_header(key, PANEL).standard
    at = sheet.column(key) if sheet.column(key) is not None else sheet.position(standard) if standard else None
    if at is None:
        raise InputError.of("where_column", replace(sheet.place, key=f"where.{key}"), found=sheet.headed)
    return at


def _of_months(sheet: Sheet) -> Iterator[Finding]:
    """Yield the first row of a part of a year, where no row is of a whole one."""
    at = sheet.position("year")
    cells = [] if at is None else [row[at] for row in sheet.rows if row[at].text]
    months = [cell for cell in cells if is_part_of_year(cell.text)]
    if months and not any(year_of(cell.text) is not None for cell in cells):
        yield Finding("month_no_year", months[0].place, {"found": months[0].text})


def _filled_down(sheet: Sheet, standard: str) -> Sheet:
    """Return a table in which a column that says only at the first of several rows whose they are says it at each."""
    at = sheet.position(standard)
    texts = [] if at is None else [row[at].text for row in sheet.rows]
    if at is None or not texts or not texts[0] or 2 * sum(map(bool, texts)) > len(texts):
        return sheet
    said: list[str] = []
    for text in texts:
        said.append(text or said[-1])
    rows = (
        (*row[:at], replace(row[at], text=text), *row[at + 1 :]) for row, text in zip(sheet.rows, said, strict=True)
    )
    return replace(sheet, rows=tuple(rows))


def _several(sheet: Sheet, at: int, standard: str, wanted: Iterable[str]) -> bool:
    """Return whether rows must be chosen: of several years, of one that is not the base year; of several provinces."""
    cells = {cell.text for cell in (row[at] for row in sheet.rows) if cell.text}
    if standard == "year":
        return bool(cells) and any(year_of(text) is not None for text in cells)
    return len(cells) > 1 and bool(tuple(wanted))


def _where(sheet: Sheet, at: int, wanted: tuple[str, ...], likely: int | None = None) -> Sheet:
    """Return the rows in which a column holds what is wanted; where none does, the likely year is proposed."""
    rows = tuple(row for row in sheet.rows if same(row[at].text, wanted))
    if rows:
        return replace(sheet, rows=rows)
    header, values = sheet.headers[at], list(dict.fromkeys(row[at].text for row in sheet.rows if row[at].text)) or ["…"]
    known = "、".join(values[:_MOST_NAMED]) + ("…" if len(values) > _MOST_NAMED else "")
    key = header.standard or header.text
    first = next((value for value in values if key == "year" and year_of(value) == likely), values[0])
    raise InputError.of("where_none", sheet.header_place(at), found=wanted[0], known=known, key=key, first=first)


def _is_of(sheet: Sheet, row: tuple[Cell, ...], condition: Condition) -> bool:
    """Return whether a row meets a condition that is not one of years."""
    at, wanted = condition
    return sheet.headers[at].standard == "year" or same(row[at].text, wanted)


def _said(sheet: Sheet, before: int, conditions: Iterable[Condition]) -> Sheet:
    """Return a table with what must be said of the rows that were chosen."""
    if len(sheet.rows) == before:
        return sheet
    chosen = ", ".join(f"{sheet.headers[at].text} = {wanted[0]}" for at, wanted in conditions)
    values = {"kept": len(sheet.rows), "all": before, "chosen": chosen}
    return replace(sheet, findings=(*sheet.findings, Finding("rows_chosen", sheet.place, values, "notice")))
