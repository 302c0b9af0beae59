"""The rule catalogue: golden LP files, a textbook oracle, and one answer whatever the solver does."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyomo.environ as pyo
import pytest

import solvers.highs
from solvers.closed.waterfill import waterfill
from solvers.highs import HotSolver
from solvers.leximin import leximin
from solvers.model import build_model, compile_model
from solvers.problem import Infeasible, SplitProblem
from solvers.rows.catalogue import between, not_below, weighted_at_least, within_span

GOLDEN = Path(__file__).parents[1] / "golden"

# numbers that a reader can follow, all exact in binary or short in decimal
FOUR = SplitProblem(
    coefficients=np.array([0.4, 0.3, 0.2, 0.125]),
    total=0.1875,
    reference=np.array([0.21, 0.18, 0.15, 0.12]),
    scale=np.array([0.21, 0.18, 0.15, 0.12]),
    lower=np.full(4, 0.1),
    upper=np.full(4, 0.25),
)
FAMILIES = {
    "backing_and_deviations": (),
    "between": (between("peak", {0: 0.22, 2: 0.16}, {2: 0.16, 3: 0.115}),),
    "within_span": (within_span("gap", [0, 1, 3], 0.05),),
    "not_below": (not_below("order", [(2, 1), (3, 1)]),),
    "weighted_at_least": (weighted_at_least("budget", {0: 300.0, 3: 150.0}, 93.0),),
}


def written(rules, path):
    """Return the model as HiGHS's LP file, without comments and with single spaces."""
    build_model(FOUR, rules).write(str(path), io_options={"symbolic_solver_labels": True})
    text = re.sub(r"\\\*.*?\*\\", "", path.read_text("utf-8"), flags=re.DOTALL)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


@pytest.mark.parametrize("family", FAMILIES)
def test_golden_rows(family, tmp_path):
    golden = (GOLDEN / f"{family}.lp").read_text("utf-8")
    assert written(FAMILIES[family], tmp_path / "model.lp") == golden


@pytest.mark.parametrize("family", [family for family in FAMILIES if FAMILIES[family]])
def test_each_family_binds_in_its_golden_problem(family):
    rates = leximin(FOUR, FAMILIES[family]).rates
    assert np.abs(rates - waterfill(FOUR).rates).max() > 0.001
    assert FOUR.coefficients @ rates == pytest.approx(FOUR.total, abs=1e-12)


def test_no_name_of_a_rule_meets_another():
    names = ["rate", "level", "backing", "above", "a", "a_low", "rule_a", "slack", "x.y", "member", "pick"]
    rules = [not_below(name, [(0, 3)]) for name in names] + [within_span(f"{name}-", [0, 1], 0.2) for name in names]
    np.testing.assert_allclose(leximin(FOUR, rules).rates, waterfill(FOUR).rates, rtol=0, atol=1e-9)


def test_a_rule_for_one_member_and_for_none():
    rules = [within_span("one", [2], 0.0), between("none", {}, {}), not_below("nothing", [])]
    np.testing.assert_allclose(leximin(FOUR, rules).rates, waterfill(FOUR).rates, rtol=0, atol=1e-9)


def test_slack_of_a_rule_is_the_room_it_gets():
    model = pyo.ConcreteModel()
    model.rate = pyo.Var(range(3), initialize=0.0)
    model.slack = pyo.Var(initialize=0.25)
    model.slack_of = {"a": model.slack}
    between("a", {0: 0.5}, {1: -0.5})(model)
    between("b", {0: 0.5}, {})(model)
    assert pyo.value(model.rule_a.low[0].body) == 0.25
    assert pyo.value(model.rule_a.high[1].body) == -0.25
    assert pyo.value(model.rule_b.low[0].body) == 0


def test_rows_without_variables():
    # what a table on the grid makes of a rule where nothing is left to choose
    model = pyo.ConcreteModel()
    model.rate = pyo.Expression([0, 1], rule=lambda _, i: 0.0001 * (1800 + i))
    model.x = pyo.Var()
    model.least = pyo.Objective(expr=model.x)
    assert 0.0001 * 1800 > 0.18  # a float above the number it stands for
    rules = [
        between("cap", {0: 0.18}, {0: 0.18}),
        not_below("order", [(1, 0)]),
        weighted_at_least("sum", {0: 1.0, 1: 1.0}, 0.3601),
    ]
    for rule in rules:
        rule(model)
    assert compile_model(model).program.matrix.shape[0] == 0
    within_span("broken", [0, 1], 0.00001)(model)
    assert compile_model(model).program.matrix.shape[0] == 4
    not_below("false", [(0, 1)])(model)
    with pytest.raises(Infeasible):
        compile_model(model)


# -- random rules --------------------------------------------------------------------------------------------------


