"""The incentive targets in numbers and sentences, beside the basic ones."""

from __future__ import annotations

from reports.planning.record import IncentiveRecord, PlanRecord, ProvinceRecord
from reports.printing.numbers import minus, scientific, short, telling_digits
from reports.verifying.verification import Verification
from reports.words import LABELS
from scenarios.baseline import reach
from scenarios.load import Scenario
from scenarios.tables.cells import per_cent
from scenarios.wording import Language

_SAME = 1e-9
_HAIR = 1e-11
"""A shortfall below so many points is said by its size alone: the rates could not be told from the target."""


def incentive_record(scenario: Scenario, verification: Verification) -> IncentiveRecord | None:
    """Return the incentive's part of plan.json for a verified table; None where it has no incentive rates."""
    v = verification.incentive
    if v is None:
        return None
    second = scenario.of_incentive()
    within = reach(second.baseline, second.regions.lower, second.regions.upper)
    return IncentiveRecord.of(v, **verdict_of(v), reach_highest=within.highest)


def verdict_of(verification: Verification) -> dict[str, object]:
    """Return verdict, overshoot and checks of a table under the names that records give them."""
    return {
        "verdict": "backed" if verification.backed else "not_backed",
        "overshoot_points": verification.overshoot * 100,
        "overshoot_10kt": verification.overshoot_emissions,
        "checks": {check.name: check.passed for check in verification.checks},
    }


def verdict_words(judged: ProvinceRecord | IncentiveRecord, margin: float, language: Language) -> dict[str, str]:
    """Return what fills a verdict; a small shortfall gets the decimals that show it, one too small for them none."""
    backed = judged.verdict == "backed"
    hair = not backed and abs(judged.overshoot_points) < _HAIR
    digits = telling_digits(judged.overshoot_points, 2, backed or hair)
    tonnes = telling_digits(judged.overshoot_10kt, 1, backed or hair)
    short_of = (abs(judged.overshoot_points), abs(judged.overshoot_10kt))
    return {
        "implied": minus(per_cent(judged.implied_reduction, digits)),
        "target": per_cent(judged.target, digits),
        "margin": LABELS.say("margin_added", language, margin=per_cent(margin)) if margin else "",
        "points": scientific(short_of[0]) if hair else f"{short_of[0]:.{digits}f}",
        "tonnes": scientific(short_of[1]) if hair else f"{short_of[1]:,.{tonnes}f}",
    }


def incentive_statements(province: ProvinceRecord, language: Language) -> list[str]:
    """Return the verdict on the incentive rates and what the bounds allow them; nothing where there are none."""
    asked = province.incentive
    if asked is None:
        return []
    room = province.reach_highest < asked.reach_highest - _SAME
    return [
        LABELS.say(f"incentive_{asked.verdict}", language, **verdict_words(asked, province.margin, language)),
        LABELS.say("incentive_reach", language, highest=minus(per_cent(asked.reach_highest))),
        *([LABELS.say("incentive_room", language)] if room else []),
    ]


def forced_statement(record: PlanRecord, language: Language) -> list[str]:
    """Return that the steps alone make the incentive table, where they do."""
    rates = [(r.published_rate, r.published_incentive_rate, r.incentive_step) for r in record.regions]
    at_step = all(high is not None and high - low < (step or 0.0) + _SAME for low, high, step in rates)
    return [LABELS.say("incentive_forced", language)] if at_step else []


def incentive_search_statement(record: PlanRecord, language: Language) -> list[str]:
    """Return how far the search for the incentive table may be from the nearest one, where it stopped early."""
    gap = float(record.provenance.solver.get("incentive_gap", 0))
    if gap <= 0:
        return []
    return [LABELS.say("of_incentive", language, said=LABELS.say("rounding_gap", language, gap=f"{gap * 100:.2f}"))]


def incentive_reason(basic: float, rate: float, step: float, language: Language) -> str:
    """Return the sentence about one region's incentive target; all three are published fractions."""
    above = rate - basic
    code = "reason_incentive_step" if step > 0 and above < step + _SAME else "reason_incentive"
    return LABELS.say(code, language, rate=short(rate), points=short(above))
