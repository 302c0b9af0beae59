"""Who goes into which class, where the planner leaves that open or says it by hand."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from reports.printing.numbers import numeral, short
from reports.words import LABELS
from scenarios.load import Scenario
from scenarios.schema_types import Words
from scenarios.wording import Language, listed
from solvers.closed.natural_breaks import natural_breaks, silhouette
from solvers.printable.exact import GridTable

Array = NDArray[np.float64]

FEWEST_PROPOSED, MOST_PROPOSED = 3, 5
"""Official tables have three to five classes."""


def class_order(
    scenario: Scenario, scores: Array, fixed: Mapping[int, Fraction] = MappingProxyType({})
) -> tuple[Array, int]:
    """Return the order that classes must keep, and how many there may be.

    `scenario`, `scores`: what is asked, and the scores, shape (n,).
    `fixed`: position -> rate of the regions whose rate is given; classes given or proposed are those of the others, and
    every fixed rate may be one more.
    Returns `order`, `most`: A higher value never gets a lower class and equal values share one, shape (n,): the scores
    themselves, or minus the class where that is given or proposed.
    """
    asked = scenario.file.publish.classes
    if isinstance(asked, int):
        return scores, asked
    numbers = proposed_classes(scores) if asked == "auto" else given_classes(scenario)
    others = np.delete(numbers, list(fixed))
    return -numbers.astype(float), int(np.unique(others).size) + len(set(fixed.values()))


def proposed_classes(scores: Array) -> NDArray[np.int_]:
    """Return classes proposed by natural breaks of the scores, 1 for the highest, shape (n,).

    The number of classes, three to five, is the one with the largest mean silhouette. Up to
    three different scores are a class each.
    """
    distinct, labels = np.unique(-scores, return_inverse=True)
    if distinct.size <= FEWEST_PROPOSED:
        return np.asarray(labels + 1, dtype=int)
    order = np.argsort(scores, kind="stable")
    points, most = scores[order], min(MOST_PROPOSED, distinct.size - 1)
    found = natural_breaks(points, most)
    starts = max((found[k] for k in range(FEWEST_PROPOSED, most + 1)), key=lambda tried: silhouette(points, tried))
    labels[order] = np.repeat(np.arange(starts.size - 1, 0, -1), np.diff(starts))
    return np.asarray(labels, dtype=int)


def given_classes(scenario: Scenario) -> NDArray[np.int_]:
    """Return the classes that the scenario gives every region, shape (n,)."""
    regions, asked = scenario.regions, scenario.file.publish.classes
    assert isinstance(asked, dict)
    index = regions.index
    numbers = np.zeros(len(regions), dtype=int)
    for name, number in asked.items():
        position = index.find(name)
        if position is not None:
            numbers[position] = number
    return numbers


_SHOWN = 12


def outside(rounding: GridTable) -> frozenset[int]:
    """Return the regions whose published rate stands against the order, and not only outside it."""
    named = {n for pair in rounding.against for n in pair}
    return frozenset(named & set(rounding.outside))


def standing_notices(scenario: Scenario, rounding: GridTable) -> tuple[Words, ...]:
    """Return what must be said of a published table's order."""
    said = [_against(scenario, rounding)] if rounding.against else []
    return (*said, *_merged(scenario, rounding))


def _against(scenario: Scenario, rounding: GridTable) -> Words:
    code = "rounded_against" if rounding.numbers is None else "fixed_against"
    return Words(**{lang: LABELS.say(code, lang, pairs=_pairs(scenario, rounding, lang)) for lang in ("zh", "en")})


def _pairs(scenario: Scenario, rounding: GridTable, language: Language) -> str:
    """Return the pairs in words, the first of many."""
    names, rates = scenario.regions.labels(language), [short(float(rate)) for rate in rounding.rates]
    said = [
        LABELS.say("against_pair", language, lower=names[i], lower_rate=rates[i], higher=names[j], higher_rate=rates[j])
        for i, j in rounding.against[:_SHOWN]
    ]
    if len(rounding.against) > _SHOWN:
        said.append(LABELS.say("against_more", language, count=len(rounding.against)))
    return listed(said, language)


def _merged(scenario: Scenario, rounding: GridTable) -> list[Words]:
    """Return which classes given by hand ended on one rate; regions outside the order play no part."""
    if rounding.numbers is None or not isinstance(scenario.file.publish.classes, dict):
        return []
    given = given_classes(scenario)
    ordered = np.setdiff1d(np.arange(given.size), rounding.outside)
    printed: dict[int, set[int]] = {}
    for n in ordered.tolist():
        printed.setdefault(rounding.numbers[n], set()).add(int(given[n]))
    rates: Mapping[int, str] = {
        number: short(float(rate)) for number, rate in zip(rounding.numbers, rounding.rates, strict=True)
    }
    return [
        Words(
            zh=LABELS.say("classes_merged", "zh", given=listed(map(numeral, sorted(group)), "zh"), rate=rates[number],
                          number=numeral(number)),
            en=LABELS.say("classes_merged", "en", given=listed(map(str, sorted(group)), "en"), rate=rates[number],
                          number=number),
        )
        for number, group in sorted(printed.items())
        if len(group) > 1
    ]  # fmt: skip
