"""The tables people read: what is in them, how it is printed, and that reading them back loses nothing."""

import csv
import io

import pytest

from allocator.planning.plan import plan
from reports.planning.tables import (
    COLUMNS,
    allocation_csv,
    allocation_frame,
    indicator_frame,
    printed_frame,
    printed_province,
    province_row,
    score_frame,
)
from scenarios.load import load_scenario
from scenarios.tables.rates import read_rates

LANGUAGES = ("zh", "en")


def written(path, text):
    path.write_bytes(text.encode("utf-8-sig"))
    return path


def rows_of(text):
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["guangxi_plan", "bounded_plan", "full_plan", "hostile_plan"])
def test_csv_reads_back_as_the_same_rates(name, language, request, tmp_path):
    result = request.getfixturevalue(name)
    path = written(tmp_path / "allocation.csv", allocation_csv(result.record, language))
    assert read_rates(path, result.scenario.regions).rates == result.published


@pytest.mark.parametrize(("grid", "digits"), [("1 point", 0), ("0.5 points", 1), ("0.1 points", 1), ("0.05 points", 2)])
def test_decimals_follow_the_grid(grid, digits, tmp_path):
    result = plan(load_scenario("zhejiang-13fyp", [f"publish.grid={grid}"]))
    text = allocation_csv(result.record, "zh")
    rates = [row[COLUMNS.index("published_rate")] for row in rows_of(text)[1:]]
    assert {len(rate.partition(".")[2]) for rate in rates} == {digits}
    path = written(tmp_path / "allocation.csv", text)
    assert read_rates(path, result.scenario.regions).rates == result.published


def test_csv_header_and_first_row(guangxi_plan):
    header, first, *rest = rows_of(allocation_csv(guangxi_plan.record, "zh"))
    assert header[:5] == ["代码", "地区", "下降目标（%）", "参考下降率（%）", "测算下降率（%）"]
    assert first[:5] == ["450100", "南宁", "23.0", "22.94", "22.94"]
    assert len(rest) == 13
    english = rows_of(allocation_csv(guangxi_plan.record, "en"))
    assert english[0][2] == "reduction target (%)"
    assert [row[1] for row in english[1:3]] == ["Nanning", "Liuzhou"]


@pytest.mark.parametrize(("language", "header"), [("zh", "类别"), ("en", "class")])
def test_csv_has_the_classes_where_there_are_any(full_plan, guangxi_plan, language, header):
    first, *rows = rows_of(allocation_csv(full_plan.record, language))
    assert first[3] == header
    assert [row[3] for row in rows] == [str(r.class_) for r in full_plan.record.regions]
    assert header not in rows_of(allocation_csv(guangxi_plan.record, language))[0]


def test_every_number_column_names_its_unit_or_has_none(guangxi_plan):
    without = {"id", "name", "bound", "score", "rank", "growth"}
    for language, bracket in (("zh", "（"), ("en", "(")):
        header = rows_of(allocation_csv(guangxi_plan.record, language))[0]
        assert {code for code, text in zip(COLUMNS, header, strict=True) if bracket not in text} == without


@pytest.mark.parametrize("language", LANGUAGES)
def test_formulas_are_escaped_and_nothing_is_lost(hostile_plan, language):
    rows = rows_of(allocation_csv(hostile_plan.record, language))[1:]
    for row, region in zip(rows, hostile_plan.record.regions, strict=True):
        assert not row[1].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        escaped = region.name.startswith(("=", "+", "-", "@"))
        assert row[1] == ("'" + region.name if escaped else region.name)


def test_bounds_are_named(bounded_plan):
    frame = allocation_frame(bounded_plan.record, "zh").set_index("name")
    assert frame.loc["柳州", "bound"] == "上限"
    assert frame.loc["河池", "bound"] == "下限"
    assert frame.loc["来宾", "bound"] == "无"
    english = allocation_frame(bounded_plan.record, "en").set_index("name")["bound"]
    assert (english["Hechi"], english["Laibin"]) == ("lower", "none")


def test_the_province_in_the_last_row(guangxi_plan):
    v = guangxi_plan.verification
    row = province_row(guangxi_plan.record)
    base = 23065 / 16805.74
    assert row["base_intensity"] == pytest.approx(base, rel=1e-12)
    assert row["published_rate"] == pytest.approx(float(v.implied_reduction) * 100, abs=1e-12)
    assert row["target_intensity"] == pytest.approx(base * (1 - float(v.implied_reduction)), rel=1e-12)
    assert row["contribution"] == pytest.approx(float(sum(v.contributions)) * 100, abs=1e-9)
    assert printed_province(guangxi_plan.record)["published_rate"] == "17.02"


def test_target_intensity_is_what_the_published_rate_leaves(guangxi_plan):
    frame = allocation_frame(guangxi_plan.record, "zh")
    left = frame["base_intensity"] * (1 - frame["published_rate"] / 100)
    assert frame["target_intensity"].tolist() == pytest.approx(left.tolist(), rel=1e-12)
    assert set(map(type, printed_frame(guangxi_plan.record, "zh")["得分位次"])) == {str}


@pytest.mark.parametrize("language", LANGUAGES)
def test_weights_are_per_cent_and_units_are_in_the_language(guangxi_plan, language):
    frame = indicator_frame(guangxi_plan.record, language)
    assert frame.iloc[:, -1].sum() == pytest.approx(100)
    units = frame.iloc[:, 2].tolist()
    assert units[0] == {"zh": "元", "en": "yuan"}[language]
    assert units[-1] == {"zh": "吨/万元", "en": "t per 10⁴ yuan"}[language]
    assert frame.iloc[7, 3] == {"zh": "越高，下降越少（−）", "en": "higher: smaller cut (−)"}[language]


def test_the_parts_of_a_score_add_up_to_it(guangxi_plan):
    parts = score_frame(guangxi_plan.record, "zh").sum(axis=1).tolist()
    assert parts == pytest.approx([r.score for r in guangxi_plan.record.regions], abs=1e-12)
