"""The printed tables of a whole tree, judged: a line a parent, then the province by its leaves."""

import json
import random

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.nested.files import tables_of
from allocator.nested.folded import reach_of
from allocator.nested.judged import judged_tree
from allocator.nested.planned import plan_tree
from allocator.planning.plan import plan
from reports.nested.sentences import tree_csv
from scenarios.load import load_scenario
from tests.allocator.nested.province_case import CITIES, COUNTIES, HEAD, written
from tests.allocator.nested.test_tree import OWN, folder

PRINTED = {
    "": ("甲市,18", "乙市,20", "丙市,13.5", "丁县,13.5"),
    "甲市": ("甲一区,13", "甲二县,17.5", "甲三县,12"),
    "乙市": ("乙一区,24.5", "乙二县,28", "乙三县,24.5", "乙四县,21.5"),
    "丙市": ("丙一区,11", "丙二县,11"),
}


def tree_table(printed):
    """Return the tables of all levels as one."""
    rows = "".join(f"{parent},{row}\n" for parent, rows in printed.items() for row in rows)
    return f"上级,地区,下降率（%）\n{rows}"


def judged(home, table, *more):
    return CliRunner().invoke(app, ["verify", str(home), str(table), *more])


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return folder(tmp_path_factory.mktemp("judged") / "province")


def test_all_levels_are_backed_and_said(home):
    (home / "t.csv").write_text(tree_table(PRINTED), "utf-8")
    done = judged(home, home / "t.csv")
    assert done.exit_code == 0
    assert (
        "按各县合计，全省下降 18.2695%，不低于总目标 18%；结构效应 +2.1104 个百分点，各县若同降，须各降 19.6948%。"
        in done.stdout
    )
    assert "若各县都照搬所属市的下降率，全省只有 16.4593%，比总目标少 1.5407 个百分点（118.64 万吨）。" in done.stdout


@pytest.mark.parametrize(("rate", "city", "whole"), [("17", "17.8156", "18.1786"), ("16.5", "17.5674", "18.0877")])
def test_a_tampered_county_fails_its_city_and_the_province_stands(home, rate, city, whole):
    printed = {**PRINTED, "甲市": ("甲一区,13", f"甲二县,{rate}", "甲三县,12")}
    (home / "t.csv").write_text(tree_table(printed), "utf-8")
    done = judged(home, home / "t.csv", "--lang", "en")
    assert done.exit_code == 1
    assert f"Not backed: the counties of 甲市 give {city} % of the 18 % printed for it" in done.stdout
    assert f"By its counties the province cuts {whole} %, not less than its target of 18 %" in done.stdout
    assert "甲市 is not backed by its counties; by all counties the province is backed all the same." in done.stdout
    record = json.loads(judged(home, home / "t.csv", "--json").stdout)
    assert [one["verdict"] for one in record["below"]] == ["not_backed", "backed", "backed"]
    assert (record["tree"]["not_backed"], record["tree"]["verdict"]) == (["甲市"], "backed")


def test_missing_and_unknown_counties_are_said_of_their_city_and_the_others_judged(home):
    printed = {**PRINTED, "甲市": ("甲一区,13", "甲三县,12"), "丙市": ("丙一区,11", "丙三县,11")}
    (home / "t.csv").write_text(tree_table(printed), "utf-8")
    done = judged(home, home / "t.csv")
    assert done.exit_code == 2
    assert "甲市：这张表不能用" in done.stdout
    assert "甲二县" in done.stdout
    assert "丙市：这张表不能用" in done.stdout
    assert "丙三县" in done.stdout
    assert "20.1729" in done.stdout
    assert "按各县合计" not in done.stdout


def test_a_folder_of_tables_and_a_plan_folder_are_judged_alike(home, tmp_path):
    (tmp_path / "tables").mkdir()
    names = {"": "全省", "甲市": "甲市", "乙市": "990200", "丙市": "丙市"}
    for parent, rows in PRINTED.items():
        text = "".join(f"{row}\n" for row in ("地区,下降率（%）", *rows))
        (tmp_path / "tables" / f"{names[parent]}.csv").write_text(text, "utf-8")
    done = judged(home, tmp_path / "tables", "--json")
    assert done.exit_code == 0
    assert CliRunner().invoke(app, ["plan", str(home), "--out", str(tmp_path / "out")]).exit_code == 0
    written_plan = judged(home, tmp_path / "out", "--json")
    assert written_plan.exit_code == 0
    first, second = (json.loads(one.stdout) for one in (done, written_plan))
    assert (first["below"], first["tree"]) == (second["below"], second["tree"])
    assert round(first["tree"]["implied_by_leaves"], 7) == 0.1826948
    altered = tmp_path / "out" / "below" / "990200" / "plan.json"
    content = json.loads(altered.read_text("utf-8"))
    content["regions"][0]["published_rate"] = 0.2
    altered.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    done = judged(home, tmp_path / "out")
    assert done.exit_code == 1
    assert "below/990200/plan.json" in done.stdout
    assert "未支撑：乙市" in done.stdout
    (tmp_path / "tables" / "丙市.csv").unlink()
    done = judged(home, tmp_path / "tables")
    assert (done.exit_code, "没有“丙市”各县的下降率表" in done.stdout) == (2, True)


