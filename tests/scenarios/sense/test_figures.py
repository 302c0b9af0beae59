from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.sense.figures import Others


@given(st.lists(st.sampled_from([-2.0, -0.5, 0.0, 0.25, 1.0, 3.0]), min_size=2, max_size=9))
def test_each_value_is_held_against_all_others(values):
    held = Others(values)
    for n, value in enumerate(values):
        others = values[:n] + values[n + 1 :]
        assert (held.lowest(n), held.highest(n)) == (min(others), max(others))
        assert held.off_median(n) == pytest.approx(value - median(others))
        assert held.spread(n) == max(others) - min(others)
        assert held.gap(n) == max(value - max(others), min(others) - value, 0.0)


def test_as_many_values_as_one_likes_are_put_in_order_once():
    class Counted(float):
        compared = 0

        def __lt__(self, other):
            Counted.compared += 1
            return float(self) < float(other)

    held = Others([Counted(n * 7919 % 4001) for n in range(4000)])
    for n in range(4000):
        held.gap(n), held.spread(n), held.off_median(n)
    assert Counted.compared < 4000 * 150  # 16,000,000 if each were held against each
