"""The assessment by indicators, and by four cells: what was computed and what was entered, held against targets.

Pure functions of a scenario, a rule set, what was entered and the facts of the year; figures are compared in rationals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Literal

from reports.assessing.cells import CappedRecord, CellRecord, CellsRecord
from reports.assessing.pass_fail import (
    CityReference,
    IndicatorRecord,
    PartRecord,
    PassFailRecord,
    RulesRecord,
    State,
    compared,
    possible_grades,
    whole,
)
from scenarios.assessing.cells import Cells
from scenarios.assessing.entries import CapEntries, Entries, Entry
from scenarios.assessing.pass_fail import Computed, Group, Indicator, Part, PassFail
from scenarios.assessing.rules import Rules
from scenarios.load import Scenario
from scenarios.tables.counted import counted, reaches
from scenarios.tables.files import InputFile


@dataclass(frozen=True)
class Cut:
    """Somebody's cut of intensity in a year, and since the base year, each with what was due; fractions."""

    cut: float
    due: float
    done: float
    path: float

    def year_met(self, printed: bool) -> bool:
        """Return whether the year's cut is what was due."""
        return reaches(self.cut, self.due, printed)

    def progress_met(self, printed: bool) -> bool:
        """Return whether the cut since the base year is what the path asks."""
        return reaches(self.done, self.path, printed)


@dataclass(frozen=True)
class Amount:
    """An amount of a year, in its unit, or a share, fraction; and what its path allows or asks; exact."""

    figure: Fraction
    due: Fraction
    share: bool = False
    entered: bool = False  # Whether a table of yearly budgets says what is due


@dataclass(frozen=True)
class Facts:
    """What a tracking found of one year."""

    year: int
    cities: tuple[Cut, ...]  # In the order of the scenario
    computed: Mapping[str, Cut | Amount]  # Of the province, by name (`Computed.name`)
    offsets: bool | None = None  # Whether every project is covered; None without a table of them
    started: tuple[int, int] | None = None  # Projects with offsets that have started by the year, and all of them
    energy: Fraction | None = None  # All energy used in the year, 万吨标准煤; None where no scenario beside says it
    sources: tuple[InputFile, ...] = ()  # The files of the scenarios beside the tracked one


def assess_indicators(scenario: Scenario, rules: Rules, entries: Entries | None, facts: Facts) -> PassFailRecord:
    """Return the assessment of a province by indicators; without entries, what would be entered is open."""
    rule_set = rules.rules
    assert isinstance(rule_set, PassFail)
    indicators = tuple(_indicator(group, one, entries, facts, rule_set) for group, one in rule_set.indicators)
    states = {group: [i.state for i in indicators if i.group == group] for group in ("control", "supporting")}
    falsified = entries.falsified if entries else ""
    return PassFailRecord(
        scenario=scenario.file.name,
        year=facts.year,
        rules=RulesRecord.of(rule_set),
        grades=possible_grades(states["control"], states["supporting"], bool(falsified), rule_set.grades),
        falsified=falsified,
        indicators=indicators,
        cities=tuple(_reference(scenario, n, cut, rule_set.printed_rates) for n, cut in enumerate(facts.cities)),
        inputs=_inputs(rules.source, entries.source if entries else None, *facts.sources),
        created=_now(),
    )


def assess_cells(scenario: Scenario, rules: Rules, capped: CapEntries | None, facts: Facts) -> CellsRecord:
    """Return the points of four cells of every city, and of its cap where actual figures and caps were entered."""
    rule_set = rules.rules
    assert isinstance(rule_set, Cells)
    return CellsRecord(
        scenario=scenario.file.name,
        year=facts.year,
        rules=rule_set,
        cities=tuple(_cell(scenario, n, cut, rule_set, capped) for n, cut in enumerate(facts.cities)),
        inputs=_inputs(rules.source, capped.source if capped else None),
        created=_now(),
    )


