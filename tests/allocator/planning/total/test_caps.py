"""Caps of cities beside their rates, against figures computed apart from this program (dual control, 11 and 16)."""

import json
import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil, floor

import openpyxl
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.plan import plan
from allocator.planning.total.caps import caps_of
from reports.planning.caps import budgets_statement, budgets_table, caps_statements
from reports.planning.sentences import province_statements
from reports.publishing.recheck import disagreements
from reports.verifying.pair import judged_pair
from reports.verifying.verification import verify_rates
from scenarios.baseline import Baseline
from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.total.cap import Total
from scenarios.total.caps import AskedCaps, CityCaps
from tests.scenarios.test_baseline import province

CITIES = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬市")
RATES = (18, 20.5, 18.5, 21, 16.5, 13.5, 16, 12.5, 13.5)
INTENSITY_ALONE = (17.5, 19.5, 18, 20, 15.5, 12.5, 15.5, 12, 12.5)
LEFT = (5162.2936, 9901.5859, 8061.8822, 7392.1137, 4116.4331, 2099.9363, 4101.8292, 779.4885, 577.4394)
CAPS = {
    "rates": (5162, 9902, 8062, 7392, 4116, 2100, 4102, 780, 577),
    "total": (5163, 9903, 8063, 7393, 4117, 2100, 4103, 780, 578),
    "base": (5323, 9969, 7740, 7726, 3976, 2053, 4064, 766, 583),
}
SWAPS = (1.278602, 1.318919, 1.286499, 1.327363, 1.255650, 1.212284, 1.248380, 1.198889, 1.211556)
NEEDED = (15.4473, 19.9587, 21.7540, 17.4317, 19.3486, 15.4334, 16.7747, 14.0141, 12.6670)
RESIDUAL = [
    "reconcile.emissions=residual", "reconcile.province.emissions=25000", "reconcile.residual.rate=5%",
]  # fmt: skip
POINT = (41.631, 75.585, 60.163, 58.206, 31.665, 16.935, 32.554, 6.389, 4.812)


def run(*words):
    return CliRunner().invoke(app, [*map(str, words), "--lang", "en"])


def made(*settings):
    return plan(load_scenario("15fyp-example", settings))


def judged(rates, caps, *settings):
    """Return the judgement on a pair of the invented province."""
    fractions = [Decimal(str(rate)) / 100 for rate in rates]
    return verify_rates(load_scenario("15fyp-example", settings), fractions, caps=CityCaps(tuple(map(Fraction, caps))))


def pair_file(folder, rates=RATES, caps=CAPS["rates"], heads="地区,下降率(%),碳排放总量(万吨)", more=""):
    rows = "\n".join(f"{name},{rate},{cap}" for name, rate, cap in zip(CITIES, rates, caps, strict=True))
    path = folder / "pair.csv"
    path.write_text(f"{heads}\n{rows}\n{more}", "utf-8")
    return path


@pytest.mark.parametrize("policy", CAPS)
def test_caps_are_whole_and_add_up(policy):
    record = made(f"total.caps={policy}").record
    assert tuple(region.published_rate * 100 for region in record.regions) == pytest.approx(RATES)
    assert tuple(region.cap.cap_10kt for region in record.regions) == CAPS[policy]
    assert [region.cap.allowed_10kt for region in record.regions] == pytest.approx(LEFT, abs=5e-5)
    pair = record.province.total.pair
    assert (pair.policy, pair.rest_10kt, pair.adds_up, pair.holds) == (policy, 0, True, True)
    assert pair.sum_10kt + pair.reserve_10kt == 42500
    assert pair.reserve_10kt == (307 if policy == "rates" else 300)
    assert not disagreements(record)


def test_what_the_caps_by_the_rates_come_to():
    pair = made().record.province.total.pair
    assert (pair.kept_10kt, pair.kept_rate * 100) == (
        pytest.approx(42191.7221, abs=5e-5),
        pytest.approx(17.839646, abs=5e-7),
    )
    assert pair.caps_rate * 100 == pytest.approx(17.837157, abs=5e-7)
    assert pair.back_from == pytest.approx(0.989914, abs=5e-7)


