"""The heat table: normalised indicators by region, shaded column by column from white to dark blue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.planning.record import PlanRecord
from reports.printing.looks import hexadecimal, mixed
from scenarios.wording import Language

_LIGHT, _DARK = (247, 250, 253), (16, 71, 126)
_WHITE_TEXT = 0.18  # relative luminance up to which white stands out from a colour by 4.5 to 1, black from there on


@dataclass(frozen=True)
class HeatCell:
    """A value as printed, its colour, and whether the colour is dark."""

    text: str
    colour: str
    dark: bool


def heat_rows(record: PlanRecord, language: Language) -> list[tuple[str, list[HeatCell]]]:
    """Return a row a region, highest score first: name and a cell an indicator."""
    columns = [[r.normalised[k] for r in record.regions] for k in range(len(record.indicators))]
    ends = [(min(column), max(column)) for column in columns]
    regions = sorted(record.regions, key=lambda r: r.rank)
    return [
        (r.label(language), [heat_cell(value, *end) for value, end in zip(r.normalised, ends, strict=True)])
        for r in regions
    ]


def heat_cell(value: float, lowest: float, highest: float) -> HeatCell:
    """Return a cell shaded by where the value lies between the column's ends; a constant column stays light."""
    along = (value - lowest) / (highest - lowest) if highest > lowest else 0.0
    colour = mixed(_LIGHT, _DARK, along)
    return HeatCell(f"{value:.2f}", hexadecimal(colour), luminance(colour) <= _WHITE_TEXT)


def luminance(colour: Sequence[int]) -> float:
    """Return the relative luminance (WCAG 2) of red, green and blue, each 0 to 255."""
    parts = [part / 255 for part in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
