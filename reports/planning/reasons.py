"""Why this figure and not another: one paragraph a region, from the numbers of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.printing.numbers import minus, numeral, short, signed
from reports.words import LABELS
from scenarios.tables.cells import per_cent
from scenarios.wording import Language

_SHOWN_EFFECTS = 2
_VISIBLE = 0.00005  # half a hundredth of a point: what two decimals can show


@dataclass(frozen=True)
class Argument:
    """What led to one region's published rate; rates are fractions."""

    name: str  # Name in the language of the text
    # score, rank, n: Score, its place from the top, number of regions
    score: float
    rank: int
    n: int
    # uniform, reference, free, rate, published: Uniform rate; reference rate; reference with the province's common
    # adjustment, before bounds; computed rate; published rate
    uniform: float
    reference: float
    free: float
    rate: float
    published: float
    # lower, upper, grid: Bounds and rounding step
    lower: float
    upper: float
    grid: float
    effects: Sequence[tuple[str, float]]  # (indicator, how far it moves the reference rate) pairs
    share: float  # Share of what the province needs
    class_number: int | None = None  # Class the region is in, 1 for the highest rate; None without classes
    # (id, reason in the language of the text) of the rules that hold the computed rate where it is
    rules: Sequence[tuple[str, str]] = ()
    outside: bool = False  # Whether the published rate stands outside the order of scores or computed rates


def reason(argument: Argument, language: Language) -> str:
    """Return the paragraph for one region: target, score, bounds or shift, rounding, share."""
    a = argument
    steps = [
        LABELS.say("reason_start", language, name=a.name, published=short(a.published)),
        _score(a, language),
        _bounds(a, language),
        _rounding(a, language),
        _outside(a, language),
        LABELS.say("reason_share", language, share=per_cent(a.share, 1)),
    ]
    return ("" if language == "zh" else " ").join(step for step in steps if step)


def binding(rate: float, lower: float, upper: float) -> str:
    """Return which bound a computed rate stands at: ``lower``, ``upper`` or none."""
    if rate >= upper - 1e-9:
        return "upper"
    return "lower" if rate <= lower + 1e-9 else ""


def _score(a: Argument, language: Language) -> str:
    """Return score, rank, reference rate, and the indicators that moved it most."""
    difference = a.reference - a.uniform
    code = "same_as" if abs(difference) < _VISIBLE else "higher" if difference > 0 else "lower_than"
    text = LABELS.say(
        "reason_score", language, score=minus(f"{a.score:.3f}"), rank=a.rank, n=a.n, reference=per_cent(a.reference)
    ) + LABELS.say(code, language, uniform=per_cent(a.uniform), points=per_cent(abs(difference)))
    effects = [part for part in (_effects(a, sign, language) for sign in (1, -1)) if part]
    if not effects:
        return text + ("。" if language == "zh" else ".")
    return text + LABELS.say("reason_effects", language, effects=("；" if language == "zh" else ", ").join(effects))


def _effects(a: Argument, sign: int, language: Language) -> str:
    """Return the largest effects of one sign, each with its points, or an empty text."""
    side = "up" if sign > 0 else "down"
    ranked = sorted(((x * sign, name) for name, x in a.effects if x * sign >= _VISIBLE), key=lambda pair: -pair[0])
    listed = ("、" if language == "zh" else " and ").join(
        LABELS.say(
            f"effect_{side}", language, indicator=name, points=per_cent(x) if language == "zh" else signed(x * sign)
        )
        for x, name in ranked[:_SHOWN_EFFECTS]
    )
    return LABELS.say(f"reason_{side}", language, effects=listed) if listed else ""


def _bounds(a: Argument, language: Language) -> str:
    """Return the bound that holds the region, or how far it moved so that the province adds up."""
    held = binding(a.rate, a.lower, a.upper)
    beyond = a.free - a.rate if held == "upper" else a.rate - a.free
    if held and beyond >= _VISIBLE:
        bound = a.upper if held == "upper" else a.lower
        return LABELS.say(f"reason_bound_{held}", language, bound=short(bound), free=minus(per_cent(a.free)))
    shift = a.rate - a.reference
    if abs(shift) < _VISIBLE:
        return ""
    if a.rules:
        named = [LABELS.say("conflict_rule", language, rule=key, reason=why) for key, why in a.rules]
        listed = ("、" if language == "zh" else ", ").join(named)
        return LABELS.say("reason_rules", language, rules=listed, points=signed(shift), rate=minus(per_cent(a.rate)))
    code = "reason_shift_up" if shift > 0 else "reason_shift_down"
    return LABELS.say(code, language, points=per_cent(abs(shift)), rate=minus(per_cent(a.rate)))


def _rounding(a: Argument, language: Language) -> str:
    """Return how the published rate comes from the computed one."""
    move = a.published - a.rate
    up = move > 0
    if a.class_number is not None:
        number = numeral(a.class_number) if language == "zh" else str(a.class_number)
        return LABELS.say("reason_class", language, number=number, published=short(a.published), points=signed(move))
    if abs(move) < _VISIBLE:
        return LABELS.say("reason_exact", language, grid=short(a.grid))
    if abs(move) <= a.grid / 2 + 1e-9:
        code = "reason_rounded_up" if up else "reason_rounded_down"
        return LABELS.say(code, language, grid=short(a.grid), points=per_cent(abs(move)))
    nearest = round(a.rate / a.grid) * a.grid
    within = a.lower - 1e-9 <= nearest <= a.upper + 1e-9
    return LABELS.say(
        "reason_rounded_away" if within else "reason_rounded_within", language, nearest=short(nearest),
        published=short(a.published), points=per_cent(abs(move)), move=LABELS.say("above" if up else "below", language),
    )  # fmt: skip


def _outside(a: Argument, language: Language) -> str:
    """Return why a region stands outside the order, where it does."""
    if not a.outside:
        return ""
    return LABELS.say("reason_out_of_order" if a.class_number is None else "reason_fixed", language)
