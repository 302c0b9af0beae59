"""Questions about a table that is dropped: asked in the page, and answered there, each with its reason.

An answer holds for the table as long as it lies there; those of the scenario's own data are kept in its file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from allocator.app.beside.uploads import OfTable, without_folder
from allocator.errors import exit_and_sentences
from reports.words import LABELS
from scenarios.errors import InputError, open_questions
from scenarios.file.accepted import Accepted
from scenarios.load import Scenario
from scenarios.wording import Language


def answering(scenario: Scenario, asked: OfTable) -> Scenario:
    """Return a scenario in which the questions are answered too that the page has answered."""
    known = {one.id for one in scenario.file.accept}
    more = (one for key, one in _reasons(asked.accepted).items() if key not in known)
    file = scenario.file.model_copy(update={"accept": (*scenario.file.accept, *more)})
    return replace(scenario, file=file)


def refused(error: BaseException, language: Language, table: str, asked: OfTable) -> dict[str, Any]:
    """Return why a table was not taken, JSON-ready: ``trouble`` as sentences, and ``questions`` to be answered.

    Each question has its ``id``, what is ``said``, and what is ``wanted`` where its reason was none.
    """
    questions = open_questions(error.findings) if isinstance(error, InputError) else {}
    if isinstance(error, InputError) and questions:
        others = [finding for finding in error.findings if not finding.open or finding.asked not in questions]
        trouble = exit_and_sentences(InputError(others), language)[1] if others else []
    else:
        trouble = exit_and_sentences(error, language)[1]
    given = _reasons(asked.accepted)
    return {
        "ok": False,
        "trouble": without_folder(trouble, table),
        "questions": [
            {
                "id": key,
                "said": without_folder([finding.say(language, how=False)], table)[0],
                "wanted": _wanted(key in asked.accepted and key not in given, language),
            }
            for key, finding in questions.items()
        ],
    }


def _reasons(accepted: Mapping[str, str]) -> dict[str, Accepted]:
    """Return the answers that have a reason."""
    found = {}
    for key, reason in accepted.items():
        with suppress(ValidationError):
            found[key] = Accepted.model_validate({"id": key, "reason": reason})
    return found


def _wanted(unreasoned: bool, language: Language) -> Sequence[str]:
    return [LABELS.say("beside_no_reason", language)] if unreasoned else []
