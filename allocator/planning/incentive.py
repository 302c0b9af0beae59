"""The second table: incentive rates above the published basic ones.

Sequential, so that each table can be explained by itself. The basic rates are found first, with
room left above them; then one more leximin, with the published basic rate and the step as lower
bounds, finds the incentive rates:

    ref_inc_i = ref_i (R_inc + sigma + margin) / (R + sigma + margin)       backs exactly before bounds
    Σ a r_inc = R_inc + sigma + margin, or what basic rates and steps add up to where that is more
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from allocator.planning.reference import Targeting
from allocator.planning.rules import effort, exactly, solver_rules
from allocator.planning.split import Answer, answer
from reports.planning.record import PlanRecord
from reports.planning.sentences import incentive_reason
from scenarios.load import Scenario
from scenarios.on_grid import inward, narrowed
from scenarios.schema_types import Words
from scenarios.wording import LANGUAGES, Language, running
from solvers.printable.exact import GridProblem, GridTable
from solvers.printable.rounding import round_rates
from solvers.problem import SplitProblem

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class IncentiveSplit:
    """The incentive rates of a plan."""

    problem: SplitProblem  # What was solved, lower bounds being the published basic rates and the steps
    answer: Answer  # The computed rates, and how they were found
    rounding: GridTable  # The published rates, exact multiples of the grid, length n

    @property
    def rates(self) -> tuple[Fraction, ...]:
        """The published rates."""
        return self.rounding.rates


def widest(scenario: Scenario, targeting: Targeting) -> SplitProblem:
    """Return the problem of the incentive rates when the basic ones are at their lower bounds.

    Raises ValueError: the scenario has no incentive target.
    """
    second = scenario.of_incentive()
    basic, a = targeting.problem, second.baseline.coefficients
    reference = basic.reference * (second.baseline.required / basic.total)
    steps = np.array(scenario.incentive.steps if scenario.incentive else (), dtype=float)
    upper = np.array(second.regions.upper, dtype=float)
    return SplitProblem(
        coefficients=a,
        total=second.baseline.required,
        reference=reference,
        scale=reference if scenario.file.reference.deviation == "relative" else np.ones_like(reference),
        lower=np.minimum(basic.lower + steps, upper),  # equal but for the last digit where there is no room
        upper=upper,
        at_least=True,
    )


def split_incentive(
    scenario: Scenario, targeting: Targeting, basic: Sequence[Fraction], classes: Sequence[int] | None
) -> IncentiveSplit:
    """Split the incentive target above published basic rates.

    `scenario`, `targeting`: what was asked, with an incentive target.
    `basic`: the published basic rates, exact, length n.
    `classes`: class of each region, if the basic table has classes: then a class has one incentive rate too, unless
    bounds and steps of its members share no value of the grid.
    Raises Infeasible: there is no such table on the grid.
    Raises SolverFailure: HiGHS gave no answer.
    """
    second, asked = scenario.of_incentive(), scenario.incentive
    assert asked is not None
    least = [rate + Fraction(step) for rate, step in zip(basic, asked.steps, strict=True)]
    lower, upper = narrowed(second.demands, least, map(Fraction, second.regions.upper))
    rules = tuple(solver_rules(second.demands).values())
    grid = Fraction(scenario.file.publish.grid)
    problem = _between(widest(scenario, targeting), [inward(*pair, grid) for pair in zip(lower, upper, strict=True)])
    allowed = effort(scenario)
    found = answer(problem, rules, allowed)
    baseline = second.baseline
    rates = found.split.rates
    rates = rates if classes is None else _class_means(rates, baseline.coefficients, classes)
    asked_for = GridProblem(
        rates, baseline.exact_coefficients, baseline.exact_required, grid, lower, upper,
        rules, allowed, exactly(second.demands),
    )  # fmt: skip
    return IncentiveSplit(problem, found, round_rates(asked_for))


def with_incentive(record: PlanRecord, scenario: Scenario, found: IncentiveSplit) -> PlanRecord:
    """Return the record of a plan with its incentive rates; the province's part is there already."""
    steps = scenario.incentive.steps if scenario.incentive else ()
    regions = []
    for region, rate, printed, step in zip(
        record.regions, found.answer.split.rates.tolist(), found.rates, steps, strict=True
    ):
        basic, second, least = region.published_rate, float(printed), float(step)
        said: dict[Language, str] = {
            language: running([region.reason.say(language), incentive_reason(basic, second, least, language)], language)
            for language in LANGUAGES
        }
        update = {
            "reason": Words(zh=said["zh"], en=said["en"]),
            "incentive_step": least,
            "incentive_rate": rate,
            "published_incentive_rate": second,
        }
        regions.append(region.model_copy(update=update))
    facts = found.answer.facts("incentive_")
    if found.rounding.gap > 0:
        facts["incentive_gap"] = found.rounding.gap
    provenance = record.provenance.model_copy(update={"solver": {**record.provenance.solver, **facts}})
    return record.model_copy(update={"regions": tuple(regions), "provenance": provenance})


def _between(problem: SplitProblem, bounds: Sequence[tuple[Fraction, Fraction]]) -> SplitProblem:
    """Return the problem between new bounds: its total is what the lower ones add up to, where that is more."""
    lower, upper = np.array(bounds, dtype=float).T
    raised = replace(problem, lower=np.minimum(lower, upper), upper=upper, at_least=False, may_exceed=True)
    return replace(raised, total=max(problem.total, raised.lowest_total))


def _class_means(rates: Array, weights: Array, classes: Sequence[int]) -> Array:
    """Return for each region the weighted mean rate of its class, shape (n,): the province stays as it is."""
    numbers = np.array(classes)
    means = {k: np.average(rates[numbers == k], weights=weights[numbers == k]) for k in set(classes)}
    return np.array([means[k] for k in classes])
