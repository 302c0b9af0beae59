"""What `check` says it read, where something is asked and where that is answered."""

import json
import warnings

import openpyxl
import pytest
from typer.testing import CliRunner

from allocator.cli import app

runner = CliRunner()
SCENARIO = """\
schema_version: 1
name: my-province
title: 某省
period: {base: 2015, end: 2020}
target: 17%
regions: regions.csv
bounds: {lower: 10%, upper: 25%}
reference: {map: linear, spread: 8 points}
criteria:
  capacity:
    weight: 1
    within: equal
    indicators:
      income: {column: avg_wage, direction: "+"}
"""
TABLE = """\
id,name,emissions,gdp,growth,avg_wage
450100,南宁市,3000,3410.08,1.40,56000
450200,柳州市,3500,2298.62,1.35,52000
450300,桂林市,1500,1942.97,2.90,48000
450400,梧州市,900,1078.60,1.42,43000
"""
ACCEPT = 'accept:\n  - {id: "growth-of-one-city:桂林市", reason: {zh: 新机场, en: a new airport}}\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "scenario.yaml").write_text(SCENARIO, "utf-8")
    (tmp_path / "regions.csv").write_text(TABLE, "utf-8")
    return tmp_path


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


def line_of(text, name):
    return next(line.split() for line in text.splitlines() if line.startswith(name))


def test_the_table_is_printed_with_the_question(folder):
    done = run("check", folder)
    assert done.exit_code == 2
    assert line_of(done.stdout, "桂林市") == ["桂林市", "1,500.00", "1,942.97", "0.7720", "16.9", "23.73", "?"]
    assert line_of(done.stdout, "南宁市") == ["南宁市", "3,000.00", "3,410.08", "0.8797", "33.7", "6.96"]
    assert '- {id: "growth-of-one-city:桂林市", reason: 理由}' in done.stderr


def test_without_the_table_where_more_than_questions_is_wrong(folder):
    (folder / "regions.csv").write_text(TABLE.replace("3500", "x"), "utf-8")
    done = run("check", folder)
    assert (done.exit_code, done.stdout) == (2, "")


def test_beyond_doubt_it_is_printed_too(folder):
    (folder / "regions.csv").write_text(TABLE.replace("2.90", "1.38").replace(",1500,", ",15000000,"), "utf-8")
    done = run("check", folder)
    assert (done.exit_code, line_of(done.stdout, "桂林市")[-1]) == (2, "?")


def test_an_answer_is_said_with_every_result(folder):
    (folder / "scenario.yaml").write_text(SCENARIO + ACCEPT, "utf-8")
    done = run("check", folder)
    assert done.exit_code == 0
    assert line_of(done.stdout, "桂林市")[-1] == "√"
    assert "已确认，理由：新机场。" in done.stderr
    (city,) = [c for c in json.loads(run("check", folder, "--json").stdout)["cities"] if c["asked"]]
    assert (city["name"], city["asked"]) == ("桂林市", ["growth-of-one-city:桂林市"])
    assert run("plan", folder, "--out", folder / "out").exit_code == 0
    written = json.loads((folder / "out" / "plan.json").read_text("utf-8"))
    assert any(notice["en"].endswith("Accepted, because: a new airport.") for notice in written["notices"])
    asked = {region["name"]: region["asked"] for region in written["regions"] if "asked" in region}
    assert asked == {"桂林市": ["growth-of-one-city:桂林市"]}
    with warnings.catch_warnings(action="ignore"):  # data bars, which openpyxl does not keep
        sheet = openpyxl.load_workbook(folder / "out" / "allocation.xlsx", data_only=True)["读入核对"]
    assert [cell.value for cell in sheet["H"][4:]] == ["", "", "√ growth-of-one-city:桂林市", "", ""]
    assert round(sheet["G7"].value, 2) == 23.73
    assert "已确认，理由：新机场。" in (folder / "out" / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    "command", [("plan",), ("sweep",), ("prices",), ("reconcile",), ("negotiate", "--fix", "桂林市=16%")]
)
def test_every_command_asks(folder, command):
    done = run(command[0], folder, *command[1:])
    assert done.exit_code == 2
    assert "桂林市" in done.stderr
    assert "accept" in done.stderr


def test_reductions_a_hundred_times_too_small_are_hinted_at(folder):
    (folder / "regions.csv").write_text(TABLE.replace("2.90", "1.38"), "utf-8")
    names, head = ("南宁", "柳州", "桂林", "梧州"), "region,year,年度下降率（%）\n"
    (folder / "t.csv").write_text("name,rate\n" + "".join(f"{n},17%\n" for n in names), "utf-8")
    for rate, hinted in (("0.037", True), ("3.7", False)):
        (folder / "a.csv").write_text(head + "".join(f"{n},2016,{rate}\n" for n in names), "utf-8")
        done = run("track", folder, folder / "a.csv", "--targets", folder / "t.csv")
        assert ("放大 100 倍" in done.stderr) == hinted
        assert (done.exit_code == 2) == hinted
        assert ("track-slip:a.csv" in done.stderr) == hinted
    (folder / "a.csv").write_text(head + "".join(f"{n},2016,0.037\n" for n in names), "utf-8")
    (folder / "scenario.yaml").write_text(
        SCENARIO + ACCEPT.replace("growth-of-one-city:桂林市", "track-slip:a.csv"), "utf-8"
    )
    done = run("track", folder, folder / "a.csv", "--targets", folder / "t.csv")
    assert done.exit_code != 2
    assert "已确认，理由：新机场。" in done.stderr


@pytest.mark.parametrize(
    "command",
    [("prices",), ("negotiate", "--fix", "柳州市=16%"), ("reconcile", "--set", "reconcile.province.emissions=8700")],
)
def test_an_answer_is_said_with_what_other_commands_give(folder, command):
    (folder / "scenario.yaml").write_text(SCENARIO + ACCEPT, "utf-8")
    done = run(command[0], folder, *command[1:], *(("--out", folder / "r") if command[0] == "negotiate" else ()))
    assert done.exit_code == 0, done.output
    assert done.stderr.count("已确认，理由：新机场。") == 1
