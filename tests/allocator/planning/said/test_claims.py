"""What is claimed of both targets, on 400 random provinces against checks of their own (dual control, 11, 12 and 14).

Caps that add up and are the nearest table, and the answers on a pair, are in test_caps.
"""

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from allocator.planning.total.budgets import budgets_of
from allocator.planning.total.caps import caps_of
from reports.verifying.pair import judged_pair
from reports.verifying.verification import verify_rates
from scenarios.accounting.electricity import CityNonFossil, NonFossil
from scenarios.baseline import Baseline
from scenarios.file.schema import Period
from scenarios.total.cap import Total
from scenarios.total.caps import AskedCaps, CityCaps
from scenarios.total.paths import total_path
from scenarios.total.share import Share
from tests.scenarios.test_baseline import province

PROVINCES = 400


class Drawn:
    """A random province, its figures as rationals, and the scenario made of them."""

    def __init__(self, example, seed):
        draw = self.draw = random.Random(seed)
        n = draw.randint(2, 9)
        self.emissions = [Fraction(draw.randint(50, 9000)) for _ in range(n)]
        self.gdp = [Fraction(draw.randint(50, 9000)) for _ in range(n)]
        self.growth = [Fraction(draw.randint(90, 190), 100) for _ in range(n)]
        self.rates = [Fraction(draw.randint(0, 60), 200) for _ in range(n)]
        self.base = sum(self.emissions)
        self.cap = Fraction(int(self.base * draw.randint(85, 130) / 100))
        self.reserve = Fraction(draw.randint(0, int(self.base / 40)))
        rows = [
            (Decimal(int(e)), Decimal(int(y)), Decimal(g.numerator) / g.denominator)
            for e, y, g in zip(self.emissions, self.gdp, self.growth, strict=True)
        ]
        regions = province(rows)
        self.total = Total(self.cap, self.reserve, self.base)
        policy = draw.choice(("rates", "total", "base"))
        file = example.file.model_copy(
            update={"growth_uncertainty": Decimal("0.05"), "period": Period(base=2025, end=2025 + draw.randint(2, 7))}
        )
        self.scenario = replace(
            example, file=file, regions=regions, demands=(), caps=AskedCaps(policy),
            baseline=Baseline.of(regions, example.target, Decimal(0), self.total),
        )  # fmt: skip
        self.allowed = [e * g * (1 - r) for e, g, r in zip(self.emissions, self.growth, self.rates, strict=True)]
        end_gdp = sum(y * g for y, g in zip(self.gdp, self.growth, strict=True))
        self.unchanged = self.base / sum(self.gdp) * end_gdp

    @property
    def decimals(self):
        return [Decimal(r.numerator) / r.denominator for r in self.rates]


@pytest.fixture(scope="module")
def provinces(example_15fyp):
    return [Drawn(example_15fyp, seed) for seed in range(PROVINCES)]


def test_what_the_cities_emit_is_what_their_implied_reduction_leaves(provinces):
    """T = E_P0 G (1 - R_implied), exactly; both verdicts follow from T alone."""
    for one in provinces:
        found = verify_rates(one.scenario, one.decimals, caps=caps_of(one.scenario, one.decimals))
        emitted = sum(one.allowed)
        assert found.implied_reduction == 1 - emitted / one.unchanged
        assert found.total.emissions == emitted
        assert found.backed == (emitted <= one.unchanged * Fraction(83, 100))
        assert found.total.room == one.cap - one.reserve - emitted
        assert found.overshoot_emissions == one.unchanged * Fraction(83, 100) - emitted


def test_the_higher_right_side_asks_for_both_targets(provinces):
    """Σ a r >= max(R + m_B, R_C) + sigma where T + B is within the cap and, with the reserve, the intensity."""
    for one in provinces:
        asked = sum(a * r for a, r in zip(one.scenario.baseline.exact_coefficients, one.rates, strict=True))
        emitted = sum(one.allowed)
        both = emitted + one.reserve <= one.cap and emitted + one.reserve <= one.unchanged * Fraction(83, 100)
        assert (asked >= one.scenario.baseline.exact_required) == both


def test_even_paths_are_highest_in_their_first_or_last_year(provinces):
    """A sum of geometric paths is convex."""
    for one in provinces:
        years = one.scenario.file.period.years
        shares = [t / years for t in range(years + 1)]
        ends = zip(one.emissions, one.allowed, strict=True)
        paths = zip(*(total_path(e, x, "geometric", shares) for e, x in ends), strict=True)
        sums = [float(sum(year)) for year in paths]
        assert max(sums) <= max(sums[0], sums[-1]) * (1 + 1e-12)
        assert all(sums[t - 1] + sums[t + 1] >= 2 * sums[t] * (1 - 1e-12) for t in range(1, years))


def test_yearly_budgets_of_cities_never_add_up_to_more_than_the_provinces(provinces):
    for one in provinces:
        caps = caps_of(one.scenario, one.decimals)
        if one.scenario.caps.policy == "rates" and sum(caps.values) > one.cap:
            continue  # rates that break the cap: the last year is over as well
        budgets = budgets_of(one.scenario, caps)
        assert min(budgets.reserve[:-1], default=0) >= 0
        assert budgets.reserve[-1] == one.cap - sum(caps.values)
        assert tuple(city[-1] for city in budgets.cities) == caps.values
        assert all(value == int(value) for city in budgets.cities for value in city[:-1])


