"""The sequence of linear programs against the closed form, and against the textbook way."""

from dataclasses import replace

import numpy as np
import pytest

from solvers.arrays import level_program
from solvers.closed.waterfill import waterfill
from solvers.highs import HotSolver, Stop
from solvers.leximin import HotLeximin, leximin
from solvers.model import build_model, compile_model
from solvers.problem import Infeasible, SplitProblem
from solvers.rows.catalogue import between, not_below, weighted_at_least, within_span
from solvers.short_rows import ShortRows
from solvers.stages import Stages

SEEDS = range(200)


def at_bounds(problem, rates):
    return int((rates <= problem.lower + 1e-9).sum()), int((rates >= problem.upper - 1e-9).sum())


def test_equals_closed_form_on_200_provinces(province):
    both_sides = outside = pinned = 0
    for seed in SEEDS:
        problem = province(seed, relative=seed % 2 == 0)
        closed = waterfill(problem).rates
        np.testing.assert_allclose(leximin(problem).rates, closed, rtol=0, atol=1e-9, err_msg=f"seed {seed}")
        both_sides += min(at_bounds(problem, closed)) > 0
        outside += bool(((problem.reference < problem.lower) | (problem.reference > problem.upper)).any())
        pinned += bool((problem.lower == problem.upper).any())
    assert both_sides >= 80
    assert outside >= 100
    assert pinned >= 50


@pytest.mark.parametrize("total", [0.0, 1.0, 1e-13, 1e-9, 1 - 1e-13, 1 - 1e-9])
def test_total_at_the_end_of_reach(province, total):
    for seed in range(25):
        problem = province(seed, total=total)
        rates = leximin(problem).rates
        np.testing.assert_allclose(rates, waterfill(problem).rates, rtol=0, atol=1e-9, err_msg=f"seed {seed}")
        if total in (0, 1):
            np.testing.assert_allclose(rates, problem.upper if total else problem.lower, rtol=0, atol=1e-11)


def test_total_a_hair_out_of_reach_is_reached(province):
    problem = province(3, total=1.0)
    problem = replace(problem, total=problem.highest_total + 5e-13)
    np.testing.assert_array_equal(leximin(problem).rates, problem.upper)
    np.testing.assert_array_equal(waterfill(problem).rates, problem.upper)


@pytest.mark.parametrize("n", [339, 2800])
def test_large_provinces(province, n):
    problem = province(11, n=n, relative=False, total=0.6)
    split = leximin(problem)
    np.testing.assert_allclose(split.rates, waterfill(problem).rates, rtol=0, atol=1e-9)
    assert min(at_bounds(problem, split.rates)) > 0


def test_coefficients_over_six_decades(province):
    for seed in range(60):
        problem = province(seed, n=25)
        spread = 10 ** np.random.default_rng(seed).uniform(-6, np.log10(0.5), 25)
        middle = (spread @ problem.lower + spread @ problem.upper) / 2
        problem = replace(problem, coefficients=spread, total=float(middle))
        np.testing.assert_allclose(leximin(problem).rates, waterfill(problem).rates, rtol=0, atol=1e-9)


@pytest.mark.parametrize(("seed", "where"), [(107, 0.2), (250, 0.35)])
def test_hot_starts_that_perturbed_costs_would_spoil(seed, where):
    # with HiGHS's own cost perturbation these end up to 1e-6 off, and optimal by its own account
    rng = np.random.default_rng(seed)
    n = int(rng.integers(20, 40))
    coefficients = 10 ** rng.uniform(-6, -0.3, n)
    coefficients /= coefficients.sum()
    reference = np.round(rng.uniform(0.12, 0.2) + rng.normal(0, 0.05, n), 2).clip(0.01)
    low, high = np.full(n, 0.1), np.full(n, 0.25)
    total = float(coefficients @ low + where * 0.15)
    problem = SplitProblem(coefficients, total, reference, reference, low, high)
    np.testing.assert_allclose(leximin(problem).rates, waterfill(problem).rates, rtol=0, atol=1e-9)


