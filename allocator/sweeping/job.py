"""A sweep as one value that can be sent to a worker, and a chunk of it computed there."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allocator.planning.plan import Plan, plan
from allocator.planning.rules import order_folds, solver_rules
from allocator.sweeping.arrays import budget_groups, has_closed_form, province
from allocator.sweeping.levels import ClassLevels, frame, levels
from allocator.sweeping.options import CHOICES, GROWTH, WEIGHTS, SweepOptions, weight_design
from allocator.sweeping.samples import SampleChain, Samples
from allocator.sweeping.summary import Frame, Summary
from scenarios.errors import InputError, Place
from scenarios.load import Scenario
from scenarios.on_grid import OnGrid
from scenarios.rules.kinds import Between, Budget, Demand, Pairs, Span
from solvers.closed.blocks import Block, BlockWaterfill
from solvers.closed.groups import Group, GroupWaterfill
from solvers.leximin import HotLeximin
from solvers.problem import Infeasible, SplitProblem

Array = NDArray[np.float64]

_CELLS_OF_CHUNK = 4_000_000
"""Rates in a chunk of the closed form, at least: about a tenth of a second."""

_OF_SUMMARY = 4
"""Rates in a chunk for each number of its summary, at least, so that adding up does not take longer than computing."""

_SLOW_BLOCK = 64
"""Samples in a block where every one is a sequence of linear programs."""

_HAIR = 1e-12


@dataclass(frozen=True, eq=False)
class Job:
    """What to sample, and what to hold it against."""

    chain: SampleChain  # From numbers to split problems
    frame: Frame  # Classes and bins
    samples: int  # How many
    demands: tuple[Demand, ...] = ()  # Rules that the closed form cannot say; without them it answers
    groups: tuple[Group, ...] = ()  # Budgets of disjoint groups, which the closed form can say
    at_least: bool = False  # Whether the weighted sum may exceed the total
    may_exceed: bool = False  # Whether it may, as little as can be, where there is no split at the total itself

    @property
    def block(self) -> int:
        """Samples in a block; a block is always computed whole, in one place."""
        return _SLOW_BLOCK if self.demands else self.chain.block

    @property
    def chunk(self) -> int:
        """Samples in a chunk: whole blocks, enough to keep a worker busy for some 50 ms or more."""
        if self.demands:
            return self.block
        cells = max(_CELLS_OF_CHUNK, _OF_SUMMARY * len(self.frame) * self.frame.bins)
        blocks = max(cells // (self.block * len(self.chain.province)), 1)
        return int(self.block << (blocks.bit_length() - 1))

    @property
    def chunks(self) -> int:
        """Number of chunks."""
        return -(-self.samples // self.chunk)

    def rates(self, samples: Samples) -> tuple[Array, NDArray[np.bool_]]:
        """Return the splits of some samples and whether there is one, shapes (n, samples) and (samples,)."""
        return _by_programs(self, samples) if self.demands else self.closed(samples.block, self.closed_form())

    def problem(self, block: Block, number: int) -> SplitProblem:
        """Return one problem of a block."""
        return problem_of(block, number, self.at_least, self.may_exceed)

    def closed(self, block: Block, fill: BlockWaterfill | GroupWaterfill) -> tuple[Array, NDArray[np.bool_]]:
        """Return the splits of a block in closed form; lower bounds that add up to more leave themselves alone."""
        rates, reached = fill.solve(block)
        if self.may_exceed and not reached.all():
            above = np.flatnonzero(~reached & (block.weighted(block.lower) > block.totals))
            rates[:, above], reached[above] = block.some(above).lower, True
        return rates, reached

    def closed_form(self) -> BlockWaterfill | GroupWaterfill:
        """Return a solver for the blocks of this job."""
        members = len(self.chain.province)
        if self.groups:
            return GroupWaterfill(members, self.chain.block, self.groups)
        return BlockWaterfill(members, self.chain.block)


@dataclass(frozen=True, eq=False)
class KeptSamples:
    """The samples of a chunk themselves, for those who keep them."""

    numbers: NDArray[np.intp]  # Shape (samples,)
    weights: Array  # Criterion weights, shape (k, samples)
    rates: Array  # Shape (n, samples)


def run_chunk(job: Job, number: int, keep: bool = False) -> tuple[Summary, KeptSamples | None]:
    """Compute one chunk.

    Raises SampleWrong: A split does not satisfy its bounds or backing row.
    Raises SolverFailure: the solver gave no answer.
    """
    first, last = number * job.chunk, min((number + 1) * job.chunk, job.samples)
    whole = -(-(last - first) // job.block) * job.block
    points = job.chain.cube.points(first, first + whole)
    fill = None if job.demands else job.closed_form()
    total, drawn = Summary.empty(job.frame), []
    for start in range(first, last, job.block):
        stop = min(start + job.block, last)
        samples = job.chain.samples(points[:, start - first : stop - first], start)
        rates, reached = job.rates(samples) if fill is None else job.closed(samples.block, fill)
        total.take(job.frame, samples, rates, reached, job.at_least or job.may_exceed)
        if keep:
            drawn.append((samples.numbers[reached], samples.weights[:, reached], rates[:, reached]))
    if not keep:
        return total, None
    return total, KeptSamples(*(np.concatenate(parts, axis=-1) for parts in zip(*drawn, strict=True)))


def problem_of(block: Block, number: int, at_least: bool = False, may_exceed: bool = False) -> SplitProblem:
    """Return one problem of a block."""
    columns = (block.coefficients, block.reference, block.scale, block.lower, block.upper)
    a, reference, scale, lower, upper = (
        c[:, 0] if c.shape[1] == 1 else np.ascontiguousarray(c[:, number]) for c in columns
    )
    return SplitProblem(a, float(block.totals[number]), reference, scale, lower, upper, at_least, may_exceed)


def _by_programs(job: Job, samples: Samples) -> tuple[Array, NDArray[np.bool_]]:
    """Return the splits under rules that bounds cannot say.

    Where the closed form without these rules keeps them anyway it is the answer: nothing nearer
    to the references was to be had with fewer rules. The others go through one hot program, one
    after another; a block has programs of its own, so that no sample depends on other blocks.
    """
    block = samples.block
    rates, reached = job.closed(block, job.closed_form())
    hot: HotLeximin | None = None
    for n in np.flatnonzero(reached & (_broken(job.demands, rates) | job.at_least)).tolist():
        reached[n] = False
        problem = job.problem(block, n)
        hot = hot or HotLeximin(problem, tuple(solver_rules(job.demands).values()))
        with suppress(Infeasible):
            rates[:, n], reached[n] = hot.solve(problem).rates, True
    return rates, reached


def _broken(demands: Iterable[Demand], rates: Array) -> NDArray[np.bool_]:
    """Return which splits break a rule, shape (samples,); rules that amount to bounds are kept by all."""
    broken = np.zeros(rates.shape[1], dtype=bool)
    for demand in demands:
        match demand:
            case Span(members=members, width=width):
                broken |= np.ptp(rates[list(members)], axis=0) > float(width) + _HAIR
            case Budget(end_emissions=ends, projects=projects, limit=limit):
                weights = np.array([float(end) for end in ends.values()])
                emissions = np.einsum("i,ij->j", weights, 1 - rates[list(ends)])
                broken |= emissions + float(projects) > float(limit) * (1 + _HAIR)
            case Between():
                pass
            case Pairs(pairs=pairs):
                for i, below in groupby(sorted(pairs), key=itemgetter(0)):
                    broken |= rates[[j for _, j in below]].max(axis=0) > rates[i] + _HAIR
            case _:
                broken[:] = True
    return broken


@dataclass(frozen=True, eq=False)
class Prepared:
    """A sweep before it runs."""

    # scenario, options: What is asked
    scenario: Scenario
    options: SweepOptions
    plan: Plan  # The plan
    levels: ClassLevels  # Classes by rate
    job: Job  # What is computed

    @property
    def asked(self) -> dict[str, Any]:
        """What makes this sweep another one than others, JSON-ready."""
        options = self.options
        return {
            "scenario": [source.sha256 for source in self.scenario.inputs],
            "settings": list(self.scenario.overrides),
            "samples": options.samples,
            "seed": options.seed,
            "over": sorted(options.over),
            "sampler": options.sampler,
            "concentration": options.concentration,
            "fixed": dict(sorted(options.fixed.items())),
            "version": version("carbon-target-allocator"),
        }


def prepare(scenario: Scenario, options: SweepOptions) -> Prepared:
    """Check a sweep and make its plan.

    Raises InputError: options or scenario cannot be used.
    Raises NoSplit: the plan itself has no split.
    """
    base = plan(scenario)
    design = weight_design(options, base.targeting)
    over = tuple(choice for choice in CHOICES if choice in options.over)
    arrays = province(scenario, over)
    found = levels(base)
    chain = SampleChain(arrays, over, design, options.seed)
    problem = base.targeting.problem
    groups = budget_groups(scenario.demands, problem.coefficients, order_folds(scenario))
    if groups and problem.may_exceed:
        groups = None
    job = Job(
        chain,
        frame(base, arrays, over, found),
        design.size if WEIGHTS in over else options.samples,
        OnGrid.of(scenario).demands if groups is None else (),
        groups or (),
        problem.at_least,
        problem.may_exceed,
    )
    if GROWTH in over and not has_closed_form(scenario.demands, order_folds(scenario)):
        raise InputError.of("sweep_growth_rules", Place(key="--over"))
    return Prepared(scenario, replace(options, over=over), base, found, job)
