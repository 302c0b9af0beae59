"""What the product should say of the invented province (dual control, 16), by topic and key of its check figures.

Figures that stand elsewhere: `fit`, `coal`, `oil`, `share` of the province in test_fit; `reserve` and yearly budgets in
test_caps; `offset`, `lights`, `rule_2026` and `light_total` beside what they judge; `nonfossil_power` and `factors` in
the tests of accounting.
"""

from decimal import Decimal
from fractions import Fraction

import pytest

from allocator.planning.plan import plan
from allocator.planning.total.budgets import budgets_of
from allocator.planning.total.caps import caps_of
from reports.verifying.verification import verify_rates
from scenarios.load import load_scenario
from scenarios.total.cap import a_year
from scenarios.total.caps import CityCaps
from scenarios.total.paths import total_path
from tests.allocator.planning.total.test_caps import CITIES, INTENSITY_ALONE, RATES

# topic, key -> value, half a unit of its last digit
PROVINCE = {
    ("province", "E_P0"): (40246.30, 5e-3),
    ("province", "Y_P0"): (46600.00, 5e-3),
    ("province", "e_P0"): (0.863655, 5e-7),
    ("province", "G"): (1.275966, 5e-7),
    ("province", "growth_per_year"): (4.9948, 5e-5),
    ("province", "sigma"): (0.867449, 5e-7),
    ("province", "uniform_rate_17"): (17.713791, 5e-7),
    ("province", "E_P0_G"): (51352.897, 5e-4),
    ("province", "point_worth"): (513.5290, 5e-5),
    ("province", "T_R"): (42622.904, 5e-4),
    ("province", "T_R_growth_of_emissions"): (5.9052, 5e-5),
    ("total", "C_growth_of_emissions"): (5.5998, 5e-5),
    ("total", "break_even_growth_per_year"): (4.9342, 5e-5),
    ("total", "break_even_growth_per_year_after_reserve"): (4.7856, 5e-5),
    ("total", "R_C_without_reserve"): (17.239333, 5e-7),
    ("total", "R_C"): (17.823526, 5e-7),
    ("total", "R_eff"): (17.823526, 5e-7),
    ("total", "uniform_rate_dual"): (18.530234, 5e-7),
    ("total", "points_asked_by_the_cap"): (0.823526, 5e-7),
    ("total", "tonnes_asked_by_the_cap"): (422.904, 5e-4),
    ("total", "intensity_if_reserve_is_used"): (17.239333, 5e-7),
    ("total", "reserve_as_margin"): (0.584193, 5e-7),
    ("rates_intensity", "implied"): (17.042307, 5e-7),
    ("rates_intensity", "overshoot"): (0.042307, 5e-7),
    ("rates_intensity", "T"): (42601.1788, 5e-5),
    ("rates_intensity", "growth_scale_at_which_the_cap_is_met"): (0.990583, 5e-7),
    ("rates_dual", "implied"): (17.837154, 5e-7),
    ("rates_dual", "overshoot"): (0.013627, 5e-7),
    ("rates_dual", "T"): (42193.0019, 5e-5),
    ("rates_dual", "growth_scale_at_which_the_cap_is_met"): (1.000166, 5e-7),
    ("uncertainty", "intensity_gap_at_plan"): (-429.903, 5e-4),
    ("uncertainty", "intensity_gap_worst_rates_only"): (707.258, 5e-4),
    ("uncertainty", "intensity_gap_worst_rates_and_caps"): (151.113, 5e-4),
    ("uncertainty", "total_over_worst_rates_only"): (2102.652, 5e-4),
    # stated in hundredths, rounded down: .0141, .6201 and 1.2619
    ("uncertainty", "gamma_total_rates_only"): (0.01, 1e-12),
    ("uncertainty", "gamma_total_with_reserve_as_buffer"): (0.62, 1e-12),
    ("uncertainty", "gamma_intensity_rates_only"): (1.26, 1e-12),
    ("peak", "uniform_rate_end_not_above_base"): (22.3020, 5e-5),
    ("peak", "R_end_not_above_base"): (21.6280, 5e-5),
    ("energy", "N_P0"): (21630.0, 5e-7),
    ("energy", "intensity"): (0.464163, 5e-7),
    ("energy", "sigma"): (0.606768, 5e-7),
    ("energy", "uniform_rate"): (10.542797, 5e-7),
    ("energy", "N_PT"): (24839.224, 5e-4),
    ("energy", "point_worth"): (275.9914, 5e-5),
}
SCORES = (0.438636, 0.625474, 0.477689, 0.640152, 0.306030, 0.078100, 0.288289, 0.034769, 0.082925)
COMPUTED = {
    "rates_intensity": (
        17.270258, 19.739275, 17.786327, 19.933236, 15.517889, 12.505853, 15.283457, 11.933236, 12.569613,
    ),
    "rates_dual": (
        18.086702, 20.555719, 18.602771, 20.749680, 16.334333, 13.322297, 16.099900, 12.749680, 13.386057,
    ),
}  # fmt: skip
# topic -> policy, rates, and by city: cap, swap growth, rate of the cap (%), binds
PAIRS = {
    "caps_from_rates": (
        "rates", RATES, (5162, 9902, 8062, 7392, 4116, 2100, 4102, 780, 577),
        (1.239929, 1.310055, 1.340020, 1.269980, 1.299863, 1.240038, 1.260052, 1.220801, 1.199087),
        (18.0047, 20.4967, 18.4988, 21.0012, 16.5088, 13.4974, 15.9965, 12.4426, 13.5658), "both",
    ),
    "caps_from_total": (
        "total", RATES, (5163, 9903, 8063, 7393, 4117, 2100, 4103, 780, 578),
        (1.240170, 1.310187, 1.340186, 1.270152, 1.300179, 1.240038, 1.260360, 1.220801, 1.201165),
        (17.9888, 20.4886, 18.4887, 20.9905, 16.4885, 13.4974, 15.9760, 12.4426, 13.4160), "both",
    ),
    "caps_total_rates17": (
        "total", INTENSITY_ALONE, (5145, 9932, 8035, 7415, 4126, 2104, 4087, 777, 579),
        (1.228356, 1.297701, 1.327388, 1.258008, 1.287601, 1.228201, 1.248016, 1.209195, 1.189492),
        (18.2747, 20.2558, 18.7718, 20.7554, 16.3059, 13.3326, 16.3037, 12.7793, 13.2662), "cap",
    ),
}  # fmt: skip
# topic -> reserve, T_both, R_both, scale up to which rates hold C, scale from which caps back R, R of caps (%)
# By the rates the scale is 1.000000 with all of the reserve of 307 kept; ours is with the 300 that are asked for.
SUMS = {
    "caps_from_rates": (307, 42191.7221, 17.839646, 1.000166, 0.989914, 17.837157),
    "caps_from_total": (300, 42193.0019, 17.837154, 1.000166, 0.990078, 17.823526),
    "caps_total_rates17": (300, 42200.0, 17.823526, 0.990583, 0.990078, 17.823526),
}
# city, growth -> what the rate allows, over the cap, the rate needed (%), with caps that hand out the whole total
GROWTH = {
    ("乙市", "1.40"): (10581.847, 678.847, 25.6001),
    ("乙市", "1.25"): (9448.078, -454.922, 20.5),
    ("丁市", "1.32"): (7683.142, 290.142, 23.9833),
    ("丁市", "1.20"): (6984.674, -408.326, 21.0),
}
# budget: the cities' sum of the year before rounding, and as it is printed
YEARS = {2026: (40626.600, 40626), 2027: (41012.042, 41012), 2028: (41402.703, 41402), 2029: (41798.662, 41798)}


