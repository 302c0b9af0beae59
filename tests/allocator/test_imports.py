"""What a command imports, counted in modules: seconds are for the benchmarks."""

import functools
import subprocess
import sys
import tempfile

import pytest

CODE = """
import sys
from allocator.cli import app
sys.argv = ["allocator", *sys.argv[1:]]
try:
    app()
except SystemExit:
    pass
print("modules:", *sys.modules)
"""
OUT = "<a new folder>"
PAPERS = {"docxtpl", "pptx"}
HEAVY = {"pandas", "plotly", "sklearn", "scipy", "pyomo", "highspy", "openpyxl", "docx", "xlsxwriter", *PAPERS}


@functools.cache  # several look at one run of a command
def modules(*words):
    """Return the names of all modules that a command has loaded in the end; where it writes, `OUT` stands."""
    with tempfile.TemporaryDirectory() as folder:
        words = [f"{folder}/out" if word == OUT else word for word in words]
        done = subprocess.run([sys.executable, "-c", CODE, *words], capture_output=True, encoding="utf-8", check=True)
    head, *names = done.stdout.splitlines()[-1].split()
    assert head == "modules:"
    return tuple(names)


def imported(*words):
    """Return their number, and the packages."""
    names = modules(*words)
    return len(names), {name.split(".")[0] for name in names}


def test_help_needs_little():
    count, names = imported("--help")
    assert count < 180
    assert not names & (HEAVY | {"numpy", "pydantic", "jinja2", "rich"})


@pytest.mark.parametrize(
    ("words", "allowed"),
    [
        (("verify", "guangxi-13fyp", "published"), set()),
        (("account", "accounting-example"), set()),
        (("schema",), set()),
        (("check", "guangxi-13fyp"), {"pandas", "sklearn", "scipy", "pyomo", "highspy"}),
        (("prices", "guangxi-13fyp"), {"pandas", "sklearn", "scipy", "pyomo", "highspy"}),
    ],
)
def test_a_command_imports_what_it_needs(words, allowed):
    assert imported(*words)[1] & HEAVY <= allowed


@pytest.mark.parametrize("command", ["check", "prices", "plan", "sweep"])
def test_no_command_waits_for_all_of_statistics(command):
    words = [command, "guangxi-13fyp", *(["--out", OUT] if command in ("plan", "sweep") else [])]
    loaded = {name for name in modules(*words) if name.startswith("scipy.stats.")}
    parts = {"qmc", "_qmc", "_sobol", "_qmc_cy"} if command == "sweep" else set()  # the points of the samples
    assert loaded <= {f"scipy.stats.{part}" for part in parts}


def test_a_part_of_a_module_for_later_is_the_part_of_the_module():
    code = """
import sys
import numpy as np
from solvers.later import on_use
on_use("scipy.stats")
import scipy.stats.qmc as part
points = part.Sobol(3, bits=30, rng=np.random.default_rng(1)).random(8)
assert "scipy.stats._stats_py" not in sys.modules
from scipy.stats import qmc, norm
assert qmc is part and norm.cdf(0) == 0.5
print(*points.ravel().tolist())
"""
    plain = "import numpy as np; from scipy.stats import qmc; "
    plain += "print(*qmc.Sobol(3, bits=30, rng=np.random.default_rng(1)).random(8).ravel().tolist())"
    run = [subprocess.run([sys.executable, "-c", c], capture_output=True, check=True).stdout for c in (code, plain)]
    assert run[0] == run[1]


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "three-cities"),
        ("account", "accounting-example"),
        ("track", "guangxi-13fyp", "actuals-example"),
        ("sweep", "guangxi-13fyp", "--samples", "16"),
    ],
)
def test_charts_are_written_without_the_classes_that_check_them(words):
    names = modules(*words, "--out", OUT)
    assert "plotly.offline" in names
    assert [name for name in names if name.startswith(("plotly.graph_objs", "plotly.validators", "plotly.io"))] == []


