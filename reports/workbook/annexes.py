"""Further sheets of the workbook, as plain blocks of cells: classes, decline factors, robustness.

What follows from the published rates is a formula with its value as computed here; what
needs more than the workbook holds is a number, and the sheet says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from reports.planning.record import PlanRecord, ProtectionRecord
from reports.planning.sentences import robustness_statement
from reports.planning.tables import class_names, decimals
from reports.printing.book import pattern
from reports.words import LABELS, goal
from scenarios.frozen import frozen
from scenarios.wording import Language, listed, running

TOP = 3
"""Row of the first block's headers, counted from 0; a title and a note stand above."""

_POINTS, _TONNES, _COUNT, _BUDGET = "0.00", "#,##0.0", "0", "0.00"


@frozen
class Number:
    """A number cell: value, number format, the live formula where there is one, whether it may be changed."""

    value: float
    pattern: str
    formula: str = ""
    shaded: bool = False


@dataclass(frozen=True)
class Formula:
    """A cell whose formula gives a text, and that text as computed here."""

    value: str
    formula: str


Cell = Number | Formula | str


@dataclass(frozen=True)
class CellBlock:
    """Headers, which carry their units, rows of cells below them, and the columns that get data bars."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    bars: tuple[int, ...] = ()


@dataclass(frozen=True)
class Annex:
    """A sheet: code of its name, note under its title, blocks one below another, width of its columns."""

    code: str
    note: str
    blocks: tuple[CellBlock, ...]
    widths: tuple[float, ...]
    frozen: bool = False  # Whether the headers of the first block and two columns stay in sight


class Ranges(NamedTuple):
    """The ranges that formulas speak of, and the sums of the province over them in the language of spreadsheets."""

    rate: str
    emissions: str
    gdp: str
    growth: str
    target: str
    margin: str
    asked: str  # What both targets need, fraction
    cell: Callable[[int], str]  # Address of the published rate of the region at a position, per cent
    level: bool = False  # Whether amounts stand alone: there is no GDP and no growth then

    @property
    def intensity(self) -> str:
        """Base-year intensity of the province, Σ E / Σ Y; 1 of a level."""
        return "1" if self.level else f"(SUM({self.emissions})/SUM({self.gdp}))"

    @property
    def end_gdp(self) -> str:
        """Σ Y g; Σ E of a level."""
        return self.frozen if self.level else f"SUMPRODUCT({self.gdp},{self.growth})"

    @property
    def frozen(self) -> str:
        """Σ E g: the emissions of the end year, had no intensity moved."""
        return f"SUM({self.emissions})" if self.level else f"SUMPRODUCT({self.emissions},{self.growth})"

    @property
    def left(self) -> str:
        """Σ E g (1 - r): what the table leaves of them."""
        grown = self.emissions if self.level else f"{self.emissions},{self.growth}"
        return f"SUMPRODUCT({grown},1-{self.rate}/100)"

    @property
    def allowed(self) -> str:
        """E g (1 - r) of each region."""
        grown = self.emissions if self.level else f"{self.emissions}*{self.growth}"
        return f"{grown}*(1-{self.rate}/100)"

    @property
    def implied(self) -> str:
        """Reduction of the provincial intensity, fraction."""
        return f"1-{self.left}/{self.end_gdp}/{self.intensity}"


def least(first: str, second: str) -> str:
    """Return the sum of the smaller of two ranges, row by row, in the language of spreadsheets."""
    return f"SUMPRODUCT(({first}<{second})*{first}+({first}>={second})*{second})"


def annexes(record: PlanRecord, at: Ranges, language: Language) -> tuple[Annex, ...]:
    """Return the further sheets that a plan has something for."""
    made = (_classes(record, at, language), _declines(record, at, language), _robustness(record, language))
    return tuple(annex for annex in made if annex is not None)


def _say(codes: Iterable[str], language: Language) -> tuple[str, ...]:
    return tuple(LABELS.say(code, language) for code in codes)


def _classes(record: PlanRecord, at: Ranges, language: Language) -> Annex | None:
    """Return the classes with their regions; the rate is that of a class's first region."""
    classes = class_names(record, language)
    if not classes:
        return None
    digits = decimals(record)["published_rate"]
    rows = []
    for number, name in classes.items():
        members = [n for n, region in enumerate(record.regions) if region.class_ == number]
        rate = round(record.regions[members[0]].published_rate * 100, digits)
        names = listed((record.regions[n].label(language) for n in members), language)
        shown = Number(rate, pattern(digits), f"={at.cell(members[0])}")
        rows.append((name, names, Number(len(members), _COUNT), shown))
    headers = _say(("class", "name", "class_size", "class_target"), language)
    note = LABELS.say("note_classes", language)
    return Annex("sheet_classes", note, (CellBlock(headers, tuple(rows)),), (12.0, 70.0, 12.0, 16.0))


