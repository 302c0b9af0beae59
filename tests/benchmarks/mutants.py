"""Small faults in what judges money, one at a time: do the tests beside it notice?

Run with a Python that has cosmic-ray besides (docs/mutation.md):

    python tests/benchmarks/mutants.py [--only PART] [--sample N] [--seed S] [--jobs J] [--again FILE] [--out FILE]

cosmic-ray knows the places and makes the faults; of each kind of place the nearest one is taken (`<` to `<=`, `*` to
`/`, a number one more and one less). A fault is never written to a file: a fork imports the module with it and runs the
tests, quick ones first, until one fails. Not a test: pytest does not collect this file.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import importlib.util
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import SourceFileLoader
from pathlib import Path

HOUSE = Path(__file__).parents[2]
TESTS: Mapping[str, tuple[str, ...]] = {
    "scenarios/baseline.py": ("scenarios/test_baseline.py", "scenarios/total"),
    "scenarios/rules/demands.py": (
        "scenarios/rules", "scenarios/test_load.py", "scenarios/sense/test_projects.py",
        "allocator/planning/rules/test_order.py",
    ),
    "scenarios/rules/incentive.py": ("scenarios/rules", "allocator/planning/rules/test_incentive.py"),
    "scenarios/rules/kinds.py": ("scenarios/rules", "reports/verifying/test_verification.py"),
    "scenarios/rules/potentials.py": ("scenarios/rules", "allocator/planning/rules/test_decline.py"),
    "scenarios/rules/uncertainty.py": ("scenarios/rules", "reports/verifying/test_robustness.py"),
    "scenarios/tables/cells.py": (
        "scenarios/tables/test_cells.py", "scenarios/tables/test_figures_as_written.py",
        "scenarios/tables/test_as_people_keep_them.py",
    ),
    "scenarios/tables/rates.py": ("scenarios/tables/rates",),
    "solvers/closed/waterfill.py": ("solvers/closed/test_waterfill.py",),
    "solvers/diagnosing/conflicts.py": ("solvers/diagnosing/test_conflicts.py",),
    "solvers/printable/choices.py": ("solvers/printable/test_choices.py",),
    "solvers/printable/rounding_program.py": (
        "solvers/printable/test_rounding.py", "solvers/printable/test_fine_grids.py",
        "solvers/printable/test_given_up.py",
    ),
    "solvers/printable/rounding.py": (
        "solvers/printable/test_rounding.py", "solvers/printable/test_fine_grids.py",
        "solvers/printable/test_given_up.py",
    ),
    "solvers/printable/classes.py": (
        "solvers/printable/test_classes.py", "solvers/printable/test_fine_grids.py",
        "solvers/printable/test_given_up.py",
    ),
    "reports/verifying/verification.py": ("reports/verifying",),
}  # fmt: skip
"""The tests of each part, beside it: what a whole run would notice as well is not counted."""
HEAVY = (
    "highspy", "hypothesis", "jinja2", "lxml.etree", "numpy", "openpyxl", "pandas", "pydantic", "pymcdm",
    "pyomo.environ", "pytest", "ruamel.yaml", "scipy.optimize", "xlrd", "xlsxwriter",
)  # fmt: skip
"""What is imported once, before the forks."""
NEAREST = {
    "ReplaceBinaryOperator": (
        "Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Div", "Mod_FloorDiv", "Pow_Mul", "BitOr_BitAnd",
        "BitAnd_BitOr",
    ),
    "ReplaceComparisonOperator": (
        "Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is",
    ),
    "ReplaceUnaryOperator": ("Delete_USub", "Delete_Not"),
}  # fmt: skip
OTHERS = (
    "AddNot", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd",
    "ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "NumberReplacer", "RemoveDecorator", "ZeroIterationForLoop",
)  # fmt: skip
KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"
MEMORY = 6 * 1024**3


@dataclass(frozen=True)
class Mutant:
    """One fault: the operator of cosmic-ray and the place, counted among those where it fits."""

    module: str  # Path from the root of the house
    operator: str
    occurrence: int
    line: int
    before: str  # The line as it is
    after: str  # The first line that differs, with the fault


@dataclass(frozen=True)
class Fate:
    """What became of a fault."""

    mutant: Mutant
    outcome: str
    by: str  # The test that failed first
    seconds: float


class _Tests:
    """A plugin of pytest: runs the tests in rising order of their seconds, and keeps these or the first that fails."""

    def __init__(self, known: Mapping[str, float]) -> None:
        self.known, self.seconds, self.failed = known, Counter[str](), ""

    def pytest_collection_modifyitems(self, items: list) -> None:
        items.sort(key=lambda item: self.known.get(item.nodeid, 1e9) if self.known else 0)

    def pytest_runtest_logreport(self, report) -> None:
        self.seconds[report.nodeid] += report.duration
        self.failed = self.failed or (report.nodeid if report.failed else "")


class _Mutated(SourceFileLoader, MetaPathFinder):
    """Imports one module from a text instead of its file."""

    text: str

    def find_spec(self, fullname: str, path: object, target: object = None) -> object:
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def get_code(self, fullname: str) -> object:
        return compile(self.text, self.path, "exec", dont_inherit=True)


def operators() -> tuple[str, ...]:
    """Return the names of the operators that are taken."""
    nearest = (f"{kind}_{pair}" for kind, pairs in NEAREST.items() for pair in pairs)
    return tuple(f"core/{name}" for name in (*nearest, *OTHERS))


def mutants(module: str) -> Iterator[Mutant]:
    """Yield every fault of a module, but in annotations, in what `dataclass` is told and in `strict` of zip."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    source = (HOUSE / module).read_text("utf-8")
    left_out = _left_out(ast.parse(source))
    lines = source.splitlines()
    for name in operators():
        operator = get_operator(name)()
        places = [place for node in ast_nodes(get_ast(source)) for place in operator.mutation_positions(node)]
        for n, (start, _) in enumerate(places):
            if any(first <= tuple(start) < last for first, last in left_out):
                continue
            mutated = mutate_code(source, operator, n).splitlines()
            at = next((k for k, (old, new) in enumerate(zip(lines, mutated, strict=False)) if old != new), len(mutated))
            after = mutated[at].strip() if at < len(mutated) else ""
            yield Mutant(module, name, n, at + 1, lines[min(at, len(lines) - 1)].strip(), after)


