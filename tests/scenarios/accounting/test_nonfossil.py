"""Non-fossil electricity by city, and traded electricity that counts as zero; figures of the design by their key."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.accounting.electricity import CityNonFossil, NonFossil
from scenarios.accounting.energy import read_account
from scenarios.accounting.scopes import scopes

CITIES = {  # grid draw, physical, traded, certificates of the invented province, 亿千瓦时
    "甲市": (620, 12, 40, 18), "乙市": (540, 8, 30, 10), "丙市": (480, 20, 45, 16), "丁市": (260, 6, 5, 2),
    "戊市": (390, 10, 25, 12), "己市": (150, 5, 2, 1), "庚市": (210, 4, 6, 3),
    "辛市": (60, 9, 0, 0), "壬市": (40, 1, 2, 1),
}  # fmt: skip
HEADS = (
    "地区,年份,部门,煤炭(万吨标煤),网供电量(亿千瓦时),nf_physical(亿千瓦时),nf_trade(亿千瓦时),nf_certificates(亿千瓦时),"
    "nf_generation(亿千瓦时),fossil_on_grid(亿千瓦时),net_import(亿千瓦时),nf_consumption(亿千瓦时),调入电力·华东(亿千瓦时)\n"
)
OWN = "全省,2025,,,,,,,820,1650,430,970,430\n"
TABLE = HEADS + "".join(f"{n},2025,,,{','.join(map(str, row))},,,,,\n" for n, row in CITIES.items()) + OWN
# 4750 × 10⁴ tce of coal in power plants and 430 × 10⁸ kWh at .5500: 12,635 + 2,365 = 15,000 × 10⁴ t of power CO2
PLANTS = "".join(f"{n},2025,火力发电,{4750 if n == '甲市' else 0},,,,,,,,,\n" for n in CITIES)
POWER = TABLE + PLANTS
KWH8 = 10**8


@pytest.fixture
def accounted(tmp_path):
    """Return a function that accounts for a table given as text."""

    def call(text, option=None, **how):
        (tmp_path / "energy.csv").write_text(text, "utf-8")
        return read_account(tmp_path / "energy.csv", scopes()["2026"], option, how.pop("grid", ""), **how)

    return call


def test_nonfossil_power(accounted):
    found = accounted(TABLE).account.years[2025].non_fossil
    assert found.k == Fraction(677, 2607)  # nonfossil_power, k: .259685
    assert [round(float(found.of(n) / KWH8), 4) for n in range(9)] == [
        215.9432, 177.8427, 189.8082, 78.7004, 138.6690, 46.1738, 65.1968, 24.5811, 13.6084,
    ]  # fmt: skip
    assert found.of(0) == Fraction(562964, 2607) * KWH8
    assert found.sum == Fraction(826005, 869) * KWH8  # sum_of_cities: 950.5236
    assert (found.province, found.losses) == (970 * KWH8, 75 * KWH8)
    assert found.residual == Fraction(16925, 869) * KWH8 == found.k * found.losses  # residual: 19.4764


def test_nonfossil_power_closing_factor_and_power_co2(accounted):
    done = accounted(POWER, "attributed").account
    year = done.years[2025]
    assert year.factor.value == Fraction(65175, 81446) / 1000  # closing_factor: .80022 kgCO2/kWh
    assert (year.factor.basis, year.option) == ("fossil", "attributed")
    assert year.power["attributed"][0] == Fraction(702500, 211) * 10_000  # 甲市_power_co2: 3329.384
    assert year.power["attributed"][1] == Fraction(625000, 211) * 10_000  # 乙市_power_co2: 2962.085
    assert "terminal" not in year.power  # the table does not say what each city uses
    assert year.total == 15_000 * 10_000 == year.province
    assert year.residual == 0


def with_use(uses, text=POWER):
    """Return the table with a column of use, of every city its draw and what it has itself, or as given."""
    lines = []
    for line in text.splitlines():
        name, sector = line.split(",")[0], line.split(",")[2]
        own = CITIES.get(name)
        lines.append(f"{line},{uses.get(name, own[0] + own[1]) if own and not sector else ''}")
    lines[0] = lines[0] + "全社会用电量(亿千瓦时)"
    return "\n".join(lines) + "\n"


def test_attributed_stands_beside_terminal_and_not_in_its_place(accounted):
    year = accounted(with_use({})).account.years[2025]
    assert year.option == "terminal"
    assert year.factor.value == Fraction(15_000, 10 * 2825) / 1000
    assert year.power["terminal"][0] == 632 * KWH8 * year.factor.value
    assert year.power["attributed"][0] == Fraction(702500, 211) * 10_000
    assert {r.option: r.residual for r in year.residuals if r.option in ("terminal", "attributed")} == {
        "terminal": 0, "attributed": 0,
    }  # fmt: skip


def test_the_nation_s_fossil_factor_in_place_of_the_closing_one_if_asked(accounted):
    year = accounted(POWER, "attributed", grid="全国", basis="fossil").account.years[2025]
    assert year.factor.value == Fraction("0.8273") / 1000
    assert (
        year.residual == (Fraction("0.8273") / 1000 - Fraction(65175, 81446) / 1000) * Fraction(162892, 869) * KWH8 * 10
    )


@pytest.mark.parametrize(
    ("old", "new", "codes", "row"),
    [
        ("甲市,2025,,,620,12,40,18", "甲市,2025,,,620,12,610,18", ["nf_over_draw"], 2),
        ("乙市,2025,,,540,8,30,10", "乙市,2025,,,540,8,30,511", ["nf_over_draw"], 3),
        ("丙市,2025,,,480,20,45,16", "丙市,2025,,,,20,45,", ["nf_lacks"], 4),
        (",820,1650,430,970,430", ",820,,430,,430", ["nf_lacks"], 11),
        (",820,1650,430,970,430", ",820,1650,500,970,430", ["nf_net_import"], 11),
        (",820,1650,430,970,430", ",0,1,1,970,1", ["nf_no_supply"], 11),
        (",820,1650,430,970,430", ",820,1650,430,3200,430", ["nf_k_above"], 11),
        ("甲市,2025,,,620,12,40,18", "甲市,2025,,,620,12,-40,18", ["energy_negative"], 2),
    ],
)
def test_what_is_wrong_in_it_has_its_cell(accounted, refused, old, new, codes, row):
    assert old in TABLE
    findings = refused(accounted, TABLE.replace(old, new))
    assert [f.code for f in findings] == codes
    assert findings[0].place.row == row


def test_everything_wrong_is_said_at_once(accounted, refused):
    broken = TABLE.replace("甲市,2025,,,620", "甲市,2025,,,40").replace("壬市,2025,,,", "壬市,2025,,x,")
    assert sorted(f.code for f in refused(accounted, broken)) == ["nf_over_draw", "not_a_number"]
    text = TABLE.replace("甲市,2025,,,620", "甲市,2025,,,40").replace("丁市,2025,,,260", "丁市,2025,,,6")
    findings = refused(accounted, text)
    assert [(f.code, f.values["name"], f.values["found"], f.values["needed"]) for f in findings] == [
        ("nf_over_draw", "甲市", "58.0000", "40.0000"), ("nf_over_draw", "丁市", "7.0000", "6.0000"),
    ]  # fmt: skip


def test_more_attributed_than_used_is_refused(accounted, refused):
    findings = refused(accounted, with_use({"辛市": 20}))
    assert [(f.code, f.values["name"]) for f in findings] == [("nf_over_use", "辛市")]


def test_a_negative_coefficient_is_said(accounted):
    read = accounted(TABLE.replace(",970,430", ",200,430"))
    assert [f.code for f in read.notices if f.code.startswith("nf_")] == ["nf_k_below"]
    found = read.account.years[2025].non_fossil
    assert found.k < 0
    assert found.sum + found.residual == 200 * KWH8


def test_losses_below_zero_are_said(accounted):
    read = accounted(TABLE.replace("甲市,2025,,,620", "甲市,2025,,,700"))
    assert [(f.code, f.values["found"]) for f in read.notices if f.code == "nf_losses"] == [("nf_losses", "5.0000")]


def test_a_province_that_gives_off_more_than_it_takes_in(accounted):
    found = accounted(TABLE.replace(",430,970,430", ",-30,970,")).account.years[2025].non_fossil
    assert found.supplied == (Fraction(2607) - 460) * KWH8


def test_net_import_follows_from_electricity_in_and_out(accounted):
    assert accounted(TABLE.replace(",430,970,430", ",,970,430")).account.years[2025].non_fossil.k == Fraction(677, 2607)


kwh = st.fractions(0, 1000, max_denominator=100)
cities = st.builds(lambda p, t, c, rest: CityNonFossil(p, t, c, t + c + rest), kwh, kwh, kwh, kwh)


@given(st.lists(cities, min_size=1, max_size=9), kwh, st.fractions(1, 5000, max_denominator=100))
def test_the_cities_add_up_to_the_province_less_k_times_the_losses(cities, consumed, supplied):
    claimed = sum(one.physical + one.bought for one in cities)
    found = NonFossil(tuple(cities), consumed, (consumed - claimed) / supplied, supplied)
    assert found.residual == found.k * found.losses
    assert sum(found.of(n) for n in range(len(cities))) + found.residual == consumed


# factors: 100 × 10⁸ kWh, of which 20 traded
ALL = "地区,年份,煤炭(万吨标煤),用电量(亿千瓦时),发电量(亿千瓦时)\n甲市,2023,0,100,0\n"
TRADED = ALL.replace("\n甲", ",非化石电力交易电量(亿千瓦时)\n甲").replace(",0\n", ",0,20\n")


def test_factors(accounted):
    whole = accounted(ALL, "balance", grid="全国").account.years[2023]
    assert whole.total == Fraction("530.6") * 10_000  # factors, average
    rest = accounted(TRADED, "balance", grid="全国", basis="excluding_traded", traded="zero").account
    assert rest.years[2023].total == Fraction("487.68") * 10_000  # factors, excluding_traded
    assert [line.factor.basis for line in rest.lines if line.part == "electricity"] == ["excluding_traded"]


@pytest.mark.parametrize("basis", [None, "average"])
def test_factors_wrong_mix_is_refused(accounted, refused, basis):
    findings = refused(accounted, TRADED, "balance", grid="全国", basis=basis, traded="zero")
    assert [f.code for f in findings] == ["traded_average"]  # 424.48 would take the benefit twice
    for language in ("zh", "en"):
        assert "0.5306" in findings[0].say(language)
        assert "0.6096" in findings[0].say(language)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"basis": "excluding_traded"}, "excluding_all"),
        ({"basis": "fossil"}, "basis_option"),
        ({"basis": "excluding_traded", "traded": "zero", "option": "provincial"}, "option_needs"),
        ({"basis": "excluding_traded", "traded": "zero", "text": ALL}, "traded_lacks"),
        (
            {"basis": "excluding_traded", "traded": "zero", "text": TRADED.replace(",0,20", ",0,120")},
            "traded_over_used",
        ),
        ({"basis": "excluding_traded", "traded": "zero", "grid": "广东"}, "grid_basis"),
        ({"text": TRADED}, "nf_lacks"),
    ],
)
def test_a_basis_that_does_not_fit_is_refused(accounted, refused, how, code):
    asked = {"text": TRADED, "option": "balance", "grid": "全国", **how}
    assert code in [f.code for f in refused(accounted, **asked)]


def test_terminal_electricity_without_what_was_traded_adds_up_line_by_line(accounted):
    text = TRADED.replace("年份,", "年份,部门,").replace("甲市,2023,", "甲市,2023,,") + "甲市,2023,火力发电,1,,,\n"
    done = accounted(text, "terminal", grid="全国", basis="excluding_traded", traded="zero").account
    counted = [line for line in done.lines if line.counted]
    assert [line.amount for line in counted if line.part == "electricity"] == [100 * KWH8, -20 * KWH8]
    assert sum(line.tonnes for line in counted) == done.years[2023].total == Fraction("487.68") * 10_000
