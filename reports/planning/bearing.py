"""How much uncertain growth a table bears and what protection costs, in numbers and sentences."""

from __future__ import annotations

from reports.planning.record import PlanRecord, ProvinceRecord, RobustnessRecord
from reports.verifying.verification import Verification
from reports.words import LABELS
from scenarios.wording import Language


def robustness_record(verification: Verification) -> RobustnessRecord | None:
    """Return what a verified table bears; None where the scenario says nothing about uncertain growth."""
    bears = verification.robustness
    if bears is None:
        return None
    return RobustnessRecord.of(bears, worst_points=bears.worst_points * 100, worst_10kt=bears.worst_emissions)


def robustness_statement(province: ProvinceRecord, n: int, language: Language) -> list[str]:
    """Return in one sentence, or none, what a table of n regions bears."""
    bears = province.robustness
    if bears is None:
        return []
    code = "bears_none" if bears.survives is None else "bears_all" if bears.survives_all else "bears"
    survives = "" if bears.survives is None else f"{bears.survives:.2f}"
    worst = LABELS.say(
        "worst_short" if bears.worst_points > 0 else "worst_over",
        language,
        points=f"{abs(bears.worst_points):.2f}",
        tonnes=f"{abs(bears.worst_10kt):,.1f}",
    )
    return [LABELS.say(code, language, survives=survives, n=n) + worst]


def protection_statements(record: PlanRecord, language: Language) -> list[str]:
    """Return the price of protection, a sentence for each number of regions."""
    lines = []
    for price in record.protection or ():
        budget = f"{price.budget:g}"
        if price.overshoot_points is None or price.overshoot_10kt is None:
            lines.append(LABELS.say("protection_impossible", language, budget=budget))
        else:
            lines.append(
                LABELS.say(
                    "protection_price",
                    language,
                    budget=budget,
                    points=f"{price.overshoot_points:.2f}",
                    tonnes=f"{price.overshoot_10kt:,.1f}",
                )
            )
    return lines
