"""Answers for the page: what `allocator plan` computes, one at a time.

Nothing is remembered between requests, but what the bytes of a table say (`scenarios.regions.read_before`).
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from decimal import Decimal
from functools import partial, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from allocator.app.state import Settings
from allocator.errors import WriteCheckFailed
from allocator.negotiating.moves import Negotiation
from allocator.negotiating.negotiate import against_bounds, rounds_folder, settled, write_round
from allocator.negotiating.remarks import NO_REMARK, Remark
from allocator.negotiating.rounds import check_scenario, last_round, next_number
from allocator.output.alone import alone
from allocator.output.folder import restored
from allocator.planning.files import WORKBOOK
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import Plan, plan
from allocator.saving import scenario_copy
from reports.planning.record import PlanRecord
from reports.romanised import named_in
from reports.words import LABELS
from reports.workbook.workbook import workbook
from scenarios.errors import Finding, InputError, Place
from scenarios.load import Scenario, load_scenario
from scenarios.tables.rates import read_rates
from scenarios.total.level import refuse_level
from scenarios.wording import Language, speaking_on_page
from solvers.problem import SolverFailure

_CLERK = ThreadPoolExecutor(1, "desk")
"""One thread computes and writes for all visitors, one after the other. Solvers started from several threads at once
hang; and what a thread has freed is kept for its next work, so that twenty threads would keep twenty times as much."""

_Asked = ParamSpec("_Asked")
_Made = TypeVar("_Made")


def _by_the_clerk(work: Callable[_Asked, _Made]) -> Callable[_Asked, _Made]:
    """Return work that waits for its turn with the clerk, and for the clerk to do it."""

    @wraps(work)
    def asked(*arguments: _Asked.args, **named: _Asked.kwargs) -> _Made:
        return _CLERK.submit(copy_context().run, partial(work, *arguments, **named)).result()

    return asked


@dataclass(frozen=True, eq=False)
class Desk:
    """A scenario on the table, for all visitors alike."""

    # source, given: Where the scenario is, and the ``KEY=VALUE`` settings put over it from the start
    source: str
    given: tuple[str, ...]
    scenario: Scenario  # The scenario with these
    own: Settings  # Its settings, as the controls show them
    record: PlanRecord | None  # Its own plan, or None where it has none
    rounds: Path  # Where rounds are kept

    @classmethod
    def open(cls, source: str, given: Iterable[str] = (), folder: Path | None = None) -> Desk:
        """Read a scenario and make its own plan.

        Raises InputError: all that is wrong in file and table.
        """
        given = tuple(given)
        scenario = load_scenario(source, given)
        refuse_level(scenario.measured, scenario.place("quantity"))
        record = None
        with suppress(InputError, NoSplit, SolverFailure):  # the page says why, and its controls may mend it
            record = _by_the_clerk(plan)(scenario).record
        return cls(source, given, scenario, Settings.of(scenario), record, rounds_folder(scenario, folder))

    def renewed(self) -> Desk:
        """Return the scenario opened anew where its files have changed; itself where not, or where they are gone."""
        with suppress(InputError):
            if _hashes(load_scenario(self.source, self.given)) != _hashes(self.scenario):
                return Desk.open(self.source, self.given, self.rounds)
        return self

    @property
    def place(self) -> str:
        """A hash by which a page knows the scenario again, whatever its files say: where it is, what is given."""
        return hashlib.sha256(repr((self.source, self.given)).encode()).hexdigest()

    @property
    def fingerprint(self) -> str:
        """A hash by which a page knows it again: its place, its files, its settings."""
        said = (self.source, _hashes(self.scenario), self.own.model_dump_json())
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def hashes_now(self, settings: Iterable[str]) -> dict[str, str]:
        """Return the files that are read under ``KEY=VALUE`` settings, as they are on the disk, name -> hash.

        Where they cannot be read, those that were opened.
        """
        with suppress(InputError):
            return _hashes(load_scenario(self.source, settings))
        return _hashes(self.scenario)

    @property
    def hashes(self) -> dict[str, str]:
        """The files that were opened, name -> hash."""
        return _hashes(self.scenario)

    @_by_the_clerk
    def answer(self, settings: Settings) -> Negotiation:
        """Return the plan under some settings, held against the same without negotiated rates.

        Raises InputError: settings that cannot be used; a file that is gone or has changed.
        Raises NoSplit: nobody can satisfy them.
        Raises SolverFailure: HiGHS gave no answer.
        """
        return self._answer(settings)

    @_by_the_clerk
    def against(self, settings: Settings, region: str, rate: Decimal) -> tuple[Finding, ...]:
        """Return what bounds and grid say against a rate (per cent) for a region; see `answer`."""
        return against_bounds(self._asked(settings), {region: str(rate / 100)})

    @_by_the_clerk
    @speaking_on_page(page=False)
    def workbook(self, settings: Settings, language: Language) -> bytes:
        """Return allocation.xlsx of the plan under some settings, read back and verified; see `answer`.

        Raises WriteCheckFailed: the written table is not the computed one, or does not back the province.
        """
        made = self._answer(settings).plan
        content = workbook(
            named_in(made.record, language), made.verification, language, scenario_copy(made.scenario, language)
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / WORKBOOK
            path.write_bytes(content)
            sheets = (LABELS.say("sheet_table", language),)
            written = read_rates(path, made.scenario.regions, made.incentive is not None, sheets)
        right = written.rates == made.published and written.incentive == made.published_incentive
        if not (right and made.verification.passed):
            raise WriteCheckFailed(WORKBOOK)
        return content

    @_by_the_clerk
    @speaking_on_page(page=False)
    def save(self, settings: Settings, language: Language, remark: Remark = NO_REMARK) -> Path:
        """Keep the answer as the next round and return its folder; see `answer` and `write_round`.

        Raises InputError: the folder holds rounds of another scenario, or cannot be written.
        """
        with alone(restored(self.rounds)):
            last = last_round(self.rounds)
            if last is not None:
                check_scenario(self.scenario, last)
            made = self._answer(settings, next_number(self.rounds))
            return write_round(made, self.rounds, language, remark)[0]

    @_by_the_clerk
    def of_scenario(self, settings: Settings, work: Callable[[Scenario], _Made]) -> _Made:
        """Return what some work makes of the scenario under some settings, without negotiated rates; see `answer`."""
        return work(self._asked(settings))

    @_by_the_clerk
    def of_plan(self, settings: Settings, work: Callable[[Plan], _Made]) -> _Made:
        """Return what some work makes of the plan under some settings; see `answer`."""
        return work(self._answer(settings).plan)

    def _answer(self, settings: Settings, number: int = 1) -> Negotiation:
        fixes = {key: rate / Decimal(100) for key, rate in settings.fixes.items()}
        return settled(self._asked(settings), fixes, number)

    def _asked(self, settings: Settings) -> Scenario:
        """Return the scenario under some settings, from the files that were opened."""
        scenario = load_scenario(self.source, (*self.given, *settings.overrides(self.own)))
        opened = _hashes(self.scenario)
        changed = [name for name, sha256 in _hashes(scenario).items() if opened.get(name) != sha256]
        if changed:
            raise InputError(Finding("app_file_changed", Place(file=name)) for name in changed)
        return scenario


def _hashes(scenario: Scenario) -> dict[str, str]:
    """Return the files that a scenario was read from, name -> hash."""
    return {source.name: source.sha256 for source in scenario.inputs}
