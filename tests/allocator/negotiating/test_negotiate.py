import json
import os
import shutil
import subprocess
import sys

import pytest
from pptx import Presentation
from typer.testing import CliRunner

from allocator.cli import app
from allocator.letters import write_letters
from allocator.negotiating.negotiate import asked_scenario, negotiate, open_rounds, replay, write_round
from allocator.negotiating.remarks import Remark
from allocator.negotiating.rounds import next_number, read_round, undo
from allocator.output.alone import beside
from allocator.output.own_files import open_plan
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from allocator.slides import write_slides
from reports.letters.docx_file import lines
from reports.planning.listing import listing
from reports.planning.tables import allocation_frame
from reports.seal import seal
from scenarios.errors import InputError
from scenarios.load import load_scenario

runner = CliRunner()
NEW = ["allocation.csv", "allocation.xlsx", "plan.json", "proof.json", "report.html", "round.json"]


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def first(guangxi):
    return negotiate(guangxi, ["钦州=18%"])


@pytest.fixture
def grouped(guangxi_folder, edit):
    """Return the Guangxi case with 南宁 and 桂林 in the group 强市."""
    table = guangxi_folder / "regions.csv"
    lines = table.read_text("utf-8").splitlines()
    strong = ("南宁", "桂林")
    rows = [f"{line},{'强市' if line.split(',')[1] in strong else ''}" for line in lines[1:]]
    table.write_text("\n".join([lines[0] + ",group", *rows]) + "\n", "utf-8")
    return guangxi_folder


def codes(error):
    return [finding.code for finding in error.value.findings]


def test_relief_is_what_others_pick_up(guangxi, first):
    moves = {move.name: move for move in first.moves}
    assert moves["钦州"].after == pytest.approx(0.18, abs=1e-9)
    assert moves["钦州"].published_after == 0.18
    assert all(move.change_points > 0 for name, move in moves.items() if name != "钦州")
    assert first.relieved_10kt == pytest.approx(-moves["钦州"].change_10kt)
    assert first.picked_up_10kt == pytest.approx(first.relieved_10kt, abs=1e-6)
    assert first.plan.verification.passed
    assert first.plan.record.regions[6].rules == ("fix-450700",)


def test_papers_of_a_round_say_what_was_agreed_and_why(guangxi, first, tmp_path):
    to, _ = write_round(first, tmp_path, "zh", Remark.of("张三", "六月会商：钦州市同意 18%"))
    record = read_round(to).plan
    at = {region.name: region for region in record.regions}
    assert "取值依据：商定值；与参考值相差 " in at["钦州"].reason.zh
    assert at["钦州"].reason.zh.endswith("会商说明：六月会商：钦州市同意 18%。")
    assert "Remark of the round: 六月会商：钦州市同意 18%." in at["钦州"].reason.en
    assert "会商说明" not in at["南宁"].reason.zh
    assert "因部分地区" in at["南宁"].reason.zh
    assert "部分地区为商定值，为使合计" in at["南宁"].reason.zh
    bounds = dict(zip(at, allocation_frame(record, "zh")["bound"], strict=True))
    assert bounds["钦州"] == "商定值"
    assert "商定值" not in {bounds[name] for name in at if name != "钦州"}
    assert [hold.kind for hold in at["钦州"].holds] == ["agreed"]
    sealed = open_plan(to)
    for language, folder in (("zh", tmp_path / "zh"), ("en", tmp_path / "en")):
        write_letters(sealed, language, folder, pdf=False)
        write_slides(sealed, language, folder / "slides", None)
        said = [*lines((folder / f"letters-{language}.docx").read_bytes())]
        shown = Presentation(folder / "slides" / f"slides-{language}.pptx").slides
        said += [shape.text_frame.text for slide in shown for shape in slide.shapes if shape.has_text_frame]
        said += listing(record, language, "x")
        assert not [line for line in said if "fix-" in line]
        words = {"zh": "除得分外还有：商定值。", "en": "this decided it: an agreed rate."}[language]
        assert sum(words in line for line in said) == 1
        named = {"zh": "为商定值的 1 个：钦州。", "en": "Agreed rates (1): "}[language]
        assert any(named in line for line in said)
    assert "fix-" not in (to / "report.html").read_text("utf-8").split("<script")[0]


def test_an_agreed_rate_that_moves_nobody_is_still_one(guangxi):
    before = plan(guangxi).record.regions[6]
    made = negotiate(guangxi, [f"钦州={before.published_rate:.3f}"]).plan.record.regions[6]
    assert made.agreed
    assert not made.kept


