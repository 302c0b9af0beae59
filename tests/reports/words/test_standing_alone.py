"""Texts of levels and shares stand for others, in both languages, and every one of them can be filled in."""

import pytest

from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from allocator.verifying.verify import judgement
from reports.planning.sentences import province_statements
from reports.words import LABELS
from scenarios.load import load_scenario
from scenarios.wording import OF_LEVEL, OF_SHARE

COAL, SHARE = "15fyp-energy/coal.yaml", "15fyp-energy/nonfossil.yaml"
LOW = "bounds={lower: 4%, upper: 50%}"
LOW_SHARE = ["target=24%", "bounds={lower: 25%, upper: 96%}"]
FLOORS = "rules=[{id: low, type: floor, where: {regions: [甲市, 乙市, 丙市]}, rate: 45%, reason: 试点}]"


def test_each_stands_for_a_text_that_there_is():
    codes = [code for code in LABELS.texts if code.endswith((OF_LEVEL, OF_SHARE))]
    assert len(codes) > 80
    assert [code for code in codes if code.removesuffix(OF_LEVEL).removesuffix(OF_SHARE) not in LABELS.texts] == []


@pytest.mark.parametrize(
    ("file", "words", "zh", "en"),
    [
        (COAL, [LOW], "即全部取下限时下降 4.00%（负数为上升）", "At the lower bounds the province cuts 4.00 %"),
        (
            COAL,
            ["bounds={lower: -50%, upper: 1%}", "margin=1%"],
            "目标为下降 3.22%，超出可达范围",
            "it falls by 3.22 %",
        ),
        # 甲 乙 丙 at 45 %, the others at −10 %: (2520 − 565)/11250
        (COAL, ["bounds={lower: -10%, upper: 50%}", FLOORS], "的多于总目标（下降 2.22%）", "a cut of at least 17.38 %"),
        (COAL, ["bounds={lower: 3%, upper: 3%}"], "唯一可达的是下降 3.00%", "lies below the only cut in reach, 3.00 %"),
        # the others at their base year: .555036 × 45 + 9.875897
        (SHARE, [FLOORS], "要求的多于目标 25.00%：最少也要 34.85%", "the rules ask for more, at least 34.85 %"),
        (SHARE, LOW_SHARE, "即全部取下限（不低于基年）时为", "none below the base year"),
    ],
)
def test_why_there_is_no_split(file, words, zh, en):
    with pytest.raises(NoSplit) as caught:
        plan(load_scenario(file, words))
    said = {language: "\n".join(caught.value.statements(language)) for language in ("zh", "en")}
    assert zh in said["zh"]
    assert en in said["en"]
    assert "GDP" not in "".join(said.values())


@pytest.mark.parametrize(
    ("file", "rate", "zh"),
    [(COAL, "0.223", "各数乘以 10 后，合计比基年下降 2.23%"), (SHARE, "7.0", "各数乘以 10 后，全省占比为 70.00%")],
)
def test_slips_are_named(tmp_path, file, rate, zh):
    scenario = load_scenario(file, ["bounds={lower: 0%, upper: 75%}"])
    head = "占比目标（%）" if file == SHARE else "下降目标（%）"
    rows = [f"{name},{rate}" for name in scenario.regions.names]
    (tmp_path / "table.csv").write_text("\n".join([f"地区,{head}", *rows]), "utf-8")
    said = "\n".join(judgement(scenario, str(tmp_path / "table.csv")).statements("zh"))
    assert said.startswith("未支撑：按所列目标，")
    assert zh in said


def test_a_margin_on_a_level_is_asked_beyond_its_cap():
    made = plan(load_scenario(COAL, ["margin=1%", "publish.grid=0.1 points"]))
    assert {float(rate) for rate in made.published} == {0.033}  # 2.2222 + 1, on the grid
    assert made.verification.passed
    assert "加上裕度，须下降 3.22%" in "\n".join(province_statements(made.record, "zh"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("file", "words"), [(COAL, [LOW]), (SHARE, LOW_SHARE)])
def test_a_split_above_the_target_says_so(file, words, language):
    made = plan(load_scenario(file, [*words, "exceed=allow"]))
    said = "\n".join(province_statements(made.record, language))
    assert ("取超出最少的分解" if language == "zh" else "exceeds it least is taken") in said
