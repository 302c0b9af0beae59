"""Slips planted one at a time in a sound table: each is named with its cell, and a sound table is asked nothing."""

import pytest
from openpyxl import Workbook
from ruamel.yaml import YAML

from allocator.planning.plan import plan
from scenarios.errors import InputError, Place
from scenarios.load import bundled_cases, load_scenario
from scenarios.sense.asking import question
from scenarios.sense.rates import read_meant_rates
from scenarios.told import to_paste

SOUND = """\
450100,南宁市,2135,3410.08,1.321,49.67,10,20
450200,柳州市,3089,2298.62,1.262,36.17,10,20
450300,桂林市,1386,1942.9,1.294,36.15,10,20
450400,梧州市,379,1078.65,1.304,31.2,10,20
450500,北海市,813,891.94,1.364,35.5,10,20
450600,防城港市,1513,620.71,1.373,31.2,10,20
450700,钦州市,3349,944.42,1.379,37.9,10,20
450800,贵港市,2548,865.2,1.505,39.1,10,20
"""
HEADER = "id,name,emissions(万吨),gdp(亿元),growth,services(%),lower(%),upper(%)"
SCENARIO = """\
schema_version: 1
name: my-province
title: 某省
province: {name: 广西壮族自治区, code: "450000"}
period: {base: 2015, end: 2020}
target: 17%
regions: regions.csv
reference: {map: linear, spread: 8 points}
criteria:
  capacity:
    weight: 1
    within: equal
    indicators:
      services: {column: services, direction: "+"}
"""


@pytest.fixture
def load(tmp_path):
    """Return a function that loads a scenario with a table given as text."""

    def call(rows=SOUND, header=HEADER, more="", table="regions.csv"):
        (tmp_path / "scenario.yaml").write_text(SCENARIO.replace("regions.csv", table) + more, "utf-8")
        if table.endswith(".csv"):
            (tmp_path / table).write_text(f"{header}\n{rows}", "utf-8")
        return load_scenario(tmp_path)

    return call


def put(name, column, value, rows=SOUND):
    """Return the table with one figure changed."""
    lines = [line.split(",") for line in rows.splitlines()]
    next(cells for cells in lines if cells[1] == name)[column] = value
    return "\n".join(map(",".join, lines)) + "\n"


def column(number, change, rows=SOUND):
    """Return the table with one column changed."""
    lines = [line.split(",") for line in rows.splitlines()]
    return "\n".join(",".join([*c[:number], change(c[number]), *c[number + 1 :]]) for c in lines) + "\n"


def times(factor):
    return lambda text: f"{float(text) * factor:.10g}"


