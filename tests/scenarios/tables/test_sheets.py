import contextlib
import io
import random
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from scenarios.errors import Place
from scenarios.tables import excel, excel_scan
from scenarios.tables.cells import CellError, exact
from scenarios.tables.columns import parse_header
from scenarios.tables.excel import excel_cell
from scenarios.tables.headers.names import (
    CAPS,
    COSTS,
    DRAWS,
    ENERGY_ENDS,
    GDP,
    NUMERATORS,
    OFFSETS,
    POPULATION,
    STANDARD,
    TRACKING,
)
from scenarios.tables.headers.units import UNITS
from scenarios.tables.sheets import read_sheet
from scenarios.tables.text_table import escape_text, unescape_text

NEEDED = ("id", "name", "rate")


@pytest.fixture
def sheet_of(tmp_path):
    """Return a function that reads bytes as a table of rates."""

    def call(raw, name="t.csv", needed=NEEDED):
        path = tmp_path / name
        path.write_bytes(raw if isinstance(raw, bytes) else raw.encode("utf-8"))
        return read_sheet(path, needed)[0]

    return call


@pytest.fixture
def book():
    """Return a workbook whose first sheet holds a small table of rates."""
    made = Workbook()
    made.active.title = "下降率"
    for row in (["代码", "地区", "下降率(%)"], [450100, "南宁", 17], ["450200", "柳州", 22]):
        made.active.append(row)
    return made


def texts(sheet):
    return [[cell.text for cell in row] for row in sheet.rows]


PLAIN = "id,name,rate(%)\n450100,南宁,17\n450200,柳州,22\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN + "\n\n,,\n",
        "\n\n" + PLAIN,
        PLAIN.replace("南宁", '"南宁"'),
        PLAIN.replace("17", " 17 "),
        "广西下降率表\n\n" + PLAIN,
        "广西下降率表,,\n" + PLAIN,
        PLAIN.replace("(%)\n", "(%),\n").replace("17\n", "17,\n").replace("22\n", "22,\n"),
    ],
)
def test_one_table_in_many_dresses(sheet_of, text):
    sheet = sheet_of(text)
    assert [header.standard for header in sheet.headers] == ["id", "name", "rate"]
    assert texts(sheet) == [["450100", "南宁", "17"], ["450200", "柳州", "22"]]
    assert [cell.place.column for cell in sheet.rows[0]] == ["id", "name", "rate"]


def test_rows_are_counted_as_an_editor_counts_them(sheet_of):
    text = '标题\n\nid,name,rate(%)\r\n450100,"南\n宁",17\n\n450200,柳州,"2,2"\n'
    assert [[cell.place.row for cell in row] for row in sheet_of(text).rows] == [[4, 4, 4], [7, 7, 7]]


def test_a_row_with_a_field_too_many_or_too_few_is_named_and_the_rest_is_read(sheet_of, rendered):
    sheet = sheet_of(PLAIN + "450300,桂林,1,700\n450400,梧州\n450500,北海,10\n")
    assert [(f.code, f.place.row, f.values["found"], f.values["needed"]) for f in rendered(sheet.findings)] == [
        ("field_count", 4, 4, 3),
        ("field_count", 5, 2, 3),
    ]
    assert [row[1] for row in texts(sheet)] == ["南宁", "柳州", "北海"]


