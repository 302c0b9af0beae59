"""What a scenario says of its published table, as YAML and as a workbook, is what `publish` writes."""

import docx
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from reports.publishing.formats import FORMATS

runner = CliRunner()

SAID = """publish:
  grid: 0.5 points
  columns: [annual]
  notes:
    - {zh: 中央企业不计入, en: central enterprises are apart}
  paper: {mark: 附件3, title_font: 方正小标宋_GBK, table_size: 12}
"""


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def folder(guangxi_folder):
    file = guangxi_folder / "scenario.yaml"
    file.write_text(file.read_text("utf-8").replace("publish: {grid: 0.5 points}\n", SAID), "utf-8")
    return guangxi_folder


@pytest.mark.parametrize("book", [False, True])
def test_the_circular_is_as_the_scenario_says(book, folder, tmp_path):
    source, out = folder, tmp_path / "out"
    if book:
        source = tmp_path / "scenario.xlsx"
        saved = run("check", folder, "--save-as", source)
        assert saved.exit_code == 0, saved.stderr
    assert run("plan", source, "--out", tmp_path / "plan").exit_code == 0
    done = run("publish", tmp_path / "plan", "--format", "docx", "--out", out)
    assert done.exit_code == 0, done.stderr
    (grid,) = FORMATS["docx"].read(out / "table-zh.docx", "zh")
    assert grid[0] == ("序号", "地区", "下降目标（%）", "年均下降（%）")
    assert grid[-1] == ("", "全区", "17.0", "3.66")  # 1 − 0.83^(1/5)
    document = docx.Document(out / "table-zh.docx")
    assert document.paragraphs[0].text == "附件3"
    assert document.paragraphs[-1].text == "注：中央企业不计入。"
    assert document.tables[0].rows[1].cells[0].paragraphs[0].runs[0].font.size.pt == 12
    assert (out / "verification-zh.docx").is_file()
    chosen = run("publish", tmp_path / "plan", "--format", "docx", "--columns", "-", "--out", tmp_path / "other")
    assert chosen.exit_code == 0
    assert FORMATS["docx"].read(tmp_path / "other" / "table-zh.docx", "zh")[0][0] == ("序号", "地区", "下降目标（%）")


def test_the_full_table_where_the_scenario_wants_it(folder, tmp_path):
    done = run("plan", folder, "--set", "publish.profile=full", "--out", tmp_path / "plan")
    assert done.exit_code == 0, done.stderr
    assert run("publish", tmp_path / "plan", "--format", "md", "--out", tmp_path / "out").exit_code == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["proof.json", "publish.json", "table-zh.md"]
    assert "复核结论" in (tmp_path / "out" / "table-zh.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("publish.profile=letter", "circular"),
        ("publish.paper.title_size=200", "72"),
        ("publish.columns=[rate]", "rate"),
    ],
)
def test_what_cannot_be(said, code, folder, tmp_path):
    done = run("plan", folder, "--set", said, "--out", tmp_path / "plan")
    if done.exit_code == 0:  # which columns there are the table says
        done = run("publish", tmp_path / "plan", "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert code in done.stderr


def test_fonts_that_are_missing_are_named_with_their_stand_in(folder, tmp_path, monkeypatch):
    from reports.publishing import fonts

    said = {"fc-list": "Noto Serif CJK SC\nSimHei,黑体\nFangSong\n", "fc-match": "Noto Serif CJK SC"}
    monkeypatch.setattr(fonts, "_asked", lambda program, *_: said[program])
    monkeypatch.setattr(fonts.sys, "platform", "linux")
    assert run("plan", folder, "--out", tmp_path / "plan").exit_code == 0
    done = run("publish", tmp_path / "plan", "--format", "docx", "--out", tmp_path / "out")
    assert "没有字体“方正小标宋_GBK”，显示时由“Noto Serif CJK SC”代替" in done.stdout
    assert "“仿宋”" not in done.stdout  # installed as FangSong
    assert "“黑体”" not in done.stdout
    quiet = run("publish", tmp_path / "plan", "--format", "md", "--out", tmp_path / "other")
    assert "没有字体" not in quiet.stdout
    monkeypatch.setattr(fonts, "_asked", lambda program, *_: None)
    assert "没有字体" not in run("publish", tmp_path / "plan", "--format", "docx", "--out", tmp_path / "third").stdout
