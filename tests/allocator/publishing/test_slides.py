"""`slides`: what it writes, which sweep it shows, and what it refuses."""

import io
import json
import shutil

import pytest
from pptx import Presentation
from typer.testing import CliRunner

from allocator.cli import app
from allocator.output.folder import is_output

runner = CliRunner()


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans") / "guangxi"
    assert run("plan", "guangxi-13fyp", "--out", folder).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def swept(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sweeps") / "sweep"
    assert run("sweep", "guangxi-13fyp", "--samples", "64", "--out", folder).exit_code == 0
    return folder


def titles(folder, language="zh"):
    raw = (folder / f"slides-{language}.pptx").read_bytes()
    return [page.shapes.title.text_frame.text for page in Presentation(io.BytesIO(raw)).slides]


def test_both_languages_in_one_folder(made, tmp_path):
    out = tmp_path / "slides"
    result = run("slides", made, "--out", out)
    assert result.exit_code == 0, result.stderr
    assert "已写出 6 张幻灯片 slides-zh.pptx" in result.stdout
    english = json.loads(run("slides", made / "plan.json", "--out", out, "--lang", "en", "--json").stdout)
    assert (english["slides"], english["sweep"], list(english["files"])) == (6, False, ["slides-en.pptx"])
    assert sorted(path.name for path in out.iterdir()) == ["slides-en.pptx", "slides-zh.pptx", "slides.json"]
    assert "没有这份方案的权重敏感性分析" in result.stdout
    assert is_output(out)


def test_a_sweep_that_is_named_or_found(made, swept, tmp_path):
    assert run("slides", made, "--sweep", swept, "--out", tmp_path / "a").exit_code == 0
    named = titles(tmp_path / "a")[4]
    assert "个类别稳定" in named
    beside = shutil.copytree(made, tmp_path / "plan")
    shutil.copytree(swept, beside / "sweep")
    assert run("slides", beside, "--out", tmp_path / "b").exit_code == 0
    assert titles(tmp_path / "b")[4] == named


def test_a_sweep_names_its_regions_as_the_slides_do(tmp_path, guangxi_folder):
    table = guangxi_folder / "regions.csv"
    header, *rows = [line.split(",") for line in table.read_text("utf-8").splitlines()]
    kept = [[cell for n, cell in enumerate(row) if n != header.index("name_en")] for row in (header, *rows)]
    table.write_text("\n".join(map(",".join, kept)) + "\n", "utf-8")
    folder = tmp_path / "plan"
    assert run("plan", guangxi_folder, "--out", folder).exit_code == 0
    assert run("sweep", guangxi_folder, "--samples", "64", "--out", folder / "sweep").exit_code == 0
    assert run("slides", folder, "--lang", "en", "--out", tmp_path / "slides").exit_code == 0
    page = list(Presentation(io.BytesIO((tmp_path / "slides" / "slides-en.pptx").read_bytes())).slides)[4]
    chart = next(shape.chart for shape in page.shapes if shape.has_chart)
    assert str(chart.plots[0].categories[0]).splitlines() == ["Liuzhou", "24.0"]
    assert not any(
        "\u4e00" <= c <= "\u9fff" for shape in page.shapes if shape.has_text_frame for c in shape.text_frame.text
    )


def test_a_sweep_of_another_plan_is_refused(swept, tmp_path):
    other = tmp_path / "other"
    assert run("plan", "guangxi-13fyp", "--set", "bounds.upper=22%", "--out", other).exit_code == 0
    result = run("slides", other, "--sweep", swept, "--out", tmp_path / "a")
    assert result.exit_code == 2
    assert "不是对这个方案作的" in result.stderr
    assert not (tmp_path / "a").exists()


def test_slides_that_somebody_changed_are_not_written_over(made, tmp_path):
    out = tmp_path / "slides"
    assert run("slides", made, "--out", out).exit_code == 0
    file = out / "slides-zh.pptx"
    shown = Presentation(file)
    shown.slides[0].shapes.title.text_frame.text = "改过的题目"
    shown.save(file)
    before = file.read_bytes()
    assert run("slides", made, "--out", out).exit_code == 2
    assert file.read_bytes() == before