def drawn(seed, problem):
    """Return random rules of the catalogue, and the same as ``matrix @ rate <= limits``."""
    rng = np.random.default_rng([seed, 7])
    n = len(problem)
    unit = np.eye(n)
    rules, matrix, limits = [], [], []
    some = rng.permutation(n)[: max(1, n // 2)].tolist()
    for kind in rng.permutation(["between", "span", "pairs", "budget"])[: rng.integers(1, 4)]:
        if kind == "between":
            floors = {i: float(rng.uniform(0.08, 0.19)) for i in some}
            ceilings = {int(i): float(rng.uniform(0.14, 0.26)) for i in rng.permutation(n)[: n // 2]}
            rules.append(between("between", floors, ceilings))
            matrix += [-unit[i] for i in floors] + [unit[i] for i in ceilings]
            limits += [-value for value in floors.values()] + list(ceilings.values())
        elif kind == "span":
            width = float(rng.choice([0.02, 0.05, 0.08]))
            rules.append(within_span("span", some, width))
            matrix += [unit[i] - unit[j] for i in some for j in some if i != j]
            limits += [width] * (len(some) * (len(some) - 1))
        elif kind == "pairs":
            pairs = [(int(i), int(j)) for i, j in rng.integers(0, n, (n // 2, 2)) if i != j]
            rules.append(not_below("pairs", dict.fromkeys(pairs)))
            matrix += [unit[j] - unit[i] for i, j in pairs]
            limits += [0.0] * len(pairs)
        else:
            weights = {i: float(rng.uniform(100, 3000)) for i in some}
            floor = sum(w * (problem.lower[i] + problem.upper[i]) for i, w in weights.items()) * rng.uniform(0.45, 0.6)
            rules.append(weighted_at_least("budget", weights, float(floor)))
            row = np.zeros(n)
            row[list(weights)] = list(weights.values())
            # the textbook solver works to 1e-10 of its rows: hand it a row near one
            matrix.append(-row / max(row))
            limits.append(-float(floor) / max(row))
    return rules, matrix, limits


def test_equals_textbook_on_100_provinces_with_random_rules(province, textbook):
    feasible = infeasible = moved = 0
    for seed in range(100):
        problem = province(seed, n=3 + seed % 4)
        rules, matrix, limits = drawn(seed, problem)
        wanted = textbook(problem, matrix, limits)
        if wanted is None:
            infeasible += 1
            with pytest.raises(Infeasible):
                leximin(problem, rules)
            continue
        feasible += 1
        found = leximin(problem, rules).rates
        np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-7, err_msg=f"seed {seed}")
        moved += np.abs(found - waterfill(problem).rates).max() > 1e-4
    assert (feasible >= 40, infeasible >= 20, moved >= 25) == (True, True, True), (feasible, infeasible, moved)


def solvable(province, count, **options):
    """Yield problems with rules that leave an answer, and that answer."""
    seed = 0
    while count:
        problem = province(seed, **options)
        rules = drawn(seed, problem)[0]
        seed += 1
        try:
            rates = leximin(problem, rules).rates
        except Infeasible:
            continue
        count -= 1
        yield seed - 1, problem, rules, rates


def permuted_rules(seed, problem, place):
    """Return the rules of a seed for members that stand at `place` now."""
    original = drawn(seed, problem)[1:]

    def add(model):
        rows = list(zip(*original, strict=True))
        model.rows = pyo.Constraint(
            range(len(rows)),
            rule=lambda m, k: (
                pyo.quicksum(float(c) * m.rate[int(place[i])] for i, c in enumerate(rows[k][0]) if c)
                <= float(rows[k][1])
            ),
        )

    return [add]


def test_permuted_regions_give_the_same_rates(province):
    for seed, problem, _, rates in solvable(province, 15, n=20):
        order = np.random.default_rng(seed).permutation(len(problem))
        arrays = ("coefficients", "reference", "scale", "lower", "upper")
        shuffled = replace(problem, **{name: getattr(problem, name)[order] for name in arrays})
        # the rules as bare rows as well: another formulation, the same answer
        found = leximin(shuffled, permuted_rules(seed, problem, np.argsort(order))).rates
        np.testing.assert_allclose(found, rates[order], rtol=0, atol=1e-9, err_msg=f"seed {seed}")


@pytest.mark.parametrize(
    "options",
    [{"random_seed": 7}, {"random_seed": 123}, {"solver": "ipm"}, {"simplex_strategy": 4}],
    ids=lambda options: " ".join(f"{key}={value}" for key, value in options.items()),
)
def test_the_solvers_way_plays_no_part(province, monkeypatch, options):
    cases = list(solvable(province, 12, n=14))
    monkeypatch.setattr(solvers.highs, "_OPTIONS", {**solvers.highs._OPTIONS, **options})
    for seed, problem, rules, rates in cases:
        np.testing.assert_allclose(leximin(problem, rules).rates, rates, rtol=0, atol=1e-9, err_msg=f"seed {seed}")


def test_presolve_plays_no_part(province, monkeypatch):
    cases = list(solvable(province, 12, n=14))
    monkeypatch.setattr(HotSolver.__init__, "__defaults__", (HotSolver.__init__.__defaults__[0], False))
    for seed, problem, rules, rates in cases:
        np.testing.assert_allclose(leximin(problem, rules).rates, rates, rtol=0, atol=1e-9, err_msg=f"seed {seed}")


def _write_golden():
    """Write the golden files anew: ``python tests/solvers/test_rules.py`` after a change that is meant."""
    for family, rules in FAMILIES.items():
        path = GOLDEN / f"{family}.lp"
        path.write_text(written(rules, path), "utf-8")


if __name__ == "__main__":
    _write_golden()
