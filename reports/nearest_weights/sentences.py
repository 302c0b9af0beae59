"""The nearest weights for a rate in sentences, and as a table of all regions' rates."""

from __future__ import annotations

import math
import shlex
from collections.abc import Iterable

from reports.nearest_weights.record import RatesRecord, WeightsForRecord
from reports.printing.numbers import minus, short
from reports.printing.table import csv_text
from reports.words import LABELS
from reports.words.pages.weights_for import WORDS
from scenarios.quantities import in_own_words
from scenarios.tables.cells import per_cent
from scenarios.tables.text_table import escape_text
from scenarios.wording import Language, listed

_HEADS = ("city", "rate", "published", "rate_then", "published_then")


@in_own_words
def weights_for_statements(record: WeightsForRecord, source: str, language: Language) -> list[str]:
    """Return the answer in lines.

    `source`: the scenario as the command line names it.
    """
    name, own, asked = record.region.label(language), record.own, short(record.threshold)
    title = "title_at_most" if record.at_most is not None else "title_at_least"
    lines = [
        WORDS.say(title, language, title=record.title.say(language), name=name, asked=asked),
        WORDS.say("now", language, name=name, rate=_rate(own.rate), published=short(own.published)),
    ]
    if record.outcome == "already":
        return [*lines, WORDS.say("already", language)]
    if record.meets(own.published):
        lines.append(WORDS.say("already_printed", language))
    lines += _outcome(record, name, asked, language)
    moved = bool(_changes(record, language))
    return [*lines, WORDS.say("try", language, command=command(record, source))] if moved else lines


def _outcome(record: WeightsForRecord, name: str, asked: str, language: Language) -> list[str]:
    """Return whether it can be had, by which weights, and what that means for all."""
    changes = _changes(record, language)
    if not changes:
        return [WORDS.say("bound", language, name=name, asked=asked)]
    if record.outcome == "reached":
        lines = [_reached(record, changes, language)]
    else:
        rate = _rate(record.nearest_rate if record.nearest_rate is not None else record.own.rate)
        lines = [WORDS.say(record.outcome, language, rate=rate, changes=changes)]
    own = record.own
    if own.published_then is None:
        return [*lines, WORDS.say("then_unprinted", language, name=name, rate=_just(record))]
    said = {"name": name, "rate": _just(record), "published": short(own.published_then)}
    lines.append(WORDS.say("then", language, **said))
    if record.outcome == "reached" and not record.meets(own.published_then):
        lines.append(WORDS.say("then_rounded", language, asked=asked))
    return [*lines, _others(record.regions, record.region.id, language)]


def _reached(record: WeightsForRecord, changes: str, language: Language) -> str:
    """Return how much weight it takes, and whether less may do."""
    shift, lower = record.shift or 0.0, record.lower or 0.0
    least = math.floor(lower * 10_000 + 1e-6) / 100
    code = "reached_exact" if record.exact else "reached_between" if least > 0 else "reached_search"
    points = f"{math.ceil(shift * 10_000 - 1e-6) / 100:.2f}"
    return WORDS.say(code, language, points=points, changes=changes, least=f"{least:.2f}")


def _changes(record: WeightsForRecord, language: Language) -> str:
    """Return the criteria whose weights change, as they are in the plan and at the weights found."""
    found = ((c, c.tried if record.outcome != "reached" else c.nearest) for c in record.criteria)
    return listed(
        (
            WORDS.say("change", language, criterion=c.label.say(language), before=_rate(c.weight), after=_rate(after))
            for c, after in found
            if after is not None and abs(after - c.weight) >= 5e-5
        ),
        language,
    )


def _just(record: WeightsForRecord) -> str:
    """Return the computed rate with the weights of the settings, with decimals that show on which side it is."""
    rate = record.own.rate_then or 0.0
    digits = next((n for n in range(2, 8) if record.outcome != "reached" or rate == record.threshold
                   or per_cent(rate, n) != per_cent(record.threshold, n)), 8)  # fmt: skip
    return minus(per_cent(rate, digits))


def _others(regions: Iterable[RatesRecord], own: str, language: Language) -> str:
    """Return whose published rates change besides."""
    moved = [
        WORDS.say("other", language, name=each.label(language), before=short(each.published),
                  after=short(each.published_then))
        for each in regions
        if each.id != own and each.published_then is not None and each.published_then != each.published
    ]  # fmt: skip
    return (
        WORDS.say("others", language, changes=listed(moved, language)) if moved else WORDS.say("others_none", language)
    )


def command(record: WeightsForRecord, source: str) -> str:
    """Return the command line that computes the plan with the weights found."""
    settings = [part for setting in (*record.overrides, *record.settings) for part in ("--set", setting)]
    return shlex.join(["allocator", "plan", source, *settings])


def weights_for_csv(record: WeightsForRecord, language: Language) -> bytes:
    """Return the rates of all regions by the plan, and with the weights found, UTF-8 with BOM."""
    heads = [LABELS.say("id", language), *(WORDS.say(code, language) for code in _HEADS)]
    rows = [
        [each.id, escape_text(each.label(language)),
         *("" if rate is None else per_cent(rate, digits) for rate, digits in (
             (each.rate, 4), (each.published, 2), (each.rate_then, 4), (each.published_then, 2)))]
        for each in record.regions
    ]  # fmt: skip
    return csv_text([heads, *rows]).encode("utf-8-sig")


def _rate(rate: float) -> str:
    return minus(per_cent(rate, 2))
