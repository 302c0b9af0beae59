"""The plan at a glance: one line a region, columns that line up, of very many the extremes."""

import unicodedata

import pytest

from allocator.planning.plan import plan
from reports.planning.listing import listing
from scenarios.load import load_scenario

LANGUAGES = ("zh", "en")


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def planned(*settings):
    return plan(load_scenario("guangxi-13fyp", settings)).record


@pytest.fixture(scope="module")
def held():
    return planned("bounds={lower: 13%, upper: 22%}", "publish.classes=5")


def cells(line):
    return [part for part in line.split("  ") if part.strip()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_a_region_in_the_tables_order(guangxi, language):
    record = plan(guangxi).record
    head, *lines = listing(record, language, "allocation.xlsx")
    assert "%" in head
    assert [cells(line)[0].strip() for line in lines] == [region.label(language) for region in record.regions]
    assert [part.strip() for part in cells(lines[0])[1:]] == ["23.0", "22.94", "22.94", "–"]
    assert {width(line.rpartition("  ")[0]) for line in lines} == {width(lines[0].rpartition("  ")[0])}
    assert max(map(width, (head, *lines))) <= 100


def test_what_holds_a_region_stands_in_a_few_words(held):
    lines = {region.name: line for region, line in zip(held.regions, listing(held, "zh", "x")[1:], strict=True)}
    assert lines["南宁"].endswith("  上限 22%")
    assert lines["河池"].endswith("  下限 13%")
    assert lines["桂林"].endswith("  –")
    assert "类别" in listing(held, "zh", "x")[0]
    assert listing(held, "en", "x")[1].endswith("  upper bound 22 %")


def test_rules_and_a_rounding_that_is_not_the_nearest_are_named():
    rule = "rules=[{id: most, type: ceiling, rate: 20%, reason: 理由, where: {regions: [柳州]}}]"
    lines = listing(planned(rule), "zh", "x")
    assert next(line for line in lines if line.startswith("柳州")).endswith("规则 most")
    lines = listing(plan(load_scenario("three-cities")).record, "en", "x")
    assert lines[2].endswith("  rounding +0.36")


def test_of_very_many_regions_the_extremes(held):
    many = held.model_copy(
        update={
            "regions": tuple(
                held.regions[n % 14].model_copy(update={"published_rate": 0.1 + n / 1000, "name": f"市{n}"})
                for n in range(100)
            )
        }
    )
    lines = listing(many, "zh", "allocation.xlsx")
    assert len(lines) == 22
    assert lines[1].startswith("市99")
    assert lines[-1].startswith("市0")
    assert "80" in lines[11]
    assert "allocation.xlsx" in lines[11]
