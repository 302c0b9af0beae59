"""Slips in random tables: caught often enough, and sound tables left alone; the full count is a benchmark."""

from tests.benchmarks.slips import FACTORS, measure


def test_slips_are_caught_and_sound_tables_are_left_alone():
    caught, needless = measure(240)
    assert needless <= 0.02
    for factor, least in zip(FACTORS, (0.6, 0.95, 1), strict=True):
        shares = [share for (_, each), share in caught.items() if each == factor]
        assert sum(shares) >= least * len(shares), caught
