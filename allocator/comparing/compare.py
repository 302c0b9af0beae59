"""Two plans, rounds or tables of rates, city by city: what differs, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer

from allocator.comparing.caps import SideCaps, cap_moves, cap_statements, of_plan, of_table
from allocator.comparing.causes import Causes, attribute
from allocator.comparing.settings import reasons_in_words, settings_of
from allocator.negotiating.rounds import RoundRecord, read_round
from allocator.output.folder import MARKER, ROUND, replaced_folder, restored
from allocator.output.own_files import open_plan
from allocator.output.pictures import PICTURES, write_pictures
from allocator.verifying.verify import caps_beside
from reports.comparing import CAP_COLUMNS, CAUSES, CapMove, Compared, Move, comparison_html
from reports.planning.record import PlanRecord
from reports.printing.numbers import minus, printed_change, signed_amount
from reports.records import Listed, Named, Record, _absent
from reports.verifying.verification import verify_rates
from reports.words import LABELS
from scenarios.errors import Finding, InputError, Place
from scenarios.load import Scenario
from scenarios.quantities import CARBON, Quantity, in_own_words
from scenarios.sense.rates import read_meant_rates
from scenarios.tables.cells import per_cent
from scenarios.tables.files import parse_json, read_bytes
from scenarios.tables.text_table import escape_text
from scenarios.total.level import refuse_level
from scenarios.wording import Language, Text, some

TABLE = "compare.csv"
DOCUMENT = "compare.json"
PAGE = "compare.html"
FILES = (TABLE, PAGE, DOCUMENT)


class City(Named):
    """One region of one side: its rate (fraction), and what one point of it stands for, 万吨, where known."""

    rate: float
    point_10kt: float | None


@dataclass(frozen=True)
class Side:
    """One of the two: a plan with its record, or a bare table of rates."""

    label: str  # As the user named it
    cities: tuple[City, ...]  # Every region
    implied_reduction: float  # What the table cuts the province's intensity by, fraction
    target: float  # What was asked, fraction
    point_10kt: float  # What one point of the provincial rate stands for, 万吨
    settings: dict[str, str]  # What the record says about how it came about, code -> text; empty for a bare table
    record: PlanRecord | None = None  # The record itself; None for a bare table
    asked: RoundRecord | None = None  # What was asked, of a round of a negotiation
    measured: Quantity = CARBON  # What the rates are of
    notices: tuple[Finding, ...] = ()  # What must be said of a bare table and the scenario it was read against
    caps: SideCaps | None = None  # The caps of the cities, where it has any


def _in_points(causes: Causes | None) -> dict[str, float] | None:
    return None if causes is None else {name: part * 100 for name, part in causes._asdict().items()}


class Row(Listed):
    """One region on both sides; rates and causes are fractions."""

    before: float
    after: float
    change_points: float
    change_10kt: float | None  # What that stands for, 万吨, at the emissions and growth of the second side
    # None where a side is a bare table
    causes: Annotated[Causes | None, PlainSerializer(_in_points)] = Field(serialization_alias="causes_points")
    # Caps of both sides, 万吨; None where a side has none
    cap_before_10kt: float | None = Field(default=None, exclude_if=_absent)
    cap_after_10kt: float | None = Field(default=None, exclude_if=_absent)


class SideName(Record):
    """How one side is called, and what it cuts."""

    label: str
    implied_reduction: float


class Difference(Record):
    """What two records say differently."""

    what: str
    before: str
    after: str


class ComparisonRecord(Record):
    """compare.json; `recorded` is whether both sides have a record, so that `differences` are known."""

    schema_version: Literal[1] = 1
    before: SideName
    after: SideName
    regions: tuple[Row, ...]
    recorded: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Comparison:
    """Two sides whose regions are the same; `rows` follow the first."""

    before: Side
    after: Side
    rows: tuple[Row, ...]

    @property
    def measured(self) -> Quantity:
        """The quantity that both sides are of."""
        return self.before.measured

    @property
    def reasons(self) -> tuple[tuple[str, str, str], ...]:
        """What the two records say differently: (code, first, second); empty when one is a bare table."""
        first, second = self.before.settings, self.after.settings
        if not (first and second):
            return ()
        codes = [*first, *(code for code in second if code not in first)]
        pairs = ((code, first.get(code, "–"), second.get(code, "–")) for code in codes)
        return tuple(pair for pair in pairs if pair[1] != pair[2])

    @property
    def notices(self) -> tuple[Finding, ...]:
        """What must be said of what was read, once."""
        return tuple({n.say("en"): n for side in (self.before, self.after) for n in side.notices}.values())

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return the table, the province, and why the two differ."""
        said = LABELS.say
        lines = [said("compare_title", language, before=self.before.label, after=self.after.label)]
        lines += [
            "  "
            + said(
                "compare_row", language, name=row.label(language), before=minus(per_cent(row.before)),
                after=minus(per_cent(row.after)), points=printed_change(row.before, row.after),
                tonnes=_tonnes(row.change_10kt),
            )
            for row in self.rows
        ]  # fmt: skip
        caps = cap_statements(self._caps(language), language)
        return [*lines, self._province(language), *caps, *self._why(language)]

    def _caps(self, language: Language) -> list[CapMove]:
        return cap_moves(self.rows, (self.before.caps, self.after.caps), language)

    def _province(self, language: Language) -> str:
        first, second = self.before.implied_reduction, self.after.implied_reduction
        return LABELS.say(
            "compare_province", language, before=minus(per_cent(first)), after=minus(per_cent(second)),
            points=printed_change(first, second), tonnes=_tonnes((second - first) * 100 * self.after.point_10kt),
            first=minus(per_cent(self.before.target)), second=minus(per_cent(self.after.target)),
        )  # fmt: skip

    def _why(self, language: Language) -> list[str]:
        if not (self.before.settings and self.after.settings):
            return [LABELS.say("compare_no_record", language)]
        if not self.reasons:
            return [LABELS.say("compare_same_settings", language)]
        return [
            LABELS.say("compare_why", language),
            *(
                "  · " + LABELS.say("compare_reason", language, what=what, before=first, after=second)
                for what, first, second in self._reasons(language)
            ),
        ]

    def _reasons(self, language: Language) -> list[tuple[str, str, str]]:
        """Return what the two records say differently, in words."""
        sides = [(side.record, side.asked) for side in (self.before, self.after) if side.record is not None]
        return reasons_in_words(self.reasons, sides, language) if self.reasons else []

    @property
    def record(self) -> ComparisonRecord:
        """The comparison for programs."""
        before, after = (
            SideName(label=side.label, implied_reduction=side.implied_reduction) for side in (self.before, self.after)
        )
        return ComparisonRecord(
            before=before,
            after=after,
            regions=self.rows,
            recorded=bool(self.before.settings and self.after.settings),
            differences=tuple(Difference(what=code, before=a, after=b) for code, a, b in self.reasons),
        )

    @property
    def explained(self) -> bool:
        """Whether both sides have a record, so that changes can be attributed."""
        return any(row.causes is not None for row in self.rows)

    @in_own_words
    def to_html(self, language: Language) -> str:
        """Return the page with the dumbbell chart, the table and its causes."""
        return comparison_html(self.compared(language), language)

    @in_own_words
    def compared(self, language: Language) -> Compared:
        """Return what the page shows."""
        change = (self.after.implied_reduction - self.before.implied_reduction) * 100 * self.after.point_10kt
        total = LABELS.say("total", language)
        said = [self._province(language), *([] if self.reasons else self._why(language))]
        return Compared(
            before=self.before.label,
            after=self.after.label,
            moves=[
                Move(row.label(language), row.before, row.after, row.change_10kt, row.causes or ()) for row in self.rows
            ],
            province=Move(total, self.before.implied_reduction, self.after.implied_reduction, change),
            said=said,
            reasons=self._reasons(language),
            caps=self._caps(language),
        )

    @in_own_words
    def to_csv(self, language: Language) -> str:
        """Return the table as CSV text, province last; write it as UTF-8 with BOM, so that Excel opens it."""
        import pandas as pd

        codes = ["id", "name", "compare_before", "compare_after", "compare_points", "compare_10kt"]
        codes += [f"cause_{code}" for code in CAUSES] if self.explained else []
        caps = self._caps(language)
        rows = [
            (
                escape_text(row.id), escape_text(row.label(language)), _number(row.before * 100),
                _number(row.after * 100), _number(row.change_points),
                "" if row.change_10kt is None else _number(row.change_10kt),
                *(_number(part * 100) for part in row.causes or ()),
            )
            for row in self.rows
        ]  # fmt: skip
        first, second = self.before.implied_reduction * 100, self.after.implied_reduction * 100
        change = second - first
        rows.append(
            ("", LABELS.say("total", language), _number(first), _number(second), _number(change),
             _number(change * self.after.point_10kt), *[""] * (len(CAUSES) if self.explained else 0))
        )  # fmt: skip
        if len(caps) > len(rows):  # the reserve has no rate
            rows.insert(-1, ("", caps[-2].name, *[""] * (len(codes) - 2)))
        if caps:
            codes += CAP_COLUMNS
            rows = [(*row, *_cap_cells(move)) for row, move in zip(rows, caps, strict=True)]
        frame = pd.DataFrame(rows, columns=[LABELS.say(code, language) for code in codes])
        return str(frame.to_csv(index=False, lineterminator="\r\n"))


