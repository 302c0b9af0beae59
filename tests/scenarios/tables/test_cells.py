import contextlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.tables.cells import (
    DIGITS,
    CellError,
    as_printed,
    exact,
    exact_per_cent,
    grid_digits,
    parse_number,
    parse_rate,
    per_cent,
    refuse_bare_fraction,
    rounded,
    with_unit,
    year_of,
)

SIGNS = ("%", "％", " %", "points", " points", "point", " pts", "个百分点", "百分点", " per cent", "percent")

numbers = st.decimals(-(10**14), 10**14, allow_nan=False, places=None).map(lambda d: d.quantize(Decimal("0.000001")))


def plain(number):
    return f"{number:f}"


@given(numbers)
def test_a_number_comes_back_exactly(number):
    assert parse_number(plain(number)) == (number, False)


@given(numbers)
def test_grouped_thousands_come_back_exactly(number):
    assert parse_number(f"{number:,f}") == (number, False)


@given(numbers, st.sampled_from(SIGNS))
def test_a_sign_behind_is_seen_and_divides_only_rates(number, sign):
    assert parse_number(plain(number) + sign) == (number, True)
    assert parse_rate(plain(number) + sign) == number / 100


@given(st.decimals("-0.999999", "0.999999", allow_nan=False, places=6))
def test_a_fraction_below_one_is_a_rate(number):
    assert parse_rate(plain(number)) == parse_rate(number) == number
    assert parse_rate(float(number)) == number


@given(numbers.filter(lambda number: abs(number) >= 1))
def test_a_bare_number_of_one_or_more_is_asked_back_where_it_can_be_a_rate(number):
    with pytest.raises(CellError) as caught:
        parse_rate(plain(number))
    assert caught.value.code == ("rate_question" if abs(number) <= 100 else "rate_range")


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("18.5%", "0.185"),
        ("17 %", "0.17"),
        ("12 points", "0.12"),
        ("1 point", "0.01"),
        ("0.5个百分点", "0.005"),
        (".5％", "0.005"),
        ("+17%", "0.17"),
        ("-3%", "-0.03"),
        ("0.17", "0.17"),
        (" 0.17\u3000", "0.17"),
        (0.17, "0.17"),
        (0, "0"),
        ("1.7e1%", "0.17"),
        ("100%", "1"),
    ],
)
def test_rates_are_exact(text, rate):
    assert parse_rate(text) == Decimal(rate)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "%", "points", ".", "-", "--5", "+-5", ",123", "12,34,567", "1.2.3", "1e400", "1e",
        "①", "٣", "五", "0x10", "1_000", "nan", "NaN", "inf", "-Infinity", "True", "5%%",
        "1 2", "5 per", "1/2", "$5", "5\x00", "1" + " " * 200_000 + "x", "x" * 61,
        "(" * 200_000,
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(text):
    for parse, code in ((parse_number, "not_a_number"), (parse_rate, "not_a_rate")):
        with pytest.raises(CellError) as caught:
            parse(text)
        assert caught.value.code == code
        assert caught.value.values["found"] == text


@pytest.mark.parametrize(
    "text",
    [
        "1" * 61,
        "1" * 200_000,
        "18." + "0" * 60 + "%",
        "-0." + "1" * 60,
        "." * 61 + "e5 ％",
        "1,000" * 15,
        "1e" + "1" * 70,
    ],
)
def test_a_number_that_is_too_long_is_refused_for_its_length(text):
    for parse in (parse_number, parse_rate):
        with pytest.raises(CellError) as caught:
            parse(text)
        assert (caught.value.code, caught.value.values["limit"]) == ("number_too_long", 60)
    assert parse_number("18." + "0" * 56 + "%") == (18, True)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("1,23", "1.23"), ("-1,2345", "-1.2345"), ("3.410,08", "3410.08"), ("18,5%", "18.5%"), ("1234,567", "1234.567")],
)
def test_a_decimal_comma_is_asked_about(text, meant):
    for parse in (parse_number, parse_rate):
        with pytest.raises(CellError) as caught:
            parse(text)
        assert (caught.value.code, caught.value.values["meant"]) == ("decimal_comma", meant)


