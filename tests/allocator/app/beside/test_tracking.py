"""The page that tracks: actual years held against the plan, the report downloaded, mistakes at their cells."""

import io
import json
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook

pytest.importorskip("flask", reason="the extra `ui` is not installed")

from allocator.app.desk import Desk
from allocator.app.server import web
from allocator.negotiating.remarks import Remark
from allocator.tracking.files import FILES
from allocator.tracking.track import track
from scenarios.load import find_scenario, load_scenario
from tests.allocator.app.beside.conftest import HERE, narrow_and_accessible
from tests.allocator.app.conftest import serving

ACTUALS = find_scenario("guangxi-13fyp").parent / "actuals-example.csv"


@pytest.fixture(scope="module")
def own_desk(tmp_path_factory):
    return Desk.open("guangxi-13fyp", folder=tmp_path_factory.mktemp("tracked") / "rounds")


def asked(desk, question, content=b"", name="年度.csv", language="zh", settings=None, **more):
    body = {"asked": json.dumps({"settings": settings or desk.own.model_dump(mode="json"), **more})}
    if content:
        body["file"] = (io.BytesIO(content), name)
    return (
        web(desk, "zh")
        .test_client()
        .post(f"/{language}/track/{question}", data=body, headers=HERE, content_type="multipart/form-data")
    )


def test_what_is_shown_is_what_the_command_says(own_desk):
    tracked = track(load_scenario("guangxi-13fyp"), ACTUALS)
    for language in ("zh", "en"):
        said = asked(own_desk, "table", ACTUALS.read_bytes(), language=language).json
        assert [said["headline"], *said["said"]] == tracked.statements(language)
    assert said["light"] == tracked.record.province.light == "yellow"
    assert [chart["id"] for chart in said["charts"]] == ["figure_where", "figure_paths", "figure_left"]
    assert len(said["tables"][0]["rows"]) == 15


def test_the_plan_that_was_moved_is_tracked(own_desk):
    settings = own_desk.own.model_dump(mode="json") | {"target": 18.0}
    said = asked(own_desk, "table", ACTUALS.read_bytes(), settings=settings).json
    assert any("目标 18.00%" in line for line in said["said"])
    published = asked(own_desk, "table", ACTUALS.read_bytes(), targets="published").json
    assert published["backed"] == "not_backed"
    anew = asked(own_desk, "table", ACTUALS.read_bytes(), resplit=True).json
    assert len(anew["tables"]) > len(said["tables"])


def test_a_kept_round_is_tracked_in_its_own_settings(tmp_path):
    desk = Desk.open("guangxi-13fyp", folder=tmp_path / "rounds")
    desk.save(desk.own.model_copy(update={"target": Decimal(18)}), "zh", Remark("李四", "会商"))
    desk.save(desk.own.model_copy(update={"target": Decimal(19)}), "zh")
    for number, target in ((1, "18"), (2, "19")):
        said = asked(desk, "table", ACTUALS.read_bytes(), round=number).json
        own = asked(desk, "table", ACTUALS.read_bytes(), settings=desk.own.model_dump(mode="json") | {"target": target})
        assert said["ok"], said
        assert said["tables"] == own.json["tables"]  # as the plan of these settings is tracked
        assert f"第 {number} 轮" in said["said"][0]
    (path,) = (tmp_path / "rounds").glob("round-001/round.json")
    path.write_text(path.read_text("utf-8").replace("会商", "别的"), "utf-8")
    assert not asked(desk, "table", ACTUALS.read_bytes(), round=1).json["ok"]
    assert not asked(desk, "table", ACTUALS.read_bytes(), round=7).json["ok"]
    page = web(desk, "zh").test_client().get("/zh/track", headers=HERE).text
    assert "第 1 轮，不能使用" in page
    assert "未写明何人，未写明，通过" in page


