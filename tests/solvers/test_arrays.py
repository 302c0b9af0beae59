"""The program as arrays against the Pyomo model of record: the same columns, rows and numbers."""

import numpy as np
import pyomo.environ as pyo
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.arrays import ArrayRule, level_program
from solvers.model import build_model, compile_model
from solvers.problem import SplitProblem
from solvers.rows.catalogue import between, not_below, weighted_at_least, within_span

VALUES = st.floats(0.01, 0.4)


@st.composite
def families(draw, kind, n):
    """Draw one rule of a kind, for any members."""
    some = draw(st.lists(st.integers(0, n - 1), min_size=1, unique=True))
    if kind == "between":
        floors = {i: draw(VALUES) for i in some}
        ceilings = {i: draw(VALUES) for i in draw(st.lists(st.integers(0, n - 1), unique=True))}
        return between("between", floors, ceilings)
    if kind == "within_span":
        return within_span("span", some, draw(VALUES))
    if kind == "not_below":
        pairs = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] != p[1])))
        return not_below("order", pairs)
    return weighted_at_least("budget", {i: draw(st.floats(0.1, 1e5)) for i in some}, draw(st.floats(-100, 100)))


@st.composite
def cases(draw, kinds):
    """Draw a problem and one rule of each kind."""
    n = draw(st.integers(2, 6))
    column = st.lists(VALUES, min_size=n, max_size=n).map(np.array)
    lower = draw(column)
    problem = SplitProblem(
        draw(column), draw(VALUES), draw(column), draw(column), lower, lower + draw(column), draw(st.booleans())
    )
    return problem, [draw(families(kind, n)) for kind in draw(st.permutations(kinds))]


def declared(model, kind):
    """Return the names of the model's variables or constraints in the order of declaration."""
    return [part.name for part in model.component_data_objects(kind, descend_into=True)]


def assert_same(problem, rules):
    """Hold the arrays equal to the compiled model: same order of declaration, same numbers to the last digit."""
    model = build_model(problem, rules)
    compiled = compile_model(model)
    parts = level_program(problem, rules)
    ours, record = parts.program, compiled.program
    columns = [compiled.columns[name] for name in declared(model, pyo.Var)]
    rows = [compiled.rows[name] for name in declared(model, pyo.Constraint)]
    assert ours.matrix.shape == (len(rows), len(columns)) == record.matrix.shape
    np.testing.assert_array_equal(ours.matrix.toarray(), record.matrix.toarray()[np.ix_(rows, columns)])
    for name in ("costs", "lower", "upper", "integer"):
        np.testing.assert_array_equal(getattr(ours, name), getattr(record, name)[columns], err_msg=name)
    for name in ("row_lower", "row_upper"):
        np.testing.assert_array_equal(getattr(ours, name), getattr(record, name)[rows], err_msg=name)
    names = declared(model, pyo.Var), declared(model, pyo.Constraint)
    assert [names[0][k] for k in parts.rates] == [rate.name for rate in model.rate.values()]
    assert [names[1][k] for k in parts.above] == [row.name for row in model.above.values()]
    assert [names[1][k] for k in parts.below] == [row.name for row in model.below.values()]
    assert (names[0][parts.level], names[1][parts.backing]) == ("level", "backing")


KINDS = ("between", "within_span", "not_below", "weighted_at_least")


@pytest.mark.parametrize("kinds", [(), *((kind,) for kind in KINDS), KINDS], ids=str)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_arrays_are_the_model_of_record(kinds, data):
    problem, rules = data.draw(cases(kinds))
    assert all(isinstance(rule, ArrayRule) for rule in rules)
    assert_same(problem, rules)


def test_two_rules_of_a_kind_and_rules_that_ask_nothing():
    problem = SplitProblem(np.full(3, 0.3), 0.2, np.full(3, 0.2), np.ones(3), np.full(3, 0.1), np.full(3, 0.3))
    spans = [within_span("a", [0, 1], 0.1), within_span("b", [2, 1], 0.05)]
    assert_same(problem, [*spans, between("none", {}, {}), not_below("nothing", []), between("one", {}, {2: 0.2})])


def test_a_rule_known_in_pyomo_only_goes_through_the_model():
    problem = SplitProblem(np.full(3, 0.3), 0.2, np.full(3, 0.2), np.ones(3), np.full(3, 0.1), np.full(3, 0.3))

    def only_pyomo(model):
        model.more = pyo.Constraint(expr=model.rate[0] >= 0.25)

    parts = level_program(problem, [only_pyomo, within_span("a", [0, 1], 0.1)])
    matrix = parts.program.matrix.toarray()
    assert matrix.shape == (1 + 3 + 3 + 1 + 4, 5)
    np.testing.assert_array_equal(matrix[parts.above][:, parts.rates], np.eye(3))
    np.testing.assert_array_equal(matrix[parts.above, parts.level], -problem.scale)
    np.testing.assert_array_equal(matrix[parts.below, parts.level], problem.scale)
    np.testing.assert_array_equal(matrix[parts.backing, parts.rates], problem.coefficients)
