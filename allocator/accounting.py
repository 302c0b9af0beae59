"""`account`: base-year emissions from energy figures, with the factor and its source behind every number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from allocator.output.folder import ACCOUNTED, replaced_folder
from reports.accounting.province_table import build_province_table
from reports.accounting.rebasing import Rebasing, rebasing
from reports.accounting.sentences import (
    factor_sentences,
    gdp_sentence,
    non_fossil_cities,
    non_fossil_sentences,
    rebased_sentence,
    residual_sentence,
    year_sentence,
)
from reports.accounting.tables import city_names, in_10kt, in_kwh8, region_name, sector_name, shown
from reports.accounting.units import factor_unit, source_words
from reports.words import LABELS
from scenarios.accounting.electricity import OPTIONS, NonFossil
from scenarios.accounting.energy import EnergyAccount, odd_cities, read_account
from scenarios.accounting.gdp import ConstantGdp
from scenarios.accounting.gdp_table import read_gdp
from scenarios.accounting.ledger import Account, Line, YearAccount
from scenarios.accounting.scopes import Scope, scopes
from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.file.document import is_scenario_book, read_document
from scenarios.file.judged import known_columns
from scenarios.file.unfinished import validate_unfinished
from scenarios.regions.wanted import Wanted
from scenarios.schema_types import PowerOption, Words
from scenarios.sense.asking import Answers
from scenarios.sources import SCENARIO_FILE, find_scenario
from scenarios.tables.files import InputFile
from scenarios.tables.headers.energy_units import INNER
from scenarios.tables.layout.asked import Asked
from scenarios.wording import Language

TABLE, WORKBOOK, PAGE = "account.csv", "account.xlsx", "account.html"
FILES = (ACCOUNTED, TABLE, WORKBOOK, PAGE)
_SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".et", ".ods")
SAID = Answers(only_said=frozenset(["question"]), stopping=frozenset(["amount_off", "amounts_huge", "amounts_tiny"]))
"""Of a table without a scenario that could answer: most questions are said, and stop the plan that rests on it."""


@dataclass(frozen=True)
class Accounted:
    """An account, ready to be printed."""

    # name, title: Of the table or scenario
    name: str
    title: Words
    read: EnergyAccount  # The account, the files it rests on, and its notices
    vintage: Words | None = None  # Of what state the figures are; None where that is not said
    gdp: ConstantGdp | None = None  # GDP at constant prices; None without
    rebased: Rebasing | None = None  # A year beside the same year under the scope before; None where that is not asked

    @property
    def account(self) -> Account:
        """The account itself."""
        return self.read.account

    @property
    def notices(self) -> tuple[Finding, ...]:
        """What must be said with it."""
        return (*self.read.notices, *(self.gdp.notices if self.gdp else ()))

    @property
    def inputs(self) -> tuple[InputFile, ...]:
        """The files it rests on."""
        return (*self.read.inputs, *([self.gdp.source] if self.gdp else ()))

    def statements(self, language: Language) -> list[str]:
        """Return scope and option, each year's sum and residual, the options, and the factors with their sources."""
        account, last = self.account, self.account.years[self.account.table.years[-1]]
        return [
            *self.summary(language),
            *self._cities(last, language),
            *filter(None, non_fossil_cities(account, last, language)),
            *(residual_sentence(one, language) for one in last.residuals),
            *factor_sentences(account, language),
        ]

    def summary(self, language: Language) -> list[str]:
        """Return scope and option, the state of the data, each year's sum and residual, the factor of electricity."""
        account = self.account
        scope, last = account.settings.scope, account.years[account.table.years[-1]]
        lines = [
            LABELS.say(
                "account_head", language, n=len(account.table.names), years=_span(account.table.years),
                scope=scope.label(language),
                option=LABELS.say(f"option_{last.option}", language),
            )
        ]  # fmt: skip
        if self.vintage is not None:
            lines.append(LABELS.say("account_vintage", language, vintage=self.vintage.say(language)))
        lines += [year_sentence(year, language) for year in account.years.values()]
        if self.rebased is not None:
            lines.append(rebased_sentence(self.rebased, scope, language))
        if last.factor is not None and last.option != "attributed":
            value, unit = f"{float(last.factor.value * 1000):.6f}", factor_unit("kgCO2/kWh", language)
            source = source_words(last.factor.source, language)
            lines.append(LABELS.say("account_power", language, year=last.year, value=value, unit=unit, source=source))
        return [*lines, *non_fossil_sentences(last, language), *self._gdp(language)]

    def _gdp(self, language: Language) -> list[str]:
        if self.gdp is not None:
            return [gdp_sentence(self.gdp, language)]
        return [LABELS.say("province_no_gdp", language)] if self.account.table.has_province else []

    def table_lines(self, language: Language) -> list[str]:
        """Return the province's own table for a terminal."""
        table = build_province_table(self.account, self.gdp)
        return [] if table is None else table.lines(language)

    def _cities(self, year: YearAccount, language: Language) -> list[str]:
        names = city_names(self.account, language)
        rows = zip(names, year.totals, strict=True)
        return [
            LABELS.say("account_city", language, name=name, year=year.year, total=shown(total)) for name, total in rows
        ]

    def as_json(self) -> dict[str, Any]:
        """Return everything as JSON-ready values: 万吨 as numbers, tonnes as exact rationals beside them."""
        account = self.account
        scope = account.settings.scope
        table = build_province_table(account, self.gdp)
        return {
            "schema_version": 1,
            "name": self.name,
            "scope": {
                "key": scope.key, "zh": scope.zh, "en": scope.en, "non_energy": scope.non_energy,
                "processes": scope.processes, "electricity": scope.electricity, "gases": list(scope.gases),
                "gwp": scope.gwp, "source": scope.source,
            },
            "vintage": None if self.vintage is None else {"zh": self.vintage.say("zh"), "en": self.vintage.say("en")},
            "years": [self._year_json(year) for year in account.years.values()],
            **({} if self.rebased is None else {"rebased": self._rebased_json(self.rebased)}),
            "province_table": None if table is None else table.as_json(),
            "lines": [self._line_json(line) for line in account.lines],
            "inputs": {source.name: source.sha256 for source in self.inputs},
            "notices": [notice.as_json() for notice in self.notices],
        }  # fmt: skip

    def _rebased_json(self, found: Rebasing) -> dict[str, Any]:
        names = (*self.account.table.names, "sum")
        return {
            "year": found.year,
            "scope_before": found.scope.key,
            "cities": [
                {
                    "name": name,
                    "before": _amount(one.before),
                    **{part: _amount(change) for part, change in one.changes.items()},
                    "after": _amount(one.after),
                }
                for name, one in zip(names, (*found.cities, found.sum), strict=True)
            ],
        }

    def _year_json(self, year: YearAccount) -> dict[str, Any]:
        cities = zip(self.account.table.ids, self.account.table.names, year.totals, strict=True)
        return {
            "year": year.year,
            "option": year.option,
            "factor_kg_per_kwh": None if year.factor is None else float(year.factor.value * 1000),
            "factor_source": None if year.factor is None else year.factor.source,
            "cities": [{"id": key, "name": name, "emissions": _amount(total)} for key, name, total in cities],
            "sum": _amount(year.total),
            "province": _amount(year.province),
            "residual": _amount(year.residual),
            "options": [
                {
                    "option": one.option,
                    "sum": _amount(one.total),
                    "residual": _amount(one.residual),
                    "residual_fuels": _amount(one.fossil),
                    "counted_twice": _amount(one.counted_twice),
                    "left_out": _amount(one.left_out),
                }
                for one in year.residuals
            ],
            **({} if year.non_fossil is None else {"non_fossil": self._non_fossil_json(year, year.non_fossil)}),
        }

    def _non_fossil_json(self, year: YearAccount, found: NonFossil) -> dict[str, Any]:
        names = self.account.table.names
        return {
            "k": float(found.k),
            "exact_k": str(found.k),
            "cities": [
                {
                    "name": name,
                    "kwh": _kwh(found.of(n)),
                    **{f"power_{option}": _amount(tonnes[n]) for option, tonnes in year.power.items()},
                }
                for n, name in enumerate(names)
            ],
            "sum": _kwh(found.sum),
            "province": _kwh(found.province),
            "residual": _kwh(found.residual),
            "losses": _kwh(found.losses),
            "fossil_factor_kg_per_kwh": None if year.fossil_factor is None else float(year.fossil_factor.value * 1000),
        }

    def _line_json(self, line: Line) -> dict[str, Any]:
        return {
            "region": region_name(self.account, line.region, "zh"),
            "year": line.year,
            "sector": sector_name(line, "zh"),
            "item": line.item.key,
            "part": line.part,
            "gas": line.gas,
            "amount": float(line.amount),
            "unit": INNER[line.item.dimension],
            "factor": float(line.factor.value),
            "factor_unit": line.factor.unit,
            "factor_year": line.factor.year,
            "factor_source": line.factor.source,
            "gwp": None if line.potential is None else float(line.potential.value),
            "gwp_source": None if line.potential is None else line.potential.source,
            "counted": line.counted,
            "emissions_10kt": in_10kt(line.tonnes),
            "exact_t": str(line.tonnes),
        }


