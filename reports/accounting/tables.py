"""The tables of an account: by city, fuel and sector, the options with their residuals, factors, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from reports.accounting.province_table import NONE, build_province_table, unit_words
from reports.accounting.rebasing import PARTS, Rebasing
from reports.accounting.units import amount_unit, factor_unit, gas_words, number_words, source_words
from reports.printing.numbers import figure
from reports.words import LABELS
from scenarios.accounting.entries import COKING_IN, COKING_OUT, NON_ENERGY, POWER
from scenarios.accounting.gdp import ConstantGdp
from scenarios.accounting.ledger import Account, Line, Part
from scenarios.accounting.scopes import counted, sources
from scenarios.schema_types import PowerOption
from scenarios.tables.rows import PROVINCE
from scenarios.wording import Language

Value = str | int | float

_POWER: tuple[PowerOption, ...] = ("terminal", "attributed")
_SECTORS = {
    "工业": "industry", "农业": "agriculture", "农林牧渔业": "agriculture", "建筑业": "construction",
    "建筑": "buildings",
    "交通": "transport", "交通运输": "transport", "交通运输业": "transport", "服务业": "services", "商业": "commerce",
    "居民生活": "households", "生活消费": "households", "水力发电": "hydropower", "其他": "other",
}  # fmt: skip
"""English of sectors often met; any other stands as it was written."""


@dataclass(frozen=True)
class AccountTable:
    """One table: a code for its file or sheet, a title, headers, rows; numbers are numbers, 万吨 CO2 or as said."""

    code: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    digits: tuple[int, ...] = ()  # Decimals of the numbers of each row; empty for two everywhere
    general: tuple[int, ...] = ()  # Columns of factors and amounts, which are shown with all digits that count

    def shown(self) -> list[list[tuple[str, bool]]]:
        """Return every cell as text, and whether it is a number (or the dash in place of one)."""
        return [
            [
                (number_words(value), True)
                if k in self.general and isinstance(value, float)
                else _cell(value, self.digits[n] if self.digits else 2, k)
                for k, value in enumerate(row)
            ]
            for n, row in enumerate(self.rows)
        ]


def _cell(value: Value, digits: int, column: int) -> tuple[str, bool]:
    if isinstance(value, str):
        return value, value == NONE and column > 1
    return (figure(value, digits) if isinstance(value, float) else str(value)), True


def blocks(
    account: Account, language: Language, gdp: ConstantGdp | None = None, rebased: Rebasing | None = None
) -> list[AccountTable]:
    """Return the tables of an account, the province's own first where there is one.

    `rebased`: a year beside the same year under another scope; None without.
    """
    year = account.table.years[-1]
    return [
        *_province(account, language, gdp),
        _totals(account, language),
        *([] if rebased is None else [_rebased(account, rebased, language)]),
        by_fuel(account, language),
        *_by_process(account, language),
        _pivot(account, year, "by_sector", lambda line: sector_name(line, language), language),
        _options(account, language),
        *_non_fossil(account, year, language),
        _factors(account, language),
        lines_block(account, language),
        _boundary(account, language),
    ]


def item_name(line: Line, language: Language) -> str:
    """Return what a line is of."""
    return line.item.zh if language == "zh" else line.item.en


def sector_name(line: Line, language: Language) -> str:
    """Return a line's sector; electricity between regions has none of its own."""
    known = {
        POWER: "sector_power", NON_ENERGY: "sector_non_energy", COKING_IN: "sector_coking_in",
        COKING_OUT: "sector_coking_out", "": "sector_none",
    }  # fmt: skip
    if line.sector in known:
        return LABELS.say(known[line.sector], language)
    return _SECTORS.get(line.sector, line.sector) if language == "en" else line.sector


def region_name(account: Account, region: int, language: Language) -> str:
    """Return a city's name, or the province's."""
    return LABELS.say("total_province", language) if region == PROVINCE else city_names(account, language)[region]


def city_names(account: Account, language: Language) -> tuple[str, ...]:
    """Return the names of the cities."""
    return account.table.names if language == "zh" else account.table.names_en


def in_10kt(tonnes: Fraction | None) -> float:
    """Return tonnes in 万吨, as the nearest double."""
    return 0.0 if tonnes is None else float(tonnes / 10_000)


