"""The page that checks: any table of rates judged as by `verify`; one that backs can be taken over as a round."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from flask import Response, jsonify
from pydantic import Field

from allocator.app.beside.doubts import answering, refused
from allocator.app.beside.shown import Questions, common, download
from allocator.app.beside.uploads import OfTable, received
from allocator.app.desk import Desk
from allocator.app.state import Settings
from allocator.app.uploads import limits
from allocator.app.view import grid
from allocator.negotiating.remarks import Remark, login_name
from allocator.output.marked import Marked
from allocator.planning.no_split.why import NoSplit
from allocator.verifying.verify import Judgement, judgement
from reports.planning.record import PlanRecord
from reports.printing.numbers import minus, printed_change
from reports.printing.table import Column, Table
from reports.words import LABELS
from scenarios.errors import InputError
from scenarios.tables.cells import exact_per_cent
from scenarios.wording import Language, listed
from solvers.problem import SolverFailure

_MARKED = "marked.xlsx"


class TakingOver(OfTable):
    """A table that is to be kept as a round, by whom, and why."""

    who: Annotated[str, Field(max_length=1000)] = ""
    reason: Annotated[str, Field(max_length=1000)]


def values(desk: Desk, language: Language) -> Mapping[str, Any]:
    """Return what the page is filled with."""
    tables = tuple(desk.scenario.file.tables)
    return {**common(desk, language), "tables": tables, **limits(language), "who": login_name()}


def judged(desk: Desk, language: Language, asked: OfTable) -> Response:
    """Return the judgement on a table: verdict, what fails and where; or what is wrong with it, cell by cell."""
    with received(asked) as table:
        if not table:
            return jsonify(ok=False, trouble=[LABELS.say("beside_no_table", language)], marked=False)
        try:
            made = _judgement(desk, asked, table)
        except Exception as error:  # whatever it is, the page says it in words
            marked = _marked(error, table, language) is not None
            return jsonify(**refused(error, language, table, asked), marked=marked)
    verdict, *said = made.statements(language)
    return jsonify(
        ok=True, verdict=verdict, backed="backed" if made.verification.backed else "not_backed", said=said,
        notices=[notice.say(language) for notice in made.notices], passed=made.passed,
        refusal=_refusal(made, language), table=_compared(made, _plan(desk, asked.settings), language),
    )  # fmt: skip


def marked(desk: Desk, language: Language, asked: OfTable) -> Response:
    """Return the table as a workbook with what is wrong marked at its cells, as `--errors` writes it."""
    with received(asked) as table:
        try:
            _judgement(desk, asked, table)
        except Exception as error:
            content = _marked(error, table, language)
            if content is not None:
                return download(_MARKED, content)
    return jsonify(ok=False, trouble=[LABELS.say("beside_nothing_marked", language)])


def taken_over(desk: Desk, language: Language, asked: TakingOver) -> Response:
    """Keep a table that backs the province as the next round, and say so; or why that cannot be."""
    if not asked.reason.strip():
        return jsonify(ok=False, trouble=[LABELS.say("beside_no_reason", language)])
    with received(asked) as table:
        try:
            made = _judgement(desk, asked, table)
            if not made.passed:
                return jsonify(ok=False, trouble=[_refusal(made, language)])
            return _kept(desk, language, asked, made)
        except Exception as error:
            return jsonify(refused(error, language, table, asked))


def _kept(desk: Desk, language: Language, asked: TakingOver, made: Judgement) -> Response:
    """Keep the table as rates that are all given, what exceeds the target allowed: nobody else can pick it up."""
    remark = Remark.of(asked.who, asked.reason)
    rates = zip(desk.scenario.regions.ids, made.verification.rates, strict=True)
    settings = asked.settings.model_copy(update={"fixes": {key: rate * 100 for key, rate in rates}, "exceed": "allow"})
    if not desk.of_plan(settings, lambda plan: _same(plan.published, plan.published_incentive, made)):
        return jsonify(ok=False, trouble=[LABELS.say("beside_other_plan", language)])
    folder = desk.save(settings, language, remark)
    return jsonify(ok=True, said=[LABELS.say("app_saved", language, folder=folder)])


def _refusal(made: Judgement, language: Language) -> str:
    """Return why a table cannot be taken over, ``""`` where it can."""
    if made.passed:
        return ""
    if not made.verification.backed:
        return LABELS.say("beside_not_backed", language)
    return LABELS.say("beside_not_passed", language)


def _same(published: Sequence[Decimal], incentive: Sequence[Decimal] | None, made: Judgement) -> bool:
    """Return whether a plan publishes what a table says."""
    second = made.verification.incentive
    return tuple(published) == made.verification.rates and (
        second is None or (incentive is not None and tuple(incentive) == second.rates)
    )


def _judgement(desk: Desk, asked: OfTable, table: str) -> Judgement:
    return desk.of_scenario(asked.settings, lambda scenario: judgement(answering(scenario, asked), table))


def _plan(desk: Desk, settings: Settings) -> PlanRecord | None:
    """Return the plan that the page is about, None where there is none."""
    with suppress(InputError, NoSplit, SolverFailure):
        return desk.of_plan(settings, lambda plan: plan.record)
    return None


def _marked(error: Exception, table: str, language: Language) -> bytes | None:
    """Return a workbook that marks what is wrong with a table; None where nothing of it stands at a cell."""
    if not isinstance(error, InputError):
        return None
    with tempfile.TemporaryDirectory(prefix="allocator-") as folder:
        path = Path(folder) / _MARKED
        try:
            Marked(path, "", (table,)).write(error.findings, language)
        except InputError:
            return None
        return path.read_bytes() if path.exists() else None


def _compared(made: Judgement, plan: PlanRecord | None, language: Language) -> dict[str, Any]:
    """Return the table of regions: rate, that of the plan beside it, and which checks it fails."""
    labels, rates = made.scenario.regions.labels(language), made.verification.rates
    columns = [
        Column("name", LABELS.say("name", language), kind="text"),
        Column("rate", LABELS.say("beside_table_rate", language), "%"),
    ]
    if plan is not None:
        columns.append(Column("plan", LABELS.say("beside_plan_rate", language), "%"))
        columns.append(Column("difference", LABELS.say("beside_difference", language)))
    columns.append(Column("failed", LABELS.say("beside_failed", language), kind="text"))
    second = made.verification.incentive
    checks = (*made.verification.checks, *(second.checks if second else ()))
    rows, bad = [], []
    for n, (label, rate) in enumerate(zip(labels, rates, strict=True)):
        failed = dict.fromkeys(check.name for check in checks if n in check.regions)
        own = [] if plan is None else [plan.regions[n].published_rate]
        beside = [text for value in own for text in (exact_per_cent(Decimal(repr(value))),
                                                     printed_change(value, float(rate)))]  # fmt: skip
        names = [_check_name(name, language) for name in failed]
        rows.append((label, minus(exact_per_cent(rate)), *beside, listed(names, language)))
        if failed:
            bad.append(n)
    caption = LABELS.say("beside_judged", language)
    return {**grid(Table(tuple(columns), tuple(rows), caption=caption), language), "bad": bad}


def _check_name(name: str, language: Language) -> str:
    """Return what a check of single regions is called; of a rule, its id."""
    kind, _, rule = name.partition(" ")
    return rule or LABELS.say(f"beside_check_{kind}", language)


QUESTIONS: Questions = {"table": (OfTable, judged), "marked": (OfTable, marked), "round": (TakingOver, taken_over)}