TOTAL = "{},{},15212,12052.52,1.33,36,10,20\n"
E, Y, G, S, L, U = 2, 3, 4, 5, 6, 7
LOW = column(L, lambda _: "0.1")
OFF = TOTAL.format("450000", "合计").replace("15212", "15912")
PLANTED = {
    # units of one cell
    "t among 10⁴ t": (put("桂林市", E, "13860000"), "intensity_of_city", 4, "emissions"),
    "Mt among 10⁴ t": (put("桂林市", E, "13.86"), "intensity_of_city", 4, "emissions"),
    "a digit too many, a hundred times": (put("南宁市", E, "213500"), "intensity_of_city", 2, "emissions"),
    "10⁴ yuan among 10⁸": (put("北海市", Y, "8919400"), "intensity_of_city", 6, "gdp"),
    "10¹² yuan among 10⁸": (put("北海市", Y, "0.089194"), "intensity_of_city", 6, "gdp"),
    "a point lost, a hundred times": (put("柳州市", Y, "229862"), "intensity_of_city", 3, "gdp"),
    "a digit too many": (put("钦州市", E, "33490"), "intensity_of_city", 8, "emissions"),
    "a digit too few": (put("梧州市", E, "37.9"), "intensity_of_city", 5, "emissions"),
    "t, of the smallest": (put("梧州市", E, "3790000"), "intensity_of_city", 5, "emissions"),
    "Gt, of the largest": (put("钦州市", E, "0.3349"), "intensity_of_city", 8, "emissions"),
    "kg": (put("北海市", E, "8130000000"), "intensity_of_city", 6, "emissions"),
    "yuan among 10⁸": (put("桂林市", Y, "194290000000"), "intensity_of_city", 4, "gdp"),
    "10⁴ yuan, of the last row": (put("贵港市", Y, "8652000"), "intensity_of_city", 9, "gdp"),
    "two digits lost in gdp": (put("钦州市", Y, "9.4442"), "intensity_of_city", 8, "gdp"),
    # of both figures of one city, whose intensity is right
    "both ten times": (put("南宁市", Y, "34100.8", put("南宁市", E, "21350")), "size_of_city", 2, "emissions"),
    "both in t, 10⁴ yuan": (put("北海市", Y, "8919400", put("北海市", E, "8130000")), "size_of_city", 6, "emissions"),
    "both in Gt, 10¹² yuan": (put("北海市", Y, "0.0892", put("北海市", E, "0.0813")), "size_of_city", 6, "emissions"),
    # of the whole table
    "all in t": (column(E, times(10_000)), "intensity_of_province", None, "emissions"),
    "all in Mt": (column(E, times(0.01)), "intensity_of_province", None, "gdp"),
    "all in 10⁴ yuan": (column(Y, times(10_000)), "intensity_of_province", None, "gdp"),
    "all in kt, gdp in 10¹²": (column(Y, times(0.0001)), "intensity_of_province", None, "emissions"),
    # growth
    "rates": (column(G, lambda g: f"{0.5 + (float(g) - 1) / 2:.3f}"), "growth_as_rate", 2, "growth"),
    "factors of a year": (column(G, lambda g: f"{float(g) ** 0.2:.4f}"), "growth_of_a_year", 2, "growth"),
    "small rates of a year": (column(G, lambda g: f"{2.6 + float(g):.1f}"), "growth_beyond", 2, "growth"),
    "the factor of a year among others": (put("桂林市", G, "1.06"), "growth_of_city_in_a_year", 4, "growth"),
    "one rate": (put("桂林市", G, "0.594"), "growth_of_city", 4, "growth"),
    "one too large": (put("桂林市", G, "2.94"), "growth_of_city", 4, "growth"),
    "an index": (put("桂林市", G, "129.4"), "growth_index", 4, "growth"),
    "a digit too few in growth": (put("桂林市", G, "0.1294"), "growth_rate_of_years", 4, "growth"),
    "the rate of another": (put("贵港市", G, "0.505"), "growth_of_city", 9, "growth"),
    "another index": (put("防城港市", G, "137.3"), "growth_index", 7, "growth"),
    "a point lost in growth": (put("南宁市", G, "13.21"), "growth_rate_of_years", 2, "growth"),
    # shares and rates
    "a fraction among per cents": (put("桂林市", S, "0.3615"), "off_column", 4, "services"),
    "a point lost in a share": (put("桂林市", S, "3615"), "off_column", 4, "services"),
    "a share ten times": (put("桂林市", S, "3.615"), "off_column", 4, "services"),
    "a fraction in the last row": (put("贵港市", S, "0.391"), "off_column", 9, "services"),
    "a share a hundred times, first row": (put("南宁市", S, "4967"), "off_column", 2, "services"),
    "an upper bound 1/100": (put("南宁市", U, "0.2", column(L, lambda _: "0")), "off_column", 2, "upper"),
    "one lower bound as a fraction": (put("梧州市", L, "0.1"), "off_column", 5, "lower"),
    "one upper bound as a fraction": (put("梧州市", U, "0.2", column(L, lambda _: "0")), "off_column", 5, "upper"),
    "all lower bounds as fractions": (LOW, "as_fractions", 2, "lower"),
    "all upper bounds as fractions": (column(U, lambda _: "0.185", LOW), "as_fractions", 2, "upper"),
    "a zero among shares": (put("桂林市", S, "0"), "not_above_zero", 4, "services"),
    "a sign too many": (put("桂林市", S, "-36.15"), "not_above_zero", 4, "services"),
    # totals
    "a total by no name": (SOUND + TOTAL.format("x", "各地"), "sum_of_others", 10, "name"),
    "a total on top": (TOTAL.format("x", "EU-27") + SOUND, "sum_of_others", 2, "name"),
    "a total a little off": (SOUND + "x,各地,15300,12000,1.3,36,10,20\n", "sum_of_others", 10, "name"),
    "a sum of a group": (SOUND.replace("450400", "x,北部,6610,7651.6,1.3,36,10,20\n450400"), "sum_of_group", 5, "name"),
    "a sum of a group above it": ("x,北部,6610,7651.6,1.3,36,10,20\n" + SOUND, "sum_of_group", 2, "name"),
    "a total that does not add up": (SOUND + OFF, "total_wrong", 10, "emissions"),
    "a sum of the last three": (SOUND + "x,沿海,7410,2430.33,1.42,36,10,20\n", "sum_of_group", 10, "name"),
    # twice
    "with its merged self": (SOUND + "450900,南宁市（含横州）,2235,3500,1.3,49,10,20\n", "same_place", 10, "name"),
    "the urban part": (SOUND + "450900,南宁市本级,1235,2500,1.3,49,10,20\n", "same_place", 10, "name"),
    "a code in twelve digits": (SOUND + "450100000000,邕,1235,2500.1,1.3,49,10,20\n", "same_place", 10, "name"),
    "a row copied": (SOUND + "450900,玉林市,1513,620.71,1.373,41.2,10,20\n", "identical_rows", 10, "emissions"),
    "emissions and gdp copied": (put("桂林市", Y, "891.94", put("桂林市", E, "813")), "identical_rows", 6, "emissions"),
    "a figure filled down": (put("桂林市", E, "3089", put("梧州市", E, "3089")), "filled_down", 4, "emissions"),
    "another row copied": (SOUND + "450900,玉林市,2135,3410.08,1.321,49.67,10,20\n", "identical_rows", 10, "emissions"),
    "a name twice": (SOUND + "450900,南宁,1513,620.77,1.373,41.2,10,20\n", "region_twice", 10, "name"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "code", "row", "header"), PLANTED.values(), ids=PLANTED)
