"""How a scenario asks for caps of its cities, with the tables that it names for them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from scenarios.errors import Collector, Place
from scenarios.file.schema import ScenarioFile
from scenarios.sense.asking import Answers
from scenarios.tables.files import InputFile
from scenarios.tables.regions import Regions
from scenarios.total.cap import Total
from scenarios.total.caps import AskedCaps, CityCaps, given_caps
from scenarios.total.draws import read_draws
from scenarios.total.year_caps import read_year_caps


def asked_caps(
    scenario: ScenarioFile,
    folder: Path,
    regions: Regions,
    cap: Total | None,
    answers: Answers,
    collector: Collector,
    place: Callable[[str], Place],
) -> tuple[AskedCaps | None, tuple[InputFile, ...]]:
    """Return how caps of the cities are asked for, and the tables read for them; None without a cap.

    `place`: of a key of `total`, by its name.
    """
    asked = scenario.total
    if asked is None or cap is None:
        return None, ()
    if asked.subtotals and not all(regions.groups):
        collector.error("subtotals_without_groups", place("subtotals"))
    peak = asked.peak_year
    if peak is not None and not scenario.period.base < peak <= scenario.period.end:
        needed = f"{scenario.period.base + 1}–{scenario.period.end}"
        collector.error("year_caps_year", place("peak"), found=peak, needed=needed)
    given = draws = None
    span = scenario.period.base, scenario.period.end
    if asked.policy == "given":
        given = collector.taken(lambda: given_caps(asked, folder, regions, cap, answers, span))
    if asked.draws is not None:
        table = folder / asked.draws
        draws = collector.taken(lambda: read_draws(table, regions, scenario.period, answers))
    years = None
    if asked.year_path == "given":
        ends, path = _ends(regions, cap, given[0] if given else None), folder / asked.year_caps
        years = collector.taken(lambda: read_year_caps(path, regions, scenario.period, ends, answers))
    for read in filter(None, (given, draws, years)):
        collector.extend(read[2])
    sources = tuple(read[1] for read in (given, draws, years) if read is not None)
    return AskedCaps.of(asked, given and given[0], draws[0] if draws else (), years[0] if years else None), sources


def _ends(regions: Regions, cap: Total, given: CityCaps | None) -> list[tuple[Fraction, Fraction]]:
    """Return base-year emissions and about the cap of each region, and those of the province, 万吨."""
    emissions = [Fraction(value) for value in regions.emissions]
    unchanged = [e * Fraction(g) for e, g in zip(emissions, regions.growth, strict=True)]
    even = cap.left / sum(unchanged, Fraction(0))
    caps = [each * even for each in unchanged] if given is None else given.values
    return [*zip(emissions, caps, strict=True), (cap.base, cap.cap)]
