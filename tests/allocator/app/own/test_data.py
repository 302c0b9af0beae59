"""The data of a scenario through the questions that the page asks: kept, checked, never over somebody else's change."""

import errno
import io
from decimal import Decimal

import openpyxl
import pytest

from allocator.app.own.books import kept_name
from allocator.app.server import start
from allocator.app.shelf import Shelf
from allocator.starting import template
from scenarios.load import load_scenario
from scenarios.wording import LANGUAGES
from tests.allocator.app.own.conftest import HERE, filled

BOOK = "方案.xlsx"


@pytest.fixture
def home(tmp_path):
    """Return the folder of a sound scenario in the user's."""
    home = tmp_path / "某省"
    home.mkdir()
    (home / BOOK).write_bytes(filled(template("zh")))
    return home


@pytest.fixture
def ask(home):
    """Return a function that asks something about that scenario."""
    client = start(Shelf(home.parent), "zh").test_client()

    def asked(path, body=None, language="zh"):
        whole = f"/{language}/own/某省/data/{path}"
        answer = client.get(whole, headers=HERE) if body is None else client.post(whole, json=body, headers=HERE)
        return answer.json if answer.is_json else answer

    return asked


def digest(page):
    return page["books"][BOOK]


def change(ask, text, cell="D6", **more):
    page = ask("sheets")["page"]
    body = {
        "file": BOOK,
        "digest": digest(page),
        "cells": [{"sheet": "数据", "cell": cell, "text": text}],
        "first": True,
    }
    return ask("cells", {**body, **more})


def test_the_table_is_shown_as_read_with_room_below(ask):
    page = ask("sheets")["page"]
    assert page["sound"]
    data, settings = page["sheets"][:2]
    assert (data["title"], settings["title"]) == ("数据", "设置")
    rows = {row["row"]: row["cells"] for row in data["rows"]}
    assert rows[5][:6] == ["450100", "南宁", "", "3089", "2298.62", "1.35"]
    assert set(rows[max(rows)]) == {""}


def test_an_error_is_said_at_its_cell_and_the_change_is_kept(ask, home):
    before = (home / BOOK).read_bytes()
    answer = change(ask, "很多")
    assert answer["ok"]
    (mark,) = [mark for mark in answer["page"]["marks"] if mark["kind"] == "error"]
    assert (mark["sheet"], mark["cell"]) == ("数据", "D6")
    assert "很多" in mark["said"]
    assert (home / kept_name(home / BOOK, "zh")).read_bytes() == before
    assert openpyxl.load_workbook(home / BOOK)["数据"]["D6"].value == "很多"
    assert change(ask, "4120", first=False)["page"]["sound"]
    assert (home / kept_name(home / BOOK, "zh")).read_bytes() == before  # the last one kept is that of before


def test_what_the_page_advises_for_a_target_is_what_the_target_becomes(ask, home):
    """“NaN” is answered with 17%, not with 0.17, which the cell of per cents would take for 0.17%."""
    (row,) = [n for n, key in enumerate(_keys(home), 1) if key == "target"]
    cell, last = f"C{row}", {"sheet": "设置"}
    page = typed(ask, cell, "NaN", **last)["page"]
    (mark,) = [mark for mark in page["marks"] if mark["kind"] == "error"]
    assert mark["cell"] == cell
    assert "17%" in mark["said"]
    assert "0.17" not in mark["said"]
    for language, words in (("zh", ("17%", "0.17%", "百分号")), ("en", ("17 %", "0.17 %", "sign"))):
        refused = typed(ask, cell, "0.17", language=language, **last)
        assert not refused["ok"]
        (said,) = refused["said"]
        assert all(word in said for word in (cell, *words))
    for text in ("17%", "17 %", "17", "17.0%"):
        assert typed(ask, cell, text, **last)["page"]["sound"]
        assert load_scenario(home).file.target == Decimal("0.17")


def _keys(home):
    return [row[7] for row in openpyxl.load_workbook(home / BOOK)["设置"].iter_rows(values_only=True)]


