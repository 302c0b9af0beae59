"""Weights by judgement, as a scenario says them: matrices of pairwise comparisons, groups, further sets beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import prod
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, ValidationError, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from scenarios.judging import ahp
from scenarios.schema_types import Key, Line, Model, Weight, Wording, one_of

CRITERIA = "criteria"
"""The level of the criteria; any other is that of the indicators of a criterion."""
_DIGITS = 12
_NEAR = Fraction(2, 100)
"""By how much a judgement times its reciprocal may differ from 1, where one of them is a rounded decimal."""
_SMALLEST, _LARGEST = Fraction(1, 9), Fraction(9)

CombineName = Literal["additive", "multiplicative", "game"]


def _ratio(value: object, row: str, column: int) -> Fraction | None:
    """Read one judgement: 3, 1/3 or 0.5; None where it is left out."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        if isinstance(value, bool):
            raise ValueError
        read = Fraction(str(value).replace(" ", "").replace("／", "/"))
    except (ValueError, ZeroDivisionError):
        raise PydanticCustomError("judgement_form", "ratio", {"found": str(value), "below": (row, column)}) from None
    if not _SMALLEST <= read <= _LARGEST and abs(read - _SMALLEST) > _SMALLEST * _NEAR:
        raise PydanticCustomError("judgement_range", "ratio", {"found": str(value), "below": (row, column)})
    return read


@dataclass(frozen=True)
class Judgements:
    """A reciprocal matrix: `names` of its rows and columns, and its rows."""

    names: tuple[str, ...]
    rows: ahp.Matrix


def _matrix(value: object) -> Judgements:
    """Read a matrix, a row a name; what is below the diagonal may be left out."""
    if isinstance(value, Judgements):
        return value
    if not isinstance(value, dict) or not all(isinstance(row, list | tuple) for row in value.values()):
        raise PydanticCustomError("judgement_matrix", "matrix")
    names = tuple(map(str, value))
    if not 2 <= len(names) <= ahp.MOST:
        raise PydanticCustomError("judgement_size", "matrix", {"found": len(names)})
    for name, row in value.items():
        if len(row) != len(names):
            context = {"found": len(row), "needed": len(names), "below": (name,)}
            raise PydanticCustomError("judgement_row", "row", context)
    read = [[_ratio(cell, name, k) for k, cell in enumerate(row)] for name, row in value.items()]
    return Judgements(names, _reciprocal(names, read))


def _reciprocal(names: tuple[str, ...], read: list[list[Fraction | None]]) -> ahp.Matrix:
    """Return the matrix with ones on its diagonal and reciprocals below; what contradicts them is refused."""
    n = len(names)
    made = [[Fraction(1)] * n for _ in range(n)]
    for i in range(n):
        if read[i][i] not in (None, 1):
            context = {"name": names[i], "found": str(read[i][i]), "below": (names[i], i)}
            raise PydanticCustomError("judgement_diagonal", "cell", context)
        for k in range(i + 1, n):
            above, below = read[i][k], read[k][i]
            if above is None and below is None:
                context = {"name": names[i], "other": names[k], "below": (names[i], k)}
                raise PydanticCustomError("judgement_missing", "cell", context)
            if above is not None and below is not None and abs(above * below - 1) > _NEAR:
                context = {
                    "name": names[k], "other": names[i], "found": str(below), "across": str(1 / above),
                    "below": (names[k], i),
                }  # fmt: skip
                raise PydanticCustomError("judgement_reciprocal", "cell", context)
            value = _whole(above, below)
            made[i][k], made[k][i] = value, 1 / value
    return tuple(map(tuple, made))


def _whole(above: Fraction | None, below: Fraction | None) -> Fraction:
    """Return a judgement of the upper half: of one and its reciprocal the one that was not rounded."""
    if above is None:
        assert below is not None
        return 1 / below
    if below is None:
        return above
    return above if above.denominator <= below.denominator or above >= 1 else 1 / below


Matrix = Annotated[
    Judgements,
    PlainValidator(_matrix),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": {
                "type": "array",
                "items": {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "null"}]},
            },
        }
    ),
]


class Judge(Model):
    """One of a group: its name, its share of the group, its matrix."""

    name: Line
    share: Weight = Decimal(1)
    matrix: Matrix


class Beside(Model):
    """Weights of another origin, to be combined with those judged."""

    name: Line
    share: Weight = Decimal(1)
    weights: dict[Key, Weight]


