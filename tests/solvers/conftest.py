"""Provinces drawn by seed, and the textbook way to a leximin answer."""

import numpy as np
import pytest
from scipy.optimize import linprog

from solvers.problem import SplitProblem


@pytest.fixture
def province():
    """Return a function that draws a problem: most have members at both bounds and references outside them."""

    def draw(seed, n=None, relative=None, total=None):
        rng = np.random.default_rng(seed)
        n = n or int(rng.integers(2, 41))
        coefficients = rng.lognormal(0, 1, n)
        coefficients *= rng.uniform(0.9, 1.1) / coefficients.sum()
        reference = np.maximum(rng.uniform(0.12, 0.24) + rng.normal(0, rng.choice([0.02, 0.06]), n), 0.005)
        if rng.random() < 0.5:
            lower, upper = np.full(n, 0.10), np.full(n, 0.25)
        else:
            lower = rng.uniform(0.05, 0.2, n)
            upper = lower + rng.uniform(0, 0.12, n) * (rng.random(n) > 0.1)
        low, high = coefficients @ lower, coefficients @ upper
        where = rng.uniform(0.02, 0.98) if total is None else total
        relative = rng.random() < 0.5 if relative is None else relative
        scale = reference if relative else np.ones(n)
        return SplitProblem(coefficients, float(low + where * (high - low)), reference, scale, lower, upper)

    return draw


@pytest.fixture
def textbook():
    """Return a plain leximin: a linear program for the level, then one for each candidate.

    Rules are given as rows ``matrix @ rate <= limits``. Returns None when there is no point.
    """

    def solve(objective, rows, limits, row, total, bounds):
        answer = linprog(
            objective,
            A_ub=np.array(rows),
            b_ub=np.array(limits),
            A_eq=[row],
            b_eq=[total],
            bounds=bounds,
            method="highs",
            options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
        )
        return answer if answer.status == 0 else None

    def leximin(p, matrix=(), limits=()):
        n = len(p)
        unit = np.eye(n + 1)
        level = unit[n]
        bounds = [*zip(p.lower, p.upper, strict=True), (0, None)]
        row = np.append(p.coefficients, 0)
        fixed = {}
        while True:
            rows = [np.append(line, 0) for line in matrix]
            limit = list(limits)
            for i in range(n):
                reach = p.scale[i] * (0 if i in fixed else 1) * level
                width = p.scale[i] * fixed.get(i, 0)
                rows += [unit[i] - reach, -unit[i] - reach]
                limit += [p.reference[i] + width, width - p.reference[i]]
            best = solve(level, rows, limit, row, p.total, bounds)
            if best is None:
                return None
            if len(fixed) == n or best.fun < 1e-9:
                return best.x[:n]
            capped = [*rows, level]
            cap = [*limit, best.fun]
            for i in [i for i in range(n) if i not in fixed]:
                least = []
                for sign in (1, -1):
                    # the farthest that i can be moved towards its reference from either side
                    side = solve(sign * unit[i], capped, cap, row, p.total, bounds)
                    least.append(np.inf if side is None else sign * (side.x[i] - p.reference[i]))
                if max(least) / p.scale[i] >= best.fun - 1e-8:
                    fixed[i] = best.fun

    return leximin
