"""The stages of linear programs whose end is the one leximin answer.

Each stage minimises the largest deviation among the members still free. A member
whose deviation row carries a dual cannot do better in any optimum of the stage
(complementary slackness); it is fixed where it stands, its rows leave, and the next
stage goes on with the rest. The duals of a stage add up to one in units of `scale`,
so every stage fixes somebody and there are at most n of them.

Short cuts keep the stages few and fast; none changes the answer:

- A member whose reference lies outside its bounds has a least deviation m_i > 0. Hold
  those with the largest m_i at their nearer bound. If the others then need no deviation
  above the smallest m_i held, nobody held can do better: the |F| largest deviations of
  any split add up to at least the sum of these m_i, and here they equal it. How many can
  be held so is found by bisection.
- Once others are fixed, short rows bound a free member more tightly than its own bounds: under a gap, the member at
  its foot and the one at its top leave the rest a window. So the same is tried again with the bounds that hold by
  then (`_bounds`); where it holds nobody, it waits twice as many stages before the next try.
- A stage starts from the point of the last one: it satisfies the next program, and only the
  level goes down from there.
- When what is left of the coupling row puts all free members at one bound, their own or one of the moment, it is
  known. This also spares the solver programs whose feasible points are all but one.

Every stage is held against conditions of the optimum in arithmetic of our own: the
multipliers of the rows, summed over a member's entries, must push exactly those who stand at
the level or at a bound.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from solvers.arrays import LevelProgram
from solvers.highs import HotSolver, Solution, Stop
from solvers.problem import Array, Infeasible, OutOfTime, SolverFailure, Split, SplitProblem
from solvers.short_rows import ShortRows

Mask = NDArray[np.bool_]

_DUAL_TOLERANCE = 1e-9
_UNPUSHED = 1e-10
"""Below this nothing pushes a member that is said to be pressed."""
_AT_REFERENCE = 1e-13
_AT_BOUND = 1e-12
"""How far a member may be from its bound and still count as there."""
_ABOVE = 1e-9
"""How far above the last level the next stage starts."""
_PRESSED = 1e-7
"""How much of what pushes and pulls at a member must be left over, to say that it is pushed."""
_STANDS = 1e-8
"""How far a member that is pushed may stand from its level or bound."""
_SAME = 1e-11
"""How far apart a rate and a bound, each computed, may be and still be one."""
_SAME_RATE = 1e-9
"""By how much the smallest member could move where all of them stand at bounds."""
_WORTH_HOLDING = 4
"""How many members must stand outside their bounds of the moment for a stage to try and hold some."""
_ROUNDING = 1e-16
"""What the last digit of a sum near 0.2 is worth, several times over."""


class Stages:
    """One run of stages over a program that stays loaded in the solver."""

    def __init__(
        self,
        problem: SplitProblem,
        parts: LevelProgram,
        short: ShortRows,
        solver: HotSolver,
        unruled: bool,
        raised: bool,
    ) -> None:
        self.problem = problem
        self.unruled = unruled
        self.raised = raised
        self.program = parts.program
        self.transposed = csr_array(parts.program.matrix.T)
        self.columns, self.level, self.above, self.below = parts.rates, parts.level, parts.above, parts.below
        self.backing = parts.backing
        self.short = short
        self.solver = solver
        self.free: Mask = np.ones(len(problem), dtype=bool)
        self.rates: Array = problem.reference.copy()
        self.stages = 0
        self.wait = self.patience = 1  # stages until members are held again, see `_next`

    def run(self) -> Split:
        """Go through the stages."""
        self._fix(*self._at_one_bound())
        solution = self._holding(self._nearest(*self._bounds()))
        if solution is None:
            raise Infeasible
        while True:
            found = solution.values[self.columns]
            if solution.objective <= _AT_REFERENCE:
                self.rates[self.free] = found[self.free]
                break
            tight = self._tight(solution)
            self._hold(solution, tight)
            if self.raised:
                self._keep(solution)
            self._fix(tight, found)
            self._fix(*self._at_one_bound())
            self._fix(self._in_a_corner(found), found)
            if not self.free.any():
                break
            self._start_below(solution.objective, tight)
            self._admit(solution.values)
            solution = self._next(found)
        return Split(np.clip(self.rates, self.problem.lower, self.problem.upper), self.stages)

    def _bounds(self) -> tuple[Array, Array]:
        """Return bounds that hold for every free member by now, shape (n,) each; own and by short rows."""
        p = self.problem
        if self.raised:  # rows that give way
            return p.lower, p.upper
        lower, upper = (np.where(self.free, own, self.rates) for own in (p.lower, p.upper))
        return self.short.tightened(lower, upper)

    def _nearest(self, lower: Array, upper: Array) -> Array:
        """Return the nearest to the references within bounds, and in any case within the members' own."""
        p = self.problem
        return np.clip(np.clip(p.reference, lower, upper), p.lower, p.upper)

    def _next(self, found: Array) -> Solution:
        """Solve the stage after the one that `found` these rates, and hold members again where that is worth a try."""
        self.patience -= 1
        (lower, upper), reference = self._bounds(), self.problem.reference
        outside = self.free & ((reference < lower) | (reference > upper))
        if self.patience > 0 or outside.sum() < _WORTH_HOLDING:
            return self._solve(sure=True)
        before, nearest = int(self.free.sum()), self._nearest(lower, upper)
        # where they stand there already, as they stand: the rows hold that point to the last digit
        solution = self._holding(np.where(np.abs(found - nearest) <= _SAME, found, nearest))
        self.patience = self.wait = 1 if int(self.free.sum()) < before else 2 * self.wait
        return solution or self._solve(sure=True)

    def _holding(self, nearest: Array) -> Solution | None:
        """Solve with as many free members as possible held at the bound nearest to their reference.

        Returns None where even without any held there is no point.
        """
        p = self.problem
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
                most = max(most, fewest)  # what was enough before may miss by a last digit from another start
            else:
                return None
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

    def _start_below(self, objective: float, fixed: Mask) -> None:
        """Let the next stage go down from the point of the last one, which satisfies it: no way back is needed."""
        level = np.array([self.level], dtype=np.int32)
        self.solver.set_columns(level, np.zeros(1), np.full(1, objective + _ABOVE))
        rows = np.concatenate([self.above[fixed], self.below[fixed]])
        self.solver.rebase(rows, self.columns[fixed], self.level)

    def _tight(self, solution: Solution) -> Mask:
        """Return the free members whose deviation rows carry a dual."""
        duals = np.abs(solution.row_duals[self.above]) + np.abs(solution.row_duals[self.below])
        tight = self.free & (duals * self.problem.scale > _DUAL_TOLERANCE)
        if not tight.any():
            raise SolverFailure(f"stage {self.stages} of the leximin sequence has no dual")
        return tight

    def _rule_duals(self, solution: Solution) -> Array:
        """Return the duals without those of the deviation rows, shape (rows,)."""
        duals = solution.row_duals.copy()
        duals[self.above] = duals[self.below] = 0.0
        return duals

    def _hold(self, solution: Solution, tight: Mask) -> None:
        """Hold a stage against the conditions of its optimum, member by member."""
        p, duals, rates = self.problem, self._rule_duals(solution), solution.values[self.columns]
        push = (self.transposed @ duals)[self.columns]
        pushed = np.abs(push) * p.scale > _DUAL_TOLERANCE
        pushed &= np.abs(push) > _PRESSED * (abs(self.transposed) @ np.abs(duals))[self.columns]
        way = np.sign(push)
        at_level = way * (rates - p.reference) >= p.scale * solution.objective - _STANDS
        at_bound = np.where(way > 0, rates >= p.upper - _STANDS, rates <= p.lower + _STANDS)
        wrong = self.free & pushed & ~at_level & ~at_bound
        by_its_bound = (p.lower > p.reference) & (rates <= p.lower + _STANDS)
        by_its_bound |= (p.upper < p.reference) & (rates >= p.upper - _STANDS)
        wrong |= tight & (np.abs(push) * p.scale <= _UNPUSHED) & ~by_its_bound
        if wrong.any():
            raise SolverFailure(f"stage {self.stages} of the leximin sequence is not optimal for {int(wrong.sum())}")

    def _keep(self, solution: Solution) -> None:
        """Keep what every optimum of this stage shares: members at a bound that has a price, rows that carry a dual.

        With tiny shares the sum would not tell the next stage that they moved away.
        """
        p, duals = self.problem, solution.row_duals
        price = (self.program.costs - self.transposed @ duals)[self.columns] * p.scale
        self._fix(self.free & (price > _DUAL_TOLERANCE), p.lower)
        self._fix(self.free & (price < -_DUAL_TOLERANCE), p.upper)
        rows = np.flatnonzero(np.abs(self._rule_duals(solution)) > _DUAL_TOLERANCE).astype(np.int32)
        rows = rows[rows != self.backing]
        lower, upper = self.solver.row_bounds(rows)
        bound = np.where(duals[rows] > 0, lower, upper)
        self.solver.lend_rows(rows, bound, bound)

    def _admit(self, point: Array) -> None:
        """Let the rows of the next stage hold the point of the last one, to the last digit."""
        point = point.copy()
        point[self.columns[~self.free]] = self.rates[~self.free]
        self.solver.admit(point)

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

    def _in_a_corner(self, found: Array) -> Mask:
        """Return the free members if all stand at one side of their bounds of the moment: no other point adds up."""
        p, free = self.problem, self.free
        if p.at_least or not free.any():
            return free & False
        bounds, a = self._bounds(), p.coefficients[free]
        nothing = _ROUNDING + _SAME_RATE * float(a.min())
        corner = any(float(a @ np.abs(bound - found)[free]) <= nothing for bound in bounds)
        return free if corner else free & False

    def _fix(self, members: Mask, values: Array) -> None:
        """Hold `members` at `values` and take their deviation rows out."""
        if not members.any():
            return
        self.rates[members] = values[members]
        self.free = self.free & ~members
        rows = np.concatenate([self.above[members], self.below[members]])
        wide = np.full(rows.size, np.inf)
        self.solver.set_columns(self.columns[members], values[members], values[members])
        self.solver.set_rows(rows, -wide, wide)

    def _release(self, members: Mask) -> None:
        """Give `members` their bounds and deviation rows back."""
        if not members.any():
            return
        p = self.problem
        self.free = self.free | members
        wide = np.full(int(members.sum()), np.inf)
        self.solver.set_columns(self.columns[members], p.lower[members], p.upper[members])
        self.solver.set_rows(self.above[members], -wide, p.reference[members])
        self.solver.set_rows(self.below[members], p.reference[members], wide)
