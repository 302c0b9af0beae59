"""The start page: examples and the user's own scenarios, each of them opened, none that it does not offer."""

import json
import os
import shutil
from dataclasses import replace

import lxml.html
import openpyxl
import pytest
from typer.testing import CliRunner

pytest.importorskip("flask", reason="the extra `ui` is not installed")

from allocator.app.desk import Desk
from allocator.app.own.books import can_mend
from allocator.app.server import start
from allocator.app.shelf import EXAMPLE, OWN, Shelf
from allocator.cli import app
from allocator.planning.plan import plan
from allocator.saving import save
from reports.words import LABELS
from scenarios.errors import Finding, Place
from scenarios.file.document import read_document
from scenarios.load import bundled_cases, find_scenario, load_scenario
from scenarios.wording import LANGUAGES
from tests.allocator.app.conftest import serving_application
from tests.browsers import window

HERE = {"Host": "localhost"}


@pytest.fixture
def folder(tmp_path):
    """Return a folder of the user's: a scenario, one with a mistake, one of hostile name and title, other things."""
    case = find_scenario("guangxi-13fyp").parent
    for name in ("广西 2030", "broken", "<b>x&y", ".hidden"):
        shutil.copytree(case, tmp_path / name)
    (tmp_path / "no scenario").mkdir()
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    text = (case / "scenario.yaml").read_text("utf-8")
    (tmp_path / "broken" / "scenario.yaml").write_text(text.replace("target: 17%", "target: many"), "utf-8")
    titled = text.replace("title: {zh: 广西“十三五”碳排放强度下降目标分解", "title: {zh: <img src=x onerror=alert(1)>")
    assert titled != text
    (tmp_path / "<b>x&y" / "scenario.yaml").write_text(titled, "utf-8")
    return tmp_path


def test_every_example_has_its_line_in_both_languages(tmp_path):
    shelf = Shelf(tmp_path)
    for language in LANGUAGES:
        offers = shelf.examples(language)
        assert tuple(offer.name for offer in offers) == bundled_cases()
        for offer in offers:
            file = load_scenario(offer.name).file
            assert offer.title == file.title.say(language)
            assert str(file.period.end) in offer.line
        lines = {offer.name: offer.line for offer in offers}
        said = {"zh": "单位GDP能耗下降 10%", "en": "energy intensity down 10 %"}
        assert said[language] in lines["15fyp-energy"]
        assert "20.5" in lines["zhejiang-13fyp"]


def test_the_work_of_the_folder_is_offered_with_its_rounds(folder):
    shelf = Shelf(folder)
    assert {offer.name for offer in shelf.work("zh")} == {"广西 2030", "broken", "<b>x&y"}
    shelf.desk(OWN, "广西 2030").save(shelf.desk(OWN, "广西 2030").own, "zh")
    assert (folder / "广西 2030" / "rounds" / "round-001").is_dir()
    offers = {offer.name: offer for offer in shelf.work("en")}
    assert offers["广西 2030"].rounds.startswith("1 round(s) kept, the last on 20")
    assert offers["broken"].line == LABELS.say("app_offer_broken", "en")
    late = find_scenario(folder / "broken")
    late.touch()
    assert shelf.work("en")[0].when >= shelf.work("en")[-1].when


@pytest.mark.parametrize("apart", [False, True])
def test_scenarios_that_call_themselves_alike_keep_their_rounds_apart(folder, apart):
    """All that come from one template, and a copy of an example, have its short name."""
    (folder / "<b>x&y").rename(folder / "guangxi-13fyp")
    shelf = Shelf(folder, folder / "kept" if apart else None)
    desks = [shelf.desk(OWN, "广西 2030"), shelf.desk(OWN, "guangxi-13fyp"), shelf.desk(EXAMPLE, "guangxi-13fyp")]
    for number, desk in enumerate(desks, 1):
        for _ in range(number):
            desk.save(desk.own, "zh")
    assert [len([*desk.rounds.glob("round-*")]) for desk in desks] == [1, 2, 3]
    said = {(offer.kind, offer.name): offer.rounds[:1] for offer in (*shelf.work("en"), *shelf.examples("en"))}
    kept = [said[OWN, "广西 2030"], said[OWN, "guangxi-13fyp"], said[EXAMPLE, "guangxi-13fyp"]]
    assert (kept, said[OWN, "broken"]) == (["1", "2", "3"], "")
    assert {offer.name for offer in shelf.work("zh")} == {"广西 2030", "guangxi-13fyp", "broken"}


