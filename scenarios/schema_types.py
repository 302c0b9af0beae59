"""The small types that a scenario file is made of: rates, weights, quantities, words.

Rates and points are exact decimals inside (``17%`` is ``Decimal("0.17")``).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Literal, LiteralString

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from scenarios.tables.cells import LARGEST, CellError, exact, exact_per_cent, parse_rate
from scenarios.wording import Language, minus


def one_of(keys: str, given: int) -> PydanticCustomError:
    """Return what is said where one of some keys is needed and none, or more than one, is given."""
    return PydanticCustomError("only_one_of" if given else "one_of", "one", {"keys": keys})


LONGEST = 86400
"""Seconds of a day."""

Traded = Literal["average", "zero"]
"""How non-fossil electricity traded on the market counts: as all electricity does, or as free of emissions."""

NonEnergy = Literal["as_fuel", "out", "released"]
"""How fuel used as raw material counts; see `scenarios.accounting.scopes`."""

PowerOption = Literal["fossil", "own", "provincial", "balance", "terminal", "attributed"]
"""How electricity between a city and its province counts; see `scenarios.accounting.electricity`."""

Basis = Literal["average", "excluding_traded", "fossil"]
"""Of which electricity a factor is: all of it, all but the non-fossil traded on the market, that from fossil fuels."""


def _custom(error: CellError) -> PydanticCustomError:
    """Carry a cell's question through pydantic; what was found is the input itself."""
    return PydanticCustomError(
        error.code, "rate", {key: str(value) for key, value in error.values.items() if key != "found"}
    )


def _rate(value: object) -> Decimal:
    """Read a rate; a cell's question becomes a validation error."""
    try:
        return parse_rate(value)
    except CellError as error:
        raise _custom(error) from error


def _number(value: object, code: LiteralString) -> Decimal:
    """Read a finite number; anything else is refused by `code`."""
    if not isinstance(value, bool) and isinstance(value, int | float | Decimal):
        number = exact(value) if isinstance(value, float) else Decimal(value)
        if number.is_finite() and number < LARGEST:
            return number
    raise PydanticCustomError(code, "number")


def _weight(value: object) -> Decimal:
    """Read a weight: a number not below zero."""
    number = _number(value, "not_a_weight")
    if number < 0:
        raise PydanticCustomError("negative_weight", "number")
    return number


def _change(value: object) -> Decimal:
    """Read a number of 万吨, of either sign."""
    number = _number(value, "not_a_change")
    if -number >= LARGEST:
        raise PydanticCustomError("not_a_change", "number")
    return number


def _quantity(value: object, code: LiteralString = "not_a_quantity") -> Decimal:
    """Read a quantity or a factor: a number not below zero."""
    number = _number(value, code)
    if number < 0:
        raise PydanticCustomError(code, "number")
    return number


def _cap(value: object) -> Decimal:
    """Read a cap likewise; one of nothing is refused beside what it may be."""
    return _quantity(value, "not_a_cap")


def _factor(value: object) -> Decimal:
    """Read a factor likewise."""
    return _quantity(value, "not_a_factor")


def _seconds(value: object) -> Decimal:
    """Read a number of seconds, above zero and at most a day."""
    number = _number(value, "seconds_range")
    if not 0 < number <= LONGEST:
        raise PydanticCustomError("seconds_range", "number")
    return number


def _protect(value: object) -> object:
    """Read a number of regions, or ``all``."""
    return value if value == "all" else _quantity(value)


def _bound(rate: Decimal) -> Decimal:
    """Refuse a bound at or beyond -100 % and 100 %."""
    if abs(rate) >= 1:
        raise PydanticCustomError("rate_range", "range", {"found": minus(f"{exact_per_cent(rate)}%")})
    return rate


def _within(code: str, lowest: str, highest: str) -> Callable[[Decimal], Decimal]:
    """Return a check that a rate lies between two fractions."""

    def check(rate: Decimal) -> Decimal:
        if not Decimal(lowest) <= rate <= Decimal(highest):
            raise PydanticCustomError(code, "range", {"found": minus(exact_per_cent(rate))})
        return rate

    return check


