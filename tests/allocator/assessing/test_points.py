"""The yearly assessment: totals by hand, vetoes, grades at their limits, fourteen cities from a filled form."""

from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.assessing.points import Results, assess, completion, completions
from allocator.errors import WriteCheckFailed
from allocator.tracking.files import write_assessment
from reports.assessing.form_sheet import FIRST_CITY, HEAD_ROW, form_workbook
from reports.assessing.record import completion_points, disagreements, grade_of, levels, told
from reports.assessing.sentences import assessment_statements, total_text
from reports.assessing.sheets import ranking_sheet
from scenarios.assessing.form import Form, read_form
from scenarios.assessing.rules import find_rules
from scenarios.tables.files import InputFile

ONE = Fraction(1)
FULL = (4, 2, 2, 2, 1, 1, 4, 3, 3, 1, 2, 4, 2, 3, 4, 1, 3, 2, 2, 2, 2, 1, 2, 6, 1)


@pytest.fixture(scope="module")
def thirteenth():
    return find_rules("13fyp")


@pytest.fixture(scope="module")
def typed(guangxi, thirteenth, tmp_path_factory):
    """Return a form that somebody filled in Excel: what each city lost of the full score, by item."""
    lost = {
        "南宁": {}, "柳州": {"26": 6, "3": 4}, "桂林": {"9": 0.5}, "梧州": {"26": 5.5, "14": 4}, "北海": {"3": 2},
        "防城港": {"9": 4, "14": 4, "26": 6, "17": 4, "16": 2}, "钦州": {"27": 1}, "贵港": {"19": 1.5},
        "玉林": {"6": 2}, "百色": {"26": 3, "24": 1}, "贺州": {"10": 1}, "河池": {"12": 0.5},
        "来宾": {"25": 2, "26": 6, "9": 2}, "崇左": {"21": 1},
    }  # fmt: skip
    path = tmp_path_factory.mktemp("typed") / "form.xlsx"
    path.write_bytes(form_workbook(thirteenth.rules, guangxi.regions, "zh"))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for n, name in enumerate(guangxi.regions.names):
        column = FIRST_CITY + 1 + n
        assert sheet.cell(HEAD_ROW + 1, column).value == name
        for row, (item, full) in enumerate(zip(thirteenth.rules.items, FULL, strict=True), start=HEAD_ROW + 2):
            sheet.cell(row, column).value = full - lost[name].get(item.id, 0)
    book.save(path)
    return read_form(path, thirteenth.rules, guangxi.regions)


ANNUAL = ["1", "1.2", "0.999", "0.85", "1", "1", "0.5", "1.01", "-0.3", "1", "1", "2", "1", "1"]
CUMULATIVE = ["1", "1", "0.9", "1", "0.975", "1", "0.25", "1", "0.6", "1.5", "1", "0.999999", "1", "0"]
TOTALS = {
    "南宁": "100", "柳州": "90", "桂林": "97.48", "梧州": "87.5", "北海": "97.5", "防城港": "80", "钦州": "74",
    "贵港": "98.5", "玉林": "70", "百色": "96", "贺州": "99", "河池": "99.49998", "来宾": "90", "崇左": "79",
}  # fmt: skip
"""By hand: 100 less what was lost, less 20 × what is missing of each completion."""


@pytest.fixture(scope="module")
def assessed(guangxi, thirteenth, typed):
    results = Results(2018, tuple(map(Fraction, ANNUAL)), tuple(map(Fraction, CUMULATIVE)))
    return assess(guangxi, thirteenth, typed, results)


def cities(assessment):
    return {city.name: city for city in assessment.cities}


def test_fourteen_cities_have_the_totals_computed_by_hand(assessed):
    assert {name: city.exact for name, city in cities(assessed).items()} == {
        name: Fraction(text) for name, text in TOTALS.items()
    }


def test_who_misses_the_annual_target_fails_the_year_and_nobody_else(assessed):
    found = cities(assessed)
    assert [name for name, city in found.items() if city.missed] == ["桂林", "梧州", "钦州", "玉林"]
    assert {name: city.grade for name, city in found.items()} == {
        "南宁": "excellent", "柳州": "excellent", "桂林": "failed", "梧州": "failed", "北海": "excellent",
        "防城港": "good", "钦州": "failed", "贵港": "excellent", "玉林": "failed", "百色": "excellent",
        "贺州": "excellent", "河池": "excellent", "来宾": "excellent", "崇左": "qualified",
    }  # fmt: skip
    assert all(city.final_grade is None for city in found.values())


def test_ranks_go_by_points_and_equal_totals_share_one(assessed):
    assert [(city.rank, city.name) for city in assessed.ranked()] == [
        (1, "南宁"), (2, "河池"), (3, "贺州"), (4, "贵港"), (5, "北海"), (6, "桂林"), (7, "百色"), (8, "柳州"),
        (8, "来宾"), (10, "梧州"), (11, "防城港"), (12, "崇左"), (13, "钦州"), (14, "玉林"),
    ]  # fmt: skip


