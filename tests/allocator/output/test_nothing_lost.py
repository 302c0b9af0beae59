"""What a command reads, what somebody has changed, and what another command made is never overwritten."""

import shutil
import time

import openpyxl
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.files import write_plan
from allocator.planning.plan import plan
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario

CASE = "three-cities"


def run(*words):
    return CliRunner().invoke(app, [*map(str, words), "--lang", "en"])


def contents(folder):
    return {entry: entry.read_bytes() for entry in sorted(folder.rglob("*")) if entry.is_file()}


def refused(folder, file, said, *words):
    """Run a command that must leave a folder as it is, and say of which file."""
    before = contents(folder)
    done = run(*words, "--out", folder)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"error: {file}: {said}" in done.stderr
    assert contents(folder) == before


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "plan"
    assert run("plan", CASE, "--out", folder).exit_code == 0
    return folder


@pytest.fixture
def again(planned, tmp_path):
    """Return a copy of a plan's folder."""
    return shutil.copytree(planned, tmp_path / "plan")


READ = "this file is read here, and the results would take its place"
EDITED = "is not as it was written"


@pytest.mark.parametrize("key", ["regions: regions.csv", "target: "])
def test_a_scenario_in_the_output_folder_keeps_its_tables(key, again, edit):
    table = again / "allocation.csv"
    shutil.copytree(find_scenario(CASE).parent, again, dirs_exist_ok=True)
    if key == "regions: regions.csv":
        (again / "regions.csv").replace(table)
        edit(again / "scenario.yaml", key, "regions: allocation.csv")
    else:  # a table that the scenario names is the user's, read or not
        edit(again / "scenario.yaml", key, f"tables: {{mine: allocation.csv}}\n{key}")
    refused(again, table, READ, "plan", again)
    with pytest.raises(InputError) as caught:
        write_plan(plan(load_scenario(again)), again, "en")
    assert [finding.code for finding in caught.value.findings] == ["out_is_read"]


def test_a_setting_that_names_a_table_counts(again):
    case = shutil.copytree(find_scenario(CASE).parent, again, dirs_exist_ok=True)
    shutil.copy(case / "regions.csv", case / "allocation.csv")
    refused(again, again / "allocation.csv", READ, "plan", case, "--set", "regions=allocation.csv")


@pytest.mark.parametrize("through", ["", "link"])
def test_a_table_on_the_command_line_is_not_overwritten(through, tmp_path):
    case, out = "guangxi-13fyp", tmp_path / "t"
    assert run("track", case, "actuals-example", "--out", out).exit_code == 0
    (tmp_path / "link").symlink_to(out)
    table = (tmp_path / through if through else out) / "track.csv"
    for words in (("track", case, table), ("track", case, "actuals-example", "--targets", table)):
        refused(out, out / "track.csv", READ, *words)
    report = out / "progress.xlsx"
    for option in ("--form", "--project", "--energy", "--rules"):
        refused(out, report, READ, "track", case, "actuals-example", option, report)


def test_a_form_among_the_tables_of_an_assessment_is_not_taken_away(tmp_path):
    case, out = "guangxi-13fyp", tmp_path / "t"
    assert run("track", case, "actuals-example", "--out", out).exit_code == 0
    (out / "assessment").mkdir()
    (out / "assessment.json").write_text("{}")
    form = out / "assessment" / "ranking-zh.xlsx"
    form.write_bytes(b"mine")
    refused(out, form, READ, "track", case, "actuals-example", "--form", form)


