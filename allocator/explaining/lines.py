"""The lines of an explanation: each a fit, what it foresees of a city left out, and how far shuffled tables get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from allocator.explaining.asked import Asked
from allocator.planning.rules import effort
from reports.explaining.record import FewRecord, LineKey, LineRecord, WeightRecord
from solvers.objectives.explanation import (
    Explanation,
    Printed,
    Refits,
    explain,
    explain_by_few,
    rate_range,
    weight_ranges,
)

Array = NDArray[np.float64]
Advance = Callable[[], None]

SLACK = 0.05
"""Part of the loss of the best single rate by which a fit that counts as about as good may lose more."""
SAME = 1e-7
"""By how much two losses, in points, may differ and still be the same."""
MOST_FEW = 3
"""Up to how many indicators at most the best fit is told."""


class _Shuffled(NamedTuple):
    """How shuffled tables are fitted."""

    p: float
    mean: float
    most: float  # What one in twenty exceeds


@dataclass(frozen=True, eq=False)
class _Kind:
    """A line before it is computed."""

    key: LineKey
    printed: Printed
    most: int
    refits: Refits


class Lines:
    """Makes the lines of a table."""

    def __init__(self, asked: Asked) -> None:
        self.asked, self.effort = asked, effort(asked.scenario)
        self.flat = float(asked.printed.beyond(asked.printed.best_constant()).sum())

    def all(self, most: int, permutations: int, seed: int, advance: Advance) -> tuple[LineRecord, ...]:
        """Return the lines: of the plan's weights, one indicator, at most `most`, all; those that differ.

        `advance`: called after each shuffled table.
        """
        kinds = [self._kind(key, printed, n) for key, printed, n in self._wanted(most)]
        shuffled = self._shuffled(kinds, permutations, seed, advance)
        return tuple(self._line(kind, chance) for kind, chance in zip(kinds, shuffled, strict=True))

    def few(self) -> tuple[FewRecord, ...]:
        """Return the best fits by at most one, two, three indicators."""
        printed, found = self.asked.printed, []
        for most in range(1, min(MOST_FEW, len(self.asked.keys)) + 1):
            best = explain_by_few(printed, most, self.effort)
            used = tuple(name for name, pull in zip(self._names(), best.pulls, strict=True) if pull > 0)
            found.append(FewRecord(most=most, indicators=used, fit=self._fit(best.loss)))
        return tuple(found)

    def signs_free(self) -> float:
        """Return the fit if weights of any sign were let in."""
        return self._fit(explain(self.asked.printed, signs_free=True, effort=self.effort).loss)

    def _wanted(self, most: int) -> list[tuple[LineKey, Printed, int]]:
        printed, m = self.asked.printed, len(self.asked.keys)
        wanted: list[tuple[LineKey, Printed, int]] = []
        if self.asked.scores is not None:
            wanted.append(("plan", Printed(printed.rates, self.asked.scores[:, None], printed.half), 1))
        if m > 1:
            wanted.append(("one", printed, 1))
        if 1 < most < m:
            wanted.append(("few", printed, most))
        return [*wanted, ("all", printed, m)]

    def _kind(self, key: LineKey, printed: Printed, most: int) -> _Kind:
        return _Kind(key, printed, most, Refits(printed, most, self.effort))

    def _shuffled(self, kinds: list[_Kind], permutations: int, seed: int, advance: Advance) -> list[_Shuffled]:
        """Return how the same shuffled tables are fitted by each line, the choice of indicators included."""
        rates, random = self.asked.printed.rates, np.random.default_rng(seed)
        losses = np.empty((permutations, len(kinds)))
        for n in range(permutations):
            shuffled = random.permutation(rates)
            losses[n] = [kind.refits.losses(shuffled).min() for kind in kinds]
            advance()
        fits, told = 1 - losses / self.flat, []
        for column, kind in enumerate(kinds):
            own = kind.refits.losses(rates).min()
            as_well = int((losses[:, column] <= own + SAME).sum())
            p = (1 + as_well) / (permutations + 1)
            told.append(_Shuffled(p, float(fits[:, column].mean()), float(np.quantile(fits[:, column], 0.95))))
        return told

    def _line(self, kind: _Kind, chance: _Shuffled) -> LineRecord:
        columns = kind.refits.best(kind.printed.rates)[1] or tuple(range(kind.printed.traits.shape[1]))
        chosen = kind.printed.of(columns)
        best = explain(chosen, effort=self.effort)
        fitted = best.fitted(chosen.traits)
        predicted = self._predicted(kind)
        names = () if kind.key == "plan" else tuple(self._names()[k] for k in columns)
        in_order, pairs = _in_order(chosen.rates, fitted)
        return LineRecord(
            key=kind.key,
            most=kind.most,
            indicators=names,
            fit=self._fit(best.loss),
            left_out=self._left_out(predicted),
            p=chance.p,
            chance_mean=chance.mean,
            chance_95=chance.most,
            loss_points=best.loss,
            pull_points=float(best.pulls.sum()),
            spread_points=float(np.ptp(chosen.traits @ best.pulls)),
            level=float(self.asked.omega @ fitted) / 100,
            in_order=in_order,
            pairs=pairs,
            weights=self._weights(chosen, best, names),
            others=self._others(kind, columns, best.loss),
            fitted=_fractions(fitted),
            predicted=_fractions(predicted),
        )

    def _weights(self, chosen: Printed, best: Explanation, names: tuple[str, ...]) -> tuple[WeightRecord, ...]:
        """Return the weights of the best fit, each with its range."""
        if not names or best.weights is None:
            return ()
        low, high = weight_ranges(chosen, best.loss + SLACK * self.flat, self.effort)
        low, high = np.minimum(low, best.weights), np.maximum(high, best.weights)
        rows = zip(names, best.weights.tolist(), low.tolist(), high.tolist(), strict=True)
        return tuple(WeightRecord(indicator=name, best=w, low=a, high=b) for name, w, a, b in rows)

    def _others(self, kind: _Kind, columns: tuple[int, ...], loss: float) -> tuple[tuple[str, ...], ...] | None:
        """Return the other sets of as many indicators that are about as good, the best first."""
        if kind.key in ("plan", "all"):
            return ()
        if not kind.refits.sets:
            return None
        losses = kind.refits.losses(kind.printed.rates)
        order = [n for n in np.argsort(losses, kind="stable").tolist() if losses[n] <= loss + SLACK * self.flat + SAME]
        names = self._names()
        return tuple(tuple(names[k] for k in kind.refits.sets[n]) for n in order if kind.refits.sets[n] != columns)

    def _predicted(self, kind: _Kind) -> Array:
        """Return each region's rate by what explains the others best, chosen anew: the middle of what is as good."""
        found = []
        for n in range(len(kind.printed.rates)):
            loss, columns = kind.refits.best(kind.printed.rates, without=(n,))
            columns = columns or tuple(range(kind.printed.traits.shape[1]))
            others = kind.printed.of(columns).without(n)
            found.append(sum(rate_range(others, loss, kind.printed.traits[n, list(columns)], self.effort)) / 2)
        return np.array(found)

    def _left_out(self, predicted: Array) -> float | None:
        """Return 1 - Σ loss of what is foreseen/Σ loss of the best single rate of the others."""
        printed = self.asked.printed
        without = [printed.without(n).best_constant() for n in range(len(printed.rates))]
        whole = float(printed.beyond(np.array(without)).sum())
        return None if whole <= SAME else 1 - float(printed.beyond(predicted).sum()) / whole

    def _fit(self, loss: float) -> float:
        return max(1 - loss / self.flat, 0.0)

    def _names(self) -> tuple[str, ...]:
        return tuple(f"{criterion}.{key}" for criterion, key in self.asked.keys)


def _in_order(rates: Array, fitted: Array) -> tuple[int, int]:
    """Return how many pairs of different rates the fit has in the same order, and how many there are."""
    apart, same = rates[:, None] - rates[None, :], fitted[:, None] - fitted[None, :]
    higher = apart > SAME
    return int((higher & (same > SAME)).sum()), int(higher.sum())


def _fractions(points: Array) -> tuple[float, ...]:
    return tuple((points / 100).tolist())
