"""What the page is told about rounds, JSON-ready: the list, and what comes of its buttons."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, TypeVar

from allocator.app.desk import Desk
from allocator.app.rounds.opening import opened
from allocator.app.rounds.questions import All, Keep, One
from allocator.app.view import Kept
from allocator.errors import exit_and_sentences
from allocator.negotiating.listing import Entry, asked_in, kept_rounds, when_kept, who_kept
from allocator.negotiating.remarks import Remark, on_one_line
from allocator.negotiating.rounds import (
    Round,
    bring_back,
    check_scenario,
    numbered_rounds,
    read_round,
    rounds_aside,
    undo,
)
from allocator.output.alone import alone
from allocator.output.folder import restored
from reports.planning.sentences import verdict_statement
from reports.words import LABELS
from scenarios.errors import InputError
from scenarios.wording import Language, clauses, listed

_Asked = TypeVar("_Asked", All, Keep, One)
Answer = dict[str, Any]


class _Gone(Exception):  # noqa: N818  (not an error of the program's)
    """The folder holds another round of the number, or none."""


def _in_words(work: Callable[[Desk, Language, _Asked], Answer]) -> Callable[[Desk, Language, _Asked], Answer]:
    """Return work that says in words what went wrong: ``ok`` and ``said``, a list of sentences."""

    @wraps(work)
    def answered(desk: Desk, language: Language, asked: _Asked) -> Answer:
        try:
            return {"ok": True, **work(desk, language, asked)}
        except _Gone as gone:
            return {"ok": False, "said": [str(gone)]}
        except Exception as error:  # whatever it is, the page says it in words
            return {"ok": False, "said": exit_and_sentences(error, language)[1]}

    return answered


@_in_words
def listing(desk: Desk, language: Language, asked: All) -> Answer:
    """Return ``rounds``, the latest first, and those that were taken ``back`` and can be had again."""
    entries = kept_rounds(desk.rounds).entries
    rows = [_row(desk, entry, language) for entry in reversed(entries)]
    if rows:
        rows[0]["last"] = rows[0]["ours"]
    return {"said": [], "rounds": rows, "back": [_row(desk, entry, language) for entry in _aside(desk)]}


@_in_words
def keeping(desk: Desk, language: Language, asked: Keep) -> Answer:
    """Keep the shown answer as a round and return what to say of it."""
    if asked.settings is None:
        return {"ok": False, "said": [LABELS.say("app_stale", language)]}
    remark = Remark.of(asked.who, asked.why)
    if not remark.why:
        return {"ok": False, "said": [LABELS.say("rounds_why_needed", language)]}
    folder = desk.save(asked.settings, language, remark)
    return {"said": [LABELS.say("app_saved", language, folder=folder)]}


@_in_words
def opening(desk: Desk, language: Language, asked: One) -> Answer:
    """Return the ``settings`` of a round, None where the controls cannot take them."""
    found = opened(desk, _round(desk, asked, language), language)
    settings = None if found.settings is None else found.settings.model_dump(mode="json")
    return {"settings": settings, "said": found.said}


@_in_words
def comparing(desk: Desk, language: Language, asked: One) -> Answer:
    """Return a round as the page keeps an answer as A: as it was kept, not computed again."""
    kept = _round(desk, asked, language)
    check_scenario(desk.scenario, kept)
    number = kept.record.number
    a = Kept(
        verdict=verdict_statement(kept.plan.province, language),
        changes=(when_kept(kept), who_kept(kept, language), *asked_in(kept, desk.scenario.names, language)),
        rates={region.id: region.published_rate for region in kept.plan.regions},
        province=kept.plan.province.implied_reduction,
        title=LABELS.say("rounds_side", language, number=number),
    )
    return {"kept": a.model_dump(), "said": [LABELS.say("rounds_compared", language, number=number)]}


@_in_words
def taking_back(desk: Desk, language: Language, asked: One) -> Answer:
    """Set the last round aside and return where it is now."""
    with alone(restored(desk.rounds)):
        last = max((number for number, _ in numbered_rounds(desk.rounds)), default=0)
        if last > asked.number:
            raise _Gone(LABELS.say("rounds_not_last", language, number=asked.number, last=last))
        _check_listed(desk, asked, language)
        aside = undo(desk.rounds)
    return {"said": [LABELS.say("rounds_taken_back", language, number=asked.number, folder=aside)]}


@_in_words
def bringing_back(desk: Desk, language: Language, asked: One) -> Answer:
    """Make a round that was taken back a round again, of the number that it had."""
    with alone(restored(desk.rounds)):
        found = (entry for entry in _aside(desk) if entry.number == asked.number)
        names = [entry.folder.name for entry in found if entry.kept and entry.kept.record.plan == asked.plan]
        if not names:
            raise _Gone(LABELS.say("rounds_gone", language, number=asked.number))
        bring_back(desk.rounds, names[0])
    return {"said": [LABELS.say("rounds_brought_back", language, number=asked.number)]}


def _aside(desk: Desk) -> list[Entry]:
    """Return the rounds of the scenario that were taken back and can be used again, the latest first."""
    found = []
    for number, name in reversed(rounds_aside(desk.rounds)):
        with suppress(InputError):
            kept = read_round(desk.rounds / name)
            check_scenario(desk.scenario, kept)
            found.append(Entry(number, kept.folder, kept))
    return found


def _round(desk: Desk, asked: One, language: Language) -> Round:
    """Return the round that was listed.

    Raises _Gone: there is another of its number now, or none.
    Raises InputError: it cannot be used.
    """
    names = dict(numbered_rounds(desk.rounds))
    kept = read_round(desk.rounds / names[asked.number]) if asked.number in names else None
    if kept is None or kept.record.plan != asked.plan:
        raise _Gone(LABELS.say("rounds_gone", language, number=asked.number))
    return kept


def _check_listed(desk: Desk, asked: One, language: Language) -> None:
    """Refuse a round that is not the listed one; see `_round`. One that cannot be used is nobody's."""
    if asked.plan is not None:
        check_scenario(desk.scenario, _round(desk, asked, language))
    elif not any(entry.number == asked.number and entry.error for entry in kept_rounds(desk.rounds).entries):
        raise _Gone(LABELS.say("rounds_gone", language, number=asked.number))


