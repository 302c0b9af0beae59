"""What must be said with a judgement is said, and what is said beside errors stands below them."""

import json
import pickle

import openpyxl
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.verifying.verify import judgement
from scenarios.errors import Finding, InputError, Place
from scenarios.load import load_scenario
from scenarios.tracking.yearly_growth import read_yearly_growth

runner = CliRunner()


def run(*words):
    return runner.invoke(app, [str(word) for word in words])


@pytest.fixture
def rates(guangxi, tmp_path):
    """Return a table of rates with a unit in a line above it."""
    path = tmp_path / "rates.csv"
    rows = "".join(f"{name},20\n" for name in guangxi.regions.names)
    path.write_text(f"单位：%,\n地区,下降率\n{rows}", "utf-8")
    return path


def test_what_is_said_of_a_table_of_rates_is_printed(rates):
    done = run("verify", "guangxi-13fyp", rates)
    assert done.exit_code == 0, done.output
    assert done.stderr.startswith("提示: rates.csv，第 1 行")
    assert "下降率（%）" in done.stderr
    (notice,) = json.loads(run("verify", "guangxi-13fyp", rates, "--json").stdout)["notices"]
    assert notice["code"] == "units_above"


def test_a_note_below_a_table_of_rates_and_caps_is_said_once(tmp_path):
    cities = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬市")
    rates, caps = (18, 20.5, 18.5, 21, 16.5, 13.5, 16, 12.5, 13.5), (5162, 9902, 8062, 7392, 4116, 2100, 4102, 780, 577)
    rows = "".join(f"{name},{rate},{cap}\n" for name, rate, cap in zip(cities, rates, caps, strict=True))
    path = tmp_path / "t.csv"
    path.write_text(f"地区,下降率（%）,总量控制目标（万吨）\n{rows}注：本表由省厅提供。,,\n", "utf-8")
    said = run("verify", "15fyp-example", path).stderr
    assert said == "提示: t.csv，第 11 行：表下的说明未计入（注：本表由省厅提供。）。\n"
    (notice,) = json.loads(run("verify", "15fyp-example", path, "--json").stdout)["notices"]
    assert notice["code"] == "note_row"


@pytest.mark.parametrize(("command", "more"), [("prices", ()), ("sweep", ()), ("track", ("actuals-example.csv",))])
def test_other_commands_say_what_a_share_can_be_used_with(command, more):
    done = run(command, "15fyp-energy/nonfossil.yaml", *more)
    assert done.exit_code == 2
    assert "非化石能源消费占比的方案可用 check、plan、verify、publish；" in done.stderr
    assert "写进碳排放方案的“考核时同看的能源方案”（track.beside）" in done.stderr


def test_what_is_said_of_two_tables_that_are_compared_is_printed_once_each(rates):
    other = rates.with_name("other.csv")
    other.write_bytes(rates.read_bytes())
    done = run("compare", rates, other, "--scenario", "guangxi-13fyp")
    assert done.exit_code == 0, done.output
    assert [line.partition("，")[0] for line in done.stderr.splitlines()] == ["提示: rates.csv", "提示: other.csv"]


@pytest.mark.parametrize("command", ["sweep", "plan"])
def test_what_is_said_of_the_scenario_is_printed_by_every_command(guangxi_folder, tmp_path, command):
    table = guangxi_folder / "regions.csv"
    head, *rows = table.read_text("utf-8").splitlines()
    table.write_text("\n".join([f"{head},备注", *(f"{row},x" for row in rows)]) + "\n", "utf-8")
    options = ("--samples", 20) if command == "sweep" else ()
    done = run(command, guangxi_folder, "--out", tmp_path / "o", *options)
    assert done.exit_code == 0, done.output
    assert sum("备注" in line for line in done.stderr.splitlines()) == 1


