"""The workbooks of a level (coal, oil) and of a share: no GDP and no growth in them, and all of it live."""

import pytest

from allocator.planning.plan import plan
from reports.workbook.workbook import workbook
from scenarios.load import load_scenario
from tests.reports.workbook.test_workbook import by_libreoffice, opened

OIL = (1100, 350, 1600, 180, 420, 260, 210, 140, 110)
SHEETS = ("分解表", "输入", "读入核对", "指标", "权重", "得分", "校核", "两项目标")


@pytest.fixture(scope="module")
def oil():
    made = plan(
        load_scenario("15fyp-energy/oil.yaml", ["total.caps=base", "reference={map: linear, spread: 6 points}"])
    )
    return made, workbook(made.record, made.verification, "zh")


def numbers(book):
    """Return sheet and cell of every number."""
    return [
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    ]


def test_no_sheet_speaks_of_gdp_or_growth(oil):
    book = opened(oil[1], values=True)
    assert tuple(book.sheetnames) == SHEETS
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [text for text in texts if "GDP" in text or "生产总值" in text or "增长" in text or "强度" in text]
    heads = [cell.value for cell in book["输入"][4]]
    assert heads == ["代码", "地区", "基年石油消费\n（万吨标准煤）", "人均可支配收入"]


def test_stored_values_are_those_of_the_plan(oil):
    made, raw = oil
    sheet = opened(raw, values=True)["分解表"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=13)]
    assert [row[2] for row in rows] == pytest.approx([float(rate) * 100 for rate in made.published])
    ends = [e * (1 - float(rate)) for e, rate in zip(OIL, made.published, strict=True)]
    assert [row[-1] for row in rows] == pytest.approx(ends)
    assert sheet["A3"].value.startswith("通过：合计下降 −1.83%，总目标下降 −1.83%（负数为上升）")


@pytest.mark.libreoffice
def test_libreoffice_computes_the_same_and_follows_a_change(oil, libreoffice_path, tmp_path):
    made, raw = oil
    (tmp_path / "same.xlsx").write_bytes(raw)
    book = opened(raw)
    book["分解表"]["C5"].value = -10.0  # 甲市: 1100 × 1.1 = 1210 for 1094.72
    book.save(tmp_path / "changed.xlsx")
    stored, found = opened(raw, values=True), by_libreoffice(libreoffice_path, tmp_path)
    same, changed = found["same"], found["changed"]
    for sheet, at in numbers(stored):
        assert same[sheet][at].value == pytest.approx(stored[sheet][at].value, rel=1e-9, abs=1e-9), (sheet, at)
    check = {row[0].value: row[1].value for row in changed["校核"].iter_rows(min_row=4) if row[0].value}
    left = sum(e * (1 - float(rate)) for e, rate in zip(OIL[1:], made.published[1:], strict=True)) + 1210
    assert check["分解表合计下降率"] == pytest.approx(1 - left / 4370)
    assert (check["结论"], check["总量结论"]) == ("未支撑", "未支撑")
    assert check["期末年石油消费（万吨标准煤）"] == pytest.approx(left)
    assert changed["两项目标"]["F5"].value == "总量更紧"


ENDS = (4216, 5567.5, 5628, 4025.9, 2860, 1475.6, 2318.4, 1171.2, 504)


@pytest.mark.libreoffice
def test_libreoffice_follows_a_change_of_a_share(libreoffice_path, tmp_path):
    """The province's share is weighed by the energy of the last year, references by it as well."""
    made = plan(load_scenario("15fyp-energy/nonfossil.yaml", ["reference={map: linear, spread: 4 points}"]))
    raw = workbook(made.record, made.verification, "zh")
    (tmp_path / "same.xlsx").write_bytes(raw)
    book = opened(raw)
    book["分解表"]["C5"].value = 30.0  # 甲市, for 34.2
    book.save(tmp_path / "changed.xlsx")
    found = by_libreoffice(libreoffice_path, tmp_path)
    same, changed = found["same"], found["changed"]
    stored = opened(raw, values=True)
    texts = [str(cell.value) for sheet in stored for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [text for text in texts if "GDP" in text or "下降" in text or "强度" in text]
    for sheet, at in numbers(stored):
        assert same[sheet][at].value == pytest.approx(stored[sheet][at].value, rel=1e-9, abs=1e-9), (sheet, at)
    shares = [0.3, *map(float, made.published[1:])]
    check = {row[0].value: row[1].value for row in changed["校核"].iter_rows(min_row=4) if row[0].value}
    whole = sum(e * s for e, s in zip(ENDS, shares, strict=True)) / sum(ENDS)
    assert check["分解表合计占比"] == pytest.approx(whole)
    assert check["结论"] == "未支撑"
    assert changed["分解表"]["A3"].value.startswith("未支撑：全省占比 24.37%，目标 25.00%")
