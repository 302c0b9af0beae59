"""What a scenario can say, one value after the other, from the JSON Schema that its models make.

The rows and columns of the workbook are made from this, so that a key that comes into the models comes into both forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from scenarios.accounting.scopes import scopes
from scenarios.file.schema import ScenarioFile
from scenarios.file.total import PATHS, POLICIES
from scenarios.schema_types import FILE_PATTERN, RATE_PATTERN

Kind = Literal["text", "rate", "number", "whole", "flag", "table", "names", "numbers"]

Path = tuple[str, ...]

NAME = "*"
"""Stands in a path for a name that the sheet gives, or for the number of an entry."""
OWN_SHEETS = ("criteria", "rules", "accept", "judgements")
"""Sections with a sheet of their own."""
_BLOCKS = ("matrix", "group", "beside")
"""What of a level of judgements stands in blocks of rows."""
_KINDS: Mapping[str, Kind] = {"integer": "whole", "number": "number", "boolean": "flag", "string": "text"}


@dataclass(frozen=True)
class Slot:
    """One value that a scenario can say."""

    path: tuple[str, ...]  # Its keys; `NAME` for a name that is given
    kind: Kind
    choices: tuple[str, ...] = ()  # What can be chosen from; with kind text nothing else
    default: object = None  # As the schema says it; None where there is none
    needed: bool = False  # Whether no scenario, or no entry of a list, can do without
    listed: bool = False  # Whether `NAME` numbers the entries of a list
    alone: bool = False  # Whether its value may stand where its section is meant
    names: tuple[str, ...] = ()  # What `NAME` is one of; anything where there are none

    @property
    def key(self) -> str:
        """Its keys with dots between."""
        return ".".join(self.path)

    @property
    def named(self) -> bool:
        """Whether it is one of many, each under a name."""
        return NAME in self.path

    @property
    def closed(self) -> bool:
        """Whether nothing but its choices will do."""
        return self.kind == "flag" or (self.kind == "text" and bool(self.choices))


@cache
def settings_slots() -> tuple[Slot, ...]:
    """Return all values of a scenario but those of `OWN_SHEETS`, in the order of the schema."""
    root = _root()
    keys = [key for key in root["properties"] if key not in OWN_SHEETS]
    return tuple(slot for key in keys for slot in _property(root, key, (), None, needed=True))


def alone(slots: Iterable[Slot]) -> dict[tuple[str, ...], Slot]:
    """Return the sections that a value alone may stand for -> that value."""
    return {slot.path[:-1]: slot for slot in slots if slot.alone}


def slot_of(path: Path, known: Mapping[Path, Slot]) -> tuple[Slot, str] | None:
    """Return the slot of a value and the name under which it stands, ``""`` for none; None where there is no slot."""
    patterns = [(path, "")] + [((*path[:n], NAME, *path[n + 1 :]), path[n]) for n in range(len(path))]
    return next(((known[pattern], name) for pattern, name in patterns if pattern in known), None)


@cache
def needed_sections() -> tuple[str, ...]:
    """Return the sections of the settings of which some value is needed."""
    return tuple(dict.fromkeys(slot.path[0] for slot in settings_slots() if _in_section(slot)))


def _in_section(slot: Slot) -> bool:
    return slot.needed and not slot.named and len(slot.path) > 1


@cache
def indicator_slots() -> tuple[Slot, ...]:
    """Return the values of a criterion and of its indicators; their paths begin with two names."""
    return tuple(_walk(_root()["properties"]["criteria"], (), None, needed=True))


@cache
def rule_slots() -> Mapping[str, tuple[Slot, ...]]:
    """Return the values of the rules by type."""
    branches = _root()["properties"]["rules"]["items"]["discriminator"]["mapping"]
    return {kind: tuple(_walk({"$ref": ref}, (), None, needed=True)) for kind, ref in branches.items()}


@cache
def rule_columns() -> Mapping[str, Slot]:
    """Return every key that some rule has, with what it is in the first of them; types are chosen from."""
    columns: dict[str, Slot] = {}
    for slots in rule_slots().values():
        for slot in slots:
            columns.setdefault(slot.key, slot)
    return columns | {"type": replace(columns["type"], choices=tuple(rule_slots()))}


@cache
def answer_slots() -> tuple[Slot, ...]:
    """Return the values of an answer to a question."""
    return tuple(_walk(_root()["properties"]["accept"]["items"], (), None, needed=True))


@cache
def judgement_slots() -> tuple[Slot, ...]:
    """Return the values of a level of judgements but its matrices and sets of weights."""
    slots = _walk(_root()["properties"]["judgements"], (), None, needed=True)
    return tuple(replace(slot, path=slot.path[1:]) for slot in slots if slot.path[1] not in _BLOCKS)


@cache
def _root() -> Mapping[str, Any]:
    return ScenarioFile.model_json_schema()


def _property(
    node: Mapping[str, Any], key: str, path: tuple[str, ...], default: object, needed: bool
) -> Iterator[Slot]:
    """Yield the values of one property of a section, whose own default may say that of the property."""
    below = node["properties"][key]
    own = default.get(key) if isinstance(default, dict) else below.get("default")
    yield from _walk(below, (*path, key), own, needed and key in node.get("required", ()))


def _walk(node: Mapping[str, Any], path: tuple[str, ...], default: object, needed: bool) -> Iterator[Slot]:
    """Yield the values of a node of the schema: of itself, of the sections and of the lists that it can be."""
    branches = _branches(node)
    own = _own(branches, path)
    short = own and _short_for(own, branches)
    if own is not None and not short:
        shown = None if isinstance(default, dict) else default
        yield replace(own, default=shown, needed=needed)
    for branch in branches:
        for key in branch.get("properties", ()):
            slots = _property(branch, key, path, default, needed)
            yield from (replace(slot, alone=True) for slot in slots) if key == short else slots
        names = tuple(branch.get("propertyNames", {}).get("enum", ()))
        for below in _named(branch):
            yield from (replace(slot, names=names) for slot in _walk(below, (*path, NAME), None, needed=True))
        if branch.get("type") == "array" and (entry := _entry(branch)) is not None:
            yield from (replace(slot, listed=True) for slot in _walk(entry, (*path, NAME), None, needed=True))


def _branches(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what a node can be, references followed, nothing left out; a rate is one thing."""
    if "$ref" in node:
        return _branches(_root()["$defs"][node["$ref"].rpartition("/")[2]])
    inner = node.get("anyOf") or node.get("oneOf")
    if inner is None:
        return [] if node.get("type") == "null" else [node]
    return [branch for each in inner for branch in _branches(each)]


