"""`allocator account`, and `plan` from an energy table, end to end."""

import json
import shutil
import subprocess
import sys
from fractions import Fraction

import openpyxl
import pytest
from plotly.offline import get_plotlyjs
from typer.testing import CliRunner

from allocator.accounting import account
from allocator.cli import app
from scenarios.errors import InputError
from scenarios.load import find_scenario
from scenarios.tables.text_table import unescape_text

runner = CliRunner()
EXAMPLE = find_scenario("accounting-example").parent


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            (
                "8,795.06 万吨",
                "余项（合计减省级）−26.60 万吨",
                "重复计算 116.31 万吨",
                "0.746176 千克CO₂/千瓦时",
                "中创碳投",
            ),
        ),
        ("en", ("8,795.06 × 10⁴ t", "residual −26.60", "counted twice 116.31", "0.746176 kg CO₂/kWh", "SinoCarbon")),
    ],
)
def test_account_says_sums_residuals_and_sources(lang, said):
    result = run("account", "accounting-example", "--lang", lang)
    assert result.exit_code == 0
    for text in said:
        assert text in result.stdout
    assert "2023" in result.stderr  # the grid tables end there


def test_json_holds_exact_numbers():
    document = json.loads(run("account", "accounting-example", "--json").stdout)
    year = document["years"][-1]
    cities = [Fraction(city["emissions"]["exact_t"]) for city in year["cities"]]
    assert sum(cities) == Fraction(year["sum"]["exact_t"]) == Fraction(year["province"]["exact_t"])
    assert year["residual"]["exact_t"] == "0"
    assert [one["option"] for one in year["options"]] == ["fossil", "own", "provincial", "balance", "terminal"]
    assert document["scope"]["key"] == "13fyp"
    assert document["vintage"]["en"].startswith("invented")
    assert all(line["factor_source"] and line["factor_year"] for line in document["lines"])
    counted = [Fraction(line["exact_t"]) for line in document["lines"] if line["counted"] and line["year"] == 2025]
    assert len(counted) > 20


def test_a_table_alone_with_scope_option_grid_and_factors():
    words = ("account", EXAMPLE / "energy.csv", "--grid", "示例省", "--factors", EXAMPLE / "factors.csv", "--json")
    first = json.loads(run(*words).stdout)
    assert first["years"] == json.loads(run("account", "accounting-example", "--json").stdout)["years"]
    second = json.loads(run(*words, "--scope", "2026", "--option", "own").stdout)
    assert (second["scope"]["key"], second["years"][0]["option"]) == ("2026", "own")


PROVINCE_ROWS = (
    "index", "gdp", "coal", "coal_co2", "oil", "oil_co2", "gas", "gas_co2", "taken", "taken_from", "taken_from",
    "taken_co2", "given", "given_co2", "total", "intensity", "annual", "cumulative",
)  # fmt: skip


