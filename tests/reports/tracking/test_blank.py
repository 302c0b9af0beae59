"""The table of actual figures to be filled in: its own columns are read, years without figures are not there."""

import io

import openpyxl
import pytest

from reports.tracking.blank import HEAD_ROW, actuals_heads, actuals_workbook
from scenarios.errors import InputError
from scenarios.load import bundled_cases, load_scenario
from scenarios.quantities import speaking_of
from scenarios.sense.asking import Answers
from scenarios.tracking.actuals import read_actuals
from scenarios.wording import LANGUAGES


def filled(scenario, language, years, **others):
    """Return the table with figures for some years, falling a per cent a year; `others`: cells given besides."""
    book = openpyxl.load_workbook(
        io.BytesIO(actuals_workbook("某省", scenario.regions, scenario.file.period, language))
    )
    sheet, base = book.active, scenario.file.period.base
    heads = [cell.value for cell in sheet[HEAD_ROW + 1]]
    regions = scenario.regions
    for row in range(HEAD_ROW + 2, sheet.max_row + 1):
        year, n = sheet.cell(row, 3).value, regions.ids.index(sheet.cell(row, 1).value)
        for column, head in enumerate(heads[3:], 4):
            gdp = head.startswith(("地区生产总值", "GDP"))
            value = (regions.gdp[n] if gdp else regions.emissions[n]) * (1 if gdp else 99) / (1 if gdp else 100)
            value = value / 10 if head.startswith(("非化石", "nonfossil")) else value
            if year - base <= years:
                sheet.cell(row, column).value = float(value)
    for cell, value in others.items():
        sheet[cell].value = value
    return book


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", bundled_cases())
def test_its_columns_are_those_that_are_read(tmp_path, name, language):
    scenario = load_scenario(name)
    path = tmp_path / "actuals.xlsx"
    filled(scenario, language, years=2).save(path)
    period = scenario.file.period
    with speaking_of(scenario.measured):
        read = read_actuals(path, scenario.regions, period, answers=Answers(only_said=frozenset({"question"})))
    assert read.years == (period.base + 1, period.base + 2)
    for n, level in enumerate(read.levels[0]):  # in the units that the headers say
        assert float(level.gdp) == pytest.approx(float(scenario.regions.gdp[n]))
        assert float(level.emissions) == pytest.approx(0.99 * float(scenario.regions.emissions[n]))


def test_every_region_has_a_row_for_every_year():
    scenario = load_scenario("guangxi-13fyp")
    sheet = openpyxl.load_workbook(
        io.BytesIO(actuals_workbook("广西", scenario.regions, scenario.file.period, "zh"))
    ).active
    rows = [row[:3] for row in sheet.iter_rows(min_row=HEAD_ROW + 2, values_only=True)]
    assert len(rows) == 14 * 5
    assert rows[0] == ("450100", "南宁", 2016)
    assert [cell.value for cell in sheet[HEAD_ROW + 1]] == actuals_heads(scenario.measured, "zh")


def test_a_year_with_some_figures_is_no_year_without(tmp_path):
    """One empty row among filled ones is refused at its cell, as it was before."""
    scenario = load_scenario("guangxi-13fyp")
    path = tmp_path / "a.xlsx"
    filled(scenario, "zh", years=1, D6=None, E6=None).save(path)
    with pytest.raises(InputError) as caught:
        read_actuals(path, scenario.regions, scenario.file.period)
    assert {finding.place.cell for finding in caught.value.findings} == {"D6", "E6"}


def test_a_table_without_any_figures_is_refused(tmp_path):
    scenario = load_scenario("guangxi-13fyp")
    path = tmp_path / "a.xlsx"
    filled(scenario, "zh", years=0).save(path)
    with pytest.raises(InputError):
        read_actuals(path, scenario.regions, scenario.file.period)
