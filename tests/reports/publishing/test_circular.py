"""The circular by GB/T 9704–2012 and its verification note, read back: what is in them, and what is not."""

import csv
from fractions import Fraction

import docx
import openpyxl
import pytest
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn

from allocator.planning.plan import plan
from reports.publishing.circular import circular_sheet
from reports.publishing.columns import rate_digits, whole_name
from reports.publishing.drafting import draft_line
from reports.publishing.formats import FORMATS
from reports.publishing.noting import verification_sheet
from reports.publishing.official import official_sheet
from reports.publishing.recheck import holds
from scenarios.file.publishing import Paper, Printed
from scenarios.load import find_scenario, load_scenario
from scenarios.quantities import speaking_of
from scenarios.schema_types import Words

LANGUAGES = ("zh", "en")
TRACE = ("plan.json", "ab" * 32)
HASHES = {"table-zh.docx": "cd" * 32}


def written(kind, sheet, folder):
    pairs = []
    for name, part in FORMATS[kind].files(sheet).items():
        (folder / name).write_bytes(FORMATS[kind].write(part))
        pairs.append((folder / name, part))
    return pairs


def saying(record, **said):
    """Return a record whose scenario says something of its published table."""
    scenario = record.scenario.model_copy(update={"publish": Printed(**said)})
    return record.model_copy(update={"scenario": scenario})


def said_in(path):
    """Return all text of a Word file, header and footer too."""
    document = docx.Document(path)
    section = document.sections[0]
    parts = [document, section.header, section.footer, section.even_page_footer]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for part in parts for p in part.paragraphs), *cells])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", ["guangxi_plan", "classed_plan", "incentive_plan", "hostile_plan", "factored_plan"])
def test_what_was_written_holds(name, kind, language, request, tmp_path):
    record = request.getfixturevalue(name).record
    for path, part in written(kind, circular_sheet(record, language), tmp_path):
        assert holds(record, part, FORMATS[kind].read(path, language))
    if FORMATS[kind].running:
        for path, part in written(kind, verification_sheet(record, language, TRACE, (), HASHES), tmp_path):
            assert holds(record, part, FORMATS[kind].read(path, language))


@pytest.mark.parametrize("kind", FORMATS)
def test_names_stay_text(kind, corpus_record, tmp_path):
    record = corpus_record.model_copy(update={"regions": corpus_record.regions})
    for path, part in written(kind, circular_sheet(record, "zh"), tmp_path):
        assert FORMATS[kind].read(path, "zh") == [(table.heads("zh"), *table.rows) for table in part.tables]


def test_the_table_as_it_was_decided(guangxi_plan, tmp_path):
    """17 % was decided; the listed rates come to 17.02 %, which is the note's to say."""
    ((path, _),) = written("docx", circular_sheet(guangxi_plan.record, "zh"), tmp_path)
    (grid,) = FORMATS["docx"].read(path, "zh")
    assert grid[0] == ("序号", "地区", "下降目标（%）")
    assert grid[1] == ("1", "南宁", "23.0")
    assert grid[-1] == ("", "全区", "17.0")
    text = said_in(path)
    for inside in ("17.02", "SHA", "复核", "依据", "资料来源", "1.3213", "注："):
        assert inside not in text
    assert "附件" in text


def test_a_target_with_more_decimals_keeps_them(guangxi_plan):
    province = guangxi_plan.record.province.model_copy(update={"target": 0.1825})
    (table,) = circular_sheet(guangxi_plan.record.model_copy(update={"province": province}), "zh").tables
    assert table.rows[-1][-1] == "18.25"


def test_a_residual_line_leaves_the_target_of_the_province(guangxi_plan):
    province = guangxi_plan.record.province.model_copy(update={"target": 0.1743, "province_target": 0.18})
    (table,) = circular_sheet(guangxi_plan.record.model_copy(update={"province": province}), "en").tables
    assert table.rows[-1] == ("", "province", "18.0")


def test_chosen_columns_follow_the_decided_target(guangxi_plan):
    """Cut a year of 17 % in five years: 1 − 0.83^(1/5) = 3.66 %; intensity 0.83 of the base year's."""
    record = guangxi_plan.record
    (table,) = circular_sheet(record, "zh", ["growth", "base_intensity", "target_intensity", "annual"]).tables
    last = dict(zip((c.code for c in table.columns), table.rows[-1], strict=True))
    emissions, gdp = sum(r.emissions_10kt for r in record.regions), sum(r.gdp_100m_yuan for r in record.regions)
    assert last["annual"] == "3.66"
    assert last["target_intensity"] == f"{emissions / gdp * 0.83:.3f}"
    assert last["growth"] == f"{sum(r.gdp_100m_yuan * r.growth for r in record.regions) / gdp:.2f}"


