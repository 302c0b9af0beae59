"""The amounts of an energy table, city by city, year by year, sector by sector."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scenarios.accounting.items import Item
from scenarios.errors import Place
from scenarios.tables.files import InputFile
from scenarios.tables.rows import PROVINCE

POWER, NON_ENERGY, COKING_IN, COKING_OUT = "power", "non_energy", "coking_in", "coking_out"
"""Sectors that have a meaning."""


@dataclass(frozen=True)
class Entry:
    """One amount."""

    region: int  # Position of the city, or `PROVINCE`
    # year, sector: Of the amount; ``power``, ``non_energy``, ``coking_in`` and ``coking_out`` are known sectors,
    # ``""`` is none
    year: int
    sector: str
    item: Item  # What it is an amount of
    amount: Fraction  # In t, tce, 10⁴ m³ or kWh
    place: Place  # Its cell
    grid: str = ""  # Of electricity taken in: the grid it comes from
    fixed_share: Fraction | None = None  # Of raw materials: the share of carbon that stays fixed, None where not given
    # Of what goes into coking and comes out: its share of carbon by mass, None where not given
    carbon: Fraction | None = None
    size: Fraction = Fraction(1)  # Of the unit it is written in


@dataclass(frozen=True)
class EnergyTable:
    """An energy table of n cities; `entries` in the order of the table."""

    # ids, names: Of the cities, length n; an id is empty where the table has none
    ids: tuple[str, ...]
    names: tuple[str, ...]
    years: tuple[int, ...]  # In ascending order
    entries: tuple[Entry, ...]  # Every amount
    source: InputFile  # The file's record
    place: Place  # File and sheet
    names_en: tuple[str, ...] = ()  # English names, the Chinese one where the table has none; length n
    firsts: tuple[Place, ...] = ()  # Where each city first stands, length n
    # Whether every figure of electricity could be read: only then can transfers be held against each other
    power_whole: bool = True

    def of(self, region: int, year: int) -> list[Entry]:
        """Return the entries of one city (or the province) in one year."""
        return [entry for entry in self.entries if entry.region == region and entry.year == year]

    @property
    def has_province(self) -> bool:
        """Whether the province's own figures are there."""
        return any(entry.region == PROVINCE for entry in self.entries)
