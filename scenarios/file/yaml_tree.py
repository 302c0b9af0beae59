"""Plain values from YAML text: bounded, without tags and anchors, every key with its line.

The node tree is read and not what a constructor makes of it: no text can call anything,
numbers stay as written, and every key that stands twice is found.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.parser import Parser

from scenarios.errors import Collector, InputError, Place
from scenarios.file.yaml_mistakes import yaml_mistake

MAX_NODES = 20_000
MAX_DEPTH = 20

Path = tuple[str | int, ...]

_LONGEST_NUMBER = 1100
"""A double in all its decimal digits has up to some 1,080."""
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_NO_NUMBER = re.compile(r"([+-]?)\.(inf|nan)", re.IGNORECASE)


def read_tree(text: str, name: str) -> tuple[Any, dict[Path, int]]:
    """Read YAML text.

    Returns mappings, lists, texts, whole numbers, decimals, booleans, None; and path of keys -> line from 1.
    Raises InputError: no YAML, more than one document, keys twice, tags, anchors, beyond the size limits.
    """
    lines: dict[Path, int] = {}
    collector = Collector()
    tree = _plain(_compose(text, name), (), lines, Place(file=name), collector)
    collector.raise_errors()
    return tree, lines


def read_scalar(text: str) -> Any:  # noqa: ANN401  (a YAML scalar is any of text, number, boolean)
    """Return the value of a `--set` text as YAML reads it; what is no scalar or ``[list]`` stays text."""
    try:
        node = _compose(text, "--set")
        if isinstance(node, SequenceNode | MappingNode) and not node.flow_style:
            return text
        collector = Collector()
        value = _plain(node, (), {}, Place(), collector)
    except InputError:
        return text
    return text if collector.findings else value


def _compose(text: str, name: str) -> Node | None:
    """Return the node tree of a text; None when there is nothing in it."""
    reader = YAML(typ="safe", pure=True)
    reader.Parser = _Bounded
    try:
        node: Node | None = reader.compose(text)
    except InputError as error:
        raise InputError(replace(found, place=replace(found.place, file=name)) for found in error.findings) from None
    except Exception as error:  # the parser stumbles over some texts before it can say where
        mistake = yaml_mistake(text, error)
        raise InputError.of(mistake.code, Place(file=name, row=mistake.row), found=mistake.found) from error
    return node


class _Bounded(Parser):
    """Refuses, while nodes are made, what a scenario never needs and an attacker likes: tags, anchors, depth, bulk."""

    _depth = _nodes = 0

    def get_event(self) -> Any:  # noqa: ANN401  (the library's)
        """Return the next event."""
        event = super().get_event()
        self._depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        self._nodes += isinstance(event, NodeEvent)
        place = Place(row=event.start_mark.line + 1)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise InputError.of("yaml_anchor", place)
        if getattr(event, "tag", None):
            raise InputError.of("yaml_tag", place, found=event.tag)
        if self._depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise InputError.of("yaml_too_big", place)
        return event


def _plain(node: Node | None, path: Path, lines: dict[Path, int], place: Place, collector: Collector) -> Any:  # noqa: ANN401
    """Turn a node into plain values, noting the line of each key and each key that stands twice."""
    if isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            lines[(*path, index)] = item.start_mark.line + 1
        return [_plain(item, (*path, index), lines, place, collector) for index, item in enumerate(node.value)]
    if not isinstance(node, MappingNode):
        return _scalar(node)
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        row = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            collector.error("yaml_key", Place(file=place.file, row=row))
            continue
        below = (*path, key_node.value)
        value = _plain(value_node, below, lines, place, collector)
        if key_node.value in values:
            at = Place(file=place.file, row=row, key=".".join(map(str, below)))
            collector.error("duplicate_key", at, first=lines[below])
        else:
            values[key_node.value] = value
            lines[below] = row
    return values


def _scalar(node: Node | None) -> Any:  # noqa: ANN401
    """Return a scalar: true, false, nothing, a number as written, or its text."""
    kind = "null" if node is None else str(node.tag).rpartition(":")[2]
    text = "" if node is None else str(node.value)
    if kind == "null":
        return None
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if kind == "int" and _INTEGER.fullmatch(text):
        return int(text)
    if kind == "float" and len(text) <= _LONGEST_NUMBER and _FLOAT.fullmatch(text):
        return Decimal(text)
    if kind == "float" and (match := _NO_NUMBER.fullmatch(text)):
        return float("".join(match.groups()))
    return text
