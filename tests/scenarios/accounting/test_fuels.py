from fractions import Fraction

import pytest

from scenarios.accounting.factors import fuel, standards, tce_of_fuel


@pytest.mark.parametrize(("kind", "expected"), [("coal", "2.66"), ("oil", "1.73"), ("gas", "1.56")])
def test_co2_of_a_tonne_of_standard_coal(kind, expected):
    assert standards()[kind].factor.value == Fraction(expected)


def test_co2_of_a_physical_amount_by_hand():
    # 1000 t of bituminous coal: 19.57 GJ/t × 26.1 tC/TJ = 510.777 tC/1000 t, × 0.93 = 475.02261 tC, × 44/12
    assert fuel("烟煤").factor.value * 1000 == Fraction(47502261, 100000) * 44 / 12


def test_a_tonne_of_standard_coal_is_seven_million_kilocalories():
    # 7000 kcal × 4.1868 kJ = 29307.6 kJ a kgce
    assert tce_of_fuel(fuel("柴油"), Fraction(1)) == Fraction("42.652") / Fraction("29.3076")
