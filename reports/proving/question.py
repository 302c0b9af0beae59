"""The question of a plan: everything that its answer depends on, as exact numbers in text.

Numbers are decimals (``0.17``) or, where they do not end, quotients (``17/99``); rates are fractions. Columns go with
the regions of the plan, and rules name regions by their positions in it, from 0. `limits` is what is asked of the
table; what the grid leaves of it, `within`, is what rates are computed within.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reports.records import Record, _absent

Exact = Annotated[
    str, Field(pattern=r"^-?[0-9]{1,2000}(/[0-9]*[1-9][0-9]{0,2000}|(\.[0-9]{1,2000})?([eE][+-]?[0-9]{1,3})?)$")
]
"""A number in text."""

Column = tuple[Exact, ...]
"""An exact number of each region."""

Kind = Literal["between", "span", "pairs", "budget", "protect", "room"]


class AskedRule(Record):
    """A rule in numbers; what its kind has no use for is absent."""

    id: str
    kind: Kind
    # floors, ceilings: position -> rate; of `between`
    floors: dict[int, Exact] | None = Field(default=None, exclude_if=_absent)
    ceilings: dict[int, Exact] | None = Field(default=None, exclude_if=_absent)
    members: tuple[int, ...] | None = Field(default=None, exclude_if=_absent)  # Of `span` and `budget`
    # limit: how far the rates of `span` may be apart; what the members of `budget` and `projects` may emit, 万吨
    limit: Exact | None = Field(default=None, exclude_if=_absent)
    projects: Exact | None = Field(default=None, exclude_if=_absent)
    # pairs (i, j): the rate of i is not below that of j; all others of the rule follow from them
    pairs: tuple[tuple[int, int], ...] | None = Field(default=None, exclude_if=_absent)
    regions: Exact | None = Field(default=None, exclude_if=_absent)  # Of how many the growth may be at its worst


class Limits(Record):
    """What rates must keep: bounds and rules."""

    lower: Column
    upper: Column
    rules: tuple[AskedRule, ...]


class SecondQuestion(Record):
    """What was asked of the incentive table above the basic one."""

    target: Exact
    steps: Column  # By how much its rates are above the basic ones at least
    upper: Column
    rules: tuple[AskedRule, ...]


class CapQuestion(Record):
    """The cap on the province's total of the last year, 万吨; what it asks of the cities follows from it."""

    cap: Exact
    outside: Exact  # What is no city's: of a residual line
    reserve: Exact  # What no city is given
    reserve_gdp: Exact  # The GDP that comes with the reserve, 亿元
    apart: bool  # Whether the reserve does not count in the intensity


class QuestionRecord(Record):
    """What was asked; `emissions` are the amounts that the quantity is of, without single-listed projects."""

    target: Exact
    margin: Exact
    total: CapQuestion | None = Field(default=None, exclude_if=_absent)
    grid: Exact
    relative: bool  # Whether deviations are measured as parts of the reference rates, not in points
    exceed: bool  # Whether the least sum above the target is the one to reach, where none is at it
    emissions: Column
    # gdp, growth: absent of levels and shares, which are weighed by the amounts alone
    gdp: Column | None = Field(default=None, exclude_if=_absent)
    growth: Column | None = Field(default=None, exclude_if=_absent)
    half_widths: Column | None = Field(default=None, exclude_if=_absent)  # How far each growth factor may be off
    references: Column
    limits: Limits
    within: Limits | None = Field(default=None, exclude_if=_absent)  # Where it differs from `limits`
    order: Column | None = Field(default=None, exclude_if=_absent)  # What orders the table, if not computed rates
    outside: tuple[int, ...]  # Positions of regions that stand against that order
    incentive: SecondQuestion | None = Field(default=None, exclude_if=_absent)
