"""A table of rates that was agreed by hand, as a plan: its rates stand as the published ones, its reasons say so."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import pairwise
from pathlib import Path

from allocator.output.folder import MARKER, restored
from allocator.output.own_files import SealedPlan, open_plan
from allocator.planning.plan import plan
from allocator.planning.record import declines, province_decline
from allocator.verifying.verify import Judgement, judgement
from reports.planning.record import AgreedRecord, PlanRecord, RegionRecord
from reports.planning.sentences import province_record
from reports.planning.total import city_cap_records
from reports.printing.numbers import printed_change
from reports.publishing.recheck import disagreements
from reports.records import in_both
from reports.words import LABELS
from scenarios.errors import Collector, InputError, Place
from scenarios.load import Scenario
from scenarios.quantities import in_own_words
from scenarios.tables.cells import per_cent
from scenarios.tables.files import InputFile, read_bytes
from scenarios.wording import Language


@in_own_words
def agreed_plan(scenario: Scenario, table: str, caps: Path | None = None) -> tuple[SealedPlan, Judgement]:
    """Return the plan whose published rates are those of a table, and the judgement on the table.

    `table`: a file, or the short name of one of the scenario's own tables; `caps`: the table of caps that goes with it.

    Raises InputError: the table cannot be read; its caps are missing where the province has a cap of caps.
    Raises NoSplit: the scenario has no split, so that no city has a computed rate that the agreed one differs from.
    """
    judged = judgement(scenario, table, caps)
    path = restored(scenario.table_path(table))
    source = InputFile.of(path.name, read_bytes(path))
    record = _agreed(plan(scenario).record, scenario, judged, source).sealed()
    _refuse_contradictions(record, source.name)
    assert record.provenance.digest is not None
    return SealedPlan(MARKER, record, record.provenance.digest.whole), judged


def kept_in(folder: Path, made: SealedPlan) -> SealedPlan:
    """Return the same plan as it was published in a folder before, else the one `made` now.

    It is the same when nothing but the time differs, so that another language or format goes beside the first.
    """
    try:
        kept = open_plan(folder / MARKER)
    except InputError:
        return made
    now = {"created": made.record.provenance.created, "digest": made.record.provenance.digest}
    provenance = kept.record.provenance.model_copy(update=now)
    return kept if kept.record.model_copy(update={"provenance": provenance}) == made.record else made


def _refuse_contradictions(record: PlanRecord, name: str) -> None:
    """Refuse what no plan can hold, such as caps of some cities only."""
    collector = Collector()
    for odd in disagreements(record):
        collector.error("own_contradicts", Place(file=name, key=odd.key), found=odd.found, needed=odd.needed)
    collector.raise_errors()


def _agreed(record: PlanRecord, scenario: Scenario, judged: Judgement, source: InputFile) -> PlanRecord:
    v = judged.verification
    province = province_record(scenario, v).model_copy(update={"decline": province_decline(scenario, v)})
    regions = _of_one_class(tuple(_regions(record, scenario, judged)))
    provenance = record.provenance.model_copy(
        update={"inputs": {**record.provenance.inputs, source.name: source.sha256}, "solver": {}, "digest": None}
    )
    notices = tuple(in_both(notice.say) for notice in judged.notices)
    return record.model_copy(
        update={
            "province": province, "regions": regions, "provenance": provenance, "notices": notices,
            "protection": None, "whatif": None, "question": None,
            "agreed": AgreedRecord(table=source.name, digest=source.sha256),
        }
    )  # fmt: skip


def _regions(record: PlanRecord, scenario: Scenario, judged: Judgement) -> Iterator[RegionRecord]:
    """Yield the regions with their agreed rates, and how far these are from the computed ones."""
    v, parts = judged.verification, declines(scenario, judged.verification.rates)
    caps = city_cap_records(scenario, v)
    for n, region in enumerate(record.regions):
        rate = float(v.rates[n])
        words = partial(_reason, region, v.rates[n])
        yield region.model_copy(
            update={
                "published_rate": rate,
                "published_incentive_rate": None if v.incentive is None else float(v.incentive.rates[n]),
                "target_intensity": region.intensity * (1 - rate),
                "contribution": float(v.contributions[n]) if v.contributions else 0.0,
                "binding": "", "rules": (), "holds": None, "outside_order": False, "cap": caps[n],
                "decline": None if parts is None else parts[n],
                "reason": in_both(words),
            }
        )  # fmt: skip


def _reason(region: RegionRecord, rate: Decimal, language: Language) -> str:
    """Return that a rate was agreed, and by how much it differs from the computed one."""
    change = printed_change(region.rate, float(rate))
    code = "reason_agreed_same" if not float(change.replace("\u2212", "-")) else "reason_agreed"
    return LABELS.say(
        code, language, name=region.label(language), published=per_cent(rate), rate=per_cent(region.rate), change=change
    )


def _of_one_class(regions: tuple[RegionRecord, ...]) -> tuple[RegionRecord, ...]:
    """Return the regions without their classes where the agreed rates of a class are not one."""
    ordered = sorted((r for r in regions if r.class_ is not None), key=lambda r: r.class_ or 0)
    if all(a.class_ != b.class_ or a.published_rate == b.published_rate for a, b in pairwise(ordered)):
        return regions
    return tuple(region.model_copy(update={"class_": None}) for region in regions)
