"""What a sweep needs of a scenario, as arrays; and the rules that amount to bounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from allocator.planning.indicators import NORMALISERS, IndicatorTable, indicator_table
from allocator.planning.reference import target
from allocator.planning.rules import order_folds
from allocator.planning.weights import weigh
from allocator.sweeping.options import GROWTH, MAP, NORMALISER, SPREAD
from scenarios.errors import InputError
from scenarios.file.schema import MapName, NormaliserName
from scenarios.load import Scenario
from scenarios.on_grid import OnGrid
from scenarios.rules.kinds import Budget, Demand
from scenarios.rules.uncertainty import half_widths
from solvers.closed.groups import Group

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ProvinceArrays:
    """What the chain needs of a scenario, as arrays; n regions, m indicators, k criteria."""

    # Normalised indicators under each normaliser that samples choose from, each of shape (n, m)
    tables: tuple[Array, ...]
    within: tuple[Array, ...]  # Weights inside the criteria under the same normalisers, each of shape (m,)
    criterion_of: NDArray[np.intp]  # Position of the criterion of each indicator, shape (m,)
    usable: NDArray[np.bool_]  # Indicators that differ between regions, shape (m,)
    criteria: Array  # The plan's criterion weights, shape (k,)
    # emissions, gdp, growth: Shape (n,)
    emissions: Array
    gdp: Array
    growth: Array
    half_widths: Array  # How far each growth factor may be off, shape (n,); zeros where nothing is said
    # asked, left: R + margin, fraction; and what the cities may emit under a cap on the total, 万吨, None without one
    asked: float
    left: float | None
    # reserve, reserve_gdp: of the cap, where it counts in the intensity, 万吨, and the GDP that comes with it, 亿元
    reserve: float
    reserve_gdp: float
    # spread, map, relative: The reference settings
    spread: float
    map: MapName
    relative: bool
    # lower, upper: Bounds with the rules that amount to bounds folded in, shape (n,)
    lower: Array
    upper: Array

    def __len__(self) -> int:
        return int(self.emissions.size)


def province(scenario: Scenario, over: Sequence[str]) -> ProvinceArrays:
    """Return the arrays of a scenario.

    Raises InputError: A choice that the scenario leaves no room for: growth without margins, a spread that is not used.
    """
    base = target(scenario)
    file, regions = scenario.file, scenario.regions
    widths = half_widths(file, regions)
    _check_room(scenario, over, widths is not None)
    tables, within = [base.indicators.normalised], [base.weights.within]
    if NORMALISER in over:
        for name in NORMALISERS:
            changed = _under(scenario, name)
            if changed is not None:
                tables.append(changed[0].normalised)
                within.append(changed[1])
        tables, within = tables[1:], within[1:]
    names = list(base.weights.criteria)
    lower, upper = folded_bounds(scenario)
    baseline = scenario.baseline
    return ProvinceArrays(
        tables=tuple(tables),
        within=tuple(within),
        criterion_of=np.array([names.index(criterion) for criterion, _ in base.indicators.keys], dtype=np.intp),
        usable=~base.indicators.constant,
        criteria=np.array(list(base.weights.criteria.values())),
        emissions=baseline.emissions,
        gdp=baseline.gdp,
        growth=baseline.growth,
        half_widths=np.zeros(len(regions)) if widths is None else np.array([float(d) for d in widths]),
        asked=baseline.target + baseline.margin,
        left=float(baseline.total.left) if baseline.total else None,
        reserve=float(baseline.total.reserve) if baseline.total and baseline.total.counts else 0.0,
        reserve_gdp=float(baseline.total.reserve_gdp) if baseline.total else 0.0,
        spread=float(file.reference.spread or 0),
        map=file.reference.map,
        relative=file.reference.deviation == "relative",
        lower=lower,
        upper=upper,
    )


def _check_room(scenario: Scenario, over: Sequence[str], margins: bool) -> None:
    """Refuse choices that cannot vary."""
    if GROWTH in over and not margins:
        raise InputError.of("sweep_no_margins", scenario.place("growth_uncertainty"))
    if SPREAD in over and MAP not in over and scenario.file.reference.map != "linear":
        raise InputError.of("sweep_no_spread", scenario.place("reference", "map"), map=scenario.file.reference.map)


def _under(scenario: Scenario, normaliser: NormaliserName) -> tuple[IndicatorTable, Array] | None:
    """Return indicators and weights under one normaliser for all; None where it cannot be used."""
    criteria = {
        key: criterion.model_copy(
            update={
                "indicators": {
                    name: indicator.model_copy(update={"normaliser": normaliser})
                    for name, indicator in criterion.indicators.items()
                }
            }
        )
        for key, criterion in scenario.file.criteria.items()
    }
    changed = replace(scenario, file=scenario.file.model_copy(update={"criteria": criteria}))
    try:
        table = indicator_table(changed)
        return table, weigh(changed, table).within
    except InputError:
        return None


def folded_bounds(scenario: Scenario) -> tuple[Array, Array]:
    """Return the bounds of the plan with floors, ceilings, held rates and the order folded in, shape (n,) each.

    For the order, l becomes the largest l of those a region must not stand below, and u the least
    of those that must not stand below it. References keep the order for all weights, so clipping to
    these bounds keeps it too (method, section 4), where `order_folds`; elsewhere the order is left out.
    """
    within = OnGrid.of(scenario)
    lower, upper = np.array(within.lower, dtype=float), np.array(within.upper, dtype=float)
    for demand in within.demands:
        floors, ceilings = ({}, {}) if demand.kept() else demand.limits()
        for i, floor in floors.items():
            lower[i] = max(lower[i], float(floor))
        for i, ceiling in ceilings.items():
            upper[i] = min(upper[i], float(ceiling))
        for i, value in demand.kept().items():
            lower[i] = upper[i] = value
    pairs = [pair for demand in scenario.demands for pair in demand.order()]
    pairs = pairs if order_folds(scenario) else []
    changed = bool(pairs)
    while changed:
        before = lower.copy(), upper.copy()
        for i, j in pairs:
            lower[i] = max(lower[i], lower[j])
            upper[j] = min(upper[j], upper[i])
        changed = bool((before[0] != lower).any() or (before[1] != upper).any())
    return lower, upper


def has_closed_form(demands: Iterable[Demand], folds: bool = True) -> bool:
    """Return whether all rules amount to bounds; those of order only where bounds can say them."""
    return all(demand.amounts_to_bounds(folds) for demand in demands)


def budget_groups(demands: Sequence[Demand], coefficients: Array, folds: bool = True) -> tuple[Group, ...] | None:
    """Return the budgets of a scenario as needs of groups, where the closed form can keep them.

    With a = k E g, a budget sum E g (1 - r) + projects <= limit is the need
    sum a r >= sum a - k (limit - projects).

    `coefficients`: a of the backing row, shape (n,).
    `folds`: whether bounds can say the order.
    Returns None where a rule is neither a bound nor a budget, budgets share a region, or the order is kept as well
    (method, section 4).
    """
    budgets = [demand for demand in demands if isinstance(demand, Budget)]
    others = [demand for demand in demands if not isinstance(demand, Budget)]
    members = [i for budget in budgets for i in budget.end_emissions]
    ordered = any(demand.order() for demand in others)
    if not has_closed_form(others, folds) or (budgets and ordered) or len(set(members)) < len(members):
        return None
    return tuple(_group(budget, coefficients) for budget in budgets)


def _group(budget: Budget, coefficients: Array) -> Group:
    members = np.array(list(budget.end_emissions), dtype=np.intp)
    ends = sum(budget.end_emissions.values(), Fraction(0))
    a = float(coefficients[members].sum())
    return Group(members, a * float(1 - (budget.limit - budget.projects) / ends))
