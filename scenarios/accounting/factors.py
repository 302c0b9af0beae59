"""Emission factors: typed tables read from package data, each figure with its source and year.

No factor stands in the code. A figure is exact (`Fraction`) and is looked up by its key, its Chinese
or English name or an alias; a name that is not known is answered with the nearest one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import LiteralString, TypeVar, get_args

from scenarios.accounting.data import rows
from scenarios.schema_types import Basis, PowerOption, Traded
from scenarios.tables.regions import province_name

N = TypeVar("N", bound="Named")

BASES: tuple[Basis, ...] = get_args(Basis)
CARBON_TO_CO2 = Fraction(44, 12)
"""Molar masses: a tonne of carbon burns to 44/12 tonnes of CO2."""


class UnknownFactor(LookupError):  # noqa: N818  (says what happened)
    """No factor of this name (and year).

    `known`: the nearest known names, best first; all of them where none is near.
    `code`: of what is said where a table has such a name.
    """

    def __init__(self, name: str, known: Iterable[str], code: str = "energy_item") -> None:
        self.name, self.code = name, code
        names = list(known)
        near = difflib.get_close_matches(name, names, 3, 0.4) if len(names) > 3 else names
        self.known = tuple(near or names)
        super().__init__(f"{name}: {', '.join(self.known)}")

    def __reduce__(self) -> tuple[type[UnknownFactor], tuple[str, tuple[str, ...], str]]:
        """Return how to make it again in another process."""
        return UnknownFactor, (self.name, self.known, self.code)


@dataclass(frozen=True)
class Factor:
    """One figure with its source."""

    value: Fraction  # Exact
    unit: str  # Such as ``tCO2/tce``
    year: int  # Year of the source, or of the figure where the source prints it
    source: str  # Where it was taken from; ``computed`` figures say from what
    basis: Basis = "average"  # Of electricity: which part of it the figure is the average of


@dataclass(frozen=True)
class Named:
    """What a thing is called: key, Chinese and English name, other names."""

    key: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every name by which it is found."""
        return (self.key, self.zh, self.en, *self.aliases)


@dataclass(frozen=True)
class Fuel(Named):
    """A fuel of which physical amounts are known."""

    kind: str = ""  # ``coal``, ``oil`` or ``gas``: the standard quantity it belongs to
    dimension: str = ""  # ``mass`` (t) or ``volume`` (10⁴ m³ at normal conditions)
    ncv: Fraction = Fraction(0)  # Net calorific value, GJ a unit
    carbon: Fraction = Fraction(0)  # Carbon content, tC/TJ
    oxidation: Fraction = Fraction(0)  # Share of the carbon that burns
    # year, source: Of the three figures
    year: int = 0
    source: str = ""

    @property
    def factor(self) -> Factor:
        """CO2 a unit: NCV × carbon content × oxidation × 44/12 (deck 2019, physical quantity)."""
        return replace(self.whole_carbon, value=self.whole_carbon.value * self.oxidation)

    @property
    def whole_carbon(self) -> Factor:
        """CO2 of all the carbon in a unit, NCV × carbon content × 44/12: what a carbon balance counts."""
        value = self.ncv * self.carbon / 1000 * CARBON_TO_CO2
        return Factor(value, "tCO2/t" if self.dimension == "mass" else "tCO2/10⁴ m³", self.year, self.source)


@dataclass(frozen=True)
class Standard(Named):
    """A standard quantity (coal, oil or gas in tce) with its factor, tCO2/tce."""

    factor: Factor = Factor(Fraction(0), "", 0, "")


@dataclass(frozen=True)
class Process(Named):
    """An industrial process with its factors by gas."""

    # Gas -> tonnes of gas a tonne of activity; ``C`` is carbon, to be taken × 44/12. Empty where the user must supply
    # the factor.
    factors: Mapping[str, Factor] | None = None
    gas: str = "CO2"  # The gas that such a factor is for, unless it says otherwise


@cache
def standards() -> Mapping[str, Standard]:
    """Return coal, oil and gas in standard quantity, by key."""
    return {row["key"]: Standard(*_names(row), _factor(row)) for row in rows("standard")}


@cache
def fuels() -> Mapping[str, Fuel]:
    """Return the fuels with physical factors, by key."""
    return {
        row["key"]: Fuel(
            *_names(row), row["kind"], row["dimension"], Fraction(row["ncv"]), Fraction(row["carbon"]),
            Fraction(row["oxidation"]), int(row["year"]), row["source"],
        )
        for row in rows("fuels")
    }  # fmt: skip


def named_rows(table: str) -> list[Named]:
    """Return what a data table names."""
    return [Named(*_names(row)) for row in rows(table)]


@cache
def processes() -> Mapping[str, Process]:
    """Return the industrial processes, by key."""
    found: dict[str, Process] = {}
    for row in rows("processes"):
        earlier = found.get(row["key"])
        given = dict(earlier.factors or {}) if earlier else {}
        if row["value"]:
            given[row["gas"]] = _factor(row)
        names = (earlier.key, earlier.zh, earlier.en, earlier.aliases) if earlier else _names(row)
        found[row["key"]] = Process(*names, given, earlier.gas if earlier else row["gas"])
    return found


@cache
def constants() -> Mapping[str, Factor]:
    """Return the constants of conversion (kcal a kgce, kgce a kWh, kJ a kcal), by key."""
    return {row["key"]: _factor(row) for row in rows("constants")}


