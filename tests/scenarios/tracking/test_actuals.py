"""The reader of actual figures: what it takes, and what it refuses with place and remedy."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scenarios.file.energy import Energy
from scenarios.file.schema import Period
from scenarios.sense.asking import Answers
from scenarios.tracking import actuals
from scenarios.tracking.actual_energy import accounted_emissions
from scenarios.tracking.actuals import read_actuals
from scenarios.wording import Text

PERIOD = Period(base=2015, end=2020)


@pytest.fixture
def table(tmp_path, guangxi, monkeypatch):
    """Return a function that writes a table of all regions and years, changed by the test.

    All figures are the same, and not asked about: tests/scenarios/sense holds what is.
    """
    monkeypatch.setattr(actuals, "odd_years", lambda *_: ())
    monkeypatch.setattr(actuals, "all_rise", lambda *_: ())

    def make(
        years=(2016, 2017), header="region,year,gdp(亿元),emissions(万吨)", change=None, line="{name},{year},1000,500"
    ):
        rows = [line.format(name=name, year=year) for year in years for name in guangxi.regions.names]
        rows = change(rows) if change else rows
        path = tmp_path / "actuals.csv"
        path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
        return path

    return make


@pytest.fixture
def read(guangxi):
    return lambda path: read_actuals(path, guangxi.regions, PERIOD)


def test_the_bundled_example(guangxi, read):
    found = read(guangxi.folder / "actuals-example.csv")
    assert found.years == (2016, 2017, 2018)
    assert [len(year) for year in found.levels] == [14, 14, 14]
    assert not found.reductions
    assert not found.notices
    assert "虚构" in (guangxi.folder / "actuals-example.csv").read_text("utf-8").splitlines()[0]


def test_units_names_codes_and_order(table, read, guangxi):
    def turned(rows):
        rows = [row.replace("南宁", "450100").replace("柳州", "Liuzhou").replace("桂林", "桂林市") for row in rows]
        return list(reversed(rows))

    found = read(
        table(header="地区,年份,gdp(万元),emissions(吨)", change=turned, line="{name},{year}年,20000000,{year}0000")
    )
    assert found.years == (2016, 2017)
    assert found.levels[1][0].gdp == Decimal(2000)
    assert found.levels[1][13].emissions == Decimal(2017)


def test_signs_of_reductions_and_changes(table, read):
    fall = read(table(header="region,year,annual_reduction(%)", line="{name},{year},-1.51"))
    rise = read(table(header="region,year,annual_change(%)", line="{name},{year},1.51"))
    assert fall.reductions == rise.reductions == ((Decimal("-0.0151"),) * 14,) * 2


@pytest.mark.parametrize(
    ("name", "code"), [("小计", "subtotal_row"), ("Subtotal", "subtotal_row"), ("平均", "average_row")]
)
def test_the_sum_or_the_average_of_some_is_not_the_provinces_figure(table, read, name, code):
    rows = [f"{name},2016,2000,900", f"{name},2016,5000,2400", f"{name},2017,5000,2400", "合计,2016,14000,7000"]
    found = read(table(change=lambda regions: [*regions, *rows]))
    assert [(notice.code, notice.place.row) for notice in found.notices] == [(code, 30)]


def test_a_subtotal_of_reductions_is_asked_about_and_an_average_passed_over(table, read, refused, guangxi):
    form = {"header": "region,year,annual_reduction", "line": "{name},{year},3%"}
    (asked,) = refused(read, table(change=lambda rows: [*rows, "小计,2016,9%", "小计,2017,9%"], **form))
    assert (asked.code, asked.severity, asked.place.row) == ("province_or_part", "question", 30)
    answers = Answers({asked.asked: Text("沿海三市", "the coast")})
    path = table(change=lambda rows: [*rows, "小计,2016,9%", "平均,2016,3%", "合计,2016,3.2%"], **form)
    found = read_actuals(path, guangxi.regions, PERIOD, answers=answers)
    assert found.stated == (Decimal("0.032"), None)
    assert [notice.code for notice in found.notices] == ["average_row", "province_or_part"]


@pytest.mark.parametrize("name", ["广西壮族自治区", "广西", "Guangxi"])
def test_the_province_by_its_own_name(table, refused, guangxi, name):
    path = table(
        header="region,year,annual_reduction", line="{name},{year},3%", change=lambda rows: [*rows, f"{name},2016,4%"]
    )
    own = guangxi.file.asked.province
    assert read_actuals(path, guangxi.regions, PERIOD, own=own).stated == (Decimal("0.04"), None)
    assert refused(read_actuals, path, guangxi.regions, PERIOD)[0].code.startswith("unknown_region")


def test_the_provinces_own_row(table, read):
    change = read(
        table(
            header="region,year,annual_reduction",
            line="{name},{year},3%",
            change=lambda rows: [*rows, "全区,2016,3.5%"],
        )
    )
    assert change.stated == (Decimal("0.035"), None)
    off = read(table(change=lambda rows: [*rows, "450000,2016,14000,8000"]))
    assert [notice.code for notice in off.notices] == ["total_differs"]


def test_a_year_missing_in_the_middle_is_named_and_later_ones_are_not_judged(table, read, rendered):
    found = read(table((2016, 2018, 2019)))
    assert found.years == (2016,)
    (notice,) = rendered(found.notices)
    assert notice.code == "actuals_gap"
    assert "2017" in notice.say("en")
    assert "2018、2019" in notice.say("zh")
    found = read(table((2016, 2017, 2018), change=lambda rows: [r for r in rows if not r.startswith("钦州,2017")]))
    assert found.years == (2016,)
    assert "钦州" in found.notices[0].say("zh")


@pytest.mark.parametrize(
    ("change", "codes", "row"),
    [
        (lambda rows: [*rows, rows[0]], ["actuals_twice"], 30),
        (lambda rows: [*rows, "南宁,2021,1000,500"], ["actuals_year"], 30),
        (lambda rows: [*rows, "南宁,2014,1000,500"], ["actuals_year"], 30),
        (lambda rows: [*rows, "南宁,今年,1000,500"], ["year_form"], 30),
        (lambda rows: ["南宁,2016,0,500", *rows[1:]], ["not_positive"], 2),
        (lambda rows: ["南宁,2016,1000,-5", *rows[1:]], ["not_positive"], 2),
        (lambda rows: ["南宁,2016,,x", *rows[1:]], ["empty_cell", "not_a_number"], 2),
        (lambda rows: ["南宁,2016,1000,5%", *rows[1:]], ["percent_here"], 2),
        (lambda rows: ["楠宁,2016,1000,5", *rows[1:]], ["unknown_region_meant"], 2),
        (lambda rows: [r for r in rows if "南宁" not in r], ["actuals_regions"], None),
        (lambda rows: [r for r in rows if r != "南宁,2016,1000,500"], ["actuals_first_gap"], None),
        (lambda rows: [*rows, "南宁,2015,3500,2135"], ["actuals_base_differs"], 30),
    ],
)
def test_what_is_refused(table, read, refused, change, codes, row):
    findings = refused(read, table(change=change))
    assert [finding.code for finding in findings] == codes
    assert findings[0].place.row == row
    assert findings[0].place.file == "actuals.csv"


def test_all_faults_are_said_at_once(table, read, refused):
    faulty = ["南宁,2016,0,500", "柳州,2031,1000,500", "某市,2016,1000,500"]
    findings = refused(read, table(change=lambda rows: [*faulty, *rows[3:]]))
    assert [finding.code for finding in findings] == ["not_positive", "actuals_year", "unknown_region"]
    assert [finding.place.row for finding in findings] == [2, 3, 4]


def test_base_year_figures_that_agree_are_taken(table, read):
    assert read(table(change=lambda rows: [*rows, "南宁,2015,3410.08,2135"])).years == (2016, 2017)


def test_vintages_are_not_mixed(table, read, refused):
    header = "region,year,gdp,emissions,vintage"
    one = table(header=header, line="{name},{year},1000,500,2018 年快报")
    assert read(one).years == (2016, 2017)
    mixed = table(header=header, line="{name},{year},1000,500,v{year}")
    (finding,) = refused(read, mixed)
    assert finding.code == "actuals_vintages"
    assert (finding.place.row, finding.place.column, finding.values["first"]) == (16, "vintage", "v2016")


@pytest.mark.parametrize(
    ("header", "line", "code"),
    [
        ("region,year,gdp", "{name},{year},1", "missing_columns"),
        ("region,year,x", "{name},{year},1", "actuals_no_figures"),
        ("region,year,annual_change,annual_reduction", "{name},{year},1%,2%", "actuals_two_forms"),
        ("year,gdp,emissions", "{year},1,1", "missing_columns"),
        ("region,year,gdp,emissions(斤)", "{name},{year},1,1", "wrong_unit"),
        ("region,year,annual_reduction", "{name},{year},3", "rate_question"),
    ],
)
def test_tables_of_another_shape(table, read, refused, header, line, code):
    assert refused(read, table(header=header, line=line))[0].code == code


def test_quarters_need_the_same_quarters_of_the_year_before(table, read, refused, guangxi):
    header, names = "region,year,quarter,gdp,emissions", guangxi.regions.names
    whole = "{name},{year},,1000,500"

    def with_quarters(*years):
        return lambda rows: [*rows, *(f"{name},{year},2,{480 + year - 2016},240" for year in years for name in names)]

    found = read(table((2016,), header, with_quarters(2016, 2017), whole))
    assert found.years == (2016,)
    assert (found.to_date.year, found.to_date.quarter) == (2017, 2)
    assert found.to_date.now[0].gdp == 481
    assert found.to_date.before[0].gdp == 480
    (finding,) = refused(read, table((2016,), header, with_quarters(2017), whole))
    assert finding.code == "actuals_quarter_gap"
    header_ = "region,year,quarter,annual_reduction"
    rates = table((2016,), header_, lambda rows: [*rows, *(f"{n},2017,Q1,2%" for n in names)], "{name},{year},4,3%")
    assert read(rates).to_date.reductions == (Decimal("0.02"),) * 14
    (finding,) = refused(read, table((2016,), header, lambda rows: [*rows, "南宁,2017,5,1,1"], whole))
    assert finding.code == "actuals_quarter"


@pytest.fixture
def coal(tmp_path, guangxi):
    """Return a function that writes an energy table: coal alone, so that 1 万吨标煤 is 2.66 万吨 CO2."""

    def make(amounts, header="地区,年份,煤炭(万吨标煤)", skip=""):
        rows = [
            f"{name},{year},{amount / Decimal('2.66') if amount else base / Decimal('2.66')}"
            for year, amount in amounts.items()
            for name, base in zip(guangxi.regions.names, guangxi.regions.emissions, strict=True)
            if f"{name}{year}" != skip
        ]
        path = tmp_path / "energy.csv"
        path.write_text("\n".join([header, *rows]), "utf-8")
        return path

    return make


def _accounted(path, guangxi):
    file = guangxi.file.model_copy(update={"energy": Energy(file="energy.csv", option="fossil")})
    return accounted_emissions(path, file, guangxi.folder, guangxi.regions)


def test_emissions_from_an_energy_table(table, coal, guangxi):
    found = _accounted(coal({2015: None, 2016: Decimal(1064), 2017: Decimal(532)}), guangxi)
    assert sorted(found.supply.years) == [2016, 2017]
    path = table(header="region,year,gdp", line="{name},{year},1000", change=lambda rows: [*rows, "全区,2016,14000"])
    read = read_actuals(path, guangxi.regions, PERIOD, found.supply)
    assert read.years == (2016, 2017)
    assert [read.levels[t][3].emissions for t in (0, 1)] == [Decimal(1064), Decimal(532)]
    assert read.levels[0][3].gdp == 1000


def test_an_energy_table_that_does_not_fit_is_refused(table, coal, guangxi, refused):
    (*_, finding) = refused(_accounted, coal({2015: Decimal(100), 2016: Decimal(266)}), guangxi)
    assert finding.code == "actuals_energy_base"
    assert refused(_accounted, coal({2015: None}), guangxi)[0].code == "actuals_none"
    found = _accounted(coal({2016: Decimal(266)}), guangxi)
    gdp = table(header="region,year,gdp", line="{name},{year},1000")
    findings = refused(read_actuals, gdp, guangxi.regions, PERIOD, found.supply)
    assert {finding.code for finding in findings} == {"actuals_energy_gap"}
    assert len(findings) == 14
    (finding,) = refused(read_actuals, table(), guangxi.regions, PERIOD, found.supply)
    assert finding.code == "actuals_energy_form"
    line = "{name},{year},2,1000"
    quarters = table((2016,), "region,year,quarter,gdp", line=line)
    findings = refused(read_actuals, quarters, guangxi.regions, PERIOD, found.supply)
    assert {finding.code for finding in findings} == {"actuals_energy_quarter"}


def test_quarters_after_a_missing_year_are_not_used_and_that_is_said(table, read, guangxi):
    names = guangxi.regions.names
    path = table(
        (2016,),
        "region,year,quarter,annual_reduction",
        lambda rows: [*rows, *(f"{name},2018,1,2%" for name in names)],
        "{name},{year},4,3%",
    )
    found = read(path)
    assert found.to_date is None
    assert [notice.code for notice in found.notices] == ["actuals_quarter_unused"]


def test_years_across_are_years_below_however_they_are_written(tmp_path, table, read, guangxi):
    head = ("地区", *(f"{year}年{name}" for year in (2016, 2017) for name in ("GDP（亿元）", "二氧化碳排放量（万吨）")))
    rows = [(name, "1000", "500", "1000", "500") for name in guangxi.regions.names]
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(map(",".join, [head, *rows])), "utf-8")
    assert read(path).levels == read(table()).levels
    for form in ("{year}.0", "{year}-12-31", "{year}年"):
        assert read(table(line=f"{{name}},{form},1000,500")).years == (2016, 2017)


def test_a_table_may_have_the_scenarios_own_headers(table, read, guangxi):
    path = table(header="region,year,产值,排放核定")
    regions = replace(guangxi.regions, headings={"gdp": "产值", "emissions": "排放核定"})
    assert read_actuals(path, regions, PERIOD).levels == read(table()).levels


@pytest.mark.parametrize("header", ["GDP（亿元，当年价）", "GDP（现价，亿元）", "gdp at current prices (亿元)"])
def test_gdp_at_current_prices_is_refused_at_its_header(table, refused, guangxi, header):
    columns = "columns" if "at" in header else ""
    own = replace(guangxi.regions, headings={"gdp": "gdp at current prices"} if columns else {})
    path = table(header=f"region,year,{header},emissions(万吨)")
    found = refused(read_actuals, path, own, PERIOD)
    assert [(f.code, f.place.column) for f in found][:1] == [("actuals_current", header.split("（")[0].split(" (")[0])]


@pytest.mark.parametrize("column", ["annual_reduction(%)", "annual_change(%)"])
def test_a_rate_of_a_year_ten_times_the_usual_is_asked_about(table, refused, guangxi, column):
    path = table(
        header=f"region,year,{column}", line="{name},{year},3.2",
        change=lambda rows: [row.replace("3.2", "31") if row.startswith("北海,2017") else row for row in rows],
    )  # fmt: skip
    (found,) = refused(read_actuals, path, guangxi.regions, PERIOD)
    asked = "jump-rate:actuals.csv:北海:2017"
    assert (found.code, found.severity, found.asked) == ("annual_rate", "question", asked)


def test_two_columns_of_one_year_are_named(tmp_path, guangxi, refused):
    own = guangxi.regions
    rows = [f"{n},{e},{e},{y}" for n, e, y in zip(own.names, own.emissions, own.gdp, strict=True)]
    (tmp_path / "a.csv").write_text(
        "城市,2016年排放量（万吨）,2016年度排放量（万吨）,2016年GDP（亿元）\n" + "\n".join(rows) + "\n", "utf-8"
    )
    found = refused(read_actuals, tmp_path / "a.csv", guangxi.regions, PERIOD)
    assert ("column_twice", "2016年度排放量") in [(f.code, f.place.column) for f in found]


def test_a_base_year_that_is_the_next_one_is_one_finding_at_its_cell(tmp_path, guangxi, refused):
    own = guangxi.regions

    def written(year):
        rows = "".join(
            f"{n},{year},{float(y) * 1.07:.1f},{float(e) * 1.01:.1f}\n"
            for n, y, e in zip(own.names, own.gdp, own.emissions, strict=True)
        )
        (tmp_path / "a.csv").write_text(f"地区,年份,gdp(亿元),emissions(万吨)\n{rows}", "utf-8")
        return tmp_path / "a.csv"

    found = refused(read_actuals, written(2015), own, PERIOD)
    assert [(f.code, f.place.row) for f in found] == [("actuals_year_label", 2)]
    assert read_actuals(written(2016), own, PERIOD).years == (2016,)


def test_a_base_year_figure_that_differs_is_named_by_its_own_column(tmp_path, guangxi, refused):
    own = guangxi.regions
    rows = "".join(
        f"{n},{year},{y},{float(e) * (1.2 if (n, year) == ('桂林', 2015) else 1)}\n"
        for year in (2015, 2016) for n, y, e in zip(own.names, own.gdp, own.emissions, strict=True)
    )  # fmt: skip
    (tmp_path / "a.csv").write_text(f"地区,年份,gdp(亿元),emissions(万吨)\n{rows}", "utf-8")
    found = refused(read_actuals, tmp_path / "a.csv", own, PERIOD)
    assert ("actuals_base_differs", 4, "emissions") in [(f.code, f.place.row, f.place.column) for f in found]


# changes on the year before, and of what they are


CARBON = ("碳强度比上年下降（%）", "单位GDP二氧化碳排放比上年下降（%）", "单位地区生产总值二氧化碳排放同比降低（%）")


@pytest.mark.parametrize("header", CARBON)
def test_a_fall_of_carbon_intensity_on_the_year_before_is_the_annual_reduction(table, read, header):
    found = read(table(header=f"region,year,{header}", line="{name},{year},3.5"))
    assert set(found.reductions[0]) == {Decimal("0.035")}


@pytest.mark.parametrize("header", ["比上年下降（%）", "较上年降低（%）", "同比下降（%）", "比上年下降率（%）"])
def test_a_fall_that_does_not_say_of_what_is_asked_about(table, read, refused, header):
    path = table(header=f"region,year,{header}", line="{name},{year},3.5")
    (finding,) = refused(read, path)
    assert (finding.code, finding.severity) == ("change_of_what", "question")
    path.write_text("各市碳排放强度变化,,\n" + path.read_text("utf-8"), "utf-8")
    assert set(read(path).reductions[0]) == {Decimal("0.035")}
    path.write_text(path.read_text("utf-8").replace("碳排放强度", "单位GDP能耗"), "utf-8")
    assert [finding.code for finding in refused(read, path)] == ["change_of_what"]


@pytest.mark.parametrize("header", ["累计下降（%）", "较2015年下降（%）", "能耗强度比上年下降（%）"])
def test_what_is_no_fall_of_carbon_in_a_year_is_none(table, read, refused, header):
    (finding,) = refused(read, table(header=f"region,year,{header}", line="{name},{year},3.5"))
    assert finding.code == "actuals_no_figures"


@pytest.mark.parametrize(
    ("header", "form"), [("年度下降率", "下降3.5%"), ("变化率", "下降3.5%"), ("变化率（%）", "-3.5")]
)
def test_a_fall_in_words_is_one(table, read, header, form):
    found = read(table(header=f"region,year,{header}", line=f"{{name}},{{year}},{form}"))
    assert set(found.reductions[0]) == {Decimal("0.035")}


def test_beside_levels_a_change_on_the_year_before_is_a_column_more(table, read):
    line = "{name},{year},1000,500,3.5"
    for header in (*CARBON, "同比下降（%）", "比上年增减（%）"):
        assert read(table(header=f"region,year,gdp(亿元),emissions(万吨),{header}", line=line)).levels
    found = read(
        table(header="region,year,年度下降率（%）,同比下降（%）,比上年增减（%）", line="{name},{year},3.5,1,2")
    )
    assert set(found.reductions[0]) == {Decimal("0.035")}
