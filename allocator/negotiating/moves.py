"""What a negotiation came to: who moved by how much, in numbers and sentences."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from allocator.negotiating.rounds import Round, RoundRecord
from allocator.planning.plan import Plan
from reports.planning.record import PlanRecord, RegionRecord
from reports.planning.sentences import verdict_statement
from reports.printing.numbers import printed_change, signed_amount
from reports.words import LABELS
from scenarios.tables.cells import exact_per_cent, per_cent
from scenarios.wording import Language, listed

SAME = 1e-9
"""How far a replayed rate may be from the kept one."""

_VISIBLE = 5e-8


@dataclass(frozen=True)
class RateMove:
    """One region before and after; rates are fractions, emissions 万吨 in the end year."""

    # before, after: The region's part of the two plans
    before: RegionRecord
    after: RegionRecord
    # fixed, held: Whether its rate is negotiated, or kept because it does not pick up
    fixed: bool
    held: bool

    @property
    def change(self) -> float:
        """How far the computed rate moved."""
        return self.after.rate - self.before.rate

    @property
    def change_10kt(self) -> float:
        """What the computed rate's move stands for: more cut is positive."""
        return self.change * self.after.emissions_10kt * self.after.growth


@dataclass(frozen=True, eq=False)
class Negotiation:
    """The outcome of one round."""

    plan: Plan  # The new one
    before: PlanRecord  # What it is held against: the plan of the round before, or the scenario's own
    record: RoundRecord  # What was asked, as round.json holds it

    @property
    def moves(self) -> tuple[RateMove, ...]:
        """Every region before and after, in the order of the scenario."""
        before = {region.id: region for region in self.before.regions}
        return tuple(
            RateMove(before[region.id], region, region.id in self.record.fixes, region.id in self.record.held)
            for region in self.plan.record.regions
        )

    @property
    def relieved_10kt(self) -> float:
        """What those that go down give up, 万吨, positive."""
        return -sum(move.change_10kt for move in self.moves if move.change < 0)

    @property
    def picked_up_10kt(self) -> float:
        """What those that go up pick up, 万吨."""
        return sum(move.change_10kt for move in self.moves if move.change > 0)

    def statements(self, language: Language) -> list[str]:
        """Return who picks up how much, the sums, and the verdict on the new table."""
        names = {move.after.id: move.after.label(language) for move in self.moves}
        agreed = (f"{names[key]} {exact_per_cent(Decimal(rate))}%" for key, rate in self.record.fixes.items())
        absorb = self.record.absorb or LABELS.say("absorb_all", language)
        lines = [
            self.plan.record.scenario.title.say(language),
            LABELS.say(
                "round_title", language, number=self.record.number, fixes=listed(agreed, language), absorb=absorb
            ),
        ]
        moved = [move for move in self.moves if abs(move.change) > _VISIBLE or move.fixed]
        lines += ["  " + _move_line(move, language) for move in sorted(moved, key=lambda move: move.change)]
        if len(moved) < len(self.moves):
            lines.append(LABELS.say("round_unmoved", language, count=len(self.moves) - len(moved)))
        lines.append(
            LABELS.say(
                "round_sums", language, relieved=f"{self.relieved_10kt:,.2f}", picked=f"{self.picked_up_10kt:,.2f}"
            )
        )
        return [*lines, verdict_statement(self.plan.record.province, language)]

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as JSON-ready values: rates are fractions, changes points and 万吨."""
        return {
            "schema_version": 1,
            "round": self.record.model_dump(),
            "regions": [
                {
                    "id": move.after.id,
                    "name": move.after.name,
                    "before": move.before.rate,
                    "after": move.after.rate,
                    "change_points": move.change * 100,
                    "change_10kt": move.change_10kt,
                    "published_before": move.before.published_rate,
                    "published_after": move.after.published_rate,
                    "fixed": move.fixed,
                    "held": move.held,
                }
                for move in self.moves
            ],
            "relieved_10kt": self.relieved_10kt,
            "picked_up_10kt": self.picked_up_10kt,
            "province": self.plan.record.province.model_dump(),
        }


@dataclass(frozen=True, eq=False)
class Replay:
    """A kept round computed again; `largest` is how far the worst computed rate is from the kept one."""

    outcome: Plan
    kept: Round
    largest: float
    same_table: bool

    @property
    def same(self) -> bool:
        """Whether the round came out as it was kept."""
        return self.same_table and self.largest <= SAME

    def statements(self, language: Language) -> list[str]:
        """Return whether it came out the same, and the verdict."""
        code = "replay_same" if self.same else "replay_differs"
        said = LABELS.say(code, language, number=self.kept.record.number, points=f"{self.largest * 100:.1e}")
        return [said, verdict_statement(self.outcome.record.province, language)]

    def as_json(self) -> dict[str, Any]:
        """Return the same as JSON-ready values."""
        return {
            "schema_version": 1,
            "round": self.kept.record.model_dump(),
            "same": self.same,
            "largest_difference": self.largest,
            "regions": [
                {"id": r.id, "name": r.name, "rate": r.rate, "published_rate": r.published_rate}
                for r in self.outcome.record.regions
            ],
        }


def _move_line(move: RateMove, language: Language) -> str:
    """Return one region before and after, computed and printed."""
    return LABELS.say(
        "round_move", language, name=move.after.label(language), before=per_cent(move.before.rate),
        after=per_cent(move.after.rate), points=printed_change(move.before.rate, move.after.rate),
        tonnes=signed_amount(move.change_10kt),
        printed_before=per_cent(move.before.published_rate), printed_after=per_cent(move.after.published_rate),
        mark=" " + LABELS.say("round_fixed", language) if move.fixed else "",
    )  # fmt: skip
