"""Scenarios made of a few numbers, plans of the bundled cases, one browser and one LibreOffice run for all tests."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from allocator.planning.plan import plan
from scenarios.baseline import Baseline
from scenarios.file.schema import ScenarioFile
from scenarios.load import Scenario, find_scenario, load_scenario
from scenarios.tables.regions import Regions

UNRULY = (
    "=1+1", "+cmd|' /C calc'!A1", "@SUM(A1)", '=HYPERLINK("http://x.invalid","x")', "-2+3", "\u202bאבג\u202c市",
    "\u200f右市", "👩‍👩‍👧🏭市", "甲" * 300, "x" * 300, "甲\x00\x07\x1b\x7f市", "甲\ud800\ufffe\U000effff市",
    "甲\n\t\r\u2028市", "<!--]]>&#0;{{ asked }}",
)  # fmt: skip
"""Formulas, marks of writing direction, emoji, long names, controls, what is no character, markup and fields."""


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
        return Scenario(file, regions, baseline, Path(), (), (), (), file.target)

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
def hostile_plan(hostile_scenario):
    return plan(hostile_scenario)


@pytest.fixture(scope="session")
def unruly_record(guangxi_plan):
    """Return Guangxi's plan with names that no office would write, in both languages."""
    called = [{"name": name, "name_en": name} for name in UNRULY]
    regions = [r.model_copy(update=each) for r, each in zip(guangxi_plan.record.regions, called, strict=True)]
    return guangxi_plan.record.model_copy(update={"regions": tuple(regions)})