@pytest.fixture(scope="module")
def both():
    return plan(load_scenario("15fyp-example", ["total.caps=total", "growth_uncertainty=5%"]))


@pytest.fixture(scope="module")
def alone():
    return plan(load_scenario("15fyp-example", ["total={cap: 60000}"]))


def pair_of(policy, rates, *settings):
    scenario = load_scenario("15fyp-example", [f"total.caps={policy}", *settings])
    exact = [Decimal(str(rate)) / 100 for rate in rates]
    return scenario, verify_rates(scenario, exact, caps=caps_of(scenario, exact))


@pytest.fixture(scope="module")
def said(both, alone):
    """Return what our code says, by topic and key."""
    record, total = both.record.province, both.record.province.total
    base = both.scenario.baseline
    end, only = base.point_worth * 100, load_scenario("15fyp-example", ["total={peak: end}"]).baseline
    reserved = load_scenario("15fyp-example", ["total.cap=60000"]).baseline
    energy = load_scenario("15fyp-energy").baseline
    own = verify_rates(both.scenario, [Decimal(str(rate)) / 100 for rate in INTENSITY_ALONE])
    emitted = base.emissions.sum()
    return {
        ("province", "E_P0"): emitted,
        ("province", "Y_P0"): base.gdp.sum(),
        ("province", "e_P0"): emitted / base.gdp.sum(),
        ("province", "G"): end / emitted,
        ("province", "growth_per_year"): total.planned_growth * 100,
        ("province", "sigma"): record.sigma * 100,
        ("province", "uniform_rate_17"): alone.record.province.uniform_rate * 100,
        ("province", "E_P0_G"): end,
        ("province", "point_worth"): record.point_10kt,
        ("province", "T_R"): total.allowed_10kt,
        ("province", "T_R_growth_of_emissions"): (total.allowed_10kt / total.base_10kt - 1) * 100,
        ("total", "C_growth_of_emissions"): (total.cap_10kt / total.base_10kt - 1) * 100,
        ("total", "break_even_growth_per_year"): total.break_even_without_reserve * 100,
        ("total", "break_even_growth_per_year_after_reserve"): total.break_even * 100,
        ("total", "R_C_without_reserve"): total.worth_without_reserve * 100,
        ("total", "R_C"): total.worth * 100,
        ("total", "R_eff"): float(base.asked) * 100,
        ("total", "uniform_rate_dual"): record.uniform_rate * 100,
        ("total", "points_asked_by_the_cap"): (total.worth - record.target) * 100,
        ("total", "tonnes_asked_by_the_cap"): total.allowed_10kt - total.cap_10kt + total.reserve_10kt,
        ("total", "intensity_if_reserve_is_used"): (1 - total.cap_10kt / end) * 100,
        ("total", "reserve_as_margin"): (float(reserved.asked) - 0.17) * 100,
        ("rates_intensity", "implied"): alone.record.province.implied_reduction * 100,
        ("rates_intensity", "overshoot"): alone.record.province.overshoot_points,
        ("rates_intensity", "T"): float(own.total.emissions),
        ("rates_intensity", "growth_scale_at_which_the_cap_is_met"): 42200 / float(own.total.emissions),
        ("rates_dual", "implied"): record.implied_reduction * 100,
        ("rates_dual", "overshoot"): (record.implied_reduction - float(base.asked)) * 100,
        ("rates_dual", "T"): total.emissions_10kt,
        ("rates_dual", "growth_scale_at_which_the_cap_is_met"): total.growth_scale,
        ("uncertainty", "intensity_gap_at_plan"): -record.overshoot_10kt,
        ("uncertainty", "intensity_gap_worst_rates_only"): record.robustness.worst_10kt,
        ("uncertainty", "intensity_gap_worst_rates_and_caps"): total.pair.worst_10kt,
        ("uncertainty", "total_over_worst_rates_only"): total.robustness.worst_10kt,
        ("uncertainty", "gamma_total_rates_only"): total.robustness.survives,
        ("uncertainty", "gamma_total_with_reserve_as_buffer"): total.robustness.with_reserve,
        ("uncertainty", "gamma_intensity_rates_only"): record.robustness.survives,
        ("peak", "uniform_rate_end_not_above_base"): only.uniform_rate * 100,
        ("peak", "R_end_not_above_base"): float(only.asked) * 100,
        ("energy", "N_P0"): energy.emissions.sum(),
        ("energy", "intensity"): energy.emissions.sum() / energy.gdp.sum(),
        ("energy", "sigma"): energy.sigma * 100,
        ("energy", "uniform_rate"): energy.uniform_rate * 100,
        ("energy", "N_PT"): energy.point_worth * 90,
        ("energy", "point_worth"): energy.point_worth,
    }


