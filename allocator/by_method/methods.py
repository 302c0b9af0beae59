"""`methods`: the target of a scenario split by every method, with the honest figures of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from allocator.by_method.known import People, facts_of, people, settings_of
from allocator.by_method.lines import Lines
from allocator.by_method.splits import Question
from allocator.planning.no_split.why import why_no_split
from allocator.planning.proof.room import leaves_room
from allocator.planning.reference import Targeting, target
from allocator.planning.rules import effort, solver_rules
from allocator.planning.split import DIFFERENCE, answer
from reports.by_method.record import MethodRecord, MethodsRecord, Settings
from reports.records import Named, in_both
from scenarios.by_method.costs import read_costs
from scenarios.errors import Finding, asking_of
from scenarios.load import Scenario
from scenarios.quantities import in_own_words
from scenarios.schema_types import Words
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.total.level import refuse_level
from solvers.objectives.least_cost import Steps


@in_all_digits
@in_own_words
@asking_of
def methods(scenario: Scenario) -> MethodsRecord:
    """Split the target of a scenario by every method.

    Raises
    ------
    InputError
        Indicators, weights or the table of costs cannot be used; a level or a share.
    NoSplit
        The target is out of reach within the bounds, by the rules, or on the grid.
    """
    refuse_level(scenario.measured, scenario.place("quantity"))
    targeting = target(scenario)
    reason = why_no_split(scenario, targeting, solver_rules(scenario.demands), leaves_room)
    if reason is not None:
        raise reason
    costs, counted = _costs(scenario), people(scenario)
    asked = question(scenario, targeting, counted, costs.steps)
    made = Lines(asked)
    lines = [*made.methods(), *made.tables()]
    return _record(
        asked,
        lines,
        (*counted.sources, *costs.sources),
        (*counted.notices, *targeting.notices, *costs.notices, *made.notices),
    )


@dataclass(frozen=True, eq=False)
class _Costs:
    """The table of costs, where there is one."""

    steps: Steps | None = None
    sources: tuple[InputFile, ...] = ()
    notices: tuple[Finding, ...] = ()


def _costs(scenario: Scenario) -> _Costs:
    file = settings_of(scenario).costs
    if file is None:
        return _Costs()
    read, source, notices = read_costs(scenario.folder / file, scenario.regions)
    base = scenario.baseline
    steps = Steps(
        tuple(tuple(float(step.width) for step in steps) for steps in read),
        tuple(tuple(float(step.price) for step in steps) for steps in read),
        base.emissions * base.growth,
    )
    return _Costs(steps, (source,), notices)


def question(scenario: Scenario, targeting: Targeting, counted: People, steps: Steps | None = None) -> Question:
    """Return what all methods are asked: at the total that bounds and rules leave, where they ask for more."""
    facts = facts_of(scenario, targeting, counted.figures)
    asked = Question(scenario, targeting, facts, steps, counted.unit)
    problem = replace(
        targeting.problem, reference=np.zeros(len(scenario.regions)), scale=np.ones(len(scenario.regions))
    )
    above = answer(problem, asked.rules, effort(scenario)).above
    if above <= DIFFERENCE:
        return asked
    raised = replace(targeting.problem, total=targeting.problem.total + above)
    return replace(asked, facts=replace(asked.facts, problem=raised))


def _record(
    asked: Question, lines: Sequence[MethodRecord], sources: Sequence[InputFile], more: Sequence[Finding]
) -> MethodsRecord:
    scenario, facts, said = asked.scenario, asked.facts, settings_of(asked.scenario)
    file, regions, base = scenario.file, scenario.regions, scenario.baseline
    notices = [*scenario.notices, *more]
    above = facts.problem.total - asked.targeting.problem.total
    return MethodsRecord(
        **scenario.measured.told,
        scenario=file.name,
        title=Words(zh=file.title.zh, en=file.title.en),
        basis=None if file.basis is None else Words(zh=file.basis.zh, en=file.basis.en),
        base=file.period.base,
        end=file.period.end,
        target=float(scenario.target),
        margin=base.margin,
        asked=float(base.asked),
        least=None if above <= 0 else float(base.asked) + above,
        uniform_rate=base.uniform_rate,
        grid=float(file.publish.grid),
        rules=len(scenario.demands),
        settings=Settings(
            population=said.population or said.population_table,
            theta=facts.theta,
            converge=said.converge,
            elasticity=facts.beta,
            nash=facts.nash,
            costs=said.costs,
        ),
        regions=tuple(Named(**regions.named(n)) for n in range(len(regions))),
        methods=tuple(lines),
        inputs={source.name: source.sha256 for source in (*scenario.inputs, *sources)},
        overrides=scenario.overrides,
        notices=tuple(dict.fromkeys(in_both(notice.say) for notice in notices)),
    )