def test_the_end_year_is_assessed_twice(guangxi, thirteenth, typed):
    annual = tuple(map(Fraction, ANNUAL))
    period = tuple(map(Fraction, CUMULATIVE))
    found = cities(assess(guangxi, thirteenth, typed, Results(2020, annual, period, period)))
    assert [name for name, c in found.items() if c.final_missed == ("period",)] == [
        "桂林", "北海", "钦州", "玉林", "河池", "崇左",
    ]  # fmt: skip
    assert (found["梧州"].grade, found["梧州"].final_grade) == ("failed", "good")
    assert (found["北海"].grade, found["北海"].final_grade) == ("excellent", "failed")
    assert (found["桂林"].grade, found["桂林"].final_grade) == ("failed", "failed")


def whole(rules, regions, scores):
    """Return a form in which every city has the same scores."""
    held = {item.id: (Decimal(str(score)),) * len(regions) for item, score in zip(rules.items, scores, strict=True)}
    return Form(held, (InputFile.of("form.xlsx", b"x"),))


def test_the_twelfth_fails_a_missed_progress_in_any_year(guangxi):
    rules = find_rules("12fyp")
    form = whole(rules.rules, guangxi.regions, ["45.5"])
    annual = (Fraction(4, 5), *(ONE,) * 13)
    cumulative = (ONE, Fraction(9, 10), *(ONE,) * 12)
    found = assess(guangxi, rules, form, Results(2014, annual, cumulative)).cities
    assert [city.exact for city in found[:3]] == [Fraction("90.5"), Fraction(93), Fraction("95.5")]
    assert [city.missed for city in found[:3]] == [("annual",), ("cumulative",), ()]
    assert [city.grade for city in found[:3]] == ["failed", "failed", "excellent"]


