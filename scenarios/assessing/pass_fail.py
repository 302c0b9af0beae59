"""Rule sets by which indicators are met or missed, without points: control and supporting ones, a few words a grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from scenarios.assessing.heads import Head, ItemId, some
from scenarios.errors import Collector, Place
from scenarios.file.document import Document
from scenarios.file.schema import ScenarioFile
from scenarios.quantities import QuantityName
from scenarios.schema_types import Key, Model, Quantity, Wording

FALSIFIED = "falsified"
"""The row of a form that says whether figures were falsified."""

Figure = Literal["total", "intensity", "offsets", "share"]
Group = Literal["control", "supporting"]


FIGURES: Mapping[QuantityName, tuple[Figure, ...]] = MappingProxyType(
    {
        "carbon": ("total", "intensity", "offsets"), "energy": ("intensity",), "coal": ("total",), "oil": ("total",),
        "nonfossil": ("share",),
    }
)  # fmt: skip
"""What can be computed from the scenario of a quantity."""


class Computed(Model):
    """A part that is computed from the scenario of a quantity: the one that is tracked, or one beside it.

    `figure`: which of its figures; need not be said where there is one only.
    """

    scenario: QuantityName
    figure: Figure | None = None

    @model_validator(mode="after")
    def _has_it(self) -> Computed:
        known = FIGURES[self.scenario]
        if self.figure not in (*known, *([None] if len(known) == 1 else [])):
            needed = {"found": self.figure or "–", "quantity": self.scenario, "known": ", ".join(known)}
            raise PydanticCustomError("assess_figure", "figure", needed)
        return self

    @property
    def which(self) -> Figure:
        """Which figure it is."""
        return self.figure or FIGURES[self.scenario][0]

    @property
    def name(self) -> str:
        """Quantity and figure, as in ``coal.total``."""
        return f"{self.scenario}.{self.which}"

    @property
    def compares(self) -> bool:
        """Whether it is a figure that is held against a target."""
        return self.which != "offsets"


def _form(value: object) -> str:
    return "computed" if isinstance(value, dict | Computed) else "given"


Source = Annotated[
    Annotated[Computed, Tag("computed")] | Annotated[Literal["entered", "judged"], Tag("given")], Discriminator(_form)
]
"""Where a part comes from: computed; a figure and a target entered; judged by the office."""


class Usual(Model):
    """Between what the target of a part is, sign apart; what is not, is asked about."""

    least: Quantity | None = None
    most: Quantity | None = None

    def holds(self, figure: Decimal) -> bool:
        """Return whether a figure is within."""
        return (self.least is None or figure >= self.least) and (self.most is None or figure <= self.most)

    @property
    def shown(self) -> str:
        """The limits, as in ``1–100``, ``≥ 1``."""
        least, most = (None if each is None else f"{each:f}" for each in (self.least, self.most))
        if least is not None and most is not None:
            return f"{least}–{most}"
        return f"≥ {least}" if least is not None else f"≤ {most}"


class Part(Model):
    """What of an indicator is met or missed as one: where it comes from, its unit, when it is met."""

    id: ItemId
    title: Wording
    source: Source
    unit: Wording | None = None
    met: Literal["at_most", "at_least"] | None = None
    usual: Usual | None = None

    def is_usual(self, target: Decimal) -> bool:
        """Return whether a target is none that is asked about."""
        return not target or self.usual is None or self.usual.holds(abs(target))

    @property
    def in_per_cent(self) -> bool:
        """Whether its figures are per cent."""
        return self.unit is not None and self.unit.zh == "%"

    @model_validator(mode="after")
    def _measured(self) -> Part:
        measured = self.source.compares if isinstance(self.source, Computed) else self.source == "entered"
        if measured and (self.unit is None or self.met is None):
            raise PydanticCustomError("assess_part_measure", "measure")
        return self


class Indicator(Model):
    """An indicator: met when all of its parts are, missed when one is."""

    id: Key
    title: Wording
    parts: Annotated[tuple[Part, ...], Field(strict=False), AfterValidator(some)]


class MostMissed(Model):
    """How many supporting indicators may be missed for a grade; no control indicator ever."""

    excellent: Annotated[int, Field(ge=0, le=100)]
    qualified: Annotated[int, Field(ge=0, le=100)]


class PassFail(Head):
    """A whole rule set; with `printed_rates` reductions are held against targets as they are printed."""

    kind: Literal["pass_fail"]
    printed_rates: bool = False
    grades: MostMissed
    control: Annotated[tuple[Indicator, ...], Field(strict=False), AfterValidator(some)]
    supporting: Annotated[tuple[Indicator, ...], Field(strict=False), AfterValidator(some)]

    @property
    def indicators(self) -> tuple[tuple[Group, Indicator], ...]:
        """All indicators with their group, in order."""
        return (*(("control", one) for one in self.control), *(("supporting", one) for one in self.supporting))

    @property
    def parts(self) -> dict[str, Part]:
        """All parts by id."""
        return {part.id: part for _, indicator in self.indicators for part in indicator.parts}

    def check(self, document: Document, collector: Collector) -> None:
        """Note ids that stand twice or are taken, and grades out of order."""
        seen: dict[str, Place] = {}
        for path, name in self._named():
            place = document.place(path)
            if name == FALSIFIED:
                collector.error("assess_part_reserved", place, found=name)
            elif name in seen:
                collector.error("assess_id_twice", place, found=name, first=seen[name].inside)
            seen.setdefault(name, place)
        if self.grades.excellent > self.grades.qualified:
            found = f"{self.grades.excellent} > {self.grades.qualified}"
            collector.error("assess_missed_order", document.place(("grades",)), found=found)

    def _named(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield the path of each part's id in the file, and the id."""
        for group in ("control", "supporting"):
            for n, indicator in enumerate(getattr(self, group)):
                for k, part in enumerate(indicator.parts):
                    yield (group, n, "parts", k, "id"), part.id


def computed_from(scenario: ScenarioFile) -> frozenset[str]:
    """Return the names of what can be computed from a scenario of carbon and those beside it; see `Computed.name`."""
    track, found = scenario.track, {"carbon.intensity"}
    if scenario.total is not None:
        found.add("carbon.total")
    if track is not None and track.offsets is not None:
        found.add("carbon.offsets")
    beside = () if track is None else track.beside
    return frozenset(found | {f"{quantity}.{figure}" for quantity in beside for figure in FIGURES[quantity]})
