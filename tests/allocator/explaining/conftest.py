"""Four published splits: two bundled, two written from the figures beside, all with the nine indicators."""

import csv
import functools

import pytest

from scenarios.load import find_scenario, load_scenario
from tests.allocator.explaining.check_explained import JIANGSU, SHANDONG

HEAD = (
    "name,gdp(亿元),emissions(万吨),growth,avg_wage(元),gdp_per_capita(元),secondary_va(亿元),industry_energy_co2(万吨),"
    "fiscal_revenue(亿元),tertiary_share(%)"
)
NEW = {"jiangsu": ("江苏", JIANGSU, "18%", False), "shandong": ("山东", SHANDONG, "20.5%", True)}
"""Case -> province, figures, target, whether growth of its own is given (else it is the same for all)."""


def criteria():
    """Return the part of a bundled scenario that says its nine indicators."""
    text = find_scenario("guangxi-13fyp").read_text("utf-8")
    return text[text.index("normalize:") : text.index("publish:")]


def written(folder, case):
    """Write a case that is not bundled."""
    province, figures, target, grows = NEW[case]
    rows = [line.split(",") for line in figures.strip().splitlines()]
    members = [row[0] for row in rows]
    lines = []
    for name, _, gdp, co2, growth, wage, people, industry, energy, fiscal, tertiary in rows:
        head = f"{float(gdp) / float(people) * 1e4:.9f}"
        lines.append([name, gdp, co2, growth if grows else "1.3", wage, head, industry, energy, fiscal, tertiary])
    text = "\n".join([HEAD, *map(",".join, lines)])
    (folder / "regions.csv").write_text(text, "utf-8")
    (folder / "published.csv").write_text("\n".join(["name,rate(%)", *(f"{r[0]},{r[1]}" for r in rows)]), "utf-8")
    said = (
        f"schema_version: 1\nname: {case}\ntitle: {{zh: {province}, en: {case}}}\n"
        f"province:\n  name: {{zh: {province}, en: {case}}}\n  members: [{', '.join(members)}]\n"
        f"period: {{base: 2015, end: 2020}}\ntarget: {target}\nregions: regions.csv\n"
        f"bounds: {{lower: 10%, upper: 28%}}\n"
        f"reference: {{map: linear, spread: 3 points}}\n{criteria()}publish: {{grid: 0.5 points}}\n"
        f"tables: {{published: published.csv}}\n"
    )
    (folder / "scenario.yaml").write_text(said, "utf-8")
    return folder / "scenario.yaml"


def other_emissions(folder, case, series):
    """Write a bundled case with other emissions."""
    source = find_scenario(f"{case}-13fyp").parent
    for path in source.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    rows = list(csv.reader((source / "regions.csv").read_text("utf-8").splitlines()))
    for row, amount in zip(rows[1:], series, strict=True):
        row[3] = str(amount)
    (folder / "regions.csv").write_text("\n".join(map(",".join, rows)), "utf-8")
    return folder / "scenario.yaml"


@pytest.fixture(scope="session")
def case(tmp_path_factory):
    """Return a function that loads a case by its name."""

    @functools.cache
    def load(name, series=None):
        if series is not None:
            return load_scenario(other_emissions(tmp_path_factory.mktemp(name), name, series))
        if name in NEW:
            return load_scenario(written(tmp_path_factory.mktemp(name), name))
        return load_scenario(f"{name}-13fyp")

    return load
