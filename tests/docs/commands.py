"""The commands that the docs name, what stands in for their placeholders, and a folder where they run."""

import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from typer.testing import CliRunner

from allocator.cli import app
from scenarios.load import find_scenario
from tests.docs.example import PAGES, ROOT

FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
INDENTED = re.compile(r"^    (\S.*)$", re.MULTILINE)
INLINE = re.compile(r"`([^`]+)`")
STARTS = ("allocator ", "python3 ", "python ", "cd ", ".venv/bin/")
ELSEWHERE = {
    "python3 run.py": "installs, then serves until it is stopped: tests/test_run.py, tests/allocator/app",
    "python3 run.py app": "the same",
    "python3 run.py test": "is what runs this",
    'python -m pip install "flask>=3.1"': "needs the network",
    "python tests/benchmarks/plan.py": "takes minutes on a quiet machine",
    ".venv/bin/python tests/benchmarks/plan.py --keep docs/performance.md": "the same",
}
"""Commands that are not run here, and why."""
FIT = ["carbon.yaml", "scenario.yaml", "nonfossil.yaml", "coal.yaml", "oil.yaml"]
PLAN, CASE = "out/guangxi-13fyp", "guangxi-13fyp"
NAMES = {
    **dict.fromkeys(("S", "SCENARIO", "方案"), CASE), **dict.fromkeys(("TABLE", "FILE", "表"), "rates.csv"),
    "DIR": "case", "ACTUALS": "actuals-example", "YEAR": "2018", "forms": "city-forms",
    "PLAN": PLAN, "A": PLAN, "B": f"{PLAN}/rounds/round-001",
}  # fmt: skip
"""Placeholder -> what stands in for it where nothing else is said."""
OTHERS = (
    ("--caps", {"SCENARIO": "15fyp-example", "TABLE": "both.csv", "CAPS": "caps.csv"}),
    ("--scope", {**dict.fromkeys(("SCENARIO", "方案"), "accounting-example"),
                 **dict.fromkeys(("TABLE", "下降率表"), "out/accounting-example/allocation.csv")}),
    ("account TABLE", {"TABLE": "accounting-example"}),
    ("reconcile", dict.fromkeys(("SCENARIO", "方案"), "three-cities")),
    ("--project", {"FILE": "projects.csv"}),
    ("--form", {"FILE": "forms/2018/assessment.xlsx"}),
    ("--rules 2026", {"SCENARIO": "15fyp-energy/carbon.yaml"}),
    ("track 15fyp-energy", {}),
    ("explain", dict.fromkeys(("TABLE", "下降率表"), "published")),
)  # fmt: skip
"""What a command says -> what stands in for its placeholders then."""
MANY = {"CARBON ENERGY SHARE COAL OIL": FIT, "碳排放 能耗 占比 煤炭 石油": FIT, "check A B C": FIT}
UNBACKED = ("verify guangxi-13fyp published", "verify zhejiang-13fyp published-as-printed", "verify eu-2030 published")
"""What was published does not back its province: the exit code is 1."""


def named():
    """Return command -> the pages that name it, in the order of the pages."""
    found = {}
    for page in PAGES:
        text = page.read_text("utf-8")
        blocks = "\n".join(FENCE.findall(text)).splitlines() + INDENTED.findall(FENCE.sub("", text))
        lines = [re.sub(r"\s+#.*$", "", line.strip()) for line in blocks]
        inline = [one.replace("\n", " ") for one in INLINE.findall(FENCE.sub("", text))]
        for line in (*lines, *inline):
            if line.startswith(STARTS):
                found.setdefault(line, set()).add(page.relative_to(ROOT).as_posix())
    return found


