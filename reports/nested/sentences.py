"""Several levels in sentences, from the record of a plan, or of a tree of tables that was judged."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from reports.nested.words import WORDS
from reports.planning.record import BelowRecord, PlanRecord, TreeRecord
from reports.printing.numbers import figure, minus, signed
from reports.printing.table import text_table
from scenarios.tables.cells import exact, exact_per_cent, per_cent
from scenarios.tables.regions import Regions
from scenarios.wording import Language, colon, listed

_COLUMNS = ("city", "members", "printed", "asked", "need", "unchanged", "implied", "over")


def below_statements(record: PlanRecord, language: Language) -> list[str]:
    """Return the level below a plan: a line a city, then the province by its leaves; nothing without one."""
    below, tree = record.below, record.tree
    if below is None or tree is None:
        return []
    head = WORDS.say("head", language, cities=len(below), members=sum(one.members for one in below))
    asks = any(one.asked != one.printed for one in below)
    return [
        "",
        head,
        *below_table(below, language, asks),
        *[line for one in below for line in _said(one, language)],
        *tree_statements(tree, record.province.target, language),
    ]


def below_table(below: Sequence[BelowRecord], language: Language, asks: bool = False) -> list[str]:
    """Return a line a city; `asks`: whether what its counties are asked is another rate than its own."""
    columns = [code for code in _COLUMNS if asks or code != "asked"]
    heads = [WORDS.say(code, language) for code in columns]
    return text_table(heads, [_cells(one, columns, language) for one in below])


def _cells(one: BelowRecord, columns: Iterable[str], language: Language) -> list[str]:
    cells = {
        "city": one.label(language),
        "members": str(one.members),
        "printed": _rate(one.printed),
        "asked": minus(per_cent(one.asked, 4)),
        "need": minus(per_cent(one.uniform_rate, 4)),
        "unchanged": minus(per_cent(one.unchanged, 4)),
        "implied": minus(per_cent(one.implied, 4)),
        "over": signed(one.overshoot_points / 100, 4),
    }
    return [cells[code] for code in columns]


def _said(one: BelowRecord, language: Language) -> list[str]:
    """Return that a city is not backed by its counties: they are asked less than it printed, or fall short."""
    if one.verdict == "backed":
        return []
    short = exact(one.printed) - exact(one.implied)
    values = {
        "name": one.label(language),
        "asked": _rate(one.asked) if one.asked == one.printed else minus(per_cent(one.asked, 4)),
        "printed": _rate(one.printed),
        "implied": minus(per_cent(one.implied, 4)),
        "points": per_cent(short, 4),
        "tonnes": figure(float(short) * 100 * one.point_10kt, 2),
    }
    return [WORDS.say("borne" if one.asked < one.printed else "short", language, **values)]


def tree_statements(tree: TreeRecord, target: float, language: Language) -> list[str]:
    """Return the province by its leaves, what every level adds, and both verdicts where one of them is bad."""
    over, counties = tree.overshoot_points
    values = {
        "implied": minus(per_cent(tree.implied_by_leaves, 4)),
        "target": _rate(target),
        "sigma": signed(tree.sigma_leaves, 4),
        "uniform": minus(per_cent(tree.uniform_rate, 4)),
        "verdict": WORDS.say("leaves_back" if tree.verdict == "backed" else "leaves_fail", language),
    }
    levels = {
        "cities": signed(over / 100, 4),
        "counties": signed(counties / 100, 4),
        "cities_t": figure(tree.overshoot_10kt[0], 2),
        "counties_t": figure(tree.overshoot_10kt[1], 2),
    }
    away = exact(tree.unchanged) - exact(target)
    handed = {
        "implied": minus(per_cent(tree.unchanged, 4)),
        "over": WORDS.say("more" if away >= 0 else "less", language),
        "points": per_cent(abs(away), 4),
        "tonnes": figure(abs(tree.unchanged_10kt), 2),
    }
    return [
        WORDS.say("leaves", language, **values),
        WORDS.say("levels", language, **levels),
        WORDS.say("handed_on", language, **handed),
        *both_verdicts(tree, language),
    ]


def both_verdicts(tree: TreeRecord, language: Language) -> list[str]:
    """Return how cities and province are judged where they are judged apart; nothing where all are backed."""
    whole = tree.verdict == "backed"
    if not tree.not_backed:
        return [] if whole else [WORDS.say("all_backed", language)]
    return [WORDS.say("both_failed" if whole else "none_backed", language, names=listed(tree.not_backed, language))]


def judged_statements(
    below: Sequence[BelowRecord], tree: TreeRecord | None, target: float, unread: Sequence[tuple[str, list[str]]],
    checks: Sequence[tuple[str, list[str]]], language: Language,
) -> list[str]:  # fmt: skip
    """Return a line a region, those whose tables cannot be used, and the province by its leaves.

    `unread`, `checks`: names of regions with what is wrong in their table, and with the checks that it fails.
    """
    lines = ["", *(below_table(below, language) if below else [])]
    lines += [line for one in below for line in _said(one, language)]
    for name, said in checks:
        lines += [f"{name}{colon(language)}{line}" for line in said]
    for name, said in unread:
        lines += [f"{WORDS.say('unread', language, name=name)}{colon(language)}{line}" for line in said]
    return [*lines, *([] if tree is None else tree_statements(tree, target, language))]


def no_tree_statements(
    root: PlanRecord, failed: Sequence[tuple[str, list[str]]], instead: PlanRecord | None, language: Language
) -> list[str]:
    """Return every city that has no table, with its reasons, and the province as it would be if these bound it.

    `failed`: names of cities and their reasons.
    """
    printed = {one.label(language): one.published_rate for one in root.regions}
    lines = [WORDS.say("no_tree", language, count=len(failed))]
    for name, why in failed:
        lines += ["", WORDS.say("no_tree_city", language, name=name, printed=_rate(printed[name])), *why]
    lines.append("")
    if instead is None:
        return [*lines, WORDS.say("instead_none", language)]
    after = {one.label(language): one.published_rate for one in instead.regions}
    shown = listed((f"{name} {_rate(rate)}%" for name, rate in after.items()), language)
    lines.append(WORDS.say("instead", language, rates=shown))
    moved = [
        f"{name} {signed(exact(rate) - exact(printed[name]), 2)}"
        for name, rate in after.items()
        if rate != printed[name]
    ]
    return [*lines, *([WORDS.say("instead_moves", language, moves=listed(moved, language))] if moved else [])]


def tree_csv(record: PlanRecord, below: Iterable[tuple[Regions, Sequence[Decimal]]], language: Language) -> str:
    """Return all levels as one table: parent, code, region, rate.

    `below`: members of each region and their rates, in the order of the record's level below.
    """
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write([WORDS.say(code, language) for code in ("parent", "code", "name", "rate")])
    whole = record.province.name.say(language)
    for one in record.regions:
        write([whole, one.id, one.label(language), _rate(one.published_rate)])
    for city, (members, rates) in zip(record.below or (), below, strict=True):
        for code, name, rate in zip(members.ids, members.labels(language), rates, strict=True):
            write([city.label(language), code, name, minus(exact_per_cent(rate))])
    return out.getvalue()


def _rate(rate: float) -> str:
    return minus(exact_per_cent(Decimal(repr(rate))))
