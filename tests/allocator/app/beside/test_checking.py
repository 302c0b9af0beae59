"""The page that checks: any table judged, its mistakes at their cells, one that backs taken over as a round."""

import io
import json
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

pytest.importorskip("flask", reason="the extra `ui` is not installed")

from allocator.app.beside.doubts import refused
from allocator.app.beside.uploads import OfTable, plain_name
from allocator.app.desk import Desk
from allocator.app.rounds.opening import opened
from allocator.app.server import web
from allocator.negotiating.negotiate import open_round, replay
from allocator.negotiating.remarks import login_name
from allocator.negotiating.rounds import last_round, read_round
from reports.publishing.formats import FORMATS
from reports.words import LABELS
from scenarios.errors import Finding, InputError, Place
from scenarios.load import bundled_cases
from scenarios.sense.asking import question
from tests.allocator.app.beside.conftest import HERE, narrow_and_accessible, stands
from tests.allocator.app.conftest import serving
from tests.browsers import followed


@pytest.fixture
def own_desk(tmp_path):
    return Desk.open("guangxi-13fyp", folder=tmp_path / "rounds")


def rates(desk, **changed):
    """Return the published rates of the plan in per cent by name, some changed."""
    return {r.name: changed.get(r.name, str(round(r.published_rate * 100, 6))) for r in desk.record.regions}


def book(rates, unit="%"):
    """Return a workbook with a table of rates as a circular has it."""
    made = Workbook()
    made.active.title = "附件"
    made.active.append(["地区", f"下降目标（{unit}）"])
    for name, rate in rates.items():
        made.active.append([name, float(rate)])
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def asked(desk, question, content=b"", name="附件.xlsx", language="zh", **more):
    body = {"asked": json.dumps({"settings": desk.own.model_dump(mode="json"), **more})}
    if content:
        body["file"] = (io.BytesIO(content), name)
    return web(desk, "zh").test_client().post(
        f"/{language}/check/{question}", data=body, headers=HERE,
        content_type="multipart/form-data",
    )  # fmt: skip


def test_a_table_is_judged_as_by_the_command(own_desk):
    said = asked(own_desk, "table", table="published").json
    assert (said["ok"], said["passed"], said["backed"]) == (True, False, "not_backed")
    assert "缺 2.27 个百分点（706.8 万吨）" in said["verdict"]
    assert said["table"]["rows"][0] == ["南宁", "17", "23", "−6.00", ""]
    fine = asked(own_desk, "table", book(rates(own_desk)), language="en").json
    assert (fine["passed"], fine["backed"], fine["table"]["bad"]) == (True, "backed", [])


def test_what_fails_in_single_regions_is_said_beside_them(own_desk):
    said = asked(own_desk, "table", book(rates(own_desk, 南宁="24.3"))).json
    assert (said["passed"], said["backed"], said["table"]["bad"]) == (False, "backed", [0])
    assert said["table"]["rows"][0][-1] == "取整单位"


def test_a_slip_is_said_at_its_cell_and_marked(own_desk):
    tenfold = book(rates(own_desk, 钦州="200"))
    said = asked(own_desk, "table", tenfold).json
    assert not said["ok"]
    assert said["marked"]
    text = "".join(said["trouble"])
    assert "附件.xlsx，工作表“附件”，单元格 B8" in text
    assert "allocator-" not in text
    answer = asked(own_desk, "marked", tenfold)
    sheet = load_workbook(io.BytesIO(answer.data))["附件"]
    assert sheet["B8"].comment is not None
    hundredth = {name: float(rate) / 100 for name, rate in rates(own_desk).items()}
    assert "单元格 B2" in asked(own_desk, "table", book(hundredth)).json["questions"][0]["said"]
    english = asked(own_desk, "table", tenfold, language="en").json
    assert "cell B8" in "".join(english["trouble"])
    assert not asked(own_desk, "marked", book(rates(own_desk))).json["ok"]


QUESTION = "off-column:附件.xlsx:附件:下降目标:钦州"


def test_a_question_about_a_table_is_answered_by_its_reason(own_desk):
    odd = book(rates(own_desk, 钦州="0.2"))
    said = asked(own_desk, "table", odd).json
    assert (said["ok"], said["trouble"], said["marked"]) == (False, [], True)
    (one,) = said["questions"]
    assert (one["id"], one["wanted"]) == (QUESTION, [])
    assert "单元格 B8" in one["said"]
    assert not any(word in one["said"] for word in ("accept", "allocator-"))  # answered here, not in a file
    for reason in ("", "  ", "理由"):
        said = asked(own_desk, "table", odd, accepted={QUESTION: reason}).json
        assert [one["wanted"] for one in said["questions"]] == [["请写明理由。"]], reason
    for language in ("zh", "en"):
        said = asked(own_desk, "table", odd, language=language, accepted={QUESTION: "文件如此 <b>"}).json
        assert (said["ok"], said["backed"]) == (True, "not_backed")
        assert any("文件如此 <b>" in notice for notice in said["notices"])
    other = asked(own_desk, "table", odd, "另一张.xlsx", accepted={QUESTION: "文件如此"}).json
    assert [one["id"] for one in other["questions"]] == [QUESTION.replace("附件.xlsx", "另一张.xlsx")]
    assert asked(own_desk, "table", odd).json["questions"]  # nothing of it is kept


