"""Tonnes of standard coal (tce) of a physical amount; 1 kgce = 7000 kcal."""

from __future__ import annotations

from fractions import Fraction

from scenarios.emissions.factors import Fuel, constant


def tce_of_fuel(fuel: Fuel, amount: Fraction) -> Fraction:
    """Return the standard quantity of a physical amount: amount × NCV / (7000 kcal a kgce)."""
    return amount * fuel.ncv * 1000 / (constant("kcal_per_kgce") * constant("kj_per_kcal"))