def test_a_planted_slip_is_named_with_its_cell(load, refused, rows, code, row, header):
    findings = refused(load, rows)
    assert (code, row, header) in [(f.code, f.place.row, f.place.column) for f in findings]
    assert len(findings) <= 2 or code in ("intensity_of_province", "as_fractions")


@pytest.mark.parametrize(
    ("name", "value", "code", "meant"),
    [
        ("梧州市", "3790000", "intensity_of_city", "379 / 3790"),
        ("桂林市", "13860000", "intensity_of_city", "1386"),
        ("北海市", "15212", "total_of_city", "1521.2"),
    ],
)
def test_what_may_be_meant_is_proposed_the_unit_first(load, refused, name, value, code, meant):
    (finding,) = refused(load, put(name, E, value))
    assert (finding.code, finding.values["meant"]) == (code, meant)


@pytest.mark.parametrize(("number", "values"), [(S, ("0.3617", "0.3615", "0.312")), (L, ("0.1", "0.12", "0.1"))])
def test_several_cells_a_hundred_times_off_are_each_named(load, refused, number, values):
    names, rows = ("柳州市", "桂林市", "防城港市"), SOUND
    for name, value in zip(names, values, strict=True):
        rows = put(name, number, value, rows)
    findings = sorted(refused(load, put("南宁市", L, "0", rows)), key=lambda finding: finding.place.row)
    assert [(f.code, f.place.row, f.values["meant"]) for f in findings] == [
        ("off_column", row, f"{float(value) * 100:g}") for row, value in zip((3, 4, 7), values, strict=True)
    ]


