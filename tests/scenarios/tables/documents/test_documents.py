"""Tables of documents are read as they are seen, or refused: merged cells, marks, revisions, units above, bombs."""

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.tables.rates import read_rates
from scenarios.total.caps import read_caps

CITIES = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬市")
RATES = ("18", "20.5", "18.5", "21", "16.5", "13.5", "16", "12.5", "13.5")
CAPS = ("5162", "9902", "8062", "7392", "4116", "2100", "4102", "780", "577")


@pytest.fixture(scope="module")
def regions():
    return load_scenario("15fyp-example").regions


@pytest.fixture
def document():
    """Return a Word document with a table of rates and caps, and that table."""
    made = docx.Document()
    made.add_paragraph("附件  各市目标")
    table = made.add_table(rows=1, cols=3)
    for cell, head in zip(table.rows[0].cells, ("地区", "下降率（%）", "总量目标（万吨）"), strict=True):
        cell.text = head
    for values in zip(CITIES, RATES, CAPS, strict=True):
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value
    return made, table


def saved(made, path):
    made.save(str(path))
    return path


def codes(error):
    return [found.code for found in error.value.findings]


def rates(path, regions):
    return [str(rate * 100).rstrip("0").rstrip(".") for rate in read_rates(path, regions).rates]


def test_rates_and_caps_of_a_word_document(document, regions, tmp_path):
    path = saved(document[0], tmp_path / "附件.docx")
    assert rates(path, regions) == list(RATES)
    caps, source, _ = read_caps(path, regions)
    assert [str(cap) for cap in caps.values] == list(CAPS)
    assert source.name == "附件.docx"


def test_a_unit_that_stands_above_the_table_counts(document, regions, tmp_path):
    made, table = document
    table.rows[0].cells[2].text = "总量目标"
    for n, cap in enumerate(CAPS, start=1):
        table.rows[n].cells[2].text = f"{cap}0000"
    made.paragraphs[0].insert_paragraph_before("x")
    made.paragraphs[1].add_run("")
    line = made.add_paragraph("单位：吨")
    table._tbl.addprevious(line._p)
    caps, _, _ = read_caps(saved(made, tmp_path / "a.docx"), regions)
    assert [str(cap) for cap in caps.values] == list(CAPS)


def test_a_mistake_is_named_with_its_row(document, regions, tmp_path):
    document[1].rows[3].cells[1].text = "约18"
    with pytest.raises(InputError) as error:
        rates(saved(document[0], tmp_path / "a.docx"), regions)
    (found,) = error.value.findings
    assert (found.code, found.place.file, found.place.row) == ("not_a_rate", "a.docx", 5)  # a line stands above


@pytest.mark.parametrize(
    ("mark", "value", "code"),
    [("w:vertAlign", "superscript", "not_a_rate"), ("w:strike", None, "not_a_rate"), ("w:vanish", None, None)],
)
def test_a_digit_that_is_raised_struck_or_hidden_is_no_digit_of_the_number(
    document, regions, tmp_path, mark, value, code
):
    run = document[1].rows[1].cells[1].paragraphs[0].add_run("2")
    element = OxmlElement(mark)
    if value:
        element.set(qn("w:val"), value)
    run._r.get_or_add_rPr().append(element)
    path = saved(document[0], tmp_path / "a.docx")
    if code is None:
        assert rates(path, regions)[0] == "18"
        return
    with pytest.raises(InputError) as error:
        rates(path, regions)
    assert len(codes(error)) == 1
    assert codes(error)[0].startswith(("not_a", "number"))


@pytest.mark.parametrize(("tag", "code"), [("w:ins", "document_revised"), ("w:del", "document_revised")])
def test_changes_that_are_not_settled_are_refused(document, regions, tmp_path, tag, code):
    paragraph = document[1].rows[1].cells[1].paragraphs[0]
    change = OxmlElement(tag)
    paragraph._p.append(change)
    change.append(paragraph.runs[0]._r)
    with pytest.raises(InputError) as error:
        rates(saved(document[0], tmp_path / "a.docx"), regions)
    assert codes(error) == [code]


