"""The lines that stand side by side: a method each with its split and figures, or why it cannot be had; and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from allocator.by_method.pairs import NO_SCORE, PAIRS, Pair
from allocator.by_method.splits import MethodSplit, NoMethod, Question, cheapest_of, split_of
from allocator.planning.split import DIFFERENCE
from reports.by_method.measures import Places, gini_head, high_intensity, kakwani, loss2, objections, pace, use
from reports.by_method.record import Constant, Figures, MethodRecord, Moved
from reports.records import in_both
from reports.verifying.verification import Verification, verify_rates
from reports.words.pages.methods import WORDS
from scenarios.errors import Finding, InputError
from scenarios.rules.potentials import highest_rates
from scenarios.sense.rates import read_meant_rates
from scenarios.wording import Language, Text, some
from solvers.problem import Infeasible, SolverFailure

Array = NDArray[np.float64]

_PER_HEAD = ("per-head", "ability", "even-burden-head", "zsg-dea")
"""Methods that need people."""
_OF_ROOM = ("potential", "nash")
"""Methods that need upper bounds of the cities' own."""
_MOST = {"even-burden-head": 100, "even-burden-gdp": 100, "zsg-dea": 300}
"""Regions up to which programs with a row or column a pair are made; the even burdens have one under rules alone."""
_YUAN = 1e4
"""万元 in 亿元: 万吨 times yuan per tonne is 万元."""