def test_who_keeps_the_rate_of_the_round_before_is_said_so(guangxi):
    record = negotiate(guangxi, ["柳州=22%"], "南宁，桂林").plan.record
    at = {region.name: region for region in record.regions}
    assert at["玉林"].kept
    assert "取值依据：本轮不承担，保持上一轮的值；" in at["玉林"].reason.zh
    assert "部分地区为商定值、部分地区本轮保持上一轮的值" in at["南宁"].reason.zh
    assert not [r.id for r in record.regions if "“hold”" in r.reason.zh or "fix-" in r.reason.zh]


def test_only_those_absorb_who_are_asked(guangxi, first):
    result = negotiate(guangxi, ["柳州=22%"], "南宁，桂林")
    for move in result.moves:
        if move.held:
            assert move.after == pytest.approx(move.before, abs=1e-9)
            assert move.published_after == move.published_before
        elif not move.fixed:
            assert move.name in ("南宁", "桂林")
            assert move.change_points > 0
    assert sum(move.held for move in result.moves) == 11
    assert result.picked_up_10kt == pytest.approx(result.relieved_10kt, abs=1e-6)
    assert result.plan.verification.passed


def test_rounds_in_the_real_command(grouped, tmp_path):
    def command(*arguments):
        words = [sys.executable, "-m", "allocator", "negotiate", str(grouped), *arguments]
        return subprocess.run(words, cwd=tmp_path, capture_output=True, encoding="utf-8", env=dict(os.environ))

    one = command("--fix", "钦州=18%")
    assert one.returncode == 0, one.stderr
    assert "钦州" in one.stdout
    rounds = tmp_path / "out" / "guangxi-13fyp" / "rounds"
    assert sorted(f.name for f in (rounds / "round-001").iterdir()) == NEW
    two = command("--fix", "柳州=23%", "--absorb", "强市")
    assert two.returncode == 0, two.stderr
    assert "其余 10 个地区" in two.stdout
    kept = json.loads((rounds / "round-002" / "round.json").read_text("utf-8"))
    assert kept["fixes"] == {"450700": "0.18", "450200": "0.23"}
    assert kept["absorb"] == "强市"
    assert kept["inputs"].keys() == {"scenario.yaml", "regions.csv"}
    again = command("--replay", str(rounds / "round-002"))
    assert again.returncode == 0, again.stderr
    verified = run("verify", grouped, rounds / "round-002" / "allocation.csv")
    assert verified.exit_code == 0
    undone = command("--undo")
    assert undone.returncode == 0
    assert sorted(f.name for f in rounds.iterdir()) == ["round-001", "undone-round-002"]


def test_every_round_is_replayable_to_the_same_rates(guangxi, tmp_path):
    last = None
    for fix, absorb in (("钦州=18%", ""), ("柳州=23%", "南宁、桂林"), ("南宁=24%", "")):
        scenario, folder, last = open_rounds("guangxi-13fyp", (), tmp_path / "rounds")
        write_round(negotiate(scenario, [fix], absorb, last), folder, "zh")
    for number in (1, 2, 3):
        kept = read_round(tmp_path / "rounds" / f"round-{number:03d}")
        again = replay(guangxi, kept)
        assert again.same
        assert again.largest <= 1e-9
    assert kept.record.fixes == {"450700": "0.18", "450200": "0.23", "450100": "0.24"}
    assert undo(tmp_path / "rounds").name == "undone-round-003"
    scenario, folder, last = open_rounds("guangxi-13fyp", (), tmp_path / "rounds")
    write_round(negotiate(scenario, ["钦州=17%"], "", last), folder, "zh")
    assert read_round(folder / "round-003").record.fixes == {"450700": "0.17", "450200": "0.23"}
    assert undo(folder).name == "undone-round-003-2"  # a number that somebody gave again by hand
    assert next_number(folder) == 4


def test_settings_stay_with_the_rounds(tmp_path):
    rounds = tmp_path / "rounds"
    assert run("negotiate", "guangxi-13fyp", "--fix", "钦州=19%", "--set", "target=16%", "--out", rounds).exit_code == 0
    assert run("negotiate", "guangxi-13fyp", "--fix", "柳州=23%", "--out", rounds).exit_code == 0
    assert read_round(rounds / "round-002").plan.province.target == pytest.approx(0.16)
    other = run("negotiate", "guangxi-13fyp", "--fix", "南宁=22%", "--set", "target=15%", "--out", rounds)
    assert other.exit_code == 2
    assert "target=16%" in other.stderr
    assert not (rounds / "round-003").exists()


