"""A city's own scenario, whose target is the rate printed for it one level up."""

import json
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.files import write_plan
from allocator.planning.plan import plan
from allocator.saving import save
from allocator.verifying.verify import verify
from reports.planning.record import PlanRecord
from scenarios.errors import InputError
from scenarios.load import load_scenario
from tests.allocator.nested.province_case import CITIES, COUNTIES, NODES, written

CIRCULAR = "地区,2030年比2025年下降（%）\n甲市,18\n乙市,20\n丙市、丁县,13.5\n全省,18\n注：按附件执行,\n"


@pytest.fixture(scope="module")
def above(tmp_path_factory):
    """Return a folder with the province's plan in it, as the command writes it."""
    home = tmp_path_factory.mktemp("levels")
    province = load_scenario(written(home / "province", CITIES.values()))
    write_plan(plan(province), home / "province" / "out", "zh")
    (home / "circular.csv").write_text(CIRCULAR, "utf-8")
    return home


def city(home, name, table, folder=None, more=""):
    """Return the scenario of a city that takes its target from a table."""
    target = f"{{of: {name}, in: {table}}}"
    return load_scenario(
        written(home / (folder or name), COUNTIES.get(name, ()), more, name="levels-city", title=name, target=target)
    )


@pytest.mark.parametrize("name", ["甲市", "乙市", "丙市"])
@pytest.mark.parametrize("table", ["../province/out/plan.json", "../province/out", "../circular.csv"])
def test_the_target_is_the_printed_rate_and_the_counties_are_the_independent_ones(above, name, table):
    scenario, figures = city(above, name, table), NODES[name]
    assert Decimal(scenario.target) == scenario.above.rate
    assert scenario.above.rate == Decimal(figures["published"].numerator) / figures["published"].denominator
    made = plan(scenario)
    assert [Decimal(rate) for rate in made.published] == [
        Decimal(row[3].numerator) / row[3].denominator for row in figures["counties"].values()
    ]
    v = made.verification
    assert (v.implied_reduction, v.sigma, v.uniform_rate) == (
        figures["implied"],
        figures["sigma"],
        figures["uniform_need"],
    )
    for found, (_, reference, rate, _) in zip(made.record.regions, figures["counties"].values(), strict=True):
        assert found.reference_rate == pytest.approx(float(reference), abs=1e-12)
        assert found.rate == pytest.approx(float(rate), abs=1e-12)
    low, high = map(float, figures["reach"])
    assert made.record.province.reach_lowest == pytest.approx(low, abs=1e-12)
    assert made.record.province.reach_highest == pytest.approx(high, abs=1e-12)


def test_a_rate_handed_on_unchanged_falls_short_by_sigma_times_what_is_left(above):
    for name, figures in NODES.items():
        if name in COUNTIES:
            scenario = city(above, name, "../province/out")
            found = verify_all(scenario, scenario.target).implied_reduction
            assert found == figures["handed_on_unchanged"]
            assert found == figures["published"] - figures["sigma"] * (1 - figures["published"])


def verify_all(scenario, rate):
    """Judge the table that gives all regions one rate."""
    table = scenario.folder / "same.csv"
    rows = "".join(f"{name},{rate * 100:f}\n" for name in scenario.regions.names)
    table.write_text(f"地区,下降率（%）\n{rows}", "utf-8")
    return verify(scenario, table)


def test_the_record_says_where_the_target_comes_from(above):
    made = plan(city(above, "乙市", "../province/out/plan.json")).record
    sealed = json.loads((above / "province/out/plan.json").read_text("utf-8"))["provenance"]["digest"]["whole"]
    assert made.above.model_dump() == {
        "scenario": "levels-province",
        "table": "plan.json",
        "region": "乙市",
        "rate": 0.2,
        "digest": sealed,
    }
    assert "plan.json" in made.provenance.inputs
    assert "目标 20% 是上级下达的：plan.json中“乙市”的下降率。" in "".join(one.zh for one in made.notices)
    of_table = plan(city(above, "乙市", "../circular.csv")).record.above.model_dump()
    assert of_table == {"table": "circular.csv", "region": "乙市", "rate": 0.2}
    assert PlanRecord.model_validate_json(made.to_json()).above == made.above


def test_a_region_is_found_by_its_code_too(above):
    assert city(above, "乙市", "../province/out", "by-code").above.region == "乙市"
    written(above / "code", COUNTIES["乙市"], target="{of: '990200', in: ../province/out}")
    assert load_scenario(above / "code").target == Decimal("0.2")


