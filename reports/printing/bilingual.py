"""A page in two languages: what both say is in it once, what differs twice. `templates/report.js` switches."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from markupsafe import Markup

_TAG = re.compile("(<[^>]*>)")
_ATTRIBUTE = re.compile('([a-z-]+)="([^"]*)"')


def both_texts(first: str, second: str) -> Markup:
    """Return the first of two renderings of one template, each text and each tag with what the second has instead.

    Before a text stands the other as a comment; a tag has its other attributes as JSON in data-other.

    Raises
    ------
    ValueError
        The two do not have the same tags.
    """
    pairs = zip(_TAG.split(first), _TAG.split(second), strict=True)
    return Markup("".join(one if one == other else _both(one, other) for one, other in pairs))


def both_values(first: Any, second: Any) -> Any:  # noqa: ANN401  (plotly's values)
    """Return values that plotly.js takes, with {"said": [first, second]} where they differ."""
    if first == second:
        return first
    if isinstance(first, dict) and isinstance(second, dict) and first.keys() == second.keys():
        return {key: both_values(value, second[key]) for key, value in first.items()}
    if _mappings(first) and _mappings(second) and len(first) == len(second):
        return [both_values(*pair) for pair in zip(first, second, strict=True)]
    return {"said": [first, second]}


def _both(one: str, other: str) -> str:
    """Return a text or a tag with the other beside it."""
    if not one.startswith("<"):
        return f"<!--{other}-->{one}"
    known = _ATTRIBUTE.findall(one)
    found = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(other) if (name, value) not in known}
    return f'{one[:-1]} data-other="{html.escape(json.dumps(found, ensure_ascii=False))}">'


def _mappings(value: Any) -> bool:  # noqa: ANN401  (plotly's values)
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)
