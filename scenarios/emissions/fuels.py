"""CO2 of fossil fuels, exact; formulas as in the 2019 deck and the IPCC inventory guidelines.

standard quantity   CO2 = amount (tce) × factor (tCO2/tce)
physical quantity   CO2 = amount × NCV × carbon content × oxidation × 44/12
non-energy use      CO2 = amount × NCV × carbon content × oxidation × (1 - fixed share) × 44/12
coking              CO2 = (carbon of raw materials - carbon of coke, gas and other products) × 44/12
tonne of standard coal: 1 kgce = 7000 kcal
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from scenarios.emissions.factors import CARBON_TO_CO2, Fuel, constant, standards


def standard_quantity(kind: str, amount: Fraction) -> Fraction:
    """Return tCO2 of coal, oil or gas given in tce."""
    return amount * standards()[kind].factor.value


def physical_quantity(fuel: Fuel, amount: Fraction) -> Fraction:
    """Return tCO2 of a fuel given in its own unit (t, or 10⁴ m³ for gases)."""
    return amount * fuel.factor.value


def non_energy_use(emitted_if_burned: Fraction, fixed_share: Fraction) -> Fraction:
    """Return tCO2 of fuel used as raw material: what burning it would emit, less the share that stays fixed.

    Raises
    ------
    ValueError
        The fixed share is not between 0 and 1.
    """
    if not 0 <= fixed_share <= 1:
        raise ValueError("the fixed share must be between 0 and 1")
    return emitted_if_burned * (1 - fixed_share)


def coking(raw: Iterable[tuple[Fraction, Fraction]], products: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Return tCO2 of coking by carbon balance: the carbon that is lost is taken to become CO2.

    Parameters
    ----------
    raw
        (tonnes, share of carbon) of each raw material.
    products
        The same of coke, coke oven gas and other products; gases as tonnes too.

    Raises
    ------
    ValueError
        More carbon leaves than enters.
    """
    lost = _carbon(raw) - _carbon(products)
    if lost < 0:
        raise ValueError("more carbon in the products than in the raw materials")
    return lost * CARBON_TO_CO2


def tce_of_heat(gigajoules: Fraction) -> Fraction:
    """Return tce of a heat content in GJ, by 7000 kcal a kgce."""
    return gigajoules * 1000 / (constant("kcal_per_kgce") * constant("kj_per_kcal"))


def tce_of_fuel(fuel: Fuel, amount: Fraction) -> Fraction:
    """Return the standard quantity of a physical amount: amount × NCV / (7000 kcal a kgce)."""
    return tce_of_heat(amount * fuel.ncv)


def _carbon(flows: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    return sum((amount * share for amount, share in flows), Fraction(0))
