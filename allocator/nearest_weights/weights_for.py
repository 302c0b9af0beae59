"""`weights_for`: how little weight must change hands for a region to get at most, or at least, a rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from functools import partial

import numpy as np
from numpy.typing import NDArray

from allocator.nearest_weights.known import Asked
from allocator.negotiating.prices import positions
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import Plan, plan
from allocator.sweeping.answers import rates_under
from allocator.sweeping.job import prepare
from allocator.sweeping.options import SweepOptions
from reports.nearest_weights.record import Outcome, RatesRecord, WeightRecord, WeightsForRecord
from reports.printing.numbers import short
from reports.records import Named, in_both
from reports.words.pages.weights_for import WORDS
from scenarios.errors import InputError, Place, asking_of
from scenarios.load import Scenario
from scenarios.quantities import in_own_words
from scenarios.schema_types import Words
from scenarios.tables.cells import CellError, in_all_digits, parse_rate
from scenarios.total.level import refuse_level

Array = NDArray[np.float64]
AT_MOST, AT_LEAST = "--at-most", "--at-least"
_DIGITS = range(4, 13)
"""With how many decimals weights are tried, the fewest first: hundredths of a point."""


@in_all_digits
@in_own_words
@asking_of
def weights_for(
    scenario: Scenario, region: str, at_most: str | float | None = None, at_least: str | float | None = None
) -> WeightsForRecord:
    """Return the criterion weights nearest to a scenario's at which a region gets at most, or at least, a rate.

    Parameters
    ----------
    scenario
        What is asked.
    region
        Identifier or name.
    at_most, at_least
        The rate, one of the two: ``"18%"`` or 0.18.

    Raises
    ------
    InputError
        A region that is unknown, a rate that is none or that the region's bounds exclude; no two criteria to weigh.
    NoSplit
        There is no split to start from.
    SolverFailure
        HiGHS gave no answer.
    """
    refuse_level(scenario.measured, scenario.place("quantity"))
    threshold, up = _threshold(at_most, at_least)
    member = positions(scenario, [region], "--region")[0]
    if len(scenario.file.criteria) < 2 or scenario.file.reference.map == "uniform":
        raise InputError.of("weights_for_nothing", scenario.place("criteria"))
    _refuse_beyond(scenario, member, threshold, up)
    asked = Asked(prepare(scenario, SweepOptions(samples=1)), member, float(threshold), up)
    return _Answer(asked).record()


def _threshold(at_most: str | float | None, at_least: str | float | None) -> tuple[Decimal, bool]:
    """Return the rate asked for, and whether at least."""
    if (at_most is None) == (at_least is None):
        raise InputError.of("weights_for_one", Place(key=f"{AT_MOST}, {AT_LEAST}"))
    try:
        return parse_rate(at_least if at_most is None else at_most), at_most is None
    except CellError as error:
        raise InputError.of(error.code, Place(key=AT_LEAST if at_most is None else AT_MOST), **error.values) from error


def _refuse_beyond(scenario: Scenario, member: int, threshold: Decimal, up: bool) -> None:
    """Refuse a rate that the region's own bounds exclude."""
    regions = scenario.regions
    bound, own = (regions.upper, regions.own_upper) if up else (regions.lower, regions.own_lower)
    if threshold > bound[member] if up else threshold < bound[member]:
        of_own = member < len(own) and own[member]
        place = Place(key="regions") if of_own else scenario.place("bounds", "upper" if up else "lower")
        code = "weights_for_above" if up else "weights_for_below"
        found, least = short(float(threshold)), short(float(bound[member]))
        raise InputError.of(code, place, name=regions.names[member], found=found, bound=least)


