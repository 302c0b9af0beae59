"""From a name, file or folder to a `Scenario` that can be computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.baseline import Baseline
from scenarios.errors import Collector, Finding, InputError, Place, answered_in
from scenarios.file.book.said import NO_NAMES, Names, names_in
from scenarios.file.document import Document, enabled, read_document, validate, with_overrides
from scenarios.file.judged import check_weights, known_columns, located, say_unused
from scenarios.file.schema import ScenarioFile, is_short_name
from scenarios.given import energy_given, gdp_given, reconcile_given
from scenarios.mapping.read import drawing_of
from scenarios.quantities import Quantity, speaking_of
from scenarios.reconciliation import Reconcile, Reconciliation, reconciliation, rounded_up, scaled
from scenarios.regions.last_period import LastRates, last_rates
from scenarios.regions.table_again import read_regions_again
from scenarios.regions.wanted import Wanted
from scenarios.rules.demands import check_classes, demands, without_projects
from scenarios.rules.incentive import AskedIncentive, Targets, incentive, room, with_steps
from scenarios.rules.kinds import Demand
from scenarios.rules.potentials import with_potentials
from scenarios.rules.uncertainty import Protection, asked_protection
from scenarios.sources import SCENARIO_FILE as SCENARIO_FILE
from scenarios.sources import bundled_cases as bundled_cases
from scenarios.sources import find_scenario as find_scenario
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.regions import Regions
from scenarios.total.cap import total
from scenarios.total.level import refuse_unused
from scenarios.total.share import Share, asked_of
from scenarios.weighing.said import say_judgements

if TYPE_CHECKING:
    from scenarios.accounting.energy import EnergyAccount
    from scenarios.accounting.gdp import ConstantGdp
    from scenarios.handing.above import Above
    from scenarios.mapping.drawing import Drawing
    from scenarios.total.caps import AskedCaps


LEFT_ASIDE = "below_beside"
"""Code of the notice that a level below is left aside, which it is not where a whole tree is planned or judged."""


@dataclass(frozen=True, eq=False)
class Among:
    """Regions of several nodes of one level, which are scored together."""

    regions: Regions
    rows: tuple[int, ...]  # Which of them are the scenario's own


@dataclass(frozen=True, eq=False)
class Scenario:
    """Everything that is known and asked.

    Parameters
    ----------
    file
        The scenario file.
    regions
        The cities, without single-listed projects.
    baseline
        Their arithmetic.
    folder
        Where the scenario's tables stand.
    inputs
        The files read, with hashes.
    notices
        What must be said with every result.
    overrides
        The ``KEY=VALUE`` settings put over the file.
    target
        What the cities together must reach: the target of the file, with a residual line less or more than that.
    demands
        What the rules ask.
    whole
        The cities with single-listed projects; None where there are none.
    document
        The file as read, for the places of its keys.
    incentive
        What the incentive table is asked; None without an incentive target.
    energy
        The account that the emissions come from; None where the table of regions has them.
    gdp
        The series that the GDP comes from; None where the table of regions has it.
    sums
        How city sums were reconciled with provincial figures; None where nothing is said about them.
    last
        The last period's rates in the order of the regions; None where they are not given.
    caps
        How caps of the cities are asked for; None without a cap on the province's total.
    share
        The share of non-fossil energy that is asked; None of another quantity.
    drawing
        The map of the regions; None where the scenario names none.
    above
        The rate printed one level up that is the target; None where the target is the scenario's own.
    among
        The regions of all cities, among which those of one are scored; None where they are among themselves.
    """

    file: ScenarioFile
    regions: Regions
    baseline: Baseline
    folder: Path
    inputs: tuple[InputFile, ...]
    notices: tuple[Finding, ...]
    overrides: tuple[str, ...]
    target: Decimal
    demands: tuple[Demand, ...] = ()
    whole: Regions | None = None
    document: Document | None = None
    incentive: AskedIncentive | None = None
    energy: EnergyAccount | None = None
    gdp: ConstantGdp | None = None
    sums: Reconciliation | None = None
    last: LastRates | None = None
    caps: AskedCaps | None = None
    share: Share | None = None
    drawing: Drawing | None = None
    above: Above | None = None
    among: Among | None = None

    def of_incentive(self) -> Scenario:
        """Return the scenario that the incentive table is held against: its target, upper bounds and rules.

        Uncertain growth is for the basic table alone. Raises ValueError: there is no incentive target.
        """
        asked = self.incentive
        if asked is None:
            raise ValueError("no incentive target")
        regions = replace(self.regions, upper=asked.upper, growth_margins=())
        return replace(
            self,
            file=self.file.model_copy(update={"incentive": None, "growth_uncertainty": None, "protect": None}),
            regions=regions,
            target=asked.target,
            baseline=Baseline.of(regions, asked.target, self.file.margin, self.baseline.total),
            demands=asked.demands,
            incentive=None,
        )

    @property
    def measured(self) -> Quantity:
        """What the target is of."""
        return self.file.measured

    @property
    def names(self) -> Names:
        """What it calls what can be set: criteria, indicators, rules."""
        return names_in(self.document.values) if self.document else NO_NAMES

    @property
    def protection(self) -> Protection | None:
        """The protection against uncertain growth that is asked, if any."""
        return next((demand for demand in self.demands if isinstance(demand, Protection)), None)

    def place(self, *keys: str) -> Place:
        """Return where a key of the scenario stands: file and line, or the setting put over it."""
        return self.document.place(keys, below=False) if self.document else Place(key=".".join(keys))

    def criterion_weights(self) -> dict[str, Decimal]:
        """Return the criterion weights, adding up to one."""
        return normalised({key: criterion.weight for key, criterion in self.file.criteria.items()})

    def table_path(self, table: str) -> Path:
        """Return the path of a table of rates: a short name of the scenario, or a file."""
        if table in self.file.tables:
            return self.folder / self.file.tables[table]
        path = Path(table)
        if is_short_name(table) and not path.is_file() and self.file.tables:
            known = ", ".join(self.file.tables)
            raise InputError.of("unknown_table", Place(key=table), known=known)
        return path


@in_all_digits
def load_scenario(
    source: str | Path, overrides: Iterable[str] = (), only_said: Iterable[str] = (), split: bool = True
) -> Scenario:
    """Read a scenario and everything it names.

    Parameters
    ----------
    source
        The name of a bundled case, a scenario file (YAML or a workbook), or a folder that holds one.
    overrides
        ``KEY=VALUE`` settings with dotted keys, put over the file.
    only_said
        Severities of questions about odd figures that are said and stop nothing.
    split
        Whether it is to be split: a share of non-fossil energy is held against others as fossil energy otherwise.

    Raises
    ------
    InputError
        All that is wrong in file and table.
    """
    path = find_scenario(source)
    written, raw = read_document(path)
    settings = tuple(overrides)
    document = enabled(with_overrides(written, settings))
    try:
        scenario = validate(document)
    except InputError as error:
        from scenarios.refused import findings_in_table

        raise InputError([*error.findings, *findings_in_table(path.parent, document)]) from error
    with speaking_of(scenario.measured), answered_in(path.name):
        loaded = _loaded(path, raw, document, scenario, frozenset(only_said), settings, split)
        refuse_unused(loaded.regions if split else None)
        return loaded


def _loaded(
    path: Path, raw: bytes, document: Document, scenario: ScenarioFile, only_said: frozenset[str],
    settings: tuple[str, ...], split: bool,
) -> Scenario:  # fmt: skip
    """Read everything that a scenario file names."""
    collector = Collector()
    check_weights(scenario, document, collector)
    if scenario.below is not None:
        collector.notice(LEFT_ASIDE, document.place(("below",), below=False))
    say_judgements(scenario, document, collector)
    collector.extend(Finding("rule_off", place, {}, "notice") for place in document.off)
    answers = replace(scenario.answers, only_said=only_said)
    above: Above | None = None
    if scenario.above is not None:
        from scenarios.handing.above import handed_down

        scenario, above = handed_down(scenario, path.parent, document, answers, collector)
    columns = known_columns(scenario, Wanted.of(scenario).columns, document, collector, answers)
    asked_tables = replace(scenario.asked, columns=columns)
    energy, emissions = energy_given(scenario, path.parent, asked_tables, answers, collector)
    gdp, levels = gdp_given(scenario, path.parent, asked_tables, answers, collector)
    wanted = replace(Wanted.of(scenario, filter(None, (emissions, levels)), answers), asked=asked_tables)
    of_regions = collector.taken(lambda: read_regions_again(path.parent / scenario.regions, wanted))
    if of_regions is None:
        collector.findings = located(collector.findings, scenario, document)
        collector.raise_errors()
    assert of_regions is not None
    whole, table, notices = of_regions
    collector.extend(notices)
    if (energy is None and scenario.energy is not None) or (gdp is None and scenario.gdp is not None):
        collector.raise_errors()
    place = document.place(("target",), below=False)
    scenario, whole, share = asked_of(scenario, whole, split, answers, collector, place)
    read, place = whole, document.place(("reconcile",), below=False)
    asked_sums = reconcile_given(scenario, energy, gdp)
    whole = scaled(asked_sums, whole, collector, place) if asked_sums else whole
    whole = with_potentials(scenario, whole, collector)
    step = "step" if scenario.incentive is None or scenario.incentive.step_column is None else "step_column"
    whole = with_steps(scenario, whole, collector, document.place(("incentive", step), below=False))
    regions = without_projects(scenario, whole, answers, collector)
    sums, targets = None, Targets.of(scenario)
    if asked_sums is not None:
        sums, targets = reconciled(asked_sums, scenario, (read, whole, regions), collector, place)

    def of_total(key: str) -> Place:
        return document.place(("total", key), below=False)

    cap = total(scenario.total, regions, sums, collector, of_total)
    second = incentive(scenario, targets, regions, collector, document.place(("incentive", "target"), below=False))
    asked = (
        *demands(scenario, targets.basic, regions, collector),
        *asked_protection(scenario, targets.basic, regions, collector),
        *room(scenario, regions, second, cap),
    )
    caps: AskedCaps | None = None
    caps_tables: tuple[InputFile, ...] = ()
    if cap is not None:
        from scenarios.total.asking import asked_caps

        caps, caps_tables = asked_caps(scenario, path.parent, regions, cap, answers, collector, of_total)
    last, last_table = last_rates(scenario, path.parent, regions, collector)
    drawing = drawing_of(scenario, path.parent, regions, answers, collector)
    check_classes(scenario, regions, collector)
    say_unused(scenario, asked_tables.met, document, collector)
    collector.findings = located(collector.findings, scenario, document)
    collector.raise_errors()
    return Scenario(
        file=scenario,
        regions=regions,
        baseline=Baseline.of(regions, targets.basic, scenario.margin, cap),
        folder=path.parent,
        inputs=_once(
            InputFile.of(path.name, raw),
            table,
            *(energy.inputs if energy else ()),
            *([gdp.source] if gdp else ()),
            *([last_table] if last_table else ()),
            *caps_tables,
            *([drawing.source] if drawing else ()),
            *([above.source] if above else ()),
        ),
        notices=collector.notices,
        overrides=settings,
        target=targets.basic,
        demands=asked,
        whole=None if whole is regions else whole,
        document=document,
        incentive=second,
        energy=energy,
        gdp=gdp,
        sums=sums,
        last=last,
        caps=caps,
        share=share,
        drawing=drawing,
        above=above,
    )


def _once(*files: InputFile) -> tuple[InputFile, ...]:
    """Return the files that were read, a workbook of several tables once."""
    return tuple(dict.fromkeys(files))


def reconciled(
    asked: Reconcile, file: ScenarioFile, regions: tuple[Regions, Regions, Regions], collector: Collector, place: Place
) -> tuple[Reconciliation | None, Targets]:
    """Return what was done about sums, and what the cities must reach in place of the targets of the file."""
    before, after, split = regions

    def with_target(target: Decimal) -> Reconciliation | None:
        return reconciliation(asked, before, after, split, target, file.margin, collector, place)

    found, targets = with_target(file.target), Targets.of(file)
    if found is None or found.residual is None:
        return found, targets
    second = None if targets.incentive is None else with_target(targets.incentive)
    return found, Targets(
        _within(found.chosen.target, collector, place),
        targets.incentive if second is None else _within(second.chosen.target, collector, place),
    )


def _within(target: Fraction, collector: Collector, place: Place) -> Decimal:
    """Return what the cities must reach, refused where no cut or more than everything would be asked."""
    if not Fraction(1, 10_000) <= target <= Fraction(9_999, 10_000):
        collector.error("reconcile_target", place, found=f"{float(target) * 100:.2f}")
    return rounded_up(target)


def normalised(weights: dict[str, Decimal]) -> dict[str, Decimal]:
    """Return weights scaled to add up to one."""
    total = sum(weights.values())
    return {key: weight / total for key, weight in weights.items()}
