"""The answers behind the page: those of the command line, replayable, verified, one at a time."""

import io
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import openpyxl
import pytest

from allocator.app.desk import Desk
from allocator.errors import exit_and_sentences
from allocator.negotiating.negotiate import negotiate, open_round, replay
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.regions import read_before
from solvers.problem import OutOfTime, SolverFailure


def with_(desk, **changes):
    return desk.own.model_copy(update=changes)


def published(record):
    return [region.published_rate for region in record.regions]


def test_untouched_it_is_the_scenarios_own_plan(desk, guangxi):
    made = desk.answer(desk.own)
    assert made.plan.record.regions == plan(guangxi).record.regions
    assert made.plan.record.regions == desk.record.regions
    assert [move.change_points for move in made.moves] == [0.0] * 14


def test_moved_it_is_what_the_command_line_says(desk):
    made = desk.answer(with_(desk, target=Decimal("18.2"), spread=Decimal(10)))
    said = plan(load_scenario("guangxi-13fyp", ["target=18.2%", "reference.spread=10 points"]))
    assert made.plan.record.regions == said.record.regions


def test_a_move_reads_no_table_again(desk, monkeypatch):
    taken = []
    own = read_before.read_sheet
    monkeypatch.setattr(read_before, "read_sheet", lambda *asked: taken.append(asked[0].name) or own(*asked))
    desk.answer(desk.own)
    taken.clear()
    for target in ("16.5", "17.5", "18"):
        desk.answer(with_(desk, target=Decimal(target), lower=Decimal(5)))
    assert taken == []


def test_the_others_pick_up_what_one_gives_up(desk, guangxi):
    made = desk.answer(with_(desk, fixes={"450700": Decimal(18)}))
    said = negotiate(guangxi, ["钦州=18%"])
    assert published(made.plan.record) == published(said.plan.record)
    assert made.relieved_10kt > 0
    assert made.picked_up_10kt == pytest.approx(made.relieved_10kt, rel=1e-9)
    (fixed,) = (move for move in made.moves if move.fixed)
    assert fixed.published_after == 0.18
    assert all(move.change_points >= -1e-10 for move in made.moves if not move.fixed)


def test_rules_on_and_off(ruled_desk):
    on = ruled_desk.answer(ruled_desk.own).plan.record.regions
    rates = {region.name: region.rate for region in on}
    assert max(rates.values()) - min(rates.values()) <= 0.08 + 1e-9
    assert rates["桂林"] >= 0.2 - 1e-9
    off = ruled_desk.answer(with_(ruled_desk, off=("narrow", "pilots"))).plan.record.regions
    plain = load_scenario("guangxi-13fyp")
    assert [r.published_rate for r in off] == published(plan(plain).record)


@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ({"target": Decimal(30)}, NoSplit, "无解：目标 30.00% 超出可达范围"),
        ({"spread": Decimal(60)}, InputError, "参考"),
        ({"lower": Decimal(30)}, InputError, "30% > 25%"),
        ({"fixes": {"450700": Decimal("18.2")}}, InputError, "--fix 钦州"),
        ({"fixes": {"nowhere": Decimal(18)}}, InputError, "nowhere"),
    ],
)
def test_what_cannot_be_is_said_in_words(desk, changes, kind, said):
    with pytest.raises(kind) as caught:
        desk.answer(with_(desk, **changes))
    assert said in "\n".join(exit_and_sentences(caught.value, "zh")[1])
    assert all(exit_and_sentences(caught.value, "en")[1])


@pytest.mark.parametrize("error", [OutOfTime("x"), SolverFailure("x"), ValueError("a\nb"), KeyError()])
def test_no_failure_is_a_traceback(error):
    for language in ("zh", "en"):
        (line,) = exit_and_sentences(error, language)[1]
        assert "\n" not in line
        assert "Traceback" not in line


def test_contradicting_rules_are_named(ruled_desk):
    with pytest.raises(NoSplit) as caught:
        ruled_desk.answer(with_(ruled_desk, target=Decimal(10), lower=Decimal(5)))
    assert "pilots" in "\n".join(exit_and_sentences(caught.value, "en")[1])


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_the_workbook_holds_what_is_shown(desk):
    settings = with_(desk, target=Decimal("17.4"), fixes={"450700": Decimal(18)})
    sheet = openpyxl.load_workbook(io.BytesIO(desk.workbook(settings, "en"))).worksheets[0]
    rates = {row[1]: row[2] for row in sheet.iter_rows(values_only=True) if isinstance(row[2], int | float)}
    shown = desk.answer(settings).plan.record.regions
    assert {region.name_en: rates[region.name_en] for region in shown} == {
        region.name_en: pytest.approx(region.published_rate * 100) for region in shown
    }


def test_saved_rounds_are_replayed(desk):
    first = desk.save(desk.own, "zh")
    second = desk.save(with_(desk, target=Decimal("17.5"), fixes={"450700": Decimal("18.5")}), "zh")
    assert [first.name, second.name] == ["round-001", "round-002"]
    for folder in (first, second):
        assert replay(*open_round("guangxi-13fyp", [], folder)).same


def test_rounds_of_another_scenario_are_left_alone(desk, tmp_path):
    other = Desk.open("zhejiang-13fyp", folder=tmp_path / "rounds")
    other.save(other.own, "zh")
    with pytest.raises(InputError) as caught:
        Desk.open("guangxi-13fyp", folder=tmp_path / "rounds").save(desk.own, "zh")
    assert "zhejiang-13fyp" in str(caught.value)


def test_a_scenario_without_a_split_still_opens():
    desk = Desk.open("guangxi-13fyp", ["target=30%"])
    assert desk.record is None
    assert desk.answer(with_(desk, target=Decimal(17))).plan.record.province.verdict == "backed"


def test_many_threads_get_their_own_answers(ruled_desk):
    targets = [Decimal(170 + n) / 10 for n in range(12)]
    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(lambda each: ruled_desk.answer(with_(ruled_desk, target=each)), targets))
    assert [made.plan.record.province.target for made in found] == [float(each / 100) for each in targets]
    assert all(made.plan.record.province.verdict == "backed" for made in found)