def test_the_province_s_table_equals_a_hand_calculation_to_the_last_digit():
    document = json.loads(run("account", "accounting-example", "--json").stdout)
    table = document["province_table"]
    assert tuple(row["code"] for row in table["rows"]) == PROVINCE_ROWS
    assert (table["price_base"], table["years"]) == (2025, [2023, 2024, 2025])
    f = Fraction
    last = {row["code"]: Fraction(row["exact"][-1]) for row in table["rows"]}
    # coal 1710 + 1170 and oil 108 + 335 + 100 万吨标煤, gas 7.8 + 7.8 亿立方米, power 30 + 10 in and 43.5 out
    coal, oil, gas = f(2880), f(543), f("15.6") * 10_000 * f("389.31") / f("29.3076") / 10_000
    gas_co2 = f("15.6") * f("389.31") * f("15.3") / 1000 * f("0.99") * 44 / 12
    taken_co2, given_co2 = (30 * f("0.1333") + 10 * f("0.5683")) * 10, f("43.5") * f("0.55") * 10
    total = coal * f("2.66") + oil * f("1.73") + gas_co2 + taken_co2 - given_co2
    gdp = {2025: f(6670)}
    cities = {2600: ("1.058", "1.062"), 1900: ("1.051", "1.054"), 1100: ("1.056", "1.059"), 650: ("1.064", "1.066"),
              420: ("1.055", "1.058")}  # fmt: skip
    gdp[2024] = sum(level / f(i25) for level, (_, i25) in cities.items())
    gdp[2023] = sum(level / f(i25) / f(i24) for level, (i24, i25) in cities.items())
    assert last["gdp"] == gdp[2025]
    assert (last["coal"], last["oil"], last["gas"]) == (coal, oil, gas)
    assert (last["coal_co2"], last["oil_co2"], last["gas_co2"]) == (f("7660.8"), f("939.39"), gas_co2)
    assert (last["taken"], last["given"]) == (4 * 10**9, f("4.35") * 10**9)
    assert (last["taken_co2"], last["given_co2"]) == (taken_co2, given_co2)
    assert (last["total"], last["intensity"]) == (total, total / 6670)
    assert 10_000 * last["total"] == Fraction(document["years"][-1]["province"]["exact_t"])
    rows = {row["code"]: [None if x is None else Fraction(x) for x in row["exact"]] for row in table["rows"]}
    assert rows["gdp"] == [gdp[2023], gdp[2024], gdp[2025]]
    assert rows["index"] == [gdp[2023] / 6670 * 100, gdp[2024] / 6670 * 100, 100]
    e = [t / y for t, y in zip(rows["total"], rows["gdp"], strict=True)]
    assert rows["annual"] == [None, 1 - e[1] / e[0], 1 - e[2] / e[1]]
    assert rows["cumulative"] == [None, 1 - e[1] / e[0], 1 - e[2] / e[0]]


def test_the_province_s_table_in_text_and_with_gdp_of_the_command_line():
    said = run("account", "accounting-example").stdout
    for text in ("地区生产总值指数（2025年=100）", "其中：云南电网", "比2023年累计下降", "5.32"):
        assert text in said
    words = ("account", EXAMPLE / "energy.csv", "--grid", "示例省", "--factors", EXAMPLE / "factors.csv")
    bare = run(*words, "--lang", "en").stdout
    assert "Without GDP at constant prices" in bare
    table = json.loads(run(*words, "--gdp", EXAMPLE / "gdp.csv", "--price-base", "2025", "--json").stdout)
    assert (
        table["province_table"] == json.loads(run("account", "accounting-example", "--json").stdout)["province_table"]
    )
    alone = run(*words, "--gdp", EXAMPLE / "gdp.csv", "--lang", "en")
    assert (alone.exit_code, alone.stdout) == (2, "")
    assert "--price-base" in alone.stderr


def test_three_cities_and_four_options_by_one_command():
    document = json.loads(run("account", "three-cities", "--json").stdout)
    year = document["years"][0]
    options = {one["option"]: Fraction(one["sum"]["exact_t"]) / 10**6 for one in year["options"]}
    assert options == {
        "fossil": 210, "own": Fraction("228.5"), "provincial": Fraction("232.5"), "balance": Fraction("232.5"),
        "terminal": 225,
    }  # fmt: skip
    residuals = [Fraction(one["residual"]["exact_t"]) / 10**6 for one in year["options"]]
    assert residuals == [-15, Fraction("3.5"), Fraction("7.5"), Fraction("7.5"), 0]
    assert Fraction(year["province"]["exact_t"]) == 225 * 10**6
    assert year["factor_kg_per_kwh"] == 0.75
    assert "3 个市，2025 年" in run("account", "three-cities").stdout


