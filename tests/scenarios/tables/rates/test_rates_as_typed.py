"""Tables of rates as people type them from circulars: read as they are meant, or one line says what to do."""

from dataclasses import replace
from decimal import Decimal

import pytest

from allocator.verifying.verify import judgement
from scenarios.errors import InputError
from scenarios.tables.rates import read_rates
from scenarios.tables.regions import RegionIndex
from scenarios.told import told
from tests.scenarios.tables.books import book

PERIOD = (2015, 2020)


@pytest.fixture
def write(tmp_path):
    def call(*rows, merged=()):
        path, made = tmp_path / "下降率.xlsx", book(表=rows)
        for cells in merged:
            made["表"].merge_cells(cells)
        made.save(path)
        return path

    return call


@pytest.fixture
def lines(guangxi):
    """Return a function that gives what is told of a table that is refused, in Chinese."""

    def call(path, regions=guangxi.regions):
        with pytest.raises(InputError) as caught:
            read_rates(path, regions, period=PERIOD)
        assert len(told(caught.value.findings, "en")) == len(told(caught.value.findings, "zh"))
        return told(caught.value.findings, "zh")

    return call


@pytest.fixture
def cities(guangxi):
    """Return a function that gives a row a region."""
    return lambda written: [(name, written(n)) for n, name in enumerate(guangxi.regions.names)]


@pytest.mark.parametrize(
    ("head", "written", "said"),
    [
        ("下降率", lambda n: 15 + n / 2, "“15”是 15% 吗"),
        ("下降率", lambda n: f"{15 + n}%左右", "“15%左右”不是下降率"),
        ("下降率（‰）", lambda n: 150 + n, "单位“‰”不适用于此列"),
    ],
)
def test_what_is_wrong_with_a_whole_column_is_one_line(write, lines, cities, head, written, said):
    (line,) = lines(write(("地区", head), *cities(written)))
    assert said in line


def test_two_cells_are_told_one_by_one(write, lines, cities):
    found = lines(write(("地区", "下降率"), *cities(lambda n: 15 + n if n < 2 else "17%")))
    assert [line.split("“")[-1][:2] for line in found[1:]] == ["15", "16"]


def test_names_in_english_are_one_line_that_says_name_en(write, lines, guangxi):
    names = guangxi.regions.names  # as of counties, whose English names nobody knows here
    unnamed = replace(guangxi.regions, names_en=names, names_in_latin=names)
    (line,) = lines(write(("City", "rate"), *((name, "17%") for name in guangxi.regions.names_en)), unnamed)
    assert "name_en" in line
    assert "14 个" in line
    (line,) = lines(write(("地区", "下降率"), ("杭州", "17%"), ("宁波", "18%")))
    assert "另一省" in line


def test_the_target_of_the_period_is_taken_beside_what_was_done_before(write, guangxi, cities):
    rows = [(name, 19, rate) for name, rate in cities(lambda n: 15 + n / 2)]
    heads = ("地区", "碳排放强度下降率（%）", None), (None, "“十二五”完成", "“十三五”目标")
    rates = read_rates(write(*heads, *rows, merged=("B1:C1",)), guangxi.regions, period=PERIOD).rates
    assert rates[:2] == (Decimal("0.15"), Decimal("0.155"))


def test_a_missing_column_is_called_by_its_usual_name(write, lines, cities):
    (line,) = lines(write(("地区", "目标"), *cities(lambda n: f"下降{15 + n}%")))
    assert "缺少列：下降率（rate）" in line
    assert line.endswith("columns: {rate: 目标}")
    (line,) = lines(write(("甲栏", "目标"), *cities(lambda n: f"下降{15 + n}%")))
    assert line.endswith("columns: {rate: 目标, name: …}")


def test_classes_with_all_other_cities(write, guangxi):
    rows = ("一类", "柳州、防城港", "20%"), ("二类", "其他设区市", "16%")
    table = read_rates(write(("类别", "范围", "下降率"), *rows), guangxi.regions, period=PERIOD)
    assert [table.rates[guangxi.regions.names.index(name)] for name in ("柳州", "防城港", "南宁")] == [
        Decimal("0.2"), Decimal("0.2"), Decimal("0.16"),
    ]  # fmt: skip
    (notice,) = table.notices
    assert notice.code == "other_regions"
    assert "南宁" in notice.say("zh")
    assert "柳州" not in notice.say("zh")


def test_others_beside_all_cities_are_no_region(write, lines, cities):
    assert "其他设区市" in lines(write(("地区", "下降率"), *cities(lambda n: "17%"), ("其他设区市", "16%")))[0]


def test_the_nearest_name_is_one_that_has_no_row_and_the_only_one_as_near():
    index = RegionIndex(("1", "2", "3"), ("钦州市", "梧州市", "贺州市"))
    assert index.near("吾州市") == ""
    assert index.near("吾州市", {0, 2}) == "梧州"
    assert index.near("横州市", {0, 1, 2}) == ""
    assert index.near("钦卅市", {2}) == "钦州"
    assert index.near("杭钦州市") == "钦州"


def test_a_column_of_caps_without_a_cap_on_the_province_is_said(write, guangxi, cities):
    rows = [(name, rate, 4000) for name, rate in cities(lambda n: "18%")]
    notices = judgement(guangxi, str(write(("地区", "下降率", "碳排放总量控制目标（万吨）"), *rows))).notices
    (notice,) = [notice for notice in notices if notice.code == "caps_unjudged"]
    assert notice.place.cell == "C1"
    assert "total: {cap: 42500}" in notice.say("zh")
    assert "{{" not in notice.say("en")
