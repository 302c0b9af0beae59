"""With a residual line the verdict names the province's own target beside what the cities must reach."""

from allocator.planning.plan import plan
from reports.planning.sentences import verdict_statement
from scenarios.load import load_scenario


def test_both_targets_are_named():
    asked = ["reconcile.emissions=residual", "reconcile.province.emissions=25000", "reconcile.residual.rate=5%"]
    made = plan(load_scenario("guangxi-13fyp", asked))
    province = made.record.province
    assert province.target != province.province_target == 0.17
    said = verdict_statement(province, "en")
    assert f"{province.target * 100:.2f} % (what the cities must reach" in said
    assert "own target is 17.00 %" in said
    assert "全省目标为 17.00%" in verdict_statement(province, "zh")


def test_without_one_nothing_is_added():
    said = verdict_statement(plan(load_scenario("guangxi-13fyp")).record.province, "en")
    assert "own target" not in said
