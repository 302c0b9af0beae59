"""The reserve counts in the intensity wherever it is said which target is tighter, and what of it may be used."""

import pytest

from allocator.planning.plan import plan
from reports.planning.caps import caps_statements
from reports.planning.caps_page import caps_data
from reports.planning.sentences import province_statements
from reports.planning.total import growth_table
from scenarios.load import load_scenario

WITHIN = 42622.904  # What 17 % allows at planned growth, 万吨
"""E G (1 - R) of the invented province (dual control, 16); the reserve of 300 leaves the cities 42,322.904 of it."""


def made(*settings):
    return plan(load_scenario("15fyp-example", settings)).record


def test_what_binds_is_what_the_cities_are_asked():
    """The total: 1 - 42,400/51,352.897 = 17.43 %; the intensity: 17 % + 300/51,352.897 = 17.58 %."""
    record = made("total.cap=42700")
    total = record.province.total
    assert total.binds == "intensity"
    assert total.counted == pytest.approx(0.17 + 300 / 51352.897, abs=1e-8)
    assert record.province.required - record.province.sigma == pytest.approx(total.counted, abs=1e-12)
    said = "".join(province_statements(record, "zh"))
    assert "各市合计须下降 17.58%，强度目标（机动计入）更紧" in said
    assert "少 0.15 个百分点（77.1 万吨）" in said  # 42,400 - 42,322.9
    assert "总量更紧" not in said
    assert total.pair.limit_10kt == pytest.approx(WITHIN - 300, abs=1e-3)
    assert "both targets leave them" in "".join(province_statements(record, "en"))


def test_where_the_total_binds_its_left_side_is_the_limit():
    total = made().province.total
    assert (total.binds, total.pair.limit_10kt) == ("total", 42200)


@pytest.mark.parametrize(
    ("settings", "counted"),
    [
        ([], (42500 / 34712.1) ** 0.2),
        (["total.reserve_gdp_end=200"], None),
        (["total.apart=公文第 1 号"], "apart"),
    ],
)
def test_both_break_even_growths_are_named(settings, counted):
    """(C/(E (1 - R)))^(1/5) - 1 with E (1 - R) = 40,246.3 × 0.83: 4.93 %; without the reserve 4.79 %."""
    record = made(*settings)
    total = record.province.total
    said = "".join(province_statements(record, "zh"))
    assert total.break_even * 100 == pytest.approx(4.7856, abs=5e-5)
    if counted == "apart":
        assert (total.break_even_counted, total.counted) == (None, None)
        assert "机动计入" not in said
        return
    assert "高于 4.79% 时，总量比不计机动的强度目标紧" in said
    if counted is not None:
        assert total.break_even_counted * 100 == pytest.approx(4.9342, abs=5e-5)
        assert "高于 4.93% 时，也比机动计入的强度目标紧" in said
        return
    # 200 of the 59,460 the cities have in the end year: what they may emit is 0.17's part of it, 143.4
    end_gdp = sum(r.gdp_100m_yuan * r.growth for r in record.regions)
    part = WITHIN * 200 / end_gdp
    assert total.break_even_counted == pytest.approx(((42500 - part) / (40246.3 * 0.83)) ** 0.2 - 1, abs=1e-6)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_row_of_growth_contradicts_itself(language):
    """The target that is said to be tighter is that with the larger cut, and the cut needed is that."""
    for settings in ([], ["total.cap=42700"]):
        for name, _, intensity, total, tighter, needed in growth_table(made(*settings).province, language).rows:
            by_total = float(total.replace("−", "-")) > float(intensity.replace("−", "-"))
            assert tighter == {
                (True, "zh"): "总量", (False, "zh"): "强度（机动计入）",
                (True, "en"): "total", (False, "en"): "intensity (reserve counted)",
            }[by_total, language], name  # fmt: skip
            assert needed == (total if by_total else intensity)


def test_what_of_a_larger_reserve_may_be_used():
    """Caps by the rates, 42,279, leave 421; the cities emit 42,278.4: of the 42,622.9 allowed 344.5 are left for it."""
    record = made("total.cap=42700")
    said = "".join(caps_statements(record.province, [], "zh", 5))
    total = record.province.total
    assert total.usable_10kt == pytest.approx(WITHIN - total.pair.kept_10kt, abs=1e-3)
    assert "其中最多可用 344.5 万吨，强度目标 17.00% 仍守得住" in said
    assert "是各市总量按下降率推算后剩下的" in said
    assert "为此各市合计须下降" not in said  # the table falls by 17.67 %
    english = "".join(caps_statements(record.province, [], "en", 5))
    assert "Up to 344.5 × 10⁴ t of it may be used" in english


def test_the_slider_has_the_targets_of_the_page():
    record = made("total.cap=42700")
    data, gdp = caps_data(record), sum(r.gdp_100m_yuan * r.growth for r in record.regions)
    assert data["total"] == 42400  # C - B, not the sum of the caps
    assert data["within"] * gdp - data["counted"] == pytest.approx(record.province.total.pair.limit_10kt, abs=1e-6)
