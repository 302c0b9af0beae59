"""no_split.json: why there is no split, for `reports/check_more.py` to check."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reports.proving.question import Exact, QuestionRecord
from reports.proving.record import Term
from reports.records import Record, _absent
from reports.seal import Seal
from scenarios.schema_types import Words

Column = tuple[Exact, ...]
What = Literal[
    "upper bounds", "lower bounds", "target", "incentive target", "cap", "rule", "moved", "fewer", "left out", "exceed"
]


class RefutationRecord(Record):
    """Rules with multipliers that no rates within the bounds keep together."""

    terms: tuple[tuple[Term, ...], ...]  # Of the basic rates and, where they are asked for, of the incentive rates
    steps: dict[int, Exact]  # Position -> multiplier of the step between both


class PossibleRecord(Record):
    """Rules without which there is a split, and that split: rates, and incentive rates where they are asked for."""

    left_out: tuple[str, ...]
    split: tuple[Column, ...]


class LeverRecord(Record):
    """One change that gives a split, and a smaller one that does not."""

    what: What
    rule: str | None = Field(default=None, exclude_if=_absent)
    by: Exact | None  # Fraction, 万吨 of a budget or cap, or regions; None where there is nothing to measure
    advised: Exact | None = Field(default=None, exclude_if=_absent)  # What gives a table on the grid too, if it is more
    split: tuple[Column, ...]
    less: Exact | None = None  # None where no smaller change is known not to be enough
    refutation: RefutationRecord | None = None


class NoSplitAnswer(Record):
    """Why there is no split."""

    rules: tuple[str, ...]  # Ids of rules that contradict each other within bounds and target
    incentive: bool  # Whether the incentive table is part of that
    grid: bool  # Whether values between those of the grid would do
    refutation: RefutationRecord
    possible: tuple[PossibleRecord, ...]  # Sets of rules, of each of which every contradiction has one
    levers: tuple[LeverRecord, ...]


class NoSplitRecord(Record):
    """Why there is no split: in words, and as a proof."""

    schema_version: Literal[1] = 1
    title: Words
    inputs: dict[str, str]  # File name -> SHA-256
    options: tuple[str, ...]
    said: tuple[Words, ...]  # What `plan` says; not part of the proof
    names: tuple[Words, ...]  # Of the regions, in the order of the columns of the question
    question: QuestionRecord
    answer: NoSplitAnswer | None
    none: Words | None = Field(default=None, exclude_if=_absent)  # Why there is no proof
    digest: Seal | None = None
