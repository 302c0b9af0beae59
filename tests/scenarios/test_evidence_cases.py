"""The bundled cases of splits that governments published: figures worked out apart from the program."""

from decimal import Decimal

import numpy as np
import pytest
from scipy.optimize import linprog

from scenarios.load import load_scenario
from scenarios.tables.rates import read_rates

CASES = ("jiangsu-12fyp", "shandong-13fyp", "provinces-12fyp", "eu-2030")
LAW = {
    "10": ["保加利亚"], "12.7": ["罗马尼亚"], "16.7": ["克罗地亚"], "17": ["拉脱维亚"], "17.7": ["波兰"],
    "18.7": ["匈牙利"], "19": ["马耳他"], "21": ["立陶宛"], "22.7": ["希腊", "斯洛伐克"], "24": ["爱沙尼亚"],
    "26": ["捷克"], "27": ["斯洛文尼亚"], "28.7": ["葡萄牙"], "32": ["塞浦路斯"], "37.7": ["西班牙"],
    "42": ["爱尔兰"], "43.7": ["意大利"], "47": ["比利时"], "47.5": ["法国"], "48": ["奥地利", "荷兰"],
    "50": ["丹麦", "芬兰", "德国", "卢森堡", "瑞典"],
}  # fmt: skip
PUBLISHED = {
    "jiangsu-12fyp": {
        "19": ["南京", "无锡", "常州", "苏州"], "18": ["徐州", "淮安", "镇江", "泰州"],
        "17": ["南通", "连云港", "盐城", "扬州"], "13": ["宿迁"],
    },
    "shandong-13fyp": {
        "20.5": ["济南", "日照", "临沂", "德州", "菏泽"],
        "21": ["青岛", "淄博", "枣庄", "烟台", "潍坊", "济宁", "泰安"],
        "20": ["东营", "威海"], "22": ["聊城"], "23": ["滨州"],
    },
    "provinces-12fyp": {
        "17": ["北京", "河北", "辽宁", "山东"], "18": ["天津", "上海", "江苏", "浙江", "广东"],
        "16": ["山西", "吉林", "黑龙江", "安徽", "福建", "江西", "河南", "湖北", "湖南", "重庆", "四川", "陕西"],
        "15": ["内蒙古", "广西", "贵州", "云南", "甘肃", "宁夏"], "10": ["海南", "青海", "新疆"],
    },
    "eu-2030": LAW,
}  # fmt: skip
"""Case -> rate in per cent as it was published -> the regions that it was for."""


def rates(name, table="published"):
    scenario = load_scenario(name)
    return scenario.regions, read_rates(scenario.table_path(table), scenario.regions).rates


@pytest.mark.parametrize("name", CASES)
def test_rates_as_published(name):
    regions, found = rates(name)
    by_rate = {}
    for region, rate in zip(regions.names, found, strict=True):
        by_rate.setdefault(f"{(rate * 100).normalize():f}", []).append(region)
    assert {rate: sorted(names) for rate, names in by_rate.items()} == {
        rate: sorted(names) for rate, names in PUBLISHED[name].items()
    }


@pytest.mark.parametrize(
    ("name", "regions", "emissions", "gdp", "target", "years"),
    [
        ("jiangsu-12fyp", 13, "77585", "71936", "0.18", (2010, 2015)),
        ("shandong-13fyp", 16, "111143", "62407", "0.205", (2015, 2020)),
        ("provinces-12fyp", 30, "1086297", "742435", "0.16", (2010, 2015)),
        ("eu-2030", 27, "245749", "95636.036", "0.4", (2005, 2030)),
    ],
)
def test_sums(name, regions, emissions, gdp, target, years):
    scenario = load_scenario(name)
    found = scenario.regions
    assert len(found) == len(set(found.ids)) == len(set(found.names)) == regions
    assert sum(found.emissions) == Decimal(emissions)
    assert sum(found.gdp) == Decimal(gdp)
    assert scenario.file.target == Decimal(target)
    assert (scenario.file.period.base, scenario.file.period.end) == years
    assert set(scenario.file.province.members) == set(found.names)


@pytest.mark.parametrize(
    ("name", "column", "by_place"),
    [
        ("jiangsu-12fyp", "emissions", "426998"),
        ("jiangsu-12fyp", "gdp", "398807"),
        ("jiangsu-12fyp", "gdp_per_capita", "6945418"),
        ("shandong-13fyp", "emissions", "956071"),
        ("shandong-13fyp", "gdp", "438225"),
        ("shandong-13fyp", "growth", "180.4676"),
        ("provinces-12fyp", "emissions", "14994211"),
        ("provinces-12fyp", "gdp", "10317853"),
        ("eu-2030", "emissions", "3533686"),
        ("eu-2030", "gdp_per_capita", "7706072"),
    ],
)
def test_columns_stand_in_the_order_of_the_rows(name, column, by_place):
    """`by_place`: each figure times the place of its row; a swap changes it."""
    regions = load_scenario(name).regions
    assert sum(n * value for n, value in enumerate(figures(regions)[column], 1)) == Decimal(by_place)


