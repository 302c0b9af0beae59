"""The sequence of linear programs whose end is the one leximin answer.

Each stage minimises the largest deviation among the members still free. A member
whose deviation row carries a dual cannot do better in any optimum of the stage
(complementary slackness); it is fixed where it stands, its rows leave, and the next
stage goes on with the rest. The duals of a stage add up to one in units of `scale`,
so every stage fixes somebody and there are at most n of them.

Two short cuts keep the stages few; neither changes the answer:

- A member whose reference lies outside its bounds has a least deviation m_i > 0. Hold
  those with the largest m_i at their nearer bound. If the others then need no deviation
  above the smallest m_i held, nobody held can do better: the |F| largest deviations of
  any split add up to at least the sum of these m_i, and here they equal it. How many can
  be held so is found by bisection.
- When what is left of the coupling row puts all free members at one bound, it is known.
  This also spares the solver programs whose feasible points are all but one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from solvers.effort import USUAL, Effort
from solvers.highs import HotSolver, Solution, Stop
from solvers.model import Rule, build_model, compile_model
from solvers.problem import Array, Infeasible, OutOfTime, SolverFailure, Split, SplitProblem

Mask = NDArray[np.bool_]

_DUAL_TOLERANCE = 1e-9
_AT_REFERENCE = 1e-13
_AT_BOUND = 1e-12
"""How far a member may be from its bound and still count as there."""
_ROUNDING = 1e-16
"""What the last digit of a sum near 0.2 is worth, several times over."""


def leximin(problem: SplitProblem, rules: Sequence[Rule] = (), effort: Effort = USUAL) -> Split:
    """Return the split whose sorted deviations, largest first, are smallest.

    Parameters
    ----------
    problem
        Bounds, coupling row and reference.
    rules
        Further rows, see `solvers.model`.
    effort
        For each of the linear programs.

    Raises
    ------
    Infeasible
        No split satisfies bounds and rows.
    SolverFailure
        HiGHS gave no answer.
    """
    if not problem.within_reach:
        raise Infeasible
    return _Sequence(problem, rules, effort).run()


class _Sequence:
    """One run of stages over a model that stays loaded in the solver."""

    def __init__(self, problem: SplitProblem, rules: Sequence[Rule], effort: Effort) -> None:
        self.problem = problem
        self.unruled = not rules  # within reach, and nothing else that could forbid a point
        model = build_model(problem, rules)
        compiled = compile_model(model)
        self.columns = compiled.columns_of(model.rate)
        self.above = compiled.rows_of(model.above)
        self.below = compiled.rows_of(model.below)
        self.solver = HotSolver(compiled.program, effort)
        self.free: Mask = np.ones(len(problem), dtype=bool)
        self.rates: Array = problem.reference.copy()
        self.stages = 0

    def run(self) -> Split:
        """Go through the stages."""
        self._fix(*self._at_one_bound())
        solution = self._first_stage()
        while True:
            found = solution.values[self.columns]
            if solution.objective <= _AT_REFERENCE:
                self.rates[self.free] = found[self.free]
                break
            self._fix(self._tight(solution), found)
            self._fix(*self._at_one_bound())
            if not self.free.any():
                break
            solution = self._solve(sure=True)
        return Split(np.clip(self.rates, self.problem.lower, self.problem.upper), self.stages)

    def _first_stage(self) -> Solution:
        """Solve with as many members as possible held at the bound nearest to their reference."""
        p = self.problem
        nearest = np.clip(p.reference, p.lower, p.upper)
        least = np.where(self.free, p.deviations(nearest), 0.0)
        thresholds = np.unique(least[least > _AT_REFERENCE])
        fewest, most = 0, thresholds.size  # how many thresholds stand below the held members
        while True:
            middle = (fewest + most) // 2
            held = least >= thresholds[middle] if middle < thresholds.size else self.free & False
            self._fix(held, nearest)
            solution = self._attempt(held)
            if solution is not None and (not held.any() or solution.objective <= thresholds[middle]):
                most = middle
            elif held.any():
                fewest = middle + 1
            else:
                raise Infeasible
            if solution is not None and fewest == most == middle:
                return solution
            self._release(held)

    def _attempt(self, held: Mask) -> Solution | None:
        """Solve; None when there is no point, or when HiGHS cannot tell and fewer members may be held."""
        try:
            solution = self._solve(sure=self.unruled and not held.any())
        except OutOfTime:
            raise
        except SolverFailure:
            if held.any():
                return None
            raise
        return solution if solution.stop is Stop.OPTIMAL else None

    def _solve(self, sure: bool) -> Solution:
        self.stages += 1
        return self.solver.solve(sure)

    def _tight(self, solution: Solution) -> Mask:
        """Return the free members whose deviation rows carry a dual."""
        duals = np.abs(solution.row_duals[self.above]) + np.abs(solution.row_duals[self.below])
        tight = self.free & (duals * self.problem.scale > _DUAL_TOLERANCE)
        if not tight.any():
            raise SolverFailure(f"stage {self.stages} of the leximin sequence has no dual")
        return tight

    def _at_one_bound(self) -> tuple[Mask, Array]:
        """Return the free members, and their bound, when the coupling row puts all of them there."""
        p, free = self.problem, self.free
        a = p.coefficients[free]
        left = p.total - float(p.coefficients[~free] @ self.rates[~free])
        nothing = _ROUNDING + _AT_BOUND * float(a.min(initial=np.inf))
        if not p.at_least and left <= float(a @ p.lower[free]) + nothing:
            return free, p.lower
        if left >= float(a @ p.upper[free]) - nothing:
            return free, p.upper
        return np.zeros_like(free), p.lower

    def _fix(self, members: Mask, values: Array) -> None:
        """Hold `members` at `values` and take their deviation rows out."""
        self.rates[members] = values[members]
        self.free = self.free & ~members
        rows = np.concatenate([self.above[members], self.below[members]])
        wide = np.full(rows.size, np.inf)
        self.solver.set_columns(self.columns[members], values[members], values[members])
        self.solver.set_rows(rows, -wide, wide)

    def _release(self, members: Mask) -> None:
        """Give `members` their bounds and deviation rows back."""
        p = self.problem
        self.free = self.free | members
        wide = np.full(int(members.sum()), np.inf)
        self.solver.set_columns(self.columns[members], p.lower[members], p.upper[members])
        self.solver.set_rows(self.above[members], -wide, p.reference[members])
        self.solver.set_rows(self.below[members], p.reference[members], wide)
