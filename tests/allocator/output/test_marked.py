"""`--errors`: the table comes back with each bad cell marked and commented; mended there it is read like any other."""

import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.output import marked
from allocator.planning.plan import plan
from reports.marking import MARKED, marked_workbook
from scenarios.errors import Finding, InputError, Place
from scenarios.load import find_scenario, load_scenario

runner = CliRunner()
COLOUR = "00" + MARKED.removeprefix("#")

SCENARIO = """\
schema_version: 1
name: two
title: 两市
period: {base: 2020, end: 2025}
target: 17%
regions: regions.csv
reference: {map: linear, spread: 4 points}
criteria: {duty: {weight: 1, indicators: {intensity: {column: intensity, direction: "+"}}}}
"""
SOUND = [
    ["id", "name", "emissions(万吨)", "gdp(亿元)", "growth", "upper(%)", "备注"],
    ["990001", "甲市", "1000", "500", "1.3", "20", "=1+1"],
    ["990002", "乙市", "900", "700", "1.2", "", "@x"],
    ["990003", "丙市", "800", "300", "1.25", "", ""],
]
SLIPS = {(1, 2): "一千", (2, 3): "", (2, 4): "120", (3, 4): "-1", (3, 0): "990001"}
"""Row and column from 0 -> what is wrong there."""
CELLS = {"C2", "D3", "E3", "E4", "A4"}


@pytest.mark.parametrize("wrong", ["甲" * 10_001, "\n".join("x,1" for _ in range(20_001)), "甲" * 140_000])
@pytest.mark.parametrize(("language", "said"), [("zh", "没有要标出的单元格"), ("en", "no cell of a table is to be")])
def test_a_table_beyond_the_limits_is_said_once_and_not_marked(tmp_path, wrong, language, said):
    table, out = tmp_path / "表.csv", tmp_path / "m.xlsx"
    table.write_text(f"地区,下降率\n{wrong},17%\n", "utf-8")
    words = ["verify", "guangxi-13fyp", str(table), "--errors", str(out), "--lang", language]
    result = runner.invoke(app, words)
    assert result.exit_code == 2
    assert "Error" not in result.output
    assert said in result.output
    assert result.output.count("10000") + result.output.count("20000") + result.output.count("20,000") == 1
    assert not out.exists()


def slipped():
    return [[SLIPS.get((r, c), text) for c, text in enumerate(row)] for r, row in enumerate(SOUND)]


def as_number(text):
    try:
        return float(text)
    except ValueError:
        return text or None


def write_table(path, rows):
    """Write rows as a file of the kind that its name says."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "各市"
        for row in rows:
            sheet.append([row[0], row[1], *map(as_number, row[2:6])])
        for n, row in enumerate(rows, 1):
            sheet.cell(n, 7, row[6]).data_type = "s"
        sheet.column_dimensions["B"].width = 33
        sheet["C3"].number_format = "#,##0.00"
        book.create_sheet("说明")["A1"] = "别的"
        book.save(path)
    else:
        mark = {".csv": ",", ".tsv": "\t"}[path.suffix]
        path.write_text("\n".join(mark.join(f'"{text}"' for text in row) for row in rows) + "\n", "utf-8")


@pytest.fixture
def folder(tmp_path):
    """Return a function that makes a scenario with a table of a kind, and its folder."""

    def make(name, rows):
        (tmp_path / "scenario.yaml").write_text(SCENARIO.replace("regions.csv", name), "utf-8")
        write_table(tmp_path / name, rows)
        return tmp_path

    return make


def run(*words):
    return runner.invoke(app, [str(word) for word in words])


def found(source, *settings):
    with pytest.raises(InputError) as caught:
        load_scenario(source, settings)
    return sorted((f.code, f.place.row, f.place.column) for f in caught.value.findings)


def marks(path):
    """Return the comments of the marked cells of a workbook."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb in (COLOUR, "FF" + COLOUR[2:])]
    assert all(cell.comment for cell in cells)
    return {cell.coordinate: cell.comment.text for cell in cells}