def test_every_process_formula_by_one_command():
    document = json.loads(run("account", "three-cities", "--scope", "inventory", "--json").stdout)
    found: dict[str, Fraction] = {}
    for line in document["lines"]:
        if line["part"] == "process":
            found[line["item"]] = found.get(line["item"], Fraction(0)) + Fraction(line["exact_t"])
    f = Fraction
    nitric = {
        "high_pressure": ("0.0139", 100), "high_pressure_nscr": ("0.002", 200), "medium_pressure": ("0.01177", 300),
        "atmospheric": ("0.00972", 400), "dual_pressure": ("0.008", 500), "combined": ("0.0075", 600),
        "low_pressure": ("0.005", 700),
    }  # fmt: skip
    by_hand = {f"nitric_{key}": f(factor) * amount * 265 for key, (factor, amount) in nitric.items()}
    by_hand |= {"cement_clinker": f(538), "lime": f(683), "calcium_carbide": f(1154), "glass": f(200)}
    by_hand |= {"methanol": 670 + f("2.3") * 28, "ethylene": f("1.73") * 1300 + 3 * 28}
    by_hand |= {"dolomite_in_steel": f("23.7"), "limestone_in_steel": f(86)}
    by_hand |= {"pig_iron": f("36.9") * 44 / 12, "steel": -f("2.356") * 44 / 12}
    assert found == by_hand
    assert sum(by_hand[f"nitric_{key}"] for key in nitric) == f("21.209") * 265
    plain = json.loads(run("account", "three-cities", "--json").stdout)["years"][0]["sum"]["exact_t"]
    assert Fraction(document["years"][0]["sum"]["exact_t"]) - Fraction(plain) == sum(by_hand.values())
    potentials = {(line["gas"], line["gwp"]) for line in document["lines"]}
    assert potentials == {("CO2", None), ("CH4", 28.0), ("N2O", 265.0)}


def test_energy_and_gdp_tables_are_held_against_each_other(tmp_path):
    energy = "地区,年份,煤炭(万吨标煤)\n甲市,2021,1\n乙市,2021,-1\n"
    gdp = "地区,年份,可比价地区生产总值(亿元),价格基期\n甲市,2020,5,2020\n丙市,2020,5,2015\n"
    for name, text in (("energy.csv", energy), ("gdp.csv", gdp)):
        (tmp_path / name).write_text(text, "utf-8")
    words = ("account", tmp_path / "energy.csv", "--option", "fossil", "--gdp", tmp_path / "gdp.csv", "--lang", "en")
    both = run(*words, "--price-base", "2020")
    assert both.exit_code == 2
    assert "energy.csv, row 3" in both.stderr
    assert "gdp.csv, row 3" in both.stderr
    (tmp_path / "energy.csv").write_text(energy.replace("-1", "1"), "utf-8")
    (tmp_path / "gdp.csv").write_text(gdp.replace("2015", "2020"), "utf-8")
    lines = run(*words, "--price-base", "2020").stderr.splitlines()
    assert len(lines) == 5  # the table, a year, a city each way, and how many
    assert "gdp.csv" in lines[0]
    assert "2021" in lines[1]
    assert "乙市" in lines[2]
    assert "丙市" in lines[3]


@pytest.fixture
def example(tmp_path):
    """Return the example in a folder, changed: file -> texts in it and what stands for them."""

    def make(**changes):
        shutil.copytree(EXAMPLE, tmp_path / "case")
        for name, (old, new) in changes.items():
            path = next((tmp_path / "case").glob(f"{name}.*"))
            text = path.read_text("utf-8")
            assert old in text
            path.write_text(text.replace(old, new), "utf-8")
        return tmp_path / "case"

    return make


def test_unknown_names_of_columns_are_refused_beside_what_is_wrong_in_the_tables(example):
    named = "regions: regions.csv\ncolumns: {emision: 排放, 煤炭: 煤}"
    case = example(scenario=("regions: regions.csv", named), energy=("282,18.8", "x,18.8"))
    for command in ("account", "check"):
        found = json.loads(run(command, case, "--json").stdout)["findings"]
        assert [(f["code"], f.get("row")) for f in found] == [("column_unknown", 11), ("not_a_number", 3)]
        assert found[0]["key"] == "columns.emision"


