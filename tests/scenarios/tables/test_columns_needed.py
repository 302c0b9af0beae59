"""Whatever column a table lacks, its reader asks for it or does without; and a code may be the region's name."""

import csv
import io
from dataclasses import replace

import pytest

from scenarios.accounting.energy_table import read_energy
from scenarios.accounting.gdp_table import read_gdp
from scenarios.accounting.own_factors import read_factors
from scenarios.assessing.form import read_form
from scenarios.assessing.rules import find_rules
from scenarios.load import find_scenario, load_scenario
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.tables.rates import read_rates
from scenarios.tracking.actuals import read_actuals
from scenarios.tracking.projects import read_projects
from scenarios.tracking.yearly_growth import read_yearly_growth

CASE = find_scenario("guangxi-13fyp").parent
ACCOUNTING = find_scenario("accounting-example").parent
GUANGXI = load_scenario("guangxi-13fyp")
YEARS = range(2016, 2021)
RULES = find_rules("13fyp").rules


def named(path):
    """Return the text of a table of a case, without a title above its header."""
    lines = path.read_text("utf-8-sig").splitlines()
    return "\n".join(line for line in lines if not line.startswith('"')) + "\n"


def growth():
    """Return yearly growth that comes to Guangxi's."""
    rows = [
        f"{key},{name},{year},{float(whole) ** 0.2:.9f}"
        for key, name, whole in zip(GUANGXI.regions.ids, GUANGXI.regions.names, GUANGXI.regions.growth, strict=True)
        for year in YEARS
    ]
    return "\n".join(["id,name,year,growth", *rows]) + "\n"


def form():
    """Return a filled form of an assessment."""
    names = GUANGXI.regions.names
    rows = [f"{item.id},甲,乙,{item.points:f}," + ",".join(["0"] * len(names)) for item in RULES.items]
    return "\n".join(["项目编号,考核内容,考核指标,分值," + ",".join(names), *rows]) + "\n"


TABLES = {
    "regions": (named(CASE / "regions.csv"), lambda path: read_regions(path, Wanted.of(GUANGXI.file))),
    "rates": (named(CASE / "published.csv"), lambda path: read_rates(path, GUANGXI.regions, True)),
    "actuals": (
        named(CASE / "actuals-example.csv"),
        lambda path: read_actuals(path, GUANGXI.regions, GUANGXI.file.period),
    ),
    "growth": (growth(), lambda path: read_yearly_growth(path, GUANGXI.regions, GUANGXI.file.period)),
    "projects": (
        "项目,地区,排放(万吨),增加值(亿元),投产年份\n新钢厂,防城港,300,80,2019\n",
        lambda path: read_projects(path, GUANGXI.regions, 2018, 2020),
    ),
    "form": (form(), lambda path: read_form(path, RULES, GUANGXI.regions)),
    "energy": (named(ACCOUNTING / "energy.csv"), read_energy),
    "gdp": (named(ACCOUNTING / "gdp.csv"), lambda path: read_gdp(path, 2025)),
    "factors": (named(ACCOUNTING / "factors.csv"), read_factors),
}
COLUMNS = [
    (name, n) for name, (text, _) in TABLES.items() for n in range(len(next(csv.reader([text.splitlines()[0]]))))
]


def without(text, *columns):
    """Return a table without some of its columns."""
    stream = io.StringIO()
    rows = csv.reader(io.StringIO(text))
    csv.writer(stream, lineterminator="\n").writerows(
        [cell for n, cell in enumerate(row) if n not in columns] for row in rows
    )
    return stream.getvalue()


@pytest.mark.parametrize("name", TABLES)
def test_the_whole_tables_are_read(name, tmp_path):
    text, read = TABLES[name]
    (tmp_path / "t.csv").write_text(text, "utf-8")
    read(tmp_path / "t.csv")


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_a_column_that_is_not_there_is_asked_for_or_not_needed(name, column, tmp_path, attempt):
    text, read = TABLES[name]
    for gone in ((column,), tuple(n for n in range(20) if n != column)):
        (tmp_path / "t.csv").write_text(without(text, *gone), "utf-8")
        attempt(read, tmp_path / "t.csv")


@pytest.mark.parametrize("name", TABLES)
def test_a_code_that_is_the_name_is_one_region(name, tmp_path):
    text, _ = TABLES[name]
    header, *rows = list(csv.reader(io.StringIO(text)))
    at = next((n for n, cell in enumerate(header) if cell in ("id", "代码")), None)
    if at is None:
        return
    for row in rows:
        row[at] = row[at + 1]
    stream = io.StringIO()
    csv.writer(stream).writerows([header, *rows])
    (tmp_path / "t.csv").write_text(stream.getvalue(), "utf-8")
    own = replace(GUANGXI.regions, ids=GUANGXI.regions.names)
    readers = {
        "rates": lambda path: read_rates(path, own),
        "actuals": lambda path: read_actuals(path, own, GUANGXI.file.period),
        "growth": lambda path: read_yearly_growth(path, own, GUANGXI.file.period),
    }
    read = readers.get(name, TABLES[name][1])(tmp_path / "t.csv")
    if name == "energy":
        assert not [finding for finding in read[1] if finding.severity == "error"]


def test_a_region_whose_code_is_its_name_is_read(table, read, guangxi):
    for row in table.rows[1:]:
        row[0] = row[1]
    regions, _, notices = read(table.csv())
    assert regions.ids == regions.names == guangxi.regions.names
    assert not notices


def test_the_code_of_one_that_is_the_name_of_another_is_refused(table, spoiled):
    table.set("柳州", "id", "南宁")
    assert ("region_twice", 3, "id") in spoiled(table.csv())


def test_a_form_without_its_points_says_so(tmp_path, refused):
    (tmp_path / "form.csv").write_text(without(form(), 3), "utf-8")
    (finding,) = refused(read_form, tmp_path / "form.csv", RULES, GUANGXI.regions)
    assert (finding.code, finding.values["missing"]) == ("missing_columns", (("分值（points）", "points (分值)"),))
