from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.file import yaml_tree
from scenarios.file.document import parse_document, read_document, validate, with_overrides
from scenarios.load import find_scenario
from scenarios.wording import Text

NAME = "scenario.yaml"
GUANGXI = find_scenario("guangxi-13fyp").read_text("utf-8")

SMALLEST = """
schema_version: 1
name: a
title: a
period: {base: 2015, end: 2020}
target: 17%
regions: regions.csv
reference: {map: uniform}
criteria: {a: {weight: 1, indicators: {b: {column: gdp, direction: +}}}}
"""


def changed(old, new):
    assert old in GUANGXI
    return GUANGXI.replace(old, new, 1)


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def judge(text, *overrides):
    return validate(with_overrides(parse_document(text, NAME), overrides))


@pytest.fixture
def one(refused):
    """Return a function that expects one finding and returns its code, line, key and values."""

    def call(text, *overrides):
        (finding,) = refused(judge, text, *overrides)
        assert finding.place.file == ("" if overrides else NAME)
        return finding.code, finding.place.row, finding.place.key, finding.values

    return call


def test_the_bundled_file_is_read():
    scenario = judge(GUANGXI)
    assert scenario.target == Decimal("0.17")
    assert scenario.criteria["potential"].indicators["tertiary"].direction == "-"
    assert list(scenario.criteria["capacity"].indicators) == ["income", "wealth", "industry"]


def test_the_smallest_file_is_read():
    scenario = judge(SMALLEST)
    assert (scenario.bounds.lower, scenario.bounds.upper) == (0, Decimal("0.5"))
    assert (scenario.publish.grid, scenario.margin, scenario.normalize) == (Decimal("0.005"), 0, False)
    assert scenario.title.say("en") == scenario.title.say("zh") == "a"


@pytest.mark.parametrize(
    ("old", "new", "code", "key", "shown"),
    [
        ("target: 17%", "traget: 17%", "unknown_key_meant", "traget", "target"),
        ("margin: 0", "zzz: 0", "unknown_key", "zzz", "margin"),
        ("margin: 0", "<<: {margin: 0}", "unknown_key", "<<", "margin"),
        ("margin: 0", "true: 0", "unknown_key_meant", "true", "rules"),
        ("{lower: 10%, upper", "{lowest: 10%, upper", "unknown_key_meant", "bounds.lowest", "lower"),
        ("  - zh: 没有", "  - zhh: 没有", "unknown_key_meant", "notes.0.zhh", "zh"),
        ("weight: 1", "wieght: 1", "unknown_key_meant", "criteria.capacity.wieght", "weight"),
        (
            "column: avg_wage",
            "colum: avg_wage",
            "unknown_key_meant",
            "criteria.capacity.indicators.income.colum",
            "column",
        ),
    ],
)
def test_unknown_keys_are_named_with_line_and_nearest_key(refused, old, new, code, key, shown):
    text = changed(old, new)
    found = [f for f in refused(judge, text) if f.code == code]
    assert [(f.place.key, f.place.row) for f in found] == [(key, line_of(text, new.strip(" -{").split("%")[0]))]
    assert shown in (found[0].values.get("meant", ""), *found[0].values["known"].en.split(", "))


def test_keys_of_a_criterion_named_like_a_field_are_known(refused):
    text = changed("  capacity:", "  weight:").replace("within: equal", "withn: equal", 1)
    (finding,) = refused(judge, text)
    assert finding.values["meant"] == "within"
    assert "indicators" in finding.values["known"].en


def test_every_key_that_stands_twice_is_named(refused):
    text = changed("margin: 0", "margin: 0\ntarget: 18%").replace(
        "        column: gdp\n", "        column: gdp\n        column: gdp\n"
    )
    findings = refused(judge, text)
    assert [(f.code, f.place.key) for f in findings] == [
        ("duplicate_key", "target"),
        ("duplicate_key", "criteria.responsibility.indicators.economy.column"),
    ]
    assert findings[0].place.row == line_of(text, "target: 18%")
    assert findings[0].values["first"] == line_of(text, "target: 17%")
    assert findings[1].place.row == findings[1].values["first"] + 1


