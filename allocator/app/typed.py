"""What is typed beside a slider, judged in its place: a number, between two ends, on a grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from allocator.app.desk import Desk
from allocator.app.state import AMOUNTS, MOST_AMOUNT, STEP, WHOLE, Settings, plain
from reports.words import LABELS
from scenarios.errors import Finding
from scenarios.tables.cells import CellError, in_all_digits, parse_number, refuse_bare_fraction
from scenarios.wording import Language

_NARROW = {0xFEE0 + ord(sign): sign for sign in "0123456789.+-%"}
"""What a Chinese keyboard gives, as the sign it stands for: the field shows at once how it was taken."""
_MOST = Decimal(99)
_CENT = Decimal("0.01")
"""Targets and amounts are printed with two decimals."""


@dataclass(frozen=True)
class Field:
    """What may be typed for a control: multiples of `grid` from `low` to `high`, and the scenario's own value.

    `percent`: whether it is counted in per cent, or points of them; else no sign of per cent stands behind it.
    """

    own: Decimal
    low: Decimal
    high: Decimal
    grid: Decimal
    percent: bool = True


CITY_RATE = Field(Decimal(0), -_MOST, _MOST, Decimal("1e-12"))
"""What may be typed as a region's rate; bounds and grid are those of the plan, which says more of them."""


def fields(desk: Desk) -> dict[str, Field]:
    """Return what may be typed, control -> field; see `weight_key`."""
    own, grid = desk.own, desk.scenario.file.publish.grid * 100
    found = {
        "target": Field(own.target, -_MOST, _MOST, _CENT),
        "lower": Field(own.lower, -_MOST, _MOST, grid),
        "upper": Field(own.upper, -_MOST, _MOST, grid),
    }
    if own.spread is not None:
        found["spread"] = Field(own.spread, Decimal(0), _MOST, STEP)
    found |= {key: field for key, field in _of_total(own) if field is not None}
    return found | {key: Field(share, Decimal(0), WHOLE, STEP) for key, share in _shares(desk)}


def _of_total(own: Settings) -> Iterator[tuple[str, Field | None]]:
    """Yield what may be typed of a total and of uncertain growth, None of what the scenario does not say."""
    for key in AMOUNTS:
        value, low = own.said(key), -MOST_AMOUNT if key == "increment" else Decimal(0)
        yield key, None if value is None else Field(value, low, MOST_AMOUNT, _CENT, percent=False)
    for key, low in (("growth_at_most", -_MOST), ("uncertainty", Decimal(0))):
        yield key, None if own.said(key) is None else Field(own.said(key), low, _MOST, _CENT)


def weight_key(criterion: str, indicator: str = "") -> str:
    """Return the name of the control of a weight."""
    return ".".join(filter(None, ("weight", criterion, indicator)))


def _shares(desk: Desk) -> Iterator[tuple[str, Decimal]]:
    for criterion, share in desk.own.weights.items():
        yield weight_key(criterion), share
    for criterion, shares in desk.own.within.items():
        for indicator, share in shares.items():
            yield weight_key(criterion, indicator), share


@in_all_digits
def judged(field: Field, text: str, language: Language) -> Decimal | str:
    """Return the number that was typed, or in words why it cannot be taken."""
    if not text.strip():
        return LABELS.say("app_typed_empty", language, example=plain(field.own))
    try:
        number, percent = parse_number(text.translate(_NARROW))
        if field.percent and number != field.own:
            refuse_bare_fraction(text.translate(_NARROW))
    except CellError as error:
        return Finding(error.code, values=error.values).message(language)
    if percent and not field.percent:
        return LABELS.say("app_typed_amount", language, found=text.strip(), meant=plain(number))
    if not field.low <= number <= field.high:
        ends = {"low": plain(field.low), "high": plain(field.high)}
        return LABELS.say("app_typed_ends", language, found=plain(number), **ends)
    if number % field.grid and number != field.own:
        return _off_grid(field, number, language)
    return number


def _off_grid(field: Field, number: Decimal, language: Language) -> str:
    """Return that a number is off the grid, with the values beside it that may be typed."""
    grid = field.grid
    digits = max(0, -int(grid.normalize().as_tuple().exponent))
    beside = [floor(number / grid) * grid, ceil(number / grid) * grid]
    sign = "%" if field.percent and abs(number) < 1 else ""  # without it they would be asked about
    below, *above = [f"{value:.{digits}f}{sign}" for value in beside if field.low <= value <= field.high]
    said = {"found": plain(number), "grid": plain(grid), "below": below}
    return (
        LABELS.say("app_typed_grid", language, **said, above=above[0])
        if above
        else LABELS.say("app_typed_grid_one", language, **said)
    )
