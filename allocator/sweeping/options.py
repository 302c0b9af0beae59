"""What a sweep is asked, checked before anything is computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from allocator.planning.reference import Targeting
from allocator.sweeping.designs import AROUND, DIRICHLET, GRID, ONE_AT_A_TIME, SAMPLERS, WeightDesign, lattice_steps
from scenarios.errors import Collector, Place
from scenarios.file.schema import MapName
from scenarios.tables.cells import CellError, parse_number

WEIGHTS, WITHIN, GROWTH, SPREAD, BOUNDS, NORMALISER, MAP = (
    "weights", "within", "growth", "spread", "bounds", "normaliser", "map",
)  # fmt: skip

CHOICES = (WEIGHTS, WITHIN, GROWTH, SPREAD, BOUNDS, NORMALISER, MAP)
"""The choices, in the order in which a sample takes its coordinates."""

SPREAD_RANGE = (0.5, 1.5)
"""The spread varies between so many times the scenario's."""

BOUNDS_RANGE = 0.02
"""Each end of all bounds moves by up to so much, up or down."""

MAPS: tuple[MapName, ...] = ("linear", "proportional", "uniform")

MOST = 2**30
"""The Sobol points end here."""

CONCENTRATION = 30.0
"""Of weights around the plan's where nothing is said: most lie within some 15 points of the plan's."""


@dataclass(frozen=True)
class SweepOptions:
    """What to sample.

    Parameters
    ----------
    samples
        How many.
    seed
        Another seed, other samples.
    over
        What varies, some of ``weights, within, growth, spread, bounds, normaliser, map``.
    sampler
        How criterion weights are drawn: ``dirichlet, around, grid, one-at-a-time``.
    concentration
        Of ``around`` only: the larger, the nearer to the plan's weights.
    fixed
        Criterion -> weight that no sample changes.
    exact
        Whether stability radii that bounds leave open are settled by integer programs, a second or more a region.
    """

    samples: int = 100_000
    seed: int = 1
    over: tuple[str, ...] = (WEIGHTS,)
    sampler: str = DIRICHLET
    concentration: float | None = None
    fixed: Mapping[str, float] = field(default_factory=dict)
    exact: bool = False


def read_fixed(settings: Iterable[str]) -> dict[str, float]:
    """Return what ``--fix capacity=40%`` says.

    Raises InputError: A setting of another form, or a second one of a criterion.
    """
    collector, fixed = Collector(), dict[str, float]()
    for setting in settings:
        key, _, value = setting.partition("=")
        try:
            number, percent = parse_number(value.strip())
        except CellError:
            collector.error("sweep_fix_form", Place(key="--fix"), found=setting)
            continue
        if key.strip() in fixed:
            collector.error("sweep_fix_twice", Place(key="--fix"), found=key.strip())
        fixed[key.strip()] = float(number) / (100 if percent else 1)
    collector.raise_errors()
    return fixed


def weight_design(options: SweepOptions, targeting: Targeting) -> WeightDesign:
    """Return the design of the criterion weights.

    Raises InputError: all that cannot be: no samples, unknown choices or criteria, weights fixed outside 0–1 or above
    one together, a sampler that the fixed weights leave nothing to vary.
    """
    collector = Collector()
    names = list(targeting.weights.criteria)
    plan = np.array(list(targeting.weights.criteria.values()))
    _check_numbers(options, collector)
    unknown = [choice for choice in options.over if choice not in CHOICES]
    if unknown or not options.over:
        collector.error("sweep_over", Place(key="--over"), found=", ".join(unknown), known=", ".join(CHOICES))
    if options.sampler not in SAMPLERS:
        collector.error("sweep_sampler", Place(key="--sampler"), found=options.sampler, known=", ".join(SAMPLERS))
    fixed = _fixed(options, names, collector)
    design = WeightDesign(options.sampler, plan, fixed, max(options.samples, 1), options.concentration or CONCENTRATION)
    collector.raise_errors()
    if WEIGHTS in options.over:
        _check_free(options, design, collector)
    collector.raise_errors()
    return design


def _check_numbers(options: SweepOptions, collector: Collector) -> None:
    if not 1 <= options.samples <= MOST:
        collector.error("sweep_samples", Place(key="--samples"), found=options.samples, most=MOST)
    if options.seed < 0:
        collector.error("sweep_seed", Place(key="--seed"), found=options.seed)
    concentration = options.concentration
    if concentration is not None and (options.sampler != AROUND or not 0 < concentration < np.inf):
        collector.error("sweep_concentration", Place(key="--concentration"), found=f"{concentration:g}")


def _fixed(options: SweepOptions, names: list[str], collector: Collector) -> dict[int, float]:
    """Return the fixed weights by position."""
    fixed, place = {}, Place(key="--fix")
    for key, value in options.fixed.items():
        if key not in names:
            collector.error("sweep_fix_unknown", place, found=key, known=", ".join(names))
        elif not 0 <= value <= 1:
            collector.error("sweep_fix_range", place, found=f"{key}={value:g}")
        else:
            fixed[names.index(key)] = value
    total = sum(fixed.values())
    if total > 1 + 1e-12:
        collector.error("sweep_fix_sum", place, found=f"{total:g}")
    if fixed and WEIGHTS not in options.over:
        collector.error("sweep_fix_unused", place)
    return fixed


def _check_free(options: SweepOptions, design: WeightDesign, collector: Collector) -> None:
    """Refuse a sampler that has nothing left to vary."""
    place = Place(key="--sampler")
    if design.free.size < 2 or design.mass < 1e-12:
        collector.error("sweep_nothing_free", place, found=design.free.size, sampler=options.sampler)
    elif options.sampler == GRID and lattice_steps(design.free.size, options.samples) < 1:
        collector.error("sweep_grid_small", place, found=options.samples, needed=design.free.size)
    elif options.sampler == ONE_AT_A_TIME and options.samples < 2 * design.free.size:
        collector.error("sweep_grid_small", place, found=options.samples, needed=2 * design.free.size)
    elif options.sampler == AROUND and not (design.plan[design.free] > 0).all():
        collector.error("sweep_around_zero", place)
