"""A method's split: formula → bounds → rules → controlled rounding → verified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from allocator.by_method.pairs import Facts, Pair, nash_weights
from allocator.planning.publishable import NoTable, basic_table
from allocator.planning.reference import Targeting
from allocator.planning.rules import effort, solver_rules
from allocator.planning.split import answer
from reports.verifying.verification import Verification, verify_rates
from scenarios.load import Scenario
from solvers.closed.waterfill import waterfill
from solvers.model import Rule
from solvers.objectives.gini import even_under_rules
from solvers.objectives.least_cost import Steps, cheapest
from solvers.objectives.nash import nash_under_rules
from solvers.problem import Infeasible, Split, SplitProblem

Array = NDArray[np.float64]


class NoMethod(Exception):  # noqa: N818
    """A method has no split here.

    `code`: of the text that says why, with its `values`.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, eq=False)
class MethodSplit:
    """One method's split at each of its stages, shapes (n,)."""

    unbounded: Array | None  # By the formula; None of a program that has none
    bounded: Array
    computed: Array  # Within rules as well
    constant: float | None  # Of the formula within bounds; None where nobody follows it
    published: tuple[Decimal, ...]
    verification: Verification
    price: float | None = None  # Of the cheapest: what one unit more of the total costs


@dataclass(frozen=True, eq=False)
class Question:
    """What all methods are asked alike."""

    scenario: Scenario
    targeting: Targeting
    facts: Facts
    steps: Steps | None = None
    head: str = ""  # The unit that people are counted in

    @property
    def problem(self) -> SplitProblem:
        """Bounds and total; reference and scale are the plan's."""
        return self.facts.problem

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rows of the rules."""
        return tuple(solver_rules(self.targeting.demands).values())


class _Solve(Protocol):
    def __call__(self, asked: Question, problem: SplitProblem, rules: tuple[Rule, ...]) -> Array: ...


def split_of(asked: Question, key: str, pair: Pair) -> MethodSplit:
    """Return the split of a method that is a pair.

    Raises NoMethod: no table on the grid.
    Raises Infeasible, SolverFailure: as the plan does.
    """
    problem = replace(asked.problem, reference=pair.reference, scale=pair.scale)
    bounded = waterfill(replace(problem, at_least=False)).rates
    ruled = bool(asked.rules) or problem.at_least
    solve = _OWN.get(key, _leximin) if ruled else _leximin
    computed = solve(asked, problem, asked.rules)
    published, verification = _printed(asked, computed)
    return MethodSplit(pair.unbounded(asked.problem), bounded, computed, _constant(problem, pair, bounded), published,
                       verification)  # fmt: skip


def cheapest_of(asked: Question) -> MethodSplit:
    """Return the split of least cost; among several, the one nearest to equal rates.

    Raises NoMethod: the steps do not reach, or there is no table on the grid.
    """
    assert asked.steps is not None
    problem = asked.problem
    even = np.full(len(problem), problem.total / float(problem.coefficients.sum()))
    problem = replace(problem, reference=even, scale=np.ones(len(problem)))
    allowed = effort(asked.scenario)
    try:
        bounded = cheapest(problem, asked.steps, (), allowed)
        ruled = cheapest(problem, asked.steps, asked.rules, allowed) if asked.rules else bounded
    except Infeasible:
        raise NoMethod("missing_steps") from None
    published, verification = _printed(asked, ruled.split.rates)
    return MethodSplit(None, bounded.split.rates, ruled.split.rates, None, published, verification, ruled.price)


def _leximin(asked: Question, problem: SplitProblem, rules: tuple[Rule, ...]) -> Array:
    return answer(problem, rules, effort(asked.scenario)).split.rates


def _even_heads(asked: Question, problem: SplitProblem, rules: tuple[Rule, ...]) -> Array:
    return _even(asked, problem, rules, asked.facts.heads)


def _even_gdp(asked: Question, problem: SplitProblem, rules: tuple[Rule, ...]) -> Array:
    return _even(asked, problem, rules, asked.facts.gdp * asked.facts.growth)


def _even(asked: Question, problem: SplitProblem, rules: tuple[Rule, ...], by: Array) -> Array:
    return even_under_rules(problem, by / by.sum(), rules, effort(asked.scenario)).rates


def _nash(asked: Question, problem: SplitProblem, rules: tuple[Rule, ...]) -> Array:
    return nash_under_rules(problem, nash_weights(asked.facts), rules, effort(asked.scenario)).rates


_OWN: Mapping[str, _Solve] = {"even-burden-head": _even_heads, "even-burden-gdp": _even_gdp, "nash": _nash}
"""Methods whose aim, with rules, is not that of the nearest rates: each by its own program."""


def _printed(asked: Question, computed: Array) -> tuple[tuple[Decimal, ...], Verification]:
    """Return computed rates on the grid or in classes, which are ordered by them, and the judgement on these."""
    split: Split = Split(computed, 0)
    try:
        table = basic_table(asked.scenario, replace(asked.targeting, scores=computed), split)
    except NoTable:
        raise NoMethod("missing_table") from None
    published = tuple(Decimal(rate.numerator) / Decimal(rate.denominator) for rate in table.rates)
    return published, verify_rates(asked.scenario, published)


def _constant(problem: SplitProblem, pair: Pair, bounded: Array) -> float | None:
    """Return the constant of the formula that those at no bound follow; None where there are none."""
    free = (problem.lower < bounded) & (bounded < problem.upper)
    if not free.any():
        return None
    mu = (bounded[free] - pair.reference[free]) / pair.scale[free]
    return pair.constant(float(np.median(mu)))
