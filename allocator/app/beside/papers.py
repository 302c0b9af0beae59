"""Papers of a plan beside its table: a letter to each city, the slides; of the plan shown, or of a kept round."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from flask import Response, jsonify
from pydantic import Field, model_validator

from allocator.app.beside.shown import cannot, download, packed
from allocator.app.desk import Desk
from allocator.app.questions import Shown
from allocator.app.rounds.opening import changed_inputs
from allocator.app.state import Settings
from allocator.letters import write_letters
from allocator.negotiating.rounds import check_scenario, read_round, round_folder
from allocator.output.folder import MARKER, PROOF
from allocator.output.own_files import SWEEP, SealedPlan, open_plan, open_sweep
from allocator.planning.plan import Plan
from allocator.slides import write_slides
from reports.planning.sentences import verdict_statement
from scenarios.errors import InputError
from scenarios.wording import Language, speaking_on_page

Made = TypeVar("Made")
_LACKING = "X-Without-Sweep"
"""Header of slides that lack what a sweep would show; the page says it in words."""

Work = Callable[[SealedPlan, Sequence[str]], Made]
"""From a sealed plan, and the names of input files that are not what they were, to what is made of them."""


@dataclass(frozen=True)
class Written:
    """The files of a paper, and whether it lacks what a sweep would show."""

    files: dict[str, bytes]
    lacking: bool


class Papers(Shown):
    """Which paper is wanted of which plan, and in which language; see `Publishing`."""

    round: Annotated[int, Field(ge=1)] | None = None
    paper: Literal["letters", "letter_files", "slides"]
    language: Language

    @model_validator(mode="after")
    def _of_one_plan(self) -> Papers:
        if self.settings is None and self.round is None:
            raise ValueError("no plan")
        return self


def papers(desk: Desk, language: Language, asked: Papers) -> Response:
    """Return all letters in one file, each in a file of its own as an archive, or the slides."""
    try:
        made = of_sealed(desk, asked.settings, asked.round, lambda plan, _changed: _written(desk, plan, asked))
    except Exception as error:  # whatever it is, the page says it in words
        return jsonify(cannot(error, language))
    if isinstance(made, SealedPlan):
        return jsonify(ok=False, trouble=[verdict_statement(made.record.province, language)])
    if len(made.files) == 1:
        reply = download(*next(iter(made.files.items())))
        if made.lacking:
            reply.headers[_LACKING] = "1"
        return reply
    return download(f"{desk.scenario.file.name}-letters.zip", packed(made.files))


def of_sealed(desk: Desk, settings: Settings | None, number: int | None, work: Work[Made]) -> Made:
    """Return what some work makes of a kept round, or of the plan under some settings by way of its plan.json.

    Raises InputError: the round or the settings cannot be used.
    """
    if number is not None:
        kept = read_round(round_folder(desk.rounds, number))
        check_scenario(desk.scenario, kept)
        return work(open_plan(kept.folder), changed_inputs(desk, kept))
    assert settings is not None
    return desk.of_plan(settings, lambda plan: _of_plan(plan, work))


def _of_plan(plan: Plan, work: Work[Made]) -> Made:
    """Return what comes of a plan by way of its plan.json, as the commands take it."""
    with tempfile.TemporaryDirectory(prefix="allocator-") as folder:
        path = Path(folder) / MARKER
        sealed = plan.record.sealed()
        assert sealed.own_seal is not None
        path.write_text(sealed.as_json(), "utf-8", newline="\n")
        path.with_name(PROOF).write_text(plan.proof.record(sealed.own_seal.whole).to_json(), "utf-8", newline="\n")
        return work(open_plan(path), ())


def _sweep(desk: Desk, plan: SealedPlan) -> Path | None:
    """Return the sweep of the page about other weights, where it is of this plan."""
    file = desk.rounds.with_name("sweep") / Path(SWEEP).name
    with suppress(InputError):
        open_sweep(file, plan.record)
        return file
    return None


@speaking_on_page(page=False)
def _written(desk: Desk, plan: SealedPlan, asked: Papers) -> Written | SealedPlan:
    """Return a paper as the commands write them, or the plan where it does not back the province."""
    if not plan.passed:
        return plan
    with tempfile.TemporaryDirectory(prefix="allocator-") as folder:
        out = Path(folder) / "papers"
        if asked.paper == "slides":
            slides = write_slides(plan, asked.language, out, None, _sweep(desk, plan))
            names, lacking = [*slides.files], not slides.sweep
        else:
            made = write_letters(plan, asked.language, out, pdf=False)
            names, lacking = [made.merged] if asked.paper == "letters" else [*made.files], False
        return Written({name: (out / name).read_bytes() for name in names}, lacking)
