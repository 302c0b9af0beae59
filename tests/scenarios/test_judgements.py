"""Weights by judgement: figures computed apart (and by ahpy 2.1), what is odd in a matrix, groups, combinations."""

import datetime
import subprocess
from fractions import Fraction

import openpyxl
import pytest

from allocator.planning.plan import plan
from allocator.saving import save, scenario_copy
from scenarios.errors import InputError
from scenarios.judging.ahp import (
    NoGame,
    additive,
    cheapest_repair,
    game,
    judge,
    judge_group,
    multiplicative,
    others_say,
    turned,
    worst_triple,
)
from scenarios.load import find_scenario, load_scenario
from scenarios.wording import LANGUAGES


def matrix(text):
    return tuple(tuple(Fraction(value) for value in row.split()) for row in text.split(";"))


DRINKS = matrix(
    "1 9 5 2 1 1 1/2; 1/9 1 1/3 1/9 1/9 1/9 1/9; 1/5 3 1 1/3 1/4 1/3 1/9; 1/2 9 3 1 1/2 1 1/3; 1 9 4 2 1 2 1/2;"
    "1 9 3 1 1/2 1 1/3; 2 9 9 3 2 3 1"
)
"""Saaty: coffee, wine, tea, beer, sodas, milk, water."""
TURNED = matrix("1 3 5 1/7; 1/3 1 3 3; 1/5 1/3 1 2; 7 1/3 1/2 1")
THREE = matrix("1 3 1; 1/3 1 2; 1 1/2 1")
GROUP = [matrix("1 2 4; 1/2 1 2; 1/4 1/2 1"), matrix("1 1/3 1; 3 1 5; 1 1/5 1"), matrix("1 5 3; 1/5 1 1/3; 1/3 3 1")]


def test_the_drinks():
    found = judge(DRINKS)
    assert found.weights == pytest.approx(
        (0.177457, 0.019149, 0.041831, 0.116417, 0.189572, 0.128781, 0.326793), abs=5e-7
    )
    assert found.weights == pytest.approx((0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327), abs=5e-4)  # as printed
    assert found.largest == pytest.approx(7.176629, abs=5e-7)
    assert found.ratio == pytest.approx(0.021806, abs=5e-7)
    worst = worst_triple(DRINKS)
    assert (worst.i, worst.j, worst.k, worst.factor) == (1, 2, 6, pytest.approx(3.0))


def test_the_turned_judgement_is_found_and_the_cheapest_repair_is_another():
    found, worst = judge(TURNED), worst_triple(TURNED)
    assert found.weights == pytest.approx((0.261041, 0.260285, 0.139633, 0.339041), abs=5e-7)
    assert (found.largest, found.ratio) == (pytest.approx(6.851407, abs=5e-7), pytest.approx(1.067943, abs=5e-7))
    assert (worst.i, worst.j, worst.k, worst.factor) == (0, 2, 3, pytest.approx(70.0))
    assert others_say(TURNED, 0, 3) == pytest.approx(9.486833, abs=5e-7)
    assert (turned(TURNED).changes, round(turned(TURNED).ratio, 4)) == (((0, 3, 7),), 0.0240)
    repair = cheapest_repair(TURNED)
    assert (repair.changes, repair.steps, round(repair.ratio, 6)) == (((0, 3, 3),), 8, 0.083381)


def test_three_by_three():
    assert judge(THREE).weights == pytest.approx((0.463816, 0.280936, 0.255248), abs=5e-7)
    assert judge(THREE).ratio == pytest.approx(0.353309, abs=5e-7)
    repair = cheapest_repair(THREE)
    assert (repair.changes, repair.steps) == (((1, 2, Fraction(1, 2)),), 2)
    assert repair.ratio == pytest.approx(0.017591, abs=5e-7)


def test_two_judgements_are_mended_where_one_is_not_enough():
    four = matrix("1 9 1/9 1; 1/9 1 9 1; 9 1/9 1 9; 1 1 1/9 1")
    repair = cheapest_repair(four)
    assert len(repair.changes) == 2
    assert repair.ratio < 0.1


