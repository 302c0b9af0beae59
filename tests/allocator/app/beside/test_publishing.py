"""The page that publishes: each file verified, of the plan that is shown or of a kept round."""

import io
import json
import zipfile
from decimal import Decimal

import pytest
from docx import Document
from pptx import Presentation

pytest.importorskip("flask", reason="the extra `ui` is not installed")

from allocator.app.desk import Desk
from allocator.app.server import web
from allocator.negotiating.remarks import Remark
from allocator.planning.plan import plan
from reports.publishing.formats import FORMATS
from reports.words import LABELS
from scenarios.load import load_scenario
from scenarios.tables.rates import read_rates
from tests.allocator.app.beside.conftest import HERE, narrow_and_accessible, stands
from tests.allocator.app.conftest import serving
from tests.browsers import followed


@pytest.fixture(scope="module")
def own_desk(tmp_path_factory):
    return Desk.open("guangxi-13fyp", folder=tmp_path_factory.mktemp("published") / "rounds")


def asked(desk, **more):
    question = {
        "settings": desk.own.model_dump(mode="json"), "formats": ["docx"], "columns": None, "language": "zh",
    } | more  # fmt: skip
    return web(desk, "zh").test_client().post("/zh/publish/files", json=question, headers=HERE)


def packed(answer):
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_one_format_is_a_file_and_several_are_an_archive(own_desk):
    one = asked(own_desk)
    assert one.headers["Content-Disposition"] == "attachment; filename=table-zh.docx"
    several = packed(asked(own_desk, formats=list(FORMATS), language="en"))
    assert set(several) == {"plan.json", "proof.json", "publish.json", *(f"table-en.{suffix}" for suffix in FORMATS)}


def test_the_files_say_what_was_moved(own_desk, tmp_path):
    settings = own_desk.own.model_dump(mode="json") | {"target": 18.0, "fixes": {}}
    path = tmp_path / "table-zh.docx"
    path.write_bytes(asked(own_desk, settings=settings).data)
    record = plan(load_scenario("guangxi-13fyp", ["target=18%"]))
    assert read_rates(path, own_desk.scenario.regions).rates == record.published
    assert asked(own_desk, settings=settings).data != asked(own_desk).data


def test_a_kept_round_is_published_as_it_was_kept(own_desk, tmp_path):
    settings = own_desk.own.model_copy(update={"fixes": {own_desk.scenario.regions.ids[0]: 21}})
    folder = own_desk.save(settings, "zh")
    answer = asked(own_desk, settings=None, round=1, formats=["csv", "xlsx"])
    made = packed(answer)
    assert made["plan.json"] == (folder / "plan.json").read_bytes()
    (tmp_path / "t.xlsx").write_bytes(made["table-zh.xlsx"])
    assert str(read_rates(tmp_path / "t.xlsx", own_desk.scenario.regions).rates[0]) == "0.21"
    gone = asked(own_desk, settings=None, round=7).json
    assert not gone["ok"]
    assert "round-007" in "".join(gone["trouble"])
    kept = folder / "plan.json"
    kept.write_text(kept.read_text("utf-8").replace('"published_rate": 0.21', '"published_rate": 0.2'), "utf-8")
    altered = asked(own_desk, settings=None, round=1).json
    assert not altered["ok"]
    assert "plan.json" in "".join(altered["trouble"])


def test_a_round_says_how_it_stands_and_that_its_data_are_no_more(guangxi_folder, edit, tmp_path):
    desk = Desk.open(str(guangxi_folder), folder=tmp_path / "rounds")
    desk.save(desk.own.model_copy(update={"target": Decimal("16.5")}), "zh", Remark("李四", "三月会商"))
    client = web(desk, "zh").test_client()

    def chosen(number, language="zh"):
        return client.post(f"/{language}/publish/round", json={"round": number}, headers=HERE).json

    said = chosen(1)
    assert (said["ok"], said["backed"], said["since"]) == (True, "backed", [])
    assert "16.50%" in said["verdict"]
    assert "李四" in said["changes"]
    page = client.get("/zh/publish", headers=HERE).text
    assert "李四，三月会商，通过</option>" in page
    edit(guangxi_folder / "regions.csv", "2135,", "2335,")  # while the page is open
    assert chosen(1)["since"] == [LABELS.say("rounds_inputs_since", "zh", files="regions.csv")]
    assert chosen(1, "en")["since"] == [LABELS.say("rounds_inputs_since", "en", files="regions.csv")]
    made = packed(asked(desk, settings=None, round=1, profile="both"))
    assert json.loads(made["publish.json"])["inputs_changed"] == ["regions.csv"]
    text = "".join(one.text for one in Document(io.BytesIO(made["verification-zh.docx"])).paragraphs)
    assert "输入文件已变：regions.csv" in text
    gone = chosen(7)
    assert not gone["ok"]
    assert "round-007" in "".join(gone["trouble"])


