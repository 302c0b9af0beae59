"""Whether the files that a plan was made from are still what they were: its scenario may have changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from reports.planning.record import PlanRecord
from scenarios.errors import InputError
from scenarios.load import Scenario, load_scenario
from scenarios.sources import find_scenario

_ABOVE = 3
"""So many folders above a plan are looked into for its scenario: a round stands two below."""


def changed_files(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return the names of files whose hashes are others, or that only one of two knows."""
    return [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]


def changed_since(record: PlanRecord, plan: str | Path, scenario: str | None = None) -> list[str]:
    """Return which input files of a plan are not what they were when it was made.

    `plan`: its folder or file. `scenario`: where its scenario is; None where it is looked for above the plan, and
    nothing is known to have changed where it is not there.
    Raises InputError: the scenario that is named cannot be read.
    """
    found = _scenario_of(record, Path(plan)) if scenario is None else load_scenario(scenario, _settings(record))
    if found is None:
        return []
    return changed_files(record.provenance.inputs, {source.name: source.sha256 for source in found.inputs})


def _scenario_of(record: PlanRecord, plan: Path) -> Scenario | None:
    """Return the scenario of a plan that stands in one of the folders above it, None where there is none."""
    for source in _above(plan):
        with suppress(InputError):
            found = load_scenario(source, _settings(record))
            if found.file.name == record.scenario.name:
                return found
    return None


def _settings(record: PlanRecord) -> list[str]:
    """Return the settings of a plan without what a round asks of it: ``fix REGION=RATE``, ``absorb REGIONS``."""
    return [option for option in record.provenance.options if " " not in option.partition("=")[0]]


def _above(plan: Path) -> Iterator[Path]:
    whole = plan.resolve()
    for folder in (whole if whole.is_dir() else whole.parent).parents[:_ABOVE]:
        with suppress(InputError):
            if find_scenario(folder).parent == folder:
                yield folder