def test_columns_of_a_scenario_hold_in_its_gdp_table_too(example):
    case = example(
        scenario=("regions: regions.csv", "regions: regions.csv\ncolumns: {gdp_current: 当年总量}"),
        gdp=("现价地区生产总值(亿元)", "当年总量(亿元)"),
    )
    assert run("account", case).exit_code == run("check", case).exit_code == 0


def test_files_are_whole_and_offline(tmp_path):
    folder = tmp_path / "out"
    assert run("account", "accounting-example", "--out", folder).exit_code == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["account.csv", "account.html", "account.json", "account.xlsx"]
    page = (folder / "account.html").read_text("utf-8")
    assert "<script src" not in page
    own = page.replace(get_plotlyjs(), "")
    assert "http" not in own
    assert "分部门排放" in page
    document = json.loads((folder / "account.json").read_text("utf-8"))
    rows = (folder / "account.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 + len(document["lines"])
    assert unescape_text(rows[1]).startswith("甲市,2023,火力发电,煤炭,")
    book = openpyxl.load_workbook(folder / "account.xlsx")
    assert book.sheetnames == ["省级核算表", "分市", "分品种", "分部门", "电力方案", "因子", "逐项", "边界"]
    factors = {row[0]: row[1] for row in book["因子"].iter_rows(min_row=3, values_only=True)}
    assert factors["煤炭"] == 2.66  # numbers, not text
    assert {type(row[6]) for row in book["逐项"].iter_rows(min_row=3, values_only=True)} <= {float, int}
    sums = {row[0]: row[3] for row in book["分市"].iter_rows(min_row=3, values_only=True)}
    assert sums["各市合计"] == pytest.approx(document["years"][-1]["sum"]["emissions_10kt"])
    assert run("account", "accounting-example", "--scope", "2026", "--out", folder, "--lang", "en").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("guangxi-13fyp",), "energy"),
        (("accounting-example", "--scope", "2030"), "13fyp, 2026"),
        (("accounting-example", "--option", "best"), "terminal"),
        (("no-such.csv",), "no such file"),
    ],
)
def test_bad_words_are_exit_2(words, said):
    result = run("account", *words, "--lang", "en")
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_plan_from_an_energy_table(tmp_path):
    result = run("plan", "accounting-example", "--out", tmp_path / "out", "--lang", "en")
    assert result.exit_code == 0
    plan = json.loads((tmp_path / "out" / "plan.json").read_text("utf-8"))
    energy = plan["scenario"]["energy"]
    assert (energy["scope"], energy["option"], energy["table"]) == ("13fyp", "terminal", "energy.csv")
    exact = json.loads(run("account", "accounting-example", "--json").stdout)["years"][-1]["cities"]
    shown = {region["name"]: Fraction(str(region["emissions_10kt"])) for region in plan["regions"]}
    for city in exact:  # the plan has the hand calculation of test_accounting.py in scenarios, to 10 kg
        assert abs(shown[city["name"]] - Fraction(city["emissions"]["exact_t"]) / 10_000) <= Fraction(1, 2_000_000)
    assert energy["sum_10kt"] == pytest.approx(sum(r["emissions_10kt"] for r in plan["regions"]), abs=1e-5)
    assert any("coal 2.66 t CO₂/tce (2019, SinoCarbon" in source["en"] for source in plan["scenario"]["sources"])
    assert any("煤炭 2.66 吨CO₂/吨标准煤（2019，中创碳投" in source["zh"] for source in plan["scenario"]["sources"])
    assert any("13th plan" in note["en"] for note in plan["scenario"]["notes"])
    assert set(plan["provenance"]["inputs"]) == {
        "scenario.yaml", "regions.csv", "energy.csv", "factors.csv", "gdp.csv",
    }  # fmt: skip
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "13th plan" in report
    assert "SinoCarbon" in report
    assert run("verify", "accounting-example", tmp_path / "out" / "allocation.csv").exit_code == 0
    published = run("publish", tmp_path / "out", "--format", "csv", "--out", tmp_path / "printed")
    assert published.exit_code == 0, published.stderr


