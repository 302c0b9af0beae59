"""The slides of a plan: what they say is the plan's, read back, also from the workbooks inside."""

import io
import re
import zipfile

import openpyxl
import pytest
from pptx import Presentation

from allocator.planning.plan import plan
from allocator.tracking.pathways import planned_cities, planned_province
from reports.mapping.record import OutlineRecord
from reports.printing.document import one_line
from reports.slides import pptx_file
from reports.slides.contents import Source, deck
from reports.slides.recheck import holds
from scenarios.load import load_scenario

TRACE = ("plan.json", "0123456789abcdef" * 4)
CODES = ["task", "composition", "split", "standing", "years", "decide"]


def made(record, language="zh", sweep=None):
    return deck(Source(record, TRACE, planned_cities(record), planned_province(record), sweep), language)


def pages(said, language="zh"):
    raw = pptx_file.write(said, language)
    assert holds(said, raw, language)
    return raw, list(Presentation(io.BytesIO(raw)).slides)


def text_of(page):
    return "\n".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)


def table_of(page):
    tables = [shape.table for shape in page.shapes if shape.has_table]
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def chart_of(page):
    chart = next(shape.chart for shape in page.shapes if shape.has_chart)
    return list(chart.plots[0].categories), {series.name: list(series.values) for series in chart.plots[0].series}


@pytest.fixture(scope="module")
def guangxi_pages(guangxi_plan):
    said = made(guangxi_plan.record)
    return said, *pages(said)


def test_the_slides_and_their_figures_by_hand(guangxi_pages):
    said, _, (task, composition, split, standing, years, decide) = guangxi_pages
    assert [slide.code for slide in said.slides] == CODES
    assert "下降 17%" in text_of(task)
    assert "18.69%" in text_of(task)
    # 0.17 - 0.020783 (1 - 0.17) = 0.15275
    assert composition.shapes.title.text_frame.text == "结构效应：各地区都降 17%，全省只降 15.28%，差 1.72 个百分点"
    assert split.shapes.title.text_frame.text == "14 个地区的下降目标：12.0%—24.0%"
    assert ["南宁", "23.0", "5.09"] in table_of(split)
    assert table_of(split)[-1] == ["合计", "17.02", "3.66"]
    assert standing.shapes.title.text_frame.text == "最高：柳州 24.0%；最低：河池 12.0%"
    # without a sweep there is no slide on one; who speaks is told how to make it
    assert "allocator sweep guangxi-13fyp" in decide.notes_slide.notes_text_frame.text
    assert ["南宁", "5.09", "9.93", "14.51", "18.87", "23.00"] in table_of(years)
    assert table_of(years)[-1] == ["广西", "3.66", "7.18", "10.58", "13.85", "17.00"]
    assert "17.02%" in text_of(decide)
    assert "比总目标多 0.02 个百分点" in text_of(decide)
    assert "allocator" not in text_of(decide)
    # a point of 南宁: 2135 × 1.32126 / 100 = 28.21 万吨, 28.21 / 311.08 of one of the province
    head, first, *_ = table_of(decide)
    assert head == ["地区", "下降目标（%）", "1 个百分点相当于（万吨）", "折合全省（百分点）"]
    assert ["南宁", "23.0", "28.21", "0.091"] in table_of(decide)
    assert first[0] == "钦州"
    # 南宁 emits 2,135 of the 23,065 万吨 of the case and makes 3,410.08 of its 16,805.74 亿元
    names, rows = chart_of(task)
    at = names.index("南宁")
    assert (rows["占排放"][at], rows["占 GDP"][at]) == (9.3, 20.3)
    assert sum(rows["占排放"]) == pytest.approx(100, abs=0.7)
    assert sum(rows["占 GDP"]) == pytest.approx(100, abs=0.7)


