"""The fit: whether the targets of a province for energy together hold its cap on carbon.

With energy N_T = N_P0 G (1 - R_N), or its cap, the share Φ and the caps K and O on coal and oil, all of the last year,
fossil energy is F = N_T (1 - Φ) at most. What is emitted is most when the dirtiest fuel is used first, each as far as
its cap allows, and the rest is gas:

    CO2 <= f_coal K + f_oil O + f_gas (F - K - O) + other
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from allocator.planning.total.doubts import doubts_of_cities, doubts_of_factors, doubts_of_other, said_beside
from reports.printing.numbers import minus, signed, telling_digits, tonnes
from reports.records import Record, _absent
from reports.words import LABELS
from scenarios.errors import Collector, Finding, Place, once
from scenarios.file.total import FuelFactors
from scenarios.load import Scenario
from scenarios.quantities import STANDARD_COAL, Quantity, QuantityName, speaking_of
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, Text, some

NEEDED: tuple[QuantityName, ...] = ("carbon", "energy", "nonfossil")
"""Quantities without whose scenarios there is nothing to fit."""
CAPPED: tuple[QuantityName, ...] = ("coal", "oil")
FUELS = ("coal", "oil", "gas")


@dataclass(frozen=True)
class Labelled:
    """A scenario, as the user named it."""

    label: str
    scenario: Scenario

    @property
    def base(self) -> Fraction:
        """The base year's amount of all cities."""
        return _sum(self.scenario.regions.emissions)

    @property
    def end(self) -> Fraction:
        """What both targets allow in the last year, the reserve in it."""
        regions, cap = self.scenario.regions, self.scenario.baseline.total
        allowed = unchanged(self.scenario) * (1 - Fraction(self.scenario.file.target))
        if regions.quantity.is_level and cap is not None:
            return cap.cap
        return allowed if cap is None else min(allowed, cap.cap)


class FuelRecord(Record):
    """A fuel: base year, the most of it in the last year, and its cap, 万吨标准煤; tonnes of CO2 a tonne."""

    base: float
    end: float
    cap: float | None = Field(exclude_if=_absent)
    factor: float


class FitRecord(Record):
    """Whether the targets fit, for programs; energy in 万吨标准煤, carbon in 万吨."""

    schema_version: Literal[1] = 1
    scenarios: dict[str, str]
    energy: float
    fossil: float
    share_base: float
    share_target: float
    composition: float
    uniform_rise: float
    fuels: dict[str, FuelRecord]
    other: float
    co2: float
    cap: float
    room: float
    holds: bool
    implied_reduction: float
    base_by_factors: float
    base_emissions: float


