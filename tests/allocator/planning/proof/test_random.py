"""A sample of tests/benchmarks/proofs.py: random provinces proved, and slips with seals that fit refused."""

import copy
import random

import pytest

from reports import check_proof
from tests.benchmarks.proofs import of_seed, resealed, slip, stays_true, written

SEEDS = (6, 40, 47, 65, 95, 103, 115)
"""One without rules, and some under rules that ask for several stages."""


@pytest.fixture(scope="module")
def made():
    return [written(of_seed(seed))[:2] for seed in SEEDS]


def accepted(plan, proof):
    """Return whether the checker accepts a plan and its proof; what is no such file is refused as well."""
    try:
        said = check_proof.check(plan, proof)
    except (check_proof.Refused, ValueError, TypeError, KeyError, ZeroDivisionError):
        return False
    return any(en.startswith("optimum: ") for _, en in said)


def test_random_provinces_are_proved(made):
    assert all(accepted(plan, proof) for plan, proof in made)
    assert [len(proof["answer"]["stages"]) > 1 for _, proof in made] == [seed % 3 > 0 for seed in SEEDS]
    kinds = {rule["kind"] for plan, _ in made for rule in plan["question"]["limits"]["rules"]}
    assert kinds >= {"between", "span", "budget", "pairs", "protect"}


def test_no_slip_is_accepted_that_changes_what_is_said(made):
    refused = 0
    for seed in range(150):
        draw = random.Random(seed)
        before, given = draw.choice(made)
        plan, proof = copy.deepcopy(before), copy.deepcopy(given)
        slip(plan, proof, draw)
        resealed(plan, proof)
        if accepted(plan, proof):
            assert stays_true(plan, before), seed
        else:
            refused += 1
    assert refused > 90
