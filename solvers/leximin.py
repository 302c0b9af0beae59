"""The one leximin answer: a program made once, kept hot, and gone through stage by stage (`solvers.stages`).

A member with a tiny share of the coupling row is out of the solver's sight: it leaves out
entries below 1e-12, and does not tell a dual below 1e-10 from none. So the program gets no entry
below `SMALLEST`, see `solvers.tiny`, and rows that give way by what was added for some split;
that split becomes the answer, and two or three rounds end at one that moves no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from solvers.arrays import LevelProgram, compiled_program, level_program
from solvers.effort import USUAL, Effort
from solvers.highs import HotSolver, Stop
from solvers.model import Rule
from solvers.problem import Array, Infeasible, SolverFailure, Split, SplitProblem
from solvers.short_rows import ShortRows
from solvers.stages import Stages
from solvers.tiny import raised

_ROUNDS = 6
_SETTLED = 1e-13
"""By how much the sums of two rounds may differ at the end."""


def leximin(problem: SplitProblem, rules: Sequence[Rule] = (), effort: Effort = USUAL) -> Split:
    """Return the split whose sorted deviations, largest first, are smallest.

    `rules`: further rows, see `solvers.model`.
    `effort`: for each of the linear programs.
    Raises Infeasible: no split satisfies bounds and rows.
    Raises SolverFailure: HiGHS gave no answer.
    """
    return HotLeximin(problem, rules, effort).solve(problem)


def leximin_of_record(problem: SplitProblem, rules: Sequence[Rule] = (), effort: Effort = USUAL) -> Split:
    """Return the same split by way of the Pyomo model, to hold faster ways against it.

    Parameters and errors are those of `leximin`.
    """
    return of_record(problem, rules, effort).solve(problem)


def of_record(
    problem: SplitProblem, rules: Sequence[Rule] = (), effort: Effort = USUAL, made: HotLeximin | None = None
) -> HotLeximin:
    """Return the solver that goes by way of the Pyomo model: the one `made` before where the members weigh the same."""
    if made is not None and made.fits(problem):
        return made
    return HotLeximin(problem, rules, effort, compiled_program(problem, rules))


class HotLeximin:
    """Many leximin splits under the same rules: the program is made once and stays loaded in the solver.

    `problem`: the first of the problems, or one like them.
    `rules`: further rows, see `solvers.model`; the same for all.
    `parts`: the program of `problem` and `rules`, where it was made before.
    Raises Infeasible: A rule can never hold.
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
        self._short = ShortRows(self._parts)
        self._solver = HotSolver(self._parts.program, effort)

    def fits(self, problem: SplitProblem) -> bool:
        """Return whether a problem has the members' coefficients and the kind of coupling row of this program."""
        made_for = self._made_for
        return problem.at_least == made_for.at_least and np.array_equal(problem.coefficients, made_for.coefficients)

    def solve(self, problem: SplitProblem) -> Split:
        """Return the split of a problem, as `leximin` does.

        `problem`: its reference, scale, bounds and total are its own; members and coefficients are those of the problem
        that this was made for.
        Raises Infeasible: no split satisfies bounds and rows.
        Raises SolverFailure: HiGHS gave no answer, or none that holds.
        Raises ValueError: other coefficients, or another kind of coupling row.
        """
        if not self.fits(problem):
            raise ValueError("the coefficients must be those that the program was made with")
        with suppress(Infeasible):
            return self._at_its_total(problem)
        return self._at_its_total(self._least(problem))

    def _at_its_total(self, problem: SplitProblem) -> Split:
        """Return the split of a problem at, or from, the total that it names."""
        if not problem.within_reach:
            raise Infeasible
        self._solver.restore_rows()
        return self._once(problem) if self._raised.none else self._in_rounds(problem)

    def _least(self, problem: SplitProblem) -> SplitProblem:
        """Return the problem at the least total above its own that bounds and rules leave.

        Raises Infeasible: they leave none, or more than the total may not be.
        """
        if not problem.may_exceed or problem.at_least:
            raise Infeasible
        if self._unruled and problem.lowest_total > problem.total:
            return replace(problem, total=problem.lowest_total)
        rates = self._any(replace(problem, at_least=True), problem.coefficients)
        return replace(problem, total=float(problem.coefficients @ rates))

    def _once(self, problem: SplitProblem) -> Split:
        """Go through the stages of a problem whose entries are those of the program."""
        self._load(self._solver, self._parts, problem)
        return Stages(problem, self._parts, self._short, self._solver, self._unruled, not self._raised.none).run()

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

    def _any(self, problem: SplitProblem, costs: Array | None = None) -> Array:
        """Return some split that the rows as given allow, one of the least costs where each rate has some."""
        program = self._given.program
        if costs is not None:
            program = replace(program, costs=np.zeros_like(program.costs))
            program.costs[self._given.rates] = costs
        solver = HotSolver(program, self._effort)
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
