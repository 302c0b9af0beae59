"""Slips of growth told by rates or by factors, in one city or in several, each asked about at its cell."""

import pytest

from scenarios.errors import InputError
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
            for finding in error.findings:
                assert finding.say("zh")
                assert finding.say("en")
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
        (RATE, put(YEARLY, r4="-1", r5="0.6")), (SUM, put(WHOLE, r4="-5")),
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
