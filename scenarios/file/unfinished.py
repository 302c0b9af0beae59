"""A scenario whose plan is not filled in yet, for a job that needs nothing of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scenarios.errors import Finding, InputError
from scenarios.file.document import Document, validate
from scenarios.file.schema import ScenarioFile

_STAND_INS: Mapping[str, Any] = {
    "period": {"base": 1990, "end": 2100},
    "period.base": 1990,
    "period.end": 2100,
    "target": "1%",
    "regions": "regions.xlsx",
    "reference": {"map": "uniform"},
    "criteria": {"one": {"weight": 1, "indicators": {"one": {"column": "gdp", "direction": "+"}}}},
}
"""What must be there for a plan -> what stands for it while it is missing."""
_WANTING = ("missing_key", "missing_choice", "no_value")
_DIRECTION = "direction"


def validate_unfinished(document: Document) -> tuple[ScenarioFile, bool]:
    """Return a document as a `ScenarioFile`, and whether its plan is filled in; what is missing of it is made up.

    Raises InputError: everything that is wrong, and not merely missing from the plan; see `validate`.
    """
    try:
        return validate(document), True
    except InputError as error:
        if not all(map(_may_wait, error.findings)):
            raise InputError(finding for finding in error.everything if not _may_wait(finding)) from None
        keys = [finding.place.key for finding in error.findings]
        return validate(_filled(document, keys)), False


def _may_wait(finding: Finding) -> bool:
    key = finding.place.key
    return finding.code in _WANTING and (key in _STAND_INS or key.endswith(f".{_DIRECTION}"))


def _filled(document: Document, keys: list[str]) -> Document:
    """Return a document with stand-ins under some keys."""
    values = _with(document.values, {tuple(key.split(".")): _STAND_INS.get(key, "+") for key in keys})
    return replace(document, values=values)


def _with(node: Any, changes: Mapping[tuple[str, ...], Any]) -> Any:  # noqa: ANN401
    """Return plain values with some put under their paths."""
    if () in changes:
        return changes[()]
    section = dict(node) if isinstance(node, dict) else {}
    for key in dict.fromkeys(path[0] for path in changes):
        below = {path[1:]: value for path, value in changes.items() if path[0] == key}
        section[key] = _with(section.get(key), below)
    return section
