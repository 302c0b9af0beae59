"""`check` of what is no intensity: a level (coal, oil), or the share of non-fossil energy."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

from pydantic import Field

from allocator.planning.check import CheckResult
from reports.planning.total import rounded_statement
from reports.printing.numbers import minus, signed, tonnes
from reports.printing.table import text_table
from reports.records import Listed, Measured, _absent
from reports.words import LABELS
from scenarios.errors import Finding
from scenarios.load import Scenario
from scenarios.quantities import Quantity, in_own_words
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, running
from solvers.printable.shares import whole


class LevelCity(Listed):
    """One city of a level: base year, and what equal change leaves it in the last year, whole units."""

    base: float
    even_cap: int | None = Field(default=None, exclude_if=_absent)


class ShareCity(Listed):
    """One city of a share: energy of the base year, its share, and its part of the last year's energy; fractions."""

    energy: float
    share: float
    weight: float


class LevelRecord(Measured):
    """A level for programs: the province's base year and the most of the last year, in its unit."""

    schema_version: Literal[1] = 1
    scenario: str
    base: float
    cap: float
    change: float
    # reach_lowest, reach_highest: What the bounds allow, reductions as fractions
    reach_lowest: float | None = Field(default=None, exclude_if=_absent)
    reach_highest: float | None = Field(default=None, exclude_if=_absent)
    reachable: bool | None = Field(default=None, exclude_if=_absent)  # Whether there is a split
    cities: tuple[LevelCity, ...]
    notices: tuple[dict[str, object], ...]


class ShareRecord(Measured):
    """A share for programs; fractions."""

    schema_version: Literal[1] = 1
    scenario: str
    base: float
    target: float
    composition: float
    uniform_rise: float
    as_reduction: float
    # reach_lowest, reach_highest: What the bounds allow, fractions
    reach_lowest: float | None = Field(default=None, exclude_if=_absent)
    reach_highest: float | None = Field(default=None, exclude_if=_absent)
    reachable: bool | None = Field(default=None, exclude_if=_absent)  # Whether there is a split
    cities: tuple[ShareCity, ...]
    notices: tuple[dict[str, object], ...]


@dataclass(frozen=True)
class Alone:
    """What `check` says of such a scenario.

    `judged`: whether its target can be split; None where nobody asks.
    """

    scenario: Scenario
    judged: CheckResult | None = None

    @property
    def measured(self) -> Quantity:
        """The quantity that the target is of."""
        return self.scenario.measured

    @property
    def reachable(self) -> bool:
        """Whether the target can be reached, as far as is asked."""
        return self.judged is None or self.judged.reachable

    @property
    def notices(self) -> tuple[Finding, ...]:
        """What must be said."""
        return self.scenario.notices if self.judged is None else self.judged.notices

    @property
    def cap(self) -> Fraction:
        """What the province may use of a level in the last year."""
        total, base = self.scenario.baseline.total, self._base
        return base * (1 - Fraction(self.scenario.file.target)) if total is None else total.cap

    @property
    def even_caps(self) -> tuple[int, ...] | None:
        """What equal change leaves each city of a level, whole units that add up to the cap less its reserve.

        None where that is no whole number.
        """
        total = self.scenario.baseline.total
        left = self.cap if total is None else total.left
        if left != floor(left) or not self._base:
            return None
        amounts = [Fraction(value) * left / self._base for value in self.scenario.regions.emissions]
        return whole(amounts, floor(left))

    @property
    def _base(self) -> Fraction:
        return sum(map(Fraction, self.scenario.regions.emissions), Fraction(0))

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return what is asked of the province, and the figures of the cities."""
        file, n = self.scenario.file, len(self.scenario.regions)
        lines = [
            file.title.say(language),
            LABELS.say("check_ok", language, n=n, base=file.period.base, end=file.period.end),
            *(self._share(language) if self.scenario.share else self._level(language)),
            "",
            *self._standing(language),
        ]
        return [
            *lines,
            *([] if file.basis is None else [LABELS.say("basis", language, basis=file.basis.say(language))]),
        ]

    def _standing(self, language: Language) -> list[str]:
        """Return whether the target can be split."""
        if self.judged is None:
            return []
        return [self.judged.reach_statement(language), *self.judged.target_statements(language)]

    def _level(self, language: Language) -> list[str]:
        regions, caps = self.scenario.regions, self.even_caps
        said = {"end": _shown(self.cap), "base": _shown(self._base)}
        change = signed(float(self.cap / self._base) - 1, 2) if self._base else "–"
        columns = [regions.labels(language), [f"{value:,.2f}" for value in regions.emissions]]
        codes = ["name", "read_emissions"]
        if caps is not None:
            codes, columns = [*codes, "alone_even"], [*columns, [f"{cap:,}" for cap in caps]]
        heads = [LABELS.say(code, language) for code in codes]
        table = text_table(heads, list(zip(*columns, strict=True)))
        total = self.scenario.baseline.total
        computed = None if total is None or total.computed is None else float(total.computed)
        rounded = rounded_statement(computed, float(self.cap), language)
        head = [LABELS.say("fit_level", language, **said, change=change), *([] if rounded is None else [rounded])]
        return [running(head, language), "", *table]

    def _share(self, language: Language) -> list[str]:
        share, regions = self.scenario.share, self.scenario.regions
        assert share is not None
        said = LABELS.say(
            "alone_share", language, base=per_cent(share.base), target=per_cent(share.target),
            rise=minus(per_cent(share.rise)), composition=signed(float(share.composition), 2),
            uniform=minus(per_cent(share.uniform_rise)), reduction=minus(per_cent(share.as_reduction)),
        )  # fmt: skip
        rows = [
            (name, f"{float(n):,.2f}", minus(per_cent(own)), minus(per_cent(weight)))
            for name, n, own, weight in zip(
                regions.labels(language), share.energy, share.shares, share.weights, strict=True
            )
        ]
        heads = [LABELS.say(code, language) for code in ("name", "alone_energy", "alone_own", "alone_weight")]
        return [said, "", *text_table(heads, rows)]

    @property
    def record(self) -> LevelRecord | ShareRecord:
        """The same for programs."""
        regions, share, caps = self.scenario.regions, self.scenario.share, self.even_caps
        of = self.judged
        reach = {} if of is None else {"reach_lowest": of.reach.lowest, "reach_highest": of.reach.highest}
        standing = {**reach, "reachable": None if of is None else of.reachable}
        head = {
            **self.measured.told, "scenario": self.scenario.file.name,
            "notices": tuple(notice.as_json() for notice in self.notices),
        }  # fmt: skip
        if share is not None:
            parts = enumerate(zip(share.energy, share.shares, share.weights, strict=True))
            cities = tuple(
                ShareCity(**regions.named(k), energy=float(n), share=float(own), weight=float(weight))
                for k, (n, own, weight) in parts
            )
            return ShareRecord.of(share, **head, **standing, cities=cities)
        levels = tuple(
            LevelCity(**regions.named(k), base=float(value), even_cap=None if caps is None else caps[k])
            for k, value in enumerate(regions.emissions)
        )
        change = float(self.cap / self._base) - 1 if self._base else 0.0
        return LevelRecord.model_validate(
            {**head, **standing, "base": float(self._base), "cap": float(self.cap), "change": change, "cities": levels}
        )


def _shown(value: Fraction) -> str:
    return tonnes(float(value))
