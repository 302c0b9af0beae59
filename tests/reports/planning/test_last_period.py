"""The last period beside this one."""

import pytest

from allocator.planning.plan import plan
from reports.planning.page import last_period, report_html
from scenarios.load import load_scenario


@pytest.fixture(scope="module")
def record():
    return plan(load_scenario("guangxi-13fyp", ["last_period=published"])).record


def test_table_and_headline(record):
    shown = last_period(record, "zh")
    rows = {row[0]: row[1:] for row in shown.table.rows}
    assert rows["南宁"] == ("17.00", "23.00", "+6.00")
    assert rows["来宾"] == ("17.00", "14.50", "\N{MINUS SIGN}2.50")
    assert list(rows) == [region.name for region in record.regions]
    assert shown.headline == (
        "14 个地区中，本期下降目标高于上期的 9 个，低于上期的 5 个，与上期持平的 0 个；"
        "相差最大的是钦州（+10.00 个百分点）。"
    )


def test_the_report_holds_it_in_both_languages(record, guangxi_plan):
    page = report_html(record, "zh")
    assert "与上一规划期目标比较" in page
    assert "Beside the last period" in page
    assert "与上一规划期目标比较" not in report_html(guangxi_plan.record, "zh")


def test_nothing_changed(record):
    same = [region.model_copy(update={"last_rate": region.published_rate}) for region in record.regions]
    shown = last_period(record.model_copy(update={"regions": tuple(same)}), "en")
    assert shown.headline == "Every region's target is that of the last period."


def test_plan_json_says_it_only_where_it_is_known(record, guangxi_plan):
    assert '"last_rate": 0.17' in record.to_json()
    assert "last_rate" not in guangxi_plan.record.to_json()