def meant(command):
    """Return a command with what stands in for its placeholders, as words; None where it is not run here."""
    plain = re.sub(r"\s*\[[^\]]*\]|\s*…", "", command).strip()
    if plain in ELSEWHERE or len(plain.split()) < 2:
        return None
    if plain.startswith(("cd ", "python3 -I")):
        return ["sh", "-c", plain.replace("python3", sys.executable)]
    plain = re.sub(r"^python3 run\.py", "allocator", plain)
    for words, files in MANY.items():
        plain = plain.replace(
            words, ("check " if words.startswith("check") else "") + " ".join(f"energy/{n}" for n in files)
        )
    stands = NAMES | next((values for words, values in OTHERS if words in plain), {})
    first, verb, *rest = shlex.split(plain)
    if first != "allocator" or (not rest and verb not in ("schema", "--help")):
        return None  # the name of a command alone
    words = [stands.get(word, word.replace("NAME", CASE)) for word in rest]
    return [first, verb, *(["--help"] if verb == "app" else _run_as(verb, words))]


def _run_as(verb, words):
    """Return the words of a command with less work of the same kind, or with what its page says it needs."""
    if verb == "sweep":
        return ["1000" if word == "1000000" else word for word in words]
    if verb == "explain":
        return [*words, "--permutations", "19"]
    if verb == "letters" and "--save-template" not in words:
        return [*words, "--no-pdf"]
    if "--protect" in words:
        return [*words, "--set", "growth_uncertainty=5%"]
    if verb == "init":
        return ["new" if word == "case" else word for word in words]
    return words


@dataclass
class Folder:
    """A scratch folder with the files that placeholders stand for; commands run in it, each once."""

    path: Path
    done: dict = field(default_factory=dict)

    def __post_init__(self):
        case = find_scenario("guangxi-13fyp").parent
        shutil.copytree(case, self.path / "case")
        shutil.copytree(find_scenario("15fyp-energy").parent, self.path / "energy")
        rates = (case / "published.csv").read_text("utf-8")
        raised = re.sub(r",(\d+(?:\.\d+)?)\s*$", lambda found: f",{float(found[1]) + 3:g}", rates, flags=re.MULTILINE)
        (self.path / "rates.csv").write_text(raised, "utf-8")
        for name in ("my-table.xlsx", "我的表.xlsx"):
            book = openpyxl.Workbook()
            for line in raised.splitlines():
                book.active.append([float(one) if re.fullmatch(r"\d+\.?\d*", one) else one for one in line.split(",")])
            book.save(self.path / name)
        cities = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬市")
        rows = zip(cities, (18, 20.5, 18.5, 21, 16.5, 13.5, 16, 12.5, 13.5),
                   (5162, 9902, 8062, 7392, 4116, 2100, 4102, 780, 577), strict=True)  # fmt: skip
        rows = list(rows)
        (self.path / "both.csv").write_text("地区,下降率（%）\n" + "".join(f"{n},{r}\n" for n, r, _ in rows), "utf-8")
        caps = "".join(f"{name},{cap}\n" for name, _, cap in rows)
        (self.path / "caps.csv").write_text(f"地区,碳排放总量（万吨）\n{caps}机动,307\n", "utf-8")
        project = "name,region,emissions,value_added,start\n钢铁扩建,柳州,20,30,2019\n"
        (self.path / "projects.csv").write_text(project, "utf-8")

    def run(self, words):
        """Run a command; returns its exit code and what it printed."""
        key = tuple(words)
        if key not in self.done:
            self.done[key] = self._outside(words) if words[0] == "sh" else self._inside(words[1:])
        return self.done[key]

    def _outside(self, words):
        ran = subprocess.run(words, cwd=self.path, capture_output=True, text=True, timeout=120, check=False)
        return ran.returncode, ran.stdout + ran.stderr

    def _inside(self, words):
        if words[0] == "init":  # into an empty folder only
            shutil.rmtree(self.path / words[1], ignore_errors=True)
        ran = CliRunner().invoke(app, words)
        if words[0] == "init" and "--assessment" in words and ran.exit_code == 0:
            self._scored(self.path / words[1])
        return ran.exit_code, ran.output

    def _scored(self, folder):
        """Give every city the points of every item, as those who assess do."""
        for path in folder.glob("*.xlsx"):
            book = openpyxl.load_workbook(path)
            sheet = book["评分表"]
            for row in sheet.iter_rows(min_row=4):
                for cell in row[4:]:
                    if row[0].value and sheet.cell(3, cell.column).value != "自评依据":
                        cell.value = row[3].value
            book.save(path)