def paper(desk, paper, language="zh", **more):
    body = {"settings": desk.own.model_dump(mode="json"), "paper": paper, "language": language} | more
    return web(desk, "zh").test_client().post("/zh/publish/papers", json=body, headers=HERE)


def test_letters_and_slides_are_those_of_the_commands(tmp_path):
    own_desk = Desk.open("guangxi-13fyp", folder=tmp_path / "rounds")
    whole = paper(own_desk, "letters")
    assert whole.headers["Content-Disposition"] == "attachment; filename=letters-zh.docx"
    text = "".join(one.text for one in Document(io.BytesIO(whole.data)).paragraphs)
    names = [region.name for region in own_desk.record.regions]
    assert all(name in text for name in names)
    single = packed(paper(own_desk, "letter_files", "en"))
    assert len([name for name in single if name.startswith("en-")]) == len(names)
    settings = own_desk.own.model_copy(update={"target": Decimal("16.5")})
    number = int(own_desk.save(settings, "zh").name[-3:])
    slides = paper(own_desk, "slides", settings=None, round=number)
    assert slides.headers["Content-Disposition"].endswith(".pptx")
    shown = Presentation(io.BytesIO(slides.data)).slides
    assert len(shown) == 6  # none on a sweep; who speaks is told in the notes how there would be one
    shapes = (shape for slide in shown for shape in slide.shapes)
    said = "".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
    notes = "".join(slide.notes_slide.notes_text_frame.text for slide in shown)
    assert "16.50%" in said
    assert "在网页“敏感性”页抽样" in notes
    assert str(tmp_path) not in said + notes
    assert "allocator-" not in said + notes


def test_slides_without_a_sweep_are_said_to_lack_one(own_desk):
    assert paper(own_desk, "slides").headers["X-Without-Sweep"] == "1"
    assert "X-Without-Sweep" not in paper(own_desk, "letters").headers
    shown = web(own_desk, "zh").test_client().get("/zh/publish", headers=HERE).text
    assert "没有这份方案的敏感性分析，幻灯片少“有多可靠”一页" in shown


def test_papers_that_cannot_be_made_are_said(own_desk):
    none = paper(own_desk, "letters", settings=own_desk.own.model_dump(mode="json") | {"target": 60}).json
    assert (none["ok"], bool(none["trouble"])) == (False, True)
    assert "round-077" in "".join(paper(own_desk, "slides", settings=None, round=77).json["trouble"])
    for malformed in ({"settings": None}, {"paper": "poster"}, {"language": "fr"}):
        assert paper(own_desk, **({"paper": "slides"} | malformed)).status_code == 400, malformed


def test_what_cannot_be_published_is_said(own_desk):
    assert asked(own_desk, formats=[]).json["trouble"] == ["请至少选一种格式。"]
    wrong = asked(own_desk, columns=["nothing"]).json
    assert "nothing" in "".join(wrong["trouble"])
    none = asked(own_desk, settings=own_desk.own.model_dump(mode="json") | {"target": 60}).json
    assert (none["ok"], bool(none["trouble"])) == (False, True)
    for malformed in ({"formats": ["exe"]}, {"language": "fr"}, {"round": 0}, {"settings": None}):
        answer = asked(own_desk, **malformed)
        assert answer.status_code == 400, malformed


