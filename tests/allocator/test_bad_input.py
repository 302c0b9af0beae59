"""What is wrong with a scenario file or a command line is said in the user's language, at its line, with what to do."""

import copy
import re
import shutil
from typing import get_args

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from reports.words import LABELS
from reports.words.assessing import WORDS as ASSESSMENT_WORDS
from reports.words.pages.own_files import WORDS as OWN_WORDS
from reports.words.sweeping import WORDS as SWEEP_WORDS
from reports.words.tracking import WORDS as TRACK_WORDS
from scenarios.errors import InputError
from scenarios.file.document import Document, parse_document, validate_as
from scenarios.file.schema import ScenarioFile
from scenarios.findings.keys import KEYS
from scenarios.load import find_scenario
from scenarios.messages import MESSAGES

runner = CliRunner()

SOUND = """\
schema_version: 1
name: three
title: 三市
period: {base: 2020, end: 2025}
target: 17%
regions: regions.csv
bounds: {lower: 10%, upper: 25%}
reference:
  map: linear
  spread: 4 points
criteria:
  duty:
    weight: 1
    indicators:
      intensity: {column: intensity, direction: "+"}
publish: {grid: 0.5 points}
"""

FILES = [
    ("target: 17%", "target：18%", 5, "冒号要用半角"),
    ("target: 17%", "target:18%", 5, "冒号要用半角"),
    ("  map: linear", "\tmap: linear", 9, "制表符"),
    ("  map: linear", "   map: linear", 10, "缩进"),
    ("target: 17%", "target: 17%\ntarget: 18%", 6, "两次"),
    ("{lower: 10%, upper: 25%}", "{lower: 10%，upper: 25%}", 7, "半角"),
    ("{lower: 10%, upper: 25%}", "{lower: 10%, upper: 25%", 7, "括号没有配对"),
    ("title: 三市", 'title: "三市', 3, "引号没有配对"),
    ("title: 三市", "title: 三市: 例", 3, "两个冒号"),
    ("title: 三市", "title: @三市", 3, "引号"),
    ("title: 三市", "title: &a 三市", 3, "锚点"),
    ("title: 三市", "title: !!str 三市", 3, "标签"),
    ("target: 17%", "target: 17", 5, "17%"),
    ("target: 17%", "target: 高", 5, "不是下降率"),
    ("target: 17%", "target:", 5, "没有值"),
    ("target: 17%", "targt: 17%", 5, "target"),
    ("    weight: 1", "    weight: 多", 13, "权重（criteria.duty.weight）"),
    ("    weight: 1", "    weight: -1", 13, "方向（direction）"),
    ("  spread: 4 points\n", "", 8, "级差（spread）"),
    ("map: linear", "map: stepwise", 9, "参考值映射（reference.map）"),
    ('direction: "+"', "direction: 上", 15, "方向（"),
    ("    weight: 1", "    weight: -", 13, "减号要加引号"),
    ("{base: 2020, end: 2025}", "{base: 2020.5, end: 2025}", 4, "基年（period.base）"),
    ("{base: 2020, end: 2025}", "{base: 2025, end: 2020}", 4, "期末年"),
    ("publish: {grid: 0.5 points}", "publish: {grid: 0.5 points}\nrules: [x]", 17, "“键: 值”"),
    ("publish: {grid: 0.5 points}", "publish: {grid: 0.5 points}\nenergy: {file: e.csv, scope: [1]}", 17, "核算口径"),
    ("publish: {grid: 0.5 points}", "publish: 5", 16, "公布（publish）"),
]  # fmt: skip

COMMANDS = [
    ([], None),
    (["plan"], "缺少 SCENARIO（内置案例名、方案文件或文件夹）"),
    (["plan", "three-cities", "--foo"], "--foo"),
    (["plan", "three-cities", "--reson"], "您要的是“--reasons”"),
    (["plan", "three-cities", "--out"], "--out：此选项后面要有值"),
    (["plan", "three-cities", "--json=1"], "不带值"),
    (["plan", "three-cities", "four"], "参数多于所需"),
    (["plan", "three-cities", "--figures", "gif"], "png, svg"),
    (["check", "three-cities", "--lang", "fr"], "zh, en"),
    (["sweep", "three-cities", "--samples", "abc"], "不是整数"),
    (["sweep", "three-cities", "--workers", "-1"], "≥ 0"),
    (["sweep", "three-cities", "--concentration", "abc"], "不是数字"),
    (["app", "--port", "99999"], "≤ 65535"),
    (["publish", "x", "--format", "csv", "--format", "pdf"], "“pdf”不可选。可用：csv, xlsx, docx"),
    (["planning"], "您要的是：plan？"),
    (["--version"], "没有“--version”"),
    (["publish", "{folder}/regions.csv"], "allocator plan"),
    (["publish", "{folder}"], "allocator plan"),
    (["publish", "{folder}/broken.json"], "不是本程序写出的文件"),
    (["plan", "{folder}/regions.csv"], "scenario.yaml"),
    (["track", "three-cities", "{folder}/broken.xlsx"], "另存为"),
    (["verify", "three-cities", "{folder}/broken.xlsx"], "另存为"),
    (["verify", "three-cities", "{folder}/broken.json"], "第 1 行：不是有效的 JSON"),
    (["verify", "three-cities", "{folder}/quote.csv"], "引号没有配对"),
    (["account", "{folder}/broken.xls"], "另存为"),
    (["plan", "x" * 300], "名称太长"),
    (["plan", "{folder}/regions.csv/x"], "内置案例"),
]

