"""Answers for the page: what `allocator plan` computes, one at a time, nothing remembered between requests."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from allocator.app.state import Settings
from allocator.errors import WriteCheckFailed
from allocator.negotiating.moves import Negotiation
from allocator.negotiating.negotiate import rounds_folder, settled, write_round
from allocator.negotiating.rounds import check_scenario, last_round
from allocator.output.alone import alone
from allocator.planning.files import WORKBOOK
from allocator.planning.no_split import NoSplit
from allocator.planning.plan import plan
from reports.planning.record import PlanRecord
from reports.workbook.workbook import workbook
from scenarios.errors import InputError
from scenarios.load import Scenario, load_scenario
from scenarios.tables.rates import read_rates
from scenarios.wording import Language
from solvers.problem import SolverFailure

_SOLVING = threading.Lock()
"""Solvers started from several threads at once hang; one visitor's answer waits for another's."""


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

        Raises
        ------
        InputError
            All that is wrong in file and table.
        """
        given = tuple(given)
        scenario = load_scenario(source, given)
        record = None
        try:
            with _SOLVING:
                record = plan(scenario).record
        except (InputError, NoSplit, SolverFailure):
            pass  # the page says why, and its controls may mend it
        return cls(source, given, scenario, Settings.of(scenario), record, rounds_folder(scenario, folder))

    def answer(self, settings: Settings, number: int = 1) -> Negotiation:
        """Return the plan under some settings, held against the same without negotiated rates.

        Raises
        ------
        InputError
            Settings that cannot be used.
        NoSplit
            Nobody can satisfy them.
        SolverFailure
            HiGHS gave no answer.
        """
        scenario = load_scenario(self.source, (*self.given, *settings.overrides(self.own)))
        fixes = {key: rate / Decimal(100) for key, rate in settings.fixes.items()}
        with _SOLVING:
            return settled(scenario, fixes, number)

    def workbook(self, settings: Settings, language: Language) -> bytes:
        """Return allocation.xlsx of the plan under some settings, read back and verified; see `answer`.

        Raises
        ------
        WriteCheckFailed
            The written table is not the computed one, or does not back the province.
        """
        made = self.answer(settings).plan
        content = workbook(made.record, made.verification, language)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / WORKBOOK
            path.write_bytes(content)
            written = read_rates(path, made.scenario.regions, made.incentive is not None)
        right = written.rates == made.published and written.incentive == made.published_incentive
        if not (right and made.verification.passed):
            raise WriteCheckFailed(WORKBOOK)
        return content

    def save(self, settings: Settings, language: Language) -> Path:
        """Keep the answer as the next round and return its folder; see `answer` and `write_round`.

        Raises
        ------
        InputError
            The folder holds rounds of another scenario, or cannot be written.
        """
        with alone(self.rounds):
            last = last_round(self.rounds)
            if last is not None:
                check_scenario(self.scenario, last)
            made = self.answer(settings, 1 if last is None else last.record.number + 1)
            return write_round(made, self.rounds, language)[0]