def test_sum_and_bounds_hold(province):
    for seed in SEEDS:
        problem = province(seed)
        rates = leximin(problem).rates
        assert abs(problem.coefficients @ rates - problem.total) <= 1e-12
        assert (rates >= problem.lower).all()
        assert (rates <= problem.upper).all()


@pytest.mark.parametrize("seed", range(20))
def test_permutation_and_scaling(province, seed):
    problem = province(seed)
    rates = leximin(problem).rates
    order = np.random.default_rng(seed).permutation(len(problem))
    arrays = ("coefficients", "reference", "scale", "lower", "upper")
    permuted = replace(problem, **{name: getattr(problem, name)[order] for name in arrays})
    np.testing.assert_allclose(leximin(permuted).rates, rates[order], rtol=0, atol=1e-10)
    scaled = replace(problem, coefficients=7.3 * problem.coefficients, total=7.3 * problem.total)
    np.testing.assert_allclose(leximin(scaled).rates, rates, rtol=0, atol=1e-10)
    stretched = replace(problem, scale=0.37 * problem.scale)
    np.testing.assert_allclose(leximin(stretched).rates, rates, rtol=0, atol=1e-10)


def test_uniform_reference_gives_equal_rates(province):
    for seed in range(20):
        problem = province(seed)
        n = len(problem)
        same = SplitProblem(problem.coefficients, 0.17, np.full(n, 0.15), np.ones(n), np.full(n, 0.1), np.full(n, 0.25))
        np.testing.assert_allclose(leximin(same).rates, 0.17 / problem.coefficients.sum(), rtol=0, atol=1e-12)


def test_reference_that_adds_up_is_the_answer(province):
    problem = province(5)
    inside = (problem.lower + problem.upper) / 2
    problem = replace(problem, reference=inside, total=float(problem.coefficients @ inside), scale=inside)
    split = leximin(problem)
    np.testing.assert_allclose(split.rates, inside, rtol=0, atol=1e-12)
    assert split.stages == 1


def test_presolve_changes_nothing(province, monkeypatch):
    problems = [province(seed) for seed in range(30)]
    rates = [leximin(problem).rates for problem in problems]
    monkeypatch.setattr(HotSolver.__init__, "__defaults__", (HotSolver.__init__.__defaults__[0], False))
    for problem, with_presolve in zip(problems, rates, strict=True):
        np.testing.assert_allclose(leximin(problem).rates, with_presolve, rtol=0, atol=1e-10)


def test_the_first_program_alone_is_not_the_answer():
    # member 0 is stuck at its bound; without further stages the others may be anywhere within its deviation
    problem = SplitProblem(
        np.array([0.2, 0.4, 0.4]),
        0.2,
        np.array([0.1, 0.2, 0.2]),
        np.ones(3),
        np.array([0.2, 0.1, 0.1]),
        np.full(3, 0.3),
    )
    rates = leximin(problem).rates
    np.testing.assert_allclose(rates, [0.2, 0.2, 0.2], rtol=0, atol=1e-12)


# -- rules ---------------------------------------------------------------------------------------------------------


def widest_gap(n, width):
    """Return the rule r_i - r_j <= width for all pairs, as a function of the model and as rows."""
    import pyomo.environ as pyo

    def rule(model):
        pairs = [(i, j) for i in model.rate for j in model.rate if i != j]
        model.gap = pyo.Constraint(pairs, rule=lambda m, i, j: m.rate[i] - m.rate[j] <= width)

    unit = np.eye(n)
    return rule, [unit[i] - unit[j] for i in range(n) for j in range(n) if i != j], [width] * (n * (n - 1))


def group_floor(n, group, floor):
    import pyomo.environ as pyo

    def rule(model):
        model.floor = pyo.Constraint(group, rule=lambda m, i: m.rate[i] >= floor)

    return rule, [-np.eye(n)[i] for i in group], [-floor] * len(group)


def budget(weights, ceiling):
    import pyomo.environ as pyo

    def rule(model):
        model.budget = pyo.Constraint(expr=pyo.quicksum(weights[i] * model.rate[i] for i in model.rate) <= ceiling)

    return rule, [np.array(weights)], [ceiling]


