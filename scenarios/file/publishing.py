"""How a scenario says its table is published: grid and classes, and how the circular is set."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from scenarios.schema_types import Grid, Key, Line, Model, Wording, Words

ClassCount = Annotated[int, Field(ge=1, le=1000)]
Points = Annotated[float, Field(ge=5, le=72)]
"""A size of type, or the pitch of lines, in points."""

Profile = Literal["circular", "full"]
"""What the table that is published holds: what was decided (circular), or everything with its proof (full)."""

MARGINS = (37.0, 35.0, 28.0, 26.0)
"""White at top, bottom, left and right of a page by GB/T 9704–2012, mm: a type area of 156 × 225 on A4."""


def _classes_form(value: object) -> str | None:
    """Return which way of saying classes it is, None for none."""
    if isinstance(value, dict):
        return "regions"
    return "auto" if value == "auto" else "count" if type(value) is int else None


Classes = Annotated[
    Annotated[ClassCount, Tag("count")]
    | Annotated[Literal["auto"], Tag("auto")]
    | Annotated[dict[Line, ClassCount], Tag("regions")],
    Discriminator(_classes_form, custom_error_type="classes_form", custom_error_message="classes"),
]


class Paper(Model):
    """How the circular is set where GB/T 9704–2012 leaves it open, or an office has its own way; sizes in points."""

    mark: Line | None = None  # In the corner of the first page; 附件 where nothing is said
    # title_font … table_font: of Chinese text
    title_font: Line = "方正小标宋简体"
    text_font: Line = "仿宋"
    head_font: Line = "黑体"
    table_font: Line = "仿宋"
    title_size: Points = 22
    text_size: Points = 16
    table_size: Points = 14
    line_pitch: Points = 28


def _unsaid(words: Words | str | None) -> bool:
    """Return whether the scenario does not say it: an older record then stays as it is."""
    return words is None


class Printed(Model):
    """What a published table is to hold and how it is set, as the scenario says it."""

    profile: Profile | None = None  # None: the circular with a verification note of its own
    columns: Annotated[tuple[Key, ...] | None, Field(strict=False)] = None
    notes: Annotated[tuple[Words, ...], Field(strict=False)] = ()
    office: Words | None = Field(default=None, exclude_if=_unsaid)  # That writes
    contact: Words | None = Field(default=None, exclude_if=_unsaid)  # Whom to ask
    number: Line | None = Field(default=None, exclude_if=_unsaid)  # Of the document, as it is printed
    paper: Paper = Paper()


class Publish(Model):
    """How the rates are printed: the grid they are rounded to, and classes if there are to be any.

    `classes`: how many at most, ordered by score; ``auto`` (natural breaks of the scores propose who
    goes together); or every region's class by hand, 1 for the highest rate.
    `smallest_class`: regions of a class at least.
    `profile`, `columns`: what a published table holds. `notes`: what the office has to say below its circular.
    `office`, `contact`: who writes circular and letters, and whom to ask. `number`: of the document, as
    桂环函〔2026〕12号.
    `paper`: how the circular is set.
    """

    grid: Grid = Decimal("0.005")
    classes: Classes | None = None
    smallest_class: ClassCount = 1
    profile: Profile | None = None
    columns: Annotated[tuple[Key, ...] | None, Field(strict=False)] = None
    notes: Annotated[tuple[Wording, ...], Field(strict=False)] = ()
    office: Wording | None = None
    contact: Wording | None = None
    number: Line | None = None
    paper: Paper = Paper()

    @property
    def printed(self) -> Printed | None:
        """What it says of the paper that is published; None where that is nothing."""
        said = Printed(
            profile=self.profile, columns=self.columns, notes=self.notes, office=self.office, contact=self.contact,
            number=self.number, paper=self.paper,
        )  # fmt: skip
        return None if said == Printed() else said
