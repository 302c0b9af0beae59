"""Figures of several years, of energy and of rates: what cannot be meant is named with its cell."""

from decimal import Decimal

import pytest
from openpyxl import Workbook

from scenarios.accounting.energy import odd_cities, read_account
from scenarios.accounting.energy_table import read_energy
from scenarios.accounting.gdp_table import read_gdp
from scenarios.accounting.scopes import scopes
from scenarios.errors import Collector, InputError, Place
from scenarios.file.schema import Period
from scenarios.sense.asking import Answers
from scenarios.sense.figures import Figure
from scenarios.sense.rates import read_meant_rates
from scenarios.sense.years import odd_years
from scenarios.tables.grid import Cell
from scenarios.tracking.actuals import read_actuals
from scenarios.wording import Text

PERIOD = Period(base=2015, end=2020)


@pytest.fixture
def write(tmp_path):
    def call(text, name="table.csv"):
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return call


@pytest.fixture
def actuals(write, guangxi):
    """Return a function that writes two years a little above the base year, changed cell by cell."""

    def call(change=lambda name, year, e, y: (e, y)):
        base = list(zip(guangxi.regions.names, guangxi.regions.emissions, guangxi.regions.gdp, strict=True))
        lines = ["region,year,emissions,gdp"]
        for year, rise in ((2016, 1.05), (2017, 1.1)):
            for name, e, y in base:
                now = change(name, year, float(e) * rise, float(y) * rise)
                lines.append(f"{name},{year},{now[0]:.2f},{now[1]:.2f}")
        return write("\n".join(lines) + "\n")

    return call


def asked(findings):
    return [(f.code, f.severity, f.place.row, f.place.column) for f in findings]


def test_sound_years_are_asked_nothing(actuals, guangxi):
    assert read_actuals(actuals(), guangxi.regions, PERIOD).notices == ()


def test_years_in_another_unit_than_the_base_year_are_one_finding(actuals, guangxi, refused):
    path = actuals(lambda name, year, e, y: (e * 10_000, y))
    (finding,) = refused(read_actuals, path, guangxi.regions, PERIOD)
    assert asked([finding]) == [("jump_of_all", "error", 2, "emissions")]
    assert "单位" in finding.say("zh")


@pytest.mark.parametrize(("factor", "severity"), [(10, "question"), (0.1, "question"), (10_000, "error")])
def test_one_city_ten_times_its_last_year_is_named_once(actuals, guangxi, refused, factor, severity):
    path = actuals(lambda name, year, e, y: (e * factor if (name, year) == ("桂林", 2016) else e, y))
    findings = refused(read_actuals, path, guangxi.regions, PERIOD)
    assert asked(findings) == [("jump_of_city", severity, 4, "emissions")]


@pytest.mark.parametrize(("factor", "said"), [(0.38, "change_of_city"), (2.6, "change_of_city")])
def test_a_figure_of_another_city_or_extent_is_named(actuals, guangxi, refused, factor, said):
    path = actuals(lambda name, year, e, y: (e * factor if (name, year) == ("桂林", 2017) else e, y))
    (finding,) = refused(read_actuals, path, guangxi.regions, PERIOD)
    assert asked([finding]) == [(said, "question", 18, "emissions")]
    assert "小数点" not in finding.say("zh")


def test_two_cities_interchanged_in_one_year_are_one_question(actuals, guangxi, refused):
    size = dict(zip(guangxi.regions.names, map(float, guangxi.regions.emissions), strict=True))
    other = {"桂林": "北海", "北海": "桂林"}
    path = actuals(lambda n, year, e, y: (e / size[n] * size[other.get(n, n)] if year == 2016 else e, y))
    (finding,) = refused(read_actuals, path, guangxi.regions, PERIOD)
    assert asked([finding]) == [("swapped", "question", 4, "emissions")]


def test_a_year_copied_from_the_last_is_one_question_and_a_long_figure_alone_another(actuals, guangxi, refused):
    path = actuals(lambda name, year, e, y: (e / 1.1 * 1.05 if year == 2017 else e, y))
    (finding,) = refused(read_actuals, path, guangxi.regions, PERIOD)
    assert asked([finding]) == [("unchanged_all", "question", 16, "emissions")]
    path = actuals(lambda name, year, e, y: (e, y / 1.1 * 1.05 if (name, year) == ("柳州", 2017) else y))
    assert asked(refused(read_actuals, path, guangxi.regions, PERIOD)) == [("unchanged", "question", 17, "gdp")]