@pytest.mark.parametrize("key", PROVINCE, ids=" ".join)
def test_the_province(said, key):
    value, half = PROVINCE[key]
    assert said[key] == pytest.approx(value, abs=half)


def test_rates_that_are_over_the_higher_target_leave_seven(both):
    """`rates_dual`, overshoot: .013627 points are 7.0 × 10⁴ t."""
    assert both.record.province.total.room_10kt == pytest.approx(6.998, abs=5e-4)
    assert [region.score for region in both.record.regions] == pytest.approx(SCORES, abs=5e-7)


@pytest.mark.parametrize("topic", COMPUTED)
def test_computed_rates(both, alone, topic):
    record = (both if topic == "rates_dual" else alone).record
    assert [region.rate * 100 for region in record.regions] == pytest.approx(COMPUTED[topic], abs=5e-7)


@pytest.mark.parametrize("topic", PAIRS)
def test_caps_beside_rates_by_city(topic):
    policy, rates, caps, swaps, needed, binds = PAIRS[topic]
    pair = pair_of(policy, rates)[1].total.pair
    assert tuple(city.cap for city in pair.cities) == caps
    assert [float(city.swap) for city in pair.cities] == pytest.approx(swaps, abs=5e-7)
    assert [float(city.needed) * 100 for city in pair.cities] == pytest.approx(needed, abs=5e-5)
    assert {city.binds for city in pair.cities} == {binds}