def test_keys_that_only_look_different_stand_twice(refused):
    assert refused(judge, 'target: 17%\n"target": 18%\n')[0].code == "duplicate_key"


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ("target: 17%", "target: .nan", "not_a_rate", "target"),
        ("target: 17%", "target: -.inf", "not_a_rate", "target"),
        ("target: 17%", "target: true", "not_a_rate", "target"),
        ("target: 17%", "target: [17%]", "not_a_rate", "target"),
        ("target: 17%", "target: 2015-01-01", "not_a_rate", "target"),
        ("target: 17%", "target: 1_7%", "not_a_rate", "target"),
        ("target: 17%", "target: " + "1" * 5000, "number_too_long", "target"),
        ("target: 17%", "target: 0x" + "f" * 5000, "not_a_rate", "target"),
        ("target: 17%", "target: 1e400", "not_a_rate", "target"),
        ("target: 17%", "target: seventeen", "not_a_rate", "target"),
        ("target: 17%", "target:", "no_value", "target"),
        ("target: 17%", "target: ~", "no_value", "target"),
        ("target: 17%", "target: 17", "rate_question", "target"),
        ("target: 17%", "target: 100%", "target_range", "target"),
        ("target: 17%", "target: -17%", "target_range", "target"),
        ("target: 17%", "target: 0", "target_range", "target"),
        ("margin: 0", "margin: 6%", "margin_range", "margin"),
        ("margin: 0", "margin: -1%", "margin_range", "margin"),
        ("margin: 0", "margin: 1", "rate_question", "margin"),
        ("upper: 25%", "upper: 25", "rate_question", "bounds.upper"),
        ("upper: 25%", "upper: 150%", "rate_range", "bounds.upper"),
        ("upper: 25%", "upper: 9%", "bounds_order", "bounds"),
        ("grid: 0.5 points", "grid: 0.5", "grid_question", "publish.grid"),
        ("grid: 0.5 points", "grid: 0%", "grid_question", "publish.grid"),
        ("grid: 0.5 points", "grid: -", "not_a_rate", "publish.grid"),
        ("spread: 12 points", "spread: 12", "rate_question", "reference.spread"),
        ("spread: 12 points", "spread: -12 points", "spread_negative", "reference"),
        ("{map: linear, spread: 12 points}", "{map: linear}", "spread_missing", "reference"),
        ("map: linear, spread", "map: uniform, spread", "spread_unused", "reference"),
        ("map: linear", "map: liner", "not_one_of", "reference.map"),
        ("base: 2015", "base: 2015.5", "not_an_integer", "period.base"),
        ("base: 2015", "base: '2015'", "not_an_integer", "period.base"),
        ("base: 2015", "base: true", "not_an_integer", "period.base"),
        ("base: 2015", "base: 15", "out_of_range", "period.base"),
        ("end: 2020", "end: 2200", "out_of_range", "period.end"),
        ("end: 2020", "end: 2015", "period_backward", "period"),
        ("schema_version: 1", "schema_version: 2", "not_one_of", "schema_version"),
        ("schema_version: 1", "schema_version: true", "not_an_integer", "schema_version"),
        ("schema_version: 1", "schema_version: 1.0", "not_an_integer", "schema_version"),
        ("normalize: true", "normalize: 1", "not_a_boolean", "normalize"),
        ("normalize: true", "normalize: 'true'", "not_a_boolean", "normalize"),
        ("name: guangxi-13fyp", "name: Guangxi 13", "wrong_form", "name"),
        ("name: guangxi-13fyp", "name: 13", "not_text", "name"),
        ("regions: regions.csv", "regions: ../regions.csv", "wrong_form", "regions"),
        ("regions: regions.csv", "regions: [a]", "not_text", "regions"),
        ("{zh: 广西, en: Guangxi}", "{}", "empty_words", "province.name"),
        ("{zh: 广西, en: Guangxi}", "12", "not_text", "province.name"),
        ("{zh: 广西, en: Guangxi}", "", "no_value", "province.name"),
        ("{zh: 广西, en: Guangxi}", "x" * 1001, "text_too_long", "province.name.zh"),
        ("period: {base: 2015, end: 2020}", "period: 2015", "not_a_section", "period"),
        ("rules: []", "rules: [{max_gap: 10%}]", "rule_type", "rules.0"),
        ("rules: []", "rules: none", "not_a_list", "rules"),
        ("weight: 1", "weight: -1", "negative_weight", "criteria.capacity.weight"),
        ("weight: 1", "weight: true", "not_a_weight", "criteria.capacity.weight"),
        ("weight: 1", "weight: .nan", "not_a_weight", "criteria.capacity.weight"),
        ("weight: 1", "weight: .inf", "not_a_weight", "criteria.capacity.weight"),
        ("weight: 1", "weight: 30%", "not_a_weight", "criteria.capacity.weight"),
        ("weight: 1", "weight: 0b_", "not_a_weight", "criteria.capacity.weight"),
        ("weight: 1", "weight: 0x" + "f" * 3000, "not_a_weight", "criteria.capacity.weight"),
        ("weight: 1", "weight: 1e99", "not_a_weight", "criteria.capacity.weight"),
        ("    weight: 1\n", "", "missing_key", "criteria.capacity.weight"),
        ("within: equal", "within: given", "weight_missing", "criteria.capacity"),
        ("within: equal", "within: entropi", "not_one_of", "criteria.capacity.within"),
        ("column: avg_wage", "column: avg_wage\n        weight: 1", "weight_unused", "criteria.capacity"),
        ('        direction: "+"\n', "", "missing_choice", "criteria.capacity.indicators.income.direction"),
        ('direction: "+"', "direction: up", "not_one_of", "criteria.capacity.indicators.income.direction"),
        ('direction: "+"', "direction: 1", "not_one_of", "criteria.capacity.indicators.income.direction"),
        ("published: published.csv", "published: a/b.csv", "wrong_form", "tables.published"),
        ("published: published.csv", "1a: b.csv", "wrong_form", "tables.1a"),
    ],
)
def test_what_stands_in_a_file_is_judged_at_its_line(one, old, new, code, key):
    text = changed(old, new)
    found = one(text)
    assert found[0] == code
    assert found[2] == key
    if code in ("missing_key", "missing_choice"):
        assert found[1] == line_of(text, f"{key.split('.')[-2]}:")
    elif key.startswith("province.name"):
        assert found[1] == line_of(text, "province:") + 1
    elif key == "criteria.capacity":
        assert found[1] == line_of(text, "capacity:")
    else:
        assert found[1] == line_of(text, new.split("\n")[0] or key)


