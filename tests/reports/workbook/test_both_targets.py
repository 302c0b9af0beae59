"""The sheets of both targets: what is stored is what LibreOffice makes of the formulas, cell by cell."""

import shutil

import pytest

from allocator.planning.plan import plan
from scenarios.load import find_scenario, load_scenario
from tests.reports.workbook.test_workbook import by_libreoffice, opened, written

DRAWS = "项目,地区,动用量（万吨）,投产年份\n甲厂,丙市,120,2029\n乙厂,乙市,80,2030\n"
RESIDUAL = ["reconcile.emissions=residual", "reconcile.province.emissions=41000", "reconcile.residual.rate=17%"]
VARIED = {
    "rates": ["total.draws=draws.csv"],
    "total": ["total.caps=total", "total.draws=draws.csv", "total.reserve_gdp_end=400", "total.year_caps=linear"],
    "base": ["total.caps=base", "total.draws=draws.csv", "margin=0.1 points"],
    "plain": ["total.caps=base", "total.step=10"],
    "wide": ["total.cap=43500", "total.draws=draws.csv"],
    "apart": ["total.apart=某发改〔2026〕1号", "total.draws=draws.csv"],
    "residual": ["total.cap=43900", *RESIDUAL],
    "incentive": ["incentive.target=18%", "incentive.step=0.5 points", "total.draws=draws.csv"],
    "peak": ["total.peak=2028"],
    "growth": ["total={growth_at_most: 5.6%, reserve: 200.5}"],
}
"""Settings that bring every way to a cap, with and without draws, a residual line, a second set of targets."""


@pytest.fixture(scope="session")
def both(libreoffice_path, tmp_path_factory):
    """Return each workbook as it is stored and as LibreOffice computes it."""
    folder = tmp_path_factory.mktemp("both")
    case = shutil.copytree(find_scenario("15fyp-example").parent, folder / "case")
    (case / "draws.csv").write_text(DRAWS, "utf-8")
    for name, settings in VARIED.items():
        language = "en" if name == "base" else "zh"
        (folder / f"{name}.xlsx").write_bytes(written(plan(load_scenario(case, settings)), language))
    again = by_libreoffice(libreoffice_path, folder)
    return {name: (opened(folder / f"{name}.xlsx", values=True), book) for name, book in again.items()}


def cells(book):
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", VARIED)
def test_every_cell_is_what_its_formula_gives(both, name):
    stored, again = (cells(book) for book in both[name])
    assert again.keys() == stored.keys()
    for at, value in stored.items():
        expected = pytest.approx(value, rel=1e-9, abs=1e-7) if isinstance(value, int | float) else value
        assert again[at] == expected, at


def said(book, sheet):
    return {row[0]: row[1] for row in book[sheet].iter_rows(values_only=True) if row[0]}


@pytest.mark.libreoffice
def test_the_reserve_that_is_used_up_is_all_there_is(both):
    """By the rates 42,193 and 307, of which 200 are drawn: 1 - (42,191.7221 + 307)/51,352.8966."""
    for book in both["rates"]:
        check, pair = said(book, "校核"), said(book, "两项目标")
        assert check["其中须留机动（万吨二氧化碳）"] == 300
        assert check["可用完的机动，含已动用（万吨二氧化碳）"] == pytest.approx(307)
        assert check["用完机动后合计下降率"] == pytest.approx(0.17241791, abs=5e-7)
        assert pair["省级机动（万吨二氧化碳）"] == 107
        assert pair["两项目标允许各市排放（万吨二氧化碳）"] == pytest.approx(42400)
