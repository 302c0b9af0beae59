"""Files made to hang or to fill the memory: the real command says one sentence within seconds and one GiB."""

import io
import subprocess
import sys
import zipfile

import pytest
from openpyxl import Workbook

from scenarios.tables.excel_scan import WorkbookScan

SECONDS, GIB = 20, 1024 * 1024  # of computing; in kB
HEAD = "id,name,emissions,gdp,growth"
ROWS = [[450100, "甲", 1, 1, 1.3], [450200, "乙", 1, 1, 1.3]]
LINES = "".join(",".join(map(str, row)) + "\n" for row in ROWS)
SCENARIO = """
schema_version: 1
name: hostile
title: 某省
period: {base: 2015, end: 2020}
target: 17%
regions: TABLE
reference: {map: uniform}
criteria: {a: {weight: 1, indicators: {a: {column: gdp, direction: "+"}}}}
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in Linux's units")


def workbook(**changes):
    """Return a small table as xlsx: `head`, `rows` and `tail` put into its sheet, `parts` empty parts beside it."""
    book, made = Workbook(), io.BytesIO()
    for row in (HEAD.split(","), *ROWS):
        book.active.append(row)
    book.save(made)
    stream = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                content = changes.get("head", "") + content
                end = changes.get("rows", "") + "</sheetData>" + changes.get("tail", "")
                content = content.replace("</sheetData>", end)
            new.writestr(name, content)
        for number in range(changes.get("parts", 0)):
            new.writestr(f"x/{number}", "")
    return stream.getvalue()


MEASURED = """
import os, subprocess, sys
with open(sys.argv[1], "wb") as err:
    process = subprocess.Popen([sys.executable, "-m", "allocator", *sys.argv[2:]], stdout=err, stderr=err)
    _, status, usage = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""
"""A small process between: the most memory of a child counts that of its parent at the fork."""


def command(folder, *words):
    """Return exit code, lines of errors, seconds of computing and kB of a command."""
    measured = [sys.executable, "-c", MEASURED, str(folder / "err"), *words]
    code, seconds, kilobytes = subprocess.run(
        measured, capture_output=True, check=True, encoding="utf-8"
    ).stdout.split()
    lines = (folder / "err").read_text("utf-8").splitlines()
    return int(code), lines, float(seconds), int(kilobytes)


def check(folder, name, content):
    """Read a file as the regions table of a scenario with the real command."""
    (folder / "scenario.yaml").write_text(SCENARIO.replace("TABLE", name), "utf-8")
    (folder / name).write_bytes(content)
    (folder / "t.csv").write_text("地区,下降率(%)\n甲,17\n乙,17\n", "utf-8")
    return command(folder, "verify", str(folder), str(folder / "t.csv"))


HOSTILE = {
    "half a million cells in one row": lambda: workbook(rows='<row r="9">' + "<c><v>1</v></c>" * 550_000 + "</row>"),
    "rows and rows": lambda: workbook(rows="<row/>" * 1_050_000),
    "a zip bomb": lambda: workbook(rows=" " * 101_000_000),
    "merged ranges and ranges": lambda: workbook(tail='<mergeCell ref="A1:E3"/>' * 110_000),
    "thousands of parts": lambda: workbook(parts=5_000),
    "a million attributes": lambda: workbook(rows="<row " + " ".join(f'a{n}=""' for n in range(1_000_000)) + "/>"),
    "a long text": lambda: workbook(rows='<row r="9"><c t="inlineStr"><is><t>' + "x\n" * 10**6 + "</t></is></c></row>"),
    "formats and formats": lambda: workbook(tail="<conditionalFormatting/>" * 110_000),
}
ENTITIES = '<!DOCTYPE x [<!ENTITY a "' + "x" * 500_000 + '">]>'
TEXTS = {
    "9 million cells": (HEAD + ",c" * 487 + "\n" + ("1,2" + ",3" * 490 + "\n") * 700, "table_too_big"),
    "blank lines": (HEAD + "\n" + LINES + "\n" * 5_000_000, "table_too_big"),
    "long cells": (HEAD + "\n" + (("x" * 130_000 + ",") * 4 + "1\n") * 20, "cell_too_long"),
    "a quote that stays open": (HEAD + '\n"' + "\n" * 5_000_000, "cell_too_long"),
}


STRINGS = "xl/sharedStrings.xml"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
SHARED = f'<Override PartName="/{STRINGS}" ContentType="{KIND}"/>'
"""Without this openpyxl does not read the part."""


