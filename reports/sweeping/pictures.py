"""The charts of a sweep's page together: those over all regions, and those of one region that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.printing.looks import Figure, Trace
from reports.sweeping.city_figures import has_map, map_figure, map_traces, tornado_figure, tornado_traces
from reports.sweeping.figures import acceptability_figure, flow_figure, heat_figure, ridge_figure
from reports.sweeping.phrases import shown
from reports.sweeping.record import SweepRecord
from reports.sweeping.sentences import region_statement
from reports.sweeping.tables import flow_cases
from scenarios.wording import Language


@dataclass(frozen=True)
class Pictures:
    """The charts of a sweep."""

    figures: dict[str, Figure | None]  # By their places, None for those that the record does not allow
    # The regions to choose from: their names and sentences, and which is chosen first
    names: list[str]
    texts: list[str]
    first: int
    changes: dict[str, list[list[Trace]]]  # Place -> for each region what changes in the traces of its chart
    steps: int  # Points of the map along an edge, less one


def pictures(record: SweepRecord, language: Language) -> Pictures:
    """Return the charts of a sweep; the region most easily moved is chosen first."""
    places = shown(record)
    regions = [record.regions[n] for n in places]
    radii = [2.0 if r.radius is None else r.radius.shift for r in regions]
    first = radii.index(min(radii))
    return Pictures(
        figures=_figures(record, places[first], language),
        names=[r.label(language) for r in regions],
        texts=[region_statement(record, region, language) for region in regions],
        first=first,
        changes=_of_regions(record, places, language),
        steps=round(1 / min((w for p in record.map for w in p.weights if w > 0), default=1.0)),
    )


def map_alt(record: SweepRecord) -> str:
    """Return the code of what the map shows, in words."""
    return "map_alt" if len(record.criteria) == 3 else "map_line_alt"


def _figures(record: SweepRecord, first: int, language: Language) -> dict[str, Figure | None]:
    """Return all figures by their places, None for those that the record does not allow."""
    swings = bool(record.regions[0].swings) and len(record.criteria) > 1
    flow = len(flow_cases(record)) > 1
    return {
        "figure_acceptability": acceptability_figure(record, language),
        "figure_ridge": ridge_figure(record, language),
        "figure_map": map_figure(record, first, language) if has_map(record) else None,
        "figure_tornado": tornado_figure(record, first, language) if swings else None,
        "figure_heat": heat_figure(record, language) if swings else None,
        "figure_flow": flow_figure(record, language) if flow else None,
    }


def _of_regions(record: SweepRecord, places: Sequence[int], language: Language) -> dict[str, list[list[Trace]]]:
    """Return what changes in the charts of one region when another is chosen."""
    figures: dict[str, list[list[Trace]]] = {}
    if has_map(record):
        figures["figure_map"] = _changes(lambda n: map_traces(record, n, language), places)
    if record.regions[0].swings and len(record.criteria) > 1:
        figures["figure_tornado"] = _changes(lambda n: tornado_traces(record, n, language), places)
    return figures


def _changes(traces: Callable[[int], list[Trace]], places: Sequence[int]) -> list[list[Trace]]:
    """Return, for each region, what is not the same in the traces of all regions."""
    found = [traces(n) for n in places]
    varying = [
        [key for key in parts[0] if any(part[key] != parts[0][key] for part in parts)]
        for parts in zip(*found, strict=True)
    ]
    return [
        [{key: trace[key] for key in keys} for trace, keys in zip(one, varying, strict=True)] for one in found
    ]  # fmt: skip
