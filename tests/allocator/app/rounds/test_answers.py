"""What the page is told of rounds: listed, opened, compared, taken back; and what it may not do with them."""

import json
import shutil
from decimal import Decimal

import pytest

from allocator.app.desk import Desk
from allocator.app.rounds.answers import bringing_back, comparing, keeping, listing, opening, taking_back
from allocator.app.rounds.questions import All, Keep, One
from allocator.app.state import Settings
from allocator.negotiating.negotiate import next_round
from allocator.negotiating.remarks import Remark
from allocator.negotiating.rounds import read_round
from reports.planning.sentences import verdict_statement
from reports.words import LABELS
from scenarios.load import find_scenario
from tests.allocator.app.conftest import RULES

ALL = All(kept="all")


@pytest.fixture
def desk(tmp_path):
    return Desk.open("guangxi-13fyp", folder=tmp_path / "rounds")


def with_(desk, **changes):
    return desk.own.model_copy(update=changes)


def rows(desk, language="zh"):
    answer = listing(desk, language, ALL)
    assert answer["ok"]
    return answer["rounds"]


def keep(desk, settings, who="李四", why="会商"):
    answer = keeping(desk, "zh", Keep(settings=settings, who=who, why=why))
    assert answer["ok"], answer
    return One(number=rows(desk)[0]["number"], plan=rows(desk)[0]["plan"])


def command(desk, *fixes, absorb="", settings=()):
    """Keep a round as the command line does."""
    next_round(desk.source, settings, desk.rounds, fixes, absorb, "zh", Remark("王五", "电话"))
    return One(number=rows(desk)[0]["number"], plan=rows(desk)[0]["plan"])


def settings_of(answer):
    return Settings.model_validate(answer["settings"])


def test_every_round_is_listed_with_who_when_what_and_why(desk):
    keep(desk, with_(desk, target=Decimal("17.5")), who=" ", why="二月\n会商")
    command(desk, "钦州=18%", absorb="南宁、桂林", settings=["target=17.5%"])
    second, first = rows(desk)
    assert (first["number"], second["number"]) == (1, 2)
    assert (first["last"], second["last"]) == (False, True)
    assert (first["who"], first["why"]) == ("未写明何人", "二月 会商")
    assert first["what"] == "改动 目标 17.5%"
    assert second["what"] == "商定值 钦州 18%；改动 目标 17.5%；只由 南宁、桂林 承担"
    assert (second["who"], second["why"]) == ("王五", "电话")
    assert "17.50%" in first["verdict"]
    assert "通过" in first["verdict"]
    english = rows(desk, "en")[0]
    assert english["what"] == "agreed Qinzhou 18 %; changed target 17.5 %; picked up by 南宁、桂林 alone"
    assert english["title"] == "round 2"


def test_a_round_without_a_reason_or_with_an_undue_one_is_not_kept(desk):
    for why in ("", " \n\t", "\u200b"):
        answer = keeping(desk, "zh", Keep(settings=desk.own, who="", why=why))
        assert (answer["ok"], answer["said"]) == (False, [LABELS.say("rounds_why_needed", "zh")])
    long = keeping(desk, "en", Keep(settings=desk.own, who="", why="x" * 301))
    assert not long["ok"]
    assert "300" in long["said"][0]
    assert rows(desk) == []


def test_what_is_kept_in_the_page_opens_to_the_same_settings(desk):
    weights = {"capacity": Decimal(60), "responsibility": Decimal(20), "potential": Decimal(20)}
    income = {"income": Decimal("50.1"), "wealth": Decimal(0), "industry": Decimal("49.9")}
    fixes = {"450700": Decimal("18.5"), "450100": Decimal(23)}
    for settings in (
        desk.own,
        with_(desk, target=Decimal("18.25"), spread=Decimal("9.5"), exceed="allow"),
        with_(desk, weights=weights, within=desk.own.within | {"capacity": income}),
        with_(desk, lower=Decimal("10.5"), upper=Decimal(26), fixes=fixes),
    ):
        answer = opening(desk, "zh", keep(desk, settings))
        assert settings_of(answer) == settings
        assert answer["said"] == [LABELS.say("rounds_opened", "zh", number=rows(desk)[0]["number"])]