@pytest.mark.parametrize(
    ("of", "table", "said"),
    [
        ("乙", "../nowhere.json", "上级下降率表“../nowhere.json”不存在"),
        ("乙已市", "../province/out", "没有“乙已市”。您要的是“乙市”？有：甲市、乙市、丙市、丁县。"),
        ("天河区", "../circular.csv", "没有“天河区”，有：甲市、乙市、丙市、丁县。"),
    ],
)
def test_no_such_table_and_no_such_region_are_refused_at_the_target(above, of, table, said):
    folder = written(above / "refused", COUNTIES["乙市"], target=f"{{of: {of}, in: {table}}}")
    with pytest.raises(InputError) as refused:
        load_scenario(folder)
    (finding,) = refused.value.findings
    assert said in finding.say("zh")
    assert (finding.place.file, finding.place.row, finding.place.key) == ("scenario.yaml", 4, "target")


@pytest.mark.parametrize(
    ("target", "code", "key"),
    [
        ("{of: 乙市}", "missing_key", "target.in"),
        ("{of: 乙市, in: ../province/out, from: x}", "unknown_key", "target.from"),
        ("{of: 乙市, in: /plan.json}", "wrong_form", "target.in"),
        ("[乙市]", "not_a_rate", "target"),
    ],
)
def test_what_is_no_target_is_refused_by_its_key(above, target, code, key):
    folder = written(above / "wrong", COUNTIES["乙市"], target=target)
    with pytest.raises(InputError) as refused:
        load_scenario(folder)
    assert [(one.code, one.place.key) for one in refused.value.findings] == [(code, key)]


def test_another_period_quantity_or_scope_above_is_refused_with_its_place(above):
    folder = written(above / "later", COUNTIES["乙市"], target="{of: 乙市, in: ../province/out}")
    with pytest.raises(InputError) as refused:
        load_scenario(folder, ["period.base=2026"])
    (finding,) = refused.value.findings
    assert (finding.code, finding.place.file, finding.place.key) == ("above_period", "plan.json", "scenario.base_year")
    assert "规划期是 2025–2030，本方案是 2026–2030" in finding.say("zh")
    plan_json = json.loads((above / "province/out/plan.json").read_text("utf-8"))
    plan_json["scenario"] |= {"quantity": "energy"}
    (above / "energy").mkdir()
    (above / "energy" / "plan.json").write_text(json.dumps(plan_json), "utf-8")
    with pytest.raises(InputError) as refused:
        city(above, "乙市", "../energy", "of-energy")
    assert [one.code for one in refused.value.findings] == ["above_quantity"]


def test_a_circular_of_another_period_is_asked_about(above):
    (above / "old.csv").write_text("地区,2020年比2015年下降（%）\n甲市,18\n乙市,20\n", "utf-8")
    with pytest.raises(InputError) as refused:
        city(above, "乙市", "../old.csv", "of-old")
    assert [one.code for one in refused.value.findings] == ["rates_of_period"]


def test_a_plan_above_that_was_altered_hands_down_nothing(above, tmp_path):
    content = json.loads((above / "province/out/plan.json").read_text("utf-8"))
    content["regions"][1]["published_rate"] = 0.15
    (tmp_path / "plan.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    folder = written(tmp_path / "city", COUNTIES["乙市"], target="{of: 乙市, in: ../plan.json}")
    done = CliRunner().invoke(app, ["plan", str(folder), "--out", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "regions.乙市.published_rate" in done.stderr
    assert not (tmp_path / "out").exists()
    done = CliRunner().invoke(app, ["verify", str(folder), str(folder / "regions.csv")])
    assert "regions.乙市.published_rate" in done.stderr


def test_a_rate_of_no_cut_is_no_target(above):
    (above / "none.csv").write_text("地区,下降率（%）\n甲市,18\n乙市,0\n", "utf-8")
    with pytest.raises(InputError) as refused:
        city(above, "乙市", "../none.csv", "of-none")
    assert "none.csv 中“乙市”的下降率是 0%，不能作为目标" in refused.value.findings[0].say("zh")


def test_a_set_target_goes_before_the_one_handed_down(above):
    folder = written(above / "set", COUNTIES["乙市"], target="{of: 乙市, in: ../province/out}")
    scenario = load_scenario(folder, ["target=19%"])
    assert (scenario.target, scenario.above) == (Decimal("0.19"), None)
    assert load_scenario(folder, ["target.of=丙市"]).target == Decimal("0.135")


@pytest.mark.parametrize("name", ["方案.xlsx", "scenario.yaml"])
def test_saved_elsewhere_it_finds_the_same_table(above, tmp_path, name):
    folder = written(above / "saved", COUNTIES["乙市"], target="{of: 乙市, in: ../province/out/plan.json}")
    (tmp_path / "a").mkdir()
    save(folder, tmp_path / "a" / name, "zh")
    scenario = load_scenario(tmp_path / "a" / name)
    assert (scenario.target, scenario.above.region) == (Decimal("0.2"), "乙市")
    assert scenario.above.path.resolve() == (above / "province/out/plan.json").resolve()