@pytest.mark.parametrize("name", ["regions.csv", "regions.tsv", "regions.xlsx"])
def test_marked_mended_and_read_again(folder, name):
    case = folder(name, slipped())
    out, before = case / "marked.xlsx", (case / name).read_bytes()
    done = run("check", case, "--errors", out)
    assert done.exit_code == 2
    assert "marked.xlsx" in done.stderr.splitlines()[-1]
    assert "5 个单元格" in done.stderr
    assert (case / name).read_bytes() == before
    said = marks(out)
    assert set(said) == CELLS
    assert "“一千”不是数字" in said["C2"]
    assert found(case, "regions=marked.xlsx") == found(case), "unmended it is refused for the same"
    book = openpyxl.load_workbook(out)
    for row, column in SLIPS:
        book.worksheets[0].cell(row + 1, column + 1).value = SOUND[row][column]
    book.save(out)
    mended = plan(load_scenario(case, ["regions=marked.xlsx"]))
    write_table(case / name, SOUND)
    assert mended.published == plan(load_scenario(case)).published
    assert [f.code for f in mended.scenario.notices] == [f.code for f in load_scenario(case).notices]


def test_an_old_workbook_is_marked_too(tmp_path):
    shutil.copy("tests/scenarios/tables/old.xls", tmp_path / "old.xls")
    place = Place("old.xls", _sheet_of(tmp_path / "old.xls"), "A2", 2)
    content, count = marked_workbook(tmp_path / "old.xls", [Finding("empty_cell", place)], "en")
    (tmp_path / "new.xlsx").write_bytes(content)
    assert count == 1
    assert set(marks(tmp_path / "new.xlsx")) == {"A2"}


def _sheet_of(path):
    from scenarios.tables.old_excel import read_old_workbook

    return read_old_workbook(path.read_bytes(), path.name)[0][0].sheet


@pytest.mark.parametrize("name", ["regions.csv", "regions.xlsx"])
def test_text_of_a_file_never_becomes_a_formula(folder, name):
    case = folder(name, slipped())
    run("check", case, "--errors", case / "marked.xlsx")
    with zipfile.ZipFile(case / "marked.xlsx") as archive:
        sheets = [archive.read(entry) for entry in archive.namelist() if entry.startswith("xl/worksheets/sheet")]
    assert sheets
    assert not any(b"<f>" in sheet for sheet in sheets)
    assert openpyxl.load_workbook(case / "marked.xlsx").worksheets[0]["G2"].value == "=1+1"


def test_looks_formats_and_other_sheets_of_a_workbook_stay(folder):
    case = folder("regions.xlsx", slipped())
    run("plan", case, "--errors", case / "marked.xlsx", "--out", case / "out")
    book = openpyxl.load_workbook(case / "marked.xlsx")
    assert book.sheetnames[:2] == ["各市", "说明"]
    assert book["各市"].column_dimensions["B"].width == 33
    assert book["各市"]["C3"].number_format == "#,##0.00"


def test_a_formula_without_a_value_is_asked_about_again(folder):
    case = folder("regions.xlsx", SOUND)
    book = openpyxl.load_workbook(case / "regions.xlsx")
    book["各市"]["F2"] = "=10*2"  # an upper bound, which may be empty
    book.save(case / "regions.xlsx")
    assert run("check", case, "--errors", case / "marked.xlsx").exit_code == 2
    assert set(marks(case / "marked.xlsx")) == {"F2"}
    assert found(case, "regions=marked.xlsx")


def test_what_has_no_cell_is_listed(folder):
    case = folder("regions.csv", slipped())
    text = (case / "scenario.yaml").read_text("utf-8").replace("target: 17%", "target: 17")
    (case / "scenario.yaml").write_text(text, "utf-8")
    run("check", case, "--errors", case / "marked.xlsx", "--lang", "en")
    book = openpyxl.load_workbook(case / "marked.xlsx")
    listed = [cell.value for cell in book["other findings"]["A"]]
    assert len(listed) == 1
    assert listed[0].startswith("scenario.yaml, row 5, target: does “17” mean 17%?")


def test_a_file_that_cannot_be_written_is_no_mistake_of_the_data(folder):
    case = folder("regions.xlsx", slipped())
    alone, done = run("check", case), run("check", case, "--errors", case / "no" / "such.xlsx")
    said = done.stderr.splitlines()
    assert (done.exit_code, said[:-1]) == (2, alone.stderr.splitlines())
    assert "路径不存在" in said[-1]


def test_that_nothing_is_to_be_mended_is_said(tmp_path):
    for lang, said in (("zh", "没有要改正之处"), ("en", "nothing in the data is to be mended")):
        done = run("check", "three-cities", "--errors", tmp_path / "x.xlsx", "--lang", lang)
        assert (done.exit_code, said in done.stderr) == (0, True)
    done = run("check", "three-cities", "--set", "target=40%", "--errors", tmp_path / "x.xlsx")
    assert (done.exit_code, "没有要改正之处" in done.stderr) == (3, True)
    assert not list(tmp_path.iterdir())