class Level(Model):
    """Weights of one level, judged: by one matrix, or by a group's (their geometric mean).

    `force`: whether judgements are taken that are not consistent. `beside`: further sets of weights; `share`: that of
    the judged ones; `combine`: how (additive: the mean by shares). `reason`: why, in the planner's words.
    """

    matrix: Matrix | None = None
    group: Annotated[tuple[Judge, ...], Field(strict=False)] = ()
    force: bool = False
    share: Weight = Decimal(1)
    beside: Annotated[tuple[Beside, ...], Field(strict=False)] = ()
    combine: CombineName = "additive"
    reason: Wording | None = None

    @model_validator(mode="after")
    def _goes_together(self) -> Level:
        if (self.matrix is None) == (not self.group):
            raise one_of("matrix, group", 2 if self.group else 0)
        for n, judge in enumerate(self.group):
            if judge.matrix.names != self.names:
                raise PydanticCustomError(
                    "judgement_group", "group", {"name": judge.name, "below": ("group", n, "matrix")}
                )
        for n, other in enumerate(self.beside):
            if set(other.weights) != set(self.names) or not sum(other.weights.values()):
                context = {"name": other.name, "needed": ", ".join(self.names), "below": ("beside", n, "weights")}
                raise PydanticCustomError("judgement_beside", "beside", context)
        if not sum(self.shares) or (self.group and not any(one.share for one in self.group)):
            raise PydanticCustomError("judgement_shares", "shares")
        if self.combine == "multiplicative" and not any(prod(column) for column in zip(*self.sets, strict=True)):
            raise PydanticCustomError("judgement_nothing", "sets")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """What is weighed."""
        return (self.matrix or self.group[0].matrix).names

    @property
    def judged(self) -> ahp.Judged:
        """Weights and consistency of the matrix, or of the group."""
        if self.matrix is not None:
            return ahp.judge(self.matrix.rows)
        return ahp.judge_group([one.matrix.rows for one in self.group], [float(one.share) for one in self.group])

    @property
    def sets(self) -> tuple[tuple[float, ...], ...]:
        """The judged weights and those beside, each adding up to one."""
        others = ([float(one.weights[name] / sum(one.weights.values())) for name in self.names] for one in self.beside)
        return (self.judged.weights, *map(tuple, others))

    @property
    def shares(self) -> tuple[float, ...]:
        """The shares of the sets."""
        return (float(self.share), *(float(one.share) for one in self.beside))

    def combined(self) -> tuple[tuple[float, ...], bool]:
        """Return the weights that count, and whether a game that is refused fell back to the mean."""
        if not self.beside:
            return self.judged.weights, False
        if self.combine == "game":
            try:
                return ahp.game(self.sets)[0], False
            except ahp.NoGame:
                return ahp.additive(self.sets, (1.0,) * len(self.sets)), True
        if self.combine == "multiplicative":
            return ahp.multiplicative(self.sets), False
        return ahp.additive(self.sets, self.shares), False

    def weights(self) -> dict[str, Decimal]:
        """Return the weights that count by name."""
        return {
            name: Decimal(repr(round(weight, _DIGITS)))
            for name, weight in zip(self.names, self.combined()[0], strict=True)
        }


def with_judged_weights(data: object) -> object:
    """Return what a file says, with the weights that its judgements give to a level of which it says none.

    A level whose matrix cannot be read gets equal weights, so that the matrix alone is complained of.
    """
    given = data.get("judgements") if isinstance(data, dict) else None
    criteria = data.get(CRITERIA) if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(given, dict) or not isinstance(criteria, dict):
        return data
    made: dict[str, Any] = dict(criteria)
    for level, said in given.items():
        weights = _read(said)
        if level == CRITERIA:
            made = _weighed(made, weights)
        elif _is_given(made.get(level)):
            made[level] = {**made[level], "indicators": _weighed(made[level]["indicators"], weights)}
    return {**data, CRITERIA: made}


def _is_given(criterion: object) -> bool:
    """Return whether a criterion, as the file says it, weighs its indicators as given."""
    if not isinstance(criterion, dict) or criterion.get("within") != "given":
        return False
    return isinstance(criterion.get("indicators"), dict)


def _read(said: object) -> Mapping[str, Decimal]:
    """Return the weights of a level as the file says it; none where it cannot be read."""
    try:
        return Level.model_validate(said).weights()
    except (ValidationError, ValueError):
        return {}


def _weighed(entries: Mapping[str, Any], weights: Mapping[str, Decimal]) -> dict[str, Any]:
    """Return entries with weights; as they are where one of them says its own, so that the two never mix."""
    if not all(isinstance(entry, dict) and entry.get("weight") is None for entry in entries.values()):
        return dict(entries)
    return {key: {**entry, "weight": weights.get(key, 1)} for key, entry in entries.items()}