def shown(tonnes: Fraction, digits: int = 2) -> str:
    """Return tonnes as text in 万吨, never a negative zero."""
    return figure(in_10kt(tonnes), digits)


def _province(account: Account, language: Language, gdp: ConstantGdp | None) -> list[AccountTable]:
    table = build_province_table(account, gdp)
    if table is None:
        return []
    digits = tuple(row.digits for row in table.rows)
    rows = (
        (row.label(language), unit_words(row.unit, language), *row.numbers(), row.source(language, table.files))
        for row in table.rows
    )
    return [replace(_block("province", language, table.headers(language), rows), digits=digits)]


def _totals(account: Account, language: Language) -> AccountTable:
    years = account.table.years
    rows: list[tuple[Value, ...]] = [
        (name, *(in_10kt(account.years[year].totals[n]) for year in years))
        for n, name in enumerate(city_names(account, language))
    ]
    rows.append((LABELS.say("sum_of_cities", language), *(in_10kt(account.years[year].total) for year in years)))
    if all(account.years[year].province is not None for year in years):
        said = {"total_province": "province", "residual": "residual"}
        for code, name in said.items():
            values = (getattr(account.years[year], name) for year in years)
            rows.append((LABELS.say(code, language), *map(in_10kt, values)))
    return _block("totals", language, (LABELS.say("name", language), *map(str, years)), rows)


def by_fuel(account: Account, language: Language) -> AccountTable:
    """Return the last year's emissions of each city by fuel; electricity as one, and industrial processes."""
    whole = {"electricity": "electricity", "process": "processes", "coking": "coking"}

    def name(line: Line) -> str:
        return LABELS.say(whole[line.part], language) if line.part in whole else item_name(line, language)

    return _pivot(account, account.table.years[-1], "by_fuel", name, language)


def _by_process(account: Account, language: Language) -> list[AccountTable]:
    """Return the last year's emissions of each city by industrial process; none where the scope counts none."""
    year = account.table.years[-1]
    if not any(line.part == "process" and line.year == year for line in account.lines):
        return []
    whole = _pivot(account, year, "by_process", lambda line: item_name(line, language), language, "process")
    names = whole.headers[1:]
    rows = tuple((name, *(row[k] for row in whole.rows)) for k, name in enumerate(names, 1))
    headers = (LABELS.say("processes", language), *city_names(account, language))
    return [replace(whole, headers=headers, rows=rows, digits=(4,) * len(rows))]


def _pivot(
    account: Account, year: int, code: str, key: Callable[[Line], str], language: Language, part: Part | None = None
) -> AccountTable:
    lines = [line for line in account.lines if line.year == year and line.counted and line.region != PROVINCE]
    lines = [line for line in lines if part in (None, line.part)]
    names = list(dict.fromkeys(key(line) for line in lines))
    rows: list[tuple[Value, ...]] = []
    for n, city in enumerate(city_names(account, language)):
        own = [line for line in lines if line.region == n]
        sums = [sum((line.tonnes for line in own if key(line) == name), Fraction(0)) for name in names]
        rows.append((city, *map(in_10kt, (*sums, sum(sums, Fraction(0))))))
    headers = (LABELS.say("name", language), *names, LABELS.say("sum", language))
    return _block(code, language, headers, rows, year=year)


def _options(account: Account, language: Language) -> AccountTable:
    codes = ("year", "option", "sum_of_cities", "residual", "residual_fuels", "counted_twice", "left_out")
    rows: list[tuple[Value, ...]] = [
        (
            year, LABELS.say(f"option_{one.option}", language),
            *map(in_10kt, (one.total, one.residual, one.fossil, one.counted_twice, one.left_out)),
        )
        for year in account.table.years
        for one in account.years[year].residuals
    ]  # fmt: skip
    return _block("options", language, _heads(codes, language), rows)


