from fractions import Fraction

import pytest

from scenarios.accounting.burning import process_factors
from scenarios.accounting.factors import Factor, gwp, process, processes

NITRIC = [key for key in processes() if key.startswith("nitric_")]


def gases(kind, amount, given=None):
    """Return tonnes of each gas of a process."""
    return {gas: amount * figure.value for gas, figure in process_factors(kind, given).items()}


@pytest.mark.parametrize(
    ("name", "amount", "expected"),
    [
        ("水泥熟料", 1000, {"CO2": "538"}),
        ("石灰", 1000, {"CO2": "683"}),
        ("电石", 1000, {"CO2": "1154"}),
        ("玻璃", 1000, {"CO2": "200"}),
        ("甲醇", 1000, {"CO2": "670", "CH4": "2.3"}),
        ("乙烯", 1000, {"CO2": "2249", "CH4": "3"}),  # 1.73 × 130/100
    ],
)
def test_output_times_factor(name, amount, expected):
    assert gases(process(name), Fraction(amount)) == {gas: Fraction(value) for gas, value in expected.items()}


def test_steel_by_hand():
    # 50 × 0.474 + 200 × 0.43 + (900 × 4.1 % - 950 × 0.248 %) × 44/12 = 23.7 + 86 + 34.544 × 44/12
    flows = {"dolomite_in_steel": 50, "limestone_in_steel": 200, "pig_iron": 900, "steel": 950}
    found = sum(gases(process(key), Fraction(amount))["CO2"] for key, amount in flows.items())
    assert found == Fraction("109.7") + Fraction("34.544") * 44 / 12


def test_nitric_acid_of_all_seven_technologies():
    assert len(NITRIC) == 7
    output = dict(zip(NITRIC, (100, 200, 300, 400, 500, 600, 700), strict=True))
    # 1.39 + 0.4 + 3.531 + 3.888 + 4 + 4.5 + 3.5
    assert sum(gases(process(key), Fraction(amount))["N2O"] for key, amount in output.items()) == Fraction("21.209")
    assert [gwp(name, "N2O").value for name in ("AR5", "SAR")] == [265, 310]


@pytest.mark.parametrize("name", ["己二酸", "铝", "镁", "一氯二氟甲烷", "电力设备", "半导体", "氢氟烃"])
def test_other_processes_take_the_user_s_factor(name):
    kind = process(name)
    with pytest.raises(LookupError):
        gases(kind, Fraction(1))
    mine = Factor(Fraction(1, 4), "t/t", 2020, "plant test")
    assert gases(kind, Fraction(8), {kind.gas: mine}) == {kind.gas: 2}


def test_the_user_s_factor_goes_before_the_default():
    mine = Factor(Fraction(1, 2), "tCO2/t", 2020, "plant test")
    assert gases(process("石灰"), Fraction(8), {"CO2": mine}) == {"CO2": 4}
    assert process_factors(process("石灰"), {"CO2": mine})["CO2"].source == "plant test"
