"""The long table of the level below: what is wrong in it is said by city and cell, or asked."""

import pytest

from allocator.nested.planned import plan_tree
from allocator.saving import save
from reports.nested.words import WORDS
from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.nested.children import children_of
from tests.allocator.nested.province_case import CITIES, COUNTIES, HEAD, PROVINCE
from tests.allocator.nested.test_tree import OWN, folder, long_table


def refused(home, counties=COUNTIES, more=OWN):
    """Return the findings by which a table is refused."""
    with pytest.raises(InputError) as none:
        children_of(load_scenario(folder(home / "p", more, counties)))
    return none.value.findings


def table_of(home, text, more=OWN):
    made = folder(home / "p", more)
    (made / "counties.csv").write_text(text, "utf-8")
    return made


def test_a_parent_that_is_nobody_is_refused_with_the_nearest(tmp_path):
    counties = {"甲市": COUNTIES["甲市"], "乙已市": COUNTIES["乙市"], "天河": COUNTIES["丙市"]}
    findings = refused(tmp_path, counties)
    assert [one.code for one in findings] == ["parent_unknown_meant"] * 4 + ["parent_unknown"] * 2
    assert "上级“乙已市”不是本方案的地区，您要的是“乙市”？" in findings[0].say("zh")
    assert (findings[0].place.file, findings[0].place.row, findings[0].place.column) == ("counties.csv", 5, "上级")


def test_a_region_that_is_its_own_parent_is_refused(tmp_path):
    counties = {**COUNTIES, "丁县": ("999001,丁县,200,100,1.40,45000",)}
    (finding,) = refused(tmp_path, counties)
    assert (finding.code, finding.place.row) == ("parent_is_itself", 11)


def test_a_county_under_two_cities_is_refused(tmp_path):
    counties = {**COUNTIES, "丙市": (*COUNTIES["丙市"], "990101,甲一区,400,500,1.50,78000")}
    codes = [(one.code, one.say("zh")) for one in refused(tmp_path, counties)]
    assert any(code == "county_twice" and "同时在甲市和丙市之下" in said for code, said in codes)


def test_counties_of_one_name_are_told_apart_by_their_city(tmp_path):
    counties = {city: tuple(row.replace("一区", "城区") for row in rows) for city, rows in COUNTIES.items()}
    counties = {city: tuple(row.replace(f",{city[0]}城区", ",城区") for row in rows) for city, rows in counties.items()}
    tree = plan_tree(load_scenario(folder(tmp_path / "p", counties=counties)))
    assert [node.scenario.regions.names[0] for node in tree.nodes] == ["城区", "城区", "城区"]
    assert tree.leaves.implied == PROVINCE["implied_by_counties"]


def test_no_column_of_parents_is_refused_with_what_it_is_called(tmp_path):
    made = table_of(tmp_path, "\n".join((HEAD, *COUNTIES["甲市"], "")))
    with pytest.raises(InputError) as none:
        children_of(load_scenario(made))
    assert "表中没有“上级”列" in none.value.findings[0].say("zh")


def test_an_empty_parent_is_refused_at_its_cell(tmp_path):
    made = table_of(tmp_path, long_table().replace("甲市,990102", ",990102"))
    with pytest.raises(InputError) as none:
        children_of(load_scenario(made))
    (finding,) = none.value.findings
    assert (finding.code, finding.place.row, finding.place.column) == ("empty_cell", 3, "上级")


def test_a_county_that_repeats_its_city_is_asked_about(tmp_path):
    counties = {**COUNTIES, "丙市": ("990301,丙一区,800,500,1.45,55000", COUNTIES["丙市"][1])}
    asked = [one.asked for one in refused(tmp_path, counties)]
    assert "county-is-city:丙市:丙一区" in asked


def test_growth_that_no_counties_together_can_have_is_asked_about_and_answered(tmp_path):
    counties = {**COUNTIES, "丙市": ("990301,丙一区,250,300,1.45,55000", "990302,丙二县,550,200,1.42,46000")}
    (finding,) = refused(tmp_path, counties)
    assert finding.asked == "growth-of-parts:丙市"
    assert "丙市的增长倍数 1.39 不在其各县的 1.42 与 1.45 之间" in finding.say("zh")
    answer = f"{OWN}accept: [{{id: 'growth-of-parts:丙市', reason: 缺丙三县}}]\n"
    scenario = load_scenario(folder(tmp_path / "answered", answer, counties))
    notices = children_of(scenario).table.notices
    assert any("缺丙三县" in one.say("zh") for one in notices)
    assert not any(one.code.startswith("answers_nothing") for one in scenario.notices)