def test_equal_bounds_are_taken():
    assert judge(changed("upper: 25%", "upper: 10%")).bounds.upper == Decimal("0.1")


@pytest.mark.parametrize("word", ["+", '"+"', "正", "positive", "Positive", "' + '"])
def test_directions_have_words(word):
    scenario = judge(changed('direction: "+"', f"direction: {word}"))
    assert scenario.criteria["capacity"].indicators["income"].direction == "+"


@pytest.mark.parametrize("word", ["'-'", '"-"', "负", "negative"])
def test_negative_directions_have_words(word):
    scenario = judge(changed('direction: "+"', f"direction: {word}"))
    assert scenario.criteria["capacity"].indicators["income"].direction == "-"


@pytest.mark.parametrize("minus", ["-", "-  # less", "- "])
def test_a_lone_minus_is_answered_with_how_to_write_it(one, minus):
    text = changed('direction: "+"', f"direction: {minus}")
    code, row, _, _ = one(text)
    assert (code, row) == ("lone_minus", line_of(text, "direction: -"))


def test_weights_stay_as_written():
    scenario = judge(changed("weight: 1", "weight: 0.3333333333333333333"))
    assert scenario.criteria["capacity"].weight == Decimal("0.3333333333333333333")


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("a: &x [1]\nb: *x\n", "yaml_anchor", 1),
        ("a: 1\nb: *x\n", "yaml_anchor", 2),
        ("a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "yaml_anchor", 1),
        ("a: 1\nb: !!python/object/apply:os.system ['exit 1']\n", "yaml_tag", 2),
        ("a: !!python/name:os.system\n", "yaml_tag", 1),
        ("a: !!binary aGVsbG8=\n", "yaml_tag", 1),
        ("target: !percent 17\n", "yaml_tag", 1),
        ("!!omap [a: b]\n", "yaml_tag", 1),
        ("a: 1\n? [a, b]\n: c\n", "yaml_key", 2),
        ("a: 1\n? {a: b}\n: c\n", "yaml_key", 2),
        ("a: " + "[" * 10_000, "yaml_too_big", 1),
        ("a: " + "{a: " * 10_000, "yaml_too_big", 1),
        ("- " * 10_000, "yaml_too_big", 1),
        ("a: 1\n\tb: 2\n", "yaml_tab", 2),
        ("a: 1\nb: [1\n", "yaml_bracket", 2),
        ("a: 1\nb: 'x\n", "yaml_quote", 2),
        ("a: 1\nb: c: d\n", "yaml_colon_inside", 2),
        ("a: 1\n b: 2\n", "not_yaml", 2),
        ("a: 1\nb: x\x07\n", "yaml_character", 2),
        ("a: 1\n---\nb: 2\n", "yaml_documents", 2),
        ("a: 1\ntarget：18%\nb: 2\n", "yaml_colon", 2),
        ("target：18%\nb: 2\n", "yaml_colon", 1),
        ("a:\n  b: 2\n  c：3\n", "yaml_colon", 3),
        ("a: 1\ntarget:18%\nb: 2\n", "yaml_colon", 2),
        ("a: {b: 1，c: 2}\n", "yaml_full_width", 1),
        ("a: ｛b: 1, c: 2｝\n", "yaml_full_width", 1),
        ("a: {b: 1 c: 2}\n", "yaml_bracket", 1),
        ("a: 1\nb: %x\n", "yaml_start", 2),
        ("a: @x\n", "yaml_start", 1),
        ('a: "\\UFFFFFFFF"\n', "not_yaml", None),
        ("- a\n", "not_a_mapping", None),
        ("17%\n", "not_a_mapping", None),
        ("# nothing\n", "empty_file", None),
    ],
)
def test_what_is_no_plain_yaml_is_refused_at_its_line(one, text, code, row):
    found = one(text)
    assert found[:2] == (code, row)


