"""The main job: score, solve, round, verify; one direction, no way back."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version
from typing import cast

import numpy as np
from numpy.typing import NDArray

from allocator.decline import declines, province_decline
from allocator.grouping import class_order
from allocator.protection import asked, protection_curve, usual_budgets
from allocator.rules import holding, solver_rules
from allocator.target import Targeting, target
from reports.reasons import Argument, binding, reason
from reports.record import (
    Binding,
    IndicatorRecord,
    PlanRecord,
    ProtectionRecord,
    Provenance,
    RegionRecord,
    ScenarioRecord,
)
from reports.statements import province_record
from reports.verification import Verification, verify_rates
from scenarios.demands import Between, Held
from scenarios.errors import Finding
from scenarios.load import Scenario
from scenarios.schema_types import Words
from scenarios.wording import LANGUAGES, Language
from solvers.classes import Classing, ClassLimits, classify
from solvers.conflicts import Conflict, conflict
from solvers.diagnosis import Gap, gap
from solvers.highs import version as highs_version
from solvers.leximin import leximin
from solvers.model import Rule
from solvers.problem import Infeasible, SolverFailure, Split, SplitProblem
from solvers.rounding import Rounding, round_rates
from solvers.waterfill import waterfill

Array = NDArray[np.float64]

RATE_LIMIT = 0.99
"""No bound is relaxed beyond this rate."""

CLOSED_FORM_TOLERANCE = 1e-6
"""By how much a computed rate may differ from the closed form's: a ten-thousandth of a point."""

_PACKAGES = ("carbon-target-allocator", "pyomo", "highspy", "pandas", "scikit-learn", "plotly", "numpy")


class NoSplit(Exception):  # noqa: N818  (an answer, not an error)
    """No split can satisfy bounds and rules.

    Parameters
    ----------
    scenario
        What was asked.
    gap
        How far the target is out of reach of the bounds, in the weighted sum; None when it is within.
    conflict
        Which rules contradict each other, and what would end it; None when it is not the rules.
        Without gap and conflict the grid alone is at fault.
    """

    def __init__(self, scenario: Scenario, gap: Gap | None, conflict: Conflict | None = None) -> None:
        self.scenario = scenario
        self.gap = gap
        self.conflict = conflict
        super().__init__("no split satisfies bounds, rules and target")


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan in memory.

    Parameters
    ----------
    scenario
        What was asked.
    targeting
        Scores and reference rates.
    split
        The computed rates.
    rounding
        The published rates, rounded one by one or in classes.
    verification
        The judgement on the published rates.
    record
        The same as plan.json holds it.
    """

    scenario: Scenario
    targeting: Targeting
    split: Split
    rounding: Rounding | Classing
    verification: Verification
    record: PlanRecord

    @property
    def published(self) -> tuple[Decimal, ...]:
        """The published rates, exact, in the order of the scenario's regions."""
        return self.verification.rates


def plan(scenario: Scenario) -> Plan:
    """Split the provincial target of a scenario.

    Raises
    ------
    InputError
        Indicators, weights or reference cannot be used.
    NoSplit
        The target is out of reach within the bounds, by the rules, or on the grid.
    SolverFailure
        HiGHS gave no answer.
    """
    targeting = target(scenario)
    rules = solver_rules(scenario.demands)
    reason = why_no_split(scenario, targeting, rules)
    if reason is not None:
        raise reason
    split = leximin(targeting.problem, tuple(rules.values()))
    if not rules:
        _cross_check(targeting.problem, split)
    held = {demand.id for demand in scenario.demands if isinstance(demand, Held)}  # printed as before, by bounds
    rounding = _publishable(scenario, targeting, split, {key: rule for key, rule in rules.items() if key not in held})
    published = tuple(_decimal(rate) for rate in rounding.rates)
    verification = verify_rates(scenario, published)
    record = _record(scenario, targeting, split, rounding, verification)
    return Plan(scenario, targeting, split, rounding, verification, record)


def _cross_check(problem: SplitProblem, split: Split) -> None:
    """Hold the solver's answer against the closed form; they may differ by rounding errors only."""
    off = float(np.abs(waterfill(problem).rates - split.rates).max())
    if off > CLOSED_FORM_TOLERANCE:
        raise SolverFailure(f"linear program and closed form differ by {off:.1e}")


def why_no_split(scenario: Scenario, targeting: Targeting, rules: Mapping[str, Rule]) -> NoSplit | None:
    """Return why there is no split, reach before rules, or None when there is one."""
    limit = (-RATE_LIMIT, RATE_LIMIT)
    distance = gap(targeting.problem, limit)
    if distance is not None:
        return NoSplit(scenario, distance)
    contradiction = conflict(targeting.problem, rules, limit) if rules else None
    return None if contradiction is None else NoSplit(scenario, None, contradiction)


