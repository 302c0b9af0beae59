"""proof.json: why the computed rates of a plan are the one answer, for `reports/check_proof.py` to check."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import Field

from reports.records import Record, _absent
from scenarios.schema_types import Words

Term = tuple[Any, ...]
"""A rule and its multipliers, in text; what stands behind each kind of rule is said where they are added up."""


class AnswerRecord(Record):
    """What the answer is derived from: who stands at a bound, and stages of rules with multipliers."""

    at_lower: tuple[int, ...]
    at_upper: tuple[int, ...]
    stages: tuple[tuple[Term, ...], ...]
    # Rules with multipliers that show the sum to be the least above the target, where the target is exceeded
    least: tuple[Term, ...] | None = Field(default=None, exclude_if=_absent)


class ProofRecord(Record):
    """The proof of a plan."""

    schema_version: Literal[1] = 1
    plan: str  # SHA-256 of the plan.json that it is of: what its seal calls whole
    answer: AnswerRecord | None
    none: Words | None = Field(default=None, exclude_if=_absent)  # Why there is no proof

    def to_json(self) -> str:
        """Return the proof as JSON text, a stage a line: there can be hundreds."""
        content = self.model_dump(mode="json")
        answer = content.pop("answer")
        head = json.dumps(content, ensure_ascii=False)[:-1]
        if answer is None:
            return f'{head}, "answer": null}}\n'
        stages = ",\n".join(json.dumps(stage) for stage in answer.pop("stages"))
        return f'{head},\n"answer": {json.dumps(answer)[:-1]}, "stages": [\n{stages}\n]}}}}\n'
