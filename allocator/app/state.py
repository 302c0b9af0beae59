"""What the page's controls say, apart from any page: the settings of one visitor, and how weights add up.

Nothing here is kept between requests; a page sends its settings whole, every time.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from decimal import ROUND_FLOOR, Decimal
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from allocator.planning.indicators import indicator_table
from allocator.planning.weights import weigh
from scenarios.errors import InputError
from scenarios.file.total import POLICIES, TotalControl
from scenarios.load import Scenario

WHOLE = Decimal(100)
STEP = Decimal("0.1")
"""Weights are moved in tenths of a per cent."""

_AS_NUMBER = PlainSerializer(float, when_used="json")
MOST_AMOUNT = Decimal(10) ** 9
_PLACES = 12
"""Decimals that a page may send."""

Share = Annotated[Decimal, Field(ge=0, le=100, decimal_places=_PLACES), _AS_NUMBER]
Points = Annotated[Decimal, Field(gt=-100, lt=100, decimal_places=_PLACES), _AS_NUMBER]
Spread = Annotated[Decimal, Field(ge=0, lt=100, decimal_places=_PLACES), _AS_NUMBER]
Shares = dict[str, Share]
Amount = Annotated[Decimal, Field(ge=-MOST_AMOUNT, le=MOST_AMOUNT, decimal_places=_PLACES), _AS_NUMBER]
AMOUNTS = ("cap", "increment", "reserve")
"""Settings of a total in 万吨, or what else the quantity is measured in, by their keys below `total`."""
OF_A_TOTAL = (*AMOUNTS, "growth_at_most", "caps")


class Settings(BaseModel):
    """What the controls of a page say; weights, rates and points in per cent.

    `weights`: criterion -> share. `within`: criterion -> indicator -> share inside it. `off`: rules set
    aside, by id. `fixes`: region's id -> negotiated rate. `uncertainty`: how far growth may be off, per cent of it.
    `cap` to `caps` are keys below `total`, None of a scenario that does not say them: its form of a cap, the reserve,
    how caps of the regions are made. `exceed`: whether a split may exceed the target where there is no other.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    weights: Shares
    within: dict[str, Shares]
    spread: Spread | None
    target: Points
    lower: Points
    upper: Points
    off: tuple[str, ...] = ()
    fixes: dict[str, Points] = Field(default_factory=dict)
    cap: Amount | None = None
    growth_at_most: Points | None = None
    increment: Amount | None = None
    reserve: Amount | None = None
    caps: str | None = None
    uncertainty: Spread | None = None
    exceed: Literal["refuse", "allow"] = "refuse"

    @classmethod
    def of(cls, scenario: Scenario) -> Settings:
        """Return what the controls say when nobody has touched them: the scenario's own settings."""
        file = scenario.file
        table = indicator_table(scenario)
        weights = {key: float(weight) for key, weight in scenario.criterion_weights().items()}
        inside = _inside(scenario)
        return cls(
            weights=rounded_shares(weights, WHOLE),
            within={
                key: rounded_shares({table.keys[n][1]: float(inside[n]) for n in table.columns_of(key)}, WHOLE)
                for key in file.criteria
            },
            spread=None if file.reference.spread is None else file.reference.spread * 100,
            target=file.target * 100,
            lower=file.bounds.lower * 100,
            upper=file.bounds.upper * 100,
            exceed=file.exceed,
            uncertainty=None if file.growth_uncertainty is None else file.growth_uncertainty * 100,
            **_of_total(file.total),
        )

    @property
    def movable(self) -> set[str]:
        """What can be said to have been moved: nothing, ``criterion``, or ``criterion.indicator``."""
        inside = (f"{key}.{name}" for key, shares in self.within.items() for name in shares)
        return {"", *self.weights, *inside}

    def like(self, own: Settings, rules: Set[str]) -> bool:
        """Return whether these are settings of the scenario that `own` belongs to, which has these rules."""
        same = self.movable == own.movable and (self.spread is None) == (own.spread is None)
        said = [(self.said(key) is None) == (own.said(key) is None) for key in (*OF_A_TOTAL, "uncertainty")]
        same = same and all(said) and self.caps in (own.caps, *(POLICIES if own.caps else ()))
        return same and self.within.keys() == own.within.keys() and rules >= {*self.off}

    def said(self, key: str) -> Any:  # noqa: ANN401  (of its own type)
        """Return what stands under a name; None where the scenario does not say it."""
        return getattr(self, key)

    def balanced(self, own: Settings, moved: str = "") -> Settings:
        """Return the settings with all weights adding up to 100.

        `own`: the scenario's own settings, whose proportions are taken where all others stand at zero.
        `moved`: the weight that was moved and keeps its value: ``criterion`` or ``criterion.indicator``.
        """
        criterion, _, indicator = moved.partition(".")
        return self.model_copy(
            update={
                "weights": balanced(self.weights, own.weights, criterion if not indicator else ""),
                "within": {
                    key: balanced(shares, own.within[key], indicator if key == criterion else "")
                    for key, shares in self.within.items()
                },
            }
        )

    def overrides(self, own: Settings) -> tuple[str, ...]:
        """Return the ``KEY=VALUE`` settings that say the same on a command line: what differs from `own`."""
        changed = []
        if self.weights != own.weights:
            changed += [f"criteria.{key}.weight={plain(share / 100)}" for key, share in self.weights.items()]
        for key, shares in self.within.items():
            if shares != own.within[key]:
                changed.append(f"criteria.{key}.within=given")
                changed += [f"criteria.{key}.indicators.{name}.weight={plain(s / 100)}" for name, s in shares.items()]
        if self.spread is not None and self.spread != own.spread:
            changed.append(f"reference.spread={plain(self.spread)} points")
        rates = (
            ("target", self.target, own.target),
            ("bounds.lower", self.lower, own.lower),
            ("bounds.upper", self.upper, own.upper),
            ("total.growth_at_most", self.growth_at_most, own.growth_at_most),
            ("growth_uncertainty", self.uncertainty, own.uncertainty),
        )
        changed += [f"{name}={plain(value)}%" for name, value, before in rates if value is not None and value != before]
        of_total = ((f"total.{key}", self.said(key), own.said(key)) for key in AMOUNTS)
        changed += [
            f"{name}={plain(value)}" for name, value, before in of_total if value is not None and value != before
        ]
        if self.caps != own.caps:
            changed.append(f"total.caps={self.caps}")
        if self.exceed != own.exceed:
            changed.append(f"exceed={self.exceed}")
        return (*changed, *(f"rules.{key}=off" for key in self.off))


