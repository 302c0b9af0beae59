"""`allocator methods`: what a planner gets on the screen and in the folder, in both languages."""

import csv
import io
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from allocator.by_method.files import write_methods
from allocator.by_method.methods import methods
from allocator.cli import app
from allocator.output.own_files import open_methods, open_plan
from allocator.planning.files import find_methods
from allocator.planning.plan import plan
from allocator.verifying.verify import verify
from reports.by_method.page import methods_html
from reports.by_method.sentences import methods_statements
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario
from scenarios.wording import LANGUAGES
from solvers.objectives.least_cost import Steps, cheapest
from solvers.problem import Infeasible, SplitProblem

RULES = "rules=[{id: gap, type: gap, at_most: 8 points, reason: 均衡}]"


@pytest.fixture(scope="module")
def guangxi():
    return methods(load_scenario("guangxi-13fyp"))


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """Return the record of a case with rules, upper bounds of its own, costs and the last period's rates."""
    folder = tmp_path_factory.mktemp("full") / "case"
    shutil.copytree(find_scenario("guangxi-13fyp").parent, folder)
    rows = list(csv.reader((folder / "regions.csv").read_text("utf-8").splitlines()))
    rows = [[*row, "upper(%)" if n == 0 else str(22 + n % 4 * 2)] for n, row in enumerate(rows)]
    (folder / "regions.csv").write_text("\n".join(map(",".join, rows)), "utf-8")
    steps = [f"{row[1]},{k},8,{40 + 60 * k + 17 * n % 90}" for n, row in enumerate(rows[1:]) for k in range(1, 5)]
    (folder / "costs.csv").write_text("\n".join(["region,step,width(points),price(yuan/t)", *steps]), "utf-8")
    return methods(load_scenario(folder, [RULES, "methods.costs=costs.csv", "last_period=published"]))


def line(record, key):
    return next(method for method in record.methods if method.key == key)


def test_the_table_on_the_screen(guangxi):
    said = "\n".join(methods_statements(guangxi, "zh"))
    assert "4 按基年排放（祖父法）   11.3 … 25.6  11.5 … 25.0          0/1     17.051        0.3840  −0.249" in said
    assert "10 表：published *" in said
    assert "表：published：不支撑总目标（只到 14.73%）：成本和负担不可与其他各列比较" in said
    assert "潜力用得一样多、纳什解：没有各市自己的上限或降碳潜力" in said
    assert "人均趋同、零和 DEA：这一结果是上下限定的，不是方法定的" in said
    assert "θ = 0.143" in said
    assert "反对理由却最多（36 对）" in said
    assert "不排名，不合成总分" in said
    assert "least cost" not in "\n".join(methods_statements(guangxi, "en"))


def test_without_people_nothing_per_head_is_had_and_the_lines_stay():
    record = methods(load_scenario("15fyp-example"))
    absent = {method.key for method in record.methods if method.missing is not None}
    assert {"per-head", "ability", "even-burden-head", "zsg-dea"} < absent
    assert "methods: {population: 列名}" in line(record, "per-head").missing.zh
    assert all(method.figures.gini_head is None for method in record.had)
    said = "\n".join(methods_statements(record, "zh"))
    assert "总量控制使全省须降 17.82%" in said
    assert "基尼" not in said


def test_a_score_of_nothing_is_named():
    missing = line(methods(load_scenario("three-cities")), "proportional").missing
    assert (missing.zh, missing.en) == (
        "有得分不大于零（甲市），不能按得分的比例分",
        "a score is not above zero (City A): nothing can be in proportion to it",
    )


def test_rules_bind_every_method_and_costs_are_told(full):
    made = [method for method in full.had if method.kind == "method"]
    assert [method.key for method in full.methods if method.missing] == []
    for method in made:
        assert method.backed
        assert method.kept
        assert max(method.published) - min(method.published) <= 0.08 + 1e-12
    costs = {method.key: method.figures.cost for method in made}
    assert min(costs, key=costs.get) == "least-cost"
    assert [constant.unit for constant in line(full, "least-cost").constants] == ["元/吨"]
    assert line(full, "published").figures.pace == pytest.approx(1.0)
    said = "\n".join(methods_statements(full, "en"))
    assert "There is no neutral w in the Nash solution" in said
    assert "rules moved more than half of the regions" in said


