"""The caps of the cities on both sides of a comparison, city by city, with the reserve and what all add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from reports.comparing import CapMove
from reports.planning.record import PlanRecord
from reports.words import LABELS
from scenarios.total.caps import CityCaps
from scenarios.wording import Language


@dataclass(frozen=True)
class SideCaps:
    """The caps of one side, 万吨."""

    by_id: dict[str, float]
    reserve: float | None  # What no city gets, None where that is not known


class HasCaps(Protocol):
    """A row of a comparison that has caps."""

    @property
    def cap_before_10kt(self) -> float | None:
        """The cap of the first side."""

    @property
    def cap_after_10kt(self) -> float | None:
        """That of the second."""

    def label(self, language: Language) -> str:
        """Return what the region is called."""


def of_plan(record: PlanRecord) -> SideCaps | None:
    """Return the caps of a plan; None where it has none."""
    pair = record.province.total.pair if record.province.total else None
    if pair is None:
        return None
    return SideCaps({r.id: r.cap.cap_10kt for r in record.regions if r.cap is not None}, pair.reserve_10kt)


def of_table(ids: Sequence[str], caps: CityCaps | None) -> SideCaps | None:
    """Return the caps of a table of the regions with these identifiers; None where it has none."""
    if caps is None:
        return None
    by_id = {identifier: float(value) for identifier, value in zip(ids, caps.values, strict=True)}
    return SideCaps(by_id, None if caps.reserve is None else float(caps.reserve))


def cap_moves(
    rows: Sequence[HasCaps], sides: tuple[SideCaps | None, SideCaps | None], language: Language
) -> list[CapMove]:
    """Return each region's caps, then the reserve where a side says it, and the sum; none without caps.

    Where one side says a reserve and the other does not, the sum of the other is not known.
    """
    if not any(sides):
        return []
    moves = [CapMove(row.label(language), row.cap_before_10kt, row.cap_after_10kt) for row in rows]
    reserves = tuple(None if side is None else side.reserve for side in sides)
    kept = any(reserve is not None for reserve in reserves)
    if kept:
        moves.append(CapMove(LABELS.say("reserve_row", language), *reserves))
    return [*moves, CapMove(LABELS.say("total", language), *(_sum(side, kept) for side in sides))]


def _sum(side: SideCaps | None, kept: bool) -> float | None:
    """Return what the caps of a side add up to, with the reserve where one is `kept`; None where that is not known."""
    if side is None or (kept and side.reserve is None):
        return None
    return sum(side.by_id.values()) + (side.reserve or 0)


def cap_statements(moves: Sequence[CapMove], language: Language) -> Iterator[str]:
    """Yield a line a region, the reserve, and the sum."""
    if moves:
        yield LABELS.say("compare_caps", language)
    for move in moves:
        before, after, change = move.shown
        yield "  " + LABELS.say("compare_cap", language, name=move.name, before=before, after=after, change=change)
