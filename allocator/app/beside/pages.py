"""The pages beside the plan by name: what fills each, and which questions it asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask import Response

from allocator.app.beside import checking, publishing
from allocator.app.beside.shown import standing
from allocator.app.desk import Desk
from allocator.app.questions import OfPlan, Shown
from scenarios.wording import Language

Reply = Callable[[Desk, Language, Any], Response]
"""From a scenario, the language of the page and a question of the form that belongs to it to what is answered."""


@dataclass(frozen=True)
class Beside:
    """A page beside the plan."""

    values: Callable[[Desk, Language], Mapping[str, Any]]  # What its template is filled with
    # Question -> its form, and what answers it
    questions: Mapping[str, tuple[type[Shown], Reply]]


PAGES: Mapping[str, Beside] = MappingProxyType(
    {
        "check": Beside(checking.values, {"plan": (OfPlan, standing), **checking.QUESTIONS}),
        "publish": Beside(publishing.values, {"plan": (OfPlan, standing), **publishing.QUESTIONS}),
    }
)
