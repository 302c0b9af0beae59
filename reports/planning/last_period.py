"""The targets of the plan beside the last period's, region by region."""

from __future__ import annotations

from dataclasses import dataclass

from reports.comparing import STILL, Move, dumbbell, move_cells
from reports.planning.record import PlanRecord
from reports.printing.looks import Drawn, drawn
from reports.printing.numbers import signed
from reports.printing.table import Table, labelled
from reports.words import LABELS
from scenarios.wording import Language


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
        table=labelled(("name", "last_rate", "this_rate", "compare_points"), move_cells(moves), language),
    )


def _headline(moves: list[Move], language: Language) -> str:
    """Return how many targets rise and fall, and whose changes most."""
    most = max(moves, key=lambda move: abs(move.change))
    up, down = (sum(sign * move.change > STILL for move in moves) for sign in (1, -1))
    if not up + down:
        return LABELS.say("last_none", language)
    return LABELS.say(
        "last_headline", language, n=len(moves), up=up, down=down, same=len(moves) - up - down, name=most.name,
        points=signed(most.change),
    )  # fmt: skip