def with_strings(strings, index=0, rows=1):
    """Return the small table as xlsx with shared strings, to one of which the cells of some rows refer."""
    cells = "".join(f'<c t="s"><v>{index}</v></c>' for _ in range(5))
    raw = workbook(rows="".join(f'<row r="{9 + n}">{cells}</row>' for n in range(rows)))
    content = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>'
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</Types>", f"{SHARED}</Types>".encode()))
        new.writestr(STRINGS, content)
    return stream.getvalue()


LONG = "<si><t>" + "x" * 9_999 + "</t></si>"
STRUNG = {
    "one string of 200 MB": (lambda: with_strings("<si><t>" + "x" * 200_000_000 + "</t></si>"), "30 万个单元格"),
    "one string of 90 MB": (lambda: with_strings("<si><t>" + "x" * 90_000_000 + "</t></si>"), "30 万个单元格"),
    "ten million strings": (lambda: with_strings("<si><t/></si>" * 10_000_000), "30 万个单元格"),
    "half a million strings": (lambda: with_strings("<si><t/></si>" * 490_000, 490_000), "Excel 文件已损坏"),
    "as many as fit, long": (lambda: with_strings(LONG * 9_500, 9_500), "Excel 文件已损坏"),
    "a long string in every cell": (lambda: with_strings(LONG, 0, 19_000), "30 万个单元格"),
    "a string far away": (lambda: with_strings(LONG, 10**9), "Excel 文件已损坏"),
    "a string of endless digits": (lambda: with_strings(LONG, "9" * 5000), "Excel 文件已损坏"),
}


def one_sentence(answer, wanted):
    code, lines, seconds, memory = answer
    assert code == 2, lines
    (line,) = lines
    assert wanted in line
    assert seconds < SECONDS
    assert memory < GIB


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_workbook_made_to_hang(tmp_path, kind):
    one_sentence(check(tmp_path, "r.xlsx", HOSTILE[kind]()), "30 万个单元格")


@pytest.mark.parametrize("kind", STRUNG)
def test_a_workbook_with_strings_made_to_hang(tmp_path, kind):
    made, wanted = STRUNG[kind]
    one_sentence(check(tmp_path, "r.xlsx", made()), wanted)


def test_runs_of_text_that_never_end(tmp_path):
    runs = '<row r="9"><c r="A9" t="inlineStr"><is><vertAlign val="superscript"/>' + "<r>" * 60_000
    one_sentence(check(tmp_path, "r.xlsx", workbook(rows=runs)), "xlsx")


def test_columns_that_begin_nowhere():
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("s", '<w><cols><col min="-99999999" max="3" hidden="1"/></cols><sheetData/></w>')
    with zipfile.ZipFile(raw) as archive:
        assert WorkbookScan(archive).sheet("s").hidden_columns == {1, 2, 3}


def test_a_workbook_with_entities(tmp_path):
    one_sentence(check(tmp_path, "r.xlsx", workbook(head=ENTITIES)), "xlsx")


@pytest.mark.parametrize("reference", [["A1:XFD1048576"], [f"{c}1:{c}1048576" for c in "GHIJK"]])
def test_merged_cells_over_whole_columns_are_walked_where_something_stands(tmp_path, reference):
    tail = "<mergeCells>" + "".join(f'<mergeCell ref="{one}"/>' for one in reference) + "</mergeCells>"
    code, lines, seconds, memory = check(tmp_path, "r.xlsx", workbook(tail=tail))
    assert code == (2 if reference[0].startswith("A1") else 0), lines  # one merged cell over all leaves one cell
    assert seconds < SECONDS
    assert memory < GIB


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_made_to_hang(tmp_path, kind):
    text, code = TEXTS[kind]
    one_sentence(check(tmp_path, "r.csv", text.encode()), "30 万个单元格" if code == "table_too_big" else "10000")


def test_a_scenario_of_nothing_but_unknown_keys(tmp_path):
    (tmp_path / "scenario.yaml").write_text("".join(f"name{n}: 1\n" for n in range(24_000)), "utf-8")
    one_sentence(command(tmp_path, "plan", str(tmp_path)), "scenario.yaml")


@pytest.mark.parametrize("text", ["0." + "1" * 100_000, "1e999999", "9" * 100_000])
def test_a_weight_of_endless_digits(tmp_path, text):
    content = SCENARIO.replace("TABLE", "r.csv").replace("weight: 1", f"weight: {text}")
    (tmp_path / "scenario.yaml").write_text(content, "utf-8")
    (tmp_path / "r.csv").write_text(HEAD + "\n" + LINES, "utf-8")
    one_sentence(command(tmp_path, "plan", str(tmp_path)), "scenario.yaml")
