"""The pages of the docs: links and pictures that are there, words that the program uses, figures that it gives."""

import io
import json
import re
import unicodedata
import zipfile
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from typer.testing import CliRunner

from allocator.app.desk import Desk
from allocator.app.server import web
from allocator.app.view import table
from allocator.cli import app
from allocator.negotiating.negotiate import settled
from allocator.planning.plan import plan
from allocator.sweeping.options import SweepOptions
from allocator.sweeping.sweep import sweep
from reports.sweeping.sentences import headline, sweep_statements
from scenarios.load import load_scenario
from tests.docs.example import AGREED, DOCS, PAGES, ROOT, agreed, filled, rows, template, written
from tests.docs.shown import SCRIPT, SHOWN, shown

CHINESE = sorted((DOCS / "zh").glob("*.md"))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
MOST_LINES, MOST_BYTES, MOST_OF_ALL = 150, 150_000, 2_000_000
HERE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def slug(head):
    """Return the anchor of a header, as GitHub makes it."""
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", head).strip().lower()
    kept = (sign for sign in plain if sign in " -_" or unicodedata.category(sign)[0] in "LN")
    return "".join(kept).replace(" ", "-")


def anchors(page):
    return {slug(head) for head in re.findall(r"^#+ (.+)$", CODE.sub("", page.read_text("utf-8")), re.MULTILINE)} | {
        slug(head) for head in re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    }


def links(page):
    """Return the files that a page leads to, with the place in each."""
    for target in LINK.findall(CODE.sub("", page.read_text("utf-8"))):
        if not re.match(r"https?:", target):
            name, _, anchor = target.partition("#")
            yield (page.parent / name).resolve() if name else page, anchor


@HERE
def test_links_lead_somewhere(page):
    for file, anchor in links(page):
        assert file.exists(), file
        assert not anchor or anchor in anchors(file), f"{file.name}#{anchor}"


def test_the_chinese_readme_leads_to_the_chinese_guide_and_nowhere_else():
    found = {file.relative_to(ROOT).as_posix() for file, _ in links(ROOT / "README.zh.md")}
    assert found - {"README.md", "CITATION.cff", "docs/images/report-guangxi.png"} == {"docs/zh/README.md"}
    text = (ROOT / "README.zh.md").read_text("utf-8")
    assert re.findall(r"docs/(?!zh/|images/)\w+\.md", text) == []


@pytest.mark.parametrize("index", [DOCS / "README.md", DOCS / "zh" / "README.md"], ids=["en", "zh"])
def test_an_index_leads_to_every_page(index):
    assert {*index.parent.glob("*.md")} - {index} <= {file for file, _ in links(index)}


@pytest.mark.parametrize("page", CHINESE, ids=lambda page: page.stem)
def test_a_page_of_the_guide_is_short(page):
    assert len(page.read_text("utf-8").splitlines()) <= MOST_LINES


def test_pictures_are_small_and_named():
    pictures = {*(DOCS / "images").glob("*.png")}
    assert pictures == {file for page in PAGES for file, _ in links(page) if file.suffix == ".png"}
    sizes = {picture.name: picture.stat().st_size for picture in pictures}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
    assert sum(sizes.values()) <= MOST_OF_ALL
    assert {picture.stem for picture in pictures} == {*json.loads(SHOWN.read_text("utf-8"))} - {SCRIPT}


def test_pictures_show_what_is_there_now():
    then, now = json.loads(SHOWN.read_text("utf-8")), shown()
    assert [name for name in now if now[name] != then.get(name)] == [], "run .venv/bin/python tests/docs/pictures.py"


@pytest.fixture(scope="module")
def words():
    """Return the texts of the program: catalogues, templates of pages and workbooks, and the headers of the example."""
    folders = [ROOT / "reports" / "words", ROOT / "scenarios" / "findings", ROOT / "scenarios" / "file" / "book"]
    files = [path for folder in folders for path in folder.rglob("*.py")]
    files += (ROOT / "reports").glob("templates/**/*.yaml")
    return "\n".join([*(path.read_text("utf-8") for path in files), *map(str, rows()[0])])