def _publishable(
    scenario: Scenario, targeting: Targeting, split: Split, rules: Mapping[str, Rule]
) -> Rounding | Classing:
    """Return the computed rates on the scenario's grid, or in classes, within bounds and rules."""
    baseline, publish = scenario.baseline, scenario.file.publish
    coefficients, required, grid = baseline.exact_coefficients, baseline.exact_required, Fraction(publish.grid)
    lower, upper = _narrowed(scenario)
    rates = _before_rounding(scenario, split)
    try:
        if publish.classes is None:
            return round_rates(
                rates, coefficients, required, grid, lower, upper, tuple(rules.values())
            )  # fmt: skip
        order, most = class_order(scenario, targeting.scores)
        limits = ClassLimits(most, publish.smallest_class, publish.time_limit)
        return classify(
            rates, order, coefficients, required, grid, lower, upper, limits, tuple(rules.values())
        )  # fmt: skip
    except Infeasible:
        raise NoSplit(scenario, None) from None


def _before_rounding(scenario: Scenario, split: Split) -> Array:
    """Return the rates to round: the computed ones, but the printed ones of regions that keep theirs."""
    rates = split.rates.copy()
    for demand in scenario.demands:
        if isinstance(demand, Held):
            rates[list(demand.floors)] = [float(value) for value in demand.floors.values()]
    return rates


def _narrowed(scenario: Scenario) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """Return the bounds with the floors and ceilings of the rules folded in."""
    lower, upper = list(map(Fraction, scenario.regions.lower)), list(map(Fraction, scenario.regions.upper))
    for demand in scenario.demands:
        if isinstance(demand, Between):
            for n, value in demand.floors.items():
                lower[n] = max(lower[n], value)
            for n, value in demand.ceilings.items():
                upper[n] = min(upper[n], value)
    return tuple(lower), tuple(upper)


def _decimal(rate: Fraction) -> Decimal:
    """Return a multiple of a decimal grid as a decimal, exactly."""
    return Decimal(rate.numerator) / Decimal(rate.denominator)


def _record(
    scenario: Scenario, targeting: Targeting, split: Split, rounding: Rounding | Classing, verification: Verification
) -> PlanRecord:
    return PlanRecord(
        scenario=_scenario_record(scenario),
        province=province_record(scenario, verification).model_copy(
            update={"decline": province_decline(scenario, verification)}
        ),
        indicators=_indicator_records(scenario, targeting),
        regions=_region_records(scenario, targeting, split, rounding, verification),
        notices=tuple(_words(finding) for finding in (*scenario.notices, *targeting.notices)),
        provenance=Provenance(
            inputs={source.name: source.sha256 for source in scenario.inputs},
            versions={
                **{name: version(name) for name in _PACKAGES},
                "HiGHS": highs_version(),
                "python": platform.python_version(),
            },
            options=scenario.overrides,
            solver={"linear_programs": split.stages, **_solver_facts(rounding), **_protected_facts(scenario)},
            created=datetime.now(UTC).isoformat(timespec="seconds"),
        ),
        protection=_protection_records(scenario),
    )


def _words(finding: Finding) -> Words:
    return Words(zh=finding.say("zh"), en=finding.say("en"))


def _scenario_record(scenario: Scenario) -> ScenarioRecord:
    file = scenario.file
    return ScenarioRecord(
        name=file.name,
        title=file.title,
        base_year=file.period.base,
        end_year=file.period.end,
        grid=float(file.publish.grid),
        reference_map=file.reference.map,
        spread=None if file.reference.spread is None else float(file.reference.spread),
        deviation=file.reference.deviation,
        basis=file.basis,
        notes=file.notes,
        sources=file.sources,
    )


def _indicator_records(scenario: Scenario, targeting: Targeting) -> tuple[IndicatorRecord, ...]:
    records = []
    for n, (criterion, key) in enumerate(targeting.indicators.keys):
        group = scenario.file.criteria[criterion]
        indicator = group.indicators[key]
        records.append(
            IndicatorRecord(
                key=key,
                criterion=criterion,
                label=indicator.label or Words(zh=key, en=key),
                criterion_label=group.label or Words(zh=criterion, en=criterion),
                column=indicator.column,
                unit=scenario.regions.units.get(indicator.column, ""),
                direction=indicator.direction,
                normaliser=indicator.normaliser,
                within=group.within,
                criterion_weight=targeting.weights.criteria[criterion],
                weight=float(targeting.weights.total[n]),
            )
        )
    return tuple(records)


