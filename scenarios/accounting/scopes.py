"""The boundary (口径) of an account: which sources and gases count; named ones are data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from scenarios.accounting.data import rows
from scenarios.schema_types import NonEnergy
from scenarios.wording import Language


@dataclass(frozen=True)
class Scope:
    """A boundary."""

    # key, zh, en: Its name
    key: str
    zh: str
    en: str
    # Fuel used as raw material: counted ``as_fuel``, left ``out``, or what is ``released`` of it (less the fixed
    # share)
    non_energy: NonEnergy = "as_fuel"
    processes: bool = False  # Whether industrial processes count
    electricity: bool = True  # Whether electricity between regions counts
    gases: tuple[str, ...] = ("CO2",)  # Which gases of the processes count
    gwp: str = "AR5"  # The assessment report whose 100-year potentials make them CO2-equivalent
    # year, source: Where the boundary is from; 0 and an empty text for a user's own
    year: int = 0
    source: str = ""

    def label(self, language: Language) -> str:
        """Return its name in `language`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Source:
    """A row of the boundary table of the 2019 deck: a source (or sink) and the gases it gives."""

    key: str
    domain_zh: str
    domain_en: str
    zh: str
    en: str
    gases: tuple[str, ...]


@cache
def scopes() -> Mapping[str, Scope]:
    """Return the named boundaries."""
    return {
        row["key"]: Scope(
            row["key"], row["zh"], row["en"], _non_energy(row["non_energy"]), row["processes"] == "yes",
            row["electricity"] == "yes", tuple(row["gases"].split("|")), row["gwp"], int(row["year"]), row["source"],
        )
        for row in rows("scopes")
    }  # fmt: skip


@cache
def sources() -> tuple[Source, ...]:
    """Return the boundary table: sectors and sources with their gases (F: fluorinated)."""
    return tuple(
        Source(r["key"], r["domain_zh"], r["domain_en"], r["zh"], r["en"], tuple(r["gases"].split("|")))
        for r in rows("boundary")
    )


def counted(scope: Scope, source: Source) -> tuple[str, ...]:
    """Return which gases of a source count within a scope."""
    match source.key:
        case "combustion" | "electricity":
            return ("CO2",) if source.key == "combustion" or scope.electricity else ()
        case "non_energy":
            return () if scope.non_energy == "out" else ("CO2",)
    if source.domain_en != "industrial processes" or not scope.processes:
        return ()
    fluorinated = any(gas not in ("CO2", "CH4", "N2O") for gas in scope.gases)
    return tuple(gas for gas in source.gases if gas in scope.gases or (gas == "F" and fluorinated))


def _non_energy(text: str) -> NonEnergy:
    known: dict[str, NonEnergy] = {"as_fuel": "as_fuel", "out": "out", "released": "released"}
    return known[text]
