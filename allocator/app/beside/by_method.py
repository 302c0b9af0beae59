"""The page about other methods: the plan's target split by each, rates and figures side by side."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

from flask import Response, jsonify
from pydantic import Field

from allocator.app.beside.shown import Questions, cannot, common, download, packed
from allocator.app.desk import Desk
from allocator.app.questions import OfPlan
from allocator.app.view import grid
from allocator.by_method.files import write_methods
from allocator.by_method.methods import methods
from allocator.by_method.taking import rates_of, reason, refuse_another, taken
from allocator.negotiating.remarks import Remark, login_name
from reports.by_method.page import formulas, lines, meanings, rate_cells
from reports.by_method.picture import picture
from reports.by_method.record import MethodsRecord
from reports.by_method.sentences import called, general, headline, lead, remarked
from reports.by_method.tables import had, mark
from reports.printing.table import Column, Table
from reports.words import LABELS
from reports.words.pages.methods import WORDS
from scenarios.wording import Language, speaking_on_page

_COLUMNS = ("unbounded_range", "at_bounds", "implied", "follow", "moved")
"""What stands beside the figures of a line."""


class Taking(OfPlan):
    """A method that is to be kept as a round, and by whom."""

    method: Annotated[str, Field(max_length=100)]
    who: Annotated[str, Field(max_length=1000)] = ""


def values(desk: Desk, language: Language) -> Mapping[str, Any]:
    """Return what the page is filled with."""
    return {**common(desk, language), "method_word": lambda code: WORDS.say(code, language), "who": login_name()}


def result(desk: Desk, language: Language, asked: OfPlan) -> Response:
    """Return the plan's target by every method: sentences, picture, tables; or why that cannot be."""
    try:
        record = _record(desk, asked)
    except Exception as error:  # whatever it is, the page says it in words
        return jsonify(cannot(error, language))
    return jsonify(ok=True, **_shown(record, language))


@speaking_on_page(page=False)
def files(desk: Desk, language: Language, asked: OfPlan) -> Response:
    """Return the files of `allocator methods` as an archive, in the language of the page."""
    try:
        record = _record(desk, asked)
    except Exception as error:  # whatever it is, the page says it in words
        return jsonify(cannot(error, language))
    with tempfile.TemporaryDirectory(prefix="allocator-") as folder:
        write_methods(record, Path(folder), language)
        made = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir()) if path.is_file()}
    return download(f"{desk.scenario.file.name}-methods.zip", packed(made))


def taken_over(desk: Desk, language: Language, asked: Taking) -> Response:
    """Keep a method's rates as the next round, and say so; or why that cannot be."""
    try:
        record = _record(desk, asked)
        line = taken(record, asked.method)
        rates = rates_of(record, line)
        given = {"fixes": {key: rate * 100 for key, rate in rates.items()}, "exceed": "allow"}
        settings = asked.settings.model_copy(update=given)
        made = desk.of_plan(settings, lambda plan: plan.published)
        refuse_another(made == tuple(rates.values()), asked.method)
        folder = desk.save(settings, language, Remark.of(asked.who, reason(record, line, language)))
    except Exception as error:  # whatever it is, the page says it in words
        return jsonify(cannot(error, language))
    return jsonify(ok=True, said=[LABELS.say("app_saved", language, folder=folder)])


def _record(desk: Desk, asked: OfPlan) -> MethodsRecord:
    """Return the methods of the plan, computed when it is its turn: no two visitors' solvers at once."""
    return desk.of_plan(asked.settings, lambda plan: methods(plan.scenario))


def _shown(record: MethodsRecord, language: Language) -> dict[str, Any]:
    """Return what the page shows."""
    codes, drawn = had(record), picture(record, language)
    return {
        "headline": headline(record, language),
        "lead": lead(record, language),
        "said": [*remarked(record.had, language), *general(record, language)],
        "absent": remarked([one for one in record.methods if one.missing is not None], language),
        "notices": [notice.say(language) for notice in record.notices],
        "picture": None if drawn is None else asdict(drawn),
        "heads": [f"{called(one, language)}{mark(one)}" for one in record.had],
        "rates": [(name, [asdict(cell) for cell in cells]) for name, cells in rate_cells(record, language)],
        "codes": [WORDS.say(code, language) for code in (*codes, *_COLUMNS)],
        "lines": [asdict(line) for line in lines(record, codes, language)],
        "takes": [(one.key, called(one, language)) for one in record.had if one.kept and one.kind == "method"],
        "meanings": grid(_meanings(codes, language), language),
        "formulas": grid(_formulas(record, language), language),
    }


def _meanings(codes: list[str], language: Language) -> Table:
    return _words(("principle", "figure", "meaning"), meanings(codes, language), "meaning_title", language)


def _formulas(record: MethodsRecord, language: Language) -> Table:
    return _words(("method", "formula", "constant"), formulas(record, language), "formulas_title", language)


def _words(heads: tuple[str, ...], rows: list[tuple[str, str, str]], caption: str, language: Language) -> Table:
    """Return a table that holds words."""
    columns = tuple(Column(code, WORDS.say(code, language), kind="text") for code in heads)
    return Table(columns, tuple(rows), caption=WORDS.say(caption, language))


QUESTIONS: Questions = {"result": (OfPlan, result), "files": (OfPlan, files), "round": (Taking, taken_over)}
