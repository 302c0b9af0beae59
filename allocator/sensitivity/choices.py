"""What a sweep can go over, and how far."""

from __future__ import annotations

from scenarios.file.schema import MapName

WEIGHTS, WITHIN, GROWTH, SPREAD, BOUNDS, NORMALISER, MAP = (
    "weights", "within", "growth", "spread", "bounds", "normaliser", "map",
)  # fmt: skip
CHOICES = (WEIGHTS, WITHIN, GROWTH, SPREAD, BOUNDS, NORMALISER, MAP)
"""The choices, in the order in which a sample takes its coordinates."""

SPREAD_RANGE = (0.5, 1.5)
"""The spread varies between so many times the scenario's."""
BOUNDS_RANGE = 0.02
"""Each end of all bounds moves by up to so much, up or down."""
MAPS: tuple[MapName, ...] = ("linear", "proportional", "uniform")
