"""The forecast of totals against their caps, and their lights, reckoned by hand."""

import csv
import json
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.tracking.levels import Capped, total_outlook
from allocator.tracking.track import track
from reports.tracking.page import worst_light
from reports.tracking.sentences import province_statements
from tests.allocator.tracking.test_levels import ACTUAL, CAPS, actual_table

WORDS = {
    "zh": ("总量：按目前年均降幅和规划增长推算，2030 年全省排放", "全省总量预警为", "期末总量预测"),
    "en": ("Total: at the mean rate so far", "Total of the province", "Forecast of totals"),
}


@pytest.fixture
def actuals(tmp_path):
    return actual_table(tmp_path)


def run(*words):
    return CliRunner().invoke(app, [*map(str, words)])


def test_the_mean_rate_goes_on_at_the_planned_growth(actuals, example_15fyp):
    done = run("track", "15fyp-example", actuals, "--set", "total.caps=total", "--json")
    assert done.exit_code in (0, 1), done.stderr
    found = json.loads(done.stdout)
    regions = example_15fyp.regions
    expected = {}
    for n, (city, (_, (emissions, gdp))) in enumerate(ACTUAL.items()):
        before = float(regions.emissions[n]) / float(regions.gdp[n])
        kept = (emissions / gdp / before) ** 0.5  # a year
        expected[city] = emissions * float(regions.growth[n]) ** 0.6 * kept**3
    for region in found["regions"]:
        total = region["total"]
        assert total["expected_10kt"] == pytest.approx(expected[region["name"]])
        if region["name"] in CAPS:
            cap = CAPS[region["name"]]
            assert (total["cap_10kt"], total["within"]) == (cap, expected[region["name"]] <= cap)
            assert total["over_10kt"] == pytest.approx(expected[region["name"]] - cap)
    province = found["province"]["total"]
    assert province["expected_10kt"] == pytest.approx(sum(expected.values()))
    assert (province["cap_10kt"], province["path_10kt"], province["kept"]) == (42500, 41133, False)


@pytest.mark.parametrize(
    ("intensity", "total", "worst"),
    [("green", "red", "red"), ("red", "green", "red"), ("green", "yellow", "yellow"), ("green", None, "green")],
)
def test_the_light_of_the_total_stands_beside_that_of_the_intensity(actuals, example_15fyp, intensity, total, worst):
    record = track(example_15fyp, actuals).record
    outlook = record.province.total.model_copy(update={"light": total})
    province = record.province.model_copy(update={"light": intensity, "total": outlook})
    changed = record.model_copy(update={"province": province})
    lines = province_statements(changed, "zh")
    at = next(n for n, line in enumerate(lines) if line.startswith("全省预警为"))
    assert lines[at + 1].startswith("全省总量预警为") is (total is not None)
    assert worst_light(changed) == worst


@pytest.mark.parametrize(
    ("now", "expected", "light"), [(94, 90, "green"), (94, 91, "yellow"), (95, 90, "yellow"), (95, 91, "red")]
)
def test_lights_of_a_total(now, expected, light):
    capped = Capped(
        Fraction(90), tuple(map(Fraction, (100, 97, 94, 92, 90))), (Fraction(100), Fraction(97), Fraction(now))
    )
    found = total_outlook(capped, float(expected), lights=True)
    assert (found.light, found.over_10kt) == (light, expected - 90)
    assert total_outlook(capped, float(expected), lights=False).light is None
    assert total_outlook(Capped(Fraction(90), capped.path, (Fraction(100),)), 90.0, lights=True) is None


def test_at_the_end_it_is_what_was_emitted():
    capped = Capped(Fraction(90), (Fraction(100), Fraction(90)), (Fraction(100), Fraction(901, 10)))
    found = total_outlook(capped, 12.0, lights=True)
    assert (found.expected_10kt, found.within, found.light) == (90.1, False, "red")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_stands_in_every_paper(actuals, tmp_path, language):
    out = tmp_path / "o"
    done = run("track", "15fyp-example", actuals, "--out", out, "--lang", language)
    forecast, light, caption = WORDS[language]
    page = (out / "progress.html").read_text("utf-8")
    assert forecast in done.stdout
    assert light in done.stdout
    assert light in page
    assert caption in page
    with (out / "track.csv").open(encoding="utf-8-sig", newline="") as stream:
        heads, *rows = csv.reader(stream)
    total = json.loads((out / "track.json").read_text("utf-8"))["province"]["total"]
    row = next(row for row in rows if row[0] == "" and row[2] == "2027")
    assert row[16:19] == [f"{total['expected_10kt']:.1f}", "42500", f"{total['over_10kt']:.1f}"]
    assert len(heads) == 25


def test_without_a_cap_nothing_is_said(actuals):
    done = run("track", "15fyp-example", actuals, "--set", "total=null", "--json")
    assert '"total"' not in done.stdout
