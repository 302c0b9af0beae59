"""Files of our own, spoilt and given a seal that fits: what reads them answers, or says what is wrong and where."""

import json
import random

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.comparing.compare import compare
from allocator.output.own_files import open_plan
from reports.publishing.formats import FORMATS
from reports.publishing.official import official_sheet
from reports.publishing.recheck import holds
from reports.seal import seal
from scenarios.errors import InputError
from tests.benchmarks.mutations import spoilt_json

RUNS = 400
SETTINGS = ("publish.classes=3", "incentive={target: 17.5%, step: 0.5 points}", "growth_uncertainty=1%", "protect=1")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans")
    for name, settings in (("plain", ()), ("full", SETTINGS)):
        words = [part for setting in settings for part in ("--set", setting)]
        done = CliRunner().invoke(app, ["plan", "guangxi-13fyp", "--out", str(folder / name), *words])
        assert done.exit_code == 0, done.stderr
    return folder


def resealed(content, path):
    """Write content with a seal that fits; return whether there can be one."""
    try:
        content["provenance"]["digest"] = seal(content).model_dump()
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return True


def read_by_all(path, other):
    """Read a plan as `publish` and `compare` do."""
    opened = open_plan(path)
    if opened.passed:
        for language in ("zh", "en"):
            sheet = official_sheet(opened.record, language, (opened.file, opened.digest))
            for part in FORMATS["csv"].files(sheet).values():
                raw = FORMATS["csv"].write(part)
                (path.parent / "t.csv").write_bytes(raw)
                assert holds(opened.record, part, FORMATS["csv"].read(path.parent / "t.csv", language))
    for result in (compare(path, other), compare(other, path)):
        for language in ("zh", "en"):
            result.statements(language)
            result.to_csv(language)
        json.dumps(result.record.model_dump(mode="json"), allow_nan=False)


def refused_by_all(path, other):
    """Return what is said where a plan is refused; nothing where it is used."""
    try:
        read_by_all(path, other)
    except InputError as error:
        return error.findings
    return ()


@pytest.mark.parametrize("name", ["plain", "full"])
def test_a_plan_that_was_spoilt_and_sealed_anew_is_used_or_refused(name, made, tmp_path):
    text = (made / name / "plan.json").read_text("utf-8")
    read_by_all(made / name / "plan.json", made / "plain")
    used = 0
    for run in range(RUNS):
        content = json.loads(text)
        spoilt_json(content, random.Random(run))
        if not isinstance(content, dict) or not resealed(content, tmp_path / "plan.json"):
            continue
        findings = refused_by_all(tmp_path / "plan.json", made / "plain")
        used += not findings
        assert all(finding.place.file == str(tmp_path / "plan.json") for finding in findings), run
        assert all(finding.say("zh") and finding.say("en") for finding in findings)
    assert used < RUNS


@pytest.mark.parametrize("field", ["normalised", "effects", "values"])
def test_lists_of_another_length_are_named(field, made, tmp_path, capsys):
    content = json.loads((made / "plain" / "plan.json").read_text("utf-8"))
    content["regions"][3][field] = content["regions"][3][field][:-1]
    assert resealed(content, tmp_path / "plan.json")
    done = CliRunner().invoke(app, ["compare", str(tmp_path / "plan.json"), str(made / "plain"), "--lang", "en"])
    assert done.exit_code == 2
    assert f"regions.{content['regions'][3]['name']}.{field}: does not follow" in done.stderr


def test_what_is_gone_from_a_region_is_named(made, tmp_path):
    content = json.loads((made / "plain" / "plan.json").read_text("utf-8"))
    del content["regions"][3]["values"]
    (tmp_path / "plan.json").write_text(json.dumps(content), "utf-8")
    done = CliRunner().invoke(app, ["publish", str(tmp_path / "plan.json"), "--lang", "en"])
    assert done.exit_code == 2
    assert "values: was altered after it was written (now null)" in done.stderr


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 5000, '{"a": NaN}', "", "\ufeff{}", '"\\ud800"', "null"])
def test_what_is_no_file_of_ours_is_refused(text, tmp_path, made):
    (tmp_path / "plan.json").write_text(text, "utf-8")
    for words in (("publish", tmp_path), ("compare", tmp_path, made / "plain")):
        done = CliRunner().invoke(app, list(map(str, words)))
        assert done.exit_code == 2
        assert "plan.json" in done.stderr


@pytest.mark.parametrize("path", ["nul\0", "x" * 300, "长" * 100])
@pytest.mark.parametrize(
    "words",
    [
        ("publish", "{}"),
        ("compare", "{}", "{}"),
        ("compare", "published", "{}", "--scenario", "guangxi-13fyp"),
        ("verify", "guangxi-13fyp", "{}"),
        ("check", "{}"),
        ("plan", "guangxi-13fyp", "--out", "{}"),
        ("negotiate", "guangxi-13fyp", "--replay", "{}"),
        ("negotiate", "guangxi-13fyp", "--undo", "--out", "{}"),
        ("negotiate", "guangxi-13fyp", "--fix", "钦州=18%", "--out", "{}"),
        ("account", "{}"),
        ("account", "accounting-example", "--out", "{}"),
        ("track", "guangxi-13fyp", "{}"),
        ("track", "guangxi-13fyp", "actuals-example", "--targets", "{}"),
        ("track", "guangxi-13fyp", "actuals-example", "--targets", "published", "--form", "{}"),
        ("track", "guangxi-13fyp", "actuals-example", "--targets", "published", "--out", "{}"),
        ("sweep", "guangxi-13fyp", "--samples", "2", "--out", "{}"),
        ("sweep", "guangxi-13fyp", "--samples", "2", "--resume", "--out", "{}"),
        ("init", "{}"),
        ("init", "form", "--assessment", "--rules", "{}", "--scenario", "guangxi-13fyp"),
        ("reconcile", "{}"),
        ("prices", "{}"),
    ],
)
def test_a_path_that_cannot_be_is_bad_input(words, path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, [*(word.format(path) for word in words), "--lang", "en"])
    assert done.exit_code == 2, done.stderr
    assert "error: " in done.stderr.lower()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_key_that_was_put_in_twice_is_named(language, made, tmp_path):
    text = (made / "plain" / "plan.json").read_text("utf-8")
    spoilt = text.replace('"published_rate":', '"published_rate": 0.01,\n"published_rate":', 1)
    (tmp_path / "plan.json").write_text(spoilt, "utf-8")
    said = {
        "zh": "regions[0].published_rate）：此键在同一处出现两次",
        "en": "regions[0].published_rate: this key stands twice",
    }
    file, other = tmp_path / "plan.json", made / "plain"
    asked = (
        ("publish", file),
        ("compare", tmp_path, other),
        ("compare", file, other),
        ("verify", "guangxi-13fyp", file),
    )
    for words in asked:
        done = CliRunner().invoke(app, [*map(str, words), "--lang", language])
        assert done.exit_code == 2
        assert said[language] in done.stderr