def test_a_table_within_a_table_is_refused(document, regions, tmp_path):
    document[1].rows[1].cells[1].add_table(1, 1)
    with pytest.raises(InputError) as error:
        rates(saved(document[0], tmp_path / "a.docx"), regions)
    assert codes(error) == ["document_nested"]


def test_merged_cells_lie_where_they_lie(regions, tmp_path):
    made = docx.Document()
    table = made.add_table(rows=2 + len(CITIES), cols=4)
    for n, head in enumerate(("片区", "地区", "2030 年目标", "")):
        table.cell(0, n).text = head
    table.cell(0, 2).merge(table.cell(0, 3))
    for n, head in enumerate(("", "", "下降率（%）", "总量目标（万吨）")):
        table.cell(1, n).text = head
    for n, values in enumerate(zip(CITIES, RATES, CAPS, strict=True), start=2):
        for k, value in enumerate(values, start=1):
            table.cell(n, k).text = value
    for top, bottom, name in ((2, 5, "北部"), (6, 10, "南部")):
        table.cell(top, 0).text = name
        table.cell(top, 0).merge(table.cell(bottom, 0))
    path = saved(made, tmp_path / "a.docx")
    assert rates(path, regions) == list(RATES)
    assert [str(cap) for cap in read_caps(path, regions)[0].values] == list(CAPS)


def page(rows, above=""):
    return f"<html><body>{above}<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table></body></html>"


def test_a_page_with_merged_hidden_and_struck_parts(regions, tmp_path):
    heads = ['<th rowspan="2">地区</th><th colspan="2">2030 年目标</th>', "<th>下降率（%）</th><th>总量目标</th>"]
    rows = [
        f"<td>{c}</td><td>{r}<span hidden>9</span></td><td>{n}0000</td>"
        for c, r, n in zip(CITIES, RATES, CAPS, strict=True)
    ]
    path = tmp_path / "a.html"
    path.write_text(page([*heads, *rows], "<p>各市目标</p><p>单位：吨</p>"), "utf-8")
    assert rates(path, regions) == list(RATES)
    assert [str(cap) for cap in read_caps(path, regions)[0].values] == list(CAPS)
    path.write_text(page([*heads, *rows]).replace("<td>18<", "<td>18<sup>2</sup><", 1), "utf-8")
    with pytest.raises(InputError) as error:
        rates(path, regions)
    assert len(codes(error)) == 1


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"PK\x03\x04 no archive", "not_a_document"),
        ("a.docx", b"plain", "not_a_document"),
        ("a.html", b"<p>no table</p>", "document_without_table"),
        ("a.md", "无表".encode(), "document_without_table"),
        ("a.tex", rb"\section{x}", "document_without_table"),
        ("a.html", b"<table>" + b"<tr>" + b'<td colspan="999999999">1</td>' * 9 + b"</tr></table>", "table_too_big"),
        ("a.html", b"<table><tr>" + b"<td>1" * 600 + b"</table>", "table_too_big"),
        ("a.html", b"<div>" * 20_000, None),
    ],
)
def test_what_is_no_table_is_refused_quickly(regions, tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as error:
        read_rates(tmp_path / name, regions)
    assert code is None or codes(error) == [code]


def word(body):
    stream = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body.replace("SPACE", space))
    return stream.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
            f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
        ) + "]><w:document SPACE><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "</w:body></w:document>",
        "<w:document SPACE><w:body><w:tbl><w:tr>" + "<w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr></w:tc>" * 9
        + "</w:tr></w:tbl></w:body></w:document>",
        "<w:document SPACE><w:body><w:tbl><w:tr>" + " " * 300_000_000 + "</w:tr></w:tbl></w:body></w:document>",
    ],
    ids=["entities", "spans", "bomb"],
)  # fmt: skip
def test_a_document_made_to_hang_is_refused(regions, tmp_path, body):
    (tmp_path / "a.docx").write_bytes(word(body))
    with pytest.raises(InputError):
        read_rates(tmp_path / "a.docx", regions)