def test_what_is_not_offered_is_no_page(folder):
    client = start(Shelf(folder), "zh").test_client()
    outside = shutil.copytree(folder / "广西 2030", folder.parent / f"{folder.name}-outside")
    for path in (
        "own/nope", "own/.hidden", "own/..", "own/%2e%2e", f"own/..%2f{outside.name}", "own/no%20scenario",
        "example/nope", "example/广西 2030", "own/guangxi-13fyp", "else/guangxi-13fyp",
    ):  # fmt: skip
        assert client.get(f"/zh/{path}/", headers=HERE).status_code == 404, path
        assert client.post(f"/zh/{path}/answer", json={}, headers=HERE).status_code == 404, path
    for language in LANGUAGES:
        said = client.get(f"/{language}/own/nope/", headers=HERE)
        assert (said.text.strip(), said.mimetype) == (LABELS.say("app_gone", language), "text/plain")
    for path in ("own/广西 2030", "example/guangxi-13fyp"):  # these are
        assert client.get(f"/zh/{path}/", headers=HERE).status_code == 200, path
        assert client.post(f"/zh/{path}/answer", json={}, headers=HERE).status_code == 400, path


def test_a_scenario_with_mistakes_says_them_on_the_start_page(folder):
    client = start(Shelf(folder), "zh").test_client()
    answer = client.get("/zh/own/broken/", headers=HERE)
    assert answer.status_code == 422
    assert "“broken”打不开" in answer.text
    assert "scenario.yaml" in answer.text
    assert "many" in answer.text
    case = find_scenario("guangxi-13fyp")
    shutil.copy(case, folder / "broken" / "scenario.yaml")  # mended: it opens without a new start
    assert client.get("/zh/own/broken/", headers=HERE).status_code == 200


MEND = {"zh": "逐格查看和改正", "en": "cell by cell"}


def test_the_data_page_is_offered_where_it_can_mend(folder):
    home = folder / "一本"
    home.mkdir()
    save(str(find_scenario("guangxi-13fyp").parent), home / "方案.xlsx", "zh")
    book = openpyxl.load_workbook(home / "方案.xlsx")
    (row,) = [row for row in book["设置"].iter_rows() if row[7].value == "target"]
    row[2].value = "很多"
    book.save(home / "方案.xlsx")
    cut = folder / "坏的"
    cut.mkdir()
    (cut / "方案.xlsx").write_bytes((home / "方案.xlsx").read_bytes()[:4000])
    client = start(Shelf(folder), "zh").test_client()
    for language, words in MEND.items():
        for name, offered in (("一本", True), ("坏的", False), ("broken", False)):
            answer = client.get(f"/{language}/own/{name}/", headers=HERE)
            assert answer.status_code == 422, name
            assert (words in answer.text) is offered, name
    elsewhere = Finding("level_not_here", Place(file="方案.xlsx", cell="C5"), {"quantity": "coal"})
    assert not can_mend(home, [elsewhere])  # it is sound, and the page does not serve it
    assert can_mend(home, [replace(elsewhere, code="not_a_rate")])


def test_what_stays_as_it_is_is_read_once_and_only_what_is_offered(folder, monkeypatch):
    for n in range(5):
        home = folder / f"more {n}"
        shutil.copytree(folder / "broken", home)
        os.utime(home / "scenario.yaml", (1_000_000_000 + n,) * 2)
        os.utime(home, (1_000_000_000 + n,) * 2)
        for each in home.iterdir():
            os.utime(each, (1_000_000_000 + n,) * 2)
    seen = []
    monkeypatch.setattr("allocator.app.shelf._MOST", 4)
    monkeypatch.setattr("allocator.app.shelf.read_document", lambda path: seen.append(path) or read_document(path))
    shelf = Shelf(folder)
    first = shelf.work("zh")
    assert {offer.name for offer in first} == {"广西 2030", "<b>x&y", "broken", "more 4"}
    assert {path.parent.name for path in seen} <= {offer.name for offer in first}
    seen.clear()
    assert shelf.work("zh") == first
    assert [offer.line for offer in shelf.work("en")] != [offer.line for offer in first]
    assert seen == []  # neither of a file that is sound nor of one that is not, whose title is said too
    path = folder / "广西 2030" / "scenario.yaml"
    path.write_text(path.read_text("utf-8").replace("target: 17%", "target: 18.5%"), "utf-8")
    (line,) = [offer.line for offer in shelf.work("zh") if offer.name == "广西 2030"]
    assert "18.5%" in line
    assert seen == [path]


