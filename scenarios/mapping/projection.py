"""Degrees → a plane on which areas are true: Albers' equal-area conic projection of the sphere.

    n = (sin φ₁ + sin φ₂)/2    C = cos² φ₁ + 2n sin φ₁    ρ(φ) = √(C − 2n sin φ)/n    θ = n (λ − λ₀)
    x = ρ sin θ    y = ρ(φ₀) − ρ cos θ

J. P. Snyder, Map Projections – A Working Manual, USGS Professional Paper 1395 (1987), eqs. 14-1 to 14-6.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from scenarios.mapping.drawing import ACROSS, Point, Ring

PARALLELS = (25.0, 47.0)
"""Degrees of the standard parallels, those usual for China."""


def albers(point: Point, centre: Point, parallels: tuple[float, float] = PARALLELS) -> Point:
    """Return where longitude and latitude come to lie, in radii of the earth; `centre` is λ₀ and φ₀."""
    first, second = (math.sin(math.radians(parallel)) for parallel in parallels)
    n = (first + second) / 2
    c = 1 - first * first + 2 * n * first
    theta = n * math.radians(point[0] - centre[0])
    rho, rho_0 = (math.sqrt(c - 2 * n * math.sin(math.radians(latitude))) / n for latitude in (point[1], centre[1]))
    return rho * math.sin(theta), rho_0 - rho * math.cos(theta)


def projected(shapes: Sequence[Sequence[Ring]]) -> list[list[Ring]]:
    """Return rings of degrees in a box of `ACROSS` units; the meridian of their middle stands upright."""
    points = {point for rings in shapes for ring in rings for point in ring}
    longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
    centre = (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
    flat = {point: albers(point, centre) for point in points}
    return boxed([[tuple(flat[point] for point in ring) for ring in rings] for rings in shapes])


def boxed(shapes: Sequence[Sequence[Ring]]) -> list[list[Ring]]:
    """Return rings moved and scaled so that the longer side of all is `ACROSS` long."""
    points = [point for rings in shapes for ring in rings for point in ring]
    left, low = min(x for x, _ in points), min(y for _, y in points)
    wide, high = max(x for x, _ in points) - left, max(y for _, y in points) - low
    scale = ACROSS / max(wide, high)
    return [[tuple(((x - left) * scale, (y - low) * scale) for x, y in ring) for ring in rings] for rings in shapes]