def _span(years: tuple[int, ...]) -> str:
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])


def _kwh(amount: Fraction) -> dict[str, Any]:
    return {"100gwh": in_kwh8(amount), "exact_kwh": str(amount)}


def _amount(tonnes: Fraction | None) -> dict[str, Any] | None:
    return None if tonnes is None else {"emissions_10kt": in_10kt(tonnes), "exact_t": str(tonnes)}


def account(
    source: str,
    scope: str | None = None,
    option: str | None = None,
    grid: str | None = None,
    factors: Path | None = None,
    gdp: Path | None = None,
    price_base: int | None = None,
    before: str | None = None,
) -> Accounted:
    """Account for an energy table, or for that of a scenario.

    `source`: A csv or xlsx file, or a bundled case, scenario file or folder with ``energy``.
    `scope`, `option`, `grid`, `factors`: what counts, how electricity counts, the province's name in the tables of grid
    factors, and the user's own factors; over what the scenario says.
    `before`: A scope under which the base year (of a table alone its last) is shown beside.
    `gdp`, `price_base`: A table of GDP by year and the year of its prices, both or neither.
    Raises InputError: everything that is wrong.
    """
    path = Path(source)
    if path.suffix.lower() in _SUFFIXES and not is_scenario_book(path):
        boundary, levels = _scope(scope) or scopes()["13fyp"], _asked(gdp, price_base)
        with _told_of_scenarios(path):
            read, series = _both(
                lambda: read_account(path, boundary, _option(option), grid or "", factors, answers=SAID),
                levels and partial(read_gdp, *levels, province=grid or "", answers=SAID),
                Collector(),
                SAID,
            )
        rebased = _rebased(read.account, before, None)
        return Accounted(path.stem, Words(zh=path.name, en=path.name), read, gdp=series, rebased=rebased)
    found = find_scenario(source)
    document, collector = read_document(found)[0], Collector()
    file, finished = validate_unfinished(document)
    energy = file.energy
    if energy is None:
        raise InputError.of("no_energy", Place(file=found.name))
    own = found.parent / energy.factors if energy.factors else None
    stated = None if file.gdp is None else (found.parent / file.gdp.file, file.gdp.price_base)
    levels = _asked(gdp, price_base) or stated
    asked = Asked(known_columns(file, Wanted.of(file).columns, document, collector, file.answers))
    read, series = _both(
        lambda: read_account(
            found.parent / energy.file,
            _scope(scope) or energy.boundary(),
            _option(option) or energy.option,
            grid or file.energy_grid,
            factors or own,
            asked,
            file.answers,
            energy.factor_basis,
            energy.traded,
        ),
        levels and partial(read_gdp, *levels, asked, file.own_name, file.answers),
        collector,
        file.answers,
    )
    rebased = _rebased(read.account, before, file.period.base if finished else None)
    return Accounted(file.name, file.title, read, energy.vintage, series, rebased)