def typed(ask, cell, text, sheet, language="zh"):
    body = {"file": BOOK, "digest": digest(ask("sheets")["page"]), "first": False}
    return ask("cells", {**body, "cells": [{"sheet": sheet, "cell": cell, "text": text}]}, language)


@pytest.mark.parametrize(
    ("key", "text", "zh", "en"),
    [
        ("normalize", "也许", "“也许”不是“是”或“否”。", "neither yes nor no."),
        ("total.caps", "均分", "可选：按下降率推算；推算后分完，即再同比例分完全省总量；按基年排放同比例，即", "rates"),
        ("total.year_caps", "每年", "可选：每年同样变化率；每年同样变化量；或写", "even"),
        ("total.peak", "明年", "可选：期末年不高于基年；或写年份", "neither end nor a year"),
        ("reference.map", "曲线", "可用：线性、与得分成比例 或 各地区相同。", "linear, proportional or uniform."),
        ("total.reserve", "３００", "是则请写 300", "Then write 300"),
        ("total.cap", "9000①", "9000", "9000"),
        ("period.base", "２０２５", "2025", "2025"),
        ("target", "１７％", "是则请写 17%", "Then write 17 %"),
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_or_is_in_unusual_signs_is_said_with_what_the_list_has(ask, home, key, text, zh, en):
    (row,) = [n for n, one in enumerate(_keys(home), 1) if one == key]
    typed(ask, f"C{row}", text, "设置")
    for language, words in (("zh", zh), ("en", en)):
        page = ask("sheets", language=language)["page"]
        (mark,) = [mark for mark in page["marks"] if mark["kind"] == "error" and mark["cell"] == f"C{row}"]
        assert words in mark["said"], mark["said"]


def test_a_text_that_no_cell_holds_is_said_at_its_cell(ask, home):
    before = (home / BOOK).read_bytes()
    for language, said in (("zh", "内容太长：10,001 字"), ("en", "too long: 10,001 characters")):
        answer = typed(ask, "D6", "长" * 10_001, "数据", language)
        assert not answer["ok"]
        assert said in answer["said"][0]
        assert "D6" in answer["said"][0]
    assert (home / BOOK).read_bytes() == before
    assert typed(ask, "D6", "长" * 10_000, "数据")["ok"]


def test_a_disk_that_is_full_is_said_in_words(ask, home, monkeypatch):
    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    page = ask("sheets")["page"]
    body = {"file": BOOK, "digest": digest(page), "first": True}
    body["cells"] = [{"sheet": "数据", "cell": "D6", "text": "4000"}]
    monkeypatch.setattr("allocator.app.own.data.mend", full)
    for language, said in (("zh", "磁盘已满"), ("en", "the disk is full")):
        answer = ask("cells", body, language)
        assert not answer["ok"]
        assert said in answer["said"][0]


def test_a_question_about_a_workbook_beside_is_answered_in_the_own_one(ask, home):
    """The digests are sorted by name, and 地区.xlsx comes before 方案.xlsx: `own` says which one takes the answer."""
    book = openpyxl.load_workbook(io.BytesIO(filled(template("zh"), d_D9=122200)))
    beside = openpyxl.Workbook()
    for row in book["数据"].iter_rows(min_row=4, values_only=True):
        beside.active.append(row)
    beside.save(home / "地区.xlsx")
    (row,) = [n for n, key in enumerate(_keys(home), 1) if key == "regions"]
    del book["数据"]
    book["设置"].cell(row, 3).value = "地区.xlsx"
    book.save(home / BOOK)
    page = ask("sheets")["page"]
    assert next(iter(page["books"])) == "地区.xlsx"
    assert page["own"] == BOOK
    (mark, *_) = [mark for mark in page["marks"] if mark["asked"]]
    assert mark["file"] == "地区.xlsx"
    body = {"digest": page["books"][page["own"]], "asked": mark["asked"], "reason": "核对过年报", "first": False}
    answer = ask("accept", body)
    assert answer["ok"], answer
    assert mark["asked"] not in [each["asked"] for each in answer["page"]["marks"]]


def test_a_workbook_that_is_no_more_one_is_refused_to_a_person_in_words(ask, home):
    (home / BOOK).write_bytes(b"PK\x03\x04 cut short")
    for language, said in (("zh", "方案.xlsx"), ("en", "Excel")):
        answer = ask("book", language=language)
        assert answer.status_code == 422
        assert answer.content_type.startswith("text/plain")
        assert said in answer.text
        assert not answer.text.startswith("{")


def test_a_file_changed_meanwhile_is_said_and_left_alone(ask, home):
    page = ask("sheets")["page"]
    (home / BOOK).write_bytes(filled(template("zh"), d_D7=2000))
    other = (home / BOOK).read_bytes()
    for language in LANGUAGES:
        body = {"file": BOOK, "digest": digest(page), "first": True}
        body["cells"] = [{"sheet": "数据", "cell": "D6", "text": "1"}]
        answer = ask("cells", body, language)
        assert not answer["ok"]
        assert {"zh": "没有写入", "en": "nothing was written"}[language] in "".join(answer["said"])
    assert (home / BOOK).read_bytes() == other
    assert [path.name for path in home.iterdir()] == [BOOK]
    (home / BOOK).unlink()
    assert ask("cells", body).status_code == 404


def test_a_question_is_answered_by_a_reason_in_the_workbook(ask, home):
    page = change(ask, "122200", "D9")["page"]
    asked = [entry["asked"] for entry in (*page["marks"], *page["said"]) if entry["asked"]]
    assert asked
    refused = ask("accept", {"digest": digest(page), "asked": asked[0], "reason": " ", "first": False})
    assert not refused["ok"]
    gone = ask("accept", {"digest": digest(page), "asked": "no such", "reason": "x", "first": False})
    assert not gone["ok"]
    for _ in range(9):
        if page["sound"] or not asked:
            break
        page = ask("accept", {"digest": digest(page), "asked": asked[0], "reason": "核对过年报", "first": False})[
            "page"
        ]
        asked = [entry["asked"] for entry in (*page["marks"], *page["said"]) if entry["asked"]]
    assert asked == []
    rows = [
        row for row in openpyxl.load_workbook(home / BOOK)["已核实"].iter_rows(values_only=True) if "核对过年报" in row
    ]
    assert rows


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"file": "../x.xlsx"}, 200),
        ({"file": BOOK, "cells": []}, 400),
        ({"digest": 3}, 400),
        ({"more": 1}, 400),
        ({"first": 1}, 400),
    ],
)
def test_what_no_page_sends_is_refused(home, ask, body, status):
    before = (home / BOOK).read_bytes()
    whole = {"file": BOOK, "digest": "x", "cells": [{"sheet": "数据", "cell": "D6", "text": "1"}], "first": True}
    client = start(Shelf(home.parent), "zh").test_client()
    answer = client.post("/zh/own/某省/data/cells", json={**whole, **body}, headers=HERE)
    assert (answer.status_code, answer.json["ok"]) == (status, False)
    assert answer.json["said"]
    assert (home / BOOK).read_bytes() == before
    assert [path.name for path in home.iterdir()] == [BOOK]