@pytest.mark.parametrize(("unit", "value", "asked"), [("(%)", "148.9", 1), ("", "148.9", 1), ("(%)", "100", 0)])
def test_a_share_above_the_whole_is_asked_about(load, unit, value, asked):
    header, answer = HEADER.replace("services(%)", f"三产占比{unit}"), '{id: "over-whole:三产占比:桂林市", reason: x}'
    more = "columns: {services: 三产占比}\n" + f"accept: [{answer}]\n" * asked
    notices = load(put("桂林市", S, value), header, more).notices
    assert [(n.code, n.place.row) for n in notices] == [("over_whole", 4)] * asked


@pytest.mark.parametrize(
    ("when", "found"),
    [("2010-2015年", "2010–2015"), ("“十四五”", "2020–2025"), ("十三五", ""), ("2016-20年", ""), ("2015—2020年", "")],
)
def test_growth_of_another_period_is_asked_about_at_its_header(load, when, found):
    header, answer = HEADER.replace("growth", f"{when}增长倍数"), "accept: [{id: growth-of-period, reason: x}]\n"
    notices = load(SOUND, header, answer if found else "").notices
    assert [(n.code, n.place.column, n.values["found"]) for n in notices] == (
        [("growth_of_period", f"{when}增长倍数", found)] if found else []
    )


def test_a_sound_table_is_asked_nothing(load):
    assert load().notices == ()


def test_a_city_that_emits_next_to_nothing_is_no_slip_and_its_rate_is_right(tmp_path):
    rows = ("甲,50000,1000,1.2,1", "乙,50000,1000,1.2,2", "丙,0.0000001,1000,1.2,3")
    (tmp_path / "regions.csv").write_text("\n".join(["name,emissions(万吨),gdp(亿元),growth,services", *rows]), "utf-8")
    text = SCENARIO.replace("spread: 8", "spread: 4") + "bounds: {lower: 10%, upper: 25%}\n"
    (tmp_path / "scenario.yaml").write_text(text, "utf-8")
    scenario = load_scenario(tmp_path)
    # 33.3 吨/万元 is a little more than any province has: said, not asked
    assert [(f.code, f.severity) for f in scenario.notices] == [("intensity_of_province", "notice")]
    # all emissions are the first two's, with scores 0 and 1/2: references 17 - 1, 17 + 1 and 17 + 3 points
    assert plan(scenario).split.rates == pytest.approx([0.16, 0.18, 0.20], abs=1e-9)


@pytest.mark.parametrize("case", bundled_cases())
def test_a_bundled_case_is_asked_nothing_that_it_does_not_answer(case):
    assert not [finding for finding in load_scenario(case).notices if finding.asked and not finding.reason]


def test_the_union_alone_answers_and_says_why():
    """Its targets are of totals: growth factors of 1 are meant."""
    answered = {case: [f.asked for f in load_scenario(case).notices if f.reason] for case in bundled_cases()}
    assert {case: ids for case, ids in answered.items() if ids} == {"eu-2030": ["growth-of-a-year"]}


SELF = [
    ("45", "广西"), ("450000", "广西壮族自治区"), ("450000.0", "自治区"), ("450000000000", "各地"), ("全", "广西"),
    ("x", "全省（合计）"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "name"), SELF)
def test_the_province_itself_in_any_form_is_its_total(load, code, name):
    assert len(load(SOUND + TOTAL.format(code, name)).regions) == 8


@pytest.mark.parametrize("lower", ["1", "0.5", "2", "15"])
def test_a_bound_of_one_city_may_be_a_tenth_of_the_others(load, lower):
    assert load(put("梧州市", L, lower)).notices == ()


def test_several_zeros_of_a_column_are_asked_nothing(load):
    assert load(put("桂林市", S, "0", put("贵港市", S, "0"))).notices == ()


def test_a_running_number_is_no_code_of_the_province(load):
    rows = "\n".join(f"{44 + n},{line.partition(',')[2]}" for n, line in enumerate(SOUND.splitlines()))
    assert len(load(rows).regions) == 8


def test_round_figures_may_be_those_of_two_cities(load):
    same = put("桂林市", Y, "2000", put("桂林市", E, "1000", put("北海市", Y, "2000", put("北海市", E, "1000"))))
    assert load(column(G, lambda _: "1.3", same)).notices == ()


