"""`publish`: what it writes, what it refuses, and what it leaves alone."""

import hashlib
import json
import shutil
import threading

import pytest
from docx import Document
from typer.testing import CliRunner

from allocator import publishing
from allocator.cli import app
from allocator.errors import WriteCheckFailed
from allocator.output.own_files import open_plan
from allocator.publishing import publish
from reports.publishing.formats import FORMATS
from reports.seal import seal
from scenarios.errors import InputError

runner = CliRunner()
NOTES = [f"verification-zh.{suffix}" for suffix in ("docx", "html", "md", "tex", "xlsx")]
NAMES = [f"table-zh.{suffix}" for suffix in ("csv", "docx", "html", "md", "tex", "xlsx")]


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans") / "guangxi"
    assert run("plan", "guangxi-13fyp", "--out", folder).exit_code == 0
    return folder


@pytest.fixture
def change(made, tmp_path):
    """Return a function that changes plan.json and says where the changed one is; `reseal` makes its seal fit."""

    def apply(action, reseal=False):
        content = json.loads((made / "plan.json").read_text("utf-8"))
        action(content)
        if reseal:
            content["provenance"]["digest"] = seal(content).model_dump()
        path = tmp_path / "plan.json"
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return path

    return apply


def test_every_format_in_both_languages(made, tmp_path):
    out = tmp_path / "official"
    result = run("publish", made, "--out", out)
    assert result.exit_code == 0, result.stderr
    assert "0.02 个百分点（6.1 万吨）" in result.stdout
    assert sorted(path.name for path in out.iterdir()) == ["proof.json", "publish.json", *NAMES, *NOTES]
    assert (out / "proof.json").read_bytes() == (made / "proof.json").read_bytes()
    english = run(
        "publish", made / "plan.json", "--format", "docx", "--format", "csv", "--lang", "en", "--out", out, "--json"
    )
    document = json.loads(english.stdout)
    assert sorted(document["files"]) == ["table-en.csv", "table-en.docx", "verification-en.docx"]
    listed = json.loads((out / "publish.json").read_text("utf-8"))
    plan = json.loads((made / "plan.json").read_text("utf-8"))
    assert listed["plan"] == document["plan"] == plan["provenance"]["digest"]["whole"]
    assert sorted(listed["files"]) == sorted([*NAMES, *NOTES, "proof.json", *document["files"]])
    for name, digest in listed["files"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    assert run("verify", "guangxi-13fyp", out / "table-zh.csv").exit_code == 0


def test_an_altered_plan_is_refused_with_what_changed(change, tmp_path):
    def lower(content):
        content["regions"][2]["published_rate"] = 0.18
        content["province"]["implied_reduction"] = 0.2

    result = run("publish", change(lower), "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "（regions.桂林.published_rate）：写出后被改动（现为 0.18）" in result.stderr
    assert "（province.implied_reduction）：写出后被改动" in result.stderr
    assert "共 2 处" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("action", "code", "said"),
    [
        (lambda c: c["regions"].pop(0), "own_region_gone", "450100"),
        (lambda c: c["regions"].append(c["regions"][0] | {"id": "459900", "name": "新市"}), "own_region_new", "新市"),
        (lambda c: c["regions"].reverse(), "own_altered", "regions"),
        (lambda c: c["regions"][0].update(name="北京"), "own_altered_value", "regions.北京.name"),
        (lambda c: [r.update(growth=r["growth"] + 0.1) for r in c["regions"]], "own_altered", "regions.南宁"),
        (lambda c: c["provenance"].update(created="2000-01-01"), "own_altered", "provenance.created"),
        (lambda c: c["provenance"].update(digest=None), "own_unsealed", "plan.json"),
        (lambda c: c["provenance"].pop("digest"), "own_unsealed", "plan.json"),
        (lambda c: c.update(extra=1), "not_our_file", "extra"),
        (lambda c: c["regions"][0].update(growth=float("nan")), "not_our_file", "plan.json"),
        (lambda c: c["regions"][0].update(growth="1.3"), "own_altered_value", "regions.南宁.growth"),
    ],
)  # fmt: skip
def test_what_changed_is_named(action, code, said, change):
    with pytest.raises(InputError) as caught:
        open_plan(change(action))
    assert code in [finding.code for finding in caught.value.findings]
    assert said in caught.value.findings[0].say("zh") + "".join(f.say("en") for f in caught.value.findings)


def test_a_seal_made_anew_does_not_help(change, tmp_path):
    path = change(lambda c: c["regions"][0].update(published_rate=0.2), reseal=True)
    result = run("publish", path, "--out", tmp_path / "out", "--lang", "en")
    assert result.exit_code == 2
    assert "province.verdict: does not follow" in result.stderr
    assert "regions.南宁.target_intensity" in result.stderr


def test_a_plan_that_does_not_back_is_not_published(change, tmp_path):
    path = change(lambda c: c["province"]["checks"].update({"rule x": False}), reseal=True)
    result = run("publish", path, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_no_plan(tmp_path):
    assert "plan.json" in run("publish", tmp_path, "--lang", "en").stderr
    assert run("publish", tmp_path / "none").exit_code == 2
    assert run("publish", tmp_path, "--format", "pdf").exit_code == 2


def test_a_file_that_came_out_wrong_stops_all(made, tmp_path, monkeypatch):
    opened = open_plan(made)
    publish(opened, ["md"], "zh", tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    spoilt = FORMATS["html"]

    class Spoilt:
        suffix, running = spoilt.suffix, spoilt.running
        files = spoilt.files
        read = spoilt.read

        def write(self, sheet):
            return spoilt.write(sheet).replace(b"23.0", b"23.5")

    monkeypatch.setattr(publishing, "FORMATS", {"md": FORMATS["md"], "html": Spoilt()})
    with pytest.raises(WriteCheckFailed, match=r"table-zh\.html"):
        publish(opened, ["md", "html"], "zh", tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_files_of_another_plan_do_not_stay(made, change, tmp_path):
    out = tmp_path / "out"
    publish(open_plan(made), ["md", "html", "tex"], "zh", out)
    (out / "mine.txt").write_text("mine")
    (out / "table-zh.tex").write_text("edited")
    other = open_plan(change(lambda c: c["scenario"]["title"].update(zh="另一个"), reseal=True))
    first = json.loads((out / "publish.json").read_text("utf-8"))["plan"]
    done = publish(other, ["md"], "en", out)
    assert any(f"table of another plan (digest of its plan.json {first[:12]}" in line for line in done.statements("en"))
    assert any("已被替换" in line for line in done.statements("zh"))
    again = publish(other, ["md"], "en", out)
    assert not any("replaced" in line for line in again.statements("en"))
    assert sorted(path.name for path in out.iterdir()) == [
        "mine.txt", "publish.json", "table-en.md", "table-zh.tex", "verification-en.md"
    ]  # fmt: skip
    assert list(json.loads((out / "publish.json").read_text("utf-8"))["files"]) == ["table-en.md", "verification-en.md"]


def test_two_who_publish_at_once_lose_nothing_of_each_other(made, tmp_path):
    out, opened = tmp_path / "out", open_plan(made)
    threads = [threading.Thread(target=publish, args=(opened, FORMATS, lang, out)) for lang in ("zh", "en")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    listed = json.loads((out / "publish.json").read_text("utf-8"))["files"]
    assert len(listed) == 23  # with the proof
    assert sorted(path.name for path in out.iterdir()) == sorted(["publish.json", *listed])
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_foreign_folder_is_left_alone(made, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    result = run("publish", made, "--out", tmp_path)
    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_default_folder(made, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(made, tmp_path / "p")
    assert run("publish", "p", "--format", "md").exit_code == 0
    assert (tmp_path / "out" / "guangxi-13fyp-published" / "table-zh.md").is_file()


@pytest.mark.parametrize(("profile", "count"), [("full", []), ("circular", ["序号"])])
def test_chosen_columns_are_published_and_verified(profile, count, made, tmp_path):
    out = tmp_path / "official"
    chosen = ("--profile", profile, "--columns", "annual, growth")
    result = run("publish", made, *chosen, "--format", "csv", "--out", out, "--json")
    assert result.exit_code == 0, result.stderr
    text = (out / "table-zh.csv").read_text("utf-8-sig")
    head = next(line for line in text.splitlines() if "地区," in line)
    heads = [cell.split("（")[0] for cell in head.split(",")]
    assert heads == [*count, "地区", "规划期增长倍数", "下降目标", "年均下降"]
    assert run("verify", "guangxi-13fyp", out / "table-zh.csv").exit_code == 0
    wrong = run("publish", made, "--columns", "annual,rate", "--out", tmp_path / "other")
    assert wrong.exit_code == 2
    assert "“rate”" in wrong.stderr
    assert not (tmp_path / "other").exists()


def test_the_proof_of_another_plan_is_not_published(made, change, tmp_path):
    other = change(lambda c: c["scenario"]["title"].update(zh="另一个"), reseal=True)
    (other.parent / "proof.json").write_bytes((made / "proof.json").read_bytes())
    publish(open_plan(other), ["md"], "zh", tmp_path / "out")
    names = ["publish.json", "table-zh.md", "verification-zh.md"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names


@pytest.mark.parametrize("found", ["named", "above"])
def test_data_that_have_changed_since_the_plan_are_said_everywhere(guangxi_folder, edit, tmp_path, found):
    plan = guangxi_folder / "out" / "plan" if found == "above" else tmp_path / "apart" / "plan"
    assert run("plan", guangxi_folder, "--out", plan).exit_code == 0
    asked = [plan, "--format", "docx", *(["--scenario", guangxi_folder] if found == "named" else [])]
    out = tmp_path / "official"
    assert run("publish", *asked, "--out", out).exit_code == 0
    assert "inputs_changed" not in json.loads((out / "publish.json").read_text("utf-8"))
    edit(guangxi_folder / "regions.csv", "2135,", "2335,")
    for language, said in (
        ("zh", "输入文件已变：regions.csv"),
        ("en", "have changed since the plan was made: regions.csv"),
    ):
        result = run("publish", *asked, "--lang", language, "--out", out)
        assert result.exit_code == 0, result.stderr
        assert said in result.stdout
        assert json.loads((out / "publish.json").read_text("utf-8"))["inputs_changed"] == ["regions.csv"]
        full = run("publish", *asked, "--profile", "full", "--lang", language, "--out", tmp_path / language)
        assert full.exit_code == 0, full.stderr
        for path in (out / f"verification-{language}.docx", tmp_path / language / f"table-{language}.docx"):
            text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
            assert said in text, path
    assert run("publish", *asked, "--json", "--out", out).exit_code == 0
    assert run("negotiate", guangxi_folder, "--fix", "南宁=20%", "--out", plan.parent / "rounds").exit_code == 0
    asked[0] = plan.parent / "rounds" / "round-001"  # what a round asks is no setting of the scenario
    assert "inputs_changed" not in json.loads(run("publish", *asked, "--json", "--out", out).stdout)
    edit(guangxi_folder / "regions.csv", "2335,", "2435,")
    assert "输入文件已变：regions.csv" in run("publish", *asked, "--out", out).stdout
    wrong = run("publish", plan, "--scenario", tmp_path / "none", "--out", out)
    assert wrong.exit_code == 2
