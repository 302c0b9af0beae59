"""Projects whose figures can hardly be meant: a rule that lists one apart, and a table of those to come."""

import pytest

from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.sense.asking import Answers
from scenarios.tracking.projects import read_projects
from scenarios.wording import Text

LISTED = {
    "t among 10⁴ t, small enough to be in the region": ("emissions: 500, gdp: 0.01, gdp_end: 0.01", "emissions"),
    "10⁴ yuan": ("emissions: 0.02, gdp: 50, gdp_end: 60", "gdp"),
    "no emissions": ("gdp: 50, gdp_end: 60", "gdp"),
    "no GDP in the end year": ("emissions: 400, gdp: 50", "gdp"),
    "no GDP in the base year": ("emissions: 400, gdp_end: 50", "gdp_end"),
    "GDP interchanged": ("emissions: 400, gdp: 90, gdp_end: 50", "gdp_end"),
    "GDP in the end year in another unit": ("emissions: 40, gdp: 4, gdp_end: 400", "gdp_end"),
}
CODES = ("intensity_of_project", "intensity_of_project", *["project_half"] * 3, "project_growth", "project_growth")


@pytest.fixture
def listed(guangxi_folder, edit):
    """Return a function that loads Guangxi with one project listed apart."""

    def load(figures):
        rule = f"\n  - {{id: steel, reason: 单列, type: project, region: 防城港, {figures}}}"
        edit(guangxi_folder / "scenario.yaml", "rules: []", f"rules:{rule}")
        return load_scenario(guangxi_folder)

    return load


@pytest.mark.parametrize(("figures", "key", "code"), [(*one, c) for one, c in zip(LISTED.values(), CODES, strict=True)],
                         ids=LISTED)  # fmt: skip
def test_an_odd_listed_project_is_asked_about_at_its_key(refused, listed, guangxi_folder, figures, key, code):
    (found,) = refused(listed, figures)
    assert (found.code, found.severity, found.place.file, found.place.key) == (
        code, "question", "scenario.yaml", f"rules.steel.{key}"
    )  # fmt: skip
    lines = (guangxi_folder / "scenario.yaml").read_text("utf-8").splitlines()
    assert "id: steel" in lines[found.place.row - 1]
    path = guangxi_folder / "scenario.yaml"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\naccept:\n  - {{id: '{found.asked}', reason: 已核对}}\n")
    (said,) = [notice for notice in load_scenario(path).notices if notice.code == code]
    assert "已核对" in said.say("zh")


@pytest.mark.parametrize(
    "figures",
    ["emissions: 400", "emissions: 400, gdp: 50, gdp_end: 90", "gdp_end: 50", "emissions: 600, gdp: 8, gdp_end: 8",
     "emissions: 30, gdp: 60, gdp_end: 400"],
)  # fmt: skip
def test_a_sound_listed_project_is_asked_nothing(listed, figures):
    scenario = listed(figures)
    assert not [notice for notice in scenario.notices if notice.asked]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("石化,钦州,2600000,60,2019", "intensity_of_project", "emissions"),
        ("石化,钦州,260,600000,2019", "intensity_of_project", "value_added"),
        ("石化,钦州,2600000,600000,2019", "project_size", "emissions"),
        ("储运,南宁,50000,0,2019", "project_size", "emissions"),
    ],
)
def test_an_odd_planned_project_is_asked_about_at_its_cell(tmp_path, refused, guangxi, row, code, column):
    path = tmp_path / "projects.csv"
    path.write_text(f"project,region,emissions,value_added,start\n电厂,防城港,2500,30,2019\n{row}\n", "utf-8")
    first, *rest = refused(read_projects, path, guangxi.regions, 2018, 2020)
    assert (first.code, first.severity, first.place.row, first.place.column) == (code, "question", 3, column)
    answers = Answers({each.asked: Text("已核对", "checked") for each in (first, *rest)})
    projects, _, notices = read_projects(path, guangxi.regions, 2018, 2020, answers)
    assert len(projects) == 2
    assert notices[0].reason == Text("已核对", "checked")


def test_a_project_that_stands_twice_is_asked_about_and_each_question_has_its_own_answer(tmp_path, refused, guangxi):
    path = tmp_path / "projects.csv"
    rows = "热电,南宁,100,0.02,2018\n热电,柳州,400,0.03,2018\n热电,南宁,100,0.02,2018\n"
    path.write_text(f"project,region,emissions,value_added,start\n{rows}", "utf-8")
    asked = [finding.asked for finding in refused(read_projects, path, guangxi.regions, 2017, 2020)]
    odd = "planned-project-intensity:projects.csv:热电"
    assert asked == ["planned-project-twice:projects.csv:热电", odd, f"{odd}:2", f"{odd}:3"]
    answers = Answers(dict.fromkeys(asked[:3], Text("已核对", "checked")))
    left = refused(read_projects, path, guangxi.regions, 2017, 2020, answers=answers)
    assert [(finding.asked, finding.place.row) for finding in left] == [(f"{odd}:3", 4)]


PROJECTS = "项目,地区,排放（万吨）,增加值（亿元）,投产年份\n电厂,防城港,250,30,2019\n石化,钦州,260,60,2019\n"


@pytest.fixture
def read_more(tmp_path, guangxi):
    """Return a function that reads two projects and more lines: names, and code and row of what is said or asked."""

    def call(lines):
        path = tmp_path / "projects.csv"
        path.write_text(PROJECTS + lines, "utf-8")
        try:
            projects, _, notices = read_projects(path, guangxi.regions, 2017, 2020)
        except InputError as error:
            return [(f.code, f.place.row) for f in error.findings]
        return [project.name for project in projects], [(n.code, n.place.row) for n in notices]

    return call


@pytest.mark.parametrize(
    "lines", ["合计,,510,90,\n", ",合计,510,90,\n", "总计,,510,,\n", "合计,,509.9,90,2019\n", "合计,全省,510,90,\n"]
)
def test_a_total_of_projects_is_none_and_said(read_more, lines):
    assert read_more(lines) == (["电厂", "石化"], [("total_row", 4)])


def test_sums_of_those_above_are_totals_too(read_more):
    lines = "小计,,510,90,\n水泥,梧州,50,5,2020\n小计,,50,5,\n合计,,560,95,\n"
    assert read_more(lines) == (["电厂", "石化", "水泥"], [("total_row", 4), ("total_row", 6), ("total_row", 7)])


def test_a_total_that_does_not_add_up_is_asked_about(read_more):
    assert read_more("合计,,520,90,\n") == [("project_total", 4)]


def test_a_project_of_the_whole_province_is_no_total(read_more):
    assert ("unknown_region", 4) in read_more("电网,全省,510,90,2019\n")