RATE_PATTERN = r"^\s*[+\u2212-]?[0-9.,]+\s*(%|％|per ?cent|points?|个?百分点)?\s*$"
"""What the JSON Schema says of a rate in words."""
FILE_PATTERN = r"^[^/\\:\x00-\x1f]{1,200}$"
"""What a file beside the scenario can be called."""
PATH_PATTERN = r"^[^/\\:\x00-\x1f][^\\:\x00-\x1f]{0,299}$"
"""What a file elsewhere can be called: its path from the scenario, with forward slashes."""
RATE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "pattern": RATE_PATTERN},
        {"type": "number", "exclusiveMinimum": -1, "exclusiveMaximum": 1},
    ]
}
Rate = Annotated[Decimal, BeforeValidator(_rate), WithJsonSchema(RATE_SCHEMA)]
Target = Annotated[Rate, AfterValidator(_within("target_range", "0.0001", "0.9999"))]
Bound = Annotated[Rate, AfterValidator(_bound)]
Margin = Annotated[Rate, AfterValidator(_within("margin_range", "0", "0.05"))]
Grid = Annotated[Rate, AfterValidator(_within("grid_question", "0.0001", "0.05"))]
Weight = Annotated[Decimal, BeforeValidator(_weight), WithJsonSchema({"type": "number", "minimum": 0})]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
FileName = Annotated[str, StringConstraints(pattern=FILE_PATTERN)]
TablePath = Annotated[str, StringConstraints(pattern=PATH_PATTERN)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=1000)]

Cell = Annotated[
    Line,
    BeforeValidator(lambda value: str(value) if type(value) is int else value),
    WithJsonSchema({"anyOf": [{"type": "string", "minLength": 1, "maxLength": 1000}, {"type": "integer"}]}),
]
"""What stands in a cell: a text, or a whole number such as a year, as text."""

Cap = Annotated[Decimal, BeforeValidator(_cap), WithJsonSchema({"type": "number", "minimum": 0})]
Quantity = Annotated[Decimal, BeforeValidator(_quantity), WithJsonSchema({"type": "number", "minimum": 0})]
Change = Annotated[Decimal, BeforeValidator(_change), WithJsonSchema({"type": "number"})]
Factor = Annotated[Decimal, BeforeValidator(_factor), WithJsonSchema({"type": "number", "minimum": 0})]

Seconds = Annotated[
    Decimal,
    BeforeValidator(_seconds),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": LONGEST}),
]
SolverGap = Annotated[Rate, AfterValidator(_within("gap_range", "0", "0.99"))]

Distance = Annotated[Rate, AfterValidator(_within("distance_range", "0", "1"))]
Step = Annotated[Rate, AfterValidator(_within("step_range", "0", "0.5"))]
UncertainShare = Annotated[Rate, AfterValidator(_within("uncertainty_range", "0", "0.5"))]
Protect = Annotated[
    Decimal | Literal["all"],
    BeforeValidator(_protect),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"const": "all"}]}),
]


class Model(BaseModel):
    """Frozen, strict, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False, defer_build=True)


def _unsaid(text: str) -> bool:
    """Return whether a text is not there in a language: what is written then does not speak of it."""
    return not text


class Words(Model):
    """A text in Chinese and English; one of them is enough."""

    zh: str = Field(default="", exclude_if=_unsaid)
    en: str = Field(default="", exclude_if=_unsaid)

    @model_validator(mode="before")
    @classmethod
    def _from_one(cls, value: Any) -> Any:  # noqa: ANN401  (pydantic hands on what stood in the file)
        if value is not None and not isinstance(value, str | dict | Words):
            raise PydanticCustomError("not_text", "words")
        if isinstance(value, Words):
            return {language: text for language, text in (("zh", value.zh), ("en", value.en)) if text}
        return {"zh": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _either(self) -> Words:
        if not (self.zh.strip() or self.en.strip()):
            raise PydanticCustomError("empty_words", "words")
        return self

    def say(self, language: Language) -> str:
        """Return the text in `language`, or in the other one where it is missing."""
        first, second = (self.zh, self.en) if language == "zh" else (self.en, self.zh)
        return first if first.strip() else second


class _Lines(Words):
    """Words as a planner writes them: each a line."""

    zh: Line = ""
    en: Line = ""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:  # fmt: skip
        """Return that one text may stand alone."""
        made = handler.resolve_ref_schema(handler(core_schema))
        both = dict(made)
        made.clear()
        made["anyOf"] = [{"type": "string", "minLength": 1, "maxLength": 1000}, both]
        return made


Wording = Annotated[_Lines, AfterValidator(lambda lines: Words(zh=lines.zh, en=lines.en))]
"""Words as they stand in a planner's file; what the program composes of them may be longer."""