def test_a_file_of_too_many_entries_is_refused(monkeypatch, one):
    monkeypatch.setattr(yaml_tree, "MAX_NODES", 1000)
    assert one("\n".join(f"k{n}: 1" for n in range(501)))[:2] == ("yaml_too_big", 500)


def test_a_tag_never_runs(tmp_path, refused):
    mark = tmp_path / "mark"
    refused(judge, f"a: !!python/object/apply:pathlib.Path.touch [!!python/object:pathlib.Path {mark}]\n")
    refused(judge, f"a: !!python/object/apply:os.system ['touch {mark}']\n")
    assert not mark.exists()


def test_all_failures_are_said_at_once(refused):
    text = GUANGXI
    for old, new in [
        ("target: 17%", "target: 17"),
        ("margin: 0", "margn: 0"),
        ("end: 2020", "end: 2010"),
        ("spread: 12 points", "spread: 12"),
        ("normalize: true", "normalize: yes please"),
        ("weight: 1", "weight: -1"),
        ('direction: "-"', "direction: down"),
        ("grid: 0.5 points", "grid: 0.5"),
        ("rules: []", "rules: [{a: b}]"),
    ]:
        assert old in text
        text = text.replace(old, new, 1)
    assert {f.code for f in refused(judge, text)} == {
        "rate_question", "unknown_key_meant", "period_backward", "not_a_boolean", "negative_weight", "not_one_of",
        "grid_question", "rule_type",
    }  # fmt: skip
    assert len(refused(judge, text)) == 9


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty_file"),
        (b" \n\t\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b"a: \xff\xfe\xff", "bad_encoding"),
        ("目标: 17%".encode("utf-16-le"), "bad_encoding"),
        (b"a: 1\x00", "bad_encoding"),
        (b"a: " + b"x" * 2_000_000, "file_too_big"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, refused, raw, code):
    path = tmp_path / NAME
    path.write_bytes(raw)
    (finding,) = refused(read_document, path)
    assert finding.code == code
    assert finding.place.file.endswith(NAME)


def test_gb18030_and_a_byte_order_mark_are_read(tmp_path):
    for encoding in ("gb18030", "utf-8-sig"):
        (tmp_path / NAME).write_bytes(GUANGXI.encode(encoding))
        document, _ = read_document(tmp_path / NAME)
        assert validate(document) == judge(GUANGXI)


def test_a_missing_file_and_a_folder_are_refused(tmp_path, refused):
    assert [f.code for f in refused(read_document, tmp_path / NAME)] == ["no_file"]
    assert [f.code for f in refused(read_document, tmp_path)] == ["is_directory"]


def test_a_file_without_permission_is_refused(tmp_path, refused, monkeypatch):
    def denied(*args):
        raise PermissionError(13, "Permission denied")

    (tmp_path / NAME).write_text(GUANGXI, "utf-8")
    monkeypatch.setattr(Path, "open", denied)
    (finding,) = refused(read_document, tmp_path / NAME)
    assert (finding.code, finding.values["reason"]) == (
        "unreadable",
        Text("没有权限，或正被别的程序占用", "no permission, or another program holds it"),
    )


def test_settings_are_put_over_the_file():
    scenario = judge(
        GUANGXI,
        "target=30%",
        "criteria.capacity.weight=2",
        "criteria.capacity.indicators.income.direction=-",
        "bounds.upper = 31.5%",
        "title.zh=试算: 甲",
        "basis.en=what if",
        "criteria.extra={weight: 1, indicators: {x: {column: gdp, direction: +}}}",
        "target=29%",
    )
    assert scenario.target == Decimal("0.29")
    assert scenario.bounds.upper == Decimal("0.315")
    assert scenario.criteria["capacity"].weight == 2
    assert scenario.criteria["capacity"].indicators["income"].direction == "-"
    assert scenario.title.zh == "试算: 甲"
    assert scenario.criteria["extra"].indicators["x"].column == "gdp"


def test_settings_leave_the_document_alone():
    document = parse_document(GUANGXI, NAME)
    with_overrides(document, ["bounds.upper=30%", "period.end=2021"])
    assert validate(document) == judge(GUANGXI)


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("target", "set_form"),
        ("=1", "set_form"),
        ("a..b=1", "set_form"),
        (".a=1", "set_form"),
        ("target.x=1", "set_through"),
        ("notes.0.zh=x", "set_through"),
        ("traget=30%", "unknown_key_meant"),
        ("bounds.uper=30%", "unknown_key_meant"),
        ("target=30", "rate_question"),
        ("target=", "no_value"),
        ("target=[30%]", "not_a_rate"),
        ("target=!!python/name:os.system", "not_a_rate"),
        ("target=&a 1", "not_a_rate"),
        ("bounds.upper=5%", "bounds_order"),
        ("bounds={lower: 5%, uper: 30%}", "unknown_key_meant"),
        ("bounds={1: 2}", "unknown_key"),
        ("criteria.capacity.weight=-1", "negative_weight"),
        ("criteria.new.weight=1", "missing_key"),
        ("reference.map=uniform", "spread_unused"),
        ("period.end=2010", "period_backward"),
        ("rules=[{a: 1}]", "rule_type"),
        ("criteria=1", "not_a_section"),
        ("criteria={}", "empty_section"),
    ],
)
def test_a_bad_setting_is_named_as_it_was_typed(one, setting, code):
    found = one(GUANGXI, "margin=0.1 points", setting)
    assert found[0] == code
    assert found[2] == f"--set {setting}"


