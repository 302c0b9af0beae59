"""The workbook: what stands in it, and what LibreOffice makes of it when it recalculates."""

import io
import subprocess
import warnings
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reports.tables import COLUMNS
from reports.verification import verify_rates
from reports.workbook import workbook
from scenarios.rates import read_rates

SHEETS = {"zh": ("分解表", "输入", "校核"), "en": ("targets", "inputs", "check")}
WORDS = {"zh": ("通过", "未支撑"), "en": ("backed", "not backed")}
LANGUAGES = ("zh", "en")
FIRST_ROW = 5
RATE = COLUMNS.index("published_rate") + 1
LOWERED = 2  # row of the city whose rate is lowered, counted from 0
CUT = 3

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def opened(source, values=False):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # data bars, which openpyxl does not keep
        return openpyxl.load_workbook(io.BytesIO(source) if isinstance(source, bytes) else source, data_only=values)


def written(result, language):
    return workbook(result.record, result.verification, language)


def results(book, language):
    """Return the values of the check, top to bottom."""
    sheet = book[SHEETS[language][2]]
    return [sheet.cell(row, 2).value for row in range(4, 13)]


def expected(v):
    """Return the same from the verification, without the verdict."""
    exact = (
        v.target, v.margin, v.sigma, v.implied_reduction, v.overshoot * 100, v.overshoot_emissions, v.point_worth,
        v.uniform_rate,
    )  # fmt: skip
    return [float(value) for value in exact]


def formulas(book):
    return {
        f"{sheet.title}!{cell.coordinate}": str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def column(book, language, code):
    sheet = book[SHEETS[language][0]]
    return [sheet.cell(row, COLUMNS.index(code) + 1).value for row in range(FIRST_ROW, FIRST_ROW + 14)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_layout(guangxi_plan, language):
    book = opened(written(guangxi_plan, language))
    assert tuple(book.sheetnames) == SHEETS[language]
    assert book.active.title == SHEETS[language][0]
    sheet = book.active
    assert sheet.freeze_panes == "C5"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.cell(FIRST_ROW, RATE).number_format == "0.0"
    assert column(book, language, "published_rate")[:3] == [23, 24, 18.5]
    assert sheet.cell(FIRST_ROW + 14, 2).value == {"zh": "合计", "en": "province"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_stored_values_are_the_verified_ones(guangxi_plan, language):
    book = opened(written(guangxi_plan, language), values=True)
    *numbers, verdict = results(book, language)
    assert numbers == expected(guangxi_plan.verification)
    assert verdict == WORDS[language][0]
    assert column(book, language, "contribution") == pytest.approx(
        [float(c) * 100 for c in guangxi_plan.verification.contributions], abs=1e-12
    )
    assert book.active["A3"].value.startswith(WORDS[language][0])
    assert "17.02%" in book.active["A3"].value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["guangxi_plan", "bounded_plan", "hostile_plan"])
def test_reads_back_as_the_same_rates(name, language, request, tmp_path):
    result = request.getfixturevalue(name)
    path = tmp_path / "allocation.xlsx"
    path.write_bytes(written(result, language))
    assert read_rates(path, result.scenario.regions).rates == result.published


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_formula_and_no_link_comes_from_a_name(guangxi_plan, hostile_plan, language):
    plain, hostile = (opened(written(result, language)) for result in (guangxi_plan, hostile_plan))
    assert formulas(hostile) == formulas(plain)
    assert column(hostile, language, "name") == [r.label(language) for r in hostile_plan.record.regions]
    assert all(cell.hyperlink is None for sheet in hostile for row in sheet.iter_rows() for cell in row)
    assert not any("HYPERLINK" in formula for formula in formulas(hostile).values())


@dataclass
class Recalculated:
    """Workbooks after LibreOffice has computed every formula anew."""

    books: dict[str, Any]

    def __getitem__(self, key):
        return self.books[key]


@pytest.fixture(scope="session")
def recalculated(libreoffice_path, guangxi_plan, hostile_plan, tmp_path_factory):
    """Let LibreOffice recalculate, in one run: workbooks with false stored values, and with a rate lowered by 3 points.

    The false stored values show that what is read afterwards was computed there.
    """
    folder = tmp_path_factory.mktemp("libreoffice")
    for language in LANGUAGES:
        false = replace(guangxi_plan.verification, sigma=F(1, 2), implied_reduction=F(1, 3), overshoot=F(-1))
        raw = workbook(guangxi_plan.record, false, language)
        assert results(opened(raw, values=True), language)[-1] == WORDS[language][1]
        (folder / f"{language}.xlsx").write_bytes(raw)
        book = opened(raw)
        book.worksheets[0].cell(FIRST_ROW + LOWERED, RATE).value -= CUT
        book.save(folder / f"{language}-lowered.xlsx")
    (folder / "hostile.xlsx").write_bytes(written(hostile_plan, "zh"))
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    sources = sorted(folder.glob("*.xlsx"))
    done = subprocess.run(
        [
            libreoffice_path, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
            "--convert-to", "xlsx", "--outdir", str(folder / "out"), *map(str, sources),
        ],
        capture_output=True, text=True, timeout=180,
    )  # fmt: skip
    made = {path.stem: path for path in Path(folder / "out").glob("*.xlsx")}
    assert len(made) == len(sources), done.stdout + done.stderr
    return Recalculated({name: opened(path, values=True) for name, path in made.items()})


@pytest.mark.libreoffice
@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_gets_the_same_totals(guangxi_plan, recalculated, language):
    book = recalculated[language]
    *numbers, verdict = results(book, language)
    assert numbers == pytest.approx(expected(guangxi_plan.verification), rel=1e-9, abs=1e-9)
    assert verdict == WORDS[language][0]
    stored = opened(written(guangxi_plan, language), values=True)
    for code in ("target_intensity", "contribution"):
        assert column(book, language, code) == pytest.approx(column(stored, language, code), rel=1e-9)
    last = FIRST_ROW + 14
    for code in ("published_rate", "growth", "base_intensity", "target_intensity", "contribution"):
        at = COLUMNS.index(code) + 1
        assert book.worksheets[0].cell(last, at).value == pytest.approx(stored.worksheets[0].cell(last, at).value)
    assert book.worksheets[0]["A3"].value == stored.worksheets[0]["A3"].value


@pytest.mark.libreoffice
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lowered_rate_turns_the_check(guangxi_plan, recalculated, language):
    book = recalculated[f"{language}-lowered"]
    table = list(guangxi_plan.published)
    table[LOWERED] -= Decimal(CUT) / 100
    v = verify_rates(guangxi_plan.scenario, table)
    assert not v.backed
    *numbers, verdict = results(book, language)
    assert verdict == WORDS[language][1]
    assert numbers == pytest.approx(expected(v), rel=1e-9, abs=1e-9)
    assert book.worksheets[0]["A3"].value.startswith(WORDS[language][1])
    # what follows from the rate moved with it
    shares = [float(c) * 100 for c in v.contributions]
    assert column(book, language, "contribution") == pytest.approx(shares, rel=1e-9)


@pytest.mark.libreoffice
def test_hostile_names_stay_text_in_libreoffice(hostile_plan, recalculated):
    assert column(recalculated["hostile"], "zh", "name") == [r.name for r in hostile_plan.record.regions]
    assert results(recalculated["hostile"], "zh")[-1] == "通过"