def figures(regions):
    """Return column -> its figures."""
    intensity = [e / y for e, y in zip(regions.emissions, regions.gdp, strict=True)]
    own = {"emissions": regions.emissions, "gdp": regions.gdp, "growth": regions.growth, "intensity": intensity}
    return {**regions.columns, **own}


def fit(name, keys, half):
    """Return the part of a published table's differences that weights of indicators explain, by a program of our own.

    min Σ e, |r_i − c − Σ v_k z_ik| ≤ half + e_i, v ≥ 0, against the same without indicators; `half`: points.
    """
    scenario = load_scenario(name)
    regions, found = rates(name)
    named = {key: i for c in scenario.file.criteria.values() for key, i in c.indicators.items()}
    columns = figures(regions)
    values = np.array([[float(v) for v in columns[named[key].column]] for key in keys]).T
    values *= [1 if named[key].direction == "+" else -1 for key in keys]
    z = (values - values.min(0)) / (values.max(0) - values.min(0))
    r = np.array([float(rate) * 100 for rate in found])
    return 1 - _loss(z, r, half) / _loss(z[:, :0], r, half)


def _loss(z, r, half):
    n, k = z.shape
    ones, slack = np.ones((n, 1)), np.eye(n)
    rows = np.vstack([np.hstack([ones, z, -slack]), np.hstack([-ones, -z, -slack])])
    done = linprog(
        [0.0] * (1 + k) + [1.0] * n, A_ub=rows, b_ub=np.concatenate([r + half, half - r]),
        bounds=[(None, None)] + [(0, None)] * (k + n),
    )  # fmt: skip
    return done.fun


NINE = ("income", "wealth", "industry", "economy", "energy", "emissions", "fiscal", "tertiary", "intensity")


@pytest.mark.parametrize(
    ("name", "keys", "half", "found"),
    [
        ("jiangsu-12fyp", ("intensity", "wealth", "emissions"), 0.5, 0.583636),
        ("jiangsu-12fyp", ("wealth", "intensity"), 0.5, 0.568346),
        ("shandong-13fyp", ("intensity", "wealth", "emissions"), 0.25, 0.672663),
        ("shandong-13fyp", ("energy",), 0.25, 0.521296),
        ("shandong-13fyp", ("economy", "intensity"), 0.25, 0.734963),
        ("shandong-13fyp", NINE, 0.25, 0.743316),
    ],
)
def test_the_indicators_explain_what_they_did_where_it_was_computed_apart(name, keys, half, found):
    """Figures of an inquiry of November 2026, by other code on its own tables of the same figures."""
    assert fit(name, keys, half) == pytest.approx(found, abs=5e-5)


@pytest.mark.parametrize("table", ["gdp-per-head", "log-gdp-per-head", "effectiveness", "quality"])
def test_proposals_for_the_union_share_one_total(table):
    regions, found = rates("eu-2030", table)
    cut = sum(e * r for e, r in zip(regions.emissions, found, strict=True)) / sum(regions.emissions)
    assert round(cut * 100, 6) == Decimal("39.775564")
    assert all(0 <= rate < Decimal("0.8") for rate in found)


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("jiangsu-12fyp", ("代能耗", "晚于分解", "增长假定相同", "没有印出权重"),
         ("no energy use by city", "later than the split", "assumed to grow alike", "without its weights")),
        ("shandong-13fyp", ("莱芜（21%）", "不完整", "晚于分解", "未见文号"),
         ("16 of 17 cities; Laiwu (21 %)", "not complete", "later than the split", "was not seen")),
        ("provinces-12fyp", ("西藏（10%）", "代能耗", "不足以断定", "晚于分解"),
         ("Tibet (10 %)", "stands in for energy use", "too few to conclude", "later than the split")),
        ("eu-2030", ("不是法律", "不是强度的", "缺卢森堡和马耳他", "欧元"),
         ("not law", "not of intensity", "lacks Luxembourg and Malta", "euro")),
    ],
)  # fmt: skip
def test_what_the_data_cannot_say_is_said(name, zh, en):
    file = load_scenario(name).file
    for language, words in (("zh", zh), ("en", en)):
        said = " ".join([file.basis.say(language), *(note.say(language) for note in file.notes)])
        assert [word for word in words if word not in said] == []
