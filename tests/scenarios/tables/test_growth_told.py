"""A column of growth that says how it tells it is turned into factors, and said; what does not say so is asked."""

import pytest

from scenarios.errors import InputError
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.tables.headers.growth import Growth, growth_of
from scenarios.tables.layout.asked import Asked

HEAD = "城市,二氧化碳排放量（万吨）,GDP（亿元）,"
ROWS = (("南宁市", 3000, 3410.08), ("柳州市", 3500, 2298.62), ("桂林市", 1500, 1942.97))
RATES = ("7", "6.2", "6.6")
FACTORS = (1.07**5, 1.062**5, 1.066**5)


@pytest.fixture
def read(tmp_path, guangxi):
    """Return a function that reads growth of 2015–2020 under a header: the factors, and what is said."""

    def call(header, values, columns=None, more=""):
        path = tmp_path / "regions.csv"
        head = f"{HEAD}{header}{',增长倍数' if more else ''}\n"
        lines = [f"{','.join(map(str, row))},{value}{more}\n" for row, value in zip(ROWS, values, strict=True)]
        path.write_text(head + "".join(lines), "utf-8")
        asked = Asked(columns or {}, year=2015)
        regions, _, notices = read_regions(path, Wanted(frozenset(), guangxi.file.bounds, None, asked=asked, years=5))
        return [float(factor) for factor in regions.growth], [(n.code, n.place.column) for n in notices]

    return call


@pytest.fixture
def refused(read):
    def call(*args, **named):
        with pytest.raises(InputError) as caught:
            read(*args, **named)
        return sorted({finding.code for finding in caught.value.findings})

    return call


@pytest.mark.parametrize(
    "header",
    ["年均增长率（%）", "年均增速(%)", "GDP年均增长（%）", "地区生产总值年均增长率（%）", "“十三五”GDP年均增速（%）",
     "2016-2020年年均增速（%）", "GDP年均预期增长率（%）", "annual growth (%)", "average annual GDP growth rate (%)",
     "2016-2020年GDP年均增速/%", "地区生产总值年均增速（按可比价，%）"],
)  # fmt: skip
@pytest.mark.parametrize("named", [True, False])
def test_rates_of_every_year_are_read_as_factors_of_the_period(read, header, named):
    factors, said = read(header, RATES, {"growth": header} if named else None)
    assert factors == pytest.approx(FACTORS, rel=1e-12)
    assert [code for code, _ in said] == ["growth_from_yearly"]


def test_a_per_cent_in_the_cells_says_so_too(read):
    assert read("年均增长率", [f"{rate}%" for rate in RATES])[0] == pytest.approx(FACTORS, rel=1e-12)


@pytest.mark.parametrize(
    "header",
    ["五年累计增长（%）", "累计增速（%）", "2020年比2015年GDP增长（%）", "GDP累计增长率(%)", "5年累计增长（%）"],
)
def test_growth_of_all_years_is_read_as_a_factor(read, header):
    assert read(header, ("40", "35", "38"))[0] == [1.4, 1.35, 1.38]


@pytest.mark.parametrize("header", ["GDP指数（2015年=100）", "2020年地区生产总值指数(2015=100)"])
def test_an_index_on_the_base_year_is_read_as_a_factor(read, header):
    factors, said = read(header, ("140", "135", "138"))
    assert (factors, [code for code, _ in said]) == ([1.4, 1.35, 1.38], ["growth_from_base"])


def test_an_index_on_the_previous_year_only_where_it_is_named(read, refused):
    header, values = "GDP指数（上年=100）", [f"{100 + float(rate):g}" for rate in RATES]
    assert refused(header, values) == ["missing_columns"]
    factors, said = read(header, values, {"growth": header})
    assert factors == pytest.approx(FACTORS, rel=1e-12)
    assert [code for code, _ in said] == ["growth_from_previous"]