@pytest.mark.parametrize(
    ("raw", "name", "code"),
    [
        (b"", "t.csv", "empty_file"),
        (b"\xef\xbb\xbf\n", "t.csv", "empty_file"),
        (b",,\n,,\n", "t.csv", "empty_file"),
        (b"a,b\n1,2\n", "t.csv", "missing_columns"),
        (b"id|name|rate\n1|2|3\n", "t.csv", "missing_columns"),
        (b"\xff\xfe\xff\x00\x01", "t.csv", "bad_encoding"),
        (b"\x80\x81\xff\n", "t.csv", "bad_encoding"),
        (PLAIN.encode("utf-16-le"), "t.csv", "bad_encoding"),
        ("代碼,地區,下降率\n1,臺東縣,3\n".encode("big5"), "t.csv", "big5_question"),
        (PLAIN.encode() + b"\x00", "t.csv", "bad_encoding"),
        (PLAIN.encode() + b'450300,"gui', "t.csv", "not_csv"),
        (PLAIN.encode() + b'450300,"gui"lin,17\n', "t.csv", "not_csv"),
        (b"id,name,rate\n" + b"1," * 501 + b"\n", "t.csv", "table_too_big"),
        (b"id,name,rate\n" + b"1,2,3\n" * 20_001, "t.csv", "table_too_big"),
        (b"id,name,rate\n" + b"1,2,3\n" * 10 + b"\n" * 20_001, "t.csv", "table_too_big"),
        (b"id,name,rate\n" + b"x" * 200_000, "t.csv", "cell_too_long"),
        (b"id,name,rate\n1,2," + b"x" * 10_001, "t.csv", "cell_too_long"),
        (b"PK\x03\x04 broken", "t.xlsx", "not_excel"),
        (b"id,name,rate\n", "t.xlsx", "no_workbook"),
        (b"\x00\x9c\xe3" * 500, "t.xlsx", "no_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "t.xlsx", "old_workbook_renamed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "t.xlsx", "workbook_locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "t.xls", "not_excel"),
        (PLAIN.encode(), "t.xls", "no_workbook"),
        (b"\xd0\xcf\x11\xe0", "t.et", "other_program"),
        (b"PK\x03\x04", "t.ods", "other_program"),
        (PLAIN.encode(), "t.txt", "unknown_format"),
        (PLAIN.encode(), "t", "unknown_format"),
    ],
)
def test_what_is_no_table_is_refused(sheet_of, refused, raw, name, code):
    (finding,) = refused(sheet_of, raw, name)
    assert finding.code == code
    assert finding.place.file.endswith(name)


def test_a_broken_quote_is_named_with_its_line(sheet_of, refused):
    (finding,) = refused(sheet_of, PLAIN + '450300,"桂林,17\n450400,梧州,13\n')
    assert (finding.code, finding.place.row) == ("not_csv", 4)


def test_a_folder_and_a_missing_table_are_refused(tmp_path, refused):
    (tmp_path / "t.csv").mkdir()
    assert [f.code for f in refused(read_sheet, tmp_path / "t.csv", NEEDED)] == ["is_directory"]
    assert [f.code for f in refused(read_sheet, tmp_path / "u.csv", NEEDED)] == ["no_file"]


def test_excel_reads_like_csv(sheet_of, book, as_bytes):
    sheet = sheet_of(as_bytes(book), "t.xlsx")
    assert texts(sheet) == texts(sheet_of(PLAIN))
    assert (sheet.rows[1][2].place.sheet, sheet.rows[1][2].place.cell) == ("下降率", "C3")
    assert sheet.rows[1][2].place.column == "下降率"


@pytest.mark.parametrize(
    ("value", "number_format", "parsed"),
    [
        (0.185, "0.0%", ("18.5", True)),
        (0.185, "0%;[Red]-0%", ("18.5", True)),
        (0.185, "General", ("0.185", False)),
        (18.5, "0.00", ("18.5", False)),
        (18.5, '0.0"%"', ("18.5", True)),
        (18.5, r"0.0\%", ("18.5", True)),
        (0.185, '0.000"%"', ("0.185", True)),
        (0.185, r"0.000\%", ("0.185", True)),
        (0.185, "0.000!%", ("0.185", True)),
        (0.185, '0.000" ％"', ("0.185", True)),
        (0.185, "0.000％", ("0.185", True)),
        (0.185, "0.000[$%-804]", ("0.185", True)),
        (0.185, 'General"%"', ("0.185", True)),
        (0.185, '0.0"个百分点"', ("0.185", True)),
        (-0.185, '0.000"%"', ("-0.185", True)),
        (-0.185, '0.000"%";-0.000"%"', ("-0.185", True)),
        (-0.185, "0.0%;[Red]-0.0%", ("-18.5", True)),
        (-0.185, "0.0%_);(0.0%)", ("-18.5", True)),
        (0.185, "[>1]0%;0.0", ("0.185", False)),
        (1.85, "[>1]0%;0.0", ("185", True)),
        (0.185, "[<1]0.0%;[>=1]0.0", ("18.5", True)),
        (18.5, "[<1]0.0%;0.0", ("18.5", False)),
        (0.185, '0.0;0.0"%"', ("0.185", False)),
        (0, "0%", ("0", True)),
        (0, '0.0;-0.0;"—"', ("0", False)),
        ("18.5%", "General", ("18.5", True)),
        ("18.5", "General", ("18.5", False)),
        (17, "@", ("17", False)),
        (0.1 + 0.2, "General", ("0.3", False)),
        (1e-7, "General", ("0.0000001", False)),
    ],
)
def test_a_percentage_of_excel_is_what_a_person_sees(sheet_of, book, as_bytes, value, number_format, parsed):
    book.active["C2"] = value
    book.active["C2"].number_format = number_format
    number, percent = sheet_of(as_bytes(book), "t.xlsx").rows[0][2].parse()
    assert (f"{number.normalize():f}", percent) == parsed


@pytest.mark.parametrize("value", [True, "#DIV/0!", "=1/0", 1e300, 10**20, float("1e15")])
def test_excel_cells_that_are_no_number(sheet_of, book, as_bytes, value):
    book.active["C2"] = value
    cell = sheet_of(as_bytes(book), "t.xlsx").rows[0][2]
    with pytest.raises(CellError):
        cell.parse()


def _with_cell(raw, old, new):
    """Return a workbook with its sheet's XML changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old_book, zipfile.ZipFile(stream, "w") as new_book:
        for entry in old_book.namelist():
            content = old_book.read(entry)
            if entry == "xl/worksheets/sheet1.xml":
                assert old in content
                content = content.replace(old, new, 1)
            new_book.writestr(entry, content)
    return stream.getvalue()


@pytest.mark.parametrize("value", [b"NaN", b"INF", b"1e999", b"-1e999", b"1" * 400, b"1" * 5000, b"abc", b""])
def test_numbers_that_excel_never_writes(sheet_of, attempt, book, as_bytes, value):
    book.active["C2"] = 17.25
    raw = _with_cell(as_bytes(book), b"<v>17.25</v>", b"<v>" + value + b"</v>")
    if sheet := attempt(sheet_of, raw, "t.xlsx"):
        with pytest.raises(CellError):
            sheet.rows[0][2].parse()


def test_a_formula_without_a_value_is_refused_at_its_cell(sheet_of, book, as_bytes):
    book.active["C2"] = "=SUM(A1:A2)"
    book.active["B3"] = '="柳"&"州"'
    sheet = sheet_of(as_bytes(book), "t.xlsx")
    assert [(f.code, f.place.sheet, f.place.cell) for f in sheet.findings] == [
        ("formula_without_value", "下降率", "C2"),
        ("formula_without_value", "下降率", "B3"),
    ]


def test_a_row_of_nothing_but_formulas_without_values_is_not_passed_over(sheet_of, book, as_bytes):
    book.active.append(["=A3+100", '="桂林"', "=8+9"])
    sheet = sheet_of(as_bytes(book), "t.xlsx")
    assert [f.place.cell for f in sheet.findings] == ["A4", "B4", "C4"]


def test_a_formula_with_its_value_is_read(sheet_of, book, as_bytes):
    book.active["C2"] = "=8+9"
    raw = _with_cell(as_bytes(book), b"<f>8+9</f>", b"<f>8+9</f><v>17</v>")
    sheet = sheet_of(raw, "t.xlsx")
    assert not sheet.findings
    assert sheet.rows[0][2].text == "17"


@pytest.mark.parametrize(
    ("cells", "without", "columns"),
    [
        ("<c><v>1</v></c>", [], 1),
        ("<c><f>A1</f><v>1</v></c><c><f>A2</f><v>x</v></c>", [], 2),
        ('<x:c><x:f t="array" ref="A1">A1</x:f><x:v>1</x:v></x:c>', [], 1),
        ("<c><f>A1</f></c>", [1], 1),
        ("<c><f>A1</f><v></v></c>", [1], 1),
        ("<c><f>A1</f><v/></c>", [1], 1),
        ('<c t="str"><f>IF(A1="","",A1)</f><v></v></c>', [], 0),
        ('<c t="str"><f>A1</f></c>', [1], 1),
        ('<c><f t="shared" si="0"/><v>1</v></c>', [], 1),
        ("<c><f>A1</f><v>1</v></c><c><f>A2</f></c>", [2], 2),
        ('<c r="C5"><f>A1</f></c>', [3], 3),
        ('<c r="C5" t="inlineStr"><is><t>x</t></is></c><c r="F5" s="3"/>', [], 3),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_which_formulas_have_no_value_and_how_far_a_sheet_reaches(cells, without, columns, encoding):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        sheet = f'<w xmlns:x="x"><sheetData><row r="5">{cells}</row></sheetData></w>'
        archive.writestr("s", sheet.encode(encoding))
    with zipfile.ZipFile(raw) as archive:
        found = excel_scan.WorkbookScan(archive).sheet("s")
    assert found.without_value == {(5, column) for column in without}
    assert (found.rows, found.columns) == (5 if columns else 0, columns)


def test_an_empty_text_of_a_formula_is_an_empty_cell(sheet_of, book, as_bytes):
    for row in range(4, 8):
        book.active[f"C{row}"] = "=1"
    raw = as_bytes(book)
    for row in range(4, 8):
        old = f'<c r="C{row}"><f>1</f><v></v></c>'
        raw = _with_cell(raw, old.encode(), f'<c r="C{row}" t="str"><f>IF(A1="","",A1)</f><v></v></c>'.encode())
    sheet = sheet_of(raw, "t.xlsx")
    assert not sheet.findings
    assert texts(sheet) == texts(sheet_of(PLAIN))


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("#,##0.0,", "0.017"),
        ("0.00,,", "0.000017"),
        ("0!.0,", "0.0017"),
        ('0!.00,,"亿"', "0.00000017亿"),
        (r"0\.0,", "0.0017"),
        ('0.0,,"亿"', "0.000017亿"),
        ('0"."0,"万"', "0.0017万"),
        ("0.0‰", "17‰"),
        ('0.0"‰"', "17‰"),
        ('0.0"万"', "17万"),
        ("0.0万", "17万"),
        ('0.0"万吨"', "17万吨"),
        ('"约"0.0', "约17"),
        ('0.0"x, "', "17x,"),
        ("0.0%%", "170000%%"),
        ('0.0%"%"', "1700%%"),
        ('0"5%"', "175%"),
        ('0"5"', "175"),
        ("0.0,%", "1.7%"),
        ('0"%"0', "17%…"),
        ("000-0000", "17-…"),
        ("-0.0", "-17"),
        ("(0.0)", "(17)"),
        (";;;", "“”"),
        ('"—"', "—"),
        ("[<1]0.0", "####"),
        ("[>100]0.0;[<10]0.0", "####"),
        ("[>1]0.0,;0.0", "0.017"),
        ('[>1]0"万";0.0', "17万"),
        ("#,##0", ""),
        ("#,##0.00;-#,##0.00", ""),
        ("General", ""),
        ("", ""),
        ("@", ""),
        ("G/通用格式", ""),
        ('"¥"#,##0.00', ""),
        ("[$¥-804]#,##0.00", ""),
        ('_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', ""),
        ("0.00_);[Red](0.00)", ""),
        ("0.00E+00", ""),
        ("# ?/?", ""),
        ("# ##0.00", ""),
        ("# ?/16", ""),
        ("[DBNum1]0.0", ""),
        ("+0.0;-0.0;0.0", ""),
        ("0.0;@", ""),
        ("[Red][>10]0.0;0.0,", ""),
    ],
)
def test_a_number_shown_smaller_than_stored_is_asked_about(sheet_of, book, as_bytes, number_format, shown):
    book.active["C2"].number_format = number_format
    cell = sheet_of(as_bytes(book), "t.xlsx").rows[0][2]
    if not shown:
        assert cell.parse() == (17, False)
        return
    with pytest.raises(CellError) as caught:
        cell.parse()
    assert (caught.value.code, caught.value.values) == ("shown_scaled", {"found": "17", "meant": shown})


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [("0.0;0.0", "17"), ("0.0;[Red]0.0", "17"), ("-0.0", ""), ('0.0;-0.0"万"', "-17万"), ("0.0;", "“”")],
)
def test_a_negative_number_shown_as_another_is_asked_about(number_format, shown):
    cell = excel_cell(-17, number_format, Place())
    assert (cell.doubt, cell.meant) == (("shown_scaled", shown) if shown else ("", ""))


@pytest.mark.parametrize("number_format", BUILTIN_FORMATS.values())
def test_formats_that_excel_brings_along_show_what_is_stored(number_format):
    for value in (17, -17, 0.185, 0):
        if not is_date_format(number_format):
            assert excel_cell(value, number_format, Place()).parse() == (
                (exact(value) * 100, True) if "%" in number_format else (exact(value), False)
            )


@pytest.mark.parametrize(
    ("header", "number_format", "asked"),
    [
        ("排放（万吨）", '0.0"万吨"', False),
        ("排放", '0.0" 万吨"', False),
        ("排放（吨）", '0.0"吨"', False),
        ("地区生产总值", '0.0"亿元"', False),
        ("平均工资（元）", '0"元"', False),
        ("排放（吨）", '0.0"万吨"', True),
        ("排放", '0.0"吨"', True),
        ("地区生产总值（亿元）", '0.0"万元"', True),
        ("地区生产总值（亿元）", '0.0"亿"', True),
    ],
)
def test_a_unit_shown_by_the_format_fits_its_column_or_is_asked_about(
    sheet_of, book, as_bytes, header, number_format, asked
):
    book.active["C1"] = header
    book.active["C2"].number_format = number_format
    sheet = sheet_of(as_bytes(book), "t.xlsx", ("name",))
    assert bool(sheet.rows[0][2].doubt) == asked


def test_a_name_that_fails_as_a_formula_is_named(sheet_of, book, as_bytes):
    book.active["B2"] = "#N/A"
    (finding,) = sheet_of(as_bytes(book), "t.xlsx").findings
    assert (finding.code, finding.place.cell) == ("failed_formula", "B2")


def test_strict_open_xml_is_read(sheet_of, book, as_bytes):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_bytes(book))) as usual, zipfile.ZipFile(stream, "w") as strict:
        for entry in usual.namelist():
            content = usual.read(entry).decode()
            for part, name in (("spreadsheetml", "main"), ("officeDocument", "relationships")):
                old = f"http://schemas.openxmlformats.org/{part}/2006/{name}"
                content = content.replace(old, f"http://purl.oclc.org/ooxml/{part}/{name}")
            strict.writestr(entry, content)
    assert texts(sheet_of(stream.getvalue(), "t.xlsx")) == texts(sheet_of(PLAIN))


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (PLAIN.encode("utf-16"), "t.csv"),
        (PLAIN.replace(",", "\t").encode("utf-16"), "t.csv"),
        (PLAIN.encode("gb18030"), "t.csv"),
        (PLAIN.replace(",", ";").encode(), "t.csv"),
        (PLAIN.replace(",", "\t").encode(), "t.tsv"),
        (("表 1：甲, 乙, 丙\n" + PLAIN.replace(",", ";")).encode(), "t.csv"),
    ],
)
def test_text_in_other_dresses(sheet_of, raw, name):
    assert texts(sheet_of(raw, name)) == texts(sheet_of(PLAIN))


def test_an_old_workbook_is_read_with_its_percentages(sheet_of):
    pytest.importorskip("xlrd")
    raw = (Path(__file__).parent / "old.xls").read_bytes()
    sheet = sheet_of(raw, "t.xls")
    assert (sheet.place.sheet, [row[1].text for row in sheet.rows]) == ("下降率", ["南宁", "柳州", "桂林"])
    assert [row[2].parse() for row in sheet.rows[:2]] == [(Decimal(17), True), (Decimal("22.5"), True)]
    assert sheet.rows[1][2].place.cell == "C3"
    with pytest.raises(CellError) as caught:
        sheet.rows[2][2].parse()
    assert (caught.value.code, caught.value.values["found"]) == ("failed_formula", "#DIV/0!")


def test_what_is_hidden_struck_through_or_raised_in_an_old_workbook_is_known(sheet_of):
    pytest.importorskip("xlrd")
    raw = (Path(__file__).parent / "unseen.xls").read_bytes()
    sheet = sheet_of(raw, "t.xls", ("name", "emissions"))
    assert [row[0].hidden for row in sheet.rows] == [False, True, False, True]
    assert [header.hidden for header in sheet.headers] == [False, False, True, False, False]
    for cell in (sheet.rows[2][1], sheet.rows[2][3]):
        with pytest.raises(CellError):
            cell.parse()


def test_an_xls_that_is_an_xlsx_inside_is_read(sheet_of, book, as_bytes):
    assert texts(sheet_of(as_bytes(book), "t.xls")) == texts(sheet_of(PLAIN))


def test_a_comma_between_semicolons_is_asked_about_even_where_it_could_group(sheet_of):
    sheet = sheet_of("id;name;rate(%)\n450100;南宁;1,350\n")
    with pytest.raises(CellError) as caught:
        sheet.rows[0][2].parse()
    assert (caught.value.code, caught.value.values["meant"]) == ("decimal_comma", "1.350")


def test_ordinary_gb18030_names_are_not_taken_for_big5(sheet_of):
    names = ["漯河", "衢州", "亳州", "泸州", "儋州", "濮阳", "郴州", "滁州", "昌都", "那曲", "巴音郭楞", "鄂尔多斯"]
    text = "代码,地区,下降率(%)\n" + "".join(f"{n},{name},17\n" for n, name in enumerate(names))
    assert [row[1] for row in texts(sheet_of(text.encode("gb18030")))] == names


def test_formulas_of_other_sheets_do_not_matter(sheet_of, book, as_bytes):
    book.create_sheet("说明").append(["备注", "=1+1"])
    assert not sheet_of(as_bytes(book), "t.xlsx").findings


def test_hidden_and_empty_sheets_are_passed_over(sheet_of, book, as_bytes):
    for state in ("hidden", "veryHidden"):
        other = book.create_sheet(state)
        for row in (["id", "name", "rate"], ["1", "x", 0.5]):
            other.append(row)
        other.sheet_state = state
    book.create_sheet("空", 0)
    assert texts(sheet_of(as_bytes(book), "t.xlsx")) == texts(sheet_of(PLAIN))


def test_two_fitting_sheets_are_refused_by_name(sheet_of, refused, book, as_bytes):
    book.create_sheet("第二张").append(["id", "name", "rate"])
    (finding,) = refused(sheet_of, as_bytes(book), "t.xlsx")
    assert (finding.code, finding.values["sheets"]) == ("several_sheets", "下降率、第二张")
    assert "合到一张工作表" in finding.say("zh")
    assert "put all rows on one sheet" in finding.say("en")


def test_missing_columns_name_the_sheet_that_comes_nearest(sheet_of, refused, book, as_bytes):
    book.active["C1"] = "备注"
    book.create_sheet("别的").append(["甲", "乙"])
    (finding,) = refused(sheet_of, as_bytes(book), "t.xlsx")
    assert (finding.code, finding.place.sheet, finding.values["missing"]) == (
        "missing_columns",
        "下降率",
        (("下降率（rate）", "rate (下降率)"),),
    )
    assert "备注" in finding.values["found"]
    assert "缺少列：下降率（rate）。" in finding.say("zh")
    assert "columns are missing: rate (下降率)." in finding.say("en")


def test_an_empty_workbook_is_refused(sheet_of, refused, as_bytes):
    assert [f.code for f in refused(sheet_of, as_bytes(Workbook()), "t.xlsx")] == ["empty_file"]


def test_titles_merged_cells_and_empty_rows_are_passed_over(sheet_of, book, as_bytes):
    sheet = book.active
    sheet.insert_rows(1, 2)
    sheet["A1"] = "广西“十三五”下降率"
    sheet.merge_cells("A1:C1")
    sheet.insert_rows(5)
    read = sheet_of(as_bytes(book), "t.xlsx")
    assert texts(read) == texts(sheet_of(PLAIN))
    assert [row[0].place.cell for row in read.rows] == ["A4", "A6"]


@pytest.mark.parametrize("cell", ["A20001", "SG1", "OJ3"])
def test_sheets_beyond_all_bounds_are_refused_before_they_are_walked(
    sheet_of, refused, book, as_bytes, cell, monkeypatch
):
    monkeypatch.setattr(excel, "MAX_CELLS", 1000)
    book.active[cell] = 1
    (finding,) = refused(sheet_of, as_bytes(book), "t.xlsx")
    assert (finding.code, finding.place.sheet) == ("table_too_big", "下降率")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(sheet_of, refused, book, as_bytes, monkeypatch):
    stream = io.BytesIO(as_bytes(book))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(5_000_000))
    assert len(stream.getvalue()) < 50_000
    assert texts(sheet_of(stream.getvalue(), "t.xlsx")) == texts(sheet_of(PLAIN))
    monkeypatch.setattr(excel_scan, "MAX_UNPACKED", 4_000_000)
    assert [f.code for f in refused(sheet_of, stream.getvalue(), "t.xlsx")] == ["table_too_big"]


@pytest.mark.parametrize(("asked", "looked_into"), [(("下降率",), 1), ((), 2), (("下降率", "无此表"), 2)])
def test_only_the_sheets_asked_for_are_looked_into(book, as_bytes, monkeypatch, asked, looked_into):
    book.create_sheet("另表").append(["随便", 1])
    opened = []
    one = excel_scan.WorkbookScan.sheet
    monkeypatch.setattr(excel_scan.WorkbookScan, "sheet", lambda *each: opened.append(each[1]) or one(*each))
    grids = excel.read_workbook(as_bytes(book), "t.xlsx", asked)
    assert len(opened) == len(grids) == looked_into


@pytest.mark.parametrize("size", ['<dimension ref="A1"/>', "", '<y:dimension xmlns:y="y" ref="A1"/>'])
def test_a_sheet_that_nobody_asks_for_may_not_be_too_large_either(book, as_bytes, size, monkeypatch):
    monkeypatch.setattr(excel_scan, "MAX_ELEMENTS", 40_000)
    raw = io.BytesIO(as_bytes(book))
    with zipfile.ZipFile(raw, "a", zipfile.ZIP_DEFLATED) as archive:
        cells = "".join(f'<row r="{row}">{"<c/>" * 100}</row>' for row in range(1, 1001))
        archive.writestr("xl/worksheets/other.xml", f"<worksheet>{size}<sheetData>{cells}</sheetData></worksheet>")
    with zipfile.ZipFile(raw) as archive, pytest.raises(excel_scan.TooBigError):
        excel_scan.WorkbookScan(archive)


def test_entities_that_multiply_are_refused(sheet_of, refused, book, as_bytes):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 30}">' for n in range(1, 9))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>'.encode()
    raw = _with_cell(as_bytes(book), b"<worksheet", head + b"<worksheet")
    raw = _with_cell(raw, b"<v>17</v>", b"<v>&e8;</v>")
    assert [f.code for f in refused(sheet_of, raw, "t.xlsx")] == ["not_excel"]


@given(st.one_of(st.text(max_size=30), st.text("'=+-@\t\r\nA", max_size=8)))
def test_escaped_text_comes_back_and_never_runs(text):
    escaped = escape_text(text)
    assert unescape_text(escaped) == text
    assert not escaped.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_an_escaped_name_is_read_back(sheet_of):
    sheet = sheet_of(PLAIN.replace("南宁", escape_text("=cmd|' /C calc'!A0")))
    assert sheet.rows[0][1].text == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("text", "standard", "unit", "factor"),
    [
        ("emissions(万吨)", "emissions", "万吨", "1"),
        ("排放量（吨）", "emissions", "吨", "0.0001"),
        ("CO2 [Mt]", "emissions", "Mt", "100"),
        ("emissions (MtCO2)", "emissions", "MtCO2", "100"),
        ("emissions (tCO2)", "emissions", "tCO2", "0.0001"),
        ("碳排放量（万吨CO2）", "emissions", "万吨CO2", "1"),
        ("碳排放量（万吨 CO₂）", "emissions", "万吨 CO₂", "1"),
        ("碳排放量（亿吨二氧化碳）", "emissions", "亿吨二氧化碳", "10000"),
        ("GDP（万元）", "gdp", "万元", "0.0001"),
        ("地区生产总值\n（亿元）", "gdp", "亿元", "1"),
        ("gdp", "gdp", "", "1"),
        ("gdp()", "gdp", "", "1"),
        ("gdp(万吨)", "gdp", "万吨", None),
        ("二氧化碳排放量/万吨", "emissions", "万吨", "1"),
        ("emissions_吨", "emissions", "吨", "0.0001"),
        ("co2_emissions", "emissions", "", "1"),
        ("co2_emissions_kt", "emissions", "kt", "0.1"),
        ("GDP，亿元", "gdp", "亿元", "1"),
        ("GDP/亿元，2015年价", "gdp", "亿元，2015年价", "1"),
        ("地区生产总值（亿元，2015年价）", "gdp", "亿元，2015年价", "1"),
        ("地区生产总值（2015年不变价，万元）", "gdp", "2015年不变价，万元", "0.0001"),
        ("地区生产总值（亿元人民币）", "gdp", "亿元人民币", "1"),
        ("排放量（mt）", "emissions", "mt", None),
        ("emissions_MT", "emissions", "MT", None),
        ("城市名称", "name", "", "1"),
        ("City_Code", "id", "", "1"),
        ("gdp_current", "", "", "1"),
        ("name_en", "name_en", "", "1"),
        ("growth_margin", "growth_margin", "", "1"),
        ("工资/元", "", "", "1"),
        ("growth(%)", "growth", "%", None),
        ("下降率（％）", "rate", "％", "0.01"),
        ("rate(‰)", "rate", "‰", None),
        ("id(x)", "id", "x", None),
        ("随便（元）", "", "元", None),
    ],
)
def test_headers(text, standard, unit, factor):
    header = parse_header(text)
    assert (header.standard, header.unit) == (standard, unit)
    assert (None if header.factor is None else f"{header.factor:f}") == factor


def test_every_unit_belongs_to_a_standard_column():
    assert set(UNITS) <= {
        *STANDARD,
        *(
            one
            for names in (TRACKING, OFFSETS, GDP, CAPS, DRAWS, ENERGY_ENDS, COSTS, POPULATION, *NUMERATORS.values())
            for one in names.values()
        ),
    }


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=80).map(str.encode)), st.booleans())
def test_any_bytes_are_a_table_or_a_refusal(attempt, tmp_path_factory, raw, attach):
    path = tmp_path_factory.mktemp("fuzz", numbered=True) / "t.csv"
    path.write_bytes(PLAIN.encode() + raw if attach else raw)
    attempt(read_sheet, path, NEEDED)


def test_a_damaged_workbook_is_a_table_or_a_refusal(attempt, tmp_path, table):
    raw, path, chance = table.xlsx(), tmp_path / "t.xlsx", random.Random(2)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for n in range(120):
        damaged = dict(parts)
        if n % 3:
            name = chance.choice(sorted(parts))
            damaged[name] = _damage(damaged[name], chance)
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w") as archive:
                for name, content in damaged.items():
                    archive.writestr(name, content)
            path.write_bytes(stream.getvalue())
        else:
            path.write_bytes(_damage(raw, chance))
        if result := attempt(read_sheet, path, ("id",)):
            for cell in (cell for row in result[0].rows for cell in row):
                with contextlib.suppress(CellError):
                    assert cell.parse()[0].is_finite()


def _damage(raw, chance):
    at = chance.randrange(len(raw))
    return raw[:at] + chance.randbytes(chance.randrange(4)) + raw[at + chance.randrange(20) :]
