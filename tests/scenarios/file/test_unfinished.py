"""A folder made by `init`, its plan not filled in, is enough to account for an energy table."""

import openpyxl
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from scenarios.errors import InputError
from scenarios.file.document import parse_document
from scenarios.file.unfinished import validate_unfinished

runner = CliRunner()
ENERGY = (
    "地区,年份,原煤（万吨）\n甲市,2024,100\n甲市,2025,110\n乙市,2024,200\n乙市,2025,210\n丙市,2024,150\n丙市,2025,155\n"
)


@pytest.fixture
def folder(tmp_path):
    """Return a folder as `init` makes it, with an energy table and what its scenario says of that."""
    made = tmp_path / "made"
    assert runner.invoke(app, ["init", str(made), "--yaml"]).exit_code == 0
    (made / "energy.csv").write_text(ENERGY, "utf-8")
    with (made / "scenario.yaml").open("a", encoding="utf-8") as file:
        file.write("energy: {file: energy.csv}\ncolumns: {烟煤: 原煤}\n")
    return made


def test_account_needs_no_plan(folder):
    result = runner.invoke(app, ["account", str(folder)])
    assert result.exit_code == 0, result.output
    # by hand: 475 × 10⁴ t of 1.741747…; the year shown is the table's last
    assert "2025 年各市合计 827.33 万吨" in result.output


def test_a_plan_is_still_asked_for_what_it_needs(folder):
    assert runner.invoke(app, ["check", str(folder)]).exit_code == 2


def test_what_is_wrong_and_not_merely_missing_is_said_alone(folder):
    path = folder / "scenario.yaml"
    text = path.read_text("utf-8").replace("margin: 0 ", "marjin: 0 ").replace("  end: ", "  end: 20 ")
    with pytest.raises(InputError) as caught:
        validate_unfinished(parse_document(text, "scenario.yaml"))
    assert sorted(finding.place.key for finding in caught.value.findings) == ["marjin", "period.end"]


def test_a_finished_scenario_is_itself(folder):
    path = folder / "scenario.yaml"
    text = path.read_text("utf-8").replace("  base: ", "  base: 2025 ").replace("  end: ", "  end: 2030 ")
    text = text.replace("target: ", "target: 18% ").replace("direction:     ", "direction: '+'     ")
    file, finished = validate_unfinished(parse_document(text, "scenario.yaml"))
    assert (file.period.base, file.period.end, finished) == (2025, 2030, True)


def test_a_workbook_not_filled_in_yet_is_accounted_for_as_well(tmp_path):
    made = tmp_path / "made"
    assert runner.invoke(app, ["init", str(made)]).exit_code == 0
    (made / "energy.csv").write_text(ENERGY, "utf-8")
    book = openpyxl.load_workbook(made / "方案.xlsx")
    rows = {cell.value: cell.row for cell in book["设置"]["H"]}
    book["设置"][f"C{rows['energy.file']}"] = "energy.csv"
    book["设置"][f"B{rows['columns.*']}"], book["设置"][f"C{rows['columns.*']}"] = "烟煤", "原煤"
    book.save(made / "方案.xlsx")
    result = runner.invoke(app, ["account", str(made)])
    assert result.exit_code == 0, result.output
