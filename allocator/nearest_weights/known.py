"""Finding the nearest weights: exactly where there is a form, else by search; and the nearest rate where none do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from allocator.planning.rules import effort
from allocator.sweeping.answers import NoRates, Rates, beyond, exactly_under, nearest_under, rates_under, stability
from allocator.sweeping.designs import dirichlet
from allocator.sweeping.job import Prepared
from solvers.objectives.nearest_weights import Change, Exactly
from solvers.problem import OutOfTime

Array = NDArray[np.float64]

HAIR = 1e-12
"""By how much a rate may be beyond the one asked for and still be there."""
NEAR = 1e-4
"""To what the nearest rate that can be had is known: a hundredth of a point."""
_DRAWN, _FEW = 2048, 64
_FARTHER = (1e-5, 1e-4, 1e-3, 1e-2)


@dataclass(frozen=True, eq=False)
class Asked:
    """A rate asked for one region."""

    prepared: Prepared
    member: int  # The region's position
    threshold: float  # The rate
    up: bool  # Whether at least; at most otherwise

    @cached_property
    def plan(self) -> Array:
        """The plan's criterion weights, shape (k,)."""
        return self.prepared.job.chain.province.criteria

    @cached_property
    def rates(self) -> Rates:
        """The region's rates under weights, shape (1, cases); that of the plan where weights have no split."""
        whole, member = rates_under(self.prepared.job), self.member
        own = float(self.prepared.plan.split.rates[member])

        def rates(weights: Array) -> Array:
            try:
                return whole(weights)[member : member + 1]
            except NoRates:
                if weights.shape[1] == 1:
                    return np.full((1, 1), own)
            middle = weights.shape[1] // 2
            return np.concatenate([rates(weights[:, :middle]), rates(weights[:, middle:])], axis=1)

        return rates

    @cached_property
    def exactly(self) -> Exactly | None:
        """The exact forms; None where rules leave none."""
        problem, job = self.prepared.plan.targeting.problem, self.prepared.job
        near = nearest_under(job, problem, rates_under(job))
        shares = problem.coefficients / problem.coefficients.sum()
        return None if near is None else exactly_under(job, near, shares, effort(self.prepared.scenario))

    def there(self, rate: float) -> bool:
        """Return whether a rate is what is asked for."""
        return rate >= self.threshold - HAIR if self.up else rate <= self.threshold + HAIR

    def rate(self, weights: Array) -> float:
        """Return the region's rate under some weights, shape (k,)."""
        return float(self.rates(weights[:, None])[0, 0])

    def just_beyond(self, weights: Array) -> Array | None:
        """Return weights a little farther than those found at which the rate is there; None where it is not."""
        farther = (beyond(self.plan, weights, more) for more in _FARTHER)
        return next((tried for tried in farther if self.there(self.rate(tried))), None)

    def nearest(self) -> tuple[Change | None, bool, bool]:
        """Return the smallest change, whether all weights were looked at for it, and whether the time was up."""
        if self.exactly is None:
            return self._searched(), False, False
        try:
            found = self.exactly.passing(self.member, self.threshold, self.up)
        except OutOfTime:
            return self._searched(), False, True
        if found is None or self.just_beyond(found.weights) is not None:
            return found, True, found is not None and found.lower < found.shift
        return self._searched(), False, False

    def _searched(self) -> Change | None:
        slow = bool(self.prepared.job.demands)
        radius = stability(self.rates, self.plan, np.array([self.threshold]), slow)[0]
        return None if radius is None else Change(radius.shift, 0.0, radius.weights)

    def nearest_rate(self) -> tuple[float, Array, bool]:
        """Return the rate nearest to the one asked for that weights give, these weights, and whether that is proved."""
        few = _FEW if self.prepared.job.demands else _DRAWN
        k = self.plan.size
        drawn = dirichlet(np.random.default_rng(0).random((k, few)), np.ones(k))
        tried = np.column_stack([self.plan, np.eye(k), drawn])
        rates = self.rates(tried)[0]
        best = int(rates.argmax() if self.up else rates.argmin())
        return self._bettered(float(rates[best]), tried[:, best])

    def _bettered(self, rate: float, weights: Array) -> tuple[float, Array, bool]:
        """Move a rate that can be had towards the one asked for until a hundredth of a point is out of reach."""
        if self.exactly is None:
            return rate, weights, False
        out, step = self.threshold, NEAR if self.up else -NEAR
        while abs(rate - out) > NEAR:
            # a hundredth first: points drawn are mostly as near as that
            tried = rate + step if abs(step) <= NEAR else (rate + out) / 2
            try:
                found = self.exactly.passing(self.member, tried, self.up)
            except OutOfTime:
                return rate, weights, False
            better = None if found is None else self.rate(found.weights)
            if found is None or better is None or (better <= rate if self.up else better >= rate):
                out, step = tried, 2 * step
            else:
                rate, weights, step = better, found.weights, 2 * step
        return rate, weights, True