def test_one_split_under_two_scopes(tmp_path):
    run("plan", "accounting-example", "--out", tmp_path / "out")
    table = tmp_path / "out" / "allocation.csv"
    judged = {}
    for scope in ("13fyp", "2026"):
        result = run("verify", "accounting-example", table, "--set", f"energy.scope={scope}", "--json")
        judged[scope] = json.loads(result.stdout)["province"]
    assert judged["13fyp"]["verdict"] == "backed"
    assert judged["13fyp"]["sigma"] != judged["2026"]["sigma"]
    assert judged["13fyp"]["implied_reduction"] != judged["2026"]["implied_reduction"]


def test_check_says_where_the_emissions_come_from():
    result = run("check", "accounting-example")
    assert "“十三五”考核口径" in result.stdout


# figures that can hardly be meant


COAL = {"甲市": 300, "乙市": 420, "丙市": 380, "丁市": 250}


def write_tables(folder, coal=COAL, gdp=lambda name: COAL[name] * 8):
    rows = "".join(f"{name},2025,{amount}\n" for name, amount in coal.items())
    (folder / "energy.csv").write_text(f"地区,年份,烟煤(万吨)\n{rows}", "utf-8")
    rows = "".join(f"{name},2025,{gdp(name)},2025\n" for name in coal)
    (folder / "gdp.csv").write_text(f"地区,年份,可比价地区生产总值(亿元),价格基期\n{rows}", "utf-8")


def said(folder, with_gdp):
    given = {"gdp": folder / "gdp.csv", "price_base": 2025} if with_gdp else {}
    try:
        found = account(str(folder / "energy.csv"), **given).notices
    except InputError as error:
        found = error.findings
    return [(f.code, f.place.file, f.place.row) for f in found]


@pytest.mark.parametrize("with_gdp", [True, False])
def test_sound_cities_are_asked_nothing(tmp_path, with_gdp):
    write_tables(tmp_path)
    assert said(tmp_path, with_gdp) == []


@pytest.mark.parametrize("with_gdp", [True, False])
def test_a_fuel_in_another_unit_is_named_by_its_cell(tmp_path, with_gdp):
    write_tables(tmp_path, COAL | {"丙市": 3_800_000})
    assert said(tmp_path, with_gdp) == [("amount_off", "energy.csv", 4)]


def test_a_gdp_in_another_unit_is_named_by_its_cell_or_its_table(tmp_path):
    write_tables(tmp_path, gdp=lambda name: COAL[name] * (80_000 if name == "乙市" else 8))
    assert said(tmp_path, True) == [("intensity_of_city", "gdp.csv", 3)]
    write_tables(tmp_path, gdp=lambda name: COAL[name] * 80_000)
    assert said(tmp_path, True) == [("intensity_of_province", "gdp.csv", None)]


NON_FOSSIL = """地区,英文名,年份,部门,煤炭(万吨标煤),全社会用电量(亿千瓦时),网供电量(亿千瓦时),nf_physical(亿千瓦时),\
nf_trade(亿千瓦时),nf_certificates(亿千瓦时),nf_generation(亿千瓦时),fossil_on_grid(亿千瓦时),net_import(亿千瓦时),\
nf_consumption(亿千瓦时)
甲市,Jia,2025,,,110,100,10,20,0,,,,
乙市,Yi,2025,,,100,100,0,0,0,,,,
甲市,Jia,2025,火力发电,600,,,,,,,,,
乙市,Yi,2025,火力发电,0,,,,,,,,,
全省,,2025,,600,,,,,,80,160,0,66
"""
# by hand: claimed 30, k = (66 - 30)/(80 - 30 + 160) = 36/210; 甲 10 + 20 + 80 k, 乙 100 k; losses 210 - 180 = 30