@dataclass(frozen=True)
class Fit:
    """Targets of one province held against each other; exact."""

    given: Mapping[QuantityName, Labelled]
    factors: FuelFactors
    said: tuple[Finding, ...] = ()  # What was asked about them together, and answered

    @property
    def fossil(self) -> Fraction:
        """F, the most of fossil energy in the last year."""
        share = self.given["nonfossil"].scenario.share
        assert share is not None
        return self.given["energy"].end * (1 - share.target)

    @property
    def caps(self) -> dict[str, Fraction]:
        """The caps on coal and oil, those that are given."""
        return {name: self.given[name].end for name in CAPPED if name in self.given}

    @property
    def base_fuels(self) -> dict[str, Fraction]:
        """Fuels of the base year, as far as they are known; the rest of fossil energy is gas."""
        share = self.given["nonfossil"].scenario.share
        assert share is not None
        known: dict[str, Fraction] = {name: self.given[name].base for name in CAPPED if name in self.given}
        rest = {"gas": _sum(share.fossil) - sum(known.values(), Fraction(0))} if len(known) == 2 else {}
        return known | rest

    @property
    def fuels(self) -> dict[str, Fraction]:
        """The fuels that emit most: the dirtiest first, each as far as its cap."""
        left, used = self.fossil, dict.fromkeys(FUELS, Fraction(0))
        for name in sorted(FUELS, key=lambda fuel: -self.factor(fuel)):
            used[name] = left if name not in self.caps else min(left, self.caps[name])
            left -= used[name]
        return {name: used[name] for name in FUELS}

    @property
    def co2(self) -> Fraction:
        """What is emitted in the last year at most, 万吨."""
        return sum((self.factor(name) * n for name, n in self.fuels.items()), Fraction(self.factors.other))

    @property
    def cap(self) -> Fraction:
        """What the cap on carbon, or without one its intensity, allows, 万吨."""
        carbon = self.given["carbon"]
        total = carbon.scenario.baseline.total
        return carbon.end if total is None else total.cap

    @property
    def holds(self) -> bool:
        """Whether the targets of energy together hold the cap on carbon."""
        return self.co2 <= self.cap

    @property
    def implied(self) -> Fraction:
        """The cut of carbon intensity that they come to at least."""
        return 1 - self.co2 / unchanged(self.given["carbon"].scenario)

    @property
    def notices(self) -> tuple[Finding, ...]:
        """What must be said of the scenarios, once."""
        scenarios = [one.scenario for one in self.given.values()]
        return once((*(notice for one in scenarios for notice in said_beside(one, scenarios)), *self.said))

    def factor(self, fuel: str) -> Fraction:
        """Return what a fuel emits, tonnes of CO2 a tonne of coal equivalent."""
        return Fraction(getattr(self.factors, fuel))

    def statements(self, language: Language) -> list[str]:
        """Return the targets and whether they fit, in sentences."""
        file, n = self.given["carbon"].scenario.file, len(self.given["carbon"].scenario.regions)
        said = {"base": file.period.base, "end": file.period.end, "cities": n}
        title = LABELS.say("fit_title", language, n=len(self.given), **said)
        return [title, self._energy(language), self._share(language), *self._levels(language), *self._verdict(language)]

    def _energy(self, language: Language) -> str:
        one = self.given["energy"]
        cut = 1 - one.end / unchanged(one.scenario)
        return LABELS.say(
            "fit_energy", language, end=_shown(one.end), base=_shown(one.base), rate=minus(per_cent(cut)),
        )  # fmt: skip

    def _share(self, language: Language) -> str:
        share = self.given["nonfossil"].scenario.share
        assert share is not None
        return LABELS.say(
            "fit_share", language, base=per_cent(share.base), target=per_cent(share.target),
            composition=signed(float(share.composition), 2), uniform=minus(per_cent(share.uniform_rise)),
            reduction=minus(per_cent(share.as_reduction)), fossil=_shown(self.fossil),
        )  # fmt: skip

    def _levels(self, language: Language) -> list[str]:
        lines = []
        for name in CAPPED:
            if name not in self.given:
                lines.append(LABELS.say(f"fit_no_{name}", language))
                continue
            one = self.given[name]
            with speaking_of(one.scenario.measured):
                said = {"end": _shown(one.end), "base": _shown(one.base), "change": _change(one.end, one.base)}
                lines.append(LABELS.say("fit_level", language, **said))
        gas, before = self.fuels["gas"], self.base_fuels.get("gas")
        if gas:
            grown = "" if not before else LABELS.say(
                "fit_gas_grown", language, base=_shown(before), change=_change(gas, before)
            )  # fmt: skip
            lines.append(LABELS.say("fit_gas", language, gas=_shown(gas), grown=grown))
        if self.fossil < (both := sum(self.caps.values(), Fraction(0))):
            lines.append(LABELS.say("fit_loose", language, fossil=_shown(self.fossil), sum=_shown(both)))
        return lines

    def _verdict(self, language: Language) -> list[str]:
        parts = [f"{float(self.factor(name)):g} × {_shown(n)}" for name, n in self.fuels.items() if n]
        parts += [_shown(Fraction(self.factors.other))] if self.factors.other else []
        code = "fit_holds" if self.holds else "fit_breaks"
        room = self.cap - self.co2
        digits = telling_digits(float(room), 1, self.holds)
        said = {"co2": _shown(self.co2, digits), "cap": _shown(self.cap, digits), "room": _shown(abs(room), digits)}
        lines = [
            LABELS.say("fit_co2", language, sum=" + ".join(parts), co2=_shown(self.co2)),
            LABELS.say(code, language, **said, rate=minus(per_cent(self.implied))),
        ]
        fuels = self.base_fuels
        if "gas" in fuels:
            base = sum((self.factor(name) * n for name, n in fuels.items()), Fraction(0))
            carbon = self.given["carbon"].base
            lines.append(LABELS.say("fit_base", language, base=_shown(base), emissions=_shown(carbon)))
        return lines

    @property
    def record(self) -> FitRecord:
        """The same for programs."""
        share, fuels, before, caps = self.given["nonfossil"].scenario.share, self.fuels, self.base_fuels, self.caps
        assert share is not None
        return FitRecord(
            scenarios={name: one.scenario.file.name for name, one in self.given.items()},
            energy=float(self.given["energy"].end),
            fossil=float(self.fossil),
            share_base=float(share.base),
            share_target=float(share.target),
            composition=float(share.composition),
            uniform_rise=float(share.uniform_rise),
            fuels={
                name: FuelRecord(
                    base=float(before.get(name, 0)), end=float(n), factor=float(self.factor(name)),
                    cap=float(caps[name]) if name in caps else None,
                )
                for name, n in fuels.items()
            },
            other=float(self.factors.other),
            co2=float(self.co2),
            cap=float(self.cap),
            room=float(self.cap - self.co2),
            holds=self.holds,
            implied_reduction=float(self.implied),
            base_by_factors=float(sum((self.factor(name) * n for name, n in before.items()), Fraction(0))),
            base_emissions=float(self.given["carbon"].base),
        )  # fmt: skip


