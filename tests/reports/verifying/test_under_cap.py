"""What a table leaves under a cap, and what is checked of it: figures by hand, on the limit and a hair beyond.

Two cities of 1,000 万吨 and 1,000 亿元 that grow to 1.2 times: E G = Σ Y g = 2,400, no composition effect. With 20 %
both emit 1,920 together. A cap of 2,000 with 60 in reserve (GDP of 24) and a residual line of 15
leaves the cities 1,925.
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction as F
from types import SimpleNamespace

import pytest

from reports.verifying import verification
from reports.verifying.record import ProvinceRecord, TotalRecord
from reports.verifying.verification import verify_rates
from scenarios.baseline import Baseline
from scenarios.total.cap import Total

CAP = Total(F(2000), F(60), F(2015), outside=F(15), reserve_gdp=F(24))
TABLE = (Decimal("0.2"), Decimal("0.2"))


@pytest.fixture
def capped(make_scenario):
    """Return a function that makes the two cities under a cap."""

    def make(total, **settings):
        scenario = make_scenario(("1000", "1000"), ("1000", "1000"), ("1.2", "1.2"), **settings)
        asked = scenario.file
        return replace(scenario, baseline=Baseline.of(scenario.regions, asked.target, asked.margin, total))

    return make


def checks(verification):
    return {check.name: check.passed for check in verification.checks}


def test_what_a_table_leaves_under_the_cap(capped):
    judged = verify_rates(capped(CAP), TABLE)
    under = judged.total
    assert under.emissions == 1935
    assert under.room == 5
    assert under.worth == F(475, 2400)  # 1 - 1,925/2,400
    assert under.burden == F(60, 2400) - F(83, 100) * F(24, 2400) == F(167, 10_000)
    assert under.with_reserve == 1 - F(1980, 2424)
    assert under.usable == F(83, 100) * 2424 - 1920
    assert (under.pair, under.peak, under.with_all_reserve) == (None, None, None)
    assert judged.required == F(475, 2400)  # more than 17 and 1.67 points
    assert checks(judged) == {"backed": True, "total": True, "reserve": True, "bounds": True, "grid": True}


def test_the_reserve_is_asked_on_top_of_target_and_margin(capped):
    judged = verify_rates(capped(replace(CAP, cap=F(3000)), margin="2 points"), TABLE)
    # 17 + 2 points, and 60/2,400 - 0.81 × 24/2,400 = 1.69 points for the reserve
    assert judged.required == F(2069, 10_000)
    assert judged.total.usable == F(81, 100) * 2424 - 1920
    assert judged.overshoot == F(1, 100)


@pytest.mark.parametrize(("more", "held"), [("0", True), ("1e-30", False)])
def test_a_cap_that_is_just_held(capped, more, held):
    total = replace(CAP, cap=1995 - F(more))
    assert checks(verify_rates(capped(total), TABLE))["total"] is held


@pytest.mark.parametrize(("more", "borne"), [("0", True), ("1e-30", False)])
def test_a_reserve_that_is_just_borne(capped, more, borne):
    # 0.83 × 2,424 = 2,011.92 may be emitted
    judged = verify_rates(capped(replace(CAP, reserve=F("91.92") + F(more))), TABLE)
    assert checks(judged)["reserve"] is borne
    assert (judged.total.usable >= judged.total.total.reserve) is borne


@pytest.mark.parametrize("total", [replace(CAP, reserve=F(0)), replace(CAP, apart=True)])
def test_a_reserve_that_does_not_count_is_not_checked(capped, total):
    judged = verify_rates(capped(total), TABLE)
    assert "reserve" not in checks(judged)
    assert judged.total.usable is None


def test_checks_beside_caps_of_cities():
    def named(reserve, stated=True, drawn=0, kept=60, peak=None):
        pair = SimpleNamespace(stated=stated, reserve=F(kept), drawn=F(drawn), adds_up=True, holds=False)
        total = SimpleNamespace(reserve=F(reserve), counts=False)
        found = verification._of_total(SimpleNamespace(total=total, pair=pair, peak=peak), F(17, 100))
        return [(check.name, check.passed) for check in found]

    assert named(60) == [("caps", True), ("kept", True), ("pair", False)]
    assert named(60, kept=50, drawn=10) == [("caps", True), ("kept", True), ("pair", False)]
    assert named(60, kept=50, drawn=9) == [("caps", True), ("kept", False), ("pair", False)]
    assert named(1) == named(60)
    assert named(F(1, 2)) == named(60)
    assert named(0) == named(60, stated=False) == [("caps", True), ("pair", False)]
    assert named(0, peak=SimpleNamespace(held=False)) == [("caps", True), ("pair", False), ("peak", False)]


def test_a_peak_that_nobody_asks_for():
    for caps in (None, SimpleNamespace(peak=None)):
        assert verification._peak(SimpleNamespace(caps=caps), CAP) is None


def test_a_peak_that_is_asked_for(example_15fyp):
    """The cap lies above the base year's emissions: budgets rise to the last year, so that they peak by the end."""
    scenario = example_15fyp
    total = replace(CAP, cap=scenario.baseline.total.base + 100, base=scenario.baseline.total.base)
    for peak, held in ((2030, True), (2027, False)):
        asked = SimpleNamespace(peak=peak, years="linear", step=F(1), by_year=None)
        period = SimpleNamespace(base=2025, years=5)
        named = SimpleNamespace(caps=asked, file=SimpleNamespace(period=period))
        assert verification._peak(named, total).held is held


@pytest.mark.parametrize(
    ("binds", "counted", "more"),
    [("total", None, True), ("total", 0.17, True), ("intensity", None, False), ("intensity", 0.17, False),
     ("intensity", 0.17000000000000004, True), ("intensity", 0.30000000000000004, True)],
)  # fmt: skip
def test_a_record_asks_more_as_it_is_written(binds, counted, more):
    total = TotalRecord.model_construct(binds=binds, counted=counted)
    assert ProvinceRecord.model_construct(target=0.17, margin=0.0, total=total).asks_more is more
    assert not ProvinceRecord.model_construct(target=0.17, margin=0.0, total=None).asks_more


def test_tenths_add_up_as_decimals():
    # as doubles 0.1 + 0.2 are more than 0.3
    total = TotalRecord.model_construct(binds="intensity", counted=0.3)
    assert not ProvinceRecord.model_construct(target=0.1, margin=0.2, total=total).asks_more
    total = TotalRecord.model_construct(binds="intensity", counted=0.1 + 0.2)
    assert ProvinceRecord.model_construct(target=0.1, margin=0.2, total=total).asks_more


def test_a_margin_is_asked_of_the_reserve_too(capped):
    # 17 and 2 points: 0.81 × 2,424 = 1,963.44 may be emitted, 43.44 beside the cities
    for reserve, borne in (("43.44", True), ("43.4400001", False)):
        judged = verify_rates(capped(replace(CAP, reserve=F(reserve)), margin="2 points"), TABLE)
        assert checks(judged)["reserve"] is borne