def test_a_group_says_nothing_of_how_far_it_agrees():
    ratios = [judge(member).ratio for member in GROUP]
    assert ratios == pytest.approx([0, 0.027946, 0.037030], abs=5e-7)
    assert judge(GROUP[1]).weights == pytest.approx((0.185174, 0.658644, 0.156182), abs=5e-7)
    found = judge_group(GROUP, [1, 1, 1])
    assert found.weights == pytest.approx((0.475223, 0.315421, 0.209355), abs=5e-7)
    assert found.ratio == pytest.approx(0.000070, abs=5e-7)
    assert judge_group(GROUP, [0, 1, 0]).weights == pytest.approx(judge(GROUP[1]).weights)


@pytest.mark.parametrize(
    ("sets", "product", "half", "alpha"),
    [
        (((0.5, 0.3, 0.2), (0.2, 0.3, 0.5)), (0.344828, 0.310345, 0.344828), (0.35, 0.3, 0.35), (0.567164, 0.567164)),
        (((0.6, 0.3, 0.1), (0.4, 0.35, 0.25)), (0.648649, 0.283784, 0.067568), (0.5, 0.325, 0.175), None),
        (((0.5, 0.3, 0.2), (1 / 3,) * 3), (0.5, 0.3, 0.2), (0.416667, 0.316667, 0.266667), None),
    ],
)
def test_combinations_and_their_traps(sets, product, half, alpha):
    assert multiplicative(sets) == pytest.approx(product, abs=5e-7)
    assert additive(sets, (1, 1)) == pytest.approx(half, abs=5e-7)
    if alpha is None:
        with pytest.raises(NoGame):
            game(sets)
    else:
        assert game(sets) == (pytest.approx(half, abs=5e-7), pytest.approx(alpha, abs=5e-7))


CAPACITY = "    weight: 1\n"
NORMALIZE = "normalize: true  # criterion weights are shares: 1 : 1 : 1\n"


@pytest.fixture
def judged(tmp_path):
    """Return a function that loads Guangxi with judgements in place of the weights of its criteria."""
    home = find_scenario("guangxi-13fyp").parent
    for table in home.glob("*.csv"):
        (tmp_path / table.name).write_bytes(table.read_bytes())

    def load(said, weights=False, settings=()):
        text = (home / "scenario.yaml").read_text("utf-8")
        if not weights:
            text = text.replace(CAPACITY, "").replace(NORMALIZE, "")
        (tmp_path / "scenario.yaml").write_text(f"{text}judgements:\n  criteria:\n{said}\n", "utf-8")
        return load_scenario(tmp_path, settings)

    return load


GOOD = "    matrix: {capacity: [1, 3, 5], responsibility: [1/3, 1, 3], potential: [1/5, 1/3, 1]}"


def test_judgements_become_the_weights_of_the_plan(judged):
    scenario = judged(GOOD)
    weights = scenario.criterion_weights()
    assert list(map(float, weights.values())) == pytest.approx((0.636986, 0.258285, 0.104729), abs=5e-7)
    assert [notice.code for notice in scenario.notices] == ["judgement_weights"]
    assert "CR = 0.037" in scenario.notices[0].say("zh")
    assert "Saaty 2005" in scenario.notices[0].say("en")
    capacity = next(one for one in plan(scenario).record.indicators if one.criterion == "capacity")
    assert capacity.criterion_weight == pytest.approx(0.636986, abs=5e-7)


def test_half_a_matrix_is_enough_and_decimals_stand_for_what_they_round(judged):
    whole = judged(GOOD).criterion_weights()
    half = "    matrix: {capacity: [1, 3, 5], responsibility: [null, 1, 3], potential: [null, null, 1]}"
    rounded = "    matrix: {capacity: [1, 3, 5], responsibility: [0.33, 1, 3], potential: [0.2, 0.33, 1]}"
    assert judged(half).criterion_weights() == whole
    assert judged(rounded).criterion_weights() == whole