POSTED = (
    "upload?name=x.csv", "folder", "new/表/make", "own/某省/data/cells", "own/某省/data/accept", "own/某省/data/copy",
    "own/某省/answer", "own/某省/save", "own/某省/check/table", "example/guangxi-13fyp/data/cells",
)  # fmt: skip


@pytest.mark.parametrize("path", POSTED)
def test_a_page_elsewhere_reaches_no_question(home, path):
    (home.parent / "表").mkdir()
    (home.parent / "表" / "表.csv").write_text("地区,排放\n甲市,1\n", "utf-8")
    client = start(Shelf(home.parent), "zh").test_client()
    before = sorted(home.parent.rglob("*"))
    evil = {**HERE, "Origin": "http://evil.example"}
    assert client.post(f"/zh/{path}", data=b"x", headers=evil).status_code == 403
    assert sorted(home.parent.rglob("*")) == before
    ours = {**HERE, "Origin": "http://localhost"}  # the same, from a page of ours: somebody is there
    assert client.post(f"/zh/{path}", data=b"x", headers=ours).status_code not in (403, 404, 405, 500)


def test_an_example_is_never_written_and_can_be_copied(home):
    client = start(Shelf(home.parent), "zh").test_client()
    page = client.get("/zh/example/guangxi-13fyp/data/", headers=HERE)
    assert page.status_code == 200
    assert 'id="copy"' in page.text
    body = {"file": "regions.csv", "digest": "x", "cells": [{"sheet": "", "cell": "A1", "text": "x"}], "first": True}
    assert not client.post("/zh/example/guangxi-13fyp/data/cells", json=body, headers=HERE).json["ok"]
    copied = client.post("/zh/example/guangxi-13fyp/data/copy", json={"copied": True}, headers=HERE).json
    assert copied["to"] == ["own", "guangxi-13fyp", "data"]
    assert (home.parent / "guangxi-13fyp" / BOOK).is_file()
    again = client.post("/zh/example/guangxi-13fyp/data/copy", json={"copied": True}, headers=HERE).json
    assert again["to"] == ["own", "guangxi-13fyp 2", "data"]