def balanced(shares: Mapping[str, Decimal], own: Mapping[str, Decimal], moved: str = "") -> dict[str, Decimal]:
    """Return shares that add up to 100: `moved` keeps its value, the others keep their proportions.

    `shares`: name -> share; they add up to 100 already, or all but `moved` are scaled.
    `own`: whose proportions are taken where the others all stand at zero.
    `moved`: the share that keeps its value; empty: all are scaled.
    """
    if sum(shares.values()) == WHOLE:
        return dict(shares)
    if set(shares) == {moved}:
        return {moved: WHOLE}
    kept = {moved: shares[moved]} if moved in shares else {}
    others = {key: float(share) for key, share in shares.items() if key not in kept}
    if not any(others.values()):
        others = {key: float(own[key]) for key in others}
    found = kept | rounded_shares(others, WHOLE - sum(kept.values()))
    return {key: found[key] for key in shares}


def rounded_shares(values: Mapping[str, float], total: Decimal) -> dict[str, Decimal]:
    """Return values scaled to `total` in steps of `STEP`, by largest remainder; all alike when all are zero."""
    whole = sum(values.values())
    exact = {key: float(total) * (value / whole if whole else 1 / len(values)) for key, value in values.items()}
    floors = {key: (Decimal(value) / STEP).quantize(Decimal(1), ROUND_FLOOR) * STEP for key, value in exact.items()}
    missing = int((total - sum(floors.values())) / STEP)
    largest = sorted(exact, key=lambda key: float(floors[key]) - exact[key])
    return {key: floor + STEP * (key in largest[:missing]) for key, floor in floors.items()}


def _of_total(asked: TotalControl | None) -> dict[str, Any]:
    """Return what the controls say of a total; a cap that is that of the base year has no figure."""
    if asked is None:
        return {}
    growth = None if asked.growth_at_most is None else asked.growth_at_most * 100
    said = {"cap": asked.cap, "growth_at_most": growth, "increment": asked.increment}
    return {**said, "reserve": asked.reserve, "caps": asked.caps}


def _inside(scenario: Scenario) -> np.ndarray:
    """Return the weights inside the criteria, shape (m,); alike where the scenario's own cannot be used."""
    table = indicator_table(scenario)
    try:
        return weigh(scenario, table).within
    except InputError:
        return np.ones(len(table.keys))


def plain(value: Decimal) -> str:
    """Return a decimal without exponent and idle zeros."""
    return f"{value.normalize():f}"
