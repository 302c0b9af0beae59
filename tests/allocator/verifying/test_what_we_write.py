"""Every table that `publish` writes is read by `verify`, with the same rates, caps and verdict as the plan."""

import csv
import io
import json
from functools import cache

import docx
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.files import write_plan
from allocator.planning.plan import plan
from reports.publishing.formats import FORMATS
from scenarios.load import load_scenario

CASES = {
    "rates": ("15fyp-example", ("total=null",)),
    "caps": ("15fyp-example", ()),
    "caps by base year": ("15fyp-example", ("total.caps=base",)),
    "energy": ("15fyp-energy", ()),
    "energy with caps": ("15fyp-energy", ("total={cap: 24800, reserve: 30}",)),
    "old period": ("guangxi-13fyp", ()),
    "classes": ("guangxi-13fyp", ("publish.classes=4",)),
}


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@cache
def planned(key):
    case, settings = CASES[key]
    return plan(load_scenario(case, settings))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Return a function that gives the folder of a plan's files in a language."""

    @cache
    def write(key, language):
        write_plan(planned(key), folder := tmp_path_factory.mktemp("written") / "plan", language)
        return folder

    return write


@pytest.fixture(scope="module", params=["circular", "full"])
def published(request, written, tmp_path_factory):
    """Return a function that gives the folder of a published case, and its record."""

    @cache
    def publish(key, language):
        out = tmp_path_factory.mktemp("published") / "out"
        told = run("publish", written(key, language), "--profile", request.param, "--out", out, "--lang", language)
        assert told.exit_code == 0, told.stderr
        return out, planned(key).record

    return publish


def judged(key, path):
    case, settings = CASES[key]
    done = run("verify", case, path, "--json", *(word for one in settings for word in ("--set", one)))
    assert done.exit_code == 0, (path.name, done.stdout, done.stderr)
    return json.loads(done.stdout)


def same(found, record, reserve=True):
    assert [row["rate"] for row in found["regions"]] == [region.published_rate for region in record.regions]
    caps = [region.cap.cap_10kt if region.cap else None for region in record.regions]
    assert [row["cap"]["cap_10kt"] if "cap" in row else None for row in found["regions"]] == caps
    if reserve and record.province.total is not None:
        pair = found["province"]["total"]["pair"]
        assert (pair["reserve_10kt"], pair["adds_up"]) == (record.province.total.pair.reserve_10kt, True)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", CASES)
def test_every_format_is_read_again(published, key, language):
    folder, record = published(key, language)
    files = [folder / f"table-{language}.{form.suffix}" for form in FORMATS.values()]
    assert all(file.is_file() for file in files)
    for file in files:
        same(judged(key, file), record)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", ["rates", "caps", "caps by base year"])
def test_so_are_they_without_the_rows_that_are_no_citys(published, key, language, tmp_path):
    folder, record = published(key, language)
    names = {region.label(language) for region in record.regions}
    lines = list(csv.reader(io.StringIO((folder / f"table-{language}.csv").read_text("utf-8-sig"))))
    head = next(n for n, line in enumerate(lines) if names & {*line[:2]}) - 1
    kept = [line for n, line in enumerate(lines) if n <= head or names & {*line[:2]}]
    assert len(lines) - len(kept) == (1 if key == "rates" else 2)
    with (tmp_path / "cities.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(kept)
    document = docx.Document(str(folder / f"table-{language}.docx"))
    for row in list(document.tables[0].rows)[1:]:
        if not names & {cell.text for cell in row.cells[:2]}:  # in a circular a number stands before the name
            row._tr.getparent().remove(row._tr)
    document.save(str(tmp_path / "cities.docx"))
    for file in ("cities.csv", "cities.docx"):
        same(judged(key, tmp_path / file), record, reserve=False)


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_what_is_written_in_pinyin_is_read_by_the_scenario_without_english_names(guangxi_folder, tmp_path, kind):
    table = guangxi_folder / "regions.csv"
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"))))
    at = rows[0].index("name_en")
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*row[:at], *row[at + 1 :]] for row in rows)
    made = plan(load_scenario(guangxi_folder))
    assert made.record.regions[0].name_en == "南宁"
    write_plan(made, folder := tmp_path / "plan", "en")
    out = tmp_path / "out"
    told = run("publish", folder, "--format", kind, "--profile", "circular", "--out", out, "--lang", "en")
    assert told.exit_code == 0, told.stderr
    path = out / f"table-en.{FORMATS[kind].suffix}"
    assert b"Nanning" in path.read_bytes() or kind in ("docx", "xlsx")
    done = run("verify", guangxi_folder, path, "--json")
    assert done.exit_code == 0, (done.stdout, done.stderr)
    same(json.loads(done.stdout), made.record)