@contextmanager
def _told_of_scenarios(table: Path) -> Iterator[None]:
    """Say beside what is to be written into a scenario that a table alone has none, and how it gets one."""
    try:
        yield
    except InputError as error:
        if not any(finding.open or SCENARIO_FILE in finding.message("en") for finding in error.findings):
            raise
        code = "account_beside" if table.with_name(SCENARIO_FILE).is_file() else "account_alone"
        values = {"file": table.name, "folder": table.parent}
        raise InputError([*error.everything, Finding(code, Place(file=table.name), values, "notice")]) from None


def _rebased(done: Account, before: str | None, base: int | None) -> Rebasing | None:
    """Return the base year, else the last, beside itself under a scope; None where none is asked."""
    scope = _scope(before, "--before")
    year = base if base in done.years else done.table.years[-1]
    return None if scope is None or year is None else rebasing(done, scope, year)


def _asked(gdp: Path | None, price_base: int | None) -> tuple[Path, int] | None:
    """Return the table of GDP and the year of its prices; one without the other is refused."""
    if gdp is None and price_base is None:
        return None
    if gdp is None or price_base is None:
        raise InputError.of("gdp_needs_base", Place(key="--price-base" if price_base is None else "--gdp"))
    return gdp, price_base


def _both(
    energy: Callable[[], EnergyAccount], gdp: Callable[[], ConstantGdp] | None, collector: Collector, answers: Answers
) -> tuple[EnergyAccount, ConstantGdp | None]:
    """Read both tables and hold them against each other; all that is wrong, or was before, is raised at once."""
    read = collector.taken(energy)
    series = None if gdp is None else collector.taken(gdp)
    if read is not None and series is not None:
        table = read.account.table
        collector.extend(series.check_years(table.years).findings)
        collector.extend(series.check_cities(table.ids, table.names, table.source.name).findings)
    collector.raise_errors()
    assert read is not None
    asked = Collector()
    settled = {notice.place for notice in read.notices if notice.code == "amount_off"}
    odd = odd_cities(read.account, series if series and series.names else None)
    answers.ask((finding for finding in odd if finding.place not in settled), asked)
    asked.raise_errors()
    return replace(read, notices=(*read.notices, *asked.notices)), series


