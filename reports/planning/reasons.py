"""Why this figure and not another: one paragraph a region, from the numbers of the plan."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reports.planning.record import Binding, HoldRecord, PlanRecord, RegionRecord
from reports.printing.document import one_line
from reports.printing.falls import in_words
from reports.printing.numbers import (
    all_digits,
    class_number,
    minus,
    printed_difference,
    short,
    signed,
    tonnes,
)
from reports.words import LABELS, for_goal
from scenarios.quantities import spoken
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, listed, running, stop

_SHOWN_EFFECTS = 2
_SAME = 1e-9  # fractions nearer than this are one
_VISIBLE = 0.00005  # half a hundredth of a point: what two decimals can show


def reason(
    region: RegionRecord,
    plan: PlanRecord,
    free: float,
    others: Collection[str],
    language: Language,
    times: float = 1.0,
) -> str:
    """Return the paragraph for one region: target, score, bounds or shift, rounding, share.

    `free` is its reference rate with the province's common adjustment, before bounds; `others` what
    holds others, see `holding_others`; `times` by what all caps are multiplied, see `reports.planning.caps.cap_times`.
    """
    steps = [
        LABELS.say(
            "reason_start",
            language,
            name=region.label(language),
            published=short(region.published_rate),
            **in_words(language, None, published=region.published_rate),
        ),
        _score(region, plan, language),
        _bounds(region, free, plan, others, language),
        _rounding(region, plan, language),
        _outside(region, language),
        _cap(region, plan, times, language),
        "" if spoken().stands_alone else LABELS.say("reason_share", language, share=per_cent(region.contribution, 1)),
    ]
    return running(filter(None, steps), language)


def _cap(region: RegionRecord, plan: PlanRecord, times: float, language: Language) -> str:
    """Return why a region's cap is what it is; nothing without one."""
    total, cap = plan.province.total, region.cap
    if total is None or total.pair is None or cap is None:
        return ""
    draws = sum(draw.amount_10kt for draw in total.pair.draws or () if draw.region == region.id)
    said = {
        "cap": all_digits(cap.cap_10kt, part=","),
        "allowed": tonnes(cap.allowed_10kt),
        "base": tonnes(region.emissions_10kt),
        "times": f"{times:.4f}",
        "drawn": LABELS.say("reason_drawn", language, drawn=tonnes(draws)) if draws else "",
    }
    return LABELS.say(f"reason_cap_{total.pair.policy}", language, **said)


def binding(rate: float, lower: float, upper: float) -> Binding:
    """Return which bound a computed rate stands at: ``lower``, ``upper`` or none."""
    if rate >= upper - _SAME:
        return "upper"
    return "lower" if rate <= lower + _SAME else ""


def _score(region: RegionRecord, plan: PlanRecord, language: Language) -> str:
    """Return score, rank, reference rate, and the indicators that moved it most."""
    uniform = plan.alike(region)
    difference = printed_difference(uniform, region.reference_rate)
    code = "same_as" if not difference else "higher" if difference > 0 else "lower_than"
    text = LABELS.say(
        "reason_score", language, score=minus(f"{region.score:.3f}"), rank=region.rank, n=len(plan.regions),
        reference=minus(per_cent(region.reference_rate)), **in_words(language, reference=region.reference_rate),
    ) + LABELS.say(
        code, language, uniform=minus(per_cent(uniform)), points=minus(per_cent(abs(difference))),
        **in_words(language, uniform=uniform),
    )  # fmt: skip
    names = [indicator.label.say(language) for indicator in plan.indicators]
    moves = list(zip(region.effects, names, strict=True))
    effects = [part for part in (_effects(moves, sign, language) for sign in (1, -1)) if part]
    if not effects:
        return text + stop(language)
    return text + LABELS.say("reason_effects", language, effects=("；" if language == "zh" else ", ").join(effects))


def _effects(moves: Sequence[tuple[float, str]], sign: int, language: Language) -> str:
    """Return the largest effects of one sign, each with its points, or an empty text."""
    side = "up" if sign > 0 else "down"
    ranked = sorted(((x * sign, name) for x, name in moves if x * sign >= _VISIBLE), key=lambda pair: -pair[0])
    said = ("、" if language == "zh" else " and ").join(
        LABELS.say(
            f"effect_{side}", language, indicator=name, points=per_cent(x) if language == "zh" else signed(x * sign)
        )
        for x, name in ranked[:_SHOWN_EFFECTS]
    )
    return LABELS.say(f"reason_{side}", language, effects=said) if said else ""


