"""Reads the rows of a table of actual figures: who, when and what; what fails is noted and the rest goes on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from scenarios.errors import Collector, Finding, Place
from scenarios.file.schema import Period
from scenarios.quantities import Quantity
from scenarios.sense.asking import question, table_of
from scenarios.sense.figures import Figure
from scenarios.tables.cells import is_part_of_year, year_of
from scenarios.tables.columns import OF_ENERGY, Header, is_since, ready_to_paste
from scenarios.tables.grid import Cell
from scenarios.tables.headers.names import BARE_YEARLY, CARBON_YEARLY
from scenarios.tables.headers.to_paste import AsColumns, as_columns
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.rates import plain_rate, rate_of
from scenarios.tables.regions import Regions, called_some, is_total
from scenarios.tables.rows import PROVINCE, Row, TableReader, not_negative

WHOLE = 4
"""The quarter that ends a year."""
_NUMERALS = {"一": "1", "二": "2", "三": "3", "四": "4", "前二": "2", "前三": "3"}
_QUARTERS = {"上半年": "2", "半年": "2", "前三季度": "3", "前3季度": "3"}
"""What quarters are called in words."""

Key = tuple[int, int, int]
"""Region (or `PROVINCE`), year, and quarter up to which the figures go."""

LARGEST = Decimal("0.2")
"""By how much intensity may fall or rise in one year unasked."""
_CURRENT = re.compile(r"当年价|现行?价|current", re.IGNORECASE)
_CUMULATIVE = re.compile("累计|cumul", re.IGNORECASE)
_MOVES = re.compile("变化|增减|升降|上升|change", re.IGNORECASE)
_FALLS = re.compile("下降|降低|降幅|reduction|decline|fall", re.IGNORECASE)
_OF_CARBON = re.compile("碳|co2|co₂|carbon", re.IGNORECASE)
_DATE = re.compile(
    r"(((?:19|20)\d{2})\s*[-/.年]\s*(?:0?[1-9]|1[0-2])(?:\s*[-/.月]\s*(?:0?[1-9]|[12]\d|3[01]))?\s*[月日]?)"
    r"(?: 00:00:00)?"
)
"""A date or a month of a year."""
_VINTAGES = 6
"""Vintages beside the first that are named."""


@dataclass(frozen=True)
class Levels:
    """GDP (亿元, constant prices) and emissions (万吨) of one region in one year, or up to one quarter of it."""

    gdp: Decimal
    emissions: Decimal


@dataclass(frozen=True)
class ActualFigures:
    """The figures of one row: levels, or a reduction (a fall is positive)."""

    place: Place
    levels: Levels | None = None
    reduction: Decimal | None = None
    written: Mapping[str, Figure] = field(default_factory=dict)  # By column, each with its cell


@dataclass(frozen=True)
class Supply:
    """Emissions from an energy table: its name, and year -> emissions by region, 万吨, None where it has none."""

    name: str
    years: Mapping[int, Sequence[Decimal | None]]


@dataclass(frozen=True)
class Told:
    """What is known besides the table."""

    supply: Supply | None = None  # Where the emissions come from an energy table
    own: Collection[str] = ()  # Names of the province
    whole: Regions | None = None  # All regions of the province, where some are read: the others have nothing


class ActualRows(TableReader):
    """Reads one sheet into `entries`.

    `sheet`: with a column of years.
    `told`: what is known besides it.
    Raises InputError: the sheet has no column of regions, no figures, or more than one kind of them.
    """

    def __init__(
        self,
        sheet: Sheet,
        regions: Regions,
        period: Period,
        told: Told,
        collector: Collector,
    ) -> None:
        super().__init__(_of_one_form(sheet), collector)
        self.regions, self.period, self.index = regions, period, regions.index
        self.supply, self.own, self.whole = told.supply, told.own, told.whole
        self.questions: dict[str, Finding] = {}  # Each once
        self.entries: dict[Key, ActualFigures] = {}
        self.form = self._form()

    def read(self) -> dict[Key, ActualFigures]:
        """Return the figures by region, year and quarter; a year of which nobody has any is not there yet."""
        unwritten = self._unwritten()
        for row in self.sheet.rows:
            if self.text(row, "year") not in unwritten:
                self._row(row)
        self._one_vintage()
        return self.entries

    def _unwritten(self) -> set[str]:
        """Return the years, as they are written, whose rows have no figures at all, where other years have some."""
        rows = [(self.text(row, "year"), any(self.text(row, name) for name in self.form)) for row in self.sheet.rows]
        written = {year for year, some in rows if some}
        return {year for year, _ in rows if year not in written} if written else set()

    @property
    def leveled(self) -> bool:
        """Whether the figures are levels, not reductions."""
        return self.form[0] in ("gdp", "emissions")

    def _form(self) -> tuple[str, ...]:
        """Return the columns of figures; the table has exactly one kind, each once, in a unit that fits."""
        kinds = forms_of(self.regions.quantity)
        there = [kind for kind in kinds if any(self.sheet.position(name) is not None for name in kind)]
        if self.sheet.position("id") is None and self.sheet.position("name") is None:
            raise self.lacks("name")
        if not there and len(kinds) == 1:
            raise self.lacks(*self._own(kinds[0]))
        if not there:
            raise self.refusal("actuals_no_figures", paste=_guessed(self.sheet))
        if self.supply is not None:
            if there[0] != kinds[0] or self.sheet.position("emissions") is not None:
                raise self.refusal("actuals_energy_form")
            there = [("gdp",)]
        if len(there) > 1:
            raise self.refusal("actuals_two_forms")
        missing = [name for name in there[0] if self.sheet.position(name) is None]
        if missing:
            raise self.lacks(*self._own(missing))
        self.once(("id", "name", "year", "quarter", "vintage", *there[0]), there[0])
        self._ask_of_what(there[0])
        position = self.sheet.position("gdp")
        if position is not None and (found := _CURRENT.search(_whole(self.sheet.headers[position]))):
            self.collector.error("actuals_current", self.sheet.header_place(position), found=found.group())
        return there[0]

    def _own(self, standards: Iterable[str]) -> list[str]:
        """Return columns by the names that they have for the quantity: what stands in the place of emissions."""
        return [self.regions.quantity.column if name == "emissions" else name for name in standards]

    def _ask_of_what(self, form: Iterable[str]) -> None:
        """Ask of what a change on the year before is, where neither its header nor a title says it is of carbon."""
        for position, header in enumerate(self.sheet.headers):
            if header.standard not in form:
                continue
            said = (_whole(header), *(title for title, _ in self.sheet.titles))
            if "".join(header.text.split()).lower() in BARE_YEARLY and not any(map(_OF_CARBON.search, said)):
                place, asked = self.sheet.header_place(position), f"change-of:{header.text}"
                self.questions[asked] = question("change_of_what", asked, place, found=header.text)

    def _row(self, row: Row) -> None:
        """Take one row in, or note what is wrong with it."""
        if self._passed_over(row):
            return
        region = PROVINCE if is_total(self.text(row, "name"), "") else self.region(row, self.index, self.own)
        year, quarter = self._year(row), self._quarter(row)
        entry = self._entry(row)
        if region is None or year is None or quarter is None or entry is None:
            return
        if self.supply is not None:
            if region == PROVINCE or year == self.period.base:
                return
            entry = self._supplied(entry, region, year, quarter)
        if entry.reduction is not None and abs(entry.reduction) > LARGEST:
            self._ask_large(row, year, entry)
        key = region, year, quarter
        if key in self.entries:
            name = self.regions.names[region] if region != PROVINCE else self.text(row, "name")
            self.collector.error(
                "actuals_twice", entry.place, name=name, year=year, first=self.entries[key].place.inside
            )
        self.entries.setdefault(key, entry)

    def _ask_large(self, row: Row, year: int, entry: ActualFigures) -> None:
        """Ask about a rate of one year that is rather one of several, or has its point in the wrong place."""
        name, found = self.named(row).text, self.needed(row, self.form[0]).text
        key = f"jump-rate:{table_of(entry.place)}:{name}:{year}"
        asked = question("annual_rate", key, entry.place, name=name, year=year, found=found)
        self.questions.setdefault(asked.asked, asked)

    def _passed_over(self, row: Row) -> bool:
        """Return whether a row is no region's and not the province's; a rate that may be that is asked about."""
        cell = self.named(row)
        if not self.leveled and called_some(cell.text):
            key = f"subtotal:{table_of(cell.place)}:{cell.text}"
            asked = question("province_or_part", key, cell.place, name=cell.text)
            self.questions.setdefault(asked.asked, asked)
            return True
        return self._of_others(row) or self.no_ones(row)

    def _of_others(self, row: Row) -> bool:
        """Return whether a row is of a region that counts as nothing here; figures above nothing are refused."""
        names = [text for key in ("id", "name") if (text := self.text(row, key))]
        if self.whole is None or self.index.find(*names) is not None or self.whole.index.find(*names) is None:
            return False
        own = "nonfossil" if "nonfossil" in self.form else self.form[-1]
        cell = self.needed(row, own)
        if cell.text and self._quantity(cell, own):
            self.note("actuals_not_nothing", cell, name=self.named(row).text, found=cell.text)
        return True

    def _year(self, row: Row) -> int | None:
        cell = self.needed(row, "year")
        year = parse_year(cell, self.collector)
        if year is not None and not self.period.base <= year <= self.period.end:
            needed = f"{self.period.base}–{self.period.end}"
            self.collector.error("actuals_year", cell.place, found=cell.text, needed=needed)
            return None
        return year

    def _quarter(self, row: Row) -> int | None:
        cell = self.cell(row, "quarter")
        if cell is None or cell.text in ("", "全年", "year"):
            return WHOLE
        text = cell.text.lower().removeprefix("q").removeprefix("第").removeprefix("1-").removeprefix("1–")
        text = _QUARTERS.get(text, text.removesuffix("季度"))
        text = _NUMERALS.get(text, text)
        if text in ("1", "2", "3", "4"):
            return int(text)
        self.collector.error("actuals_quarter", cell.place, found=cell.text)
        return None

    def _entry(self, row: Row) -> ActualFigures | None:
        """Return the figures of one row, None where one of them is no such figure."""
        first = self.needed(row, self.form[0])
        if not self.leveled:
            header, before = self.header(self.form[0]), len(self.collector.findings)
            assert header is not None
            first = plain_rate(first, header)
            rate = rate_of(first, header, self.collector)
            if len(self.collector.findings) > before:
                return None
            sign = -1 if self.form[0] == "annual_change" else 1
            per_cent = Decimal(sign) if first.parse()[0] == rate else Decimal(sign).scaleb(-2)
            written = {self.form[0]: Figure(sign * rate, first, per_cent)}
            return ActualFigures(first.place, reduction=sign * rate, written=written)
        read = {name: self._quantity(self.needed(row, name), name) for name in self.form}
        given = {name: value for name, value in read.items() if value is not None}
        if len(given) < len(read):
            return None
        written = {name: Figure(x, self.needed(row, name), self.factor(name)) for name, x in given.items()}
        if self.regions.quantity.is_level:
            return ActualFigures(first.place, Levels(given["emissions"], given["emissions"]), written=written)
        if self.regions.quantity.name == "nonfossil":
            return self._shared(row, given, written)
        return ActualFigures(first.place, Levels(given["gdp"], given.get("emissions", Decimal(1))), written=written)

    def _shared(self, row: Row, given: Mapping[str, Decimal], written: Mapping[str, Figure]) -> ActualFigures | None:
        """Return energy and what of it is fossil; None after noting more non-fossil energy than there is."""
        energy, cell = given["emissions"], self.needed(row, "nonfossil")
        fossil = energy - given["nonfossil"]
        if fossil < 0:
            self.note("share_beyond", cell, name=self.text(row, "name"), found=cell.text, energy=f"{energy:f}")
            return None
        own = {"gdp": written["emissions"], "emissions": Figure(fossil, Cell(f"{fossil:f}", cell.place))}
        return ActualFigures(cell.place, Levels(energy, fossil), written=own)

    def _supplied(self, entry: ActualFigures, region: int, year: int, quarter: int) -> ActualFigures:
        """Return the figures with the emissions of the energy table."""
        assert self.supply is not None
        found = self.supply.years.get(year, ())
        emissions = found[region] if found and quarter == WHOLE else None
        assert entry.levels is not None
        if emissions is None:
            code = "actuals_energy_gap" if quarter == WHOLE else "actuals_energy_quarter"
            self.collector.error(code, entry.place, name=self.regions.names[region], year=year, file=self.supply.name)
            return entry
        own = {"emissions": Figure(emissions, Cell(f"{emissions:f}", entry.place))}
        return replace(entry, levels=Levels(entry.levels.gdp, emissions), written={**entry.written, **own})

    def _quantity(self, cell: Cell, standard: str) -> Decimal | None:
        """Return a figure above zero in the unit used inside; of a part, or a level, it may be zero."""
        zero = standard == "nonfossil" or self.regions.quantity.is_level
        value = self.amount(cell, "not_negative", not_negative) if zero else self.amount(cell)
        return None if value is None or self.collector.names(cell.place) else value * self.factor(standard)

    def _one_vintage(self) -> None:
        """Refuse figures of several vintages in one table."""
        position = self.sheet.position("vintage")
        if position is None:
            return
        cells = {row[position].text: row[position] for row in reversed(self.sheet.rows)}
        first = self.sheet.rows[0][position].text if self.sheet.rows else ""
        for text in [text for text in reversed(cells) if text != first][:_VINTAGES]:
            self.collector.error("actuals_vintages", cells[text].place, found=text or "–", first=first or "–")


def forms_of(quantity: Quantity) -> tuple[tuple[str, ...], ...]:
    """Return the columns of figures that a table of actual figures of a quantity may have, one tuple of them."""
    if quantity.is_level:
        return (("emissions",),)
    if quantity.name == "nonfossil":
        return (("emissions", "nonfossil"),)
    return (("gdp", "emissions"), ("annual_reduction",), ("annual_change",))


def _of_one_form(sheet: Sheet) -> Sheet:
    """Return a table without columns of changes that are one more: beside levels, or beside such as say it better."""
    sheet = _with_year_by_year(sheet)
    yearly = [n for n, header in enumerate(sheet.headers) if header.standard in ("annual_reduction", "annual_change")]
    degrees = {n: _degree(sheet.headers[n]) for n in yearly}
    leveled = any(sheet.position(name) is not None for name in ("gdp", "emissions"))
    kept = 0 if leveled else min(degrees.values(), default=0)
    headers = (
        replace(header, standard="") if degrees.get(n, kept) > kept else header
        for n, header in enumerate(sheet.headers)
    )
    return replace(sheet, headers=tuple(headers))


def _with_year_by_year(sheet: Sheet) -> Sheet:
    """Return a table in which rates that stand in a column for every year are those of the year."""
    year, figures = sheet.position("year"), ("gdp", "emissions", "annual_reduction", "annual_change")
    if year is None or sheet.headers[year].written or any(sheet.position(name) is not None for name in figures):
        return sheet
    headers = (
        replace(header, standard="annual_reduction")
        if header.standard == "rate" and not (is_since(header.text) or _CUMULATIVE.search(header.text))
        else header
        for header in sheet.headers
    )
    return replace(sheet, headers=tuple(headers))


def _guessed(sheet: Sheet) -> AsColumns:
    """Return the key `columns` for the header of a table that may be that of its figures."""
    texts = [h.text for h in sheet.headers if h.text and h.standard in ("", "rate") and not OF_ENERGY.search(h.text)]
    for standard, said in (("annual_change", _MOVES), ("annual_reduction", _FALLS)):
        named = [text for text in texts if said.search(text) and not _CUMULATIVE.search(text)]
        if named:
            return as_columns({standard: named[0]})
    return ready_to_paste(("gdp", "emissions"), sheet.headers)


def _degree(header: Header) -> int:
    """Return how well a header of changes says that it is what is meant, 0 the best."""
    name = "".join(header.text.split()).lower()
    return 2 if name in BARE_YEARLY else 1 if name in CARBON_YEARLY else 0


def _whole(header: Header) -> str:
    return f"{header.text} {header.unit}"


def parse_year(cell: Cell, collector: Collector) -> int | None:
    """Return the year in a cell, or None after noting that it holds none."""
    text = cell.text
    if (year := year_of(text)) is not None:
        return year
    if not collector.names(cell.place):
        code = ("month_no_year" if is_part_of_year(text) else "year_form") if text else "empty_cell"
        collector.error(code, cell.place, found=cell.text)
    return None


def parse_start(cell: Cell, collector: Collector) -> int | None:
    """Return the year in which a project starts, of a date its year, which is said; None where it is none."""
    date = _DATE.fullmatch(cell.text.strip())
    if date is None or year_of(cell.text) is not None:
        return parse_year(cell, collector)
    collector.notice("start_date", cell.place, found=date.group(1), meant=date.group(2))
    return int(date.group(2))
