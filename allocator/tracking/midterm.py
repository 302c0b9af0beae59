"""Half-way: what remains is split anew, from today's figures, by the same scores and the same leximin.

    R' = 1 - (1 - R)(E_0/Y_0)/(E_t/Y_t)       what the province has left
    n_i = 1 - (1 - r_i)/(1 - D_it)            what the old target of a region leaves it
    l', u' = 1 - (1 - l)^(k/T), …             the bounds, as much a year as before, over the k years left

The spread of the reference rates shrinks with the uniform rate. Limits on single regions (floors, ceilings, negotiated
values, peaks) hold for the whole period and are turned into limits on what remains (negotiated values up to the
grid); budgets stay; gaps, orders and protection are left out and named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial

import numpy as np
from numpy.typing import NDArray

from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import Plan, plan
from allocator.planning.reference import target as score
from allocator.tracking.burden import Burden, pick_up
from allocator.tracking.history import History
from allocator.tracking.progress import yearly
from allocator.tracking.record import Course
from reports.records import in_both
from reports.tracking.record import NewTarget, PickUp, ResplitRecord
from reports.verifying.verification import Verification
from reports.words.tracking import WORDS
from scenarios.baseline import Baseline
from scenarios.errors import InputError
from scenarios.file.schema import Period
from scenarios.load import Scenario
from scenarios.reconciliation import rounded_up
from scenarios.rules.kinds import Demand
from scenarios.schema_types import Words
from scenarios.tables.counted import reaches
from scenarios.tables.regions import Regions
from scenarios.total.caps import AskedCaps
from scenarios.total.year_caps import YearCaps
from scenarios.wording import LANGUAGES

Array = NDArray[np.float64]

LEAST = Decimal("0.0001")
"""Below this remaining target there is nothing to split."""


@dataclass(frozen=True, eq=False)
class Midterm:
    """The province from today on."""

    scenario: Scenario  # What remains, as a scenario of its own: today is its base year
    target: Fraction  # R', exact: what the intensity has left, a cap beside it not counted
    needs: Array  # n, shape (n,)
    left_out: tuple[str, ...]  # Ids of the rules that cannot be carried over

    @property
    def weights(self) -> Array:
        """Emissions of the last year at today's intensity, 万吨, shape (n,)."""
        base = self.scenario.baseline
        return np.asarray(base.emissions * base.growth)

    @property
    def most(self) -> Array:
        """Highest remaining rates, shape (n,)."""
        return np.array(self.scenario.regions.upper, dtype=float)

    def burden(self, scale: Array | None = None) -> Burden:
        """Return what the regions have left; deviations count in points without `scale`."""
        each = np.ones(self.needs.size) if scale is None else scale
        return Burden(self.scenario.regions.ids, self.weights, self.needs, self.most, each)


def midterm(course: Course) -> Midterm:
    """Return what remains of a course as a scenario of its own; there must be a year left."""
    scenario, past = course.scenario, course.history
    whole, file = scenario.baseline, scenario.file
    regions = _today(scenario.regions, course)
    asked = Fraction(scenario.target) + Fraction(file.margin)
    left = 1 - (1 - asked) * _intensity(scenario.regions) / _intensity(regions)
    target = rounded_up(left)
    baseline = Baseline.of(regions, target, Decimal(0), whole.total)
    spread = file.reference.spread
    shrunk = Decimal(str(baseline.uniform_rate / whole.uniform_rate))
    kept, left_out = _carried(scenario.demands, past.cumulative[:, -1].tolist(), regions, Fraction(file.publish.grid))
    changed = file.model_copy(
        update={
            "period": Period(base=file.period.end - past.left, end=file.period.end),
            "margin": Decimal(0),
            "reference": file.reference.model_copy(update={"spread": spread and spread * max(shrunk, Decimal(0))}),
            "publish": file.publish.model_copy(update={"classes": None}),
            "rules": (),
            "incentive": None,
            "protect": None,
            "growth_uncertainty": None,
            "potentials": None,
        }
    )
    ahead = replace(
        scenario,
        file=changed,
        target=target,
        regions=regions,
        baseline=baseline,
        demands=kept,
        incentive=None,
        sums=None,
        whole=None,
        caps=_caps_ahead(course),
    )
    needs = 1 - (1 - course.rates) / (1 - past.cumulative[:, -1])
    return Midterm(ahead, left, np.asarray(needs), left_out)