def _indicator(
    group: Group, indicator: Indicator, entries: Entries | None, facts: Facts, rules: PassFail
) -> IndicatorRecord:
    given = entries.parts if entries else {}
    parts = tuple(_part(part, given.get(part.id, Entry()), facts, rules.printed_rates) for part in indicator.parts)
    state = whole([part.state for part in parts])
    return IndicatorRecord(id=indicator.id, group=group, title=indicator.title, state=state, parts=parts)


def _part(part: Part, entry: Entry, facts: Facts, printed: bool) -> PartRecord:
    """Return a part: its figures held against each other, or else what the office or the offsets say."""
    computed, due = computed_of(part, facts, printed)
    figure = computed if computed is not None else _exact(entry.figure)
    target = due if entry.target is None else Fraction(entry.target)
    said = facts.offsets if _is_offsets(part) and facts.offsets is not None else entry.result
    cut = facts.computed.get(part.source.name) if isinstance(part.source, Computed) else None
    record = PartRecord(
        id=part.id,
        title=part.title,
        unit=part.unit,
        met=part.met,
        source=_origin(part, entry, computed is not None or (_is_offsets(part) and facts.offsets is not None)),
        state="open",
        exact_figure=None if figure is None else str(figure),
        exact_target=None if target is None else str(target),
        target_from=None if target is None else "entered" if entry.target is not None else _due_from(part, facts),
        evidence=entry.evidence,
        five_year=_state(cut.progress_met(printed)) if isinstance(cut, Cut) else None,
        exact_due=None if due is None or target == due else str(due),
        started=facts.started if _is_offsets(part) else None,
    )
    state = compared(record) or ("open" if said is None else _state(said))
    return record.model_copy(update={"state": state})


def _origin(part: Part, entry: Entry, computed: bool) -> Literal["computed", "entered", "judged"]:
    """Return where a part's state comes from."""
    if computed:
        return "computed"
    return "judged" if part.source == "judged" or entry.result is not None else "entered"


def computed_of(part: Part, facts: Facts, printed: bool) -> tuple[Fraction | None, Fraction | None]:
    """Return a part's figure and target in its unit, as far as they are computed."""
    found = facts.computed.get(part.source.name) if isinstance(part.source, Computed) else None
    if found is None:
        return None, None
    figure, due = (found.cut, found.due) if isinstance(found, Cut) else (found.figure, found.due)
    if isinstance(found, Amount) and not found.share:
        return found.figure, found.due
    return counted(figure, printed) * 100, counted(due, printed) * 100


def _due_from(part: Part, facts: Facts) -> Literal["budget", "path"]:
    """Return where a computed part's target comes from."""
    found = facts.computed.get(part.source.name) if isinstance(part.source, Computed) else None
    return "budget" if isinstance(found, Amount) and found.entered else "path"


def _is_offsets(part: Part) -> bool:
    return isinstance(part.source, Computed) and not part.source.compares


def _exact(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def _state(met: bool) -> State:
    return "met" if met else "missed"


def _reference(scenario: Scenario, n: int, cut: Cut, printed: bool) -> CityReference:
    year, so_far = _state(cut.year_met(printed)), _state(cut.progress_met(printed))
    return CityReference.of(cut, **scenario.regions.named(n), year=year, so_far=so_far)


def _cell(scenario: Scenario, n: int, cut: Cut, rules: Cells, capped: CapEntries | None) -> CellRecord:
    year, cumulative = cut.year_met(rules.printed_rates), cut.progress_met(rules.printed_rates)
    cell, points = rules.points.of(year, cumulative)
    return CellRecord.of(
        cut, **scenario.regions.named(n), year_met=year, cumulative_met=cumulative, cell=cell, points=float(points),
        capped=_capped(rules, capped, n),
    )  # fmt: skip


def _capped(rules: Cells, capped: CapEntries | None, n: int) -> CappedRecord | None:
    if capped is None or rules.cap is None:
        return None
    figure, cap = capped.figures[n]
    return CappedRecord(exact_figure=str(figure), exact_cap=str(cap), points=float(rules.cap.of(figure, cap)))


def _inputs(*sources: InputFile | None) -> dict[str, str]:
    return {source.name: source.sha256 for source in sources if source is not None}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
