"""Every figure about caps in the workbook has its unit: in its column's header, in its label, or in its format."""

import re
import warnings

import openpyxl
import pytest

from allocator.planning.files import write_plan
from allocator.planning.plan import plan
from scenarios.load import load_scenario

UNIT = re.compile(r"[（(](?:[^（()）]*[/·]|)(?:%|万吨|亿元|10⁴ t|10⁸ yuan|万吨标准煤|(?:个)?百分点|points|吨|t per)")
SHEETS = {"zh": ("校核", "两项目标", "年度预算"), "en": ("check", "two targets", "yearly budgets")}


def without_unit(sheet):
    """Return the cells with a number that neither its format, its label, nor the header above it says the unit of."""
    headers: dict[int, str] = {}
    for row in sheet.iter_rows():
        texts = [cell for cell in row if isinstance(cell.value, str)]
        if len(texts) > 1 and not any(isinstance(cell.value, int | float) for cell in row):
            headers = {cell.column: cell.value for cell in texts}
        for cell in row:
            said = (str(row[0].value), headers.get(cell.column, ""))
            if (
                isinstance(cell.value, int | float)
                and "%" not in cell.number_format
                and not any(map(UNIT.search, said))
            ):
                yield f"{sheet.title}!{cell.coordinate} {said}"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("case", "settings"),
    [
        ("15fyp-example", []),
        ("15fyp-example", ["total.caps=base"]),
        ("15fyp-energy", ["total={cap: 24800, reserve: 30}"]),
    ],
)
def test_every_figure_has_its_unit(tmp_path, case, settings, language):
    write_plan(plan(load_scenario(case, settings)), tmp_path / "o", language)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(tmp_path / "o" / "allocation.xlsx", data_only=True)
    sheets = [book[name] for name in SHEETS[language]]
    assert [odd for sheet in sheets for odd in without_unit(sheet)] == []
