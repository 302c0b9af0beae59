"""`allocator account`, and `plan` from an energy table, end to end."""

import json
from fractions import Fraction

import openpyxl
import pytest
from plotly.offline import get_plotlyjs
from typer.testing import CliRunner

from allocator.cli import app
from scenarios.load import find_scenario
from scenarios.sheets import unescape_text

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
                "8,780.32 万吨",
                "余项（合计减省级）−26.60 万吨",
                "重复计算 131.14 万吨",
                "0.743680 kgCO₂/kWh",
                "SinoCarbon",
            ),
        ),
        ("en", ("8,780.32 × 10⁴ t", "residual −26.60", "counted twice 131.14", "0.743680 kgCO₂/kWh", "SinoCarbon")),
    ],
)
def test_account_says_sums_residuals_and_sources(lang, said):
    result = run("account", "accounting-example", "--lang", lang)
    assert result.exit_code == 0
    for text in said:
        assert text in result.stdout
    assert "2022" in result.stderr  # the grid tables end there


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
    assert book.sheetnames == ["分市", "分品种", "分部门", "电力方案", "逐项", "边界"]
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
    assert energy["sum_10kt"] == pytest.approx(sum(r["emissions_10kt"] for r in plan["regions"]), abs=1e-5)
    assert any("coal 2.66 tCO2/tce (2019, SinoCarbon" in source for source in plan["scenario"]["sources"])
    assert any("13th plan" in note["en"] for note in plan["scenario"]["notes"])
    assert set(plan["provenance"]["inputs"]) == {"scenario.yaml", "regions.csv", "energy.csv", "factors.csv"}
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