def test_three_rows_of_one_round_figure_may_be_those_of_three_cities(load):
    rows = put("桂林市", E, "1100", put("梧州市", E, "1100", put("北海市", E, "1100")))
    assert load(rows).notices == ()


def test_where_half_of_the_cities_are_in_tonnes_those_in_the_right_unit_are_not_named(load, refused):
    rows = SOUND
    for name, value in {"南宁市": "21350000", "桂林市": "13860000", "北海市": "8130000", "钦州市": "33490000"}.items():
        rows = put(name, E, value, rows)
    found = [(f.code, f.place.row) for f in refused(load, rows)]
    assert found == [("intensity_of_province", None), *(("intensity_of_city", row) for row in (2, 4, 6, 8))]


def test_answers_beyond_a_screen_are_counted_in_what_can_be_pasted():
    asked = [question("rest_row", f"rest-row:{n}", Place(row=n), name="x") for n in range(1, 24)]
    *_, last, more = to_paste(asked, "zh")
    assert (last, more) == ('  - {id: "rest-row:20", reason: 理由}', "  # … 另有 3 条")


def test_a_question_is_answered_by_the_scenario_with_a_reason(load, refused):
    rows = put("桂林市", G, "0.694")
    (finding,) = refused(load, rows)
    assert (finding.severity, finding.asked) == ("question", "growth-of-one-city:桂林市")
    assert finding.say("zh").endswith('- {id: "growth-of-one-city:桂林市", reason: 理由}')
    assert finding.say("en").endswith('- {id: "growth-of-one-city:桂林市", reason: why}')
    (answered,) = load(rows, more='accept:\n  - {id: "growth-of-one-city:桂林市", reason: 矿山关闭}\n').notices
    assert answered.severity == "notice"
    assert answered.say("zh").endswith("已确认，理由：矿山关闭。")
    assert answered.say("en").endswith("Accepted, because: 矿山关闭.")


def test_an_answer_needs_a_reason(load, refused):
    (finding,) = refused(load, more="accept:\n  - {id: growth-as-rate}\n")
    assert finding.code == "missing_key"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_said_can_be_pasted_and_wants_a_reason(load, refused, language):
    rows = put("桂林市", G, "0.694")
    _, *lines = to_paste(refused(load, rows), language)
    assert lines[0] == "accept:"
    pasted = "\n".join(lines) + "\n"
    (finding,) = refused(load, rows, more=pasted)
    assert (finding.code, finding.place.row, finding.place.key) == (
        "accept_reason", 16, "accept.growth-of-one-city:桂林市.reason",
    )  # fmt: skip
    own = pasted.replace("理由", "矿山关闭").replace("why", "矿山关闭")
    assert [notice.code for notice in load(rows, more=own).notices] == ["growth_of_city"]


def test_further_answers_are_pasted_below_those_that_are_there(load, refused):
    rows = put("桂林市", G, "0.694", put("北海市", S, "0.355"))
    one = 'accept:\n  - {id: "growth-of-one-city:桂林市", reason: 矿山关闭}\n'
    _, *lines = to_paste(refused(load, rows, more=one), "zh")
    assert lines == ['  - {id: "off-column:regions.csv:services:北海市", reason: 理由}']
    more = one + "\n".join(lines).replace("理由", "飞地") + "\n"
    assert len(load(rows, more=more).notices) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_name_with_quotes_can_be_pasted(language):
    finding = question("growth_of_city", 'growth-of-one-city:"甲\\乙"', Place())
    (answer,) = YAML(typ="safe").load("\n".join(to_paste([finding], language)[1:]))["accept"]
    assert answer["id"] == finding.asked


def test_an_answer_that_is_misspelt_is_named_at_the_question(load, refused):
    wrong = 'accept:\n  - {id: "growth-of-one-city:桂林", reason: 矿山关闭}\n'
    (finding,) = refused(load, put("桂林市", G, "0.694"), more=wrong)
    assert finding.near == "growth-of-one-city:桂林"
    for language in ("zh", "en"):
        assert "“growth-of-one-city:桂林”" in finding.say(language)
    right = wrong + '  - {id: "growth-of-one-city:桂林市", reason: 矿山关闭}\n'
    notices = load(put("桂林市", G, "0.694"), more=right).notices
    assert [(n.code, n.place.row, n.values.get("meant")) for n in notices[1:]] == [
        ("answers_nothing_meant", 16, "growth-of-one-city:桂林市")
    ]