def test_gdp_jumps_likewise_and_an_answer_lets_it_pass(actuals, guangxi, refused):
    path = actuals(lambda name, year, e, y: (e, y * 10 if (name, year) == ("桂林", 2017) else y))
    (finding,) = refused(read_actuals, path, guangxi.regions, PERIOD)
    assert (finding.place.row, finding.place.column) == (18, "gdp")
    answers = Answers({finding.asked: Text("并入新区", "a district joined")})
    (answered,) = read_actuals(path, guangxi.regions, PERIOD, None, answers).notices
    assert answered.reason.en == "a district joined"


RATES = "name,rate(%)\n" + "".join(
    f"{name},17\n" for name in ("南宁", "柳州", "桂林", "梧州", "北海", "防城港", "钦州")
)
RATES += "".join(f"{name},17.5\n" for name in ("贵港", "玉林", "百色", "贺州", "河池", "来宾"))


@pytest.mark.parametrize(("written", "meant"), [("0.175", "17.5"), ("0.17%", "17%")])
def test_a_rate_a_hundred_times_off_is_asked_about(write, guangxi, refused, written, meant):
    path = write(RATES + f"崇左,{written}\n")
    (finding,) = refused(read_meant_rates, path, guangxi.regions)
    assert asked([finding]) == [("off_column", "question", 15, "rate")]
    assert finding.values["meant"] == meant
    table, (answered,) = read_meant_rates(path, guangxi.regions, answers=Answers({finding.asked: Text("真", "so")}))
    assert len(table.rates) == 14
    assert answered.severity == "notice"


def test_a_column_of_fractions_under_per_cent_is_asked_about(write, guangxi, refused):
    path = write(rates_of(guangxi, lambda n: f"{0.17 + n % 3 / 100:.2f}"))
    (finding,) = refused(read_meant_rates, path, guangxi.regions)
    assert asked([finding]) == [("as_fractions", "question", 2, "下降率")]
    assert finding.values["meant"] == "17"


@pytest.mark.parametrize("odd", ["17", "12", "-3"])
def test_another_rate_is_not(write, guangxi, odd):
    assert read_meant_rates(write(RATES + f"崇左,{odd}\n"), guangxi.regions)[1] == ()


def test_a_rate_ten_times_off_may_be_meant_and_is_said(write, guangxi):
    (said,) = read_meant_rates(write(RATES + "崇左,1.7\n"), guangxi.regions)[1]
    assert (said.code, said.severity, said.place.row, said.values["meant"]) == ("rate_beyond", "notice", 15, "17")


ENERGY = "地区,年份,烟煤（万吨）,汽油（万吨）\n南宁,2015,100,3\n柳州,2015,200,5\n"


def test_a_province_in_an_energy_table_is_no_third_city(write):
    (finding,) = read_energy(write(ENERGY + "三市以外,2015,300,8\n"))[1]
    assert asked([finding]) == [("sum_in_years", "error", 4, "地区")]
    path = write(ENERGY + "广西壮族自治区,2015,300,8\n")
    table, (finding,) = read_energy(path)
    assert (table.names, table.has_province) == (("南宁", "柳州"), True)
    assert asked([finding]) == [("province_among_cities", "notice", 4, "地区")]
    table, findings = read_energy(path, province="广西")
    assert (table.names, table.has_province, findings) == (("南宁", "柳州"), True, ())


def test_a_province_whose_row_is_not_the_sum_is_no_third_city_either(write):
    table, (finding,) = read_energy(write(ENERGY + "广西,2015,333,9\n"))
    assert (table.names, table.has_province, finding.code) == (("南宁", "柳州"), True, "province_among_cities")


@pytest.mark.parametrize(
    "rows", ["广西,2015,300,9\n云南,2015,300,9\n", "吉林,2015,300,9\n吉林市,2015,9,9\n", "重庆,2015,300,9\n"]
)
def test_provinces_beside_each_other_and_cities_that_are_provinces_are_not_taken_for_the_whole(write, rows):
    table, findings = read_energy(write(ENERGY + rows))
    assert not table.has_province
    assert not any(finding.code == "province_among_cities" for finding in findings)


def test_an_energy_table_that_is_no_sum_is_asked_nothing(write):
    assert read_energy(write(ENERGY + "桂林,2015,300,9\n"))[1] == ()
    assert read_energy(write(ENERGY))[1] == ()


def test_a_sector_of_all_sectors_is_named(write):
    rows = "地区,年份,部门,烟煤（万吨）\n" + "".join(
        f"{city},2015,{sector},{amount}\n"
        for city, size in (("南宁", 1), ("柳州", 2))
        for sector, amount in (("工业", 100 * size), ("交通", 3 * size), ("各部门", 103 * size))
    )
    (finding,) = read_energy(write(rows))[1]
    assert asked([finding]) == [("sum_of_sectors", "error", 4, "烟煤")]
    assert finding.values["name"] == "各部门"


