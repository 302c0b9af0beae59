"""Judges a scenario before anything is split: sums, composition effect, reach, references."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from allocator.planning import NoSplit, why_no_split
from allocator.protection import largest_protection
from allocator.rules import solver_rules
from allocator.target import target
from reports.accounting.sentences import energy_note, gdp_note
from reports.planning.reconciliation import reconciliation_record, reconciliation_statements
from reports.words import LABELS
from scenarios.baseline import Reach, reach
from scenarios.errors import Finding
from scenarios.load import Scenario
from scenarios.rules.demands import Budget
from scenarios.rules.uncertainty import Protection
from scenarios.tables.cells import per_cent
from scenarios.wording import Language
from solvers.conflicts import LESS, LOWER, MORE, UPPER, Conflict


@dataclass(frozen=True)
class CheckResult:
    """What `check` found.

    Parameters
    ----------
    scenario
        The scenario.
    reach
        What its bounds allow the province.
    no_split
        Why there is no split, or None.
    notices
        What must be said.
    """

    scenario: Scenario
    reach: Reach
    no_split: NoSplit | None
    notices: tuple[Finding, ...]

    @property
    def reachable(self) -> bool:
        """Whether some split within the bounds backs the target."""
        return self.no_split is None

    def statements(self, language: Language) -> list[str]:
        """Return the result in sentences."""
        file, baseline = self.scenario.file, self.scenario.baseline
        emissions, gdp = float(baseline.emissions.sum()), float(baseline.gdp.sum())
        growth = float(baseline.gdp @ baseline.growth) / gdp
        lines = [
            file.title.say(language),
            LABELS.say(
                "check_ok", language, n=len(self.scenario.regions), base=file.period.base, end=file.period.end
            ),
            LABELS.say(
                "check_sums", language, emissions=f"{emissions:,.2f}", gdp=f"{gdp:,.2f}",
                intensity=f"{emissions / gdp:.4f}", growth=f"{growth:.5f}",
            ),
            LABELS.say(
                "identity", language, sigma=per_cent(baseline.sigma), uniform=per_cent(baseline.uniform_rate),
                point=f"{baseline.point_worth:,.2f}",
            ),
            LABELS.say("reach", language, lowest=per_cent(self.reach.lowest), highest=per_cent(self.reach.highest)),
        ]  # fmt: skip
        if self.no_split is not None:
            lines += no_split_statements(self.no_split, language)
        else:
            lines.append(LABELS.say("target_reachable", language, target=per_cent(file.target)))
            if file.incentive is not None:
                target = per_cent(file.incentive.target)
                lines.append(LABELS.say("incentive_target_reachable", language, target=target))
        if self.scenario.sums is not None:
            lines += reconciliation_statements(self.scenario.sums, language)
        notes = filter(None, (energy_note(self.scenario), gdp_note(self.scenario)))
        lines += [note.say(language) for note in notes]
        if file.basis is not None:
            lines.append(LABELS.say("basis", language, basis=file.basis.say(language)))
        return lines

    def as_json(self) -> dict[str, Any]:
        """Return the result as JSON-ready values; rates are fractions."""
        baseline, sums = self.scenario.baseline, reconciliation_record(self.scenario)
        return {
            "schema_version": 1,
            "scenario": self.scenario.file.name,
            "regions": len(self.scenario.regions),
            "emissions_10kt": float(baseline.emissions.sum()),
            "gdp_100m_yuan": float(baseline.gdp.sum()),
            "target": baseline.target,
            "margin": baseline.margin,
            "sigma": baseline.sigma,
            "required": baseline.required,
            "uniform_rate": baseline.uniform_rate,
            "point_10kt": baseline.point_worth,
            "reach_lowest": self.reach.lowest,
            "reach_highest": self.reach.highest,
            "reachable": self.reachable,
            **({} if sums is None else {"reconciliation": sums.model_dump()}),
            "notices": [notice.as_json() for notice in self.notices],
        }


def check(scenario: Scenario) -> CheckResult:
    """Judge a scenario without splitting it.

    Raises
    ------
    InputError
        Indicators, weights or references that cannot be used.
    """
    targeting = target(scenario)
    within = reach(scenario.baseline, scenario.regions.lower, scenario.regions.upper)
    no_split = why_no_split(scenario, targeting, solver_rules(scenario.demands))
    return CheckResult(scenario, within, no_split, (*scenario.notices, *targeting.notices))


def no_split_statements(error: NoSplit, language: Language) -> list[str]:
    """Return why there is no split: by how much, who is at a bound, the smallest relaxation."""
    scenario, gap = error.scenario, error.gap
    baseline, regions = scenario.baseline, scenario.regions
    grid = per_cent(scenario.file.publish.grid, 4).rstrip("0").rstrip(".")
    if error.conflict is not None:
        return _conflict_statements(scenario, error.conflict, language)
    if error.incentive:
        return _no_incentive_statements(error, language)
    if gap is None:
        code = "no_split_grid" if scenario.file.publish.classes is None else "no_split_classes"
        return [LABELS.say(code, language, grid=grid), *_more_classes(error, language)]
    within = reach(baseline, regions.lower, regions.upper)
    high = gap.short > 0
    side = "upper" if high else "lower"
    lowest, highest = per_cent(within.lowest), per_cent(within.highest)
    comma = "、" if language == "zh" else ", "
    bounds = regions.upper if high else regions.lower
    named = [f"{name} {per_cent(bound)}%" for name, bound in zip(regions.labels(language), bounds, strict=True)]
    lines = [
        LABELS.say(
            "no_split_high" if high else "no_split_low", language,
            target=per_cent(scenario.file.target + scenario.file.margin), lowest=lowest, highest=highest,
            points=per_cent(abs(gap.short)), tonnes=f"{abs(gap.short) * 100 * baseline.point_worth:,.1f}",
        ),
        LABELS.say(f"who_{side}", language, regions=comma.join(named)),
    ]  # fmt: skip
    if gap.relaxation is None:
        lines.append(LABELS.say("relax_none", language))
    else:
        step = float(scenario.file.publish.grid)
        lines.append(
            LABELS.say(
                f"relax_{side}",
                language,
                points=per_cent(_up(abs(gap.relaxation), 1e-4)),
                on_grid=per_cent(_up(abs(gap.relaxation), step)),
                grid=grid,
            )
        )
    if high and scenario.incentive is not None and any(scenario.incentive.steps):
        lines.append(LABELS.say("steps_taken", language))
    margin = float(scenario.file.margin)
    if high:
        lines.append(LABELS.say("lower_target", language, highest=per_cent(-_up(margin - within.highest, 1e-4))))
    else:
        lines.append(LABELS.say("raise_target", language, lowest=per_cent(_up(within.lowest - margin, 1e-4))))
    return lines


def _more_classes(error: NoSplit, language: Language) -> list[str]:
    """Return how many classes would do, where given rates take classes of their own."""
    if error.classes is None:
        return []
    names = error.scenario.regions.labels(language)
    listed = ("、" if language == "zh" else ", ").join(names[n] for n in error.fixed)
    return [LABELS.say("no_split_more_classes", language, regions=listed, classes=error.classes)]


def _no_incentive_statements(error: NoSplit, language: Language) -> list[str]:
    """Return why there are no incentive rates: by how much, and what would end it."""
    file, worth = error.scenario.file, error.scenario.baseline.point_worth
    grid = per_cent(file.publish.grid, 4).rstrip("0").rstrip(".")
    if error.gap is None or file.incentive is None:
        return [LABELS.say("no_split_incentive_grid", language, grid=grid)]
    short, asked = error.gap.short, float(file.incentive.target)
    reached = asked + float(file.margin) - short
    lines = [
        LABELS.say(
            "no_split_incentive", language, target=per_cent(file.incentive.target + file.margin),
            highest=per_cent(reached), points=per_cent(_up(short, 1e-4)), tonnes=f"{short * 100 * worth:,.1f}",
        )
    ]  # fmt: skip
    if error.gap.relaxation is not None:
        points, on_grid = (per_cent(_up(error.gap.relaxation, s)) for s in (1e-4, float(file.publish.grid)))
        lines.append(LABELS.say("relax_upper", language, points=points, on_grid=on_grid, grid=grid))
    lines.append(LABELS.say("lower_incentive", language, highest=per_cent(-_up(short - asked, 1e-4))))
    return lines


def _conflict_statements(scenario: Scenario, conflict: Conflict, language: Language) -> list[str]:
    """Return which rules contradict each other, and the smallest change of each lever."""
    asked = {demand.id: demand for demand in scenario.demands}
    named = [
        LABELS.say("conflict_rule", language, rule=key, reason=asked[key].reason.say(language))
        for key in conflict.rules
    ]
    lines = [LABELS.say("conflict", language, rules=("、" if language == "zh" else ", ").join(named))]
    found = any(lever.change is not None for lever in conflict.levers)
    lines.append(LABELS.say("levers" if found else "levers_none", language))
    codes = {UPPER: "lever_upper", LOWER: "lever_lower", LESS: "lever_less", MORE: "lever_more"}
    for lever in conflict.levers:
        if isinstance(asked.get(lever.name), Protection):
            if lever.change is not None and (most := largest_protection(scenario)) is not None:
                lines.append("  · " + LABELS.say("lever_protect", language, change=f"{most.normalize():f}"))
        elif lever.change is not None:
            budget = isinstance(asked.get(lever.name), Budget)
            code = codes.get(lever.name, "lever_budget" if budget else "lever_rule")
            # shown rounded up, so that what is read is enough
            change = f"{_up(lever.change, 0.01):,.2f}" if budget else per_cent(_up(lever.change, 1e-4))
            lines.append("  · " + LABELS.say(code, language, rule=lever.name, change=change))
    return lines


def _up(value: float, step: float) -> float:
    """Return the smallest multiple of `step` not below `value`, forgiving the last digits of a double."""
    return math.ceil(value / step - 1e-9) * step
