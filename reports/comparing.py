"""compare.html: two tables of rates side by side, as a dumbbell chart and a table; one file, offline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from reports.printing.dumbbell import Move, dumbbell
from reports.printing.looks import drawn
from reports.printing.numbers import printed_change, signed
from reports.printing.pages import template
from reports.printing.table import Table
from reports.words import LABELS
from scenarios.tables.cells import per_cent
from scenarios.wording import TAGS, Language, colon

CAUSES = ("requirement", "weights", "figures", "rules", "rounding")
"""Parts of a change, by the code of their label."""

_STILL = 5e-9  # a change that prints as nothing


@dataclass(frozen=True)
class Compared:
    """What the page shows: names of the two sides, regions, the province, and what was said in words."""

    before: str
    after: str
    moves: Sequence[Move]
    province: Move
    said: Sequence[str]
    reasons: Sequence[tuple[str, str, str]]


def comparison_html(compared: Compared, language: Language) -> str:
    """Return the page: who moved, by how much, why; the province before and after."""
    from plotly.offline import get_plotlyjs

    return template("compare.html").render(
        language=TAGS[language],
        say=lambda code, **values: LABELS.say(code, language, **values),
        compared=compared,
        headline=headline(compared, language),
        figure=drawn(dumbbell_figure(compared, language), "figure_compare"),
        moves=move_table(compared, language),
        reasons=_reason_table(compared, language),
        plotlyjs=Markup(get_plotlyjs()),
    )


def headline(compared: Compared, language: Language) -> str:
    """Return who moved and who most, which is what the chart shows too."""
    moved = [move for move in compared.moves if abs(move.change) > _STILL]
    if not moved:
        return LABELS.say("compare_none", language)
    most = max(moved, key=lambda move: abs(move.change))
    return LABELS.say(
        "compare_headline", language, moved=len(moved), n=len(compared.moves), name=most.name,
        points=printed_change(most.before, most.after), up=sum(move.change > 0 for move in moved),
        down=sum(move.change < 0 for move in moved),
    )  # fmt: skip


def dumbbell_figure(compared: Compared, language: Language) -> go.Figure:
    """Return `dumbbell` with the two sides' names in the legend."""
    words = [LABELS.say(code, language).split("（")[0].split(" (")[0] for code in ("compare_before", "compare_after")]
    shown = [
        f"{word}{colon(language)}{label}" for word, label in zip(words, (compared.before, compared.after), strict=True)
    ]
    return dumbbell(compared.moves, (words[0], words[1]), (shown[0], shown[1]), language)


def move_table(compared: Compared, language: Language) -> Table:
    """Return the regions and the province: before, after, change, causes in points, 万吨."""
    causes = bool(compared.moves and compared.moves[0].causes)
    rows = []
    for move in (*compared.moves, compared.province):
        cells = [move.name, per_cent(move.before), per_cent(move.after), printed_change(move.before, move.after)]
        if causes:
            cells += [signed(part) for part in move.causes] if move.causes else [""] * len(CAUSES)
        rows.append([*cells, "–" if move.change_10kt is None else f"{move.change_10kt + 0.0:+.2f}"])
    codes = ["name", "compare_before", "compare_after", "compare_points"]
    codes += [f"cause_{code}" for code in CAUSES] if causes else []
    headers = [LABELS.say(code, language) for code in (*codes, "compare_10kt")]
    return Table(pd.DataFrame(rows, columns=headers), frozenset({0}))


def _reason_table(compared: Compared, language: Language) -> Table | None:
    """Return what the two records say differently; None where nothing is known to."""
    if not compared.reasons:
        return None
    headers = [LABELS.say(code, language) for code in ("compare_what", "compare_first", "compare_second")]
    return Table(pd.DataFrame(list(compared.reasons), columns=headers), frozenset({0, 1, 2}))
