"""The paragraph for a region, piece by piece."""

import re
from decimal import Decimal

import pytest

from reports.planning.reasons import binding, reason
from reports.planning.record import HoldRecord, IndicatorRecord, PlanRecord, RegionRecord, ScenarioRecord
from reports.printing.numbers import minus, short, signed
from reports.verifying.record import ProvinceRecord
from scenarios.schema_types import Words

PLAIN = {
    "name": "甲市", "score": 0.5, "rank": 3, "uniform": 0.18, "reference": 0.2, "free": 0.2, "rate": 0.2,
    "published": 0.2, "lower": 0.1, "upper": 0.25, "grid": 0.005, "share": 0.0512,
    "effects": (("收入", 0.015), ("强度", -0.004), ("财政", 0.009), ("三产", 0.00001)),
}  # fmt: skip


def text(language="zh", **changes):
    asked = PLAIN | changes
    region = RegionRecord.model_construct(
        name=asked["name"], name_en=asked["name"], score=asked["score"], rank=asked["rank"],
        reference_rate=asked["reference"], rate=asked["rate"], published_rate=asked["published"],
        lower=asked["lower"], upper=asked["upper"], contribution=asked["share"],
        binding=binding(asked["rate"], asked["lower"], asked["upper"]), effects=[x for _, x in asked["effects"]],
        rules=tuple(hold.id for hold in asked.get("holds", ())), holds=tuple(asked.get("holds", ())) or None,
    )  # fmt: skip
    plan = PlanRecord.model_construct(
        province=ProvinceRecord.model_construct(uniform_rate=asked["uniform"]),
        scenario=ScenarioRecord.model_construct(grid=asked["grid"]), regions=[region] * 14,
        indicators=[IndicatorRecord.model_construct(label=Words(zh=name, en=name)) for name, _ in asked["effects"]],
    )  # fmt: skip
    return reason(region, plan, asked["free"], asked.get("others", ()), language)


def test_a_whole_paragraph():
    assert text() == (
        "甲市：下降目标 20%。综合得分 0.500，在 14 个地区中居第 3 位；参考下降率 20.00%，比各地区同降所需的 18.00% 高 "
        "2.00 个百分点，其中收入拉高 1.50 个百分点、财政拉高 0.90 个百分点；强度拉低 0.40 个百分点。"
        "测算值正好是 0.5 个百分点的整数倍，无需取整。占所需减排总量的 5.1%。"
    )
    assert text("en", name="A") == (
        "A: target 20 %. Score 0.500, rank 3 of 14; reference rate 20.00 %, 2.00 points above the uniform 18.00 %, "
        "raised by 收入 (+1.50 points) and 财政 (+0.90 points), lowered by 强度 (−0.40 points). "
        "The computed rate is on the 0.5-point grid already. It carries 5.1 % of the cut the province needs."
    )


def test_below_and_at_the_uniform_rate():
    assert "比各地区同降所需的 23.00% 低 3.00 个百分点" in text(uniform=0.23)
    assert "与各地区同降所需的 20.00% 相同" in text(uniform=0.2)
    assert "the same as the uniform 20.00 %" in text("en", uniform=0.2)
    assert "3.00 points below the uniform 23.00 %" in text("en", uniform=0.23)


def test_effects_too_small_to_show_are_left_out():
    none = text(effects=(("收入", 0.00004), ("强度", -0.00004)), uniform=0.2)
    assert "；参考下降率 20.00%，与各地区同降所需的 20.00% 相同。测算值" in none
    only_down = text("en", effects=(("a", -0.01),))
    assert ", lowered by a (−1.00 points). " in only_down
    assert "raised" not in only_down


@pytest.mark.parametrize(
    ("rate", "free", "zh", "en"),
    [
        (0.25, 0.31, "应为 31.00%，高于上限，故取上限 25%。", "at 31.00 %; its upper bound holds it at 25 %."),
        (0.1, -0.0234, "应为 −2.34%，低于下限，故取下限 10%。", "at −2.34 %; its lower bound holds it at 10 %."),
    ],
)
def test_a_binding_bound(rate, free, zh, en):
    changes = {"rate": rate, "free": free, "published": rate}
    assert zh in text(**changes)
    assert en in text("en", **changes)
    assert "调 " not in text(**changes)  # no shift beside the bound


def test_a_bound_that_holds_nothing_back_is_not_blamed():
    # the adjustment itself ends at the bound: the region was moved there, the bound kept nothing
    said = text(reference=0.22, free=0.25, rate=0.25, published=0.25)
    assert "高于上限" not in said
    assert "本地区上调 3.00 个百分点，测算为 25.00%" in said


def test_a_shift():
    assert "因部分地区受上下限或规则约束，为使合计达到总目标，本地区上调 1.25 个百分点，测算为 21.25%。" in text(
        rate=0.2125, free=0.2125, published=0.2125, grid=0.0025
    )
    down = {"rate": 0.19, "free": 0.19, "published": 0.19}
    assert "本地区下调 1.00 个百分点，测算为 19.00%。" in text(**down)
    assert "it moves down 1.00 points, to 19.00 %" in text("en", **down)


def test_a_shift_says_what_holds_the_others():
    down = {"rate": 0.19, "free": 0.19, "published": 0.19}
    assert "因部分地区为商定值，为使合计" in text(**down, others={"agreed"})
    both = text(**down, others={"agreed", "held"})
    assert "因部分地区受上下限或规则约束、部分地区为商定值，为使合计" in both
    english = text("en", **down, others={"agreed", "kept"})
    assert (
        "Because the rates of other regions were agreed and other regions keep their rates of the round before"
        in english
    )
    assert "bounds or rules" not in english