def unchanged(scenario: Scenario) -> Fraction:
    """Return the last year's amount of all cities at the base year's intensity of the province, E_P0 G."""
    regions = scenario.regions
    ends = (Fraction(y) * Fraction(g) for y, g in zip(regions.gdp, regions.growth, strict=True))
    return _sum(regions.emissions) * sum(ends, Fraction(0)) / _sum(regions.gdp)


def fit(scenarios: Sequence[tuple[str, Scenario]]) -> Fit:
    """Hold scenarios of one province against each other, one a quantity.

    `scenarios`: each with what the user called it; carbon, energy and the share of non-fossil energy are needed.
    Raises InputError: what is missing or twice, and what is not the same in all; all at once, each with its file. Then
    what can hardly be meant, unless the scenario of carbon answers it.
    """
    collector, given = Collector(), dict[QuantityName, Labelled]()
    for one in (Labelled(label, scenario) for label, scenario in scenarios):
        name = one.scenario.measured.name
        if name in given:
            collector.error("fit_twice", Place(file=one.label), quantity=_called(name), first=given[name].label)
        given.setdefault(name, one)
    missing = [name for name in NEEDED if name not in given]
    if missing:
        collector.error("fit_needs", Place(file=scenarios[0][0]), missing=tuple(map(_called, missing)))
    collector.extend(differences(list(given.values())))
    collector.raise_errors()
    factors = given["carbon"].scenario.file.fit
    if factors is None:
        collector.error("fit_factors", Place(file=given["carbon"].label, key="fit"))
    collector.extend(_amounts(given))
    collector.raise_errors()
    assert factors is not None
    read, carbon = {name: one.scenario for name, one in given.items()}, given["carbon"]
    place = Place(file=carbon.label, key="fit")
    doubts = (
        *doubts_of_factors(read, factors, place), *doubts_of_other(read, factors, place), *doubts_of_cities(read),
    )  # fmt: skip
    carbon.scenario.file.answers.ask(doubts, collector)
    collector.raise_errors()
    return Fit({name: given[name] for name in sorted(given, key=_order)}, factors, collector.notices)