GDP = "地区,年份,可比价地区生产总值（亿元）,价格基期\n"


def levels(**cities):
    return GDP + "".join(f"{name},{2015 + n},{v},2015\n" for name, row in cities.items() for n, v in enumerate(row))


def test_the_province_in_a_table_of_gdp(write, refused):
    (finding,) = refused(read_gdp, write(levels(甲=(100, 108), 乙=(50, 54), 丙=(30, 33), 四=(180, 195))), 2015)
    assert asked([finding]) == [("sum_in_years", "error", 8, "地区")]
    path = write(levels(甲=(100, 108), 乙=(50, 54), 丙=(30, 33), 某省=(180, 195)))
    assert read_gdp(path, 2015, province="某省").own == {2015: 180, 2016: 195}
    read = read_gdp(path, 2015)
    assert (read.own, asked(read.notices)) == (
        {2015: 180, 2016: 195}, [("province_among_cities", "notice", 8, "地区")],
    )  # fmt: skip


def test_a_level_of_gdp_ten_times_the_year_before(write, refused):
    (finding,) = refused(read_gdp, write(levels(甲=(100, 108), 乙=(50, 540), 丙=(30, 33))), 2015)
    assert asked([finding]) == [("jump_of_city", "question", 5, "可比价地区生产总值")]


def test_current_gdp_of_a_city_in_another_unit_in_one_year_is_named(write, refused):
    years = (2015, 2016, 2017)
    rows = [f"{n},{y},{1000 * k * 1.09 ** (y - 2015):.2f},107" for n, k in (("甲", 1), ("乙", 3)) for y in years]
    text = "地区,年份,现价地区生产总值(亿元),地区生产总值指数(上年=100)\n" + "\n".join(rows) + "\n"
    assert read_gdp(write(text), 2015).notices == ()
    (finding,) = refused(read_gdp, write(text.replace("3270.00", "32700000.00")), 2015)
    assert asked([finding]) == [("jump_of_city", "error", 6, "现价地区生产总值")]


@pytest.mark.parametrize(("slip", "year", "held"), [(0, 2015, 2016), (2, 2017, 2016)])
def test_a_slip_in_the_first_or_last_year_is_named_in_its_own_cell(write, refused, slip, year, held):
    row = [50, 54, 58]
    row[slip] *= 10_000
    (finding,) = refused(read_gdp, write(levels(甲=(100, 108, 117), 乙=row, 丙=(30, 33, 35))), 2015)
    assert asked([finding]) == [("jump_of_city", "error", 5 + slip, "可比价地区生产总值")]
    assert (finding.values["year"], finding.values["other"]) == (year, held)
    assert finding.values["meant"] == f"{row[slip] // 10_000}"


def test_energy_of_the_first_year_in_another_unit_is_one_finding_in_its_own_cell(write):
    rows = [
        f"{c},{y},{100 * k + y - 2015}\n" for k, c in enumerate(("甲", "乙", "丙", "丁"), 1) for y in (2015, 2016, 2017)
    ]
    text = "地区,年份,烟煤（万吨）\n" + "".join(rows).replace("乙,2015,200", "乙,2015,2000000")
    with pytest.raises(InputError) as caught:
        read_account(write(text), scopes()["13fyp"])
    assert asked(caught.value.findings) == [("amount_off", "question", 5, "烟煤")]
    answers = Answers({"amount-off:table.csv:乙:2015:烟煤": Text("已核对", "checked")})
    done = read_account(write(text), scopes()["13fyp"], answers=answers).account
    assert asked(odd_cities(done, None)) == [("account_off", "error", 5, "烟煤")]


# signs, and rates of energy in place of carbon's


def rates_of(guangxi, value=lambda n: 17 + n % 3, header="下降率(%)"):
    return f"地区,{header}\n" + "".join(f"{name},{value(n)}\n" for n, name in enumerate(guangxi.regions.names))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (lambda n: -(17 + n % 3), "all-below-zero:table.csv"),
        (lambda n: -19 if n == 4 else 17 + n % 3, "below-zero:table.csv:{name}"),
        (lambda n: 0.19 if n == 4 else 17 + n % 3, "off-column:table.csv:下降率:{name}"),
    ],
)
def test_rates_of_the_wrong_sign_or_size_are_asked_about_by_their_table(write, guangxi, refused, value, said):
    (finding,) = refused(read_meant_rates, write(rates_of(guangxi, value)), guangxi.regions)
    assert (finding.asked, finding.severity) == (said.format(name=guangxi.regions.names[4]), "question")


