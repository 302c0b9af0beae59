"""The province's sums in the language of spreadsheets, over the ranges where its figures stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Ranges(NamedTuple):
    """The ranges that formulas speak of."""

    rate: str
    emissions: str
    gdp: str
    growth: str
    target: str
    margin: str
    cell: Callable[[int], str]  # Address of the published rate of the region at a position, per cent

    @property
    def intensity(self) -> str:
        """Base-year intensity of the province, Σ E / Σ Y."""
        return f"(SUM({self.emissions})/SUM({self.gdp}))"

    @property
    def end_gdp(self) -> str:
        """Σ Y g."""
        return f"SUMPRODUCT({self.gdp},{self.growth})"

    @property
    def frozen(self) -> str:
        """Σ E g: the emissions of the end year, had no intensity moved."""
        return f"SUMPRODUCT({self.emissions},{self.growth})"

    @property
    def left(self) -> str:
        """Σ E g (1 - r): what the table leaves of them."""
        return f"SUMPRODUCT({self.emissions},{self.growth},1-{self.rate}/100)"

    @property
    def implied(self) -> str:
        """Reduction of the provincial intensity, fraction."""
        return f"1-{self.left}/{self.end_gdp}/{self.intensity}"

    @property
    def required(self) -> str:
        """Σ E g less what target and margin allow: the cut the province needs, 万吨."""
        return f"({self.frozen}-(1-{self.target}-{self.margin})*{self.intensity}*{self.end_gdp})"
