"""Judges the printed tables of a whole tree: every city by its counties, then the province by all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from allocator.exit_codes import BAD_INPUT, NOT_BACKED
from allocator.output.folder import MARKER, restored
from allocator.verifying.verify import altered_keys
from reports.nested.identity import Leaves, by_leaves
from reports.nested.records import below_record, tree_record
from reports.nested.sentences import judged_statements
from reports.planning.record import BelowRecord, TreeRecord
from reports.planning.sentences import check_statements, identity_statement, province_record, verdict_statement
from reports.records import Record
from reports.verifying.record import ProvinceRecord
from reports.verifying.verification import Verification, verify_rates
from reports.words import LABELS
from scenarios.errors import Collector, Finding, InputError, Place, answered_in, once
from scenarios.load import Scenario
from scenarios.nested.children import Children, children_of
from scenarios.nested.long_table import parent_column, parted, without
from scenarios.quantities import Quantity, in_own_words
from scenarios.sense.rates import meant_rates
from scenarios.tables.files import InputFile
from scenarios.tables.headers.names import OF_RATES
from scenarios.tables.layout.asked import Asked
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.rates import RateTable, rates_on, read_rates
from scenarios.tables.regions import Regions, alias, is_total
from scenarios.tables.sheets import read_sheets
from scenarios.wording import Language, colon, listed

_TABLES = (".csv", ".xlsx", ".json")
_WHOLE = ("全省", "全区", "全市", "province", "plan", "allocation")
"""What the file of the province's own table is called in a folder of tables, without its ending."""


class TreeJudgementRecord(Record):
    """The judgement on a tree for programs; `unread`: region -> what is wrong in the table of its members."""

    schema_version: Literal[1] = 1
    scenario: str
    table: str
    province: ProvinceRecord
    below: tuple[BelowRecord, ...]
    tree: TreeRecord | None
    failed: dict[str, list[str]]  # Region -> checks that its members fail
    unread: dict[str, list[dict[str, object]]]
    notices: tuple[dict[str, object], ...]


@dataclass(frozen=True, eq=False)
class TreeJudgement:
    """A tree of tables, judged."""

    scenario: Scenario
    children: Children
    table: str
    own: Verification  # On the rates of the regions
    below: Mapping[int, tuple[Scenario, Verification]]  # Position of a region -> its members, and the judgement on them
    unread: Mapping[int, InputError]  # Position of a region whose members' table cannot be used
    notices: tuple[Finding, ...]
    altered: tuple[tuple[str, tuple[str, ...]], ...] = ()  # Files of plans that were altered, and their keys

    @property
    def measured(self) -> Quantity:
        """The quantity that the rates are of."""
        return self.scenario.measured

    @cached_property
    def leaves(self) -> Leaves | None:
        """The province by its leaves; None where a table is missing or cannot be used."""
        found = {n: v for n, (_, v) in self.below.items()}
        return None if self.unread else by_leaves(self.scenario, self.own, found)

    @property
    def passed(self) -> bool:
        """Whether every region is backed by its members, the province by both, and every check holds."""
        whole = self.leaves is not None and self.leaves.backed
        return whole and self.own.passed and all(v.passed for _, v in self.below.values())

    @property
    def exit_code(self) -> int:
        """The worst of all: a table that cannot be used, then one that does not back."""
        return BAD_INPUT if self.unread else 0 if self.passed else NOT_BACKED

    @cached_property
    def record(self) -> TreeJudgementRecord:
        """The judgement for programs."""
        names = self.scenario.regions.names
        below = tuple(below_record(self.scenario, self.own, n, v) for n, (_, v) in self.below.items())
        return TreeJudgementRecord(
            scenario=self.scenario.file.name,
            table=self.table,
            province=province_record(self.scenario, self.own),
            below=below,
            tree=None if self.leaves is None else tree_record(self.own, self.leaves, below),
            failed={names[n]: bad for n, (_, v) in self.below.items() if (bad := _failed(v))},
            unread={names[n]: [f.as_json() for f in error.findings] for n, error in self.unread.items()},
            notices=tuple(notice.as_json() for notice in self.notices),
        )

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return the province by its regions, a line a region, and the province by its leaves."""
        record, names = self.record, self.scenario.regions.labels(language)
        unread = [(names[n], [f.say(language) for f in error.findings]) for n, error in self.unread.items()]
        checks = [
            (names[n], check_statements(scenario, v, language))
            for n, (scenario, v) in self.below.items()
            if set(_failed(v)) - {"backed"}
        ]
        altered = [
            f"{name}{colon(language)}{LABELS.say('table_altered', language, keys=listed(keys, language))}"
            for name, keys in self.altered
        ]
        return [
            *altered,
            verdict_statement(record.province, language),
            identity_statement(record.province, language),
            *check_statements(self.scenario, self.own, language),
            *judged_statements(record.below, record.tree, record.province.target, unread, checks, language),
        ]


def _failed(v: Verification) -> list[str]:
    return [check.name for check in v.checks if not check.passed]


def is_tree(scenario: Scenario, table: str) -> bool:
    """Return whether what is to be judged are the tables of a whole tree: a folder, or one that says whose rows are."""
    if scenario.file.below is None:
        return False
    path = scenario.table_path(table)
    return path.is_dir() or any(parent_column(sheet) is not None for sheet in _sheets(path, scenario.regions)[0])


def _sheets(path: Path, regions: Regions) -> tuple[list[Sheet], InputFile | None]:
    if path.suffix.lower() == ".json":
        return [], None
    return read_sheets(path, ("rate",), OF_RATES, Asked.of(regions))


@in_own_words
def judged_tree(scenario: Scenario, table: str) -> TreeJudgement:
    """Judge the printed tables of all levels.

    Raises InputError: what is wrong in the level below itself, or in the table of the regions' own rates.
    """
    children, path = children_of(scenario), restored(scenario.table_path(table))
    scenario = children.parent
    tables = _in_folder(path, children) if path.is_dir() else _in_table(path, children)
    collector = Collector()
    with answered_in(scenario.document.name if scenario.document else ""):
        read, notices = tables.own(scenario)
        collector.extend(notices)
        own = verify_rates(scenario, read.rates)
        below: dict[int, tuple[Scenario, Verification]] = {}
        unread: dict[int, InputError] = {}
        for n in sorted(children.members):
            try:
                made = children.scenario(n, read.rates[n])
                found, said = tables.of(n, made)
                collector.extend((*said, *_differs(made, n, children, found, read)))
                below[n] = made, verify_rates(made, found.rates)
            except InputError as error:
                unread[n] = error
    said_of_members = [*children.table.notices, *children.sums()]
    said_of_members += [notice for one in children.members.values() for notice in one.notices]
    found_all = once((*scenario.notices, *said_of_members, *collector.notices))
    return TreeJudgement(scenario, children, table, own, below, unread, found_all, tables.altered())


def _differs(made: Scenario, n: int, children: Children, found: RateTable, read: RateTable) -> list[Finding]:
    """Return that a table says another rate of its own region than the one above; nothing where both say the same."""
    if found.whole is None or found.whole[1] == read.rates[n]:
        return []
    cell, _ = found.whole
    values = {"city": children.parent.regions.names[n], "found": cell.text, "above": read.cells[n].text}
    return [Finding("rates_of_levels", cell.place, values, "notice")]


@dataclass(frozen=True)
class _Tables:
    """Where the tables of a tree are: that of the regions, and of the members of each."""

    whole: Path | Sheet
    each: Mapping[int, Path | Sheet]
    source: InputFile | None
    path: Path

    def altered(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the plans among the tables that are not as they were written, each with what was changed."""
        files = [table for table in (self.whole, *self.each.values()) if isinstance(table, Path)]
        found = [(file, altered_keys(file)) for file in files]
        return tuple((str(file.relative_to(self.path)), keys) for file, keys in found if keys)

    def own(self, scenario: Scenario) -> tuple[RateTable, tuple[Finding, ...]]:
        """Return the rates of the regions, and what must be said of them."""
        return self._read(self.whole, scenario)

    def of(self, n: int, made: Scenario) -> tuple[RateTable, tuple[Finding, ...]]:
        """Return the rates of one region's members. Raises InputError: there is no table of it."""
        if n not in self.each:
            raise InputError.of("tree_no_table", Place(file=self.path.name), found=made.file.title.zh)
        return self._read(self.each[n], made)

    def _read(self, table: Path | Sheet, scenario: Scenario) -> tuple[RateTable, tuple[Finding, ...]]:
        period, regions = (scenario.file.period.base, scenario.file.period.end), scenario.regions
        if isinstance(table, Path):
            read = read_rates(table, regions, period=period)
        else:
            assert self.source is not None
            read = rates_on(table, self.path, regions, self.source, period=period)
        return meant_rates(read, regions, scenario.file.answers, period, scenario.baseline.asked)


