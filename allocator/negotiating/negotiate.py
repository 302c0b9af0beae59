"""Negotiation: some regions get a given rate, others pick up; who, and how much."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from allocator.negotiating.moves import Negotiation, Replay
from allocator.negotiating.prices import positions
from allocator.negotiating.remarks import NO_REMARK, Remark
from allocator.negotiating.rounds import (
    HeldRate,
    Round,
    RoundRecord,
    check_same,
    last_round,
    next_number,
    read_round,
    round_folder,
)
from allocator.output.alone import alone
from allocator.output.folder import ROUND, restored
from allocator.planning.files import write_plan
from allocator.planning.plan import Plan, plan
from reports.planning.record import PlanRecord, RegionRecord
from reports.records import in_both
from reports.seal import seal
from reports.verifying.verification import Verification
from reports.words import LABELS
from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.file.rules import NegotiatedRule
from scenarios.load import Scenario, load_scenario
from scenarios.quantities import in_own_words
from scenarios.rules.demands import demands, groups_of
from scenarios.rules.kinds import Demand, Held
from scenarios.schema_types import Words
from scenarios.tables.cells import CellError, exact, exact_per_cent, in_all_digits, parse_rate
from scenarios.total.level import refuse_level
from scenarios.wording import Language, running, stopped


@in_all_digits
@in_own_words
def negotiate(scenario: Scenario, fixes: Iterable[str], absorb: str = "", last: Round | None = None) -> Negotiation:
    """Give some regions a negotiated rate and split the rest anew.

    Parameters
    ----------
    scenario
        What is asked.
    fixes
        ``REGION=RATE`` each, e.g. ``钦州=12%``; they come on top of the last round's.
    absorb
        Who may pick up: a group of the table, or names with commas between; empty for everybody.
        All others keep their rates of the round before (without one, of the scenario's plan).
    last
        The round to build on.

    Raises
    ------
    InputError
        An unknown region or group, a rate that is none, outside the bounds or off the grid.
    NoSplit
        Nobody can pick it up within bounds and rules.
    SolverFailure
        HiGHS gave no answer.
    """
    refuse_level(scenario.measured, scenario.place("quantity"))
    asked = tuple(fixes)
    if last is not None:
        check_same(scenario, last)
    agreed = (last.record.fixes if last else {}) | _read_fixes(scenario, asked)
    if not agreed:
        raise InputError.of("fix_needed", Place(key="--fix"))
    absorbing = _absorbing(scenario, absorb, agreed)
    before = last.plan if last else plan(scenario).record
    record = RoundRecord(
        number=last.record.number + 1 if last else 1,
        scenario=scenario.file.name,
        settings=scenario.overrides,
        fixes=agreed,
        asked=asked,
        absorb=absorb,
        held=_held(before, absorbing, agreed),
        inputs={source.name: source.sha256 for source in scenario.inputs},
    )
    return Negotiation(plan(asked_scenario(scenario, record)), before, record)


@in_own_words
def settled(scenario: Scenario, fixes: Mapping[str, Decimal], number: int = 1) -> Negotiation:
    """Give regions their negotiated rates in a round that builds on no other; see `negotiate`.

    `fixes`: identifier -> rate, all of them; with none the round is the scenario's plan.
    Raises InputError: an unknown region, a rate outside the bounds or off the grid.
    Raises NoSplit: nobody can pick it up within bounds and rules.
    Raises SolverFailure: HiGHS gave no answer.
    """
    refuse_level(scenario.measured, scenario.place("quantity"))
    unknown = [key for key in fixes if key not in scenario.regions.ids]
    if unknown:
        raise InputError.of("unknown_region", Place(key=f"--fix {unknown[0]}"), found=unknown[0])
    record = RoundRecord(
        number=number,
        scenario=scenario.file.name,
        settings=scenario.overrides,
        fixes={key: str(rate) for key, rate in fixes.items()},
        asked=tuple(f"{key}={exact_per_cent(rate)}%" for key, rate in fixes.items()),
        absorb="",
        held={},
        inputs={source.name: source.sha256 for source in scenario.inputs},
    )
    outcome = plan(asked_scenario(scenario, record))
    return Negotiation(outcome, plan(scenario).record if fixes else outcome.record, record)


@in_own_words
def replay(scenario: Scenario, kept: Round) -> Replay:
    """Compute a kept round again, from its round.json alone.

    Raises InputError: the scenario, its settings or its inputs are not those of the round.
    """
    check_same(scenario, kept)
    outcome = plan(asked_scenario(scenario, kept.record))
    before = {region.id: region for region in kept.plan.regions}
    now = outcome.record.regions
    return Replay(
        outcome=outcome,
        kept=kept,
        largest=max(abs(region.rate - before[region.id].rate) for region in now),
        same_table=all(region.published_rate == before[region.id].published_rate for region in now),
    )


@in_own_words
def write_round(
    negotiation: Negotiation, folder: Path, language: Language, remark: Remark = NO_REMARK
) -> tuple[Path, Verification]:
    """Write a round into its folder among the rounds, whole or not at all; see `write_plan`."""
    to = round_folder(folder, negotiation.round.number)
    if to.exists():
        raise InputError.of("round_taken", Place(file=str(to)))
    made = _remarked(negotiation, remark)
    came_of_it = seal(made.record.model_dump(mode="json")).whole
    kept = negotiation.round.model_copy(
        update={"plan": came_of_it, "who": remark.who or None, "why": remark.why or None}
    )
    return to, write_plan(made, to, language, {ROUND: kept.to_json()})


def _remarked(negotiation: Negotiation, remark: Remark) -> Plan:
    """Return the plan with the remark of its round among the reasons of the regions that it agreed on."""
    if not remark.why:
        return negotiation.plan
    before = {region.id: region for region in negotiation.before.regions}

    def heard(region: RegionRecord) -> RegionRecord:
        old = before[region.id]
        if not region.agreed or (old.agreed and old.published_rate == region.published_rate):
            return region
        said = in_both(partial(_with_remark, region, remark.why))
        return region.model_copy(update={"reason": said})

    record = negotiation.plan.record
    return replace(
        negotiation.plan, record=record.model_copy(update={"regions": tuple(map(heard, record.regions))})
    )  # fmt: skip


def _with_remark(region: RegionRecord, why: str, language: Language) -> str:
    remark = LABELS.say("reason_remark", language, why=stopped(why, language))
    return running([region.reason.say(language), remark], language)


def next_round(
    source: str | Path,
    settings: Iterable[str],
    folder: Path | None,
    fixes: Iterable[str],
    absorb: str,
    language: Language,
    remark: Remark = NO_REMARK,
) -> tuple[Negotiation, Path, Verification]:
    """Negotiate on the last round kept in a folder and keep the outcome as the next; see `negotiate`.

    Who negotiates in the same folder meanwhile waits, so that each round is built on the one before.

    Returns `negotiation`, `folder`, `verification`: what came of it, where it is, and the judgement on what was read
    back there.
    """
    where = rounds_folder(load_scenario(source, settings), folder)
    with alone(restored(where)):
        scenario, where, last = open_rounds(source, settings, folder)
        made = negotiate(scenario, fixes, absorb, last)
        made = replace(made, round=made.round.model_copy(update={"number": next_number(where)}))
        return made, *write_round(made, where, language, remark)


def rounds_folder(scenario: Scenario, folder: Path | None) -> Path:
    """Return where the rounds of a scenario are kept: `folder`, or ``out/NAME/rounds``."""
    return folder if folder is not None else Path("out") / scenario.file.name / "rounds"


def open_rounds(
    source: str | Path, settings: Iterable[str], folder: Path | None
) -> tuple[Scenario, Path, Round | None]:
    """Return the scenario, the folder of its rounds, and the last of them.

    Without settings of its own, a round has those of the last one.
    """
    scenario = load_scenario(source, settings)
    where = rounds_folder(scenario, folder)
    last = last_round(where)
    return _as_in(scenario, source, last), where, last


def open_round(source: str | Path, settings: Iterable[str], folder: Path) -> tuple[Scenario, Round]:
    """Return the scenario with the settings of a kept round, and that round."""
    kept = read_round(folder)
    return _as_in(load_scenario(source, settings), source, kept), kept


def _as_in(scenario: Scenario, source: str | Path, last: Round | None) -> Scenario:
    """Return the scenario with the settings of a round, where none are given."""
    if last is None or scenario.overrides or not last.record.settings:
        return scenario
    return load_scenario(source, last.record.settings)


def asked_scenario(scenario: Scenario, record: RoundRecord) -> Scenario:
    """Return the scenario with what a round asks among its rules.

    Raises InputError: A negotiated rate outside the bounds or off the grid.
    """
    regions = scenario.regions
    added = _fix_demands(scenario, record.fixes)
    if record.held:
        at = {regions.ids.index(key): held for key, held in record.held.items()}
        printed = {n: Fraction(held.published) for n, held in at.items()}
        computed = {n: held.rate for n, held in at.items()}
        name = _unused("hold", 0, {demand.id for demand in (*scenario.demands, *added)})
        added = (*added, Held(name, _words("hold_reason"), printed, printed, computed))
    said = [f"fix {key}={exact_per_cent(Decimal(rate))}%" for key, rate in record.fixes.items()]
    said += [f"absorb {record.absorb}"] if record.absorb else []
    return replace(scenario, demands=(*scenario.demands, *added), overrides=(*scenario.overrides, *said))


def _fix_demands(scenario: Scenario, fixes: Mapping[str, str]) -> tuple[Demand, ...]:
    """Return negotiated rates (identifier -> exact fraction) as demands.

    Raises InputError: one outside the bounds or off the grid, in the words of its ``--fix``.
    """
    regions = scenario.regions
    used = {rule.id for rule in scenario.file.rules} | {demand.id for demand in scenario.demands}
    rules: dict[str, NegotiatedRule] = {}
    for key, rate in fixes.items():
        name = _unused(f"fix-{key}", regions.ids.index(key), used)
        said: dict[str, Any] = {"reason": _words("fix_reason"), "region": key, "rate": Decimal(rate)}
        rules[name] = NegotiatedRule.model_construct(type="negotiated", id=name, **said)  # of what was read already
    collector = Collector()
    file = scenario.file.model_copy(update={"rules": tuple(rules.values())})
    made = demands(file, scenario.target, regions, collector)
    labels = dict(zip(regions.ids, regions.names, strict=True))
    at = {f"rules.{name}": Place(key=f"--fix {labels[rule.region]}") for name, rule in rules.items()}
    if collector.findings:
        raise InputError(replace(finding, place=at[finding.place.key]) for finding in collector.findings)
    return made


def _read_fixes(scenario: Scenario, texts: Iterable[str]) -> dict[str, str]:
    """Return identifier -> exact rate of ``REGION=RATE`` texts; all that is wrong is raised together."""
    collector = Collector()
    found: dict[str, str] = {}
    for text in texts:
        place = Place(key=f"--fix {text}")
        name, equals, rate = text.partition("=")
        if not equals or not name.strip():
            collector.error("fix_form", place)
            continue
        value = None
        try:
            value = parse_rate(rate)
        except CellError as error:
            collector.error(error.code, place, **error.values)
        try:
            key = scenario.regions.ids[positions(scenario, [name], place.key)[0]]
        except InputError as error:
            collector.extend(error.findings)
            continue
        if key in found:
            collector.error("fix_twice", place, found=name.strip())
        elif value is not None:
            found[key] = str(value)
    collector.extend(against_bounds(scenario, found))
    collector.raise_errors()
    return found


def against_bounds(scenario: Scenario, found: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return what bounds and grid say against negotiated rates (identifier -> exact fraction)."""
    try:
        _fix_demands(scenario, found)
    except InputError as error:
        return error.findings
    return ()


def _absorbing(scenario: Scenario, absorb: str, agreed: Mapping[str, str]) -> set[str] | None:
    """Return the identifiers of those who may pick up, or None for everybody.

    Raises InputError: neither a group nor regions, or none of them is free.
    """
    if not absorb:
        return None
    regions, place = scenario.regions, Place(key=f"--absorb {absorb}")
    chosen = tuple(n for n, cell in enumerate(regions.groups) if absorb.strip() in groups_of(cell))
    names = [part for part in re.split("[、,，;；]", absorb) if part.strip()]
    if not chosen:
        try:
            chosen = positions(scenario, names, f"--absorb {absorb}")
        except InputError:
            known = ", ".join(sorted({group for cell in regions.groups for group in groups_of(cell)}))
            raise InputError.of("absorb_unknown", place, found=absorb, known=known or "–") from None
    absorbing = {regions.ids[n] for n in chosen}
    if absorbing <= agreed.keys():
        raise InputError.of("absorb_nobody", place, found=absorb)
    return absorbing


def _held(before: PlanRecord, absorbing: set[str] | None, agreed: Mapping[str, str]) -> dict[str, HeldRate]:
    """Return what everybody keeps who neither picks up nor is negotiated about."""
    if absorbing is None:
        return {}
    return {
        region.id: HeldRate(rate=region.rate, published=str(exact(region.published_rate)))
        for region in before.regions
        if region.id not in absorbing and region.id not in agreed
    }


def _unused(name: str, position: int, used: set[str]) -> str:
    """Return a rule id that is not taken."""
    plain = name if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", name) else f"fix-region-{position + 1}"
    while plain in used:
        plain += "-again"
    used.add(plain)
    return plain


def _words(code: str) -> Words:
    return in_both(partial(LABELS.say, code))
