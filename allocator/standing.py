"""What a published table does to the order it was to keep: who stands outside, which classes became one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from allocator.grouping import given_classes
from reports.printing.numbers import numeral, short
from reports.words import LABELS
from scenarios.load import Scenario
from scenarios.schema_types import Words
from scenarios.wording import Language
from solvers.classes import Classing
from solvers.rounding import Rounding

_SHOWN = 12


def outside(rounding: Rounding | Classing) -> frozenset[int]:
    """Return the regions whose published rate stands against the order, and not only outside it."""
    named = {n for pair in rounding.against for n in pair}
    return frozenset(named & set(rounding.outside))


def standing_notices(scenario: Scenario, rounding: Rounding | Classing) -> tuple[Words, ...]:
    """Return what must be said of a published table's order."""
    said = [_against(scenario, rounding)] if rounding.against else []
    return (*said, *_merged(scenario, rounding))


def _against(scenario: Scenario, rounding: Rounding | Classing) -> Words:
    code = "fixed_against" if isinstance(rounding, Classing) else "rounded_against"
    return Words(**{lang: LABELS.say(code, lang, pairs=_pairs(scenario, rounding, lang)) for lang in ("zh", "en")})


def _pairs(scenario: Scenario, rounding: Rounding | Classing, language: Language) -> str:
    """Return the pairs in words, the first of many."""
    names, rates = scenario.regions.labels(language), [short(float(rate)) for rate in rounding.rates]
    listed = [
        LABELS.say("against_pair", language, lower=names[i], lower_rate=rates[i], higher=names[j], higher_rate=rates[j])
        for i, j in rounding.against[:_SHOWN]
    ]
    if len(rounding.against) > _SHOWN:
        listed.append(LABELS.say("against_more", language, count=len(rounding.against)))
    return ("、" if language == "zh" else ", ").join(listed)


def _merged(scenario: Scenario, rounding: Rounding | Classing) -> list[Words]:
    """Return which classes given by hand ended on one rate; regions outside the order play no part."""
    if not (isinstance(rounding, Classing) and isinstance(scenario.file.publish.classes, dict)):
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
            zh=LABELS.say("classes_merged", "zh", given="、".join(map(numeral, sorted(group))), rate=rates[number],
                          number=numeral(number)),
            en=LABELS.say("classes_merged", "en", given=", ".join(map(str, sorted(group))), rate=rates[number],
                          number=number),
        )
        for number, group in sorted(printed.items())
        if len(group) > 1
    ]  # fmt: skip
