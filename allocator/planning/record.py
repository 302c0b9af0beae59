"""The record of a plan: what plan.json holds, put together from what was computed.

How a region gets to its rate r is split among structure, technique and substitution. With λ(x) = -ln(1 - x) the
effects of the three factors add up, so the part of factor k, in points that add up to r, is

    part_k = r λ(potential_k) / Σ_j λ(potential_j)
"""

from __future__ import annotations

import math
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, partial
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from allocator.planning.classes import outside, standing_notices
from allocator.planning.proof.certificate import Proved
from allocator.planning.proof.question import with_order
from allocator.planning.protection import protection_curve, usual_budgets
from allocator.planning.reference import Targeting
from allocator.planning.rules import deciding, effort
from allocator.planning.split import Answer
from allocator.planning.whatif import whatif_record
from reports.accounting.supplied import account_notes, account_record, account_sources
from reports.mapping.record import outline_records
from reports.planning.reasons import binding, holding_others, reason
from reports.planning.reconciliation import reconciliation_notes, reconciliation_record
from reports.planning.record import (
    AboveRecord,
    HoldRecord,
    IndicatorRecord,
    PlanRecord,
    ProtectionRecord,
    Provenance,
    RegionRecord,
    ScenarioRecord,
)
from reports.planning.sentences import province_record
from reports.planning.total import city_cap_records
from reports.planning.understood import asked_by_city
from reports.proving.question import QuestionRecord
from reports.records import in_both
from reports.verifying.verification import Verification
from reports.words import LABELS
from scenarios.load import Scenario
from scenarios.rules.kinds import Demand
from scenarios.rules.potentials import potentials
from scenarios.schema_types import Words
from scenarios.wording import LANGUAGES
from solvers.highs import version as highs_version
from solvers.printable.exact import GridTable
from solvers.problem import Split

Array = NDArray[np.float64]

_SAME_SCORE = 1e-12
"""By how much two scores may differ and still share a rank."""

_UNSAID = Words(zh="–", en="–")

_PACKAGES = ("carbon-target-allocator", "pyomo", "highspy", "pandas", "scikit-learn", "plotly", "numpy")


def plan_record(
    scenario: Scenario,
    targeting: Targeting,
    asked: QuestionRecord,
    proof: Proved,
    answer: Answer,
    rounding: GridTable,
    verification: Verification,
) -> PlanRecord:
    """Return everything that is published about a plan.

    `asked`, `proof`: its question, without what orders the table, and whether the computed rates are proved.
    `answer`, `rounding`: the computed and the published rates.
    """
    record = PlanRecord(
        scenario=_scenario_record(scenario),
        province=province_record(scenario, verification).model_copy(
            update={"decline": province_decline(scenario, verification)}
        ),
        indicators=_indicator_records(scenario, targeting),
        question=with_order(asked, scenario, targeting, answer.split, rounding),
        regions=_region_records(scenario, targeting, answer.split, rounding, verification),
        notices=(
            *(in_both(finding.say) for finding in (*scenario.notices, *targeting.notices)),
            *standing_notices(scenario, rounding),
        ),
        provenance=Provenance(
            inputs={source.name: source.sha256 for source in scenario.inputs},
            versions=_versions(),
            options=scenario.overrides,
            solver={
                **answer.facts(),
                **_solver_facts(rounding),
                **_protected_facts(scenario),
                **asdict(effort(scenario)),
                "proof": proof.why or "found",
            },
            created=datetime.now(UTC).isoformat(timespec="seconds"),
        ),
        protection=_protection_records(scenario),
        above=_above_record(scenario),
        whatif=whatif_record(scenario, targeting) if _by_itself(scenario) else None,
    )
    return _with_reasons(record, scenario, _unbounded(targeting, answer.split))


def _by_itself(scenario: Scenario) -> bool:
    """Return whether a page can split it again: of an intensity, its regions scored among themselves."""
    return not scenario.measured.stands_alone and scenario.among is None


def _above_record(scenario: Scenario) -> AboveRecord | None:
    """Return where the target was handed down from; None where it is the scenario's own."""
    above = scenario.above
    if above is None:
        return None
    return AboveRecord(
        scenario=above.scenario or None,
        table=above.source.name,
        region=above.region,
        rate=float(above.rate),
        digest=above.digest or None,
    )


@cache
def _versions() -> dict[str, str]:
    """Return the versions of what the result was computed with."""
    packages = {name: version(name) for name in _PACKAGES}
    return {**packages, "HiGHS": highs_version(), "python": platform.python_version()}