def compare(before: str | Path, after: str | Path, scenario: Scenario | None = None) -> Comparison:
    """Hold two plans, rounds or tables of rates against each other.

    Parameters
    ----------
    before, after
        A plan's or a round's folder, a plan.json; with a scenario also any table of rates, or the
        short name of one of the scenario's own.
    scenario
        What tables of rates are read against.

    Raises
    ------
    InputError
        Not readable, a table without a scenario, or not the same regions.
    """
    first, second = read_side(before, scenario), read_side(after, scenario)
    if first.measured != second.measured:
        other, found = (Text(*side.measured.called) for side in (first, second))
        raise InputError.of("compare_quantities", Place(file=second.label), found=found, other=other)
    others = {city.id: city for city in second.cities}
    known = {city.id for city in first.cities}
    odd = [city.name for city in first.cities if city.id not in others]
    odd += [city.name for city in second.cities if city.id not in known]
    if odd:
        raise InputError.of("compare_regions", Place(file=second.label), found=some(odd))
    causes = attribute(first.record, second.record) if first.record and second.record else {}
    caps = [{} if side.caps is None else side.caps.by_id for side in (first, second)]
    rows = (
        _row(city, others[city.id], causes.get(city.id), (caps[0].get(city.id), caps[1].get(city.id)))
        for city in first.cities
    )
    return Comparison(first, second, tuple(rows))


