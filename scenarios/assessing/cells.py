"""Point tables of four cells: whether the year's target was met, and whether the progress so far was."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from scenarios.assessing.heads import Head
from scenarios.errors import Collector
from scenarios.file.document import Document
from scenarios.schema_types import Model, Quantity, Rate, Wording

Cell = Literal["both", "year_only", "cumulative_only", "neither"]


class CellPoints(Model):
    """Points of each cell."""

    both: Quantity
    year_only: Quantity
    cumulative_only: Quantity
    neither: Quantity

    def of(self, year: bool, cumulative: bool) -> tuple[Cell, Decimal]:
        """Return the cell of somebody who met the year's target, or the cumulative one, and its points."""
        cell: Cell = "neither"
        if year:
            cell = "both" if cumulative else "year_only"
        elif cumulative:
            cell = "cumulative_only"
        return cell, getattr(self, cell)


class OverStep(Model):
    """Points of who is over a cap by no more than a share of it."""

    over: Rate
    points: Quantity


class CapPoints(Model):
    """Points of a quantity under a cap: `within` it, over it by `steps`, `beyond` all of them."""

    title: Wording
    unit: Wording
    within: Quantity
    steps: Annotated[tuple[OverStep, ...], Field(strict=False)] = ()
    beyond: Quantity

    def of(self, actual: Fraction, cap: Fraction) -> Decimal:
        """Return the points of an actual figure; a step holds at exactly its share."""
        if actual <= cap:
            return self.within
        held = (step.points for step in self.steps if actual <= cap * (1 + Fraction(step.over)))
        return next(held, self.beyond)


class Cells(Head):
    """A whole table; with `printed_rates` reductions are held against targets as they are printed."""

    kind: Literal["cells"]
    printed_rates: bool = False
    points: CellPoints
    cap: CapPoints | None = None

    def check(self, document: Document, collector: Collector) -> None:
        """Note steps that do not go from the least over the cap to the most."""
        steps = [step.over for step in self.cap.steps] if self.cap else []
        if steps != sorted(set(steps)) or any(over <= 0 for over in steps):
            found = " / ".join(f"{over * 100:f}%" for over in steps)
            collector.error("assess_steps", document.place(("cap", "steps")), found=found)
