"""Why there is no split, as a proof: searched for with what the message says, kept only where its checker agrees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from allocator.planning.no_split.advice import Advice, of_cities
from allocator.planning.no_split.why import NoSplit
from allocator.planning.proof.certificate import written
from allocator.planning.proof.exact import exact_problem
from allocator.planning.proof.question import exact_text, question_record
from allocator.planning.reference import Targeting, target
from allocator.planning.rules import effort
from reports import check_more
from reports.check_proof import Refused
from reports.proving.no_split import (
    LeverRecord,
    NoSplitAnswer,
    NoSplitRecord,
    PossibleRecord,
    RefutationRecord,
    What,
)
from reports.proving.question import QuestionRecord
from reports.records import in_both
from reports.words import LABELS
from scenarios.file.rules import INCENTIVE, PROTECT
from scenarios.load import Scenario
from scenarios.rules.kinds import Demand, Negotiated
from scenarios.schema_types import Words
from solvers.diagnosing.conflicts import LESS, LOWER, MORE, UPPER
from solvers.effort import Effort
from solvers.problem import SolverFailure
from solvers.proving.contradiction import Sought, contradiction, some_point

HUNDREDTH, HUNDREDTH_OF_10KT, WHOLE = Fraction(1, 10_000), Fraction(1, 100), Fraction(1)
"""By how much less a change is shown not to be enough: points, 万吨 of a budget or regions, 万吨 of a cap."""
_NONE = (SolverFailure, Refused, ValueError, ZeroDivisionError)
"""What ends a search without a proof."""
_HAIR = 1e-6
"""Part of a step that what is known of the least change may be off."""


def no_split_record(none: NoSplit) -> NoSplitRecord:
    """Return no_split.json."""
    scenario, asked = none.scenario, question_of(none)
    given = asked.model_dump(mode="json")
    answer = contradiction_of(none, given)
    if answer is not None:
        answer = answer.model_copy(update={"levers": tuple(_levers(none, given))})
    said = zip(none.statements("zh"), none.statements("en"), strict=True)
    regions = zip(scenario.regions.labels("zh"), scenario.regions.labels("en"), strict=True)
    code = "proof_no_table" if none.gap is None and none.conflict is None else "proof_no_refutation"
    why = None if answer else in_both(lambda language: LABELS.say(code, language))
    return NoSplitRecord(
        title=scenario.file.title,
        inputs={source.name: source.sha256 for source in scenario.inputs},
        options=scenario.overrides,
        said=tuple(Words(zh=zh, en=en) for zh, en in said),
        names=tuple(Words(zh=zh, en=en) for zh, en in regions),
        question=asked,
        answer=answer,
        none=why,
    )


def question_of(none: NoSplit) -> QuestionRecord:
    """Return what was asked, as the planner gave it."""
    return _as_given(none.scenario, target(none.scenario))


def _as_given(scenario: Scenario, targeting: Targeting) -> QuestionRecord:
    asked = question_record(scenario, targeting)
    return asked.model_copy(update={"within": None, "exceed": scenario.file.exceed == "allow"})


def leaves_room(scenario: Scenario, targeting: Targeting) -> bool | None:
    """Return whether there are incentive rates above some basic ones; None where neither is shown."""
    asked, allowed = _as_given(scenario, targeting).model_dump(mode="json"), effort(scenario)
    whole = check_more.only(asked, [rule["id"] for rule in asked["limits"]["rules"]], incentive=True)
    if a_split(whole, allowed) is not None:
        return True
    return None if refuted(whole, allowed) is None else False


def contradiction_of(none: NoSplit, asked: dict[str, Any]) -> NoSplitAnswer | None:
    """Return why there is no split, without what would end it; None where no proof of it was found."""
    conflict, allowed = none.conflict, effort(none.scenario)
    every = tuple(rule["id"] for rule in asked["limits"]["rules"])
    grid = none.gap is None and conflict is None
    rules = every if grid or none.incentive else () if conflict is None else conflict.rules
    incentive = none.incentive or INCENTIVE in rules

    def why(rules: tuple[str, ...]) -> RefutationRecord | None:
        some = check_more.only(asked, rules, incentive)
        return refuted(check_more.on_grid(some) if grid else some, allowed)

    refutation = why(rules)
    if refutation is None:
        return None
    for name in rules if conflict is None else ():  # which of them it takes
        fewer = tuple(other for other in rules if other != name)
        found = None if incentive and name == INCENTIVE else why(fewer)
        rules, refutation = (rules, refutation) if found is None else (fewer, found)
    shown = []
    for outside in () if conflict is None else conflict.outside:
        split = a_split(check_more.only(asked, [*(set(every) - outside)], incentive), allowed)
        if split is not None:
            shown.append(PossibleRecord(left_out=tuple(sorted(outside)), split=split))
    return NoSplitAnswer(
        rules=rules, incentive=incentive, grid=grid, refutation=refutation, possible=tuple(shown), levers=()
    )


def refuted(asked: dict[str, Any], allowed: Effort) -> RefutationRecord | None:
    """Return why a question has no split; None where that is not shown."""
    bare = RefutationRecord(terms=((),) * len(check_more.vectors(asked)[0]), steps={})
    if check_more.refuted(asked, bare.model_dump(mode="json")):  # bounds that cross
        return bare
    try:
        found = contradiction(_sought(asked), allowed)
    except _NONE:
        return None
    if found is None:
        return None
    terms = tuple(tuple(written(term) for term in part) for part in found.terms)
    steps = {i: exact_text(y) for i, y in found.steps.items()}
    record = RefutationRecord(terms=terms, steps=steps)
    return record if check_more.refuted(asked, record.model_dump(mode="json")) else None


def a_split(asked: dict[str, Any], allowed: Effort) -> tuple[tuple[str, ...], ...] | None:
    """Return a split of a question; None where none was found."""
    try:
        found = some_point(_sought(asked), allowed)
    except _NONE:
        return None
    if found is None:
        return None
    split = tuple(tuple(map(exact_text, column)) for column in found)
    return split if check_more.is_split(asked, split) else None


def _sought(asked: dict[str, Any]) -> Sought:
    """Return a question as the solvers take it."""
    vectors, steps = check_more.vectors(asked)
    return Sought(tuple(map(exact_problem, vectors)), tuple(steps))


def _levers(none: NoSplit, asked: dict[str, Any]) -> Iterator[LeverRecord]:
    """Yield what would end it, of what is advised, with a split and with why less is not enough."""
    for lever in _advised(none, none.advice, asked):
        with suppress(Refused):  # a change that cannot be asked for
            found = _Change(lever, asked, effort(none.scenario)).record()
            if found is not None:
                yield found


@dataclass(frozen=True)
class _Lever:
    """One change of a question, as it is advised."""

    what: What
    rule: str | None = None
    by: Fraction | None = None  # As in `LeverRecord`; that there is a table then was tried
    step: Fraction = Fraction(0)  # Steps to which the least change is told
    least: float | None = None  # What is known of the least change


class _Change:
    """How far a change must go."""

    def __init__(self, lever: _Lever, asked: dict[str, Any], allowed: Effort) -> None:
        self.lever, self.asked, self.allowed = lever, asked, allowed
        self.way = -1 if (lever.by or 0) < 0 else 1

    def record(self) -> LeverRecord | None:
        """Return the change that is enough, and a step less that is not; None where no split is found."""
        lever = self.lever
        said = LeverRecord(what=lever.what, rule=lever.rule, by=_text(lever.by), split=())
        if not lever.by:
            split = a_split(self._changed(Fraction(0)), self.allowed)
            return None if split is None else said.model_copy(update={"split": split})
        k, refutation = self._least()
        by = self.way * (k + 1) * lever.step
        split = None if refutation is None else a_split(self._changed(by), self.allowed)
        if split is None:
            by, split = lever.by, a_split(self._changed(lever.by), self.allowed)
        less = None if refutation is None else exact_text(self.way * k * lever.step)
        told = {"by": exact_text(by), "split": split, "less": less, "refutation": refutation}
        advised = {} if by == lever.by else {"advised": exact_text(lever.by)}
        return None if split is None else said.model_copy(update=told | advised)

    def _least(self) -> tuple[int, RefutationRecord | None]:
        """Return how many steps are not enough, as many as are shown to be, and why."""
        step, known = float(self.lever.step), self.lever.least
        low, high = 0, ceil(abs(self.lever.by or Fraction(0)) / self.lever.step) - 1
        near = high if known is None else min(ceil(known / step - _HAIR) - 1, high)
        best = self._refuted(0)
        for k in (near, near + 1):  # what is known is right, or something else is in the way as well
            if best and low < k <= high:
                found = self._refuted(k)
                low, high, best = (k, high, found) if found else (low, k - 1, best)
        while best and low < high:
            middle = (low + high + 1) // 2
            found = self._refuted(middle)
            low, high, best = (middle, high, found) if found else (low, middle - 1, best)
        return low, best

    def _refuted(self, steps: int) -> RefutationRecord | None:
        return refuted(self._changed(self.way * steps * self.lever.step), self.allowed)

    def _changed(self, by: Fraction) -> dict[str, Any]:
        return check_more.changed(self.asked, {"what": self.lever.what, "rule": self.lever.rule}, by)


def _text(value: Fraction | None) -> str | None:
    return None if value is None else exact_text(value)


def _advised(none: NoSplit, advised: Advice, asked: Mapping[str, Any]) -> Iterator[_Lever]:
    """Yield what is advised as changes of the question."""
    scenario, gap = none.scenario, none.gap
    demands = {demand.id: demand for demand in scenario.demands}
    least = {} if none.conflict is None else none.conflict.changes
    for name, change in advised.levers.items():
        yield _of_conflict(name, Fraction(f"{change:.6f}"), demands.get(name), least.get(name))
    if advised.bounds is not None and gap is not None and gap.relaxation is not None:
        side: What = "upper bounds" if gap.relaxation > 0 else "lower bounds"
        yield _Lever(side, None, Fraction(f"{advised.bounds:.6f}"), HUNDREDTH, abs(gap.relaxation))
    known = None if gap is None else abs(gap.short)
    if advised.target is not None:
        yield _Lever("target", None, _moved(scenario, scenario.target, advised.target), HUNDREDTH, known)
    if advised.incentive is not None and scenario.incentive is not None:
        by = _moved(scenario, scenario.incentive.target, advised.incentive)
        yield _Lever("incentive target", None, by, HUNDREDTH, known)
    if advised.cap is not None and scenario.baseline.total is not None:
        yield _Lever("cap", None, advised.cap - scenario.baseline.total.cap, WHOLE)
    for count in (Fraction(rule["regions"]) for rule in asked["limits"]["rules"] if rule["id"] == PROTECT):
        if advised.protection is not None:
            yield _Lever("fewer", PROTECT, count - Fraction(advised.protection), HUNDREDTH_OF_10KT)
    if advised.exceeding:
        yield _Lever("exceed")


def _of_conflict(name: str, change: Fraction, demand: Demand | None, least: float | None) -> _Lever:
    """Return what ends a conflict as a change of the question."""
    if demand is None:
        sides: dict[str, tuple[What, int]] = {
            UPPER: ("upper bounds", 1), LOWER: ("lower bounds", 1), MORE: ("target", 1), LESS: ("target", -1),
        }  # fmt: skip
        what, way = sides[name]
        return _Lever(what, None, way * change, HUNDREDTH, least)
    if change == 0:
        return _Lever("left out", name)
    if isinstance(demand, Negotiated):
        return _Lever("moved", name, change, HUNDREDTH)
    return _Lever("rule", name, change, HUNDREDTH_OF_10KT if demand.in_emissions else HUNDREDTH, least)


def _moved(scenario: Scenario, asked: Decimal, value: Decimal) -> Fraction:
    """Return by how much a target of the cities moves where the planner writes this one."""
    return Fraction(of_cities(scenario, value)) - Fraction(asked)
