"""The peak: rounding of years between decides nothing, no year follows the last, refusals have their place."""

import re

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.plan import plan
from reports.planning.sentences import province_statements
from scenarios.errors import InputError
from scenarios.load import load_scenario


def said(*settings):
    record = plan(load_scenario("15fyp-example", settings)).record
    return record, "".join(province_statements(record, "zh"))


@pytest.mark.parametrize("path", ["even", "linear"])
def test_a_flat_path_has_its_peak_kept(path):
    """Base year and cap are 40,246.3: years between are 40,247, not 40,246, which the last year would be above."""
    record, text = said("total={cap: 40246.3, peak: 2026, year_caps: " + path + "}", "bounds={lower: 10%, upper: 30%}")
    assert record.province.total.pair.years_10kt == (40247, 40247, 40247, 40247, 40246.3)
    assert record.province.checks["peak"] is True
    assert "达到要求" in text


def test_a_rising_path_is_not_kept_by_rounding():
    record, text = said("total={cap: 40246.8, peak: 2029, year_caps: even}", "bounds={lower: 10%, upper: 30%}")
    assert record.province.total.pair.years_10kt[3] == 40246  # below the cap: half up would be 40,247
    assert record.province.checks["peak"] is False
    assert "达不到要求" in text


def test_of_the_last_year_nothing_later_is_said():
    _, text = said("total={cap: 42500, reserve: 300, peak: 2030, year_caps: even}")
    assert "这是期末年（42,500 万吨），规划期内没有更晚的年份，达到要求" in text
    assert "此后各年" not in text


def test_a_year_in_quotes_is_a_year():
    assert load_scenario("15fyp-example", ['total={cap: 42500, peak: "2028"}']).caps.peak == 2028
    with pytest.raises(InputError):
        load_scenario("15fyp-example", ['total={cap: 42500, peak: "28年"}'])


@pytest.mark.parametrize(("key", "value"), [("peak", "2031"), ("subtotals", "true")])
def test_what_is_refused_has_file_and_line(example_15fyp_folder, key, value):
    path = example_15fyp_folder / "scenario.yaml"
    path.write_text(re.sub(r"(?m)^total: \{", f"total: {{{key}: {value}, ", path.read_text("utf-8")), "utf-8")
    line = next(n for n, text in enumerate(path.read_text("utf-8").splitlines(), 1) if text.startswith("total:"))
    done = CliRunner().invoke(app, ["check", str(path), "--lang", "zh"])
    assert done.exit_code == 2
    assert f"scenario.yaml，第 {line} 行" in done.stderr