def _named(branch: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield what stands below names that are given."""
    more = branch.get("additionalProperties")
    if isinstance(more, dict):
        yield more
    yield from branch.get("patternProperties", {}).values()


def _entry(branch: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what the entries of a list are where each has a row: sections, and texts in two languages."""
    items: Mapping[str, Any] = branch["items"]
    return items if "$ref" in items else None


def _short_for(own: Slot, branches: list[Mapping[str, Any]]) -> str:
    """Return the key for which a value may stand alone: the first of the section, where that is of the same kind."""
    section: Mapping[str, Any] = next((each["properties"] for each in branches if "properties" in each), {})
    key = next(iter(section), "")
    first = _own(_branches(section[key]), (*own.path, key)) if key else None
    return key if first is not None and (first.kind, first.choices) == (own.kind, own.choices) else ""


def _own(branches: list[Mapping[str, Any]], path: tuple[str, ...]) -> Slot | None:
    """Return the value that a node itself can be, None where it is a section or a list alone."""
    choices = [str(word) for each in branches for word in (each.get("enum") or [each.get("const")]) if word is not None]
    choices = choices if "schema_version" not in path else []
    kinds = [one for each in branches if (one := _kind(each, path)) is not None]
    if not kinds:
        return Slot(path, "text", tuple(choices)) if choices else None
    kind: Kind = "rate" if "rate" in kinds else kinds[0] if len({*kinds}) == 1 else "text"
    return Slot(path, kind, (*choices, *_open_choices(path)))


def _kind(branch: Mapping[str, Any], path: tuple[str, ...]) -> Kind | None:
    """Return of what kind a branch is; None for sections, words to choose from, and lists with a row an entry."""
    if branch.get("type") == "array":
        if _entry(branch) is not None:
            return None
        return "numbers" if branch["items"].get("type") in ("number", "integer") else "names"
    if "properties" in branch or any(_named(branch)) or (("const" in branch) and "schema_version" not in path):
        return None
    patterns: Mapping[str, Kind] = {RATE_PATTERN: "rate", FILE_PATTERN: "table"}
    return patterns.get(branch.get("pattern", "")) or _KINDS.get(branch.get("type", ""))


def _open_choices(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return words that the schema does not list, because a name may stand in their place or they come from a table."""
    words: Mapping[tuple[str, ...], tuple[str, ...]] = {
        ("total", "caps"): tuple(POLICIES),
        ("total", "year_caps"): tuple(PATHS),
        ("energy", "scope"): tuple(scopes()),
    }
    return words.get(path, ())
