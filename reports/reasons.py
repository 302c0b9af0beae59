"""Why this figure and not another: one paragraph a region, from the numbers of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.labels import LABELS
from scenarios.cells import per_cent
from scenarios.wording import Language

_SHOWN_EFFECTS = 2
_VISIBLE = 0.00005  # half a hundredth of a point: what two decimals can show


@dataclass(frozen=True)
class Argument:
    """What led to one region's published rate; rates are fractions.

    Parameters
    ----------
    name
        Name in the language of the text.
    score, rank, n
        Score, its place from the top, number of regions.
    uniform, reference, free, rate, published
        Uniform rate; reference rate; reference with the province's common adjustment, before
        bounds; computed rate; published rate.
    lower, upper, grid
        Bounds and rounding step.
    effects
        (indicator, how far it moves the reference rate) pairs.
    share
        Share of what the province needs.
    """

    name: str
    score: float
    rank: int
    n: int
    uniform: float
    reference: float
    free: float
    rate: float
    published: float
    lower: float
    upper: float
    grid: float
    effects: Sequence[tuple[str, float]]
    share: float


def reason(argument: Argument, language: Language) -> str:
    """Return the paragraph for one region."""
    a = argument
    steps = [
        LABELS.say("reason_start", language, name=a.name, published=_grid_text(a.published, a.grid)),
        _score(a, language),
        _bounds(a, language),
        _rounding(a, language),
        LABELS.say("reason_share", language, share=per_cent(a.share, 1)),
    ]
    return ("" if language == "zh" else " ").join(step for step in steps if step)


def binding(rate: float, lower: float, upper: float) -> str:
    """Return which bound a computed rate stands at: ``lower``, ``upper`` or none."""
    if rate >= upper - 1e-9:
        return "upper"
    return "lower" if rate <= lower + 1e-9 else ""


def points(value: float, digits: int = 2) -> str:
    """Return a difference in points with its sign; no sign on what rounds to zero."""
    text = per_cent(value, digits)
    return f"+{text}" if float(text) > 0 else text


def _grid_text(rate: float, grid: float) -> str:
    return f"{rate * 100:.{4 if grid < 0.001 else 2}f}".rstrip("0").rstrip(".")


def _score(a: Argument, language: Language) -> str:
    difference = a.reference - a.uniform
    if abs(difference) < _VISIBLE:
        compare = LABELS.say("same_as", language)
    else:
        code = "higher" if difference > 0 else "lower_than"
        compare = LABELS.say(code, language, points=per_cent(abs(difference)))
    text = LABELS.say(
        "reason_score", language, score=f"{a.score:.3f}", rank=a.rank, n=a.n,
        reference=per_cent(a.reference), uniform=per_cent(a.uniform), compare=compare,
    )  # fmt: skip
    comma, stop = ("，", "。") if language == "zh" else ("; ", ".")
    ranked = sorted(a.effects, key=lambda pair: -abs(pair[1]))
    for code, sign in (("reason_up", 1), ("reason_down", -1)):
        shown = [(name, x) for name, x in ranked if x * sign >= _VISIBLE][:_SHOWN_EFFECTS]
        if shown:
            listed = ("、" if language == "zh" else ", ").join(
                LABELS.say("effect", language, indicator=name, points=points(x)) for name, x in shown
            )
            text += comma + LABELS.say(code, language, effects=listed)
    return text + stop


def _bounds(a: Argument, language: Language) -> str:
    held = binding(a.rate, a.lower, a.upper)
    if held and abs(a.free - a.rate) >= _VISIBLE:
        bound = a.upper if held == "upper" else a.lower
        return LABELS.say(f"reason_bound_{held}", language, bound=per_cent(bound), free=per_cent(a.free))
    shift = a.rate - a.reference
    if abs(shift) < _VISIBLE:
        return ""
    return LABELS.say("reason_shift", language, points=points(shift), rate=per_cent(a.rate))


def _rounding(a: Argument, language: Language) -> str:
    move = a.published - a.rate
    if abs(move) < 1e-9:
        return LABELS.say("reason_exact", language)
    values = {"grid": _grid_text(a.grid, a.grid), "points": points(move)}
    if abs(move) <= a.grid / 2 + 1e-9:
        return LABELS.say("reason_rounded", language, **values)
    nearest = round(a.rate / a.grid) * a.grid
    return LABELS.say(
        "reason_rounded_away", language, nearest=_grid_text(nearest, a.grid),
        published=_grid_text(a.published, a.grid), **values,
    )  # fmt: skip
