"""Rule sets: the bundled ones as their sources have them, one's own, and every mistake with its line."""

from decimal import Decimal
from importlib.resources import files

import pytest
from pydantic import BaseModel

from scenarios.assessing.rules import BUNDLED, find_rules
from scenarios.schema_types import Words

OWN = """\
schema_version: 1
name: own
title: {zh: 自定规则, en: Own rules}
source: 某省考核办法
year: 2024
completion: {annual: 30, cumulative: 20}
veto: {annual: never, cumulative: final}
grades: {excellent: 85, good: 75, qualified: 60}
sections:
  - id: work
    title: 工作
    points: 50
    items:
      - {id: 3, title: 甲, points: 20, criteria: 一, departments: 二, evidence: 三, choices: [0, 10, 20]}
      - {id: "4a", title: 乙, points: 30, criteria: 一, departments: 二, evidence: 三}
"""


@pytest.fixture
def own(tmp_path):
    """Return a function that writes the rule set with replacements and returns its path."""

    def write(*pairs):
        text = OWN
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "own.yaml").write_text(text, "utf-8")
        return str(tmp_path / "own.yaml")

    return write


def test_the_thirteenth_has_27_items_and_100_points():
    rules = find_rules("13fyp").rules
    assert [item.id for item in rules.items] == [str(n) for n in range(3, 28)]
    assert rules.completion.annual + rules.completion.cumulative == 40
    assert [int(section.points) for section in rules.sections] == [8, 8, 7, 8, 8, 3, 6, 2, 10]
    assert [int(item.points) for item in rules.items] == [
        4, 2, 2, 2, 1, 1, 4, 3, 3, 1, 2, 4, 2, 3, 4, 1, 3, 2, 2, 2, 2, 1, 2, 6, 1,
    ]  # fmt: skip
    assert (rules.veto.annual, rules.veto.cumulative) == ("yearly", "final")


def test_the_twelfth_gives_half_of_the_points_to_the_targets():
    rules = find_rules("12fyp").rules
    assert (rules.completion.annual, rules.completion.cumulative) == (25, 25)
    assert sum(item.points for item in rules.items) == 50
    assert (rules.veto.annual, rules.veto.cumulative) == ("yearly", "yearly")


def texts(node):
    """Yield all texts of a rule set but the per cent sign."""
    if isinstance(node, Words):
        yield from () if node.zh == "%" else (node,)
    elif isinstance(node, BaseModel):
        yield from (text for name in type(node).model_fields for text in texts(getattr(node, name)))
    elif isinstance(node, tuple):
        yield from (text for inner in node for text in texts(inner))


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_set_says_everything_in_both_languages(name):
    rules = find_rules(name).rules
    found = list(texts(rules))
    assert {rules.title, rules.source} <= set(found)
    for text in found:
        assert text.zh, text
        assert text.en, text
        assert any("一" <= c <= "鿿" for c in text.zh), text
        assert not any("一" <= c <= "鿿" for c in text.en), text
    if rules.kind == "points":
        assert (rules.grades.excellent, rules.grades.good, rules.grades.qualified) == (90, 80, 60)


def test_an_own_set_in_the_same_format(own):
    found = find_rules(own())
    assert [(item.id, item.points) for item in found.rules.items] == [("3", 20), ("4a", 30)]
    assert found.rules.items[0].choices == (Decimal(0), Decimal(10), Decimal(20))
    assert found.source.name == "own.yaml"


def test_the_bundled_file_is_an_own_set_too(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_bytes((files("scenarios.assessing") / "data" / "13fyp.yaml").read_bytes())
    assert find_rules(str(path)).rules == find_rules("13fyp").rules


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        ([("points: 20, c", "points: 21, c")], [("assess_section_sum", 12)]),
        ([("annual: 30", "annual: 31")], [("assess_total", 9)]),
        ([('"4a"', "3")], [("assess_id_twice", 15)]),
        ([('"4a"', "2")], [("assess_item_reserved", 15)]),
        ([("[0, 10, 20]", "[0, 40]")], [("assess_choice_above", 14)]),
        ([("good: 75", "good: 85")], [("assess_grades", 8)]),
        ([("annual: never", "annual: sometimes")], [("not_one_of", 7)]),
        ([("departments: 二, evidence: 三}", "departments: 二}")], [("missing_key", 15)]),
        ([("annual: 30", "annual: -1")], [("not_a_quantity", 6)]),
        (
            [("[0, 10, 20]}", "[0]}"), ("    items:", "    items: []\n    other:")],
            [("empty_section", 13), ("unknown_key_meant", 14)],
        ),
        ([("completion:", "completions:")], [("missing_key", None), ("unknown_key_meant", 6)]),
        (
            [("points: 20, c", "points: 21, c"), ('"4a"', "3"), ("good: 75", "good: 85")],
            [("assess_section_sum", 12), ("assess_id_twice", 15), ("assess_grades", 8)],
        ),
    ],
)
def test_mistakes_are_named_with_their_line_all_at_once(own, refused, pairs, wanted):
    assert [(f.code, f.place.row) for f in refused(find_rules, own(*pairs))] == wanted


def test_an_unknown_set_names_the_known(refused):
    (finding,) = refused(find_rules, "14fyp")
    assert finding.code == "assess_rules_unknown"
    assert "13fyp" in finding.say("zh")
    assert [f.code for f in refused(find_rules, "nowhere.yaml")] == ["no_file"]
