"""Yearly caps of a table (dual control, 14): they stand as they are, or are refused at their cells."""

import pytest

from allocator.planning.plan import plan
from scenarios.errors import InputError
from scenarios.load import load_scenario

CITIES = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬市")
BUDGETS = {
    2026: (5094, 9585, 7513, 7373, 3855, 1985, 3920, 740, 561),
    2027: (5111, 9664, 7647, 7378, 3919, 2013, 3965, 750, 565),
    2028: (5128, 9743, 7783, 7383, 3984, 2042, 4010, 760, 569),
    2029: (5146, 9822, 7922, 7388, 4050, 2071, 4056, 770, 573),
}
"""Budgets of the design; moved by a few 万吨 they are no longer the even path."""
CAPS = (5163, 9903, 8063, 7393, 4117, 2100, 4103, 780, 578)
SETTINGS = ("total.caps=total", "total.year_caps=years.csv")


def rows(years=BUDGETS, more=()):
    lines = [
        f"{city},{year},{value}" for year, values in years.items() for city, value in zip(CITIES, values, strict=True)
    ]
    return [*lines, *more]


@pytest.fixture
def planned(example_15fyp_folder):
    """Return what a table of rows makes of the invented province's budgets."""

    def made(lines, head="地区,年份,总量（万吨）", settings=SETTINGS):
        (example_15fyp_folder / "years.csv").write_text("\n".join([head, *lines]), "utf-8")
        return plan(load_scenario(example_15fyp_folder, settings)).record

    return made


def refused(planned, *args, **named):
    with pytest.raises(InputError) as caught:
        planned(*args, **named)
    return [(found.code, found.place.row) for found in caught.value.findings]


def test_budgets_of_a_table_stand_as_they_are(planned):
    moved = {**BUDGETS, 2027: (5101, 9674, *BUDGETS[2027][2:])}
    record = planned(rows(moved))
    assert record.regions[0].cap.years_10kt == (5094, 5101, 5128, 5146, 5163)
    assert record.province.total.pair.years_10kt == (40687, 41133, 41584, 42039, 42500)
    assert planned(rows(), settings=(SETTINGS[0],)).regions[0].cap.years_10kt == (5094, 5111, 5128, 5146, 5163)


def test_tonnes_the_last_year_and_the_years_of_the_province(planned):
    ends = [f"{city},2030,{cap}0000" for city, cap in zip(CITIES, CAPS, strict=True)]
    lines = [f"{line}0000" for line in rows(more=["合计,2026,40700"])]
    record = planned([*lines, *ends], head="地区,年份,总量（吨）")
    assert record.province.total.pair.years_10kt[:2] == (40700, 41133)
    assert record.regions[8].cap.years_10kt[-1] == 578


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (["甲市,2030,5164"], [("year_caps_end", 38)]),
        (["甲市,2031,5164"], [("year_caps_year", 38)]),
        (["甲市,2026,5094"], [("region_twice", 38)]),
        (["合计,2028,41000"], [("year_caps_over", 38)]),
        (["癸市,2026,3"], [("unknown_region", 38)]),
        (["甲市,2030,-1"], [("cap_not_positive", 38)]),
    ],
)
def test_what_does_not_fit_is_refused_at_its_cell(planned, more, found):
    assert refused(planned, rows(more=more)) == found


def test_a_year_of_a_city_that_is_missing_is_named(planned):
    assert refused(planned, rows()[:-1]) == [("year_caps_missing", None)]


def test_a_table_and_draws_do_not_go_together(planned):
    assert [code for code, _ in refused(planned, rows(), settings=(*SETTINGS, "total.draws=draws.csv"))] == [
        "year_caps_draws"
    ]
    assert [code for code, _ in refused(planned, rows(), settings=("total.year_caps=quick",))] == ["year_caps_form"]


PEAKING = ["合计,2026,42000", "合计,2027,42600", "合计,2028,42900", "合计,2029,42800"]


@pytest.mark.parametrize(
    ("more", "asked", "said"),
    [
        (PEAKING, 2028, "2028 年为 42,900 万吨，此后各年至多 42,800 万吨（2029 年），达到要求"),
        (PEAKING, 2027, "2027 年为 42,600 万吨，2028 年为 42,900 万吨，仍高于它，达不到要求"),
        ((), 2028, "2028 年为 41,584 万吨，2030 年为 42,500 万吨，仍高于它，达不到要求"),  # an even path
        ((), 2030, "2030 年达峰，这是期末年（42,500 万吨），规划期内没有更晚的年份，达到要求"),
    ],
)
def test_a_peak_is_judged_on_the_budgets(planned, more, asked, said):
    from reports.planning.sentences import province_statements

    record = planned(rows(more=more), settings=(*SETTINGS, f"total.peak={asked}"))
    assert record.province.total.peak_year == asked
    assert said.replace("年为 42,900 万吨，此后", "年达峰，按年度预算为 42,900 万吨，此后") in "".join(
        province_statements(record, "zh")
    )


def test_a_peak_outside_the_period_is_refused(planned):
    assert refused(planned, rows(), settings=(*SETTINGS, "total.peak=2031")) == [("year_caps_year", None)]
    assert refused(planned, rows(), settings=(*SETTINGS, "total.cap=null", "total.peak=2028")) == [("peak_alone", None)]
    assert refused(planned, rows(), settings=("total.peak=soon",)) == [("peak_form", None)]