@pytest.mark.parametrize(
    ("column", "sign", "meant"), [("年度下降率(%)", -1, "5.1"), ("变化率(%)", 1, "-5.1"), ("年度下降率(%)", 1, None)]
)
def test_years_in_which_all_regions_would_rise_are_asked_about(write, guangxi, refused, column, sign, meant):
    cells = [
        (name, year, sign * (5.1 + n / 10)) for year in (2016, 2017) for n, name in enumerate(guangxi.regions.names)
    ]
    path = write(f"地区,年份,{column}\n" + "".join(f"{name},{year},{rate:.1f}\n" for name, year, rate in cells))
    if meant is None:
        assert read_actuals(path, guangxi.regions, PERIOD).notices == ()
    else:
        (finding,) = refused(read_actuals, path, guangxi.regions, PERIOD)
        assert (finding.asked, finding.place.row, finding.values["meant"]) == ("all-below-zero:table.csv", 2, meant)


@pytest.mark.parametrize("value", [lambda n: -5 if n == 4 else 17 + n % 3, lambda n: 20 - 40 * (n % 2)])
def test_a_region_that_may_rise_is_not_asked_about(write, guangxi, value):
    assert read_meant_rates(write(rates_of(guangxi, value)), guangxi.regions)[1] == ()


@pytest.mark.parametrize("header", ["单位GDP能耗下降率(%)", "年均下降率(%)", "能耗强度下降目标(%)"])
def test_a_rate_of_energy_or_of_a_year_is_not_proposed_as_that_of_carbon(write, guangxi, refused, header):
    (finding,) = refused(read_meant_rates, write(rates_of(guangxi, header=header)), guangxi.regions)
    assert finding.values["paste"] == "columns: {rate: …}"


def test_of_two_rates_that_of_carbon_is_taken_under_one_header_or_two(write, guangxi):
    names = guangxi.regions.names
    rows = "".join(f"{name},{13 + n % 3},{17 + n % 3}\n" for n, name in enumerate(names))
    one = write(f"地区,单位GDP能耗下降率（%）,单位GDP二氧化碳排放下降率（%）\n{rows}", "one.csv")
    two = write(f"城市,能耗强度,碳强度\n,下降目标(%),下降目标(%)\n{rows}", "two.csv")
    read = [read_meant_rates(path, guangxi.regions)[0].rates for path in (one, two)]
    assert read == [tuple(Decimal(17 + n % 3) / 100 for n in range(len(names)))] * 2


def test_hidden_rows_of_rates_are_asked_about(tmp_path, guangxi, refused):
    book = Workbook()
    for row in [("地区", "下降率(%)"), *((name, 17) for name in guangxi.regions.names)]:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(tmp_path / "rates.xlsx")
    (finding,) = refused(read_meant_rates, tmp_path / "rates.xlsx", guangxi.regions)
    assert (finding.code, finding.place.cell) == ("hidden_rows", "B3")


@pytest.mark.parametrize(("share", "codes"), [(0.95, ["jump_of_all"]), (0.99, []), (1.05, [])])
def test_gdp_that_falls_everywhere_in_one_year_is_asked_about(share, codes):
    def figures(size):
        values = (size, size * 1.06, size * 1.06 * share)
        cells = [Cell(f"{value:.2f}", Place("a.csv", row=9)) for value in values]
        return [(2016 + n, Figure(Decimal(cell.text), cell)) for n, cell in enumerate(cells)]

    found = odd_years("gdp", [(f"城{n}市", figures(1000 + 137 * n)) for n in range(5)])
    assert [finding.code for finding in found] == codes


def test_an_answer_about_one_table_is_none_about_another():
    def of(file):
        rows = [("甲市", (100, 110, 11_000)), ("乙市", (90, 95, 99)), ("丙市", (80, 84, 88))]
        place = Place(file=file)
        return list(
            odd_years(
                "gdp",
                [
                    (name, [(2016 + n, Figure(Decimal(x), Cell(str(x), place))) for n, x in enumerate(values)])
                    for name, values in rows
                ],
            )
        )

    (first,), (second,) = of("gdp.csv"), of("actuals.csv")
    assert (first.asked, second.asked) == ("jump-gdp:gdp.csv:甲市:2018", "jump-gdp:actuals.csv:甲市:2018")
    collector = Collector()
    Answers({first.asked: Text("已核对", "checked")}).ask([first], collector)
    Answers({first.asked: Text("已核对", "checked")}).ask([second], collector)
    assert [finding.severity for finding in collector.findings] == ["notice", "question"]
