"""Offsets of projects, by hand and against figures computed apart from this program (offset, 16)."""

import json
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.tracking.track import track
from reports.tracking.offsets import offset_statements
from reports.tracking.sheet import progress_sheet
from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.tracking.offsets import OffsetProject, OffsetSource, read_offsets
from tests.allocator.tracking.test_levels import ACTUAL

HEADER = "project,region,emissions(万吨),ratio,start,source,source_region,amount(万吨),year"
COVERED = ("石化,丙市,60,1.2,2028,旧炉关停,丁市,40,2026", "石化,,,,,余热利用,丙市,35,2028")
SHORT = ("水泥,乙市,60,1.2,2028,窑改造,乙市,65,2027", "水泥,,,,,光伏,辛市,20,2029")


@pytest.fixture
def table(tmp_path):
    def make(*rows, header=HEADER):
        path = tmp_path / "offsets.csv"
        path.write_text("\n".join([header, *rows]), "utf-8")
        return path

    return make


@pytest.fixture
def read(table, example_15fyp):
    return lambda *rows, **more: read_offsets(table(*rows, **more), example_15fyp.regions)[0]


@pytest.fixture
def tracked(example_15fyp_folder):
    """Return a function that tracks the example with a table of offsets."""

    def make(*rows, header=HEADER, then=track):
        (example_15fyp_folder / "offsets.csv").write_text("\n".join([header, *rows]), "utf-8")
        levels = [f"{city},2026,{years[0][1]},{years[0][0]}" for city, years in ACTUAL.items()]
        (example_15fyp_folder / "actuals.csv").write_text("\n".join(["region,year,gdp,emissions", *levels]), "utf-8")
        text = (example_15fyp_folder / "scenario.yaml").read_text("utf-8") + "track: {offsets: offsets.csv}\n"
        (example_15fyp_folder / "scenario.yaml").write_text(text, "utf-8")
        return track(load_scenario(example_15fyp_folder), example_15fyp_folder / "actuals.csv").record

    return make


def refusals(read, *rows, **more):
    with pytest.raises(InputError) as refused:
        read(*rows, **more)
    return refused.value.findings


@pytest.mark.parametrize(
    ("rows", "figures"),
    [
        (SHORT, (72, 65, -7)),
        (COVERED, (72, 75, 3)),
        (("电厂,甲市,60,1,2028,小机组,甲市,60,2028",), (60, 60, 0)),
        (("电厂,甲市,60,1,2028,,,,",), (60, 0, -60)),
    ],
)
def test_need_have_left(read, rows, figures):
    (project,) = read(*rows)
    assert (project.need, project.have, project.left) == figures


def test_sources_after_the_start_are_named_and_not_counted(tracked):
    covered, short = tracked(*COVERED, *SHORT).offsets
    assert (covered.verdict, covered.left_10kt) == ("covered", 3)
    assert (short.verdict, short.left_10kt) == ("short", -7)
    assert [source.counts for source in short.sources] == [True, False]


@pytest.mark.parametrize(("language", "said"), [("zh", "未覆盖，缺 7.0 万吨"), ("en", "short by 7.0 × 10⁴ t")])
def test_it_is_said_with_its_table(tracked, language, said):
    record = tracked(*COVERED, *SHORT)
    lines = offset_statements(record, language)
    assert said in lines[1]
    assert "72.0" in lines[0]
    tables = {table.code: table for table in progress_sheet(record, language, "2027-01-01").tables}
    assert [row[6:8] for row in tables["offsets"].rows] == [("75.0", "3.0"), ("65.0", "−7.0")]


def test_it_makes_no_room(tracked, example_15fyp_folder):
    with_them = tracked(*COVERED)
    without = with_them.model_copy(update={"offsets": None})
    plain = load_scenario("15fyp-example")
    again = track(plain, example_15fyp_folder / "actuals.csv").record
    assert [r.target for r in without.regions] == [r.target for r in again.regions]
    assert [r.path for r in without.regions] == [r.path for r in again.regions]