def test_the_last_setting_that_touched_a_section_is_named(one):
    found = one(GUANGXI, "bounds.upper=30%", "bounds={lower: 5%, upper: 20%}", "bounds.upper=1%")
    assert (found[0], found[2]) == ("bounds_order", "--set bounds.upper=1%")


def test_all_bad_settings_are_said_at_once(refused):
    findings = refused(judge, GUANGXI, "target", "a..b=1", "target.x=2")
    assert [f.code for f in findings] == ["set_form", "set_form", "set_through"]
    findings = refused(judge, changed("margin: 0", "margn: 0"), "target=18", "bounds.upper=1")
    assert [(f.place.row, f.place.key) for f in findings] == [
        (None, "--set target=18"),
        (None, "--set bounds.upper=1"),
        (line_of(GUANGXI, "margin: 0"), "margn"),
    ]


SNIPPETS = st.sampled_from(
    ["a", "target", ":", ": ", "\n", "  ", "- ", "-", "[", "]", "{", "}", ",", "'", '"', "|", ">", "#", "&a", "*a",
     "!x", "!!int", "?", "%YAML 1.1", "---", "...", "\t", "<<", "~", "0x", "1e", ".nan", "17%", "1_0", "0o7", "\\x",
     "\r", "\u2028", "\ufeff", "\x85", "y", "2015-01-99", "1:30", "=", "@", "`"]
)  # fmt: skip


@pytest.mark.parametrize("text", ["[\n", "{\n\n", "a: [\n\n\n", "'\n", '"\n\n', "[", "a: {b: [\r\n", "\x85[\u2028"])
def test_what_is_open_at_the_end_is_a_refusal(attempt, text):
    attempt(judge, text)


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(SNIPPETS, max_size=25).map("".join)), st.booleans())
def test_any_text_is_a_scenario_or_a_refusal(attempt, text, attach):
    attempt(judge, GUANGXI + text if attach and len(text) % 4 == 0 else text)
    attempt(judge, SMALLEST, f"target={text}", f"bounds.{text}")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_scenario_is_a_scenario_or_a_refusal(attempt, data):
    lines = GUANGXI.splitlines(keepends=True)
    line = data.draw(st.integers(0, len(lines) - 1))
    at = data.draw(st.integers(0, len(lines[line])))
    lines[line] = lines[line][:at] + data.draw(SNIPPETS) + lines[line][at + data.draw(st.integers(0, 3)) :]
    attempt(judge, "".join(lines))


def test_a_word_that_is_missing_is_asked_for_with_those_there_are(refused):
    for new in ("", "        direction:\n"):
        (finding,) = refused(judge, changed('        direction: "+"\n', new))
        assert finding.message("zh") == "没有填写。请填其中之一：正（+）、负（-）。"
        assert finding.message("en") == "this is not filled in. Give one of: +, -."
