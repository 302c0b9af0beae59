"""`track` as a whole: the bundled example, official cases through a table, the real command."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from allocator.cli import app
from allocator.tracking.files import FILES, write_track
from allocator.tracking.track import Asked, track
from scenarios.errors import InputError
from scenarios.load import load_scenario

runner = CliRunner()


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def example(guangxi):
    return track(guangxi, "actuals-example").record


@pytest.fixture
def reductions(tmp_path, guangxi):
    """Return a function that writes one list of annual reductions for all regions."""

    def make(rates, column="annual_reduction(%)", names=guangxi.regions.names):
        rows = [f"{name},{2016 + t},{rate}" for t, rate in enumerate(rates) for name in names]
        path = tmp_path / "reductions.csv"
        path.write_text("\n".join([f"region,year,{column}", *rows]), "utf-8")
        return path

    return make


@pytest.fixture
def equal_rates(tmp_path, guangxi):
    """Return a table that gives every region 17 %."""
    path = tmp_path / "equal.csv"
    path.write_text("name,rate\n" + "\n".join(f"{name},17%" for name in guangxi.regions.names), "utf-8")
    return path


def test_the_example_has_all_three_lights_and_a_province_somewhat_behind(example):
    assert {region.light for region in example.regions} == {"green", "yellow", "red"}
    assert example.years == (2016, 2017, 2018)
    assert example.years_left == 2
    province = example.province
    assert province.light == "yellow"
    assert 0.5 < province.progress < province.path_progress == pytest.approx(0.6)
    assert example.backed
    assert all(year.held for year in example.held)
    assert "虚构" in example.actuals_basis.zh
    assert not example.notices


def test_the_province_is_the_sum_of_its_regions(example, guangxi):
    province = example.province
    emissions = sum(region.emissions_10kt[-1] for region in example.regions)
    gdp = sum(region.gdp_100m_yuan[-1] for region in example.regions)
    base = float(sum(guangxi.regions.emissions) / sum(guangxi.regions.gdp))
    assert province.cumulative_reduction == pytest.approx(1 - emissions / gdp / base)
    missed = province.on_path_reduction - province.cumulative_reduction
    assert province.excess_10kt == pytest.approx(missed * base * gdp)
    over_targets = sum(region.risk_10kt for region in example.regions)
    end_gdp = sum(
        region.gdp_100m_yuan[-1] * float(growth) ** 0.4
        for region, growth in zip(example.regions, guangxi.regions.growth, strict=True)
    )
    allowed = 1 - (1 - province.target) - province.forecast_trend
    assert province.risk_10kt == pytest.approx(allowed * base * end_gdp)
    assert over_targets != pytest.approx(province.risk_10kt)  # growth shifts weight between regions


def test_the_example_in_figures(example):
    """柳州: 3 of 5 years, 45 % of the way to 24 %."""
    region = next(region for region in example.regions if region.name == "柳州")
    done = 1 - 0.76**0.45
    standing = region
    assert standing.target == 0.24
    assert standing.cumulative_reduction == pytest.approx(done, abs=2e-5)
    assert standing.progress == pytest.approx(0.45, abs=1e-4)
    assert standing.remaining_reduction == pytest.approx(1 - 0.76**0.55, abs=2e-5)
    assert standing.remaining_annual_rate == pytest.approx(1 - 0.76**0.275, abs=2e-5)
    assert standing.forecast_trend == pytest.approx(1 - 0.76**0.75, abs=2e-5)
    assert standing.forecast_last == pytest.approx(1 - 0.76 ** (0.45 + 2 * 0.14), abs=5e-5)
    assert standing.annual_targets == pytest.approx([1 - 0.76**0.2] * 5)
    assert region.peak.planned_peak == 2015


def test_the_official_case_through_a_table(guangxi, reductions, equal_rates):
    """Qinghai 2006–2008: +1.51, −2.20, −4.18 %; as changes and as reductions the same."""
    changes = track(guangxi, reductions([1.51, -2.2, -4.18], "annual_change(%)"), equal_rates).record
    falls = track(guangxi, reductions([-1.51, 2.2, 4.18]), equal_rates).record
    assert changes.regions == falls.regions
    assert changes.form == "reductions"
    for standing in changes.regions:
        assert f"{standing.cumulative_reduction * 100:.2f}" == "4.87"
        assert f"{standing.progress * 100:.1f}" == "26.8"
        assert f"{standing.remaining_reduction * 100:.2f}" == "12.75"
        assert f"{standing.remaining_annual_rate * 100:.2f}" == "6.59"
        assert standing.annual_reductions == pytest.approx([-0.0151, 0.022, 0.0418])


@settings(max_examples=10)
@given(data=st.data())
def test_any_order_of_rows_gives_the_same(guangxi, tmp_path_factory, example, data):
    title, header, *rows = (guangxi.folder / "actuals-example.csv").read_text("utf-8").splitlines()
    path = tmp_path_factory.mktemp("turned") / "turned.csv"
    path.write_text("\n".join([title, header, *data.draw(st.permutations(rows))]), "utf-8")
    turned = track(guangxi, path).record
    assert turned.regions == example.regions
    assert turned.province == example.province


def test_gdp_that_looks_like_current_prices_is_asked_about(guangxi, tmp_path):
    with (guangxi.folder / "actuals-example.csv").open(encoding="utf-8", newline="") as file:
        title, header, *rows = list(csv.reader(file))
    for row in rows:
        row[3] = f"{float(row[3]) * 1.04 ** (int(row[2]) - 2015):.2f}"
    path = tmp_path / "current.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([title, header, *rows])
    found = track(guangxi, path)
    assert [notice.code for notice in found.notices] == ["actuals_growth"]
    assert "现价" in found.notices[0].say("zh")
    easy = load_scenario("guangxi-13fyp", ["track.growth_tolerance=6 points"])
    assert not track(easy, path).notices


def test_targets_without_progress_are_named(guangxi, reductions, tmp_path):
    path = tmp_path / "rates.csv"
    rows = [f"{name},{'0%' if n == 3 else '20%'}" for n, name in enumerate(guangxi.regions.names)]
    path.write_text("\n".join(["name,rate", *rows]), "utf-8")
    found = track(guangxi, reductions([2, 2]), path)
    assert [notice.code for notice in found.notices] == ["track_no_progress"]
    assert "梧州" in found.notices[0].say("zh")
    standing = found.record.regions[3]
    assert standing.progress is None
    assert standing.lag is None
    assert "NaN" not in found.record.to_json()
    for language in ("zh", "en"):
        assert all(found.statements(language))


def test_the_year_so_far(guangxi, tmp_path):
    rows = [f"{name},2016,4,3%" for name in guangxi.regions.names]
    rows += [f"{name},2017,2,{1 + 5 * (name == '南宁')}%" for name in guangxi.regions.names]
    path = tmp_path / "quarters.csv"
    path.write_text("\n".join(["region,year,quarter,annual_reduction", *rows]), "utf-8")
    found = track(guangxi, path)
    part = found.record.regions[0].year_to_date
    assert (part.year, part.quarter, part.reduction) == (2017, 2, pytest.approx(0.06))
    assert part.cumulative_reduction == pytest.approx(1 - 0.97 * 0.94)
    assert part.annual_target == pytest.approx(1 - 0.77**0.2)
    assert part.light == "yellow"  # 8.8 % of the 9.9 % that the path asks by 2017
    assert found.record.province.year_to_date.light == "red"
    assert any("2017 年前 2 个季度，柳州" in line for line in found.statements("zh"))
    assert any("quarters 1–2" in line for line in found.statements("en"))


def test_peak_years_are_checked(reductions):
    scenario = load_scenario("guangxi-13fyp", ["track.peak.全区=2019", "track.peak.柳州=2016"])
    record = track(scenario, "actuals-example").record
    assert record.province.peak.asked == 2019
    assert record.province.peak.planned_in_time is False
    liuzhou = record.regions[1].peak
    assert (liuzhou.planned_in_time, liuzhou.expected_in_time) == (True, False)


def test_growth_by_year(guangxi_folder, edit):
    """All growth in the first year: the paths of the year before the last are then heavier."""
    names = load_scenario(guangxi_folder).regions
    rows = [
        f"{name},{year},{growth if year == 2016 else 1}"
        for name, growth in zip(names.names, names.growth, strict=True)
        for year in range(2016, 2021)
    ]
    (guangxi_folder / "growth.csv").write_text("\n".join(["region,year,growth", *rows]), "utf-8")
    edit(guangxi_folder / "scenario.yaml", "  path: geometric\n", "  path: geometric\n  growth: growth.csv\n")
    record = track(load_scenario(guangxi_folder), "actuals-example").record
    planned = record.regions[0].peak.planned_10kt
    assert planned[1] == pytest.approx(2135 * 1.32126 * 0.77**0.2)
    assert planned[5] == pytest.approx(2135 * 1.32126 * 0.77)
    assert record.regions[0].peak.planned_peak == 2016
    assert "growth.csv" in record.inputs


def test_everything_wrong_is_said_at_once(guangxi_folder, tmp_path):
    (guangxi_folder / "growth.csv").write_text("region,year,growth\n南宁,2016,3\n", "utf-8")
    path = tmp_path / "actuals.csv"
    path.write_text("region,year,gdp,emissions\n南宁,2031,1,1\n", "utf-8")
    settings = ["track.path=given", "track.weights=[1, 2]", "track.growth=growth.csv", "track.peak.某市=2018"]
    options = [word for setting in settings for word in ("--set", setting)]
    result = run("track", guangxi_folder, path, "--targets", "nowhere", "--json", *options)
    assert result.exit_code == 2
    codes = [finding["code"] for finding in json.loads(result.stdout)["findings"]]
    assert codes[:2] == ["track_weights_count", "unknown_region"]
    assert {"yearly_growth_range", "actuals_year", "unknown_table"} <= set(codes)


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (["track.path=given"], "track_weights_missing"),
        (["track.weights=[1, 1, 1, 1, 1]"], "track_weights_unused"),
        (["track.warning.red=200%"], "track_threshold"),
        (["track.warning.yellow=20%"], "track_threshold_order"),
        (["track.warning.effort=0.5"], "track_effort"),
        (["track.peak.南宁=2030"], "track_peak_year"),
        (["track.pace=even"], "unknown_key"),
    ],
)
def test_settings_that_cannot_be(settings, code):
    options = [word for setting in settings for word in ("--set", setting)]
    result = run("track", "guangxi-13fyp", "actuals-example", "--json", *options)
    assert result.exit_code == 2
    assert [finding["code"] for finding in json.loads(result.stdout)["findings"]] == [code]


def test_a_table_that_does_not_back_the_province_is_exit_1():
    result = run("track", "guangxi-13fyp", "actuals-example", "--targets", "published", "--lang", "en")
    assert result.exit_code == 1
    assert "do not back the province" in result.stdout
    assert "14.73 %" in result.stdout


def test_a_path_that_does_not_hold_a_year_is_exit_1_with_year_and_amount():
    result = run("track", "guangxi-13fyp", "actuals-example", "--set", "track.path=linear")
    assert result.exit_code == 1
    assert "2017 年的路径不能支撑全省" in result.stdout
    assert "0.051 个百分点" in result.stdout
    assert "不能支撑全省：按规划增长只下降" not in result.stdout


def test_what_is_written(example, guangxi, tmp_path):
    write_track(track(guangxi, "actuals-example"), tmp_path / "out", "en")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(FILES)
    written = json.loads((tmp_path / "out" / "track.json").read_text("utf-8"))
    assert written["schema_version"] == 1
    assert written["regions"][0]["progress"] == example.regions[0].progress
    text = (tmp_path / "out" / "track.csv").read_bytes().decode("utf-8-sig")
    header, *rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 15 * 5
    assert {len(row) for row in rows} == {len(header)}
    nanning = dict(zip(header, rows[2], strict=True))
    assert nanning["year"] == "2018"
    assert nanning["progress (%)"] == "62.00"
    assert nanning["light"] == "green"


def test_the_real_command(tmp_path):
    environment = {**os.environ, "PYTHONWARNINGS": "error::DeprecationWarning:allocator"}

    def command(*words):
        line = [sys.executable, "-m", "allocator", "track", "guangxi-13fyp", *words]
        return subprocess.run(line, cwd=tmp_path, capture_output=True, encoding="utf-8", env=environment)

    said = command("actuals-example", "--out", "tracked")
    assert said.returncode == 0, said.stderr
    assert "红灯地区 3 个" in said.stdout
    assert (tmp_path / "tracked" / "track.json").is_file()
    other = command("actuals-example", "--targets", "published", "--json")
    assert other.returncode == 1
    assert json.loads(other.stdout)["regions"][0]["target"] == 0.17


def test_an_unknown_short_name_is_answered_with_those_there_are():
    unknown = run("track", "guangxi-13fyp", "actuals")
    assert unknown.exit_code == 2
    assert "actuals-example" in unknown.stderr


def test_json_is_the_record(example):
    document = json.loads(run("track", "guangxi-13fyp", "actuals-example", "--json").stdout)
    assert document == example.model_dump(mode="json")


def test_emissions_from_an_energy_table_give_the_same(guangxi, tmp_path, example):
    """The example's emissions as coal, of which 1 万吨标煤 is 2.66 万吨 CO2."""
    with (guangxi.folder / "actuals-example.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[2:]
    energy = [f"{row[1]},{row[2]},{float(row[4]) / 2.66:.6f}" for row in rows]
    (tmp_path / "energy.csv").write_text("\n".join(["地区,年份,煤炭(万吨标煤)", *energy]), "utf-8")
    gdp = [f"{row[1]},{row[2]},{row[3]}" for row in rows]
    (tmp_path / "gdp.csv").write_text("\n".join(["region,year,gdp", *gdp]), "utf-8")
    found = track(guangxi, tmp_path / "gdp.csv", beyond=Asked(energy=tmp_path / "energy.csv"))
    assert [notice.code for notice in found.notices] == ["actuals_energy_unchecked"]
    assert {"gdp.csv", "energy.csv"} <= set(found.record.inputs)
    for mine, theirs in zip(found.record.regions, example.regions, strict=True):
        assert mine.progress == pytest.approx(theirs.progress, abs=1e-7)
    missing = run("track", "guangxi-13fyp", tmp_path / "gdp.csv", "--energy", tmp_path / "none.csv", "--json")
    assert [finding["code"] for finding in json.loads(missing.stdout)["findings"]] == ["no_file"]


def test_quarters_before_the_first_whole_year(guangxi, tmp_path):
    """Up to the first quarter of 2016: levels of 2015 and 2016; nothing is done yet, and the light looks ahead."""
    regions = guangxi.regions
    rows = []
    for name, gdp, emissions in zip(regions.names, regions.gdp, regions.emissions, strict=True):
        rows += [f"{name},2015,1,{gdp / 4},{emissions / 4}", f"{name},2016,1,{gdp / 4},{emissions / 4 * 97 / 100}"]
    path = tmp_path / "first.csv"
    path.write_text("\n".join(["region,year,quarter,gdp,emissions", *rows]), "utf-8")
    found = track(guangxi, path, beyond=Asked(resplit=True))
    record = found.record
    assert (record.years, record.form) == ((), "levels")
    assert record.province.cumulative_reduction == 0
    assert record.province.forecast_trend is None
    assert record.province.year_to_date.reduction == pytest.approx(0.03)
    assert record.regions[3].year_to_date.light == "yellow"
    assert record.resplit.verdict == "backed"
    for language in ("zh", "en"):
        assert all(found.statements(language))


def test_a_residual_line_is_said(guangxi_folder, edit, reductions):
    edit(
        guangxi_folder / "scenario.yaml",
        "publish: {grid",
        "reconcile: {emissions: residual, gdp: residual, residual: {growth: 1.2, rate: 10%}, "
        "province: {emissions: 24000, gdp: 17000}}\npublish: {grid",
    )
    found = track(load_scenario(guangxi_folder), reductions([3]))
    assert "track_residual" in [notice.code for notice in found.notices]


@pytest.mark.parametrize(
    ("given", "printed", "said"),
    [
        ([], True, "下降率按公布的两位小数与路径、目标比较。"),
        (["track.printed_rates=false"], False, "下降率按未取整的数值与路径、目标比较。"),
    ],
)
def test_what_counts_is_said_everywhere(given, printed, said, tmp_path):
    scenario = load_scenario("guangxi-13fyp", given)
    found = track(scenario, "actuals-example")
    assert found.record.printed_rates is printed
    assert said in found.statements("zh")
    write_track(found, tmp_path / "out", "zh")
    folder = tmp_path / "out"
    assert said in (folder / "progress.html").read_text("utf-8")
    for name in ("progress.xlsx", "progress.docx"):
        with zipfile.ZipFile(folder / name) as parts:
            assert any(said in parts.read(part).decode("utf-8", "ignore") for part in parts.namelist()), name


@pytest.mark.parametrize("title", ["“十二五”各市碳强度下降目标", "2011—2015年碳强度下降率"])
def test_targets_of_another_period_are_asked_about(guangxi, tmp_path, title):
    path = tmp_path / "targets.csv"
    lines = [f"{title}\nname,rate", *(f"{name},17%" for name in guangxi.regions.names)]
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(InputError) as caught:
        track(guangxi, "actuals-example", str(path))
    (found,) = caught.value.findings
    assert (found.code, found.place.row) == ("rates_of_period", 1)
    path.write_text("\n".join(lines).replace(title, "“十三五”各市碳强度下降目标"), "utf-8")
    assert track(guangxi, "actuals-example", str(path)).record.regions[0].target == 0.17
