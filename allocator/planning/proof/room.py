"""Whether there is room for incentive rates, in exact numbers: loaded where floating point cannot tell."""

from __future__ import annotations

from allocator.planning.reference import Targeting
from scenarios.load import Scenario


def leaves_room(scenario: Scenario, targeting: Targeting) -> bool | None:
    """Return whether there are incentive rates above some basic ones; None where neither is shown."""
    from allocator.planning.proof import impossible

    return impossible.leaves_room(scenario, targeting)
