"""A table agreed by hand: published like a plan where it backs, refused or a marked draft where it does not."""

import json

import docx
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.negotiating.agreed import agreed_plan
from allocator.output.own_files import open_plan
from allocator.planning.plan import plan
from reports.publishing.formats import FORMATS
from scenarios.errors import InputError

runner = CliRunner()


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def table(tmp_path):
    """Return a function that writes a table of the case's own published rates, some of them changed."""

    def write(name="商定.csv", **changed):
        rates = {region.name: region.published_rate * 100 for region in _own().regions} | changed
        path = tmp_path / name
        path.write_text("地区,下降目标（%）\n" + "".join(f"{k},{v:g}\n" for k, v in rates.items()), "utf-8")
        return path

    return write


def _own():
    from scenarios.load import load_scenario

    return plan(load_scenario("guangxi-13fyp")).record


def test_a_table_that_backs_is_published_like_a_plan(table, tmp_path):
    """Nanning is agreed one point above its 23 %, so that the province is backed with more to spare."""
    path, out = table(南宁=24), tmp_path / "out"
    done = run("publish", "--table", path, "--scenario", "guangxi-13fyp", "--out", out, "--json")
    assert done.exit_code == 0, done.stderr
    (grid,) = FORMATS["docx"].read(out / "table-zh.docx", "zh")
    assert (grid[1], grid[-1]) == (("1", "南宁", "24.0"), ("", "全区", "17.0"))
    for kind in FORMATS:
        assert run("verify", "guangxi-13fyp", out / f"table-zh.{kind}").exit_code == 0
    cities = FORMATS["docx"].read(out / "verification-zh.docx", "zh")[1]
    computed = _own().regions[0].rate * 100
    assert cities[1][3:4] + cities[1][5:] == ("24.0", f"{computed:.2f}", f"{24 - float(f'{computed:.2f}'):.2f}")
    kept = open_plan(out)  # letters and comparisons read it like any plan
    assert kept.record.agreed.table == "商定.csv"
    said, apart = kept.record.regions[0].reason.zh, 24 - float(f"{computed:.2f}")
    assert said == f"南宁：下降目标 24.00% 为商定值；测算值为 {computed:.2f}%，相差 +{apart:.2f} 个百分点。"
    assert "agreed" in kept.record.regions[0].reason.en
    assert kept.digest == json.loads(done.stdout)["plan"]
    again = run("publish", out, "--out", tmp_path / "again", "--format", "md")
    assert again.exit_code == 0, again.stderr


def test_the_other_language_goes_beside_the_first(table, tmp_path):
    asked = ("publish", "--scenario", "guangxi-13fyp", "--format", "md", "--out", tmp_path / "out")
    path = table(南宁=24)
    assert run(*asked, "--table", path).exit_code == 0
    assert run(*asked, "--table", path, "--lang", "en").exit_code == 0
    names = [
        "plan.json",
        "publish.json",
        *(f"{n}-{lang}.md" for n in ("table", "verification") for lang in ("en", "zh")),
    ]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == names
    assert run(*asked, "--table", table(南宁=24.5)).exit_code == 0  # another table takes the place of the first
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "plan.json", "publish.json", "table-zh.md", "verification-zh.md"
    ]  # fmt: skip


def test_one_that_does_not_back_is_refused(table, tmp_path):
    done = run("publish", "--table", table(南宁=20), "--scenario", "guangxi-13fyp", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "未支撑" in done.stderr
    assert not (tmp_path / "out").exists()


def test_or_goes_out_as_a_draft_that_says_by_how_much(table, tmp_path):
    out = tmp_path / "out"
    asked = ("publish", "--table", table(南宁=20), "--scenario", "guangxi-13fyp", "--draft", "--out", out)
    done = run(*asked, "--format", "docx", "--format", "md", "--lang", "en")
    assert done.exit_code == 0, done.stderr
    record = open_plan(out).record
    said = f"{-record.province.overshoot_points:.2f} points"
    assert said == "0.25 points"  # three points of 0.0907 less 0.02
    for name in ("table-en.docx", "verification-en.docx"):
        section = docx.Document(out / name).sections[0]
        for head in (section.header, section.even_page_header):
            assert head.paragraphs[0].text.startswith("Draft, not backed")
            assert said in head.paragraphs[0].text
    assert said in (out / "table-en.md").read_text("utf-8")
    assert "Written as a draft" in done.stdout


def test_rates_off_the_grid_and_out_of_bounds_are_no_plan_but_a_draft(table, tmp_path):
    out = tmp_path / "out"
    path = table(南宁=26.25)
    assert run("publish", "--table", path, "--scenario", "guangxi-13fyp", "--out", out).exit_code == 1
    done = run("publish", "--table", path, "--scenario", "guangxi-13fyp", "--draft", "--format", "csv", "--out", out)
    assert done.exit_code == 0, done.stderr
    text = (out / "table-zh.csv").read_text("utf-8-sig")
    assert "草案，未通过复核，不得印发" in text
    assert "南宁,26.25" in text
    assert "柳州,24.00" in text


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("publish", ()),
        ("publish", ("plan", "--table", "t.csv")),
        ("publish", ("--table", "t.csv")),
        ("letters", ("plan", "--scenario", "s")),  # only publish says whether its data have changed since
        ("slides", ("plan", "--scenario", "s")),
    ],
)
def test_a_plan_or_a_table_with_its_scenario(command, words, tmp_path):
    done = run(command, *words, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "--table" in done.stderr
    assert "--scenario" in done.stderr


def test_caps_go_with_the_table(example_15fyp, tmp_path):
    """Caps in the plan's own table stand in the agreed one; without them they are asked for."""
    record = plan(example_15fyp).record
    path, lines = tmp_path / "agreed.csv", ["name,rate,cap"]
    lines += [f"{r.name},{r.published_rate * 100:g}%,{r.cap.cap_10kt:g}" for r in record.regions]
    lines.append(f"机动,,{record.province.total.pair.reserve_10kt:g}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    made, judged = agreed_plan(example_15fyp, str(path))
    assert (made.passed, judged.passed) == (True, True)
    assert [r.cap.cap_10kt for r in made.record.regions] == [r.cap.cap_10kt for r in record.regions]


def test_a_table_of_other_cities_is_refused(example_15fyp, table):
    with pytest.raises(InputError):
        agreed_plan(example_15fyp, str(table()))