def _declines(record: PlanRecord, at: Ranges, language: Language) -> Annex | None:
    """Return each factor's share of a region's cut, and what that makes in points; the province below."""
    first, whole = record.regions[0].decline, record.province.decline
    if first is None or whole is None:
        return None
    factors = list(first)
    k, start = len(factors), TOP + 1
    end = start + len(record.regions)
    digits = decimals(record)["published_rate"]
    rows: list[tuple[Cell, ...]] = []
    for n, region in enumerate(record.regions):
        parts = region.decline or dict.fromkeys(factors, 0.0)
        shares = [parts[f] / region.published_rate if region.published_rate else 0.0 for f in factors]
        own = [xl_rowcol_to_cell(start + n, column) for column in range(2 * k + 2)]
        target = Number(round(region.published_rate * 100, digits), pattern(digits), f"={at.cell(n)}")
        points = [Number(parts[f] * 100, _POINTS, f"={own[k + 1]}*{own[1 + j]}/100") for j, f in enumerate(factors)]
        total = Number(sum(parts.values()) * 100, _POINTS, f"=SUM({own[k + 2]}:{own[2 * k + 1]})")
        rows.append((region.label(language), *(Number(s * 100, _POINTS) for s in shares), target, *points, total))
    implied = record.province.implied_reduction
    weighted = f"SUMPRODUCT({at.emissions},{at.growth},{at.rate})"
    points = []
    for j, factor in enumerate(factors):
        column = [xl_rowcol_to_cell(row, k + 2 + j) for row in (start, end - 1)]
        part = f"SUMPRODUCT({at.emissions},{at.growth},{column[0]}:{column[1]})"
        points.append(Number(whole[factor] * 100, _POINTS, f"=({at.implied})*100*{part}/{weighted}"))
    last = [xl_rowcol_to_cell(end, column) for column in (k + 2, 2 * k + 1)]
    total = Number(sum(whole.values()) * 100, _POINTS, f"=SUM({last[0]}:{last[1]})")
    target = Number(implied * 100, _POINTS, f"=({at.implied})*100")
    rows.append((LABELS.say("total", language), *("",) * k, target, *points, total))
    shares_heads = tuple(LABELS.say("factor_share", language, factor=name) for name in _say(factors, language))
    points_heads = tuple(LABELS.say("factor_points", language, factor=name) for name in _say(factors, language))
    headers = (
        *_say(("name",), language), *shares_heads, *_say(("decline_target",), language), *points_heads,
        *_say(("decline_sum",), language),
    )  # fmt: skip
    note = LABELS.say("decline_text", language)
    return Annex("sheet_decline", note, (CellBlock(headers, tuple(rows)),), (16.0,) + (13.0,) * (2 * k + 2))


def _robustness(record: PlanRecord, language: Language) -> Annex | None:
    """Return what the published table bears, and the price of protection; numbers, not formulas."""
    bears = record.province.robustness
    if bears is None:
        return None
    survives: Cell = LABELS.say("none", language) if bears.survives is None else Number(bears.survives, _BUDGET)
    rows = (
        (LABELS.say("bears_regions", language), Number(len(record.regions), _COUNT)),
        (LABELS.say("bears_survives", language), survives),
        (LABELS.say("bears_points", language), Number(-bears.worst_points, _POINTS)),
        (LABELS.say("bears_10kt", language), Number(-bears.worst_10kt, _TONNES)),
    )
    blocks = [CellBlock(_say(("bears_item", "bears_value"), language), rows)]
    if record.protection is not None:
        codes, more = ("protected_regions", "protected_points", "protected_10kt"), record.province.asks_more
        of = goal(more, language)
        headers = tuple(LABELS.say(code, language, goal=of) for code in codes)
        blocks.append(CellBlock(headers, tuple(_price(price, language) for price in record.protection)))
    said = robustness_statement(record.province, len(record.regions), language)
    note = running([*said, LABELS.say("note_robustness", language)], language)
    return Annex("sheet_robustness", note, tuple(blocks), (52.0, 18.0, 18.0))


def _price(price: ProtectionRecord, language: Language) -> tuple[Cell, ...]:
    """Return what protection for so many regions costs."""
    budget = Number(price.budget, _BUDGET)
    if price.overshoot_points is None or price.overshoot_10kt is None:
        return (budget, *(LABELS.say("impossible", language),) * 2)
    return budget, Number(price.overshoot_points, _POINTS), Number(price.overshoot_10kt, _TONNES)
