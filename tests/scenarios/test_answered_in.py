"""The lines that answer questions are said to go into the scenario file that asked them."""

import shutil

import pytest

from allocator.planning.foreseen import foresee
from allocator.planning.plan import plan
from allocator.tracking.track import track
from allocator.verifying.verify import judgement
from scenarios.errors import Finding, InputError, answered_in
from scenarios.load import find_scenario, load_scenario
from scenarios.told import to_paste

NAMES = "甲乙丙丁戊己庚辛壬"


def test_questions_of_a_table_of_rates_name_its_scenario(tmp_path):
    folder = shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case")
    (folder / "t.csv").write_text("地区,下降率（%）\n" + "".join(f"{n}市,0.02\n" for n in NAMES), "utf-8")
    with pytest.raises(InputError) as caught:
        judgement(load_scenario(folder / "coal.yaml"), str(folder / "t.csv"))
    assert to_paste(caught.value.findings, "zh")[0].startswith("若核对无误，请把以下各行写入 coal.yaml（")
    assert "write into coal.yaml (" in to_paste(caught.value.findings, "en")[0]


def test_questions_of_a_scenario_name_it_too(tmp_path):
    folder = shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case")
    with pytest.raises(InputError) as caught:
        load_scenario(folder / "nonfossil.yaml", ["target=1%"])
    assert "写入 nonfossil.yaml（" in to_paste(caught.value.findings, "zh")[0]


def test_of_several_each_is_named_and_of_none_the_scenario_file():
    found = []
    for name in ("coal.yaml", "方案.xlsx", ""):
        with answered_in(name):
            found.append(Finding("off_column", asked=f"one:{name}", severity="question"))
    assert "写入 coal.yaml、方案.xlsx（" in to_paste(found, "zh")[0]
    assert "写入 方案文件（" in to_paste(found[2:], "zh")[0]
    assert "write into the scenario file (" in to_paste(found[2:], "en")[0]


def test_questions_of_draws_and_years_name_it_wherever_they_are_asked(tmp_path):
    folder = shutil.copytree(find_scenario("15fyp-example").parent, tmp_path / "case")
    (folder / "d.csv").write_text("项目,地区,动用量(万吨),投产年份\nA,甲市,290,2026\n", "utf-8")
    (folder / "scenario.yaml").rename(folder / "方案.yaml")
    scenario = load_scenario(folder / "方案.yaml", ["total.draws=d.csv"])
    for asks in (plan, foresee):
        with pytest.raises(InputError) as caught:
            asks(scenario)
        assert "写入 方案.yaml（" in to_paste(caught.value.findings, "zh")[0]
    scenario = load_scenario(folder / "方案.yaml")
    cities = zip(scenario.regions.names, scenario.regions.gdp, scenario.regions.emissions, strict=True)
    rows = "".join(f"{name},2026,{gdp * 10},{emissions}\n" for name, gdp, emissions in cities)
    (folder / "a.csv").write_text(f"region,year,gdp(亿元),emissions(万吨)\n{rows}", "utf-8")
    with pytest.raises(InputError) as caught:
        track(scenario, folder / "a.csv")
    assert "写入 方案.yaml（" in to_paste(caught.value.findings, "zh")[0]
