"""Peak years and budgets against a case by hand."""

import numpy as np

from allocator.tracking.history import History
from allocator.tracking.pathways import expected_emissions, peak_record, peak_year, planned_emissions


def test_peak_years():
    assert peak_year(np.array([100.0, 110, 120, 115]), 2020) == 2022
    assert peak_year(np.array([100.0, 90, 80]), 2020) == 2020
    assert peak_year(np.array([100.0, 110, 120]), 2020) is None
    assert peak_year(np.array([100.0, 120, 120 * (1 - 1e-12), 119]), 2020) == 2021


def test_a_case_by_hand():
    """GDP grows 20 % and then stands; intensity falls 10 % a year: 100 → 108 → 97.2."""
    growth, path = np.array([[1, 1.2, 1.2]]), np.array([[0, 0.1, 0.19]])
    past = History(np.array([[50.0, 60.0]]), np.array([[100.0, 114.0]]), np.array([[0, 0.05]]), growth)
    planned = planned_emissions(past, path)[0]
    np.testing.assert_allclose(planned, [100, 108, 97.2])
    # 114 today; 1 - 0.81/0.95 is left for one year without growth
    expected = expected_emissions(past, np.array([0.19]))[0]
    np.testing.assert_allclose(expected, [100, 114, 97.2])
    record = peak_record(planned, expected, 1, 2020, 2020)
    assert (record.planned_peak, record.expected_peak) == (2021, 2021)
    assert (record.planned_in_time, record.expected_in_time) == (False, False)
    assert peak_record(planned, expected, 1, 2020, 2021).planned_in_time is True
    np.testing.assert_allclose([record.budget_10kt, record.spent_10kt, record.expected_total_10kt],
                               [205.2, 114, 211.2])  # fmt: skip


def test_a_region_ahead_of_its_target_keeps_its_intensity():
    growth = np.array([[1, 1.1, 1.21]])
    past = History(np.array([[50.0, 55.0]]), np.array([[100.0, 77.0]]), np.array([[0, 0.3]]), growth)
    np.testing.assert_allclose(expected_emissions(past, np.array([0.2]))[0], [100, 77, 84.7])