def test_charts_hold_the_plans_figures(guangxi_plan, guangxi_pages):
    _, _, (_, composition, split, standing, years, _) = guangxi_pages
    record = guangxi_plan.record
    by_name = {region.name: region for region in record.regions}
    names, rows = chart_of(standing)
    assert rows["下降目标（%）"] == [round(by_name[name].published_rate * 100, 1) for name in names]
    assert rows["参考下降率（%）"] == [round(by_name[name].reference_rate * 100, 2) for name in names]
    assert rows["下降目标（%）"] == sorted(rows["下降目标（%）"], reverse=True)
    names, rows = chart_of(split)
    assert names == [region.name for region in record.regions]
    assert sum(*rows.values()) == pytest.approx(100 * sum(region.contribution for region in record.regions), abs=0.7)
    names, rows = chart_of(composition)
    assert names[0].splitlines() == ["都降17%", "17.00"]
    assert names[1].splitlines() == ["结构效应", "\N{MINUS SIGN}1.72"]
    assert rows["合计"][0] == 17.0
    assert rows["合计"][-1] == 17.019
    # every bar begins where the one before ends
    level = 17.0
    for k in range(1, len(names) - 1):
        low, up, down = (rows[key][k] for key in ("以下（不显示）", "增", "减"))
        assert (low if down is None else low + down) == pytest.approx(level, abs=2e-3)
        level = low if up is None else low + up
    assert level == pytest.approx(17.019, abs=2e-3)
    assert chart_of(years)[1]["广西"] == [3.66, 7.18, 10.58, 13.85, 17.0]


def test_charts_can_be_edited(guangxi_pages):
    _, raw, _ = guangxi_pages
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        books = [name for name in archive.namelist() if name.endswith(".xlsx")]
        assert len(books) == 5
        sheets = [openpyxl.load_workbook(io.BytesIO(archive.read(name))).active for name in books]
        assert any(sheet["A2"].value == "南宁" and sheet["B2"].value == 10.9 for sheet in sheets)
        theme = archive.read("ppt/theme/theme1.xml").decode()
    assert re.findall(r'<a:ea typeface="([^"]*)"', theme) == ["微软雅黑"] * 2


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["incentive_plan", "bounded_plan", "full_plan", "hostile_plan"])
def test_every_plan_has_its_slides(name, language, request):
    record = request.getfixturevalue(name).record
    _, found = pages(made(record, language), language)
    assert len(found) == 6
    if name == "bounded_plan":
        held = [r.name if language == "zh" else r.name_en for r in record.regions if r.binding == "upper"]
        assert held
        assert all(each in text_of(found[-1]) for each in held)


