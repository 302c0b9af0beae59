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

from allocator.planning.total.doubts import doubts_of_cities, doubts_of_factors, doubts_of_other, of_fuels, said_beside
from allocator.planning.total.together import (
    CAPPED,
    NEEDED,
    Labelled,
    alone,
    amount_of,
    amounts,
    differences,
    unchanged,
)
from reports.printing.numbers import minus, signed, telling_digits, tonnes
from reports.records import Record, _absent
from reports.words import LABELS
from scenarios.errors import Collector, Finding, Place, once
from scenarios.file.total import FuelFactors
from scenarios.load import Scenario
from scenarios.quantities import Quantity, QuantityName, speaking_of
from scenarios.tables.cells import exact_per_cent, per_cent
from scenarios.wording import Language, Text

FUELS = ("coal", "oil", "gas")


class FuelRecord(Record):
    """A fuel: base year, the most of it in the last year, and its cap, 万吨标准煤; tonnes of CO2 a tonne."""

    base: float
    end: float
    cap: float | None = Field(exclude_if=_absent)
    factor: float


class FitRecord(Record):
    """Whether the targets fit, for programs; energy in 万吨标准煤, carbon in 万吨.

    `base_by_factors`: fossil energy of the base year, where fuels are not told the most that it may emit;
    `base_by_factors_least` is then the least.
    """

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
    target_reduction: float
    base_by_factors_least: float | None = Field(default=None, exclude_if=_absent)
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
        known: dict[str, Fraction] = {name: self.given[name].base for name in CAPPED if name in self.given}
        return known | ({"gas": self.base_fossil - sum(known.values(), Fraction(0))} if len(known) == 2 else {})

    @property
    def base_fossil(self) -> Fraction:
        """Fossil energy of the base year."""
        share = self.given["nonfossil"].scenario.share
        assert share is not None
        return amount_of(share.fossil)

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
        """Whether the targets of energy together hold those of carbon: its cap and its intensity."""
        return self.co2 <= self.carbon_end

    @property
    def carbon_end(self) -> Fraction:
        """What the cap on carbon and its intensity both allow, 万吨."""
        return self.given["carbon"].end

    @property
    def base_by_factors(self) -> tuple[Fraction, Fraction]:
        """The least and the most that fossil energy of the base year emits; the same where every fuel is told."""
        return of_fuels({name: one.scenario for name, one in self.given.items()}, self.factors)

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
                lines += self._untold(name, language)
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

    def _untold(self, name: QuantityName, language: Language) -> list[str]:
        """Return what a fuel without a scenario is taken to be; nothing of oil where all may be coal."""
        if name == "oil" and "coal" not in self.given:
            return []
        used, before = (self.fuels["coal"], self.base_fuels["coal"]) if name == "oil" else (Fraction(0), Fraction(0))
        end, base = self.fossil - used, self.base_fossil - before
        said = {"end": _shown(end), "base": _shown(base), "change": _change(end, base)}
        return [LABELS.say(f"fit_no_{name}", language, **said)]

    def _verdict(self, language: Language) -> list[str]:
        parts = [f"{float(self.factor(name)):g} × {_shown(n)}" for name, n in self.fuels.items() if n]
        parts += [_shown(Fraction(self.factors.other))] if self.factors.other else []
        room, over = self.cap - self.co2, self.co2 - self.carbon_end
        code = "fit_holds" if self.holds else "fit_breaks" if room < 0 else "fit_breaks_intensity"
        digits = telling_digits(float(room if over <= 0 or room < 0 else over), 1, self.holds)
        said = {
            "co2": _shown(self.co2, digits), "cap": _shown(self.cap, digits), "room": _shown(abs(room), digits),
            "allowed": _shown(self.carbon_end, digits), "over": _shown(over, digits),
            "target": _rate(self.given["carbon"]),
        }  # fmt: skip
        return [
            LABELS.say("fit_co2", language, sum=" + ".join(parts), co2=_shown(self.co2)),
            LABELS.say(code, language, **said, rate=minus(per_cent(self.implied))),
            self._base_year(language),
        ]

    def _base_year(self, language: Language) -> str:
        """Return what the factors make of the base year, beside its emissions."""
        least, most = self.base_by_factors
        said = {"least": _shown(least), "base": _shown(most), "emissions": _shown(self.given["carbon"].base)}
        return LABELS.say("fit_base" if least == most else "fit_base_between", language, **said)

    @property
    def record(self) -> FitRecord:
        """The same for programs."""
        share, fuels, before, caps = self.given["nonfossil"].scenario.share, self.fuels, self.base_fuels, self.caps
        assert share is not None
        least, most = self.base_by_factors
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
            target_reduction=float(self.given["carbon"].scenario.file.target),
            base_by_factors_least=None if least == most else float(least),
            base_by_factors=float(most),
            base_emissions=float(self.given["carbon"].base),
        )  # fmt: skip


def fit(scenarios: Sequence[tuple[str, Scenario]], refused: Iterable[Finding] = ()) -> Fit:
    """Hold scenarios of one province against each other, one a quantity.

    `scenarios`: each with what the user called it; carbon, energy and the share of non-fossil energy are needed.
    `refused`: what is wrong with others of them that could not be read, said with the rest.
    Raises InputError: what is missing or twice, and what is not the same in all; all at once, each with its file. Then
    what can hardly be meant, unless the scenario of carbon answers it.
    """
    collector, given = Collector(), dict[QuantityName, Labelled]()
    for one in (Labelled(label, scenario) for label, scenario in scenarios):
        name = one.scenario.measured.name
        if name in given:
            collector.error("fit_twice", Place(file=one.label), quantity=_called(name), first=given[name].label)
        given.setdefault(name, one)
    unread = tuple(refused)
    collector.extend(unread)
    missing = [name for name in NEEDED if name not in given]
    if missing and not unread:
        collector.error("fit_needs", Place(file=scenarios[0][0]), missing=tuple(map(_called, missing)))
    collector.extend(differences(list(given.values())))
    collector.extend(alone(given))
    collector.raise_errors()
    collector.extend(amounts(given))
    collector.raise_errors()
    read, carbon = {name: one.scenario for name, one in given.items()}, given["carbon"]
    factors = carbon.scenario.file.fit
    assert factors is not None
    place = Place(file=carbon.label, key="fit")
    doubts = (
        *doubts_of_factors(read, factors, place), *doubts_of_other(read, factors, place), *doubts_of_cities(read),
    )  # fmt: skip
    carbon.scenario.file.answers.ask(doubts, collector)
    collector.raise_errors()
    return Fit({name: given[name] for name in sorted(given, key=_order)}, factors, collector.notices)


def _order(name: QuantityName) -> int:
    return ("carbon", "energy", "nonfossil", "coal", "oil").index(name)


def _called(name: QuantityName) -> Text:
    return Text(*Quantity(name).called)


def _shown(value: Fraction, digits: int = 1) -> str:
    return tonnes(float(value)) if digits == 1 else minus(f"{float(value):,.{digits}f}")


def _rate(one: Labelled) -> str:
    return minus(exact_per_cent(Decimal(one.scenario.file.target)))


def _change(end: Fraction, base: Fraction) -> str:
    return signed(float(end / base) - 1, 2) if base else "–"