def test_a_row_by_which_counties_are_over_their_city_is_named(tmp_path):
    zone = "990109,开发区,500,120,1.41,60000"
    counties = {**COUNTIES, "甲市": (*COUNTIES["甲市"], zone)}
    (finding,) = refused(tmp_path, counties)
    assert finding.asked == "counted-twice:甲市:开发区"
    assert "恰好比全市多出“开发区”一行（排放多 500.00 万吨）" in finding.say("zh")


def test_sums_that_are_off_are_said_and_stop_nothing(tmp_path):
    off = ("990101,甲一区,380,520,1.55,78000", "990102,甲二县,960,320,1.45,60000", "990103,甲三县,560,210,1.30,48000")
    scenario = load_scenario(folder(tmp_path / "p", counties={**COUNTIES, "甲市": off}))
    tree = plan_tree(scenario)
    assert float(tree.nodes[0].verification.sigma) * 100 == pytest.approx(-2.9761, abs=5e-5)
    assert [float(r * 100) for r in tree.nodes[0].verification.rates] == [14, 18, 12]
    assert tree.nodes[0].verification.point_worth * 1 == pytest.approx(27.9210, abs=5e-5)
    said = [one.zh for one in tree.root.record.notices]
    assert any("甲市各县合计与全市数不符：排放 -5.00%，GDP +5.00%，增长 +4.22%" in one for one in said), said


def test_a_wrong_figure_is_said_at_its_cell_of_the_long_table(tmp_path):
    made = table_of(tmp_path, long_table().replace("乙二县,1500", "乙二县,x"))
    with pytest.raises(InputError) as none:
        children_of(load_scenario(made))
    (finding,) = none.value.findings
    assert (finding.place.file, finding.place.row, finding.place.column) == ("counties.csv", 6, "emissions")


@pytest.mark.parametrize(
    ("more", "code", "key"),
    [
        ("below: {scores: own}\n", "missing_key", "below.regions"),
        ("below: {regions: counties.csv, scores: all}\n", "not_one_of", "below.scores"),
        ("below: {regions: counties.csv, rules: []}\n", "unknown_key", "below.rules"),
        ("below: {regions: counties.csv, pass: 1}\n", "not_one_of", "below.pass"),
    ],
)
def test_a_wrong_key_is_said_by_its_line(tmp_path, more, code, key):
    with pytest.raises(InputError) as none:
        load_scenario(folder(tmp_path / "p", more))
    assert [(one.code, one.place.key, one.place.row) for one in none.value.findings] == [(code, key, 13)]


def test_of_a_level_nothing_is_below(tmp_path):
    made = folder(tmp_path / "p", f"{OWN}quantity: coal\nunit: 万吨\n")
    text = (made / "scenario.yaml").read_text("utf-8").replace("intensity", "coal")
    (made / "scenario.yaml").write_text(text, "utf-8")
    for name in ("regions.csv", "counties.csv"):
        (made / name).write_text((made / name).read_text("utf-8").replace("emissions(万吨)", "coal(万吨)"), "utf-8")
    with pytest.raises(InputError) as none:
        children_of(load_scenario(made))
    assert none.value.findings[0].code == "below_quantity"


def test_as_a_workbook_the_counties_have_a_sheet_and_the_plan_is_the_same(tmp_path):
    made = folder(tmp_path / "p")
    save(made, tmp_path / "方案.xlsx", "zh")
    found = plan_tree(load_scenario(tmp_path / "方案.xlsx"))
    assert found.leaves.implied == PROVINCE["implied_by_counties"]
    (tmp_path / "again").mkdir()
    save(tmp_path / "方案.xlsx", tmp_path / "again" / "scenario.yaml", "zh")
    assert (tmp_path / "again" / "counties.csv").is_file()
    assert plan_tree(load_scenario(tmp_path / "again")).leaves == found.leaves


def test_both_languages_say_the_same_values():
    import string

    for code, text in WORDS.texts.items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(one) if name} for one in (text.zh, text.en)]
        assert fields[0] == fields[1], code
    assert set(CITIES) >= set(COUNTIES)
