"""Energy tables whose whole columns are in another unit than they say: asked, and a table alone is refused."""

import pytest

from allocator.accounting import account
from scenarios.accounting.energy_table import read_energy
from scenarios.errors import InputError
from scenarios.sense.asking import Answers
from scenarios.wording import Text

COAL = {"南宁": 300, "柳州": 340, "桂林": 380, "梧州": 420, "玉林": 460}


@pytest.fixture
def energy(tmp_path):
    """Return a function that writes coal and gas of some cities in two years, in a unit, each figure times a size."""

    def call(unit, size, cities=COAL):
        rows = (f"{n},{y},{(c + y - 2019) * size},{c * size / 20}\n" for n, c in cities.items() for y in (2019, 2020))
        path = tmp_path / "energy.csv"
        path.write_text(f"地区,年份,煤炭（{unit}）,天然气（{unit}）\n" + "".join(rows), "utf-8")
        return path

    return call


@pytest.mark.parametrize(("unit", "size"), [("万吨标煤", 1), ("吨标煤", 10_000), ("万吨标煤", 0.05), ("万吨标煤", 20)])
def test_what_cities_burn_is_asked_nothing(energy, unit, size):
    assert read_energy(energy(unit, size))[1] == ()


def test_tonnes_under_ten_thousand_tonnes_are_asked_about_an_item_once(energy):
    coal, gas = read_energy(energy("万吨标煤", 10_000))[1]
    assert (coal.code, coal.place.row, coal.place.column, coal.severity) == ("amounts_huge", 2, "煤炭", "question")
    # by hand: the middle of ten is 桂林 in 2020; 381 × 10⁸ tce × 2.66 = 101346 × 10⁶ t, as 10⁴ t: 10134600
    assert {key: coal.values[key] for key in ("name", "found", "meant", "tonnes", "right")} == {
        "name": "桂林", "found": "3810000", "meant": "381", "tonnes": "10134600", "right": "1013",
    }  # fmt: skip
    assert (gas.code, gas.place.column) == ("amounts_huge", "天然气")


def test_ten_thousand_tonnes_under_tonnes_are_asked_about_once(energy):
    (tiny,) = read_energy(energy("吨标煤", 1))[1]
    assert (tiny.code, tiny.place.row, tiny.values["found"], tiny.values["meant"]) == (
        "amounts_tiny", 2, "381", "3810000",
    )  # fmt: skip


def test_a_table_alone_is_refused_and_a_scenario_can_answer(energy):
    path = energy("吨标煤", 1)
    with pytest.raises(InputError) as caught:
        account(str(path))
    (found,) = [finding for finding in caught.value.findings if finding.code == "amounts_tiny"]
    assert found.asked == "amounts-off:energy.csv"
    answers = Answers({found.asked: Text("乡镇", "townships")})
    assert [finding.severity for finding in read_energy(path, answers=answers)[1]] == ["notice"]


def test_provinces_of_the_nation_burn_more_than_cities(energy):
    provinces = {"山西": 25000, "内蒙古": 30000, "山东": 27000, "河北": 20000, "云南": 5000}
    assert read_energy(energy("万吨标煤", 1, provinces))[1] == ()
