"""The formulas carry the plan's values."""

from allocator.planning.plan import plan
from reports.planning.tables import formulas
from scenarios.load import load_scenario


def test_values_of_the_plan(guangxi_plan):
    said = dict(formulas(guangxi_plan.record, "en"))
    assert said["composition effect"].endswith("= +2.0783 points")
    assert said["uniform rate"].endswith("= 18.6899 %")
    assert "q = ref" in said["computed rate (without rules)"]
    assert said["reference rate"].endswith("D = 12.00 points")


def test_other_settings():
    settings = ["reference={map: uniform, deviation: absolute}", "margin=0.5 points"]
    said = dict(formulas(plan(load_scenario("guangxi-13fyp", settings)).record, "zh"))
    assert said["参考下降率"] == "ref = R*"
    assert "q = 1" in said["测算下降率（无规则时）"]
    assert "m = 0.50 个百分点" in said["支撑条件"]
    assert said["1 个百分点相当于"].endswith(" 万吨")
    assert not [text for text in said.values() if "pp" in text or "10⁴" in text or "points" in text]
