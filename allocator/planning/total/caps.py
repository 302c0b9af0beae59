"""Caps of the cities beside their printed rates: whole numbers that add up to the cap of the province exactly.

With what a city emits at its printed rate and planned growth, x = E g (1 - r), the cap C, the reserve B, and what a
residual line emits left out of both:

    rates   x                     Σ c = ⌊Σ x⌋, the reserve is what is left
    total   x (C - B) / Σ x       Σ c = C - B
    base    E (C - B) / Σ E       Σ c = C - B, equal growth of emissions
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from scenarios.errors import Finding, InputError
from scenarios.load import Scenario
from scenarios.sense.figures import exactly
from scenarios.total.cap import Total
from scenarios.total.caps import AskedCaps, CityCaps, allowed_by
from scenarios.total.draws import Draw
from scenarios.wording import LANGUAGES, some
from solvers.printable.shares import whole, whole_in_groups


@dataclass(frozen=True)
class Tried:
    """Caps as far as they can be made, and what is wrong with them."""

    caps: CityCaps  # With the draws that the reserve has room for
    draws: tuple[Draw, ...]  # Those draws
    wrong: tuple[Finding, ...]  # Everything that a plan refuses, each with its place


def caps_of(scenario: Scenario, rates: Sequence[Decimal]) -> CityCaps | None:
    """Return the caps that go with printed rates, 万吨; None without a cap on the province.

    `rates`: as printed, fractions, in the order of the scenario's regions, length n.
    Raises InputError: draws beyond what is left, and a step that leaves a region nothing.
    """
    tried = caps_tried(scenario, rates)
    if tried is not None and tried.wrong:
        raise InputError(tried.wrong)
    return None if tried is None else tried.caps


def caps_tried(scenario: Scenario, rates: Sequence[Decimal]) -> Tried | None:
    """Return the caps that go with printed rates, and what is wrong with them; None without a cap on the province.

    `rates`: as in `caps_of`; not looked at where caps do not follow them.
    """
    asked, total = scenario.caps, scenario.baseline.total
    if asked is None or total is None:
        return None
    if asked.given is not None:
        return _with_draws(asked.given.values, asked, total)
    wanted = [value / asked.step for value in _wanted(scenario, asked, total, rates)]
    steps = floor(sum(wanted, Fraction(0)))
    groups = scenario.regions.groups
    found = whole_in_groups(wanted, groups, steps) if asked.subtotals and any(groups) else whole(wanted, steps)
    caps = [steps * asked.step for steps in found]
    nothing = _nothing(scenario, caps, asked.step, min(wanted) * asked.step)
    return _with_draws(caps, asked, total, tuple(nothing))


def _nothing(scenario: Scenario, caps: Sequence[Fraction], step: Fraction, least: Fraction) -> Iterator[Finding]:
    """Yield a step that leaves a region no cap at all; `least`: of the caps before rounding, 万吨."""
    zh, en = (scenario.regions.labels(language) for language in LANGUAGES)
    without = [k for k, cap in enumerate(caps) if cap <= 0]
    if without:
        regions = some([zh[k] for k in without], [en[k] for k in without])
        shown = {"step": exactly(step), "least": f"{float(least):,.1f}", "regions": regions}
        yield Finding("step_beyond", scenario.place("total", "step"), shown)


def _with_draws(
    caps: Sequence[Fraction], asked: AskedCaps, total: Total, wrong: tuple[Finding, ...] = ()
) -> Tried:  # fmt: skip
    """Return caps with what projects are given of the reserve; the sum of caps and reserve stays.

    A draw beyond what is left is wrong and takes nothing. `wrong`: what already is.
    """
    left = total.cap - total.outside - sum(caps, Fraction(0))
    found, fitting, beyond = list(caps), list[Draw](), list[Finding]()
    for draw in asked.draws:
        if draw.amount > left:
            shown = {"project": draw.project, "found": exactly(draw.amount), "left": exactly(left)}
            beyond.append(Finding("draw_beyond", draw.place, shown))
            continue
        found[draw.region] += draw.amount
        fitting.append(draw)
        left -= draw.amount
    return Tried(CityCaps(tuple(found)), tuple(fitting), (*wrong, *beyond))


def _wanted(scenario: Scenario, asked: AskedCaps, total: Total, rates: Sequence[Decimal]) -> list[Fraction]:
    """Return the caps before they are rounded, 万吨."""
    if asked.policy == "base":
        return _scaled([Fraction(value) for value in scenario.regions.emissions], total.left)
    left = allowed_by(rates, scenario.regions)
    return left if asked.policy == "rates" else _scaled(left, total.left)


def _scaled(values: Sequence[Fraction], total: Fraction) -> list[Fraction]:
    """Return values in proportion, adding up to a total."""
    whole_sum = sum(values, Fraction(0))
    return [value * total / whole_sum for value in values]
