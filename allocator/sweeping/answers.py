"""What the weights do to each region, apart from the samples.

- Stability radius: the smallest change of criterion weights that moves a region to another
  class. A change is measured by the weight that changes hands, Σ|Δw|/2. Exact as far as no bound
  can bind (`solvers.nearest`); beyond that it lies between what is certain and what a search found.
- Swings: one weight half-way to nothing and half-way to everything, the others in proportion.
- Sobol indices: the share of a region's variance that one criterion's raw weight explains,
  alone and with all its interactions. The raw weights are independent; scaled to add up to one
  they are evenly spread over all weights. (scipy.stats.sobol_indices is the same, and is what
  the tests hold it against: importing it takes longer than the whole of this.)
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from allocator.sweeping.designs import Given, dirichlet, sobol_engine
from allocator.sweeping.job import Job
from allocator.sweeping.options import WEIGHTS
from solvers.effort import Effort
from solvers.nearest import Law, Nearest
from solvers.objectives.nearest_weights import Clipped, Exactly
from solvers.problem import OutOfTime, SplitProblem

Array = NDArray[np.float64]
Rates = Callable[[Array], Array]
"""Criterion weights, shape (k, cases), to rates, shape (n, cases)."""

_DIRECTIONS, _STEPS, _TRIES, _ROUNDS, _HALVINGS = 720, 96, 24, 4, 24
_FEW = (24, 12, 0, 0, 12)
"""The same where every split is a sequence of linear programs."""
_CELLS = 4_000_000
"""Rates looked at together."""
_AT_FIRST = 512
"""Points looked at before it is known how many rates each has."""
_SOBOL, _SOBOL_CELLS = 4096, 1_500_000
_SOBOL_FEW = 64
_SAME = 1e-12
_AGREE = 1e-9
"""By how much the closed form may differ from a split that no bound touches."""
_BEYOND = 1e-5
"""How much farther than a radius a class is looked at, relative to it."""


class NoRates(Exception):  # noqa: N818
    """Some weights have no split."""


def rates_under(job: Job) -> Rates:
    """Return the function from criterion weights to rates, everything else as in the plan.

    It raises `NoRates` where a reference rate is not above zero or the target is out of reach.
    """

    def rates(weights: Array) -> Array:
        chain = replace(job.chain, over=(WEIGHTS,), design=Given(weights))
        parts = []
        for first in range(0, weights.shape[1], job.block):
            last = min(first + job.block, weights.shape[1])
            samples = chain.samples(np.empty((0, last - first)), first)
            found, reached = replace(job, chain=chain).rates(samples)
            if samples.refused or not reached.all():
                raise NoRates
            parts.append(found.copy())
        return np.concatenate(parts, axis=1)

    return rates


def nearest_under(job: Job, problem: SplitProblem, rates: Rates) -> Nearest | None:
    """Return the closed form of the nearest weights; None where rules or the map leave none.

    It is taken only where its rates are those of the splits at the plan and at drawn weights.
    """
    p = job.chain.province
    if job.demands or job.groups or job.at_least or p.map == "uniform" or p.criteria.size < 2:
        return None
    parts = p.tables[0] * p.within[0]
    scores = np.column_stack([parts[:, p.criterion_of == c].sum(axis=1) for c in range(p.criteria.size)])
    shares = problem.coefficients / problem.coefficients.sum()
    uniform = problem.total / float(problem.coefficients.sum())
    near = Nearest(Law(scores, shares @ scores, uniform, p.spread if p.map == "linear" else None), p.criteria)
    tried, split = _tried(p.criteria, rates)
    alone = near.law.rates(tried)
    inside = ((alone >= p.lower[:, None]) & (alone <= p.upper[:, None])).all(axis=0)
    same = not inside.any() or float(np.abs(alone - split)[:, inside].max()) <= _AGREE
    return near if near.known and same else None


def _tried(plan: Array, rates: Rates) -> tuple[Array, Array]:
    """Return the plan's weights and drawn ones with their splits; the plan's alone where others have none."""
    drawn = dirichlet(np.random.default_rng(0).random((plan.size, 64)), np.ones(plan.size))
    tried = np.column_stack([plan, drawn])
    try:
        return tried, rates(tried)
    except NoRates:
        return plan[:, None], rates(plan[:, None])


def exactly_under(job: Job, near: Nearest, shares: Array, effort: Effort) -> Exactly:
    """Return the exact nearest weights within the bounds of a job.

    `near`: as of `nearest_under`. `shares`: a/Σa of the backing row, shape (n,).
    """
    p = job.chain.province
    return Exactly(near, Clipped(near.law, shares, p.lower, p.upper, p.relative), effort)


@dataclass(frozen=True, eq=False)
class Radius:
    """The smallest change of weights that moves a region to another class."""

    shift: float  # Weight that changes hands, fraction; enough, and the least where `lower` is the same
    weights: Array  # Shape (k,)
    above: int  # Number of thresholds below the region's rate there
    lower: float = 0.0  # With less weight than this the region certainly stays in its class


def certified(
    found: list[Radius | None], near: Nearest, rates: Rates, thresholds: Array, lower: Array, upper: Array,
    exactly: Exactly | None = None,
) -> list[Radius | None]:  # fmt: skip
    """Return stability radii with what the closed form says about them.

    Up to the nearest weights at which a bound binds the closed form is the split: a radius within
    is exact, and what lies beyond is not below that distance.

    `near`: the closed form, from the plan's weights.
    `rates`, `thresholds`: as in `stability`.
    `lower`, `upper`: bounds, shape (n,).
    `exactly`: where given, what the closed form leaves open is asked of the integer program.
    """
    plan = near.start
    base = _classes_at(rates, plan[:, None], thresholds)[:, 0]
    free = near.free(lower, upper)
    made = [
        _certified(region, found[region], near, rates, thresholds, int(base[region]), free)
        for region in range(base.size)
    ]
    if exactly is None or np.isinf(free):
        return made
    return [
        radius if radius is not None and radius.shift <= free
        else _exact(region, radius, exactly, rates, thresholds, int(base[region]))
        for region, radius in enumerate(made)
    ]  # fmt: skip


def _exact(
    region: int, known: Radius | None, exactly: Exactly, rates: Rates, thresholds: Array, own: int
) -> Radius | None:
    """Return the radius by the integer program; what is known where it finds no better, or is not done in time."""
    most = None if known is None else known.shift
    ends = [(float(thresholds[own - 1]), False)] if own else []
    ends += [(float(thresholds[own]), True)] if own < thresholds.size else []
    best, lower = known, math.inf if most is None else most
    for threshold, up in ends:
        if up and threshold >= exactly.rates.upper[region]:
            continue
        try:
            change = exactly.passing(region, threshold, up, most)
        except OutOfTime:
            return known
        if change is None:
            continue
        lower = min(lower, change.lower)
        there = int(_classes_at(rates, beyond(exactly.near.start, change.weights)[:, None], thresholds)[region, 0])
        if there != own and (best is None or change.shift < best.shift):
            best = Radius(change.shift, change.weights, there)
    return None if best is None else replace(best, lower=max(min(lower, best.shift), 0.0))


def beyond(start: Array, weights: Array, more: float = _BEYOND) -> Array:
    """Return weights a little farther from a start than some weights, shape (k,)."""
    farther = np.maximum(start + (weights - start) * (1 + more), 0)
    return np.asarray(farther / farther.sum())


def _certified(
    region: int, searched: Radius | None, near: Nearest, rates: Rates, thresholds: Array, own: int, free: float
) -> Radius | None:
    """Return the better of search and closed form, with the lower bound."""
    ends = [near.passing(region, float(thresholds[own - 1]), up=False)] if own else []
    ends += [near.passing(region, float(thresholds[own]), up=True)] if own < thresholds.size else []
    reached = [end for end in ends if end is not None]
    least = min((shift for shift, _ in reached), default=math.inf)
    best = searched
    for shift, weights in sorted(reached, key=lambda end: end[0]):
        if best is not None and shift >= best.shift:
            break
        there = int(_classes_at(rates, beyond(near.start, weights)[:, None], thresholds)[region, 0])
        if there != own:
            best = Radius(shift, weights, there)
            break
    if best is None:
        return None
    return replace(best, lower=max(min(least, free, best.shift), 0.0))


def stability(rates: Rates, plan: Array, thresholds: Array, slow: bool = False) -> list[Radius | None]:
    """Return a stability radius of each region that a search finds, None where it finds no weights that move it.

    Rays leave the plan's weights in many directions; on each, the first step at which a class
    changes is narrowed down by halving, and then the directions about the best one are tried.

    `plan`: the plan's weights, shape (k,).
    `thresholds`: rates that part the classes, shape (classes - 1,).
    `slow`: whether rates are dear, so that fewer directions must do.
    """
    directions, steps, tries, rounds, halvings = _FEW if slow else (_DIRECTIONS, _STEPS, _TRIES, _ROUNDS, _HALVINGS)
    base = _classes_at(rates, plan[:, None], thresholds)[:, 0]
    found: list[Radius | None] = [None] * base.size
    if plan.size < 2 or not thresholds.size:
        return found
    rng = np.random.default_rng(0)
    rays = _rays(plan.size, directions, rng)
    ends = _length(plan, rays)
    rays, ends = rays[:, ends > _SAME], ends[ends > _SAME]
    at = np.linspace(0, 1, steps + 1)[1:]
    shifts = ends[:, None] * at
    classes = _classes_at(rates, _points(plan, rays, shifts), thresholds).reshape(base.size, ends.size, steps)
    changed = classes != base[:, None, None]
    first = np.where(changed.any(axis=2), shifts[np.arange(ends.size), changed.argmax(axis=2)], np.inf)
    movers = np.flatnonzero(np.isfinite(first.min(axis=1)))
    if not movers.size:
        return found
    best = rays[:, first[movers].argmin(axis=1)]
    low, high = np.zeros(movers.size), first[movers].min(axis=1)
    low = np.maximum(high - ends[first[movers].argmin(axis=1)] / steps, 0)
    high = _halved(rates, plan, thresholds, base, movers, best, low, high, halvings)
    width = 2 * math.pi / directions * 2
    for _ in range(rounds):
        for _ in range(tries // 8):
            best, high = _nearby(rates, plan, thresholds, base, movers, best, high, width, rng, halvings)
        width /= 4
    ends_at = _classes_at(rates, _points(plan, best, (high * (1 + 1e-9))[:, None]), thresholds)
    for n, region in enumerate(movers):
        found[region] = Radius(float(high[n]), np.clip(plan + high[n] * best[:, n], 0, 1), int(ends_at[region, n]))
    return found


def _nearby(
    rates: Rates, plan: Array, thresholds: Array, base: NDArray[np.int8], movers: NDArray[np.intp],
    best: Array, high: Array, width: float, rng: np.random.Generator, halvings: int,
) -> tuple[Array, Array]:  # fmt: skip
    """Try eight directions about the best one of each region; return better ones with their shifts."""
    for _ in range(8):
        tried = _unit(best + width * rng.standard_normal(best.shape))
        reach = np.minimum(_length(plan, tried), high)
        there = _classes_at(rates, _points(plan, tried, reach[:, None]), thresholds)
        better = there[movers, np.arange(movers.size)] != base[movers]
        if better.any():
            chosen = np.flatnonzero(better)
            best = best.copy()
            best[:, chosen] = tried[:, chosen]
            high = high.copy()
            high[chosen] = _halved(
                rates, plan, thresholds, base, movers[chosen], best[:, chosen],
                np.zeros(chosen.size), reach[chosen], halvings,
            )  # fmt: skip
    return best, high


def _halved(
    rates: Rates, plan: Array, thresholds: Array, base: NDArray[np.int8], movers: NDArray[np.intp],
    rays: Array, low: Array, high: Array, halvings: int,
) -> Array:  # fmt: skip
    """Return the shifts at which each region first changes class on its ray, between `low` and `high`.

    Every pass looks at fifteen shifts at once, which is four halvings; where none of them changes, `high` does.
    """
    each = np.arange(movers.size)
    for _ in range(halvings // 4):
        steps = low[:, None] + (high - low)[:, None] * np.arange(1, 17) / 16
        there = _classes_at(rates, _points(plan, rays, steps[:, :-1]), thresholds)
        there = there.reshape(base.size, movers.size, 15)[movers, each]
        first = np.append(there != base[movers][:, None], np.ones((movers.size, 1), dtype=bool), axis=1).argmax(axis=1)
        low, high = np.where(first > 0, steps[each, first - 1], low), steps[each, first]
    return high


def _rays(criteria: int, count: int, rng: np.random.Generator) -> Array:
    """Return directions of one unit of weight changing hands: all pairs, and others all around, shape (k, rays)."""
    pairs = [(i, j) for i in range(criteria) for j in range(criteria) if i != j]
    exchanges = np.zeros((criteria, len(pairs)))
    for n, (i, j) in enumerate(pairs):
        exchanges[i, n], exchanges[j, n] = 1, -1
    if criteria == 3:
        angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
        across = np.array([[1, -1, 0], [1, 1, -2]], dtype=float) / np.sqrt([[2], [6]])
        others = np.cos(angles) * across[0][:, None] + np.sin(angles) * across[1][:, None]
    else:
        others = rng.standard_normal((criteria, count))
    return np.column_stack([exchanges, _unit(others)])


def _unit(rays: Array) -> Array:
    """Return directions whose changes add up to zero and whose gains add up to one."""
    centred = rays - rays.mean(axis=0)
    return np.asarray(centred / (np.abs(centred).sum(axis=0) / 2))


def _length(plan: Array, rays: Array) -> Array:
    """Return how much weight can change hands along each ray before one runs out, shape (rays,)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(rays < 0, plan[:, None] / -rays, np.inf).min(axis=0))


