"""Judges a scenario before anything is split: sums, composition effect, reach, references."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from allocator.planning.no_split.why import NoSplit, why_no_split
from allocator.planning.proof.room import leaves_room
from allocator.planning.reference import target
from allocator.planning.rules import solver_rules
from reports.accounting.supplied import account_notes
from reports.planning.reconciliation import reconciliation_record, reconciliation_statements
from reports.planning.record import CheckRecord
from reports.planning.total import cap_record, cap_statements
from reports.planning.understood import understood, understood_lines
from reports.printing.falls import in_words
from reports.printing.numbers import minus, of_reach, within_reach
from reports.words import LABELS
from scenarios.baseline import Reach, reach
from scenarios.by_method.costs import read_costs
from scenarios.by_method.population import read_population
from scenarios.errors import Collector, Finding, InputError
from scenarios.load import Scenario, load_scenario
from scenarios.quantities import Quantity, in_own_words
from scenarios.tables.cells import per_cent
from scenarios.total.level import refuse_unused
from scenarios.tracking.offsets import read_offsets
from scenarios.tracking.yearly_growth import read_yearly_growth
from scenarios.wording import Language


@dataclass(frozen=True)
class CheckResult:
    """What `check` found."""

    scenario: Scenario  # The scenario
    reach: Reach  # What its bounds allow the province
    no_split: NoSplit | None  # Why there is no split, or None
    notices: tuple[Finding, ...]  # What must be said

    @property
    def reachable(self) -> bool:
        """Whether some split within the bounds backs the target."""
        return self.no_split is None

    @property
    def measured(self) -> Quantity:
        """The quantity that the target is of."""
        return self.scenario.measured

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return the result in sentences."""
        file, baseline = self.scenario.file, self.scenario.baseline
        emissions, gdp = float(baseline.emissions.sum()), float(baseline.gdp.sum())
        growth = float(baseline.gdp @ baseline.growth) / gdp
        lines = [
            file.title.say(language),
            LABELS.say(
                "check_ok", language, n=len(self.scenario.regions), base=file.period.base, end=file.period.end
            ),
            LABELS.say(
                "check_sums", language, emissions=f"{emissions:,.2f}", gdp=f"{gdp:,.2f}",
                intensity=f"{emissions / gdp:.4f}", growth=f"{growth:.5f}",
            ),
            "",
            *understood_lines(self.scenario, self.notices, language),
            "",
            LABELS.say(
                "identity_both" if baseline.asks_more else "identity", language,
                sigma=minus(per_cent(baseline.sigma)), uniform=minus(per_cent(baseline.uniform_rate)),
                point=f"{baseline.point_worth:,.2f}",
            ),
            self.reach_statement(language),
        ]  # fmt: skip
        if (cap := cap_record(self.scenario)) is not None:
            asked = baseline.target + baseline.margin
            lines += cap_statements(cap, asked, baseline.point_worth, language)
        lines += self.target_statements(language)
        if self.no_split is None and self.scenario.incentive is not None:
            target = minus(per_cent(self.scenario.incentive.target))
            lines.append(LABELS.say("incentive_target_reachable", language, target=target))
        if self.scenario.sums is not None:
            lines += reconciliation_statements(self.scenario.sums, language)
        lines += [note.say(language) for note in account_notes(self.scenario)]
        if file.basis is not None:
            lines.append(LABELS.say("basis", language, basis=file.basis.say(language)))
        return lines

    @in_own_words
    def reach_statement(self, language: Language) -> str:
        """Return what the bounds allow the province."""
        lowest, highest = map(minus, within_reach(self.reach.lowest, self.reach.highest))
        return LABELS.say(of_reach("reach", lowest, highest), language, lowest=lowest, highest=highest)

    @in_own_words
    def target_statements(self, language: Language) -> list[str]:
        """Return whether the target can be reached, and if not, why."""
        if self.no_split is not None:
            return self.no_split.statements(language)
        baseline = self.scenario.baseline
        needed = baseline.asked if baseline.asks_more else Fraction(self.scenario.target)
        said = in_words(language, target=needed)
        return [LABELS.say("target_reachable", language, target=minus(per_cent(needed)), **said)]

    @property
    def record(self) -> CheckRecord:
        """The result for programs."""
        baseline = self.scenario.baseline
        return CheckRecord.of(
            baseline,
            **self.measured.told,
            scenario=self.scenario.file.name,
            regions=len(self.scenario.regions),
            emissions_10kt=float(baseline.emissions.sum()),
            gdp_100m_yuan=float(baseline.gdp.sum()),
            point_10kt=baseline.point_worth,
            reach_lowest=self.reach.lowest,
            reach_highest=self.reach.highest,
            reachable=self.reachable,
            total=cap_record(self.scenario),
            reconciliation=reconciliation_record(self.scenario),
            cities=understood(self.scenario, self.notices),
            notices=tuple(notice.as_json() for notice in self.notices),
        )


def as_understood(source: str, settings: Iterable[str], open_: InputError, language: Language) -> list[str]:
    """Return the figures of a scenario that was refused for questions alone, else nothing; nor where some are empty."""
    if not all(finding.asked for finding in open_.findings):
        return []
    try:
        read = load_scenario(source, settings, ("question", "error"), split=False)
    except InputError:
        return []
    if read.measured.is_share:
        return []
    return [*understood_lines(read, read.notices, language), ""]


@in_own_words
def check(scenario: Scenario) -> CheckResult:
    """Judge a scenario without splitting it.

    Raises InputError: indicators, weights or references that cannot be used; of a level a region that uses none; what
    is wrong in tables that `track` and `methods` name.
    """
    refuse_unused(scenario.regions)
    tracked, compared = _tracked(scenario), _compared(scenario)
    targeting = target(scenario)
    within = reach(scenario.baseline, scenario.regions.lower, scenario.regions.upper)
    no_split = why_no_split(scenario, targeting, solver_rules(scenario.demands), leaves_room)
    return CheckResult(scenario, within, no_split, (*scenario.notices, *targeting.notices, *tracked, *compared))


def _tracked(scenario: Scenario) -> tuple[Finding, ...]:
    """Return what must be said of the tables that the settings of `track` name: growth by year, and offsets.

    Raises InputError: everything that is wrong in them.
    """
    file, regions, asked, collector = scenario.file, scenario.regions, scenario.file.track, Collector()
    if asked is not None and asked.growth is not None:
        growth = scenario.folder / asked.growth
        read = collector.taken(lambda: read_yearly_growth(growth, regions, file.period, file.asked.province))
        collector.extend(read[2] if read else ())
    if asked is not None and asked.offsets is not None:
        offsets = scenario.folder / asked.offsets
        found = collector.taken(lambda: read_offsets(offsets, regions, file.answers))
        collector.extend(found[2] if found else ())
    collector.raise_errors()
    return collector.notices


def _compared(scenario: Scenario) -> tuple[Finding, ...]:
    """Return what must be said of the tables that the settings of `methods` name: people, and what cuts cost.

    Raises InputError: everything that is wrong in them.
    """
    asked, regions, collector = scenario.file.methods, scenario.regions, Collector()
    if asked is not None and asked.population_table is not None:
        people = scenario.folder / asked.population_table
        counted = collector.taken(lambda: read_population(people, regions))
        collector.extend(counted[3] if counted else ())
    if asked is not None and asked.costs is not None:
        costs = scenario.folder / asked.costs
        steps = collector.taken(lambda: read_costs(costs, regions))
        collector.extend(steps[2] if steps else ())
    collector.raise_errors()
    return collector.notices