def test_what_is_said_of_the_scenario_and_its_gdp_table_is_printed(tmp_path, guangxi, guangxi_folder, edit, rates):
    rows = zip(guangxi.regions.names, guangxi.regions.gdp, strict=True)
    series = "".join(f"{name},2015,2015,{gdp * 10_000}\n" for name, gdp in rows)
    (guangxi_folder / "gdp.csv").write_text(f"地区,年份,价格基期,不变价地区生产总值（万元）\n{series}", "utf-8")
    edit(guangxi_folder / "scenario.yaml", "rules: []", "rules: []\ngdp: {file: gdp.csv, price_base: 2015}")
    table = (guangxi_folder / "regions.csv").read_text("utf-8").splitlines()
    at = next(n for n, head in enumerate(table[0].split(",")) if head.startswith("gdp(") or head == "gdp")
    less = [",".join(cells[:at] + cells[at + 1 :]) for cells in (line.split(",") for line in table)]
    (guangxi_folder / "regions.csv").write_text("\n".join(less) + "\n", "utf-8")
    done = run("verify", guangxi_folder, rates, "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "gdp.csv" in done.stderr
    assert "万元" in done.stderr


def test_notices_beside_errors_stand_below_them(guangxi_folder):
    table = guangxi_folder / "regions.csv"
    head, first, *rest = table.read_text("utf-8").splitlines()
    name, broken = first.split(",")[1], first.replace(first.split(",")[3], "x")
    table.write_text("\n".join([f"{head},备注", f"{broken},", *(f"{row}," for row in rest)]) + "\n", "utf-8")
    done = run("check", guangxi_folder)
    assert done.exit_code == 2
    error, notice = done.stderr.splitlines()
    assert error.startswith("错误: regions.csv，第 2 行")
    assert notice.startswith("提示: regions.csv")
    assert "备注" in notice
    assert name not in notice
    written = json.loads(run("check", guangxi_folder, "--json").stdout)
    assert ([f["severity"] for f in written["findings"]], [f["code"] for f in written["notices"]]) == (
        ["error"], ["column_unused"]
    )  # fmt: skip


def test_many_notices_beside_an_error_stay_on_a_screen(guangxi_folder):
    table = guangxi_folder / "regions.csv"
    head, first, *rest = table.read_text("utf-8").splitlines()
    more = ",".join(f"备注{n}" for n in range(50))
    rows = [f"{row}{',' * 50}" for row in (first.replace(first.split(",")[3], "x"), *rest)]
    table.write_text("\n".join([f"{head},{more}", *rows]) + "\n", "utf-8")
    lines = run("check", guangxi_folder).stderr.splitlines()
    assert len(lines) <= 21


def test_an_error_parts_its_notices_and_goes_to_other_processes_with_them():
    error = InputError(
        [Finding("no_rates", Place("a.csv")), Finding("total_row", Place("a.csv"), {"found": "合计"}, "notice")]
    )
    assert [finding.code for finding in error.findings] == ["no_rates"]
    again = pickle.loads(pickle.dumps(error))
    assert (again.findings, again.notices) == (error.findings, error.notices)


def test_what_is_said_of_yearly_growth_comes_back(tmp_path, guangxi):
    regions, period = guangxi.regions, guangxi.file.period
    rows = [f"{name},{year},{float(g) ** 0.2:.8f}" for name, g in zip(regions.names, regions.growth, strict=True)
            for year in range(2016, 2021)]  # fmt: skip
    path = tmp_path / "growth.csv"
    path.write_text("\n".join(["region,year,growth", *rows, "注：初步数,,"]), "utf-8")
    assert [notice.code for notice in read_yearly_growth(path, regions, period)[2]] == ["note_row"]


CASE = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬市")
RATES = ("18", "20.5", "18.5", "21", "16.5", "13.5", "16", "12.5", "13.5")


def _judged(folder, rates, whole=""):
    lines = [f"{name},{rate}" for name, rate in zip(CASE, rates, strict=True)]
    (folder / "t.csv").write_text("\n".join(["地区,碳排放强度下降率（%）", *lines, f"全省,{whole}"]), "utf-8")
    found = judgement(load_scenario("15fyp-example"), str(folder / "t.csv"))
    return [(note.code, note.place.row, note.values) for note in found.notices if note.code.startswith("rate_")]


@pytest.mark.parametrize("whole", ["17", "17.0", "17.8", "17.84", "17.82", "18", "–", ""])
def test_the_official_target_and_what_a_table_comes_to_are_a_provinces_rate(tmp_path, whole):
    """Both targets ask 1 - 42,200/51,352.8966, 17.8235 %; the rates leave 42,193.0019, 17.8371 %."""
    assert _judged(tmp_path, RATES, whole) == []


@pytest.mark.parametrize("whole", ["25", "19", "1.7", "16.9"])
def test_any_other_rate_of_the_province_is_said_at_its_cell(tmp_path, whole):
    ((code, row, values),) = _judged(tmp_path, RATES, whole)
    assert (code, row, values["found"], values["target"]) == ("rate_of_province_both", 11, whole, "17.00")


@pytest.mark.parametrize(("given", "meant"), [("1.85", "18.5"), ("1.2", "12"), ("26", None), ("9", None)])
def test_a_rate_beyond_its_bounds_with_a_digit_lost_is_named_at_its_cell(tmp_path, given, meant):
    found = _judged(tmp_path, (*RATES[:2], given, *RATES[3:]))
    said = [(code, row, values["found"], values["meant"]) for code, row, values in found]
    assert said == ([] if meant is None else [("rate_beyond", 4, given, meant)])


@pytest.mark.parametrize(
    ("formats", "first", "said"),
    [
        (("General", "General"), 17.96, []),
        (("0.00", "#,##0"), 17.96, [("C2", 1, "5162", "5162.4")]),
        (("0", "#,##0.0"), 17.96, [("B2", 7, "18", "17.96")]),  # and six with a half
        (("0%", "0.0"), 0.1796, [("B2", 7, "18%", "17.96%")]),
        (("0.00%", "#,##0.00_ "), 0.1796, []),
    ],
)
def test_figures_that_excel_shows_rounded_are_said_to_be_judged_as_they_are_stored(tmp_path, formats, first, said):
    caps, book = (5162.4, 9902, 8062, 7392, 4116, 2100, 4102, 780, 577), openpyxl.Workbook()
    rates = [first, *(float(rate) / (100 if first < 1 else 1) for rate in RATES[1:])]
    book.active.append(["地区", "下降率（%）", "总量控制目标（万吨）"])
    for row in zip(CASE, rates, caps, strict=True):
        book.active.append(row)
        for cell, form in zip(book.active[book.active.max_row][1:], formats, strict=True):
            cell.number_format = form
    book.save(tmp_path / "t.xlsx")
    found = judgement(load_scenario("15fyp-example"), str(tmp_path / "t.xlsx")).notices
    shown = [(n.place.cell, n.values["n"], n.values["shown"], n.values["found"]) for n in found if "shown_" in n.code]
    assert shown == said
