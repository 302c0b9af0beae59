"""Tables one below the other: their units, and how many there may be."""

import pytest

from scenarios.errors import InputError
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.tables.blocks import below
from scenarios.tables.columns import parse_header
from scenarios.tables.layout.asked import Asked

FIRST = "南宁市,2135,3410.08,1.32126,640.5\n柳州市,3089,2298.62,1.26193,926.7\n桂林市,1386,1942.9,1.29359,415.8\n"
SECOND = "梧州市,379,1078.65,1.3042,113.7\n北海市,813,891.94,1.36381,243.9\n玉林市,1664,1445.91,1.35979,499.2\n"


@pytest.fixture
def read(guangxi, tmp_path):
    """Return what reads two blocks with their headers of the last column."""

    def reading(first, second, plain="地区,排放（万吨）,GDP（亿元）,增长倍数", again="", more=""):
        path = tmp_path / "regions.csv"
        path.write_text(f"{plain},{first}\n{FIRST}\n{again or plain},{second}\n{SECOND}{more}", "utf-8")
        wanted = Wanted(frozenset({"人口"}), guangxi.file.bounds, None, asked=Asked({"人口": "人口"}, year=2015))
        return read_regions(path, wanted)

    return reading


@pytest.mark.parametrize(
    ("first", "second"),
    [("人口（万人）", "人口（人）"), ("人口（万吨标煤）", "人口（千吨标煤）"), ("人口", "人口（万人）")],
)
def test_a_column_that_goes_on_in_another_unit_is_refused(read, first, second):
    with pytest.raises(InputError) as caught:
        read(first, second)
    (finding,) = [one for one in caught.value.findings if one.code == "units_disagree"]
    assert finding.place.column == "人口"


@pytest.mark.parametrize(
    ("first", "second"), [("人口（万人）", "人口（万人）"), ("人口（吨标煤）", "人口（tce）"), ("人口（万人）", "人口")]
)
def test_one_in_the_same_unit_or_in_none_goes_on(read, first, second):
    regions, _, said = read(first, second)
    assert regions.names == ("南宁市", "柳州市", "桂林市", "梧州市", "北海市", "玉林市")
    assert {one.code for one in said} <= {"continued"}


def test_quantities_without_a_unit_go_on_in_that_above(read):
    regions, _, _ = read("人口", "人口", "地区,排放（千吨）,GDP（亿元）,增长倍数", "地区,排放,GDP,增长倍数")
    assert [str(value) for value in regions.emissions[2:4]] == ["138.6", "37.9"]


def test_lines_below_a_table_are_looked_at_a_few_times_each(read, monkeypatch):
    looked = []
    monkeypatch.setattr(below, "_is_title", lambda row, own=below._is_title: looked.append(1) or own(row))
    lines = 400
    with pytest.raises(InputError):
        read("人口", "人口", more="重点\n" * lines)
    assert len(looked) < 3 * (lines + 10)


def test_hundreds_of_tables_on_a_sheet_are_too_many(read):
    block = "地区,排放（万吨）,GDP（亿元）,增长倍数,人口{n}\n甲市,1,2,1.3,4\n乙市,1,2,1.3,4\n"
    with pytest.raises(InputError) as caught:
        read("人口", "人口", more="".join(block.format(n=n) for n in range(250)))
    assert [one.code for one in caught.value.findings] == ["table_too_big"]


def test_a_long_text_is_no_header():
    assert parse_header("排放（万吨）").standard == "emissions"
    assert parse_header("，" * 300 + "排放").standard == ""
