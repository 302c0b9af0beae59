"""What a command imports, counted in modules: seconds are for the benchmarks."""

import subprocess
import sys

import pytest

CODE = """
import sys
from allocator.cli import app
sys.argv = ["allocator", *sys.argv[1:]]
try:
    app()
except SystemExit:
    pass
print("modules:", len(sys.modules), *sorted({name.split(".")[0] for name in sys.modules}))
"""
HEAVY = {"pandas", "plotly", "sklearn", "scipy", "pyomo", "highspy", "openpyxl", "docx", "xlsxwriter"}


def imported(*words):
    done = subprocess.run([sys.executable, "-c", CODE, *words], capture_output=True, encoding="utf-8", check=True)
    _, count, *names = done.stdout.splitlines()[-1].split()
    return int(count), set(names)


def test_help_needs_little():
    count, names = imported("--help")
    assert count < 200
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
