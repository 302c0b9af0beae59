"""Green, yellow and red, with their reasons."""

import pytest

from allocator.tracking.warning import judge
from scenarios.file.track import Lights

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
    found, reason = judge(cut(share), TARGET, cut(0.5), 1, Lights())
    assert found == light
    assert said in reason.zh


def test_late_in_the_period_the_effort_that_is_left_counts():
    """At 80 % of the way 72 % is a lag of 8 points, but 1.4 times the effort; 70 % would be 1.5 times."""
    lights = Lights.model_validate({"red": "20 points", "effort": 1.45})
    assert judge(cut(0.72), TARGET, cut(0.8), 1, lights)[0] == "yellow"
    found, reason = judge(cut(0.70), TARGET, cut(0.8), 1, lights)
    assert found == "red"
    assert "1.50 倍" in reason.zh
    assert "1.50 times" in reason.en


def test_thresholds_are_the_planners():
    lights = Lights.model_validate({"yellow": "6 points", "red": "30 points", "effort": 9})
    found, reason = judge(cut(0.45), TARGET, cut(0.5), 1, lights)
    assert found == "green"
    assert "允许范围" in reason.zh
    found, reason = judge(cut(0.40), TARGET, cut(0.5), 1, lights)
    assert found == "yellow"
    assert "more than 6.0" in reason.en


def test_at_the_end_a_target_is_met_or_missed():
    assert judge(cut(1.0), TARGET, TARGET, 0, Lights())[0] == "green"
    assert judge(cut(0.999), TARGET, TARGET, 0, Lights())[0] == "red"


def test_targets_without_progress_are_compared_by_what_was_cut():
    assert judge(-0.01, -0.05, -0.02, 1, Lights())[0] == "green"
    found, reason = judge(-0.03, -0.05, -0.02, 1, Lights())
    assert found == "yellow"
    assert "不计算进度" in reason.zh


def test_a_path_that_leaves_nothing_for_the_years_left():
    found, reason = judge(cut(0.95), TARGET, TARGET, 1, Lights())
    assert found == "red"
    assert "全部完成" in reason.zh
    assert "inf" not in reason.en