class Lines:
    """Makes the lines, one a method and one a table of the scenario."""

    def __init__(self, asked: Question) -> None:
        self.asked = asked
        scenario, facts = asked.scenario, asked.facts
        self.scenario = scenario
        self.places = Places(facts.emissions, facts.gdp, facts.growth, facts.people)
        self.even = high_intensity(self.places, np.ones(len(scenario.regions))) or 0.0
        reach = highest_rates(scenario.file, scenario.regions)
        self.potentials = None if reach is None else np.array(reach, dtype=float)
        self.last = None if scenario.last is None else np.array(scenario.last, dtype=np.float64)
        self.notices: list[Finding] = []

    def methods(self) -> Iterator[MethodRecord]:
        """Yield a line a method, in their order; one that cannot be had says why."""
        for key in dict.fromkeys(("uniform", "plan", *PAIRS)):
            yield self._line(key)
        if self.asked.steps is not None:
            yield self._line("least-cost")

    def _line(self, key: str) -> MethodRecord:
        try:
            found = cheapest_of(self.asked) if key == "least-cost" else split_of(self.asked, key, self._pair(key))
        except NoMethod as none:
            return _absent(key, none.code, none.values)
        except Infeasible:
            return _absent(key, "missing_table", {})
        except SolverFailure as failure:
            return _absent(key, "missing_solver", {"found": str(failure)})
        return self.record(key, found)

    def _pair(self, key: str) -> Pair:
        """Return the pair of a method.

        Raises NoMethod: it needs what is not there.
        """
        scenario, facts = self.scenario, self.asked.facts
        if key == "plan":
            problem = self.asked.targeting.problem
            return Pair(problem.reference, problem.scale, lambda mu: mu)
        nash = key == "nash" and facts.nash == "population"
        if facts.people is None and (key in _PER_HEAD or nash):
            raise NoMethod("missing_population")
        ruled = bool(self.asked.rules) or facts.problem.at_least
        if len(facts.problem) > _MOST.get(key, len(facts.problem)) and (ruled or key == "zsg-dea"):
            raise NoMethod("missing_many", most=_MOST[key])
        if key in _OF_ROOM and scenario.file.potentials is None and not any(scenario.regions.own_upper):
            raise NoMethod("missing_potentials")
        if key == "proportional" and facts.scores.min() <= NO_SCORE:
            low = np.flatnonzero(facts.scores <= NO_SCORE).tolist()
            names = some((scenario.regions.names[n] for n in low), (scenario.regions.names_en[n] for n in low))
            raise NoMethod("missing_scores", names=names)
        pair = next(made for name, made in PAIRS.items() if name == key)(facts)
        if (pair.scale <= 0).any():
            raise NoMethod("missing_table")
        return pair

    def record(self, key: str, found: MethodSplit) -> MethodRecord:
        """Return the line of a split."""
        verification = found.verification
        rates = np.array(found.published, dtype=float)
        moved = self._moved(found, rates)
        figures = self._figures(verification, rates, found.computed)
        raw = found.unbounded
        beyond = raw is not None and bool(((raw < 0) | (raw >= 1)).any())
        return MethodRecord(
            key=key,
            kind="method",
            constants=self._constants(key, found),
            unbounded=None if raw is None else tuple(raw.tolist()),
            bounded=tuple(found.bounded.tolist()),
            computed=tuple(found.computed.tolist()),
            moved=moved,
            bounds_made_it=beyond or 2 * (moved.at_lower + moved.at_upper) > len(rates),
            figures=figures,
            **_judged(verification),
        )

    def _moved(self, found: MethodSplit, rates: Array) -> Moved:
        problem = self.asked.problem
        half = float(self.scenario.file.publish.grid) / 2 + DIFFERENCE
        low, high = (np.abs(found.bounded - bound) <= DIFFERENCE for bound in (problem.lower, problem.upper))
        by_rules = np.abs(found.computed - found.bounded) > half
        weights = problem.coefficients / problem.coefficients.sum()
        raw = found.bounded if found.unbounded is None else found.unbounded
        return Moved(
            at_lower=int((low & ~high).sum()),
            at_upper=int(high.sum()),
            by_rules=int(by_rules.sum()),
            by_rounding=int((np.abs(rates - found.computed) > half).sum()),
            follow=int((~low & ~high & ~by_rules).sum()),
            bounds_points=float(weights @ np.abs(found.bounded - raw)) * 100,
        )

    def _figures(self, verification: Verification, rates: Array, computed: Array | None) -> Figures:
        """Return the figures of a split as printed; its cost before and after rounding."""
        places, high = self.places, high_intensity(self.places, rates)
        used = None if self.potentials is None else use(rates, self.potentials)
        cost, rounding = self._cost(rates, computed)
        return Figures(
            gini_head=gini_head(places, rates),
            kakwani=kakwani(places, rates),
            objections=objections(places, tuple(map(Fraction, verification.rates))),
            high_intensity_points=None if high is None else (high - self.even) * 100,
            loss2_points=loss2(places, rates) * 100,
            use=None if used is None else used[0],
            nearly_used_up=None if used is None else used[1],
            pace=None if self.last is None else pace(rates, self.last),
            cost=cost,
            cost_of_rounding=rounding,
        )

    def _cost(self, rates: Array, computed: Array | None) -> tuple[float | None, float | None]:
        steps = self.asked.steps
        if steps is None:
            return None, None
        printed = steps.cost(rates)
        before = printed if computed is None else steps.cost(computed)
        rounding = None if before is None or printed is None or computed is None else (printed - before) / _YUAN
        return None if before is None else before / _YUAN, rounding

    def _constants(self, key: str, found: MethodSplit) -> tuple[Constant, ...]:
        """Return the constants of a method's formula, as they are printed."""
        facts, made = self.asked.facts, []
        if key == "least-cost" and found.price is not None:
            return (Constant(symbol="λ", value=found.price * facts.per_tonne, unit="元/吨"),)
        symbol, scale, unit = self._unit(key)
        if found.constant is not None and key != "plan":
            made.append(Constant(symbol=symbol, value=found.constant * scale, unit=unit))
        if key in ("per-head", "zsg-dea"):
            made.append(Constant(symbol="θ", value=facts.theta))
        if key == "ability":
            made.append(Constant(symbol="β", value=facts.beta))
        return tuple(made)

    def _unit(self, key: str) -> tuple[str, float, str]:
        """Return symbol, factor and unit of a method's constant."""
        mass, head = self.scenario.measured.unit, self.asked.head or "人"
        each = mass.removeprefix("万")
        by_head = f"{each}/{head.removeprefix('万')}" if head.startswith("万") else f"{mass}/{head}"
        return {
            "grandfather": ("λ", 1.0, ""),
            "per-head": ("λ", 1.0, mass),
            "zsg-dea": ("λ", 1.0, mass),
            "even-burden-head": ("τ", 1.0, by_head),
            "even-burden-gdp": ("τ", 1.0, f"{each}/万元"),
        }.get(key, ("τ", 100.0, "%"))

    def tables(self) -> Iterator[MethodRecord]:
        """Yield a line a table of rates that the scenario names."""
        for name in self.scenario.file.tables:
            yield self._table(name)

    def _table(self, name: str) -> MethodRecord:
        scenario = self.scenario
        period = (scenario.file.period.base, scenario.file.period.end)
        try:
            read, notices = read_meant_rates(
                scenario.table_path(name), scenario.regions, False, scenario.file.answers, period
            )
        except InputError as error:
            first = error.findings[0]
            return MethodRecord(
                key=name, kind="table", missing=in_both(lambda x: WORDS.say("missing_reading", x, found=first.say(x)))
            )
        self.notices += notices
        verification = verify_rates(scenario, read.rates)
        rates = np.array(read.rates, dtype=float)
        return MethodRecord(key=name, kind="table", figures=self._figures(verification, rates, None),
                            **_judged(verification))  # fmt: skip


def _judged(verification: Verification) -> dict[str, object]:
    """Return what the verification says of a line."""
    return {
        "published": tuple(float(rate) for rate in verification.rates),
        "implied_reduction": float(verification.implied_reduction),
        "overshoot_10kt": float(verification.overshoot_emissions),
        "backed": verification.backed,
        "kept": verification.passed,
    }


def _absent(key: str, code: str, values: Mapping[str, object]) -> MethodRecord:
    def said(language: Language) -> str:
        told = {name: value.say(language) if isinstance(value, Text) else value for name, value in values.items()}
        return WORDS.say(code, language, **told)

    return MethodRecord(key=key, kind="method", missing=in_both(said), why=code)
