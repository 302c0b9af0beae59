"""`allocator explain`: what a reviewer gets on the screen and in the folder, in both languages, and what is refused."""

import csv
import io
import json
import shutil
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from typer.testing import CliRunner

import allocator
from allocator.cli import app
from allocator.explaining.explain import explain
from reports.explaining.page import explain_html
from reports.explaining.record import verdict_of
from reports.explaining.sentences import explain_statements
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario
from scenarios.wording import LANGUAGES
from solvers.objectives.explanation import Printed, Refits, rate_range, weight_ranges
from solvers.objectives.explanation import explain as refit

FEWEST = 19


@pytest.fixture(scope="module")
def records(case):
    wanted = {"guangxi": (), "zhejiang": (), "jiangsu": ("intensity", "wealth", "emissions")}
    return {name: explain(case(name), "published", keys, permutations=39) for name, keys in wanted.items()}


def run(*words):
    return CliRunner().invoke(app, ["explain", *map(str, words)])


@pytest.mark.parametrize(("name", "zh", "en"), [
    ("guangxi", "权重解释不了这张表", "Weights do not explain this table"),
    ("zhejiang", "看得出次序，看不出权重", "An order is visible, the weights are not"),
    ("jiangsu", "", ""),
])  # fmt: skip
def test_the_verdict_stands_first_with_its_data(records, name, zh, en):
    record = records[name]
    for language, words in (("zh", zh), ("en", en)):
        said = explain_statements(record, language)[2]
        assert said.startswith(words)
        if record.basis is not None:
            assert record.basis.say(language) in said


def test_three_stated_indicators_are_weighed_together_in_their_ranges(records):
    """By hand from the figures apart: .306 .546 .147 in .06–.43, .35–.76, 0–.45."""
    record = records["jiangsu"]
    assert [line.key for line in record.lines] == ["plan", "one", "all"]
    assert (record.judged_by, record.candidates) == ("all", 9)
    said = "\n".join(explain_statements(record, "en"))
    for text in ("35–76", "6–43", "0–45"):
        assert text in said
    assert "named out of 9; how they were chosen is not counted as chance" in said


def test_the_rule_of_the_verdict():
    assert verdict_of(0.101, 0.9) == "not_explained"
    assert verdict_of(0.1, 0.3) == "order"
    assert verdict_of(0.1, None) == "order"
    assert verdict_of(0.1, 0.301) == "explained"


