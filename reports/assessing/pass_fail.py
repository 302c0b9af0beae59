"""assessment.json of a rule set without points: indicators met, missed or open, and the grades that are left.

An open indicator is not guessed: the grades are those of all ways in which the open ones may come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from pydantic import Field

from reports.assessing.record import Grade
from reports.records import Named, Record, _absent
from scenarios.assessing.pass_fail import Group, MostMissed
from scenarios.schema_types import Words

State = Literal["met", "missed", "open"]


class PartRecord(Record):
    """One part of an indicator; figures in its unit, per cent as per cent."""

    id: str
    title: Words
    unit: Words | None
    met: Literal["at_most", "at_least"] | None  # How figure and target are held against each other
    source: Literal["computed", "entered", "judged"]
    state: State
    # exact: as rationals, None where there is none
    exact_figure: str | None = None
    exact_target: str | None = None
    target_from: Literal["entered", "budget", "path"] | None = None
    evidence: str = ""
    five_year: State | None = Field(default=None, exclude_if=_absent)  # Beside a year's cut: that since the base year
    exact_due: str | None = Field(default=None, exclude_if=_absent)  # The scenario's own where another was entered
    # Of offsets: how many projects have started by the year, and all of them
    started: tuple[int, int] | None = Field(default=None, exclude_if=_absent)

    @property
    def figure(self) -> Fraction | None:
        """The actual figure, exact."""
        return None if self.exact_figure is None else Fraction(self.exact_figure)

    @property
    def target(self) -> Fraction | None:
        """The target, exact."""
        return None if self.exact_target is None else Fraction(self.exact_target)

    @property
    def looser_than(self) -> Fraction | None:
        """What the scenario itself asks where the entered target asks less, exact."""
        due, target = None if self.exact_due is None else Fraction(self.exact_due), self.target
        if due is None or target is None:
            return None
        return due if (target > due if self.met == "at_most" else target < due) else None


class IndicatorRecord(Record):
    """One indicator."""

    id: str
    group: Group
    title: Words
    state: State
    parts: tuple[PartRecord, ...]


class CityReference(Named):
    """One city's intensity, for reference: cuts and what was due, fractions."""

    cut: float
    due: float
    year: State
    done: float
    path: float
    so_far: State


class RulesRecord(Record):
    """A rule set as its assessment names it."""

    name: str
    title: Words
    source: Words
    year: int
    printed_rates: bool
    grades: MostMissed


class PassFailRecord(Record):
    """A whole assessment of a province; cities stand beside it for reference."""

    schema_version: Literal[1] = 1
    kind: Literal["pass_fail"] = "pass_fail"
    scenario: str
    year: int
    rules: RulesRecord
    grades: tuple[Grade, ...]  # All that are possible, the best first
    falsified: str  # The evidence; ``""``: nobody says so
    indicators: tuple[IndicatorRecord, ...]
    cities: tuple[CityReference, ...]
    inputs: dict[str, str]
    created: str

    def states(self, group: Group) -> list[State]:
        """Return the states of one group."""
        return [indicator.state for indicator in self.indicators if indicator.group == group]

    def disagreements(self) -> list[str]:
        """Return the ids of indicators, or ``grades``, that do not follow from what the record holds."""
        wrong = [one.id for one in self.indicators if one.state != whole([part.state for part in one.parts])]
        parts = [part for one in self.indicators for part in one.parts]
        wrong += [part.id for part in parts if compared(part) not in (None, part.state)]
        control, supporting = self.states("control"), self.states("supporting")
        found = possible_grades(control, supporting, bool(self.falsified), self.rules.grades)
        return wrong if found == self.grades else [*wrong, "grades"]


def compared(part: PartRecord) -> State | None:
    """Return what figure and target of a part come to; None where one is missing."""
    figure, target = part.figure, part.target
    if figure is None or target is None or part.met is None:
        return None
    return "met" if (figure <= target if part.met == "at_most" else figure >= target) else "missed"


def whole(parts: Sequence[State]) -> State:
    """Return the state of an indicator: missed where a part is, met where all are."""
    if "missed" in parts:
        return "missed"
    return "open" if "open" in parts else "met"


def possible_grades(
    control: Sequence[State], supporting: Sequence[State], falsified: bool, most: MostMissed
) -> tuple[Grade, ...]:
    """Return every grade that the open indicators leave, the best first."""
    if falsified:
        return ("failed",)
    found = {
        _grade(c, s, most)
        for c in range(control.count("missed"), len(control) - control.count("met") + 1)
        for s in range(supporting.count("missed"), len(supporting) - supporting.count("met") + 1)
    }
    order: tuple[Grade, ...] = ("excellent", "qualified", "failed")
    return tuple(grade for grade in order if grade in found)


def _grade(control: int, supporting: int, most: MostMissed) -> Grade:
    """Return the grade of so many missed indicators."""
    if control or supporting > most.qualified:
        return "failed"
    return "excellent" if supporting <= most.excellent else "qualified"
