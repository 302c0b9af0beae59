"""Yearly reductions a hundred or ten times off, or of another sign, are asked about; what years really bring is not."""

from decimal import Decimal
from random import Random

import pytest

from scenarios.errors import Place
from scenarios.file.schema import Period
from scenarios.sense.asking import Answers
from scenarios.sense.figures import Figure
from scenarios.sense.shares import YearlyRate, off_years
from scenarios.sense.signs import turned_sign
from scenarios.tables.grid import Cell
from scenarios.tracking.actuals import read_actuals
from scenarios.wording import Text

PERIOD = Period(base=2015, end=2020)
YEARS = (2016, 2017, 2018)


@pytest.fixture
def read(tmp_path, guangxi):
    """Return a function that reads reductions between 3.0 and 4.3 % of three years, some of them changed."""

    def call(change=lambda name, year: 1, header="年度下降率（%）", answers=None):
        lines = [f"地区,年份,{header}"]
        for t, year in enumerate(YEARS):
            for n, name in enumerate(guangxi.regions.names):
                rate = (3 + Decimal(n) / 10 + Decimal(t) / 100) * Decimal(str(change(name, year)))
                lines.append(f"{name},{year},{rate:f}")
        path = tmp_path / "实绩.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return read_actuals(path, guangxi.regions, PERIOD, answers=answers or Answers())

    return call


def asked(findings):
    return [(finding.code, finding.severity, finding.place.row, finding.asked) for finding in findings]


def test_sound_rates_are_asked_nothing(read):
    assert read().notices == ()


@pytest.mark.parametrize(("factor", "found", "meant"), [("0.01", "0.0321", "3.21"), ("0.1", "0.321", "3.21")])
def test_one_rate_that_is_off_is_named_with_its_cell(read, refused, factor, found, meant):
    (finding,) = refused(read, lambda name, year: factor if (name, year) == ("桂林", 2017) else 1)
    assert asked([finding]) == [("rate_off", "question", 18, "jump-rate:实绩.csv:桂林:2017")]
    assert (Decimal(finding.values["found"]), finding.values["meant"]) == (Decimal(found), meant)


def test_a_year_of_fractions_is_one_question_which_an_answer_lets_pass(read, refused):
    def of_2017(name, year):
        return "0.01" if year == 2017 else 1

    (finding,) = refused(read, of_2017)
    assert asked([finding]) == [("rates_off_year", "question", 16, "jump-rate:实绩.csv:2017")]
    assert "2017" in finding.say("zh")
    assert finding.values["meant"] == "3.01"
    (notice,) = read(of_2017, answers=Answers({finding.asked: Text("属实", "so it was")})).notices
    assert notice.severity == "notice"


def test_a_region_of_fractions_is_one_question(read, refused):
    (finding,) = refused(read, lambda name, year: "0.01" if name == "柳州" else 1)
    assert asked([finding]) == [("rates_off_region", "question", 3, "jump-rate:实绩.csv:柳州")]


def test_changes_are_asked_about_with_their_own_sign(read, refused):
    def falls(name, year):
        return "-0.01" if (name, year) == ("柳州", 2018) else -1

    (finding,) = refused(read, falls, "变化率（%）")
    assert (finding.code, finding.values["meant"], finding.values["others"][0]) == ("rate_off", "-3.12", "-")


@pytest.mark.parametrize(("header", "sign"), [("年度下降率（%）", 1), ("变化率（%）", -1)])
def test_one_sign_turned_among_rates_close_together_is_asked_about(read, refused, header, sign):
    (finding,) = refused(read, lambda name, year: -sign if (name, year) == ("南宁", 2016) else sign, header)
    assert asked([finding]) == [("sign_turned", "question", 2, "below-zero:实绩.csv:南宁")]


def table(rates):
    return [
        YearlyRate(str(n), 2016 + n // 14, Figure(Decimal(x) / 100, Cell(x, Place(file="a", row=n)), Decimal("0.01")))
        for n, x in enumerate(rates)
    ]


def test_a_rise_among_falls_that_differ_much_is_no_slip():
    rates = table(["1.2", "2.9", "4.8", "6.1", "3.3", "0.7", "-2.2", "5.0"])
    assert list(turned_sign([(rate.name, rate.figure) for rate in rates])) == []


@pytest.mark.parametrize(("spread", "count"), [(0.5, 14), (0.5, 42), (1, 42), (2, 14), (2, 42), (4, 42)])
def test_rates_as_years_bring_them_are_seldom_asked_about(spread, count):
    random, times = Random(4), 200
    odd = 0
    for _ in range(times):
        rates = table([f"{random.gauss(3.5, spread):.2f}" for _ in range(count)])
        odd += bool([*off_years(rates), *turned_sign([(rate.name, rate.figure) for rate in rates])])
    assert odd <= times // 50
