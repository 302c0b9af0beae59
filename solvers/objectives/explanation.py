"""What weights explain rates that are printed: least absolute deviations beyond half a step, weights not below zero.

With rates r and traits z of n members, and half the step that they are printed in:

    r_i = c + Σ_k v_k z_ik + residual,   v >= 0

    all       min Σ e_i,   |r_i - c - Σ v_k z_ik| <= half + e_i
    few       the same with v_k <= most_k y_k,  Σ y_k <= K,  y binary
    weight    w_k = v_k/Σv; its range where Σ e <= allowed is a linear program in (c, v, e, s) scaled by s = 1/Σv:
              Σ v = 1,  the rows of r times s,  Σ e <= allowed s            (Charnes and Cooper 1962)

The constant c is free: how high the rates are is not what is explained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

import numpy as np
import pyomo.environ as pyo

from solvers.effort import USUAL, Effort
from solvers.highs import HotSolver, Stop
from solvers.model import Compiled, compile_model
from solvers.objectives.linear import Solved, solved
from solvers.problem import Array, Infeasible

MOST = 100.0
"""How many times the range of the rates a trait may move them at most: no bound, but for traits that cancel out."""
SETS = 60
"""Up to so many sets of traits the program is solved for each, which is quicker than an integer one."""
SAME = 1e-9
"""By how much two losses may differ and still be the same."""


@dataclass(frozen=True, eq=False)
class Printed:
    """Rates as they are printed, and traits that may explain them."""

    rates: Array  # r, in points, shape (n,)
    traits: Array  # z, a higher one asking for a higher rate, shape (n, m)
    half: float  # Half the step of the rates, in points

    def of(self, columns: Sequence[int]) -> Printed:
        """Return it with some of the traits."""
        return Printed(self.rates, self.traits[:, list(columns)], self.half)

    def without(self, *members: int) -> Printed:
        """Return it without some members."""
        others = ~np.isin(np.arange(len(self.rates)), members)
        return Printed(self.rates[others], self.traits[others], self.half)

    def beyond(self, fitted: Array | float) -> Array:
        """Return by how much rates miss what is fitted to them, beyond half a step, shape (n,)."""
        return np.maximum(np.abs(self.rates - fitted) - self.half, 0.0)

    def best_constant(self) -> float:
        """Return the one rate that misses them least: of several as good the middle, as the median is."""
        ends = np.unique(np.concatenate([self.rates - self.half, self.rates + self.half]))
        losses = np.array([self.beyond(end).sum() for end in ends])
        best = ends[losses <= losses.min() + SAME]
        return float(best[0] + best[-1]) / 2


@dataclass(frozen=True, eq=False)
class Explanation:
    """What explains printed rates best."""

    constant: float  # c
    pulls: Array  # v, by how much each trait moves a rate, shape (m,)
    loss: float  # Σ e

    @property
    def weights(self) -> Array | None:
        """w, adding up to one, shape (m,); None where nothing is pulled."""
        whole = float(self.pulls.sum())
        return self.pulls / whole if whole > SAME else None

    def fitted(self, traits: Array) -> Array:
        """Return the rates of members with these traits, shape (n, m)."""
        return np.asarray(self.constant + traits @ self.pulls, dtype=float)


def explain(printed: Printed, signs_free: bool = False, effort: Effort = USUAL) -> Explanation:
    """Return what explains rates best by all of the traits; `signs_free`: with v of any sign.

    Raises SolverFailure: HiGHS gave no answer.
    """
    model = _model(printed, signs_free)
    return _read(model, solved(model, effort))


def explain_by_few(printed: Printed, most: int, effort: Effort = USUAL) -> Explanation:
    """Return what explains rates best by at most so many of the traits.

    Raises SolverFailure: HiGHS gave no answer.
    """
    model = _few(printed, most)
    return _read(model, solved(model, effort))


def weight_ranges(printed: Printed, allowed: float, effort: Effort = USUAL) -> tuple[Array, Array]:
    """Return the least and the largest weight of each trait where the loss is no more than `allowed`, shapes (m,).

    Raises SolverFailure: HiGHS gave no answer.
    """
    model = _scaled(printed, allowed)
    model.aim = pyo.Objective(expr=model.constant)
    compiled = compile_model(model)
    aims = np.zeros((len(model.pull), compiled.program.costs.size))
    aims[np.arange(len(model.pull)), compiled.columns_of(model.pull)] = 1.0
    ends = np.clip([_ends(compiled, aim, effort) for aim in aims], 0.0, 1.0)
    return ends[:, 0], ends[:, 1]


def rate_range(printed: Printed, loss: float, traits: Array, effort: Effort = USUAL) -> tuple[float, float]:
    """Return between which rates a member with these traits, shape (m,), is put by all that explain others as well.

    `loss`: of these others. A trait in which they do not differ says nothing of it, and has no weight.
    Raises SolverFailure: HiGHS gave no answer.
    """
    model = _model(printed)
    for k in np.flatnonzero(np.ptp(printed.traits, axis=0) <= SAME).tolist():
        model.pull[k].fix(0.0)
    model.as_well = pyo.Constraint(expr=pyo.quicksum(model.miss.values()) <= loss + SAME * (1 + loss))
    model.loss.deactivate()
    model.rate = pyo.Objective(expr=model.constant + pyo.quicksum(float(traits[k]) * model.pull[k] for k in model.pull))
    compiled = compile_model(model)
    return _ends(compiled, compiled.program.costs, effort)


def _ends(compiled: Compiled, aim: Array, effort: Effort) -> tuple[float, float]:
    """Return the least and the largest value of an objective, over the columns of a compiled model.

    Raises Infeasible: there is no point.
    Raises SolverFailure: HiGHS gave no answer.
    """
    found = []
    for sign in (1.0, -1.0):
        solution = HotSolver(replace(compiled.program, costs=sign * aim), effort).solve()
        if solution.stop is Stop.INFEASIBLE:
            raise Infeasible
        found.append(sign * solution.objective)
    return found[0], found[1]


class Refits:
    """The same traits and many rates: models that stay loaded, one a set of `most` traits where these sets are few."""

    def __init__(self, printed: Printed, most: int, effort: Effort = USUAL) -> None:
        m = printed.traits.shape[1]
        self.most = min(most, m)
        self.sets: tuple[tuple[int, ...], ...] = ()
        if comb(m, self.most) <= SETS:
            self.sets = tuple(combinations(range(m), self.most))
        self._half, self._n = printed.half, len(printed.rates)
        models = [_model(printed.of(columns)) for columns in self.sets] or [_few(printed, self.most)]
        self._models = [_Loaded(model, effort) for model in models]

    def losses(self, rates: Array, without: Sequence[int] = ()) -> Array:
        """Return the least loss by each set, shape (sets,), or by the best one, shape (1,); `without` some members."""
        ends = self._ends(rates, without)
        return np.array([loaded.solve(*ends)[0] for loaded in self._models])

    def best(self, rates: Array, without: Sequence[int] = ()) -> tuple[float, tuple[int, ...]]:
        """Return the least loss, and the first set of traits that has it."""
        if self.sets:
            losses = self.losses(rates, without)
            first = int(np.flatnonzero(losses <= losses.min() + SAME)[0])
            return float(losses[first]), self.sets[first]
        return self._models[0].solve(*self._ends(rates, without))

    def _ends(self, rates: Array, without: Sequence[int]) -> tuple[Array, Array]:
        low, high = rates - self._half, rates + self._half
        low[list(without)], high[list(without)] = -np.inf, np.inf
        return low, high


class _Loaded:
    """A model in the solver, whose rates change."""

    def __init__(self, model: pyo.ConcreteModel, effort: Effort) -> None:
        self._compiled = compile_model(model)
        self._model, self._solver = model, HotSolver(self._compiled.program, effort)
        self._above, self._below = (self._compiled.rows_of(rows) for rows in (model.above, model.below))

    def solve(self, low: Array, high: Array) -> tuple[float, tuple[int, ...]]:
        """Return the least loss where rates stand between these, shapes (n,), and the traits that are used."""
        free = np.full(len(low), np.inf)
        self._solver.set_rows(self._above, low, free)
        self._solver.set_rows(self._below, -free, high)
        found = self._solver.solve()
        pulls = found.values[self._compiled.columns_of(self._model.pull)]
        return max(found.objective, 0.0), tuple(np.flatnonzero(pulls > SAME).tolist())


def _model(printed: Printed, signs_free: bool = False) -> pyo.ConcreteModel:
    """Return the linear program."""
    n, m = printed.traits.shape
    rates, traits, most = printed.rates.tolist(), printed.traits.tolist(), _most(printed).tolist()
    model = pyo.ConcreteModel("explanation")
    model.constant = pyo.Var()
    model.pull = pyo.Var(range(m), bounds=lambda _, k: (-most[k] if signs_free else 0.0, most[k]))
    model.miss = pyo.Var(range(n), bounds=(0, None))

    def fitted(i: int) -> object:
        return model.constant + pyo.quicksum(traits[i][k] * model.pull[k] for k in range(m))

    model.above = pyo.Constraint(range(n), rule=lambda mod, i: fitted(i) + mod.miss[i] >= rates[i] - printed.half)
    model.below = pyo.Constraint(range(n), rule=lambda mod, i: fitted(i) - mod.miss[i] <= rates[i] + printed.half)
    model.loss = pyo.Objective(expr=pyo.quicksum(model.miss.values()))
    return model


def _few(printed: Printed, most: int) -> pyo.ConcreteModel:
    """Return the integer program of at most so many traits."""
    model, large = _model(printed), _most(printed).tolist()
    model.used = pyo.Var(model.pull.index_set(), domain=pyo.Binary)
    model.only = pyo.Constraint(model.pull.index_set(), rule=lambda mod, k: mod.pull[k] - large[k] * mod.used[k] <= 0)
    model.few = pyo.Constraint(expr=pyo.quicksum(model.used.values()) <= most)
    return model


def _scaled(printed: Printed, allowed: float) -> pyo.ConcreteModel:
    """Return the program of the weights, all in 1/Σv, without an objective."""
    n, m = printed.traits.shape
    rates, traits = printed.rates.tolist(), printed.traits.tolist()
    model = pyo.ConcreteModel("weights")
    model.constant = pyo.Var()
    model.pull = pyo.Var(range(m), bounds=(0, 1))
    model.miss = pyo.Var(range(n), bounds=(0, None))
    model.unit = pyo.Var(bounds=(0, None))

    def fitted(i: int) -> object:
        return model.constant + pyo.quicksum(traits[i][k] * model.pull[k] for k in range(m))

    def above(mod: pyo.ConcreteModel, i: int) -> object:
        return fitted(i) + mod.miss[i] - (rates[i] - printed.half) * mod.unit >= 0

    def below(mod: pyo.ConcreteModel, i: int) -> object:
        return fitted(i) - mod.miss[i] - (rates[i] + printed.half) * mod.unit <= 0

    model.above = pyo.Constraint(range(n), rule=above)
    model.below = pyo.Constraint(range(n), rule=below)
    model.whole = pyo.Constraint(expr=pyo.quicksum(model.pull.values()) == 1)
    model.allowed = pyo.Constraint(expr=pyo.quicksum(model.miss.values()) - allowed * model.unit <= 0)
    return model


def _most(printed: Printed) -> Array:
    """Return how much each trait may pull, shape (m,)."""
    apart = np.ptp(printed.traits, axis=0)
    return np.asarray(MOST * np.ptp(printed.rates) / np.where(apart > SAME, apart, 1.0), dtype=float)


def _read(model: pyo.ConcreteModel, found: Solved) -> Explanation:
    pulls = found.of(model.pull)
    pulls[np.abs(pulls) <= SAME] = 0.0
    constant = float(found.solution.values[found.compiled.columns[model.constant.name]])
    return Explanation(constant, pulls, max(found.solution.objective, 0.0))