def _row(before: City, after: City, causes: Causes | None, caps: tuple[float | None, float | None]) -> Row:
    """Return one region on both sides; `caps`: of both, 万吨."""
    change = (after.rate - before.rate) * 100
    tonnes = None if after.point_10kt is None else change * after.point_10kt
    return Row.of(
        before, before=before.rate, after=after.rate, change_points=change, change_10kt=tonnes, causes=causes,
        cap_before_10kt=caps[0], cap_after_10kt=caps[1],
    )  # fmt: skip


def write_comparison(
    result: Comparison, folder: Path, language: Language, pictures: Mapping[str, bytes] = MappingProxyType({})
) -> None:
    """Write compare.csv, compare.html, compare.json and pictures, all or none; older pictures do not stay.

    Raises InputError: the folder cannot be used.
    """
    with replaced_folder(folder, mixed=PICTURES) as side:
        write_pictures(pictures, side)
        (side / TABLE).write_bytes(result.to_csv(language).encode("utf-8-sig"))
        (side / PAGE).write_text(result.to_html(language), "utf-8", newline="\n")
        text = json.dumps(result.record.model_dump(mode="json"), ensure_ascii=False, indent=2, allow_nan=False)
        (side / DOCUMENT).write_text(text + "\n", "utf-8", newline="\n")


def read_side(source: str | Path, scenario: Scenario | None) -> Side:
    """Return a plan, a round, or a table of rates as one side of a comparison; see `compare`."""
    path = restored(source)
    if path.is_dir() or (path.suffix.lower() == ".json" and _is_plan(path)):
        return _of_plan(str(source), path)
    if scenario is None:
        raise InputError.of("compare_needs_scenario", Place(file=str(source)))
    return _of_table(str(source), scenario)


def _is_plan(path: Path) -> bool:
    """Return whether a JSON file is a plan.json, going by its keys."""
    content = parse_json(read_bytes(path), str(path))
    return isinstance(content, dict) and {"schema_version", "provenance", "regions"} <= content.keys()


def _of_plan(label: str, path: Path) -> Side:
    """Return a side from plan.json, and from round.json where one stands beside it."""
    file = path / MARKER if path.is_dir() else path
    if file.name == MARKER and file.with_name(ROUND).is_file():
        kept = read_round(file.parent)
        record, asked = kept.plan, kept.record
    else:
        record, asked = open_plan(path).record, None
    refuse_level(record.measured, Place(file=str(file), key="scenario.quantity"))
    return Side(
        label=label,
        cities=tuple(
            City.of(r, rate=r.published_rate, point_10kt=0.01 * r.emissions_10kt * r.growth) for r in record.regions
        ),
        implied_reduction=record.province.implied_reduction,
        target=record.province.target,
        point_10kt=record.province.point_10kt,
        settings=settings_of(record, asked),
        asked=asked,
        record=record,
        measured=record.measured,
        caps=of_plan(record),
    )


def _of_table(label: str, scenario: Scenario) -> Side:
    """Return a side from any table of rates."""
    refuse_level(scenario.measured, scenario.place("quantity"))
    regions, base = scenario.regions, scenario.baseline
    path, period = restored(scenario.table_path(label)), scenario.file.period
    table, notices = read_meant_rates(path, regions, False, scenario.file.answers, (period.base, period.end))
    verification = verify_rates(scenario, table.rates)
    caps, said = caps_beside(scenario, path, table.rates, None)
    points = (0.01 * base.emissions * base.growth).tolist()
    given = enumerate(zip(verification.rates, points, strict=True))
    return Side(
        label=label,
        cities=tuple(City(**regions.named(n), rate=float(rate), point_10kt=point) for n, (rate, point) in given),
        implied_reduction=float(verification.implied_reduction),
        target=float(verification.target),
        point_10kt=float(verification.point_worth),
        settings={},
        measured=scenario.measured,
        notices=(*scenario.notices, *notices, *said),
        caps=of_table(regions.ids, caps),
    )


def _number(value: float) -> str:
    """Return a number for the CSV, four decimals at most and no idle zeros."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _cap_cells(move: CapMove) -> tuple[str, str, str]:
    """Return the caps of both sides and their difference for the CSV."""
    known = move.before is not None and move.after is not None
    change = (move.after or 0) - (move.before or 0) if known else None
    before, after, moved = ("" if value is None else _number(value) for value in (move.before, move.after, change))
    return before, after, moved


def _tonnes(value: float | None) -> str:
    return "–" if value is None else signed_amount(value)
