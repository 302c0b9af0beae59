"""Indicators of rule set 2026 that come from scenarios of energy, coal, oil and non-fossil energy (`track.beside`)."""

import csv
import shutil
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.tracking.assessed import Scoring, hold_and_assess, said
from reports.assessing.entry_form import entries_workbook
from scenarios.assessing.entries import ENTRY_HEADS
from scenarios.assessing.pass_fail import computed_from
from scenarios.assessing.rules import find_rules
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario
from scenarios.total.paths import due_in

FACTORS = {"gdp": "1.05", "emissions": "1.01", "energy": "1.02", "coal": "0.99", "oil": "1.01", "nonfossil": "1.05"}
HEADS = {"gdp": "gdp(亿元)", "emissions": "emissions(万吨)"} | {
    name: f"{name}(万吨标准煤)" for name in ("energy", "coal", "oil", "nonfossil")
}
HEADER = ",".join(ENTRY_HEADS[code][1] for code in ("item", "figure", "target", "result", "evidence"))


@pytest.fixture
def case(tmp_path):
    return Path(shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case"))


def table(case, columns=tuple(FACTORS), name="one.csv", year=2026, change=None):
    """Write a year in which every city's figures are those of the base year times a factor."""
    with (case / "regions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    lines = [",".join(["region", "year", *(HEADS[column] for column in columns)])]
    for row in rows:
        figures = [str(float(Fraction(row[HEADS[column]]) * Fraction(FACTORS[column]))) for column in columns]
        lines.append(",".join([row["name"], str(year), *figures]))
    text = "\n".join(lines)
    for old, new in (change or {}).items():
        assert old in text
        text = text.replace(old, new)
    (case / name).write_text(text, "utf-8")
    return case / name


def edited(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def assessed(case, actuals, *settings, form=None, year=2026, rules="2026"):
    scenario = load_scenario(case / "carbon.yaml", settings)
    return hold_and_assess(scenario, actuals, None, Scoring(form, rules, year))


def part(record, name):
    return next(part for one in record.indicators for part in one.parts if part.id == name)


def refused(case, actuals, *settings, **scoring):
    with pytest.raises(InputError) as caught:
        assessed(case, actuals, *settings, **scoring)
    return {(found.code, found.place.file, found.place.key) for found in caught.value.findings}


def test_four_indicators_by_hand(case):
    found = assessed(case, table(case))
    record = found.assessment
    coal, oil, share, energy = (part(record, name) for name in ("coal", "oil", "nonfossil", "energy"))
    # 11,250 × 0.99 against 11,250 (11,000/11,250)^(1/5) = 11,199.6; 4,370 × 1.01 against 4,385.9
    assert (coal.figure, coal.target, coal.state) == (Fraction("11137.5"), 11200, "met")
    assert (oil.figure, oil.target, oil.state) == (Fraction("4413.7"), 4386, "missed")
    # 4,240 × 1.05/(21,630 × 1.02) = 20.18 %; 1 - (1 - 0.19602404) × (1 - 0.06713629)^(1/5) = 20.71 %
    assert (share.figure, share.target, share.state) == (Fraction("20.18"), Fraction("20.71"), "missed")
    # 1 - 1.02/1.05 = 2.857 %; 1 - 0.9^(1/5) = 2.085 %
    assert (energy.figure, energy.target, energy.state) == (Fraction("2.86"), Fraction("2.09"), "met")
    assert energy.five_year == "met"
    assert {one.source for one in (coal, oil, share, energy)} == {"computed"}
    assert {one.target_from for one in (coal, oil, share, energy)} == {"path"}
    assert record.disagreements() == []
    assert {"coal.yaml", "nonfossil.yaml", "one.csv"} <= record.inputs.keys()
    assert any(
        "煤炭消费总量、石油消费总量、非化石能源消费占比、单位GDP能耗比上年降低" in line for line in said(record, "zh")
    )
    assert any(
        "coal consumption 11,137.5 × 10⁴ tce, at most 11,200 × 10⁴ tce (of the path)" in line
        for line in said(record, "en")
    )
    assert part(record, "forest").state == "open"


def test_the_last_year_is_held_against_the_target_itself(case):
    """Decimals of a cap stay, and the share is the target's 25 %."""
    edited(case / "coal.yaml", "cap: 11000", "cap: 11000.4")
    actuals = case / "actuals-example.csv"
    rows = actuals.read_text("utf-8")
    with actuals.open(encoding="utf-8") as file:
        last = [row for row in csv.reader(file) if row[1] == "2028"]
    for n, year in enumerate((2029, 2030), 1):
        for row in last:
            grown = [str(round(float(value) * (1 + 0.01 * n), 1)) for value in row[2:]]
            rows += ",".join([row[0], str(year), *grown]) + "\n"
    actuals.write_text(rows, "utf-8")
    record = assessed(case, "actuals-example", year=2030).assessment
    assert part(record, "coal").target == Fraction("11000.4")
    assert part(record, "nonfossil").target == 25
    assert due_in(Fraction(100), Fraction("90.4"), "linear", (0, 0.5, 1), 1) == 95
    assert due_in(Fraction(100), Fraction("90.4"), "linear", (0, 0.5, 1), 2) == Fraction("90.4")
    assert due_in(Fraction(0), Fraction(3), "geometric", (0, 0.5, 1), 1) == 3


def test_entered_targets_go_before_the_path_and_figures_cannot_be_entered(case, tmp_path):
    actuals, form = table(case), tmp_path / "form.csv"
    form.write_text(f"{HEADER}\ncoal,,11137.4,,\nnonfossil,,20.18,,\nclean-power,45,44,,\n", "utf-8")
    record = assessed(case, actuals, form=form).assessment
    assert (part(record, "coal").state, part(record, "coal").target_from) == ("missed", "entered")
    assert part(record, "nonfossil").state == "met"
    assert part(record, "clean-power").state == "met"
    form.write_text(f"{HEADER}\ncoal,11000,11137.4,,\nenergy,,,met,x\n", "utf-8")
    assert {code for code, *_ in refused(case, actuals, form=form)} == {"entry_computed"}


def test_a_table_of_its_own_for_a_scenario_beside(case):
    table(case, ("coal",), "coal.csv")
    edited(case / "carbon.yaml", "coal: coal.yaml", "coal: {scenario: coal.yaml, actuals: coal.csv}")
    actuals = table(case, tuple(name for name in FACTORS if name != "coal"))
    assert part(assessed(case, actuals).assessment, "coal").figure == Fraction("11137.5")


def test_without_scenarios_beside_the_items_are_entered_or_open(case, tmp_path):
    edited(case / "carbon.yaml", "  beside: {", "  # beside: {")
    record = assessed(case, "actuals-example").assessment
    assert [part(record, name).state for name in ("coal", "oil", "nonfossil", "energy")] == ["open"] * 4
    form = tmp_path / "form.csv"
    form.write_text(f"{HEADER}\ncoal,11000,11137.4,,\n", "utf-8")
    assert part(assessed(case, "actuals-example", form=form).assessment, "coal").source == "entered"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("coal", "end: 2030", "end: 2031", ("fit_period", "coal.yaml", "period")),
        ("oil", "regions: regions.csv", "regions: other.csv", ("fit_cities", "oil.yaml", "regions")),
        ("scenario", "regions: regions.csv", "regions: gdp.csv", ("fit_figures", "scenario.yaml", "regions")),
        ("carbon", "coal: coal.yaml", "coal: oil.yaml", ("beside_quantity", "carbon.yaml", "track.beside.coal")),
        ("carbon", "coal: coal.yaml", "coal: carbon.yaml", ("beside_circle", "carbon.yaml", "track.beside.coal")),
        ("coal", "total:", "track: {beside: {oil: oil.yaml}}\ntotal:", ("beside_circle", "coal.yaml", "track.beside")),
        ("carbon", "coal: coal.yaml", "coal: none.yaml", ("beside_missing", "carbon.yaml", "track.beside.coal")),
        ("carbon", "coal: coal.yaml", "carbon: coal.yaml", ("not_one_of", "carbon.yaml", None)),
        (
            "carbon",
            "coal: coal.yaml",
            "coal: ../coal.yaml",
            ("wrong_form", "carbon.yaml", "track.beside.coal.scenario"),
        ),
    ],
)
def test_scenarios_that_cannot_stand_beside_are_refused_each_at_its_key(case, file, old, new, expected):
    text = (case / "regions.csv").read_text("utf-8")
    (case / "other.csv").write_text(text.replace("990900,壬市,Ren", "990900,癸市,Gui"), "utf-8")
    (case / "gdp.csv").write_text(text.replace(",1800,", ",1801,"), "utf-8")
    edited(case / f"{file}.yaml", old, new)
    actuals = "actuals-example"
    found = refused(case, actuals)
    assert any(
        code == expected[0] and expected[1] in (None, where) and expected[2] in (None, key)
        for code, where, key in found
    ), found


def test_a_year_without_figures_is_refused_for_every_scenario_at_once(case):
    table(case, ("coal",), "coal.csv")
    table(case, ("oil",), "oil.csv")
    edited(case / "carbon.yaml", "coal: coal.yaml", "coal: {scenario: coal.yaml, actuals: coal.csv}")
    edited(case / "carbon.yaml", "oil: oil.yaml", "oil: {scenario: oil.yaml, actuals: oil.csv}")
    assert refused(case, "actuals-example", year=2028) == {
        ("beside_year", "carbon.yaml", "track.beside.coal"), ("beside_year", "carbon.yaml", "track.beside.oil"),
    }  # fmt: skip
    assert part(assessed(case, "actuals-example").assessment, "coal").state == "met"


@pytest.mark.parametrize(
    ("columns", "change", "expected"),
    [
        (("coal",), {"2026,891.0": "2026,"}, "empty_cell"),
        (("coal",), {"2026,891.0": "2026,-1"}, "not_negative"),
        (("coal",), {"coal(万吨标准煤)": "coal(万吨)"}, "wrong_unit_coal"),
        (("coal",), {"coal(万吨标准煤)": "coal(吨标准煤)"}, "figures_jump"),
        (("energy", "nonfossil"), {"945.0": "3468.1"}, "share_beyond"),
        (("energy",), {}, "missing_columns"),
        (("oil",), {"oil(万吨标准煤)": "annual_reduction(%)"}, "missing_columns"),
    ],
)
def test_actual_figures_of_levels_and_shares_that_cannot_be(case, columns, change, expected):
    name = "nonfossil" if "energy" in columns else columns[0]
    table(case, columns, "own.csv", change=change)
    edited(case / "carbon.yaml", f"{name}: {name}.yaml", f"{name}: {{scenario: {name}.yaml, actuals: own.csv}}")
    found = refused(case, "actuals-example")
    assert {where for _, where, _ in found} == {"own.csv"}
    if expected != "figures_jump":
        assert expected in {code for code, *_ in found}


def test_a_city_without_coal_and_a_base_year_are_read(case):
    edited(case / "regions.csv", "1300,1.20,45000,420,120,", "1300,1.20,45000,420,0,")
    actuals = table(case)
    actuals.write_text(actuals.read_text("utf-8") + "\n甲市,2025,14000,5077,3400,900,1100,900", "utf-8")
    # 11,130 × 0.99
    assert part(assessed(case, actuals).assessment, "coal").figure == Fraction("11018.7")
    for column, other in ((4, "3500"), (5, "800"), (7, "800")):
        row = ["甲市", "2025", "14000", "5077", "3400", "900", "1100", "900"]
        row[column] = other
        table(case)
        actuals.write_text(actuals.read_text("utf-8") + "\n" + ",".join(row), "utf-8")
        assert {code for code, *_ in refused(case, actuals)} == {"actuals_base_differs"}


def test_coal_in_tonnes_does_not_go_with_a_rule_set_in_coal_equivalent(case, tmp_path):
    edited(case / "coal.yaml", "unit: 万吨标准煤", "unit: 万吨")
    edited(case / "regions.csv", "coal(万吨标准煤)", "coal(万吨)")
    actuals = table(case, tuple(name for name in FACTORS if name != "coal"))
    text = actuals.read_text("utf-8").splitlines()
    (case / "coal.csv").write_text(
        "\n".join(
            [
                "region,year,coal(万吨)",
                *(
                    f"{row.split(',')[0]},2026,{n}"
                    for row, n in zip(text[1:], (891, 3168, 1485, 2574, 990, 514.8, 1237.5, 158.4, 118.8), strict=True)
                ),
            ]
        ),
        "utf-8",
    )
    edited(case / "carbon.yaml", "coal: coal.yaml", "coal: {scenario: coal.yaml, actuals: coal.csv}")
    assert refused(case, actuals) == {("assess_unit", "2026.yaml", "coal")}
    from importlib.resources import files

    own = tmp_path / "own.yaml"
    rules = (files("scenarios.assessing") / "data" / "2026.yaml").read_text("utf-8")
    old = "{id: coal, title: {zh: 煤炭消费总量, en: coal consumption}, unit: {zh: 万吨标准煤, en: 10⁴ tce}"
    assert old in rules
    own.write_text(rules.replace(old, old.replace("万吨标准煤, en: 10⁴ tce", "万吨, en: 10⁴ t")), "utf-8")
    assert part(assessed(case, actuals, rules=str(own)).assessment, "coal").state == "met"


def test_another_gdp_beside_is_said(case):
    table(case, ("gdp", "energy"), "energy.csv", change={"14700.0": "14900.0"})
    edited(case / "carbon.yaml", "energy: scenario.yaml", "energy: {scenario: scenario.yaml, actuals: energy.csv}")
    found = assessed(case, table(case)).tracked
    (notice,) = [each for each in found.notices if each.code == "beside_gdp"]
    assert (notice.values["found"], notice.values["needed"]) == ("49,130.00", "48,930.00")
    assert any("48,930.00 × 10⁸" not in one.en or "49,130.00" in one.en for one in found.record.notices)


def test_an_answer_of_the_tracked_scenario_counts_beside(case):
    actuals = table(case, change={"891.0": "2291.0"})
    with pytest.raises(InputError) as caught:
        assessed(case, actuals)
    (asked,) = [finding.asked for finding in caught.value.findings]
    edited(case / "carbon.yaml", "track:", f"accept: [{{id: '{asked}', reason: 新厂}}]\ntrack:")
    assert part(assessed(case, actuals).assessment, "coal").figure == Fraction("12537.5")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_asks_for_what_is_not_computed(case, language, tmp_path):
    rules = find_rules("2026").rules
    shaded = {}
    for name in ("15fyp-example", "15fyp-energy/carbon.yaml"):
        path = tmp_path / f"{language}.xlsx"
        path.write_bytes(entries_workbook(rules, computed_from(load_scenario(name).file), language))
        sheet = openpyxl.load_workbook(path).worksheets[0]
        rows = {row[0].value: row for row in sheet.iter_rows(min_row=4)}
        shaded[name] = [cell.fill.patternType == "solid" for cell in rows["coal"][5:9]]
        assert ("程序计算" in rows["coal"][4].value or "computed" in rows["coal"][4].value) == (name != "15fyp-example")
    assert shaded == {"15fyp-example": [True] * 4, "15fyp-energy/carbon.yaml": [False, True, False, False]}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_command_on_the_bundled_case(tmp_path, language):
    words = ["track", "15fyp-energy/carbon.yaml", "actuals-example", "--rules", "2026", "--lang", language]
    done = CliRunner().invoke(app, [*words, "--out", str(tmp_path / "o")])
    assert done.exit_code == 0, done.stderr
    assert ("合格/不合格" if language == "zh" else "qualified/failed") in done.stdout
    assert (tmp_path / "o" / "assessment" / f"province-{language}.docx").is_file()


def test_entered_fuel_is_held_against_all_energy(case, tmp_path):
    """All cities use 21,630 × 1.02 = 22,062.6."""
    edited(case / "carbon.yaml", " oil: oil.yaml,", "")
    form = tmp_path / "form.csv"
    form.write_text(f"{HEADER}\noil,22062.6,22500,,\n", "utf-8")
    assert part(assessed(case, table(case), form=form).assessment, "oil").state == "met"
    form.write_text(f"{HEADER}\noil,22062.7,22500,,\n", "utf-8")
    with pytest.raises(InputError) as caught:
        assessed(case, table(case), form=form)
    (finding,) = caught.value.findings
    assert (finding.code, finding.asked, finding.place.row) == ("entry_above_all", "entry-above:form.csv:oil", 2)
    assert "22062.6" in finding.say("zh")


def test_sums_and_base_years_of_non_fossil_energy_are_those_of_their_cells(case):
    """The cities have 4,240 × 1.05 = 4,452 of 22,062.6; 甲市 has other 900 than the scenario's."""
    edited(
        case / "carbon.yaml",
        "beside: {energy: scenario.yaml, coal: coal.yaml, oil: oil.yaml, nonfossil: nonfossil.yaml}",
        "beside: {nonfossil: nonfossil.yaml}",
    )
    path, columns = table(case), "合计,2026,{},{},22062.6,{},{},4400\n"
    with (case / "regions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    sums = [
        sum(Fraction(row[HEADS[name]]) * Fraction(FACTORS[name]) for row in rows)
        for name in ("gdp", "emissions", "coal", "oil")
    ]
    text = path.read_text("utf-8")
    path.write_text(text + "\n" + columns.format(*map(float, sums)), "utf-8")
    notices = assessed(case, path).tracked.notices
    (differs,) = [one for one in notices if one.code == "total_differs"]
    said = [differs.values[name].replace(",", "").replace("\N{MINUS SIGN}", "-") for name in ("found", "needed", "off")]
    assert [*map(Fraction, said)] == [4400, 4452, -52]
    first = rows[0]
    base = [first[HEADS[name]] for name in ("gdp", "emissions", "energy", "coal", "oil")]
    path.write_text(
        text + f"\n{first['name']},2025,{','.join(base)},{float(first[HEADS['nonfossil']]) + 400}\n", "utf-8"
    )
    with pytest.raises(InputError) as caught:
        assessed(case, path)
    (finding,) = caught.value.findings
    assert (finding.code, finding.place.column) == ("actuals_base_differs", "nonfossil")
    assert Fraction(finding.values["found"]) == Fraction(first[HEADS["nonfossil"]]) + 400
    assert Fraction(finding.values["needed"]) == Fraction(first[HEADS["nonfossil"]])


def test_targets_far_from_a_computed_figure_are_asked_about(case, tmp_path):
    """Due are 20.71 % and 2.09 %; 11,200 of coal."""
    form = tmp_path / "form.csv"
    form.write_text(f"{HEADER}\nnonfossil,,20.7%,,\nenergy,,0.2,,\ncoal,,1120,,\n", "utf-8")
    with pytest.raises(InputError) as caught:
        assessed(case, table(case), form=form)
    assert {(one.code, one.asked) for one in caught.value.findings} == {
        ("entry_far", "entry-far:form.csv:energy"), ("entry_far", "entry-far:form.csv:coal"),
    }  # fmt: skip
