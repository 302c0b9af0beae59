"""`verify --scope`: one table of rates held against the same scenario under several accounting scopes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

from allocator.verifying.verify import Judgement, JudgementRecord, judgement
from reports.planning.sentences import province_record, verdict_statement
from reports.printing.numbers import minus, signed, signed_amount
from reports.printing.table import text_table
from reports.records import Record
from reports.verifying.record import ProvinceRecord
from reports.words import LABELS
from scenarios.accounting.scopes import Scope, scopes
from scenarios.errors import Finding, InputError, Place
from scenarios.load import load_scenario
from scenarios.tables.cells import exact_per_cent, per_cent
from scenarios.wording import Language, colon


class ScopeName(Record):
    """A scope, and the cities' base-year emissions under it."""

    scope: str
    zh: str
    en: str
    emissions_10kt: float


class ScopeRecord(JudgementRecord, ScopeName):
    """The judgement under a scope."""


class ScopesRecord(Record):
    """The judgements under several scopes."""

    schema_version: Literal[1] = 1
    scopes: tuple[ScopeRecord, ...]


@dataclass(frozen=True)
class ScopedJudgement:
    """A table judged under one scope."""

    scope: Scope
    judgement: Judgement

    @property
    def province(self) -> ProvinceRecord:
        """The province under this scope."""
        return province_record(self.judgement.scenario, self.judgement.verification)

    @property
    def emissions(self) -> float:
        """Base-year emissions of the cities, 万吨."""
        return float(self.judgement.scenario.baseline.emissions.sum())

    @property
    def record(self) -> ScopeRecord:
        """The judgement for programs, under its scope."""
        scope = self.scope
        own = {"scope": scope.key, "zh": scope.zh, "en": scope.en, "emissions_10kt": self.emissions}
        return ScopeRecord.of(self.judgement.record, **own)


@dataclass(frozen=True)
class ScopedJudgements:
    """One table under several scopes, side by side."""

    sides: tuple[ScopedJudgement, ...]

    @property
    def passed(self) -> bool:
        """Whether every judgement holds under every scope."""
        return all(side.judgement.passed for side in self.sides)

    @property
    def notices(self) -> tuple[Finding, ...]:
        """What must be said with them, once."""
        return tuple({n.as_json()["en"]: n for side in self.sides for n in side.judgement.notices}.values())

    def statements(self, language: Language) -> list[str]:
        """Return the scopes, the figures side by side, and the verdict under each."""
        gap = colon(language)
        headers = (LABELS.say("scopes_item", language), *(side.scope.key for side in self.sides))
        rows = [(LABELS.say(f"scopes_{code}", language), *values) for code, values in self._rows()]
        return [
            *(f"{side.scope.key}{gap}{side.scope.label(language)}" for side in self.sides),
            "",
            *text_table(headers, rows),
            "",
            *self._cities(language),
            "",
            *(f"{side.scope.key}{gap}{verdict_statement(side.province, language)}" for side in self.sides),
            LABELS.say("scopes_why" if self._differ() else "scopes_same", language),
        ]

    def _cities(self, language: Language) -> list[str]:
        """Return each city's rate, and its base-year emissions under each scope."""
        lead = self.sides[0].judgement
        headers = [LABELS.say("name", language), LABELS.say("scopes_rate", language)]
        headers += [LABELS.say("scopes_city", language, scope=side.scope.key) for side in self.sides]
        names = lead.scenario.regions.labels(language)
        columns = [[f"{value:,.2f}" for value in side.judgement.scenario.regions.emissions] for side in self.sides]
        rates = map(exact_per_cent, lead.verification.rates)
        return text_table(headers, list(zip(names, rates, *columns, strict=True)))

    def _differ(self) -> bool:
        """Return whether the cities' shares of emissions are not the same under every scope."""
        found = [tuple(map(Fraction, side.judgement.scenario.regions.emissions)) for side in self.sides]
        return len({tuple(value / sum(values) for value in values) for values in found}) > 1

    def _rows(self) -> list[tuple[str, list[str]]]:
        provinces = [side.province for side in self.sides]
        return [
            ("emissions", [f"{side.emissions:,.2f}" for side in self.sides]),
            ("sigma", [signed(one.sigma, 4) for one in provinces]),
            ("required", [minus(per_cent(one.required, 4)) for one in provinces]),
            ("implied", [minus(per_cent(one.implied_reduction, 4)) for one in provinces]),
            ("over_points", [signed(one.overshoot_points / 100, 4) for one in provinces]),
            ("over_tonnes", [signed_amount(one.overshoot_10kt) for one in provinces]),
        ]

    @property
    def record(self) -> ScopesRecord:
        """Every judgement for programs."""
        return ScopesRecord(scopes=tuple(side.record for side in self.sides))


def under_scopes(
    source: str, settings: Sequence[str], table: str, names: Sequence[str], caps: Path | None = None
) -> ScopedJudgements:
    """Judge a table of rates under several scopes.

    `source`, `settings`: A scenario with an energy table, and what is put over it.
    `table`, `caps`: as for `verify`.
    `names`: of the scopes; ``own`` is the scenario's own, named or written out.
    Raises InputError: no energy table, an unknown scope, or what `verify` raises.
    """
    first = load_scenario(source, settings)
    energy = first.file.energy
    if energy is None:
        raise InputError.of("no_energy", Place(file=first.inputs[0].name))
    for name in names:
        if name != "own" and name not in scopes():
            raise InputError.of("scope_unknown", Place(key="--scope"), found=name, known=", ".join((*scopes(), "own")))
    sides = []
    for name in dict.fromkeys(names):
        own = name in ("own", energy.boundary().key)
        scenario = first if own else load_scenario(source, [*settings, f"energy.scope={name}"])
        sides.append(ScopedJudgement(energy.boundary() if own else scopes()[name], judgement(scenario, table, caps)))
    return ScopedJudgements(tuple(sides))
