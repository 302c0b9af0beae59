"""The scenario file as frozen models: the JSON Schema and the checks come from here.

Unknown keys, not-a-number, infinities and booleans in place of numbers are refused.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from scenarios.accounting.gdp import Gdp
from scenarios.file.accepted import Answered, refuse_twice
from scenarios.file.energy import Energy
from scenarios.file.judgements import CRITERIA, Level, with_judged_weights
from scenarios.file.methods import ELSEWHERE, Methods
from scenarios.file.nested.form import Above, Below, stands_in
from scenarios.file.publishing import Publish
from scenarios.file.quantity import as_of_its_quantity, in_range, in_schema, judge_quantity, keys_said
from scenarios.file.rules import ProjectRule, Rule
from scenarios.file.total import FuelFactors, TotalControl
from scenarios.file.track import Track
from scenarios.quantities import Quantity, QuantityName
from scenarios.reconciliation import Reconcile
from scenarios.schema_types import (
    Bound,
    Cell,
    FileName,
    Key,
    Line,
    Margin,
    Model,
    Protect,
    Rate,
    Seconds,
    SolverGap,
    Step,
    Target,
    UncertainShare,
    Weight,
    Wording,
    one_of,
)
from scenarios.sense.asking import Answers
from scenarios.tables.cells import exact_per_cent
from scenarios.tables.layout.asked import Asked
from scenarios.wording import Text

Direction = Literal["+", "-"]
NormaliserName = Literal["minmax", "zscore", "rank", "ratio"]
WeightingName = Literal["equal", "given", "entropy", "critic"]
MapName = Literal["linear", "proportional", "uniform"]
DeviationName = Literal["relative", "absolute"]

_DIRECTIONS = {"+": "+", "-": "-", "positive": "+", "negative": "-", "正": "+", "负": "-"}


def _direction(value: object) -> object:
    """Read ``+``, ``-`` or their words."""
    return _DIRECTIONS.get(value.strip().lower(), value) if isinstance(value, str) else value


def _map(value: object) -> object:
    """Refuse what is a method of its own, in words that say how it is taken."""
    if isinstance(value, str) and value in ELSEWHERE:
        raise PydanticCustomError("map_is_method", "map", {"found": value})
    return value


def _version(value: object) -> object:
    """Refuse a version that only compares equal to a whole number (true, 1.0)."""
    if type(value) is not int:
        raise PydanticCustomError("not_an_integer", "version")
    return value


def _several(value: object) -> object:
    """Read one name as a list of one."""
    return [value] if isinstance(value, str | int) else value


def _distinct(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Refuse two rules with one id."""
    refuse_twice("rule_twice", (rule.id for rule in rules))
    return rules


def _one_each(columns: dict[str, str]) -> dict[str, str]:
    """Refuse one header for two columns."""
    named: dict[str, list[str]] = {}
    for standard, header in columns.items():
        named.setdefault("".join(header.split()).lower(), []).append(standard)
    twice = next((keys for keys in named.values() if len(keys) > 1), None)
    if twice:
        context = {"found": columns[twice[0]], "keys": ", ".join(twice), "below": twice[1]}
        raise PydanticCustomError("header_twice", "columns", context)
    return columns


class Period(Model):
    """Base year and last year of the plan."""

    base: int = Field(ge=1990, le=2100)
    end: int = Field(ge=1990, le=2100)

    @model_validator(mode="after")
    def _forward(self) -> Period:
        if self.end <= self.base:
            raise PydanticCustomError("period_backward", "period", {"base": self.base, "end": self.end})
        return self

    @property
    def years(self) -> int:
        """Length of the period in years."""
        return self.end - self.base


class Province(Model):
    """The province: its name and the cities that must all be there."""

    name: Wording
    code: str = Field(default="", description="adcode of the province, e.g. '450000'")
    members: Annotated[tuple[Line, ...], Field(strict=False)] = Field(
        default=(), description="names of all cities; a table that misses one is refused"
    )

    @property
    def spellings(self) -> tuple[str, ...]:
        """Its names and code, as far as they are given."""
        return tuple(filter(None, (self.name.zh, self.name.en, self.code)))


class Bounds(Model):
    """Lowest and highest rate of any city; columns `lower` and `upper` go before them."""

    lower: Bound = Decimal(0)
    upper: Bound = Decimal("0.5")

    @model_validator(mode="after")
    def _in_order(self) -> Bounds:
        if self.lower > self.upper:
            found = f"{exact_per_cent(self.lower)}% > {exact_per_cent(self.upper)}%"
            raise PydanticCustomError("bounds_order", "bounds", {"found": found})
        return self