def _points(plan: Array, rays: Array, shifts: Array) -> Array:
    """Return the weights at some shifts along each ray, shape (k, rays · shifts of a ray)."""
    points = plan[:, None, None] + rays[:, :, None] * shifts
    points = np.maximum(points.reshape(plan.size, -1), 0)
    return np.asarray(points / points.sum(axis=0))


def _classes_at(rates: Rates, points: Array, thresholds: Array) -> NDArray[np.int8]:
    """Return how many thresholds lie below each rate at some weights, shape (n, points), a part at a time."""
    parts, first, width = [], 0, _AT_FIRST
    while first < points.shape[1]:
        found = rates(points[:, first : first + width])
        parts.append(sum((found > threshold for threshold in thresholds), np.zeros(found.shape, dtype=np.int8)))
        first, width = first + width, max(_CELLS // found.shape[0], 1)
    return np.concatenate(parts, axis=1)


def swings(rates: Rates, plan: Array) -> tuple[Array, Array]:
    """Return weights and rates when one weight goes half-way down and half-way up.

    Returns the weight of the criterion that moves, shape (k, 2), and the rates, shape (n, k, 2).
    """
    k = plan.size
    ends = np.column_stack([plan / 2, (1 + plan) / 2])
    cases = np.empty((k, k, 2))
    for j in range(k):
        others = np.delete(plan, j)
        inner = others / others.sum() if others.sum() > 0 else np.full(k - 1, 1 / max(k - 1, 1))
        cases[np.arange(k) != j, j] = inner[:, None] * (1 - ends[j])
        cases[j, j] = ends[j] if k > 1 else 1.0
    found = rates(cases.reshape(k, 2 * k))
    return ends, found.reshape(found.shape[0], k, 2)


def sobol_points(regions: int, slow: bool = False) -> int:
    """Return how many base points Sobol indices take: a power of two, fewer where there are very many regions."""
    if slow:
        return _SOBOL_FEW
    return min(_SOBOL, 1 << max(_SOBOL_CELLS // regions, _SOBOL_FEW).bit_length() - 1)


def sobol(rates: Rates, criteria: int, points: int = _SOBOL, seed: int = 0) -> tuple[Array, Array]:
    """Return first and total Sobol indices of each region by criterion, shape (n, k) each; zeros where nothing moves.

    `points`: base points, a power of two; k + 2 times as many splits are computed.
    """
    tried = dirichlet(np.random.default_rng(seed).random((criteria, 256)), np.ones(criteria))
    moving = np.ptp(rates(tried), axis=1) > _SAME
    first, total = np.zeros((moving.size, criteria)), np.zeros((moving.size, criteria))
    if criteria < 2 or not moving.any():
        return first, total

    def outcome(coordinates: Array) -> Array:
        inside = np.clip(coordinates, _SAME, 1 - _SAME)
        return np.asarray(rates(dirichlet(inside, np.ones(criteria)))[moving])

    engine = sobol_engine(2 * criteria, seed, bits=64)
    a, b = engine.random(points).T.reshape(2, criteria, points)
    mixed = np.where(np.eye(criteria, dtype=bool)[:, None, :], b.T, a.T)  # for each criterion, its column from b
    of_a, of_b = outcome(a), outcome(b)
    of_mixed = outcome(mixed.reshape(-1, criteria).T).reshape(-1, criteria, points)
    # Saltelli and others 2010, table 2 (b) and (f)
    both = np.concatenate([of_a, of_b], axis=1)
    mean, variance = both.mean(axis=1)[:, None], both.var(axis=1)[:, None]
    moved = of_mixed - of_a[:, None]
    first[moving] = ((of_b - mean)[:, None] * moved).mean(axis=2) / variance
    total[moving] = (moved**2).mean(axis=2) / 2 / variance
    return np.clip(first, 0, 1), np.clip(total, 0, 1)
