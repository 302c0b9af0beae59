"""Lines of fossil fuels, raw materials, coking and industrial processes, within the scope.

burned          amount × factor
raw material    amount × factor × (1 - fixed share), where the scope counts what is released
coking          amount × carbon × 44/12, products negative: the carbon lost is taken to become CO2
process         amount × factor × warming potential

The factors of processes are those of the 2019 deck:

cement clinker, lime, calcium carbide, glass, methanol   output × factor
steel          dolomite × factor + limestone × factor + (pig iron × carbon - steel × carbon) × 44/12
nitric acid    Σ over seven technologies of output × factor, N2O
ethylene       output × factor × geographic adjustment/100
methane of methanol and ethylene                         output × factor
any other process                                        activity × a factor that the user supplies
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scenarios.accounting.entries import COKING_IN, COKING_OUT, NON_ENERGY, Entry
from scenarios.accounting.factors import (
    CARBON_TO_CO2,
    Factor,
    Process,
    UnknownFactor,
    fuels,
    gwp,
    process,
    processes,
    standards,
)
from scenarios.accounting.items import Item
from scenarios.accounting.ledger import AccountSettings, Line, Part
from scenarios.errors import Collector

OWN_CARBON = "carbon share given in the energy table"
CARBON = "C"

_ADJUSTED = {"ethylene": "ethylene_adjustment"}


@dataclass(frozen=True)
class Burning:
    """Makes the lines of a year's entries; what cannot be done is noted in `collector`."""

    settings: AccountSettings
    collector: Collector

    def lines(self, entries: Sequence[Entry]) -> list[Line]:
        """Return the lines of fuels, raw materials, coking and processes.

        Errors: a process without a factor, a gas without a potential, a raw material without its fixed share, a coking
        material without its carbon, more carbon out of coking than into it.
        """
        found = [line for entry in entries for line in self._of(entry)]
        coked = [entry for entry in entries if entry.sector in (COKING_IN, COKING_OUT)]
        self._check_coking(coked, found)
        return found

    def _of(self, entry: Entry) -> Iterator[Line]:
        if entry.item.kind == "process":
            yield from self._process(entry) if self.settings.scope.processes else ()
        elif entry.sector in (COKING_IN, COKING_OUT) and entry.item.kind in ("fuel", "coking"):
            yield from self._coking(entry)
        elif entry.item.fossil:
            share = self._share(entry)
            if share:
                factor = self._fuel_factor(entry.item)
                part: Part = "non_energy" if entry.sector == NON_ENERGY else "combustion"
                yield line(entry, part, factor, entry.amount * factor.value * share)

    def _share(self, entry: Entry) -> Fraction:
        """Return which share of a fuel's CO2 counts: all of it, none, or what is not fixed."""
        if entry.sector != NON_ENERGY or self.settings.scope.non_energy == "as_fuel":
            return Fraction(1)
        if self.settings.scope.non_energy == "out":
            return Fraction(0)
        if entry.fixed_share is None:
            self.collector.error("fixed_share_missing", entry.place, name=entry.item.zh)
            return Fraction(1)
        return 1 - entry.fixed_share

    def _fuel_factor(self, item: Item) -> Factor:
        own = self.settings.own.items.get((item.kind, item.key), {}).get("CO2")
        return own or (standards() if item.kind == "standard" else fuels())[item.key].factor

    def _coking(self, entry: Entry) -> Iterator[Line]:
        if entry.carbon is not None:
            factor = Factor(entry.carbon * CARBON_TO_CO2, "tCO2/t", entry.year, OWN_CARBON)
        elif entry.item.kind == "fuel":
            factor = fuels()[entry.item.key].whole_carbon
        else:
            self.collector.error("carbon_missing", entry.place, name=entry.item.zh)
            return
        amount = entry.amount if entry.sector == COKING_IN else -entry.amount
        yield line(entry, "coking", factor, amount * factor.value, amount=amount)

    def _check_coking(self, entries: Sequence[Entry], lines: Sequence[Line]) -> None:
        """Refuse coking that gives more carbon than it takes, at the first product of the region."""
        for region in dict.fromkeys(entry.region for entry in entries):
            own = [entry for entry in entries if entry.region == region]
            lost = sum((one.tonnes for one in lines if one.region == region and one.part == "coking"), Fraction(0))
            if lost < 0 and not any(self.collector.names(entry.place) for entry in own):
                place = next(entry.place for entry in own if entry.sector == COKING_OUT)
                gained = f"{float(-lost / CARBON_TO_CO2):,.2f}"
                self.collector.error("coking_gain", place, year=own[0].year, found=gained)

    def _process(self, entry: Entry) -> Iterator[Line]:
        own = self.settings.own.items.get(("process", entry.item.key), {})
        try:
            figures = process_factors(processes()[entry.item.key], own)
        except LookupError:
            self.collector.error("process_factor", entry.place, name=entry.item.zh)
            return
        for gas, factor in figures.items():
            if gas not in self.settings.scope.gases:
                continue
            try:
                weight = gwp(self.settings.scope.gwp, gas)
            except UnknownFactor as unknown:
                self.collector.error("gwp_unknown", entry.place, found=unknown.name, known="、".join(unknown.known))
                continue
            made = line(entry, "process", factor, entry.amount * factor.value * weight.value, gas)
            yield made if gas == "CO2" else replace(made, potential=weight)


def line(
    entry: Entry, part: Part, factor: Factor, tonnes: Fraction, gas: str = "CO2", amount: Fraction | None = None
) -> Line:
    """Return the line of an entry; `amount` where it is not the entry's own (products of coking, exports)."""
    taken = entry.amount if amount is None else amount
    return Line(entry.region, entry.year, entry.sector, entry.item, part, taken, factor, gas, tonnes)


def process_factors(kind: Process, given: Mapping[str, Factor] | None = None) -> dict[str, Factor]:
    """Return tonnes of each gas a tonne of activity, carbon taken × 44/12 and ethylene adjusted.

    Raises LookupError: the process has no default and none was given.
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
