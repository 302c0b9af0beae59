"""Methods side by side in sentences: what is at stake, what must be said of which line, and what cannot be had."""

from __future__ import annotations

from collections.abc import Sequence

from reports.by_method.record import Constant, MethodRecord, MethodsRecord
from reports.by_method.tables import figure_rows, rates_rows
from reports.printing.numbers import minus, short
from reports.printing.table import text_table
from reports.words import unit_label
from reports.words.pages.methods import WORDS
from scenarios.quantities import in_own_words
from scenarios.tables.cells import per_cent
from scenarios.wording import ON_PAGE, Language, clauses, colon, listed, on_page

_SAME = 1e-9
"""By how much two targets may differ and still be one."""


def called(method: MethodRecord, language: Language) -> str:
    """Return what a line is called."""
    if method.kind == "table":
        return WORDS.say("name_table", language, name=method.key)
    return WORDS.say(f"name_{method.key}", language)


def formula(method: MethodRecord, record: MethodsRecord, language: Language) -> str:
    """Return a method's formula in words, with the weights that it takes."""
    if method.kind == "table":
        return WORDS.say("formula_table", language)
    said = WORDS.say(f"formula_{method.key}", language)
    if method.key != "nash":
        return said
    return clauses([said, WORDS.say(f"weights_{record.settings.nash}", language)], language)


def constants(method: MethodRecord, language: Language) -> str:
    """Return the constants of a formula as they are printed."""
    return listed((_constant(one, language) for one in method.constants), language)


def _constant(one: Constant, language: Language) -> str:
    digits = 0 if abs(one.value) >= 1000 else 2 if abs(one.value) >= 10 else 4
    unit = "/".join(unit_label(part, language) for part in one.unit.split("/"))
    gap = "" if not unit or unit == "%" else " "
    return minus(f"{one.symbol} = {one.value:,.{digits}f}{gap}{unit}")


def comparable(record: MethodsRecord) -> list[MethodRecord]:
    """Return the methods that can be compared: computed, and backing the target."""
    return [method for method in record.had if method.kind == "method" and method.backed]


def by_formula(record: MethodsRecord) -> list[MethodRecord]:
    """Return the methods that say how much a city's rate depends on the method: comparable, not made by the bounds."""
    return [method for method in comparable(record) if not method.bounds_made_it]


def apart(record: MethodsRecord) -> list[float]:
    """Return how far each city's rates by these methods are apart, fractions; empty of fewer than two methods."""
    lines = by_formula(record)
    rates = zip(*(method.published or () for method in lines), strict=True)
    return [max(own) - min(own) for own in rates] if len(lines) > 1 else []


def headline(record: MethodsRecord, language: Language) -> str:
    """Return whose rate most depends on the method, and whose least."""
    lines, points = by_formula(record), apart(record)
    if not points:
        return WORDS.say("headline_none", language)
    most, least = points.index(max(points)), points.index(min(points))
    own = [(method.published or ())[most] for method in lines]
    low, high = (pick(range(len(lines)), key=own.__getitem__) for pick in (min, max))
    return WORDS.say(
        "headline_apart", language, name=record.regions[most].label(language), low=short(own[low]),
        high=short(own[high]), lowest=called(lines[low], language), highest=called(lines[high], language),
        points=short(points[most]), still=record.regions[least].label(language), still_points=short(points[least]),
    )  # fmt: skip


def remarks(method: MethodRecord, language: Language) -> list[str]:
    """Return what must be said of one line."""
    if method.missing is not None:
        own = on_page() and f"{method.why}{ON_PAGE}" in WORDS.texts
        return [WORDS.say(str(method.why), language) if own else method.missing.say(language)]
    said = []
    if method.backed is False:
        said.append(WORDS.say("not_backed", language, implied=minus(per_cent(method.implied_reduction or 0.0))))
    elif method.kept is False:
        said.append(WORDS.say("not_kept", language))
    if method.bounds_made_it:
        said.append(WORDS.say("bounds_made", language))
    if method.moved is not None and method.published and 2 * method.moved.by_rules > len(method.published):
        said.append(WORDS.say("rules_made", language))
    return said


def remarked(methods: Sequence[MethodRecord], language: Language) -> list[str]:
    """Return what must be said of lines, those of which the same is said together."""
    told: dict[str, list[str]] = {}
    for method in methods:
        if said := remarks(method, language):
            told.setdefault(clauses(said, language), []).append(called(method, language))
    return [f"{listed(names, language)}{colon(language)}{said}" for said, names in told.items()]


def general(record: MethodsRecord, language: Language) -> list[str]:
    """Return what must be said of the whole: θ, that no weights are neutral, how to read Gini, that nothing ranks."""
    keys, said = {method.key for method in record.had}, list[str]()
    if record.asked > record.target + record.margin + _SAME:
        said.append(WORDS.say("asked_more", language, asked=minus(per_cent(record.asked))))
    if record.least is not None:
        said.append(WORDS.say("moved_above", language, implied=minus(per_cent(record.least))))
    if keys & {"per-head", "zsg-dea"}:
        theta = f"{record.settings.theta:.3f}"
        said.append(
            WORDS.say("theta_said", language, theta=theta, base=record.base, end=record.end,
                      converge=record.settings.converge)
        )  # fmt: skip
    if "nash" in keys:
        weights = WORDS.say(f"weights_{record.settings.nash}", language)
        said.append(WORDS.say("no_weights", language, weights=weights))
    if (even := _torn(record)) is not None:
        assert even.figures is not None
        said.append(WORDS.say("read_gini", language, name=called(even, language), count=even.figures.objections))
    return [*said, WORDS.say("no_ranking", language)]


def _torn(record: MethodsRecord) -> MethodRecord | None:
    """Return even burdens per head where they have the least Gini coefficient and the most objections at once."""
    known = [
        (m, m.figures.gini_head, m.figures.objections)
        for m in comparable(record)
        if m.figures is not None and m.figures.gini_head is not None and m.figures.objections is not None
    ]
    if not known:
        return None
    most = max(known, key=lambda line: line[2])
    torn = most[2] > 0 and most[1] == min(line[1] for line in known)
    return most[0] if torn and most[0].key == "even-burden-head" else None


def lead(record: MethodsRecord, language: Language) -> str:
    """Return what is shown."""
    return WORDS.say("lead", language, target=short(record.target), count=len(comparable(record)))


@in_own_words
def methods_statements(record: MethodsRecord, language: Language) -> list[str]:
    """Return everything for a terminal: two tables and what must be said of them."""
    numbered = [(f"{n} {called(method, language)}", method) for n, method in enumerate(record.had, start=1)]
    heads, rows = figure_rows(record, numbered, language)
    cities = rates_rows(record, language)
    numbers = [str(n) for n in range(1, len(record.had) + 1)]
    rates = text_table([WORDS.say("city", language), *numbers], cities)
    return [
        WORDS.say("title", language, title=record.title.say(language)),
        lead(record, language),
        headline(record, language),
        "",
        *text_table(heads, rows),
        "",
        WORDS.say("rates_title", language),
        *rates,
        "",
        *remarked(record.methods, language),
        *general(record, language),
    ]
