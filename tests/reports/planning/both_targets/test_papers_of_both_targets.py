"""Papers of a plan under intensity and total together: sums that are not the province's, sheets that can be read."""

import io
import re
import warnings

import openpyxl
import pytest
from docx import Document
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.files import write_plan
from allocator.planning.plan import plan
from reports.planning.page import report_html
from reports.planning.whatif import whatif_panel
from reports.workbook.workbook import workbook
from scenarios.load import load_scenario

CAPPED = {
    "zhejiang-13fyp": ["total={cap: 55000, reserve: 200, caps: base}", "growth_uncertainty=3%"],
    "guangxi-13fyp": ["total={cap: 25500, reserve: 100, caps: total}"],
}


@pytest.fixture(scope="module")
def plans():
    return {name: plan(load_scenario(name, settings)) for name, settings in CAPPED.items()}


def book_of(made, language):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # data bars, which openpyxl does not keep
        return openpyxl.load_workbook(io.BytesIO(workbook(made.record, made.verification, language)))


@pytest.mark.parametrize(
    ("name", "cities", "whole"), [("zhejiang-13fyp", 54800, 55000), ("guangxi-13fyp", 25400, 25500)]
)
def test_the_sum_of_the_cities_caps_is_not_called_the_provinces(plans, name, cities, whole):
    """The province has the reserve as well: only the official table, which shows it, ends with the province."""
    made = plans[name]
    page = report_html(made.record, "en")
    foot = re.sub("<!--.*?-->", "", page[page.index("<tfoot>") : page.index("</tfoot>")])
    assert ('<th scope="row" class="text name">total</th>' in foot, f">{cities:,}</td>" in foot) == (True, True)
    sheet = book_of(made, "en").worksheets[0]
    last = [cell.value for cell in sheet[5 + len(made.record.regions)]]
    assert last[1] == "total"
    assert sum(region.cap.cap_10kt for region in made.record.regions) == cities
    assert made.record.province.total.cap_10kt == whole


def test_no_label_of_the_sheet_of_both_targets_is_wider_than_its_column(plans):
    for name, language in (("zhejiang-13fyp", "en"), ("guangxi-13fyp", "zh")):
        book = book_of(plans[name], language)
        sheet = book["two targets" if language == "en" else "两项目标"]
        labels = [str(row[0].value) for row in sheet.iter_rows(min_row=4) if isinstance(row[0].value, str)]
        longest = max(sum(2 if ord(c) > 0x2E80 else 1 for c in label) for label in labels)
        assert sheet.column_dimensions["A"].width >= 0.85 * longest


def test_a_long_note_is_wrapped_and_does_not_shrink_the_printed_sheet(plans):
    sheet = book_of(plans["zhejiang-13fyp"], "en")["robustness"]
    assert "with the reserve used up, up to 0.48" in sheet["A2"].value
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A2:C2"]
    assert sheet["A2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height >= 60


def test_names_stand_on_one_line_in_a_table_of_seven_columns(plans, tmp_path):
    write_plan(plans["zhejiang-13fyp"], tmp_path / "p", "en", {})
    words = [
        "publish",
        tmp_path / "p",
        "--format",
        "docx",
        "--out",
        tmp_path / "o",
        "--lang",
        "en",
        "--profile",
        "full",
    ]
    assert CliRunner().invoke(app, list(map(str, words))).exit_code == 0
    (file,) = (tmp_path / "o").glob("*.docx")
    table = Document(str(file)).tables[0]
    names = [row.cells[0].text for row in table.rows]
    assert {"Hangzhou", "reserve", "province"} <= set(names)
    # 2.6 mm a letter, beside 3.8 mm of margins
    assert table.columns[0].width.mm >= 2.6 * max(map(len, names)) + 3.8


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "达到两项目标所需的 {target}%"), ("en", "which is the {target} % that both targets need")],
)
def test_other_settings_are_held_against_both_targets(plans, language, said):
    """The panel asks 21.98 %, beside a provincial target of 20.50 %."""
    assert said in whatif_panel(plans["zhejiang-13fyp"].record, language).texts["backed"]
    assert said not in whatif_panel(plan(load_scenario("zhejiang-13fyp")).record, language).texts["backed"]
