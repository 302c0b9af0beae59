"""The pages on published splits say what the program gives today."""

import csv
import sys
from fractions import Fraction

import pytest
import typer

from scenarios.load import bundled_cases, find_scenario, load_scenario
from tests.docs import evidence


@pytest.fixture(scope="module")
def found():
    return evidence.splits()


def test_the_pages_are_as_they_would_be_written(found):
    assert evidence.stale(found) == [], "run .venv/bin/python tests/docs/evidence.py"


def test_every_case_of_a_published_split_is_on_the_page():
    with_tables = {case for case in bundled_cases() if "published" in load_scenario(case).file.tables}
    assert with_tables == {*evidence.CASES}


def by_hand(case):
    """Return the means of the published rates of a case, plain and weighted by emissions, from its files alone."""
    folder = find_scenario(case).parent
    texts = [(folder / f"{name}.csv").read_text("utf-8") for name in ("regions", "published")]
    rows, rates = ([*csv.DictReader(text.splitlines())] for text in texts)
    emissions, cuts = [Fraction(r["emissions(万吨)"]) for r in rows], [Fraction(r["rate(%)"]) for r in rates]
    assert [r["name"] for r in rows] == [r["name"] for r in rates]
    return sum(cuts) / len(cuts), sum(e * r for e, r in zip(emissions, cuts, strict=True)) / sum(emissions)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_figures_of_the_table_are_those_of_the_files(language):
    implied = {"guangxi-13fyp": "14.73", "zhejiang-13fyp": "22.13", "shandong-13fyp": "22.01",
               "jiangsu-12fyp": "18.18", "provinces-12fyp": "16.20", "eu-2030": "39.91"}  # fmt: skip
    lines = evidence.PAGES[language].read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "| `published` |" in line]
    assert {row[0].strip("`"): row[6].strip("*") for row in rows} == implied
    for row in rows:
        assert [f"{float(mean):.2f}" for mean in by_hand(row[0].strip("`"))] == row[4:6]


def test_a_page_that_is_not_up_to_date_is_told(found, tmp_path, monkeypatch):
    monkeypatch.setattr(evidence, "PAGES", {"en": tmp_path / "evidence.md"})
    assert evidence.stale(found) == ["evidence.md"]
    text = evidence.page(found, "en")
    chapter = f"\n{evidence.CHAPTER['en']}\n" if evidence.can_explain() else ""
    (tmp_path / "evidence.md").write_text(text + chapter, "utf-8")
    assert evidence.stale(found) == []
    (tmp_path / "evidence.md").write_text(text.replace("14.73", "17.00") + chapter, "utf-8")
    assert evidence.stale(found) == ["evidence.md"]
    monkeypatch.setattr(sys, "argv", ["evidence.py", "--check"])
    monkeypatch.setattr(evidence, "splits", lambda: found)
    with pytest.raises(SystemExit) as left:
        evidence.main()
    assert left.value.code == 1


def test_the_chapter_is_what_the_command_says(found, tmp_path, monkeypatch):
    stand_in = typer.Typer()

    @stand_in.command()
    def explain(case: str, table: str, lang: str = typer.Option("zh", "--lang")):
        print(f"title\n{case} {table} in {lang}: not explained\n\nranges")

    @stand_in.command()
    def other():
        """Two commands, so that the first goes by its name."""

    said = evidence.page(found, "en")
    monkeypatch.setattr(evidence, "app", stand_in)
    assert evidence.can_explain()
    english, chinese = evidence.explained("en"), evidence.explained("zh")
    assert "```text\ntitle\nguangxi-13fyp published in en: not explained\n\nranges\n```" in english
    assert "- `eu-2030` `gdp-per-head`：eu-2030 gdp-per-head in zh: not explained\n\n" in chinese
    assert "ranges" not in chinese
    monkeypatch.setattr(evidence, "PAGES", {"en": tmp_path / "evidence.md"})
    monkeypatch.setattr(evidence, "page", lambda found, language: said)
    (tmp_path / "evidence.md").write_text(said, "utf-8")
    assert evidence.stale(found) == ["evidence.md"]  # the chapter is missing
    (tmp_path / "evidence.md").write_text(f"{said}\n{english}", "utf-8")
    assert evidence.stale(found) == []