def draw_rules(seed, problem):
    rng = np.random.default_rng([seed, 99])
    n = len(problem)
    chosen = []
    if seed % 3 != 1:
        chosen.append(widest_gap(n, float(rng.choice([0.01, 0.03, 0.06]))))
    if seed % 3 != 0:
        group = rng.choice(n, size=max(1, n // 2), replace=False).tolist()
        chosen.append(group_floor(n, group, float(rng.choice([0.12, 0.15, 0.18]))))
    if seed % 4 == 0:
        weights = rng.choice([0.0, 1.0, 2.0], n)
        chosen.append(budget(weights.tolist(), float(weights @ problem.upper * rng.uniform(0.7, 0.95))))
    rules, rows, limits = zip(*chosen, strict=True)
    return rules, [line for part in rows for line in part], [value for part in limits for value in part]


def degenerate(problem):
    """Return the problem on round numbers, where many members tie and duals are not unique."""
    n = len(problem)
    low, high = np.full(n, 0.1), np.full(n, 0.25)
    coefficients = np.round(problem.coefficients * n).clip(1) / n
    reference = np.round(problem.reference, 2).clip(0.08, 0.3)
    return SplitProblem(coefficients, float(coefficients.sum() * 0.17), reference, np.ones(n), low, high)


def test_equals_textbook_without_rules(province, textbook):
    for seed in range(12):
        problem = province(seed, n=2 + seed % 5)
        np.testing.assert_allclose(leximin(problem).rates, textbook(problem), rtol=0, atol=1e-7)


def test_equals_textbook_with_rules(province, textbook):
    feasible = infeasible = moved = 0
    for seed in range(60):
        problem = province(seed, n=3 + seed % 4)
        problem = degenerate(problem) if seed % 2 else problem
        rules, matrix, limits = draw_rules(seed, problem)
        wanted = textbook(problem, matrix, limits)
        if wanted is None:
            infeasible += 1
            with pytest.raises(Infeasible):
                leximin(problem, rules)
            continue
        feasible += 1
        found = leximin(problem, rules).rates
        np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-7, err_msg=f"seed {seed}")
        assert (np.array(matrix) @ found <= np.array(limits) + 1e-10).all()
        assert abs(problem.coefficients @ found - problem.total) <= 1e-12
        moved += np.abs(found - waterfill(problem).rates).max() > 1e-4
    assert feasible >= 20
    assert infeasible >= 5
    assert moved >= 15


@pytest.mark.parametrize("seed", [384, 420, *range(500, 520)])
def test_many_stages_under_rules_do_not_depend_on_the_order(province, seed):
    # members fixed to the last digit leave later stages a point by a hair only (384 and 420)
    problem = province(seed, n=10 + seed % 25)
    rules, matrix, limits = draw_rules(seed, problem)
    order = slice(None, None, -1)
    arrays = ("coefficients", "reference", "scale", "lower", "upper")
    turned = replace(problem, **{name: getattr(problem, name)[order] for name in arrays})
    rows = np.array(matrix)[:, order]

    def same(model):
        import pyomo.environ as pyo

        def row(model, k):
            return pyo.quicksum(rows[k, i] * model.rate[i] for i in np.flatnonzero(rows[k]).tolist()) <= limits[k]

        model.same = pyo.Constraint(range(len(limits)), rule=row)

    try:
        rates = leximin(problem, rules).rates
    except Infeasible:
        with pytest.raises(Infeasible):
            leximin(turned, [same])
        return
    np.testing.assert_allclose(leximin(turned, [same]).rates[order], rates, rtol=0, atol=1e-9)
    assert (np.array(matrix) @ rates <= np.array(limits) + 1e-10).all()
    assert abs(problem.coefficients @ rates - problem.total) <= 1e-11


def test_a_rule_that_asks_nothing_changes_nothing(province):
    for seed in range(20):
        problem = province(seed, n=12)
        rule, _, _ = widest_gap(12, 1.0)
        np.testing.assert_allclose(leximin(problem, [rule]).rates, waterfill(problem).rates, rtol=0, atol=1e-9)


def test_infeasible(province):
    problem = province(1)
    for total in (problem.highest_total + 1e-6, problem.lowest_total - 1e-6):
        with pytest.raises(Infeasible):
            leximin(replace(problem, total=total))
        with pytest.raises(Infeasible):
            waterfill(replace(problem, total=total))


def test_rules_that_forbid_the_only_point(province):
    problem = province(2, n=5, total=1.0)
    rule, _, _ = budget([1.0] * 5, float(problem.upper.sum()) - 0.01)
    with pytest.raises(Infeasible):
        leximin(problem, [rule])


# -- one program for many problems ---------------------------------------------------------------------------------


def like(problem, seed):
    """Return the problem with another reference and scale, and now and then other bounds and another total."""
    rng = np.random.default_rng([seed, 5])
    reference = np.maximum(problem.reference + rng.normal(0, 0.03, len(problem)), 0.01)
    scale = reference if rng.random() < 0.7 else np.ones(len(problem))
    other = rng.random() < 0.5
    lower = problem.lower - other * rng.uniform(0, 0.02, len(problem))
    upper = problem.upper + other * rng.uniform(0, 0.02, len(problem))
    total = problem.total + (rng.random() < 0.5) * rng.normal(0, 0.004)
    return replace(problem, reference=reference, scale=scale, lower=lower, upper=upper, total=total)


@pytest.mark.parametrize("seed", range(4))
def test_200_references_on_one_hot_program_are_the_fresh_answers(province, seed):
    problem = province(seed, n=14, total=0.5)
    weights = {i: float(a) for i, a in enumerate(problem.coefficients[:7])}
    need = sum(w * (0.35 * problem.lower[i] + 0.65 * problem.upper[i]) for i, w in weights.items())
    middle = (problem.lower + problem.upper) / 2
    rules = [
        within_span("gap", range(14), float(np.ptp(leximin(problem).rates)) + 0.01),
        between("floor", {3: float(middle[3]), 5: float(middle[5])}, {7: float(middle[7])}),
        not_below("order", [(0, 1), (9, 2)]),
        weighted_at_least("budget", weights, float(need)),
    ]
    hot, answered, k = HotLeximin(problem, rules), 0, -1
    while answered < 50:
        k += 1
        asked = like(problem, 100 * seed + k)
        try:
            wanted = leximin(asked, rules).rates
        except Infeasible:
            with pytest.raises(Infeasible):
                hot.solve(asked)
            continue
        answered += 1
        rates = hot.solve(asked).rates
        np.testing.assert_allclose(rates, wanted, rtol=0, atol=1e-9, err_msg=f"reference {k}")
        assert abs(asked.coefficients @ rates - asked.total) <= 1e-11
        assert (asked.lower <= rates).all()
        assert (rates <= asked.upper).all()
        rows = level_program(asked, rules).program
        point = [*rates, asked.deviations(rates).max(), rates.min()]
        assert (rows.matrix @ point >= rows.row_lower - 1e-9).all()
        assert (rows.matrix @ point <= rows.row_upper + 1e-9).all()
    assert k < 250, k


def test_a_hot_program_without_rules_is_the_closed_form(province):
    problem = province(8, n=30, total=0.5)
    hot = HotLeximin(problem)
    for k in range(50):
        asked = like(problem, k)
        np.testing.assert_allclose(hot.solve(asked).rates, waterfill(asked).rates, rtol=0, atol=1e-9)


def test_a_hot_program_is_for_its_own_coefficients(province):
    problem = province(8, n=5)
    hot = HotLeximin(problem)
    for other in (replace(problem, coefficients=2 * problem.coefficients), replace(problem, at_least=True)):
        with pytest.raises(ValueError, match="coefficients"):
            hot.solve(other)
    with pytest.raises(Infeasible):
        hot.solve(replace(problem, total=problem.highest_total + 0.1))


# -- the model of record -------------------------------------------------------------------------------------------


def test_model_of_record():
    problem = SplitProblem(
        np.array([0.25, 0.75]), 0.2, np.array([0.1, 0.3]), np.array([0.5, 2.0]), np.array([0.05, 0.1]), np.full(2, 0.4)
    )
    model = build_model(problem, [budget([1.0, 0.0], 0.3)[0]])
    compiled = compile_model(model)
    program = compiled.program
    rates = compiled.columns_of(model.rate)
    level = compiled.columns[model.level.name]
    matrix = program.matrix.toarray()
    backing = compiled.rows[model.backing.name]
    np.testing.assert_array_equal(matrix[backing, rates], problem.coefficients)
    assert program.row_lower[backing] == program.row_upper[backing] == 0.2
    for i, (above, below) in enumerate(zip(*map(compiled.rows_of, (model.above, model.below)), strict=True)):
        assert (matrix[above, rates[i]], matrix[above, level]) == (1, -problem.scale[i])
        assert (matrix[below, rates[i]], matrix[below, level]) == (1, problem.scale[i])
        assert (program.row_lower[above], program.row_upper[above]) == (-np.inf, problem.reference[i])
        assert (program.row_lower[below], program.row_upper[below]) == (problem.reference[i], np.inf)
    np.testing.assert_array_equal(program.lower[rates], problem.lower)
    np.testing.assert_array_equal(program.upper[rates], problem.upper)
    assert (program.lower[level], program.upper[level]) == (0, np.inf)
    assert program.costs.tolist() == [1.0 if n == level else 0.0 for n in range(3)]
    assert program.row_upper[compiled.rows[model.budget.name]] == 0.3
    assert not program.integer.any()


def test_model_of_record_solved_by_pyomo_itself(province):
    import pyomo.environ as pyo
    from pyomo.contrib.solver.common.factory import SolverFactory

    problem = province(17)
    model = build_model(problem)
    ours = HotSolver(compile_model(model).program).solve()
    assert ours.stop is Stop.OPTIMAL
    SolverFactory("highs").solve(model)
    assert ours.objective == pytest.approx(pyo.value(model.largest_deviation), abs=1e-7)


TINY = [1e-5, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14]


def one_tiny_share(share, target):
    """Two cities of one half each, and a third with next to nothing; nearest to 16, 18 and 20 % in proportion."""
    coefficients, reference = np.array([0.5, 0.5, share]), np.array([0.16, 0.18, 0.20])
    total = target * float(coefficients.sum())
    return SplitProblem(coefficients, total, reference, reference, np.full(3, 0.10), np.full(3, 0.25))


@pytest.mark.parametrize("share", TINY)
def test_tiny_shares_without_rules(share):
    for target in (0.15, 0.17, 0.19):
        problem = one_tiny_share(share, target)
        np.testing.assert_allclose(leximin(problem).rates, waterfill(problem).rates, rtol=0, atol=1e-11)


@pytest.mark.parametrize("share", TINY)
def test_tiny_shares_beside_a_floor(share):
    rates = leximin(one_tiny_share(share, 0.17), [between("f", {0: 0.18}, {})]).rates
    level = (0.17 * (1 + share) - 0.09) / (0.09 + 0.20 * share)
    np.testing.assert_allclose(rates, [0.18, 0.18 * level, 0.20 * level], rtol=0, atol=1e-11)


@pytest.mark.parametrize("share", TINY)
def test_tiny_shares_under_a_floor_of_their_own(share):
    rates = leximin(one_tiny_share(share, 0.15), [between("f", {2: 0.195}, {})]).rates
    level = (0.15 * (1 + share) - 0.195 * share) / 0.17
    np.testing.assert_allclose(rates, [0.16 * level, 0.18 * level, 0.195], rtol=0, atol=1e-10)


@pytest.mark.parametrize("share", TINY)
def test_tiny_shares_in_an_order(share):
    rates = leximin(one_tiny_share(share, 0.17), [not_below("o", [(0, 2)])]).rates
    both = 0.16 * (1 + 1 / 9)
    rest = 0.34 * (1 + share) - both * (1 + 2 * share)
    np.testing.assert_allclose(rates, [both, rest, both], rtol=0, atol=1e-10)


@pytest.mark.parametrize("share", TINY)
def test_tiny_shares_in_a_budget(share):
    rates = leximin(one_tiny_share(share, 0.17), [weighted_at_least("b", {0: 0.5, 2: share}, 0.09)]).rates
    level = 0.09 / (0.08 + 0.20 * share)
    rest = 0.34 * (1 + share) - 0.18
    np.testing.assert_allclose(rates, [0.16 * level, rest, 0.20 * level], rtol=0, atol=1e-10)


@pytest.mark.parametrize("share", [1e-9, 1e-13])
def test_tiny_shares_stay_where_they_are_when_the_program_stays_loaded(share):
    hot = HotLeximin(one_tiny_share(share, 0.17), [between("f", {0: 0.18}, {})])
    for target in (0.19, 0.15, 0.17):
        problem = one_tiny_share(share, target)
        anew = leximin(problem, [between("f", {0: 0.18}, {})]).rates
        np.testing.assert_allclose(hot.solve(problem).rates, anew, rtol=0, atol=1e-10)


def test_many_tiny_shares_under_rules_are_those_of_the_next_larger_ones(province):
    compared = 0
    for seed in range(40):
        problem = province(seed, n=20)
        tiny = np.random.default_rng(seed).permutation(20)[:6]
        found = []
        for share in (3e-7, 1e-9, 1e-12):
            coefficients = problem.coefficients.copy()
            coefficients[tiny] = share
            total = float(coefficients @ (0.4 * problem.lower + 0.6 * problem.upper))
            small = replace(problem, coefficients=coefficients, total=total)
            rules = [within_span("g", range(20), 0.1), weighted_at_least("b", dict(enumerate(coefficients)), total)]
            try:
                found.append(leximin(small, rules).rates)
            except Infeasible:
                break
        else:
            compared += 1
            np.testing.assert_allclose(found[0], found[2], rtol=0, atol=2e-5, err_msg=f"seed {seed}")
            np.testing.assert_allclose(found[1], found[2], rtol=0, atol=1e-7, err_msg=f"seed {seed}")
    assert compared >= 20


def ruled_province(seed):
    """A province of 100 to 600 regions under a gap for all, and a floor and a budget for a third of them."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(100, 601))
    emissions, growth = np.round(rng.lognormal(7, 1, n), 3), np.round(rng.uniform(1.15, 1.55, n), 4)
    gdp = np.round(rng.lognormal(7, 0.8, n), 2)
    kept = emissions * growth
    total = 1 - 0.83 * emissions.sum() / gdp.sum() * (gdp * growth).sum() / kept.sum()
    shares = kept / kept.sum()
    scores = rng.normal(0, 1, (n, 3))
    scores = ((scores - scores.min(axis=0)) / np.ptp(scores, axis=0)).mean(axis=1)
    reference = np.maximum(total + 0.14 * (scores - shares @ scores) / np.ptp(scores), 0.02)
    scale = reference if seed % 2 else np.ones(n)
    members = [i for i in range(n) if rng.random() < 0.35]
    needed = float(sum(kept[i] * min(0.25, max(0.16, total + rng.uniform(0, 0.02))) for i in members))
    rules = [
        within_span("gap", range(n), 0.06),
        between("floor", dict.fromkeys(members, 0.16), {}),
        weighted_at_least("budget", {i: kept[i] for i in members}, needed),
    ]
    return SplitProblem(shares, float(total), reference, scale, np.full(n, 0.10), np.full(n, 0.25)), rules


@pytest.mark.parametrize("seed", [22, 68, 72])
def test_last_digits_of_a_stage_do_not_make_the_next_one_infeasible(seed):
    problem, rules = ruled_province(seed)
    rates = leximin(problem, rules).rates
    assert abs(problem.coefficients @ rates - problem.total) <= 1e-9
    assert np.ptp(rates) <= 0.06 + 1e-9


def test_rows_that_gave_way_stand_again_for_the_next_problem():
    problem, rules = ruled_province(68)
    hot = HotLeximin(problem, rules)
    first = hot.solve(problem).rates
    hot.solve(replace(problem, reference=problem.reference[::-1].copy(), scale=np.ones(len(problem))))
    np.testing.assert_allclose(hot.solve(problem).rates, first, rtol=0, atol=1e-9)


def counted(monkeypatch, problem, rules):
    """Return the split and the number of programs that HiGHS solved for it."""
    solved = []
    solve = HotSolver.solve
    with monkeypatch.context() as patch:
        patch.setattr(HotSolver, "solve", lambda self, sure=False: solved.append(1) or solve(self, sure))
        return leximin(problem, rules), len(solved)


def one_by_one(monkeypatch, problem, rules):
    """Return the same without bounds of the moment."""
    with monkeypatch.context() as patch:
        patch.setattr(ShortRows, "tightened", lambda self, lower, upper: (lower, upper))
        return counted(monkeypatch, problem, rules)


def test_bounds_of_the_moment_leave_the_answer_as_it_is(province, monkeypatch):
    compared = fewer = 0
    for seed in range(60):
        problem = province(seed, n=20 + seed, relative=seed % 2 == 0)
        n = len(problem)
        low, high = np.full(n, 0.08), np.full(n, 0.3)
        total = float(problem.coefficients.sum()) * (0.15, 0.18, 0.2)[seed % 3]
        problem = replace(problem, lower=low, upper=high, total=total)
        rules = [within_span("gap", range(n), (0.03, 0.05, 0.08)[seed % 3])]
        if seed % 3 == 0:
            rules.append(not_below("order", [(i, i + 1) for i in range(0, n - 1, 3)]))
        if seed % 4 == 0:
            rules.append(between("group", dict.fromkeys(range(0, n, 5), 0.17), {}))
        if seed % 5 == 0:
            rules.append(weighted_at_least("budget", dict.fromkeys(range(0, n, 2), 1.0), 0.172 * len(range(0, n, 2))))
        try:
            plain, many = one_by_one(monkeypatch, problem, rules)
        except Infeasible:
            with pytest.raises(Infeasible):
                leximin(problem, rules)
            continue
        split, few = counted(monkeypatch, problem, rules)
        np.testing.assert_allclose(split.rates, plain.rates, rtol=0, atol=1e-9, err_msg=f"seed {seed}")
        compared, fewer = compared + 1, fewer + (few < many)
    assert compared >= 40, compared
    assert fewer >= 20, fewer


@pytest.mark.parametrize("total", [0.115, 0.13, 0.18])
def test_a_gap_over_many_takes_few_programs(province, monkeypatch, total):
    # else one program for each region whose reference lies outside the window that the gap leaves
    problem = province(11, n=400, relative=False)
    low, high = np.full(400, 0.05), np.full(400, 0.35)
    problem = replace(problem, lower=low, upper=high, total=total * float(problem.coefficients.sum()))
    rule = [within_span("gap", range(400), 0.06)]
    (split, few), (plain, many) = (way(monkeypatch, problem, rule) for way in (counted, one_by_one))
    np.testing.assert_allclose(split.rates, plain.rates, rtol=0, atol=1e-9)
    assert few <= 25 < 50 < many, (few, many)


def test_holding_members_ends_though_the_solver_changes_its_mind(monkeypatch):
    # two members must stand above their references by 1 and 2; holding both is too much, and the farther one is enough,
    # until that is tried again
    tries, true = [], Stages._attempt

    def fickle(self, held):
        tries.append(held.tobytes())
        assert len(tries) < 50
        return None if held.any() and tries.count(tries[-1]) > 1 else true(self, held)

    monkeypatch.setattr(Stages, "_attempt", fickle)
    problem = SplitProblem(
        coefficients=np.full(3, 1 / 3), total=1.5, reference=np.zeros(3), scale=np.ones(3),
        lower=np.array([1.0, 2.0, 0.0]), upper=np.array([3.0, 3.0, 3.0]),
    )  # fmt: skip
    assert leximin(problem).rates == pytest.approx([1.25, 2.0, 1.25])
