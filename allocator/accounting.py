"""`account`: base-year emissions from energy figures, with the factor and its source behind every number."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from allocator.output import ACCOUNTED, replaced_folder
from reports.accounting import (
    account_csv,
    account_html,
    account_workbook,
    factor_sentences,
    in_10kt,
    region_name,
    residual_sentence,
    sector_name,
    shown,
    year_sentence,
)
from reports.labels import LABELS
from scenarios.document import read_document, validate, with_overrides
from scenarios.emissions.electricity import OPTIONS, Option
from scenarios.emissions.ledger import Account, Line, YearAccount
from scenarios.emissions.scopes import Scope, scopes
from scenarios.emissions.units import INNER
from scenarios.energy import EnergyAccount, read_account
from scenarios.errors import Finding, InputError, Place
from scenarios.load import find_scenario
from scenarios.schema_types import Words
from scenarios.wording import Language

TABLE, WORKBOOK, PAGE = "account.csv", "account.xlsx", "account.html"
FILES = (ACCOUNTED, TABLE, WORKBOOK, PAGE)
_SUFFIXES = (".csv", ".xlsx")


@dataclass(frozen=True)
class Accounted:
    """An account, ready to be printed.

    Parameters
    ----------
    name, title
        Of the table or scenario.
    read
        The account, the files it rests on, and its notices.
    vintage
        Of what state the figures are; None where that is not said.
    """

    name: str
    title: Words
    read: EnergyAccount
    vintage: Words | None = None

    @property
    def account(self) -> Account:
        """The account itself."""
        return self.read.account

    @property
    def notices(self) -> tuple[Finding, ...]:
        """What must be said with it."""
        return self.read.notices

    def statements(self, language: Language) -> list[str]:
        """Return scope and option, each year's sum and residual, the options, and the factors with their sources."""
        account = self.account
        scope, last = account.settings.scope, account.years[account.table.years[-1]]
        lines = [
            LABELS.say(
                "account_head", language, n=len(account.table.names), base=account.table.years[0],
                end=account.table.years[-1], scope=scope.zh if language == "zh" else scope.en,
                option=LABELS.say(f"option_{last.option}", language),
            )
        ]  # fmt: skip
        if self.vintage is not None:
            lines.append(LABELS.say("account_vintage", language, vintage=self.vintage.say(language)))
        lines += [year_sentence(year, language) for year in account.years.values()]
        lines += self._cities(last, language)
        if last.factor is not None:
            value = f"{float(last.factor.value * 1000):.6f}"
            lines.append(LABELS.say("account_power", language, year=last.year, value=value, source=last.factor.source))
        lines += [residual_sentence(one, language) for one in last.residuals]
        return [*lines, *factor_sentences(account, language)]

    def _cities(self, year: YearAccount, language: Language) -> list[str]:
        names = self.account.table.names
        rows = zip(names, year.totals, strict=True)
        return [
            LABELS.say("account_city", language, name=name, year=year.year, total=shown(total)) for name, total in rows
        ]

    def as_json(self) -> dict[str, Any]:
        """Return everything as JSON-ready values: 万吨 as numbers, tonnes as exact rationals beside them."""
        account = self.account
        scope = account.settings.scope
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
            "lines": [self._line_json(line) for line in account.lines],
            "inputs": {source.name: source.sha256 for source in self.read.inputs},
            "notices": [notice.as_json() for notice in self.notices],
        }  # fmt: skip

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
            "counted": line.counted,
            "emissions_10kt": in_10kt(line.tonnes),
            "exact_t": str(line.tonnes),
        }


def _amount(tonnes: Fraction | None) -> dict[str, Any] | None:
    return None if tonnes is None else {"emissions_10kt": in_10kt(tonnes), "exact_t": str(tonnes)}


def account(
    source: str,
    scope: str | None = None,
    option: str | None = None,
    grid: str | None = None,
    factors: Path | None = None,
) -> Accounted:
    """Account for an energy table, or for that of a scenario.

    Parameters
    ----------
    source
        A csv or xlsx file, or a bundled case, scenario file or folder with ``energy``.
    scope, option, grid, factors
        What counts, how electricity counts, the province's name in the tables of grid factors, and the
        user's own factors; over what the scenario says.

    Raises
    ------
    InputError
        Everything that is wrong.
    """
    path = Path(source)
    if path.suffix.lower() in _SUFFIXES:
        boundary = _scope(scope) or scopes()["13fyp"]
        read = read_account(path, boundary, _option(option), grid or "", factors)
        return Accounted(path.stem, Words(zh=path.name, en=path.name), read)
    found = find_scenario(source)
    file = validate(with_overrides(read_document(found)[0], []))
    energy = file.energy
    if energy is None:
        raise InputError.of("no_energy", Place(file=found.name))
    own = found.parent / energy.factors if energy.factors else None
    read = read_account(
        found.parent / energy.file,
        _scope(scope) or energy.boundary(),
        _option(option) or energy.option,
        grid or file.energy_grid,
        factors or own,
    )
    return Accounted(file.name, file.title, read, energy.vintage)


def write_account(accounted: Accounted, folder: Path, language: Language) -> None:
    """Write account.json, account.csv (every line), account.xlsx and account.html, all or none.

    Raises
    ------
    InputError
        The folder cannot be used.
    """
    import json

    account, said = accounted.account, accounted.statements(language)
    with replaced_folder(folder) as side:
        document = json.dumps(accounted.as_json(), ensure_ascii=False, indent=2, allow_nan=False)
        (side / ACCOUNTED).write_text(document + "\n", "utf-8", newline="\n")
        (side / TABLE).write_bytes(account_csv(account, language).encode("utf-8-sig"))
        (side / WORKBOOK).write_bytes(account_workbook(account, language))
        page = account_html(account, accounted.title.say(language), said, language)
        (side / PAGE).write_text(page, "utf-8", newline="\n")


def _scope(name: str | None) -> Scope | None:
    if name is None:
        return None
    if name not in scopes():
        raise InputError.of("scope_unknown", Place(key="--scope"), found=name, known=", ".join(scopes()))
    return scopes()[name]


def _option(name: str | None) -> Option | None:
    found = next((option for option in OPTIONS if option == name), None)
    if name is not None and found is None:
        raise InputError.of("not_one_of", Place(key="--option"), found=name, needed=", ".join(OPTIONS))
    return found