def test_what_was_mended_is_what_the_plan_page_opens(home, ask):
    client = start(shelf := Shelf(home.parent), "zh").test_client()
    assert client.get("/zh/own/某省/", headers=HERE).status_code == 200
    page = client.get("/zh/own/某省/data/sheets", headers=HERE).json["page"]
    body = {
        "file": BOOK,
        "digest": digest(page),
        "cells": [{"sheet": "数据", "cell": "D6", "text": "4000"}],
        "first": True,
    }
    assert client.post("/zh/own/某省/data/cells", json=body, headers=HERE).json["ok"]
    assert str(shelf.desk("own", "某省").scenario.regions.emissions[1]) == "4000"


def test_only_true_is_true(home):
    client = start(Shelf(home.parent), "zh").test_client()
    for copied in (1, 1.0, "true", None, False):
        path = "/zh/example/guangxi-13fyp/data/copy"
        assert client.post(path, json={"copied": copied}, headers=HERE).status_code == 400, copied
    assert [path.name for path in home.parent.iterdir()] == ["某省"]


def test_a_folder_that_may_not_be_written_is_refused_in_the_language_of_the_page(home, tmp_path, monkeypatch):
    monkeypatch.setattr("allocator.app.own.folder.os.access", lambda *_: False)
    client = start(Shelf(home.parent), "zh").test_client()
    for language, said in (("zh", "没有权限"), ("en", "no permission")):
        answer = client.post(f"/{language}/folder", json={"folder": str(tmp_path / "x")}, headers=HERE).json
        assert said in answer["said"][0]
        assert language == "en" or "denied" not in answer["said"][0]


def test_the_book_is_handed_over_as_it_is(home, ask):
    answer = ask("book")
    assert answer.data == (home / BOOK).read_bytes()
    assert openpyxl.load_workbook(io.BytesIO(answer.data)).sheetnames[0] == "设置"


def test_the_folder_is_changed_and_remembered(home, tmp_path):
    memory, other = tmp_path / "memory" / "folder.txt", tmp_path / "another" / "one"
    shelf = Shelf(home.parent, memory=memory)
    client = start(shelf, "en").test_client()
    for text, ok in (("", False), ("relative/path", False), (str(home / BOOK), False), (str(other), True)):
        answer = client.post("/en/folder", json={"folder": text}, headers=HERE).json
        assert answer["ok"] is ok, text
        assert bool(answer["said"]) is not ok
    assert (shelf.folder, memory.read_text("utf-8").strip()) == (other, str(other))
    assert str(other) in client.get("/en/", headers=HERE).text


def test_too_large_a_file_is_refused_before_it_is_read(home):
    client = start(Shelf(home.parent), "zh").test_client()
    answer = client.post("/zh/upload?name=x.csv", data=b"1" * 51_000_000, headers=HERE)
    assert (answer.status_code, answer.json["ok"]) == (200, False)
    assert "文件有 51 MB，超过了上限 20 MB" in answer.json["said"][0]
    assert [path.name for path in home.parent.iterdir()] == ["某省"]