def _non_fossil(account: Account, year: int, language: Language) -> list[AccountTable]:
    """Return what each city is attributed, the residual as a line; none where the table gives no such electricity."""
    done = account.years[year]
    found = done.non_fossil
    if found is None:
        return []
    rows: list[tuple[Value, ...]] = []
    for n, name in enumerate(city_names(account, language)):
        one = found.cities[n]
        power = (in_10kt(done.power[option][n]) if option in done.power else NONE for option in _POWER)
        stated = (one.physical, one.trade, one.certificates, one.draw, found.of(n))
        rows.append((name, *map(in_kwh8, stated), *power))
    columns = list(zip(*rows, strict=True))[1:]
    rows.append((LABELS.say("sum_of_cities", language), *(_summed(column) for column in columns)))
    blank = (NONE,) * 4
    for code, amount in (("nf_residual", found.residual), ("total_province", found.province)):
        rows.append((LABELS.say(code, language), *blank, in_kwh8(amount), NONE, NONE))
    heads = _heads(("name", "nf_physical", "nf_trade", "nf_certificates", "nf_draw", "nf_amount"), language)
    block = _block("non_fossil", language, (*heads, *_heads(("nf_terminal", "nf_attributed"), language)), rows,
                   year=year, k=f"{float(found.k):.6f}")  # fmt: skip
    return [replace(block, digits=(4,) * len(rows))]


def _rebased(account: Account, found: Rebasing, language: Language) -> AccountTable:
    """Return a year of each city under both scopes, and by which parts of the account they differ."""
    names = (*city_names(account, language), LABELS.say("sum_of_cities", language))
    rows: list[tuple[Value, ...]] = [
        (name, *map(in_10kt, (one.before, *one.changes.values(), one.after)))
        for name, one in zip(names, (*found.cities, found.sum), strict=True)
    ]
    parts = (f"rebased_{part}" for part in PARTS)
    heads = _heads(("name", "rebased_before", *parts, "rebased_after"), language)
    return _block("rebased", language, heads, rows, year=found.year, before=found.scope.label(language))


def _summed(column: Iterable[Value]) -> Value:
    """Return the sum of a column, the dash where it has no numbers."""
    numbers = [value for value in column if isinstance(value, float)]
    return sum(numbers) if numbers else NONE


def in_kwh8(amount: Fraction) -> float:
    """Return kWh in 亿千瓦时, as the nearest double."""
    return float(amount / 10**8)


def _factors(account: Account, language: Language) -> AccountTable:
    """Return every factor used, each once, in the order of the account."""
    codes = ("fuel", "factor", "factor_unit", "factor_year", "factor_source")
    found = dict.fromkeys((item_name(line, language), line.factor) for line in account.lines)
    potentials = ((LABELS.say("potential_of", language, gas=gas_words(gas)), one) for gas, one in account.potentials())
    rows = [
        (
            name, float(factor.value), factor_unit(factor.unit, language), factor.year,
            source_words(factor.source, language),
        )
        for name, factor in (*found, *potentials)
    ]  # fmt: skip
    return replace(_block("factors", language, _heads(codes, language), rows), general=(1,))


def lines_block(account: Account, language: Language) -> AccountTable:
    """Return every line with its amount, factor, source and emissions."""
    codes = (
        "name", "year", "sector", "fuel", "amount", "unit", "factor", "factor_unit", "factor_year", "factor_source",
        "potential", "emissions_line", "counted_line",
    )  # fmt: skip
    yes, no = LABELS.say("yes", language), LABELS.say("no", language)
    rows = [
        (
            region_name(account, line.region, language), line.year, sector_name(line, language),
            item_name(line, language), float(line.amount), amount_unit(line.item.dimension, language),
            float(line.factor.value), factor_unit(line.factor.unit, language), line.factor.year,
            source_words(line.factor.source, language),
            "" if line.potential is None else float(line.potential.value), in_10kt(line.tonnes),
            yes if line.counted else no,
        )
        for line in account.lines
    ]  # fmt: skip
    block = _block("lines", language, _heads(codes, language), rows)
    return replace(block, general=(4, 6, 10))


def _boundary(account: Account, language: Language) -> AccountTable:
    codes = ("domain", "source", "gases_counted")
    zh = language == "zh"
    rows = [
        (s.domain_zh if zh else s.domain_en, s.zh if zh else s.en, "、".join(counted(account.settings.scope, s)) or "—")
        for s in sources()
    ]
    return _block("boundary", language, _heads(codes, language), rows)


def _heads(codes: Iterable[str], language: Language) -> tuple[str, ...]:
    return tuple(LABELS.say(code, language) for code in codes)


def _block(
    code: str, language: Language, headers: tuple[str, ...], rows: Iterable[tuple[Value, ...]], **values: object
) -> AccountTable:
    return AccountTable(code, LABELS.say(f"block_{code}", language, **values), headers, tuple(rows))
