"""A workbook that is dropped again, and scenarios that are renamed and removed on the start page."""

import io

import openpyxl
import pytest

pytest.importorskip("flask", reason="the extra `ui` is not installed")

from allocator.app.server import start
from allocator.app.shelf import OWN, REMOVED, Shelf
from allocator.starting import template
from tests.allocator.app.own.conftest import HERE, by_key, filled


def titled(raw, title):
    """Return a workbook with another title."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book["设置"]
    for key in ("title.zh", "title.en"):
        sheet.cell(by_key(sheet)[key], 3).value = title
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


FIRST, MENDED = (titled(filled(template("zh"), d_F5=growth), "云岭省") for growth in (1.35, 1.36))


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "own")


@pytest.fixture
def drop(shelf):
    """Return a function that drops a file on the start page and returns what is answered."""
    client = start(shelf, "zh").test_client()
    return lambda raw, **more: client.post("/zh/upload", query_string=more, data=raw, headers=HERE).json


@pytest.fixture
def told(shelf):
    """Return a function that asks something of a scenario."""
    client = start(shelf, "zh").test_client()

    def asked(name, what, body, language="zh"):
        return client.post(f"/{language}/own/{name}/{what}", json=body, headers=HERE)

    return asked


@pytest.fixture
def kept(shelf, drop):
    """Return the shelf with a scenario in it of which one round is kept."""
    assert drop(FIRST, name="云岭.xlsx")["to"] == [OWN, "云岭", "data"]
    desk = shelf.desk(OWN, "云岭")
    desk.save(desk.own, "zh")
    return shelf


def test_a_mended_workbook_is_asked_about_and_replaces_with_its_rounds(kept, drop, told):
    asked = drop(MENDED, name="云岭.xlsx")
    assert not asked["ok"]
    assert [choice["into"] for choice in asked["choices"]] == ["云岭", ""]
    assert "已存 1 轮" in asked["choices"][0]["hint"]
    assert {path.name for path in kept.folder.iterdir()} == {"云岭"}  # nothing is done before it is answered
    done = drop(MENDED, name="云岭.xlsx", into="云岭")
    assert done["to"] == [OWN, "云岭", "data"]
    home = kept.folder / "云岭"
    assert (home / "方案.xlsx").read_bytes() == MENDED
    assert (home / "方案（上一份）.xlsx").read_bytes() == FIRST
    assert "方案（上一份）.xlsx" in done["said"][0]
    desk = kept.desk(OWN, "云岭")
    assert [str(desk.scenario.regions.growth[0]), (home / "rounds" / "round-001").is_dir()] == ["1.36", True]
    round_ = told("云岭", "publish/round", {"settings": None, "round": 1}).json
    assert "输入文件已变：方案.xlsx" in "".join(round_["since"])
    assert drop(FIRST, name="云岭.xlsx", into="云岭")["ok"]
    assert (home / "方案（上一份） 2.xlsx").read_bytes() == MENDED  # no copy is written over
    assert (home / "方案（上一份）.xlsx").read_bytes() == FIRST


def test_it_is_known_by_its_title_whatever_its_file_is_called(kept, drop):
    assert drop(FIRST, name="方案.xlsx")["to"] == [OWN, "云岭", "data"]  # the very same
    assert [choice["into"] for choice in drop(MENDED, name="方案 (1).xlsx")["choices"]] == ["云岭", ""]
    new = drop(MENDED, name="方案 (1).xlsx", into="")
    assert new["to"] == [OWN, "方案 (1)", "data"]
    other = titled(MENDED, "另一个省")
    assert drop(other, name="另.xlsx")["to"] == [OWN, "另", "data"]


def test_one_that_was_wrong_is_replaced_by_the_mended_one(shelf, drop):
    wrong = titled(filled(template("zh"), d_F5="many"), "云岭省")
    assert drop(wrong, name="云岭.xlsx")["ok"]
    assert [choice["into"] for choice in drop(FIRST, name="改好.xlsx")["choices"]] == ["云岭", ""]
    assert drop(FIRST, name="改好.xlsx", into="云岭")["ok"]
    assert shelf.desk(OWN, "云岭").record is not None


@pytest.mark.parametrize(
    ("raw", "into", "said"),
    [
        (MENDED, "不在", "没有这个可改的工作簿"),
        (MENDED, "../云岭", "没有这个可改的工作簿"),
        ("地区,排放\n甲,1\n".encode(), "云岭", "不是可读"),
    ],
)
def test_what_cannot_replace_leaves_all_as_it_was(kept, drop, raw, into, said):
    answer = drop(raw, name="云岭.xlsx", into=into)
    assert not answer["ok"]
    assert said in answer["said"][0] or "不是 Excel 工作簿" in answer["said"][0]
    assert [path.name for path in (kept.folder / "云岭").glob("*.xlsx")] == ["方案.xlsx"]
    assert (kept.folder / "云岭" / "方案.xlsx").read_bytes() == FIRST


def test_a_scenario_is_renamed_with_its_rounds(kept, told):
    assert told("云岭", "rename", {"name": "云岭 2030"}).json["ok"]
    assert [offer.name for offer in kept.work("zh")] == ["云岭 2030"]
    assert kept.work("zh")[0].rounds
    assert told("云岭", "rename", {"name": "x"}).status_code == 404
    for name, said in {"": "请写一个名字", "已删除": "已有另一个", " ": "请写一个名字"}.items():
        assert said in told("云岭 2030", "rename", {"name": name}).json["said"][0]
    for name, meant in (("云岭：修改/稿?", "云岭：修改-稿"), ("CON", "_CON"), ("../../away", "-.-away")):
        said = told("云岭 2030", "rename", {"name": name}).json
        assert (said["ok"], f"可写“{meant}”" in said["said"][0]) == (False, True), said
    assert told("云岭 2030", "rename", {"name": "away"}).json["ok"]
    assert [offer.name for offer in kept.work("zh")] == ["away"]


def test_nothing_is_renamed_over_another(kept, drop, told):
    assert drop(MENDED, name="乙.xlsx", into="")["ok"]
    assert "已有另一个“云岭”" in told("乙", "rename", {"name": "云岭"}).json["said"][0]
    assert {offer.name for offer in kept.work("zh")} == {"云岭", "乙"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_removed_goes_where_it_is_said_and_can_come_back(kept, told, drop, language):
    said = told("云岭", "remove", {"removed": True}, language).json
    there = kept.folder / REMOVED[language] / "云岭"
    assert str(there) in said["said"][0]
    assert (there / "rounds" / "round-001").is_dir()
    assert kept.work("zh") == []
    assert drop(FIRST, name="云岭.xlsx")["ok"]
    assert told("云岭", "remove", {"removed": True}, language).json["ok"]
    assert (there.parent / "云岭 2").is_dir()
    there.rename(kept.folder / "云岭")
    assert [offer.rounds[:4] for offer in kept.work("zh")] == ["已存 1"]
    assert told("云岭", "remove", {"removed": False}).status_code == 400


def test_rounds_that_are_kept_elsewhere_go_along(tmp_path):
    shelf = Shelf(tmp_path / "own", tmp_path / "kept")
    client = start(shelf, "zh").test_client()
    client.post("/zh/upload", query_string={"name": "云岭.xlsx"}, data=FIRST, headers=HERE)
    shelf.desk(OWN, "云岭").save(shelf.desk(OWN, "云岭").own, "zh")
    assert client.post("/zh/own/云岭/rename", json={"name": "甲"}, headers=HERE).json["ok"]
    assert (tmp_path / "kept" / OWN / "甲" / "rounds" / "round-001").is_dir()
    assert client.post("/zh/own/甲/remove", json={"removed": True}, headers=HERE).json["ok"]
    assert (tmp_path / "kept" / OWN / "已删除" / "甲" / "rounds" / "round-001").is_dir()


def test_scenarios_of_one_title_are_told_apart(kept, drop):
    drop(MENDED, name="乙.xlsx", into="")
    drop(titled(MENDED, "另一个省"), name="丙.xlsx")
    offers = {offer.name: offer for offer in kept.work("zh")}
    assert offers["云岭"].cities == "5 个地区：南宁、柳州、桂林、梧州等"
    assert offers["丙"].cities == ""
    for language, shown in (("zh", "云岭省（乙）"), ("en", "云岭省 (乙)")):
        page = start(kept, "zh").test_client().get(f"/{language}/", headers=HERE).get_data(as_text=True)
        assert shown in page
        assert "另一个省（" not in page
        assert offers["乙"].day in page
