"""A kept round as settings of the controls, and whether these come to what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from allocator.app.desk import Desk
from allocator.app.state import Settings
from allocator.comparing.since import changed_files
from allocator.errors import exit_and_sentences
from allocator.negotiating.moves import SAME
from allocator.negotiating.rounds import Round, check_scenario
from reports.planning.record import PlanRecord
from reports.planning.sentences import verdict_statement
from reports.words import LABELS
from scenarios.file.book.said import settings_in_words
from scenarios.load import load_scenario
from scenarios.wording import Language, listed

_SEEN = 0.005
"""Points from which a difference is seen in two decimals."""


@dataclass(frozen=True)
class Opened:
    """What the controls are to say, None where they cannot; and in sentences how that stands to the round."""

    settings: Settings | None
    said: list[str]


def opened(desk: Desk, kept: Round, language: Language) -> Opened:
    """Return a round as the controls say it.

    Raises InputError: it is another scenario's, or has settings that the scenario no longer takes.
    """
    check_scenario(desk.scenario, kept)
    number = kept.record.number
    settings = settings_of(desk, kept)
    if not settings.like(desk.own, {rule.id for rule in desk.scenario.file.rules}):
        beyond = LABELS.say("rounds_beyond", language, number=number, folder=kept.folder)
        return Opened(None, [beyond])
    try:
        now = desk.answer(settings).plan.record
    except Exception as error:  # the page says it in words, and the controls have the settings all the same
        unsure = LABELS.say("rounds_unsure", language, number=number)
        return Opened(settings, [unsure, *exit_and_sentences(error, language)[1]])
    changed = list(inputs_since(desk, kept, language))
    before = {region.id: region for region in kept.plan.regions}
    count = sum(region.published_rate != before[region.id].published_rate for region in now.regions)
    largest = max(abs(region.rate - before[region.id].rate) for region in now.regions)
    if not count and largest <= SAME:
        return Opened(settings, [_of_same_rates(kept, now, language), *changed])
    code = "rounds_differs" if largest * 100 >= _SEEN else "rounds_differs_little"
    differs = LABELS.say(code, language, number=number, count=count, points=f"{largest * 100:.2f}")
    return Opened(settings, [differs, *_why(desk, kept, settings, language), *changed])


def _of_same_rates(kept: Round, now: PlanRecord, language: Language) -> str:
    """Return that a round comes out as it was kept; where its verdict is another with the same rates, both verdicts."""
    number, verdicts = kept.record.number, [verdict_statement(of.province, language) for of in (kept.plan, now)]
    if verdicts[0] == verdicts[1]:
        return LABELS.say("rounds_opened", language, number=number)
    return LABELS.say("rounds_other_verdict", language, number=number, before=verdicts[0], now=verdicts[1])


def inputs_since(desk: Desk, kept: Round, language: Language) -> Iterator[str]:
    """Yield which files are not what they were when a round was kept, as they are on the disk."""
    if changed := changed_inputs(desk, kept):
        yield LABELS.say("rounds_inputs_since", language, files=listed(changed, language))


def changed_inputs(desk: Desk, kept: Round) -> list[str]:
    """Return which files are not what they were when a round was kept, as they are on the disk."""
    return changed_files(kept.record.inputs, desk.hashes_now(kept.record.settings))


def settings_of(desk: Desk, kept: Round) -> Settings:
    """Return the settings of a round as the controls would say them; see `opened`."""
    scenario = load_scenario(desk.source, kept.record.settings)
    on = {rule.id for rule in scenario.file.rules}
    return Settings.of(scenario).model_copy(
        update={
            "off": tuple(rule.id for rule in desk.scenario.file.rules if rule.id not in on),
            "fixes": {key: Decimal(rate) * 100 for key, rate in kept.record.fixes.items()},
        }
    )


def _why(desk: Desk, kept: Round, settings: Settings, language: Language) -> Iterator[str]:
    """Yield what a round has that the controls have not."""
    record = kept.record
    if record.held:
        values = {"count": len(record.held), "absorb": record.absorb}
        yield LABELS.say("rounds_because_held", language, **values)
    said = {*desk.given, *settings.overrides(desk.own)}
    if beyond := [setting for setting in record.settings if setting not in said]:
        words = settings_in_words(beyond, desk.scenario.names, language)
        yield LABELS.say("rounds_because_settings", language, settings=listed(words, language))