@pytest.mark.browser
def test_from_the_plan_to_a_word_file_that_says_the_same(own_desk, look, open_page, tmp_path):
    with serving(own_desk) as url, look(url) as seen:
        page = seen.page
        seen.move("#target", 18)
        page.wait_for_function("() => document.querySelector('#verdict').innerText.includes('18.00')")
        rates = seen.rates()
        followed(page.get_by_role("link", name="发布"))
        stands(page)
        assert "18.00%" in seen.text("#plan-verdict")
        assert "改动：目标 18%" in seen.text("#plan-changes")
        assert "18.00" in seen.text("#plan-verdict")
        page.locator("#profile input[value='full']").check()
        page.locator("#columns input[value='growth']").uncheck()
        with page.expect_download() as found:
            page.locator("[data-format='docx']").click()
        path = tmp_path / found.value.suggested_filename
        found.value.save_as(path)
        grid = FORMATS["docx"].read(path, "zh")[0]
        assert [head.split("（")[0] for head in grid[0]] == [
            "地区", "2015 年碳排放强度", "下降目标", "2020 年碳排放强度", "年均下降",
        ]  # fmt: skip
        assert {row[0]: row[2] for row in grid[1:-1]} == rates
        assert "逐格读回" in seen.text("#said")
        with page.expect_download() as found:
            page.locator("#all").click()
        assert found.value.suggested_filename == "guangxi-13fyp-published.zip"
        followed(page.get_by_role("link", name="分解"))
        page.wait_for_function("() => document.querySelector('#verdict').innerText.includes('18.00')")
        seen.quiet()


@pytest.mark.browser
def test_the_page_says_that_slides_lack_a_sweep(own_desk, open_page):
    with serving(own_desk) as url, open_page(url, "/zh/publish") as seen:
        stands(seen.page)
        with seen.page.expect_download():
            seen.page.locator("[data-paper='slides']").click()
        seen.page.wait_for_function("() => document.querySelector('#papers-said').innerText.includes('读回复核无误')")
        assert "幻灯片少“有多可靠”一页" in seen.text("#papers-said")
        with seen.page.expect_download():
            seen.page.locator("[data-paper='letters']").click()
        seen.page.wait_for_function("() => document.querySelector('#papers-said').innerText.includes('读回复核无误')")
        assert "有多可靠" not in seen.text("#papers-said")


@pytest.mark.browser
def test_the_page_opens_on_the_circular(own_desk, open_page, tmp_path):
    with serving(own_desk) as url, open_page(url, "/zh/publish") as seen:
        stands(seen.page)
        assert seen.page.locator("#columns input:checked").count() == 0
        with seen.page.expect_download() as found:
            seen.page.locator("[data-format='docx']").click()
        path = tmp_path / found.value.suggested_filename
        found.value.save_as(path)
        (grid,) = FORMATS["docx"].read(path, "zh")
        assert grid[0] == ("序号", "地区", "下降目标（%）")
        assert grid[-1] == ("", "全区", "17.0")
        seen.page.locator("#profile input[value='both']").check()
        with seen.page.expect_download() as found:
            seen.page.locator("[data-format='docx']").click()
        assert found.value.suggested_filename.endswith(".zip")
        seen.quiet()


def test_the_note_comes_with_the_circular(own_desk):
    made = packed(asked(own_desk, profile="both"))
    assert set(made) == {"plan.json", "proof.json", "publish.json", "table-zh.docx", "verification-zh.docx"}


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_in_english(own_desk, open_page, width, tmp_path):
    with serving(own_desk) as url, open_page(url, "/zh/publish", width=width) as seen:
        followed(seen.page.get_by_role("link", name="English"))
        seen.page.wait_for_url("**/en/publish")
        stands(seen.page)
        narrow_and_accessible(seen.page)
        for kind in ("docx", "xlsx"):
            seen.page.locator(f"#formats input[value={kind}]").uncheck()
        seen.page.locator("#all").click()
        seen.page.wait_for_function("() => document.querySelector('#said').innerText.includes('at least one')")
        with seen.page.expect_download() as found:
            seen.page.locator("[data-format='xlsx']").click()
        assert found.value.suggested_filename == "table-en.xlsx"
        seen.quiet()
