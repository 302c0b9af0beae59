"""Files that this program wrote, read again: whole, as they were written, and with figures that fit each other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from allocator.output.folder import MARKER, PROOF, restored
from reports.planning.record import PlanRecord
from reports.publishing.recheck import Disagreement, disagreements
from reports.records import Record
from reports.seal import Changes, changes
from scenarios.errors import Collector, InputError, Place
from scenarios.tables.files import parse_json, read_bytes

if TYPE_CHECKING:
    from reports.by_method.record import MethodsRecord
    from reports.sweeping.record import SweepRecord

_MOST_NAMED = 10

SWEEP = "sweep/sweep.json"
"""Where a plan's folder holds the sweep of its weights."""
BY_METHOD = "methods/methods.json"
"""Where it holds its target by every method."""

_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True)
class SealedPlan:
    """A plan.json that is as it was written and whose figures follow from each other."""

    file: str  # Its name
    record: PlanRecord  # What it holds
    digest: str  # SHA-256 of its content
    proof: bytes | None = None  # The proof.json beside it, where it is of this plan

    @property
    def passed(self) -> bool:
        """Whether the plan backs the province, with its incentive targets too, and every check of it holds."""
        said = [self.record.province, self.record.province.incentive]
        return all(one.verdict == "backed" and all(one.checks.values()) for one in said if one is not None)


def open_plan(source: str | Path) -> SealedPlan:
    """Read a plan folder or plan.json.

    Raises InputError: not a plan, or altered after it was written: what changed is named; or its figures contradict
    each other.
    """
    path = restored(source)
    if path.is_dir():
        path = path / MARKER
        if not path.is_file():
            raise InputError.of("compare_no_plan", Place(file=str(source) or str(path.parent)))
    elif path.is_file() and path.suffix.lower() != Path(MARKER).suffix:
        meant = path.parent if (path.parent / MARKER).is_file() else "out/NAME"
        raise InputError.of("plan_needed", Place(file=str(source)), meant=meant)
    record = read_own(path, PlanRecord, disagreements)
    assert record.provenance.digest is not None
    digest = record.provenance.digest.whole
    return SealedPlan(path.name, record, digest, _proof_of(path.with_name(PROOF), digest))


@lru_cache(maxsize=64)
def refuse_altered(path: Path, _sha256: str) -> None:
    """Refuse a plan.json that a target was handed down from and that is not as it was written; any other table is one.

    `_sha256`: of its bytes; the same are judged once. Raises InputError: as in `open_plan`.
    """
    if path.name == MARKER:
        open_plan(path)


def _proof_of(path: Path, digest: str) -> bytes | None:
    """Return the proof in a file; None where there is none of the plan of a digest."""
    try:
        raw = read_bytes(path)
        content = parse_json(raw, path.name)
    except (InputError, ValueError, RecursionError):
        return None
    return raw if isinstance(content, dict) and content.get("plan") == digest else None


def open_sweep(file: Path, record: PlanRecord) -> SweepRecord:
    """Read the sweep of a plan: of the same inputs (their hashes), settings and rates.

    Raises InputError: as in `read_own`; a sweep of something else.
    """
    from reports.sweeping.record import SweepRecord

    sweep = read_own(file, SweepRecord, lambda _: ())
    same = sweep.inputs == record.provenance.inputs and sweep.options == record.provenance.options
    planned = [(r.id, r.published_rate) for r in record.regions]
    if not same or planned != [(r.id, r.published_rate) for r in sweep.regions]:
        raise InputError.of("sweep_of_another", Place(file=str(file)))
    return sweep


def open_methods(file: Path, record: PlanRecord) -> MethodsRecord:
    """Read the methods beside a plan: of the same inputs, settings and rates; they may have read more tables.

    Raises InputError: as in `read_own`; methods beside something else.
    """
    from reports.by_method.record import MethodsRecord

    found = read_own(file, MethodsRecord, lambda _: ())
    own = record.provenance
    same = found.overrides == own.options and own.inputs.items() <= found.inputs.items()
    rates = next((one.published for one in found.methods if one.key == "plan"), None)
    regions = tuple(one.id for one in found.regions) == tuple(one.id for one in record.regions)
    if not (same and regions and rates == tuple(one.published_rate for one in record.regions)):
        raise InputError.of("methods_of_another", Place(file=str(file)))
    return found


def read_own(path: Path, kind: type[_R], judge: Callable[[_R], Iterable[Disagreement]]) -> _R:
    """Read a file that this program wrote and sealed.

    `path`, `kind`: the file, and the record in it.
    `judge`: returns what in a record does not follow from the rest of it.
    Raises InputError: not readable, not what this program writes, altered, or with figures that contradict each other.
    """
    raw, place, collector = read_bytes(restored(path)), Place(file=str(path)), Collector()
    record = _shaped(raw, place, kind)
    if record.own_seal is None:
        raise InputError.of("own_unsealed", place)
    try:
        altered = changes(parse_json(raw, place.file), record.own_seal)
    except (ValueError, RecursionError) as error:
        raise InputError.of("not_our_file", place) from error
    if altered is not None:
        _say_changes(record, altered, place, collector)
    collector.raise_errors()
    for odd in judge(record):
        collector.error("own_contradicts", Place(file=place.file, key=odd.key), found=odd.found, needed=odd.needed)
    collector.raise_errors()
    return record


def _shaped(raw: bytes, place: Place, kind: type[_R]) -> _R:
    """Return the record in a file."""
    try:
        return kind.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        key = ".".join(map(str, first["loc"]))
        raise InputError.of("not_our_file", Place(file=place.file, key=key)) from error


def _say_changes(record: Record, altered: Changes, place: Place, collector: Collector) -> None:
    """Note what no longer fits the seal, region by region with the values that stand there now."""
    at: dict[str, Any] = {region.id: region for region in getattr(record, "regions", ())}
    for key in altered.strangers:
        code = "own_region_new" if key in at else "own_region_gone"
        collector.error(code, place, found=at[key].name if key in at else key)
    named = [(key, column) for key in altered.regions if key in at for column in altered.columns]
    for key, column in named[:_MOST_NAMED]:
        now = at[key].model_dump(mode="json").get(column)
        where = Place(file=place.file, key=f"regions.{at[key].name}.{column}")
        collector.error("own_altered_value", where, found=json.dumps(now, ensure_ascii=False))
    whole = altered.regions if not named or named[_MOST_NAMED:] else ()
    names = [f"regions.{at[key].name}" for key in whole if key in at]
    for key in (*altered.fields, *names):
        collector.error("own_altered", Place(file=place.file, key=key))
    if not collector.findings:
        collector.error("own_altered", Place(file=place.file, key="regions" if at else ""))
