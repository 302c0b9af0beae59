"""Energy tables with one amount 10⁴ times off: asked at its cell, with what it should be; sound ones are not."""

import pytest

from allocator.accounting import account
from scenarios.accounting.energy_table import read_energy
from scenarios.errors import InputError
from scenarios.sense.asking import Answers
from scenarios.wording import Text

HEAD = "地区,年份,部门,煤炭（万吨标煤）,石油（万吨标煤）\n"
CITIES = {"甲市": 300, "乙市": 420, "丙市": 380, "丁市": 250}


@pytest.fixture
def energy(tmp_path):
    """Return a function that writes the coal of industry and of households and the oil of some cities and years."""

    def call(years=(2024, 2025), cities=CITIES, **changed):
        lines = [
            f"{name},{year},{sector},{changed.get(f'{name}{year}{sector}', share * amount / 100 + year - 2024)},"
            f"{changed.get(f'{name}{year}{sector}油', amount / 10)}\n"
            for year in years
            for name, amount in cities.items()
            for sector, share in (("工业", 80), ("生活", 3))
        ]
        (tmp_path / "energy.csv").write_text(HEAD + "".join(lines), "utf-8")
        return tmp_path / "energy.csv"

    return call


@pytest.fixture
def asked(energy):
    """Return a function that reads such a table: row, figure and what it should be of everything asked."""

    def call(*args, **named):
        findings = read_energy(energy(*args, **named))[1]
        return [(f.code, f.place.row, f.values["found"], f.values["meant"]) for f in findings]

    return call


@pytest.mark.parametrize("years", [(2025,), (2024, 2025), (2023, 2024, 2025)])
def test_a_sound_table_is_asked_nothing(asked, years):
    assert asked(years) == []


@pytest.mark.parametrize("years", [(2025,), (2024, 2025), (2023, 2024, 2025)])
def test_a_sector_of_a_city_ten_thousand_times_too_large_is_asked_about(asked, years):
    row = 2 + 8 * (len(years) - 1) + 5
    (found,) = asked(years, 丙市2025生活=114_000)
    assert found == ("amount_off", row, "114000", "11.4")


def test_of_two_cities_in_one_year_too(asked):
    assert asked((2025,), {"甲市": 300, "乙市": 420}, 乙市2025工业=3_360_000) == [("amount_off", 4, "3360000", "336")]


def test_a_hundred_times_too_large_is_told_a_hundredth(asked):
    """69000 for 690 beside 395–2255 emits more than any city; its hundredth lies among these, its 10⁻⁴ does not."""
    cities = {"甲市": 395, "乙市": 2255, "丙市": 69_000, "丁市": 800}
    ((code, _, found, meant), *rest) = asked((2025,), cities)
    assert (code, found, meant, rest) == ("amount_off", "55201", "552", [])


def test_an_amount_too_small_is_asked_about_beside_its_other_years(asked):
    assert asked((2023, 2024, 2025), 丁市2024工业=0.02) == [("amount_off", 16, "0.02", "200")]


def test_an_amount_of_the_province_is_held_against_its_cities(energy):
    path = energy((2025,))
    path.write_text(path.read_text("utf-8") + "全省,2025,工业,10800000,135\n", "utf-8")
    (found,) = read_energy(path)[1]
    # by hand: 0.8 × 1350 + 4 × 1 = 1084
    assert (found.code, found.place.row, found.values["meant"], found.values["others"]) == (
        "amount_off", 10, "1080", "201–337",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("years", "changed"),
    [
        ((2024, 2025), {"丁市2025工业": 0.3}),  # industry closed
        ((2024, 2025), {"丁市2024工业": 0, "丁市2025工业": 900}),  # or begun
        ((2025,), {"丙市2025生活": 900}),
        ((2024, 2025), {"丙市2024生活": 0.001, "丙市2025生活": 0.002}),
        ((2025,), {"丙市2025生活油": 0.0005}),
    ],
)
def test_what_begins_ends_or_is_rare_is_asked_nothing(asked, years, changed):
    assert asked(years, **changed) == []


def test_a_city_apart_in_every_year_is_asked_nothing(asked):
    cities = {"甲市": 1.1, "乙市": 2.7, "丙市": 4.9, "丁市": 6000}
    assert asked((2024, 2025, 2026), cities) == []


def test_a_table_alone_is_refused_and_a_scenario_can_answer(energy):
    path = energy((2025,), 丙市2025生活=114_000)
    with pytest.raises(InputError) as caught:
        account(str(path))
    (found,) = caught.value.findings
    assert (found.place.file, found.place.row, found.place.column) == ("energy.csv", 7, "煤炭")
    assert "11.4" in found.say("zh")
    assert [notice.code for notice in caught.value.notices] == ["account_alone"]
    answers = Answers({found.asked: Text("已核对", "checked")})
    assert [f.severity for f in read_energy(path, answers=answers)[1]] == ["notice"]
    assert found.asked == "amount-off:energy.csv:丙市:2025:生活:煤炭"
