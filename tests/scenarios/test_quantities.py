"""What a target is of: its words, its column, its units (dual control, 12)."""

import re
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from reports.words import LABELS
from reports.words.sweeping import WORDS as SWEEP_WORDS
from reports.words.tracking import WORDS as TRACK_WORDS
from scenarios.errors import Finding, InputError
from scenarios.load import find_scenario, load_scenario
from scenarios.messages import MESSAGES
from scenarios.quantities import CARBON, MASS, QUANTITIES, STANDARD_COAL, Quantity, in_own_words, speaking_of, spoken
from scenarios.wording import LANGUAGES, Text

ALL = [CARBON, *(Quantity(name, unit) for name in ("coal", "oil") for unit in (STANDARD_COAL, MASS))]
ALL += [Quantity("energy"), Quantity("nonfossil")]
OF_CARBON = re.compile(
    r"碳|排放|CO₂|CO2|[Cc]arbon|emission|\bemit|万吨(?!标)|10⁴ t(?!ce)|(?<!标)吨/万元|\bt per 10⁴ yuan"
)
CATALOGUES = {"labels": LABELS, "sweep": SWEEP_WORDS, "track": TRACK_WORDS}


@pytest.fixture
def case(tmp_path):
    """Return a copy of the invented province whose quantities share one table."""
    return Path(shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case"))


def edited(case, *pairs, file="regions.csv"):
    """Change texts of a file of the case, each of which must be there."""
    path, text = case / file, (case / file).read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return case


@pytest.mark.parametrize("quantity", ALL, ids=lambda q: f"{q.name}{q.declared}")
def test_every_text_has_its_words_for_every_quantity(quantity):
    with speaking_of(quantity):
        for catalogue in (*CATALOGUES.values(), MESSAGES):
            for code in catalogue.texts:
                for language in LANGUAGES:
                    said = catalogue.say(code, language)
                    assert said
                    assert "{q." not in said, code


@pytest.mark.parametrize("quantity", [Quantity("energy"), Quantity("coal", STANDARD_COAL)], ids=lambda q: q.name)
def test_no_text_about_another_quantity_speaks_of_carbon(quantity):
    from reports.words import accounting

    odd = {}
    with speaking_of(quantity):
        for name, catalogue in CATALOGUES.items():
            for code in catalogue.texts:
                if code in accounting.TEXTS or code.startswith(("template_", "fit_", "alone_not")):
                    continue
                if code == "blank_emissions":  # of a table of carbon alone: others have their own column
                    continue
                for language in LANGUAGES:
                    found = OF_CARBON.search(re.sub(r"\{\w+\}", "", catalogue.say(code, language)))
                    if found:
                        odd[name, code, language] = catalogue.say(code, language)
    assert not odd


def test_units_and_words_of_carbon_stay():
    text = Text("{n} {q.unit}，{q.intensity}", "{n} × {q.unit_full} of {q.used}")
    assert text.say("zh", n=3) == "3 万吨，碳排放强度"
    assert text.say("en", n="{q.unit}") == "{q.unit} × 10⁴ t CO₂ of emissions"
    with speaking_of(Quantity("energy")):
        assert text.say("zh", n=3) == "3 万吨标准煤，单位GDP能耗"
    with speaking_of(Quantity("coal", MASS)):
        assert text.say("en", n=3) == "3 × 10⁴ t of coal use"
    assert spoken() == CARBON


def test_a_finding_keeps_the_words_it_was_made_in():
    with speaking_of(Quantity("energy")):
        finding = Finding("reserve_above_cap", values={"reserve": "2", "cap": "1"})
    assert finding.say("en").startswith("the reserve of 2 × 10⁴ tce is above")
    assert finding.as_json()["zh"].startswith("机动 2 万吨标准煤多于")


def test_a_generator_cannot_be_said_in_own_words():
    def late(_):
        yield 1

    with pytest.raises(TypeError, match="generator"):
        in_own_words(late)


def test_the_arithmetic_of_energy_is_its_own():
    """Figures `energy` of the design."""
    base = load_scenario("15fyp-energy").baseline
    assert base.emissions.sum() == 21630
    assert base.emissions.sum() / base.gdp.sum() == pytest.approx(2163 / 4660)
    assert base.exact_required == Fraction(1, 10) + Fraction(3901880, 6430599 * 100)
    assert base.uniform_rate * 100 == pytest.approx(10.542797, abs=5e-7)
    assert base.point_worth == pytest.approx(275.9914, abs=5e-5)
    assert base.point_worth * 90 == pytest.approx(24839.224, abs=5e-4)


@pytest.mark.parametrize(
    ("head", "first"),
    [
        ("能源消费总量（万吨标准煤）", "3400"),
        ("综合能源消费量(吨标煤)", "34000000"),
        ("2025年能耗（万tce）", "3400"),
        ("energy_use (10^4 tce)", "3400"),
        ("energy", "3400"),
    ],
)
def test_headers_of_energy(case, head, first):
    rows = (case / "regions.csv").read_text("utf-8").splitlines()
    scale = int(first) // 3400
    lines = [rows[0].replace("energy(万吨标准煤)", head)]
    for row in rows[1:]:
        cells = row.split(",")
        cells[7] = str(int(cells[7]) * scale)
        lines.append(",".join(cells))
    (case / "regions.csv").write_text("\n".join(lines), "utf-8")
    assert [int(value) for value in load_scenario(case).regions.emissions[:2]] == [3400, 4250]


def refusal(case):
    with pytest.raises(InputError) as caught:
        load_scenario(case)
    return caught.value.findings


def test_energy_in_tonnes_is_refused_at_its_header(case):
    (found,) = refusal(edited(case, ("energy(万吨标准煤)", "energy(万吨)")))
    assert (found.code, found.place.column, found.values["found"]) == ("wrong_unit_coal", "energy", "万吨")


@pytest.mark.parametrize(
    ("around", "code"),
    [
        ("单位：吨、万元", "units_above_unclear"),
        ("单位：万吨、亿元", "units_above_unclear"),
        ("单位：万吨标准煤、亿元", None),
    ],
)
def test_tonnes_stated_around_a_table_are_none_of_energy(case, around, code):
    rows = (case / "regions.csv").read_text("utf-8").splitlines()
    head = re.sub(r"\((万吨|万吨标准煤|亿元)\)", "", rows[0]).replace("emissions", "x")
    (case / "regions.csv").write_text("\n".join([around + "," * head.count(","), head, *rows[1:]]), "utf-8")
    if code is None:
        assert load_scenario(case).regions.emissions[0] == 3400
    else:
        assert (code, "energy") in [(found.code, found.place.column) for found in refusal(case)]


def test_energy_of_another_year_is_none_of_the_base_year(case):
    old = "2024年能源消费量（万吨标准煤）"
    edited(case, ("energy(万吨标准煤)", old))
    assert [(found.code, found.values["found"]) for found in refusal(case)] == [("header_year", "2024")]
    rows = (case / "regions.csv").read_text("utf-8").splitlines()
    both = [rows[0] + ",2025年能源消费量（万吨标准煤）", *(f"{row},{n}" for n, row in enumerate(rows[1:], 3001))]
    (case / "regions.csv").write_text("\n".join(both), "utf-8")
    edited(case, ("2024年能源消费量（万吨标准煤）", "2024年能源消费量（吨标准煤）"))
    assert [int(value) for value in load_scenario(case).regions.emissions[:2]] == [3001, 3002]


def test_emissions_of_two_years_that_are_the_same_are_no_matter_of_energy(case):
    rows = (case / "regions.csv").read_text("utf-8").splitlines()
    lines = [rows[0] + ",年份"]
    for row in rows[1:]:
        cells = row.split(",")
        before = [*cells[:4], str(int(cells[4]) - 50), *cells[5:7], str(int(cells[7]) - 30), *cells[8:]]
        lines += [",".join([*cells, "2025"]), ",".join([*before, "2024"])]
    (case / "regions.csv").write_text("\n".join(lines), "utf-8")
    assert load_scenario(case).regions.emissions[0] == 3400


def test_a_header_of_energy_is_named_by_its_own_key(case):
    edited(case, ("energy(万吨标准煤)", "用能合计(万吨标准煤)"))
    edited(case, ("regions: regions.csv", "regions: regions.csv\ncolumns: {energy: 用能合计}"), file="scenario.yaml")
    assert load_scenario(case).regions.emissions[0] == 3400
    edited(case, ("regions: regions.csv", "regions: regions.csv\ncolumns: {energy: 用能合计}"), file="carbon.yaml")
    with pytest.raises(InputError) as caught:
        load_scenario(case / "carbon.yaml")
    assert [found.code for found in caught.value.findings] == ["column_unknown"]


def test_draws_on_a_reserve_of_energy_are_in_its_unit(case):
    edited(
        case, ("target: 10%", "target: 10%\ntotal: {cap: 24800, reserve: 100, draws: draws.csv}"), file="scenario.yaml"
    )
    head = "项目,地区,动用量（{}）,投产年份\nA,丙市,60,2028\n"
    (case / "draws.csv").write_text(head.format("万吨标准煤"), "utf-8")
    assert load_scenario(case).caps.drawn == 60
    (case / "draws.csv").write_text(head.format("万吨"), "utf-8")
    assert [found.code for found in refusal(case)] == ["wrong_unit_coal"]


def test_a_quantity_without_its_column_is_said_with_its_names(case):
    (found,) = refusal(edited(case, ("energy(万吨标准煤)", "x")))
    assert found.code == "missing_columns"
    assert found.values["missing"][0].en.startswith("energy (能源消费")


def test_an_energy_table_is_for_carbon_alone(case):
    more = "energy: {file: energy.csv, scope: 2026, option: terminal}\nquantity: energy"
    found, *_ = refusal(edited(case, ("quantity: energy", more), file="scenario.yaml"))
    assert (found.code, found.place.row) == ("energy_of_carbon", 4)


def test_emissions_are_one_column_of_many_for_energy(case):
    column = edited(case, ("column: intensity", "column: emissions"), file="scenario.yaml")
    regions = load_scenario(column).regions
    assert regions.columns["emissions"][0] == 5077
    assert regions.emissions[0] == 3400
    column = edited(column, ("column: emissions", "column: energy"), file="scenario.yaml")
    read = load_scenario(column)
    assert (read.regions.columns["energy"][0], read.regions.units["energy"]) == (3400, "万吨标准煤")
    assert not read.notices  # emissions, coal and oil are other scenarios'


def test_names_of_quantities_are_known():
    assert QUANTITIES == ("carbon", "energy", "coal", "oil", "nonfossil")