def test_what_holds_a_region_is_said_in_words():
    fixed = HoldRecord(id="fix-990500", kind="agreed")
    moved = {"rate": 0.22, "published": 0.22}
    assert "取值依据：商定值；与参考值相差 +2.00 个百分点，测算为 22.00%。" in text(**moved, holds=[fixed])
    assert "取值依据：商定值；与参考值相同。" in text(holds=[fixed])
    at_bound = text(rate=0.25, free=0.31, published=0.25, holds=[fixed])
    assert "取值依据：商定值；与参考值相差 +5.00" in at_bound
    assert "高于上限" not in at_bound
    own = Words(zh="二月纪要。", en="minutes of February.")
    assert "商定值（二月纪要）；" in text(**moved, holds=[HoldRecord(id="x-1", kind="agreed", reason=own)])
    rule = HoldRecord(id="x-1", kind="rule", reason=own)
    assert "规则“二月纪要”使其与参考值相差 +2.00 个百分点，测算为 22.00%。" in text(**moved, holds=[rule])
    assert "Held by rule “minutes of February”: +2.00 points" in text("en", **moved, holds=[rule])
    for language in ("zh", "en"):
        for hold in (fixed, rule):
            said = text(language, **moved, holds=[hold])
            assert hold.id not in said


def test_two_rates_of_a_sentence_and_their_difference_agree():
    # 17.734 - 16.757 = 0.977, but 17.73 - 16.76 = 0.97
    assert "参考下降率 16.76%，比各地区同降所需的 17.73% 低 0.97 个百分点" in text(reference=0.16757, uniform=0.17734)
    # 0.002 points apart, and printed one hundredth apart
    assert "16.77 %, 0.01 points above the uniform 16.76 %" in text("en", reference=0.167651, uniform=0.167649)
    assert "与各地区同降所需的 16.76% 相同" in text(reference=0.16764, uniform=0.16756)


def test_rounding_to_the_nearest():
    assert "按 0.5 个百分点就近取整，下调 0.12 个百分点。" in text(rate=0.2012, reference=0.2012)
    assert "Rounded to the 0.5-point grid: up 0.21 points." in text("en", rate=0.1979, reference=0.1979)
    # half a step is still the nearest, either way
    assert "就近取整，上调 0.25 个百分点" in text(rate=0.1975, reference=0.1975)
    assert "就近取整，下调 0.25 个百分点" in text(rate=0.2025, reference=0.2025)


def test_rounding_too_small_to_show_is_none():
    said = text(rate=0.20003, reference=0.20003)
    assert "无需取整" in said
    assert "0.00 个百分点" not in said


def test_rounded_away_so_that_the_table_backs():
    changes = {"rate": 0.2012, "reference": 0.2012, "published": 0.205}
    assert "就近取整应为 20%；为使取整后的合计仍达到总目标，取 20.5%（比测算值高 0.38 个百分点）。" in text(**changes)
    assert "it takes 20.5 % (0.38 points above the computed rate)." in text("en", **changes)


def test_rounded_away_because_the_nearest_is_out_of_bounds():
    changes = {"rate": 0.249, "reference": 0.249, "free": 0.249, "upper": 0.249, "published": 0.245}
    assert "就近取整应为 25%，超出上下限，故取 24.5%（比测算值低 0.40 个百分点）。" in text(**changes)
    assert "lies outside the bounds; it takes 24.5 % (0.40 points below" in text("en", **changes)


def test_binding():
    assert binding(0.25, 0.1, 0.25) == "upper"
    assert binding(0.25 - 1e-12, 0.1, 0.25) == "upper"
    assert binding(0.1, 0.1, 0.25) == "lower"
    assert binding(0.2, 0.1, 0.25) == ""


def test_numbers():
    assert [signed(x) for x in (0.01, -0.01, 0.00001, -0.00001)] == ["+1.00", "−1.00", "0.00", "0.00"]
    assert [short(x) for x in (0.2, 0.185, 0.0005, 0.17254, -0.05, 0)] == ["20", "18.5", "0.05", "17.254", "−5", "0"]
    assert minus("-1–2") == "−1–2"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["guangxi_plan", "bounded_plan"])
def test_every_region_of_a_plan_has_its_own(name, language, request):
    record = request.getfixturevalue(name).record
    said = [r.reason.say(language) for r in record.regions]
    assert len(set(said)) == len(said)
    for r, words in zip(record.regions, said, strict=True):
        assert words.startswith(r.label(language))
        assert short(r.published_rate) in words
        assert "nan" not in words
        assert "-" not in words.replace("industrial-energy", "").replace("-point", "")
        assert "{" not in words
        held = {"upper": "上限", "lower": "下限", "": ""}[r.binding]
        assert language == "en" or held in words


@pytest.mark.parametrize(
    ("reference", "rate", "published", "said"),
    [
        (0.13765, 0.13765, 0.14, "参考下降率 13.77%"),  # 0.235 points, printed 14 and 13.77: 0.23
        (0.1370, 0.13764, 0.14, "测算为 13.76%"),
        (0.18304999, 0.18305001, 0.185, "上调 0.01 个百分点，测算为 18.31%"),  # 0.000002 points print as a hundredth
        (0.18504, 0.18496, 0.185, "测算值正好是 0.5 个百分点的整数倍"),
    ],
)
def test_figures_of_a_paragraph_differ_as_they_are_printed(reference, rate, published, said):
    paragraph = text(reference=reference, rate=rate, published=published, free=rate)
    assert said in paragraph
    figures = [Decimal(each) for each in re.findall(r"(?:参考下降率|测算为) ([\d.]+)%", paragraph)]
    moves = [Decimal(each) for each in re.findall(r"上调 ([\d.]+) 个百分点", paragraph)]
    assert figures[0] + sum(moves) == Decimal(short(published))
