"""The certificate of a plan: searched for with the computed rates, and kept only where it holds.

The rates that follow from it are exact, so that the plan's computed rates are these, right to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from allocator.planning.proof.exact import exact_problem
from allocator.planning.proof.question import exact_text
from allocator.planning.reference import Targeting
from reports import check_proof
from reports.proving.question import QuestionRecord
from reports.proving.record import AnswerRecord, ProofRecord
from reports.records import in_both
from reports.words import LABELS
from scenarios.load import Scenario
from scenarios.rules.incentive import Room
from scenarios.rules.kinds import Demand
from solvers.effort import Effort
from solvers.problem import Array, SolverFailure
from solvers.proving.closed import closed_certificate
from solvers.proving.exact import Certificate, ExactProblem, NoProof
from solvers.proving.stages import least_terms, staged_certificate

CHECKED_REGIONS = 60
"""Up to so many regions a certificate without rules is judged by its checker before it is kept; more take too long."""

MOST_REGIONS = 3_000
"""Beyond so many regions no certificate is looked for where rules hold some of them: more than all counties."""


@dataclass(frozen=True)
class Proved:
    """What a search for a certificate comes to."""

    rates: tuple[float, ...] | None  # The one answer, each the nearest double; None without a proof
    answer: dict[str, Any] | None  # The certificate, as proof.json has it
    why: str = ""  # Why there is none: a code of `reports.words.publishing`

    def record(self, plan: str) -> ProofRecord:
        """Return proof.json for the plan of a digest."""
        answer = None if self.answer is None else AnswerRecord.model_validate(self.answer)
        none = in_both(lambda language: LABELS.say(f"proof_{self.why}", language)) if self.why else None
        return ProofRecord(plan=plan, answer=answer, none=none)


NOT_SOUGHT = Proved(None, None, "not_sought")


def proved(scenario: Scenario, targeting: Targeting, rates: Array, asked: QuestionRecord, effort: Effort) -> Proved:
    """Return the proof of computed rates, shape (n,).

    `asked`: the question as plan.json will say it.
    """
    if _held_afar(scenario):
        return Proved(None, None, "held")
    problem = asked_problem(asked)
    closed = closed_certificate(problem, rates)
    if closed is not None and _kept(targeting.demands, closed[1]):
        found = Proved(tuple(map(float, closed[1])), in_text(closed[0]))
        if len(rates) > CHECKED_REGIONS or _holds(asked, found):
            return found
    if any(isinstance(demand, Room) for demand in targeting.demands):
        return Proved(None, None, "room")
    if len(scenario.regions) > MOST_REGIONS:
        return Proved(None, None, "size")
    try:
        return _staged(problem, rates, asked, effort)
    except (NoProof, SolverFailure, check_proof.Refused, ValueError, ZeroDivisionError):
        return Proved(None, None, "not_found")


def asked_problem(asked: QuestionRecord) -> ExactProblem:
    """Return what rates are computed within, exact."""
    given = asked.model_dump(mode="json")
    references = tuple(map(Fraction, asked.references))
    scale = references if asked.relative else (Fraction(1),) * len(references)
    within = check_proof.Province(given, given.get("within", given["limits"]))
    return exact_problem(within, references, scale, asked.exceed)


def _holds(asked: QuestionRecord, found: Proved) -> bool:
    """Return whether a proof is one to its checker."""
    assert found.rates is not None
    assert found.answer is not None
    try:
        check_proof.check_optimum(asked.model_dump(mode="json"), found.answer, [Fraction(rate) for rate in found.rates])
    except (check_proof.Refused, ValueError, ZeroDivisionError):
        return False
    return True


def _held_afar(scenario: Scenario) -> bool:
    """Return whether a region keeps a computed rate two steps of the grid or more from the printed one."""
    step = 2 * Fraction(scenario.file.publish.grid)
    held = ((demand.limits()[0], demand.kept()) for demand in scenario.demands)
    return any(abs(printed[n] - Fraction(rate)) >= step for printed, kept in held for n, rate in kept.items())


def _kept(demands: tuple[Demand, ...], rates: tuple[Fraction, ...]) -> bool:
    """Return whether rates keep every rule; of room for a second table only a solver can tell."""
    others = (demand for demand in demands if not demand.kept() and not demand.amounts_to_bounds(order_folds=False))
    return not any(isinstance(demand, Room) or demand.failing(rates) for demand in others)


def _staged(problem: ExactProblem, rates: Array, asked: QuestionRecord, effort: Effort) -> Proved:
    """Return the proof in stages, judged as its checker judges it."""
    given = asked.model_dump(mode="json")
    p = check_proof.Province(given, given.get("within", given["limits"]))
    refs, units = list(problem.references), list(problem.scale)
    last, least = 0, least_terms(problem, rates, effort)
    for _ in range(2):
        answer = in_text(replace(staged_certificate(problem, rates, effort, last), least=least))
        check_proof.raise_total(p, given, answer)
        stages = [p.combined(terms) for terms in answer["stages"]]
        exact = check_proof.derived(p, refs, units, answer, stages)
        short = p.needed - check_proof.dot(p.ends, exact)
        if last or short == 0 or (p.at_least and short < 0):
            break
        last = 1 if short > 0 else -1
    check_proof.prove(p, refs, units, exact, stages)
    return Proved(tuple(map(float, exact)), answer)


def in_text(found: Certificate) -> dict[str, Any]:
    """Return a certificate as proof.json has it."""
    answer = {
        "at_lower": list(found.at_lower),
        "at_upper": list(found.at_upper),
        "stages": [[written(term) for term in stage] for stage in found.stages],
    }
    return answer if found.least is None else {**answer, "least": [written(term) for term in found.least]}


def written(value: Any) -> Any:  # noqa: ANN401  (a term, or what is in it)
    """Return a term with its multipliers in text."""
    if isinstance(value, Fraction):
        return exact_text(value)
    if isinstance(value, Mapping):
        return {str(key): written(part) for key, part in value.items()}
    return [written(part) for part in value] if isinstance(value, list | tuple) else value


def with_rates(rates: Array, found: Proved) -> Array:
    """Return the rates of a proof in place of the computed ones, where there is one."""
    return rates if found.rates is None else np.array(found.rates)
