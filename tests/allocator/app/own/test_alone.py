"""The data of the one scenario that the program was started with: mended in its own file, or copied."""

import shutil

import openpyxl
import pytest

from allocator.app.desk import Desk
from allocator.app.own.data import Alone
from allocator.app.own.folder import remember
from allocator.app.server import web
from allocator.commands.app import _application
from allocator.saving import save
from allocator.starting import template
from reports.words import LABELS
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario
from tests.allocator.app.conftest import serving, watched
from tests.allocator.app.own.conftest import HERE, filled
from tests.browsers import followed

FILE = "某省.xlsx"
CASE = "guangxi-13fyp"


@pytest.fixture
def book(tmp_path):
    """Return a scenario workbook somewhere on the disk."""
    path = tmp_path / FILE
    path.write_bytes(filled(template("zh")))
    return path


@pytest.fixture
def memory(tmp_path, monkeypatch):
    """Return the folder of the user's, which is remembered."""
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv("APPDATA", str(tmp_path / "settings"))
    remember(own, tmp_path / "settings" / "allocator" / "folder.txt")
    return own


def cells(client, sheet="数据", cell="D6", text="4000", file=FILE):
    """Type into a cell as the page does."""
    page = client.get("/zh/data/sheets", headers=HERE).json["page"]
    typed = [{"sheet": sheet, "cell": cell, "text": text}]
    body = {"file": file, "digest": page["books"].get(file, "x"), "cells": typed, "first": True}
    return client.post("/zh/data/cells", json=body, headers=HERE).json


def test_a_workbook_is_mended_where_it_is(book, tmp_path):
    client = web(Desk.open(str(book), folder=tmp_path / "rounds"), "zh").test_client()
    assert all(sheet["mendable"] for sheet in client.get("/en/data/sheets", headers=HERE).json["page"]["sheets"])
    page = client.get("/en/data/", headers=HERE)
    assert (page.status_code, "Data: 某省" in page.text, 'data-editable="true"' in page.text) == (200, True, True)
    assert client.get("/en/data/book", headers=HERE).data == book.read_bytes()
    before = client.get("/zh/", headers=HERE).text
    assert 'href="data/"' in before
    answer = cells(client)
    assert (answer["ok"], answer["page"]["sound"]) == (True, True)
    assert str(load_scenario(book).regions.emissions[1]) == "4000"
    assert (tmp_path / "某省（上一份）.xlsx").is_file()
    assert client.get("/zh/", headers=HERE).text != before  # the page of the plan opens it anew
    evil = {**HERE, "Origin": "http://evil.example"}
    assert client.post("/zh/data/cells", data=b"{}", headers=evil).status_code == 403


def test_a_table_beside_the_scenario_is_mended(tmp_path, edit):
    folder = shutil.copytree(find_scenario(CASE).parent, tmp_path / "case")
    rows = [line.split(",") for line in (folder / "regions.csv").read_text("utf-8").splitlines()]
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append([float(text) if text.replace(".", "").isdigit() and n > 2 else text
                            for n, text in enumerate(row)])  # fmt: skip
    made.save(folder / "regions.xlsx")
    edit(folder / "scenario.yaml", "regions: regions.csv", "regions: regions.xlsx")
    client = web(Desk.open(str(folder), folder=tmp_path / "rounds"), "zh").test_client()
    sheet = client.get("/zh/data/sheets", headers=HERE).json["page"]["sheets"][0]
    column = next(
        letter for letter, text in zip(sheet["columns"], sheet["rows"][0]["cells"], strict=True) if "emissions" in text
    )
    answer = cells(client, sheet["title"], f"{column}2", "5000", "regions.xlsx")
    assert answer["ok"], answer
    assert str(load_scenario(folder).regions.emissions[0]) == "5000"


@pytest.mark.parametrize("bundled", [True, False])
def test_what_cannot_be_mended_is_copied_into_the_folder(tmp_path, memory, bundled):
    source = CASE if bundled else str(shutil.copytree(find_scenario(CASE).parent, tmp_path / CASE))
    before = {path: path.read_bytes() for path in find_scenario(source).parent.iterdir() if path.is_file()}
    client = web(Desk.open(source, folder=tmp_path / "rounds"), "en").test_client()
    page = client.get("/en/data/", headers=HERE).text
    assert ('id="copy"' in page, 'data-editable="false"' in page) == (True, True)
    (sheet,) = client.get("/en/data/sheets", headers=HERE).json["page"]["sheets"]  # shown all the same
    assert (sheet["file"], sheet["rows"][1]["cells"][1], sheet["mendable"]) == ("regions.csv", "南宁", False)
    assert not cells(client, "", "A1", file="regions.csv")["ok"]
    answer = client.post("/en/data/copy", json={"copied": True}, headers=HERE).json
    copy = memory / CASE / "scenario.xlsx"
    assert (answer["to"], str(copy) in answer["said"][0]) == ([], True)
    assert load_scenario(copy).regions.emissions == load_scenario(CASE).regions.emissions
    assert {path: path.read_bytes() for path in before} == before


