"""A table of cities without a scenario: what is missing is asked, and the workbook that is written says it."""

import pytest

from allocator.app.own.form import Filled, form_of, make
from allocator.app.server import start
from allocator.app.shelf import Shelf
from allocator.planning.plan import plan
from reports.words import LABELS
from scenarios.errors import InputError
from scenarios.load import load_scenario
from tests.allocator.app.beside.conftest import narrow_and_accessible
from tests.allocator.app.conftest import watched
from tests.allocator.app.own.conftest import HERE, serving_folder
from tests.browsers import followed

CSV = "地区,碳排放（万吨）,GDP（亿元）,增长倍数,人均GDP,三产比重（%）\n" + "".join(
    f"{name},{emissions},{gdp},{growth},{wealth},{tertiary}\n"
    for name, emissions, gdp, growth, wealth, tertiary in (
        ("甲市", 3089, 2298.62, 1.35, 5.2, 49.95),
        ("乙市", 4120, 2298.62, 1.38, 6.1, 36.17),
        ("丙市", 1980, 1942.97, 1.36, 4.8, 38.2),
    )
)
SETTINGS = {
    "title.zh": "某省", "period.base": "2025", "period.end": "2030", "target": "17", "bounds.lower": "10",
    "bounds.upper": "25%", "reference.spread": "8",
}  # fmt: skip
PICKED = [
    {"column": "人均GDP", "direction": "+", "weight": "2"},
    {"column": "三产比重", "direction": "-", "weight": ""},
]


@pytest.fixture
def table(tmp_path):
    (tmp_path / "各市").mkdir()
    path = tmp_path / "各市" / "各市.csv"
    path.write_text(CSV, "utf-8")
    return path


def fill(**more):
    return Filled.model_validate({"settings": SETTINGS, "indicators": PICKED, **more})


def test_what_was_asked_becomes_a_workbook_that_plans(table):
    form = form_of(table, "zh")
    assert form.missing == ()
    assert [column for column, _ in form.indicators] == [
        "intensity",
        "emissions",
        "gdp",
        "growth",
        "人均GDP",
        "三产比重",
    ]
    book = make(form, fill(), "zh")
    assert book.name == "方案.xlsx"
    scenario = load_scenario(book)
    assert [f"{scenario.file.target}", f"{scenario.file.bounds.lower}", f"{scenario.file.reference.spread}"] == [
        "0.17", "0.1", "0.08",
    ]  # fmt: skip
    assert {key: f"{weight:.4f}" for key, weight in scenario.criterion_weights().items()} == {
        "c1": "0.6667",
        "c2": "0.3333",
    }
    assert scenario.regions.names == ("甲市", "乙市", "丙市")
    assert plan(scenario).record.province.verdict == "backed"
    with pytest.raises(InputError):  # it is there already
        make(form, fill(), "zh")