def test_caps_by_base_emissions_bind_in_other_cities_than_the_rates():
    record = made("total.caps=base").record
    cities = [region.cap for region in record.regions]
    assert [city.binds for city in cities] == ["rate", "rate", "cap", "rate", "cap", "cap", "cap", "cap", "rate"]
    assert [city.swap for city in cities] == pytest.approx(SWAPS, abs=5e-7)
    assert [city.needed * 100 for city in cities] == pytest.approx(NEEDED, abs=5e-5)
    assert {city.point_10kt for city in cities} == {0}  # no growth is in these caps
    by_rates = [region.cap.point_10kt for region in made().record.regions]
    assert by_rates == pytest.approx(POINT, abs=5e-4)
    pair = record.province.total.pair
    assert (pair.kept_10kt, pair.kept_rate * 100) == (
        pytest.approx(41632.4326, abs=5e-5),
        pytest.approx(18.928756, abs=5e-7),
    )
    assert pair.back_from == pytest.approx(0.990078, abs=5e-7)


def test_rates_made_for_the_intensity_alone_are_held_by_caps():
    total = judged(INTENSITY_ALONE, _scaled(INTENSITY_ALONE), "total.caps=total").total
    assert float(total.emissions) == pytest.approx(42601.1788, abs=5e-5)
    assert total.room < 0
    assert (total.pair.kept, total.pair.holds, total.pair.adds_up) == (42200, True, True)
    assert {city.binds for city in total.pair.cities} == {"cap"}


def _scaled(rates):
    """Return the caps that hand out all of the total beside some rates."""
    scenario = load_scenario("15fyp-example", ["total.caps=total"])
    return caps_of(scenario, [Decimal(str(rate)) / 100 for rate in rates]).values


def test_growth_at_its_worst_with_caps_kept():
    found = made("total.caps=total", "growth_uncertainty=5%").record.province
    assert found.robustness.worst_10kt == pytest.approx(707.258, abs=5e-4)
    assert found.total.robustness.worst_10kt == pytest.approx(2102.652, abs=5e-4)
    assert found.total.pair.worst_10kt == pytest.approx(151.113, abs=5e-4)


def test_the_reserve_counts_in_the_intensity_unless_it_is_apart():
    """With a cap that does not bind, 300 of 51,352.897 are 0.584193 points more for the cities."""
    counted = load_scenario("15fyp-example", ["total.cap=60000"]).baseline
    assert (float(counted.asked) - 0.17) * 100 == pytest.approx(0.584193, abs=5e-7)
    assert not counted.total_binds
    apart = load_scenario("15fyp-example", ["total.cap=60000", "total.apart=某发改〔2026〕1号"]).baseline
    assert apart.asked == Fraction(17, 100)
    # its GDP of 400 against 59,460 of the cities: 0.83 × 400/59,460 = 0.558358 points less
    with_gdp = load_scenario("15fyp-example", ["total.cap=60000", "total.reserve_gdp_end=400"]).baseline
    assert (float(with_gdp.asked) - 0.17) * 100 == pytest.approx(0.584193 - 0.558358, abs=5e-6)
    said = made("total.cap=60000").record.province.total
    assert said.pair.reserve_10kt > 17000  # by the rates nearly all of so large a cap is left, and it may not be used
    assert said.with_reserve < 0


def test_steps_and_subtotals(example_15fyp_folder, edit):
    tens = made("total.step=10").record
    assert [region.cap.cap_10kt for region in tens.regions] == [5160, 9900, 8060, 7390, 4120, 2100, 4100, 780, 580]
    assert tens.province.total.pair.reserve_10kt == 310
    table = example_15fyp_folder / "regions.csv"
    lines = table.read_text("utf-8").splitlines()
    groups = ("group", *"东东东东中中中西西")
    table.write_text("\n".join(f"{a},{b}" for a, b in zip(lines, groups, strict=True)), "utf-8")
    record = plan(load_scenario(example_15fyp_folder, ["total.subtotals=true"])).record
    # sums of the groups 30517.8754, 10318.1986, 1356.9279: one more for the first and the last
    assert record.province.total.pair.subtotals == {"东": 30518, "中": 10318, "西": 1357}
    assert sum(region.cap.cap_10kt for region in record.regions) == 42193
    refused = run("plan", "15fyp-example", "--set", "total.subtotals=true")
    assert refused.exit_code == 2
    assert "a column “group”" in refused.stderr


