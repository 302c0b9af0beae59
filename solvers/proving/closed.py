"""The certificate where bounds and the coupling row decide: one multiplier moves everyone.

    r_i = clip(reference_i + mu scale_i, lower_i, upper_i)   for one mu suffices

The coupling row with the sign of mu is the only stage: who is held at a bound on the way to its reference is farther
away than |mu| and stands there anyway, and everybody else moves with mu or is stopped by a bound. All in whole numbers,
over one denominator for the values and one for the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from solvers.problem import Array
from solvers.proving.exact import BACKING, Certificate, Exact, ExactProblem

_ROUNDS = 50
_NEAR = 10**12
"""Part of one that a computed value may be from a bound and still be taken to stand at it, at first."""
_FINE = 1 << 60


def closed_certificate(problem: ExactProblem, rates: Array) -> tuple[Certificate, tuple[Fraction, ...]] | None:
    """Return a certificate that leaves the rules aside, and the exact answer; None where there is none.

    `rates`: the computed answer, shape (n,), with which the search begins.
    """
    if problem.at_least:
        return None
    (refs, scale, lower, upper), unit = _whole(problem.references, problem.scale, problem.lower, problem.upper)
    (weights,), weigh = _whole(problem.weights)
    total = problem.total * weigh * unit
    lowest = sum(w * x for w, x in zip(weights, lower, strict=True))
    exceeds = problem.may_exceed and lowest > total
    total = Fraction(lowest) if exceeds else total
    found = _multiplier(refs, scale, (lower, upper), weights, total, rates, unit)
    if found is None:
        return None
    top, bottom = found.numerator, found.denominator
    moved = [ref * bottom + top * q for ref, q in zip(refs, scale, strict=True)]
    low, high = ([x * bottom for x in bounds] for bounds in (lower, upper))
    values = [min(max(x, a), b) for x, a, b in zip(moved, low, high, strict=True)]
    certificate = Certificate(
        at_lower=tuple(i for i, (x, a) in enumerate(zip(moved, low, strict=True)) if x < a),
        at_upper=tuple(i for i, (x, b) in enumerate(zip(moved, high, strict=True)) if x > b),
        stages=() if not top else (((BACKING, Fraction(1 if top > 0 else -1)),),),
        least=() if exceeds else None,
    )
    return certificate, tuple(Fraction(x, unit * bottom) for x in values)


def _whole(*columns: Exact) -> tuple[list[list[int]], int]:
    """Return columns as whole numbers, and the denominator that all of them share."""
    common = lcm(*(value.denominator for column in columns for value in column))
    return [[value.numerator * (common // value.denominator) for value in column] for column in columns], common


def _multiplier(
    refs: Sequence[int],
    scale: Sequence[int],
    bounds: tuple[Sequence[int], Sequence[int]],
    weights: Sequence[int],
    total: Fraction,
    rates: Array,
    unit: int,
) -> Fraction | None:
    """Return mu; None where no sum of the kind is the total. Who is free is guessed, and corrected until it holds."""
    lower, upper = bounds
    guess, near, n = [int(rate * _FINE) * unit // _FINE for rate in rates.tolist()], unit // _NEAR, len(refs)
    free = [low + near < x < high - near for low, x, high in zip(lower, guess, upper, strict=True)]
    stand = [high if x >= high - near else low for low, x, high in zip(lower, guess, upper, strict=True)]
    for _ in range(_ROUNDS):
        slope = sum(weights[i] * scale[i] for i in range(n) if free[i])
        if not slope:
            return _between(refs, scale, bounds, weights, total)
        rest = total - sum(w * (refs[i] if free[i] else stand[i]) for i, w in enumerate(weights))
        mu = rest / slope
        top, bottom = mu.numerator, mu.denominator
        moved = [ref * bottom + top * q for ref, q in zip(refs, scale, strict=True)]
        now = [low * bottom <= x <= high * bottom for low, x, high in zip(lower, moved, upper, strict=True)]
        ends = [low if x < low * bottom else high for low, x, high in zip(lower, moved, upper, strict=True)]
        if now == free and all(is_free or a == b for is_free, a, b in zip(free, stand, ends, strict=True)):
            return mu
        free, stand = now, ends
    return None


def _between(
    refs: Sequence[int],
    scale: Sequence[int],
    bounds: tuple[Sequence[int], Sequence[int]],
    weights: Sequence[int],
    total: Fraction,
) -> Fraction | None:
    """Return mu by halving among the values at which somebody meets a bound; None where the total is out of reach."""

    def reached(mu: Fraction) -> Fraction:
        moved = (ref + mu * q for ref, q in zip(refs, scale, strict=True))
        values = (x if low <= x <= high else Fraction(low if x < low else high)
                  for x, low, high in zip(moved, *bounds, strict=True))  # fmt: skip
        return sum((w * x for w, x in zip(weights, values, strict=True)), Fraction(0))

    kinks = sorted({Fraction(b - ref, q) for side in bounds for b, ref, q in zip(side, refs, scale, strict=True)})
    first, last = 0, len(kinks) - 1
    if not reached(kinks[first]) <= total <= reached(kinks[last]):
        return None
    while last - first > 1:
        middle = (first + last) // 2
        first, last = (middle, last) if reached(kinks[middle]) <= total else (first, middle)
    low, high = reached(kinks[first]), reached(kinks[last])
    return kinks[first] if low == total else kinks[first] + (kinks[last] - kinks[first]) * (total - low) / (high - low)
