"""What the solvers say when there is no answer goes from process to process."""

import pickle

import pytest

from solvers.problem import Infeasible, OutOfTime, SolverFailure


@pytest.mark.parametrize("error", [Infeasible(), SolverFailure("HiGHS: Unknown"), OutOfTime("Time limit reached")])
def test_failures_survive_the_way_to_another_process(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert again.args == error.args
    assert str(again) == str(error)