def test_every_file_holds_both_targets(tmp_path):
    out = tmp_path / "o"
    done = run("plan", "15fyp-example", "--out", out)
    assert done.exit_code == 0
    assert "42,193 × 10⁴ t, with a reserve of 307 × 10⁴ t exactly the province's 42,500 × 10⁴ t" in done.stdout
    for name in ("allocation.csv", "allocation.xlsx", "plan.json"):
        again = run("verify", "15fyp-example", out / name)
        assert again.exit_code == 0, again.stdout + again.stderr
        assert "exactly the province's 42,500" in again.stdout
    assert run("publish", out, "--out", tmp_path / "p").exit_code == 0
    for suffix in ("csv", "xlsx"):
        verified = run("verify", "15fyp-example", tmp_path / "p" / f"table-en.{suffix}")
        assert verified.exit_code == 0, verified.stdout + verified.stderr
        assert "a reserve of 307" in verified.stdout
    assert ",reserve,–,307" in (tmp_path / "p" / "table-en.csv").read_text("utf-8-sig")
    assert run("publish", out, "--profile", "full", "--out", tmp_path / "full").exit_code == 0
    assert "reserve,–,–,–,307,–,–" in (tmp_path / "full" / "table-en.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("rates", "caps", "more", "code", "said"),
    [
        (RATES, CAPS["rates"], "", 0, "exactly the province's 42,500"),
        (RATES, CAPS["total"], "", 0, "exactly the province's 42,500"),
        (RATES, CAPS["rates"], "机动,,307\n合计,,42500\n", 0, "a reserve of 307"),
        # 42,193 + 300 leave 7
        (RATES, CAPS["rates"], "机动,,300\n", 1, "7 × 10⁴ t below the province's 42,500"),
        (RATES, (5262, *CAPS["rates"][1:]), "", 1, "93 × 10⁴ t above the province's 42,500"),
        # rates for the intensity alone: 401.2 too much; the caps hold them
        (INTENSITY_ALONE, CAPS["total"], "", 0, "the rates alone break the cap by 401.2"),
        ((10,) * 9, CAPS["total"], "", 1, "Not backed"),
    ],
)
def test_a_pair_gets_its_four_answers(tmp_path, rates, caps, more, code, said):
    done = run("verify", "15fyp-example", pair_file(tmp_path, rates, caps, more=more))
    assert done.exit_code == code, done.stdout + done.stderr
    assert said in done.stdout


def test_caps_may_stand_in_a_table_of_their_own_or_be_increments(tmp_path):
    rates = tmp_path / "rates.csv"
    rates.write_text("name,rate(%)\n" + "".join(f"{n},{r}\n" for n, r in zip(CITIES, RATES, strict=True)), "utf-8")
    base = load_scenario("15fyp-example").regions.emissions
    more = tmp_path / "more.csv"
    rows = (f"{n},{(Decimal(c) - e) * 10000}\n" for n, c, e in zip(CITIES, CAPS["total"], base, strict=True))
    more.write_text("地区,碳排放增量控制目标(吨)\n" + "".join(rows), "utf-8")
    done = run("verify", "15fyp-example", rates, "--caps", more)
    assert done.exit_code == 0, done.stdout + done.stderr
    assert "42,200 × 10⁴ t, with a reserve of 300" in done.stdout
    record = json.loads(run("verify", "15fyp-example", rates, "--caps", more, "--json").stdout)
    assert record["regions"][0]["cap"]["cap_10kt"] == 5163
    without = run("verify", "15fyp-example", rates)
    assert without.exit_code == 0
    assert "exactly" not in without.stdout
    assert run("verify", "guangxi-13fyp", "published", "--caps", more).exit_code == 2


