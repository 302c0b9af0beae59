"""A scenario as YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from scenarios.file.schema import ScenarioFile

_PLAIN = re.compile(
    r"[A-Za-z\u4e00-\u9fff“](?:[\w\u4e00-\u9fff“”（）〔〕、，。；./% –-]*[\w\u4e00-\u9fff”）〕。%])?"
    r"|[0-9]+(?:\.[0-9]+)?(?:%| points?)"
)
_NO_TEXT = re.compile(r"(?i:true|false|yes|no|on|off|null|y|n)")
_SHORT = 100  # characters of a section that stands on one line


def yaml_text(values: Mapping[str, Any]) -> str:
    """Return plain values as YAML, numbers as they are written, keys in the order of the schema."""
    first = [key for key in ScenarioFile.model_fields if key in values]
    ordered = {key: values[key] for key in (*first, *(key for key in values if key not in first))}
    if isinstance(criteria := values.get("criteria"), dict):
        ordered["criteria"] = {name: _indicators_last(criterion) for name, criterion in criteria.items()}
    return "".join(f"{line}\n" for line in _lines(ordered, ""))


def _indicators_last(criterion: Any) -> Any:  # noqa: ANN401
    if not isinstance(criterion, dict):
        return criterion
    return dict(sorted(criterion.items(), key=lambda item: item[0] == "indicators"))


def _lines(node: Any, indent: str) -> Iterator[str]:  # noqa: ANN401
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _entry(f"{indent}{_scalar(str(key))}:", value, indent)
        return
    for value in node:
        flow = _flow(value)
        if not isinstance(value, dict | list) or not value or len(flow) <= _SHORT:
            yield f"{indent}- {flow}"
        else:
            first, *more = _lines(value, f"{indent}  ")
            yield f"{indent}- {first.lstrip()}"
            yield from more


def _entry(head: str, value: Any, indent: str) -> Iterator[str]:  # noqa: ANN401
    """Yield a key and its value, on one line where that is short."""
    flow = _flow(value)
    nested = isinstance(value, dict | list) and value
    deep = nested and any(
        isinstance(each, dict | list) for each in (value.values() if isinstance(value, dict) else value)
    )
    if not nested or (not deep and len(indent) + len(head) + len(flow) <= _SHORT):
        yield f"{head} {flow}"
    else:
        yield head
        yield from _lines(value, f"{indent}  ")


def _flow(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(str(key))}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if not isinstance(value, str):
        return str(value)
    plain = _PLAIN.fullmatch(value) and not _NO_TEXT.fullmatch(value)
    return value if plain else json.dumps(value, ensure_ascii=False)
