"""Reads a scenario file: bounded, safe YAML whose every complaint names its line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent

from scenarios.errors import Collector, InputError, Place
from scenarios.files import decode, read_bytes
from scenarios.schema import ScenarioFile

MAX_BYTES = 1_000_000
MAX_NODES = 50_000
MAX_DEPTH = 20

# pydantic's error types, as codes of scenarios.messages; any other type is a code of our own or `invalid`
_CODES = {
    "extra_forbidden": "unknown_key",
    "missing": "missing_key",
    "literal_error": "not_one_of",
    "int_type": "not_an_integer",
    "int_from_float": "not_an_integer",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "bool_type": "not_a_boolean",
    "string_type": "not_text",
    "string_too_short": "empty_words",
    "string_too_long": "text_too_long",
    "too_short": "empty_section",
    "dict_type": "not_a_section",
    "model_type": "not_a_section",
    "tuple_type": "not_a_list",
}


@dataclass(frozen=True)
class Document:
    """A scenario file as plain values, with the line of every key.

    Parameters
    ----------
    name
        File name for messages.
    values
        Mappings, lists, texts, numbers.
    lines
        Path of keys -> line, counted from 1.
    settings
        Path of keys -> the ``KEY=VALUE`` that was put over it.
    """

    name: str
    values: dict[str, Any]
    lines: dict[tuple[str | int, ...], int]
    settings: dict[tuple[str | int, ...], str] = field(default_factory=dict)

    def place(self, path: Sequence[str | int]) -> Place:
        """Return where `path` stands: its own line, or that of the nearest parent."""
        keys = tuple(path)
        setting = next((self.settings[keys[:n]] for n in range(len(keys), 0, -1) if keys[:n] in self.settings), None)
        if setting is not None:
            return Place(key=f"--set {setting}")
        row = next((self.lines[keys[:n]] for n in range(len(keys), 0, -1) if keys[:n] in self.lines), None)
        return Place(file=self.name, row=row, key=".".join(map(str, keys)))


def read_document(path: Path) -> tuple[Document, bytes]:
    """Read a YAML file into a `Document`.

    Returns
    -------
    document, raw
        The document, and the bytes it came from (for its hash).

    Raises
    ------
    InputError
        Not readable, not text, not YAML, a key twice, anchors, or beyond the size limits.
    """
    raw = read_bytes(path, MAX_BYTES)
    return parse_document(decode(raw, path.name), path.name), raw


def parse_document(text: str, name: str) -> Document:
    """Parse YAML text; see `read_document`."""
    try:
        _check_events(text, name)
        tree = YAML(typ="rt", pure=True).load(text)
    except DuplicateKeyError as error:
        key = str(error.problem).split('"')[1] if '"' in str(error.problem) else ""
        first = error.context_mark.line + 1 if error.context_mark else 0
        row = error.problem_mark.line + 1 if error.problem_mark else None
        raise InputError.of("duplicate_key", Place(file=name, row=row, key=key), first=first) from error
    except MarkedYAMLError as error:
        row = error.problem_mark.line + 1 if error.problem_mark else None
        problem = str(error.problem).splitlines()[0]
        raise InputError.of("not_yaml", Place(file=name, row=row), problem=problem) from error
    except (YAMLError, ValueError) as error:
        problem = (str(error).splitlines() or [""])[0]
        raise InputError.of("not_yaml", Place(file=name), problem=problem) from error
    if not isinstance(tree, dict):
        raise InputError.of("not_a_mapping", Place(file=name))
    lines: dict[tuple[str | int, ...], int] = {}
    return Document(name, _plain(tree, (), lines), lines)


def parse_scalar(text: str) -> Any:  # noqa: ANN401  (a YAML scalar is any of text, number, boolean)
    """Return the value of a `--set` text as YAML reads it; what is no YAML stays text."""
    try:
        _check_events(text, "--set")
        return YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, InputError):
        return text


def with_overrides(document: Document, overrides: Iterable[str]) -> Document:
    """Return the document with ``KEY=VALUE`` settings put over it.

    Raises
    ------
    InputError
        A setting without ``=``, or one that leads through something that is no section.
    """
    values = _copied(document.values)
    settings: dict[tuple[str | int, ...], str] = {}
    collector = Collector()
    for override in overrides:
        key, equals, text = override.partition("=")
        *parents, last = [part.strip() for part in key.split(".")]
        if not equals or not last or not all(parents):
            collector.error("set_form", Place(key=f"--set {override}"))
            continue
        section: Any = values
        for parent in parents:
            section = section.setdefault(parent, {}) if isinstance(section, dict) else None
        if isinstance(section, dict):
            section[last] = parse_scalar(text)
            settings[*parents, last] = override
        else:
            collector.error("set_through", Place(key=f"--set {override}"))
    collector.raise_errors()
    return Document(document.name, values, document.lines, settings)


def validate(document: Document) -> ScenarioFile:
    """Return the document as a `ScenarioFile`.

    Raises
    ------
    InputError
        Every key that is unknown, missing or holds the wrong thing, with its line.
    """
    try:
        return ScenarioFile.model_validate(document.values)
    except ValidationError as error:
        collector = Collector()
        for detail in error.errors(include_url=False):
            path = [part for part in detail["loc"] if part != "[key]"]
            code = _CODES.get(detail["type"], detail["type"])
            values = dict(detail.get("ctx", {})) | {"message": detail["msg"]}
            if code == "unknown_key":
                known = _known_keys(path[:-1])
                values["known"] = ", ".join(known)
                close = difflib.get_close_matches(str(path[-1]), known, 1)
                code, values["meant"] = ("unknown_key_meant", close[0]) if close else (code, "")
            values.setdefault("found", detail["input"] if not isinstance(detail["input"], dict | list) else "…")
            collector.error(code, document.place(path), **values)
        collector.raise_errors()
        raise AssertionError("pydantic refused without a reason") from error


def _check_events(text: str, name: str) -> None:
    """Refuse what a scenario never needs and an attacker likes: anchors, depth, bulk."""
    depth = nodes = 0
    for event in YAML(typ="rt", pure=True).parse(text):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        nodes += isinstance(event, NodeEvent)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise InputError.of("yaml_anchor", Place(file=name, row=event.start_mark.line + 1))
        if depth > MAX_DEPTH or nodes > MAX_NODES:
            raise InputError.of("yaml_too_big", Place(file=name, row=event.start_mark.line + 1))


def _plain(node: Any, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> Any:  # noqa: ANN401
    """Turn ruamel's round-trip tree into plain values, noting the line of each key."""
    if isinstance(node, CommentedMap):
        for key in node:
            lines[(*path, str(key))] = node.lc.key(key)[0] + 1
        return {str(key): _plain(value, (*path, str(key)), lines) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        for index in range(len(node)):
            lines[(*path, index)] = node.lc.item(index)[0] + 1
        return [_plain(value, (*path, index), lines) for index, value in enumerate(node)]
    for kind in (bool, int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return node if node is None else str(node)


def _copied(node: Any) -> Any:  # noqa: ANN401
    """Return a copy of plain values."""
    if isinstance(node, dict):
        return {key: _copied(value) for key, value in node.items()}
    return [_copied(value) for value in node] if isinstance(node, list) else node


def _known_keys(path: Sequence[str | int]) -> list[str]:
    """Return the keys that the model at `path` knows."""
    kind: Any = ScenarioFile
    for part in path:
        kind = _model(kind.model_fields[part].annotation) if part in _fields(kind) else kind
    return sorted(_fields(kind))


def _fields(kind: Any) -> dict[str, Any]:  # noqa: ANN401
    return kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else {}


def _model(annotation: Any) -> Any:  # noqa: ANN401
    """Return the model inside ``Model | None`` or ``dict[str, Model]``."""
    if get_origin(annotation) in (Union, UnionType, dict):
        return next((inner for inner in map(_model, get_args(annotation)) if _fields(inner)), None)
    return annotation
