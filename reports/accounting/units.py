"""Units, factors and sources of an account in words of either language."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from reports.printing.numbers import minus
from reports.words import LABELS
from scenarios.accounting.factors import Factor, source_zh
from scenarios.tables.headers.energy_units import INNER
from scenarios.wording import Language, running

_FACTOR = re.compile(r"(t|kg)([A-Za-z0-9-]+?)(e?)/(.+)")
_DIMENSIONS = {unit: dimension for dimension, unit in INNER.items()}
_SMALL = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def amount_unit(dimension: str, language: Language) -> str:
    """Return the unit in which amounts of a dimension are accounted."""
    return LABELS.say(f"amount_{dimension}", language)


def factor_unit(unit: str, language: Language) -> str:
    """Return a factor's unit, such as tCO2/tce, as people write it; an unknown form stands as it is."""
    match = _FACTOR.fullmatch(unit)
    if match is None:
        return unit
    mass, gas, equivalent, per = match.groups()
    heavy = LABELS.say("amount_mass" if mass == "t" else "amount_kg", language)
    below = amount_unit(_DIMENSIONS[per], language) if per in _DIMENSIONS else _of_gas(per, language)
    return running((heavy, f"{gas_words(gas)}{equivalent}/{below}"), language)


def _of_gas(per: str, language: Language) -> str:
    """Return what a warming potential is a tonne of: tN2O as 吨N₂O."""
    gas = per.removeprefix("t")
    known = per.startswith("t") and gas[:1].isupper()
    return running((LABELS.say("amount_mass", language), gas_words(gas)), language) if known else per


def gas_words(gas: str) -> str:
    """Return a gas with its numbers set low: N2O as N₂O; HFC-23 stands as it is."""
    return gas if "-" in gas else gas.translate(_SMALL)


def number_words(value: Fraction | float) -> str:
    """Return a factor or an amount: six digits that count, and all that stand before the decimal point."""
    number = float(value)
    if abs(number) < 100_000:
        return minus(f"{Decimal(f'{number:.6g}'):f}")
    return minus(f"{number:,.2f}".rstrip("0").rstrip("."))


def source_words(source: str, language: Language) -> str:
    """Return a source; the user's own stands as written."""
    return source_zh(source) if language == "zh" else source


def factor_words(factor: Factor, language: Language) -> str:
    """Return a factor with unit, year and source; of electricity in kg a kWh."""
    kilo = factor.unit == "tCO2/kWh"
    value, unit = (factor.value * 1000, "kgCO2/kWh") if kilo else (factor.value, factor.unit)
    return LABELS.say(
        "factor_words", language, value=number_words(value), unit=factor_unit(unit, language), year=factor.year,
        source=source_words(factor.source, language),
    )  # fmt: skip
