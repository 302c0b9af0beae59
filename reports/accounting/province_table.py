"""The province's own table as the 2019 deck lays it out: item, unit, a column a year, where the figures are from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from reports.accounting.units import factor_words
from reports.printing.numbers import figure
from reports.printing.table import text_table
from reports.words import LABELS
from scenarios.accounting.factors import Factor, standards
from scenarios.accounting.gdp import ConstantGdp
from scenarios.accounting.ledger import Account
from scenarios.accounting.provincial import ProvinceYear, own_lines, province_table
from scenarios.tables.rows import PROVINCE
from scenarios.wording import Language, clauses

NONE = "—"
_INSET = {"zh": "\u3000", "en": "\u2003"}
_DIGITS = {"index": 2, "gdp": 2, "tce": 2, "co2": 2, "co2e": 2, "kwh": 0, "intensity": 4, "rate": 2}
_TON, _PER_CENT = Fraction(1, 10_000), 100


@dataclass(frozen=True)
class ProvinceRow:
    """One row: its code, the unit it is shown in, exact values in that unit (rates as fractions), its sources."""

    code: str
    unit: str
    values: tuple[Fraction | None, ...]
    words: dict[str, object] = field(default_factory=dict)
    factors: tuple[Factor, ...] = ()
    provider: str = "computed"

    def label(self, language: Language) -> str:
        """Return the item; a part of the row above is set in."""
        blank = "_blank" if self.provider == "none" else ""
        text = LABELS.say(f"province_{self.code}{blank}", language, **self.words)
        return f"{_INSET[language]}{text}" if self.code == "taken_from" else text

    @property
    def digits(self) -> int:
        """With how many decimals its values are shown."""
        return _DIGITS[self.unit]

    def numbers(self) -> list[float | str]:
        """Return the values as people read them, rates in per cent; — where there is none."""
        scale = _PER_CENT if self.unit == "rate" else 1
        return [NONE if value is None else float(value * scale) for value in self.values]

    def shown(self) -> list[str]:
        """Return the values as text."""
        return [value if isinstance(value, str) else figure(value, self.digits) for value in self.numbers()]

    def source(self, language: Language, files: dict[str, str]) -> str:
        """Return who gives the figures, or the factors they were computed with."""
        if self.factors:
            return clauses((factor_words(one, language) for one in self.factors), language)
        return LABELS.say(f"provider_{self.provider}", language, **files)


@dataclass(frozen=True)
class ProvinceTable:
    """The table: years, rows, and the files behind it."""

    years: tuple[int, ...]
    rows: tuple[ProvinceRow, ...]
    files: dict[str, str]
    base: int | None

    def headers(self, language: Language) -> tuple[str, ...]:
        """Return item, unit, the years, and where the figures are from."""
        years = (LABELS.say("province_year", language, year=year) for year in self.years)
        item, unit, provider = (LABELS.say(code, language) for code in ("province_item", "unit", "province_provider"))
        return (item, unit, *years, provider)

    def cells(self, language: Language) -> list[tuple[str, ...]]:
        """Return the rows as text."""
        return [
            (row.label(language), unit_words(row.unit, language), *row.shown(), row.source(language, self.files))
            for row in self.rows
        ]

    def lines(self, language: Language) -> list[str]:
        """Return the table for a terminal: without the last column, whose factors stand with the sentences."""
        rows = [row[:-1] for row in self.cells(language)]
        return ["", LABELS.say("block_province", language), *text_table(self.headers(language)[:-1], rows, left=2)]

    def as_json(self) -> dict[str, Any]:
        """Return the table as JSON-ready values: a number and its exact rational a year; rates are fractions."""
        return {
            "price_base": self.base,
            "years": list(self.years),
            "rows": [
                {
                    "code": row.code,
                    "zh": row.label("zh"),
                    "en": row.label("en"),
                    "unit": "1" if row.unit == "rate" else unit_words(row.unit, "en"),
                    "values": [None if value is None else float(value) for value in row.values],
                    "exact": [None if value is None else str(value) for value in row.values],
                    "source": row.source("en", self.files),
                }
                for row in self.rows
            ],
        }


def build_province_table(account: Account, gdp: ConstantGdp | None) -> ProvinceTable | None:
    """Return the province's table; None where the energy table has no row of the province."""
    found = province_table(account, gdp)
    if not found:
        return None
    files = {"energy": account.table.source.name, "gdp": "" if gdp is None else gdp.source.name}
    rows = (*_gdp(found, gdp), *_fuels(account, found), *_electricity(account, found), *_results(found))
    return ProvinceTable(tuple(one.year for one in found), rows, files, None if gdp is None else gdp.base)


