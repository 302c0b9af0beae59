"""Rules as they stand in a scenario file: which forms are read, and which are refused by name."""

import pytest
from pydantic import TypeAdapter

from scenarios.file.rules import INCENTIVE, PROTECT, Rule, Where, split_condition
from scenarios.load import load_scenario
from scenarios.tables.cells import CellError

REASON = "reason: {zh: 理由, en: why}"


def loaded(*rules):
    listed = ", ".join(f"{{{REASON}, {rule}}}" for rule in rules)
    return load_scenario("guangxi-13fyp", [f"rules=[{listed}]"])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("tertiary_share > 50%", ("tertiary_share", ">", "50%")),
        ("gdp>=1000", ("gdp", ">=", "1000")),
        ("  a b  <=  0.5 ", ("a b", "<=", "0.5")),
        ("第三产业比重 == 3", ("第三产业比重", "==", "3")),
    ],
)
def test_condition(text, parts):
    assert split_condition(text) == parts


@pytest.mark.parametrize("text", ["", "gdp", "> 3", "gdp >", "1 < gdp < 3", "gdp = 3", "gdp => 3"])
def test_condition_of_another_form(text):
    with pytest.raises(CellError):
        split_condition(text)


def test_where_has_short_forms():
    where = TypeAdapter(Where)
    assert where.validate_python(["a", "b"]) == Where(regions=("a", "b"))
    assert where.validate_python("x > 3") == Where(condition="x > 3")
    assert where.validate_python({"group": "g"}) == Where(group="g")


def test_columns_a_rule_reads():
    rule = TypeAdapter(Rule).validate_python(
        {"id": "a", "reason": {"zh": "x", "en": "x"}, "type": "column_floor", "column": "cut", "where": "share > 3"}
    )
    assert rule.columns == {"cut", "share"}


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("id: a, type: gapp, at_most: 3 points", "rule_type"),
        ("id: a", "rule_type"),
        ("id: a, type: gap", "missing_key"),
        ("type: peak", "missing_key"),
        ("id: 1a, type: peak", "wrong_form"),
        ("id: a, type: floor", "one_of"),
        ("id: a, type: floor, rate: 12%, above_target: 1 point", "only_one_of"),
        ("id: a, type: ceiling", "one_of"),
        ("id: a, type: ratchet, column: x", "one_of"),
        ("id: a, type: peak, where: {}", "where_form"),
        ("id: a, type: peak, where: []", "where_form"),
        ("id: a, type: peak, where: {group: g, regions: [南宁]}", "where_form"),
        ("id: a, type: budget, limit: -5", "not_a_quantity"),
        ("id: a, type: ratchet, column: x, at_least: '0.8'", "not_a_factor"),
        ("id: a, type: gap, at_most: 8 points, with: 3", "unknown_key"),
    ],
)
def test_refused(refused, rule, code):
    findings = refused(loaded, rule)
    assert [finding.code.removesuffix("_meant") for finding in findings] == [code]


def test_refused_in_the_file_with_line_and_id(refused, guangxi_folder, edit):
    lines = f"rules:\n  - {{{REASON}, id: wide, type: gap}}\n  - {{{REASON}, id: bad, type: budget, limit: x}}"
    edit(guangxi_folder / "scenario.yaml", "rules: []", lines)
    findings = refused(load_scenario, guangxi_folder)
    assert [finding.place.key for finding in findings] == ["rules.wide.at_most", "rules.bad.limit"]
    text = (guangxi_folder / "scenario.yaml").read_text("utf-8").splitlines()
    assert ["wide" in text[findings[0].place.row - 1], "bad" in text[findings[1].place.row - 1]] == [True, True]


def test_two_rules_with_one_id(refused):
    findings = refused(loaded, "id: same, type: peak", "id: other, type: peak", "id: same, type: order")
    assert [finding.code for finding in findings] == ["rule_twice"]
    assert findings[0].values["found"] == "same"


@pytest.mark.parametrize("key", [INCENTIVE, PROTECT])
def test_no_rule_takes_the_name_of_what_stands_among_the_rules(refused, key):
    findings = refused(loaded, f"id: {key}, type: peak", "id: other, type: peak")
    assert [(finding.code, finding.values["found"]) for finding in findings] == [("rule_id_taken", key)]