def test_the_burden_per_head_is_most_even_by_its_own_program_under_rules(full):
    """The leximin split to the same pair is 0.29: even burdens are those of the linear program."""
    found = {method.key: method.figures.gini_head for method in full.had if method.kind == "method"}
    assert min(found, key=found.get) == "even-burden-head"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_holds_every_line_in_either_language(full, language):
    page = methods_html(full, language)
    assert page.count("<svg") == len(full.had)
    assert 'id="rates"' in page
    assert page.count('<th scope="row" class="text name">') >= len(full.regions) + 2 * len(full.had)
    assert "Plotly" not in page
    assert ("不支撑总目标" if language == "zh" else "does not back the target") in page


def test_energy_is_spoken_of_as_energy():
    record = methods(load_scenario("15fyp-energy"))
    zh, en = (methods_html(record, language) for language in LANGUAGES)
    assert "按基年能源消费" in zh
    assert "base-year energy use" in en
    assert "基年排放" not in zh


def test_the_command_writes_its_folder(tmp_path, guangxi):
    done = CliRunner().invoke(app, ["methods", "guangxi-13fyp", "--out", str(tmp_path / "out"), "--lang", "en"])
    assert done.exit_code == 0
    tables = {f"rates-{method.key}.csv" for method in guangxi.had if method.kind == "method"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "methods.json",
        "methods.csv",
        "methods.html",
        *tables,
    }
    rows = list(csv.reader(io.StringIO((tmp_path / "out" / "methods.csv").read_bytes().decode("utf-8-sig"))))
    assert rows[0] == ["method", "code", "city", "formula (%)", "bounded (%)", "with rules (%)", "printed (%)"]
    assert ["per head", "450300", "Guilin", "4.5085", "10.0000", "10.0000", "10.0"] in rows
    assert len(rows) == 1 + 10 * 14
    record = json.loads((tmp_path / "out" / "methods.json").read_text("utf-8"))
    assert set(record["inputs"]) == {"scenario.yaml", "regions.csv", "population.csv"}
    again = CliRunner().invoke(app, ["methods", "guangxi-13fyp", "--out", str(tmp_path / "out"), "--json"])
    assert json.loads(again.stdout)["methods"] == record["methods"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_method_is_taken_as_any_table_of_rates(tmp_path, guangxi, language):
    write_methods(guangxi, tmp_path / "out", language)
    scenario = load_scenario("guangxi-13fyp")
    for method in guangxi.had:
        if method.kind == "method":
            found = verify(scenario, tmp_path / "out" / f"rates-{method.key}.csv")
            assert found.passed
            assert tuple(map(float, found.rates)) == method.published


def test_a_table_of_a_method_that_is_no_more_does_not_stay(tmp_path, guangxi):
    write_methods(guangxi, tmp_path / "out", "zh")
    less = guangxi.model_copy(update={"methods": tuple(m for m in guangxi.methods if m.key != "ability")})
    write_methods(less, tmp_path / "out", "zh")
    assert not (tmp_path / "out" / "rates-ability.csv").exists()
    assert (tmp_path / "out" / "rates-uniform.csv").exists()


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    done = CliRunner().invoke(app, ["methods", "guangxi-13fyp", "--out", str(tmp_path)])
    assert done.exit_code == 2
    assert {path.name for path in tmp_path.iterdir()} == {"notes.txt"}


def test_a_level_has_no_methods():
    with pytest.raises(InputError) as error:
        methods(load_scenario(Path(find_scenario("15fyp-energy")).parent / "coal.yaml"))
    assert error.value.findings[0].code == "level_not_here"


def test_out_of_reach_is_said_as_the_plan_says_it():
    done = CliRunner().invoke(app, ["methods", "guangxi-13fyp", "--set", "target=40%", "--out", "nowhere"])
    assert done.exit_code == 3
    assert not Path("nowhere").exists()


def test_where_bounds_leave_no_split_at_the_target_every_method_splits_the_least_above_it():
    """All at 20 %: Σ a 0.2 - sigma, sigma = -.0206…: 18.34 %."""
    record = methods(load_scenario("guangxi-13fyp", ["bounds={lower: 20%, upper: 25%}", "exceed=allow"]))
    assert record.least == pytest.approx(0.18337, abs=5e-6)
    made = [method for method in record.had if method.kind == "method"]
    assert {rate for method in made for rate in method.published} == {0.2}
    assert "各方法都按全省降 18.34% 分" in "\n".join(methods_statements(record, "zh"))


def test_protection_against_uncertain_growth_is_kept_by_every_method():
    record = methods(load_scenario("guangxi-13fyp", ["growth_uncertainty=5%", "protect=2"]))
    made = [method for method in record.had if method.kind == "method"]
    assert len(made) > 8
    for method in made:
        assert method.kept
        assert method.implied_reduction >= 0.17 + method.figures.loss2_points / 100 - 2e-4


# a cheap and a dear step each; in order of price: A1 (10), B1 (20), A2 (30), B2 (60)
TWO = SplitProblem(np.array([0.5, 0.5]), 0.1, np.full(2, 0.1), np.ones(2), np.zeros(2), np.full(2, 0.5))
PRICED = Steps(((0.1, 0.2), (0.05, 0.2)), ((10.0, 30.0), (20.0, 60.0)), np.array([100.0, 100.0]))


def test_the_cheapest_steps_come_first_whosever_they_are():
    """Σ r = 0.2: 0.1 of A1, 0.05 of B1, 0.05 of A2; 100 (0.1·10 + 0.05·20 + 0.05·30) = 350."""
    found = cheapest(TWO, PRICED)
    assert found.split.rates == pytest.approx([0.15, 0.05], abs=1e-9)
    assert found.cost == pytest.approx(350, rel=1e-9)
    # one more of the total is two more of A's rate at 100·30
    assert found.price == pytest.approx(6000, rel=1e-9)
    assert PRICED.cost(found.split.rates) == pytest.approx(350, rel=1e-8)


def test_beyond_the_steps_there_is_no_cost_and_no_split():
    assert PRICED.cost(np.array([0.31, 0.0])) is None
    with pytest.raises(Infeasible):
        cheapest(replace(TWO, total=0.3), PRICED)
    with pytest.raises(ValueError, match="fall"):
        Steps(((0.1, 0.1),), ((20.0, 10.0),), np.ones(1))


def test_the_function_of_the_package_is_no_module():
    import allocator.by_method.lines

    record = allocator.methods(load_scenario("guangxi-13fyp"))
    assert len(record.regions) == 14


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """Return a plan's folder, with methods in it, and the report that was written thereafter."""
    folder = tmp_path_factory.mktemp("reported") / "plan"
    for words in (["methods", "--out", str(folder / "methods")], ["plan", "--out", str(folder)]):
        done = CliRunner().invoke(app, [words[0], "guangxi-13fyp", *words[1:]])
        assert done.exit_code == 0, done.output
    return folder


def test_the_report_has_a_chapter_where_methods_stand_in_the_folder_of_the_plan(reported, guangxi):
    text = (reported / "report.html").read_text("utf-8")
    chapter = re.search(r'<details class="chapter" id="chapter-methods">.*?</details>', text, re.DOTALL)[0]
    plain = re.sub(r"<!--.*?-->|\u00a0", " ", chapter)
    assert "换方法，变化最大的是河池" in plain
    assert 'href="methods/methods.html"' in plain
    rates = re.search(r'<table id="methods-rates">.*?</table>', plain, re.DOTALL)[0]
    rows = [re.findall(r"<t[dh][^>]*>([^<]*)</t", row) for row in re.findall(r"<tr>.*?</tr>", rates, re.DOTALL)]
    assert [row[1:] for row in rows[1:]] == [
        [f"{one.published[n] * 100:.1f}" for one in guangxi.had] for n in range(len(guangxi.regions))
    ]
    assert plain.count("<tr>") == 1 + 14 + 1 + len(guangxi.had)
    assert find_methods(reported, open_plan(reported).record).regions == guangxi.regions


def test_methods_of_something_else_are_left_out_and_that_is_said(reported, tmp_path):
    folder = tmp_path / "plan"
    shutil.copytree(reported, folder)
    record, file = open_plan(folder).record, folder / "methods" / "methods.json"
    found = find_methods(folder, record)
    others = (
        {"inputs": {}}, {"overrides": ("target=16%",)}, {"regions": found.regions[1:]},
        {"methods": tuple(one for one in found.methods if one.key != "plan")},
    )  # fmt: skip
    for update in others:
        file.write_text(found.model_copy(update=update).to_json(), "utf-8")
        assert find_methods(folder, record) is None
    file.write_text(found.to_json().replace('"converge": 2050', '"converge": 2060'), "utf-8")
    with pytest.raises(InputError) as error:
        open_methods(file, record)
    assert error.value.findings[0].code == "own_altered"
    for language, said in (("zh", "请重新运行 allocator methods"), ("en", "run allocator methods again")):
        assert (
            CliRunner().invoke(app, ["plan", "guangxi-13fyp", "--out", str(folder), "--lang", language]).exit_code == 0
        )
        text = (folder / "report.html").read_text("utf-8")
        assert 'id="methods"' not in text
        assert said in text.replace("\u00a0", " ")


def test_methods_that_read_more_tables_fit_as_well(tmp_path):
    found = methods(load_scenario("guangxi-13fyp"))
    more = found.model_copy(update={"inputs": {**found.inputs, "costs.csv": "0" * 64}})
    made = plan(load_scenario("guangxi-13fyp"))
    (tmp_path / "methods").mkdir()
    (tmp_path / "methods" / "methods.json").write_text(more.to_json(), "utf-8")
    assert find_methods(tmp_path, made.record) is not None


def test_a_method_is_taken_as_a_round(guangxi, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for more, rounds in (([], tmp_path / "out" / "guangxi-13fyp" / "rounds"), (["--out", "r"], tmp_path / "r")):
        done = CliRunner().invoke(app, ["methods", "guangxi-13fyp", "--take", "per-head", *more])
        assert done.exit_code == 0, done.output
        folder = rounds / "round-001"
    record = open_plan(folder).record
    assert tuple(one.published_rate for one in record.regions) == line(guangxi, "per-head").published
    assert {hold.kind for one in record.regions for hold in one.holds} == {"agreed"}
    assert open_plan(folder).proof is not None
    assert json.loads((folder / "round.json").read_text("utf-8"))["why"].startswith("采用方法：人均趋同")
    assert CliRunner().invoke(app, ["negotiate", "guangxi-13fyp", "--replay", str(folder)]).exit_code == 0
    assert CliRunner().invoke(app, ["prove", str(folder)]).exit_code == 0


def test_a_method_that_cannot_be_taken_says_why():
    for words, said in (
        (["methods", "guangxi-13fyp", "--take", "nash", "--lang", "en"], "this method cannot be had: no upper bounds"),
        (["methods", "guangxi-13fyp", "--take", "x", "--lang", "en"], "there is no method “x”"),
        (["plan", "guangxi-13fyp", "--set", "reference.map=nash"], "请运行 allocator methods 方案 --take nash"),
        (["plan", "guangxi-13fyp", "--set", "reference.map=nsah", "--lang", "en"], "linear, proportional, uniform"),
    ):
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 2
        assert said in done.stderr
