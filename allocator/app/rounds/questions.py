"""What the page asks about rounds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from allocator.app.questions import Shown

_LONGEST = 2000
"""Characters that are read at all; what is too long to be kept is said, not refused."""

Typed = Annotated[str, Field(max_length=_LONGEST)]


class All(BaseModel):
    """All rounds that are kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kept: Literal["all"]


class Keep(Shown):
    """The settings of the answer that is to be kept as a round, by whom, and why."""

    who: Typed = ""
    why: Typed


class One(BaseModel):
    """A round as it was listed: its number, and the digest of its plan (None where it cannot be used)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Annotated[int, Field(strict=True, ge=1, le=10**9)]
    plan: Annotated[str, Field(max_length=64)] | None
