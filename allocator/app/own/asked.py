"""What the pages of the user's own files send: judged before anything is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, NoReturn, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, ValidationError

from allocator.app.own.form import Filled
from allocator.app.questions import MALFORMED, NOT_JSON, Unreadable
from scenarios.errors import InputError
from scenarios.tables.files import parse_json
from scenarios.tables.grid import MAX_CHARACTERS

_Name = Annotated[str, Field(max_length=255)]
_Long = Annotated[str, Field(max_length=MAX_CHARACTERS)]


def _only_true(value: object) -> object:
    """Refuse what Python takes for true besides."""
    if value is not True:
        raise ValueError
    return value


Yes = Annotated[Literal[True], BeforeValidator(_only_true)]
"""The true of JSON, and no 1."""


class Typed(BaseModel):
    """What was typed into a cell."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sheet: _Name
    cell: Annotated[str, Field(max_length=12)]
    text: str


class Mended(BaseModel):
    """Cells of a workbook given anew; `first`: since the page was opened, so that what it was before is kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: _Name
    digest: _Name
    cells: Annotated[tuple[Typed, ...], Field(min_length=1, max_length=1000)]
    first: StrictBool


class Confirmed(BaseModel):
    """The reason why a figure is right that was asked about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    digest: _Name
    asked: _Long
    reason: str
    first: StrictBool


class Copying(BaseModel):
    """That a copy is wanted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    copied: Yes


class Folder(BaseModel):
    """The folder that was typed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Annotated[str, Field(max_length=1000)]


class Renaming(BaseModel):
    """The name that a scenario is to have."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(max_length=1000)]


class Removing(BaseModel):
    """That a scenario is to be removed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    removed: Yes


class Dropped(BaseModel):
    """What stands in the address to which a map is sent: its name, and `digest` and `first` as in `Mended`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=1000)]
    digest: _Name
    first: Literal["true", "false"]


Sent = TypeVar("Sent", Mended, Confirmed, Copying, Folder, Filled, Renaming, Removing)


def read(body: bytes, kind: str, wanted: type[Sent]) -> Sent:
    """Return what was sent. Raises Unreadable: no JSON, or of another form."""
    if kind != "application/json":
        raise Unreadable(NOT_JSON)
    try:
        return wanted.model_validate(parse_json(body, "", constant=_no_number))
    except (InputError, ValidationError):
        raise Unreadable(MALFORMED) from None


def read_address(asked: Mapping[str, str]) -> Dropped:
    """Return what stands in an address. Raises Unreadable: not what a page of ours writes there."""
    try:
        return Dropped.model_validate(asked)
    except ValidationError:
        raise Unreadable(MALFORMED) from None


def _no_number(_name: str) -> NoReturn:
    """Refuse NaN and infinity, which are no JSON."""
    raise ValueError
