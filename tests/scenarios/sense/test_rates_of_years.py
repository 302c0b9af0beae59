"""A column of the last year beside one of a year before may hold the rates of that year alone: it is asked about."""

import pytest

from scenarios.sense.asking import Answers
from scenarios.sense.rates import read_meant_rates
from scenarios.wording import Text

PERIOD = (2015, 2020)


@pytest.fixture
def write(tmp_path, guangxi):
    def call(*headers):
        rows = [[name, *(["17"] * len(headers))] for name in guangxi.regions.names]
        path = tmp_path / "rates.csv"
        path.write_text("\n".join(",".join(row) for row in [["地区", *headers], *rows]) + "\n", "utf-8")
        return path

    return call


def test_a_column_a_year_is_asked_about_and_answered(write, guangxi, refused):
    path = write("2019年下降率（%）", "2020年下降率（%）")
    (finding,) = refused(read_meant_rates, path, guangxi.regions, period=PERIOD)
    assert (finding.code, finding.severity, finding.place.column) == ("rates_of_one_year", "question", "2020年下降率")
    assert finding.asked == "rates-of-period:rates.csv:2020年下降率"
    assert "2019年下降率" in finding.say("en")
    answers = Answers({finding.asked: Text("为累计", "they are cumulative")})
    table, (notice,) = read_meant_rates(path, guangxi.regions, answers=answers, period=PERIOD)
    assert len(table.rates) == 14
    assert notice.severity == "notice"


@pytest.mark.parametrize(
    "headers",
    [
        ("2020年下降率（%）",),
        ("2015年下降率（%）", "2020年下降率（%）"),  # the period before
        ("2018年累计下降率（%）", "2020年累计下降率（%）"),
        ("“十二五”下降率（%）", "“十三五”下降率（%）"),
        ("2019年下降率（%）", "2016-2020年下降率（%）"),
    ],
)
def test_what_says_that_it_is_of_the_period_is_not(write, guangxi, headers):
    table, notices = read_meant_rates(write(*headers), guangxi.regions, period=PERIOD)
    assert len(table.rates) == 14
    assert notices == ()


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("注：下降目标为2020年比2015年下降的幅度。排放按“十二五”考核口径核算。", False),  # as our own table says it
        ("注：下降目标为2020年比2015年下降的幅度。,\n资料来源：“十二五”核算方法。", False),
        ("资料来源：“十二五”核算方法。", True),
        ("注：下降目标为2015年比2010年下降的幅度。排放按“十二五”考核口径核算。", True),
        ("“十二五”下降目标", True),
    ],
)
def test_a_note_with_both_years_may_speak_of_another_period(write, guangxi, refused, note, asked):
    path = write("下降目标（%）")
    path.write_text(f"{note},\n" + path.read_text("utf-8"), "utf-8")
    if not asked:
        assert len(read_meant_rates(path, guangxi.regions, period=PERIOD)[0].rates) == 14
        return
    (finding,) = refused(read_meant_rates, path, guangxi.regions, period=PERIOD)
    assert finding.code == "rates_of_period"
