"""Up to which growth rates hold the cap, and from which on caps back the intensity: said as growth of GDP a year."""

import pytest

from allocator.planning.plan import plan
from reports.planning.sentences import province_statements
from scenarios.load import load_scenario


def said(language, *settings):
    record = plan(load_scenario("15fyp-example", settings)).record
    return " ".join(province_statements(record, language))


@pytest.mark.parametrize(
    ("settings", "rates", "caps"),
    [
        # λ: 42,200 of 42,193.00 (1.000166) and 42,200 or 42,193 of 42,622.904 (.990078, .989914) of G = 1.275966,
        # to the fifth root: 4.9984 % rounded down, 4.7861 % and 4.7826 % rounded up; G itself is 4.9949 %
        (["total.caps=total"], "4.99", "4.79"),
        ([], "4.99", "4.79"),
        # without a reserve 42,500: λ 1.007276 is 5.1472 %, .997117 4.9344 %
        (["total={cap: 42500, caps: total}"], None, "4.94"),
    ],
)
def test_growth_is_said_a_year_and_not_as_a_multiple(settings, rates, caps):
    text = said("zh", *settings)
    assert "1.000" not in text
    assert f"不低于 {caps}%，只看各市总量就支撑强度目标（规划为 4.99%）" in text
    if rates:
        assert f"GDP 年均增长不高于 {rates}%，只看下降率就守得住总量并留足要求的机动 300 万吨；" in text


def test_without_a_reserve_none_is_spoken_of():
    text = said("en", "total={cap: 42500, caps: total}")
    assert "the rates alone hold the cap, from 4.94 % on" in text