def test_an_answer_to_nothing_is_said(load):
    more = 'accept:\n  - {id: no-such-question, reason: x}\n  - {id: "jump-gdp:桂林市:2016", reason: of other tables}\n'
    (notice,) = load(more=more).notices
    assert (notice.code, notice.place.row, notice.values["found"]) == ("answers_nothing", 16, "no-such-question")


@pytest.mark.parametrize(
    ("more", "code", "row"),
    [
        ("accept:\n  - {id: a, reason: x}\n  - {id: b, reason: x}\n  - {id: a, reason: y}\n", "answer_twice", 18),
        ('accept: {id: "growth-as-rate", reason: x}\n', "accept_form", 15),
        ("accept:\n  - growth-as-rate\n", "accept_form", 15),
        ("accept: x\n", "accept_form", 15),
        ("columns:\n  emissions: X\n  gdp: x \n", "header_twice", 17),
        ("columns: {排放: X}\n", "column_unknown", 15),
        ("columns: {X: emissions}\n", "column_unknown", 15),
        ("columns: {emisions: X}\n", "column_unknown", 15),
    ],
)
def test_answers_and_columns_of_another_form_are_refused(load, refused, more, code, row):
    (finding,) = refused(load, more=more)
    assert (finding.code, finding.place.row) == (code, row)
    assert "emissions" in finding.say("en") or code[:6] in ("answer", "accept")


def test_columns_that_no_table_has(load, refused):
    (notice,) = load(more="columns: {gdp: 总产值, services: services, rate: 下降率, annual_reduction: 降幅}\n").notices
    assert (notice.code, notice.values["found"], notice.severity) == ("column_elsewhere", "总产值", "notice")
    without = HEADER.replace("gdp(亿元)", "总产出").replace("services(%)", "三产")
    found = refused(load, header=without, more="columns: {gdp: 总产值}\n")
    assert [(f.code, f.severity) for f in found] == [("missing_columns", "error"), ("column_nowhere", "error")]
    found = refused(load, header=without, more="columns: {gdp: 总产出, services: 三次}\n")
    assert [f.code for f in found] == ["indicator_column", "column_nowhere"]
    load(header=without, more="columns: {gdp: 总产出, services: 三产}\n")


def test_what_is_beyond_doubt_cannot_be_accepted(load, refused):
    rows, answer = put("桂林市", E, "13860000"), 'accept: [{id: "intensity-of-one-city:桂林市", reason: x}]\n'
    (finding,) = refused(load, rows, more=answer)
    assert (finding.code, finding.severity) == ("intensity_of_city", "error")
    assert "accept" not in finding.say("en")


def book(path, hidden, total=""):
    """Write the sound table as a workbook in which one row is hidden."""
    made = Workbook()
    for line in f"{HEADER}\n{SOUND}{total}".splitlines():
        made.active.append(
            [float(t) if t.replace(".", "").isdigit() and n > 1 else t for n, t in enumerate(line.split(","))]
        )
    made.active.row_dimensions[hidden].hidden = True
    made.save(path)


def test_a_hidden_row_is_asked_about_once(load, refused, tmp_path):
    book(tmp_path / "regions.xlsx", 5)
    (finding,) = refused(load, table="regions.xlsx")
    assert (finding.code, finding.place.row, finding.values["names"]) == ("hidden_rows", 5, "梧州市")
    assert finding.place.cell == "B5"


def test_a_hidden_row_that_the_total_holds_is_not_asked_about(load, tmp_path):
    book(tmp_path / "regions.xlsx", 5, TOTAL.format("450000", "合计"))
    assert len(load(table="regions.xlsx").regions) == 8