def test_weights_that_are_written_stand_and_that_is_said(judged):
    scenario = judged(GOOD, weights=True)
    assert list(map(float, scenario.criterion_weights().values())) == pytest.approx([1 / 3] * 3)
    assert [notice.code for notice in scenario.notices] == ["judgement_unused"]


def test_weights_that_are_written_and_judged_ones_never_mix(judged):
    with pytest.raises(InputError) as error:
        judged(f"{GOOD}\nnormalize: true", settings=["criteria.capacity.weight=2"])
    assert [finding.code for finding in error.value.findings] == ["missing_key", "missing_key"]


def test_inconsistent_judgements_are_refused_and_explained(judged):
    said = "    matrix: {capacity: [1, 3, 1], responsibility: [1/3, 1, 2], potential: [1, 1/2, 1]}"
    with pytest.raises(InputError) as error:
        judged(said)
    finding = error.value.findings[0]
    assert finding.code == "judgement_cr"
    assert finding.place.row is not None
    zh, en = (finding.say(language) for language in LANGUAGES)
    assert "“能力”是“责任”的 3 倍，“责任”是“潜力”的 2 倍，“能力”却是“潜力”的 1 倍：相差 6 倍。" in zh
    assert "“责任”对“潜力”的 2 是否写反了？若应为 1/2，CR 为 0.018" in zh
    assert "Was “responsibility” against “potential”, 2, entered the other way round?" in en
    forced = judged(f"{said}\n    force: true")
    assert [notice.code for notice in forced.notices] == ["judgement_cr", "judgement_weights"]


@pytest.mark.parametrize(
    ("rows", "code", "key"),
    [
        (("1, 3, 5", "1/2, 1, 3", "1/5, 1/3, 1"), "judgement_reciprocal", "responsibility.0"),
        (("2, 3, 5", "1/3, 1, 3", "1/5, 1/3, 1"), "judgement_diagonal", "capacity.0"),
        (("1, 10, 5", "1/10, 1, 3", "1/5, 1/3, 1"), "judgement_range", "capacity.1"),
        (("1, x, 5", "1/3, 1, 3", "1/5, 1/3, 1"), "judgement_form", "capacity.1"),
        (("1, null, 5", "null, 1, 3", "1/5, 1/3, 1"), "judgement_missing", "capacity.1"),
        (("1, 3", "1/3, 1, 3", "1/5, 1/3, 1"), "judgement_row", "capacity"),
        (("1",), "judgement_size", "matrix"),
        (("",) * 10, "judgement_size", "matrix"),
        (("1, 3", "1/3, 1"), "judgement_names", "criteria"),
    ],
)
def test_what_is_wrong_in_a_matrix_is_said_with_its_cell(judged, rows, code, key):
    names = ("capacity", "responsibility", "potential", *"abcdefg")
    said = ", ".join(f"{name}: [{row}]" for name, row in zip(names, rows, strict=False))
    with pytest.raises(InputError) as error:
        judged(f"    matrix: {{{said}}}")
    assert [finding.code for finding in error.value.findings] == [code]
    finding = error.value.findings[0]
    assert finding.place.key.endswith(key)
    assert "{" not in finding.message("en").replace("`{", "")