def test_what_is_wrong_beside_a_question_is_still_said(own_desk):
    place = Place(file="附件.xlsx", cell="B3")
    odd = question("rates_of_carbon", "rates-of-carbon:x", place, found="x")
    error = InputError([Finding("empty_cell", place), odd])
    said = refused(error, "zh", "附件.xlsx", OfTable(settings=own_desk.own))
    assert [one["id"] for one in said["questions"]] == ["rates-of-carbon:x"]
    assert ["B3" in line and "空的" in line for line in said["trouble"]] == [True]


def test_a_table_that_backs_is_taken_over_as_a_round_that_replays(own_desk):
    agreed = rates(own_desk, 南宁="23.5", 来宾="14.5")
    said = asked(own_desk, "round", book(agreed), reason="五月会议").json
    assert said["ok"], said
    kept = read_round(own_desk.rounds / "round-001")
    assert {r.name: f"{r.published_rate * 100:g}" for r in kept.plan.regions} == {
        name: f"{float(rate):g}" for name, rate in agreed.items()
    }
    assert "exceed=allow" in kept.record.settings
    assert kept.record.why == "五月会议"
    scenario, again = open_round("guangxi-13fyp", (), own_desk.rounds / "round-001")
    assert replay(scenario, again).same_table
    found = opened(own_desk, kept, "zh")  # it exceeds the target, which the controls can say
    assert found.said == [LABELS.say("rounds_opened", "zh", number=1)]
    assert found.settings is not None
    assert found.settings.exceed == "allow"


def test_who_takes_a_table_over_is_who_says_so(own_desk):
    for who, kept in (("王处长", "王处长"), (" ", None)):
        said = asked(own_desk, "round", book(rates(own_desk)), reason="会议", who=who).json
        assert said["ok"], said
        last = last_round(own_desk.rounds)
        assert last is not None
        assert last.record.who == kept
    page = web(own_desk, "zh").test_client().get("/zh/check", headers=HERE).text
    assert f'id="who" maxlength="60" value="{login_name()}"' in page


def test_what_cannot_be_taken_over_is_said_and_nothing_is_kept(own_desk):
    short = book(rates(own_desk, 南宁="10"))
    for content, reason, wanted in (
        (short, "会议", "不能支撑全省目标"), (book(rates(own_desk)), "  ", "写明理由"), (b"", "会议", ""),
    ):  # fmt: skip
        said = asked(own_desk, "round", content, reason=reason).json
        assert not said["ok"]
        assert wanted in "".join(said["trouble"])
    assert not own_desk.rounds.exists()


def test_a_file_is_a_name_and_nothing_else():
    assert plain_name("../../etc/表 1.xlsx") == "表 1.xlsx"
    assert plain_name("C:\\Users\\x\\a.xlsx") == "a.xlsx"
    assert plain_name("a.xlsx#数据") == "a.xlsx_数据"
    assert plain_name("\x00..") == "_"
    assert plain_name("") == "table"
    assert plain_name("长" * 300 + ".xlsx") == "长" * 80 + ".xlsx"


def test_what_is_no_table_is_refused_in_words(own_desk):
    nothing = {"x.xlsx": b"PK\x03\x04 no", "x.docx": b"text", "x.exe": b"MZ\x00\x01", "plan.json": b"{}"}
    for name, content in nothing.items():
        said = asked(own_desk, "table", content, name)
        assert said.status_code == 200
        assert not said.json["ok"], name
        assert name in "".join(said.json["trouble"])
    assert asked(own_desk, "table").json["trouble"] == ["请先选择一张表。"]
    client = web(own_desk, "zh").test_client()
    form = HERE | {"Content-Type": "multipart/form-data"}
    assert client.post("/zh/check/table", data={"asked": "{"}, headers=form).status_code == 400
    foreign = HERE | {"Origin": "http://evil.example"}
    assert client.post("/zh/check/table", data={"asked": "{}"}, headers=foreign).status_code == 403