def resplit(course: Course) -> ResplitRecord:
    """Split what remains anew, and set it beside what the old targets leave.

    Where there is nothing to split, or no split, the record says so in `problem`.
    """
    if course.history.left == 0:
        return _nothing("resplit_over")
    ahead = midterm(course)
    if ahead.scenario.baseline.asked < LEAST:
        return _nothing("resplit_met")
    try:
        scale: Array | None = score(ahead.scenario).problem.scale
        found, problem = _split(ahead)
    except InputError as error:
        scale, found = None, None
        problem = tuple(in_both(finding.say) for finding in error.findings)
    base, worth = ahead.scenario.baseline, ahead.scenario.baseline.point_worth * 100
    implied = base.implied_reduction(ahead.needs)
    rates = None if found is None else np.array(found.published, dtype=float)
    records = _records(course, ahead, ahead.needs if rates is None else rates)
    return ResplitRecord(
        target=float(base.asked),
        of_intensity=None if base.total is None else float(ahead.target),
        of_total=None if base.total is None else float(base.total.worth(_unchanged(base))),
        sigma=base.sigma,
        old_implied=implied,
        old_short_10kt=(float(base.asked) - implied) * worth,
        new_implied=None if found is None else float(found.verification.implied_reduction),
        new_over_10kt=None if found is None else _over(found.verification),
        verdict=None if found is None else found.record.province.verdict,
        more_10kt=sum(max(record.moved_10kt, 0.0) for record in records),
        less_10kt=sum(max(-record.moved_10kt, 0.0) for record in records),
        regions=records,
        pick_up=_beyond(course, ahead, scale),
        left_out=ahead.left_out,
        problem=problem,
    )


def _caps_ahead(course: Course) -> AskedCaps | None:
    """Return how caps are asked for from today on; the budgets of the years between go on, draws in them."""
    asked, budgets, past = course.scenario.caps, course.budgets, course.history
    if asked is None or budgets is None or past.left == 0:
        return asked
    now, n = past.years, len(budgets.cities)
    places = (course.scenario.place("total", "year_caps"),) * past.left
    own = YearCaps(tuple(c[now:] for c in budgets.cities), budgets.province[now:], (None,) * n, places)
    peak = asked.peak if asked.peak is not None and asked.peak > course.scenario.file.period.base + now else None
    return replace(asked, by_year=own, peak=peak)


def _over(verification: Verification) -> float:
    """Return by how much a table is above what both targets ask, 万吨."""
    return float((verification.weighted_sum - verification.required) * verification.point_worth * 100)


def _split(ahead: Midterm) -> tuple[Plan | None, tuple[Words, ...]]:
    """Return the new split, or why there is none."""
    try:
        return plan(ahead.scenario), ()
    except NoSplit as none:
        zh, en = (none.statements(language) for language in LANGUAGES)
        return None, tuple(Words(zh=a, en=b) for a, b in zip(zh, en, strict=True))


def _today(regions: Regions, course: Course) -> Regions:
    """Return the regions with today's figures, the growth that is left, and bounds for the years that are left."""
    past = course.history
    share = past.left / (past.growth.shape[1] - 1)

    def over(bounds: Sequence[Decimal]) -> tuple[Decimal, ...]:
        return tuple(_decimal(1 - (1 - float(bound)) ** share) for bound in bounds)

    return replace(
        regions,
        emissions=_level(course, "emissions"),
        gdp=_level(course, "gdp"),
        growth=tuple(map(_decimal, past.rest.tolist())),
        lower=over(regions.lower),
        upper=over(regions.upper),
        growth_margins=(),
    )


