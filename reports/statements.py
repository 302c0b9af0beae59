"""The province in numbers and sentences, the same in terminal, report and workbook."""

from __future__ import annotations

from fractions import Fraction

from reports.labels import LABELS
from reports.record import PlanRecord, ProvinceRecord
from reports.verification import Verification
from scenarios.baseline import reach
from scenarios.cells import per_cent
from scenarios.load import Scenario
from scenarios.wording import Language


def province_record(scenario: Scenario, verification: Verification) -> ProvinceRecord:
    """Return the province's part of plan.json for any verified table."""
    v = verification
    within = reach(scenario.baseline, scenario.regions.lower, scenario.regions.upper)
    province = scenario.file.province
    return ProvinceRecord(
        name=province.name if province else scenario.file.title,
        target=float(v.target),
        margin=float(v.margin),
        sigma=float(v.sigma),
        required=float(v.required),
        uniform_rate=float(v.uniform_rate),
        implied_reduction=float(v.implied_reduction),
        overshoot_points=float(v.overshoot * 100),
        overshoot_10kt=float(v.overshoot_emissions),
        point_10kt=float(v.point_worth),
        reach_lowest=within.lowest,
        reach_highest=within.highest,
        verdict="backed" if v.backed else "not_backed",
        checks={check.name: check.passed for check in v.checks},
    )


def verdict_statement(province: ProvinceRecord, language: Language) -> str:
    """Return the verdict in one sentence, in points and 万吨."""
    return LABELS.say(
        f"verdict_{province.verdict}",
        language,
        implied=per_cent(province.implied_reduction),
        target=per_cent(province.target),
        points=f"{abs(province.overshoot_points):.2f}",
        tonnes=f"{abs(province.overshoot_10kt):,.1f}",
    )


def identity_statement(province: ProvinceRecord, language: Language) -> str:
    """Return composition effect, uniform rate and what a point is worth."""
    text = LABELS.say(
        "identity",
        language,
        sigma=per_cent(province.sigma),
        uniform=per_cent(province.uniform_rate),
        point=f"{province.point_10kt:,.2f}",
    )
    if province.margin:
        text += LABELS.say("with_margin", language, margin=per_cent(province.margin))
    return text


def reach_statement(province: ProvinceRecord, language: Language) -> str:
    """Return what the bounds allow."""
    lowest, highest = per_cent(province.reach_lowest), per_cent(province.reach_highest)
    return LABELS.say("reach", language, lowest=lowest, highest=highest)


def check_statements(scenario: Scenario, verification: Verification, language: Language) -> list[str]:
    """Return a sentence for each failed check but the verdict, the unit slip, and the basis."""
    names = scenario.regions.labels(language)
    comma = "、" if language == "zh" else ", "
    grid = per_cent(scenario.file.publish.grid, 4).rstrip("0").rstrip(".")
    statements = []
    for check in verification.checks:
        if not check.passed and check.name != "backed":
            failing = comma.join(names[n] for n in check.regions)
            statements.append(LABELS.say(f"check_{check.name}", language, regions=failing, grid=grid))
    if not statements:
        statements.append(LABELS.say("checks_passed", language))
    if verification.slip is not None:
        factor, implied = verification.slip.factor, verification.slip.implied_reduction
        statements.append(LABELS.say("slip", language, factor=_factor(factor), implied=per_cent(float(implied))))
    if scenario.file.basis is not None:
        statements.append(LABELS.say("basis", language, basis=scenario.file.basis.say(language)))
    return statements


def moved_statement(record: PlanRecord, language: Language) -> str:
    """Return which regions were not rounded to their nearest value, and by how much each moved."""
    grid = record.scenario.grid
    moved = [
        (r.label(language), (r.published_rate - r.rate) * 100)
        for r in record.regions
        if abs(r.published_rate - r.rate) > grid / 2 + 1e-9
    ]
    if not moved:
        return LABELS.say("moved_none", language)
    comma = "、" if language == "zh" else ", "
    listed = comma.join(f"{name} {move:+.2f}" for name, move in moved)
    return LABELS.say("moved_title", language, count=len(moved), regions=listed)


def province_statements(record: PlanRecord, language: Language) -> list[str]:
    """Return the sentences that stand under the verdict of a plan."""
    statements = [
        identity_statement(record.province, language),
        reach_statement(record.province, language),
        moved_statement(record, language),
    ]
    if record.scenario.basis is not None:
        statements.append(LABELS.say("basis", language, basis=record.scenario.basis.say(language)))
    return statements


def _factor(factor: Fraction) -> str:
    return f"{factor.numerator}" if factor.denominator == 1 else f"{factor.numerator}/{factor.denominator}"