def _solver_facts(rounding: Rounding | Classing) -> dict[str, float | int | str]:
    """Return what the search for publishable rates has to say."""
    if isinstance(rounding, Classing):
        return {"classes_gap": rounding.gap}
    return {"grid_steps_beyond_neighbours": rounding.widened}


def _protected_facts(scenario: Scenario) -> dict[str, float]:
    """Return for how many regions the split is protected, where it is."""
    protection = asked(scenario)
    return {} if protection is None else {"protected_regions": float(protection.budget)}


def _protection_records(scenario: Scenario) -> tuple[ProtectionRecord, ...] | None:
    """Return the price of protection, where it is asked for."""
    protection = asked(scenario)
    if protection is None:
        return None
    return tuple(
        ProtectionRecord(
            budget=float(price.budget),
            overshoot_points=price.overshoot_points,
            overshoot_10kt=price.overshoot_emissions,
        )
        for price in protection_curve(scenario, usual_budgets(scenario, protection.budget))
    )


def _region_records(
    scenario: Scenario,
    targeting: Targeting,
    split: Split,
    rounding: Rounding | Classing,
    verification: Verification,
) -> tuple[RegionRecord, ...]:
    regions, baseline, problem = scenario.regions, scenario.baseline, targeting.problem
    order = np.argsort(np.argsort(-targeting.scores, kind="stable"), kind="stable") + 1
    free = _unbounded(targeting, split)
    intensity = baseline.intensity
    held = holding(scenario.demands, split.rates.tolist())
    parts = declines(scenario, verification.rates)
    records = []
    for n in range(len(regions)):
        rate, published = float(split.rates[n]), float(verification.rates[n])
        lower, upper = float(regions.lower[n]), float(regions.upper[n])
        words = {
            language: reason(
                Argument(
                    name=regions.labels(language)[n],
                    score=float(targeting.scores[n]),
                    rank=int(order[n]),
                    n=len(regions),
                    uniform=float(verification.uniform_rate),
                    reference=float(problem.reference[n]),
                    free=float(free[n]),
                    rate=rate,
                    published=published,
                    lower=lower,
                    upper=upper,
                    grid=float(scenario.file.publish.grid),
                    effects=_named_effects(scenario, targeting, n, language),
                    share=float(verification.contributions[n]),
                    class_number=rounding.numbers[n] if isinstance(rounding, Classing) else None,
                    rules=[(demand.id, demand.reason.say(language)) for demand in held[n]],
                ),
                language,
            )
            for language in LANGUAGES
        }
        records.append(
            RegionRecord(
                id=regions.ids[n],
                name=regions.names[n],
                name_en=regions.names_en[n],
                emissions_10kt=float(regions.emissions[n]),
                gdp_100m_yuan=float(regions.gdp[n]),
                growth=float(regions.growth[n]),
                intensity=float(intensity[n]),
                target_intensity=float(intensity[n] * (1 - published)),
                score=float(targeting.scores[n]),
                rank=int(order[n]),
                reference_rate=float(problem.reference[n]),
                rate=rate,
                published_rate=published,
                class_=rounding.numbers[n] if isinstance(rounding, Classing) else None,
                lower=lower,
                upper=upper,
                binding=cast(Binding, binding(rate, lower, upper)),
                rules=tuple(demand.id for demand in held[n]),
                contribution=float(verification.contributions[n]),
                normalised=tuple(targeting.indicators.normalised[n].tolist()),
                effects=tuple(targeting.effects[n].tolist()),
                reason=Words(**words),
                decline=None if parts is None else parts[n],
            )
        )
    return tuple(records)


def _unbounded(targeting: Targeting, split: Split) -> Array:
    """Return where each region would stand if only the common adjustment moved it, shape (n,)."""
    p = targeting.problem
    moves = (split.rates - p.reference) / p.scale
    inside = (split.rates > p.lower + 1e-9) & (split.rates < p.upper - 1e-9)
    common = float(np.median(moves[inside])) if inside.any() else 0.0
    return np.asarray(p.reference + common * p.scale, dtype=float)


def _named_effects(scenario: Scenario, targeting: Targeting, n: int, language: Language) -> Sequence[tuple[str, float]]:
    """Return (indicator name, effect) pairs of one region."""
    names = []
    for criterion, key in targeting.indicators.keys:
        label = scenario.file.criteria[criterion].indicators[key].label
        names.append(label.say(language) if label else key)
    return list(zip(names, targeting.effects[n].tolist(), strict=True))