def _scenario_record(scenario: Scenario) -> ScenarioRecord:
    file = scenario.file
    return ScenarioRecord.of(
        file,
        **{"quantity": None, "unit": None, **scenario.measured.told},
        base_year=file.period.base,
        end_year=file.period.end,
        grid=float(file.publish.grid),
        publish=file.publish.printed,
        reference_map=file.reference.map,
        spread=None if file.reference.spread is None else float(file.reference.spread),
        deviation=file.reference.deviation,
        **_path(scenario),
        notes=(
            *file.notes,
            *account_notes(scenario),
            *reconciliation_notes(scenario),
        ),
        sources=(*file.sources, *account_sources(scenario)),
        energy=account_record(scenario),
        reconciliation=reconciliation_record(scenario),
    )


def _path(scenario: Scenario) -> dict[str, object]:
    """Return by which path the years lead to the targets; nothing of the geometric one."""
    track = scenario.file.track
    if track is None or track.path == "geometric":
        return {}
    return {"path": track.path, "path_weights": tuple(map(float, track.weights)) or None}


def _indicator_records(scenario: Scenario, targeting: Targeting) -> tuple[IndicatorRecord, ...]:
    records = []
    for n, (criterion, key) in enumerate(targeting.indicators.keys):
        group = scenario.file.criteria[criterion]
        indicator = group.indicators[key]
        records.append(
            IndicatorRecord.of(
                indicator,
                key=key,
                criterion=criterion,
                label=indicator.label or Words(zh=key, en=key),
                criterion_label=group.label or Words(zh=criterion, en=criterion),
                unit=scenario.regions.units.get(indicator.column, ""),
                within=group.within,
                criterion_weight=targeting.weights.criteria[criterion],
                weight=float(targeting.weights.total[n]),
                criterion_stated=float(group.weight),
                stated=None if indicator.weight is None else float(indicator.weight),
                inside=float(targeting.weights.within[n]),
            )
        )
    return tuple(records)


def _solver_facts(rounding: GridTable) -> dict[str, bool | float | int]:
    """Return what the search for publishable rates has to say."""
    if rounding.numbers is not None:
        return {"classes_gap": rounding.gap, "tightest": rounding.tightest}
    facts = {"rounding_gap": rounding.gap, "tightest": rounding.tightest}
    return {"grid_steps_beyond_neighbours": rounding.widened, **facts}


def _protected_facts(scenario: Scenario) -> dict[str, float]:
    """Return for how many regions the split is protected, where it is."""
    protection = scenario.protection
    return {} if protection is None else {"protected_regions": float(protection.budget)}


def _protection_records(scenario: Scenario) -> tuple[ProtectionRecord, ...] | None:
    """Return the price of protection, where it is asked for."""
    protection = scenario.protection
    if protection is None:
        return None
    return protection_curve(scenario, usual_budgets(scenario, protection.budget))


def _region_records(
    scenario: Scenario,
    targeting: Targeting,
    split: Split,
    rounding: GridTable,
    verification: Verification,
) -> tuple[RegionRecord, ...]:
    regions, intensity = scenario.regions, scenario.baseline.intensity
    ranks = _ranks(targeting.scores)
    problem = targeting.problem
    held = deciding(problem, targeting.demands, split.rates, effort(scenario))
    parts, holds = declines(scenario, verification.rates), _holds(held, targeting.demands)
    against, asked = outside(rounding), asked_by_city(scenario.notices)
    caps, outlines = city_cap_records(scenario, verification), outline_records(scenario)
    records = []
    for n in range(len(regions)):
        rate, published = float(split.rates[n]), float(verification.rates[n])
        lower, upper = float(regions.lower[n]), float(regions.upper[n])
        records.append(
            RegionRecord(
                **regions.named(n),
                emissions_10kt=float(regions.emissions[n]),
                gdp_100m_yuan=float(regions.gdp[n]),
                growth=float(regions.growth[n]),
                intensity=float(intensity[n]),
                target_intensity=float(intensity[n] * (1 - published)),
                score=float(targeting.scores[n]),
                rank=ranks[n],
                reference_rate=float(targeting.problem.reference[n]),
                rate=rate,
                published_rate=published,
                class_=None if rounding.numbers is None else rounding.numbers[n],
                outside_order=n in against,
                lower=lower,
                upper=upper,
                binding=binding(rate, float(problem.lower[n]), float(problem.upper[n])),
                rules=tuple(demand.id for demand in held[n]),
                holds=holds[n],
                contribution=float(verification.contributions[n]) if verification.contributions else 0.0,
                normalised=tuple(targeting.indicators.normalised[n].tolist()),
                values=tuple(targeting.indicators.values[n].tolist()),
                effects=tuple(targeting.effects[n].tolist()),
                reason=_UNSAID,
                decline=None if parts is None else parts[n],
                last_rate=None if scenario.last is None else float(scenario.last[n]),
                cap=caps[n],
                asked=asked.get(regions.names[n]),
                outline=outlines[n],
                base_share=None if scenario.share is None else float(scenario.share.shares[n]),
            )
        )
    return tuple(records)


