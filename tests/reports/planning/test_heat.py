"""The heat table: ends of a column are lightest and darkest, and text stands out from every shade."""

import pytest

from reports.planning.figures import heat_cell, heat_rows
from reports.printing.looks import luminance


def test_ends_of_a_column():
    assert heat_cell(2, 2, 4).colour == "#f7fafd"
    assert heat_cell(4, 2, 4).colour == "#10477e"
    assert heat_cell(0, 0, 0) == heat_cell(0, 0, 5)


@pytest.mark.parametrize("step", range(101))
def test_text_stands_out_and_shades_darken(step):
    cell = heat_cell(step, 0, 100)
    light = luminance([int(cell.colour[k : k + 2], 16) for k in (1, 3, 5)])
    contrast = 1.05 / (light + 0.05) if cell.dark else (light + 0.05) / 0.05
    assert contrast >= 4.5
    after = heat_cell(step + 1, 0, 100).colour
    assert luminance([int(after[k : k + 2], 16) for k in (1, 3, 5)]) < light


def test_rows(guangxi_plan):
    rows = heat_rows(guangxi_plan.record, "zh")
    assert [name for name, _ in rows][:2] == ["柳州", "南宁"]
    assert {len(cells) for _, cells in rows} == {9}
