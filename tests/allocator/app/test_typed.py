"""What is typed beside a slider: taken, or answered in its place in both languages."""

from decimal import Decimal

import pytest

from allocator.app.server import web
from allocator.app.typed import Field, fields, judged

RATE = Field(Decimal("10.25"), Decimal(-99), Decimal(99), Decimal("0.5"))
AMOUNT = Field(Decimal(9000), Decimal(0), Decimal(10) ** 9, Decimal("0.01"), percent=False)
SHARE = Field(Decimal("33.4"), Decimal(0), Decimal(100), Decimal("0.1"))


@pytest.mark.parametrize(
    ("field", "text", "number"),
    [
        (RATE, "18.5", "18.5"), (RATE, " 18.0 ", "18"), (RATE, "18%", "18"), (RATE, "-3", "-3"), (RATE, "1e1", "10"),
        (RATE, "10.25", "10.25"),  # the scenario's own
        (SHARE, "0", "0"), (SHARE, "0.3%", "0.3"), (AMOUNT, "0.5", "0.5"), (AMOUNT, "9000", "9000"),
        (SHARE, "100", "100"), (SHARE, "33.3", "33.3"),
        (RATE, "１８．５", "18.5"),  # as a Chinese keyboard gives it
        (RATE, "－１８．５％", "-18.5"),
    ],
)  # fmt: skip
def test_a_number_on_the_grid_is_taken_exactly(field, text, number):
    assert judged(field, text, "zh") == Decimal(number)


@pytest.mark.parametrize(
    ("field", "text", "zh", "en"),
    [
        (RATE, "18.3", "18.3 不是 0.5 的倍数，可填 18.0 或 18.5。",
         "18.3 is no multiple of 0.5: 18.0 or 18.5 can be given."),
        (RATE, "-0.2%", "-0.2 不是 0.5 的倍数，可填 -0.5% 或 0.0%。",
         "-0.2 is no multiple of 0.5: -0.5% or 0.0% can be given."),
        (RATE, "-0.2", "-20% 还是 -0.2%", "-20% or -0.2%"),
        (SHARE, "0.3", "30% 还是 0.3%", "30% or 0.3%"),
        (SHARE, "．３", "30% 还是 0.3%", "30% or 0.3%"),
        (AMOUNT, "1%", "“1%”带百分号", "“1%” is a per cent"),
        (AMOUNT, "17％", "请写 17。", "write 17."),
        (RATE, "18." + "0" * 40 + "1", None, None),  # exact to the last digit
        (SHARE, "33.33", "33.33 不是 0.1 的倍数，可填 33.3 或 33.4。",
         "33.33 is no multiple of 0.1: 33.3 or 33.4 can be given."),
        (RATE, "", "请填写数字，例如 10.25。", "Fill in a number, as in 10.25."),
        (RATE, "  ", "请填写数字，例如 10.25。", "Fill in a number, as in 10.25."),
        (RATE, "120", "120 不在 -99 与 99 之间。", "120 is not between -99 and 99."),
        (SHARE, "-1", "-1 不在 0 与 100 之间。", "-1 is not between 0 and 100."),
        (RATE, "十八", "“十八”不是数字", "“十八” is not a number"),
        (RATE, "18,5", "18.5", "18.5"),  # whether the comma is a decimal point is asked
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said(field, text, zh, en):
    for language, said in (("zh", zh), ("en", en)):
        found = judged(field, text, language)
        assert isinstance(found, str)
        if said is not None:
            assert said in found


def test_only_one_neighbour_is_offered_where_the_other_lies_outside():
    thirds = Field(Decimal(0), Decimal(0), Decimal(100), Decimal(3))
    assert judged(thirds, "99.5", "en") == "99.5 is no multiple of 3: 99 can be given."


def test_every_slider_of_the_page_may_be_typed(desk):
    client = web(desk, "zh").test_client()
    page = client.get("/zh/").text
    for key, field in fields(desk).items():
        assert f'id="{key}.typed"' in page
        answer = client.post("/zh/typed", json={"control": key, "text": str(field.own)}).json
        assert answer == {"value": float(field.own), "said": []}
    assert page.count('class="typed"') == len(fields(desk))


def test_the_program_answers_in_the_language_of_the_page(desk):
    client = web(desk, "zh").test_client()
    said = [client.post(f"/{tag}/typed", json={"control": "lower", "text": "10.3"}).json for tag in ("zh", "en")]
    assert [each["value"] for each in said] == [None, None]
    assert said[0]["said"] == ["10.3 不是 0.5 的倍数，可填 10.0 或 10.5。"]
    assert said[1]["said"] == ["10.3 is no multiple of 0.5: 10.0 or 10.5 can be given."]