class Reference(Model):
    """From score to reference rate.

    `map`: linear (needs `spread`), proportional, uniform. `spread`: wanted gap between
    the highest and the lowest reference rate. `deviation`: whether the split measures a
    city's distance from its reference relative to the reference or in points.
    """

    map: Annotated[MapName, BeforeValidator(_map)] = "linear"
    spread: Rate | None = None
    deviation: DeviationName = "relative"

    @model_validator(mode="after")
    def _spread_where_used(self) -> Reference:
        if self.map == "linear" and self.spread is None:
            raise PydanticCustomError("spread_missing", "spread")
        if self.map != "linear" and self.spread is not None:
            raise PydanticCustomError("spread_unused", "spread", {"map": self.map})
        if self.spread is not None and self.spread < 0:
            raise PydanticCustomError("spread_negative", "spread", {"found": str(self.spread)})
        return self


class Indicator(Model):
    """One indicator: a column of the regions table and the direction it pulls.

    `direction` ``+``: a higher value asks for a higher reduction. There is no default.
    `weight` is for criteria that weight their indicators as ``given``.
    """

    column: Line
    direction: Annotated[Direction, BeforeValidator(_direction)]
    normaliser: NormaliserName = "minmax"
    weight: Weight | None = None
    label: Wording | None = None


class Criterion(Model):
    """One criterion (能力, 责任, 潜力 or any other) with its weight and indicators."""

    # a weight may come of judgements: whether it must be said stands in the schema of the whole
    model_config = ConfigDict(json_schema_extra=lambda schema: schema["required"].remove("weight"))

    weight: Weight
    within: WeightingName = "equal"
    label: Wording | None = None
    indicators: dict[Key, Indicator] = Field(min_length=1)

    @model_validator(mode="after")
    def _weights_where_given(self) -> Criterion:
        without = [key for key, indicator in self.indicators.items() if indicator.weight is None]
        if self.within == "given" and without:
            raise PydanticCustomError("weight_missing", "weight", {"indicators": ", ".join(without)})
        if self.within != "given" and len(without) < len(self.indicators):
            raise PydanticCustomError("weight_unused", "weight", {"within": self.within})
        return self


class Solver(Model):
    """How long and how hard the solver may search.

    `time_limit`: seconds for a linear program, and for the whole search of rounded rates or classes.
    `threads`: of the solver. `gap`: how far from the nearest table, relative to its distance, that
    search may stop; 0 asks for proof.
    """

    time_limit: Seconds = Decimal(300)
    threads: Annotated[int, Field(ge=1, le=256)] = 1
    gap: SolverGap = Decimal(0)


class Potentials(Model):
    """Columns with what each decline factor (降碳因素) can give at most, as shares of the rate's base (0–1 or %)."""

    structure: Line
    technique: Line
    substitution: Line

    @property
    def columns(self) -> frozenset[str]:
        """The three columns."""
        return frozenset((self.structure, self.technique, self.substitution))


class Incentive(Model):
    """Basic and incentive targets (基本目标与激励目标): every region gets a second, higher rate.

    `target`: what the incentive rates together must back. `step`: by how much an incentive rate
    exceeds the basic one at least; `step_column`: a column that says it region by region.
    """

    target: Target
    step: Step | None = None
    step_column: Line | None = None

    @model_validator(mode="after")
    def _one(self) -> Incentive:
        if self.step is not None and self.step_column is not None:
            raise one_of("step, step_column", 2)
        return self


