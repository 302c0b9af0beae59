"""The province in numbers and sentences, the same in terminal, report and workbook.

Basic and incentive targets, what uncertain growth a table bears, and what protection costs.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from reports.planning.total import held_statement, robustness_record, total_record, total_statements
from reports.printing.falls import asks, in_words
from reports.printing.numbers import minus, of_reach, scientific, short, signed, telling_digits, tonnes, within_reach
from reports.verifying.record import IncentiveRecord, ProvinceRecord, RobustnessRecord, ShareAsked, TotalRecord
from reports.verifying.verification import Verification
from reports.words import LABELS, for_goal, goal
from scenarios.baseline import reach
from scenarios.load import Scenario
from scenarios.quantities import in_own_words, spoken
from scenarios.schema_types import Words
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, listed, running

if TYPE_CHECKING:
    from reports.planning.record import PlanRecord

PROVINCE = Words(zh="全省", en="the province")
"""What a province is called where the scenario does not name it."""

_SAME = 1e-9
_SAID_APART = ("backed", "total", "caps", "kept", "pair", "reserve", "peak")
"""Checks that have sentences of their own."""
_HAIR = 1e-11
"""A shortfall below so many points is said by its size alone: the rates could not be told from the target."""


def province_record(scenario: Scenario, verification: Verification) -> ProvinceRecord:
    """Return the province's part of plan.json for any verified table."""
    v = verification
    within = reach(scenario.baseline, scenario.regions.lower, scenario.regions.upper)
    province = scenario.file.province
    return ProvinceRecord.of(
        v,
        **verdict_of(v),
        name=province.name if province else PROVINCE,
        point_10kt=v.point_worth,
        reach_lowest=within.lowest,
        reach_highest=within.highest,
        robustness=robustness_record(v.robustness),
        incentive=incentive_record(scenario, v),
        total=total_record(scenario, v),
        share=None if scenario.share is None else ShareAsked.of(scenario.share),
        province_target=None if v.with_residual is None or scenario.sums is None else scenario.sums.target,
    )


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
    added = LABELS.say("margin_added", language, margin=per_cent(margin)) if margin else ""
    if isinstance(judged, ProvinceRecord) and judged.province_target not in (None, judged.target):
        added += LABELS.say("target_after_residual", language, province=minus(per_cent(judged.province_target)))
    return {
        **in_words(language, digits, implied=judged.implied_reduction),
        "target_said": asks(judged.target, language, digits),
        "implied": minus(per_cent(judged.implied_reduction, digits)),
        "target": minus(per_cent(judged.target, digits)),
        "margin": added,
        "points": scientific(short_of[0]) if hair else f"{short_of[0]:.{digits}f}",
        "tonnes": scientific(short_of[1]) if hair else f"{short_of[1]:,.{tonnes}f}",
    }


def verdict_statement(province: ProvinceRecord, language: Language) -> str:
    """Return the verdict in points and 万吨, and that on the total; a small shortfall gets decimals that show it."""
    code = f"verdict_{province.verdict}"
    if province.verdict == "backed" and not all(province.checks.values()):
        code = "verdict_backed_but"
    words = verdict_words(province, province.margin, language)
    if province.total is not None and spoken().is_level:
        # how much is left is said of the cap, which is the target; what it asks is what its reserve leaves
        over, broken = province.implied_reduction - province.uniform_rate, not province.checks.get("total", True)
        code = f"{'verdict_not_backed' if broken else code}_capped"
        if broken or over > -_HAIR:  # else the caps of the cities hold it
            words |= _under_cap(province, province.total, telling_digits(over * 100, 2, not broken), language)
    failed = failed_checks(province, language)
    said = [LABELS.say(code, language, failed=failed, **words)]
    return running([*said, *([held_statement(province.total, language)] if province.total else [])], language)


def _under_cap(province: ProvinceRecord, total: TotalRecord, digits: int, language: Language) -> dict[str, str]:
    """Return what fills the verdict on a level under a cap: what the cap asks of it, its reserve set aside."""
    asked = asks(province.uniform_rate - province.margin, language, digits)
    aside = LABELS.say("reserve_set_aside", language) if total.reserve_10kt else ""
    return {**in_words(language, digits, implied=province.implied_reduction), "target_said": f"{asked}{aside}"}


def failed_checks(judged: ProvinceRecord | IncentiveRecord, language: Language) -> str:
    """Return what the checks are called that fail; nothing where all hold."""
    total = judged.total if isinstance(judged, ProvinceRecord) else None
    failed = [_failed(name, total, language) for name, so in judged.checks.items() if not so]
    return listed(failed, language) if failed else ""