def _row(desk: Desk, entry: Entry, language: Language) -> Answer:
    """Return a row of the list; a round that cannot be used has ``trouble`` in place of what it says."""
    row: Answer = {"number": entry.number, "plan": None, "last": False, "ours": True}
    row |= {"title": LABELS.say("round_name", language, number=entry.number)}
    try:
        if entry.error is not None:
            raise entry.error
        assert entry.kept is not None
        row["ours"] = False
        check_scenario(desk.scenario, entry.kept)
        row["ours"] = True
    except InputError as error:
        return row | {"trouble": exit_and_sentences(error, language)[1]}
    kept = entry.kept
    return row | {
        "plan": kept.record.plan,
        "when": when_kept(kept),
        "who": who_kept(kept, language),
        "what": clauses(asked_in(kept, desk.scenario.names, language), language),
        "verdict": verdict_statement(kept.plan.province, language),
        "why": on_one_line(kept.record.why or "") or LABELS.say("rounds_no_why", language),
        "since": _since(desk, kept, language),
        "trouble": [],
    }


def _since(desk: Desk, kept: Round, language: Language) -> str:
    """Return that files which were opened are not what they were when a round was kept; empty where they are."""
    now, before = desk.hashes, kept.record.inputs
    changed = [name for name in sorted({*now} & {*before}) if now[name] != before[name]]
    return LABELS.say("rounds_since", language, files=listed(changed, language)) if changed else ""


ASKED: tuple[tuple[str, Any, Callable[..., Answer]], ...] = (
    ("save", Keep, keeping),
    ("rounds", All, listing),
    ("rounds/open", One, opening),
    ("rounds/compare", One, comparing),
    ("rounds/back", One, taking_back),
    ("rounds/again", One, bringing_back),
)
"""Where in the page's path something is asked, what is asked, and what answers it."""