def _holds(held: Sequence[tuple[Demand, ...]], asked: Sequence[Demand]) -> list[tuple[HoldRecord, ...] | None]:
    """Return what holds each region besides its bounds; an agreed rate does even where it would be the same without."""
    found = [{demand.id: demand for demand in own} for own in held]
    for demand in (each for each in asked if each.holds != "rule"):
        for n in demand.limits()[0]:
            found[n][demand.id] = demand
    return [tuple(map(_hold, own.values())) or None for own in found]


def _hold(demand: Demand) -> HoldRecord:
    plain = demand.reason == in_both(partial(LABELS.say, "fix_reason"))
    return HoldRecord(id=demand.id, kind=demand.holds, reason=None if plain else demand.reason)


def _with_reasons(record: PlanRecord, scenario: Scenario, free: Array) -> PlanRecord:
    """Return the record with a reason for each region, which is said last because it rests on all the rest."""
    others = holding_others(record)
    times, regions = 1.0, []
    if scenario.caps is not None:
        from reports.planning.caps import cap_times

        times = cap_times(record)
    for region, rate in zip(record.regions, free.tolist(), strict=True):
        zh, en = (reason(region, record, rate, others, language, times) for language in LANGUAGES)
        regions.append(region.model_copy(update={"reason": Words(zh=zh, en=en)}))
    return record.model_copy(update={"regions": tuple(regions)})


def _ranks(scores: Array) -> list[int]:
    """Return the rank of each score, highest first; scores that are equal but for rounding errors share one."""
    rising = np.sort(scores)
    ranks: list[int] = (scores.size - np.searchsorted(rising, scores + _SAME_SCORE, side="right") + 1).tolist()
    return ranks


def _unbounded(targeting: Targeting, split: Split) -> Array:
    """Return where each region would stand if only the common adjustment moved it, shape (n,)."""
    p = targeting.problem
    moves = (split.rates - p.reference) / p.scale
    inside = (split.rates > p.lower + 1e-9) & (split.rates < p.upper - 1e-9)
    common = float(np.median(moves[inside])) if inside.any() else 0.0
    return np.asarray(p.reference + common * p.scale, dtype=float)


def log_shares(shares: Mapping[str, Decimal]) -> dict[str, float]:
    """Return the share of each factor, in proportion to λ of its potential, adding up to one.

    Factors with a potential of one share alike; so do all where no factor has any.
    """
    whole = [factor for factor, share in shares.items() if share == 1]
    if whole or not any(shares.values()):
        among = whole or list(shares)
        return {factor: 1 / len(among) if factor in among else 0.0 for factor in shares}
    logs = {factor: -math.log1p(-float(share)) for factor, share in shares.items()}
    total = sum(logs.values())
    return {factor: value / total for factor, value in logs.items()}


def declines(scenario: Scenario, rates: Sequence[Decimal]) -> list[dict[str, float]] | None:
    """Return what each factor gives of each rate, fractions that add up to it; None without potentials."""
    known = potentials(scenario.file, scenario.regions)
    if known is None:
        return None
    return [
        {factor: share * float(rate) for factor, share in log_shares(shares).items()}
        for shares, rate in zip(known, rates, strict=True)
    ]


def province_decline(scenario: Scenario, verification: Verification) -> dict[str, float] | None:
    """Return the province's split, weighted by a_i r_i: fractions that add up to its implied reduction."""
    parts = declines(scenario, verification.rates)
    weighted = float(verification.weighted_sum)
    if parts is None or weighted == 0:
        return None
    scale = float(verification.implied_reduction) / weighted
    weights = scenario.baseline.coefficients.tolist()
    return {k: scale * sum(a * part[k] for a, part in zip(weights, parts, strict=True)) for k in parts[0]}