@pytest.mark.parametrize(
    ("heads", "change", "said"),
    [
        ("地区,下降率(%),总量(万吨)", {0: 51620}, "“51620” of “甲市” is 9.999 times"),
        ("地区,下降率(%),总量(万吨)", dict(enumerate(x * 10000 for x in CAPS["rates"])), "the header as “总量 (t)”"),
        ("地区,下降率(%),总量(斤)", {}, "斤"),
        ("地区,下降率(%),总量(万吨)", {1: "约9902"}, "约9902"),
        ("地区,下降率(%),总量(万吨)", {1: ""}, "empty"),
        ("地区,下降率(%),总量(万吨)", {1: -5}, "not above zero"),
    ],
)
def test_caps_that_cannot_be_are_named_at_their_cells(tmp_path, heads, change, said):
    caps = [change.get(n, cap) for n, cap in enumerate(CAPS["rates"])]
    done = run("verify", "15fyp-example", pair_file(tmp_path, caps=caps, heads=heads))
    assert done.exit_code == 2, done.stdout
    assert said in done.stderr
    assert "pair.csv" in done.stderr


def test_a_total_row_that_is_no_sum_is_refused(tmp_path):
    done = run("verify", "15fyp-example", pair_file(tmp_path, more="合计,,42192\n"))
    assert done.exit_code == 2
    assert "not the sum of the rows, 42,193." in done.stderr
    done = run("verify", "15fyp-example", pair_file(tmp_path, more="机动,,307\n合计,,42192\n"))
    assert "not the sum of the rows, 42,193, nor that with the reserve, 42,500." in done.stderr


def test_a_cap_with_its_point_elsewhere_is_named_before_the_total_that_it_spoils(tmp_path):
    caps = (51620, *CAPS["rates"][1:])
    done = run("verify", "15fyp-example", pair_file(tmp_path, caps=caps, more="机动,,307\n合计,,42500\n"))
    assert done.exit_code == 2
    assert done.stderr.index("the cap “51620” of “甲市” is 9.999 times") < done.stderr.index("the total “42500”")
    assert "cap-off:pair.csv:甲市" in done.stderr


def test_one_cap_of_two_cities_cannot_be_parted(tmp_path):
    rows = list(zip(CITIES, RATES, CAPS["rates"], strict=True))[2:]
    table = tmp_path / "t.csv"
    lines = ["甲市、乙市,18,15064", *(",".join(map(str, row)) for row in rows)]
    table.write_text("\n".join(["地区,下降率(%),总量(万吨)", *lines]), "utf-8")
    done = run("verify", "15fyp-example", table)
    assert (done.exit_code, "missing" in done.stderr, "unknown" in done.stderr) == (2, False, False), done.stderr
    assert "row 2, column “总量”: one cap, “15064”, for 甲市、乙市" in done.stderr


@pytest.mark.parametrize(("crumbs", "code"), [("999999999818", 0), ("1", 2)])
def test_what_a_sum_in_binary_leaves_is_no_difference(example_15fyp_folder, tmp_path, crumbs, code):
    """甲市 has 5,163 of 42,200, written as 5,162.9 and what follows."""
    assert CAPS["total"][0] == 5163
    rows = [f"{name},{cap}" for name, cap in zip(CITIES, CAPS["total"], strict=True)]
    rows[0] = f"甲市,5162.9{crumbs}"
    (example_15fyp_folder / "caps.csv").write_text("\n".join(["地区,总量控制目标（万吨）", *rows]), "utf-8")
    done = run("plan", example_15fyp_folder, "--set", "total.caps=caps.csv", "--out", tmp_path / "o")
    assert done.exit_code == code, done.stderr
    assert ("0.09 × 10⁴ t below" in done.stderr) == (code == 2)