def test_compared_and_accounted_tables_are_not_overwritten(planned, tmp_path):
    out = tmp_path / "q"
    assert run("compare", planned, planned, "--out", out).exit_code == 0
    table = out / "compare.csv"
    refused(out, table, READ, "compare", planned, table, "--scenario", CASE)
    refused(out, table, READ, "compare", table, planned, "--scenario", CASE)
    out = tmp_path / "a"
    assert run("account", "accounting-example", "--out", out).exit_code == 0
    refused(out, out / "account.csv", READ, "account", out / "account.csv")
    case = shutil.copytree(find_scenario("accounting-example").parent, out, dirs_exist_ok=True)
    text = (case / "scenario.yaml").read_text("utf-8")
    (case / "energy.csv").replace(case / "account.csv")
    (case / "scenario.yaml").write_text(text.replace("energy.csv", "account.csv"), "utf-8")
    refused(out, out / "account.csv", READ, "account", case)


def test_a_sweep_and_a_publication_do_not_overwrite_what_they_read(planned, tmp_path):
    out = shutil.copytree(planned, tmp_path / "s")
    case = shutil.copytree(find_scenario(CASE).parent, out, dirs_exist_ok=True)
    (case / "regions.csv").replace(case / "sweep-regions.csv")
    text = (case / "scenario.yaml").read_text("utf-8")
    (case / "scenario.yaml").write_text(text.replace("regions.csv", "sweep-regions.csv"), "utf-8")
    refused(out, out / "sweep-regions.csv", READ, "sweep", case, "--samples", "10")
    (out / "plan.json").replace(out / "publish.json")
    refused(out, out / "publish.json", READ, "publish", out / "publish.json", "--format", "md")


def test_a_table_that_is_only_read_may_lie_in_the_folder(again):
    case = "guangxi-13fyp"
    assert run("plan", case, "--out", again).exit_code == 0
    words = ("track", case, "actuals-example", "--targets", again / "allocation.csv", "--out", again)
    before = (again / "allocation.csv").read_bytes()
    assert run(*words).exit_code == 0
    assert (again / "allocation.csv").read_bytes() == before


def test_an_unchanged_plan_is_made_anew(again):
    assert run("plan", CASE, "--set", "target=17%", "--out", again).exit_code == 0
    assert run("plan", CASE, "--out", again).exit_code == 0


def retyped(path):
    path.write_text(path.read_text("utf-8-sig") + "note,of mine\n", "utf-8-sig")


def saved_anew(path):
    book = openpyxl.load_workbook(path)
    book.active["B5"] = 1
    time.sleep(1.1)  # a workbook says when it was saved to the second
    book.save(path)


def other(path):
    path.write_bytes(b"mine")


@pytest.mark.parametrize(
    ("name", "change"),
    [("allocation.csv", retyped), ("allocation.csv", other), ("allocation.xlsx", saved_anew),
     ("allocation.xlsx", other)],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_an_allocation_that_somebody_changed_is_not_lost(name, change, again):
    change(again / name)
    refused(again, again / name, EDITED, "plan", CASE)
    with pytest.raises(InputError) as caught:
        write_plan(plan(load_scenario(CASE)), again, "en")
    assert [finding.code for finding in caught.value.findings] == ["out_edited"]
    (again / name).replace(again / f"mine-{name}")
    assert run("plan", CASE, "--out", again).exit_code == 0
    assert (again / f"mine-{name}").exists()


def test_a_table_beside_a_changed_plan_is_not_lost(again, edit):
    edit(again / "plan.json", '"regions"', '"Regions"')
    refused(again, again / "allocation.csv", EDITED, "plan", CASE)


def test_a_published_table_that_somebody_changed_is_not_lost(planned, tmp_path):
    out = tmp_path / "published"
    formats = ("--format", "md", "--format", "csv")
    for _ in range(2):
        assert run("publish", planned, *formats, "--out", out).exit_code == 0
    with (out / "table-en.md").open("a") as file:
        file.write("mine")
    refused(out, out / "table-en.md", EDITED, "publish", planned, *formats)
    assert run("publish", planned, "--format", "csv", "--out", out).exit_code == 0
    (out / "table-en.html").write_text("mine")
    refused(out, out / "table-en.html", EDITED, "publish", planned, "--format", "html")
