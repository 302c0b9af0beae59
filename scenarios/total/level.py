"""Levels (coal, oil) and shares: what of them cannot be split, and by which jobs."""

from __future__ import annotations

from scenarios.errors import Finding, InputError, Place
from scenarios.quantities import Quantity
from scenarios.tables.regions import Regions
from scenarios.wording import Text


def refuse_unused(regions: Regions | None) -> None:
    """Refuse regions that use nothing of a level in the base year, of which no change can be asked.

    `regions`: None where nothing is asked of them.
    Raises InputError: each of them, at its cell.
    """
    if regions is None or not regions.quantity.is_level:
        return
    unused = [n for n, amount in enumerate(regions.emissions) if not amount]
    places = regions.places or (Place(),) * len(regions)
    if unused:
        raise InputError(Finding("level_of_none", places[n], {"name": regions.names[n]}) for n in unused)


def refuse_fossil(regions: Regions, place: Place) -> None:
    """Refuse a share that was read as fossil energy over energy, to be held against other quantities.

    `place`: where the quantity is said.
    Raises InputError: it was.
    """
    if regions.quantity.is_share and regions.emissions != regions.gdp:
        raise InputError.of("share_as_fossil", place)


def refuse_level(quantity: Quantity, place: Place) -> None:
    """Refuse a level, or a share, where a job is not made for one.

    `place`: where the quantity is said.
    Raises InputError: the quantity is one.
    """
    if quantity.stands_alone:
        raise InputError.of("level_not_here", place, quantity=Text(*quantity.called))