@pytest.mark.parametrize(
    ("name", "said"),
    [("广西", "全区"), ("内蒙古自治区", "全区"), ("重庆市", "全市"), ("浙江", "全省")],
)
def test_what_the_whole_is_called(name, said, guangxi_plan):
    province = guangxi_plan.record.province.model_copy(update={"name": Words(zh=name, en="X")})
    record = guangxi_plan.record.model_copy(update={"province": province})
    assert (whole_name(record, "zh"), whole_name(record, "en")) == (said, "province")


def test_caps_and_the_reserve_stand_in_it():
    (table,) = circular_sheet(plan(load_scenario("15fyp-example")).record, "zh").tables
    assert [column.code for column in table.columns] == ["number", "name", "rate", "cap"]
    assert [row[1] for row in table.rows[-2:]] == ["省级机动", "全省"]
    assert [row[0] for row in table.rows[-2:]] == ["", ""]
    assert table.rows[-1][2:] == ("17.0", "42500")
    with_caps = plan(load_scenario("15fyp-example")).record
    notes = "".join(verification_sheet(with_caps, "zh", TRACE, (), HASHES).notes)
    assert "合计行" not in notes  # of the full table, whose last row is another
    assert "合计行" in "".join(official_sheet(with_caps, "zh", TRACE).notes)


def test_a_share_and_a_level_as_they_were_decided():
    """25 % of non-fossil energy was decided, not the 25.01 % of the listed shares; of coal the cap, and no rate."""
    share = plan(load_scenario("15fyp-energy/nonfossil.yaml")).record
    with speaking_of(share.measured):
        (table,) = circular_sheet(share, "zh").tables
        note = verification_sheet(share, "zh", TRACE, (), HASHES)
    assert table.rows[-1] == ("", "全省", "25.0")
    assert "能源消费占各地区合计的比重" in note.notes[0]
    coal = plan(load_scenario("15fyp-energy/coal.yaml")).record
    with speaking_of(coal.measured):
        (table,) = circular_sheet(coal, "zh").tables
    assert table.rows[-1] == ("", "全省", "–", "11000")


def test_what_the_office_has_to_say(guangxi_plan, tmp_path):
    notes = (
        Words(zh="中央企业不计入", en="none"),
        Words(zh="自印发之日起执行", en="in force"),
    )
    record = saying(guangxi_plan.record, notes=notes, paper=Paper(mark="附件2", title_font="方正小标宋_GBK"))
    ((path, _),) = written("docx", circular_sheet(record, "zh"), tmp_path)
    paragraphs = [p.text for p in docx.Document(path).paragraphs]
    assert paragraphs[0] == "附件2"
    assert paragraphs[-2:] == ["注：1．中央企业不计入。", "2．自印发之日起执行。"]
    title = docx.Document(path).paragraphs[2].runs[0]
    assert title._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋_GBK"


@pytest.mark.parametrize("language", LANGUAGES)
def test_docx_is_set_by_the_standard(language, guangxi_plan, tmp_path):
    ((path, _),) = written("docx", circular_sheet(guangxi_plan.record, language), tmp_path)
    document = docx.Document(path)
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [side.mm for side in margins] == pytest.approx([37, 35, 28, 26], abs=0.1)
    assert section.page_width.mm - 28 - 26 == pytest.approx(156, abs=0.2)
    assert section.page_height.mm - 37 - 35 == pytest.approx(225, abs=0.2)
    mark, blank, title = document.paragraphs[:3]
    assert (mark.runs[0].font.size.pt, blank.text, title.runs[0].font.size.pt) == (16, "", 22)
    assert title.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    assert document.settings.odd_and_even_pages_header_footer
    feet = [section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]]
    assert [str(foot.alignment).partition(" ")[0] for foot in feet] == ["RIGHT", "LEFT"]
    assert {run.font.size.pt for foot in feet for run in foot.runs} == {14}
    assert {foot.paragraph_format.right_indent.pt for foot in feet} == {14}
    (table,) = document.tables
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, *[False] * 15]
    cells = [row.cells[2].paragraphs[0].paragraph_format for row in table.rows[1:]]
    points = {(stop.alignment, stop.position) for cell in cells for stop in cell.tab_stops}
    assert [alignment for alignment, _ in points] == [WD_TAB_ALIGNMENT.DECIMAL]