def test_json(tmp_path):
    result = run("negotiate", "guangxi-13fyp", "--fix", "钦州=18%", "--json", "--out", tmp_path / "r")
    document = json.loads(result.stdout)
    assert document["picked_up_10kt"] == pytest.approx(document["relieved_10kt"], abs=1e-6)
    assert document["province"]["verdict"] == "backed"
    assert json.loads(run("negotiate", "guangxi-13fyp", "--replay", tmp_path / "r/round-001", "--json").stdout)["same"]
    assert json.loads(run("negotiate", "guangxi-13fyp", "--undo", "--json", "--out", tmp_path / "r").stdout) == {
        "schema_version": 1, "undone": "undone-round-001",
    }  # fmt: skip


def test_bad_fixes_are_said_all_at_once(guangxi):
    fixes = ["钦州", "南京=20%", "北海=17", "柳州=8%", "南宁=12.3%", "桂林=18%", "桂林市=17%"]
    with pytest.raises(InputError) as error:
        negotiate(guangxi, fixes)
    assert codes(error) == [
        "fix_form", "unknown_region_meant", "rate_question", "fix_twice", "negotiated_bounds", "negotiated_grid",
    ]  # fmt: skip
    assert "10" in error.value.findings[4].say("zh")
    assert error.value.findings[4].place.key == "--fix 柳州"


def test_bad_absorb(guangxi):
    with pytest.raises(InputError) as error:
        negotiate(guangxi, ["柳州=22%"], "试点")
    assert codes(error) == ["absorb_unknown"]
    with pytest.raises(InputError) as error:
        negotiate(guangxi, ["柳州=22%"], "柳州")
    assert codes(error) == ["absorb_nobody"]
    with pytest.raises(InputError) as error:
        negotiate(guangxi, [])
    assert codes(error) == ["fix_needed"]


def test_outside_the_bounds_is_exit_2_with_the_bound(tmp_path):
    result = run("negotiate", "guangxi-13fyp", "--fix", "钦州=8%", "--out", tmp_path / "r", "--lang", "en")
    assert result.exit_code == 2
    assert "10" in result.stderr
    assert "25" in result.stderr
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize("rate", ["100%", "150%", "-100%", "-99999%", "99.99%"])
def test_a_whole_or_more_is_outside_the_bounds_like_any_other_rate(guangxi, rate):
    with pytest.raises(InputError) as error:
        negotiate(guangxi, [f"钦州={rate}"])
    assert codes(error) == ["negotiated_bounds"]
    assert error.value.findings[0].place.key == "--fix 钦州"
    assert f"{rate} of “钦州” is outside its bounds 10%–25%" in error.value.findings[0].say("en")


def test_impossible_is_exit_3_with_reasons(guangxi, tmp_path):
    result = run(
        "negotiate", "guangxi-13fyp", "--fix", "柳州=10%", "--absorb", "河池", "--out", tmp_path / "r", "--lang", "en"
    )
    assert result.exit_code == 3
    for word in ("agreed rate of Liuzhou", "12 region(s) as before", "points", "another --out"):
        assert word in result.stderr
    assert not (tmp_path / "r").exists()
    with pytest.raises(NoSplit):
        negotiate(guangxi, ["柳州=10%"], "河池")


def test_rounds_that_do_not_fit_are_refused(guangxi_folder, edit, tmp_path):
    rounds = tmp_path / "rounds"
    assert run("negotiate", guangxi_folder, "--fix", "钦州=18%", "--out", rounds).exit_code == 0
    one = rounds / "round-001"
    assert run("negotiate", "zhejiang-13fyp", "--replay", one).exit_code == 2
    edit(guangxi_folder / "regions.csv", "2135,", "2136,")
    changed = run("negotiate", guangxi_folder, "--replay", one)
    assert changed.exit_code == 2
    assert "regions.csv" in changed.stderr
    edit(guangxi_folder / "regions.csv", "2136,", "2135,")
    assert run("negotiate", guangxi_folder, "--replay", rounds).exit_code == 2
    assert run("negotiate", guangxi_folder, "--replay", one, "--undo").exit_code == 2
    (one / "round.json").write_text('{"schema_version": 1}', "utf-8")
    broken = run("negotiate", guangxi_folder, "--fix", "柳州=23%", "--out", rounds)
    assert broken.exit_code == 2
    assert "round.json" in broken.stderr
    assert run("negotiate", guangxi_folder, "--undo", "--out", rounds).exit_code == 0  # a broken one can be set aside
    assert run("negotiate", guangxi_folder, "--undo", "--out", rounds).exit_code == 2


