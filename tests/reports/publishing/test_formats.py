"""Every format: reads back as it was written, holds any name as text, and is what its readers expect."""

import csv
import io
import re
import subprocess
import zipfile
from dataclasses import replace

import docx
import lxml.html
import openpyxl
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from reports.printing.document import visible
from reports.publishing.formats import FORMATS
from reports.publishing.official import official_sheet
from reports.publishing.recheck import holds
from scenarios.tables.rates import read_rates
from tests.browsers import file_window

LANGUAGES = ("zh", "en")
TRACE = ("plan.json", "ab" * 32)
LATEX = {
    "documentclass", "usepackage", "setlength", "parindent", "tabcolsep",
    "begingroup", "endgroup", "begin", "end", "Large", "bfseries", "small", "par",
    "toprule", "midrule", "endhead", "bottomrule", "shortstack", "raggedright", "arraybackslash", "textwidth",
    "textbackslash",
    "textasciitilde", "textasciicircum", "textless", "textgreater", "textbar", "textquotedbl", "textquotesingle",
    "textasciigrave", "textsuperscript", "textsubscript",
}  # fmt: skip


def made(result, language="zh"):
    return official_sheet(getattr(result, "record", result), language, TRACE)


def written(kind, sheet, folder):
    """Write a sheet in one format; return path and part of each file."""
    pairs = []
    for name, part in FORMATS[kind].files(sheet).items():
        (folder / name).write_bytes(FORMATS[kind].write(part))
        pairs.append((folder / name, part))
    return pairs


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", ["incentive_plan", "hostile_plan", "factored_plan"])
def test_what_was_written_holds(name, kind, language, request, tmp_path):
    result = request.getfixturevalue(name)
    for path, part in written(kind, made(result, language), tmp_path):
        assert holds(result.record, part, FORMATS[kind].read(path, language))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_rate_that_differs_does_not_hold(kind, guangxi_plan, tmp_path):
    sheet = made(guangxi_plan)
    (table,) = sheet.tables
    rows = (("南宁", "0.6261", "1.3213", "22.0", *table.rows[0][4:]), *table.rows[1:])
    for path, part in written(kind, replace(sheet, tables=(replace(table, rows=rows),)), tmp_path):
        read = FORMATS[kind].read(path, "zh")
        assert not holds(guangxi_plan.record, sheet, read)
        assert not holds(guangxi_plan.record, part, read)  # agrees with its sheet, but not with the plan


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FORMATS)
def test_no_name_is_lost(kind, language, corpus, corpus_record, tmp_path):
    assert len(corpus) >= 30
    sheet = made(corpus_record, language)
    for path, part in written(kind, sheet, tmp_path):
        read = FORMATS[kind].read(path, language)
        assert read == [(table.heads(language), *table.rows) for table in part.tables]
        if part.tables[-1].code == "table":
            # the reader of CSV takes blanks off the ends of a cell, where no input leaves any
            assert [row[0] for row in read[-1][1:-1]] == [visible(name) for name in corpus]


def test_csv_opens_in_excel_and_runs_nothing(corpus_record, tmp_path):
    for path, part in written("csv", made(corpus_record), tmp_path):
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        assert {len(row) for row in rows} == {len(part.tables[0].columns)}
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["guangxi_plan", "classed_plan", "incentive_plan", "factored_plan"])
def test_what_is_printed_is_a_table_of_rates(name, kind, language, request, tmp_path):
    result = request.getfixturevalue(name)
    for path, _ in written(kind, made(result, language), tmp_path):
        read = read_rates(path, result.scenario.regions, incentive=True)
        assert read.rates == result.published
        if not path.name.startswith("classes"):
            assert read.incentive == result.published_incentive


def test_xlsx_prints_and_runs_nothing(corpus_record, tmp_path):
    ((path, _),) = written("xlsx", made(corpus_record), tmp_path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["分类", "分解表"]
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    page = book["分解表"]
    assert (page.page_setup.paperSize, page.page_setup.fitToHeight, page.print_title_rows) == (9, 0, "$4:$4")
    assert page["E5"].number_format == "0.0"
    assert page["E5"].value == 23
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "external" in name.lower() or "vba" in name.lower()]


@pytest.mark.parametrize(("name", "wide"), [("guangxi_plan", False), ("factored_plan", True)])
def test_docx_is_a_three_line_table(name, wide, request, tmp_path):
    ((path, sheet),) = written("docx", made(request.getfixturevalue(name)), tmp_path)
    document = docx.Document(path)
    section = document.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((297, 210) if wide else (210, 297), abs=0.1)
    for table in document.tables:
        borders = table._tbl.tblPr.find(qn("w:tblBorders"))
        assert [(b.tag.partition("}")[2], b.get(qn("w:sz"))) for b in borders] == [("top", "12"), ("bottom", "12")]
        first, second = table.rows[:2]
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert second._tr.trPr.find(qn("w:tblHeader")) is None
        assert all(cell._tc.tcPr.find(qn("w:tcBorders")) is not None for cell in first.cells)
        assert all(cell._tc.tcPr.find(qn("w:tcBorders")) is None for cell in second.cells)
        fonts = second.cells[0].paragraphs[0].runs[0]._r.rPr.rFonts
        assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == ("宋体", "Times New Roman")
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == ("仿宋", "Times New Roman")
    assert document.core_properties.title == sheet.title
    assert (document.core_properties.language, document.core_properties.author) == ("zh-CN", "carbon-target-allocator")
    aligned = [cell.paragraphs[0].alignment for cell in document.tables[-1].rows[1].cells]
    assert [str(a).partition(" ")[0] for a in aligned[-3:]] == ["RIGHT"] * 3


