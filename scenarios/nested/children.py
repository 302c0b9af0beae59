"""Every city's counties as a scenario of their own, made in memory; its target is the rate its city is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from scenarios.baseline import Baseline
from scenarios.errors import Collector, Finding, InputError
from scenarios.file.nested.form import Below
from scenarios.file.schema import ScenarioFile
from scenarios.handing.above import Above
from scenarios.load import LEFT_ASIDE, Among, Scenario, reconciled
from scenarios.nested.long_table import LongTable, Members, read_long_table
from scenarios.reconciliation import ProvinceFigures, Reconcile
from scenarios.schema_types import Words
from scenarios.tables.regions import Regions

_NOT_PASSED_ON: Mapping[str, object] = {
    "rules": (), "total": None, "incentive": None, "reconcile": None, "track": None, "energy": None, "gdp": None,
    "methods": None, "tables": {}, "last_period": None, "shapes": None, "tiles": None, "notes": (), "sources": (),
    "below": None, "above": None, "where": {}, "sheet": (), "potentials": None, "province": None, "fit": None,
    "protect": None, "growth_uncertainty": None,
}  # fmt: skip
"""What a province says of itself alone, and what stands for it in a city's scenario."""


@dataclass(frozen=True, eq=False)
class Children:
    """The level below a scenario."""

    parent: Scenario
    file: ScenarioFile  # What the cities' scenarios have in common
    table: LongTable

    @property
    def below(self) -> Below:
        """What the scenario asks of the level below."""
        asked = self.parent.file.below
        assert asked is not None
        return asked

    @property
    def members(self) -> Mapping[int, Members]:
        """The counties of every city that has any, by its position."""
        return self.table.members

    def scenario(self, position: int, rate: Decimal, digest: str = "") -> Scenario:
        """Return the scenario of one city's counties.

        `rate`: what the city is given. `digest`: of the table that gives it, where it is written.
        Raises InputError: city sums that cannot be reconciled, options that cannot hold for these counties.
        """
        parent, own = self.parent, self.members[position]
        cities, collector, place = parent.regions, Collector(), parent.place("below")
        name, code = Words(zh=cities.names[position], en=cities.names_en[position]), cities.ids[position]
        figures = ProvinceFigures(
            emissions=cities.emissions[position], gdp=cities.gdp[position], growth=cities.growth[position]
        )
        file = self.file.model_copy(update={"title": name, "target": rate})
        asked = Reconcile(province=figures)
        regions = own.regions
        sums, targets = reconciled(asked, file, (regions, regions, regions), collector, place)
        collector.raise_errors()
        above = Above(name.zh, rate, own.place, parent.folder, self.table.source, parent.file.name, digest)
        return Scenario(
            file=file.model_copy(update={"name": f"{parent.file.name}-{_short(code, position)}"[:64]}),
            regions=regions,
            baseline=Baseline.of(regions, targets.basic, file.margin, None),
            folder=parent.folder,
            inputs=(*parent.inputs, self.table.source),
            notices=own.notices,
            overrides=parent.overrides,
            target=targets.basic,
            document=None,
            sums=sums,
            above=above,
            among=self._among(position),
        )

    def _among(self, position: int) -> Among | None:
        """Return all counties, among which those of a city are scored; None where each city scores its own."""
        if self.below.scores == "own":
            return None
        before = sum(len(own.regions) for n, own in self.members.items() if n < position)
        return Among(self._all, tuple(range(before, before + len(self.members[position].regions))))

    @cached_property
    def _all(self) -> Regions:
        """All leaves in one table, for their scores: the counties of all cities, then regions without members."""
        own, cities = [self.members[n].regions for n in sorted(self.members)], self.parent.regions
        alone = [n for n in range(len(cities)) if n not in self.members]
        columns = {
            key: (*(v for one in own for v in one.columns[key]), *(cities.columns[key][n] for n in alone))
            for key in own[0].columns
        }
        names = (*(name for one in own for name in one.names), *(cities.names[n] for n in alone))
        return replace(own[0], names=names, columns=columns)

    def sums(self) -> Iterator[Finding]:
        """Yield by how much the counties of a city are off its own figures, where that is one in a thousand or more."""
        cities = self.parent.regions
        for n, own in self.members.items():
            regions = own.regions
            end = sum(Fraction(y) * Fraction(g) for y, g in zip(regions.gdp, regions.growth, strict=True))
            found = (Fraction(sum(regions.emissions)), Fraction(sum(regions.gdp)), end / Fraction(sum(regions.gdp)))
            asked = tuple(map(Fraction, (cities.emissions[n], cities.gdp[n], cities.growth[n])))
            off = [one / of - 1 for one, of in zip(found, asked, strict=True)]
            if max(map(abs, off)) >= Fraction(1, 1000):
                said = dict(zip(("emissions", "gdp", "growth"), (f"{float(x) * 100:+.2f}" for x in off), strict=True))
                yield Finding("below_sums", own.place, {"city": cities.names[n], **said}, "notice")


def children_of(scenario: Scenario) -> Children:
    """Return the level below a scenario.

    Raises InputError: it has none, is of what has no composition, or what is wrong in its table.
    """
    asked = scenario.file.below
    if asked is None:
        raise InputError.of("below_missing", scenario.place("below"))
    if scenario.measured.stands_alone:
        raise InputError.of("below_quantity", scenario.place("below"))
    own = scenario.file
    bounds = {key: getattr(asked.bounds, key) for key in ("lower", "upper")}
    bounds = {key: value for key, value in bounds.items() if value is not None}
    spread, grid = asked.reference.spread, asked.publish.grid
    file = own.model_copy(
        update={
            **_NOT_PASSED_ON,
            "margin": asked.margin,
            "bounds": own.bounds.model_copy(update=bounds),
            "reference": own.reference if spread is None else own.reference.model_copy(update={"spread": spread}),
            "publish": own.publish.model_copy(update={"classes": None, **({} if grid is None else {"grid": grid})}),
        }
    )
    scenario = replace(scenario, notices=tuple(one for one in scenario.notices if one.code != LEFT_ASIDE))
    return Children(scenario, file, read_long_table(scenario.folder / asked.regions, file, scenario.regions))


def _short(code: str, position: int) -> str:
    """Return a code as part of a scenario's name."""
    return code if code.isascii() and code.isalnum() else str(position + 1)