def _bounds(region: RegionRecord, free: float, plan: PlanRecord, others: Collection[str], language: Language) -> str:
    """Return the bound that holds the region, or how far it moved so that the province adds up."""
    if region.agreed or region.kept:
        return _settled(region, language)
    held, rate, grid = region.binding, region.rate, plan.scenario.grid
    goal = for_goal(plan.province.asks_more, language)
    beyond = free - rate if held == "upper" else rate - free
    if held and beyond >= _VISIBLE:
        bound = region.upper if held == "upper" else region.lower
        code = f"reason_bound_{held}" if abs(rate - bound) < _VISIBLE else f"reason_grid_{held}"
        said = {"bound": short(bound), "free": minus(per_cent(free)), "rate": short(rate), "grid": short(grid)}
        return LABELS.say(code, language, goal=goal, **said)
    shift = printed_difference(region.reference_rate, rate)
    if not shift or _unmoved(region):
        return ""
    if region.rules:
        said = {"points": signed(shift), "rate": minus(per_cent(rate))}
        return LABELS.say("reason_rules", language, rules=listed(holds_in_words(region, language), language), **said)
    code = "reason_shift_up" if shift > 0 else "reason_shift_down"
    parts = [LABELS.say(f"shift_{each}", language) for each in ("held", "agreed", "kept") if each in others]
    said = {"points": per_cent(abs(shift)), "rate": minus(per_cent(rate))}
    cause = (LABELS.say("shift_and", language)).join(parts) or LABELS.say("shift_held", language)
    return LABELS.say(code, language, goal=goal, cause=cause, **said, **in_words(language, rate=rate))


def _settled(region: RegionRecord, language: Language) -> str:
    """Return that a rate was agreed, or kept from the round before, and how far it is from the reference."""
    held = "；" if language == "zh" else "; "
    said = held.join(holds_in_words(region, language))
    points = printed_difference(region.reference_rate, region.rate)
    code = "reason_settled" if points else "reason_settled_same"
    return LABELS.say(code, language, held=said, points=signed(points), rate=minus(per_cent(region.rate)))


def _unmoved(region: RegionRecord) -> bool:
    """Return whether the computed rate is the reference but for what doubles are off."""
    return abs(region.rate - region.reference_rate) < _SAME


def holding_others(plan: PlanRecord) -> set[str]:
    """Return what holds regions of a plan: ``held`` by bounds or rules, ``agreed``, ``kept`` from the round before."""
    free = [region for region in plan.regions if not (region.agreed or region.kept)]
    found = {"held"} if any(region.binding or region.rules for region in free) else set()
    found |= {"agreed"} if any(region.agreed for region in plan.regions) else set()
    return found | ({"kept"} if any(region.kept for region in plan.regions) else set())


def holds_in_words(region: RegionRecord, language: Language) -> list[str]:
    """Return what holds a region besides its bounds, in words: rules by their reasons, never by their ids."""
    if region.holds is None:
        return [LABELS.say("held_rules_unsaid", language)] if region.rules else []
    return [hold_in_words(hold, language) for hold in region.holds]


def hold_in_words(hold: HoldRecord, language: Language) -> str:
    """Return a rule by its reason, or that a rate was agreed or kept."""
    if hold.reason is None:
        return LABELS.say("held_agreed", language)
    code = {"agreed": "held_agreed_why", "kept": "held_kept", "rule": "held_rule"}[hold.kind]
    return LABELS.say(code, language, reason=one_line(hold.reason.say(language)).rstrip("。."))


def _rounding(region: RegionRecord, plan: PlanRecord, language: Language) -> str:
    """Return how the published rate comes from the computed one, by what the paragraph prints of both."""
    published, rate, grid = region.published_rate, region.rate, plan.scenario.grid
    move = printed_difference(region.reference_rate if _unmoved(region) else rate, published)
    side = "up" if move > 0 else "down"
    if region.class_ is not None:
        number = class_number(region.class_, language)
        return LABELS.say("reason_class", language, number=number, published=short(published), points=signed(move))
    if not move:
        return LABELS.say("reason_exact", language, grid=short(grid))
    if abs(published - rate) <= grid / 2 + _SAME:
        return LABELS.say(f"reason_rounded_{side}", language, grid=short(grid), points=per_cent(abs(move)))
    nearest = round(rate / grid) * grid
    within = region.lower - _SAME <= nearest <= region.upper + _SAME
    return LABELS.say(
        "reason_rounded_away" if within else "reason_rounded_within", language, nearest=short(nearest),
        published=short(published), points=per_cent(abs(move)),
        move=LABELS.say("above" if move > 0 else "below", language), goal=for_goal(plan.province.asks_more, language),
    )  # fmt: skip


def _outside(region: RegionRecord, language: Language) -> str:
    """Return why a region stands outside the order, where it does."""
    if not region.outside_order:
        return ""
    return LABELS.say("reason_out_of_order" if region.class_ is None else "reason_fixed", language)