@pytest.mark.parametrize(
    ("header", "values", "code"),
    [
        ("年均增长率", ("0.07", "0.062", "0.066"), "growth_without_unit"),  # without a per cent
        ("增长率（%）", RATES, "growth_unclear"),  # of which years?
        ("三年累计增长（%）", ("40", "35", "38"), "growth_of_other_years"),  # of others
        ("GDP指数（2010年=100）", ("140", "135", "138"), "missing_columns"),
        ("2018年GDP指数（2015年=100）", ("140", "135", "138"), "growth_of_other_years"),
        ("2019年比2015年GDP增长（%）", ("40", "35", "38"), "growth_of_other_years"),
        ("2025年比2020年GDP增长（%）", ("40", "35", "38"), "missing_columns"),
        ("地区生产总值年均增速（按现价，%）", RATES, "missing_columns"),
        ("工业增加值年均增速（%）", RATES, "missing_columns"),
        ("人口年均增长率（%）", RATES, "missing_columns"),
        ("2015年年均增速（%）", RATES, "missing_columns"),
        ("“十二五”年均增速（%）", RATES, "growth_of_period"),
        ("年均增长率（%）", ("0.07", "0.062", "0.066"), "growth_as_fractions"),
        ("年均增长率（%）", ("70", "62", "66"), "growth_told_beyond"),
    ],
)
def test_what_does_not_say_it_clearly_or_is_of_another_period_is_asked(refused, header, values, code):
    assert code in refused(header, values)


def test_beside_factors_it_is_a_column_like_others(read):
    factors, said = read("年均增长率（%）", RATES, more=",1.4")
    assert (factors, [code for code, _ in said]) == ([1.4] * 3, ["column_unused"])


def test_what_headers_tell():
    assert growth_of("年均增长率", "%") == Growth("yearly", percent=True)
    assert growth_of("十年累计增长", "%") == Growth("whole", 10, percent=True)
    assert growth_of("2020年GDP指数", "2015年=100") == Growth("base", 2015, 2020)
    assert growth_of("增长倍数", "") is None
    assert growth_of("GDP年均增速/%", "") == Growth("yearly", percent=True)
    assert growth_of("2025年比2020年增长", "%") == Growth("whole", 5, 2025, percent=True)


def test_the_ratio_of_two_years_is_a_factor(read):
    assert read("2020年/2015年GDP比值", ("1.4", "1.35", "1.38"))[0] == [1.4, 1.35, 1.38]


@pytest.mark.parametrize(
    "header", ["GDP增速（%）", "预期增速", "GDP growth 2015-2020 (%)", "GDP发展速度（%）", "GDP增长率"]
)
@pytest.mark.parametrize("named", [True, False])
def test_of_how_many_years_rates_are_is_asked_once_for_the_column(refused, header, named):
    assert refused(header, RATES, {"growth": header.split("（")[0].split(" (")[0]} if named else None) == [
        "growth_unclear"
    ]


def test_a_unit_line_may_say_that_rates_are_per_cents(tmp_path, guangxi):
    path = tmp_path / "regions.csv"
    lines = [f"{','.join(map(str, row))},{rate}\n" for row, rate in zip(ROWS, RATES, strict=True)]
    path.write_text("单位：万吨、亿元、%,,,\n城市,二氧化碳排放量,GDP,GDP年均增速\n" + "".join(lines), "utf-8")
    wanted = Wanted(frozenset(), guangxi.file.bounds, None, asked=Asked(year=2015), years=5)
    assert [float(f) for f in read_regions(path, wanted)[0].growth] == pytest.approx(FACTORS, rel=1e-12)


def test_a_period_without_a_base_year_is_told_in_years(guangxi, tmp_path):
    lines = [f"{','.join(map(str, row))},40\n" for row in ROWS]
    (tmp_path / "r.csv").write_text(f"{HEAD}三年累计增长（%）\n{''.join(lines)}", "utf-8")
    wanted = Wanted(frozenset(), guangxi.file.bounds, None, asked=Asked({"growth": "三年累计增长"}), years=5)
    with pytest.raises(InputError) as caught:
        read_regions(tmp_path / "r.csv", wanted)
    (finding,) = [one for one in caught.value.findings if one.code == "growth_of_other_years"]
    assert "规划期（5 年）" in finding.say("zh")
    assert "the period (5 years)" in finding.say("en")
