"""What remains, split anew: the province stays backed, and what is picked up is what others are relieved of."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from allocator.tracking.gathering import Asked
from allocator.tracking.track import track
from scenarios.load import load_scenario

RESPLIT = Asked(resplit=True)


@pytest.fixture(scope="module")
def tracked(guangxi):
    return track(guangxi, "actuals-example", beyond=RESPLIT)


@pytest.fixture(scope="module")
def found(tracked):
    return tracked.record.resplit


def test_the_province_is_backed_over_the_whole_period(found, guangxi, tracked):
    """Worked out apart: actual levels of 2018, planned growth of two years, the published remaining rates."""
    assert found.verdict == "backed"
    regions = guangxi.regions
    end = gdp = Fraction(0)
    for n, (old, region) in enumerate(zip(found.regions, tracked.record.regions, strict=True)):
        growth = Fraction(float(regions.growth[n]) ** 0.4)
        gdp += Fraction(region.gdp_100m_yuan[-1]) * growth
        end += Fraction(region.emissions_10kt[-1]) * growth * (1 - Fraction(old.new_remaining))
    base = Fraction(sum(regions.emissions)) / Fraction(sum(regions.gdp))
    whole = 1 - end / gdp / base
    assert float(whole) >= 0.17
    assert float(whole) - 0.17 == pytest.approx(found.new_over_10kt / float(base * gdp), abs=1e-9)


def test_old_and_new_stand_side_by_side(found):
    for region in found.regions:
        assert 1 - (1 - region.done) * (1 - region.old_remaining) == pytest.approx(region.old_target)
        assert 1 - (1 - region.done) * (1 - region.new_remaining) == pytest.approx(region.new_target)
        assert 1 - (1 - region.new_annual) ** 2 == pytest.approx(region.new_remaining)
        assert Decimal(str(region.new_remaining)) % Decimal("0.005") == 0
        assert region.new_annual <= region.most_annual + 1e-12
        assert region.most_annual == pytest.approx(1 - 0.75**0.2)


def test_more_less_and_what_the_old_targets_lack_add_up(found):
    moved = sum(region.moved_10kt for region in found.regions)
    assert found.more_10kt - found.less_10kt == pytest.approx(moved)
    assert moved == pytest.approx(found.old_short_10kt + found.new_over_10kt)


def test_who_cannot_make_it_and_what_the_others_pick_up(found):
    late = {region.id: region for region in found.regions if not region.can}
    assert {region.name for region in late.values()} == {"柳州", "防城港", "百色"}
    assert set(found.pick_up.relieved_10kt) == set(late)
    for key, tonnes in found.pick_up.relieved_10kt.items():
        region = late[key]
        assert region.old_annual > region.most_annual
        worth = region.moved_10kt / (region.new_remaining - region.old_remaining)
        most = 1 - (1 - region.most_annual) ** 2
        assert tonnes == pytest.approx(worth * (region.old_remaining - most))
    assert sum(found.pick_up.picked_up_10kt.values()) == pytest.approx(sum(found.pick_up.relieved_10kt.values()))
    assert found.pick_up.uncovered_10kt == 0


def test_it_is_said_in_both_languages(tracked):
    for language, words in (
        ("zh", ("柳州（每年须 7.27%，上限每年 5.59%）", "剩余任务重新分解")),
        ("en", ("split anew", "backs it")),
    ):
        text = "\n".join(tracked.statements(language))
        assert all(word in text for word in words)


def test_rules_for_single_regions_are_carried_over_and_others_named(guangxi_folder, edit):
    edit(
        guangxi_folder / "scenario.yaml",
        "rules: []",
        "rules:\n"
        "  - {id: least, type: floor, rate: 17%, where: [河池], reason: r}\n"
        "  - {id: cap, type: budget, limit: 26000, reason: r}\n"
        "  - {id: narrow, type: gap, at_most: 14 points, reason: r}\n"
        "  - {id: agreed, type: negotiated, region: 玉林, rate: 16%, reason: r}",
    )
    tracked = track(load_scenario(guangxi_folder), "actuals-example", beyond=RESPLIT)
    found = tracked.record.resplit
    assert found.verdict == "backed"
    assert found.left_out == ("narrow",)
    by_name = {region.name: region for region in found.regions}
    assert by_name["河池"].new_target >= 0.17
    assert by_name["玉林"].new_target == pytest.approx(0.16, abs=0.005)
    assert by_name["玉林"].new_target >= 0.16
    assert any("narrow" in line for line in tracked.statements("zh"))


def test_a_province_that_nobody_can_save_is_said_with_the_reason():
    scenario = load_scenario("guangxi-13fyp", ["bounds.upper=25%", "bounds.lower=16%", "target=24%"])
    tracked = track(scenario, "actuals-example", "published", RESPLIT)
    assert tracked.unsplit
    found = tracked.record.resplit
    assert found.verdict is None
    assert found.problem
    assert any("不能重新分解" in line for line in tracked.statements("zh"))


def test_nothing_is_left_at_the_end_or_when_the_target_is_met(guangxi, tmp_path):
    def table(years, rate):
        path = tmp_path / "rates.csv"
        rows = [f"{name},{2016 + t},{rate}" for t in range(years) for name in guangxi.regions.names]
        path.write_text("\n".join(["region,year,annual_reduction", *rows]), "utf-8")
        return path

    over = track(guangxi, table(5, "4%"), beyond=RESPLIT)
    assert "已结束" in over.record.resplit.problem[0].zh
    assert not over.unsplit
    assert over.record.regions[0].remaining_annual_rate is None
    assert over.record.province.light == "red"  # 18.46 % of every region, of 18.69 % that would do
    assert over.record.regions[3].light == "green"
    assert "梧州（绿灯）：目标 15.00%，累计下降 18.46%；期末完成 125.6%，目标已完成。" in over.statements("zh")
    met = track(guangxi, table(4, "6%"), beyond=RESPLIT)
    assert "已经完成" in met.record.resplit.problem[0].zh
    assert not met.record.resplit.regions
    assert any(
        line.startswith("梧州（绿灯）：目标 15.00%，累计下降 21.93%，已提前完成") for line in met.statements("zh")
    )
    for found in (over, met):
        for language in ("zh", "en"):
            assert all(found.statements(language))


def test_reductions_alone_are_split_anew_at_the_planned_growth(guangxi, tmp_path):
    path = tmp_path / "rates.csv"
    rows = [f"{name},{2016 + t},3%" for t in range(2) for name in guangxi.regions.names]
    path.write_text("\n".join(["region,year,annual_reduction", *rows]), "utf-8")
    record = track(guangxi, path, beyond=RESPLIT).record
    assert record.resplit.verdict == "backed"
    past = record.province.cumulative_reduction
    assert 1 - (1 - past) * (1 - record.resplit.target) == pytest.approx(0.17)
    np.testing.assert_allclose([region.done for region in record.resplit.regions], 1 - 0.97**2)


def test_the_cap_on_the_total_stands_for_what_remains(example_15fyp_folder):
    """All cities 6 % larger by GDP and 6 % by emissions after a year: no cut yet, so that the cap asks for more."""
    regions = load_scenario(example_15fyp_folder).regions
    rows = zip(regions.names, regions.emissions, regions.gdp, strict=True)
    grown = "\n".join(f"2026,{name},{float(e) * 1.06:.2f},{float(y) * 1.06:.2f}" for name, e, y in rows)
    (example_15fyp_folder / "a.csv").write_text(f"year,name,emissions(万吨),gdp(亿元)\n{grown}\n", "utf-8")
    scenario = load_scenario(example_15fyp_folder)
    found = track(scenario, example_15fyp_folder / "a.csv", beyond=RESPLIT).record.resplit
    today = sum(regions.emissions) * Decimal("1.06")
    growth = [float(g) ** 0.8 for g in regions.growth]
    gdp = [float(y) * 1.06 for y in regions.gdp]
    factor = sum(y * g for y, g in zip(gdp, growth, strict=True)) / sum(gdp)
    assert found.target == pytest.approx(1 - 42200 / (float(today) * factor), abs=1e-6)
    assert found.target > 0.17
    moved = sum(region.moved_10kt for region in found.regions)
    assert moved == pytest.approx(found.old_short_10kt + found.new_over_10kt)
    assert found.new_over_10kt >= 0
