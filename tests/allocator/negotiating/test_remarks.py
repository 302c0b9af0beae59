"""Who kept a round, when and why: kept with it, listed, and missing from rounds of before without harm."""

import json
from datetime import datetime

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.negotiating.listing import kept_rounds, when_kept
from allocator.negotiating.negotiate import negotiate, open_rounds, write_round
from allocator.negotiating.remarks import Remark, login_name
from allocator.negotiating.rounds import read_round
from reports.seal import seal
from scenarios.errors import InputError

runner = CliRunner()


def run(*arguments):
    return runner.invoke(app, ["negotiate", "guangxi-13fyp", *(str(argument) for argument in arguments)])


@pytest.fixture(scope="module")
def rounds(tmp_path_factory):
    """Return a folder with three rounds: remarked on, of other settings and nobody's, and one that is altered."""
    folder = tmp_path_factory.mktemp("remarks") / "rounds"
    assert run("--fix", "钦州=18%", "--reason", "3 月 5 日\n会商", "--who", "李四", "--out", folder).exit_code == 0
    scenario, folder, last = open_rounds("guangxi-13fyp", (), folder)
    made = negotiate(scenario, ["柳州=23%"], "南宁、桂林", last)
    write_round(made, folder, "zh")  # as all rounds were before
    assert run("--fix", "北海=16%", "--out", folder).exit_code == 0
    path = folder / "round-003" / "round.json"
    path.write_text(path.read_text("utf-8").replace('"0.16"', '"0.17"'), "utf-8")
    return folder


def test_who_and_why_stand_in_the_record_and_old_rounds_do_without(rounds):
    first, second = (read_round(rounds / f"round-00{n}").record for n in (1, 2))
    assert (first.who, first.why) == ("李四", "3 月 5 日 会商")
    assert (second.who, second.why) == (None, None)
    assert "who" not in json.loads((rounds / "round-002" / "round.json").read_text("utf-8"))
    assert json.loads((rounds / "round-003" / "round.json").read_text("utf-8"))["who"] == login_name() != ""


def test_who_and_why_are_sealed(rounds, tmp_path):
    path = tmp_path / "round-001"
    path.mkdir()
    for name in ("plan.json", "round.json"):
        (path / name).write_bytes((rounds / "round-001" / name).read_bytes())
    (path / "round.json").write_text((path / "round.json").read_text("utf-8").replace("李四", "王五"), "utf-8")
    with pytest.raises(InputError) as caught:
        read_round(path)
    assert "round.json, who" in caught.value.findings[0].say("en")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ["第 1 轮，", "，李四", "内容：商定值 钦州 18%", "理由：3 月 5 日 会商", "第 2 轮，", "，未写明何人",
                "内容：商定值 钦州 18%、柳州 23%；只由 南宁、桂林 承担",
                "第 3 轮", "round-003", "fixes.450500）：写出后被改动"]),
        ("en", ["round 1, ", ", 李四", "asks: agreed Qinzhou 18 %", "why: 3 月 5 日 会商", "round 2, ",
                ", nobody is named", "Qinzhou 18 %, Liuzhou 23 %; picked up by 南宁、桂林 alone", "round 3",
                "was altered after"]),
    ],
)  # fmt: skip
def test_the_list_says_who_when_what_and_why_and_what_cannot_be_used(rounds, language, said):
    result = run("--rounds", "--out", rounds, "--lang", language)
    assert result.exit_code == 0
    at = -1
    for text in said:
        at = result.stdout.index(text, at + 1)
    when = datetime.fromisoformat(read_round(rounds / "round-001").plan.provenance.created)
    assert when.astimezone().strftime("%Y-%m-%d %H:%M") == when_kept(kept_rounds(rounds).entries[0].kept)
    assert when_kept(kept_rounds(rounds).entries[0].kept) in result.stdout


def test_programs_read_the_list_too(rounds, tmp_path):
    document = json.loads(run("--rounds", "--json", "--out", rounds).stdout)
    one, two, three = document["rounds"]
    assert (one["number"], one["folder"], one["who"], one["why"]) == (1, "round-001", "李四", "3 月 5 日 会商")
    assert (one["fixes"], one["verdict"], one["trouble"]) == ({"450700": "0.18"}, "backed", None)
    assert (two["who"], two["why"], two["absorb"]) == (None, None, "南宁、桂林")
    assert (three["number"], three["verdict"]) == (3, None)
    assert "altered" in three["trouble"][0]
    assert json.loads(run("--rounds", "--json", "--out", tmp_path / "none").stdout)["rounds"] == []
    assert "还没有保存的轮次" in run("--rounds", "--out", tmp_path / "none").stdout


@pytest.mark.parametrize(("option", "most"), [("--reason", 300), ("--who", 60)])
def test_a_remark_of_undue_length_is_refused_before_anything_is_computed(option, most, tmp_path):
    kept = run("--fix", "钦州=18%", option, "长" * most, "--out", tmp_path / "r")
    assert kept.exit_code == 0
    refused = run("--fix", "北海=16%", option, "长" * (most + 1), "--out", tmp_path / "r")
    assert refused.exit_code == 2
    assert option in refused.stderr
    assert f"最多 {most} 个" in refused.stderr
    assert [entry.name for entry in (tmp_path / "r").iterdir()] == ["round-001"]


def test_a_remark_is_one_line_that_steers_nothing():
    assert Remark.of("a\x1b[31mb", "x\u202ey\r\n\tz") == Remark("a [31mb", "x y z")


def test_what_a_forged_round_says_steers_no_terminal(rounds, tmp_path):
    folder = tmp_path / "rounds" / "round-001"
    folder.mkdir(parents=True)
    record = json.loads((rounds / "round-001" / "round.json").read_text("utf-8")) | {"why": "x\x1b[2Jy"}
    record["digest"] = seal(record).model_dump()
    (folder / "round.json").write_text(json.dumps(record), "utf-8")
    (folder / "plan.json").write_bytes((rounds / "round-001" / "plan.json").read_bytes())
    result = run("--rounds", "--out", folder.parent)
    assert "理由：x [2Jy" in result.stdout


def test_a_name_that_the_system_does_not_know_is_none(monkeypatch):
    def unknown():
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", unknown)
    assert login_name() == ""


@pytest.mark.parametrize("asked", [("--undo",), ("--rounds",), ("--replay", "x")])
def test_a_reason_goes_with_a_round_that_is_kept(asked, tmp_path):
    result = run("--reason", "x", *asked, "--out", tmp_path / "r")
    assert result.exit_code == 2
    assert "--reason" in result.stderr
