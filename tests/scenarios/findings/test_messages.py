import ast
import json
import re
from pathlib import Path
from string import Formatter

import pytest

import allocator
import reports
import scenarios
from reports.words import LABELS
from reports.words.assessing import WORDS as ASSESSMENT_WORDS
from reports.words.pages.methods import WORDS as METHOD_WORDS
from reports.words.pages.own_files import WORDS as OWN_WORDS
from reports.words.pages.weights_for import WORDS as WEIGHT_WORDS
from reports.words.sweeping import WORDS as SWEEP_WORDS
from reports.words.tracking import WORDS as TRACK_WORDS
from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.file.document import _CODES, Document
from scenarios.messages import MESSAGES
from scenarios.wording import ON_PAGE, Catalogue, Text, some, speaking_on_page

MAKERS = ("error", "notice", "of", "CellError", "Finding", "PydanticCustomError")


def placeholders(text):
    names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    return {name for name in names if not name.startswith("q.")}  # words of the quantity, others in each language


def calls(package):
    """Yield (where, call) of every call in a package."""
    for path in sorted(Path(package.__file__).parent.glob("**/*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield f"{path.name}:{node.lineno}", node


def made():
    """Yield (where, code, keywords or None where they are not spelled out) of every message made by a literal code."""
    for package in (scenarios, reports, allocator):
        for where, call in calls(package):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if name not in MAKERS or not call.args:
                continue
            code = call.args[0]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                spelled = name in ("error", "notice", "of", "CellError") and all(k.arg for k in call.keywords)
                yield where, code.value, {k.arg for k in call.keywords} if spelled else None


def literals(package):
    for path in sorted(Path(package.__file__).parent.glob("**/*.py")):
        if path.parent.name != "findings":
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


@pytest.mark.parametrize(
    "catalogue", [MESSAGES, LABELS, SWEEP_WORDS, TRACK_WORDS, ASSESSMENT_WORDS, OWN_WORDS, METHOD_WORDS, WEIGHT_WORDS]
)
def test_both_languages_name_the_same_values(catalogue):
    for code, text in catalogue.texts.items():
        assert text.zh.strip() == text.zh, code
        assert text.zh, code
        assert text.en, code
        assert placeholders(text.zh) == placeholders(text.en), code
        assert all(name.isidentifier() for name in placeholders(text.en)), code


def test_every_message_ends_its_sentence():
    for code, text in MESSAGES.texts.items():
        if code == "answer" + ON_PAGE:  # which stands in another
            continue
        pasted = re.search(r"(?:columns|where): \{\{|sheet: \{first|\{paste\}|\{line\}|- \{\{id", text.zh)
        pasted = pasted and not code.endswith(ON_PAGE)
        assert text.zh[-1] in ("}" if pasted else "。？"), code
        assert text.en[-1] in ("}" if pasted else ".?"), code


def test_every_code_made_has_a_message_and_fills_it():
    found = list(made())
    assert len(found) > 50
    for where, code, keywords in found:
        assert code in MESSAGES.texts, where
        if keywords is not None:
            assert placeholders(MESSAGES.texts[code].en) <= keywords, where


def test_every_message_is_used():
    used = {text for package in (scenarios, reports, allocator) for text in literals(package)}
    assert set(_CODES.values()) <= set(MESSAGES.texts)
    assert {code.removesuffix(ON_PAGE) for code in MESSAGES.texts} - used == set()


@pytest.mark.parametrize("catalogue", [MESSAGES, LABELS, SWEEP_WORDS])
def test_what_the_page_says_stands_for_what_is_said_elsewhere(catalogue):
    codes = [code for code in catalogue.texts if code.endswith(ON_PAGE)]
    assert codes
    for code in codes:
        assert code.removesuffix(ON_PAGE) in catalogue.texts
        for typed in ("--", "scenario.yaml", "allocator ", "accept:", "columns:", "where:", "此键", "this key"):
            assert typed not in catalogue.texts[code].zh + catalogue.texts[code].en, code


def test_on_the_page_a_place_is_what_the_setting_is_called():
    names = {"criteria": {"capacity": {"label": {"zh": "能力", "en": "capacity"}}}}
    document = Document("方案.yaml", names, {}, {("bounds", "upper"): "bounds.upper=23%"})
    finding = Finding("missing_key", document.place(("bounds", "upper")))
    assert finding.say("zh") == "--set bounds.upper=23%：缺少此键。请补上。"
    with speaking_on_page():
        assert finding.say("zh") == "上下限·上限 23%：没有填写。请填写。"
        assert finding.say("en") == "bounds · upper 23 %: this is not filled in. Fill it in."
        assert document.place(("criteria", "capacity", "weight")).say("zh") == "方案.yaml，能力 权重"
        assert Place(key="period.base").say("zh") == "规划期·基年"
        order = Finding("bounds_order", values={"found": "30% > 25%"})
        assert order.say("en") == "the lower bound is above the upper one (30 % > 25 %)."
        quoted = Finding("not_a_rate", values={"found": "17%x%"})
        assert quoted.say("en") == "“17%x%” is no rate. Write it with its sign, as in 17 %."
    assert "called" not in finding.as_json()
    assert document.place(("period", "base")).say("zh") == "方案.yaml，基年（period.base）"


def test_a_finding_says_place_and_message():
    place = Place(file="regions.csv", row=3, column="gdp")
    finding = Finding("not_a_number", place, {"found": "x"})
    assert finding.say("en").startswith("regions.csv, row 3, column “gdp”: “x” is not a number")
    assert finding.say("zh").startswith("regions.csv，第 3 行，“gdp”列：“x”不是数字")
    place = Place(file="regions.xlsx", sheet="表一", cell="C5", row=5, column="gdp")
    assert place.say("en") == "regions.xlsx, sheet “表一”, cell C5, column “gdp”"
    assert place.say("zh") == "regions.xlsx，工作表“表一”，单元格 C5，“gdp”列"
    assert Finding("no_rates").say("en") == "no rates were found."
    assert Place().say("zh") == ""


def test_a_finding_stays_on_one_line_and_short():
    found = "a\nb\x1b[31m\u202e" + "x" * 10_000
    finding = Finding("not_a_number", Place(file="a\nb.csv"), {"found": found})
    for language in ("zh", "en"):
        assert finding.say(language).isprintable()
        assert len(finding.say(language)) < 600


def test_a_value_with_braces_stays_text():
    finding = Finding("not_a_number", Place(key="{x}"), {"found": "{found.__class__}"})
    assert "{found.__class__}" in finding.say("en")
    assert "{x}" in finding.say("en")


def test_a_finding_as_json():
    finding = Finding("not_a_number", Place(file="a.csv", row=2), {"found": 1})
    record = json.loads(json.dumps(finding.as_json()))
    assert record["place"] == {"file": "a.csv", "row": 2} if "place" in record else record["file"] == "a.csv"
    assert record["code"] == "not_a_number"
    assert record["values"] == {"found": "1"}
    assert record["zh"] == finding.say("zh")


def test_a_collector_raises_all_errors_and_keeps_notices():
    collector = Collector()
    collector.notice("no_rates", Place(file="a"))
    collector.raise_errors()
    collector.error("empty_cell", Place(file="b", row=1))
    collector.error("empty_cell", Place(file="b", row=2))
    assert collector.names(Place(file="b", row=1))
    assert not collector.names(Place(file="b", row=3))
    with pytest.raises(InputError) as caught:
        collector.raise_errors()
    assert [f.place.row for f in caught.value.findings] == [1, 2]
    assert [n.code for n in collector.notices] == ["no_rates"]
    assert "b, row 2" in str(caught.value)


def test_parts_of_a_catalogue_share_no_code():
    part = {"a": Text("甲", "a")}
    assert Catalogue.of(part, {"b": Text("乙", "b")}).say("b", "zh") == "乙"
    with pytest.raises(ValueError, match="two parts"):
        Catalogue.of(part, part)


def test_of_many_names_the_first_are_said_and_how_many_there_are():
    assert some("甲乙丙") == "甲、乙、丙"
    finding = Finding("missing_regions", Place(), {"missing": some(f"城{n}" for n in range(1400))})
    assert "城0、城1、" in finding.say("zh")
    assert "…（共 1400 个）" in finding.say("zh")
    assert "… (1400 in all)" in finding.say("en")
    assert len(finding.say("zh")) < 200
