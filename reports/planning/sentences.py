"""The province in numbers and sentences, the same in terminal, report and workbook."""

from __future__ import annotations

from fractions import Fraction

from reports.planning.bearing import protection_statements, robustness_record, robustness_statement
from reports.planning.incentive import (
    forced_statement,
    incentive_record,
    incentive_search_statement,
    incentive_statements,
    verdict_of,
    verdict_words,
)
from reports.planning.record import PlanRecord, ProvinceRecord
from reports.printing.numbers import minus, short, signed, within_reach
from reports.verifying.verification import Verification
from reports.words import LABELS
from scenarios.baseline import reach
from scenarios.load import Scenario
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, listed, running


def province_record(scenario: Scenario, verification: Verification) -> ProvinceRecord:
    """Return the province's part of plan.json for any verified table."""
    v = verification
    within = reach(scenario.baseline, scenario.regions.lower, scenario.regions.upper)
    province = scenario.file.province
    return ProvinceRecord.of(
        v,
        **verdict_of(v),
        name=province.name if province else scenario.file.title,
        point_10kt=v.point_worth,
        reach_lowest=within.lowest,
        reach_highest=within.highest,
        robustness=robustness_record(v),
        incentive=incentive_record(scenario, v),
        province_target=None if v.with_residual is None or scenario.sums is None else scenario.sums.target,
    )


def verdict_statement(province: ProvinceRecord, language: Language) -> str:
    """Return the verdict in one sentence, in points and 万吨; a small shortfall gets the decimals that show it."""
    return LABELS.say(f"verdict_{province.verdict}", language, **verdict_words(province, province.margin, language))


def identity_statement(province: ProvinceRecord, language: Language) -> str:
    """Return composition effect, uniform rate, what a point is worth, and the cut with single-listed projects."""
    values = {"uniform": per_cent(province.uniform_rate), "point": f"{province.point_10kt:,.2f}"}
    said = [LABELS.say("identity", language, sigma=minus(per_cent(province.sigma)), **values)]
    if province.with_residual is not None and province.province_target is not None:
        target, cut = per_cent(province.province_target), minus(per_cent(province.with_residual))
        said.append(LABELS.say("with_residual", language, target=target, implied=cut))
    if province.with_projects is not None:
        said.append(LABELS.say("with_projects", language, implied=minus(per_cent(province.with_projects))))
    return running(said, language)


def reach_statement(province: ProvinceRecord, language: Language) -> str:
    """Return what the bounds allow."""
    lowest, highest = map(minus, within_reach(province.reach_lowest, province.reach_highest))
    return LABELS.say("reach", language, lowest=lowest, highest=highest)


def check_statements(scenario: Scenario, verification: Verification, language: Language) -> list[str]:
    """Return a sentence for each failed check but the verdict, the unit slip, and the basis."""
    statements = _failures(scenario, verification, language)
    if not statements:
        statements.append(LABELS.say("checks_passed", language))
    if verification.slip is not None:
        factor, implied = verification.slip.factor, verification.slip.implied_reduction
        code, said = ("slip", {"factor": _factor(factor)}) if factor > 0 else ("slip_sign", {})
        statements.append(LABELS.say(code, language, implied=per_cent(float(implied)), **said))
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
        if not check.passed and check.name != "backed":
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
    return LABELS.say("moved_title", language, count=len(moved), regions=listed(said, language))


def province_statements(record: PlanRecord, language: Language) -> list[str]:
    """Return the sentences that stand under the verdict of a plan."""
    statements = [
        identity_statement(record.province, language),
        reach_statement(record.province, language),
        *incentive_statements(record.province, language),
        *forced_statement(record, language),
        *incentive_search_statement(record, language),
    ]
    if all(region.class_ is None for region in record.regions):
        statements.append(moved_statement(record, language))
    statements += search_statements(record, language)
    statements += robustness_statement(record.province, len(record.regions), language)
    statements += protection_statements(record, language)
    if record.scenario.basis is not None:
        statements.append(LABELS.say("basis", language, basis=record.scenario.basis.say(language)))
    return statements


def search_statements(record: PlanRecord, language: Language) -> list[str]:
    """Return what a search that stopped before its proof must say: its gap, and that overshoot may be less."""
    solver = record.provenance.solver
    gaps = {code: float(solver[code]) for code in ("classes_gap", "rounding_gap") if code in solver}
    said = [LABELS.say(code, language, gap=f"{gap * 100:.2f}") for code, gap in gaps.items() if gap > 0]
    return said if solver.get("tightest", True) else [*said, LABELS.say("not_tightest", language)]


def _factor(factor: Fraction) -> str:
    return f"{factor.numerator}" if factor.denominator == 1 else f"{factor.numerator}/{factor.denominator}"
