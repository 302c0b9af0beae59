"""allocation.csv and allocation.xlsx in English of a table without English names: as other English papers call them."""

import csv
import io
import shutil
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from scenarios.load import find_scenario


@pytest.fixture(scope="module")
def nameless(tmp_path_factory):
    """Return Guangxi without its English names, and its plan in English."""
    folder = Path(shutil.copytree(find_scenario("guangxi-13fyp").parent, tmp_path_factory.mktemp("gx") / "case"))
    table = folder / "regions.csv"
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    kept = [key for key in rows[0] if key != "name_en"]
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, kept, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    run("plan", folder, "--lang", "en", "--out", folder / "out")
    return folder


def run(*words):
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.output


def texts(path):
    """Return what stands in each sheet of a workbook as text."""
    book = openpyxl.load_workbook(path, read_only=True)
    return [[str(value) for row in page.iter_rows(values_only=True) for value in row if value] for page in book]


@pytest.mark.filterwarnings("ignore:.* extension is not supported")
def test_they_have_the_names_of_other_papers(nameless):
    text = (nameless / "out/allocation.csv").read_text("utf-8-sig")
    assert "Nanning" in text
    assert "南宁" not in text
    table, *_ = texts(nameless / "out/allocation.xlsx")
    assert "Nanning" in table
    assert not [said for said in table if "南宁" in said]
    assert "14 regions have no English name" in (nameless / "out/report.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["allocation.csv", "allocation.xlsx", "plan.json"])
def test_they_are_read_again(nameless, name):
    assert "17.02 %" in run("verify", nameless, nameless / "out" / name, "--lang", "en")


def test_what_was_written_so_is_written_over(nameless):
    """It is what the plan beside it gives, and nobody has changed it."""
    run("plan", nameless, "--lang", "en", "--out", nameless / "out")
    assert "南宁" in (nameless / "out/plan.json").read_text("utf-8")
    run("plan", nameless, "--out", nameless / "out")
    assert "南宁" in (nameless / "out/allocation.csv").read_text("utf-8-sig")
