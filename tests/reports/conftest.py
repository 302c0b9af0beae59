"""Scenarios made of a few numbers, plans of the bundled cases, one browser and one LibreOffice run for all tests."""

import csv
import io
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from allocator.planning import plan
from scenarios.baseline import Baseline
from scenarios.load import Scenario, find_scenario, load_scenario
from scenarios.regions import Regions
from scenarios.schema import ScenarioFile

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "<b>粗体</b>",
    "{{7*7}}",
    '=HYPERLINK("file:///x","点击")',
    "+1",
    "@x",
    "-2+3",
    "%{y}<br>%{x}",
    "A&lt;B&amp;C",
    "长" * 200,
    "'引号",
    "${7*7}{% if 1 %}",
    "\u202e倒写",
)
"""A name for each of Guangxi's 14 rows: markup, formulas, templates, too long, right to left."""


@pytest.fixture(scope="session")
def make_scenario():
    """Return a function that makes a scenario of plain numbers, without any file."""

    def make(emissions, gdp, growth, target="17%", margin=0, grid="0.5 points", lower="0", upper="0.5", **more):
        names = more.pop("names", [f"R{n}" for n in range(len(emissions))])
        content = {
            "schema_version": 1, "name": "made", "title": "made", "period": {"base": 2015, "end": 2020},
            "target": target, "margin": margin, "regions": "regions.csv", "reference": {"map": "uniform"},
            "criteria": {"c": {"weight": 1, "indicators": {"i": {"column": "gdp", "direction": "+"}}}},
            "publish": {"grid": grid}, **more,
        }  # fmt: skip
        file = ScenarioFile.model_validate(content)
        numbers = {
            "emissions": tuple(map(Decimal, emissions)),
            "gdp": tuple(map(Decimal, gdp)),
            "growth": tuple(map(Decimal, growth)),
        }
        n = len(emissions)
        regions = Regions(
            ids=tuple(names), names=tuple(names), names_en=tuple(names), lower=(Decimal(lower),) * n,
            upper=(Decimal(upper),) * n, groups=("",) * n, columns={}, units={}, **numbers,
        )  # fmt: skip
        baseline = Baseline.of(regions, file.target, file.margin)
        return Scenario(file, regions, baseline, Path(), (), (), ())

    return make


@pytest.fixture(scope="session")
def guangxi_plan(guangxi):
    return plan(guangxi)


@pytest.fixture(scope="session")
def incentive_plan():
    return plan(load_scenario("guangxi-13fyp", ["incentive.target=19%", "incentive.step=0.5 points"]))


@pytest.fixture(scope="session")
def bounded_plan():
    """Return a plan whose bounds bind on both sides."""
    return plan(load_scenario("guangxi-13fyp", ["reference.spread=20 points", "bounds.upper=20%"]))


@pytest.fixture(scope="session")
def full_plan(tmp_path_factory):
    """Return a plan with classes, decline factors, uncertain growth and the price of protection."""
    folder = tmp_path_factory.mktemp("full") / "case"
    shutil.copytree(find_scenario("guangxi-13fyp").parent, folder)
    path = folder / "regions.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    factors = [f"{5 + n % 4}%,10%,{10 + n % 5}%" for n in range(len(rows))]
    path.write_text("\n".join([f"{header},s,t,u", *map(",".join, zip(rows, factors, strict=True))]), "utf-8")
    settings = [
        "publish.classes=4", "publish.grid=1 point", "growth_uncertainty=2%", "protect=1",
        "potentials.structure=s", "potentials.technique=t", "potentials.substitution=u",
    ]  # fmt: skip
    return plan(load_scenario(folder, settings))


@pytest.fixture(scope="session")
def hostile_scenario(tmp_path_factory):
    """Return Guangxi's numbers under hostile names, with markup in title, notes and an indicator's label."""
    folder = tmp_path_factory.mktemp("hostile")
    case = find_scenario("guangxi-13fyp").parent
    with (case / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for row, name in zip(rows[1:], HOSTILE, strict=True):
        row[1] = row[2] = name
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    (folder / "regions.csv").write_text(stream.getvalue(), "utf-8")
    shutil.copy(case / "published.csv", folder)
    text = (case / "scenario.yaml").read_text("utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("  members:")]
    text = "\n".join(kept) + "\n"
    for old, new in (
        ("{zh: 在岗职工平均工资, en: average wage}", "'<img src=y onerror=alert(3)> %{x}'"),
        ("{zh: 能力, en: capacity}", "'<i onclick=alert(4)>能力</i>'"),
        (
            "{zh: 广西“十三五”碳排放强度下降目标分解, en: Guangxi carbon-intensity target 2016–2020}",
            "'</title><b>题</b>'",
        ),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "scenario.yaml").write_text(text, "utf-8")
    return load_scenario(folder)


@pytest.fixture(scope="session")
def hostile_plan(hostile_scenario):
    return plan(hostile_scenario)


@pytest.fixture(scope="session")
def browser(chromium_path):
    """Return one Chromium for all tests."""
    from playwright.sync_api import sync_playwright

    arguments = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium_path, args=arguments)
        yield started
        started.close()