def test_the_empty_table_is_this_scenarios_and_the_columns_are_said(own_desk):
    settings = {"settings": own_desk.own.model_dump(mode="json")}
    client = web(own_desk, "zh").test_client()
    for language, named, columns in (
        ("zh", "年度数据", "地区、年份、地区生产总值(亿元)、二氧化碳排放量(万吨)"),
        ("en", "actuals", "region, year, GDP (100 million yuan), emissions ("),
    ):
        reply = client.post(f"/{language}/track/blank", json=settings, headers=HERE)
        assert "actuals.xlsx" in reply.headers["Content-Disposition"]
        sheet = load_workbook(io.BytesIO(reply.data))[named]
        assert [cell.value for cell in sheet[5]][:3] == ["450100", "南宁", 2016]
        assert columns in client.get(f"/{language}/track", headers=HERE).text


def test_a_question_about_the_years_is_answered_by_its_reason(own_desk):
    text = ACTUALS.read_text("utf-8")
    assert "450100,南宁,2017,3833.72,2150.7" in text
    odd = text.replace("3833.72,2150.7", "3833.72,6150.7").encode()
    said = asked(own_desk, "table", odd).json
    ids = [one["id"] for one in said["questions"]]
    assert (said["ok"], said["trouble"], ids) == (False, [], ["jump-emissions:年度.csv:南宁:2017"])
    files = asked(own_desk, "files", odd).json
    assert [one["id"] for one in files["questions"]] == ids
    accepted = dict.fromkeys(ids, "统计口径调整")
    said = asked(own_desk, "table", odd, accepted=accepted).json
    assert said["ok"], said
    assert sum("统计口径调整" in notice for notice in said["notices"]) == len(ids)
    assert asked(own_desk, "files", odd, accepted=accepted).mimetype == "application/zip"


def test_the_files_are_those_of_the_command(own_desk):
    answer = asked(own_desk, "files", ACTUALS.read_bytes())
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert set(archive.namelist()) == set(FILES)
    book = load_workbook(io.BytesIO(asked(own_desk, "workbook", table="actuals-example", language="en").data))
    assert any("Nanning" in str(cell.value) for sheet in book for row in sheet for cell in row)


def test_mistakes_are_said_at_their_cells(own_desk):
    lines = ACTUALS.read_text("utf-8-sig").splitlines()
    cells = lines[2].split(",")
    lines[2] = ",".join([*cells[:-1], "many"])
    said = asked(own_desk, "table", "\n".join(lines).encode()).json
    assert not said["ok"]
    text = "".join(said["trouble"])
    assert "年度.csv" in text
    assert "第 3 行" in text
    assert "allocator-" not in text
    assert asked(own_desk, "table").json["trouble"] == ["请先选择一张表。"]
    none = own_desk.own.model_dump(mode="json") | {"target": 60.0}
    assert not asked(own_desk, "table", ACTUALS.read_bytes(), settings=none).json["ok"]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "language", "light"), [(1280, "zh", "黄灯"), (390, "en", "yellow")])
def test_lights_and_charts_in_the_page(own_desk, open_page, tmp_path, width, language, light):
    with serving(own_desk) as url, open_page(url, f"/{language}/track", width=width) as seen:
        page = seen.page
        page.locator("[id='actuals.file']").set_input_files(ACTUALS)
        page.wait_for_selector("#figure_left .main-svg")
        assert light in seen.text("#verdict").lower()
        assert page.locator("#tables tbody tr").first.is_visible()
        narrow_and_accessible(page)
        with page.expect_download() as found:
            page.locator("#book").click()
        found.value.save_as(tmp_path / "progress.xlsx")
        assert load_workbook(tmp_path / "progress.xlsx").sheetnames
        page.locator("nav a[lang]").click()  # the table is asked about again in the other language
        page.wait_for_selector("#figure_left .main-svg")
        assert {"zh": "2018", "en": "截至 2018 年"}[language] in seen.text("#headline")
        seen.quiet()