def rewritten(folder, action=lambda plan: None, asked=lambda record: None, sealing=("plan.json", "round.json")):
    """Change a kept round's plan.json and round.json, and give those in `sealing` seals that fit."""
    plan, record = (json.loads((folder / name).read_text("utf-8")) for name in ("plan.json", "round.json"))
    action(plan)
    if "plan.json" in sealing:
        plan["provenance"]["digest"] = seal(plan).model_dump()
        record["plan"] = plan["provenance"]["digest"]["whole"]
    asked(record)
    if "round.json" in sealing:
        record["digest"] = seal(record).model_dump()
    for name, content in (("plan.json", plan), ("round.json", record)):
        (folder / name).write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def test_a_round_that_comes_out_differently_is_exit_1(tmp_path):
    rounds = tmp_path / "rounds"
    assert run("negotiate", "guangxi-13fyp", "--fix", "钦州=18%", "--out", rounds).exit_code == 0
    rewritten(rounds / "round-001", lambda plan: plan["regions"][0].update(rate=plan["regions"][0]["rate"] + 1e-6))
    result = run("negotiate", "guangxi-13fyp", "--replay", rounds / "round-001", "--lang", "en")
    assert result.exit_code == 1
    assert "differently" in result.stdout


def test_rule_ids_do_not_collide(guangxi_folder, edit, first):
    rule = "rules:\n  - {id: fix-450700, reason: 先前谈定, type: floor, rate: 10%, where: [南宁]}\n"
    edit(guangxi_folder / "scenario.yaml", "rules: []\n", rule)
    scenario = load_scenario(guangxi_folder)
    assert [demand.id for demand in asked_scenario(scenario, first.round).demands] == [
        "fix-450700",
        "fix-450700-again",
    ]
    assert negotiate(scenario, ["钦州=18%"]).plan.verification.passed


def test_eight_negotiators_at_once_leave_eight_rounds(tmp_path):
    words = [sys.executable, "-m", "allocator", "negotiate", "guangxi-13fyp", "--out", "rounds", "--json", "--fix"]
    fixes = [f"钦州={rate}%" for rate in ("16", "16.5", "17", "17.5", "18", "18.5", "19", "19.5")]
    started = []
    for n, fix in enumerate(fixes):  # each with its own temporary files, as users or services may have them
        (tmp_path / f"{n}").mkdir()
        environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(tmp_path / f"{n}"))
        started.append(subprocess.Popen([*words, fix], cwd=tmp_path, stdout=subprocess.DEVNULL, env=environment))
    assert [one.wait() for one in started] == [0] * 8
    rounds = sorted((tmp_path / "rounds").glob("round-*"))
    assert [one.name for one in rounds] == [f"round-{n:03d}" for n in range(1, 9)]
    kept = [json.loads((one / "round.json").read_text("utf-8"))["asked"] for one in rounds]
    assert len({str(one) for one in kept}) == 8
    assert sorted(entry.name for entry in (tmp_path / "rounds").iterdir()) == [one.name for one in rounds]