@pytest.mark.parametrize("topic", SUMS)
def test_caps_beside_rates_in_sum(topic):
    policy, rates, *_ = PAIRS[topic]
    total = pair_of(policy, rates)[1].total
    pair = total.pair
    assert pair.sum + pair.reserve == 42500
    found = (
        pair.reserve, pair.kept, (1 - pair.kept / pair.unchanged) * 100, total.total.left / total.emissions,
        pair.sum / pair.allowed, (1 - pair.sum / pair.unchanged) * 100,
    )  # fmt: skip
    assert [float(value) for value in found] == pytest.approx(SUMS[topic], abs=5e-5)
    assert (pair.holds, pair.adds_up) == (True, True)


@pytest.mark.parametrize(("name", "growth"), GROWTH)
def test_what_a_city_faces_at_other_growth(example_15fyp_folder, edit, name, growth):
    """`city_growth`: the caps stay, the city grows otherwise."""
    caps = PAIRS["caps_from_total"][2]
    lines = (example_15fyp_folder / "regions.csv").read_text("utf-8").splitlines()
    own = next(line for line in lines if name in line)
    planned = {"乙市": ",1.31,", "丁市": ",1.27,"}[name]
    assert planned in own
    edit(example_15fyp_folder / "regions.csv", own, own.replace(planned, f",{growth},"))
    scenario = load_scenario(example_15fyp_folder, ["total.caps=total"])
    rates = [Decimal(str(rate)) / 100 for rate in RATES]
    pair = verify_rates(scenario, rates, caps=CityCaps(tuple(map(Fraction, caps)))).total.pair
    city, rate = pair.cities[CITIES.index(name)], Fraction(str(RATES[CITIES.index(name)])) / 100
    allowed, over, needed = GROWTH[name, growth]
    assert float(city.allowed) == pytest.approx(allowed, abs=6e-4)  # 10,581.8475 is printed as .847
    assert float(city.allowed - city.cap) == pytest.approx(over, abs=6e-4)
    assert float(max(rate, city.needed)) * 100 == pytest.approx(needed, abs=5e-5)
    assert city.binds == ("cap" if over > 0 else "rate")


def test_peak_of_even_paths_at_its_key():
    """`peak`, uniform_rate_last_year_not_above_the_year_before: 22.3274 %; Σ E q⁴ (q - 1) is 0 there."""
    regions = load_scenario("15fyp-example").regions

    def falls(rate):
        ends = [float(e) * float(g) * (1 - rate) for e, g in zip(regions.emissions, regions.growth, strict=True)]
        paths = [total_path(Fraction(e), Fraction(end), "geometric", [t / 5 for t in range(6)])
                 for e, end in zip(map(float, regions.emissions), ends, strict=True)]  # fmt: skip
        years = [sum(year) for year in zip(*paths, strict=True)]
        return years[5] <= years[4]

    assert not falls(0.2232735)
    assert falls(0.2232745)