class _Answer:
    """The answer as it is put together."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._outcome: Outcome = "already"
        self._nearest: Array | None = None
        self._settings: dict[str, Decimal] = {}
        self._shift: float | None = None
        self._lower: float | None = None
        self._rate: float | None = None
        self._exact = True
        self._said: list[str] = []
        if not asked.there(float(asked.prepared.plan.split.rates[asked.member])):
            self._seek()

    def _seek(self) -> None:
        asked = self._asked
        if asked.exactly is None:
            self._said.append("rules")
        found, self._exact, late = asked.nearest()
        if late:
            self._said.append("late")
        tried = None if found is None else asked.just_beyond(found.weights)
        if found is not None and tried is not None:
            self._outcome, self._nearest = "reached", found.weights
            self._shift, self._lower = found.shift, found.lower
            self._settings = self._written(tried)
            return
        self._rate, weights, proved = asked.nearest_rate()
        self._exact = self._exact and proved
        self._outcome = "unreachable" if self._exact else "not_found"
        if not np.array_equal(weights, asked.plan):
            self._settings = self._written(weights, seek=False)

    def _written(self, weights: Array, seek: bool = True) -> dict[str, Decimal]:
        """Return weights as they are written, adding up to one: with the fewest decimals that do."""
        names = list(self._asked.prepared.plan.targeting.weights.criteria)
        made: list[Decimal] = []
        for digits in _DIGITS:
            step = Decimal(1).scaleb(-digits)
            made = [Decimal(float(w)).quantize(step, ROUND_HALF_EVEN) for w in weights]
            largest = int(np.argmax(weights))
            made[largest] += 1 - sum(made)
            if not seek or self._asked.there(self._asked.rate(np.array(made, dtype=float))):
                break
        return dict(zip(names, made, strict=True))

    def _plan_then(self) -> tuple[Array, tuple[Decimal, ...] | None] | None:
        """Return computed and published rates of the plan with the weights found; None without any."""
        if not self._settings:
            return None
        scenario = with_weights(self._asked.prepared.scenario, self._settings)
        try:
            then: Plan = plan(scenario)
        except NoSplit:
            tried = np.array(list(self._settings.values()), dtype=float)
            return rates_under(self._asked.prepared.job)(tried[:, None])[:, 0], None
        return then.split.rates, then.published

    def record(self) -> WeightsForRecord:
        """Return the answer as weights-for.json holds it."""
        asked = self._asked
        scenario, base = asked.prepared.scenario, asked.prepared.plan
        then, regions = self._plan_then(), scenario.regions
        notices = [*scenario.notices, *base.targeting.notices]
        own = [in_both(partial(WORDS.say, code)) for code in self._said]
        return WeightsForRecord(
            **scenario.measured.told,
            scenario=scenario.file.name,
            title=Words(zh=scenario.file.title.zh, en=scenario.file.title.en),
            region=Named(**regions.named(asked.member)),
            at_most=None if asked.up else asked.threshold,
            at_least=asked.threshold if asked.up else None,
            outcome=self._outcome,
            how="exact" if self._exact else "search",
            shift=self._shift,
            lower=self._lower,
            nearest_rate=self._rate,
            criteria=self._criteria(scenario),
            regions=tuple(
                RatesRecord(
                    **regions.named(n),
                    rate=float(base.split.rates[n]),
                    published=float(base.published[n]),
                    rate_then=None if then is None else float(then[0][n]),
                    published_then=None if then is None or then[1] is None else float(then[1][n]),
                )
                for n in range(len(regions))
            ),
            settings=tuple(f"criteria.{key}.weight={weight:f}" for key, weight in self._settings.items()),
            inputs={source.name: source.sha256 for source in scenario.inputs},
            overrides=scenario.overrides,
            notices=(*dict.fromkeys(in_both(notice.say) for notice in notices), *own),
        )

    def _criteria(self, scenario: Scenario) -> tuple[WeightRecord, ...]:
        names = list(self._asked.prepared.plan.targeting.weights.criteria)
        return tuple(
            WeightRecord(
                key=name,
                label=scenario.file.criteria[name].label or Words(zh=name, en=name),
                weight=float(self._asked.plan[n]),
                nearest=None if self._nearest is None else float(self._nearest[n]),
                tried=float(self._settings[name]) if self._settings else None,
            )
            for n, name in enumerate(names)
        )


def with_weights(scenario: Scenario, weights: Mapping[str, Decimal]) -> Scenario:
    """Return a scenario with other criterion weights."""
    criteria = {
        key: criterion.model_copy(update={"weight": weights[key]}) for key, criterion in scenario.file.criteria.items()
    }
    return replace(scenario, file=scenario.file.model_copy(update={"criteria": criteria}))
