"""The scenario workbook as a person sees it in Excel."""

from decimal import Decimal

import openpyxl
import pytest

from reports.saving.book import Contents, scenario_workbook
from reports.words.settings import HELP, TEXTS
from scenarios.file.book.slots import rule_slots, settings_slots
from scenarios.file.book.tree import read_book
from scenarios.findings.choices import CHOICES
from scenarios.findings.keys import KEYS
from scenarios.findings.setting_units import UNITS
from tests.reports.workbook.test_workbook import by_libreoffice

VALUES = {
    "schema_version": 1,
    "name": "a",
    "title": "题",
    "target": "17%",
    "criteria": {
        "one": {
            "weight": Decimal("0.4"),
            "within": "given",
            "indicators": {
                "x": {"column": "甲", "direction": "+", "weight": Decimal("0.7")},
                "y": {"column": "乙", "direction": "-", "weight": Decimal("0.3")},
            },
        },
        "two": {"weight": Decimal("0.5"), "indicators": {"z": {"column": "丙", "direction": "+"}}},
    },
    "rules": [{"id": "r", "type": "floor", "rate": "12%", "reason": "因"}],
}


@pytest.fixture
def path(tmp_path):
    content = scenario_workbook(Contents(VALUES), "zh")
    (tmp_path / "方案.xlsx").write_bytes(content)
    return tmp_path / "方案.xlsx"


def test_every_setting_has_a_line_of_help_in_both_languages():
    assert {slot.key for slot in settings_slots()} == {*HELP}
    assert {*UNITS} <= {*HELP}
    assert all(text.zh and text.en for text in (*HELP.values(), *TEXTS.values(), *UNITS.values()))


def test_every_key_and_every_word_has_a_chinese_name():
    parts = {part for slot in settings_slots() for part in slot.path if part != "*"}
    assert parts - {*KEYS} == set()
    words = {word for slot in settings_slots() if slot.kind != "table" for word in slot.choices} | {*rule_slots()}
    plain = {"13fyp", "2026", "inventory", "SAR", "AR4", "AR5", "万吨标准煤", "万吨标煤", "万吨"}
    named = {key.rpartition("=")[2] for key in CHOICES}
    assert words - plain - named == set()


def test_no_two_choices_of_a_setting_are_called_alike():
    from scenarios.file.book.cells import choices_in_words

    for slot in settings_slots():
        for language in ("zh", "en"):
            words = choices_in_words(slot, language)
            assert len({*words}) == len(words), slot.key


def test_choices_drop_down_and_rates_are_per_cents(path):
    page = openpyxl.load_workbook(path)["设置"]
    rows = {page.cell(row, 8).value: row for row in range(5, page.max_row + 1)}
    lists = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"}
    assert lists[f"C{rows['reference.map']}"] == '"线性,与得分成比例,各地区相同"'
    assert lists[f"C{rows['normalize']}"] == '"是,否"'
    target = page[f"C{rows['target']}"]
    assert (target.value, target.number_format) == (0.17, "0%")
    assert page[f"F{rows['publish.grid']}"].value == "0.5%"
    assert page[f"F{rows['bounds.upper']}"].value == "50%"
    assert page[f"F{rows['regions']}"].value == "“数据”页"


@pytest.mark.libreoffice
def test_weights_add_up_while_they_are_typed(path, libreoffice_path, tmp_path):
    """By hand: 0.4 + 0.5 = 0.9, then 0.4 + 0.6 = 1; within “one” 0.7 + 0.3 = 1."""
    sums = openpyxl.load_workbook(path, data_only=True)["指标"]
    assert sums["B3"].value == pytest.approx(0.9)
    assert sums["C3"].value.startswith("不为 1")
    assert [sums[f"M{row}"].value for row in (5, 6)] == [1, 1]
    book = openpyxl.load_workbook(path)
    book["指标"]["B7"] = 0.6
    book.save(path)
    sums = by_libreoffice(libreoffice_path, tmp_path)[path.stem]["指标"]
    assert sums["B3"].value == pytest.approx(1)
    assert sums["C3"].value == "合计为 1"
    assert [sums[f"M{row}"].value for row in (5, 6)] == pytest.approx([1, 1])


def test_a_text_that_begins_like_a_formula_stays_a_text(tmp_path):
    content = scenario_workbook(Contents({**VALUES, "title": {"zh": "=HYPERLINK(1)"}}), "zh")
    (tmp_path / "a.xlsx").write_bytes(content)
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["设置"]
    (cell,) = [page.cell(row, 3) for row in range(5, 20) if page.cell(row, 8).value == "title.zh"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def settings_of(tmp_path, language, **values):
    """Return the rows of the settings by key, each as its cells."""
    (tmp_path / "b.xlsx").write_bytes(scenario_workbook(Contents({**VALUES, **values}), language))
    page = openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0]
    return {row[7]: row for row in page.iter_rows(min_row=5, values_only=True) if row[7]}


@pytest.mark.parametrize(
    ("quantity", "lower", "upper", "deviation"),
    [
        ("carbon", "0%", "50%", "relative"),
        ("coal", "-50%", "50%", "absolute"),
        ("nonfossil", "0%", "99.99%", "absolute"),
    ],
)
def test_defaults_are_those_of_the_quantity(quantity, lower, upper, deviation, tmp_path):
    rows = settings_of(tmp_path, "en", quantity=quantity)
    assert [rows[key][5] for key in ("bounds.lower", "bounds.upper", "reference.deviation")] == [
        lower,
        upper,
        deviation,
    ]


def test_scenarios_beside_are_named_by_their_quantity_in_words(tmp_path):
    rows = settings_of(tmp_path, "zh", track={"beside": {"coal": "coal.yaml"}})
    page = openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0]
    (row,) = [
        cell.row for cell in page["H"] if cell.value == "track.beside.*.scenario" and page.cell(cell.row, 3).value
    ]
    assert (page.cell(row, 2).value, page.cell(row, 3).value) == ("煤炭", "coal.yaml")
    lists = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert lists[f"B{row}"] == '"能耗,煤炭,石油,非化石能源占比"'
    found = read_book((tmp_path / "b.xlsx").read_bytes(), "b.xlsx")
    assert found[0]["track"] == {"beside": {"coal": {"scenario": "coal.yaml"}}}
    assert rows["energy.grid"][0] == "能源数据·电网省名"
    assert rows["total.step"][0] == "总量控制·取整单位"
