"""What a message proposes can be done as it says, and asks for nothing that another one takes back."""

import pytest

from scenarios.errors import Finding, InputError, Place
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.tables.layout.asked import Asked
from scenarios.wording import Text
from tests.scenarios.tables.books import book

HEAD = ("城市", "二氧化碳排放量（万吨）", "GDP（亿元）", "增长倍数", "下限（%）")
ROWS = (
    ("南宁市", 3000, 3410.08, 1.4, 10), ("柳州市", 3500, 2298.62, 1.35, 11), ("桂林市", 1500, 1942.97, 1.38, 12),
    ("梧州市", 905, 1081.34, 1.33, 10), ("北海市", 1380, 1276.91, 1.45, 11), ("玉林市", 1210, 1761.08, 1.36, 12),
)  # fmt: skip


@pytest.fixture
def refused(tmp_path, guangxi):
    """Return a function that reads a table of 2015 which is refused: what is found."""

    def call(rows, asked=None, raw=None):
        path = tmp_path / ("regions.csv" if isinstance(raw, str) else "regions.xls" if raw else "regions.xlsx")
        content = raw.encode() if isinstance(raw, str) else raw
        path.write_bytes(content) if content else book(S=rows).save(path)
        wanted = Wanted(frozenset(), guangxi.file.bounds, None, asked=asked or Asked(year=2015))
        with pytest.raises(InputError) as caught:
            read_regions(path, wanted)
        return caught.value.findings

    return call


def test_cells_of_a_row_that_may_be_a_sum_need_not_be_filled(refused):
    one, two, three, *others = ROWS
    group = ("北部湾经济区", one[1] + two[1] + three[1], one[2] + two[2] + three[2], "", "")
    (found,) = refused([HEAD, group, *ROWS])
    assert (found.code, found.place.cell) == ("sum_of_group", "A2")
    codes = [finding.code for finding in refused([HEAD, group, one, ("柳州市", 3500, 2298.62, "", 9), three, *others])]
    assert codes == ["sum_of_group", "empty_cell"] or codes == ["empty_cell", "sum_of_group"]


def test_fractions_under_per_cent_are_said_of_the_whole_column(refused):
    (found,) = refused([HEAD, *((*row[:4], row[4] / 100) for row in ROWS)])
    assert (found.code, found.place.cell, found.values["count"]) == ("as_fractions", "E2", 6)
    assert "整列 6 格" in found.say("zh")


def test_a_column_of_another_year_is_named_ready_to_paste(refused):
    head = (HEAD[0], "2014年二氧化碳排放量（万吨）", *HEAD[2:])
    (found,) = refused([head, *ROWS])
    assert found.code == "header_year"
    assert "columns: {emissions: 2014年二氧化碳排放量}" in found.say("zh")
    (found,) = refused([head, *ROWS], Asked({"emissions": "2014年二氧化碳排放量"}, year=2015))
    assert found.severity == "question"
    assert found.asked


def test_a_year_copied_is_named_by_its_cell(refused):
    rows = [(row[0], year, *row[1:]) for year in (2014, 2015) for row in ROWS]
    (found,) = refused([(HEAD[0], "年份", *HEAD[1:]), *rows])
    assert (found.code, found.place.cell, found.values["found"]) == ("years_same", "C8", "3000")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("地区\t排放（万吨）\n南宁市\t3000\n".encode("gb18030"), "纯文本"),
        (b"\xef\xbb\xbfname,emissions\na,1\n", "纯文本"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "图片"),
        (bytes(range(1, 256)) * 40, "认不出的数据"),
    ],
)
def test_what_only_calls_itself_xls_is_told_what_it_is(refused, raw, kind):
    (found,) = refused([], raw=raw)
    assert found.code == "no_workbook"
    assert kind in found.say("zh")
    assert "另存为" in found.say("zh")


BELOW = [[], ["表2 各市下降目标"], ["城市", "下限（%）", "上限（%）"], *([row[0], 14, 16] for row in ROWS)]


def as_csv(*rows):
    return "\n".join(",".join(map(str, row)) for row in rows) + "\n"


def test_bounds_in_a_table_below_are_no_matter_of_sheets(refused):
    upper = [row[:4] for row in (HEAD, *ROWS)]
    (found,) = refused([*upper, *BELOW])
    assert (found.code, found.place.cell, "sheet" in found.say("en").partition(":")[2]) == ("stray_table", "B10", False)
    (found,) = refused([], raw=as_csv(*upper, *BELOW))
    assert (found.code, found.place.row, "[" in found.say("zh")) == ("stray_table", 10, False)


def test_of_years_that_are_not_there_the_base_year_is_proposed(refused):
    rows = [(row[0], year, *row[1:]) for year in (2014, 2015) for row in ROWS]
    rows = [(name, year, amount + year - 2014, *rest) for name, year, amount, *rest in rows]
    (found,) = refused([(HEAD[0], "年份", *HEAD[1:]), *rows], Asked(where={"year": "2013"}, year=2015))
    assert (found.code, found.values["first"]) == ("where_none", "2015")


def test_a_line_of_one_text_among_rows_is_called_what_it_may_be(refused):
    (found,) = refused([], raw=as_csv(HEAD, *ROWS[:3], ["续表"], *ROWS[3:]))
    assert (found.code, found.place.row, found.values["found"]) == ("lone_field", 5, "续表")


def test_a_reason_that_is_none_is_not_quoted():
    said = Finding("over_whole", Place("a"), {"name": "甲", "found": "1"}, "notice", "x", Text("", ""))
    assert "已确认" not in said.say("zh")