@pytest.mark.parametrize("page", CHINESE, ids=lambda page: page.stem)
def test_words_between_corners_are_the_program_s(page, words, workbook_words):
    """「…」 is what the reader looks for on the page, in the workbook or in a paper."""
    found = re.findall("「([^」]+)」", page.read_text("utf-8"))
    missing = [text for text in found if text not in words and text not in workbook_words]
    assert missing == [], f"{page.name}: the program says otherwise"


@pytest.fixture(scope="module")
def workbook_words(tmp_path_factory):
    book = openpyxl.load_workbook(io.BytesIO(template(tmp_path_factory.mktemp("words"))))
    return "\n".join(
        [*book.sheetnames, *(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value)]
    )


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """Return the workbook of the first hour."""
    folder = tmp_path_factory.mktemp("example")
    return written(folder, filled(template(folder / "own")))


def figures(page, table=0):
    """Return the rows of a table of a page, cells as text."""
    tables = re.findall(r"(?:^\|.*\n)+", (DOCS / page).read_text("utf-8"), re.MULTILINE)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in tables[table].splitlines()[2:]]


def test_the_first_hour_gives_what_the_page_says(example):
    regions = plan(load_scenario(example)).record.regions
    given = [[f"{r.score:.4f}", *(f"{value * 100:.2f}" for value in (r.reference_rate, r.rate)),
              f"{r.published_rate * 100:.1f}"] for r in regions]  # fmt: skip
    assert figures("zh/first-hour.md", 2) == [[r.name, *row] for r, row in zip(regions, given, strict=True)]
    english = [[r.label("en"), *row] for r, row in zip(regions, given, strict=True)]
    assert figures("first-hour.md") == english
    inputs = [[name, f"{e}", f"{y}", f"{g:.2f}"] for _, name, _, e, y, g, *_ in rows()[1:]]
    assert figures("zh/first-hour.md", 1) == inputs


def test_a_rate_that_is_given_moves_the_others_as_the_pages_say(example, tmp_path):
    moved = said("negotiate", example, "--fix", "中川市=12%", "--out", tmp_path / "a")
    assert all(
        figure in moved for figure in ("−13.57 万吨", "−9.97 万吨", "−5.76 万吨", "−4.09 万吨", "33.38 万吨", "17.03%")
    )
    moved = said("negotiate", example, "--fix", "南湖市=16%", "--out", tmp_path / "b")
    texts = ("−25.13 万吨", "+11.61 万吨", "+8.53 万吨", "+3.50 万吨", "+1.50 万吨", "22.00% → 22.50%")
    assert all(figure in moved for figure in texts)
    assert "33.25 万吨" in said("prices", example, "--region", "南湖市")


def test_page_and_letters_say_the_same_change(example):
    scenario = load_scenario(example)
    city = dict(zip(scenario.regions.names, scenario.regions.ids, strict=True))["中川市"]
    made = settled(scenario, {city: Decimal("0.12")})
    shown = table(made, None, None, "zh")
    column = shown["head"].index("测算值变化（百分点）") - 1
    changes = {row["name"]: row["cells"][column] for row in shown["rows"]}
    # 21.795 - 22.023 and so on are printed 21.80 and 22.02: what stands beside them is their difference as printed
    assert changes == {"东山市": "−0.22", "西河市": "−0.19", "南湖市": "−0.18", "北岭市": "−0.14", "中川市": "+1.98"}
    for region in made.plan.record.regions:
        points = changes[region.name].lstrip("−")
        said = (
            f"相差 {points} 个"
            if region.name == "中川市"
            else f"因部分地区为商定值，为使合计恰好达到总目标，本地区下调 {points} 个"
        )
        assert said in region.reason.zh
    assert "比各地区同降所需的 17.73% 低 0.97 个百分点" in made.plan.record.regions[2].reason.zh


