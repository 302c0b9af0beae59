"""The rules a planner can write in a scenario file.

Every rule has an `id` and a `reason` in words that goes into the outputs. Where it is not
for everybody it has a `where`: a list of regions, a group of the table, or a condition on
a column such as ``tertiary_share > 50%``.
"""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from scenarios.schema_types import Distance, Factor, Key, Line, Model, Quantity, Rate, Wording, one_of
from scenarios.tables.cells import CellError

INCENTIVE, PROTECT = "incentive", "protect"
"""Ids under which the room for incentive rates and the protection stand among the rules."""
_CONDITION = re.compile(r"\s*([^<>=]+?)\s*(>=|<=|==|>|<)\s*([^<>=]+?)\s*")


def split_condition(condition: str) -> tuple[str, str, str]:
    """Return column, comparison and limit of a condition; a `CellError` when it has another form."""
    match = _CONDITION.fullmatch(condition)
    if match is None:
        raise CellError("condition_form", found=condition)
    return match.group(1), match.group(2), match.group(3)


class Where(Model):
    """Whom a rule is for: exactly one of the three."""

    regions: Annotated[tuple[Line, ...], Field(strict=False)] = ()
    group: Line | None = None
    condition: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, value: Any) -> Any:  # noqa: ANN401  (pydantic hands on what stood in the file)
        if isinstance(value, str):
            return {"condition": value}
        return {"regions": value} if isinstance(value, list) else value

    @model_validator(mode="after")
    def _one(self) -> Where:
        if bool(self.regions) + (self.group is not None) + (self.condition is not None) != 1:
            raise PydanticCustomError("where_form", "where")
        return self


def _free(key: str) -> str:
    """Refuse an id under which something else stands among the rules."""
    if key in (INCENTIVE, PROTECT):
        raise PydanticCustomError("rule_id_taken", "id", {"found": key})
    return key


class RuleBase(Model):
    """What every rule has; one that is not `enabled` stands in the file and asks nothing."""

    id: Annotated[Key, AfterValidator(_free)]
    enabled: bool = True
    reason: Wording
    where: Where | None = None

    @property
    def follows_target(self) -> bool:
        """Whether what it asks moves with the provincial target."""
        return False

    @property
    def last_column(self) -> str | None:
        """The column in which it finds the last period's rates."""
        return None

    @property
    def rate_column(self) -> str | None:
        """The column of rates that it holds to."""
        return getattr(self, "column", None)

    @property
    def columns(self) -> frozenset[str]:
        """The columns of the regions table that the rule reads."""
        named = {self.rate_column or ""}
        if self.where is not None and self.where.condition is not None:
            with suppress(CellError):  # said with the rule, see `scenarios.rules.demands`
                named.add(split_condition(self.where.condition)[0])
        return frozenset(named - {""})


class GapRule(RuleBase):
    """The highest and the lowest rate lie at most `at_most` apart."""

    type: Literal["gap"]
    at_most: Distance


class FloorRule(RuleBase):
    """At least `rate`, or at least the provincial target plus `above_target`."""

    type: Literal["floor"]
    rate: Rate | None = None
    above_target: Rate | None = None

    @model_validator(mode="after")
    def _one(self) -> FloorRule:
        if (self.rate is None) == (self.above_target is None):
            raise one_of("rate, above_target", self.rate is not None)
        return self

    @property
    def follows_target(self) -> bool:
        """Whether the floor is said from the target."""
        return self.rate is None


class CeilingRule(RuleBase):
    """At most `rate`, or at most the provincial target less `below_target`."""

    type: Literal["ceiling"]
    rate: Rate | None = None
    below_target: Rate | None = None

    @model_validator(mode="after")
    def _one(self) -> CeilingRule:
        if (self.rate is None) == (self.below_target is None):
            raise one_of("rate, below_target", self.rate is not None)
        return self

    @property
    def follows_target(self) -> bool:
        """Whether the ceiling is said from the target."""
        return self.rate is None


class PeakRule(RuleBase):
    """Emissions do not exceed the base year's at the end (率先达峰): r >= 1 - 1/g."""

    type: Literal["peak"]


class ColumnFloorRule(RuleBase):
    """Not below a rate given for each region in `column`, such as the cut of energy intensity."""

    type: Literal["column_floor"]
    column: Line


class RatchetRule(RuleBase):
    """Between `at_least` and `at_most` times the last period's rate in `column`.

    A rate that rose is held by its size: at least 0.8 of one of -8 % is one of -9.6 %, at most 1.2 one of -6.4 %.
    """

    type: Literal["ratchet"]
    column: Line
    at_least: Factor | None = None
    at_most: Factor | None = None

    @model_validator(mode="after")
    def _any(self) -> RatchetRule:
        if self.at_least is None and self.at_most is None:
            raise one_of("at_least, at_most", 0)
        return self

    @property
    def last_column(self) -> str | None:
        """The column it names."""
        return self.column


class OrderRule(RuleBase):
    """A region that no indicator puts below another does not get the smaller target."""

    type: Literal["order"]


class BudgetRule(RuleBase):
    """Emissions at the end, with `projects` on top, stay within `limit` (万吨)."""

    type: Literal["budget"]
    limit: Quantity
    projects: Quantity = Decimal(0)


class NegotiatedRule(RuleBase):
    """`region` gets exactly `rate`."""

    type: Literal["negotiated"]
    region: Line
    rate: Rate
    where: None = None


class ProjectRule(RuleBase):
    """A major project leaves its region and the province before the split (重大项目单列).

    `emissions` (万吨) and `gdp` (亿元) are its base-year figures; `gdp_end` (亿元) its GDP in the end
    year at constant prices. GDP stays in unless it is given.
    """

    type: Literal["project"]
    region: Line
    emissions: Quantity = Decimal(0)
    gdp: Quantity = Decimal(0)
    gdp_end: Quantity = Decimal(0)
    where: None = None


Rule = Annotated[
    GapRule
    | FloorRule
    | CeilingRule
    | PeakRule
    | ColumnFloorRule
    | RatchetRule
    | OrderRule
    | BudgetRule
    | NegotiatedRule
    | ProjectRule,
    Field(discriminator="type"),
]
