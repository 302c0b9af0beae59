"""What a negotiation came to: who moved by how much, in numbers and sentences."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from allocator.negotiating.rounds import Round, RoundRecord
from allocator.planning.plan import Plan
from reports.planning.record import PlanRecord, RatedRegion, RegionRecord
from reports.planning.sentences import verdict_statement
from reports.printing.numbers import minus, printed_change, signed_amount
from reports.records import Listed, Record
from reports.verifying.record import ProvinceRecord
from reports.words import LABELS
from scenarios.quantities import Quantity, in_own_words
from scenarios.tables.cells import exact_per_cent, per_cent
from scenarios.wording import Language, listed, percent

SAME = 1e-9
"""How far a replayed rate may be from the kept one."""

_VISIBLE = 5e-6  # points


class RateMove(Listed):
    """One region before and after; rates are fractions, changes points and 万吨 in the end year."""

    # before, after: Its computed rates
    before: float
    after: float
    change_points: float
    change_10kt: float  # What that stands for: more cut is positive
    published_before: float
    published_after: float
    # fixed, held: Whether its rate is negotiated, or kept because it does not pick up
    fixed: bool
    held: bool


class NegotiationRecord(Record):
    """The outcome of one round, as programs read it."""

    schema_version: Literal[1] = 1
    round: RoundRecord
    regions: tuple[RateMove, ...]
    relieved_10kt: float
    picked_up_10kt: float
    province: ProvinceRecord


class ReplayRecord(Record):
    """A round computed again, as programs read it."""

    schema_version: Literal[1] = 1
    round: RoundRecord
    same: bool
    largest_difference: float
    regions: tuple[RatedRegion, ...]


@dataclass(frozen=True, eq=False)
class Negotiation:
    """The outcome of one round."""

    plan: Plan  # The new one
    before: PlanRecord  # What it is held against: the plan of the round before, or the scenario's own
    round: RoundRecord  # What was asked, as round.json holds it

    @property
    def moves(self) -> tuple[RateMove, ...]:
        """Every region before and after, in the order of the scenario."""
        before = {region.id: region for region in self.before.regions}
        return tuple(_move(before[region.id], region, self.round) for region in self.plan.record.regions)

    @property
    def relieved_10kt(self) -> float:
        """What those that go down give up, 万吨, positive."""
        return -sum(move.change_10kt for move in self.moves if move.change_points < 0)

    @property
    def picked_up_10kt(self) -> float:
        """What those that go up pick up, 万吨."""
        return sum(move.change_10kt for move in self.moves if move.change_points > 0)

    @property
    def measured(self) -> Quantity:
        """The quantity that it is of."""
        return self.plan.measured

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return who picks up how much, the sums, and the verdict on the new table."""
        names = {move.id: move.label(language) for move in self.moves}
        fixes, sign = self.round.fixes.items(), percent(language)
        agreed = (f"{names[key]} {exact_per_cent(Decimal(rate))}{sign}" for key, rate in fixes)
        absorb = self.round.absorb or LABELS.say("absorb_all", language)
        lines = [
            self.plan.record.scenario.title.say(language),
            LABELS.say(
                "round_title", language, number=self.round.number, fixes=listed(agreed, language), absorb=absorb
            ),
        ]
        moved = [move for move in self.moves if abs(move.change_points) > _VISIBLE or move.fixed]
        lines += ["  " + _move_line(move, language) for move in sorted(moved, key=lambda move: move.change_points)]
        if len(moved) < len(self.moves):
            lines.append(LABELS.say("round_unmoved", language, count=len(self.moves) - len(moved)))
        lines.append(
            LABELS.say(
                "round_sums", language, relieved=f"{self.relieved_10kt:,.2f}", picked=f"{self.picked_up_10kt:,.2f}"
            )
        )
        return [*lines, verdict_statement(self.plan.record.province, language)]

    @property
    def record(self) -> NegotiationRecord:
        """The outcome for programs."""
        return NegotiationRecord.of(self, regions=self.moves, province=self.plan.record.province)


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

    @property
    def measured(self) -> Quantity:
        """The quantity that it is of."""
        return self.outcome.measured

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return whether it came out the same, and the verdict."""
        code = "replay_same" if self.same else "replay_differs"
        said = LABELS.say(code, language, number=self.kept.record.number, points=f"{self.largest * 100:.1e}")
        return [said, verdict_statement(self.outcome.record.province, language)]

    @property
    def record(self) -> ReplayRecord:
        """The same for programs."""
        regions = tuple(map(RatedRegion.of, self.outcome.record.regions))
        return ReplayRecord(round=self.kept.record, same=self.same, largest_difference=self.largest, regions=regions)


def _move(before: RegionRecord, after: RegionRecord, asked: RoundRecord) -> RateMove:
    """Return how one region moves from one plan to the next."""
    change = after.rate - before.rate
    return RateMove.of(
        after,
        before=before.rate,
        after=after.rate,
        change_points=change * 100,
        change_10kt=change * after.emissions_10kt * after.growth,
        published_before=before.published_rate,
        published_after=after.published_rate,
        fixed=after.id in asked.fixes,
        held=after.id in asked.held,
    )


def _move_line(move: RateMove, language: Language) -> str:
    """Return one region before and after, computed and printed."""
    return LABELS.say(
        "round_move", language, name=move.label(language), before=minus(per_cent(move.before)),
        after=minus(per_cent(move.after)), points=printed_change(move.before, move.after),
        tonnes=signed_amount(move.change_10kt),
        printed_before=minus(per_cent(move.published_before)), printed_after=minus(per_cent(move.published_after)),
        mark=" " + LABELS.say("round_fixed", language) if move.fixed else "",
    )  # fmt: skip