def test_a_wide_circular_lies_on_its_side(factored_plan, tmp_path):
    chosen = ["base_intensity", "growth", "target_intensity", "annual", "structure"]
    ((path, _),) = written("docx", circular_sheet(factored_plan.record, "zh", chosen), tmp_path)
    section = docx.Document(path).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [side.mm for side in margins] == pytest.approx([28, 26, 35, 37], abs=0.1)


def test_xlsx_prints_on_the_same_page(guangxi_plan, tmp_path):
    ((path, _),) = written("xlsx", circular_sheet(guangxi_plan.record, "zh"), tmp_path)
    (page,) = openpyxl.load_workbook(path)
    margins = page.page_margins
    sides = [side * 25.4 for side in (margins.top, margins.bottom, margins.left, margins.right)]
    assert sides == pytest.approx([37, 35, 28, 26])
    assert [page.cell(row, 1).value for row in (1, 2, 3)] == ["附件", "广西“十三五”碳排放强度下降目标分解", "序号"]
    assert (page.print_title_rows, page["C4"].value, page["C4"].number_format) == ("$3:$3", 23, "0.0")
    assert page["C18"].value == 17


def test_the_note_can_be_reckoned_again(guangxi_plan, tmp_path):
    """The weights from the case's own table, by the formula that the note says."""
    with (find_scenario("guangxi-13fyp").parent / "regions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    e, y, g = ([Fraction(row[key]) for row in rows] for key in ("emissions(万吨)", "gdp(亿元)", "growth"))
    end = sum(a * b for a, b in zip(y, g, strict=True))
    weights = [a * b / (sum(e) / sum(y) * end) for a, b in zip(e, g, strict=True)]
    sheet = verification_sheet(guangxi_plan.record, "zh", TRACE, (), HASHES)
    ((path, _),) = written("docx", sheet, tmp_path)
    checks, cities, digests = FORMATS["docx"].read(path, "zh")
    assert [row[2] for row in cities[1:-1]] == [f"{float(weight):.4f}" for weight in weights]
    rates = [Fraction(row[3]) for row in cities[1:-1]]
    reached = sum(w * r for w, r in zip(weights, rates, strict=True))
    found = {row[0]: row[1] for row in checks[1:]}
    assert found["各地区目标加权合计"] == cities[-1][4] == f"{float(reached):.2f}"
    assert found["结构效应"] == f"{float(sum(weights) - 1) * 100:.2f}"
    assert found["合计使全省实际下降"] == f"{float(reached - (sum(weights) - 1) * 100):.2f}"
    assert found["超出（负为不足）"] == f"{float(reached - (sum(weights) - 1) * 100 - 17):.4f}"
    assert (digests[-2][1:], digests[-1][1:]) == (TRACE, ("table-zh.docx", "cd" * 32))
    text = said_in(path)
    assert "通过：" in text
    assert "高于" not in text
    assert "复核办法" in text
    assert "依据：" in text


@pytest.mark.parametrize("kind", FORMATS)
def test_a_draft_says_so_in_every_format(kind, guangxi_plan, tmp_path):
    record = guangxi_plan.record
    province = record.province.model_copy(
        update={"verdict": "not_backed", "overshoot_points": -0.5, "overshoot_10kt": -155.0}
    )
    line = draft_line(province, "zh")
    assert "缺 0.50 个百分点（155.0 万吨）" in line
    for path, _ in written(kind, circular_sheet(record, "zh", draft=line), tmp_path):
        if kind == "docx":
            assert docx.Document(path).sections[0].header.paragraphs[0].text == line
            assert docx.Document(path).sections[0].even_page_header.paragraphs[0].text == line
        elif kind == "xlsx":
            page = openpyxl.load_workbook(path).worksheets[0]
            assert (page.oddHeader.center.text, page["A1"].value) == (line, line)
        else:
            assert "草案" in path.read_text("utf-8-sig")


def test_a_draft_that_fails_a_check_names_it(guangxi_plan):
    checks = guangxi_plan.record.province.checks | {"bounds": False}
    province = guangxi_plan.record.province.model_copy(update={"checks": checks})
    assert draft_line(province, "zh") == "草案，未通过复核，不得印发：不符合上下限。"
    assert draft_line(guangxi_plan.record.province, "en") == ""


def test_rates_off_the_grid_keep_their_decimals(guangxi_plan):
    first, *others = guangxi_plan.record.regions
    record = guangxi_plan.record.model_copy(
        update={"regions": (first.model_copy(update={"published_rate": 0.22375}), *others)}
    )
    assert rate_digits(record) == 3
    (table,) = circular_sheet(record, "zh").tables
    assert [row[-1] for row in (table.rows[0], table.rows[1], table.rows[-1])] == ["22.375", "24.000", "17.000"]
