"""Several columns of caps in a table of rates: that of the last year is judged, every other is named or refused."""

from decimal import Decimal

import pytest

from allocator.output.own_files import open_plan
from allocator.planning.files import write_plan
from allocator.planning.plan import plan
from allocator.publishing import publish
from allocator.verifying.verify import judgement
from scenarios.errors import InputError
from scenarios.load import load_scenario

CITIES = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬市")
RATES = (18, 20.5, 18.5, 21, 16.5, 13.5, 16, 12.5, 13.5)
CAPS = (5162, 9902, 8062, 7392, 4116, 2100, 4102, 780, 577)
CAP, RATE = "2030年碳排放总量控制目标（万吨）", "碳排放强度下降率（%）"


def judged(folder, scenario, **columns):
    """Judge a table; `columns`: header -> what is added to each cap."""
    path = folder / "t.csv"
    values = [RATES if more is None else [cap + more for cap in CAPS] for more in columns.values()]
    lines = [",".join(map(str, row)) for row in zip(CITIES, *values, strict=True)]
    path.write_text("\n".join([",".join(("地区", *columns)), *lines]), "utf-8")
    return judgement(scenario, str(path))


@pytest.mark.parametrize(
    ("header", "more", "code"),
    [
        ("2028年碳排放总量控制目标（万吨）", -50, "caps_of_year"),
        ("2035年碳排放总量控制目标（万吨）", -50, "caps_of_year"),
        ("碳排放增量控制目标（万吨）", -4000, "caps_second"),
        ("碳排放总量（万吨）", 5, "caps_second"),
        ("总量目标（万吨）", 5, "caps_second"),
        ("碳排放总量管控目标（万吨）", 5, "caps_second"),
        ("能源消费总量控制目标（万吨标准煤）", -500, "caps_of_another"),
        ("用能总量控制目标（万吨标准煤）", -500, "caps_of_another"),
        ("煤炭消费总量控制目标（万吨）", -500, "caps_of_another"),
        ("2025年碳排放总量（万吨）", -300, None),
        ("能源消费总量（万吨标准煤）", -300, None),
        ("单位GDP能耗降低目标（%）", None, None),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_one_column_is_judged_and_the_other_named(tmp_path, example_15fyp, header, more, code, first):
    columns = {RATE: None, header: more, CAP: 0} if first else {RATE: None, CAP: 0, header: more}
    found = judged(tmp_path, example_15fyp, **columns)
    assert found.passed
    assert found.verification.total.pair.sum == sum(CAPS)
    said = [notice for notice in found.notices if notice.place.file == "t.csv"]
    assert [(notice.code, notice.place.column) for notice in said] == ([(code, header.split("（")[0])] if code else [])


@pytest.mark.parametrize("header", ["2030年碳排放总量上限（万吨）", "碳排放总量控制目标（2030年，万吨）"])
def test_two_columns_that_may_be_meant_are_refused_at_the_second(tmp_path, example_15fyp, header):
    with pytest.raises(InputError) as caught:
        judged(tmp_path, example_15fyp, **{RATE: None, CAP: 0, header: 5})
    (found,) = caught.value.findings
    assert (found.code, found.place.column) == ("caps_twice", header.split("（")[0])


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("能源消费总量控制目标（万吨标准煤）", "caps_of_another"),
        ("2028年碳排放总量控制目标（万吨）", "caps_of_year"),
        ("碳排放总量管控目标（万吨）", "caps_unknown"),
    ],
)
@pytest.mark.parametrize("settings", [(), ("total=null",)])
def test_a_column_alone_that_is_not_judged_is_named(tmp_path, header, code, settings):
    found = judged(tmp_path, load_scenario("15fyp-example", settings), **{RATE: None, header: -500})
    assert found.verification.total is None or found.verification.total.pair is None
    assert [notice.code for notice in found.notices if notice.place.file == "t.csv"] == [code]


@pytest.mark.parametrize("header", ["2028年碳排放总量控制目标（万吨）", "能源消费总量控制目标（万吨标准煤）"])
def test_a_table_asked_for_its_caps_that_has_others_alone_is_refused_at_their_header(example_15fyp_folder, header):
    rows = (f"{name},{cap}" for name, cap in zip(CITIES, CAPS, strict=True))
    (example_15fyp_folder / "caps.csv").write_text("\n".join([f"地区,{header}", *rows]), "utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(example_15fyp_folder, ["total.caps=caps.csv"])
    assert [found.place.column for found in caught.value.findings] == [header.split("（")[0]]


def test_caps_of_energy_are_told_from_those_of_carbon(tmp_path):
    scenario = load_scenario("15fyp-energy", ["total={cap: 26000, reserve: 0}"])
    regions = scenario.regions
    own = [
        int(e * g * (1 - Decimal(r) / 100)) for e, g, r in zip(regions.emissions, regions.growth, RATES, strict=True)
    ]
    rows = [",".join(map(str, row)) for row in zip(CITIES, RATES, CAPS, own, strict=True)]
    heads = "地区,单位GDP能耗降低率（%）,碳排放总量控制目标（万吨）,能源消费总量控制目标（万吨标准煤）"
    (tmp_path / "t.csv").write_text("\n".join([heads, *rows]), "utf-8")
    found = judgement(scenario, str(tmp_path / "t.csv"))
    assert found.verification.total.pair.sum == sum(own)
    assert "caps_of_another" in [notice.code for notice in found.notices]


@pytest.mark.parametrize(
    "settings",
    [
        ["total={peak: end, reserve: 0, step: 10}"],  # the rate is tighter in 甲, the first row of the sheet of both
        ["total={cap: 43500, reserve: 100, draws: draws.csv}"],
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_our_own_papers_are_read_whatever_binds_and_is_drawn(example_15fyp_folder, settings, language):
    """What a row of the sheet of both targets says is no header; nor is “(from 2030); 20 × 10⁴ t” a period."""
    rows = "项目,地区,动用量（万吨）,投产年份\np1,丙市,1,2030\np2,庚市,20,2028\n"
    (example_15fyp_folder / "draws.csv").write_text(rows, "utf-8")
    made = plan(load_scenario(example_15fyp_folder, settings))
    out = example_15fyp_folder / "out"
    write_plan(made, out, language)
    scenario = load_scenario(example_15fyp_folder, settings)
    files = [out / "allocation.xlsx", out / "allocation.csv"]
    publish(open_plan(out), ("csv", "xlsx"), language, example_15fyp_folder / "p")
    files += sorted((example_15fyp_folder / "p").glob("table*"))
    for file in files:
        assert judgement(scenario, str(file)).verification.total.pair.adds_up, file
    assert len(files) == 4