def test_an_own_rule_set_without_veto(guangxi, tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(
        "schema_version: 1\nname: own\ntitle: 自定\nsource: 本省办法\nyear: 2024\n"
        "completion: {annual: 50, cumulative: 0}\nveto: {annual: never, cumulative: never}\n"
        "grades: {excellent: 95, good: 70, qualified: 50}\nsections:\n  - {id: a, title: 甲, points: 50, items: ["
        "{id: 3, title: 乙, points: 50, criteria: 一, departments: 二, evidence: 三}]}\n",
        "utf-8",
    )
    rules = find_rules(str(path))
    form = whole(rules.rules, guangxi.regions, ["20"])
    half = (Fraction(1, 2),) * 14
    found = assess(guangxi, rules, form, Results(2030, half, half, half)).cities[0]
    assert (found.exact, found.grade, found.final_grade) == (45, "failed", "failed")
    assert (found.missed, found.final_missed) == ((), ())


@pytest.mark.parametrize(
    ("done", "due", "wanted"),
    [
        (0.04, 0.04, 1), (0.05, 0.04, Fraction(0.05) / Fraction(0.04)), (0.04, 0.04 * (1 + 1e-12), 1),
        (0.04 * (1 - 1e-6), 0.04, None), (-0.01, 0.04, None), (0.0, 0.0, 1), (0.01, 0.0, 1), (-0.01, 0.0, 0),
        (-0.01, -0.02, 1), (-0.03, -0.02, 0), (Fraction(1, 10), Fraction(1, 5), Fraction(1, 2)),
    ],
)  # fmt: skip
def test_completion(done, due, wanted):
    found = completion(done, due)
    assert found < 1 if wanted is None else found == wanted


@pytest.mark.parametrize(
    ("done", "due", "wanted"),
    [
        (0.0436, 0.04364, 1),  # both are printed 4.36
        (0.0436, 0.04365, Fraction(436, 437)),
        (1 - 0.95635, 0.0437, 1),  # half up, out of a difference of doubles
        (Fraction(3, 70), Fraction(429, 10000), 1),  # 4.2857… is printed 4.29
        (0.00004, 0.00001, 1),  # both are printed 0.00
        (-0.00004, 0.0, 1),
    ],
)
def test_printed_rates_count(done, due, wanted):
    assert completion(done, due, printed=True) == wanted
    if wanted == 1 and done < due:
        assert completion(done, due) < 1


def test_the_bundled_rule_sets_count_printed_rates():
    assert all(find_rules(name).rules.printed_rates for name in ("12fyp", "13fyp"))


def test_what_counts_is_said(assessed, guangxi, thirteenth, typed):
    exact = assessed.model_copy(update={"rules": assessed.rules.model_copy(update={"printed_rates": False})})
    for record, zh, en in (
        (
            assessed,
            "完成率按公布的两位小数的下降率计算。",
            "Completions are of rates at the two decimals that are printed.",
        ),
        (exact, "完成率按未取整的下降率计算。", "Completions are of rates before any rounding."),
    ):
        assert zh in assessment_statements(record, "zh")
        assert en in assessment_statements(record, "en")
        assert zh in ranking_sheet(record, "zh").notes
        assert record.model_dump(mode="json")["rules"]["printed_rates"] is record.rules.printed_rates


def test_completions_stay_in_order():
    assert completions([0.1, 0.2], [0.2, 0.2]) == (Fraction(1, 2), ONE)


@given(st.fractions(-3, 3), st.integers(0, 100))
def test_points_stay_between_none_and_all(done, points):
    got = completion_points(Decimal(points), done)
    assert 0 <= got <= points
    assert got == min(points, max(Fraction(0), points * done))


@given(st.fractions(0, 100, max_denominator=10**9))
def test_a_printed_total_stands_on_its_side_of_every_grade(total):
    grades = find_rules("13fyp").rules.grades
    printed = Fraction(told(total, levels(grades)))
    assert grade_of(grades, printed, ()) == grade_of(grades, total, ())
    assert abs(printed - total) <= Fraction(1, 200)


def test_a_hair_below_a_grade_is_not_printed_as_the_grade():
    limits = levels(find_rules("13fyp").rules.grades)
    assert told(Fraction(90), limits) == "90.00"
    assert told(Fraction("89.998"), limits) == "89.998"
    assert told(90 - Fraction(1, 10**15), limits) == "89.999999999999"
    assert told(Fraction("89.994"), limits) == "89.99"


def test_a_grade_begins_at_its_limit_exactly():
    grades = find_rules("13fyp").rules.grades
    # ten times a tenth is one, which doubles do not know
    ninety = sum([Fraction("0.1")] * 10, Fraction(89))
    assert grade_of(grades, ninety, ()) == "excellent"
    assert [grade_of(grades, Fraction(n), ()) for n in (80, 60)] == ["good", "qualified"]
    assert [grade_of(grades, n - Fraction(1, 10**30), ()) for n in (90, 80, 60)] == ["good", "qualified", "failed"]
    assert grade_of(grades, Fraction(100), ("annual",)) == "failed"


def test_what_is_said_names_totals_vetoes_and_grades(assessed):
    zh, en = ("\n".join(assessment_statements(assessed, language)) for language in ("zh", "en"))
    assert "1．南宁：合计 100.00 分，优秀。" in zh
    assert "一票否决：未完成年度目标的地区，2018 年度考核为不合格：桂林、梧州、钦州、玉林。" in zh
    assert "年度目标完成率 −30.00%，0.00 分" in zh
    assert "累计进度目标完成率 99.9999%" in zh
    assert "Veto: Guilin, Wuzhou, Qinzhou, Yulin missed the annual target" in en
    assert "excellent 8 (Nanning, Hechi, Hezhou, Guigang, Beihai, Baise, Liuzhou, Laibin)" in en


@pytest.mark.parametrize(
    "change",
    [{"exact_total": "99"}, {"grade": "good"}, {"rank": 2}, {"missed": ("annual",)}, {"final_grade": "good"},
     {"exact_annual_completion": "1/2"}],
)  # fmt: skip
def test_a_record_that_does_not_follow_is_not_written(assessed, change, tmp_path):
    first, *others = assessed.cities
    spoiled = assessed.model_copy(update={"cities": (first.model_copy(update=change), *others)})
    assert first.id in disagreements(spoiled)
    with pytest.raises(WriteCheckFailed):
        write_assessment(spoiled, tmp_path, "zh")
    assert not list(tmp_path.iterdir())


def test_two_totals_that_differ_do_not_read_alike(guangxi, thirteenth):
    form = whole(thirteenth.rules, guangxi.regions, FULL)
    annual = (Fraction("0.99999"), *(ONE,) * 13)
    said = assessment_statements(assess(guangxi, thirteenth, form, Results(2018, annual, (ONE,) * 14)), "zh")
    assert said[1].startswith("1．柳州：合计 100.00 分，优秀。年度目标完成率 100.00%，20.00 分")
    assert said[14].startswith("14．南宁：合计 99.9998 分，不合格。年度目标完成率 99.999%，19.9998 分")


def test_files_are_written_and_read_back(assessed, tmp_path):
    few = assessed.model_copy(update={"cities": assessed.cities[:1]})
    names = write_assessment(few, tmp_path, "zh")
    assert sorted(names) == sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*.*"))
    book = openpyxl.load_workbook(tmp_path / "assessment" / "city-450100-zh.xlsx")
    cells = [row[4].value for row in book.worksheets[0].iter_rows(min_row=5)]
    assert cells[:2] == [20, 20]
    assert cells[2:27] == list(FULL)
    assert cells[27] == 100


def test_a_total_that_is_rounded_down_is_not_told_from_itself(guangxi, thirteenth):
    # 20 · 0.97051 twice is 38.8204: two decimals do, though 38.82 is less than the total itself
    form = Form({item.id: (0 * item.points,) * 14 for item in thirteenth.rules.items}, (InputFile.of("表.xlsx", b"x"),))
    done = (Fraction("0.97051"), *(Fraction(n, 100) for n in range(13)))
    record = assess(guangxi, thirteenth, form, Results(2018, done, done, None))
    first = next(city for city in record.cities if city.id == guangxi.regions.ids[0])
    assert total_text(record, first) == "38.82"
