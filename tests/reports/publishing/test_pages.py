"""What of a circular stands on which page by LibreOffice: no last page of a few rows, a signature in its place."""

import io
import re

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from allocator.output.office import as_pdf
from allocator.planning.plan import plan
from reports.publishing import docx_file
from reports.publishing.circular import circular_sheet
from reports.publishing.formats import FORMATS
from reports.publishing.layout import kept_together, layout_of, page_height, row_room
from reports.publishing.noting import verification_sheet
from scenarios.load import load_scenario
from scenarios.tables.rates import read_rates

LANGUAGES = ("zh", "en")
TOTAL = "total={growth_at_most: 25%}"
SAID = (
    "publish.office={zh: 广西壮族自治区生态环境厅, en: The Department}",
    "publish.contact=张三 0771-1234567",
    "publish.number=桂环函〔2026〕12号",
    "publish.notes=[中央企业不计入各市目标，由自治区单独管理，另行下达，自印发之日起执行, 自印发之日起执行]",
)


@pytest.fixture(scope="module")
def capped():
    """Return the record of fourteen cities with caps, notes, office and number."""
    return plan(load_scenario("guangxi-13fyp", [TOTAL, *SAID])).record


def pages(raw, office):
    """Return how many pages a Word document has."""
    return len(re.findall(rb"/Type\s*/Page\b", as_pdf(raw, office)))


def longer(record, count):
    """Return a record with more regions, each several times."""
    return record.model_copy(update={"regions": tuple(record.regions[n % 14] for n in range(count))})


@pytest.mark.libreoffice
@pytest.mark.parametrize("language", LANGUAGES)
def test_fourteen_cities_with_caps_stand_on_one_page(capped, language, libreoffice_path):
    """With two notes, the office and whom to ask below them; without these as well."""
    sheet = circular_sheet(capped, language)
    assert pages(docx_file.write(sheet), libreoffice_path) == 1
    scenario = capped.scenario.model_copy(update={"publish": None})
    plain = circular_sheet(capped.model_copy(update={"scenario": scenario}), language)
    assert pages(docx_file.write(plain), libreoffice_path) == 1


@pytest.mark.libreoffice
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_beside_it_is_three_pages_at_most(capped, guangxi_plan, language, libreoffice_path):
    for record in (capped, guangxi_plan.record):
        files = {f"table-{language}.docx": "ab" * 32}
        sheet = verification_sheet(record, language, ("plan.json", "cd" * 32), (), files)
        assert pages(docx_file.write(sheet), libreoffice_path) <= 3


@pytest.mark.parametrize(("count", "kept"), [(14, 0), (30, 15), (40, 13)])
def test_the_last_page_has_its_share_of_the_rows(guangxi_plan, count, kept):
    """30 cities and the province are 31 rows of 27.3 points on two pages of 626, 40 and one are 41 on three."""
    sheet = circular_sheet(longer(guangxi_plan.record, count), "zh")
    layout, (table,) = layout_of(sheet), sheet.tables
    assert page_height(sheet, layout) == pytest.approx(626, abs=1)
    assert row_room(sheet, layout) == pytest.approx(0.35 * 14)
    assert kept_together(sheet, layout, table, row_room(sheet, layout)) == kept
    rows = docx.Document(io.BytesIO(docx_file.write(sheet))).tables[0].rows
    held = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in rows]
    assert held[-max(kept, 5) :] == [*[True] * (max(kept, 5) - 1), None]
    assert not held[-max(kept, 5) - 1]


def test_rows_stand_closer_where_the_page_would_be_full(capped, guangxi_plan):
    """Fourteen cities, reserve, province: with notes and office 0.8 to 4.9 points above and below the text of a row."""
    sheet, plain = circular_sheet(capped, "zh"), circular_sheet(guangxi_plan.record, "zh")
    assert 0.8 <= row_room(sheet, layout_of(sheet)) < row_room(plain, layout_of(plain)) == pytest.approx(4.9)


def test_office_and_contact_stand_where_the_standard_has_them(capped):
    """The office on the right, two signs in, below the notes; below it whom to ask, in brackets, two signs in."""
    paragraphs = docx.Document(io.BytesIO(docx_file.write(circular_sheet(capped, "zh")))).paragraphs
    assert paragraphs[0].text == "桂环函〔2026〕12号附件"
    note, office, contact = paragraphs[-3:]
    assert (note.text, office.text) == ("2．自印发之日起执行。", "广西壮族自治区生态环境厅")
    assert contact.text == "（联系人：张三 0771-1234567）"
    assert office.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert office.paragraph_format.right_indent.pt == contact.paragraph_format.left_indent.pt == 32
    assert note.paragraph_format.keep_with_next
    assert office.paragraph_format.keep_with_next


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_signed_table_is_read_as_anybodys(capped, guangxi, kind, language, tmp_path):
    """Neither office nor contact nor number is taken for a city."""
    ((name, part),) = FORMATS[kind].files(circular_sheet(capped, language)).items()
    (tmp_path / name).write_bytes(FORMATS[kind].write(part))
    rates = read_rates(tmp_path / name, guangxi.regions, False).rates
    assert [float(rate) for rate in rates] == [region.published_rate for region in capped.regions]