def test_a_table_of_caps_in_the_scenario(example_15fyp_folder, tmp_path):
    table = example_15fyp_folder / "caps.xlsx"
    _book(table, CAPS["total"])
    setting = ("--set", "total.caps=caps.xlsx")
    done = run("plan", example_15fyp_folder, *setting, "--out", tmp_path / "o")
    assert done.exit_code == 0, done.stderr
    assert "Caps of the cities (as given): 42,200" in done.stdout
    _book(table, CAPS["rates"])
    short = run("plan", example_15fyp_folder, *setting, "--out", tmp_path / "p")
    assert short.exit_code == 2
    assert "7 × 10⁴ t below the province's 42,500" in short.stderr
    assert "sheet “Sheet”, cell B1, column “2030年碳排放总量控制目标”" in short.stderr
    _book(table, (*CAPS["total"][:-1], 600))
    over = run("plan", example_15fyp_folder, *setting, "--out", tmp_path / "p")
    assert (over.exit_code, "22 × 10⁴ t above" in over.stderr) == (2, True)


def _book(path, caps):
    book = openpyxl.Workbook()
    book.active.append(["城市", "2030年碳排放总量控制目标（万吨）"])
    for row in zip(CITIES, caps, strict=True):
        book.active.append(row)
    book.save(path)


def _random(seed):
    """Return a random province's scenario settings: emissions, growth, rates, cap and reserve, all exact."""
    draw = random.Random(seed)
    n = draw.randint(2, 9)
    return [(Fraction(draw.randint(50, 9000)), Fraction(draw.randint(90, 190), 100)) for _ in range(n)], draw


def test_four_hundred_random_pairs_against_an_independent_check(example_15fyp):
    """Caps by all policies: exact sums, nearest tables, and the four answers computed anew from the definition."""
    for seed in range(400):
        cities, draw = _random(seed)
        gdp = [Fraction(draw.randint(50, 9000)) for _ in cities]
        regions = province([(Decimal(int(e)), Decimal(int(y)), Decimal(g.numerator) / g.denominator)
                            for (e, g), y in zip(cities, gdp, strict=True)])  # fmt: skip
        base = sum(e for e, _ in cities)
        cap, reserve = Fraction(int(base * draw.randint(85, 130) / 100)), Fraction(draw.randint(0, int(base / 40)))
        total = Total(cap, reserve, base)
        rates = [Decimal(draw.randint(0, 60)) / 200 for _ in cities]
        policy = draw.choice(("rates", "total", "base"))
        scenario = replace(
            example_15fyp, regions=regions, demands=(), caps=AskedCaps(policy),
            baseline=Baseline.of(regions, example_15fyp.target, Decimal(0), total),
        )  # fmt: skip
        caps = caps_of(scenario, rates)
        left = [e * g * (1 - Fraction(r)) for (e, g), r in zip(cities, rates, strict=True)]
        whole = {
            "rates": left,
            "total": [x * (cap - reserve) / sum(left) for x in left],
            "base": [e * (cap - reserve) / base for e, _ in cities],
        }[policy]
        assert sum(caps.values) == floor(sum(whole))
        tables = [t for t in product(*({floor(v), ceil(v)} for v in whole)) if sum(t) == floor(sum(whole))]
        nearest = min(sum((c - v) ** 2 for c, v in zip(table, whole, strict=True)) for table in tables)
        assert sum((c - v) ** 2 for c, v in zip(caps.values, whole, strict=True)) == nearest
        end_gdp = sum(y * g for y, (_, g) in zip(gdp, cities, strict=True))
        pair = judged_pair(scenario, [Fraction(rate) for rate in rates], caps, base / sum(gdp) * end_gdp)
        allowed = base / sum(gdp) * end_gdp * Fraction(83, 100)
        kept = sum(min(c, x) for c, x in zip(caps.values, left, strict=True))
        assert pair.kept == kept
        assert pair.holds == (kept <= min(cap - reserve, allowed - reserve))  # the reserve counts in the intensity
        if policy != "rates" or sum(left) <= cap - reserve:
            assert pair.rest == 0
            assert sum(caps.values) + pair.reserve == cap
        for city, c, x, (e, g) in zip(pair.cities, caps.values, left, cities, strict=True):
            assert city.swap == (c / (x / g) if x else 0)
            assert e * city.swap * (x / (e * g)) == c