def _left_out(tree: ast.AST) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return where annotations stand, what `dataclass` is told and `strict` of zip: begin and end, lines from 1."""
    nodes: list[ast.expr] = []
    for node in ast.walk(tree):
        nodes += [part for name in ("annotation", "returns") if (part := getattr(node, name, None)) is not None]
        if isinstance(node, ast.Call):
            of = getattr(node.func, "id", "")
            nodes += [k.value for k in node.keywords if of == "dataclass" or (of == "zip" and k.arg == "strict")]
    return [((n.lineno, n.col_offset), (n.end_lineno or n.lineno, n.end_col_offset or 0)) for n in nodes]


def text_of(mutant: Mutant) -> str:
    """Return the module with the fault."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    source = (HOUSE / mutant.module).read_text("utf-8")
    return mutate_code(source, get_operator(mutant.operator)(), mutant.occurrence)


def _child(module: str, text: str | None, known: Mapping[str, float], answer: Path) -> None:
    """Run the tests of a module in this process, with the module's text or as it is, and write what happened."""
    import pytest

    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if text is not None:
        finder = _Mutated(module.removesuffix(".py").replace("/", "."), str(HOUSE / module))
        finder.text = text
        sys.meta_path.insert(0, finder)
    tests = _Tests(known)
    asked = [str(HOUSE / "tests" / name) for name in TESTS[module]]
    off = [f"-pno:{name}" for name in ("xdist", "cacheprovider", "cov")]
    quiet = ["-q", *off, "--assert=plain", f"--basetemp={answer.parent / 'tmp'}"]
    with Path(os.devnull).open("w") as nowhere:
        for stream in (1, 2):
            os.dup2(nowhere.fileno(), stream)
        code = 1
        with contextlib.suppress(BaseException):
            code = int(pytest.main([*asked, *quiet, *([] if text is None else ["-x"])], plugins=[tests]))
    answer.write_text(json.dumps({"code": code, "failed": tests.failed, "seconds": tests.seconds}), "utf-8")


def _started(module: str, text: str | None, known: Mapping[str, float]) -> tuple[int, Path]:
    """Fork; return the process and the file that its answer will be in."""
    answer = Path(tempfile.mkdtemp(prefix="mutant-")) / "answer.json"
    process = os.fork()
    if process == 0:
        try:
            _child(module, text, known, answer)
        finally:
            os._exit(0)
    return process, answer


