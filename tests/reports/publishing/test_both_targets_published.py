"""The official table of both targets: its title, its notes; and why a city has its cap."""

import pytest

from allocator.planning.plan import plan
from reports.publishing.official import official_sheet
from scenarios.load import load_scenario


def made(*settings):
    return plan(load_scenario("15fyp-example", settings)).record


def sheet(record, language):
    return official_sheet(record, language, ("plan.json", "0" * 64))


def test_title_and_notes_say_both_targets():
    record = made("basis={zh: 全部虚构, en: all invented}")
    zh, en = (sheet(record, language) for language in ("zh", "en"))
    assert zh.tables[-1].caption == "各地区下降目标和总量控制目标"
    assert en.tables[-1].caption == "Targets and caps by region"
    assert "更紧的目标是总量" in zh.notes_line
    assert "高于 4.79% 时，总量比不计机动的强度目标紧；高于 4.93% 时" in zh.notes_line
    assert "总量一栏为全省总量，含省级机动；其余各栏只按各地区合计，不含机动" in zh.notes_line
    assert "the tighter target is: total" in en.notes_line
    assert "依据：全部虚构。9．本表" in zh.notes_line  # a basis without a stop gets one
    assert "all invented. (9)" in en.notes_line


def test_without_caps_nothing_of_both_is_said():
    alone = sheet(made("total=null"), "zh")
    assert alone.tables[-1].caption == "各地区下降目标"
    assert "更紧" not in alone.notes_line


@pytest.mark.parametrize(
    ("policy", "zh", "en"),
    [
        (
            "rates",
            "总量 9,902 万吨：按下降目标和规划增长，期末年可排放 9,901.6 万吨，取整得到。",
            "9,901.6 × 10⁴ t, rounded.",
        ),
        (
            "total",
            "总量 9,903 万吨：按下降目标和规划增长，期末年可排放 9,901.6 万吨，各市同乘约 1.00",
            "about 1.0002",
        ),
        ("base", "总量 9,969 万吨：基年排放 9,507.5 万吨，各市同乘约 1.0485", "about 1.0485"),
    ],
)
def test_the_reason_of_a_city_says_why_it_has_its_cap(policy, zh, en):
    """乙市 of dual control, 16; 42,200/42,193.0 = 1.0002, 42,200/40,246.3 = 1.0485."""
    reason = made(f"total.caps={policy}").regions[1].reason
    assert zh in reason.zh
    assert en in reason.en
