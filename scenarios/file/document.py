"""Reads a scenario file: bounded, safe YAML whose every complaint names its line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError

from scenarios.errors import Collector, InputError, Place, Said
from scenarios.file.schema import ScenarioFile
from scenarios.file.yaml_tree import read_scalar, read_tree
from scenarios.findings.choices import Choices
from scenarios.findings.keys import key_in_words
from scenarios.messages import MESSAGES
from scenarios.tables.files import decode, read_bytes
from scenarios.wording import Language, Text, listed, written

M = TypeVar("M", bound=BaseModel)
_Places = tuple[dict[tuple[str | int, ...], int], dict[tuple[str | int, ...], Place]]

MAX_BYTES = 1_000_000
_OTHER_KINDS = (
    ".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".et", ".ods", ".json", ".html", ".docx", ".doc", ".wps", ".pdf", ".zip",
)  # fmt: skip
"""Endings of what is no scenario file, whatever is in it."""
BOOKS = (".xlsx", ".xlsm")
"""Endings of what may be a scenario as a workbook."""
_MOST_GUESSED = 20
"""Unknown keys for which a known one is looked for."""

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
    "model_attributes_type": "not_a_section",
    "tuple_type": "not_a_list",
    "string_pattern_mismatch": "wrong_form",
    "union_tag_invalid": "rule_type",
    "union_tag_not_found": "rule_type",
}
_FORMS = {dict: Text("键: 值", "key: value"), list: Text("- 列表", "- list")}
"""What is said to be found where a section or a list stands."""
_OFF = ("off", "关")
_MOVED = {"publish.time_limit": "solver.time_limit"}
_LIMITS = {"ge": "≥", "le": "≤", "max_length": "≤"}


@dataclass(frozen=True)
class Document:
    """A scenario file as plain values, with the line of every key."""

    name: str  # File name for messages
    values: dict[str, Any]  # Mappings, lists, texts, whole numbers, decimals, booleans, None
    lines: dict[tuple[str | int, ...], int]  # Path of keys -> line, counted from 1
    # Path of keys -> the ``KEY=VALUE`` that was put over it
    settings: dict[tuple[str | int, ...], str] = field(default_factory=dict)
    # Path of keys -> cell, of a workbook; of a section its first
    cells: dict[tuple[str | int, ...], Place] = field(default_factory=dict)
    off: tuple[Place, ...] = ()  # Where the rules stand that are not enabled, and so are none of `values`

    def place(self, path: Sequence[str | int], below: bool = True) -> Place:
        """Return where `path` stands: the setting that touched it, its own line, or that of the nearest parent.

        `below`: whether a setting of something below `path` counts as touching it.
        """
        keys = tuple(path)
        for setting in reversed(self.settings):
            if setting[: len(keys)] == keys[: len(setting)] and (below or len(setting) <= len(keys)):
                return self._set(self.settings[setting])
        parts = self._named(keys)
        named, called = ".".join(parts), _said(tuple(parts), self.values)
        cell = next((self.cells[keys[:n]] for n in range(len(keys), 0, -1) if keys[:n] in self.cells), None)
        if cell is not None:
            return replace(cell, key=named, called=called)
        row = next((self.lines[keys[:n]] for n in range(len(keys), 0, -1) if keys[:n] in self.lines), None)
        return Place(file=self.name, row=row, key=named, called=called)

    def _set(self, override: str) -> Place:
        """Return the place of a setting that was put over the file."""
        return Place(key=f"--set {override}", called=_said(override, self.values))

    def _named(self, keys: Sequence[str | int]) -> list[str]:
        """Return the keys as text, entries of a list by their id where they have one."""
        node: Any = self.values
        named = []
        for key in keys:
            inside = isinstance(node, dict) and key in node
            inside = inside or (isinstance(node, list) and isinstance(key, int) and key < len(node))
            node = node[key] if inside else None
            name = node.get("id") if isinstance(key, int) and isinstance(node, dict) else None
            named.append(name if isinstance(name, str) and name else str(key))
        return named


def _said(setting: str | tuple[str, ...], values: Mapping[str, Any]) -> Said | None:
    """Return what the page calls a setting, or keys; None where nothing is set."""
    from scenarios.file.book.said import SaidSetting

    return SaidSetting(setting, values) if setting else None


def read_document(path: Path) -> tuple[Document, bytes]:
    """Read a YAML file, or a workbook, into a `Document`.

    Returns the document, and the bytes it came from (for its hash).
    Raises InputError: not readable, a table, not text, not YAML, a key twice, anchors, or beyond the size limits.
    """
    if path.suffix.lower() in BOOKS:
        raw = read_bytes(path)
        if (document := _of_book(raw, path.name)) is not None:
            return document, raw
    if path.suffix.lower() in _OTHER_KINDS:
        meant = path.with_name("scenario.yaml")
        code = "table_for_scenario" if meant.exists() else "table_without_scenario"
        raise InputError.of(code, Place(file=str(path)), meant=meant)
    raw = read_bytes(path, MAX_BYTES)
    return parse_document(decode(raw, path.name), path.name), raw


def spoken_title(values: Mapping[str, Any], language: Language) -> str:
    """Return the title that values of a scenario say, sound or not; ``""`` where they say none."""
    title = values.get("title")
    said = [title.get(language), *title.values()] if isinstance(title, dict) else [title]
    return next((one for one in said if isinstance(one, str)), "")


def is_scenario_book(path: Path) -> bool:
    """Return whether a file is a workbook with the settings of a scenario.

    Raises InputError: a workbook that cannot be read, or settings that cannot be understood.
    """
    return path.suffix.lower() in BOOKS and path.is_file() and _of_book(read_bytes(path), path.name) is not None


def _of_book(raw: bytes, name: str) -> Document | None:
    """Return the scenario of a workbook; None where it is a workbook of something else."""
    from scenarios.file.book.tree import read_book

    found = read_book(raw, name)
    return None if found is None else Document(name, found[0], {}, cells=found[1])


@lru_cache(maxsize=8)
def parse_document(text: str, name: str) -> Document:
    """Parse YAML text; see `read_document`. A text that was parsed before is not parsed again."""
    tree, lines = read_tree(text, name)
    if not isinstance(tree, dict):
        raise InputError.of("empty_file" if tree is None else "not_a_mapping", Place(file=name))
    return Document(name, tree, lines)


def with_overrides(document: Document, overrides: Iterable[str]) -> Document:
    """Return the document with ``KEY=VALUE`` settings put over it; ``rules.ID=off`` sets a rule aside.

    Raises InputError: A setting without ``=``, one that leads through something that is no section, a rule that is not
    there.
    """
    values, places = _copied(document.values), (document.lines, document.cells)
    settings: dict[tuple[str | int, ...], str] = {}
    collector = Collector()
    for override in overrides:
        key, equals, text = override.partition("=")
        *parents, last = [part.strip() for part in key.split(".")]
        if not equals or not last or not all(parents):
            collector.error("set_form", Place(key=f"--set {override}"))
            continue
        if parents == ["rules"] and isinstance(values.get("rules"), list):
            places = _without_rule(values["rules"], places, last, text, collector, document._set(override))
            settings["rules", last] = override
            continue
        section: Any = values
        for depth, parent in enumerate(parents, 1):
            if isinstance(section, dict) and parent not in section:
                section[parent] = {}
                settings[*parents[:depth],] = override
            section = section[parent] if isinstance(section, dict) else None
        if isinstance(section, dict):
            section[last] = read_scalar(text)
            settings.pop((*parents, last), None)
            settings[*parents, last] = override
        else:
            collector.error("set_through", document._set(override), parent=".".join(parents))
    collector.raise_errors()
    return replace(document, values=values, lines=places[0], cells=places[1], settings=settings)


def enabled(document: Document) -> Document:
    """Return a document without the rules that are not enabled."""
    rules = document.values.get("rules")
    off = [n for n, rule in enumerate(rules if isinstance(rules, list) else ()) if _is_off(rule)]
    if not off:
        return document
    values, places = _copied(document.values), (document.lines, document.cells)
    for n in reversed(off):
        del values["rules"][n]
        places = _less(places, n)
    left_out = tuple(document.place(("rules", n)) for n in off)
    return replace(document, values=values, lines=places[0], cells=places[1], off=left_out)


def _is_off(rule: object) -> bool:
    return isinstance(rule, dict) and rule.get("enabled") is False


def _without_rule(
    rules: list[Any], places: _Places, name: str, text: str, collector: Collector, setting: Place
) -> _Places:
    """Take the rule called `name` out of a list of rules, and return the lines and cells of those that stay."""
    ids = [rule.get("id") if isinstance(rule, dict) else None for rule in rules]
    if text.strip().lower() not in _OFF or name not in ids:
        known = ", ".join(str(key) for key in ids if key) or "–"
        collector.error("set_rule", setting, found=name, known=known)
        return places
    gone = ids.index(name)
    del rules[gone]
    return _less(places, gone)


def _less(places: _Places, gone: int) -> _Places:
    """Return lines and cells as they are when one of the rules is gone."""

    def moved(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        after = len(path) > 1 and path[0] == "rules" and isinstance(path[1], int) and path[1] > gone
        return (path[0], int(path[1]) - 1, *path[2:]) if after else path

    lines, cells = places
    return (
        {moved(path): row for path, row in lines.items() if path[:2] != ("rules", gone)},
        {moved(path): cell for path, cell in cells.items() if path[:2] != ("rules", gone)},
    )


def validate(document: Document) -> ScenarioFile:
    """Return the document as a `ScenarioFile`; see `validate_as`."""
    return validate_as(document, ScenarioFile)


def validate_as(document: Document, model: type[M]) -> M:
    """Return the document as a model.

    Raises InputError: every key that is unknown, missing or holds the wrong thing, with its line.
    """
    try:
        return model.model_validate(document.values)
    except ValidationError as error:
        collector = Collector()
        for number, detail in enumerate(error.errors(include_url=False)):
            path, known, kind = _traced(detail["loc"], model)
            below = detail.get("ctx", {}).get("below", ())
            path += below if isinstance(below, tuple) else [below]
            code, values = _explained(detail, path, known, number < _MOST_GUESSED)
            if code in ("missing_key", "no_value") and get_origin(kind) is Literal:
                code, values = "missing_choice", {"known": Choices(str(path[-1]), tuple(map(str, get_args(kind))))}
            if code == "not_one_of" and get_origin(kind) is Literal:
                values["needed"] = Choices(str(path[-1]), tuple(map(str, get_args(kind))))
            collector.error(code, document.place(path), **values)
        collector.raise_errors()
        raise AssertionError("pydantic refused without a reason") from error


def _explained(
    detail: Mapping[str, Any], path: Sequence[str | int], known: Sequence[str], guess: bool
) -> tuple[str, dict[str, object]]:
    """Return the code and values of one of pydantic's complaints; with `guess`, the key that may be meant."""
    code = _CODES.get(detail["type"], detail["type"])
    context = detail.get("ctx", {})
    values: dict[str, object] = dict(context)
    given = detail["input"]
    form = next((form for kind, form in _FORMS.items() if given and isinstance(given, kind)), None)
    values.setdefault("found", form or written(given))
    if code == "unknown_key":
        moved = _MOVED.get(".".join(map(str, path)))
        if moved:
            return "moved_key", values | {"meant": moved}
        close = difflib.get_close_matches(str(path[-1]), known, 1) if guess else []
        values["known"] = _keys(known)
        return ("unknown_key_meant", values | {"meant": close[0]}) if close else (code, values)
    if code in ("one_of", "only_one_of"):
        values["keys"] = _keys(str(values["keys"]).split(", "))
    if given is None:
        return "no_value", values
    values["needed"] = ", ".join(f"{sign} {context[name]}" for name, sign in _LIMITS.items() if name in context)
    if code == "not_one_of":
        values["needed"] = str(context["expected"]).replace(" or ", ", ").replace("'", "")
    return code if code in MESSAGES.texts else "invalid", values