def test_a_group_and_a_set_beside_are_combined_and_recorded_as_a_decision(judged):
    said = (
        "    group:\n"
        "      - {name: 甲, matrix: {capacity: [1, 2, 4], responsibility: [1/2, 1, 2], potential: [1/4, 1/2, 1]}}\n"
        "      - {name: 乙, matrix: {capacity: [1, 1/3, 1], responsibility: [3, 1, 5], potential: [1, 1/5, 1]}}\n"
        "      - {name: 丙, matrix: {capacity: [1, 5, 3], responsibility: [1/5, 1, 1/3], potential: [1/3, 3, 1]}}\n"
        "    share: 3\n"
        "    beside: [{name: 发改委, share: 1, weights: {capacity: 20, responsibility: 30, potential: 50}}]\n"
        "    reason: 会议商定\n"
    )
    scenario = judged(said)
    weights = scenario.criterion_weights()
    # 3/4 of the group's and 1/4 of .2 .3 .5
    assert list(map(float, weights.values())) == pytest.approx((0.406418, 0.311566, 0.282016), abs=1e-6)
    codes = [notice.code for notice in scenario.notices]
    assert codes == ["judgement_weights", "judgement_members", "judgement_added"]
    assert "乙：能力 0.1852" in scenario.notices[1].say("zh")
    assert "会议商定。合成是决策者的决定。" in scenario.notices[2].say("zh")
    flat = said.replace(
        "{capacity: 20, responsibility: 30, potential: 50}", "{capacity: 1, responsibility: 1, potential: 1}"
    )
    played = judged(f"{flat}    combine: game\n")
    assert played.notices[-1].code == "judgement_game_refused"


def test_inside_a_criterion_whose_weights_are_given(judged):
    inside = "matrix: {economy: [1, 2, 2], energy: [null, 1, 1], emissions: [null, null, 1]}"
    said = f"{GOOD}\n  responsibility:\n    {inside}"
    with pytest.raises(InputError) as error:
        judged(said)
    assert error.value.findings[0].code == "judgement_names"
    scenario = judged(said, settings=["criteria.responsibility.within=given"])
    inside = scenario.file.criteria["responsibility"].indicators
    assert [float(one.weight) for one in inside.values()] == pytest.approx([0.5, 0.25, 0.25])


GROUP_SAID = (
    "    group:\n"
    "      - name: 甲\n"
    "        share: 2\n"
    "        matrix: {capacity: [1, 2, 4], responsibility: [0.5, 1, 2], potential: [1/4, 1/2, 1]}\n"
    "      - {name: 乙, matrix: {capacity: [1, 1/3, 1], responsibility: [3, 1, 5], potential: [1, null, 1]}}\n"
    "    share: 3\n"
    "    beside: [{name: 发改委, share: 1, weights: {capacity: 20, responsibility: 0.125, potential: 50}}]\n"
    "    reason: {zh: 会议商定, en: agreed}\n"
)
ODD = (
    "    matrix: {capacity: [1, 0.33, 2/7], responsibility: [3.0303, 1, 2.5], potential: [3.5, 0.4, 1]}\n"
    "    force: true\n"
)