def test_two_tables_that_say_another_rate_of_one_city_are_said(home, tmp_path):
    for parent, rows in PRINTED.items():
        own = ("全市,19",) if parent == "乙市" else ()
        text = "".join(f"{row}\n" for row in ("地区,下降率（%）", *rows, *own))
        (tmp_path / f"{parent or '全省'}.csv").write_text(text, "utf-8")
    done = judged(home, tmp_path)
    assert "乙市的表写本级下降率为 19，上一级的表写 20；两张表不一致" in done.stderr


def test_a_table_of_the_cities_alone_is_judged_as_ever(home):
    (home / "cities.csv").write_text("地区,下降率（%）\n" + "\n".join(PRINTED[""]), "utf-8")
    done = judged(home, home / "cities.csv")
    assert done.exit_code == 0
    assert "按各县合计" not in done.stdout


def random_tree(home, seed):
    """Write a random province of some cities with counties, whose figures are the sums of these."""
    draw = random.Random(seed)
    counties, cities = {}, []
    for n in range(draw.randint(2, 3)):
        name = f"{'东西南'[n]}市"
        sizes = [draw.randint(80, 500) for _ in range(draw.randint(2, 4))]
        rows = [(y * draw.randint(100, 300) // 100, y, draw.randint(115, 150), draw.randint(400, 900)) for y in sizes]
        e, y = sum(r[0] for r in rows), sum(r[1] for r in rows)
        growth = sum(r[1] * r[2] for r in rows) / y / 100
        cities.append(f"99{n + 1}000,{name},{e},{y},{growth:.12f},{draw.randint(300, 900) * 100}")
        counties[name] = tuple(
            f"99{n + 1}{k:03d},{name}{k}县,{r[0]},{r[1]},{r[2] / 100},{r[3] * 100}" for k, r in enumerate(rows, 1)
        )
    made = written(home, cities, OWN)
    rows = (f"{city},{row}" for city, own in counties.items() for row in own)
    (made / "counties.csv").write_text("\n".join((f"上级,{HEAD}", *rows, "")), "utf-8")
    return made


WIDE = ("bounds.lower=0%", "bounds.upper=60%", "target=20%", "reference.spread=3 points")


@pytest.mark.parametrize("seed", range(12))
def test_every_random_tree_that_is_printed_verifies_and_a_tampered_county_is_named(tmp_path, seed):
    home = random_tree(tmp_path / "p", seed)
    scenario = load_scenario(home, WIDE)
    tree = plan_tree(scenario)
    table = tmp_path / "tree.csv"
    text = tree_csv(tree.root.record, tables_of(tree), "zh")
    table.write_text(text, "utf-8")
    found = judged_tree(scenario, str(table))
    assert found.passed
    assert found.leaves == tree.leaves
    # one county of the first city cut by ten points: that city, and no other, is no longer backed
    rows = text.splitlines()
    n = next(n for n, row in enumerate(rows) if row.startswith("东市,"))
    parent, code, name, rate = rows[n].split(",")
    rows[n] = ",".join((parent, code, name, f"{float(rate) - 10:g}"))
    table.write_text("\n".join(rows), "utf-8")
    assert judged_tree(scenario, str(table)).record.tree.not_backed == ("东市",)


@pytest.mark.parametrize("seed", range(12))
def test_within_reach_there_is_a_table_even_at_the_hardest_printable_rate(tmp_path, seed):
    scenario = load_scenario(random_tree(tmp_path / "p", 100 + seed), [*WIDE, "below.bounds.upper=23.3%"])
    tree = plan_tree(load_scenario(tmp_path / "p", WIDE))
    from scenarios.nested.children import children_of

    children = children_of(scenario)
    assert tree.nodes
    for n in children.members:
        hardest = reach_of(children, n)[1] * 200 // 1
        made = plan(children.scenario(n, type(scenario.target)(int(hardest)) / 200))
        assert made.verification.passed


def test_the_example_is_what_the_tables_say():
    assert set(CITIES) == {row.split(",")[0] for row in PRINTED[""]}
    assert {city: len(rows) for city, rows in COUNTIES.items()} == {c: len(r) for c, r in PRINTED.items() if c}


def test_commands_on_the_province_alone_say_that_the_counties_are_left_aside(home, tmp_path):
    said = "这里只算到市一级"
    assert said in CliRunner().invoke(app, ["check", str(home)]).stderr
    assert said in judged(home, home / "cities.csv").stderr
    done = CliRunner().invoke(app, ["plan", str(home), "--out", str(tmp_path / "out")])
    (home / "t.csv").write_text(tree_table(PRINTED), "utf-8")
    assert said not in done.stdout + done.stderr + judged(home, home / "t.csv").stderr
