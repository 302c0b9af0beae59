"""The main job: score, solve, round, verify; one direction, no way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from allocator.planning.incentive import IncentiveSplit, with_incentive
from allocator.planning.no_split.why import NoSplit, why_no_split
from allocator.planning.proof.certificate import NOT_SOUGHT, Proved, proved, with_rates
from allocator.planning.proof.question import question_record
from allocator.planning.proof.room import leaves_room
from allocator.planning.publishable import NoTable, tables
from allocator.planning.record import plan_record
from allocator.planning.reference import Targeting, target
from allocator.planning.rules import effort, solver_rules
from allocator.planning.split import answer
from reports.planning.record import PlanRecord
from reports.verifying.verification import Verification, verify_rates
from scenarios.errors import asking_of
from scenarios.load import Scenario
from scenarios.quantities import Quantity, in_own_words
from scenarios.tables.cells import in_all_digits
from solvers.printable.exact import GridTable
from solvers.problem import Split

if TYPE_CHECKING:
    from allocator.planning.total.budgets import Budgets
    from scenarios.total.caps import CityCaps


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan in memory.

    Parameters
    ----------
    scenario
        What was asked.
    targeting
        Scores and reference rates.
    split
        The computed rates.
    rounding
        The published rates, rounded one by one or in classes.
    verification
        The judgement on the published rates.
    record
        The same as plan.json holds it.
    incentive
        The incentive rates; None without an incentive target.
    caps
        What each city may emit in the last year; None without a cap on the province's total.
    proof
        Why the computed rates are the one answer, or why there is no proof of it.
    """

    scenario: Scenario
    targeting: Targeting
    split: Split
    rounding: GridTable
    verification: Verification
    record: PlanRecord
    incentive: IncentiveSplit | None = None
    caps: CityCaps | None = None
    proof: Proved = NOT_SOUGHT

    @property
    def measured(self) -> Quantity:
        """The quantity that the target is of."""
        return self.scenario.measured

    @property
    def published(self) -> tuple[Decimal, ...]:
        """The published rates, exact, in the order of the scenario's regions."""
        return self.verification.rates

    @property
    def published_incentive(self) -> tuple[Decimal, ...] | None:
        """The published incentive rates likewise; None without an incentive target."""
        second = self.verification.incentive
        return None if second is None else second.rates


@in_all_digits
@in_own_words
@asking_of
def plan(scenario: Scenario) -> Plan:
    """Split the provincial target of a scenario.

    Raises
    ------
    InputError
        Indicators, weights or reference cannot be used; draws, a step or yearly budgets that do not go with the caps.
    NoSplit
        The target is out of reach within the bounds, by the rules, or on the grid.
    SolverFailure
        HiGHS gave no answer, or none in time (`OutOfTime`).
    """
    targeting = target(scenario)
    reason = why_no_split(scenario, targeting, solver_rules(scenario.demands), leaves_room)
    if reason is not None:
        raise reason
    found = answer(targeting.problem, tuple(solver_rules(targeting.demands).values()), effort(scenario))
    asked = question_record(scenario, targeting)
    proof = proved(scenario, targeting, found.split.rates, asked, effort(scenario))
    found = replace(found, split=replace(found.split, rates=with_rates(found.split.rates, proof)))
    try:
        made = tables(scenario, targeting, found.split)
    except NoTable as none:
        raise NoSplit(scenario, None, None, none.fixed, none.classes, none.incentive) from None
    rounding, second = made.basic, made.incentive
    published = tuple(_decimal(rate) for rate in rounding.rates)
    above = None if second is None else tuple(_decimal(rate) for rate in second.rates)
    caps, budgets = _capped(scenario, published)
    verification = verify_rates(scenario, published, above, caps)
    record = plan_record(scenario, targeting, asked, proof, found, rounding, verification)
    if second is not None:
        record = with_incentive(record, scenario, second)
    if budgets is not None:
        from allocator.planning.total.budgets import with_budgets

        record = with_budgets(record, budgets)
    return Plan(scenario, targeting, found.split, rounding, verification, record, second, caps, proof)


def _capped(scenario: Scenario, published: Sequence[Decimal]) -> tuple[CityCaps | None, Budgets | None]:
    """Return the caps and yearly budgets that go with published rates; None without a cap on the province."""
    if scenario.caps is None:
        return None, None
    from allocator.planning.total.budgets import capped

    return capped(scenario, published)


def _decimal(rate: Fraction) -> Decimal:
    """Return a multiple of a decimal grid as a decimal, exactly."""
    return Decimal(rate.numerator) / Decimal(rate.denominator)