def _ended(process: int, answer: Path, limit: float) -> dict | None:
    """Wait for a fork until a moment; return its answer, None where there is none in time."""
    while os.waitpid(process, os.WNOHANG) == (0, 0):
        if time.monotonic() > limit:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process, signal.SIGKILL)
            os.waitpid(process, 0)
            break
        time.sleep(0.02)
    found = json.loads(answer.read_text("utf-8")) if answer.exists() else None
    shutil.rmtree(answer.parent, ignore_errors=True)
    return found


def fates(module: str, chosen: Sequence[Mutant]) -> Iterator[Fate]:
    """Yield what becomes of faults of one module.

    Raises RuntimeError: the tests fail without any fault.
    """
    begun = time.monotonic()
    sound = _ended(*_started(module, None, {}), begun + 900)
    if sound is None or sound["code"] != 0:
        raise RuntimeError(f"{module}: the tests fail as it is: {sound and sound['failed']}")
    allowed = 20 + 3 * (time.monotonic() - begun)
    for mutant in chosen:
        begun = time.monotonic()
        found = _ended(*_started(module, text_of(mutant), sound["seconds"]), begun + allowed)
        outcome = TIMED_OUT if found is None else KILLED if found["code"] else SURVIVED
        yield Fate(mutant, outcome, found["failed"] if found else "", round(time.monotonic() - begun, 1))


def _imported(module: str) -> None:
    """Import what all forks need: heavy libraries, and of the house what does not itself import the module."""
    for name in HEAVY:
        importlib.import_module(name)
    import grimp

    graph = grimp.build_graph("allocator", "reports", "scenarios", "solvers", cache_dir=None)
    own = module.removesuffix(".py").replace("/", ".")
    above = {own, *graph.find_downstream_modules(own)}
    within = {name for name in above for n in range(name.count("."), 0, -1) for name in (name.rsplit(".", n)[0],)}
    for name in sorted(graph.modules - above - within):
        if name.startswith(("scenarios", "solvers")):
            importlib.import_module(name)


def _of(module: str, args: argparse.Namespace) -> list[Mutant]:
    """Return the faults of a module that are asked for: those of a file that survived, a sample, or all."""
    if args.again:
        lines = [json.loads(line) for line in args.again.read_text("utf-8").splitlines()]
        left = {_key(line) for line in lines if line["module"] == module and line["outcome"] == SURVIVED}
        return [mutant for mutant in mutants(module) if _key(asdict(mutant)) in left]
    found = list(mutants(module))
    count = len(found) if args.sample is None else max(1, round(len(found) * args.sample))
    return sorted(random.Random(args.seed).sample(found, count), key=lambda m: (m.line, m.operator, m.occurrence))


def _key(mutant: Mapping[str, object]) -> tuple[object, ...]:
    """Return what a fault goes by when lines have moved."""
    return mutant["operator"], mutant["before"], mutant["after"]


def main() -> None:
    """Print the fate of each fault that is not killed, and the score of each part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="parts whose path holds this")
    parser.add_argument("--sample", type=float, help="share of the faults of each part, drawn by seed")
    parser.add_argument("--seed", type=int, default=19)
    parser.add_argument("--again", type=Path, help="only those that survived in a file that --out wrote")
    parser.add_argument("--out", type=Path, help="a file of JSON lines, one a fault")
    args = parser.parse_args()
    # the same examples every time; one thread; no bytecode that anybody else would read
    os.environ |= {"CI": "true", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    sys.path.insert(0, str(HOUSE))
    os.chdir(HOUSE)
    for module in (name for name in TESTS if args.only in name):
        if os.fork() == 0:
            _imported(module)
            _told(module, args)
            os._exit(0)
        os.wait()


def _told(module: str, args: argparse.Namespace) -> None:
    """Try the faults of one module, say those that are not killed and the score."""
    counted: Counter[str] = Counter()
    for fate in fates(module, _of(module, args)):
        counted[fate.outcome] += 1
        m = fate.mutant
        if fate.outcome != KILLED:
            print(f"{fate.outcome}  {m.module}:{m.line}  {m.operator[5:]}\n    {m.before}\n    {m.after}", flush=True)
        if args.out:
            line = {**asdict(m), "outcome": fate.outcome, "by": fate.by, "seconds": fate.seconds}
            with args.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
    tried = counted.total()
    share = (tried - counted[SURVIVED]) / tried if tried else 1.0
    print(f"{module}: {tried} faults, {dict(counted)}, {share:.0%} noticed", flush=True)


if __name__ == "__main__":
    main()
