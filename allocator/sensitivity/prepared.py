"""A sweep before it runs: the plan, its classes, and the job."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from allocator.planning import Plan, plan
from allocator.sensitivity.chain import Chain
from allocator.sensitivity.choices import CHOICES, GROWTH, WEIGHTS
from allocator.sensitivity.job import Job
from allocator.sensitivity.levels import Levels, frame, levels
from allocator.sensitivity.options import SweepOptions, weight_design
from allocator.sensitivity.province import budget_groups, has_closed_form, province
from scenarios.errors import InputError, Place
from scenarios.load import Scenario
from scenarios.rules.uncertainty import Protection


@dataclass(frozen=True, eq=False)
class Prepared:
    """A sweep before it runs.

    Parameters
    ----------
    scenario, options
        What is asked.
    plan
        The plan.
    levels
        Classes by rate.
    job
        What is computed.
    """

    scenario: Scenario
    options: SweepOptions
    plan: Plan
    levels: Levels
    job: Job

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

    Raises
    ------
    InputError
        Options or scenario cannot be used.
    NoSplit
        The plan itself has no split.
    """
    base = plan(scenario)
    design = weight_design(options, base.targeting)
    over = tuple(choice for choice in CHOICES if choice in options.over)
    arrays = province(scenario, over)
    found = levels(base)
    chain = Chain(arrays, over, design, options.seed)
    groups = budget_groups(scenario.demands, base.targeting.problem.coefficients)
    job = Job(
        chain,
        frame(base, arrays, over, found),
        design.size if WEIGHTS in over else options.samples,
        scenario.demands if groups is None else (),
        groups or (),
        any(isinstance(demand, Protection) for demand in scenario.demands),
    )
    if GROWTH in over and not has_closed_form(scenario.demands):
        raise InputError.of("sweep_growth_rules", Place(key="--over"))
    return Prepared(scenario, replace(options, over=over), base, found, job)
