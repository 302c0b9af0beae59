"""The three official warning levels, against figures computed apart from this program (dual control, 13 and 16)."""

import json
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.tracking.levels import intensity_level, total_level
from allocator.tracking.track import track
from reports.tracking.sentences import track_statements
from reports.tracking.sheet import progress_sheet
from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.total.paths import total_path

YEARS = tuple(t / 5 for t in range(6))
CAPS = {"甲市": 5163, "乙市": 9903, "丙市": 8063, "丁市": 7393}
# city -> emissions and GDP 2026 and 2027; all invented
ACTUAL = {
    "甲市": ((5060, 14600), (5020, 15250)),
    "乙市": ((9700, 6500), (9750, 6860)),
    "丙市": ((7350, 8280), (7600, 8760)),
    "丁市": ((7700, 2700), (7980, 2790)),
    "戊市": ((3830, 7270), (3870, 7650)),
    "己市": ((1970, 3230), (1990, 3370)),
    "庚市": ((3900, 3030), (3920, 3170)),
    "辛市": ((735, 1870), (742, 1940)),
    "壬市": ((557, 1340), (558, 1390)),
}
# lights, CITY_YEAR_…: intensity by year and since the base year, total likewise, unrounded budget
LIGHTS = {
    ("甲市", 2026): (3, 3, 3, 3, 5094.085),
    ("甲市", 2027): (3, 3, 3, 3, 5111.227),
    ("乙市", 2026): (2, 2, 2, 2, 9585.316),
    ("乙市", 2027): (3, 2, 3, 2, 9663.768),
    ("丙市", 2026): (3, 3, 3, 3, 7513.436),
    ("丙市", 2027): (2, 3, 2, 3, 7647.211),
    ("丁市", 2026): (1, 1, 1, 1, 7372.833),
    ("丁市", 2027): (1, 1, 1, 1, 7377.870),
}


def actual_table(folder, more=None):
    """Write the invented figures, and those of a third year by city where there are `more`."""
    rows = [
        f"{city},{2026 + t},{gdp},{emissions}"
        for city, years in ACTUAL.items()
        for t, (emissions, gdp) in enumerate((*years, *([more[city]] if more else [])))
    ]
    path = folder / "actuals.csv"
    path.write_text("\n".join(["region,year,gdp,emissions", *rows]), "utf-8")
    return path


@pytest.fixture(scope="module")
def actuals(tmp_path_factory):
    return actual_table(tmp_path_factory.mktemp("levels"))


@pytest.fixture(scope="module")
def record(actuals):
    return track(load_scenario("15fyp-example", ["track.warning=three_level", "total.caps=total"]), actuals).record


@pytest.mark.parametrize(("city", "year"), LIGHTS)
def test_cities_of_the_example(record, city, year):
    by_year, five_year, total_year, total_five_year, budget = LIGHTS[city, year]
    t = year - 2025
    found = next(region for region in record.regions if region.name == city).levels[t - 1]
    assert (found.year, found.intensity_year, found.intensity_five_year) == (year, by_year, five_year)
    assert (found.total.cap_10kt, found.total.path_10kt) == (
        CAPS[city],
        pytest.approx(budget, abs=1),
    )  # whole: the budget
    assert (found.total.year, found.total.five_year) == (total_year, total_five_year)


@pytest.mark.parametrize(
    ("now", "base", "path", "cap", "level"),
    [
        (5090, 5077, 5094, 5163, 3),
        (5130, 5077, 5094, 5163, 2),
        (5170, 5077, 5094, 5163, 1),
        (2585, 2600, 2588, 2542, 3),
        (2595, 2600, 2588, 2542, 2),
        (2600, 2600, 2588, 2542, 2),
        (2610, 2600, 2588, 2542, 1),
        (2600, 2600, 2600, 2600, 3),
        (2601, 2600, 2600, 2600, 1),
    ],
)
def test_total_level(now, base, path, cap, level):
    assert total_level(*map(Fraction, (now, base, path, base, cap))) == level


@pytest.mark.parametrize(
    ("cut", "due", "printed", "level"),
    [
        (-0.01, 0.03, True, 1),
        (0, 0.03, True, 2),
        (0.02, 0.03, True, 2),
        (0.03, 0.03, True, 3),
        (Fraction(3, 100), Fraction(3, 100), False, 3),
        (0.029996, 0.03, True, 3),  # both are printed 3.00
        (0.029996, 0.03, False, 2),
        (-0.00004, 0.03, True, 2),  # printed 0.00: unchanged
        (-0.00004, 0.03, False, 1),
        (-0.01, -0.02, True, 3),  # it may rise by 2 %
    ],
)
def test_intensity_level(cut, due, printed, level):
    assert intensity_level(cut, due, printed) == level