def test_no_file_is_ever_overwritten(folder):
    case = folder("regions.xlsx", slipped())
    before = (case / "regions.xlsx").read_bytes()
    for name, said in (("regions.xlsx", "已存在"), ("scenario.yaml", ".xlsx"), ("no/such.xlsx", "路径不存在")):
        done = run("check", case, "--errors", case / name)
        assert done.exit_code == 2
        assert said in done.stderr
    assert (case / "regions.xlsx").read_bytes() == before
    assert sorted(path.name for path in case.iterdir()) == ["regions.xlsx", "scenario.yaml"]


def test_a_workbook_that_unfolds_without_end_is_not_written_back(folder):
    case = folder("regions.xlsx", slipped())
    with zipfile.ZipFile(case / "regions.xlsx") as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    sheet = "xl/worksheets/sheet2.xml"
    merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    parts[sheet] = re.sub(rb"(<pageMargins[^>]*>)?</worksheet>", merged, parts[sheet])
    with zipfile.ZipFile(case / "regions.xlsx", "w") as archive:
        for entry, content in parts.items():
            archive.writestr(entry, content)
    done = run("check", case, "--errors", case / "marked.xlsx")
    assert "一千" in done.stderr
    assert "表太大" in done.stderr
    assert not (case / "marked.xlsx").exists()


def test_what_the_library_cannot_write_is_said(folder, monkeypatch):
    case = folder("regions.xlsx", slipped())

    def broken(*_, **__):
        raise KeyError("drawing")

    monkeypatch.setattr("reports.marking._opened", broken)
    assert "无法原样另存" in run("check", case, "--errors", case / "marked.xlsx").stderr
    assert not (case / "marked.xlsx").exists()


def test_whole_or_not_at_all(folder, monkeypatch):
    case = folder("regions.csv", slipped())

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(marked.os, "link", full)
    monkeypatch.setattr(marked.Path, "rename", full)
    done = run("check", case, "--errors", case / "marked.xlsx")
    assert "磁盘已满" in done.stderr
    assert "一千" in done.stderr
    assert sorted(path.name for path in case.iterdir()) == ["regions.csv", "scenario.yaml"]


def test_without_a_cell_to_mark_nothing_is_written(folder):
    case = folder("regions.csv", SOUND)
    done = run("check", case, "--set", "target=17", "--errors", case / "marked.xlsx")
    assert done.exit_code == 2
    assert "未写" in done.stderr
    assert run("check", case, "--errors", case / "marked.xlsx").exit_code == 0
    assert not (case / "marked.xlsx").exists()


def test_tables_of_verify_track_and_account_are_marked(tmp_path):
    case = find_scenario("guangxi-13fyp").parent
    rates = (case / "published.csv").read_text("utf-8-sig").splitlines()
    (tmp_path / "rates.csv").write_text(
        "\n".join([*rates[:2], rates[2].rpartition(",")[0] + ",多", *rates[3:]]), "utf-8"
    )
    actuals = (case / "actuals-example.csv").read_text("utf-8-sig").splitlines()
    (tmp_path / "actuals.csv").write_text(
        "\n".join([*actuals[:3], ",".join([*actuals[3].split(",")[:-1], "x"]), *actuals[4:]]), "utf-8"
    )
    energy = (find_scenario("three-cities").parent / "energy.csv").read_text("utf-8-sig").splitlines()
    (tmp_path / "energy.csv").write_text(
        "\n".join([energy[0], energy[1].replace(energy[1].split(",")[0], ""), *energy[2:]]), "utf-8"
    )
    for words in (
        ["verify", "guangxi-13fyp", tmp_path / "rates.csv"],
        ["track", "guangxi-13fyp", tmp_path / "actuals.csv"],
        ["account", tmp_path / "energy.csv"],
    ):
        out = tmp_path / f"{words[0]}.xlsx"
        done = run(*words, "--errors", out)
        assert done.exit_code == 2, done.output
        assert out.is_file(), done.stderr
        assert marks(out)


def test_libreoffice_opens_it(folder, libreoffice_path, tmp_path):
    case = folder("regions.xlsx", slipped())
    run("check", case, "--errors", case / "marked.xlsx")
    words = [
        libreoffice_path,
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/office",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
    ]
    subprocess.run([*words, "--outdir", tmp_path, case / "marked.xlsx"], check=True, capture_output=True, timeout=180)
    assert "一千" in (tmp_path / "marked.csv").read_text("utf-8")
