"""Green, yellow and red, with their reasons."""

import re
from decimal import Decimal

import pytest

from allocator.tracking.warning import judge
from scenarios.file.track import Lights, Track

TARGET = 0.19  # two even years of 10 %


def cut(share):
    return 1 - (1 - TARGET) ** share


@pytest.mark.parametrize(
    ("share", "light", "said"),
    [
        (0.5, "green", "不低于"),
        (0.8, "green", "不低于"),
        (0.45, "yellow", "落后 5.0 个百分点"),
        (0.39, "red", "超过 10.0 个百分点"),
    ],
)
def test_half_way(share, light, said):
    found, reason = judge(cut(share), TARGET, cut(0.5), 1, Track())
    assert found == light
    assert said in reason.zh


def test_late_in_the_period_the_effort_that_is_left_counts():
    """At 80 % of the way 72 % is a lag of 8 points, but 1.4 times the effort; 70 % would be 1.5 times."""
    lights = Track(warning=Lights.model_validate({"red": "20 points", "effort": 1.45}))
    assert judge(cut(0.72), TARGET, cut(0.8), 1, lights)[0] == "yellow"
    found, reason = judge(cut(0.70), TARGET, cut(0.8), 1, lights)
    assert found == "red"
    assert "1.50 倍" in reason.zh
    assert "1.50 times" in reason.en


def test_thresholds_are_the_planners():
    lights = Track(warning=Lights.model_validate({"yellow": "6 points", "red": "30 points", "effort": 9}))
    found, reason = judge(cut(0.45), TARGET, cut(0.5), 1, lights)
    assert found == "green"
    assert "允许范围" in reason.zh
    found, reason = judge(cut(0.40), TARGET, cut(0.5), 1, lights)
    assert found == "yellow"
    assert "more than 6.0" in reason.en


def test_at_the_end_a_target_is_met_or_missed():
    assert judge(cut(1.0), TARGET, TARGET, 0, Track())[0] == "green"
    assert judge(cut(0.999), TARGET, TARGET, 0, Track())[0] == "red"


def test_targets_without_progress_are_compared_by_what_was_cut():
    assert judge(-0.01, -0.05, -0.02, 1, Track())[0] == "green"
    found, reason = judge(-0.03, -0.05, -0.02, 1, Track())
    assert found == "yellow"
    assert "不计算进度" in reason.zh


def test_a_path_that_leaves_nothing_for_the_years_left():
    found, reason = judge(cut(0.95), TARGET, TARGET, 1, Track())
    assert found == "red"
    assert "全部完成" in reason.zh
    assert "inf" not in reason.en


EXACT = Track(printed_rates=False)


@pytest.mark.parametrize(
    ("done", "path", "printed", "exact"),
    [
        (0.0436, 0.04364, "green", "yellow"),  # both are printed 4.36
        (0.043551, 0.043649, "green", "yellow"),
        (0.0436, 0.04365, "yellow", "yellow"),  # 4.36 against 4.37, half up
        (0.04365, 0.0437, "green", "yellow"),  # 4.37 against 4.37
        (1 - 0.95635, 0.0437, "green", "yellow"),  # the same out of a difference of doubles
        (0.0437, 0.0436, "green", "green"),
        (0.0436, 0.0436, "green", "green"),
    ],
)
def test_printed_rates_count(done, path, printed, exact):
    assert judge(done, TARGET, path, 1, Track())[0] == printed
    assert judge(done, TARGET, path, 1, EXACT)[0] == exact


def test_who_stands_on_the_printed_path_is_told_the_rates_where_the_shares_say_the_contrary():
    light, reason = judge(0.0436, TARGET, 0.04364, 4, Track())
    assert light == "green"
    assert reason.zh == "进度 21.2%，不低于路径要求的 21.2%"
    light, reason = judge(0.01996, 0.04, 0.02004, 4, Track())  # 49.4 and 49.6 % of the effort, both 2.00 % cut
    assert light == "green"
    assert reason.zh == "累计下降 2.00%，按公布的两位小数不低于路径要求的 2.00%"
    assert "2.00 % cut so far" in reason.en


@pytest.mark.parametrize("track", [Track(), EXACT])
@pytest.mark.parametrize("short", [1e-3, 2e-4, 6e-5, 2e-5, 1e-6])
def test_nobody_is_behind_by_nothing(short, track):
    light, reason = judge(cut(0.5) - short, TARGET, cut(0.5), 1, track)
    for said in (reason.zh, reason.en):
        assert "落后 0.0 " not in said
        assert " 0.0 points behind" not in said
    if light == "yellow":
        done, path, lag = (Decimal(x) for x in re.findall(r"\d+\.\d+", reason.zh))
        assert path - done == lag > 0


def test_a_lag_over_the_limit_does_not_read_as_the_limit():
    light, reason = judge(cut(0.39996), TARGET, cut(0.5), 1, Track())
    assert light == "yellow"  # 10.00 points as printed
    light, reason = judge(cut(0.3996), TARGET, cut(0.5), 1, Track())
    assert light == "red"
    assert "落后 10.04 个百分点，超过 10.0 个百分点" in reason.zh


def test_at_the_end_the_printed_target_is_met():
    light, reason = judge(0.189996, TARGET, TARGET, 0, Track())
    assert light == "green"
    assert "100.0%，目标已完成" in reason.zh
    light, reason = judge(0.18994, TARGET, TARGET, 0, Track())
    assert light == "red"
    assert reason.zh == "期末累计下降 18.99%，低于目标 19.00%，目标未完成"
    assert judge(0.189996, TARGET, TARGET, 0, EXACT)[0] == "red"
