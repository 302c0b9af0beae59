"""Tables of actual years as people keep them: read as they are meant, or the way to say what is meant is shown."""

from datetime import datetime
from decimal import Decimal

import pytest

from scenarios.errors import InputError
from scenarios.file.schema import Period
from scenarios.sense.asking import Answers
from scenarios.tracking.actuals import read_actuals
from scenarios.tracking.projects import Project, read_projects
from scenarios.wording import Text
from tests.scenarios.tables.books import book

PERIOD = Period(base=2015, end=2020)
YEARS = (2016, 2017, 2018)


@pytest.fixture
def long(tmp_path, guangxi):
    """Return a function that writes a row a region and year under a header: reductions of 3.0 to 4.3 %."""

    def make(header, sign=1):
        rows = [
            f"{name},{year},{sign * (3 + n / 10):.1f}" for year in YEARS for n, name in enumerate(guangxi.regions.names)
        ]
        path = tmp_path / "实绩.csv"
        path.write_text("\n".join([f"地区,年份,{header}", *rows]) + "\n", "utf-8")
        return path

    return make


@pytest.fixture
def wide(tmp_path, guangxi):
    """Return a function that writes a row a region with a column a year."""

    def make(heads, title=(), sheet="Sheet1", rate=lambda n, t: round(3 + n / 10 + t / 100, 2)):
        rows = [[name, *(rate(n, t) for t, _ in enumerate(heads))] for n, name in enumerate(guangxi.regions.names)]
        path = tmp_path / "实绩.xlsx"
        book(**{sheet: [*([title] if title else []), ["地区", *heads], *rows]}).save(path)
        return path

    return make


def refused(path, guangxi):
    with pytest.raises(InputError) as caught:
        read_actuals(path, guangxi.regions, PERIOD)
    return caught.value.findings


@pytest.mark.parametrize(
    "header",
    [
        "单位GDP二氧化碳排放上升或下降（%）",
        "单位地区生产总值二氧化碳排放上升或下降（±%）",
        "碳强度变化率（±%）",
    ],
)
def test_the_yearbook_says_rises_or_falls(long, guangxi, header):
    found = read_actuals(long(header, -1), guangxi.regions, PERIOD)
    assert found.reductions[0][:2] == (Decimal("0.03"), Decimal("0.031"))


def test_an_annual_rate_of_carbon_is_one(long, guangxi):
    assert read_actuals(long("年度碳强度下降率（%）"), guangxi.regions, PERIOD).reductions[2][0] == Decimal("0.03")


@pytest.mark.parametrize(
    ("header", "paste"),
    [
        ("碳强度下降率（%）", "columns: {annual_reduction: 碳强度下降率}"),
        ("单位GDP二氧化碳排放降低率（%）", "columns: {annual_reduction: 单位GDP二氧化碳排放降低率}"),
        ("碳强度升降情况（%）", "columns: {annual_change: 碳强度升降情况}"),
        ("能耗强度下降率（%）", "columns: {gdp: …, emissions: …}"),
    ],
)
def test_what_may_be_meant_is_shown_to_be_pasted(long, guangxi, header, paste):
    (finding,) = refused(long(header), guangxi)
    assert finding.code == "actuals_no_figures"
    assert finding.say("zh").endswith(paste)
    assert finding.say("en").endswith(paste)


@pytest.mark.parametrize(
    ("heads", "title", "sheet"),
    [
        ([f"{year}年下降率（%）" for year in YEARS], (), "Sheet1"),
        ([f"{year}年" for year in YEARS], ["各市年度碳强度下降率（%）"], "Sheet1"),
        (list(YEARS), (), "年度碳强度下降率（%）"),
    ],
)
def test_a_column_a_year_of_rates_is_of_each_year(wide, guangxi, heads, title, sheet):
    found = read_actuals(wide(heads, title, sheet), guangxi.regions, PERIOD)
    assert found.years == YEARS
    assert [rates[1] for rates in found.reductions] == [Decimal("0.031"), Decimal("0.0311"), Decimal("0.0312")]


def test_columns_of_years_that_nothing_names_are_one_finding_that_shows_how(wide, guangxi):
    (finding,) = refused(wide(list(YEARS)), guangxi)
    assert (finding.code, finding.place.cell) == ("years_of_what", "B1")
    assert "2016、2017、2018" in finding.say("zh")


def test_rates_that_grow_with_the_years_are_asked_to_be_cumulative(wide, guangxi):
    def added_up(n, t):
        return round((3 + n / 10) * (t + 1) * 0.98**t, 2)

    path = wide([f"{year}年下降率（%）" for year in YEARS], rate=added_up)
    (finding,) = refused(path, guangxi)
    assert (finding.code, finding.severity) == ("rates_cumulated", "question")
    assert finding.asked == "jump-rate:实绩.xlsx:Sheet1:cumulative"
    answers = Answers({finding.asked: Text("逐年加快", "they speed up")})
    (notice,) = read_actuals(path, guangxi.regions, PERIOD, answers=answers).notices
    assert notice.severity == "notice"


def test_rates_that_one_region_alone_speeds_up_are_not(wide, guangxi):
    def faster(n, t):
        return round((1 + t) * 1.5, 2) if n == 0 else round(3 + n / 10 - t / 10, 2)

    path = wide([f"{year}年下降率（%）" for year in YEARS], rate=faster)
    assert read_actuals(path, guangxi.regions, PERIOD).notices == ()


def test_columns_that_say_cumulative_are_not_taken_for_years(wide, guangxi):
    (finding,) = refused(wide([f"{year}年累计下降率（%）" for year in YEARS]), guangxi)
    assert finding.code == "actuals_no_figures"
    assert "year" not in finding.values["found"]  # what stands in the table, and no more


@pytest.fixture
def projects(tmp_path, guangxi):
    """Return a function that reads one table of projects of 2019 and 2020."""

    def read(head, *rows):
        path = tmp_path / "项目.xlsx"
        book(项目=[head, *rows]).save(path)
        return read_projects(path, guangxi.regions, 2018, 2020)

    return read


def test_a_list_of_projects_says_where_they_are_built(projects, guangxi):
    head = ("序号", "项目名称", "建设地点", "年二氧化碳排放（万吨）", "年增加值（亿元）", "投产年份")
    found, _, notices = projects(head, (1, "化工二期", "钦州市", 180, 60, 2019))
    assert notices == ()
    assert found == (Project("化工二期", guangxi.regions.names.index("钦州"), Decimal(180), Decimal(60), 2019),)


def test_amounts_a_year_and_dates_of_starting_are_understood_and_said(projects):
    head = ("项目", "所在市", "碳排放（吨/年）", "工业增加值（万元）", "投产时间")
    rows = ("甲", "钦州", 1800000, 600000, datetime(2019, 6, 1)), ("乙", "百色", 950000, 300000, "2020年3月")
    found, _, notices = projects(head, *rows)
    assert [(one.emissions, one.value_added, one.start) for one in found] == [(180, 60, 2019), (95, 30, 2020)]
    dates = [(notice.place.cell, notice.values["meant"]) for notice in notices if notice.code == "start_date"]
    assert dates == [("E2", "2019"), ("E3", "2020")]


def test_what_is_no_date_is_refused(projects):
    with pytest.raises(InputError) as caught:
        projects(("项目", "所在市", "碳排放", "增加值", "投产时间"), ("甲", "钦州", 180, 60, "2019年底前"))
    assert [finding.code for finding in caught.value.findings] == ["year_form"]