def test_a_hidden_row_of_a_member_is_not_asked_about(tmp_path):
    book(tmp_path / "regions.xlsx", 5)
    names = ", ".join(line.split(",")[1] for line in SOUND.splitlines())
    text = SCENARIO.replace('code: "450000"', f'code: "450000", members: [{names}]').replace(
        "regions.csv", "regions.xlsx"
    )
    (tmp_path / "scenario.yaml").write_text(text, "utf-8")
    assert load_scenario(tmp_path).notices == ()


def scaled_up(rows, columns):
    """Return the table with figures of some columns ten thousand times as large."""
    lines = [line.split(",") for line in rows.splitlines()]
    for cells in lines:
        for column in columns:
            cells[column] = f"{float(cells[column]) * 10_000:.0f}"
    return "\n".join(map(",".join, lines)) + "\n"


def test_a_whole_table_in_tonnes_and_ten_thousand_yuan_is_asked_about_though_its_intensity_is_right(load, refused):
    found = refused(load, scaled_up(SOUND, (2, 3)))
    assert {finding.asked for finding in found} == {"size-of-province-emissions", "size-of-province-gdp"}
    assert all("10^4" in finding.say("en") and "吨" in finding.say("zh") for finding in found)


@pytest.mark.parametrize("end", ["-千吨", "〔千吨〕", "（千吨）①", "千吨"])
def test_the_unit_at_the_end_of_a_header_that_the_scenario_names_counts(load, end):
    header = HEADER.replace("emissions(万吨)", f"二氧化碳总排放{end}")
    rows = "\n".join(
        ",".join([*cells[:2], f"{float(cells[2]) * 10:g}", *cells[3:]])
        for cells in (line.split(",") for line in SOUND.splitlines())
    )
    read = load(rows + "\n", header, more=f'columns: {{emissions: "二氧化碳总排放{end}"}}\n')
    assert [float(value) for value in read.regions.emissions][:2] == [2135.0, 3089.0]


@pytest.mark.parametrize(
    ("header", "factor"), [(HEADER, 1), (HEADER.replace("万吨", "吨").replace("亿元", "万元"), 10**4)]
)
def test_emissions_and_gdp_of_a_city_that_are_interchanged_are_asked_about(load, refused, header, factor):
    coal = column(Y, times(factor), column(E, times(5 * factor)))
    assert not load(coal, header).notices or factor != 1
    swapped = put("柳州市", E, f"{2298.62 * factor:g}", put("柳州市", Y, f"{15445 * factor}", coal))
    (finding,) = refused(load, swapped, header)
    assert (finding.code, finding.asked, finding.place.row) == ("interchanged", "interchanged:柳州市", 3)
    assert (finding.values["second"], finding.values["then"]) == (f"{15445 * factor}", "6.719")


def test_hidden_rows_of_two_tables_are_answered_one_by_one(load, tmp_path):
    lines = [line.split(",") for line in SOUND.splitlines()]
    rates = [("name", "rate"), *((line[1], f"1{n}%") for n, line in enumerate(lines))]
    cities = [HEADER.split(","), *([*line[:2], *map(float, line[2:])] for line in lines)]
    for name, rows in (("regions.xlsx", cities), ("draft.xlsx", rates)):
        made = Workbook()
        made.active.title = "S"
        for row in rows:
            made.active.append(row)
        made.active.row_dimensions[3].hidden = True
        made.save(tmp_path / name)
    answers = 'accept:\n  - {id: "hidden-rows:regions.xlsx:S", reason: 计入}\n'
    scenario = load(more=answers, table="regions.xlsx")
    with pytest.raises(InputError) as caught:
        read_meant_rates(tmp_path / "draft.xlsx", scenario.regions, answers=scenario.file.answers)
    assert [f.asked for f in caught.value.findings] == ["hidden-rows:draft.xlsx:S"]
    scenario = load(more=answers + '  - {id: "hidden-rows:draft.xlsx:S", reason: 计入}\n', table="regions.xlsx")
    assert [notice.code for notice in scenario.notices] == ["hidden_rows"]
    assert read_meant_rates(tmp_path / "draft.xlsx", scenario.regions, answers=scenario.file.answers)[1]
