import importlib
import inspect
import pickle
import pkgutil

import pytest

import allocator
import reports
import scenarios
import solvers
from allocator.comparing.compare import compare
from allocator.errors import WorkersLost, WriteCheckFailed, exit_and_sentences
from allocator.exit_codes import BAD_INPUT, NO_SPLIT, SOLVER_FAILED
from allocator.nested.planned import NoTree
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from allocator.sweeping.summary import SampleWrong
from allocator.verifying.verify import verify
from scenarios.accounting.factors import UnknownFactor
from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.tables.cells import CellError

PACKAGES = (allocator, reports, scenarios, solvers)
OTHERS = {NoSplit, NoTree, InputError, CellError, UnknownFactor}
"""Those that take more than a text: here, and in tests/scenarios/test_errors.py."""


def exceptions():
    """Return every exception class of the program that takes a text."""
    names = [m.name for p in PACKAGES for m in pkgutil.walk_packages(p.__path__, f"{p.__name__}.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    found = {
        kind
        for module in modules
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__.split(".")[0] in {p.__name__ for p in PACKAGES}
    }
    return sorted(found - OTHERS, key=lambda kind: kind.__name__)


def through_a_pipe(error):
    return pickle.loads(pickle.dumps(error))


@pytest.mark.parametrize("kind", exceptions())
def test_a_worker_can_send_it(kind):
    again = through_a_pipe(kind("what happened"))
    assert type(again) is kind
    assert str(again) == "what happened"


@pytest.mark.parametrize("settings", [["target=30%"], ["incentive.target=60%"]])
def test_a_worker_can_send_that_there_is_no_split(settings):
    with pytest.raises(NoSplit) as caught:
        plan(load_scenario("guangxi-13fyp", settings))
    again = through_a_pipe(caught.value)
    for language in ("zh", "en"):
        assert exit_and_sentences(again, language) == exit_and_sentences(caught.value, language)
        assert exit_and_sentences(again, language)[0] == NO_SPLIT
    assert str(again) == str(caught.value)


@pytest.mark.parametrize(
    "settings", [[], ["incentive={target: 17.5%, step: 0.5 points}", "publish.classes=3", "protect=1",
                      "growth_uncertainty=1%"]],
)  # fmt: skip
def test_results_come_whole_out_of_another_process(settings):
    scenario = load_scenario("guangxi-13fyp", settings)
    outcome = plan(scenario)
    assert through_a_pipe(outcome).record == outcome.record
    assert through_a_pipe(scenario).regions == scenario.regions
    judged, compared = verify(scenario, "published"), compare("published", "published", scenario)
    assert through_a_pipe(judged).rates == judged.rates
    assert through_a_pipe(compared) == compared


def test_what_the_system_refuses_is_said_in_our_words():
    code, (line,) = exit_and_sentences(OSError(28, "No space left on device", "out/plan.json"), "zh")
    assert code == BAD_INPUT
    assert line == "out/plan.json：系统不允许读写（磁盘已满）。请检查权限、磁盘空间和路径。"


def test_errors_know_their_exit_codes():
    assert exit_and_sentences(WriteCheckFailed("plan.json"), "en")[0] == 1
    assert exit_and_sentences(WorkersLost(), "en")[0] == SOLVER_FAILED
    code, (line,) = exit_and_sentences(SampleWrong("sample 3 leaves its bounds"), "en")
    assert code == SOLVER_FAILED
    assert "sample 3 leaves its bounds" in line