YEARS = {
    0: (5094, 9585, 7513, 7373, 3855, 1985, 3920, 740, 561),
    1: (5111, 9664, 7647, 7378, 3919, 2013, 3965, 750, 565),
    2: (5128, 9743, 7783, 7383, 3984, 2042, 4010, 760, 569),
    3: (5146, 9822, 7922, 7388, 4050, 2071, 4056, 770, 573),
    4: CAPS["total"],
}


def test_yearly_budgets_lead_to_the_caps():
    record = made("total.caps=total").record
    pair = record.province.total.pair
    assert pair.years_10kt == (40687, 41133, 41584, 42039, 42500)
    for year, budgets in YEARS.items():
        assert tuple(region.cap.years_10kt[year] for region in record.regions) == budgets
    kept = budgets_table(record, "zh").rows[-2]
    assert kept == ("省里掌握", "61", "121", "182", "241", "300")


def test_linear_budgets_are_as_far_apart_every_year():
    """From 40,246.3 to 42,500: 450.74 more a year."""
    record = made("total.caps=total", "total.year_caps=linear").record
    assert record.province.total.pair.years_10kt == (40697, 41148, 41599, 42049, 42500)
    assert record.regions[1].cap.years_10kt[-1] == 9903


def _drawn(folder, *rows):
    (folder / "draws.csv").write_text(
        "项目,地区,动用量(万吨),投产年份\n" + "".join(f"{row}\n" for row in rows), "utf-8"
    )
    return load_scenario(folder, ["total.caps=total", "total.draws=draws.csv"])


def test_a_table_of_draws_without_a_project_is_said(example_15fyp_folder):
    (example_15fyp_folder / "draws.csv").write_text("项目,地区,动用量(万吨),投产年份\n", "utf-8")
    scenario = load_scenario(example_15fyp_folder, ["total.draws=draws.csv"])
    assert [found.code for found in scenario.notices if found.place.file == "draws.csv"] == ["no_projects"]


def test_what_the_rate_does_not_let_a_draw_use_is_said(example_15fyp_folder):
    """At 18 % Jia may emit 5,077 × 1.24 × 0.82 = 5,162.29; 5,262 less 100 are 5,162."""
    (example_15fyp_folder / "draws.csv").write_text("项目,地区,动用量(万吨),投产年份\nA,甲市,100,2030\n", "utf-8")
    record = plan(load_scenario(example_15fyp_folder, ["total.draws=draws.csv"])).record
    zh, en = (" ".join(province_statements(record, language)) for language in ("zh", "en"))
    # (5,262 / (5,077 × 0.82)) ** (1/5) = 1.04792
    assert (
        "甲市的下降目标只允许 5,162.2 万吨，动用的 100 万吨只用得上 0.2 万吨；该地 GDP 年均增长达到 4.80% 才用得足"
        in zh
    )
    assert "The target of Jia allows".lower() in en.lower()


def test_draws_on_the_reserve_leave_the_sum(example_15fyp_folder, tmp_path):
    scenario = _drawn(example_15fyp_folder, "钢铁,丙市,120,2028", "电解铝,乙市,80,2030")
    record = plan(scenario).record
    caps = {region.name: region.cap for region in record.regions}
    assert (caps["丙市"].cap_10kt, caps["乙市"].cap_10kt) == (8183, 9983)
    pair = record.province.total.pair
    assert (pair.reserve_10kt, pair.sum_10kt + pair.reserve_10kt, pair.rest_10kt) == (100, 42500, 0)
    # 2028 and 2029 with the first project, 2030 with both
    assert caps["丙市"].years_10kt == (7513, 7647, 7783 + 120, 7922 + 120, 8183)
    assert caps["乙市"].years_10kt == (9585, 9664, 9743, 9822, 9983)
    assert not disagreements(record)
    settings = ("--set", "total.caps=total", "--set", "total.draws=draws.csv")
    done = run("plan", example_15fyp_folder, *settings, "--out", tmp_path / "o")
    assert "120 × 10⁴ t for “钢铁” in Bing (from 2028)" in done.stdout
    assert "100 × 10⁴ t are left" in done.stdout
    assert run("verify", example_15fyp_folder, tmp_path / "o" / "allocation.csv", *settings).exit_code == 0


