"""Rates before and after: the dumbbell chart, its table, and compare.html, one offline file of two tables."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reports.printing.looks import BAR, DIAMOND, LINE, Figure, Trace, axis_names, base_layout
from reports.printing.numbers import all_digits, minus, printed_change, signed
from reports.printing.pages import offline_page
from reports.printing.table import Table, labelled
from reports.words import LABELS
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, colon

CAUSES = ("requirement", "weights", "figures", "rules", "rounding")
"""Parts of a change, by the code of their label."""

CAP_COLUMNS = ("compare_cap_before", "compare_cap_after", "compare_cap_change")
"""Columns of caps, by the code of their label."""

STILL = 5e-9
"""A change that prints as nothing."""

_LINE = 26  # pixels a region


@dataclass(frozen=True)
class Move:
    """One region, or the province: rates before and after (fractions), change in 万吨, and its causes (fractions)."""

    name: str
    before: float
    after: float
    change_10kt: float | None
    causes: tuple[float, ...] = ()

    @property
    def change(self) -> float:
        """How far the rate moved, as a fraction."""
        return self.after - self.before


@dataclass(frozen=True)
class CapMove:
    """The caps of one region, the reserve, or their sum on both sides, 万吨; None where a side has none."""

    name: str
    before: float | None
    after: float | None

    @property
    def shown(self) -> tuple[str, str, str]:
        """Both caps with the decimals that they have, and their difference with its sign."""
        ends = (self.before, self.after)
        before, after = ("–" if value is None else all_digits(value, part=",") for value in ends)
        if self.before is None or self.after is None:
            return before, after, "–"
        change = Fraction(str(self.after)) - Fraction(str(self.before))
        return before, after, ("+" if change > 0 else "") + all_digits(str(change), part=",")


def dumbbell(
    regions: Sequence[Move],
    words: tuple[str, str],
    legend: tuple[str, str],
    language: Language,
    of: str = "published_rate",
) -> Figure:
    """Return a line a region from the first rate (circle) to the second (diamond), largest change on top.

    The two rates are called by `words` where the pointer rests, by `legend` in the legend; `of`: code of what they are.
    """
    moves = sorted(regions, key=lambda move: (abs(move.change), move.after))
    names = axis_names([move.name for move in moves])
    between: Trace = {
        "type": "scatter", "x": [x for move in moves for x in (move.before * 100, move.after * 100, None)],
        "y": [name for name in names for _ in range(3)], "mode": "lines", "showlegend": False, "hoverinfo": "skip",
        "line": {"width": 3, "color": "#9aa5ae"}, "connectgaps": False,
    }  # fmt: skip
    ends = [
        {
            "type": "scatter", "x": [(move.before, move.after)[at] * 100 for move in moves], "y": names,
            "mode": "markers", "name": html.escape(legend[at]),
            "marker": {"symbol": symbol, "size": 11, "color": colour, "line": {"width": 1, "color": LINE}},
            "hovertemplate": "%{y}<br>" + words[at] + " %{x:.2f}%<extra></extra>",
        }
        for at, (symbol, colour) in enumerate((("circle", BAR), ("diamond", DIAMOND)))
    ]  # fmt: skip
    layout = base_layout(
        10, 40, 1.0, height=110 + _LINE * len(moves),
        xaxis={"title": {"text": LABELS.say(of, language)}, "automargin": True},
        yaxis={"type": "category", "automargin": True, "range": [-0.6, len(moves) - 0.4]},
    )  # fmt: skip
    return {"data": [between, *ends], "layout": layout}


@dataclass(frozen=True)
class Compared:
    """What the page shows: names of the two sides, regions, the province, and what was said in words."""

    before: str
    after: str
    moves: Sequence[Move]
    province: Move
    said: Sequence[str]
    reasons: Sequence[tuple[str, str, str]]
    caps: Sequence[CapMove] = ()


def comparison_html(compared: Compared, language: Language) -> str:
    """Return the page: who moved, by how much, why; the province before and after."""
    codes = ("compare_what", "compare_first", "compare_second")
    return offline_page(
        "compare.html",
        language,
        say=lambda code, **values: LABELS.say(code, language, **values),
        compared=compared,
        headline=headline(compared, language),
        figures={"figure_compare": dumbbell_figure(compared, language)},
        moves=move_table(compared, language),
        caps=cap_table(compared.caps, language) if compared.caps else None,
        reasons=labelled(codes, compared.reasons, language, words=3) if compared.reasons else None,
    )


def headline(compared: Compared, language: Language) -> str:
    """Return who moved and who most, which is what the chart shows too."""
    moved = [move for move in compared.moves if abs(move.change) > STILL]
    if not moved:
        return LABELS.say("compare_none", language)
    most = max(moved, key=lambda move: abs(move.change))
    return LABELS.say(
        "compare_headline", language, moved=len(moved), n=len(compared.moves), name=most.name,
        points=printed_change(most.before, most.after), up=sum(move.change > 0 for move in moved),
        down=sum(move.change < 0 for move in moved),
    )  # fmt: skip


def dumbbell_figure(compared: Compared, language: Language) -> Figure:
    """Return `dumbbell` with the two sides' names in the legend."""
    words = [LABELS.say(code, language).split("（")[0].split(" (")[0] for code in ("compare_before", "compare_after")]
    shown = [
        f"{word}{colon(language)}{label}" for word, label in zip(words, (compared.before, compared.after), strict=True)
    ]
    return dumbbell(compared.moves, (words[0], words[1]), (shown[0], shown[1]), language)


def move_cells(moves: Sequence[Move]) -> list[tuple[str, ...]]:
    """Return name, before, after and change as printed."""
    return [
        (move.name, minus(per_cent(move.before)), minus(per_cent(move.after)), printed_change(move.before, move.after))
        for move in moves
    ]


def move_table(compared: Compared, language: Language) -> Table:
    """Return the regions and the province: before, after, change, causes in points, 万吨."""
    moves = [*compared.moves, compared.province]
    causes = CAUSES if compared.moves and compared.moves[0].causes else ()
    parts = [[signed(part) for part in move.causes] or [""] * len(causes) for move in moves]
    tonnes = ["–" if move.change_10kt is None else f"{move.change_10kt + 0.0:+.2f}" for move in moves]
    rows = [(*cells, *part, last) for cells, part, last in zip(move_cells(moves), parts, tonnes, strict=True)]
    codes = ("compare_before", "compare_after", "compare_points", *(f"cause_{code}" for code in causes), "compare_10kt")
    return labelled(("name", *codes), rows, language)


def cap_table(moves: Sequence[CapMove], language: Language) -> Table:
    """Return the caps of both sides and how they differ, a row a region, the reserve and the sum."""
    return labelled(("name", *CAP_COLUMNS), [(move.name, *move.shown) for move in moves], language)
