"""Rates of a level that may rise: fractions under %, lost signs, and what a unit slip explains."""

import shutil
from fractions import Fraction as F

import pytest

from allocator.verifying.verify import judgement
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario

NAMES = "甲乙丙丁戊己庚辛壬"
MIXED = (-0.08, -0.12, -0.1, -0.11, -0.09, -0.1, -0.13, -0.1, -0.07)


@pytest.fixture
def judged(tmp_path):
    folder = shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case")

    def judge(rates, target="-10%", header="下降率（%）", *settings):
        rows = "".join(f"{name}市,{rate}\n" for name, rate in zip(NAMES, rates, strict=True))
        (folder / "t.csv").write_text(f"region,{header}\n{rows}", "utf-8")
        scenario = load_scenario(folder / "coal.yaml", ["total=null", f"target={target}", *settings])
        return judgement(scenario, str(folder / "t.csv"))

    return judge


def asked(call):
    with pytest.raises(InputError) as caught:
        call()
    return caught.value.findings


@pytest.mark.parametrize("rates", [MIXED, (-0.1,) * 9, (0.1,) * 9, (*(-0.1,) * 8, 0)])
def test_fractions_under_a_per_cent_sign_are_asked_about_whatever_their_sign(judged, rates):
    (found,) = asked(lambda: judged(rates))
    assert (found.code, found.asked) == ("as_fractions", "as-fractions:t.csv:下降率")
    assert f"此格为 {rates[0] * 100:g}）" in found.say("zh")


def test_such_rates_of_a_change_too(judged):
    (found,) = asked(lambda: judged([-rate for rate in MIXED], "-10%", "变化率（%）"))
    assert found.code == "as_fractions"
    assert "此格为 8）" in found.say("zh")


@pytest.mark.parametrize(("rates", "target"), [((-0.5,) * 9, "-0.6%"), ((0.5,) * 9, "0.5%"), ((-0.5,) * 9, "-2%")])
def test_small_rates_where_little_is_asked_are_read(judged, rates, target):
    assert judged(rates, target).passed


def test_signs_lost_where_a_rise_is_asked(judged):
    (found,) = asked(lambda: judged([-100 * rate for rate in MIXED]))
    assert (found.code, found.asked) == ("all_fall", "all-fall:t.csv")
    assert "可以上升 10%" in found.say("zh")
    assert "may rise by 10 %" in found.say("en")
    taken = judged(
        [-100 * rate for rate in MIXED], "-10%", "下降率（%）", "accept=[{id: 'all-fall:t.csv', reason: so}]"
    )
    said = taken.statements("en")[0]
    assert "it may rise by 10.00 % at most" in said
    assert "至多上升 10.00%" in taken.statements("zh")[0]


@pytest.mark.parametrize("rates", [(3,) * 9, (30,) * 9, (-2, *(10,) * 7, 12)])
def test_falls_far_from_the_rise_that_is_asked_are_falls(judged, rates):
    assert judged(rates).passed


@pytest.mark.parametrize(("rate", "factor"), [(-12, None), (-11, None), (-45, None), (-1, None)])
def test_a_table_of_rises_that_fails_is_no_slip(judged, rate, factor):
    slip = judged((rate,) * 9).verification.slip
    assert (slip and slip.factor) == factor


def test_rises_ten_times_what_is_asked_are_one(judged):
    found = judged((-18.0,) * 9, "-1.83%")
    assert found.verification.slip.factor == F(1, 10)
    assert any("1/10" in said and "小数点" in said for said in found.statements("zh"))