def test_yearly_budgets_in_sum():
    scenario, verified = pair_of("total", RATES)
    caps = tuple(city.cap for city in verified.total.pair.cities)
    budgets = budgets_of(scenario, CityCaps(caps))
    for n, (year, (unrounded, printed)) in enumerate(YEARS.items(), 1):
        pairs = zip(scenario.regions.emissions, caps, strict=True)
        paths = [total_path(Fraction(e), cap, "geometric", [t / 5 for t in range(6)])[n] for e, cap in pairs]
        assert float(sum(paths)) == pytest.approx(unrounded, abs=5e-4), year
        assert sum(city[n - 1] for city in budgets.cities) == printed
    assert budgets.reserve == (61, 121, 182, 241, 300)


def test_shares_of_the_cities():
    """`share`: φ of the base year and weights of the last one; base weights would say 25.213962 %, which is wrong."""
    share = load_scenario("15fyp-energy/nonfossil.yaml", split=False).share
    base = (26.4706, 10.5882, 16.6667, 9.4637, 23.6364, 27.7311, 14.1304, 64.5833, 38.0952)
    ends = (0.151837, 0.200511, 0.202690, 0.144991, 0.103001, 0.053143, 0.083496, 0.042180, 0.018151)
    printed = [Fraction(str(x)) for x in (32.1, 16.2, 22.3, 15.1, 29.2, 33.3, 19.7, 70.2, 43.7)]
    assert [float(own) * 100 for own in share.shares] == pytest.approx(base, abs=5e-5)
    assert [float(weight) for weight in share.weights] == pytest.approx(ends, abs=5e-7)
    wrong = sum(n * x for n, x in zip(share.energy, printed, strict=True)) / sum(share.energy)
    right = sum(weight * x for weight, x in zip(share.weights, printed, strict=True))
    assert [float(right), float(wrong)] == pytest.approx([25.008016, 25.213962], abs=5e-7)


def test_half_up_is_not_the_sum():
    """`naive_rounding`: by base emissions half up comes to 42,199, by the total to 42,200."""
    emissions = [Fraction(value) for value in load_scenario("15fyp-example").regions.emissions]
    half_up = [int(e * 42200 / sum(emissions) + Fraction(1, 2)) for e in emissions]
    assert sum(half_up) == 42199
    scenario = load_scenario("15fyp-example", ["total.caps=base"])
    rates = [Decimal(str(rate)) / 100 for rate in RATES]
    assert sum(caps_of(scenario, rates).values) == 42200


@pytest.mark.parametrize(
    ("a_year_", "allowed", "needed", "binds"),
    [(3.5, 39673.98, 17.0, "intensity"), (4.5, 41628.00, 17.0, "intensity"), (5.5, 43658.25, 19.7723, "total")],
)
def test_growth_sweep(example_15fyp_folder, a_year_, allowed, needed, binds):
    """All cities grow alike by so much a year."""
    factor = (1 + a_year_ / 100) ** 5
    table = example_15fyp_folder / "regions.csv"
    head, *rows = table.read_text("utf-8").splitlines()
    at = next(n for n, name in enumerate(head.split(",")) if name.startswith("growth"))
    changed = [",".join(f"{factor:.12f}" if n == at else cell for n, cell in enumerate(row.split(","))) for row in rows]
    table.write_text("\n".join([head, *changed]), "utf-8")
    base = load_scenario(example_15fyp_folder).baseline
    assert base.point_worth * 83 == pytest.approx(allowed, abs=5e-3)
    worth = float(base.total.worth(Fraction(base.point_worth * 100))) * 100
    assert max(17.0, worth) == pytest.approx(needed, abs=5e-5)
    assert base.total_binds == (binds == "total")
    assert a_year(factor, 5) * 100 == pytest.approx(a_year_)
