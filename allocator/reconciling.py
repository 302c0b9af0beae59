"""`reconcile`: the scenario planned under several policies for city sums, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import get_args

from allocator.planning.plan import Plan, plan
from reports.planning.reconciliation import step_sentence, why_sentence
from reports.planning.record import PoliciesRecord, PolicyEffort, PolicyRecord, RatedRegion
from reports.printing.numbers import minus, signed
from reports.printing.table import text_table
from reports.records import in_both
from reports.words import LABELS
from scenarios.errors import InputError, Place
from scenarios.load import load_scenario
from scenarios.reconciliation import Policy, Reconciliation
from scenarios.schema_types import Words
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, colon

POLICIES: tuple[Policy, ...] = get_args(Policy)
SAME = 1e-9
"""By how much two computed rates may differ and still be called the same."""


@dataclass(frozen=True)
class PolicyPlan:
    """A plan under one policy, and what it did about sums."""

    policy: Policy
    plan: Plan
    sums: Reconciliation

    def why(self, language: Language) -> str:
        """Return why its rates are other than with the cities' own sums, or the same."""
        if self.policy in ("cities", "refuse"):
            return LABELS.say("reconcile_as_is", language)
        return why_sentence(self.sums, language)

    @property
    def record(self) -> PolicyRecord:
        """The split for programs."""
        chosen, plan = self.sums.chosen, self.plan.record
        return PolicyRecord(
            policy=self.policy,
            effort=PolicyEffort.of(chosen, point_10kt=chosen.point),
            verdict=plan.province.verdict,
            why=in_both(self.why),
            regions=tuple(map(RatedRegion.of, plan.regions)),
        )


@dataclass(frozen=True)
class PolicyPlans:
    """Plans under several policies, of the same cities in the same order."""

    sides: tuple[PolicyPlan, ...]

    @property
    def notices(self) -> tuple[Words, ...]:
        """What must be said with them, once."""
        return tuple({notice.en: notice for side in self.sides for notice in side.plan.record.notices}.values())

    def statements(self, language: Language) -> list[str]:
        """Return the sums, rates and efforts side by side, and why the rates differ or do not."""
        lead = self.sides[0]
        heads = [LABELS.say(f"policy_{side.policy}", language) for side in self.sides]
        lines = [step_sentence(step, language, with_policy=False) for step in lead.sums.steps]
        lines += [f"{chr(65 + n)} = {head}" for n, head in enumerate(heads)]
        lines += ["", *self._rates(language), "", *self._efforts(language), ""]
        lines += [f"{chr(65 + n)}{colon(language)}{side.why(language)}" for n, side in enumerate(self.sides)]
        return [*lines, *(self._difference(n, language) for n in range(1, len(self.sides)))]

    def _names(self, language: Language) -> tuple[str, ...]:
        return self.sides[0].plan.scenario.regions.labels(language)

    def _rates(self, language: Language) -> list[str]:
        headers = [LABELS.say("name", language)]
        columns: list[list[str]] = []
        for n, side in enumerate(self.sides):
            headers += [LABELS.say(code, language, side=chr(65 + n)) for code in ("side_computed", "side_published")]
            columns.append([minus(per_cent(float(rate), 4)) for rate in side.plan.split.rates])
            columns.append([minus(per_cent(rate)) for rate in side.plan.published])
        return text_table(headers, [(name, *row) for name, *row in zip(self._names(language), *columns, strict=True)])

    def _efforts(self, language: Language) -> list[str]:
        chosen = [side.sums.chosen for side in self.sides]
        margin = Fraction(self.sides[0].sums.margin)
        rows = {
            "sigma": [signed(float(one.sigma), 4) for one in chosen],
            "target": [minus(per_cent(float(one.target + margin), 4)) for one in chosen],
            "uniform": [minus(per_cent(float(one.uniform), 4)) for one in chosen],
            "point": [f"{float(one.point):,.2f}" for one in chosen],
        }
        headers = (LABELS.say("scopes_item", language), *(chr(65 + n) for n in range(len(chosen))))
        return text_table(headers, [(LABELS.say(f"effort_{code}", language), *row) for code, row in rows.items()])

    def _difference(self, n: int, language: Language) -> str:
        """Return by how much the computed rates differ from those of the first policy, and where most."""
        pairs = zip(self.sides[0].plan.split.rates, self.sides[n].plan.split.rates, strict=True)
        off = [float(other - one) for one, other in pairs]
        most = max(range(len(off)), key=lambda k: abs(off[k]))
        sides = {"one": "A", "other": chr(65 + n)}
        if abs(off[most]) <= SAME:
            return LABELS.say("policies_same", language, **sides)
        name = self._names(language)[most]
        return LABELS.say("policies_differ", language, **sides, name=name, off=signed(off[most], 4))

    @property
    def record(self) -> PoliciesRecord:
        """Everything for programs."""
        return PoliciesRecord(
            scenario=self.sides[0].plan.scenario.file.name, policies=tuple(side.record for side in self.sides)
        )


def under_policies(source: str, settings: Sequence[str], policies: Sequence[str]) -> PolicyPlans:
    """Plan a scenario under each policy, taken for every quantity of which the province gives a figure.

    Raises InputError: an unknown policy, no provincial figure, or one beyond the tolerance of ``refuse``.
    Raises NoSplit: A policy leaves no split.
    """
    chosen = [_policy(name) for name in dict.fromkeys(policies)]
    plain = load_scenario(source, [*settings, *(f"reconcile.{q}=cities" for q in ("emissions", "gdp", "growth"))])
    if plain.sums is None:
        raise InputError.of("reconcile_nothing", Place(key="reconcile.province"))
    given = [step.quantity for step in plain.sums.steps]
    sides = []
    for policy in chosen:
        words = {q: "scale" if q == "growth" and policy == "residual" else policy for q in given}
        scenario = load_scenario(source, [*settings, *(f"reconcile.{q}={word}" for q, word in words.items())])
        assert scenario.sums is not None
        sides.append(PolicyPlan(policy, plan(scenario), scenario.sums))
    return PolicyPlans(tuple(sides))


def _policy(name: str) -> Policy:
    found = next((policy for policy in POLICIES if policy == name), None)
    if found is None:
        raise InputError.of("not_one_of", Place(key="--policy"), found=name, needed=", ".join(POLICIES))
    return found
