"""Decline factors (降碳因素): what structure, technique and substitution can give a region.

They cap the rate::

    upper_i = min(bound_i, 1 - (1 - structure_i)(1 - technique_i)(1 - substitution_i))
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import prod

from scenarios.errors import Collector, Place
from scenarios.file.schema import ScenarioFile
from scenarios.tables.cells import exact_per_cent
from scenarios.tables.regions import Regions

FACTORS = ("structure", "technique", "substitution")


def potentials(file: ScenarioFile, regions: Regions) -> tuple[dict[str, Decimal], ...] | None:
    """Return the potential of each factor as a fraction, length n; None where none are given."""
    if file.potentials is None:
        return None
    columns = {factor: getattr(file.potentials, factor) for factor in FACTORS}
    scale = {column: 100 if regions.units.get(column) == "%" else 1 for column in columns.values()}
    return tuple(
        {factor: regions.columns[column][n] / scale[column] for factor, column in columns.items()}
        for n in range(len(regions))
    )


def highest_rates(file: ScenarioFile, regions: Regions) -> tuple[Decimal, ...] | None:
    """Return the highest rates that the potentials allow, fractions, length n; None where none are given."""
    known = potentials(file, regions)
    if known is None:
        return None
    return tuple(1 - prod((1 - share for share in shares.values()), start=Decimal(1)) for shares in known)


def with_potentials(file: ScenarioFile, regions: Regions, collector: Collector) -> Regions:
    """Return the regions with upper bounds that their potentials allow; one below the lower bound is noted."""
    reach = highest_rates(file, regions)
    if reach is None:
        return regions
    upper = tuple(map(min, regions.upper, reach))
    for name, low, high in zip(regions.names, regions.lower, upper, strict=True):
        if low > high:
            found = f"{exact_per_cent(low)}% > {exact_per_cent(high)}%"
            collector.error("bounds_crossed", Place(key="potentials"), name=name, found=found)
    return replace(regions, upper=upper)
