"""Every key of a scenario and of a rule set, given what it cannot hold: said in our words, as the file writes it."""

import itertools
import re
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Union, get_args, get_origin

import pytest
from pydantic import BaseModel, Discriminator

from scenarios.assessing.rules import RuleSet
from scenarios.errors import InputError
from scenarios.file.document import Document, validate_as
from scenarios.file.schema import ScenarioFile
from scenarios.schema_types import Protect

FOREIGN = re.compile(
    r"constrained|literal\[|dict\[|list\[|tuple\[|union|function-|is-instance|NoneType|\bNone\b|\bTrue\b|\bFalse\b|"
    r"\[type=|Decimal\(|pydantic|lax-or-strict|json-or-python|tagged|\[key\]|nullable|model-|\{'|\['"
)
WRONG = (
    None, True, False, 0, -1, 10**14, Decimal("1.5"), Decimal("-0.1"), float("nan"), float("-inf"), "", "x", "200%",
    [], [1], [None], ["x", "x"], [[1]], [{"a": 1}], {}, {"a": 1}, {"": None}, {"a": True, "b": [None]},
)  # fmt: skip


def parts(kind):
    """Return the types in a union, and the type in ``Annotated``."""
    if get_origin(kind) is Annotated:
        return parts(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return [part for each in get_args(kind) for part in parts(each)]
    return [kind]


def keys(kind, above=()):
    """Yield every path of keys under a type, with entries of lists and sections that name themselves."""
    for part in parts(kind):
        if isinstance(part, type) and issubclass(part, BaseModel):
            for name, field in ((field.validation_alias or name, field) for name, field in part.model_fields.items()):
                yield (*above, name)
                yield from keys(field.annotation, (*above, name))
        elif get_origin(part) is dict:
            yield (*above, "own")
            yield from keys(get_args(part)[1], (*above, "own"))
        elif get_origin(part) is tuple:
            yield (*above, 0)
            yield from keys(get_args(part)[0], (*above, 0))


def put(value, path):
    """Return nested sections and lists that hold a value at a path."""
    for key in reversed(path):
        value = [value] if key == 0 else {key: value}
    return value


def merged(one, other):
    """Return sections that hold what is in both."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {**one, **other, **{key: merged(one[key], other[key]) for key in one.keys() & other.keys()}}
    if isinstance(one, list) and isinstance(other, list):
        return [merged(a, b) for a, b in zip(one, other, strict=False)]
    return other


def said(values, model):
    """Return all that is said of a file, in both languages."""
    try:
        validate_as(Document("s.yaml", values, {}), model)
    except InputError as error:
        return [finding.say(language) for finding in error.findings for language in ("zh", "en")]
    return []


def bases(path):
    """Yield what stands around a path: nothing, and of a rule each type."""
    yield {}
    if path[0] == "rules":
        types = (
            "gap",
            "floor",
            "ceiling",
            "peak",
            "column_floor",
            "ratchet",
            "order",
            "budget",
            "negotiated",
            "project",
        )
        yield from ({"rules": [{"id": "a", "type": kind, "reason": "x"}]} for kind in types)


@pytest.mark.parametrize("model", [ScenarioFile, RuleSet])
def test_no_key_is_answered_in_foreign_words(model):
    tried = 0
    for path in sorted(set(keys(model)), key=str):
        for base, value in itertools.product(bases(path), WRONG):
            sentences = said(merged(base, put(value, path)), model)
            tried += bool(sentences)
            assert not [each for each in sentences if FOREIGN.search(each)], (path, value)
    assert tried > 500


def unions(kind):
    """Yield every union of two types or more in a model, with what it is annotated with."""
    if get_origin(kind) is Annotated:
        inner, *extras = get_args(kind)
        yield from ((union, [*known, *extras]) for union, known in unions(inner))
    elif get_origin(kind) in (Union, UnionType):
        some = [each for each in get_args(kind) if each is not NoneType]
        yield from [(kind, [])] if len(some) > 1 else []
        yield from itertools.chain(*map(unions, some))
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        for field in kind.model_fields.values():
            yield from ((union, [*known, *field.metadata]) for union, known in unions(field.annotation))
    else:
        yield from itertools.chain(*map(unions, get_args(kind)))


@pytest.mark.parametrize("model", [ScenarioFile, RuleSet])
def test_a_union_says_which_branch_is_meant(model):
    numbers = get_args(get_args(Protect)[0])
    for union, extras in unions(model):
        told = any(isinstance(extra, Discriminator) or getattr(extra, "discriminator", None) for extra in extras)
        assert told or get_args(union) == numbers, union


@pytest.mark.parametrize(
    ("path", "value", "where", "what"),
    [
        (("publish", "classes"), 0, "publish.classes", "“0” is out of range; it must be ≥ 1"),
        (("publish", "classes"), True, "publish.classes", "“true” is no number of classes"),
        (("publish", "classes"), "x", "publish.classes", "“x” is no number of classes"),
        (("publish", "classes"), {"南宁": "x"}, "publish.classes.南宁", "“x” is not a whole number"),
        (("where",), {"year": [1]}, "where.year", "“- list” is not text"),
        (("where",), {"year": True}, "where.year", "“true” is not text"),
        (("name",), {}, "name", "“{}” is not text"),
        (("name",), [], "name", "“[]” is not text"),
        (("margin",), float("nan"), "margin", "“.nan” is no rate"),
        (("margin",), False, "margin", "“false” is no rate"),
        (("notes",), {"a": 1}, "notes", "not “key: value”"),
        (("solver", "time_limit"), float("-inf"), "solver.time_limit", "“-.inf” cannot be used"),
        (("rules",), [{"id": "a", "type": "floor", "rates": 1}], "rules.a.rates", "above_target, enabled, id, rate"),
    ],
)
def test_a_value_is_shown_at_its_key_as_the_file_writes_it(path, value, where, what):
    (sentence,) = [each for each in said(put(value, path), ScenarioFile) if what in each]
    assert f"{where}: " in sentence
