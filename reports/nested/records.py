"""What is recorded of a level below: a region and its members, and the province by all leaves."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reports.nested.identity import Leaves, unchanged
from reports.planning.record import BelowRecord, TreeRecord
from reports.verifying.verification import Verification
from scenarios.load import Scenario


def below_record(
    scenario: Scenario, own: Verification, position: int, v: Verification, plan: str | None = None,
    digest: str | None = None,
) -> BelowRecord:  # fmt: skip
    """Return what is recorded of one region and its members.

    `own`: the judgement on the regions' rates; `v`: that on the rates of the region's members. `plan`, `digest`: its
    plan.json from that of the regions, and the seal of it.
    """
    printed = Fraction(own.rates[position])
    return BelowRecord(
        **scenario.regions.named(position),
        plan=plan,
        digest=digest,
        printed=float(printed),
        asked=float(v.target),
        implied=float(v.implied_reduction),
        sigma=float(v.sigma),
        uniform_rate=float(v.uniform_rate),
        unchanged=float(unchanged(printed, v.sigma)),
        coefficient=float(scenario.baseline.exact_coefficients[position]),
        overshoot_points=float(v.overshoot * 100),
        point_10kt=float(v.point_worth),
        members=len(v.rates),
        verdict="backed" if v.implied_reduction >= printed else "not_backed",
    )


def tree_record(own: Verification, leaves: Leaves, below: Sequence[BelowRecord]) -> TreeRecord:
    """Return what is recorded of a province by its leaves."""
    tonnes = leaves.point_10kt * 100
    return TreeRecord(
        implied_by_leaves=float(leaves.implied),
        sigma_leaves=float(leaves.sigma),
        uniform_rate=float(leaves.uniform),
        unchanged=float(leaves.unchanged),
        unchanged_10kt=float((leaves.unchanged - own.target - own.margin) * tonnes),
        overshoot_points=(float(own.overshoot * 100), float(leaves.over_of_leaves * 100)),
        overshoot_10kt=(float(own.overshoot_emissions), float(leaves.over_of_leaves * tonnes)),
        verdict="backed" if leaves.backed else "not_backed",
        not_backed=tuple(one.name for one in below if one.verdict == "not_backed"),
    )
