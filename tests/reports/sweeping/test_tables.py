"""Tables of a sweep against figures computed by hand."""

import csv
import io

import pandas as pd
import pytest

from reports.printing.table import split_columns
from reports.sweeping.tables import (
    acceptability_table,
    case_table,
    central_table,
    coarse_map_table,
    difference_table,
    flow_cases,
    per_ten,
    preference_table,
    ranks,
    region_table,
    sweep_files,
    weight_table,
)


def framed(table):
    return pd.DataFrame(list(table.rows), columns=[column.label for column in table.columns])


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_regions(made):
    frame = framed(region_table(made, "zh", whole=True))
    first = dict(zip(frame.columns, frame.iloc[0], strict=True))
    assert first["代码"] == "R0"
    assert first["本方案测算（%）"] == "23.00"
    assert first["最低（%）"] == "10.00"
    assert first["95% 分位（%）"] == "31.00"
    assert first["变动范围（万吨）"] == "2100.0"
    assert first["位于上限（%）"] == "12.50"
    assert first["换类所需的权重转移（百分点）"] == "25.0"
    assert first["变为"] == "第二类"
    assert first["影响最大的准则"] == "潜力"
    assert first["第一类（%）"] == "62.00"
    assert first["判断"] == "随权重而变"
    second = dict(zip(frame.columns, frame.iloc[1], strict=True))
    assert second["变为"] == second["换类所需的权重转移（百分点）"] == second["影响最大的准则"] == ""


def test_acceptability(made):
    assert framed(acceptability_table(made, "zh", [2])).iloc[0].tolist() == [
        "丙市",
        "第二类",
        "3.00",
        "97.00",
        "97.00",
        "稳定",
    ]


def test_central_weights_only_of_classes_that_occur(made):
    frame = framed(central_table(made, "zh"))
    assert len(frame) == 5
    assert frame.iloc[2].tolist() == ["乙市", "第一类", "100.00", "50.00", "30.00", "20.00"]


def test_a_swing_of_linear_rates(made):
    # capacity at 25 % leaves 45 and 30 to the others: 0.075 + 0.09 + 0.03; at 75 %: 0.225 + 0.03 + 0.01
    assert made.regions[0].swings[0].rate_low == pytest.approx(0.195)
    assert made.regions[0].swings[0].rate_high == pytest.approx(0.265)
    assert per_ten(made.regions[0], 0) == pytest.approx(1.4)
    frame = framed(weight_table(made, "zh"))
    assert len(frame) == 9
    assert frame.iloc[0].tolist() == [
        "R0", "甲市", "能力", "50.00", "25.00", "75.00", "19.50", "26.50", "1.40", "0.500", "0.600", "25.00", "50.00",
        "50.00",
    ]  # fmt: skip


def test_cases(made):
    frame = framed(case_table(made, "zh"))
    assert len(frame) == 3 * 4 + 2 + 1
    assert frame.iloc[6].tolist() == ["偏好", "潜力优先", "甲市", "17.50", "-5.50", "", "第二类", ""]
    assert frame.iloc[-1].tolist() == ["偏好", "能力优先", "", "", "", "", "", "达不到"]


def test_preferences_and_ranks(made):
    assert [c.key for c in flow_cases(made)] == ["plan", "equal", "potential"]
    assert ranks(flow_cases(made)[2]) == [3, 1, 2]  # 17.50, 20.00, 18.75
    assert framed(preference_table(made, "zh")).iloc[0].tolist() == ["甲市", "23.00", "1", "20.00", "1", "17.50", "3"]


def test_differences(made):
    frame = framed(difference_table(made, "without_indicator", "zh"))
    assert frame.values.tolist() == [["甲市", "+1.00"], ["乙市", "0.00"], ["丙市", "-0.50"]]
    left_out = framed(difference_table(made, "without_region", "zh"))
    assert left_out.values.tolist() == [["甲市", "–"], ["乙市", "0.00"], ["丙市", "0.00"]]
    assert difference_table(made.model_copy(update={"cases": ()}), "without_region", "zh") is None


def test_the_map_on_few_points(made):
    frame = framed(coarse_map_table(made, "zh"))
    assert frame.shape == (3, 1 + 21)
    assert frame["100/0/0"].tolist() == ["30.00", "20.00", "10.00"]
    assert frame["20/40/40"].tolist() == ["18.00", "20.00", "18.00"]


def test_wide_tables_in_parts(made):
    parts = split_columns(coarse_map_table(made, "zh"), 15)
    assert [len(part.columns) for part in parts] == [12, 11]
    assert all(framed(part).iloc[:, 0].tolist() == ["甲市", "乙市", "丙市"] for part in parts)
    assert all([n for n, c in enumerate(part.columns) if c.kind == "text"] == [0] for part in parts)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_files(made, language):
    files = sweep_files(made, language)
    names = ["sweep-regions.csv", "sweep-pairs.csv", "sweep-cases.csv", "sweep-weights.csv", "sweep-map.csv"]
    assert list(files) == names
    for content in files.values():
        assert content.startswith(b"\xef\xbb\xbf")
        assert len({len(row) for row in rows(content)}) == 1
    assert "sweep-map.csv" not in sweep_files(made.model_copy(update={"map": ()}), language)


def test_excel_runs_nothing(hostile):
    for content in sweep_files(hostile, "zh").values():
        for row in rows(content):
            for cell in row:
                assert not cell.startswith(("=", "+", "@")), cell
                assert not cell.startswith("-") or cell[1:].replace(".", "").isdigit()
    assert rows(sweep_files(hostile, "zh")["sweep-regions.csv"])[2][:2] == ["R1", "'=HYPERLINK(1)"]


def test_many_regions_all_stand_in_the_files(crowd):
    assert len(rows(sweep_files(crowd, "zh")["sweep-regions.csv"])) == 101
