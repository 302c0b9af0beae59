"""One cause is one error, at its own key; a cap that is rounded down says from what."""

import pytest

from allocator.planning.plan import plan
from reports.planning.sentences import province_statements
from scenarios.errors import InputError
from scenarios.load import load_scenario

HELD = "total: {cap: 42500, reserve: 300}"


def refused(folder, keys, work=load_scenario):
    """Return code, key and whether its line is known for each error of a scenario whose cap has these keys."""
    file = folder / "scenario.yaml"
    lines = "\n".join(["total:", *(f"  {key}" for key in keys)])
    text = file.read_text("utf-8").replace(HELD, lines)
    file.write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        work(folder)
    rows = text.splitlines()
    found = [one for one in error.value.findings if one.severity != "notice"]
    return [(one.code, one.place.key, rows[one.place.row - 1].split(":")[0].strip()) for one in found]


@pytest.mark.parametrize(
    ("keys", "code", "at"),
    [
        (["increment: -50000"], "cap_of_nothing", "increment"),
        (["increment: -50000", "reserve: 300"], "cap_of_nothing", "increment"),
        (["increment: -40246.3"], "cap_of_nothing", "increment"),
        (["cap: 0"], "cap_of_nothing", "cap"),
        (["reserve: 300", "cap: 100"], "cap_far", "cap"),
        (["growth_at_most: -90%"], "cap_far_growth", "growth_at_most"),
        (["cap: 42500", "reserve: 42501"], "reserve_above_cap", "reserve"),
        # Σ Y g is 59,460
        (["cap: 42500", "reserve: 300", "reserve_gdp_end: 59461"], "reserve_gdp_beyond", "reserve_gdp_end"),
        (["cap: 42500", "reserve_gdp_end: 60"], "reserve_gdp_alone", "reserve_gdp_end"),
        (["cap: 42500", "reserve: 300", "reserve_gdp_end: 60", "apart: 1号文"], "reserve_gdp_apart", "reserve_gdp_end"),
        (["cap: 42500", "reserve: 300", 'apart: " "'], "empty_words", "apart"),
    ],
)
def test_one_cause_is_one_error_at_its_key(example_15fyp_folder, keys, code, at):
    assert refused(example_15fyp_folder, keys) == [(code, f"total.{at}", at)]


@pytest.mark.parametrize("caps", ["rates", "total", "base"])
def test_a_step_that_leaves_a_city_nothing_is_refused_at_its_key(example_15fyp_folder, caps):
    keys = ["cap: 42500", "reserve: 300", "step: 5000", f"caps: {caps}"]
    found = refused(example_15fyp_folder, keys, lambda folder: plan(load_scenario(folder)))
    assert found == [("step_beyond", "total.step", "step")]


def test_a_reserve_that_is_apart_and_nothing_is_said():
    said = load_scenario("15fyp-example", ["total={cap: 42500, apart: 1号文}"]).notices
    assert [one.code for one in said if one.code.startswith("reserve_")] == ["reserve_apart_alone"]
    said = load_scenario("15fyp-example", ["total={cap: 42500, reserve: 300, apart: 1号文}"]).notices
    assert not [one for one in said if one.code.startswith("reserve_")]


def test_its_regions_are_named_in_the_language_that_is_spoken():
    """Of 42,200 no city's cap is as near to 50,000 as to nothing."""
    settings = ["total={cap: 42500, reserve: 300, step: 50000}"]
    with pytest.raises(InputError) as caught:
        plan(load_scenario("15fyp-example", settings))
    (found,) = caught.value.findings
    assert "甲市、乙市" in found.say("zh")
    assert "Jia, Yi" in found.say("en")


def test_gdp_of_the_reserve_up_to_that_of_the_cities_is_taken():
    assert load_scenario("15fyp-example", ["total.reserve_gdp_end=59460"]).baseline.total.reserve_gdp == 59460


@pytest.mark.parametrize(
    ("form", "computed", "cap"),
    [
        ("growth_at_most: 5.6%", "42,500.0928", "42,500"),  # 40,246.3 × 1.056
        ("increment: 2254", "42,500.3", "42,500"),
        ("increment: 2253.7", None, "42,500"),
        ("cap: 42500.5", None, "42,500.5"),
        ("peak: end", None, "40,246.3"),
    ],
)
def test_a_cap_that_is_rounded_down_says_from_what(form, computed, cap):
    record = plan(load_scenario("15fyp-example", [f"total={{{form}}}"])).record
    said = " ".join(province_statements(record, "zh"))
    kept = record.province.total
    assert kept.cap_10kt == float(cap.replace(",", ""))
    if computed is None:
        assert kept.computed_10kt is None
        assert "算得" not in said
    else:
        assert f"总量算得 {computed} 万吨，舍去不足 1 万吨的部分，取 {cap} 万吨。" in said
        assert f"comes to {computed} × 10⁴ t" in " ".join(province_statements(record, "en"))
