"""Asks about figures that were entered for an assessment and are far from what the scenarios say of the year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from allocator.assessing.indicators import Facts, computed_of
from reports.printing.numbers import all_digits
from scenarios.assessing.entries import Entries, Entry
from scenarios.assessing.pass_fail import Computed, Part, PassFail
from scenarios.errors import Collector, Finding
from scenarios.sense.asking import Answers, question, table_of
from scenarios.tables.cells import rounded

_OF_AMOUNTS, _OF_PER_CENT = 2, 10
"""A target that is so many times what is due of an amount, or of a per cent, is asked about."""
_LEAST = Fraction(1, 2)
"""A per cent that is due below this says nothing of what a target may be."""


def ask_far(rules: PassFail, entries: Entries | None, facts: Facts, answers: Answers) -> tuple[Finding, ...]:
    """Return what must be said of the figures that were entered.

    Raises InputError: questions about targets far from the year's own, and about fuels beyond all energy.
    """
    collector = Collector()
    if entries is not None:
        given = [(part, entries.parts[key]) for key, part in rules.parts.items() if key in entries.parts]
        found = (one for part, entry in given for one in _far(part, entry, facts, rules.printed_rates))
        answers.ask(found, collector)
    collector.raise_errors()
    return collector.notices


def _far(part: Part, entry: Entry, facts: Facts, printed: bool) -> Iterator[Finding]:
    """Yield what is asked of one part."""
    due, most = computed_of(part, facts, printed)[1], _OF_PER_CENT if part.in_per_cent else _OF_AMOUNTS
    usual = entry.target is None or part.is_usual(entry.target)  # Else it has been asked about
    if entry.target is not None and due is not None and usual and _is_far(entry.target, due, most, part.in_per_cent):
        cell = entry.cells["target"]
        shown = f"{all_digits(str(rounded(due, 2)), part=',')}{'%' if part.in_per_cent else ''}"
        said = {"found": cell.text, "due": shown, "times": most}
        yield question("entry_far", f"entry-far:{table_of(cell.place)}:{part.id}", cell.place, **said)
    if entry.figure is not None and _is_fuel(part) and facts.energy is not None and entry.figure > facts.energy:
        cell = entry.cells["figure"]
        said = {"found": cell.text, "all": all_digits(str(rounded(facts.energy, 1)))}
        yield question("entry_above_all", f"entry-above:{table_of(cell.place)}:{part.id}", cell.place, **said)


def _is_far(target: Decimal, due: Fraction, most: int, per_cent: bool) -> bool:
    """Return whether a target is `most` times what is due, or as little; of per cent, signs and nothing apart."""
    given = Fraction(target)
    if per_cent:
        return given != 0 and abs(due) >= _LEAST and not Fraction(1, most) < abs(given / due) < most
    return due > 0 and not Fraction(1, most) < given / due < most


def _is_fuel(part: Part) -> bool:
    """Return whether a part is of coal or oil in tonnes of coal equivalent."""
    fuel = isinstance(part.source, Computed) and part.source.scenario in ("coal", "oil")
    return fuel and part.unit is not None and part.unit.zh.replace("标煤", "标准煤") == "万吨标准煤"
