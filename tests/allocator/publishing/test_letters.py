"""`letters`: what it writes, what it refuses, and what it leaves alone."""

import hashlib
import json
import shutil

import docx
import pytest
from pptx import Presentation
from typer.testing import CliRunner

from allocator.cli import app
from allocator.output.folder import is_output
from reports.letters.docx_file import lines

runner = CliRunner()


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans") / "three"
    assert run("plan", "three-cities", "--out", folder).exit_code == 0
    return folder


def test_a_letter_each_and_one_of_all_in_both_languages(made, tmp_path):
    out = tmp_path / "letters"
    result = run("letters", made, "--out", out, "--no-pdf", "--contact", "张三 0771-1234567")
    assert result.exit_code == 0, result.stderr
    assert "已写出 3 封函和合订本 letters-zh.docx" in result.stdout
    assert "PDF" not in result.stdout
    names = ["letters-zh.docx", "letters.json", "zh-1-甲市.docx", "zh-2-乙市.docx", "zh-3-丙市.docx"]
    assert sorted(path.name for path in out.iterdir()) == names
    assert any("张三 0771-1234567" in line for line in lines((out / "zh-2-乙市.docx").read_bytes()))
    english = run("letters", made, "--out", out, "--no-pdf", "--lang", "en", "--json")
    document = json.loads(english.stdout)
    assert (document["letters"], document["merged"], document["pdf"]) == (3, "letters-en.docx", None)
    listed = json.loads((out / "letters.json").read_text("utf-8"))
    plan = json.loads((made / "plan.json").read_text("utf-8"))
    assert listed["plan"] == document["plan"] == plan["provenance"]["digest"]["whole"]
    assert len(listed["files"]) == 8
    for name, digest in listed["files"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    assert is_output(out)


def test_a_province_that_is_not_named_is_called_the_province(guangxi_folder, tmp_path):
    file, made = guangxi_folder / "scenario.yaml", tmp_path / "plan"
    text = file.read_text("utf-8")
    head, rest = text[: text.index("province:")], text[text.index("period:") :]
    file.write_text(head.replace("广西", "某省") + rest, "utf-8")
    assert run("plan", file, "--out", made).exit_code == 0
    plan = json.loads((made / "plan.json").read_text("utf-8"))
    assert plan["province"]["name"] == {"zh": "全省", "en": "the province"}
    for language, said in (
        ("zh", "按全省目标，2020 年全省碳排放强度比 2015 年"),
        ("en", "The target of the province for 2020 is:"),
    ):
        out = tmp_path / language
        assert run("letters", made, "--out", out, "--no-pdf", "--lang", language).exit_code == 0
        assert sum(said in line for line in lines((out / f"letters-{language}.docx").read_bytes())) == 14
        assert run("slides", made, "--out", out / "slides", "--lang", language).exit_code == 0
        shown = Presentation(out / "slides" / f"slides-{language}.pptx").slides
        tables = [
            [[c.text for c in r.cells] for r in s.table.rows] for page in shown for s in page.shapes if s.has_table
        ]
        years = next(rows for rows in tables if rows[0][-1] == "2020")
        assert years[-1][0] == plan["province"]["name"][language]


def test_a_letter_that_somebody_changed_is_not_written_over(made, tmp_path):
    out = tmp_path / "letters"
    assert run("letters", made, "--out", out, "--no-pdf").exit_code == 0
    letter = docx.Document(out / "zh-2-乙市.docx")
    letter.paragraphs[0].add_run("（修改）")
    letter.save(out / "zh-2-乙市.docx")
    before = (out / "zh-2-乙市.docx").read_bytes()
    again = run("letters", made, "--out", out, "--no-pdf")
    assert again.exit_code == 2
    assert "zh-2-乙市.docx" in again.stderr
    assert (out / "zh-2-乙市.docx").read_bytes() == before


def test_letters_of_another_plan_take_the_place_of_the_older(made, tmp_path):
    out, other = tmp_path / "letters", tmp_path / "other"
    assert run("letters", made, "--out", out, "--no-pdf").exit_code == 0
    assert run("plan", "guangxi-13fyp", "--out", other).exit_code == 0
    assert run("letters", other, "--out", out, "--no-pdf").exit_code == 0
    assert not (out / "zh-1-甲市.docx").exists()
    assert (out / "zh-01-南宁.docx").exists()


def test_the_template_goes_out_and_comes_back(made, tmp_path):
    file, out = tmp_path / "函.docx", tmp_path / "letters"
    saved = run("letters", made, "--save-template", file)
    assert saved.exit_code == 0
    assert "{{ }}" in saved.stdout
    assert run("letters", made, "--save-template", file).exit_code == 2
    document = docx.Document(file)
    place = next(p for p in document.paragraphs if p.text == "{{ whom }}：")
    place.add_run("（传真）")
    document.save(file)
    assert run("letters", made, "--template", file, "--out", out, "--no-pdf").exit_code == 0
    assert "甲市人民政府：（传真）" in lines((out / "zh-1-甲市.docx").read_bytes())
    wrong = run("letters", made, "--template", made / "allocation.xlsx", "--out", out, "--no-pdf")
    assert wrong.exit_code == 2
    assert "allocation.xlsx" in wrong.stderr


def test_without_libreoffice_a_sentence(made, tmp_path, monkeypatch):
    monkeypatch.setenv("SOFFICE_PATH", "no-such-program")
    result = run("letters", made, "--out", tmp_path / "a")
    assert result.exit_code == 0
    assert "本机没有找到 LibreOffice" in result.stdout
    failing = shutil.which("false")
    monkeypatch.setenv("SOFFICE_PATH", failing)
    result = run("letters", made, "--out", tmp_path / "b", "--lang", "en")
    assert result.exit_code == 0
    assert "LibreOffice did not convert it" in result.stdout


@pytest.mark.libreoffice
def test_one_pdf_of_all(made, tmp_path, libreoffice_path):
    result = run("letters", made, "--out", tmp_path / "a")
    assert result.exit_code == 0
    assert "letters-zh.pdf" in result.stdout
    assert (tmp_path / "a" / "letters-zh.pdf").read_bytes().startswith(b"%PDF")


def test_a_plan_that_does_not_back_gets_no_letters(made, tmp_path):
    from reports.seal import seal

    content = json.loads((made / "plan.json").read_text("utf-8"))
    content["province"]["checks"]["rule x"] = False
    content["provenance"]["digest"] = seal(content).model_dump()
    (tmp_path / "plan.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    result = run("letters", tmp_path / "plan.json", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_english_papers_name_prefectures_in_pinyin_and_say_so(tmp_path, guangxi_folder):
    table = guangxi_folder / "regions.csv"
    header, *rows = [line.split(",") for line in table.read_text("utf-8").splitlines()]
    place = header.index("name_en")
    kept = [[cell for n, cell in enumerate(row) if n != place] for row in (header, *rows)]
    table.write_text("\n".join(map(",".join, kept)) + "\n", "utf-8")
    assert run("plan", guangxi_folder, "--out", tmp_path / "plan").exit_code == 0
    result = run("letters", tmp_path / "plan", "--lang", "en", "--no-pdf", "--out", tmp_path / "letters")
    assert result.exit_code == 0
    assert "14 regions have no English name in the table" in result.stderr
    text = lines((tmp_path / "letters" / "en-06-Fangchenggang.docx").read_bytes())
    assert text[0] == "Fangchenggang: carbon intensity target for 2016–2020"
    assert any(line.startswith("Fangchenggang: target 19 %") for line in text)
    slides = run("slides", tmp_path / "plan", "--lang", "en", "--out", tmp_path / "slides")
    assert "14 regions have no English name in the table" in slides.stderr
    published = run("publish", tmp_path / "plan", "--lang", "en", "--format", "md", "--out", tmp_path / "table")
    assert published.exit_code == 0, published.stderr
    assert "14 regions have no English name in the table" in published.stderr
    assert "| 6 | Fangchenggang | 19.0 |" in (tmp_path / "table" / "table-en.md").read_text("utf-8")
    page = (tmp_path / "plan" / "report.html").read_text("utf-8")
    assert page.count("Fangchenggang") > 5
    assert "14 regions have no English name in the table" in page
    quiet = run("letters", tmp_path / "plan", "--no-pdf", "--out", tmp_path / "zh")
    assert quiet.stderr == ""


def test_a_table_agreed_by_hand_has_letters_and_slides(made, tmp_path):
    """甲市 takes half a point more than computed, and its letter says that it was agreed."""
    regions = json.loads((made / "plan.json").read_text("utf-8"))["regions"]
    rates = {region["name"]: region["published_rate"] * 100 for region in regions}
    rates["甲市"] += 0.5
    table = tmp_path / "agreed.csv"
    table.write_text("地区,下降目标（%）\n" + "".join(f"{name},{rate:.1f}\n" for name, rate in rates.items()), "utf-8")
    told = ("--table", table, "--scenario", "three-cities")
    result = run("letters", *told, "--no-pdf", "--out", tmp_path / "letters")
    assert result.exit_code == 0, result.stderr
    text = lines(next((tmp_path / "letters").glob("zh-1-*.docx")).read_bytes())
    assert "你市的目标：2030 年碳排放强度比 2025 年下降 15.5%。" in text
    assert "目标须在 10%—25% 之间，按 0.5 个百分点取整。你市的目标为商定值，不由测算得出。" in text
    assert not [line for line in text if "取整 +" in line or "取整 \N{MINUS SIGN}" in line]
    shown = run("slides", *told, "--out", tmp_path / "slides")
    assert shown.exit_code == 0, shown.stderr
    assert (tmp_path / "slides" / "slides-zh.pptx").is_file()
    # one that does not back gets neither, and a plan and a table at once are asked about
    table.write_text("地区,下降目标（%）\n" + "".join(f"{name},10.0\n" for name in rates), "utf-8")
    assert run("letters", *told, "--out", tmp_path / "none").exit_code == 1
    assert run("slides", made, *told, "--out", tmp_path / "none").exit_code == 2
    assert not (tmp_path / "none").exists()