def test_a_workbook_that_is_bundled_is_never_written(tmp_path, monkeypatch):
    book = tmp_path / "scenarios" / "cases" / "x" / "方案.xlsx"
    book.parent.mkdir(parents=True)
    save(CASE, book, "zh")
    assert Alone(str(book)).mendable
    monkeypatch.setattr("allocator.app.own.data.files", lambda _: tmp_path / "scenarios")
    assert not Alone(str(book)).mendable
    assert Alone(str(book)).called("") == "x"


@pytest.mark.browser
@pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1280)])
def test_from_the_plan_to_its_data_and_back(browser, book, tmp_path, language, width):
    desk = Desk.open(str(book), folder=tmp_path / "rounds")
    with serving(desk, language) as url, watched(browser, url, width, "/") as seen:
        page = seen.page
        page.set_default_timeout(30_000)
        page.wait_for_selector("#table tbody tr")
        followed(page.locator("nav a[href='data/']"))
        page.wait_for_selector("#state.sound")
        at = page.locator(f'[id="cell:{FILE}:数据:D6"]')
        at.click()
        at.locator("input").fill("4000")
        at.locator("input").press("Enter")
        page.wait_for_function("file => document.querySelector('#said').innerText.includes(file)", arg=FILE)
        followed(page.get_by_role("link", name=LABELS.say("beside_to_plan", language), exact=True))
        page.wait_for_selector("#table tbody tr")
        assert "4000" in page.locator("#read table").text_content().replace(",", "")
        seen.quiet()


@pytest.fixture
def application(tmp_path):
    """Return a function that makes the application of a scenario as the command does."""
    return lambda source, settings=(): _application(str(source), settings, None, tmp_path / "rounds", "zh")


@pytest.mark.parametrize(
    ("language", "said", "hint"),
    [("zh", "many", "改好后刷新本页"), ("en", "many", "Once it is mended")],
)
def test_a_workbook_with_mistakes_opens_on_them_and_is_mended_there(application, book, capsys, language, said, hint):
    book.write_bytes(filled(template("zh"), d_E6="many"))
    client = application(book).test_client()
    assert "many" in capsys.readouterr().err
    page = client.get(f"/{language}/", headers=HERE)
    assert page.status_code == 422
    for text in (said, hint, f'href="/{language}/data/"'):
        assert text in page.text
    assert client.get(f"/{language}/data/", headers=HERE).status_code == 200
    found = client.get("/zh/data/sheets", headers=HERE).json["page"]
    assert [mark["cell"] for mark in found["marks"] if mark["kind"] == "error"] == ["E6"]
    assert client.post(f"/{language}/answer", json={}, headers=HERE).json["ok"] is False
    assert cells(client, cell="E6", text="2298.62")["page"]["sound"]
    assert client.get(f"/{language}/", headers=HERE).status_code == 200  # and the plan opens


def test_a_file_that_is_no_workbook_at_all_is_said_on_both_pages(application, book):
    book.write_bytes(bytes(range(256)) * 100)
    client = application(book).test_client()
    assert "不是 Excel 工作簿" in client.get("/zh/", headers=HERE).text
    for language, said in (("zh", "不是 Excel 工作簿"), ("en", "no workbook of Excel")):
        sheets = client.get(f"/{language}/data/sheets", headers=HERE)
        assert (sheets.status_code, sheets.mimetype) == (422, "text/plain")
        assert said in sheets.text
    book.write_bytes(filled(template("zh")))
    assert client.get("/zh/", headers=HERE).status_code == 200


def test_what_no_page_can_mend_is_refused_at_once(application, book, tmp_path):
    for source, settings in ((tmp_path / "none.xlsx", ()), (book, ["target=200%"]), (book, ["nothing=1"])):
        with pytest.raises(InputError):
            application(source, settings)
