"""Energy per GDP by the same machine: every paper in its own words, nothing of carbon (dual control, 12)."""

import csv
import io
import re
import warnings
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from allocator.comparing.compare import compare
from allocator.output.own_files import open_plan
from allocator.planning.check import check
from allocator.planning.files import write_plan
from allocator.planning.plan import plan
from allocator.publishing import publish
from allocator.tracking.assessed import Scoring, hold_and_assess
from allocator.tracking.files import write_track
from allocator.tracking.track import track
from allocator.verifying.verify import judgement
from reports.planning.listing import listing
from reports.planning.page import report_html
from reports.planning.record import PlanRecord
from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.quantities import CARBON, Quantity, spoken
from scenarios.tables.excel import is_copy

CAPPED = ("total.cap=24800", "total.reserve=100")
OF_CARBON = re.compile(r"碳|排放|CO₂|CO2|[Cc]arbon|emission|万吨(?!标)|10⁴ t(?!ce)|\bt per 10⁴")
ACTUALS = """地区,年份,地区生产总值（亿元）,能源消费总量（吨标准煤）
甲市,2026,14600,34600000
乙市,2026,6500,43500000
丙市,2026,8280,43000000
丁市,2026,2700,32200000
戊市,2026,7270,22600000
己市,2026,3240,12000000
庚市,2026,3040,18900000
辛市,2026,1870,9800000
壬市,2026,1350,4280000
"""
CIRCULAR = """地区,单位GDP碳排放下降率（%）,单位GDP能耗降低率（%）,能源消费总量控制目标（{unit}）,碳排放总量（万吨）
甲市,18,11.9,3714,5162
乙市,20,11.1,4949,9902
丙市,18,12.0,4953,8062
丁市,21,12.7,3514,7392
戊市,16,9.9,2577,4116
己市,13,7.7,1362,2100
庚市,16,9.5,2098,4102
辛市,12,8.8,1068,780
壬市,13,8.4,462,577
机动,,,103,307
合计,,,24800,42500
"""


@pytest.fixture(scope="module")
def capped():
    return load_scenario("15fyp-energy", CAPPED)


@pytest.fixture(scope="module")
def made(capped):
    return plan(capped)


def of_carbon(text):
    """Return what a text says of carbon: nothing of our own name, of names of fields, and of long scripts."""
    text = re.sub(r"<script[^>]*>.{50000,}?</script>|carbon-target-allocator|emissions_10kt", "", text, flags=re.S)
    text = re.sub(r'"emissions":|d\.emissions', "", text)
    return [text[max(0, found.start() - 40) : found.end() + 20] for found in OF_CARBON.finditer(text)]


def is_of_cells(part):
    """Return whether a part of a workbook is what its cells say, or what its sheets are called."""
    return part.startswith(("xl/worksheets/", "xl/sharedStrings", "xl/workbook", "docProps/app"))


