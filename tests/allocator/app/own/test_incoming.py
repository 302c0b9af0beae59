"""What is dropped: judged, put into a folder of its own, never over anything and never anywhere else."""

import pytest

from allocator.app.own.incoming import file_name, take_in
from allocator.starting import template
from scenarios.errors import InputError

TABLE = "地区,排放\n甲市,1\n".encode()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("方案.xlsx", "方案.xlsx"),
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\x\\表.XLSX", "表.xlsx"),
        ("..", "table"),
        ("", "table"),
        (".hidden.csv", "hidden.csv"),
        ('a<b>:c|d?e*f"g.csv', "abcdefg.csv"),
        ("con.csv", "_con.csv"),
        ("LPT1.csv", "_LPT1.csv"),
        ("x\x00y\u202e.csv", "xy.csv"),
        ("a#b%2f.csv", "ab2f.csv"),
        ("甲" * 500 + ".csv", "甲" * 60 + ".csv"),
        ("blank .csv", "blank.csv"),
        *((f"{unseen}.csv", "table.csv") for unseen in "\u3000\u061c\u2028\ufe0f\u3164\xa0"),
        ("\u3000甲\u061c市\u2028 .csv\u3000", "甲市.csv"),
        ("甲　市（2025）.csv", "甲　市（2025）.csv"),
    ],
)
def test_a_name_is_a_file_name_alone(given, kept):
    assert file_name(given) == kept


def test_a_scenario_and_a_table_go_to_folders_of_their_own(tmp_path):
    book = take_in(template("zh"), "../方案 A.xlsx", tmp_path / "own", "zh")
    table = take_in(TABLE, "表.csv", tmp_path / "own", "zh")
    assert (book.name, book.is_scenario, table.name, table.is_scenario) == ("方案 A", True, "表", False)
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert files == ["own/方案 A/方案.xlsx", "own/表/表.csv"]


def test_of_one_name_nothing_is_overwritten(tmp_path):
    first = take_in(TABLE, "表.csv", tmp_path, "zh")
    again = take_in(TABLE, "表.csv", tmp_path, "zh")
    other = take_in(TABLE + "乙市,2\n".encode(), "表.csv", tmp_path, "zh")
    assert (first, again) == (again, first)
    assert (other.name, other.beside) == ("表 2", True)
    assert (tmp_path / "表" / "表.csv").read_bytes() == TABLE


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.csv", b"", "upload_empty"),
        ("x.pdf", b"%PDF", "upload_kind"),
        ("x", b"1", "upload_kind"),
        ("x.xlsx", b"PK\x03\x04 no zip", "not_excel"),
        ("x.csv", b"\x00\x01", "bad_encoding"),
        ("x.xls", b"\xd0\xcf\x11\xe0 none", None),
    ],
)
def test_what_cannot_be_read_leaves_nothing_behind(tmp_path, name, content, code):
    with pytest.raises(InputError) as caught:
        take_in(content, name, tmp_path, "zh")
    assert code in (None, caught.value.findings[0].code)
    assert list(tmp_path.iterdir()) == []


def test_a_book_with_macros_is_asked_back(tmp_path):
    with pytest.raises(InputError) as caught:
        take_in(template("en"), "x.xlsm", tmp_path, "en")
    assert caught.value.findings[0].code == "upload_macros"