def test_a_page_that_asks_of_a_started_program_is_answered(folder):
    client = start(Shelf(folder), "zh").test_client()
    own = Desk.open("guangxi-13fyp").own.model_dump(mode="json")
    answer = client.post("/zh/example/guangxi-13fyp/answer", json={"settings": own | {"target": 18}}, headers=HERE)
    assert answer.json["ok"]
    wrong = client.post("/zh/own/broken/answer", json={"settings": own}, headers=HERE).json
    assert (wrong["ok"], wrong["settings"]) == (False, None)
    assert "many" in "".join(wrong["trouble"])
    body = json.dumps({"settings": None})
    assert client.post("/zh/example/guangxi-13fyp/answer", data=body, headers=HERE).status_code == 415


@pytest.mark.parametrize("path", ["/zh/", "/en/"])
def test_strangers_and_scripts_are_kept_out_as_everywhere(folder, path):
    client = start(Shelf(folder), "en").test_client()
    answer = client.get(path, headers=HERE)
    scripts = [script.get("src") for script in lxml.html.fromstring(answer.text).iter("script")]
    assert scripts == ["/assets/own/begin.js", "/assets/own/schemes.js"]  # none stands in the page itself
    assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
    assert str(folder) in answer.text
    assert client.get(path, headers={"Host": "evil.example"}).status_code == 403
    assert client.get("/", headers=HERE).headers["Location"] == "/en/"


def test_settings_without_a_scenario_are_refused():
    for language in LANGUAGES:
        result = CliRunner().invoke(app, ["app", "--no-browser", "--set", "target=18%", "--lang", language])
        assert result.exit_code == 2
        assert "allocator app" in result.stderr


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_start_page_to_an_answer_and_back(browser, folder, width):
    from axe_playwright_python.sync_playwright import Axe

    complaints = []
    with serving_application(start(Shelf(folder), "zh")) as url, window(browser, width) as page:
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(url)
        assert page.locator("main img, main b").count() == 0
        assert page.get_by_role("link", name="<img src=x onerror=alert(1)>", exact=True).count() == 1
        widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert widths[0] <= widths[1]
        assert Axe().run(page).response["violations"] == []
        page.get_by_role("link", name="English").click()
        page.wait_for_url("**/en/")
        page.locator("a[href$='/example/guangxi-13fyp/']").click()
        page.wait_for_selector("#table tbody tr")
        page.locator('[id="target.typed"]').fill("18")
        page.locator('[id="target.typed"]').press("Enter")
        page.wait_for_function("() => document.querySelector('#verdict').innerText.includes('18.00')")
        page.get_by_role("link", name="中文").click()
        page.wait_for_url("**/zh/example/guangxi-13fyp/")
        page.wait_for_function("() => document.querySelector('#verdict').innerText.includes('18.00%')")
        page.get_by_role("link", name="开始页").click()
        page.wait_for_url("**/zh/")
        page.locator("a[href$='/own/%3Cb%3Ex%26y/']").click()
        page.wait_for_selector("#table tbody tr")  # another folder, the same figures: its own settings all the same
        page.wait_for_function("() => document.querySelector('#verdict').innerText.includes('17.00%')")
        record = plan(load_scenario("guangxi-13fyp")).record
        rates = page.locator("#table tbody td:nth-child(5)").all_inner_texts()
        assert rates == [f"{region.published_rate * 100:.1f}" for region in record.regions]
        page.get_by_role("link", name="English").click()
        page.wait_for_url("**/en/own/*/")
        assert complaints == []


def test_an_example_is_the_bundled_one_whatever_stands_in_the_folder(folder):
    """A folder of the user's with the name of an example is work; the example stays what it is."""
    (folder / "broken").rename(folder / "guangxi-13fyp")
    shelf = Shelf(folder)
    assert shelf.desk(EXAMPLE, "guangxi-13fyp").record is not None
    assert [offer.name for offer in shelf.work("zh") if offer.line == LABELS.say("app_offer_broken", "zh")] == [
        "guangxi-13fyp"
    ]