def test_docx_runs_nothing(guangxi_plan, corpus_record, tmp_path):
    ((path, _),) = written("docx", made(corpus_record), tmp_path)
    (tmp_path / "plain").mkdir()
    ((plain, _),) = written("docx", made(guangxi_plan), tmp_path / "plain")
    with zipfile.ZipFile(path) as hostile, zipfile.ZipFile(plain) as other:
        assert sorted(hostile.namelist()) == sorted(other.namelist())
        relations = "word/_rels/document.xml.rels"
        assert hostile.read(relations) == other.read(relations)
        body = hostile.read("word/document.xml")
    for tag in (b"<w:hyperlink", b"<w:instrText", b"<w:fldSimple", b"<w:object", b"<w:altChunk"):
        assert tag not in body


def test_html_is_one_file_without_script(corpus_record, tmp_path):
    ((path, _),) = written("html", made(corpus_record), tmp_path)
    page = lxml.html.fromstring(path.read_bytes())
    tags = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert tags == {
        "html", "head", "meta", "title", "link", "style", "body", "main", "h1", "div", "table", "caption", "span",
        "thead", "tbody", "tr", "th", "td", "p", "strong",
    }  # fmt: skip
    names = {name for element in page.iter() if isinstance(element.tag, str) for name in element.attrib}
    assert names <= {
        "lang", "charset", "name", "content", "http-equiv", "rel", "href", "class", "tabindex", "role", "aria-label",
        "scope",
    }  # fmt: skip
    assert [link.get("href") for link in page.iter("link")] == ["data:,"]


@pytest.mark.browser
def test_html_in_a_browser_asks_for_nothing(corpus, corpus_record, browser, tmp_path):
    ((path, _),) = written("html", made(corpus_record), tmp_path)
    asked, alerts = [], []
    with file_window(browser, path) as (page, address):
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
        page.goto(address)
        shown = page.evaluate("[...document.querySelectorAll('table:last-of-type tbody th')].map(c => c.textContent)")
    assert shown[-len(corpus) - 1 : -1] == [visible(name) for name in corpus]
    assert not alerts
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_markdown_shows_names_as_they_are(corpus, corpus_record, tmp_path):
    ((path, _),) = written("md", made(corpus_record), tmp_path)
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(path.read_text("utf-8"))
    page = lxml.html.fromstring(f"<main>{rendered}</main>")
    assert {e.tag for e in page.iter()} == {"main", "h1", "p", "strong", "table", "thead", "tbody", "tr", "th", "td"}
    rows = page.findall(".//table")[-1].findall(".//tbody/tr")
    assert [row.find("td").text_content() for row in rows[:-1]] == [visible(name) for name in corpus]


def test_latex_holds_no_command_of_a_name(corpus_record, tmp_path):
    ((path, _),) = written("tex", made(corpus_record), tmp_path)
    text = path.read_text("utf-8")
    assert set(re.findall(r"\\([A-Za-z]+)", text)) <= LATEX
    body = text.split(r"\begin{document}")[1]
    for line in body.splitlines():
        plain = re.sub(r"\\[A-Za-z]+|\\[\\{}$&#%_]", "", line)
        assert plain.count("{") == plain.count("}"), line
        assert not re.search(r"[$#%_^~]", plain), line
        assert not line.startswith(("[", "*")), line
    columns = {line.count(" & ") for line in body.splitlines() if line.endswith(r" \\")}
    assert columns <= {2, 6}


@pytest.mark.libreoffice
def test_libreoffice_prints_docx_and_xlsx(factored_plan, corpus_record, libreoffice_path, tmp_path):
    (tmp_path / "corpus").mkdir()
    sources = []
    for result, folder in ((factored_plan, tmp_path), (corpus_record, tmp_path / "corpus")):
        for kind in ("docx", "xlsx"):
            ((path, _),) = written(kind, made(result), folder)
            sources.append(path.rename(path.with_name(f"{folder.name}-{kind}.{kind}")))
    done = subprocess.run(
        [
            libreoffice_path, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "pdf", "--outdir", str(tmp_path / "out"), *map(str, sources),
        ],
        capture_output=True, text=True, timeout=180,
    )  # fmt: skip
    pages = {path.stem: path.read_bytes() for path in (tmp_path / "out").glob("*.pdf")}
    assert len(pages) == 4, done.stdout + done.stderr
    for raw in pages.values():
        assert raw.startswith(b"%PDF")
    assert shapes(pages[f"{tmp_path.name}-docx"]) == {(842, 595)}
    assert shapes(pages[f"{tmp_path.name}-xlsx"]) >= {(595, 842), (842, 595)}  # classes upright, the rest across


def shapes(raw):
    """Return the sizes of a PDF's pages, points."""
    boxes = [box.split() for box in re.findall(rb"/MediaBox\s*\[([^\]]*)\]", raw)]
    return {(round(float(box[2])), round(float(box[3]))) for box in boxes}


@pytest.mark.parametrize("kind", FORMATS)
def test_incentive_rates_that_differ_within_a_class(kind, incentive_plan, tmp_path):
    record = incentive_plan.record
    classed = tuple(r.model_copy(update={"class_": 1 + (n > 6)}) for n, r in enumerate(record.regions))
    for path, part in written(kind, made(record.model_copy(update={"regions": classed})), tmp_path):
        read = FORMATS[kind].read(path, "zh")
        assert read == [(table.heads("zh"), *table.rows) for table in part.tables]
        if part.tables[0].code == "classes":
            assert "、" in read[0][1][3]