def cells_of(workbook):
    """Yield titles and texts of the sheets that are no copy of the scenario, whose settings are of every quantity."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # bars within cells, which openpyxl does not keep
        sheets = openpyxl.load_workbook(workbook).worksheets
    for sheet in sheets:
        if not is_copy(sheet.title):
            yield from (sheet.title, *(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_papers_of_energy_speak_of_energy_alone(made, tmp_path, language):
    write_plan(made, tmp_path / "plan", language)
    publish(open_plan(tmp_path / "plan"), ["csv", "md", "docx", "tex", "html", "xlsx"], language, tmp_path / "table")
    (tmp_path / "actuals.csv").write_text(ACTUALS, "utf-8")
    write_track(track(made.scenario, tmp_path / "actuals.csv"), tmp_path / "track", language)
    assert spoken() == CARBON
    files = [
        path for path in tmp_path.rglob("*.*") if path.suffix in (".csv", ".md", ".html", ".tex", ".xlsx", ".docx")
    ]
    assert len(files) > 12
    for path in files:
        if path.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(path) as parts:
                names = [name for name in parts.namelist() if name.endswith(".xml") and not is_of_cells(name)]
                text = "".join(parts.read(name).decode("utf-8") for name in names)
            text += "\n".join(cells_of(path)) if path.suffix == ".xlsx" else ""
        else:
            text = path.read_text("utf-8")
        assert not of_carbon(text), path.name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sentences_of_energy_speak_of_energy_alone(made, capped, tmp_path, language):
    (tmp_path / "actuals.csv").write_text(ACTUALS, "utf-8")
    (tmp_path / "circular.csv").write_text(CIRCULAR.format(unit="万吨标煤"), "utf-8")
    lines = [
        *check(capped).statements(language),
        *judgement(capped, str(tmp_path / "circular.csv")).statements(language),
        *track(capped, tmp_path / "actuals.csv").statements(language),
        *listing(made.record, language, "x.xlsx"),
        *(region.reason.say(language) for region in made.record.regions),
    ]
    assert not of_carbon("\n".join(lines))
    assert any(("万吨标准煤" if language == "zh" else "10⁴ tce") in line for line in lines)


def test_a_record_keeps_its_words_whatever_was_read_since(made):
    plan(load_scenario("15fyp-example"))
    again = PlanRecord.model_validate_json(made.record.to_json())
    assert (again.scenario.quantity, again.scenario.unit, again.measured) == (
        "energy",
        "万吨标准煤",
        Quantity("energy"),
    )
    assert "单位GDP能耗" in report_html(again, "zh")
    assert '"quantity"' not in plan(load_scenario("three-cities")).record.to_json()


def test_a_circular_of_both_is_read_by_what_is_split(capped, tmp_path):
    path = tmp_path / "circular.csv"
    path.write_text(CIRCULAR.format(unit="万吨标煤"), "utf-8")
    found = judgement(capped, str(path))
    assert found.passed
    assert [float(rate) for rate in found.verification.rates[:2]] == [0.119, 0.111]
    path.write_text(CIRCULAR.format(unit="万吨"), "utf-8")
    with pytest.raises(InputError) as caught:
        judgement(capped, str(path))
    assert [(f.code, f.values["found"]) for f in caught.value.findings] == [("wrong_unit_coal", "万吨")]


@pytest.mark.parametrize("first", ["碳排放强度", "单位GDP能耗"])
def test_a_circular_with_a_header_of_two_rows_is_read_by_what_is_split(capped, tmp_path, first):
    pairs = {"碳排放强度": "18", "单位GDP能耗": "11.9"}
    order = [first, *(name for name in pairs if name != first)]
    rows = [["地区", *order], ["", "下降率（%）", "下降率（%）"]]
    rows += [[name, *(pairs[head] for head in order)] for name in capped.regions.names]
    path = tmp_path / "circular.csv"
    path.write_text("\n".join(map(",".join, rows)), "utf-8")
    assert {float(rate) for rate in judgement(capped, str(path)).verification.rates} == {0.119}
    carbon = judgement(load_scenario("15fyp-example", ["total=null"]), str(path))
    assert {float(rate) for rate in carbon.verification.rates} == {0.18}


def test_rates_that_only_a_title_or_a_record_says_to_be_of_carbon(capped, tmp_path):
    rows = ["各市碳排放强度下降目标,", "地区,下降率（%）", *(f"{name},11.9" for name in capped.regions.names)]
    path = tmp_path / "circular.csv"
    path.write_text("\n".join(rows), "utf-8")
    with pytest.raises(InputError) as caught:
        judgement(capped, str(path))
    assert [found.code for found in caught.value.findings] == ["rates_of_carbon"]
    path.write_text("\n".join(["各市能耗强度下降目标,", *rows[1:]]), "utf-8")
    assert judgement(capped, str(path)).verification.rates[0] == Decimal("0.119")
    write_plan(plan(load_scenario("15fyp-example")), tmp_path / "carbon", "zh")
    with pytest.raises(InputError) as caught:
        judgement(capped, str(tmp_path / "carbon" / "plan.json"))
    assert [found.code for found in caught.value.findings] == ["rates_of_another"]


def test_a_circular_of_carbon_alone_is_none_of_energy(capped, tmp_path):
    rows = list(csv.reader(io.StringIO(CIRCULAR)))
    path = tmp_path / "circular.csv"
    path.write_text("\n".join(",".join((row[0], row[1])) for row in rows[:10]), "utf-8")
    with pytest.raises(InputError) as caught:
        judgement(capped, str(path))
    assert caught.value.findings[0].code == "missing_columns"


def test_figures_of_a_year_in_tonnes_of_coal_equivalent(capped, tmp_path):
    (tmp_path / "actuals.csv").write_text(ACTUALS, "utf-8")
    record = track(capped, tmp_path / "actuals.csv").record
    energy, gdp = 22088, 14600 + 6500 + 8280 + 2700 + 7270 + 3240 + 3040 + 1870 + 1350
    assert record.province.cumulative_reduction == pytest.approx(1 - energy / gdp / (21630 / 46600))
    assert record.measured == Quantity("energy")


def test_plans_of_two_quantities_are_not_compared(made, tmp_path):
    write_plan(made, tmp_path / "energy", "zh")
    write_plan(plan(load_scenario("15fyp-example")), tmp_path / "carbon", "zh")
    with pytest.raises(InputError) as caught:
        compare(tmp_path / "energy", tmp_path / "carbon")
    assert caught.value.findings[0].say("en").endswith("this is of carbon, the other of energy.")


def test_rule_sets_of_carbon_do_not_judge_energy(capped, tmp_path):
    (tmp_path / "actuals.csv").write_text(ACTUALS, "utf-8")
    with pytest.raises(InputError) as caught:
        hold_and_assess(capped, tmp_path / "actuals.csv", None, Scoring(rules="2026"))
    assert "assess_of_carbon" in [finding.code for finding in caught.value.findings]