def unit_words(unit: str, language: Language) -> str:
    """Return a unit in words."""
    return LABELS.say(f"unit_{unit}", language)


def _gdp(found: Sequence[ProvinceYear], gdp: ConstantGdp | None) -> Iterable[ProvinceRow]:
    words: dict[str, object] = {} if gdp is None else {"base": gdp.base}
    given = "none" if gdp is None else "gdp_own" if gdp.own else "gdp_cities"
    yield ProvinceRow("index", "index", tuple(one.index for one in found), words, provider=given)
    yield ProvinceRow("gdp", "gdp", tuple(one.gdp for one in found), words, provider=given)


def _fuels(account: Account, found: Sequence[ProvinceYear]) -> Iterable[ProvinceRow]:
    lines = (line for one in found for line in own_lines(account, one.year, "combustion", "non_energy"))
    provider = "energy" if all(line.region == PROVINCE for line in lines) else "energy_cities"
    for kind in standards():
        uses = [one.fuels[kind] for one in found]
        factors = tuple(dict.fromkeys(factor for use in uses for factor in use.factors))
        tce = _in_10kt(use.tce if use.lines else None for use in uses)
        yield ProvinceRow(kind, "tce", tce, provider=provider)
        tonnes = _in_10kt(use.tonnes if use.lines else None for use in uses)
        yield ProvinceRow(f"{kind}_co2", "co2", tonnes, factors=factors)


def _electricity(account: Account, found: Sequence[ProvinceYear]) -> Iterable[ProvinceRow]:
    def factors(key: str) -> tuple[Factor, ...]:
        lines = (one for one in account.lines if one.region == PROVINCE and one.part == "electricity")
        return tuple(dict.fromkeys(one.factor for one in lines if one.item.key == key))

    def stated(key: str, of: Callable[[ProvinceYear], Fraction | None]) -> tuple[Fraction | None, ...]:
        there = {e.year for e in account.table.entries if e.region == PROVINCE and e.item.key == key}
        return tuple(of(one) if one.year in there else None for one in found)

    taken, given = (
        stated("imported", lambda one: sum(one.taken.values(), Fraction(0))),
        stated("exported", lambda one: one.given),
    )
    yield ProvinceRow("taken", "kwh", taken, provider="energy")
    for grid in dict.fromkeys(grid for one in found for grid in one.taken):
        values = tuple(one.taken.get(grid) for one in found)
        yield ProvinceRow("taken_from", "kwh", values, {"grid": grid or NONE}, provider="energy")
    yield ProvinceRow(
        "taken_co2", "co2", _in_10kt(stated("imported", lambda one: one.taken_tonnes)), factors=factors("imported")
    )
    yield ProvinceRow("given", "kwh", given, provider="energy")
    yield ProvinceRow(
        "given_co2", "co2", _in_10kt(stated("exported", lambda one: one.given_tonnes)), factors=factors("exported")
    )


def _results(found: Sequence[ProvinceYear]) -> Iterable[ProvinceRow]:
    """Yield what the deck asks for below its table; coking and processes where the scope counts any."""
    if any(one.coking for one in found):
        yield _tonnes("coking", found, lambda one: one.coking, provider="factors")
    if any(one.process for one in found):
        yield _tonnes("process", found, lambda one: one.process, provider="factors", unit="co2e")
    yield _tonnes("total", found, lambda one: one.total)
    yield ProvinceRow("intensity", "intensity", tuple(one.intensity for one in found))
    yield ProvinceRow("annual", "rate", tuple(one.annual for one in found))
    yield ProvinceRow("cumulative", "rate", tuple(one.cumulative for one in found), {"first": found[0].year})


def _tonnes(
    code: str,
    found: Sequence[ProvinceYear],
    of: Callable[[ProvinceYear], Fraction | None],
    provider: str = "computed",
    unit: str = "co2",
) -> ProvinceRow:
    return ProvinceRow(code, unit, _in_10kt(map(of, found)), provider=provider)


def _in_10kt(tonnes: Iterable[Fraction | None]) -> tuple[Fraction | None, ...]:
    return tuple(None if value is None else value * _TON for value in tonnes)