def _keys(keys: Sequence[str]) -> Text:
    """Return keys in a row, each with what it is called."""
    return Text(listed(map(key_in_words, keys), "zh"), listed(keys, "en"))


def _copied(node: Any) -> Any:  # noqa: ANN401
    """Return a copy of plain values."""
    if isinstance(node, dict):
        return {key: _copied(value) for key, value in node.items()}
    return [_copied(value) for value in node] if isinstance(node, list) else node


def _traced(loc: Sequence[str | int], model: type[BaseModel]) -> tuple[list[str | int], list[str], Any]:
    """Return the path of keys of a complaint, the keys that stand beside its last one, and the type of its value.

    What pydantic names in it besides keys is left out: a key itself that is wrong, and the branch of a union.
    """
    path: list[str | int] = []
    kind: Any = model
    known: list[str] = []
    for part in loc:
        if branches := _branches(kind):
            kind = branches.get(part)
        elif part != "[key]":
            path.append(part)
            known = sorted(_fields(kind))
            kind = _below(kind, part)
    return path, known, kind


def _below(kind: Any, part: str | int) -> Any:  # noqa: ANN401
    """Return the type of what stands under a key, or in a list; None where that is unknown."""
    if fields := _fields(kind):
        return _bare(fields[part].annotation) if part in fields else None
    inner = get_args(kind)
    return _bare(inner[1] if get_origin(kind) is dict else inner[0]) if inner else None


def _fields(kind: Any) -> dict[Any, Any]:  # noqa: ANN401
    """Return the fields of a model by the keys that a file has for them."""
    fields = kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else {}
    return {field.validation_alias or name: field for name, field in fields.items()}


def _branches(kind: Any) -> dict[Any, Any]:  # noqa: ANN401
    """Return the branches of a union by the names that pydantic gives them."""
    return {_tag(each): _bare(each) for each in get_args(kind)} if get_origin(kind) in (Union, UnionType) else {}


def _tag(branch: Any) -> object:  # noqa: ANN401
    """Return the tag of a branch: its own, or the type of a rule."""
    own = next((extra.tag for extra in getattr(branch, "__metadata__", ()) if isinstance(extra, Tag)), None)
    kind = _fields(branch)["type"].annotation if "type" in _fields(branch) else None
    return own or (get_args(kind)[0] if get_origin(kind) is Literal else branch)


def _bare(annotation: Any) -> Any:  # noqa: ANN401
    """Return the type in ``Annotated[type, …]`` or ``type | None``."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        some = [inner for inner in get_args(annotation) if inner is not NoneType]
        return _bare(some[0]) if len(some) == 1 else annotation
    return annotation