def test_the_screen_names_who_is_furthest_off_and_never_a_weight_alone(records):
    said = "\n".join(explain_statements(records["guangxi"], "zh"))
    assert "钦州 −11.9、防城港 −7.7" in said
    assert "同样多的指标，另有 8 组拟合得差不多，例如二氧化碳排放总量 + 第三产业比重" in said
    assert "若不限定指标的方向，拟合可达 0.75" in said
    assert "是建议，不是定论" in said
    table = said[said.index("权重的范围（%）") : said.index("各地区：公布")]
    cells = [cell for row in table.splitlines()[2:] for cell in row.split()[-2:]]
    assert all("–" in cell for cell in cells)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_holds_ranges_and_every_region(records, language):
    for record in records.values():
        page = explain_html(record, language)
        weighed = [line for line in record.lines if line.key in ("few", "all")]
        assert page.count("<svg") == sum(len(line.weights) for line in weighed) + len(record.regions)
        assert 'id="lines"' in page
        assert "Plotly" not in page
        for region in record.regions:
            assert region.label(language) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files(tmp_path, language):
    words = ("guangxi-13fyp", "published", "--permutations", FEWEST, "--lang", language)
    done = run(*words, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "explain.json  explain-weights.csv  explain-regions.csv  explain.html" in done.stdout
    folder = tmp_path / "out"
    record = json.loads((folder / "explain.json").read_text("utf-8"))
    assert set(record["inputs"]) == {"scenario.yaml", "regions.csv", "published.csv"}
    rows = list(csv.reader(io.StringIO((folder / "explain-regions.csv").read_bytes().decode("utf-8-sig"))))
    assert len(rows) == 1 + 4 * 14
    # 钦州 by all nine: 10 published, 22.1398 fitted
    assert [row[3:6] for row in rows if row[1] == "450700"][-1] == ["10", "22.1398", "-12.1398"]
    weights = list(csv.reader(io.StringIO((folder / "explain-weights.csv").read_bytes().decode("utf-8-sig"))))
    assert len(weights) == 1 + 1 + 2 + 9
    assert all(float(low) <= float(best) <= float(high) for *_, low, best, high in weights[1:])
    again = run(*words, "--out", folder, "--json")
    assert json.loads(again.stdout)["lines"] == record["lines"]
    assert run(*words, "--json", "--seed", 2).stdout != again.stdout


def test_nothing_is_written_where_no_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("zhejiang-13fyp", "published", "--permutations", FEWEST, "--indicators", "wealth,intensity")
    assert done.exit_code == 0
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_the_table_is_not_written_over(tmp_path):
    folder = tmp_path / "out"
    assert (
        run(
            "zhejiang-13fyp", "published", "--permutations", FEWEST, "--indicators", "wealth", "--out", folder
        ).exit_code
        == 0
    )
    table = folder / "explain-regions.csv"
    shutil.copy(find_scenario("zhejiang-13fyp").parent / "published.csv", table)
    before = table.read_bytes()
    done = run("zhejiang-13fyp", table, "--permutations", FEWEST, "--out", folder)
    assert done.exit_code == 2
    assert table.read_bytes() == before


def test_three_exceptions_would_make_it_fit_and_explain_nothing(case, monkeypatch):
    """Computed apart: .825 without the coast; 59 shuffled tables .584 on average, .864 at 95 %, p .117."""
    monkeypatch.setattr("allocator.explaining.exceptions.SHUFFLES", 19)
    record = explain(case("guangxi"), "published", permutations=FEWEST, exceptions=3)
    found = record.exceptions
    names = {region.id: region.name for region in record.regions}
    assert [names[one] for one in found.regions] == ["北海", "防城港", "钦州"]
    assert found.fit == pytest.approx(0.82533, abs=5e-7)
    assert found.p == pytest.approx(0.117, abs=0.2)
    assert found.chance_mean == pytest.approx(0.584, abs=0.12)
    assert found.chance_95 == pytest.approx(0.864, abs=0.12)
    assert "若把北海、防城港、钦州当作例外，其余地区的拟合可达 0.83" in "\n".join(explain_statements(record, "zh"))
    assert record.verdict == "not_explained"


def test_how_many_shuffled_tables_are_done_is_told(case):
    told = []
    explain(case("zhejiang"), "published", ("wealth",), permutations=FEWEST, advance=lambda: told.append(1))
    assert len(told) == FEWEST


def test_the_function_of_the_package(case):
    record = allocator.explain(case("zhejiang"), "published", indicators=["wealth", "potential.intensity"], most=1,
                               permutations=FEWEST)  # fmt: skip
    assert (record.judged_by, record.judged.indicators) == ("one", ("capacity.wealth",))


# refused


def table_of(path, rates):
    """Write a workbook with these rates of the cities of Guangxi below a title."""
    names = load_scenario("guangxi-13fyp").regions.names
    book = openpyxl.Workbook()
    for row in (["各市下降率"], ["地区", "下降率(%)"], *zip(names, rates, strict=True)):
        book.active.append(row)
    book.save(path)
    return path


def test_a_flat_table_is_refused_at_its_cell(tmp_path):
    flat = table_of(tmp_path / "flat.xlsx", [17] * 14)
    done = run("guangxi-13fyp", flat)
    assert done.exit_code == 2
    assert "B3" in done.stderr
    assert "都在 17% 到 17% 之间" in done.stderr
    nearly = table_of(tmp_path / "nearly.xlsx", [17, 18] * 7)
    assert (
        "no further apart than the step of the table (1 points)" in run("guangxi-13fyp", nearly, "--lang", "en").stderr
    )


def test_fewer_cities_than_indicators_and_two_are_refused_at_their_cells(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(find_scenario("guangxi-13fyp").parent, folder)
    for name in ("regions.csv", "published.csv", "population.csv"):
        lines = (folder / name).read_text("utf-8").splitlines()
        (folder / name).write_text("\n".join(lines[:11]), "utf-8")
    text = (folder / "scenario.yaml").read_text("utf-8").replace(", 百色, 贺州, 河池, 来宾, 崇左]", ", 百色]")
    (folder / "scenario.yaml").write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        explain(load_scenario(folder), "published")
    found = error.value.findings[0]
    assert (found.code, found.place.file) == ("explain_few_cities", "published.csv")
    assert "表中有 10 个地区，可用来解释的指标有 9 个" in found.say("zh")
    assert "these need 11 regions" in found.say("en").lower()
    seven = ("income", "wealth", "industry", "economy", "energy", "emissions", "fiscal", "intensity")
    assert explain(load_scenario(folder), "published", seven, permutations=FEWEST).lines


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--indicators", "wealth,gdp"), "--indicators：方案中没有“gdp”这个指标"),
        (("--most", "0"), "--most：是 0，应在 1 到 9"),
        (("--most", "10"), "--most：是 10，应在 1 到 9"),
        (("--exceptions", "4"), "--exceptions：是 4，14 个地区、这些指标，例外最多 3 个"),
        (("--exceptions", "-1"), "--exceptions：是 -1"),
        (("--permutations", "9"), "--permutations：是 9，至少要 19 次"),
    ],
)
def test_what_the_command_line_cannot_mean(words, told):
    done = run("guangxi-13fyp", "published", *words)
    assert done.exit_code == 2
    assert told in done.stderr