def test_non_fossil_electricity_by_the_real_command(tmp_path):
    (tmp_path / "energy.csv").write_text(NON_FOSSIL, "utf-8")
    words = [sys.executable, "-m", "allocator", "account", "energy.csv"]

    def said(*more):
        done = subprocess.run([*words, *more], cwd=tmp_path, capture_output=True, encoding="utf-8")
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    k = Fraction(36, 210)
    factor = Fraction(600 * Fraction("2.66")) / (210 - 66 + 30 * k)  # 万吨 over 亿千瓦时 of use less non-fossil
    jia = 10 + 20 + 80 * k
    for lang, texts in {
        "zh": (
            "k = 0.171429",
            "余项 5.1429 亿千瓦时",
            f"甲市：2025 年非化石电量 {float(jia):.4f} 亿千瓦时",
            "不分摊到各市",
        ),
        "en": ("k = 0.171429", "residual of 5.1429 × 10⁸ kWh", f"Jia: {float(jia):.4f} × 10⁸ kWh", "no city"),
    }.items():
        out = said("--lang", lang, "--out", lang)
        assert all(text in out for text in texts)
        page = (tmp_path / lang / "account.html").read_text("utf-8")
        assert f"{float(jia):.4f}" in page
        book = openpyxl.load_workbook(tmp_path / lang / "account.xlsx")
        sheet = book[{"zh": "非化石电力", "en": "non-fossil power"}[lang]]
        assert sheet.max_row == 2 + 2 + 3  # title and heads, two cities, their sum, the residual, the province
        assert sheet["F6"].value == pytest.approx(float(k * 30))
        assert sheet["F7"].value == 66
    document = json.loads(said("--json"))
    year = document["years"][0]
    assert year["option"] == "terminal"
    assert Fraction(year["non_fossil"]["exact_k"]) == k
    cities = year["non_fossil"]["cities"]
    assert Fraction(cities[0]["kwh"]["exact_kwh"]) == jia * 10**8
    assert Fraction(cities[0]["power_attributed"]["exact_t"]) == (110 - jia) * factor * 10_000
    assert Fraction(cities[0]["power_terminal"]["exact_t"]) == Fraction("1596") / 210 * 110 * 10_000
    assert Fraction(year["non_fossil"]["residual"]["exact_kwh"]) == k * 30 * 10**8
    instead = json.loads(said("--option", "attributed", "--json"))["years"][0]
    assert Fraction(instead["cities"][0]["emissions"]["exact_t"]) == (110 - jia) * factor * 10_000
    assert instead["residual"]["exact_t"] == "0"


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("traded: zero", "traded_average"),
        ("traded: zero\n  factor_basis: average", "traded_average"),
        ("factor_basis: excluding_traded", "excluding_all"),
        ("factor_basis: fossil\n  option: terminal", "basis_option"),
        ("factor_basis: average\n  option: attributed", "basis_option"),
        ("factor_basis: footprint", "not_one_of"),
    ],
)
def test_a_basis_that_does_not_fit_is_refused_at_its_line(example, keys, code):
    folder = example(scenario=("  scope: 13fyp\n", f"  scope: 13fyp\n  {keys}\n"))
    for language in ("zh", "en"):
        done = run("account", folder, "--lang", language)
        assert done.exit_code == 2
        assert "scenario.yaml" in done.stderr
        assert "energy" in done.stderr or "能源数据" in done.stderr
    with pytest.raises(InputError) as caught:
        account(str(folder))
    (finding,) = caught.value.findings
    at = "traded" if code == "traded_average" else "factor_basis"
    line = (folder / "scenario.yaml").read_text("utf-8").splitlines()[finding.place.row - 1]
    assert finding.code == code
    assert line.strip().startswith(at)