@pytest.mark.parametrize("text", ["#DIV/0!", "#N/A", " #REF! ", "#NAME?"])
def test_a_formula_that_fails_is_named(text):
    for parse in (parse_number, parse_rate):
        with pytest.raises(CellError) as caught:
            parse(text)
        assert caught.value.code == "failed_formula"


@pytest.mark.parametrize("text", ["1" + "0" * 15, "-1e15", "9e99", "1e20%"])
def test_what_no_province_can_reach_is_refused(text):
    for parse in (parse_number, parse_rate):
        with pytest.raises(CellError) as caught:
            parse(text)
        assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    "value",
    [True, False, None, [], {}, float("nan"), float("inf"), Decimal("nan"), Decimal("inf"), Decimal("sNaN"), b"1", 1j],
)
def test_what_is_no_rate_is_refused(value):
    with pytest.raises(CellError) as caught:
        parse_rate(value)
    assert caught.value.code == "not_a_rate"


@pytest.mark.parametrize("value", [17, 17.0, "17", Decimal(17)])
def test_the_question_names_both_readings(value):
    with pytest.raises(CellError) as caught:
        parse_rate(value)
    assert caught.value.code == "rate_question"
    assert caught.value.values["percent"] == "17%"
    assert caught.value.values["fraction"] == "0.17"


@pytest.mark.parametrize("value", [1, -1, "1", "1.0", 100])
def test_one_is_asked_back_and_not_read_as_all(value):
    with pytest.raises(CellError) as caught:
        parse_rate(value)
    assert caught.value.code == "rate_question"


@pytest.mark.parametrize("digits", [15, 400, 5000])
def test_a_whole_number_beyond_all_bounds_is_refused(digits):
    with pytest.raises(CellError) as caught:
        parse_rate(10**digits)
    assert str(caught.value.values["found"]).startswith("1000")


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_a_question(text):
    with contextlib.suppress(CellError):
        number, _ = parse_number(text)
        assert number.is_finite()
        assert set(text.strip()) <= set("0123456789+-.,eE%％ prcentsoiPRCENTSOI个百分点") or not text.isprintable()


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=5))
def test_a_float_of_excel_is_the_decimal_a_person_sees(number):
    assert exact(float(number)) == number


def test_per_cent_has_no_negative_zero():
    assert per_cent(Decimal("0.17")) == "17.00"
    assert per_cent(-0.00001) == "0.00"
    assert per_cent(-0.0001) == "-0.01"
    assert per_cent(0.1869, 1) == "18.7"


@pytest.mark.parametrize(
    ("grid", "digits"), [("0.005", 1), ("0.01", 0), ("0.001", 1), ("0.0001", 2), ("0.05", 0), ("0.0025", 2)]
)
def test_grid_digits(grid, digits):
    assert grid_digits(Decimal(grid)) == digits


@pytest.mark.parametrize(
    "text",
    [
        "2015",
        "2015.0",
        "2015年",
        "2015年度",
        " 2015 ",
        "2015-12-31",
        "2015/1/1",
        "2015-12-31 00:00:00",
        "2015年12月31日",
    ],
)
def test_what_is_a_year(text):
    assert year_of(text) == 2015


@pytest.mark.parametrize("text", ["", "15", "2015.5", "2015-03-31", "201512", "3015", "２０１５", "2015年底"])
def test_what_is_no_year(text):
    assert year_of(text) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("(3200", ""), ("()", ""), ("１２３", "123"), ("１８", "18"), ("18．5", "18.5"), ("３，２００．５", "3,200.5"),
        ("１７％", "17%"), ("(3200)", "-3200"), ("（3,200）", "-3,200"), ("（一）", ""),
    ],
)  # fmt: skip
def test_a_number_written_otherwise_is_asked_about(written, meant):
    with pytest.raises(CellError) as caught:
        parse_number(written)
    assert caught.value.code == ("number_meant" if meant else "not_a_number")
    assert caught.value.values.get("meant", "") == meant
    if meant:
        parse_number(meant)
        with pytest.raises(CellError, match="number_meant"):
            parse_rate(written)


