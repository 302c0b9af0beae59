"""The sequence of linear programs whose end is the one leximin answer.

Each stage minimises the largest deviation among the members still free. A member
whose deviation row carries a dual cannot do better in any optimum of the stage
(complementary slackness); it is fixed where it stands, its rows leave, and the next
stage goes on with the rest. The duals of a stage add up to one in units of `scale`,
so every stage fixes somebody and there are at most n of them.

Three short cuts keep the stages few and fast; none changes the answer:

- A member whose reference lies outside its bounds has a least deviation m_i > 0. Hold
  those with the largest m_i at their nearer bound. If the others then need no deviation
  above the smallest m_i held, nobody held can do better: the |F| largest deviations of
  any split add up to at least the sum of these m_i, and here they equal it. How many can
  be held so is found by bisection.
- A stage starts from the point of the last one: it satisfies the next program, and only the
  level goes down from there.
- When what is left of the coupling row puts all free members at one bound, it is known.
  This also spares the solver programs whose feasible points are all but one.

A member with a tiny share of the coupling row is out of the solver's sight: it leaves out
entries below 1e-12, and does not tell a dual below 1e-10 from none. So the program gets no entry
below `SMALLEST`, see `solvers.tiny`, and rows that give way by what was added for some split;
that split becomes the answer, and two or three rounds end at one that moves no more.

Every stage is held against conditions of the optimum in arithmetic of our own: the
multipliers of the rows, summed over a member's entries, must push exactly those who stand at
the level or at a bound.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from solvers.arrays import LevelProgram, compiled_program, level_program
from solvers.effort import USUAL, Effort
from solvers.highs import HotSolver, Solution, Stop
from solvers.model import Rule
from solvers.problem import Array, Infeasible, OutOfTime, SolverFailure, Split, SplitProblem
from solvers.tiny import raised

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
_ROUNDS = 6
_SETTLED = 1e-13
"""By how much the sums of two rounds may differ at the end."""
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
    return HotLeximin(problem, rules, effort).solve(problem)


def leximin_of_record(problem: SplitProblem, rules: Sequence[Rule] = (), effort: Effort = USUAL) -> Split:
    """Return the same split by way of the Pyomo model, to hold faster ways against it.

    Parameters and errors are those of `leximin`.
    """
    if not problem.within_reach:
        raise Infeasible
    return HotLeximin(problem, rules, effort, compiled_program(problem, rules)).solve(problem)


class HotLeximin:
    """Many leximin splits under the same rules: the program is made once and stays loaded in the solver.

    Parameters
    ----------
    problem
        The first of the problems, or one like them.
    rules
        Further rows, see `solvers.model`; the same for all.
    effort
        What the solver may use for each program.
    parts
        The program of `problem` and `rules`, where it was made before.

    Raises
    ------
    Infeasible
        A rule can never hold.
    """

    def __init__(
        self,
        problem: SplitProblem,
        rules: Sequence[Rule] = (),
        effort: Effort = USUAL,
        parts: LevelProgram | None = None,
    ) -> None:
        self._made_for = problem
        self._unruled = not rules  # within reach, and nothing else that could forbid a point
        self._given = parts or level_program(problem, rules)
        self._effort = effort
        self._raised = raised(self._given)
        self._parts = self._raised.parts
        self._solver = HotSolver(self._parts.program, effort)

    def solve(self, problem: SplitProblem) -> Split:
        """Return the split of a problem, as `leximin` does.

        Parameters
        ----------
        problem
            Its reference, scale, bounds and total are its own; members and coefficients are
            those of the problem that this was made for.

        Raises
        ------
        Infeasible
            No split satisfies bounds and rows.
        SolverFailure
            HiGHS gave no answer, or none that holds.
        ValueError
            Other coefficients, or another kind of coupling row.
        """
        made_for = self._made_for
        if problem.at_least != made_for.at_least or not np.array_equal(problem.coefficients, made_for.coefficients):
            raise ValueError("the coefficients must be those that the program was made with")
        if not problem.within_reach:
            raise Infeasible
        self._solver.restore_rows()
        return self._once(problem) if self._raised.none else self._in_rounds(problem)

    def _once(self, problem: SplitProblem) -> Split:
        """Go through the stages of a problem whose entries are those of the program."""
        self._load(self._solver, self._parts, problem)
        return _Sequence(problem, self._parts, self._solver, self._unruled, not self._raised.none).run()

    def _in_rounds(self, problem: SplitProblem) -> Split:
        """Solve with raised entries until what they add is the same for the split before and after."""
        rates = self._any(problem)
        added = self._raised.added @ rates
        for _ in range(_ROUNDS):
            self._solver.restore_rows()
            rows, lower, upper = self._raised.shifted(added)
            self._solver.lend_rows(rows, lower, upper)
            split = self._once(self._raised.problem(problem, added))
            before, added = added, self._raised.added @ split.rates
            if np.abs(added - before).max() <= _SETTLED:
                return split
        raise SolverFailure("shares this small of the total leave the split open")

    def _any(self, problem: SplitProblem) -> Array:
        """Return some split that the rows as given allow."""
        solver = HotSolver(self._given.program, self._effort)
        self._load(solver, self._given, problem)
        solution = solver.solve()
        if solution.stop is Stop.INFEASIBLE:
            raise Infeasible
        return np.clip(solution.values[self._given.rates], problem.lower, problem.upper)

    def _load(self, solver: HotSolver, parts: LevelProgram, p: SplitProblem) -> None:
        """Give the program the numbers of a problem."""
        wide = np.full(len(p), np.inf)
        solver.set_entries(parts.above, parts.level, -p.scale)
        solver.set_entries(parts.below, parts.level, p.scale)
        solver.set_columns(parts.rates, p.lower, p.upper)
        solver.set_columns(np.array([parts.level], dtype=np.int32), np.zeros(1), np.full(1, np.inf))
        solver.set_rows(parts.above, -wide, p.reference)
        solver.set_rows(parts.below, p.reference, wide)
        most = np.inf if p.at_least else p.total
        solver.set_rows(np.array([parts.backing], dtype=np.int32), np.array([p.total]), np.array([most]))


class _Sequence:
    """One run of stages over a program that stays loaded in the solver."""

    def __init__(
        self, problem: SplitProblem, parts: LevelProgram, solver: HotSolver, unruled: bool, raised: bool
    ) -> None:
        self.problem = problem
        self.unruled = unruled
        self.raised = raised
        self.program = parts.program
        self.transposed = csr_array(parts.program.matrix.T)
        self.columns, self.level, self.above, self.below = parts.rates, parts.level, parts.above, parts.below
        self.backing = parts.backing
        self.solver = solver
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
            tight = self._tight(solution)
            self._hold(solution, tight)
            if self.raised:
                self._keep(solution)
            self._fix(tight, found)
            self._fix(*self._at_one_bound())
            if not self.free.any():
                break
            self._start_below(solution.objective, tight)
            self._admit(solution.values)
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