def _in_table(path: Path, children: Children) -> _Tables:
    """Return the tables that stand in one, by the column that says whose each row is.

    Rows without a parent, or under a total or the province, are the regions' own.
    """
    cities = children.parent.regions
    sheets, source = _sheets(path, cities)
    sheet = next(one for one in sheets if parent_column(one) is not None)
    at = parent_column(sheet)
    assert at is not None
    province = children.parent.file.province
    names = {alias(text) for text in (province.spellings if province else ())}
    top = [row for row in sheet.rows if not row[at].text or is_total("", row[at].text) or alias(row[at].text) in names]
    rest = replace(sheet, rows=tuple(row for row in sheet.rows if row not in top))
    collector = Collector()
    each = parted(rest, cities.index, collector)
    collector.raise_errors()
    headers, rows = without(sheet.headers, at), tuple(without(row, at) for row in top)
    heads = without(sheet.heads, at) if len(sheet.heads) == len(sheet.headers) else sheet.heads
    return _Tables(replace(sheet, headers=headers, heads=heads, rows=rows, odd_rows=()), dict(each), source, path)


def _in_folder(path: Path, children: Children) -> _Tables:
    """Return the tables of a folder: of a plan with those below it, or files called by their regions."""
    cities = children.parent.regions
    each: dict[int, Path | Sheet] = {}
    if (path / MARKER).is_file():
        for n in children.members:
            found = path / "below" / cities.ids[n] / MARKER
            if found.is_file():
                each[n] = found
        return _Tables(path / MARKER, each, None, path)
    province = children.parent.file.province
    whole = {*_WHOLE, *(province.spellings if province else ())}
    files = [one for one in sorted(path.iterdir()) if one.suffix.lower() in _TABLES and one.is_file()]
    own = [one for one in files if one.stem.lower() in whole]
    if len(own) != 1:
        raise InputError.of("tree_no_whole", Place(file=str(path)), found="、".join(one.name for one in own) or "–")
    for one in files:
        position = cities.index.find(one.stem)
        if position is not None:
            each[position] = one
    return _Tables(own[0], each, None, path)
