"""Gases of industrial processes, exact; the formulas of the 2019 deck.

cement clinker, lime, calcium carbide, glass, methanol   output × factor
steel          dolomite × factor + limestone × factor + (pig iron × carbon - steel × carbon) × 44/12
nitric acid    Σ over seven technologies of output × factor, N2O
ethylene       output × factor × geographic adjustment/100
methane of methanol and ethylene                         output × factor
any other process                                        activity × a factor that the user supplies

Amounts and results in tonnes.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from scenarios.accounting.factors import CARBON_TO_CO2, Factor, Process, process, processes

CARBON = "C"
NITRIC = tuple(key for key in processes() if key.startswith("nitric_"))
"""The seven technologies of nitric acid."""

_ADJUSTED = {"ethylene": "ethylene_adjustment"}


def gases(kind: Process, amount: Fraction, given: Mapping[str, Factor] | None = None) -> dict[str, Fraction]:
    """Return tonnes of each gas of a process.

    Parameters
    ----------
    kind
        Which process.
    amount
        Activity, t: output, or consumption of limestone, dolomite, pig iron; steel counts negative.
    given
        Gas -> the user's factor; it goes before the default.
    """
    return {gas: amount * figure.value for gas, figure in factors(kind, given).items()}


def factors(kind: Process, given: Mapping[str, Factor] | None = None) -> dict[str, Factor]:
    """Return tonnes of each gas a tonne of activity, carbon taken × 44/12 and ethylene adjusted.

    Raises
    ------
    LookupError
        The process has no default and none was given.
    """
    figures: dict[str, Factor] = {**(kind.factors or {}), **(given or {})}
    if not figures:
        raise LookupError(kind.key)
    return dict(_complete(kind, gas, figure) for gas, figure in figures.items())


def _complete(kind: Process, gas: str, figure: Factor) -> tuple[str, Factor]:
    if gas == CARBON:
        return "CO2", Factor(figure.value * CARBON_TO_CO2, "tCO2/t", figure.year, figure.source)
    if gas == "CO2" and kind.key in _ADJUSTED:
        adjustment = (process(_ADJUSTED[kind.key]).factors or {})["CO2"]
        source = f"{figure.source}; × {float(adjustment.value):g} %: {adjustment.source}"
        return gas, Factor(figure.value * adjustment.value / 100, figure.unit, figure.year, source)
    return gas, figure