class ScenarioFile(Model):  # type: ignore[no-redef]  # `above` stands under the same key
    """A whole scenario file.

    `quantity`: what the target is of: the column of that name stands where emissions do. `unit`: of coal and oil.
    `fit`: what fuels emit, by which `check` of several quantities says whether their targets hold the cap on carbon.
    `target`: a rate, or where it is printed one level up (`of`, `in`), which is `above` until it is read.
    `total`: what the province may emit in the last year. `normalize`: weights that do not add up to one are scaled to
    one; without it they are refused.
    `judgements`: weights of the criteria, or of the indicators of one, by pairwise comparison.
    `columns`: header of a standard column as it stands in the tables, where that is no name of it. `where`: which
    rows of a panel the table of regions is, column -> value. `sheet`: which sheets of its workbook; several are
    joined by region. `tables`: tables of rates by short name, for `verify`. `basis`: what the figures rest on,
    said wherever a result is said. `last_period`: the last period's rates, shown beside this one's: a
    short name of `tables` or a column. `growth_uncertainty`: how far each growth factor may be off, as a
    share of it; the column `growth_margin` goes before it. `protect`: for how many regions at once
    a split must bear that. `potentials`: columns of the decline factors, which cap the rates.
    `exceed`: whether a split may exceed the target where bounds and rules leave no other (`allow`).
    `incentive`: a second, higher rate for every region. `methods`: what methods beside the plan's own need to know.
    `energy`: energy figures in place of the column
    `emissions`. `gdp`: GDP by year, at the prices of one year, in place of the column `gdp`. `reconcile`:
    what to do where city sums and provincial figures differ. `below`: the counties of every city.
    `track`: the years after the split. `shapes`: a
    GeoJSON or TopoJSON file that the map is drawn from; `tiles`: in its place a table `region, row, column`.
    `accept`: questions about odd figures, answered.
    """

    model_config = ConfigDict(json_schema_extra=in_schema)

    schema_version: Annotated[Literal[1], BeforeValidator(_version)]
    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    title: Wording
    quantity: QuantityName = "carbon"
    unit: Literal["万吨标准煤", "万吨标煤", "万吨"] | None = None
    province: Province | None = None
    period: Period
    target: Annotated[Rate, BeforeValidator(stands_in)]
    above: Above = Field(default=None, validation_alias="target")
    margin: Margin = Decimal(0)
    total: TotalControl | None = None
    fit: FuelFactors | None = None
    regions: FileName
    columns: Annotated[dict[Line, Line], AfterValidator(_one_each)] = Field(default_factory=dict)
    where: dict[Line, Cell] = Field(default_factory=dict)
    sheet: Annotated[tuple[Line, ...], Field(strict=False), BeforeValidator(_several)] = ()
    bounds: Bounds = Bounds()
    reference: Reference
    normalize: bool = False
    criteria: dict[Key, Criterion] = Field(min_length=1)
    judgements: dict[Key, Level] = Field(default_factory=dict)
    publish: Publish = Publish()
    solver: Solver = Solver()
    rules: Annotated[tuple[Rule, ...], Field(strict=False), AfterValidator(_distinct)] = ()
    growth_uncertainty: UncertainShare | None = None
    protect: Protect | None = None
    exceed: Literal["refuse", "allow"] = "refuse"
    potentials: Potentials | None = None
    incentive: Incentive | None = None
    methods: Methods | None = None
    energy: Energy | None = None
    gdp: Gdp | None = None
    reconcile: Reconcile | None = None
    below: Below | None = None
    track: Track | None = None
    tables: dict[Key, FileName] = Field(default_factory=dict)
    last_period: Line | None = None
    shapes: FileName | None = None
    tiles: FileName | None = None
    basis: Wording | None = None
    accept: Answered = ()
    notes: Annotated[tuple[Wording, ...], Field(strict=False)] = ()
    sources: Annotated[tuple[Wording, ...], Field(strict=False)] = ()

    @field_validator("target", mode="after")
    @classmethod
    def _in_range(cls, target: Decimal, known: ValidationInfo) -> Decimal:
        return in_range(known.data.get("quantity", "carbon"), target)

    @model_validator(mode="after")
    def _one_map(self) -> ScenarioFile:
        if self.shapes is not None and self.tiles is not None:
            raise one_of("shapes, tiles", 2)
        return self

    @model_validator(mode="wrap")
    @classmethod
    def _of_its_quantity(cls, data: Any, read: ModelWrapValidatorHandler[ScenarioFile]) -> ScenarioFile:  # noqa: ANN401
        made = read(with_judged_weights(as_of_its_quantity(data)))
        if isinstance(data, dict):
            judge_quantity(made.quantity, keys_said(data), made.total)
        return made

    @model_validator(mode="after")
    def _judged_what_there_is(self) -> ScenarioFile:
        for level, judged in self.judgements.items():
            criterion = self.criteria.get(level)
            inside = {} if criterion is None or criterion.within != "given" else criterion.indicators
            known = self.criteria if level == CRITERIA else inside
            if set(judged.names) != set(known):
                context = {"found": ", ".join(judged.names), "needed": ", ".join(known) or "–"}
                raise PydanticCustomError("judgement_names", "names", {**context, "below": ("judgements", level)})
        return self

    @property
    def answers(self) -> Answers:
        """The questions about odd figures that are answered."""
        reasons = {one.id: Text(one.reason.say("zh"), one.reason.say("en")) for one in self.accept}
        return Answers(reasons)

    @property
    def projects(self) -> tuple[ProjectRule, ...]:
        """The single-listed projects among the rules; they ask nothing of the rates."""
        return tuple(rule for rule in self.rules if isinstance(rule, ProjectRule))

    @property
    def asked(self) -> Asked:
        """What the file says of how its table of regions is to be read."""
        names = () if self.province is None else self.province.spellings
        return Asked(self.columns, self.where, self.sheet, self.period.base, names, self.measured)

    @property
    def measured(self) -> Quantity:
        """What the target is of."""
        return Quantity(self.quantity, (self.unit or "").replace("标煤", "标准煤"))

    @property
    def energy_grid(self) -> str:
        """The province's name in the tables of grid factors."""
        own = self.energy.grid if self.energy else None
        return own or self.own_name

    @property
    def own_name(self) -> str:
        """The province's name, ``""`` where that is not said."""
        return self.province.name.say("zh") if self.province else ""


def is_short_name(text: str) -> bool:
    """Return whether `text` can be the short name of a table or a case."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", text) is not None
