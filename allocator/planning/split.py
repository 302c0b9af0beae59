"""The split of a plan, found by every way there is and held against each other.

    model    the Pyomo model of record, compiled once, then stage by stage in HiGHS
    arrays   the same program without a model in between: the fast path of sweeps and of the web page
    closed   one multiplier, where bounds and the coupling row are all there is

The optimum is one, so the ways may differ by rounding errors only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from solvers.closed.waterfill import waterfill
from solvers.effort import Effort
from solvers.leximin import leximin, leximin_of_record
from solvers.model import Rule
from solvers.problem import SolverFailure, Split, SplitProblem

Way = Literal["model", "arrays", "closed form"]

MODEL_LIMIT = 500
"""Beyond so many regions a plan takes the arrays: the model would take longer than everything else."""

DIFFERENCE = 1e-9
"""By how much the ways may differ in a rate: a ten-millionth of a point."""


@dataclass(frozen=True, eq=False)
class Answer:
    """The computed rates, and how they were found."""

    split: Split
    ways: tuple[Way, ...]  # Which ways were gone; the first one answered
    difference: float  # The largest difference of a rate between them, as a fraction; 0 where only one was gone
    above: float = 0.0  # By how much bounds and rules force the split above the target, a fraction

    def facts(self, prefix: str = "") -> dict[str, float | int | str]:
        """Return what the provenance of a plan says about it."""
        more = {f"{prefix}above_target": self.above} if self.above > DIFFERENCE else {}
        return {
            f"{prefix}linear_programs": self.split.stages,
            f"{prefix}answered_by": self.ways[0],
            f"{prefix}held_against": ", ".join(self.ways[1:]),
            f"{prefix}largest_difference": self.difference,
            **more,
        }


def answer(problem: SplitProblem, rules: Sequence[Rule], effort: Effort) -> Answer:
    """Return the leximin split of a problem.

    `rules`: further rows, see `solvers.model`.
    `effort`: for each of the linear programs.
    Raises Infeasible: no split satisfies bounds and rows.
    Raises SolverFailure: HiGHS gave no answer, or two ways differ by more than `DIFFERENCE`.
    """
    splits: dict[Way, Split] = {}
    if len(problem) <= MODEL_LIMIT:
        splits["model"] = leximin_of_record(problem, rules, effort)
    splits["arrays"] = leximin(problem, rules, effort)
    if not rules and not problem.at_least:
        splits["closed form"] = waterfill(problem)
    first, *others = splits.values()
    difference = max((float(np.abs(other.rates - first.rates).max()) for other in others), default=0.0)
    if difference > DIFFERENCE:
        raise SolverFailure(f"{' / '.join(splits)}: the rates differ by {difference:.1e}")
    above = 0.0 if problem.at_least else float(problem.coefficients @ first.rates) - problem.total
    return Answer(first, tuple(splits), difference, above)