@pytest.mark.parametrize(
    ("case", "count"), [("coal.yaml", 5), ("oil.yaml", 5), ("nonfossil.yaml", 4), ("scenario.yaml", 6)]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_other_quantities_in_their_own_words(case, count, language):
    record = plan(load_scenario(f"15fyp-energy/{case}")).record
    _, found = pages(made(record, language), language)
    assert len(found) == count
    whole = "\n".join(map(text_of, found))
    assert not re.search("碳排放强度|carbon intensity|CO₂|None", whole)


def test_a_cap_asks_more_than_the_target(example_15fyp):
    said = made(plan(example_15fyp).record)
    _, found = pages(said)
    assert table_of(found[4])[-1][-1] == "17.82"
    assert "两项目标（强度和总量）共同要求" in text_of(found[4])
    assert "机动总量 307 万吨" in text_of(found[-1])
    assert "307" in [row[2] for row in table_of(found[2]) if row[0] == "省级机动"]


def test_targets_that_are_all_the_same():
    record = plan(load_scenario("15fyp-energy/coal.yaml")).record
    _, found = pages(made(record))
    assert [page.shapes.title.text_frame.text for page in found[1:3]] == [
        "9 个地区的下降目标均为 2.23%",
        "各地区的目标相同：2.23%",
    ]
    assert "总量所要求的降幅" in text_of(found[3])
    assert "机动总量" not in text_of(found[-1])


def square(left, low, side=100):
    right, high = left + side, low + side
    return f"{left} {low} {right} {low} {right} {high} {left} {high} {left} {low}"


def test_a_map_is_drawn_as_shapes_north_above_with_its_holes(guangxi_plan):
    record = guangxi_plan.record
    regions = []
    for n, region in enumerate(record.regions):
        left, low = n % 5 * 100, n // 5 * 100
        rings = (square(left, low), *(["10 10 10 20 20 20 20 10 10 10"] if n == 0 else []))
        outline = OutlineRecord(kind="shapes", rings=rings, label=(left + 50, low + 50))
        regions.append(region.model_copy(update={"outline": outline}))
    _, found = pages(made(record.model_copy(update={"regions": tuple(regions)})))
    shapes = {shape.name: shape for shape in found[2].shapes}
    first, right, above = (shapes[record.regions[n].name] for n in (0, 1, 5))
    assert first.width == pytest.approx(first.height, rel=0.01)
    assert right.left == pytest.approx(first.left + first.width, abs=2)
    assert above.top == pytest.approx(first.top - first.height, abs=2)
    assert len(first._element.findall(".//{*}moveTo")) == 2
    assert "南宁\n23.0" in text_of(found[2])
    # a darker blue for more: 河池 12 %, 柳州 24 %
    low, high = (shapes[name].fill.fore_color.rgb for name in ("河池", "柳州"))
    assert sum(low) > sum(high)


def test_hostile_names_are_text_in_the_workbooks_too(hostile_plan):
    raw, found = pages(made(hostile_plan.record))
    names = {name for page in found for row in table_of(page) for name in row[:1]}
    assert {"{{7*7}}", "+1", "@x", "A&lt;B&amp;C"} <= names
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            if name.endswith(".xlsx"):
                book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
                cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
                assert all(cell.data_type in "sn" and cell.hyperlink is None for cell in cells)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_unruly_names_are_text_on_the_slides(unruly_record, language):
    raw, found = pages(made(unruly_record, language), language)
    names = [cell.rstrip("…") for page in found for row in table_of(page) for cell in row[:1]]  # long ones are cut
    called = [one_line(region.name) for region in unruly_record.regions]
    assert not [name for name in called if not any(len(n) > 2 and name.startswith(n) for n in names)]
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        books = [openpyxl.load_workbook(io.BytesIO(archive.read(n))) for n in archive.namelist() if n.endswith(".xlsx")]
    cells = [cell for book in books for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "=1+1" in {cell.value for cell in cells}


def test_very_many_regions(guangxi_plan):
    record = guangxi_plan.record
    named = ({"id": f"{n}", "name": f"甲{n}", "name_en": f"A{n}"} for n in range(120))
    regions = tuple(record.regions[n % 14].model_copy(update=each) for n, each in enumerate(named))
    said = made(record.model_copy(update={"regions": regions}))
    _, found = pages(said)
    rows = table_of(found[2])
    assert len(rows) == 120 + 1 + 4
    assert len(chart_of(found[3])[0]) == 30
    assert "地区共 120 个" in text_of(found[3])


def test_figures_that_differ_are_found(guangxi_plan):
    said = made(guangxi_plan.record)
    raw = pptx_file.write(said, "zh")
    regions = list(guangxi_plan.record.regions)
    regions[0] = regions[0].model_copy(update={"published_rate": 0.235})
    assert not holds(made(guangxi_plan.record.model_copy(update={"regions": tuple(regions)})), raw, "zh")
    regions[0] = regions[0].model_copy(update={"published_rate": 0.23, "reference_rate": 0.22})
    assert not holds(made(guangxi_plan.record.model_copy(update={"regions": tuple(regions)})), raw, "zh")


def test_a_header_of_two_lines_has_the_room_of_two(guangxi_pages):
    """下降目标（%） and 折合全省（百分点） are longer than their columns; the table keeps its height."""
    _, _, found = guangxi_pages
    (frame,) = [shape for shape in found[-1].shapes if shape.has_table]
    head, first, *_ = frame.table.rows
    size = frame.table.cell(0, 0).text_frame.paragraphs[0].runs[0].font.size
    assert head.height >= 2 * 1.25 * size > first.height
    assert sum(row.height for row in frame.table.rows) <= frame.height
