"""Samples computed again by other means: the Pyomo model of record, and the rounding of plans."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from allocator.planning.publishable import NoTable, basic_table
from allocator.planning.rules import solver_rules
from allocator.sweeping.job import Job, Prepared
from allocator.sweeping.samples import Samples
from scenarios.on_grid import OnGrid
from solvers.leximin import HotLeximin, of_record
from solvers.problem import Infeasible, SolverFailure, Split

_OF_A_BLOCK = 20
"""Samples looked at in a block that is computed whole."""
DIFFERENCE = 1e-9
"""By how much a sample may differ from its linear programs."""


class SampleDiffers(SolverFailure):
    """A sample's split and its linear programs differ."""


def held_against_model(asked: Prepared, count: int) -> tuple[int, float]:
    """Compute some samples again by the Pyomo model of record; return how many, and the largest difference.

    Raises SampleDiffers: it is above `DIFFERENCE`; the text names sample and seed.
    """
    job, seed = asked.job, asked.options.seed
    rules = tuple(solver_rules(OnGrid.of(asked.scenario).demands).values())
    compared, worst = 0, 0.0
    record: HotLeximin | None = None
    for samples in _picked(job, seed, count):
        rates, reached = job.rates(samples)
        for n in _some(samples, count, seed):
            named = f"sample {samples.numbers[n]} of seed {seed}"
            compared += 1
            problem = job.problem(samples.block, n)
            try:
                record = of_record(problem, rules, made=record)
                model = record.solve(problem).rates
            except Infeasible:
                if reached[n]:
                    raise SampleDiffers(f"{named} has no split by the linear programs") from None
                continue
            difference = float(np.abs(model - rates[:, n]).max()) if reached[n] else math.inf
            if not difference <= DIFFERENCE:
                raise SampleDiffers(f"{named} differs from the linear programs by {difference:.1e}")
            worst = max(worst, difference)
    return compared, worst


def _picked(job: Job, seed: int, count: int) -> Iterator[Samples]:
    """Give back samples chosen by the seed: one by one, or in whole blocks where hot programs run through them."""
    draw = np.random.default_rng(seed)
    if job.demands:
        blocks = -(-job.samples // job.block)
        for number in sorted(draw.choice(blocks, min(-(-count // _OF_A_BLOCK), blocks), replace=False).tolist()):
            first, last = number * job.block, min((number + 1) * job.block, job.samples)
            yield job.chain.samples(job.chain.cube.points(first, last), first)
        return
    numbers = np.sort(draw.choice(job.samples, min(count, job.samples), replace=False))
    points = job.chain.cube.pick(numbers)
    for place, number in enumerate(numbers.tolist()):
        yield job.chain.samples(points[:, place : place + 1], number)


def _some(samples: Samples, count: int, seed: int) -> list[int]:
    """Return which samples of a block are looked at."""
    there = samples.numbers.size
    return sorted(np.random.default_rng(seed).choice(there, min(there, _OF_A_BLOCK, count), replace=False).tolist())


def rounded(asked: Prepared, count: int) -> tuple[int, int, float]:
    """Round and class some samples like the plan.

    Returns how many were tried, how many give the plan's table, and how many printed rates differ on average where a
    table can be made.
    """
    job, base = asked.job, asked.plan
    tried = kept = made = changed = 0
    for samples in _picked(job, asked.options.seed + 1, count):
        rates, reached = job.rates(samples)
        for n in _some(samples, count, asked.options.seed):
            if not reached[n]:
                continue
            tried += 1
            targeting = replace(base.targeting, scores=samples.block.reference[:, n])
            try:
                table = basic_table(asked.scenario, targeting, Split(rates[:, n].copy(), 0))
            except (NoTable, SolverFailure):
                continue
            made += 1
            kept += table.rates == base.rounding.rates
            changed += sum(new != old for new, old in zip(table.rates, base.rounding.rates, strict=True))
    return tried, kept, changed / max(made, 1)
