"""Slips of growth told by rates or by factors, in one city or in several, each asked about at its cell."""

from itertools import product

import pytest

from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.sense.asking import Answers
from scenarios.tables.layout.asked import Asked
from scenarios.wording import Text

CITIES = ("南宁市,2135,3410.08", "柳州市,3089,2298.62", "桂林市,1386,1942.9", "梧州市,379,1078.65", "北海市,813,891.94",
          "防城港市,1513,620.71", "钦州市,3349,944.42", "贵港市,2548,865.2")  # fmt: skip
YEARLY = ("5.73", "4.76", "5.28", "5.46", "6.40", "6.54", "6.64", "8.51")
WHOLE = ("32.1", "26.2", "29.4", "30.4", "36.4", "37.3", "37.9", "50.5")
FACTORS = ("1.321", "1.262", "1.294", "1.304", "1.364", "1.373", "1.379", "1.505")
RATE, SUM, FACTOR = "年均增长率（%）", "五年累计增长（%）", "增长倍数"


@pytest.fixture
def asked(tmp_path, guangxi):
    """Return a function that reads growth of five years under a header: what is asked, with the row."""

    def call(header, values, base=2015, years=5, accepted=()):
        path = tmp_path / "regions.csv"
        lines = [f"{city},{value}" for city, value in zip(CITIES, values, strict=False)]
        path.write_text("\n".join([f"城市,二氧化碳排放量（万吨）,GDP（亿元）,{header}", *lines]), "utf-8")
        answers = Answers({key: Text("核实", "checked") for key in accepted})
        bounds = guangxi.file.bounds
        wanted = Wanted(frozenset(), bounds, None, asked=Asked(year=base), years=years, answers=answers)
        try:
            read_regions(path, wanted)
        except InputError as error:
            for finding, language in product(error.findings, ("zh", "en")):
                finding.say(language)
            return [(finding.code, finding.place.row) for finding in error.findings]
        return []

    return call


def put(values, **changes):
    """Return figures with those of some rows of the table changed: ``r4="0.05"``."""
    return [changes.get(f"r{n}", value) for n, value in enumerate(values, 2)]


@pytest.mark.parametrize(
    ("header", "values", "rows"),
    [
        (RATE, put(YEARLY, r4="0.0528"), [4]),  # the fraction of 5.28 %
        (RATE, put(YEARLY, r3="0.0476"), [3]),  # of the slowest city
        (RATE, put(YEARLY, r9="0.0851"), [9]),  # of the fastest
        (RATE, put(YEARLY, r5="0.25", r3="2.4"), [5]),  # a tenth of 2.5 %, and another has 2.4 %
        (RATE, put(YEARLY, r4="0.0528", r7="0.0654"), [4, 7]),
        (RATE, put(YEARLY, r3="0.0476", r5="0.0546", r7="0.0654", r9="0.0851"), [3, 5, 7, 9]),
        ("年均增长率", [f"{rate}%" for rate in put(YEARLY, r6="0.064")], [6]),
        (SUM, put(WHOLE, r4="0.294"), [4]),
        (RATE, ("2", "9", "3.5", "0.06", "6", "4.4", "8.2", "2.8"), [5]),
        (SUM, put(WHOLE, r5="1.5", r3="14.8"), [5]),  # a tenth of 15 %
        ("GDP年均增长率（%）", put(YEARLY, r4="0.0528", r8="-1"), [4]),
    ],
)
def test_a_rate_far_below_the_others_is_asked_about(asked, header, values, rows):
    assert asked(header, values) == [("growth_rate_off", row) for row in rows]


@pytest.mark.parametrize(
    ("header", "values"),
    [
        (RATE, YEARLY), (SUM, WHOLE), (FACTOR, FACTORS),
        (RATE, ("2", "9", "3.5", "7.1", "6", "4.4", "8.2", "2.8")),
        (SUM, ("10", "60", "22", "41", "33", "15", "27", "38")),
        (RATE, put(YEARLY, r4="-1")), (RATE, put(YEARLY, r4="0.5")), (RATE, put(YEARLY, r4="0")),
        (RATE, put(YEARLY, r4="-1", r5="0.6")), (RATE, ("0.15", "1.3", "2.3", "3", "4", "4.8", "5.8", "7.5")),
        (RATE, ("-1.3", "0.09", "2.2", "2.4", "3.8", "4.3", "6.4", "7.4")),
        (SUM, put(WHOLE, r4="-5")),
        (SUM, put(WHOLE, r4="2.9")), (FACTOR, put(FACTORS, r4="1.029")),
        (FACTOR, put(FACTORS, r4="1.2", r5="1.18")), (FACTOR, put(FACTORS, r4="0.98", r5="1.01")),
        (FACTOR, put(FACTORS, r4="1.06", r5="1.12", r6="1.2", r7="1.16")),  # slow and fast ones, and some between
    ],
)  # fmt: skip
def test_sound_rates_are_asked_nothing(asked, header, values):
    assert asked(header, values) == []


