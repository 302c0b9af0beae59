"""Lorenz curves and Gini coefficients: by hand, against the mean difference, and where there are none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.planning.equity import equity, equity_frame, lorenz, lorenz_figure, lorenz_frame


def test_by_hand():
    # half of the base bears a quarter of the cut: the area between the curve and the diagonal is 1/8
    curve = lorenz(np.array([3.0, 1.0]), np.array([1.0, 1.0]))
    assert list(curve.order) == [1, 0]
    assert (list(curve.base), list(curve.cut)) == ([0, 0.5, 1], [0, 0.25, 1])
    assert curve.gini == pytest.approx(0.25)


@given(st.lists(st.tuples(st.floats(0.01, 10), st.floats(0.01, 10)), min_size=1, max_size=20))
def test_half_the_relative_mean_difference(pairs):
    cut, base = np.array(pairs).T
    ratio, share = cut / base, base / base.sum()
    difference = float(share @ np.abs(ratio[:, None] - ratio) @ share) / float(share @ ratio) / 2
    assert lorenz(cut, base).gini == pytest.approx(difference, abs=1e-9)


@pytest.mark.parametrize("cut", [[-1.0, 2.0], [0.0, 0.0]])
def test_refused(cut):
    with pytest.raises(ValueError, match="zero or more"):
        lorenz(np.array(cut), np.array([1.0, 1.0]))


def test_equal_rates_are_even(guangxi_plan):
    record = guangxi_plan.record
    same = [r.model_copy(update={"published_rate": 0.2}) for r in record.regions]
    found = equity(record.model_copy(update={"regions": tuple(same)}))
    assert found.by_emissions.gini == pytest.approx(0, abs=1e-12)
    assert found.by_gdp.gini == pytest.approx(found.uniform_by_gdp)
    assert found.gap == 0


def test_tables(guangxi_plan):
    record = guangxi_plan.record
    assert [len(frame) for frame in (equity_frame(record, "zh"), lorenz_frame(record, "en"))] == [3, 14]
    assert equity_frame(record, "en").iloc[0, 2:].tolist() == ["0.0928", "0.0000"]
    assert list(lorenz_frame(record, "zh").iloc[-1])[1:3] == ["100.00", "100.00"]


def test_none_where_a_rate_is_not_above_zero(guangxi_plan):
    record = guangxi_plan.record
    first = record.regions[0].model_copy(update={"published_rate": 0.0})
    changed = record.model_copy(update={"regions": (first, *record.regions[1:])})
    assert [made(changed, "zh") for made in (equity_frame, lorenz_frame, lorenz_figure)] == [None] * 3