def write_account(accounted: Accounted, folder: Path, language: Language) -> None:
    """Write account.json, account.csv (every line), account.xlsx and account.html, all or none.

    Raises InputError: the folder cannot be used.
    """
    import json

    from reports.accounting.files import account_csv, account_html, account_workbook

    account, said = accounted.account, accounted.summary(language)
    with replaced_folder(folder) as side:
        document = json.dumps(accounted.as_json(), ensure_ascii=False, indent=2, allow_nan=False)
        (side / ACCOUNTED).write_text(document + "\n", "utf-8", newline="\n")
        (side / TABLE).write_bytes(account_csv(account, language).encode("utf-8-sig"))
        (side / WORKBOOK).write_bytes(account_workbook(account, language, accounted.gdp, accounted.rebased))
        title = accounted.title.say(language)
        page = account_html(account, title, said, language, accounted.gdp, accounted.rebased)
        (side / PAGE).write_text(page, "utf-8", newline="\n")


def _scope(name: str | None, key: str = "--scope") -> Scope | None:
    if name is None:
        return None
    if name not in scopes():
        raise InputError.of("scope_unknown", Place(key=key), found=name, known=", ".join(scopes()))
    return scopes()[name]


def _option(name: str | None) -> PowerOption | None:
    found = next((option for option in OPTIONS if option == name), None)
    if name is not None and found is None:
        raise InputError.of("not_one_of", Place(key="--option"), found=name, needed=", ".join(OPTIONS))
    return found
