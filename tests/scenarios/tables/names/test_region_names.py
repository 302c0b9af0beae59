"""Regions by every common form of their names."""

import pytest

from scenarios.tables.adcodes.prefectures import in_latin
from scenarios.tables.regions import RegionIndex, alias

NAMES = ("恩施土家族苗族自治州", "黔南布依族苗族自治州", "延边朝鲜族自治州", "锡林郭勒盟", "德宏傣族景颇族自治州",
         "巴音郭楞蒙古自治州", "神农架林区", "仙桃市", "承德市", "鄂温克族自治旗", "大兴安岭地区")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("恩施州", "恩施土家族苗族自治州"),
        ("恩施", "恩施土家族苗族自治州"),
        ("黔南州", "黔南布依族苗族自治州"),
        ("延边", "延边朝鲜族自治州"),
        ("延 边 州", "延边朝鲜族自治州"),
        ("锡林郭勒", "锡林郭勒盟"),
        ("锡盟", "锡林郭勒盟"),
        ("德宏州", "德宏傣族景颇族自治州"),
        ("巴州", "巴音郭楞蒙古自治州"),
        ("神农架", "神农架林区"),
        ("仙桃", "仙桃市"),
        ("承\u200b德", "承德市"),
        ("鄂温克旗", "鄂温克族自治旗"),
        ("大兴安岭", "大兴安岭地区"),
    ],
)
def test_a_prefecture_is_found_by_its_short_form(text, name):
    position = RegionIndex((), NAMES).find(text)
    assert position is not None
    assert NAMES[position] == name


@pytest.mark.parametrize("text", ["恩施市", "德州", "承德县", "黔东南州"])
def test_another_place_of_a_like_name_is_not_found(text):
    assert RegionIndex((), NAMES).find(text) is None


def test_two_regions_of_one_stem_are_kept_apart():
    both = RegionIndex((), ("大理州", "大理县"))
    assert [both.find(text) for text in ("大理白族自治州", "大理县", "大理")] == [0, 1, None]
    assert alias("杭州") == "杭州" == alias("杭州市")


def test_english_names_go_with_and_without_their_kind():
    index = RegionIndex((), ("南宁市", "恩施州"), ("Nanning", "Enshi Prefecture"))
    assert [index.find(text) for text in ("Nanning City", "nanning", "Enshi")] == [0, 0, 1]


def test_a_region_without_an_english_name_is_found_by_what_papers_call_it():
    ids, names = ("320500", "341300", "450100", "450200", "x"), ("苏州市", "宿州市", "南宁市", "柳州市", "甲市")
    given = ("苏州市", "宿州市", "Capital", "柳州市", "甲市")
    latin = in_latin(ids, names, given)
    assert latin == ("Suzhou (320500)", "Suzhou (341300)", "Capital", "Liuzhou", "甲市")
    index = RegionIndex(ids, names, given, latin)
    assert [index.find(name) for name in latin] == [0, 1, 2, 3, 4]
    assert [index.find(name) for name in ("Suzhou", "Nanning", "liuzhou city")] == [None, None, 3]