def test_a_draw_that_begins_too_early_is_asked_about_and_said(example_15fyp_folder):
    """Of 2026 the province keeps 61."""
    scenario = _drawn(example_15fyp_folder, "钢铁,丙市,120,2026")
    with pytest.raises(InputError) as caught:
        plan(scenario)
    (asked,) = caught.value.findings
    assert (asked.asked, asked.place.row, asked.values["left"]) == ("draw-early:钢铁", 2, "61")
    answer = "accept=[{id: 'draw-early:钢铁', reason: 省里已同意}]"
    record = plan(load_scenario(example_15fyp_folder, [*scenario.overrides, answer])).record
    assert any("省里已同意" in note.zh for note in record.notices)
    assert budgets_statement(record, "en") == [
        "Note: the yearly budgets of the regions are above the province's: 2026: 59 × 10⁴ t. "
        "Let the project start later, or draw less."
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["甲厂,丙市,301,2028"], "draws 301 × 10⁴ t, of the reserve 300"),
        (["甲厂,丙市,200,2028", "乙厂,乙市,120,2029"], "draws 120 × 10⁴ t, of the reserve 100"),
        (["甲厂,丁丁市,20,2028"], "丁丁市"),
        (["甲厂,丙市,20,2035"], "2026–2030"),
        (["甲厂,丙市,-20,2028"], "above zero"),
        (["甲厂,丙市,20,2028", "甲厂,丙市,20,2028"], "甲厂"),
    ],
)
def test_draws_that_cannot_be_are_named_at_their_cells(example_15fyp_folder, tmp_path, rows, said):
    table = "\n".join(("项目,地区,动用量(万吨),投产年份", *rows, ""))
    (example_15fyp_folder / "draws.csv").write_text(table, "utf-8")
    settings = ("--set", "total.caps=total", "--set", "total.draws=draws.csv", "--out", tmp_path / "o")
    done = run("plan", example_15fyp_folder, *settings)
    assert (done.exit_code, said in done.stderr, "draws.csv" in done.stderr) == (2, True, True), done.stderr


def test_what_the_reserve_asks_is_said():
    said = run("check", "15fyp-example", "--set", "total={cap: 60000, reserve: 300}").stdout
    assert "For it" not in said  # no table is judged yet
    record = made("total={cap: 60000, reserve: 300, caps: total}").record
    assert any("the cities together need a cut of 17.58 %" in line for line in province_statements(record, "en"))
    assert not any("For it" in line for line in caps_statements(record.province, [], "en", 5))  # the table does so
    assert not any("For it" in line for line in caps_statements(made().record.province, [], "en", 5))


@pytest.mark.parametrize("more", [["incentive={target: 18%, step: 0.5 points}"], RESIDUAL])
def test_our_own_papers_of_guangxi_are_read_again(tmp_path, more):
    """Its workbook has indicators called 碳排放总量, which are no caps; a residual line is no city."""
    settings = [part for one in ["total={cap: 27500, reserve: 200}", *more] for part in ("--set", one)]
    assert run("plan", "guangxi-13fyp", *settings, "--out", tmp_path / "o").exit_code == 0
    assert run("publish", tmp_path / "o", "--out", tmp_path / "p").exit_code == 0
    for table in ("o/allocation.xlsx", "o/allocation.csv", "p/table-en.csv", "p/table-en.xlsx"):
        done = run("verify", "guangxi-13fyp", tmp_path / table, *settings)
        assert done.exit_code == 0, done.stderr
        assert "exactly the province's 27,500" in done.stdout


def test_emissions_of_the_base_year_beside_rates_are_no_caps(tmp_path):
    table = pair_file(tmp_path, heads="地区,下降率(%),2025年碳排放总量(万吨)")
    done = run("verify", "15fyp-example", table)
    assert done.exit_code == 0
    assert "exactly" not in done.stdout
