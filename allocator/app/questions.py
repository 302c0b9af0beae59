"""What a browser sends, judged before anything is done with it: JSON, of the right form, about this scenario."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from allocator.app.desk import Desk
from allocator.app.pictures import Colouring
from allocator.app.state import Settings
from allocator.app.typed import fields
from allocator.app.view import Kept
from scenarios.errors import InputError
from scenarios.tables.files import parse_json

NOT_JSON, MALFORMED = 415, 400

_LONGEST = 200
"""Characters of what may be typed for a number."""


class Unreadable(Exception):  # noqa: N818  (not an error of the program's)
    """A body that no page of ours sends; `status` is that of the answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Question(BaseModel):
    """The settings of the controls, which of them was moved, what is kept as A, and what the map is to show."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    settings: Settings
    moved: str = ""
    kept: Kept | None = None
    map: Colouring = ""


class Fix(BaseModel):
    """A region that is to get a rate under the settings, as it was typed; either is empty where nothing was chosen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    settings: Settings
    region: str
    rate: Annotated[str, Field(max_length=200)]


class Shown(BaseModel):
    """The settings of the answer that a page shows; None where it shows an old one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    settings: Settings | None

    def offered(self, _desk: Desk) -> bool:
        """Return whether it names nothing that the page does not offer."""
        return True


class OfPlan(Shown):
    """The settings of the plan that a page beside it is about."""

    settings: Settings


class Entered(BaseModel):
    """A text that was typed beside a slider, and which control that is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    control: str
    text: Annotated[str, Field(max_length=_LONGEST)]


Asked = TypeVar("Asked", bound=BaseModel)


def read(body: bytes, kind: str, wanted: type[Asked], desk: Desk) -> Asked:
    """Return what was asked.

    `body`, `kind`: of the request; `kind` is its content type.
    `desk`: whose weights, rules and regions it must name.
    Raises Unreadable: no JSON, of another form, or about another scenario.
    """
    if kind != "application/json":
        raise Unreadable(NOT_JSON)
    try:
        asked = wanted.model_validate(parse_json(body, "", constant=_no_number))
    except (InputError, ValidationError):
        raise Unreadable(MALFORMED) from None
    if not _about(asked, desk):
        raise Unreadable(MALFORMED)
    return asked


def _no_number(_name: str) -> NoReturn:
    """Refuse NaN and infinity, which are no JSON."""
    raise ValueError


def _about(asked: BaseModel, desk: Desk) -> bool:
    """Return whether a question names what the scenario on the desk has, and nothing else."""
    if isinstance(asked, Entered):
        return asked.control in fields(desk)
    if not isinstance(asked, Question | Fix | Shown):
        return True
    if isinstance(asked, Shown) and not asked.offered(desk):
        return False
    own, regions = desk.own, {*desk.scenario.regions.ids}
    named: list[Iterable[Any]] = [asked.settings.fixes] if asked.settings else []
    if isinstance(asked, Fix) and asked.region:
        named.append([asked.region])
    if isinstance(asked, Question):
        named.append(asked.kept.rates if asked.kept else ())
        if asked.moved not in own.movable:
            return False
    rules = {rule.id for rule in desk.scenario.file.rules}
    return all(regions.issuperset(each) for each in named) and (not asked.settings or asked.settings.like(own, rules))
