"""Room above: its rows, the bound it comes to without rules, and the joint lexicographic optimum by SciPy."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from solvers.diagnosing.conflicts import least_change
from solvers.leximin import leximin
from solvers.model import build_model
from solvers.problem import Infeasible, SplitProblem
from solvers.rows.catalogue import between, within_span
from solvers.rows.room import room_above

GOLDEN = Path(__file__).parents[1] / "golden" / "room_above.lp"

FOUR = SplitProblem(
    coefficients=np.array([0.4, 0.3, 0.2, 0.125]),
    total=0.1875,
    reference=np.array([0.21, 0.18, 0.15, 0.12]),
    scale=np.array([0.21, 0.18, 0.15, 0.12]),
    lower=np.full(4, 0.1),
    upper=np.full(4, 0.25),
)
STEPS = np.array([0.01, 0.02, 0.03, 0.04])
RULE = room_above(
    "incentive", STEPS, np.full(4, 0.25), FOUR.coefficients, 0.21, [within_span("gap", [0, 1, 2, 3], 0.05)]
)


def lp_text(path):
    build_model(FOUR, [RULE]).write(str(path), io_options={"symbolic_solver_labels": True})
    text = re.sub(r"\\\*.*?\*\\", "", path.read_text("utf-8"), flags=re.DOTALL)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def test_golden_rows(tmp_path):
    assert lp_text(tmp_path / "model.lp") == GOLDEN.read_text("utf-8")


def joint(p, second, steps, matrix, limits):
    """Return both vectors of the lexicographic optimum of one model: leximin of the first, then of the second.

    Rules for the second vector are rows ``matrix @ above <= limits``. None when there is no point.
    """
    n = len(p)
    unit = np.eye(2 * n + 1)
    level = unit[2 * n]
    rows = [unit[i] - unit[n + i] for i in range(n)] + [np.concatenate([np.zeros(n), line, [0]]) for line in matrix]
    tops = [*-steps, *limits]
    equal = np.concatenate([p.coefficients, np.zeros(n + 1)])
    more = np.concatenate([np.zeros(n), second.coefficients, [0]])
    bounds = [*zip(p.lower, p.upper, strict=True), *((None, u) for u in second.upper), (0, None)]
    known = {}

    def solve(objective, a_ub, b_ub):
        held = [(known[k], known[k]) if k in known else bounds[k] for k in range(2 * n + 1)]
        # a value that was found once may be off by its last digits
        wide = [(lo if lo is None else lo - 1e-9, hi if hi is None else hi + 1e-9) for lo, hi in held]
        # the first vector leaves room for the total of the second or more, which then takes no more than that
        both = [-more, more] if known else [-more]
        total = [-second.total + 1e-9, second.total + 1e-9][: len(both)]
        answer = linprog(objective, A_ub=[*rows, *a_ub, *both], b_ub=[*tops, *b_ub, *total],
                         A_eq=None if known else [equal], b_eq=None if known else [p.total], bounds=wide)  # fmt: skip
        return answer if answer.status == 0 else None

    def stages(q, at):
        fixed = {}
        while len(fixed) < n:
            a_ub, b_ub = [], []
            for i in range(n):
                for sign in (1, -1):
                    a_ub.append(sign * unit[at + i] - (0 if i in fixed else q.scale[i]) * level)
                    b_ub.append(sign * q.reference[i] + fixed.get(i, 0.0) * q.scale[i])
            best = solve(level, a_ub, b_ub)
            if best is None:
                return None
            if best.fun < 1e-8:
                return best.x[at : at + n]
            cap = ([*a_ub, level], [*b_ub, best.fun + 1e-10])
            for i in [i for i in range(n) if i not in fixed]:
                sides = [solve(sign * unit[at + i], *cap) for sign in (1, -1)]
                nearest = max(sign * (s.x[at + i] - q.reference[i]) for sign, s in zip((1, -1), sides, strict=True))
                if nearest / q.scale[i] >= best.fun - 1e-7:
                    fixed[i] = best.fun + 1e-10
        return best.x[at : at + n]

    first = stages(p, 0)
    if first is None:
        return None
    known.update(enumerate(first))
    return first, stages(replace(second, lower=np.minimum(first + steps, second.upper)), n)


def random_pair(seed):
    rng = np.random.default_rng(seed)
    n = 4
    a = rng.dirichlet(np.ones(n)) * rng.uniform(0.9, 1.1)
    reference = rng.uniform(0.1, 0.24, n)
    p = SplitProblem(a, float(a @ reference), reference, reference, np.full(n, 0.08), np.full(n, 0.25))
    steps = rng.choice([0.0, 0.01, 0.03], n)
    # between what the first vector and the steps come to, and what the upper bounds allow
    least, most = float(a @ (reference + steps)), float(a @ p.upper)
    second = replace(p, total=least + rng.uniform(0.1, 0.5) * (most - least))
    second = replace(second, reference=reference * second.total / p.total, scale=reference * second.total / p.total)
    width = rng.uniform(0.06, 0.1)
    return p, second, steps, width


def sequential(p, second, steps, rules):
    room = [room_above("incentive", steps, second.upper, second.coefficients, second.total, rules)] if rules else []
    first = leximin(replace(p, upper=second.upper - steps), room).rates
    return first, leximin(replace(second, lower=np.minimum(first + steps, second.upper)), rules).rates


@pytest.mark.parametrize("seed", [1, 4, 7, 11])  # room to spare, room that binds, none, room that binds
def test_sequence_is_the_joint_lexicographic_optimum(seed):
    p, second, steps, width = random_pair(seed)
    pairs = [(i, j) for i in range(4) for j in range(4) if i != j]
    matrix = [np.eye(4)[i] - np.eye(4)[j] for i, j in pairs]
    expected = joint(p, second, steps, matrix, [width] * len(matrix))
    rules = [within_span("gap", range(4), width)]
    if expected is None or expected[1] is None:
        with pytest.raises(Infeasible):
            sequential(p, second, steps, rules)
        return
    first, above = sequential(p, second, steps, rules)
    np.testing.assert_allclose(first, expected[0], atol=2e-6)
    np.testing.assert_allclose(above, expected[1], atol=2e-6)


@pytest.mark.parametrize("seed", range(4))
def test_without_rules_the_room_is_a_bound(seed):
    p, second, steps, _ = random_pair(seed)
    bounded, above = sequential(p, second, steps, [])
    room = room_above("incentive", steps, second.upper, second.coefficients, second.total)
    np.testing.assert_allclose(leximin(p, [room]).rates, bounded, rtol=0, atol=1e-9)
    expected = joint(p, second, steps, [], [])
    np.testing.assert_allclose(bounded, expected[0], atol=2e-6)
    np.testing.assert_allclose(above, expected[1], atol=2e-6)
    assert (bounded <= second.upper - steps + 1e-12).all()


def test_the_bound_binds():
    room = room_above("incentive", np.full(4, 0.05), FOUR.upper, FOUR.coefficients, 0.2)
    assert leximin(FOUR, [room]).rates[0] == pytest.approx(0.2)
    assert leximin(FOUR).rates[0] > 0.21


def test_rules_above_hold_the_first_vector():
    # above[0] <= 0.2 for the second vector, 0.01 below that for the first
    room = room_above("incentive", STEPS, FOUR.upper, FOUR.coefficients, 0.2, [between("c", {}, {0: 0.2})])
    rates = leximin(FOUR, [room]).rates
    assert rates[0] == pytest.approx(0.19)


def test_slack_is_what_the_total_falls_short_by():
    room = room_above("incentive", STEPS, FOUR.upper, FOUR.coefficients, 0.3)
    short = least_change(FOUR, {"incentive": room}, (-1.0, 1.0), "incentive")
    assert short == pytest.approx(0.3 - 0.25 * FOUR.coefficients.sum())


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        GOLDEN.write_text(lp_text(Path(folder) / "model.lp"), "utf-8", newline="\n")