_KEPT = re.compile(
    r"可用：[^。（]*。|`[^`]*`|“[^”]*”|（[^（）]*）|\([^()]*\)|--[a-z-]+|[\w./-]*/[\w./-]*|[\w-]+\.(?:csv|xlsx?|json|yaml)"
)
_SENTENCE = re.compile(r"[A-Za-z']{2,}(?:[ ,]+[A-Za-z']{2,}){2,}")
_BARE_KEY = re.compile(r"[a-z_]+(?:\.[a-z_]+)+|[a-z]+_[a-z_]+")


def foreign(text):
    """Return what of a Chinese output is an English sentence, or a key without its name."""
    kept = _KEPT.sub("", text)
    return _SENTENCE.findall(kept) + _BARE_KEY.findall(kept)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "scenario.yaml").write_text(SOUND, "utf-8")
    shutil.copy(find_scenario("three-cities").parent / "regions.csv", tmp_path)
    (tmp_path / "regions.csv").write_text(
        "id,name,emissions(万吨),gdp(亿元),growth\n1,甲,1000,500,1.3\n2,乙,900,700,1.2\n3,丙,800,300,1.25\n", "utf-8"
    )
    for name in ("broken.json", "broken.xlsx", "broken.xls"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" if name.endswith("s") else b"not this")
    (tmp_path / "quote.csv").write_text('name,rate(%)\n"甲,17\n', "utf-8")
    return tmp_path


def run(*words):
    return runner.invoke(app, [str(word) for word in words])


def test_the_sound_file_is_sound(folder):
    assert run("check", folder).exit_code == 0


@pytest.mark.parametrize(("old", "new", "row", "said"), FILES)
def test_a_bad_scenario_file(folder, old, new, row, said):
    assert old in SOUND
    (folder / "scenario.yaml").write_text(SOUND.replace(old, new, 1), "utf-8")
    done = run("check", folder)
    assert done.exit_code == 2
    assert said in done.stderr
    assert f"第 {row} 行" in done.stderr
    assert foreign(done.stderr) == []
    english = run("check", folder, "--lang", "en")
    assert f"row {row}" in english.stderr
    assert not re.search("[一-鿿]", re.sub("“[^”]*”", "", english.stderr))


@pytest.mark.parametrize(("words", "said"), COMMANDS)
def test_a_bad_command(folder, words, said, monkeypatch):
    monkeypatch.delenv("ALLOCATOR_LANG", raising=False)
    done = run(*(word.format(folder=folder) for word in words))
    assert done.exit_code == 2
    if said is not None:
        assert said in done.stderr
        assert foreign(done.stderr) == []
        assert "错误" in done.stderr
    english = run(*(word.format(folder=folder) for word in words), *(["--lang", "en"] if "--lang" not in words else []))
    if said is not None and "--lang" not in words and words[-1] != "--out":
        assert "error: " in english.stderr


def test_a_bad_command_answers_json_in_one_document():
    done = run("plan", "--json")
    assert done.exit_code == 2
    assert '"argument_missing"' in done.stdout


def test_the_language_of_the_environment_is_spoken(monkeypatch):
    monkeypatch.setenv("ALLOCATOR_LANG", "en")
    assert "is missing" in run("plan").stderr


@pytest.mark.parametrize("catalogue", [MESSAGES, LABELS, SWEEP_WORDS, TRACK_WORDS, ASSESSMENT_WORDS, OWN_WORDS])
def test_no_chinese_text_holds_a_bare_key_or_an_english_sentence(catalogue):
    for code, text in catalogue.texts.items():
        assert foreign(re.sub(r"\{[\w.]+\}", "", text.zh)) == [], code


def fields(kind, seen):
    """Return the keys of a model and of all models in it."""
    if hasattr(kind, "model_fields") and kind not in seen:
        seen.add(kind)
        for name, field in kind.model_fields.items():
            yield field.validation_alias or name
            yield from fields(field.annotation, seen)
    for part in get_args(kind):
        yield from fields(part, seen)


def test_every_key_of_a_scenario_has_a_name():
    assert set(fields(ScenarioFile, set())) <= set(KEYS)


WRONG = (None, True, -1, 3.5, "", "x", [], {}, ["x"], {"x": 1}, [{}], float("nan"), 10**14)


def paths(node, path=()):
    """Return the paths of everything in plain values."""
    yield path
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from paths(value, (*path, key))


def test_whatever_stands_at_a_key_is_refused_in_words_of_ours():
    more = (
        "rules:\n- {id: a, type: gap, at_most: 9 points, reason: 理由, where: {regions: [甲]}}\n"
        "- {id: c, type: ratchet, column: x, at_least: 1, reason: 理由}\n"
        "potentials: {structure: a, technique: b, substitution: c}\nincentive: {target: 20%, step: 1 points}\n"
        "energy: {file: x.csv, scope: 13fyp, option: own}\ngdp: {file: x.csv, price_base: 2015}\n"
        "reconcile: {emissions: scale, province: {emissions: 1}}\nsolver: {time_limit: 3, threads: 1}\n"
        "track: {path: given, weights: [1, 2], warning: {yellow: 10 points}, actuals: {x: {file: y.csv}}}\n"
    )
    sound = parse_document(SOUND + more, "s")
    for path in [path for path in paths(sound.values) if path]:
        for wrong in WRONG:
            values = copy.deepcopy(sound.values)
            node = values
            for key in path[:-1]:
                node = node[key]
            node[path[-1]] = wrong
            try:
                validate_as(Document("s", values, sound.lines), ScenarioFile)
            except InputError as error:
                for finding in error.findings:
                    assert finding.code != "invalid", (path, wrong)
                    assert foreign(finding.say("zh")) == [], (path, wrong)