@pytest.mark.parametrize("said", [GOOD, GROUP_SAID, ODD], ids=["matrix", "group", "odd"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_holds_judgements_there_and_back(judged, tmp_path, said, language):
    scenario = judged(said)
    (book,) = save(tmp_path / "scenario.yaml", tmp_path / "book.xlsx", language)
    again = load_scenario(book)
    assert again.file.judgements == scenario.file.judgements
    assert again.criterion_weights() == scenario.criterion_weights()
    (tmp_path / "new").mkdir()
    back = save(book, tmp_path / "new" / "back.yaml", language)[0]
    assert load_scenario(back).file.judgements == scenario.file.judgements
    assert [notice.code for notice in again.notices] == [notice.code for notice in scenario.notices]


def test_the_workbook_of_results_holds_judgements(judged):
    assert "judgements" in scenario_copy(judged(GOOD), "zh").values


@pytest.fixture
def booked(judged, tmp_path):
    """Return a function that loads the workbook of good judgements with cells of its sheet changed."""

    def load(said=GOOD, **cells):
        judged(said)
        (path,) = save(tmp_path / "scenario.yaml", tmp_path / f"{len([*tmp_path.iterdir()])}.xlsx", "zh")
        book = openpyxl.load_workbook(path)
        for cell, value in cells.items():
            book["判断"][cell] = value
        book.save(path)
        return load_scenario(path)

    return load


def test_half_a_matrix_counts_where_formulas_have_no_value(booked):
    """As the page and other programs leave them that compute no formula."""
    scenario = booked(F6="1/3", G6="1/2", G7="1")
    # 1 1/3 1/2; 3 1 1; 2 1 1: of three the eigenvector is that of the rows' cube roots of 1/6, 3 and 2
    assert list(map(float, scenario.criterion_weights().values())) == pytest.approx((0.1692, 0.4434, 0.3874), abs=5e-5)


@pytest.mark.parametrize(
    ("cells", "code", "at"),
    [
        ({"E7": "1/2"}, "judgement_reciprocal", "E7"),
        ({"E6": "2"}, "judgement_diagonal", "E6"),
        ({"F6": 12}, "judgement_range", "F6"),
        ({"G6": "很重要"}, "judgement_form", "G6"),
        ({"G6": datetime.date(2026, 1, 3)}, "judgement_form", "G6"),  # 1/3 that Excel took for a day
        ({"G6": None}, "judgement_missing", "G6"),
        ({"G6": "=1/3"}, "formula_without_value", "G6"),
        ({"F6": 9, "G6": "1/9", "G7": 9}, "judgement_cr", "D6"),
        ({"H6": 2}, "judgement_row", "D6"),
        ({"D7": "capacity"}, "book_twice", "D7"),
        ({"D7": "wealth"}, "judgement_names", "A5"),
        ({"D7": None}, "judgement_no_item", "D7"),
        ({"A5": None}, "judgement_no_item", "D6"),
        ({"N6": 0.5}, "judgement_no_origin", "N6"),
        ({"O5": "也许"}, "not_a_boolean", "O5"),
        ({"A10": "criteria", "D11": "a", "D12": "b", "F11": 3}, "book_twice", "D11"),
        ({f"D{row}": f"c{row}" for row in range(9, 16)}, "judgement_size", "D6"),
    ],
)  # fmt: skip
def test_what_is_wrong_on_the_sheet_is_said_with_its_cell(booked, cells, code, at):
    with pytest.raises(InputError) as error:
        booked(**cells)
    found = [(finding.code, finding.place.sheet, finding.place.cell) for finding in error.value.findings]
    assert found[0] == (code, "判断", at), found


def test_a_prepared_sheet_that_is_not_filled_in_says_nothing(tmp_path):
    (path,) = save("guangxi-13fyp", tmp_path / "book.xlsx", "zh")[:1]
    page = openpyxl.load_workbook(path)["判断"]
    assert [page[cell].value for cell in ("A5", "D6", "D7", "D8", "F6")] == [
        "criteria", "capacity", "responsibility", "potential", None,
    ]  # fmt: skip
    lists = {str(each.sqref): each.formula1 for each in page.data_validations.dataValidation}
    assert lists["F6"] == '"1/9,1/8,1/7,1/6,1/5,1/4,1/3,1/2,1,2,3,4,5,6,7,8,9"'
    assert {"F6", "G6", "G7"} <= set(lists)
    assert load_scenario(path).file.judgements == {}


@pytest.mark.libreoffice
def test_the_half_below_follows_what_is_typed(booked, libreoffice_path, tmp_path):
    typed = booked(F6="2", G6="1/3", G7=0.25).file.judgements["criteria"]
    path = max(tmp_path.glob("*.xlsx"), key=lambda one: one.stat().st_mtime_ns)
    profile = (tmp_path / "profile").as_uri()
    words = [libreoffice_path, f"-env:UserInstallation={profile}", "--headless", "--convert-to",
             "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "again"), str(path)]  # fmt: skip
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    again = tmp_path / "again" / path.name
    shown = openpyxl.load_workbook(again, data_only=True)["判断"]
    assert [str(shown[cell].value) for cell in ("E7", "E8", "F8", "F5")] == ["1/2", "3", "4", "responsibility"]
    assert load_scenario(again).file.judgements["criteria"] == typed
