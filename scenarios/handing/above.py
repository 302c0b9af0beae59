"""The rate printed for a region in a table of the level above, read as the target of the region's own scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.file.document import Document
from scenarios.file.nested.form import TargetAbove
from scenarios.file.quantity import in_range
from scenarios.file.schema import ScenarioFile
from scenarios.sense.asking import Answers
from scenarios.sense.rates import read_meant_rates
from scenarios.tables.cells import exact_per_cent
from scenarios.tables.files import InputFile, of_book, parse_json, read_bytes
from scenarios.tables.rates import regions_rated
from scenarios.wording import minus, some

PLAN = "plan.json"
"""What a folder of the level above is read from."""


@dataclass(frozen=True)
class Above:
    """The rate that a target was handed down as, and where it stands."""

    region: str  # What the table calls the region
    rate: Decimal  # Printed for it, fraction
    place: Place  # Where the rate stands
    path: Path  # The table
    source: InputFile
    scenario: str = ""  # That the plan is of; empty of any other table
    digest: str = ""  # Seal of the plan; empty of any other table


def handed_down(
    file: ScenarioFile, folder: Path, document: Document, answers: Answers, collector: Collector
) -> tuple[ScenarioFile, Above | None]:
    """Return a scenario with the rate printed for it one level up as its target, and that rate.

    None where it cannot be read, which is noted.
    """
    asked, place = file.above, document.place(("target",), below=False)
    found = None if asked is None else collector.taken(lambda: _rate_above(asked, folder, file, answers, place))
    if found is None:
        return file, None
    above, notices = found
    collector.extend(notices)
    try:
        in_range(file.quantity, above.rate)
    except PydanticCustomError as error:
        values = {"region": above.region, "file": above.source.name, "found": minus(exact_per_cent(above.rate))}
        code = "above_target_range" if error.type == "target_range" else "above_target_range_level"
        collector.error(code, place, **values)
    values = {"rate": minus(exact_per_cent(above.rate)), "file": above.source.name, "region": above.region}
    collector.notice("target_above", place, **values)
    return file.model_copy(update={"target": above.rate}), above


def _rate_above(
    asked: TargetAbove, folder: Path, file: ScenarioFile, answers: Answers, place: Place
) -> tuple[Above, tuple[Finding, ...]]:
    """Return the rate printed for a region one level up, and what must be said of its table.

    `folder`: of the scenario; `place`: of its target.
    Raises InputError: no such table or region; another period, accounting scope or quantity; what `verify` asks of a
    table of rates.
    """
    period = file.period.base, file.period.end
    path = folder / asked.in_
    if path.is_dir():
        path = path / PLAN
    if not of_book(path)[0].is_file():
        raise InputError.of("above_no_table", place, found=asked.in_)
    plan = _plan_in(path, file)
    regions = regions_rated(path, file.measured, period, asked.of)
    table, notices = read_meant_rates(path, regions, False, answers, period)
    position = regions.index.find(asked.of)
    if position is None:
        near = regions.index.near(asked.of)
        code = "above_unknown_meant" if near else "above_unknown"
        values = {"found": asked.of, "file": path.name, "meant": near, "known": some(regions.names)}
        raise InputError.of(code, place, **values)
    if regions.index.torn(asked.of, regions.ids[position], regions.names[position]):
        raise InputError.of("region_conflict", place, found=asked.of)
    cell = table.cells[position]
    told: Mapping[str, Any] = plan.get("scenario", {})
    above = Above(
        region=regions.names[position],
        rate=table.rates[position],
        place=cell.place,
        path=path,
        source=table.source,
        scenario=str(told.get("name", "")),
        digest=_digest(plan),
    )
    return above, notices


def _plan_in(path: Path, file: ScenarioFile) -> Mapping[str, Any]:
    """Return what a plan.json holds, nothing of any other table. Raises InputError: it is of another level's terms."""
    if path.suffix.lower() != ".json":
        return {}
    content = parse_json(read_bytes(path), path.name)
    told = content.get("scenario") if isinstance(content, dict) and "provenance" in content else None
    if not isinstance(content, dict) or not isinstance(told, dict):
        return {}
    collector = Collector()
    period, own = (told.get("base_year"), told.get("end_year")), (file.period.base, file.period.end)
    if None not in period and period != own:
        at = Place(file=path.name, key="scenario.base_year")
        found, needed = (f"{base}–{end}" for base, end in (period, own))
        collector.error("above_period", at, found=found, needed=needed)
    quantity = told.get("quantity") or "carbon"
    if quantity != file.quantity:
        at = Place(file=path.name, key="scenario.quantity")
        collector.error("above_quantity", at, found=quantity, needed=file.quantity)
    energy = told.get("energy")
    scope = energy.get("scope") if isinstance(energy, dict) else None
    own_scope = None if file.energy is None else file.energy.boundary().key
    if scope is not None and own_scope is not None and scope != own_scope:
        at = Place(file=path.name, key="scenario.energy.scope")
        collector.error("above_scope", at, found=scope, needed=own_scope)
    collector.raise_errors()
    return content


def _digest(plan: Mapping[str, Any]) -> str:
    """Return the seal of a plan, ``""`` where it has none."""
    sealed: Any = plan
    for key in ("provenance", "digest", "whole"):
        sealed = sealed.get(key) if isinstance(sealed, dict) else None
    return sealed if isinstance(sealed, str) else ""
