"""Reads the scenarios that stand beside a tracked one (`track.beside`), and computes what an assessment asks of them.

energy        cut of energy intensity in the year, against the path to the target
coal, oil     what was used in the year, against the path to the cap of the last year
nonfossil     the share in the year, against the path to the target: fossil energy per energy falls along it

The path is that of each scenario's own `track`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial

import numpy as np
from numpy.typing import NDArray

from allocator.assessing.indicators import Amount, Cut
from allocator.planning.total.together import Labelled, differences
from allocator.tracking.gathering import Asked, Gathered, actuals_path, gather
from allocator.tracking.history import annual, history
from allocator.tracking.pathways import cumulative_targets
from reports.tracking.record import TrackRecord
from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.file.track import Companion, CompanionName
from scenarios.load import Scenario, load_scenario
from scenarios.quantities import QuantityName, speaking_of
from scenarios.tables.files import InputFile
from scenarios.total.paths import due_in
from scenarios.tracking.actuals import BASE_TOLERANCE


@dataclass(frozen=True, eq=False)
class Beside:
    """A scenario of another quantity with its actual figures."""

    place: Place  # The key that names it
    scenario: Scenario
    read: Gathered
    said: tuple[Finding, ...] = ()  # What must be said of all of them together

    @property
    def quantity(self) -> QuantityName:
        """What it is of."""
        return self.scenario.measured.name

    @property
    def sources(self) -> tuple[InputFile, ...]:
        """The files that it rests on."""
        return (*self.scenario.inputs, *self.read.sources)

    @property
    def notices(self) -> tuple[Finding, ...]:
        """What must be said of it."""
        return (*self.said, *self.scenario.notices, *self.read.notices)

    def computed(self, year: int) -> tuple[str, Cut | Amount]:
        """Return the name of its figure (as in ``coal.total``), and the figure of a year with what was due."""
        at = year - self.scenario.file.period.base
        if self.quantity == "energy":
            return "energy.intensity", self._cut(at)
        if self.quantity == "nonfossil":
            return "nonfossil.share", self._share(at)
        return f"{self.quantity}.total", self._level(at)

    def energy(self, year: int) -> Fraction | None:
        """Return all energy that was used in a year, 万吨标准煤; None where it is of something else."""
        levels = self.read.actuals.levels[year - self.scenario.file.period.base - 1 :][:1]
        if not levels or self.quantity not in ("energy", "nonfossil"):
            return None
        share = self.quantity == "nonfossil"
        return _sum(level.gdp if share else level.emissions for level in levels[0])

    def _cut(self, at: int) -> Cut:
        done = history(self.scenario, self.read.actuals, self.read.growth).province
        path = self._path(float(self.scenario.target))
        return Cut(annual(done)[at - 1], annual(path)[at - 1], float(done[at]), float(path[at]))

    def _level(self, at: int) -> Amount:
        total, base = self.scenario.baseline.total, _sum(self.scenario.regions.emissions)
        cap = base * (1 - Fraction(self.scenario.file.target)) if total is None else total.cap
        used = _sum(level.emissions for level in self.read.actuals.levels[at - 1])
        return Amount(used, due_in(base, cap, self.read.settings.path, self.read.shares.tolist(), at))

    def _share(self, at: int) -> Amount:
        levels, share = self.read.actuals.levels[at - 1], self.scenario.share
        assert share is not None
        own = 1 - _sum(level.emissions for level in levels) / _sum(level.gdp for level in levels)
        due = share.target
        if at < self.scenario.file.period.years:
            cut = Fraction(float(self._path(float(share.as_reduction))[at]))
            due = 1 - (1 - share.base) * (1 - cut)
        return Amount(own, due, share=True)

    def _path(self, target: float) -> NDArray[np.float64]:
        """Return the cumulative targets of the province, shape (T + 1,)."""
        return np.asarray(cumulative_targets(target, self.read.settings.path, self.read.shares)[0])


def read_beside(scenario: Scenario, table: str, wanted: Collection[QuantityName]) -> tuple[Beside, ...]:
    """Read the scenarios of the `wanted` quantities that stand beside one, with their actual figures.

    `table`: of the tracked scenario's actual figures, in which theirs stand where nothing else is said.
    Raises InputError: everything that is wrong in them; scenarios of another quantity, period, cities or figures.
    """
    track, collector = scenario.file.track, Collector()
    asked = {name: one for name, one in (track.beside if track else {}).items() if name in wanted}
    loaded = {
        name: companion
        for name, one in asked.items()
        if (companion := collector.taken(partial(_loaded, scenario, name, one))) is not None
    }
    collector.extend(differences([_labelled(one) for one in (scenario, *loaded.values())]))
    collector.raise_errors()
    tables = {name: one.actuals for name, one in asked.items()}
    found = [collector.taken(partial(_read, scenario, one, tables[name], table)) for name, one in loaded.items()]
    collector.raise_errors()
    read = [one for one in found if one is not None]
    return (replace(read[0], said=collector.notices), *read[1:]) if read else ()


def _loaded(scenario: Scenario, quantity: CompanionName, one: Companion) -> Scenario:
    """Return a scenario beside another; its answers to questions are those of both."""
    place, path = scenario.place("track", "beside", quantity), scenario.folder / one.scenario
    if scenario.document is not None and path.name == scenario.document.name:
        raise InputError.of("beside_circle", place, found=one.scenario)
    for file in (path, *([scenario.folder / one.actuals] if one.actuals else [])):
        if not file.exists():
            raise InputError.of("beside_missing", place, found=str(file.relative_to(scenario.folder)))
    companion = load_scenario(path, split=False)
    if companion.measured.name != quantity:
        raise InputError.of("beside_quantity", place, found=companion.measured.name, needed=quantity)
    if companion.file.track is not None and companion.file.track.beside:
        raise InputError.of("beside_circle", companion.place("track", "beside"), found=one.scenario)
    accepted = {each.id: each for each in (*scenario.file.accept, *companion.file.accept)}
    return replace(companion, file=companion.file.model_copy(update={"accept": tuple(accepted.values())}))


def _read(scenario: Scenario, companion: Scenario, own: str | None, table: str) -> Beside:
    """Return a scenario beside another with its actual figures: in a table of its `own`, or in that of the other."""
    path = scenario.folder / own if own else actuals_path(scenario, table)
    with speaking_of(companion.measured):
        read = gather(companion, str(path), None, Asked(whole=scenario.regions))
    return Beside(scenario.place("track", "beside", companion.measured.name), companion, read)


def _labelled(scenario: Scenario) -> Labelled:
    return Labelled(scenario.document.name if scenario.document else scenario.file.name, scenario)


def without_year(companions: Iterable[Beside], year: int) -> Iterator[Finding]:
    """Yield those that have no figures of a year."""
    for one in companions:
        if year not in one.read.actuals.years:
            known = ", ".join(map(str, one.read.actuals.years)) or "–"
            values = {"file": one.read.actuals.source.name, "year": year, "known": known, "quantity": one.quantity}
            yield Finding("beside_year", one.place, values)


def gdp_differs(companions: Iterable[Beside], record: TrackRecord) -> Iterator[Finding]:
    """Yield the years in which energy intensity rests on another GDP of the province than the carbon intensity."""
    for one in companions:
        levels = one.read.actuals.levels if one.quantity == "energy" and record.form == "levels" else ()
        for year, cities, gdp in zip(record.years, levels, record.province.gdp_100m_yuan[1:], strict=False):
            own = float(_sum(level.gdp for level in cities))
            if abs(own - gdp) > float(BASE_TOLERANCE) * gdp:
                values = {"year": year, "found": f"{own:,.2f}", "needed": f"{gdp:,.2f}"}
                yield Finding("beside_gdp", Place(file=one.read.actuals.source.name), values, "notice")


def _sum(values: Iterable[Decimal]) -> Fraction:
    return sum((Fraction(value) for value in values), Fraction(0))
