"""From a name, file or folder to a `Scenario` that can be computed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from scenarios.baseline import Baseline
from scenarios.document import Document, read_document, validate, with_overrides
from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.files import InputFile
from scenarios.regions import Regions
from scenarios.regions_table import read_regions
from scenarios.schema import ScenarioFile, is_short_name

SCENARIO_FILE = "scenario.yaml"


@dataclass(frozen=True, eq=False)
class Scenario:
    """Everything that is known and asked.

    Parameters
    ----------
    file
        The scenario file.
    regions
        The cities.
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
    """

    file: ScenarioFile
    regions: Regions
    baseline: Baseline
    folder: Path
    inputs: tuple[InputFile, ...]
    notices: tuple[Finding, ...]
    overrides: tuple[str, ...]

    def criterion_weights(self) -> dict[str, Decimal]:
        """Return the criterion weights, adding up to one."""
        return normalised({key: criterion.weight for key, criterion in self.file.criteria.items()})

    def table_path(self, table: str) -> Path:
        """Return the path of a table of rates: a short name of the scenario, or a file."""
        if table in self.file.tables:
            return self.folder / self.file.tables[table]
        path = Path(table)
        if is_short_name(table) and not path.exists() and self.file.tables:
            known = ", ".join(self.file.tables)
            raise InputError.of("unknown_table", Place(key=table), known=known)
        return path


def bundled_cases() -> tuple[str, ...]:
    """Return the names of the bundled cases."""
    cases = files("scenarios") / "cases"
    return tuple(sorted(entry.name for entry in cases.iterdir() if (entry / SCENARIO_FILE).is_file()))


def load_scenario(source: str | Path, overrides: Iterable[str] = ()) -> Scenario:
    """Read a scenario and everything it names.

    Parameters
    ----------
    source
        The name of a bundled case, a scenario file, or a folder that holds ``scenario.yaml``.
    overrides
        ``KEY=VALUE`` settings with dotted keys, put over the file.

    Raises
    ------
    InputError
        All that is wrong in file and table.
    """
    path = find_scenario(source)
    document, raw = read_document(path)
    settings = tuple(overrides)
    scenario = validate(with_overrides(document, settings))
    collector = Collector()
    _check_weights(scenario, document, collector)
    try:
        regions, table, notices = read_regions(path.parent / scenario.regions, scenario)
        collector.findings += notices.findings
    except InputError as error:
        collector.extend(error)
    collector.raise_errors()
    return Scenario(
        file=scenario,
        regions=regions,
        baseline=Baseline.of(regions, scenario.target, scenario.margin),
        folder=path.parent,
        inputs=(InputFile.of(path.name, raw), table),
        notices=collector.notices,
        overrides=settings,
    )


def find_scenario(source: str | Path) -> Path:
    """Return the path of a scenario file.

    Raises
    ------
    InputError
        Neither a bundled case nor a file; the nearest case is named.
    """
    path = Path(source)
    if path.is_dir():
        path = path / SCENARIO_FILE
        if path.exists():
            return path
        raise InputError.of("no_scenario_in_folder", Place(file=str(source)))
    if path.is_file():
        return path
    cases = bundled_cases()
    if str(source) in cases:
        return Path(str(files("scenarios") / "cases" / str(source) / SCENARIO_FILE))
    close = difflib.get_close_matches(str(source), cases, 1, 0.4)
    raise InputError.of("no_scenario", Place(file=str(source)), known=", ".join(close or cases))


def normalised(weights: dict[str, Decimal]) -> dict[str, Decimal]:
    """Return weights scaled to add up to one."""
    total = sum(weights.values())
    return {key: weight / total for key, weight in weights.items()}


def _check_weights(scenario: ScenarioFile, document: Document, collector: Collector) -> None:
    """Refuse weights that are all zero, or that do not add up to one without `normalize`."""
    levels: dict[tuple[str, ...], dict[str, Decimal]] = {
        ("criteria",): {key: criterion.weight for key, criterion in scenario.criteria.items()}
    }
    for key, criterion in scenario.criteria.items():
        if criterion.within == "given":
            weights = {name: i.weight for name, i in criterion.indicators.items() if i.weight is not None}
            levels["criteria", key, "indicators"] = weights
    for path, weights in levels.items():
        total = sum(weights.values())
        shown = " + ".join(f"{key} {weight}" for key, weight in weights.items())
        if total == 0:
            collector.error("weights_zero", document.place(path))
        elif not scenario.normalize and abs(total - 1) > Decimal("1e-9"):
            collector.error("weights_sum", document.place(path), found=shown, total=total)
