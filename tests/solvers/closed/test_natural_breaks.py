from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from allocator.planning.classes import proposed_classes
from solvers.closed.natural_breaks import natural_breaks, silhouette

numbers = st.lists(st.integers(-300, 300).map(lambda n: n / 100), min_size=4, max_size=9)


def distances(values, starts):
    """Return the squared distances from the means of the groups, added up."""
    return sum(((values[a:b] - values[a:b].mean()) ** 2).sum() for a, b in pairwise(starts))


def test_three_groups_by_hand():
    values = np.array([1.0, 2.0, 10.0, 11.0, 12.0, 40.0])
    assert natural_breaks(values, 3)[3].tolist() == [0, 2, 5, 6]
    # 1 and 2: a = 1, b = 10 and 9; 10, 11, 12: a = 1.5, 1, 1.5, b = 8.5, 9.5, 10.5; 40 is alone
    by_hand = (9 / 10 + 8 / 9 + 7 / 8.5 + 8.5 / 9.5 + 9 / 10.5 + 0) / 6
    assert silhouette(values, np.array([0, 2, 5, 6])) == pytest.approx(by_hand)


@given(numbers)
def test_no_other_groups_are_nearer_to_their_means(values):
    values = np.sort(values)
    for k, starts in natural_breaks(values, 4).items():
        assert starts.size == k + 1
        others = ((0, *cut, values.size) for cut in combinations(range(1, values.size), k - 1))
        assert distances(values, starts) <= min(distances(values, other) for other in others) + 1e-9


@given(numbers)
def test_equal_values_stay_together_and_the_silhouette_is_the_librarys(values):
    values = np.sort(values)
    for k, starts in natural_breaks(values, 4).items():
        if 2 <= k < np.unique(values).size:
            labels = np.repeat(np.arange(k), np.diff(starts))
            assert all(np.unique(labels[values == value]).size == 1 for value in values)
            assert silhouette(values, starts) == pytest.approx(silhouette_score(values[:, None], labels), abs=1e-9)


def test_k_means_finds_nothing_nearer():
    rng = np.random.default_rng(0)
    for _ in range(20):
        values = np.sort(rng.random(30))
        for k, starts in natural_breaks(values, 5).items():
            fitted = KMeans(n_clusters=k, n_init=10, random_state=0).fit(values[:, None])
            assert distances(values, starts) <= fitted.inertia_ + 1e-12


def test_proposed_classes_do_not_depend_on_the_order_of_the_regions():
    scores = np.random.default_rng(2).random(25)
    order = np.random.default_rng(3).permutation(25)
    assert (proposed_classes(scores)[order] == proposed_classes(scores[order])).all()
