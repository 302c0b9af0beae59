"""English names of prefectures: held against another library; in papers where the table has none, and said."""

import csv
from importlib.resources import files

import pytest
from pypinyin import lazy_pinyin

from reports.romanised import in_latin
from scenarios.tables.adcodes.prefectures import english_of
from scenarios.tables.regions import alias

OTHER = {
    # read wrongly by the library: its dictionary lacks the place
    "长治": "Changzhi", "朝阳": "Chaoyang", "漯河": "Luohe",
    # names that are not Chinese
    "呼和浩特": "Hohhot", "鄂尔多斯": "Ordos", "呼伦贝尔": "Hulunbuir", "巴彦淖尔": "Bayannur",
    "乌兰察布": "Ulanqab", "兴安": "Hinggan", "锡林郭勒": "Xilingol", "阿拉善": "Alxa", "哈尔滨": "Harbin",
    "齐齐哈尔": "Qiqihar", "拉萨": "Lhasa", "日喀则": "Xigaze", "昌都": "Qamdo", "林芝": "Nyingchi",
    "那曲": "Nagqu", "阿里": "Ngari", "甘孜": "Garze", "果洛": "Golog", "乌鲁木齐": "Urumqi",
    "克拉玛依": "Karamay", "吐鲁番": "Turpan", "博尔塔拉": "Bortala", "巴音郭楞": "Bayingolin",
    "阿克苏": "Aksu", "克孜勒苏": "Kizilsu", "喀什": "Kashgar", "和田": "Hotan", "伊犁": "Ili",
    "阿勒泰": "Altay",
}  # fmt: skip


def bare(name):
    """Return a prefecture's name without its kind."""
    short = alias(name)
    for kind, ending in (("自治州", "州"), ("盟", "盟"), ("地区", "地区")):
        if name.endswith(kind):
            return short.removesuffix(ending)
    return short


def test_the_table_is_the_librarys_pinyin():
    text = (files("scenarios.tables.adcodes") / "prefectures.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 333
    differing = {}
    for row in rows:
        first, *others = lazy_pinyin(bare(row["name"]), v_to_u=True)
        spelled = first + "".join(("'" if each[0] in "aoe" else "") + each for each in others)
        assert row["name_en"].replace("'", "").isalpha()
        if spelled.capitalize() != row["name_en"]:
            differing[bare(row["name"])] = row["name_en"]
    assert differing == OTHER


NAMES = {"西安市": "Xi'an", "六安": "Lu'an", "台州市": "Taizhou", "吕梁市": "Lüliang", "恩施州": "Enshi", "甲市": ""}


@pytest.mark.parametrize(("name", "english"), NAMES.items())
def test_names_of_prefectures(name, english):
    assert english_of(name) == english


def without_english(record, *names):
    regions = [region.model_copy(update={"name_en": region.name}) for region in record.regions]
    for n, name in enumerate(names):
        regions[n] = regions[n].model_copy(update={"name": name, "name_en": name})
    return record.model_copy(update={"regions": tuple(regions)})


def test_a_paper_in_english_names_its_regions_and_says_so(guangxi_plan):
    record, (notice,) = in_latin(without_english(guangxi_plan.record), "en")
    assert [region.name_en for region in record.regions] == [r.name_en for r in guangxi_plan.record.regions]
    assert record.regions[0].reason == guangxi_plan.record.regions[0].reason
    assert notice.en.startswith("14 regions have no English name in the table; they are written in pinyin")
    assert "Nanning, Liuzhou" in notice.en


def test_sentences_about_a_region_name_it_so(guangxi_plan):
    record = without_english(guangxi_plan.record)
    first = record.regions[0]
    said = first.reason.model_copy(update={"en": first.reason.en.replace("Nanning", "南宁")})
    regions = (first.model_copy(update={"reason": said}), *record.regions[1:])
    found, _ = in_latin(record.model_copy(update={"regions": regions}), "en")
    assert found.regions[0].reason.en.startswith("Nanning: target 23 %")


def test_other_names_stay_and_equal_ones_are_told_apart(guangxi_plan):
    record, (written, left) = in_latin(without_english(guangxi_plan.record, "苏州市", "宿州市", "甲市"), "en")
    assert [region.name_en for region in record.regions[:3]] == ["Suzhou (450100)", "Suzhou (450200)", "甲市"]
    assert "13 regions" in written.en
    assert left.en.startswith("1 regions that have no English name, and are no prefectures, stand in Chinese: 甲市.")


def test_nothing_is_done_where_there_is_nothing_to_do(guangxi_plan):
    record = guangxi_plan.record
    assert in_latin(record, "en") == (record, ())
    lacking = without_english(record)
    assert in_latin(lacking, "zh") == (lacking, ())