def test_rules_that_were_off_are_off_again(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(find_scenario("guangxi-13fyp").parent, folder)
    path = folder / "scenario.yaml"
    path.write_text(path.read_text("utf-8").replace("rules: []\n", RULES), "utf-8")
    desk = Desk.open(str(folder), folder=tmp_path / "rounds")
    settings = with_(desk, off=("pilots",))
    answer = opening(desk, "en", keep(desk, settings))
    assert settings_of(answer) == settings
    assert answer["said"] == [LABELS.say("rounds_opened", "en", number=1)]


def test_a_round_that_the_controls_cannot_say_opens_with_what_differs_and_why(desk):
    command(desk, "钦州=18%")
    answer = opening(desk, "zh", command(desk, "柳州=23%", absorb="南宁、桂林"))
    assert settings_of(answer).fixes == {"450700": Decimal(18), "450200": Decimal(23)}
    kept = {region.id: region.published_rate for region in read_round(desk.rounds / "round-002").plan.regions}
    now = desk.answer(settings_of(answer)).plan.record.regions
    count = sum(region.published_rate != kept[region.id] for region in now)
    assert count > 0
    differs, why = answer["said"]
    assert f"结果与所存不同：{count} 个地区" in differs
    assert why == LABELS.say("rounds_because_held", "zh", count=10, absorb="南宁、桂林")


def test_settings_that_no_control_has_are_named(desk):
    one = command(desk, "钦州=18%", settings=["publish.grid=1 points"])
    answer = opening(desk, "zh", one)
    assert answer["ok"]
    assert "结果与所存不同" in answer["said"][0]
    assert answer["said"][1] == LABELS.say("rounds_because_settings", "zh", settings="公布·取整步长 1 个百分点")


def test_settings_that_no_control_can_take_do_not_open(desk):
    one = command(desk, "钦州=18%", settings=["reference.map=proportional", "reference.spread=null"])
    answer = opening(desk, "zh", one)
    assert answer["settings"] is None
    assert "打不开" in answer["said"][0]
    kept = comparing(desk, "zh", one)["kept"]
    assert kept["changes"][-1] == "改动 参考值·参考值映射 与得分成比例、参考值·级差 不填"


def test_files_that_have_changed_since_are_named(guangxi_folder, edit, tmp_path):
    before = Desk.open(str(guangxi_folder), folder=tmp_path / "rounds")
    one = keep(before, before.own)
    edit(guangxi_folder / "regions.csv", "2135,", "2335,")
    now = Desk.open(str(guangxi_folder), folder=tmp_path / "rounds")
    answer = opening(now, "zh", one)
    assert "结果与所存不同" in answer["said"][0]
    assert answer["said"][1:] == [LABELS.say("rounds_inputs_since", "zh", files="regions.csv")]
    unsure = opening(before, "zh", one)  # which has the old figures open
    assert settings_of(unsure) == before.own
    assert unsure["said"][0] == LABELS.say("rounds_unsure", "zh", number=1)
    assert "regions.csv" in unsure["said"][1]


def test_a_round_with_the_same_rates_on_other_data_is_not_called_the_same(guangxi_folder, edit, tmp_path):
    before = Desk.open(str(guangxi_folder), folder=tmp_path / "rounds")
    rates = {region.id: Decimal(repr(region.published_rate)) * 100 for region in before.record.regions}
    one = keep(before, with_(before, fixes=rates, target=Decimal(15), exceed="allow"))
    kept = read_round(before.rounds / "round-001").plan
    edit(guangxi_folder / "regions.csv", "2135,", "2335,")
    now = Desk.open(str(guangxi_folder), folder=tmp_path / "rounds")
    answer = opening(now, "zh", one)
    settings = settings_of(answer)
    assert (settings.fixes, settings.exceed) == (rates, "allow")
    verdicts = {"before": verdict_statement(kept.province, "zh")}
    verdicts["now"] = verdict_statement(now.answer(settings).plan.record.province, "zh")
    assert verdicts["before"] != verdicts["now"]
    assert answer["said"] == [
        LABELS.say("rounds_other_verdict", "zh", number=1, **verdicts),
        LABELS.say("rounds_inputs_since", "zh", files="regions.csv"),
    ]


def test_a_round_is_compared_as_it_was_kept(desk):
    one = keep(desk, with_(desk, fixes={"450700": Decimal(18)}))
    kept = comparing(desk, "en", one)["kept"]
    record = read_round(desk.rounds / "round-001").plan
    assert kept["rates"] == {region.id: region.published_rate for region in record.regions}
    assert kept["title"] == "A (round 1)"
    assert kept["changes"][1:] == ("李四", "agreed Qinzhou 18 %")


def test_the_last_round_is_taken_back_and_nothing_is_deleted(desk):
    first = keep(desk, desk.own)
    second = keep(desk, with_(desk, target=Decimal(18)))
    early = taking_back(desk, "zh", first)
    assert (early["ok"], early["said"]) == (False, [LABELS.say("rounds_not_last", "zh", number=1, last=2)])
    done = taking_back(desk, "zh", second)
    assert done["ok"]
    assert str(desk.rounds / "undone-round-002") in done["said"][0]
    assert "“恢复”" in done["said"][0]
    assert sorted(entry.name for entry in desk.rounds.iterdir()) == ["round-001", "undone-round-002"]
    assert read_round(desk.rounds / "undone-round-002").record.why == "会商"


def test_a_round_that_another_window_has_kept_anew_is_not_taken_for_the_listed_one(desk):
    one = keep(desk, desk.own)
    assert taking_back(desk, "zh", one)["ok"]
    gone = [LABELS.say("rounds_gone", "zh", number=1)]
    for work in (opening, comparing, taking_back):  # nothing is there
        assert work(desk, "zh", one) == {"ok": False, "said": gone}
    shutil.rmtree(desk.rounds / "undone-round-001")  # by hand, so that the number is free again
    keep(desk, with_(desk, target=Decimal(18)))
    for asked in (one, One(number=1, plan=None)):  # another one is, and can be used
        for work in (opening, comparing, taking_back):
            assert work(desk, "zh", asked) == {"ok": False, "said": gone}
    assert [row["number"] for row in rows(desk)] == [1]


def test_what_was_taken_back_comes_back_and_its_number_is_not_given_again(desk):
    keep(desk, desk.own)
    second = keep(desk, with_(desk, target=Decimal(18)), why="五月")
    assert taking_back(desk, "zh", second)["ok"]
    (aside,) = listing(desk, "zh", ALL)["back"]
    assert (aside["number"], aside["plan"], aside["why"]) == (2, second.plan, "五月")
    third = keep(desk, with_(desk, target=Decimal(19)))
    assert third.number == 3
    assert taking_back(desk, "zh", third)["ok"]
    assert command(desk, "钦州=18%").number == 4  # nor by the command
    done = bringing_back(desk, "en", second)
    assert done == {"ok": True, "said": ["Round 2 is a round again."]}
    assert [row["number"] for row in rows(desk)] == [4, 2, 1]
    assert [row["number"] for row in listing(desk, "zh", ALL)["back"]] == [3]
    assert opening(desk, "zh", second)["ok"]
    gone = [LABELS.say("rounds_gone", "zh", number=2)]
    for asked in (second, One(number=2, plan=None)):
        assert bringing_back(desk, "zh", asked) == {"ok": False, "said": gone}


def test_nothing_is_brought_back_over_another_round(desk):
    one = keep(desk, desk.own)
    assert taking_back(desk, "zh", one)["ok"]
    shutil.copytree(desk.rounds / "undone-round-001", desk.rounds / "round-001")  # as a person does it by hand
    answer = bringing_back(desk, "zh", one)
    assert not answer["ok"]
    assert (desk.rounds / "undone-round-001").is_dir()


def test_the_list_says_that_data_have_changed_since(guangxi_folder, edit, tmp_path):
    before = Desk.open(str(guangxi_folder), folder=tmp_path / "rounds")
    keep(before, before.own)
    assert [row["since"] for row in rows(before)] == [""]
    edit(guangxi_folder / "regions.csv", "2135,", "2335,")
    now = Desk.open(str(guangxi_folder), folder=tmp_path / "rounds")
    assert [row["since"] for row in rows(now)] == ["此后数据已变：regions.csv"]
    assert [row["since"] for row in rows(now, "en")] == ["the data have changed since: regions.csv"]


def test_a_round_that_was_altered_is_listed_with_why_and_can_be_taken_back(desk):
    keep(desk, desk.own)
    path = desk.rounds / "round-001" / "round.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"why": "另一个理由"}), "utf-8")
    (row,) = rows(desk)
    assert (row["plan"], row["last"]) == (None, True)
    assert "写出后被改动" in "".join(row["trouble"])
    assert not opening(desk, "zh", One(number=1, plan=None))["ok"]
    assert taking_back(desk, "zh", One(number=1, plan=None))["ok"]
    assert rows(desk) == []


def test_rounds_of_another_scenario_are_listed_as_such_and_left_alone(desk):
    other = Desk.open("zhejiang-13fyp", folder=desk.rounds)
    one = keep(other, other.own)
    (row,) = rows(desk)
    assert "zhejiang-13fyp" in "".join(row["trouble"])
    assert not row["last"]
    for work in (opening, comparing, taking_back):
        for asked in (one, One(number=1, plan=None)):
            assert not work(desk, "zh", asked)["ok"]
    assert (desk.rounds / "round-001").is_dir()


def test_a_folder_that_cannot_be_read_is_said(desk):
    desk.rounds.write_text("a file where the folder should be", "utf-8")
    answer = listing(desk, "zh", ALL)
    assert not answer["ok"]
    assert str(desk.rounds) in answer["said"][0]
