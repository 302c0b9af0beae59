"""Given rates outside the order of classes, and classes given by hand that end on one rate."""

from itertools import pairwise

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from scenarios.load import load_scenario

POINTS = "publish.grid=1 point"
FIXED = "rules=[{id: talks, type: negotiated, region: 钦州, rate: 13%, reason: 协商}]"
QINZHOU = 6


@pytest.fixture(scope="module")
def negotiated():
    return plan(load_scenario("guangxi-13fyp", ["publish.classes=4", POINTS, FIXED]))


def test_a_negotiated_rate_keeps_its_value_and_its_class(negotiated):
    assert negotiated.verification.passed
    rates = [float(rate) for rate in negotiated.published]
    assert rates[QINZHOU] == 0.13
    assert len(set(rates)) <= 4
    scores = negotiated.targeting.scores
    others = [n for n in range(14) if n != QINZHOU]
    assert all(rates[i] >= rates[j] for i in others for j in others if scores[i] >= scores[j])
    # third by score: without the exception everybody below it would stand at 13 % or less
    assert sum(scores[n] < scores[QINZHOU] and rates[n] > 0.13 for n in others) > 5


def test_who_stands_outside_is_said(negotiated):
    record = negotiated.record
    assert [r.name for r in record.regions if r.outside_order] == ["钦州"]
    (notice,) = record.notices
    assert "钦州 13% < 贵港" in notice.zh
    assert "Qinzhou 13 % < Guigang" in notice.en
    assert "不参加按得分的排序" in record.regions[QINZHOU].reason.zh
    assert "outside the order of the scores" in record.regions[QINZHOU].reason.en
    assert "排序" not in record.regions[0].reason.zh


def test_a_given_rate_that_agrees_with_the_order_is_not_named(guangxi):
    rule = "rules=[{id: talks, type: negotiated, region: 柳州, rate: 25%, reason: 协商}]"
    record = plan(load_scenario("guangxi-13fyp", ["publish.classes=5", POINTS, rule])).record
    assert not any(r.outside_order for r in record.regions)
    assert record.notices == ()


def test_classes_that_a_given_rate_uses_up(tmp_path):
    with pytest.raises(NoSplit) as caught:
        plan(load_scenario("guangxi-13fyp", ["publish.classes=1", POINTS, FIXED]))
    assert (caught.value.fixed, caught.value.classes) == ((QINZHOU,), 2)
    arguments = ["plan", "guangxi-13fyp", "--set", "publish.classes=1", "--set", POINTS, "--set", FIXED, "--out"]
    arguments.append(str(tmp_path / "o"))
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 3
    assert "（钦州）也要占用类别；类数增至 2 即可有解" in result.stderr


def test_a_given_rate_may_stand_alone_in_a_small_class():
    settings = ["publish.classes=4", "publish.smallest_class=3", POINTS, FIXED]
    result = plan(load_scenario("guangxi-13fyp", settings))
    assert result.verification.passed
    rates = [float(rate) for rate in result.published]
    assert all(rates.count(rate) >= 3 for n, rate in enumerate(rates) if n != QINZHOU)


def by_hand(guangxi, numbers, *more):
    given = ", ".join(f"{name}: {k}" for name, k in zip(guangxi.regions.names, numbers, strict=True))
    return plan(load_scenario("guangxi-13fyp", [f"publish.classes={{{given}}}", *more]))


def test_classes_by_hand_that_end_on_one_rate(guangxi):
    # all but two within half a point of each other: three classes on a grid of five points cannot stay apart
    numbers = [1, 1, 2, 4, 3, 2, 1, 2, 3, 2, 4, 5, 5, 5]
    result = by_hand(guangxi, numbers, "publish.grid=5 points")
    merged = {}
    for number, printed in zip(numbers, result.rounding.numbers, strict=True):
        merged.setdefault(printed, set()).add(number)
    groups = {printed: group for printed, group in merged.items() if len(group) > 1}
    assert groups
    assert len(result.record.notices) == len(groups)
    for (printed, group), notice in zip(sorted(groups.items()), result.record.notices, strict=True):
        assert f"Classes {', '.join(map(str, sorted(group)))} as given" in notice.en
        assert f"printed as class {printed};" in notice.en
        assert "合并为第" in notice.zh


def test_a_given_rate_leaves_its_hand_given_class(guangxi):
    numbers = [1, 1, 2, 4, 3, 2, 1, 2, 3, 2, 4, 5, 5, 5]
    result = by_hand(guangxi, numbers, POINTS, FIXED)
    assert result.verification.passed
    assert result.published[0] == result.published[1] > result.published[QINZHOU]
    assert any("钦州 13% < 南宁" in notice.zh for notice in result.record.notices)


def test_bounds_off_the_grid_that_would_forbid_the_order_move_to_it_first(guangxi_folder):
    # both in one cell of the grid: one may only go up, the other only down
    base = plan(load_scenario(guangxi_folder)).split.rates
    order = sorted(range(14), key=lambda n: base[n])
    i, j = next((i, j) for i, j in pairwise(order) if int(base[i] * 20) == int(base[j] * 20))
    path = guangxi_folder / "regions.csv"
    lines = path.read_text("utf-8").splitlines()
    bounds = {i: f"{base[i] * 100 - 0.001:.4f}%,", j: f",{base[j] * 100 + 0.001:.4f}%"}
    rows = [f"{line},{bounds.get(n, ',')}" for n, line in enumerate(lines[1:])]
    path.write_text("\n".join([lines[0] + ",lower,upper", *rows]), "utf-8")
    record = plan(load_scenario(guangxi_folder, ["publish.grid=5 points"])).record
    up, down = record.regions[i], record.regions[j]
    assert (up.binding, down.binding) == ("lower", "upper")
    assert (up.rate, down.rate) == pytest.approx((up.published_rate, down.published_rate))
    assert up.rate - down.rate == pytest.approx(0.05)
    assert not any(r.outside_order for r in record.regions)
    assert record.notices == ()