def test_the_second_use_of_a_source_is_refused_at_its_cell(read):
    (finding,) = refusals(read, *COVERED, "水泥,乙市,60,1.2,2028,旧炉关停,丁市,65,2027")
    assert (finding.code, finding.place.row) == ("offset_source_twice", 4)
    assert finding.values["project"] == "石化"
    assert "第 2 行" in finding.say("zh")


def test_sources_of_one_name_in_two_regions_are_two(read):
    first, second = read("甲厂,甲市,10,1,2028,小锅炉,甲市,10,2027", "乙厂,乙市,10,1,2028,小锅炉,,10,2027")
    assert (first.left, second.left) == (0, 0)


def test_everything_wrong_is_named_at_once(read):
    findings = refusals(
        read,
        "甲厂,甲市,10,,2028,a,甲市,10,2027",  # no ratio
        "乙厂,没有,10,0.8,2028,b,乙市,-1,20",  # no such region, a ratio below 1, an amount below zero, no year
        "丙厂,丙市,10,1,2028,,丙市,5,2027",  # no source
        "丁厂,丁市,10,1,2028,d,丁市,5,2027",
        "丁厂,丁市,12,1,2028,e,丁市,5,2027",  # other emissions than above
        ",丁市,12,1,2028,f,丁市,5,2027",
    )
    assert {(finding.code, finding.place.row) for finding in findings} == {
        ("offset_ratio_missing", 2), ("unknown_region", 3), ("offset_ratio_low", 3), ("not_positive", 3),
        ("year_form", 3), ("empty_cell", 4), ("offset_differs", 6), ("empty_cell", 7),
    }  # fmt: skip


def test_units_are_converted_and_wrong_ones_refused(read):
    (project,) = read(
        "甲厂,甲市,600000,1.2,2028,a,甲市,75,2027", header=HEADER.replace("emissions(万吨)", "emissions(吨)")
    )
    assert project.left == 3
    (finding,) = refusals(read, *COVERED, header=HEADER.replace("amount(万吨)", "amount(亿元)"))
    assert "亿元" in finding.say("zh")


def test_a_missing_column_is_named(read):
    findings = refusals(read, "甲厂,甲市,10,2028,a,10,2027", header="project,region,emissions,start,source,amount,year")
    assert "ratio" in findings[0].say("en")


@given(
    st.decimals("0.001", "1000", places=3), st.decimals("1", "2", places=2),
    st.lists(st.tuples(st.decimals("0.001", "1000", places=3), st.integers(2026, 2030)), max_size=5),
)  # fmt: skip
def test_left_is_what_there_is_less_what_is_needed(emissions, ratio, given_):
    sources = tuple(OffsetSource(str(n), 0, amount, year) for n, (amount, year) in enumerate(given_))
    project = OffsetProject("p", 0, emissions, ratio, 2028, sources)
    assert project.left == sum(Fraction(a) for a, year in given_ if year <= 2028) - Fraction(ratio) * Fraction(
        emissions
    )


def test_the_command(tracked, example_15fyp_folder, tmp_path):
    tracked(*COVERED, *SHORT)
    actuals = example_15fyp_folder / "actuals.csv"
    words = [sys.executable, "-m", "allocator", "track", example_15fyp_folder, actuals, "--out", tmp_path / "out"]
    done = subprocess.run(words, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "须置换 72.0 万吨" in done.stdout
    assert "不增加任何地区的排放空间" in done.stdout
    assert "项目置换" in (tmp_path / "out" / "progress.html").read_text("utf-8")
    found = json.loads((tmp_path / "out" / "track.json").read_text("utf-8"))
    assert [project["left_10kt"] for project in found["offsets"]] == [3, -7]
    assert "offsets.csv" in found["inputs"]


def test_a_row_that_adds_up_the_others_is_no_project(read, table, example_15fyp):
    """60 is needed, and 40 and 35 are cut."""
    assert read(*COVERED, "合计,,60,,,,,75,") == read(*COVERED)
    said = read_offsets(table(*COVERED, ",合计,60,,,,,75,"), example_15fyp.regions)[2]
    assert [found.code for found in said] == ["total_row"]
    (found,) = refusals(read, *COVERED, "合计,,60,,,,,95,")
    assert (found.code, found.values["found"], found.values["needed"]) == ("project_total", "95", "75")
