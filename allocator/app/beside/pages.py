"""The pages beside the plan by name: what fills each, and which questions it asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from allocator.app.beside import by_method, checking, publishing, sensitivity, tracking
from allocator.app.beside.shown import Questions, standing
from allocator.app.desk import Desk
from allocator.app.questions import OfPlan
from scenarios.wording import Language


@dataclass(frozen=True)
class Beside:
    """A page beside the plan."""

    values: Callable[[Desk, Language], Mapping[str, Any]]  # What its template is filled with
    questions: Questions  # What it asks


PAGES: Mapping[str, Beside] = MappingProxyType(
    {
        "check": Beside(checking.values, {"plan": (OfPlan, standing), **checking.QUESTIONS}),
        "sensitivity": Beside(sensitivity.values, {"plan": (OfPlan, standing), **sensitivity.QUESTIONS}),
        "methods": Beside(by_method.values, {"plan": (OfPlan, standing), **by_method.QUESTIONS}),
        "track": Beside(tracking.values, {"plan": (OfPlan, standing), **tracking.QUESTIONS}),
        "publish": Beside(publishing.values, {"plan": (OfPlan, standing), **publishing.QUESTIONS}),
    }
)