@pytest.mark.browser
def test_from_a_circular_to_a_published_round(own_desk, open_page, tmp_path):
    short, agreed = tmp_path / "通知.xlsx", tmp_path / "纪要.xlsx"
    short.write_bytes(book(rates(own_desk, 钦州="2")))
    agreed.write_bytes(book(rates(own_desk, 南宁="23.5")))
    with serving(own_desk) as url, open_page(url, "/zh/check") as seen:
        page = seen.page
        page.locator("[id='table.file']").set_input_files(short)
        page.wait_for_selector("#verdict .not_backed")
        assert "未支撑" in seen.text("#verdict")
        assert page.locator("#taking").is_hidden()
        page.reload()  # the table is still there
        page.wait_for_selector("#verdict .not_backed")
        page.locator("[id='table.file']").set_input_files(agreed)
        page.wait_for_selector("#verdict .backed")
        page.locator("#take").click()
        page.wait_for_function("() => document.querySelector('#taken').innerText.includes('理由')")
        page.locator("#reason").fill("五月会议纪要")
        page.locator("#take").click()
        page.wait_for_function("() => document.querySelector('#taken').innerText.includes('round-001')")
        followed(page.get_by_role("link", name="发布"))
        stands(page)
        page.locator("#round").select_option("1")
        with page.expect_download() as found:
            page.locator("[data-format='docx']").click()
        found.value.save_as(tmp_path / "t.docx")
        grid = FORMATS["docx"].read(tmp_path / "t.docx", "zh")[0]
        assert next(row for row in grid if row[1] == "南宁")[2] == "23.5"
        followed(page.get_by_role("link", name="核对"))
        stands(page)
        page.locator("[id='table.file']").set_input_files(tmp_path / "t.docx")  # what is published is read and judged
        page.wait_for_function("() => document.getElementById('table.chosen').innerText.includes('t.docx')")
        page.wait_for_selector("#verdict .backed")
        seen.quiet()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_mistakes_at_their_cells_in_english(own_desk, open_page, width, tmp_path):
    wrong = tmp_path / "circular.xlsx"
    wrong.write_bytes(book(rates(own_desk, 钦州="200")))
    with serving(own_desk) as url, open_page(url, "/en/check", width=width) as seen:
        page = seen.page
        page.locator("[id='table.own']").select_option("published")
        page.wait_for_selector("#verdict .not_backed")
        assert "2.27 points" in seen.text("#verdict")
        narrow_and_accessible(page)
        wrong.write_bytes(book(rates(own_desk, 钦州="0.2")))
        page.locator("[id='table.file']").set_input_files(wrong)
        page.wait_for_selector("#doubts input")
        assert "cell B8" in seen.text("#doubts li")
        narrow_and_accessible(page)
        page.locator("#doubts button").click()
        page.wait_for_function("() => document.querySelector('#doubts .said').innerText.includes('State a reason')")
        page.locator("#doubts input").fill("as in the circular")
        page.locator("#doubts input").press("Enter")
        page.wait_for_selector("#verdict .not_backed")
        assert "as in the circular" in seen.text("#notices")
        followed(page.get_by_role("link", name="中文"))  # table and answer are still there
        page.wait_for_url("**/zh/check")
        page.wait_for_selector("#verdict .not_backed")
        assert "as in the circular" in seen.text("#notices")
        page.go_back()
        page.wait_for_url("**/en/check")
        page.wait_for_selector("#verdict .not_backed")
        wrong.write_bytes(book(rates(own_desk, 钦州="200")))
        page.locator("[id='table.file']").set_input_files(wrong)
        page.wait_for_function("() => document.querySelector('#trouble').innerText.includes('cell B8')")
        with page.expect_download() as found:
            page.locator("#mark").click()
        assert found.value.suggested_filename == "marked.xlsx"
        narrow_and_accessible(page)
        seen.quiet()


@pytest.mark.parametrize("case", bundled_cases())
def test_what_is_published_of_any_case_passes_the_check(case, tmp_path):
    own = Desk.open(case, folder=tmp_path / "rounds")
    client = web(own, "zh").test_client()
    for here in ("check", "sensitivity", "methods", "track", "publish"):
        assert client.get(f"/en/{here}", headers=HERE).status_code == 200
    settings = own.own.model_dump(mode="json")
    question = {"settings": settings, "formats": ["csv", "docx"], "columns": [], "language": "zh"}
    answer = client.post("/zh/publish/files", json=question, headers=HERE)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        files = {name: archive.read(name) for name in ("table-zh.csv", "table-zh.docx")}
    for name, content in files.items():
        said = asked(own, "table", content, name).json
        assert said["ok"], said["trouble"]
        assert said["passed"], said
    taken = asked(own, "round", files["table-zh.csv"], "table-zh.csv", reason="会议").json
    assert taken["ok"], taken
