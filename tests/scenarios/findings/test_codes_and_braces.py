"""Every code that a reader hands on has a text, and a text that is said without values shows its braces once."""

import ast
from pathlib import Path
from string import Formatter

import pytest

import scenarios
from reports.words import LABELS
from reports.words.assessing import WORDS as ASSESSMENT_WORDS
from reports.words.pages.methods import WORDS as METHOD_WORDS
from reports.words.pages.weights_for import WORDS as WEIGHT_WORDS
from reports.words.sweeping import WORDS as SWEEP_WORDS
from reports.words.tracking import WORDS as TRACK_WORDS
from scenarios.errors import Finding, InputError
from scenarios.messages import MESSAGES
from scenarios.total.caps import read_caps
from scenarios.wording import Text

HANDED = {"note": 0, "refusal": 0, "question": 0, "number": 1, "amount": 1, "_value": 1}
"""What hands a code on, and at which place among its arguments."""


def handed(tree):
    """Yield (line, code) of every literal code that is handed to a reader."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        at = HANDED.get(getattr(node.func, "attr", getattr(node.func, "id", "")))
        for one in [] if at is None else node.args[at : at + 1]:
            for part in [one.body, one.orelse] if isinstance(one, ast.IfExp) else [one]:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield node.lineno, part.value


def has_values(text):
    return any(name is not None for _, name, _, _ in Formatter().parse(text))


def test_a_code_that_is_handed_on_has_a_text():
    found = [
        (f"{path.name}:{line}", code)
        for path in sorted(Path(scenarios.__file__).parent.glob("**/*.py"))
        if path.name not in ("power_table.py", "word.py")  # whose amounts, properties are asked for by their names
        for line, code in handed(ast.parse(path.read_text("utf-8")))
    ]
    assert ("table.py", "not_negative") in {(where.split(":")[0], code) for where, code in found}
    assert [(where, code) for where, code in found if code not in MESSAGES.texts] == []


@pytest.mark.parametrize(
    "catalogue", [MESSAGES, LABELS, SWEEP_WORDS, TRACK_WORDS, ASSESSMENT_WORDS, METHOD_WORDS, WEIGHT_WORDS]
)
def test_a_text_said_without_values_shows_its_braces_once(catalogue):
    for code, text in catalogue.texts.items():
        for language in ("zh", "en"):
            said = catalogue.say(code, language)
            if not has_values(getattr(text, language)):
                assert "{{" not in said, code
                assert "}}" not in said, code


@pytest.mark.parametrize(
    "catalogue", [MESSAGES, LABELS, SWEEP_WORDS, TRACK_WORDS, ASSESSMENT_WORDS, METHOD_WORDS, WEIGHT_WORDS]
)
def test_coal_equivalent_is_one_word(catalogue):
    assert [code for code, text in catalogue.texts.items() if "标煤" in text.zh or "标煤" in text.en] == []


def test_braces_are_the_same_with_values_and_without():
    text = Text("写 total: {{cap: 1}}。", "write total: {{cap: 1}}.")
    assert text.say("zh") == text.say("zh", unused=1) == "写 total: {cap: 1}。"
    assert "fit: {coal: 2.66, oil: 1.73, gas: 1.56}" in Finding("fit_factors").say("en")
    assert "total: {cap: 42500}" in Finding("caps_without_total").say("zh")


TABLE = "地区,下降率（%）,总量目标（万吨）\n甲市,18,5323\n乙市,18,9969\n机动,,-300\n"


def test_a_reserve_below_zero_is_refused_at_its_cell(tmp_path, example_15fyp):
    (tmp_path / "caps.csv").write_text(TABLE, "utf-8")
    with pytest.raises(InputError) as caught:
        read_caps(tmp_path / "caps.csv", example_15fyp.regions)
    found = next(one for one in caught.value.findings if one.code == "not_negative")
    assert (found.place.row, found.say("en")[-38:]) == (4, "“-300” is below zero. Give zero or more."[-38:])