@cache
def grids() -> Mapping[tuple[str, int, Basis], Factor | None]:
    """Return the factors of provinces, regional grids and the nation, kgCO2/kWh, by name, year and basis.

    None: the table of that year has no figure for the grid, and no other grid's or year's may stand for it.
    """
    return {(row["grid"], int(row["year"]), _basis(row)): _grid_factor(row) for row in rows("grids")}


@cache
def wide_grids() -> frozenset[str]:
    """Return the regional grids and the nation: grids of more than one province."""
    return frozenset(row["grid"] for row in rows("grids") if row["level"] != "province")


@cache
def gwps() -> Mapping[str, Mapping[str, Factor]]:
    """Return the sets of global warming potentials: name of the assessment report -> gas -> factor."""
    sets: dict[str, dict[str, Factor]] = {}
    for row in rows("gwp"):
        figure = Factor(Fraction(row["value"]), f"tCO2e/t{row['gas']}", int(row["year"]), row["source"])
        sets.setdefault(row["set"], {})[row["gas"]] = figure
    return sets


def fuel(name: str) -> Fuel:
    """Return the fuel of a name; `UnknownFactor` names the nearest."""
    return _named(fuels(), name)


def process(name: str) -> Process:
    """Return the process of a name; `UnknownFactor` names the nearest."""
    return _named(processes(), name)


def grid(name: str, year: int, basis: Basis = "average") -> Factor:
    """Return a grid's factor for a year: the latest table not after it, else the earliest there is.

    `name`: of a grid or a province, 吉林 or 吉林省.
    Raises UnknownFactor: no table has this grid, or none on this basis, or that table lacks its figure.
    """
    name = province_name(name)
    years = sorted(y for grid_name, y, on in grids() if (grid_name, on) == (name, basis))
    if not years:
        code = "grid_unknown" if basis == "average" else "grid_basis"
        known = dict.fromkeys(key[0] for key, found in grids().items() if found and key[2] == basis)
        raise UnknownFactor(name, known, code)
    taken = max((y for y in years if y <= year), default=years[0])
    found = grids()[name, taken, basis]
    if found is None:
        raise UnknownFactor(name, [str(taken)], "grid_missing")
    return found


def contradiction(
    basis: Basis | None, traded: Traded, option: PowerOption | None
) -> tuple[LiteralString, dict[str, object]] | None:
    """Return what is said of a basis that does not go with how electricity counts; None where it does.

    The average goes with all electricity. Where traded non-fossil electricity counts as zero, the rest takes the factor
    that leaves it out, and only then; the factor of fossil electricity goes with use less non-fossil electricity.
    """
    if traded == "zero" and basis != "excluding_traded":
        return "traded_average", _nation()
    if basis == "excluding_traded" and traded != "zero":
        return "excluding_all", _nation()
    if option is not None and basis is not None and (basis == "fossil") != (option == "attributed"):
        return "basis_option", {"basis": basis, "option": option}
    return None


def _nation() -> dict[str, object]:
    """Return the nation's factors of the latest year with both: kgCO2/kWh with all digits printed, and the year."""
    year = max(year for name, year, basis in grids() if (name, basis) == ("全国", "excluding_traded"))
    average, rest = (grid("全国", year, basis).value for basis in ("average", "excluding_traded"))
    return {"year": year, "average": f"{float(average):.4f}", "rest": f"{float(rest):.4f}"}


def gwp(assessment: str, gas: str) -> Factor:
    """Return the warming potential of a gas in the set of an assessment report (SAR, AR4, AR5; 100 years)."""
    if assessment not in gwps():
        raise UnknownFactor(assessment, gwps())
    if gas not in gwps()[assessment]:
        raise UnknownFactor(gas, gwps()[assessment])
    return gwps()[assessment][gas]


def constant(key: str) -> Fraction:
    """Return a constant of conversion."""
    return constants()[key].value


@cache
def _sources() -> tuple[tuple[str, str], ...]:
    """Return (English, Chinese) of every source, the longest first."""
    pairs = ((row["source"], row["zh"]) for row in rows("sources"))
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def source_zh(source: str) -> str:
    """Return a source in Chinese; the user's own stands as it was written."""
    for english, chinese in _sources():
        source = source.replace(english, chinese)
    return re.sub(r"; × ([\d.]+) %: ", r"；乘以地理调整因子 \1%：", source)


def _named(table: Mapping[str, N], name: str) -> N:
    wanted = name.strip().lower()
    for entry in table.values():
        if wanted in (spelling.lower() for spelling in entry.spellings):
            return entry
    raise UnknownFactor(name, (spelling for entry in table.values() for spelling in entry.spellings))


def _names(row: Mapping[str, str]) -> tuple[str, str, str, tuple[str, ...]]:
    return row["key"], row["zh"], row["en"], tuple(filter(None, row["aliases"].split("|")))


def _basis(row: Mapping[str, str]) -> Basis:
    return next(basis for basis in BASES if basis == row["basis"])


def _grid_factor(row: Mapping[str, str]) -> Factor | None:
    return replace(_factor(row), basis=_basis(row)) if row["value"] else None


def _factor(row: Mapping[str, str]) -> Factor:
    return Factor(Fraction(row["value"]), row["unit"], int(row["year"]), row["source"])


def tce_of_fuel(fuel: Fuel, amount: Fraction) -> Fraction:
    """Return the standard quantity of a physical amount: amount × NCV / (7000 kcal a kgce)."""
    return amount * fuel.ncv * 1000 / (constant("kcal_per_kgce") * constant("kj_per_kcal"))
