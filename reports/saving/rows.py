"""The values of a scenario by the rows of the workbook that they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from scenarios.file.book.slots import (
    NAME,
    OWN_SHEETS,
    Path,
    Slot,
    alone,
    answer_slots,
    indicator_slots,
    rule_columns,
    settings_slots,
    slot_of,
)


@dataclass(frozen=True)
class Row:
    """One row of the settings."""

    slot: Slot
    name: str = ""  # Under which of many names it stands
    value: Any = None  # None for a row to fill in


def settings_rows(values: Mapping[str, Any]) -> list[Row]:
    """Return the rows of the settings, in the order of the schema: every key once, each name that is given, one more.

    What has no row of its own, such as a section with nothing in it, comes last, as YAML writes it.
    """
    slots = {slot.path: slot for slot in settings_slots()}
    known = slots | alone(slots.values())
    given: dict[Path, dict[str, Any]] = {path: {} for path in slots}
    rest: list[Row] = []
    here = {key: value for key, value in values.items() if key not in OWN_SHEETS}
    for path, value in _leaves(here, ()):
        found = slot_of(path, known)
        if found is None:
            rest += [] if value == [] else [Row(Slot(path, "text"), value=_as_json(value))]
        else:
            slot, name = found
            given[slot.path][name] = [value] if slot.kind == "names" and isinstance(value, str) else value
    return [*_ordered(tuple(slots.values()), given), *rest]


def _leaves(node: Any, path: Path) -> Iterator[tuple[Path, Any]]:  # noqa: ANN401
    """Yield every value with its keys: what stands in no section, and sections and lists with nothing in them."""
    if isinstance(node, list) and path in _listed():
        node = {str(n): each for n, each in enumerate(node, 1)} or node
    if isinstance(node, dict) and node:
        for key, value in node.items():
            yield from _leaves(value, (*path, str(key)))
    elif node is not None:
        yield path, node


@cache
def _listed() -> frozenset[Path]:
    """Return the keys of lists that have a row an entry."""
    return frozenset(slot.path[: slot.path.index(NAME)] for slot in settings_slots() if slot.listed)


def _ordered(slots: Sequence[Slot], given: dict[Path, dict[str, Any]]) -> Iterator[Row]:
    """Yield the rows; those under one name stand together, and after the last name comes an empty one."""
    done: set[Path] = set()
    for slot in slots:
        if not slot.named:
            yield Row(slot, value=given[slot.path].get(""))
            continue
        prefix = slot.path[: slot.path.index(NAME) + 1]
        if prefix in done:
            continue
        done.add(prefix)
        below = [each for each in slots if each.path[: len(prefix)] == prefix]
        names = list(dict.fromkeys(name for each in below for name in given[each.path]))
        names = sorted(names, key=int) if slot.listed else names
        for name in (*names, str(len(names) + 1) if slot.listed else ""):
            yield from (Row(each, name, given[each.path].get(name)) for each in below)


def _as_json(value: Any) -> str:  # noqa: ANN401
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=_number)


def _number(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else str(value)


def indicator_rows(values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of the sheet of indicators: what stands in them by column."""
    criteria, short = values.get("criteria"), alone(indicator_slots())
    for key, criterion in (criteria if isinstance(criteria, dict) else {}).items():
        own = dict(_flat({k: v for k, v in criterion.items() if k != "indicators"}, (NAME,), short))
        for name, indicator in criterion.get("indicators", {}).items():
            below = dict(_flat(indicator, (NAME, "indicators", NAME), short))
            yield {"criterion": key, **own, "indicator": name, **below}
            own = {}


def entry_rows(entries: object) -> Iterator[dict[str, Any]]:
    """Yield the rows of a list of entries, rules or answers: what stands in them by column."""
    short = alone((*rule_columns().values(), *answer_slots()))
    for entry in entries if isinstance(entries, list | tuple) else ():
        whose = entry.get("where")
        said = {"condition": whose} if isinstance(whose, str) else {"regions": whose}
        yield dict(_flat({**entry, "where": said} if isinstance(whose, str | list) else entry, (), short))


def section_row(section: Mapping[str, Any], slots: Iterable[Slot]) -> dict[str, Any]:
    """Return what stands in one row of a section by column."""
    return dict(_flat(section, (), alone(slots)))


def _flat(section: Mapping[str, Any], path: Path, short: Mapping[Path, Slot]) -> Iterator[tuple[str, Any]]:
    """Yield the values of a section by dotted key, one that stands alone by the key that is meant."""
    for key, value in section.items():
        at = (*path, key)
        if isinstance(value, dict):
            yield from _flat(value, at, short)
        elif value is not None:
            yield short[at].key if at in short else ".".join(at), value