def _failed(name: str, total: TotalRecord | None, language: Language) -> str:
    """Return what a check is called that fails, with by how much where it is one of the caps of cities."""
    kind, _, rule = name.partition(" ")
    said = LABELS.say(f"failed_{kind}", language, rule=rule)
    off = 0.0 if total is None else _over(kind, total)
    code = "failed_more" if off > 0 else "failed_less"
    return LABELS.say(code, language, check=said, off=tonnes(abs(off))) if off else said


def _over(kind: str, total: TotalRecord) -> float:
    """Return by how much a failed check of the caps of cities is over, below zero short, 万吨; 0 of any other."""
    pair = total.pair
    if pair is None:
        return 0.0
    if kind == "kept":
        return pair.reserve_10kt + sum(draw.amount_10kt for draw in pair.draws or ()) - total.reserve_10kt
    return {"caps": -pair.rest_10kt, "pair": pair.kept_10kt - pair.limit_10kt}.get(kind, 0.0)


def identity_statement(province: ProvinceRecord, language: Language) -> str:
    """Return composition effect, uniform rate, what a point is worth, and the cut with single-listed projects."""
    values = {"uniform": minus(per_cent(province.uniform_rate)), "point": f"{province.point_10kt:,.2f}"}
    values |= in_words(language, uniform=province.uniform_rate)
    if (share := province.share) is not None:
        values |= {"base": per_cent(share.base), "composition": signed(share.composition)}
        values["rise"] = minus(per_cent(share.uniform_rise + province.margin))
    code = "identity_both" if province.asks_more else "identity"
    said = [LABELS.say(code, language, sigma=minus(per_cent(province.sigma)), **values)]
    if province.with_residual is not None and province.province_target is not None:
        target, cut = per_cent(province.province_target), minus(per_cent(province.with_residual))
        said.append(LABELS.say("with_residual", language, target=target, implied=cut))
    if province.with_projects is not None:
        said.append(LABELS.say("with_projects", language, implied=minus(per_cent(province.with_projects))))
    return running(said, language)


def reach_statement(province: ProvinceRecord, language: Language) -> str:
    """Return what the bounds allow."""
    lowest, highest = map(minus, within_reach(province.reach_lowest, province.reach_highest))
    return LABELS.say(of_reach("reach", lowest, highest), language, lowest=lowest, highest=highest)


def check_statements(scenario: Scenario, verification: Verification, language: Language) -> list[str]:
    """Return a sentence for each failed check but the verdict, the unit slip, and the basis."""
    statements = _failures(scenario, verification, language)
    if not statements:
        statements.append(LABELS.say("checks_passed", language))
    if verification.slip is not None:
        factor, implied = verification.slip.factor, verification.slip.implied_reduction
        code, said = ("slip", {"factor": _factor(factor)}) if factor > 0 else ("slip_sign", {})
        said |= in_words(language, implied=implied)
        statements.append(LABELS.say(code, language, implied=minus(per_cent(float(implied))), **said))
    if scenario.file.basis is not None:
        statements.append(LABELS.say("basis", language, basis=scenario.file.basis.say(language)))
    return statements


def incentive_check_statements(scenario: Scenario, verification: Verification, language: Language) -> list[str]:
    """Return what is to be said of a table's incentive rates: verdict and failed checks, or that it has none."""
    if scenario.incentive is None:
        return []
    if verification.incentive is None:
        return [LABELS.say("incentive_not_there", language)]
    province = province_record(scenario, verification)
    failures = _failures(scenario, verification.incentive, language)
    said = failures or [LABELS.say("incentive_checks_passed", language)]
    return [*incentive_statements(province, language), *(LABELS.say("of_incentive", language, said=x) for x in said)]


def _failures(scenario: Scenario, verification: Verification, language: Language) -> list[str]:
    """Return a sentence for each failed check but the verdict."""
    names = scenario.regions.labels(language)
    grid = short(float(scenario.file.publish.grid))
    statements = []
    for check in verification.checks:
        if not check.passed and check.name not in _SAID_APART:
            failing = listed((names[n] for n in check.regions), language)
            kind, _, rule = check.name.partition(" ")
            reason = check.reason.say(language) if check.reason else ""
            statements.append(
                LABELS.say(f"check_{kind}", language, regions=failing, grid=grid, rule=rule, reason=reason)
            )
    return statements


def moved_statement(record: PlanRecord, language: Language) -> str:
    """Return which regions were not rounded to their nearest value, and by how much each moved."""
    grid = record.scenario.grid
    moves = ((r.label(language), r.published_rate - r.rate) for r in record.regions)
    moved = [(name, move) for name, move in moves if abs(move) > grid / 2 + 1e-9]
    if not moved:
        return LABELS.say("moved_none", language, grid=short(grid))
    said = [LABELS.say("moved", language, name=name, points=signed(move)) for name, move in moved]
    why = for_goal(record.province.asks_more, language)
    return LABELS.say("moved_title", language, count=len(moved), regions=listed(said, language), goal=why)