def test_the_provinces_path_is_the_one_that_its_budget_is_rounded_from(example_15fyp):
    base = sum(map(Fraction, example_15fyp.regions.emissions))
    path = total_path(base, Fraction(42500), "geometric", YEARS)
    assert [round(float(value)) for value in path[1:]] == [40687, 41133, 41584, 42039, 42500]
    assert path[5] == 42500  # exactly


def test_a_path_that_is_rational_is_exact():
    path = total_path(Fraction(100000), Fraction(161051), "geometric", YEARS)
    assert path == (100000, 110000, 121000, 133100, 146410, 161051)
    assert total_path(Fraction(100), Fraction(90), "linear", YEARS) == (100, 98, 96, 94, 92, 90)
    assert total_path(Fraction(100), Fraction(0), "geometric", YEARS)[-1] == 0


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 2 * 10**6))
def test_levels_never_get_worse_with_fewer_emissions(base, cap, now):
    path = total_path(Fraction(base), Fraction(cap), "geometric", YEARS)[2]
    levels = [
        total_level(Fraction(value), Fraction(base), path, Fraction(base), Fraction(cap)) for value in (now, now + 1)
    ]
    assert levels[0] >= levels[1]


def test_the_province_has_both_kinds(record):
    first, second = record.province.levels
    assert (first.intensity_year, second.intensity_year, second.intensity_five_year) == (2, 2, 2)
    total = second.total
    assert (total.emissions_10kt, total.cap_10kt, total.rising) == (41430, 42500, True)
    assert total.path_10kt == 41133
    assert total.year_path_10kt == 40802 + 41133 - 40687  # the step of the budgets
    assert (total.year, total.five_year) == (2, 2)
    assert record.province.light == "yellow"


@pytest.mark.parametrize(("language", "word"), [("zh", "一级（不降反升）"), ("en", "level 1 (rose)")])
def test_words_stand_beside_the_numbers(record, language, word):
    tables = {table.code: table for table in progress_sheet(record, language, "2028-01-01").tables}
    assert word in next(row for row in tables["levels"].rows if row[0] in ("丁市", "Ding"))
    assert len(tables["total_levels"].rows) == 20  # nine cities and the province, two years
    assert any("41,248 " in line and "42,500 " in line for line in track_statements(record, language))
    assert not any("红灯" in line or "yellow" in line for line in track_statements(record, language))


def test_lights_are_what_is_given_where_nothing_is_said(example_15fyp, actuals):
    record = track(example_15fyp, actuals).record
    assert record.province.levels is None
    assert '"levels": ' not in record.to_json()
    assert "levels" not in {table.code for table in progress_sheet(record, "zh", "2028-01-01").tables}


def test_quarters_are_held_against_like_quarters(actuals, tmp_path, example_15fyp):
    rows = [
        f"{city},{year},{gdp * part},{emissions * part * more},3"
        for city, (_, (emissions, gdp)) in ACTUAL.items()
        for year, part, more in ((2027, 0.7, 1), (2028, 0.75, 0.97 if city == "甲市" else 1.01))
    ]
    lines = actuals.read_text("utf-8").splitlines()
    whole = [f"{lines[0]},quarter", *(f"{line}," for line in lines[1:]), *rows]
    path = tmp_path / "quarters.csv"
    path.write_text("\n".join(whole), "utf-8")
    record = track(load_scenario("15fyp-example", ["track.warning=three_level"]), path).record
    lights = {region.name: region.year_to_date.light for region in record.regions}
    assert (lights["甲市"], lights["丁市"]) == ("yellow", "red")  # 3 % of the 3.89 % due; 1 % more than a year before
    assert any("只与上年同期比较" in line for line in track_statements(record, "zh"))


def test_reductions_say_nothing_of_a_total(tmp_path):
    path = tmp_path / "reductions.csv"
    path.write_text("region,year,annual_reduction(%)\n" + "\n".join(f"{city},2026,3" for city in ACTUAL), "utf-8")
    record = track(load_scenario("15fyp-example", ["track.warning=three_level"]), path).record
    assert record.province.levels[0].total is None


def test_another_word_is_refused():
    with pytest.raises(InputError) as refused:
        load_scenario("15fyp-example", ["track.warning=four_level"])
    (finding,) = refused.value.findings
    assert finding.code == "not_one_of"
    assert "three_level" in finding.say("zh")


def test_the_command_writes_both_languages(actuals, tmp_path):
    words = [sys.executable, "-m", "allocator", "track", "15fyp-example", actuals, "--set", "track.warning=three_level"]
    done = subprocess.run([*words, "--out", tmp_path / "out", "--lang", "en"], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "level 2 (above the path)" in done.stdout
    page = (tmp_path / "out" / "progress.html").read_text("utf-8")
    assert "Warning levels of total emissions" in page
    levels = json.loads((tmp_path / "out" / "track.json").read_text("utf-8"))["province"]["levels"]
    assert [year["total"]["five_year"] for year in levels] == [2, 2]