def test_a_command_does_not_look_for_garbage(tmp_path):
    # counted from before the command is loaded to after it has ended; what is left is frozen, so nothing looks at exit
    code = (
        "import gc, sys\nfrom allocator.cli import main\nlooked = []\n"
        "gc.callbacks.append(lambda phase, _: looked.append(phase))\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(len(looked), gc.isenabled(), gc.get_freeze_count() > 100_000)"
    )
    words = ["plan", "three-cities", "--out", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "0 False True"


def test_a_module_for_later_is_the_module_when_used():
    code = """
import sys
from solvers.later import on_use
on_use("scipy.stats")
import scipy.stats
from scipy import stats
assert "scipy.stats._stats_py" not in sys.modules
from scipy.stats import rankdata, qmc
import scipy.stats.distributions
import scipy.stats as again
assert list(stats.rankdata([3, 1, 2])) == list(again.rankdata([3, 1, 2])) == list(rankdata([3, 1, 2])) == [3, 1, 2]
assert stats.qmc.Sobol is qmc.Sobol is again.qmc.Sobol
on_use("scipy.stats")
assert sys.modules["scipy.stats"] is again
try:
    stats.nothing_of_this_name
except AttributeError:
    print("as it is")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "as it is"


def test_letters_and_slides_are_imported_by_their_own_commands(tmp_path):
    plan = str(tmp_path / "plan")
    makers = ("reports.letters", "reports.slides", "allocator.letters", "allocator.slides", *PAPERS)
    for words in (("plan", "three-cities", "--out", plan), ("publish", plan, "--out", str(tmp_path / "table"))):
        assert [name for name in modules(*words) if name.startswith(makers)] == []
    letters = {name.split(".")[0] for name in modules("letters", plan, "--no-pdf", "--out", str(tmp_path / "letters"))}
    slides = {name.split(".")[0] for name in modules("slides", plan, "--out", str(tmp_path / "slides"))}
    assert letters & HEAVY <= {"docxtpl", "docx", "pandas"}  # of the tables, as publish
    assert slides & HEAVY <= {"pptx", "xlsxwriter", "pandas"}


def test_an_account_is_imported_by_scenarios_that_have_one():
    names = modules("verify", "guangxi-13fyp", "published")
    assert not {"scenarios.accounting.ledger", "scenarios.accounting.burning", "reports.planning.record"} & set(names)


def test_a_plan_imports_neither_accounts_nor_sweeps_that_it_has_not():
    names = modules("plan", "guangxi-13fyp", "--out", OUT)
    heads = (
        "reports.accounting.sentences",
        "reports.sweeping.",
        "scenarios.accounting.energy",
        "scenarios.accounting.factors",
    )
    assert [name for name in names if name.startswith(heads)] == []


def test_a_plan_that_there_is_loads_nothing_of_there_being_none(tmp_path):
    of_none = {
        "allocator.planning.no_split.advice", "allocator.planning.proof.impossible", "reports.check_more",
        "reports.proving.no_split", "solvers.proving.contradiction",
    }  # fmt: skip
    assert not of_none & set(modules("plan", "three-cities", "--out", str(tmp_path / "plan")))
    impossible = modules("plan", "three-cities", "--set", "target=60%", "--out", str(tmp_path / "none"))
    assert of_none <= set(impossible)


def test_a_plan_without_a_total_loads_nothing_of_caps():
    of_caps = {
        "allocator.planning.total.caps", "allocator.planning.total.budgets", "reports.planning.caps",
        "reports.planning.caps_page", "reports.verifying.pair", "reports.workbook.caps_sheet", "scenarios.total.caps",
        "scenarios.total.draws", "scenarios.refused",
    }  # fmt: skip
    assert not of_caps & set(modules("plan", "guangxi-13fyp", "--out", OUT))
    assert of_caps - {"scenarios.refused"} <= set(modules("plan", "15fyp-example", "--out", OUT))