def test_the_table_agreed_on_is_short_by_what_the_pages_say(example, tmp_path):
    table = tmp_path / "agreed.xlsx"
    table.write_bytes(agreed())
    assert "16.80%，总目标为 17.00%，缺 0.20 个百分点（38.7 万吨）" in said("verify", example, table, code=1)
    cities = [(e, y, Fraction(str(g)), Fraction(AGREED[name]) / 100) for _, name, _, e, y, g, *_ in rows()[1:]]
    assert f"{float(fall(cities)) * 100:.2f}" == "16.80"


def test_the_cells_that_the_pages_name_hold_what_they_say(tmp_path):
    settings = openpyxl.load_workbook(io.BytesIO(template(tmp_path)))["设置"]
    named = [row[:2] for row in figures("zh/first-hour.md")]
    named += re.findall(r"(「公布·[^」]+」)（(C\d+)）", (DOCS / "zh" / "publishing.md").read_text("utf-8"))
    assert len(named) >= 8
    assert [settings[f"A{cell[1:]}"].value for _, cell in named] == [item.strip("「」") for item, _ in named]


def test_the_archive_of_the_first_hour_holds_what_the_page_lists(example, tmp_path):
    desk = Desk.open(str(example), folder=tmp_path / "rounds")
    asked = {"settings": desk.own.model_dump(mode="json"), "formats": ["docx"], "language": "zh", "profile": "both"}
    answer = web(desk, "zh").test_client().post("/zh/publish/files", json=asked, headers={"Host": "localhost"})
    named = re.search(r"filename=(\S+)", answer.headers["Content-Disposition"])
    assert f"压缩包 {named[1]}" in (DOCS / "zh" / "first-hour.md").read_text("utf-8")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert {*archive.namelist()} == {row[0] for row in figures("zh/first-hour.md", 3)}


def test_other_weights_give_what_the_pages_say(example, tmp_path):
    desk = Desk.open(str(example), folder=tmp_path / "rounds")
    agreed_on = desk.own.model_copy(update={"fixes": {"990500": 12}})
    record = sweep(desk.of_plan(agreed_on, lambda plan: plan.scenario), SweepOptions(samples=10_000)).record
    page, questions, limits = (
        (DOCS / "zh" / f"{n}.md").read_text("utf-8") for n in ("sensitivity", "questions", "limits")
    )
    assert f"> {headline(record, 'zh')}\n" in page
    for found in (
        "东山市（第一类，96.9%）",
        "西河市与南湖市（前者较高的样本占 72.6%）",
        "把 18.6 个百分点的权重从能力转到潜力",
    ):
        assert any(found in line for line in sweep_statements(record, "zh")), found
    assert "东山市（第一类，96.9%）" in page
    assert "把 18.6 个百分点的权重从能力转到潜力" in page
    assert "前者较高的样本占 72.6%" in questions
    assert "东山市在 96.9% 的权重下都是第一类" in limits


def said(*words, code=0):
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done.output


def fall(cities):
    """Return by how much the province's intensity falls: emissions, GDP, growth and rate of each city."""
    then = sum(e * g * (1 - r) for e, _, g, r in cities) / sum(y * g for _, y, g, _ in cities)
    return 1 - then / Fraction(sum(e for e, *_ in cities), sum(y for _, y, *_ in cities))


def test_the_two_cities_come_to_what_the_reader_reckons():
    """The example on one's fingers, in numbers.md and questions.md."""

    def of(first, second):
        return fall([(300, 100, Fraction(3, 2), Fraction(first, 100)), (100, 100, 1, Fraction(second, 100))])

    assert (of(0, 0), of(20, 20), of(30, 15), of(22, 14)) == (
        Fraction(-10, 100), Fraction(12, 100), Fraction(20, 100), Fraction(126, 1000))  # fmt: skip
    assert of(Fraction(300, 11), Fraction(300, 11)) == Fraction(20, 100)  # 27.27 %
    text = (DOCS / "zh" / "numbers.md").read_text("utf-8")
    assert all(figure in text for figure in ("升了 10%", "全省只有 12%", "27.27%", "正好 20%", "只降 12.6%"))
