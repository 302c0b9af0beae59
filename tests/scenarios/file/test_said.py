"""Settings as people read them, against words written by hand."""

import pytest

from scenarios.file.book.said import NO_NAMES, names_in, setting_in_words, settings_to_type
from scenarios.file.document import Document
from scenarios.load import load_scenario
from scenarios.quantities import Quantity, speaking_of
from scenarios.wording import Text

NAMES = names_in(
    {
        "criteria": {
            "capacity": {
                "label": {"zh": "能力", "en": "capacity"},
                "indicators": {"income": {"label": {"zh": "人均收入", "en": "income"}}, "odd": 3},
            },
            "potential": {"label": "潜力"},
            "odd": None,
        },
        "rules": [{"id": "peak", "reason": {"zh": "率先达峰", "en": "peak first"}}, "odd"],
    }
)


@pytest.mark.parametrize(
    ("setting", "zh", "en"),
    [
        ("criteria.capacity.weight=0.5", "能力 权重 0.5", "capacity weight 0.5"),
        ("criteria.potential.weight=0.25", "潜力 权重 0.25", "潜力 weight 0.25"),
        ("criteria.other.weight=0.25", "准则 other 权重 0.25", "criteria other weight 0.25"),
        ("criteria.capacity.within=given", "能力 准则内赋权 给定", "capacity within given"),
        ("criteria.capacity.indicators.income.weight=0.4", "人均收入 权重 0.4", "income weight 0.4"),
        ("target=18.5%", "目标 18.5%", "target 18.5 %"),
        ("target=0.185", "目标 18.5%", "target 18.5 %"),
        ("bounds.upper=23%", "上下限·上限 23%", "bounds · upper 23 %"),
        ("reference.spread=12 points", "参考值·级差 12 个百分点", "reference · spread 12 points"),
        ("reference.spread=null", "参考值·级差 不填", "reference · spread empty"),
        ("exceed=allow", "能否超过目标 允许", "exceed allow"),
        ("normalize=true", "权重折算 是", "normalize yes"),
        ("total.cap=42500", "总量控制·总量目标 42500 万吨", "total · cap 42500 × 10⁴ t"),
        ("total.caps=base", "总量控制·各市总量 按基年排放同比例", "total · caps base"),
        ("solver.time_limit=900", "求解·时限 900 秒", "solver · time limit 900 s"),
        ("columns.rate=降幅", "列名对照 rate 降幅", "columns rate 降幅"),
        ("rules.peak=off", "停用规则“率先达峰”", "rule “peak first” set aside"),
        ("rules.other=off", "停用规则“other”", "rule “other” set aside"),
        ("nobody.knows=3", "nobody·knows 3", "nobody · knows 3"),
        ("target=many", "目标 many", "target many"),
    ],
)
def test_a_setting_is_said_in_words(setting, zh, en):
    assert setting_in_words(setting, NAMES, "zh") == zh
    assert setting_in_words(setting, NAMES, "en") == en


@pytest.mark.parametrize(
    ("setting", "zh", "en"),
    [
        ("fix 450100=18.5%", "商定值 南宁 18.5%", "agreed Nanning 18.5 %"),
        ("fix 1=18%", "商定值 1 18%", "agreed 1 18 %"),
        ("absorb 450100", "只由 南宁 承担", "picked up by Nanning alone"),
    ],
)
def test_what_a_round_asks_is_said_with_its_regions(setting, zh, en):
    names = {("regions", "450100"): Text("南宁", "Nanning")}
    assert setting_in_words(setting, names, "zh") == zh
    assert setting_in_words(setting, names, "en") == en


def test_what_is_to_be_typed_stands_behind_it():
    said = settings_to_type(["target=18.5%", "exceed=allow"], NO_NAMES)
    assert said.zh == "目标 18.5%（--set target=18.5%）、能否超过目标 允许（--set exceed=allow）"
    assert said.en == "target 18.5 % (--set target=18.5%), exceed allow (--set exceed=allow)"


def test_an_amount_is_in_the_unit_of_its_quantity():
    with speaking_of(Quantity("energy")):
        assert setting_in_words("total.cap=8000", NO_NAMES, "zh") == "总量控制·总量目标 8000 万吨标准煤"


def test_a_scenario_knows_what_its_settings_are_called():
    names = load_scenario("guangxi-13fyp").names
    assert setting_in_words("criteria.capacity.weight=0.5", names, "zh") == "能力 权重 0.5"


def test_a_key_of_a_rule_is_called_by_its_reason_on_the_page():
    values = {"rules": [{"id": "peak", "reason": {"zh": "率先达峰", "en": "peak first"}}]}
    called = Document("方案.yaml", values, {}).place(("rules", 0, "at_most")).called
    assert (called.say("zh"), called.say("en")) == ("率先达峰 至多", "peak first at most")