@pytest.mark.parametrize("asked", [("--fix", "北海=16%"), ("--undo",)])
def test_rounds_in_a_folder_that_a_killed_run_had_taken_away_come_back(asked, kept, tmp_path):
    shutil.copytree(kept / "plan", tmp_path / "out")
    shutil.copytree(kept / "rounds", tmp_path / "out" / "rounds")
    (tmp_path / "out").rename(beside(tmp_path / "out", "old"))  # killed between its two renames
    done = run("negotiate", "guangxi-13fyp", *asked, "--out", tmp_path / "out" / "rounds")
    assert done.exit_code == 0, done.stderr
    rounds = sorted(entry.name for entry in (tmp_path / "out" / "rounds").iterdir())
    assert rounds == (["undone-round-001"] if asked == ("--undo",) else ["round-001", "round-002"])
    assert (tmp_path / "out" / "plan.json").exists()


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Return a folder with one round of Guangxi, and the plan beside it."""
    folder = tmp_path_factory.mktemp("kept")
    assert run("negotiate", "guangxi-13fyp", "--fix", "钦州=18%", "--out", folder / "rounds").exit_code == 0
    assert run("plan", "guangxi-13fyp", "--out", folder / "plan").exit_code == 0
    return folder


@pytest.fixture
def again(kept, tmp_path):
    """Return a copy of the kept round, and a function that runs every command that reads it."""
    shutil.copytree(kept, tmp_path / "kept")
    folder = tmp_path / "kept" / "rounds" / "round-001"

    def answers():
        return [
            run("negotiate", "guangxi-13fyp", "--fix", "北海=16%", "--out", folder.parent, "--lang", "en"),
            run("negotiate", "guangxi-13fyp", "--replay", folder, "--lang", "en"),
            run("compare", folder, kept / "plan", "--lang", "en"),
            run("compare", kept / "plan", folder / "plan.json", "--lang", "en"),
        ]

    return folder, answers


def fixed(value, key="450700"):
    return lambda record: record.update(fixes={key: value})


def held(value, rate=0.1):
    return lambda record: record.update(held={"450700": {"rate": rate, "published": value}})


def same(content):
    """Change nothing."""


def cut(plan):
    plan["regions"][0].update(rate=0.2)


NO_RATES = ("abc", "1/0", "nan", "inf", "1e400", "2", "-1", "", "0.1\n", "１", "0." + "3" * 400, 0.18, None)
OTHER_RATES = ("0.185", "1E-999", "0.18" + "0" * 280 + "1")
NO_NUMBERS = (0, -1, 2, 999_999, 10**40, "x", None, 1.5)


@pytest.mark.parametrize(
    ("plan", "asked", "sealing", "said"),
    [
        (same, fixed("0.25"), (), "round.json, fixes.450700: was altered after it was written"),
        (same, lambda record: record.pop("digest"), (), "round.json: carries no digest"),
        (cut, same, (), "regions.南宁.rate: was altered"),
        (cut, same, ("plan.json",), "round.json, plan: was altered"),
        (same, lambda record: record.update(plan="0" * 64), ("round.json",), "is not what came of this round"),
        (same, fixed("0.18", "999999"), ("round.json",), "fixes.999999: unknown region “999999”"),
        *((same, fixed(value), ("round.json",), "round.json, fixes.450700") for value in NO_RATES),
        *((same, held(value), ("round.json",), "round.json, held.450700.published") for value in NO_RATES),
        *((same, fixed(value), ("round.json",), "fixes.450700: does not follow") for value in OTHER_RATES),
        *((same, held(value), ("round.json",), "held.450700.published: does not follow") for value in OTHER_RATES),
        *((same, held("0.18", rate), ("round.json",), "held.450700.rate: does not follow") for rate in (-1e308, 0.17)),
        *((same, lambda r, n=n: r.update(number=n), ("round.json",), "round.json, number") for n in NO_NUMBERS),
    ],
)  # fmt: skip
def test_what_was_altered_is_not_built_upon(plan, asked, sealing, said, again):
    folder, answers = again
    rewritten(folder, plan, asked, sealing)
    for answer in answers():
        assert answer.exit_code == 2, answer.stderr
        assert said in answer.stderr
    assert [entry.name for entry in folder.parent.iterdir()] == ["round-001"]


def test_no_round_is_the_last_that_can_be(again):
    folder, _ = again
    many = folder.rename(folder.with_name("round-999999"))
    rewritten(many, asked=lambda record: record.update(number=999_999))
    assert run("negotiate", "guangxi-13fyp", "--fix", "北海=16%", "--out", many.parent).exit_code == 0
    assert (many.parent / "round-1000000" / "round.json").is_file()
    assert run("negotiate", "guangxi-13fyp", "--undo", "--out", many.parent).exit_code == 0
    assert sorted(entry.name for entry in many.parent.iterdir()) == ["round-999999", "undone-round-1000000"]


def test_a_plan_is_not_made_anew_in_the_folder_of_a_round(again):
    folder, answers = again
    before = {entry.name: entry.read_bytes() for entry in folder.iterdir()}
    refused = run("plan", "guangxi-13fyp", "--set", "target=16%", "--out", folder, "--lang", "en")
    assert refused.exit_code == 2
    assert "the folder holds a round of a negotiation" in refused.stderr
    assert {entry.name: entry.read_bytes() for entry in folder.iterdir()} == before
    assert answers()[0].exit_code == 0


def test_another_plan_in_the_folder_of_a_round_is_not_the_rounds(again, tmp_path):
    folder, answers = again
    assert run("plan", "guangxi-13fyp", "--set", "target=16%", "--out", tmp_path / "other").exit_code == 0
    shutil.copy(tmp_path / "other" / "plan.json", folder)
    assert [(answer.exit_code, "is not what came of this round" in answer.stderr) for answer in answers()] == [
        (2, True)
    ] * 4