def test_the_worst_growth_with_caps_is_that_of_a_fine_grid(provinces):
    """The closed form of the gap against a thousand growth factors a city."""
    for one in provinces[::10]:
        caps = caps_of(one.scenario, one.decimals)
        found = judged_pair(one.scenario, one.rates, caps, one.unchanged).worst
        left = Fraction(83, 100) * one.base / sum(one.gdp)
        worst = 0.0
        for e, y, g, r, c in zip(one.emissions, one.gdp, one.growth, one.rates, caps.values, strict=True):
            ends = [float(g) * (0.95 + 0.1 * k / 1000) for k in range(1001)]
            worst += max(min(float(c), float(e) * x * float(1 - r)) - float(left * y) * x for x in ends)
        assert worst <= float(found) + 1e-6
        assert worst == pytest.approx(float(found), abs=2e-4 * float(one.base))


def test_at_any_growth_the_rates_back_the_intensity_and_the_caps_hold_the_total(provinces):
    """All factors times λ: rates hold the cap up to (C - B)/T and caps back the intensity from Σc/T_R on."""
    for one in provinces:
        caps = caps_of(one.scenario, one.decimals)
        backed = sum(one.allowed) <= one.unchanged * Fraction(83, 100)
        for times in (Fraction(8, 10), Fraction(1), Fraction(13, 10)):
            end, limit = times * sum(one.allowed), times * one.unchanged * Fraction(83, 100)
            assert (end <= limit) == backed
            kept = judged_pair(_grown(one, times), one.rates, caps, one.unchanged * times).kept
            assert kept <= sum(caps.values)
            assert kept <= end
        pair = judged_pair(one.scenario, one.rates, caps, one.unchanged)
        start = pair.sum / pair.allowed
        assert sum(caps.values) == start * one.unchanged * Fraction(83, 100)


def _grown(one, times):
    growth = tuple(Decimal(str(float(g * times))) for g in one.growth)
    return replace(one.scenario, regions=replace(one.scenario.regions, growth=growth))


def test_a_share_is_the_same_as_an_intensity_of_fossil_energy(example_15fyp):
    """Σ w_T φ_T >= Φ exactly where fossil energy per energy falls by R_F; a rise alike in all meets it exactly."""
    for seed in range(PROVINCES):
        draw = random.Random(seed)
        n = draw.randint(2, 9)
        energy = [Fraction(draw.randint(50, 9000)) for _ in range(n)]
        shares = [Fraction(draw.randint(1, 70), 100) for _ in range(n)]
        growth = [Fraction(draw.randint(90, 160), 100) for _ in range(n)]
        fossil = [e * (1 - share) for e, share in zip(energy, shares, strict=True)]
        share = Share(Fraction(draw.randint(20, 80), 100), tuple(energy), tuple(fossil), tuple(growth))
        ends = [Fraction(draw.randint(1, 95), 100) for _ in range(n)]
        total = sum(e * g for e, g in zip(energy, growth, strict=True))
        reached = sum(e * g * end for e, g, end in zip(energy, growth, ends, strict=True)) / total
        before = sum(fossil) / sum(energy)
        cut = 1 - (1 - reached) / before
        assert (reached >= share.target) == (cut >= share.as_reduction)
        raised = [phi + share.uniform_rise for phi in share.shares]
        assert sum(w * phi for w, phi in zip(share.weights, raised, strict=True)) == share.target


def test_non_fossil_power_adds_up_to_the_provinces_less_the_losses():
    """NF_P - k × losses, exactly, whatever the cities bought."""
    for seed in range(PROVINCES):
        draw = random.Random(seed)
        cities = tuple(
            CityNonFossil(*map(Fraction, (draw.randint(0, 60), bought, draw.randint(0, 9), 40 + draw.randint(0, 300))))
            for bought in (draw.randint(0, 30) for _ in range(draw.randint(2, 9)))
        )
        supplied = sum(one.draw - one.bought for one in cities) + draw.randint(0, 80)
        consumed = sum(one.physical + one.bought for one in cities) + draw.randint(0, 200)
        k = (consumed - sum(one.physical + one.bought for one in cities)) / supplied
        found = NonFossil(cities, consumed, k, supplied)
        assert found.sum == consumed - k * found.losses
        assert found.residual == k * found.losses


def test_a_pair_typed_with_any_caps_gets_the_answers_of_its_definition(provinces):
    for one in provinces:
        caps = [Fraction(max(1, int(x) + one.draw.randint(-90, 90))) for x in one.allowed]
        given = CityCaps(tuple(caps), one.reserve)
        pair = verify_rates(one.scenario, one.decimals, caps=given).total.pair
        kept = sum(min(c, x) for c, x in zip(caps, one.allowed, strict=True))
        assert pair.adds_up == (sum(caps) + one.reserve == one.cap)
        assert pair.rest == one.cap - one.reserve - sum(caps)
        assert pair.holds == (kept <= min(one.cap - one.reserve, one.unchanged * Fraction(83, 100) - one.reserve))
        for city, c, x in zip(pair.cities, caps, one.allowed, strict=True):
            assert city.binds == (
                "both" if abs(c - x) < 1 or abs(c / x - 1) <= Fraction(1, 1000) else "cap" if c < x else "rate"
            )
