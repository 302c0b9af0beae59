"""The targets of the plan beside the last period's, region by region."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from reports.planning.record import PlanRecord
from reports.printing.dumbbell import Move, dumbbell
from reports.printing.looks import Drawn, drawn
from reports.printing.numbers import printed_change
from reports.printing.table import Table
from reports.words import LABELS
from scenarios.tables.cells import per_cent
from scenarios.wording import Language

_STILL = 5e-9  # a change that prints as nothing


@dataclass(frozen=True)
class LastPeriod:
    """A headline, a chart and what it shows in words, and the table."""

    headline: str
    figure: Drawn
    alt: str
    table: Table


def last_period(record: PlanRecord, language: Language) -> LastPeriod | None:
    """Return the comparison with the last period; None where its rates are not known."""
    moves = [
        Move(region.label(language), region.last_rate, region.published_rate, None)
        for region in record.regions
        if region.last_rate is not None
    ]
    if not moves:
        return None
    words = LABELS.say("last_rate_short", language), LABELS.say("this_rate_short", language)
    return LastPeriod(
        headline=_headline(moves, language),
        figure=drawn(dumbbell(moves, words, words, language), "figure_last"),
        alt=LABELS.say("last_alt", language),
        table=_table(moves, language),
    )


def _headline(moves: list[Move], language: Language) -> str:
    """Return how many targets rise and fall, and whose changes most."""
    most = max(moves, key=lambda move: abs(move.change))
    up, down = (sum(sign * move.change > _STILL for move in moves) for sign in (1, -1))
    if not up + down:
        return LABELS.say("last_none", language)
    return LABELS.say(
        "last_headline", language, n=len(moves), up=up, down=down, same=len(moves) - up - down, name=most.name,
        points=printed_change(most.before, most.after),
    )  # fmt: skip


def _table(moves: list[Move], language: Language) -> Table:
    rows = [
        [move.name, per_cent(move.before), per_cent(move.after), printed_change(move.before, move.after)]
        for move in moves
    ]
    codes = ("name", "last_rate", "this_rate", "compare_points")
    return Table(pd.DataFrame(rows, columns=[LABELS.say(code, language) for code in codes]), frozenset({0}))