@pytest.mark.parametrize(("text", "share", "percent"), [("0.17", "17%", "0.17%"), (" -0.5 ", "-50%", "-0.5%")])
def test_a_fraction_typed_among_per_cents_is_asked_about(text, share, percent):
    with pytest.raises(CellError) as caught:
        refuse_bare_fraction(text)
    assert (caught.value.code, caught.value.values) == (
        "per_cent_question", {"found": text.strip(), "share": share, "percent": percent},
    )  # fmt: skip


@pytest.mark.parametrize("text", ["0", "0.00", "1", "-1", "17", "0.17%", "0.17 points", "word", ""])
def test_what_is_no_bare_fraction_is_not_asked_about(text):
    refuse_bare_fraction(text)


@pytest.mark.parametrize(
    ("value", "places", "wanted"),
    [
        (Fraction(1, 8), 2, "0.13"), (Fraction(-1, 8), 2, "-0.13"), (Fraction(1249, 10_000), 2, "0.12"),
        (Fraction(2, 3), 4, "0.6667"), (Fraction(0), 1, "0.0"), (Decimal("0.125"), 2, "0.13"),
        (Decimal("-0.125"), 2, "-0.13"), (1.005, 2, "1.01"), (2.675, 2, "2.68"), (0.1 + 0.2, 1, "0.3"), (17.0, 0, "17"),
        (1.00499999, 2, "1.00"),
    ],
)  # fmt: skip
def test_numbers_are_rounded_half_up(value, places, wanted):
    assert str(rounded(value, places)) == wanted


def test_what_is_no_number_stays_none():
    assert rounded(float("inf"), 2) == Decimal("Infinity")
    assert rounded(float("nan"), 2).is_nan()


def test_as_printed_and_with_every_digit():
    assert as_printed(Fraction(1, 3)) == Decimal("0.3333")
    assert as_printed(Decimal("0.18005"), 1) == Decimal("0.180")
    assert (per_cent(Decimal("0.18005")), per_cent(Fraction(2, 3), 1), per_cent(-0.5, 0)) == ("18.01", "66.7", "-50")
    assert (exact_per_cent(Decimal("0.18005")), exact_per_cent(Decimal("2"))) == ("18.005", "200")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2135万吨", (Decimal(2135), "万吨")), ("2 135.5 万吨 ", (Decimal("2135.5"), "万吨")), ("17%", None),
        ("1,2,3吨", None), ("万吨", None), ("−5 亿元", (Decimal(-5), "亿元")),
    ],
)  # fmt: skip
def test_a_number_and_its_unit(text, wanted):
    assert with_unit(text) == wanted


@pytest.mark.parametrize("text", ["＂3200", "3200～", "～3200", "！"])
def test_full_width_signs_that_are_in_no_number(text):
    with pytest.raises(CellError) as caught:
        parse_number(text)
    assert caught.value.code == "not_a_number"


def test_a_per_cent_sign_may_stand_below():
    assert parse_number("17\n%") == (Decimal(17), True)
    assert parse_number("17\nPERCENT") == (Decimal(17), True)


def test_one_hundred_can_be_a_rate_and_more_cannot():
    for text, code in (("100", "rate_question"), ("-100", "rate_question"), ("100.0001", "rate_range")):
        with pytest.raises(CellError) as caught:
            parse_rate(text)
        assert caught.value.code == code


def test_digits_beyond_the_usual_28_are_kept():
    text = "0." + "123456789" * 5
    assert parse_rate(text + "%") == Decimal(text).scaleb(-2, DIGITS)


def test_a_number_without_whole_digits_in_full_width():
    with pytest.raises(CellError) as caught:
        parse_number("．５")
    assert (caught.value.code, caught.value.values["meant"]) == ("number_meant", ".5")
