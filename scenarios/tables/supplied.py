"""Base-year figures from a table of their own, to stand where a column of the regions table would."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scenarios.errors import Place
from scenarios.tables.regions import RegionIndex


@dataclass(frozen=True)
class Supplied:
    """One quantity of the base year."""

    quantity: Literal["emissions", "gdp"]  # Which column it stands for
    # ids, names: Cities of the table it comes from, length n; an id is empty where that table has none
    ids: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[Decimal, ...]  # 万吨 or 亿元, length n
    file: str  # Name of that table
    firsts: tuple[Place, ...]  # Where each city first stands in it, length n

    @property
    def index(self) -> RegionIndex:
        """What finds a city by code or name."""
        return RegionIndex([key for key in self.ids if key], self.names)