def differences(given: Sequence[Labelled]) -> Iterable[Finding]:
    """Yield what is not the same in all scenarios: period, cities, GDP and its growth."""
    first = given[0]
    for one in given[1:]:
        periods = [f"{each.scenario.file.period.base}–{each.scenario.file.period.end}" for each in (one, first)]
        if periods[0] != periods[1]:
            values = {"found": periods[0], "needed": periods[1], "first": first.label}
            yield Finding("fit_period", Place(file=one.label, key="period"), values)
        own, theirs = ({*each.scenario.regions.names} for each in (one, first))
        if own < theirs and one.scenario.measured.name in CAPPED:
            lacks = {"regions": some(sorted(theirs - own)), "quantity": one.scenario.measured.name}
            yield Finding("fit_without", Place(file=one.label, key="regions"), lacks, "notice")
        elif own != theirs:
            odd = some(sorted(own ^ theirs))
            yield Finding("fit_cities", Place(file=one.label, key="regions"), {"found": odd, "first": first.label})
    intensities = [one for one in given if one.scenario.measured.name in ("carbon", "energy")]
    yield from _unlike(intensities, "gdp")
    yield from _unlike([one for one in given if one.scenario.measured.name in NEEDED], "growth")


def _unlike(given: Sequence[Labelled], column: str) -> Iterable[Finding]:
    """Yield the cities whose figure of a column is another than in the first scenario."""
    known = _by_name(given[0], column) if given else {}
    for one in given[1:]:
        odd = [name for name, value in _by_name(one, column).items() if known.get(name, value) != value]
        if odd:
            values = {"column": column, "found": some(odd), "first": given[0].label}
            yield Finding("fit_figures", Place(file=one.label, key="regions"), values)


def _by_name(one: Labelled, column: str) -> dict[str, object]:
    regions = one.scenario.regions
    return dict(zip(regions.names, getattr(regions, column), strict=True))


def _amounts(given: Mapping[QuantityName, Labelled]) -> Iterable[Finding]:
    """Yield what of fuels and energy cannot be held against each other."""
    energy, share = given["energy"], given["nonfossil"].scenario.share
    assert share is not None
    theirs = dict(zip(given["nonfossil"].scenario.regions.names, share.energy, strict=True))
    own = zip(energy.scenario.regions.names, map(Fraction, energy.scenario.regions.emissions), strict=True)
    odd = [name for name, amount in own if theirs.get(name) != amount]
    if odd:
        values = {"column": "energy", "found": some(odd), "first": energy.label}
        yield Finding("fit_figures", Place(file=given["nonfossil"].label, key="regions"), values)
    levels = [given[name] for name in CAPPED if name in given]
    for one in levels:
        if one.scenario.measured.declared != STANDARD_COAL:
            yield Finding("fit_unit", Place(file=one.label, key="unit"), {"found": one.scenario.measured.declared})
    if len(levels) == 2 and (fuels := sum((one.base for one in levels), Fraction(0))) > (fossil := _sum(share.fossil)):
        values = {"sum": _shown(fuels), "fossil": _shown(fossil)}
        yield Finding("fit_fossil", Place(file=given["nonfossil"].label, key="regions"), values)
    for one in given.values():
        if one.scenario.whole is not None or (one.scenario.sums is not None and one.scenario.sums.residual):
            yield Finding("fit_parts", Place(file=one.label))


def _order(name: QuantityName) -> int:
    return ("carbon", "energy", "nonfossil", "coal", "oil").index(name)


def _sum(values: Iterable[Decimal | Fraction]) -> Fraction:
    return sum((Fraction(value) for value in values), Fraction(0))


def _called(name: QuantityName) -> Text:
    return Text(*Quantity(name).called)


def _shown(value: Fraction, digits: int = 1) -> str:
    return tonnes(float(value)) if digits == 1 else minus(f"{float(value):,.{digits}f}")


def _change(end: Fraction, base: Fraction) -> str:
    return signed(float(end / base) - 1, 2) if base else "–"
