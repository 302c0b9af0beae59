"""Cumulation, progress and what remains: two official cases, and properties."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.tracking.progress import carried_on, cumulate, joined, progress, remaining, yearly

cuts = st.floats(-0.2, 0.4)


def test_qinghai_2006_to_2008():
    """Energy per GDP rose 1.51 %, fell 2.20 and 4.18 %; 17 % over five years."""
    done = joined([-0.0151, 0.0220, 0.0418])
    left = remaining(done, 0.17)
    assert f"{done * 100:.2f}" == "4.87"
    assert f"{progress(done, 0.17) * 100:.1f}" == "26.8"
    assert f"{left * 100:.2f}" == "12.75"
    assert f"{yearly(left, 2) * 100:.2f}" == "6.59"


def test_shaanxi_2011_to_2013():
    assert f"{joined([0.0801, 0.0179, 0.0535]) * 100:.2f}" == "14.49"


@given(rates=st.lists(cuts, min_size=1, max_size=8), data=st.data())
def test_any_split_of_the_years_cumulates_to_the_same(rates, data):
    cut = data.draw(st.integers(0, len(rates)))
    together = joined([joined(rates[:cut]), joined(rates[cut:])])
    assert together == pytest.approx(joined(rates), abs=1e-12)
    assert cumulate(rates)[-1] == pytest.approx(together, abs=1e-12)
    assert joined(list(reversed(rates))) == pytest.approx(together, abs=1e-12)


@given(rates=st.lists(cuts, min_size=2, max_size=8), target=st.floats(0.05, 0.6), data=st.data())
def test_progress_of_the_parts_adds_up(rates, target, data):
    cut = data.draw(st.integers(1, len(rates) - 1))
    parts = [progress(joined(part), target) for part in (rates[:cut], rates[cut:])]
    assert sum(parts) == pytest.approx(progress(joined(rates), target), abs=1e-9)


@given(done=cuts, target=st.floats(0.01, 0.6), years=st.integers(1, 9))
def test_doing_what_remains_meets_the_target(done, target, years):
    left = remaining(done, target)
    assert joined([done, left]) == pytest.approx(target, abs=1e-12)
    assert carried_on(done, yearly(left, years), years) == pytest.approx(target, abs=1e-12)
    assert progress(done, target) + log(1 - left) / log(1 - target) == pytest.approx(1, abs=1e-9)


def test_targets_at_or_below_zero_have_no_progress():
    assert progress(0.05, 0.0) is None
    assert progress(0.05, -0.1) is None
    assert progress(0.0, 0.17) == 0