@in_own_words
def province_statements(record: PlanRecord, language: Language) -> list[str]:
    """Return the sentences that stand under the verdict of a plan."""
    statements = [
        identity_statement(record.province, language),
        reach_statement(record.province, language),
        *total_statements(record.province, language),
        *_of_caps(record, language),
        *exceeding_statement(record, language),
        *incentive_statements(record.province, language),
        *forced_statement(record, language),
        *incentive_search_statement(record, language),
    ]
    if all(region.class_ is None for region in record.regions):
        statements.append(moved_statement(record, language))
    statements += search_statements(record, language)
    statements += robustness_statement(record.province, len(record.regions), language)
    statements += protection_statements(record, language)
    if "proof" in record.provenance.solver:  # not in older files
        statements.append(LABELS.say(f"proof_{record.provenance.solver['proof']}", language))
    if record.scenario.basis is not None:
        statements.append(LABELS.say("basis", language, basis=record.scenario.basis.say(language)))
    return statements


def _of_caps(record: PlanRecord, language: Language) -> list[str]:
    """Return what is to be said of the caps of the regions and their yearly budgets; nothing without a cap."""
    if record.province.total is None:
        return []
    from reports.planning.caps import budgets_statement, caps_statements, planned_targets

    cities, years = planned_targets(record, language), record.scenario.end_year - record.scenario.base_year
    return [*caps_statements(record.province, cities, language, years), *budgets_statement(record, language)]


def search_statements(record: PlanRecord, language: Language) -> list[str]:
    """Return what a search that stopped before its proof must say: its gap, and that overshoot may be less."""
    solver = record.provenance.solver
    gaps = {code: float(solver[code]) for code in ("classes_gap", "rounding_gap") if code in solver}
    said = [LABELS.say(code, language, gap=f"{gap * 100:.2f}") for code, gap in gaps.items() if gap > 0]
    return said if solver.get("tightest", True) else [*said, LABELS.say("not_tightest", language)]


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


def exceeding_statement(record: PlanRecord, language: Language) -> list[str]:
    """Return that bounds and rules leave no split at the target, and by how much the computed one is above it."""
    above, province = float(record.provenance.solver.get("above_target", 0)), record.province
    if not above:
        return []
    asked = province.required - province.sigma
    digits = telling_digits(above * 100, 2, False)
    said = {
        "least": minus(per_cent(asked + above, digits)),
        "points": f"{above * 100:.{digits}f}",
    }
    return [
        LABELS.say(
            "exceeding",
            language,
            **said,
            tonnes=f"{above * 100 * province.point_10kt:,.1f}",
            grid=short(record.scenario.grid),
        )
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


def robustness_statement(province: ProvinceRecord, n: int, language: Language) -> list[str]:
    """Return what a table of n regions bears, a sentence for each target; none where growth is certain."""
    said = [] if province.robustness is None else [_bears(province.robustness, n, "", language)]
    cap = province.total
    return said if cap is None or cap.robustness is None else [*said, _bears(cap.robustness, n, "total_", language)]


def _bears(bears: RobustnessRecord, n: int, of: str, language: Language) -> str:
    code = "bears_none" if bears.survives is None else "bears_all" if bears.survives_all else "bears"
    survives = "" if bears.survives is None else f"{bears.survives:.2f}"
    side = "worst_short" if bears.worst_points > 0 else "worst_over"
    worst = {"points": f"{abs(bears.worst_points):.2f}", "tonnes": f"{abs(bears.worst_10kt):,.1f}"}
    head = LABELS.say(f"{of}{code}", language, survives=survives, n=n)
    if bears.with_reserve is not None:
        head += LABELS.say("total_bears_reserve", language, survives=f"{bears.with_reserve:.2f}")
    return head + LABELS.say(f"{of}{side}", language, **worst)


def protection_statements(record: PlanRecord, language: Language) -> list[str]:
    """Return the price of protection, a sentence for each number of regions."""
    lines = []
    for price in record.protection or ():
        budget = f"{price.budget:g}"
        if price.overshoot_points is None or price.overshoot_10kt is None:
            lines.append(LABELS.say("protection_impossible", language, budget=budget))
        else:
            over = {"points": f"{price.overshoot_points:.2f}", "tonnes": f"{price.overshoot_10kt:,.1f}"}
            over["goal"] = goal(record.province.asks_more, language)
            lines.append(LABELS.say("protection_price", language, budget=budget, **over))
    return lines


def _factor(factor: Fraction) -> str:
    return f"{factor.numerator}" if factor.denominator == 1 else f"{factor.numerator}/{factor.denominator}"
