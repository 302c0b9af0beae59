"""No year's budgets of the cities are above the province's, unless that is answered (dual control, 14)."""

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from allocator.planning.plan import plan
from allocator.planning.total.budgets import budgets_of
from allocator.planning.total.caps import caps_of
from scenarios.baseline import Baseline
from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.total.cap import Total
from scenarios.total.caps import AskedCaps

HEADS = "项目,地区,动用量(万吨),投产年份"
KEPT = (61, 121, 182, 241)  # Of the example's even path with caps by the total, 2026 to 2029, computed apart


def drawn(folder, *rows, accept=""):
    (folder / "draws.csv").write_text("\n".join([HEADS, *rows, ""]), "utf-8")
    settings = ["total.caps=total", "total.draws=draws.csv", *([f"accept={accept}"] if accept else [])]
    return load_scenario(folder, settings)


@pytest.mark.parametrize("path", ["even", "linear"])
def test_budgets_that_we_make_are_within_the_province_in_every_year(example_15fyp, path):
    rng = random.Random(15)
    for _ in range(150):
        n = rng.randint(2, 9)
        emissions = tuple(Decimal(rng.randint(100, 10**6)) / 10 ** rng.randint(0, 2) for _ in range(n))
        growth = tuple(Decimal(rng.randint(90, 150)) / 100 for _ in range(n))
        rates = [Decimal(rng.randint(0, 60)) / 200 for _ in range(n)]
        r, columns = example_15fyp.regions, zip(emissions, growth, rates, strict=True)
        regions = replace(
            r, ids=r.ids[:n], names=r.names[:n], names_en=r.names_en[:n], emissions=emissions, gdp=r.gdp[:n],
            growth=growth, lower=r.lower[:n], upper=r.upper[:n], groups=("",) * n, columns={},
        )  # fmt: skip
        left = sum(Fraction(e) * Fraction(g) * (1 - Fraction(q)) for e, g, q in columns)
        cap = Fraction(int(left)) + rng.choice((3, 3, 4, 50, Fraction(10, 3)))
        total = Total(cap, Fraction(3), sum(map(Fraction, emissions)))
        asked = AskedCaps(rng.choice(("rates", "total", "base")), Fraction(rng.choice((1, 1, 10))), years=path)
        made = replace(
            example_15fyp, regions=regions, baseline=Baseline.of(regions, Decimal("0.1"), Decimal(0), total), caps=asked
        )
        budgets = budgets_of(made, caps_of(made, rates))
        assert min(budgets.reserve) >= 0, (asked, emissions, budgets.reserve)


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        (["甲厂,丙市,61,2026"], []),
        (["甲厂,丙市,62,2026"], [("draw-early:甲厂", 2, 2026, "61")]),
        (["甲厂,丙市,120,2027", "乙厂,乙市,80,2028"], [("draw-early:乙厂", 3, 2028, "62")]),
        (["甲厂,丙市,120,2027", "乙厂,乙市,62,2028"], []),
        # the second asks for what the first has taken already
        (["乙厂,乙市,241,2029", "甲厂,丙市,59,2026"], [("draw-early:甲厂", 3, 2029, "0")]),
        (["甲厂,丙市,300,2030"], []),
    ],
)
def test_draws_beyond_what_a_year_has_are_asked_about_at_their_cells(example_15fyp_folder, rows, asked):
    scenario = drawn(example_15fyp_folder, *rows)
    if not asked:
        record = plan(scenario).record
        total = record.province.total.pair.years_10kt
        cities = zip(*(region.cap.years_10kt for region in record.regions), strict=True)
        assert all(sum(own) <= cap for own, cap in zip(cities, total, strict=True))
        return
    with pytest.raises(InputError) as caught:
        plan(scenario)
    found = [(f.asked, f.place.row, f.values["year"], f.values["left"]) for f in caught.value.findings]
    assert found == asked
    key = asked[0][0]
    assert (
        plan(drawn(example_15fyp_folder, *rows, accept=f"[{{id: '{key}', reason: 见附件}}]"))
        .record.notices[-1]
        .zh.count("见附件")
    )


def test_a_table_of_cities_alone_is_refused_at_its_largest(example_15fyp_folder):
    """Of 2027: 41,133 for the province on its even path; 乙 has 122 more than the 9,664 of its own."""
    scenario = load_scenario(example_15fyp_folder, ["total.caps=total"])
    budgets = [region.cap.years_10kt for region in plan(scenario).record.regions]
    rows = [
        f"{name},{2026 + t},{years[t] + (122 if (name, t) == ('乙市', 1) else 0):.0f}"
        for name, years in zip(scenario.regions.names, budgets, strict=True)
        for t in range(4)
    ]
    (example_15fyp_folder / "y.csv").write_text("\n".join(["地区,年份,总量（万吨）", *rows]), "utf-8")
    with pytest.raises(InputError) as caught:
        plan(load_scenario(example_15fyp_folder, ["total.caps=total", "total.year_caps=y.csv"]))
    (found,) = caught.value.findings
    assert (found.code, found.values["over"], found.values["year"]) == ("year_caps_over", "1", 2027)
    assert (found.place.file, found.place.row) == ("y.csv", 2 + rows.index("乙市,2027,9786"))
