import csv
import io
import json
import shutil

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.comparing.compare import compare, write_comparison
from allocator.planning.files import write_plan
from allocator.planning.plan import plan
from reports.seal import seal
from scenarios.errors import InputError
from scenarios.load import load_scenario

runner = CliRunner()


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Return the folders of three plans: as it is, with a heavier criterion and a finer grid, another province."""
    root = tmp_path_factory.mktemp("plans")
    write_plan(plan(load_scenario("guangxi-13fyp")), root / "a", "zh")
    changed = load_scenario("guangxi-13fyp", ["criteria.capacity.weight=2", "publish.grid=0.1 points"])
    write_plan(plan(changed), root / "b", "zh")
    write_plan(plan(load_scenario("guangxi-13fyp", ["incentive.target=19%"])), root / "i", "zh")
    write_plan(plan(load_scenario("zhejiang-13fyp")), root / "z", "zh")
    return root


def codes(error):
    return [finding.code for finding in error.value.findings]


def test_city_by_city_and_why(folders):
    result = compare(folders / "a", folders / "b" / "plan.json")
    a, b = (json.loads((folders / side / "plan.json").read_text("utf-8")) for side in "ab")
    for row, before, after in zip(result.rows, a["regions"], b["regions"], strict=True):
        assert row.change_points == pytest.approx((after["published_rate"] - before["published_rate"]) * 100)
        assert row.change_10kt == pytest.approx(row.change_points / 100 * after["emissions_10kt"] * after["growth"])
    in_all = sum(row.change_10kt for row in result.rows)
    points = (b["province"]["implied_reduction"] - a["province"]["implied_reduction"]) * 100
    assert in_all == pytest.approx(points * b["province"]["point_10kt"], abs=1e-6)
    what = {code for code, _, _ in result.reasons}
    assert {"grid", "options", "weight capacity.income"} <= what
    assert not any(code.startswith(("inputs", "bounds", "growth")) for code in what)
    text = "\n".join(result.statements("en"))
    assert "grid: 0.50 % → 0.10 %" in text
    assert "weight of capacity·average wage: 11.1111 % → 16.6667 %" in text


def test_the_same_plan(folders):
    result = compare(folders / "a", folders / "a")
    assert result.reasons == ()
    assert all(row.change_points == 0 for row in result.rows)
    assert "are the same" in result.statements("en")[-1]


def test_a_table_against_a_plan(folders, guangxi):
    result = compare("published", folders / "a", guangxi)
    assert result.before.implied_reduction == pytest.approx(0.1473, abs=5e-5)
    assert result.rows[0].before == 0.17
    assert "no record" in result.statements("en")[-1]
    two_tables = compare(folders / "a" / "allocation.csv", "published", guangxi)
    assert two_tables.rows[0].change_points == pytest.approx(17 - 23)


def test_causes_add_up_to_the_change(folders):
    for first, second in (("a", "b"), ("b", "a"), ("a", "i")):
        result = compare(folders / first, folders / second)
        for row in result.rows:
            assert sum(row.causes) == pytest.approx(row.after - row.before, abs=1e-12)
    there, back = compare(folders / "a", folders / "b"), compare(folders / "b", folders / "a")
    for row, other in zip(there.rows, back.rows, strict=True):
        assert row.causes == pytest.approx([-part for part in other.causes], abs=1e-12)
        assert row.causes.requirement == 0
        assert row.causes.figures == pytest.approx(0, abs=1e-12)
        assert row.causes.rules == pytest.approx(0, abs=1e-9)
    assert max(abs(row.causes.weights) for row in there.rows) > 0.005


def test_one_cause_at_a_time(folders, guangxi_folder, tmp_path):
    base = folders / "a"

    def causes(*settings, source="guangxi-13fyp"):
        write_plan(plan(load_scenario(source, settings)), tmp_path / "p", "zh")
        return [row.causes for row in compare(base, tmp_path / "p").rows]

    asked = causes("target=18%")
    uniform = 0.01 / 1.020783  # one point over 1 + sigma
    assert all(one.requirement == pytest.approx(uniform, abs=1e-7) for one in asked)
    assert all(abs(one.weights) < 1e-12 and abs(one.figures) < 1e-12 for one in asked)
    capped = causes("bounds.upper=20%")
    assert all(abs(one.requirement) < 1e-12 and abs(one.weights) < 1e-12 for one in capped)
    assert max(abs(one.rules) for one in capped) > 0.02
    rounded = causes("publish.grid=0.1 points")
    assert all(abs(one.rules) < 1e-9 and abs(one.weights) < 1e-12 for one in rounded)
    text = (guangxi_folder / "regions.csv").read_text("utf-8").replace("66749", "70749")
    (guangxi_folder / "regions.csv").write_text(text, "utf-8")
    paid = causes(source=guangxi_folder)
    assert max(abs(one.figures) for one in paid) > 1e-4
    assert all(abs(one.weights) < 1e-12 and one.requirement == 0 for one in paid)
    proportional = causes("reference={map: proportional}", "bounds.upper=40%", "bounds.lower=0%")
    assert all(abs(one.figures) < 1e-12 and abs(one.rules) < 1e-9 for one in proportional)
    fewer = causes("criteria.potential.indicators.intensity.column=growth", "criteria.capacity.within=entropy")
    assert all(abs(one.requirement) < 1e-12 for one in fewer)


def test_a_changed_incentive_target_is_named(folders):
    text = "\n".join(compare(folders / "a", folders / "i").statements("en"))
    assert "incentive target: – → 19.00 %" in text
    assert "incentive target of 南宁: – → " in text


def test_a_page_of_bare_tables_has_no_causes(folders, guangxi):
    result = compare("published", folders / "a", guangxi)
    page = result.to_html("en")
    assert "of which" not in page
    assert "no record" in page
    assert result.record.model_dump(mode="json")["regions"][0]["causes_points"] is None
    assert "No region&#39;s target moved." in compare(folders / "a", folders / "a").to_html("en")


def test_rounds(tmp_path):
    for fix in ("钦州=18%", "柳州=23%"):
        assert run("negotiate", "guangxi-13fyp", "--fix", fix, "--out", tmp_path).exit_code == 0
    result = run("compare", tmp_path / "round-001", tmp_path / "round-002", "--lang", "en")
    assert result.exit_code == 0
    assert "agreed rates: Qinzhou 18 % → Qinzhou 18 %, Liuzhou 23 %" in result.stdout


def test_command_writes_a_table_for_excel(folders, tmp_path):
    arguments = ("compare", folders / "a", folders / "b", "--out", tmp_path / "c", "--lang", "en")
    assert run(*arguments).exit_code == 0
    assert run(*arguments).exit_code == 0  # a second time over its own output
    assert sorted(f.name for f in (tmp_path / "c").iterdir()) == [
        "compare.csv", "compare.html", "compare.json",
    ]  # fmt: skip
    raw = (tmp_path / "c" / "compare.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(rows) == 15
    assert rows[0]["before (%)"] == "23"
    assert rows[-1]["region"] == "province"
    document = json.loads(run(*arguments[:3], "--json").stdout)
    assert document == json.loads((tmp_path / "c" / "compare.json").read_text("utf-8"))


def test_names_that_excel_would_run_are_escaped(folders, tmp_path):
    spoilt = tmp_path / "spoilt"
    shutil.copytree(folders / "a", spoilt)
    content = json.loads((spoilt / "plan.json").read_text("utf-8"))
    content["regions"][0]["name"] = "=1+1"
    content["provenance"]["digest"] = seal(content).model_dump()
    (spoilt / "plan.json").write_text(json.dumps(content), "utf-8")
    result = compare(spoilt, spoilt)
    assert "'=1+1" in result.to_csv("zh")


def test_bad_input(folders, tmp_path, guangxi):
    with pytest.raises(InputError) as error:
        compare(folders / "a", folders / "z")
    assert codes(error) == ["compare_regions"]
    with pytest.raises(InputError) as error:
        compare(folders / "a", "published")
    assert codes(error) == ["compare_needs_scenario"]
    with pytest.raises(InputError) as error:
        compare(tmp_path, folders / "a")
    assert codes(error) == ["compare_no_plan"]
    short = tmp_path / "short.csv"
    short.write_text("name,rate\n南宁,17%\n火星,3%\n", "utf-8")
    with pytest.raises(InputError) as error:
        compare(folders / "a", short, guangxi)
    assert {"unknown_region", "missing_regions"} <= set(codes(error))
    broken = tmp_path / "plan.json"
    broken.write_text('{"schema_version": 1, "provenance": {}, "regions": []}', "utf-8")
    with pytest.raises(InputError) as error:
        compare(folders / "a", broken)
    assert codes(error) == ["not_our_file"]
    assert run("compare", folders / "a", folders / "z").exit_code == 2
    assert run("compare", folders / "a", tmp_path / "nowhere").exit_code == 2
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x")
    with pytest.raises(InputError) as error:
        write_comparison(compare(folders / "a", folders / "b"), tmp_path / "mine", "zh")
    assert codes(error) == ["out_foreign"]


@pytest.mark.parametrize("period", ["十二五", "2011—2015年"])
def test_a_table_of_another_period_is_asked_about(folders, guangxi, tmp_path, period):
    path = tmp_path / "rates.csv"

    def written(header):
        path.write_text("地区," + header + "\n" + "".join(f"{name},17\n" for name in guangxi.regions.names), "utf-8")
        return path

    with pytest.raises(InputError) as caught:
        compare(written(f"{period}下降目标（%）"), folders / "a", guangxi)
    assert codes(caught) == ["rates_of_period"]
    assert compare(written("十三五下降目标（%）"), folders / "a", guangxi).rows[0].before == 0.17
