"""What explains a table, in sentences: the verdict first, with its data; never weights without their ranges."""

from __future__ import annotations

from reports.explaining.record import CHANCE, FORESEEN, ExplainRecord, FewRecord, LineRecord
from reports.explaining.tables import (
    beyond,
    cities_table,
    indicator_names,
    line_name,
    lines_table,
    number,
    weights_table,
)
from reports.printing.numbers import minus, signed
from reports.printing.table import Table, text_table
from reports.words.pages.explain import WORDS
from scenarios.quantities import in_own_words
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, listed, phrases, stopped

_MOST_OFF = 5
"""How many regions are named that are furthest off."""
_MOST_SETS = 3
"""How many other sets of indicators are named."""


def title(record: ExplainRecord, language: Language) -> str:
    """Return what is asked."""
    return WORDS.say("title", language, title=record.title.say(language), table=record.table)


def lead(record: ExplainRecord, language: Language) -> str:
    """Return how it is answered."""
    return WORDS.say(
        "lead", language, cities=len(record.regions), indicators=len(record.indicators), step=f"{record.step_points:g}"
    )


def verdict(record: ExplainRecord, language: Language) -> str:
    """Return the verdict, in one sentence with the data that it rests on."""
    line = record.judged
    said = WORDS.say(
        f"verdict_{record.verdict}", language, p=number(line.p, 3), share=per_cent(line.p, 1), chance=f"{CHANCE:g}",
        left=number(line.left_out), foreseen=f"{FORESEEN:g}", names=indicator_names(record, line.indicators, language),
        ranges=_ranges(record, line, language),
    )  # fmt: skip
    if record.basis is None:
        return stopped(said, language)
    return WORDS.say("verdict_on", language, verdict=said, basis=record.basis.say(language))


def _ranges(record: ExplainRecord, line: LineRecord, language: Language) -> str:
    said = []
    for weight in line.weights:
        low, high = per_cent(weight.low, 0), per_cent(weight.high, 0)
        name = record.label(weight.indicator).say(language)
        said.append(WORDS.say("range_one" if low == high else "range", language, name=name, low=low, high=high))
    return phrases(said, language)


def remarks(record: ExplainRecord, language: Language) -> list[str]:
    """Return what must be said with the verdict."""
    line = record.judged
    said = [_level(record, line, language)]
    said.append(WORDS.say("order", language, pairs=line.pairs, in_order=line.in_order))
    if off := _furthest(record, line, language):
        said.append(off)
    said += _exceptions(record, language)
    if line.key == "few":
        said.append(WORDS.say("judged_few", language, most=line.most))
    fits = phrases((_few(record, few, language) for few in record.few), language)
    if len(record.indicators) < record.candidates:
        count = len(record.indicators)
        said.append(WORDS.say("named", language, indicators=count, candidates=record.candidates))
    said += [*_others(record, line, language), WORDS.say("few_fits", language, fits=fits)]
    return [
        *said,
        WORDS.say("signs", language, fit=number(record.signs_free_fit)),
        WORDS.say("ranges_note", language, slack=per_cent(record.slack, 0)),
        WORDS.say("not_more", language),
        WORDS.say("limits", language, chance=f"{CHANCE:g}", foreseen=f"{FORESEEN:g}"),
        WORDS.say("seed_note", language, permutations=record.permutations, seed=record.seed),
    ]


def _level(record: ExplainRecord, line: LineRecord, language: Language) -> str:
    level, spread = minus(per_cent(line.level)), number(line.spread_points)
    if record.uniform_rate is None:
        return WORDS.say("level_alone", language, level=level, spread=spread)
    return WORDS.say("level", language, level=level, even=minus(per_cent(record.uniform_rate)), spread=spread)


def _furthest(record: ExplainRecord, line: LineRecord, language: Language) -> str:
    """Return the regions that are furthest off, none of those within half a step."""
    off = [(beyond(record, line, n), n) for n in range(len(record.regions))]
    worst = sorted((each for each in off if each[0] > 1e-6), key=lambda each: (-each[0], each[1]))[:_MOST_OFF]
    if not worst:
        return ""
    names = (
        WORDS.say("residual", language, name=record.regions[n].label(language),
                  points=signed(record.published[n] - line.fitted[n], 1))
        for _, n in worst
    )  # fmt: skip
    return WORDS.say("residuals", language, names=listed(names, language))


def _exceptions(record: ExplainRecord, language: Language) -> list[str]:
    found = record.exceptions
    if found is None:
        return []
    names = listed((region.label(language) for region in record.regions if region.id in found.regions), language)
    return [
        WORDS.say("exceptions", language, names=names, fit=number(found.fit), count=len(found.regions),
                  mean=number(found.chance_mean), most=number(found.chance_95), p=number(found.p, 3))
    ]  # fmt: skip


def _others(record: ExplainRecord, line: LineRecord, language: Language) -> list[str]:
    if line.key not in ("one", "few") or line.others is None:
        return []
    if not line.others:
        return [WORDS.say("others_none", language)]
    joined = " + ".join
    sets = [joined(record.label(key).say(language) for key in keys) for keys in line.others[:_MOST_SETS]]
    return [WORDS.say("others", language, count=len(line.others), sets=listed(sets, language))]


def _few(record: ExplainRecord, few: FewRecord, language: Language) -> str:
    names = indicator_names(record, few.indicators, language) or WORDS.say("no_traits", language)
    return WORDS.say("few_fit", language, most=few.most, fit=number(few.fit), names=names)


@in_own_words
def explain_statements(record: ExplainRecord, language: Language) -> list[str]:
    """Return everything for a terminal: verdict, three tables and what must be said."""
    return [
        title(record, language),
        lead(record, language),
        verdict(record, language),
        "",
        WORDS.say("lines_title", language),
        *_text(lines_table(record, language)),
        "",
        *_weights(record, language),
        WORDS.say("cities_title", language),
        *_text(cities_table(record, language)),
        WORDS.say("cities_note", language, line=line_name(record.judged, language)),
        "",
        *remarks(record, language),
    ]


def _weights(record: ExplainRecord, language: Language) -> list[str]:
    table = weights_table(record, language)
    if not table.rows:
        return []
    return [WORDS.say("weights_title", language), *_text(table), ""]


def _text(table: Table) -> list[str]:
    return text_table([column.label for column in table.columns], table.rows)
