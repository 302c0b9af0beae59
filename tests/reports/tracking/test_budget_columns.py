"""track.csv has the yearly budgets and balances that its report has; without a cap on the total it has none."""

import csv
import json

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from tests.allocator.tracking.test_levels import actual_table

HEADS = {
    "zh": [
        "年度预算（万吨）", "上年结转（万吨）", "实际排放（万吨）", "当年结余，负数为超支（万吨）",
        "累计结余，负数为超支（万吨）",
    ],
    "en": [
        "budget of the year (10⁴ t)", "carried over (10⁴ t)", "emissions of the year (10⁴ t)",
        "balance of the year, negative: over (10⁴ t)", "balance so far, negative: over (10⁴ t)",
    ],
}  # fmt: skip


def tracked(folder, *more):
    table = actual_table(folder)
    asked = ["track", "15fyp-example", table, "--out", folder / "o", *more]
    done = CliRunner().invoke(app, [str(word) for word in asked])
    assert done.exit_code in (0, 1), done.stderr
    with (folder / "o" / "track.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream)), json.loads((folder / "o" / "track.json").read_text("utf-8"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_budgets_and_balances_stand_in_the_table(tmp_path, language):
    (heads, *rows), record = tracked(tmp_path, "--set", "track.carry_over=5%", "--lang", language)
    assert heads[-5:] == HEADS[language]
    everybody = [*record["regions"], record["province"]]
    years = [year for one in everybody for year in one["budget"]]
    keys = ("budget_10kt", "carried_10kt", "actual_10kt", "balance_10kt", "so_far_10kt")
    for row, year in zip(rows, years, strict=True):
        assert [None if cell == "" else float(cell) for cell in row[-5:]] == [
            None if year[key] is None else pytest.approx(year[key], abs=1e-6) for key in keys
        ]


def test_figures_by_hand(tmp_path):
    (_, *rows), _ = tracked(tmp_path)
    jia = {row[2]: row[-5:] for row in rows if row[1] == "甲市"}
    # 5,077 × (5,162/5,077)^(t/5) is 5,093.89, 5,110.8 …; emitted 5,060 and 5,020
    assert jia["2026"] == ["5094", "0", "5060", "34", "34"]
    assert jia["2027"] == ["5111", "0", "5020", "91", "125"]
    assert jia["2030"] == ["5162", "", "", "", ""]
    yi = next(row for row in rows if row[1] == "乙市" and row[2] == "2026")
    assert yi[-5:] == ["9585", "0", "9700", "-115", "-115"]


def test_without_a_cap_there_are_no_such_columns(tmp_path):
    (heads, *_), _ = tracked(tmp_path, "--set", "total=null")
    assert not set(heads) & set(HEADS["zh"])
