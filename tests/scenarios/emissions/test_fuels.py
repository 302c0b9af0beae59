from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.emissions import fuels
from scenarios.emissions.factors import fuel

amounts = st.fractions(0, 10**9, max_denominator=1000)


@pytest.mark.parametrize(("kind", "expected"), [("coal", "26600"), ("oil", "17300"), ("gas", "15600")])
def test_standard_quantity(kind, expected):
    assert fuels.standard_quantity(kind, Fraction(10_000)) == Fraction(expected)


def test_physical_quantity_by_hand():
    # 1000 t of bituminous coal: 19.57 GJ/t × 26.1 tC/TJ = 510.777 tC/1000 t, × 0.93 = 475.02261 tC, × 44/12
    assert fuels.physical_quantity(fuel("烟煤"), Fraction(1000)) == Fraction(47502261, 100000) * 44 / 12


def test_non_energy_use_by_hand():
    burned = fuels.physical_quantity(fuel("原油"), Fraction(100))
    # 41.816 × 20.1 × 0.98 / 1000 × 100 t = 82.36915… tC, of which a quarter is released
    assert fuels.non_energy_use(burned, Fraction(3, 4)) == Fraction("82.3691568") / 4 * Fraction(44, 12)
    assert fuels.non_energy_use(burned, Fraction(0)) == burned
    assert fuels.non_energy_use(burned, Fraction(1)) == 0
    with pytest.raises(ValueError, match="fixed share"):
        fuels.non_energy_use(burned, Fraction(11, 10))


def test_coking_by_hand():
    # 1000 t coal at 70 % less 720 t coke at 86 %, 120 t gas at 50 %, 15 t tar at 90 %: 700 - 692.7 = 7.3 tC, × 44/12
    raw = [(Fraction(1000), Fraction(7, 10))]
    products = [
        (Fraction(720), Fraction("0.86")), (Fraction(120), Fraction("0.5")), (Fraction(15), Fraction("0.9")),
    ]  # fmt: skip
    assert fuels.coking(raw, products) == Fraction("7.3") * 44 / 12
    with pytest.raises(ValueError, match="more carbon"):
        fuels.coking(products, raw)


def test_a_tonne_of_standard_coal_is_seven_million_kilocalories():
    # 7000 kcal × 4.1868 kJ = 29307.6 kJ a kgce
    assert fuels.tce_of_heat(Fraction("29.3076")) == 1
    assert fuels.tce_of_fuel(fuel("柴油"), Fraction(1)) == Fraction("42.652") / Fraction("29.3076")


@given(amounts, amounts)
def test_emissions_add_up(one, other):
    for name in ("烟煤", "天然气"):
        parts = fuels.physical_quantity(fuel(name), one) + fuels.physical_quantity(fuel(name), other)
        assert fuels.physical_quantity(fuel(name), one + other) == parts