def test_the_table_s_factor_in_place_of_the_closing_one(example):
    folder = example(scenario=("  scope: 13fyp\n", "  scope: 13fyp\n  factor_basis: average\n"))
    year = json.loads(run("account", folder, "--json").stdout)["years"][-1]
    assert year["factor_kg_per_kwh"] == 0.55  # the invented province's own factor
    assert year["residual"]["exact_t"] != "0"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ("由 8,795.06 万吨改为 9,482.86 万吨", "原料用能 −173.00 万吨", "工业生产过程 +860.80 万吨")),
        ("en", ("9,482.86 × 10⁴ t CO₂ in place of 8,795.06", "raw materials −173.00 × 10⁴ t", "+860.80 × 10⁴ t")),
    ],
)
def test_the_base_counted_anew_under_the_scope_of_2026(tmp_path, lang, said):
    words = ("account", "accounting-example", "--scope", "2026", "--before", "13fyp")
    done = run(*words, "--lang", lang, "--out", tmp_path / "out")
    assert done.exit_code == 0
    page = (tmp_path / "out" / "account.html").read_text("utf-8")
    book = openpyxl.load_workbook(tmp_path / "out" / "account.xlsx")
    sheet = book[{"zh": "基数重算", "en": "base counted anew"}[lang]]
    assert all(text in done.stdout and text in page for text in said)
    found = [sheet.cell(8, column).value for column in (2, 4, 6, 8)]
    assert found == pytest.approx([8795.06, -173, 860.8, 9482.86], 1e-6)
    whole = json.loads(run(*words, "--json").stdout)["rebased"]
    assert (whole["year"], whole["scope_before"]) == (2025, "13fyp")
    assert whole["cities"][-1]["non_energy"]["exact_t"] == "-1730000"
    assert run(*words[:-1], "2027").exit_code == 2


@pytest.mark.parametrize(("lang", "where"), [("zh", "allocator init 文件夹"), ("en", "allocator init FOLDER")])
def test_a_table_alone_says_how_it_gets_the_scenario_that_is_to_be_written_into(tmp_path, lang, where):
    path = tmp_path / "energy.csv"
    path.write_text("地区,煤炭（万吨标煤）\n甲市,1\n乙市,2\n", "utf-8")
    done = run("account", path, "--lang", lang)
    assert (done.exit_code, "columns: {year: …}" in done.stderr) == (2, True)
    assert where in done.stderr
    assert "energy: {file: energy.csv}" in done.stderr
    (tmp_path / "scenario.yaml").write_text("", "utf-8")
    beside = run("account", path, "--lang", lang).stderr
    assert where not in beside
    assert f"`allocator account {tmp_path}`" in beside.replace("\n", "")


def test_a_table_alone_that_needs_no_scenario_is_told_of_none(tmp_path):
    path = tmp_path / "energy.csv"
    path.write_text("地区,年份,煤炭（万吨标煤）\n甲市,2025,-1\n", "utf-8")
    assert "init" not in run("account", path).stderr


def test_an_amount_that_is_answered_is_asked_about_no_second_time(example):
    slip = ("丙市,City C,2025,工业,,220,", "丙市,City C,2025,工业,,2200000,")
    folder = example(energy=slip)
    with pytest.raises(InputError) as caught:
        account(str(folder))
    first, *more = (f for f in caught.value.findings if f.code == "amount_off")
    answers = "".join(f'  - {{id: "{f.asked}", reason: checked}}\n' for f in (first, *more))
    scenario = folder / "scenario.yaml"
    scenario.write_text(f"{scenario.read_text('utf-8')}\naccept:\n{answers}", "utf-8")
    try:
        again = account(str(folder)).notices
    except InputError as error:
        again = error.findings
    assert [f.code for f in again if f.place == first.place and not f.reason] == []