def test_a_header_that_nobody_knows_is_chosen(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text(CSV.replace("碳排放（万吨）", "甲种数字"), "utf-8")
    form = form_of(path, "zh")
    assert form.missing == ("emissions",)
    assert "甲种数字" in form.free
    scenario = load_scenario(make(form, fill(columns={"emissions": "甲种数字"}), "zh"))
    assert [str(value) for value in scenario.regions.emissions] == ["3089", "4120", "1980"]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"settings": {**SETTINGS, "target": ""}}, "target"),
        ({"settings": {**SETTINGS, "period.end": "soon"}}, "period.end"),
        ({"settings": {**SETTINGS, "target": "x"}}, "target"),
        ({"settings": {**SETTINGS, "bounds.lower": "30"}}, "bounds"),
        ({"indicators": []}, "criteria"),
        ({"indicators": [{**PICKED[0], "direction": ""}]}, "criteria.人均GDP"),
        ({"indicators": [{**PICKED[0], "weight": "-1"}]}, "criteria.人均GDP"),
        ({"indicators": [{**PICKED[0], "column": "没有"}]}, "criteria.没有"),
        ({"columns": {"emissions": "人均GDP"}}, "columns.emissions"),
    ],
)
def test_what_is_wrong_is_said_by_field_and_nothing_is_written(table, change, key):
    client = start(Shelf(table.parent.parent), "zh").test_client()
    body = {"settings": SETTINGS, "indicators": PICKED, **change}
    answer = client.post("/zh/new/各市/make", json=body, headers=HERE).json
    assert not answer["ok"]
    assert any(field.startswith(key) for field, _ in answer["fields"]), answer
    assert [path.name for path in table.parent.iterdir()] == ["各市.csv"]


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        (
            {"settings": {**SETTINGS, "period.base": ""}},
            "规划期·基年：没有填写。请填写。",
            "period · base: this is not filled in. Fill it in.",
        ),
        ({"indicators": []}, "准则：请至少选一个指标。", "criteria: Choose at least one indicator."),
        (
            {"indicators": [{**PICKED[0], "direction": ""}]},
            "人均GDP：没有选方向。请选：数值越高，降得越多还是越少。",
            "人均GDP: no direction is chosen. Say whether a higher value asks for a higher or a lower cut.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_without_a_key(table, change, zh, en):
    body = {"settings": SETTINGS, "indicators": PICKED, **change}
    for language, said in (("zh", zh), ("en", en)):
        client = start(Shelf(table.parent.parent), language).test_client()
        assert client.post(f"/{language}/new/各市/make", json=body, headers=HERE).json["said"] == [said]


def test_a_bare_fraction_for_a_rate_is_asked_about(table):
    """What stands behind the field is %: 0.17 may be 17% or 0.17%."""
    client = start(Shelf(table.parent.parent), "zh").test_client()
    body = {"settings": {**SETTINGS, "target": "0.17"}, "indicators": PICKED}
    for language, words in (("zh", "“0.17”是 17% 还是 0.17%？"), ("en", "is “0.17” 17 % or 0.17 %?")):
        answer = client.post(f"/{language}/new/各市/make", json=body, headers=HERE).json
        ((field, said),) = answer["fields"]
        assert field == "target"
        assert words in said


def test_only_a_table_without_a_scenario_has_a_form(table):
    client = start(Shelf(table.parent.parent), "zh").test_client()
    assert client.get("/zh/new/各市/", headers=HERE).status_code == 200
    for name in ("nope", "..", "%2e%2e"):
        assert client.get(f"/zh/new/{name}/", headers=HERE).status_code == 404
    make(form_of(table, "zh"), fill(), "zh")
    assert client.get("/zh/new/各市/", headers=HERE).status_code == 404
    assert client.get("/zh/own/各市/", headers=HERE).status_code == 200


@pytest.mark.browser
@pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1280)])
def test_a_table_is_dropped_asked_about_and_planned(browser, tmp_path, table, language, width):
    with serving_folder(tmp_path / "own", language) as (url, _), watched(browser, url, width, "/") as seen:
        page = seen.page
        page.locator("#file").set_input_files(str(table))
        page.wait_for_url("**/new/*/")
        narrow_and_accessible(page)
        page.locator("#make").click()
        page.wait_for_selector("[id='target.said'] p")
        assert page.evaluate("document.activeElement.id") == "period.base"
        for key, text in SETTINGS.items():
            page.locator(f'[id="{key}"]').fill(text)
        for picked in PICKED:
            row = page.locator(f".indicator[data-indicator='{picked['column']}']")
            row.locator(".use").check()
            row.locator(".direction").select_option(picked["direction"])
        page.locator("#make").click()
        page.wait_for_url("**/own/*/data/")
        page.wait_for_selector("#state.sound")
        followed(page.get_by_role("link", name=LABELS.say("beside_to_plan", language), exact=True))
        page.wait_for_selector("#table tbody tr")
        assert "17.00" in page.locator("#verdict").inner_text()
        page.wait_for_selector("#chart .barlayer .point path")
        seen.quiet()
