"""How a region gets to its rate: the split among structure, technique and substitution.

With λ(x) = -ln(1 - x) the effects of the three factors add up. A rate r is split among them in
proportion to the λ of their potentials, and shown in points that add up to r:

    part_k = r λ(potential_k) / Σ_j λ(potential_j)
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

from reports.verifying.verification import Verification
from scenarios.load import Scenario
from scenarios.rules.potentials import potentials


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
