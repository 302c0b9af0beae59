"""The page that publishes: the official table of the plan shown, or of a kept round, verified as by `publish`."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from flask import Response, jsonify
from pydantic import Field, model_validator

from allocator.app.beside.papers import Papers, of_sealed, papers
from allocator.app.beside.shown import Questions, cannot, common, download, kept_choices, packed
from allocator.app.desk import Desk
from allocator.app.questions import Shown
from allocator.app.rounds.opening import inputs_since
from allocator.app.targets import backed
from allocator.errors import WriteCheckFailed
from allocator.negotiating.listing import asked_in, when_kept, who_kept
from allocator.negotiating.rounds import check_scenario, read_round, round_folder
from allocator.output.folder import MARKER
from allocator.output.own_files import SealedPlan, open_plan
from allocator.publishing import Asked, publish
from reports.planning.sentences import verdict_statement
from reports.publishing.circular import circular_columns
from reports.publishing.columns import free_columns
from reports.publishing.formats import FORMATS
from reports.words import LABELS
from scenarios.wording import Language, clauses, speaking_on_page

_Format = Literal["csv", "xlsx", "docx", "html", "md", "tex"]


class Publishing(Shown):
    """Which plan is published, how, and in which language; `round` is the number of a kept one, None the plan shown.

    `columns`: codes of `free_columns`; None for those of the profile. `profile`: both is the circular with its
    verification note.
    """

    round: Annotated[int, Field(ge=1)] | None = None
    formats: Annotated[tuple[_Format, ...], Field(max_length=len(FORMATS))]
    columns: Annotated[tuple[str, ...], Field(max_length=50)] | None = None
    profile: Literal["both", "circular", "full"] = "full"
    language: Language

    @model_validator(mode="after")
    def _of_one_plan(self) -> Publishing:
        if self.settings is None and self.round is None:
            raise ValueError("no plan")
        return self


class OfRound(Shown):
    """The number of a kept round that is to be published."""

    settings: None = None
    round: Annotated[int, Field(ge=1)]


def values(desk: Desk, language: Language) -> Mapping[str, Any]:
    """Return what the page is filled with."""
    columns = {} if desk.record is None else free_columns(desk.record, language)
    return {
        **common(desk, language),
        "formats": {name: LABELS.say(f"beside_format_{name}", language) for name in FORMATS},
        "columns": columns,
        "circular": circular_columns(None),
        **_chosen(desk, columns),
        "profiles": {name: LABELS.say(f"beside_profile_{name}", language) for name in ("both", "circular", "full")},
        "rounds": kept_choices(desk, language),
    }


def chosen(desk: Desk, language: Language, asked: OfRound) -> Response:
    """Return how a kept round stands, as `standing` does of the plan; ``since``: that files have changed since."""
    try:
        kept = read_round(round_folder(desk.rounds, asked.round))
        check_scenario(desk.scenario, kept)
    except Exception as error:  # whatever it is, the page says it in words
        return jsonify(cannot(error, language))
    said = [when_kept(kept), who_kept(kept, language), *asked_in(kept, desk.scenario.names, language)]
    return jsonify(
        ok=True, verdict=verdict_statement(kept.plan.province, language), backed=backed(kept.plan),
        changes=clauses(said, language), since=list(inputs_since(desk, kept, language)),
    )  # fmt: skip


def _chosen(desk: Desk, columns: Collection[str]) -> dict[str, Any]:
    """Return profile and columns that are ticked when the page opens: as the scenario says, else the circular's."""
    said = desk.scenario.file.publish
    asked = circular_columns(None) if said.profile != "full" else columns
    return {"profile": said.profile or "circular", "chosen": asked if said.columns is None else said.columns}


def files(desk: Desk, language: Language, asked: Publishing) -> Response:
    """Return the table in the formats asked for: one file as it is, several as an archive with what they came from."""
    if not asked.formats:
        return jsonify(ok=False, trouble=[LABELS.say("beside_no_format", language)])
    try:
        made = _made(desk, asked)
    except Exception as error:  # whatever it is, the page says it in words
        return jsonify(cannot(error, language))
    if isinstance(made, SealedPlan):
        return jsonify(ok=False, trouble=[verdict_statement(made.record.province, language)])
    tables = [name for name in made if name.rpartition(".")[2] in FORMATS]
    if len(tables) == 1:
        return download(tables[0], made[tables[0]])
    return download(f"{desk.scenario.file.name}-published.zip", packed(made))


def _made(desk: Desk, asked: Publishing) -> dict[str, bytes] | SealedPlan:
    """Return the published files, or the plan where it does not back the province."""
    return of_sealed(desk, asked.settings, asked.round, lambda plan, changed: _published(plan, asked, changed))


@speaking_on_page(page=False)
def _published(plan: SealedPlan, asked: Publishing, changed: Collection[str]) -> dict[str, bytes] | SealedPlan:
    """Return the files that `publish` writes, with the plan.json that they name.

    `changed`: input files that are not what they were.
    """
    if not plan.passed:
        return plan
    with tempfile.TemporaryDirectory(prefix="allocator-") as folder:
        out = Path(folder) / "published"
        profile = None if asked.profile == "both" else asked.profile
        publish(plan, asked.formats, asked.language, out, Asked(profile, asked.columns, changed=changed))
        (out / MARKER).write_text(plan.record.to_json(), "utf-8", newline="\n")
        if open_plan(out / MARKER).digest != plan.digest:
            raise WriteCheckFailed(MARKER)
        return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


QUESTIONS: Questions = {"files": (Publishing, files), "round": (OfRound, chosen), "papers": (Papers, papers)}