@pytest.mark.parametrize(
    ("header", "values", "code", "rows"),
    [
        (FACTOR, put(FACTORS, r4="2.9", r7="3.1"), "growth_of_city", [4, 7]),  # rates of a year among factors
        (FACTOR, put(FACTORS, r4="0.294", r7="0.373"), "growth_rate_of_years", [4, 7]),
        (FACTOR, put(FACTORS, r4="0.6", r7="0.62"), "growth_of_city", [4, 7]),
        (FACTOR, put(FACTORS, r4="1.0528", r7="1.0654"), "growth_of_city_in_a_year", [4, 7]),
        (FACTOR, put(FACTORS, r4="1.0528", r7="1.0654", r8="1.066"), "growth_of_city_in_a_year", [4, 7, 8]),
        (FACTOR, put(FACTORS, r3="1.048", r5="1.055", r7="1.065", r9="1.085"), "growth_of_city_in_a_year",
         [3, 5, 7, 9]),
        (SUM, put(WHOLE, r4="5.28", r7="6.54"), "growth_of_city_in_a_year", [4, 7]),
        (SUM, put(WHOLE, r3="4.8", r5="5.5", r7="6.5", r9="8.5"), "growth_of_city_in_a_year", [3, 5, 7, 9]),
    ],
)  # fmt: skip
def test_slips_of_several_cities_do_not_hide_each_other(asked, header, values, code, rows):
    assert sorted(asked(header, values)) == [(code, row) for row in rows]


def test_slips_on_both_sides_are_both_asked_about(asked):
    values = put(FACTORS, r3="2.9", r4="3.1", r5="1.05", r6="1.06")
    found = sorted(asked(FACTOR, values), key=lambda finding: finding[1])
    assert found == [("growth_of_city", 3), ("growth_of_city", 4),
                     ("growth_of_city_in_a_year", 5), ("growth_of_city_in_a_year", 6)]  # fmt: skip


def test_one_of_two_that_is_accepted_leaves_the_other(asked):
    values = put(FACTORS, r4="2.9", r7="3.1")
    assert asked(FACTOR, values, accepted=["growth-of-one-city:桂林市"]) == [("growth_of_city", 7)]


@pytest.mark.parametrize(
    ("header", "values", "found"),
    [
        (RATE, [f"{float(rate) / 100:.4f}" for rate in YEARLY], [("growth_as_fractions", 2)]),
        (SUM, [f"{float(rate) / 100:.3f}" for rate in WHOLE], [("growth_as_fractions", 2)]),
        (RATE, [f"{1 + float(rate) / 100:.4f}" for rate in YEARLY], [("growth_of_a_year", 2)]),  # 1.0573 under %
        (SUM, YEARLY, [("growth_of_a_year", 2)]),
        (RATE, ("14.5", "11.8", "13.2", "13.7", "16.4", "16.8", "17.0", "22.7"), [("growth_beyond_told", 2)]),
        (FACTOR, ("1.96", "1.75", "1.86", "1.9", "2.13", "2.17", "2.2", "2.78"), [("growth_beyond", 2)]),
        (RATE, WHOLE, [("growth_told_beyond", None)]),  # some would be factors of 3 to 5, and some none
        (RATE, ["1e14"] * 8, [("growth_told_beyond", None)]),
        ("年均增长率", YEARLY, [("growth_without_unit", None)]),
        ("五年累计增长", WHOLE, [("growth_without_unit", None)]),
        ("年均增长率", [f"{float(rate) / 100:.4f}" for rate in YEARLY], [("growth_without_unit", None)]),
        ("三年累计增长（%）", ("19.3", "15.7", "17.6", "18.2", "21.8", "22.4", "22.7", "30.3"),
         [("growth_of_other_years", None)]),
    ],
)  # fmt: skip
def test_a_column_of_one_mistake_is_asked_about_once(asked, header, values, found):
    assert asked(header, values) == found


def test_what_all_cities_grow_by_depends_on_the_time(asked):
    fast = ("12.5", "12.8", "13.6", "13.1", "13.3", "14.1", "14.0", "15.2")
    assert asked(RATE, fast, base=2010) == []
    assert asked(RATE, fast, base=2020, years=1) == []  # after a year of standstill
    assert asked(RATE, fast) == [("growth_beyond_told", 2)]


