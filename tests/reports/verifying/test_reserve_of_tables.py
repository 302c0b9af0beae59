"""The reserve that a table leaves or says: one rule in `verify` and in the workbook; what fails is named."""

import json

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.plan import plan
from reports.workbook.workbook import workbook
from scenarios.load import load_scenario
from tests.reports.workbook.test_workbook import by_libreoffice, opened

RATES = (18, 20.5, 18.5, 21, 16.5, 13.5, 16, 12.5, 13.5)
CAPS = (5162, 9902, 8062, 7392, 4116, 2100, 4102, 780, 577)  # By the rates: 42,193
CITIES = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬市")


def judged(folder, first, reserve=None, *settings, case="15fyp-example"):
    """Return what `verify` says of a table whose first cap is another, with a row 机动 or without."""
    caps = (first, *CAPS[1:])
    lines = [f"{c},{r},{n}" for c, r, n in zip(CITIES, RATES, caps, strict=True)]
    lines += [] if reserve is None else [f"机动,,{reserve}"]
    table = folder / "t.csv"
    table.write_text("\n".join(["地区,碳排放强度下降率（%）,碳排放总量控制目标（万吨）", *lines]), "utf-8")
    more = [part for setting in settings for part in ("--set", setting)]
    return CliRunner().invoke(app, ["verify", str(case), str(table), *more, "--lang", "zh"])


@pytest.mark.parametrize(
    ("first", "reserve", "failed"),
    [
        (5162, 307, None),
        (5160, 309, None),  # 42,191, not what the rates give: the reserve is all that is left
        (5169, 300, None),
        (5172, 300, "比全省总量 42,500 万吨多 3 万吨"),  # 42,203: 297 are left, three below the reserve to be kept
    ],
)
def test_without_a_row_the_reserve_is_what_is_left(tmp_path, first, reserve, failed):
    done = judged(tmp_path, first)
    assert done.exit_code == (0 if failed is None else 1)
    if failed is None:
        assert f"机动 {reserve} 万吨，共 42,500 万吨，正好是全省总量" in done.stdout
    else:
        assert failed in done.stdout
        assert "但不符合：各市总量与机动之和须等于全省总量（多 3 万吨）" in done.stdout
        assert "总量通过" not in done.stdout
        assert "只看下降率，总量守得住：按规划增长" in done.stdout
        assert "比须留的 300 万吨多" not in done.stdout


@pytest.mark.libreoffice
def test_the_workbook_has_the_same_rule(libreoffice_path, tmp_path):
    """甲市 has 5,160, then 5,172: 309 are left, then 297 of the 300 to be kept; the last year's budgets follow."""
    made = plan(load_scenario("15fyp-example", ["total.year_caps=even"]))
    raw = workbook(made.record, made.verification, "zh")
    for name, cap in (("same", 5160), ("changed", 5172)):
        book = opened(raw)
        sheet = book["分解表"]
        column = next(cell.column for cell in sheet[4] if "总量控制目标" in str(cell.value))
        assert sheet.cell(5, column).value == 5162
        sheet.cell(5, column).value = cap
        book.save(tmp_path / f"{name}.xlsx")
    found = by_libreoffice(libreoffice_path, tmp_path)
    for name, reserve, verdict, cap in (("same", 309, "通过", 5160), ("changed", 300, "未支撑", 5172)):
        book = found[name]
        said = {str(row[0].value): row[1].value for row in book["两项目标"].iter_rows() if len(row) > 1}
        assert next(value for name, value in said.items() if name.startswith("省级机动")) == reserve
        assert said["总量相加"] == verdict
        (row,) = (row for row in book["年度预算"].iter_rows() if row[0].value == "甲市")
        assert row[5].value == cap


def test_a_reserve_that_is_said_and_too_small_fails_by_name(tmp_path):
    """42,293 and 机动 207: they add up to 42,500, but 300 are to be kept."""
    done = judged(tmp_path, 5162 + 100, 207)
    assert done.exit_code == 1
    assert "但不符合：须留的机动（少 93 万吨）" in done.stdout
    assert "比须留的 300 万吨少 93 万吨" in done.stdout
    done = CliRunner().invoke(app, ["verify", "15fyp-example", str(tmp_path / "t.csv"), "--json"])
    assert json.loads(done.stdout)["province"]["checks"]["kept"] is False


def test_draws_beyond_the_reserve_leave_none_but_never_less_than_none(tmp_path, example_15fyp_folder):
    """Caps of 42,542 with 200 drawn of a reserve of 100: nothing is left of it, and 42 are over the cap of 42,500."""
    (example_15fyp_folder / "draws.csv").write_text(
        "项目,地区,动用量（万吨）,投产年份\nA,甲市,100,2030\nB,乙市,100,2030\n", "utf-8"
    )
    settings = ("total.reserve=100", "total.draws=draws.csv")
    done = judged(tmp_path, 5162 + 349, None, *settings, case=example_15fyp_folder)
    assert done.exit_code == 1
    assert "各市总量合计 42,542 万吨，加机动 0 万吨，比全省总量 42,500 万吨多 42 万吨" in done.stdout
    assert "允许的 42,500 万吨" in done.stdout
    assert judged(tmp_path, 5162 + 307, None, *settings, case=example_15fyp_folder).exit_code == 0


def test_what_is_over_is_not_called_more_reserve(tmp_path):
    done = judged(tmp_path, 5162 + 300, 310)  # 42,493 and 310: 303 over
    assert done.exit_code == 1
    assert "多 303 万吨" in done.stdout
    assert "比须留的" not in done.stdout
