"""Questions about odd figures, answered in a scenario file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, LiteralString

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from scenarios.schema_types import Line, Model, Wording, Words

_NO_REASONS = {"理由", "why", "reason"}


def refuse_twice(code: LiteralString, ids: Iterable[str]) -> None:
    """Refuse an id that stands twice among those of rules, or of answers."""
    listed = list(ids)
    again = next((n for n, key in enumerate(listed) if key in listed[:n]), None)
    if again is not None:
        raise PydanticCustomError(code, "entries", {"found": listed[again], "below": again})


def _answers_form(value: object) -> object:
    """Refuse answers that are no list of sections."""
    if value is None or (isinstance(value, list | tuple) and not any(isinstance(entry, str) for entry in value)):
        return value
    raise PydanticCustomError("accept_form", "accept")


def _own_words(reason: Words) -> Words:
    """Refuse the word that stands for a reason where an answer is shown to be copied."""
    if {reason.zh.strip(), reason.en.strip().lower()} & _NO_REASONS:
        raise PydanticCustomError("accept_reason", "reason")
    return reason


class Accepted(Model):
    """An odd figure that is right: the id of the question about it, and why."""

    id: Line
    reason: Annotated[Wording, AfterValidator(_own_words)]


def _distinct(answers: tuple[Accepted, ...]) -> tuple[Accepted, ...]:
    """Refuse two answers to one question."""
    refuse_twice("answer_twice", (answer.id for answer in answers))
    return answers


Answered = Annotated[
    tuple[Accepted, ...], Field(strict=False), BeforeValidator(_answers_form), AfterValidator(_distinct)
]
"""The answers of a scenario."""
