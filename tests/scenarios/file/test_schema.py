"""The JSON Schema of scenarios: every bundled case is valid by it, and what a quantity needs is said by it too."""

import json
import re
from decimal import Decimal

import pytest

from scenarios.errors import InputError
from scenarios.file.document import read_document, validate
from scenarios.file.schema import ScenarioFile
from scenarios.load import bundled_cases, find_scenario

SCHEMA = json.loads(json.dumps(ScenarioFile.model_json_schema()))
FILES = sorted(path for name in bundled_cases() for path in find_scenario(name).parent.glob("*.yaml"))
KINDS = {
    "object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int,
    "number": (int, float, Decimal),
}  # fmt: skip
KNOWN = {
    "$defs", "$ref", "additionalProperties", "allOf", "anyOf", "const", "default", "description", "discriminator",
    "else", "enum", "exclusiveMaximum", "exclusiveMinimum", "if", "items", "maxItems", "maxLength", "maxProperties",
    "maximum", "minItems", "minLength", "minProperties", "minimum", "not", "oneOf", "pattern", "patternProperties",
    "prefixItems", "properties", "propertyNames", "required", "then", "title", "type",
}  # fmt: skip


def fits(value, schema):
    """Return whether a value is valid; the keywords that the schema uses, as JSON Schema 2020-12 has them."""
    if isinstance(schema, bool):
        return schema
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema and not fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]):
        return False
    kind = schema.get("type")
    if kind and (not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != "boolean")):
        return False
    held = [
        "const" not in schema or value == schema["const"],
        "enum" not in schema or value in schema["enum"],
        all(fits(value, one) for one in schema.get("allOf", ())),
        "anyOf" not in schema or any(fits(value, one) for one in schema["anyOf"]),
        "oneOf" not in schema or sum(fits(value, one) for one in schema["oneOf"]) == 1,
        "not" not in schema or not fits(value, schema["not"]),
        "if" not in schema or fits(value, schema.get("then" if fits(value, schema["if"]) else "else", True)),
    ]
    if isinstance(value, dict):
        held += [*of_section(value, schema)]
    if isinstance(value, list):
        held += [all(fits(each, schema.get("items", True)) for each in value)]
        held += [schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 10**6)]
    if isinstance(value, str):
        held += [re.search(schema.get("pattern", ""), value) is not None]
        held += [schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10**6)]
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        held += [schema.get("minimum", value) <= value <= schema.get("maximum", value)]
        held += ["exclusiveMinimum" not in schema or value > schema["exclusiveMinimum"]]
        held += ["exclusiveMaximum" not in schema or value < schema["exclusiveMaximum"]]
    return all(held)


def of_section(value, schema):
    """Yield whether the keys of a section are valid."""
    properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    yield set(schema.get("required", ())) <= set(value)
    patterns = schema.get("patternProperties", {})
    named = {key: [one for pattern, one in patterns.items() if re.search(pattern, key)] for key in value}
    for key, each in value.items():
        yield all(fits(each, one) for one in (*named[key], *([properties[key]] if key in properties else [])))
        yield key in properties or named[key] != [] or fits(each, more)
    yield all(fits(key, schema.get("propertyNames", True)) for key in value)
    yield schema.get("minProperties", 0) <= len(value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_bundled_case_is_valid(path):
    values = read_document(path)[0].values
    assert [key for key, value in values.items() if not fits(value, SCHEMA["properties"][key])] == []
    assert fits(values, SCHEMA)


def level(**more):
    values = dict(read_document(find_scenario("15fyp-energy/coal.yaml"))[0].values)
    values.pop("total")
    return values | more


CAP = {"cap": 11000}


@pytest.mark.parametrize(
    ("values", "right"),
    [
        (level(total=CAP), True),
        (level(target="-1.8%"), True),
        (level(), False),
        (level(total=CAP, target="2%"), False),
        (level(quantity="oil", total=CAP), True),
        (level(quantity="carbon", total=CAP), False),  # unit, and no target
        ({key: value for key, value in level(total=CAP).items() if key != "unit"}, False),
    ],
)
def test_a_level_has_a_cap_or_a_target_and_a_unit_by_the_schema_as_by_the_program(values, right):
    from scenarios.file.document import Document

    assert fits(values, SCHEMA) is right
    document = Document("scenario.yaml", values, {})
    if right:
        validate(document)
    else:
        with pytest.raises(InputError):
            validate(document)


def test_all_others_need_a_target_and_a_share_has_no_cap():
    for name in ("15fyp-example", "15fyp-energy"):
        values = dict(read_document(find_scenario(name))[0].values)
        assert fits(values, SCHEMA)
        values.pop("target")
        assert not fits(values, SCHEMA)
    share = dict(read_document(find_scenario("15fyp-energy/nonfossil.yaml"))[0].values)
    assert fits(share, SCHEMA)
    assert not fits(share | {"total": CAP}, SCHEMA)
    assert not fits(share | {"unit": "万吨"}, SCHEMA)


def test_a_criterion_needs_a_weight_unless_it_is_judged():
    values = dict(read_document(find_scenario("15fyp-example"))[0].values)
    names = list(values["criteria"])
    matrix = {name: [1 if n == k else 2 if n < k else None for k in range(len(names))] for n, name in enumerate(names)}
    values["criteria"] = {
        name: {key: value for key, value in criterion.items() if key != "weight"}
        for name, criterion in values["criteria"].items()
    }
    assert not fits(values, SCHEMA)
    assert fits(values | {"judgements": {"criteria": {"matrix": matrix}}}, SCHEMA)
    assert not fits(values | {"judgements": {names[0]: {"matrix": matrix}}}, SCHEMA)


def test_a_text_in_one_language_may_stand_alone():
    values = dict(read_document(find_scenario("15fyp-example"))[0].values)
    assert fits(values | {"title": "某省", "basis": "虚构"}, SCHEMA)
    assert not fits(values | {"title": ""}, SCHEMA)
    assert not fits(values | {"title": 3}, SCHEMA)
