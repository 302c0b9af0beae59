"""How papers are set: titles broken between words, digests on one line, one way to make a Word document."""

import ast
from pathlib import Path

import pytest

import reports
from reports.printing.document import places
from reports.publishing.layout import MM, balanced, column_widths, layout_of, type_size
from reports.publishing.noting import verification_sheet

ROOM = 156.0


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Guangxi carbon-intensity target 2016–2020", "Guangxi carbon-intensity\ntarget 2016–2020"),
        ("A short title", "A short title"),
        ("x" * 90, "x" * 90),  # nowhere to break
    ],
)
def test_an_english_title_is_broken_between_words(title, said):
    assert balanced(title, 22, ROOM, "en") == said


def test_a_chinese_title_is_left_to_the_program():
    assert balanced("碳" * 40, 22, ROOM, "zh") == "碳" * 40


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_digest_stands_on_one_line(guangxi_plan, language):
    files = {f"table-{language}.docx": "ab" * 32}
    sheet = verification_sheet(guangxi_plan.record, language, ("plan.json", "cd" * 32), (), files)
    table, layout = sheet.tables[-1], layout_of(sheet)
    widths = column_widths(table, layout, language, ROOM)
    assert sum(widths) <= ROOM + 1e-6
    size = type_size(table, layout)
    for row in table.rows:
        for cell, width in zip(row, widths, strict=True):
            assert places(cell) * size * MM / 2 * 1.25 <= width, cell


def test_elements_of_word_are_made_in_one_room():
    """Nothing but `reports/printing/word` builds elements of the format by hand."""
    home = Path(reports.__file__).parent
    makers = [
        file.relative_to(home).as_posix()
        for file in home.rglob("*.py")
        if any(
            isinstance(node, ast.ImportFrom) and node.module == "docx.oxml" and node.names[0].name == "OxmlElement"
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
        )
    ]
    assert makers == ["printing/word.py"]