def test_fractions_of_short_periods(asked):
    slow = ("0.5", "0.8", "0.6", "0.9", "0.4", "0.7", "0.5", "0.6")
    assert asked(RATE, slow, years=2) == []
    assert asked(RATE, [f"{float(rate) / 100:.4f}" for rate in YEARLY], years=2) == [("growth_as_fractions", 2)]


def test_ranges_that_are_named_stand_in_cells(tmp_path, guangxi):
    path = tmp_path / "regions.csv"
    lines = [
        f"{city},{value}"
        for city, value in zip(CITIES, [f"{10 * float(rate) / 4:.1f}" for rate in YEARLY], strict=True)
    ]
    path.write_text("\n".join([f"城市,排放（万吨）,GDP（亿元）,{RATE}", *lines]), "utf-8")
    with pytest.raises(InputError) as caught:
        read_regions(path, Wanted(frozenset(), guangxi.file.bounds, None, asked=Asked(year=2015), years=5))
    (finding,) = caught.value.findings
    assert "11.9%–21.3%" in finding.say("zh")
    assert "1.12–1.21" in finding.say("zh")  # were they of the whole period


def test_fractions_under_a_per_cent_are_said_with_what_is_meant(tmp_path, guangxi):
    path, cells = tmp_path / "regions.csv", ("0.062", "0.07", *["0.066"] * 6)
    lines = [f"{city},{cell}" for city, cell in zip(CITIES, cells, strict=True)]
    path.write_text("\n".join([f"城市,排放（万吨）,GDP（亿元）,{RATE}", *lines]), "utf-8")
    with pytest.raises(InputError) as caught:
        read_regions(path, Wanted(frozenset(), guangxi.file.bounds, None, asked=Asked(year=2015), years=5))
    (finding,) = caught.value.findings
    assert (finding.values["found"], finding.values["meant"]) == ("0.062%–0.07%", "6.2%–7%")


SCENARIO = """\
schema_version: 1
name: my-province
title: 某省
province: {name: 广西壮族自治区, code: "450000"}
period: {base: 2015, end: 2020}
target: 17%
regions: regions.csv
reference: {map: linear, spread: 8 points}
criteria:
  capacity:
    weight: 1
    indicators:
      intensity: {column: intensity, direction: "+"}
"""


@pytest.mark.parametrize(
    ("header", "values", "period", "codes"),
    [
        (RATE, YEARLY, "{base: 2015, end: 2020}", []),
        (SUM, WHOLE, "{base: 2015, end: 2020}", []),
        ("GDP指数（2015年=100）", [f"{100 + float(rate)}" for rate in WHOLE], "{base: 2015, end: 2020}", []),
        (RATE, put(YEARLY, r4="0.0528"), "{base: 2015, end: 2020}", ["growth_rate_off"]),
        ("“十二五”年均增长率（%）", YEARLY, "{base: 2015, end: 2020}", ["growth_of_period"]),
        (RATE, YEARLY, "{base: 2015, end: 2010}", []),  # not known, and growth is judged by nothing but itself
        (RATE, YEARLY, "2015", []),
        (SUM, WHOLE, "{base: soon, end: 2020}", []),
        ("GDP指数（2015年=100）", [f"{100 + float(rate)}" for rate in WHOLE], "{base: soon, end: 2020}", []),
        ("三年累计增长（%）", WHOLE, "{base: 2015}", []),
    ],
)
def test_a_scenario_with_a_mistake_judges_growth_as_the_mended_one_would(tmp_path, header, values, period, codes):
    text = SCENARIO.replace("{base: 2015, end: 2020}", period)
    (tmp_path / "scenario.yaml").write_text(f"{text}publsh: {{grid: 0.5 points}}\n", "utf-8")
    lines = [f"{city},{value}" for city, value in zip(CITIES, values, strict=True)]
    (tmp_path / "regions.csv").write_text("\n".join([f"城市,排放（万吨）,GDP（亿元）,{header}", *lines]), "utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(tmp_path)
    assert {finding.place.file for finding in caught.value.findings} >= {"scenario.yaml"}
    assert [finding.code for finding in caught.value.findings if finding.place.file == "regions.csv"] == codes
    assert all("为 0 年" not in finding.say("zh") for finding in caught.value.everything)


def test_a_rate_too_small_and_one_too_large_are_both_asked_about(asked):
    found = asked(RATE, put(YEARLY, r4="0.0528", r7="29.3"))
    assert sorted(found) == [("growth_of_city", 7), ("growth_rate_off", 4)]
