"""What all rule sets share: what they are called, where they are from, and the years they are for."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from scenarios.file.schema import Period
from scenarios.schema_types import Model, Wording


def _item_id(value: Any) -> Any:  # noqa: ANN401  (whatever stood in the file)
    """Return a whole number as text; anything else is judged as it stands."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def some(entries: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse a list of nothing; asked of the whole list, so that a wrong entry is not said to be missing too."""
    if not entries:
        raise PydanticCustomError("empty_section", "empty")
    return entries


ItemId = Annotated[str, BeforeValidator(_item_id), StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]{0,15}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Year = Annotated[int, Field(ge=1990, le=2100)]


class Span(Model):
    """The years that a rule set is for."""

    first: Year
    last: Year

    @model_validator(mode="after")
    def _in_order(self) -> Span:
        if self.last < self.first:
            raise PydanticCustomError("assess_span", "span", {"found": f"{self.first}–{self.last}"})
        return self


class Head(Model):
    """A rule set's name, source and year; `period` holds the years it is for, any where nothing is said."""

    schema_version: Literal[1]
    name: Name
    title: Wording
    source: Wording
    year: Year
    period: Span | None = None

    def fits(self, period: Period) -> bool:
        """Return whether all years of a scenario are among those it is for."""
        return self.period is None or (self.period.first <= period.base + 1 and period.end <= self.period.last)
