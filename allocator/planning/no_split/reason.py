"""Why there is no split, in figures."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.load import Scenario
from solvers.diagnosing.conflicts import Conflict
from solvers.diagnosing.reach import Gap


@dataclass(eq=False)
class Reason:
    """Why no split can satisfy bounds and rules; without gap and conflict the grid alone is at fault."""

    scenario: Scenario  # What was asked
    gap: Gap | None  # How far the target is out of reach of the bounds, in the weighted sum; None when it is within
    conflict: Conflict | None = None  # Which rules contradict each other, and what would end it; None: not the rules
    # fixed, classes: Where classes are asked for, the regions whose rate is given, and how many classes would be
    # enough with them; None when more classes are no help
    fixed: tuple[int, ...] = ()
    classes: int | None = None
    incentive: bool = False  # Whether gap and grid are those of the incentive rates