def test_a_level_is_not_explained():
    with pytest.raises(InputError) as error:
        explain(load_scenario(Path(find_scenario("15fyp-energy")).parent / "coal.yaml"), "published")
    assert error.value.findings[0].code == "level_not_here"


# the mathematics, by hand

LINE = np.array([[0.0], [0.25], [0.5], [0.75], [1.0]])


def test_one_trait_by_hand():
    """10 to 14 in whole points: 0.5 to spare at both ends, so the least pull is 3 and the loss none."""
    best = refit(Printed(np.array([10.0, 11, 12, 13, 14]), LINE, 0.5))
    assert best.loss == pytest.approx(0, abs=1e-9)
    assert 3 - 1e-9 <= best.pulls[0] <= 5 + 1e-9
    # one rate: 11.5 loses 14 - 0.5 - 11.5; a line through (0, 10.5) and (0.5, 11.5) loses 0.5 at 0.75 and 1 at 1
    off = Printed(np.array([11.0, 11, 11, 11, 14]), LINE, 0.5)
    assert off.best_constant() == 11.5
    assert off.beyond(11.5).sum() == pytest.approx(2)
    assert refit(off).loss == pytest.approx(1.5, abs=1e-9)
    assert refit(off).pulls == pytest.approx([2], abs=1e-9)


def test_a_trait_that_pulls_the_wrong_way_has_no_weight():
    falling = Printed(np.array([14.0, 13, 12, 11, 10]), LINE, 0.5)
    assert refit(falling).pulls == pytest.approx([0])
    assert refit(falling).weights is None
    assert refit(falling, signs_free=True).loss == pytest.approx(0, abs=1e-9)


def test_twins_share_a_weight_in_any_way():
    """Two equal columns: each may have all of the weight or none."""
    twins = Printed(np.array([10.0, 11, 12, 13, 14]), np.hstack([LINE, LINE]), 0.5)
    low, high = weight_ranges(twins, 0.0)
    assert low == pytest.approx([0, 0], abs=1e-9)
    assert high == pytest.approx([1, 1], abs=1e-9)


def test_a_trait_of_one_city_says_nothing_of_it_when_it_is_left_out():
    """A pilot city, 3 points above what its other trait foretells: the others put it where the line is."""
    traits = np.hstack([LINE, np.array([[0.0], [0], [0], [0], [1]])])
    printed = Printed(np.array([10.0, 11, 12, 13, 17]), traits, 0.0)
    assert refit(printed).loss == pytest.approx(0, abs=1e-9)
    ends = rate_range(printed.without(4), 0.0, traits[4])
    assert ends == pytest.approx((14, 14), abs=1e-6)


def test_many_traits_are_chosen_by_the_integer_program_and_few_by_enumeration():
    random = np.random.default_rng(2)
    traits = random.random((16, 13))
    rates = np.round(10 + 6 * traits[:, 3] + 5 * traits[:, 11])
    printed = Printed(rates, traits, 0.5)
    many = Refits(printed, 2)
    assert many.sets == ()
    loss, used = many.best(rates)
    assert (loss, used) == (pytest.approx(0, abs=1e-8), (3, 11))
    few = Refits(printed.of((1, 3, 5, 11)), 2)
    assert len(few.sets) == 6
    assert few.best(rates) == (pytest.approx(0, abs=1e-8), (1, 3))
    shuffled = random.permutation(rates)
    apart = min(refit(Printed(shuffled, traits, 0.5).of((a, b))).loss for a in range(13) for b in range(a))
    assert many.losses(shuffled).min() == pytest.approx(apart, abs=1e-7)


@pytest.mark.parametrize(("option", "value"), [("--seed", "-1"), ("--permutations", "1000000001")])
def test_numbers_that_cannot_be_used_are_refused(option, value):
    result = CliRunner().invoke(app, ["explain", "guangxi-13fyp", "published", option, value])
    assert result.exit_code == 2
    assert value in result.output
    assert "ValueError" not in result.output
