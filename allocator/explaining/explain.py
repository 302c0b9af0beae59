"""`explain`: what explains a published table of rates."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.explaining.asked import Asked, asked_of
from allocator.explaining.exceptions import exceptions_of, refuse_exceptions
from allocator.explaining.lines import SLACK, Advance, Lines
from reports.explaining.record import ExplainRecord, IndicatorRecord, LineKey, LineRecord, verdict_of
from reports.records import Named, in_both
from scenarios.errors import InputError, Place
from scenarios.load import Scenario
from scenarios.quantities import in_own_words
from scenarios.schema_types import Words
from scenarios.tables.cells import in_all_digits
from scenarios.total.level import refuse_level

PERMUTATIONS, SEED = 999, 1
FEW, MANY, CITIES = 2, 3, 20
"""With more than 3 indicators and fewer than 20 cities the verdict is of 2 of them at most."""
LEAST, MOST = 19, 1_000_000
"""Fewer shuffled tables cannot tell one in twenty; more tell nothing more."""


@in_all_digits
@in_own_words
def explain(
    scenario: Scenario,
    table: str,
    indicators: Sequence[str] = (),
    most: int | None = None,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
    exceptions: int = 0,
    advance: Advance = lambda: None,
) -> ExplainRecord:
    """Say what explains a table of rates: weights of the scenario's indicators, with their ranges, or nothing.

    Parameters
    ----------
    scenario
        Whose indicators may explain the table.
    table
        A csv, xlsx or json file, or the short name of one of the scenario's own tables.
    indicators
        Those that may explain it; all where none is named.
    most
        How many indicators the verdict rests on at most; by default 2 where there are more than 3 and fewer than 20
        cities, else all.
    permutations, seed
        How many shuffled tables are fitted, and the seed that they are drawn with.
    exceptions
        How many regions are looked for without which the rest is explained best, up to 3.
    advance
        Called after each shuffled table, `SHUFFLES` more of them where exceptions are looked for.

    Returns
    -------
    ExplainRecord
        The record; rates and shares are fractions.

    Raises
    ------
    InputError
        The table cannot be read, is flat, or has fewer cities than indicators and two; a seed or a number of shuffled
        tables that is none.
    """
    refuse_level(scenario.measured, scenario.place("quantity"))
    if permutations < LEAST:
        raise InputError.of("explain_permutations", Place(key="--permutations"), found=permutations, needed=LEAST)
    if permutations > MOST:
        raise InputError.of("explain_permutations_most", Place(key="--permutations"), found=permutations, most=MOST)
    if seed < 0:
        raise InputError.of("sweep_seed", Place(key="--seed"), found=seed)
    asked = asked_of(scenario, table, indicators)
    if most is not None and not 1 <= most <= len(asked.keys):
        raise InputError.of("explain_most", Place(key="--most"), found=most, needed=len(asked.keys))
    refuse_exceptions(asked, exceptions)
    count = _default(asked) if most is None else most
    made = Lines(asked)
    lines = made.all(count, permutations, seed, advance)
    record = _record(asked, table, made, lines, _judged_by(count, lines), permutations, seed)
    if not exceptions:
        return record
    return record.model_copy(update={"exceptions": exceptions_of(asked, exceptions, seed, advance)})


def _default(asked: Asked) -> int:
    m = len(asked.keys)
    return FEW if m > MANY and len(asked.scenario.regions) < CITIES else m


def _judged_by(most: int, lines: Sequence[LineRecord]) -> LineKey:
    """Return the line of at most so many indicators."""
    return next(line.key for line in lines if line.key != "plan" and line.most >= most)


def _record(
    asked: Asked, table: str, made: Lines, lines: tuple[LineRecord, ...], judged: LineKey, permutations: int, seed: int
) -> ExplainRecord:
    scenario, file, regions = asked.scenario, asked.scenario.file, asked.scenario.regions
    line = next(one for one in lines if one.key == judged)
    source = asked.table.source
    return ExplainRecord(
        **scenario.measured.told,
        scenario=file.name,
        title=Words(zh=file.title.zh, en=file.title.en),
        basis=None if file.basis is None else Words(zh=file.basis.zh, en=file.basis.en),
        table=table,
        base=file.period.base,
        end=file.period.end,
        target=float(scenario.target),
        uniform_rate=scenario.baseline.uniform_rate,
        step_points=float(asked.step * 100),
        constant=asked.printed.best_constant() / 100,
        constant_loss_points=made.flat,
        indicators=_indicators(asked),
        candidates=asked.candidates,
        permutations=permutations,
        seed=seed,
        slack=SLACK,
        verdict=verdict_of(line.p, line.left_out),
        judged_by=judged,
        few=made.few(),
        signs_free_fit=made.signs_free(),
        regions=tuple(Named(**regions.named(n)) for n in range(len(regions))),
        published=tuple(float(rate) for rate in asked.table.rates),
        lines=lines,
        inputs={each.name: each.sha256 for each in (*scenario.inputs, source)},
        overrides=scenario.overrides,
        notices=tuple(dict.fromkeys(in_both(notice.say) for notice in (*scenario.notices, *asked.notices))),
    )


def _indicators(asked: Asked) -> tuple[IndicatorRecord, ...]:
    found = []
    for criterion, key in asked.keys:
        indicator = asked.scenario.file.criteria[criterion].indicators[key]
        called = indicator.label
        label = Words(zh=key, en=key) if called is None else Words(zh=called.zh, en=called.en)
        found.append(
            IndicatorRecord(key=f"{criterion}.{key}", criterion=criterion, label=label, direction=indicator.direction)
        )
    return tuple(found)