def _level(course: Course, name: str) -> tuple[Decimal, ...]:
    """Return today's levels, as they stand in the table where they do."""
    if course.actuals.levels:
        return tuple(getattr(level, name) for level in course.actuals.levels[-1])
    past: History = course.history
    return tuple(map(_decimal, getattr(past, name)[:, -1].tolist()))


def _decimal(value: float) -> Decimal:
    return Decimal(repr(value))


def _intensity(regions: Regions) -> Fraction:
    return sum(map(Fraction, regions.emissions), Fraction(0)) / sum(map(Fraction, regions.gdp), Fraction(0))


def _carried(
    demands: Sequence[Demand], done: Sequence[float], regions: Regions, grid: Fraction
) -> tuple[tuple[Demand, ...], tuple[str, ...]]:
    """Return the rules for what remains, and the ids of those that cannot be carried over."""
    ends = [Fraction(e) * Fraction(g) for e, g in zip(regions.emissions, regions.growth, strict=True)]
    carried = [(demand.id, demand.ahead(done, ends, grid)) for demand in demands]
    kept = tuple(demand for _, demand in carried if demand is not None)
    return kept, tuple(key for key, demand in carried if demand is None)


def _can(course: Course, ahead: Midterm) -> NDArray[np.bool_]:
    """Return who can make its old target at no more than its upper bound a year, shape (n,)."""
    left, printed = course.history.left, course.track.printed_rates
    pairs = zip(ahead.needs.tolist(), ahead.most.tolist(), strict=True)
    return np.array([reaches(yearly(most, left), yearly(need, left), printed) for need, most in pairs])


def _beyond(course: Course, ahead: Midterm, scale: Array | None) -> PickUp:
    """Return what those who cannot make it would have to be relieved of, and who would pick it up."""
    beyond = np.maximum(ahead.weights * (ahead.needs - ahead.most), 0.0)
    return pick_up(ahead.burden(scale), np.where(_can(course, ahead), 0.0, beyond))


def _records(course: Course, ahead: Midterm, rates: Array) -> tuple[NewTarget, ...]:
    regions, past = ahead.scenario.regions, course.history
    annual = [yearly(float(rate), past.left) for rate in ahead.needs]
    most = [yearly(float(rate), past.left) for rate in ahead.most]
    can = _can(course, ahead)
    return tuple(
        NewTarget(
            **regions.named(n),
            done=float(past.cumulative[n, -1]),
            old_target=float(course.rates[n]),
            new_target=float(1 - (1 - past.cumulative[n, -1]) * (1 - rates[n])),
            old_remaining=float(ahead.needs[n]),
            new_remaining=float(rates[n]),
            old_annual=annual[n],
            new_annual=yearly(float(rates[n]), past.left),
            most_annual=most[n],
            moved_10kt=float(ahead.weights[n] * (rates[n] - ahead.needs[n])),
            can=bool(can[n]),
        )
        for n in range(len(regions))
    )


def _unchanged(base: Baseline) -> Fraction:
    """Return the emissions of the last year at today's intensity of the province, 万吨."""
    return Fraction(base.point_worth) * 100


def _nothing(code: str) -> ResplitRecord:
    return ResplitRecord(
        target=0.0, sigma=0.0, old_implied=0.0, old_short_10kt=0.0, new_implied=None, new_over_10kt=None, verdict=None,
        more_10kt=0.0, less_10kt=0.0, regions=(),
        pick_up=PickUp(relieved_10kt={}, picked_up_10kt={}, points={}, uncovered_10kt=0.0), left_out=(),
        problem=(in_both(partial(WORDS.say, code)),),
    )  # fmt: skip
