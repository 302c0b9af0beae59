"""What happens on the page apart from the answers: controls that move each other, saving, downloading."""

from __future__ import annotations

from typing import Any

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, callback_context, dcc, html, no_update

from allocator.app.desk import Desk
from allocator.app.state import Settings
from allocator.errors import exit_and_sentences
from allocator.planning.files import WORKBOOK
from reports.words import LABELS
from scenarios.wording import Language


def register(app: Dash, desk: Desk, language: Language) -> None:
    """Give a page its callbacks: those of the browser first, then those that need the program."""
    _in_browser(app)

    def keep(_save: Any, _download: Any, answered: Any) -> tuple[Any, Any]:  # noqa: ANN401
        return _keep(desk, language, callback_context.triggered_id, answered)

    app.callback(
        Output("file", "data"), Output("saved", "children"),
        Input("save", "n_clicks"), Input("download", "n_clicks"), State("answered", "data"),
        prevent_initial_call=True,
    )(keep)  # fmt: skip


def _keep(desk: Desk, language: Language, button: object, answered: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Save the shown answer as a round, or send its workbook; return the file and what to say."""
    try:
        if not answered or not answered["ok"]:
            return no_update, LABELS.say("app_stale", language)
        settings = Settings.model_validate(answered["settings"])
        if button == "save":
            return no_update, LABELS.say("app_saved", language, folder=desk.save(settings, language))
        return dcc.send_bytes(desk.workbook(settings, language), WORKBOOK), ""
    except Exception as error:
        return no_update, [html.P(line) for line in exit_and_sentences(error, language)[1]]


def _in_browser(app: Dash) -> None:
    """Register what the browser does alone, see assets/app.js."""
    sliders = {"type": "slider", "name": ALL}
    weights = {"type": "weight", "criterion": ALL}
    within = {"type": "within", "criterion": ALL, "indicator": ALL}

    def run(name: str, *parts: Input | Output | State, first: bool = False) -> None:
        app.clientside_callback(ClientsideFunction("allocator", name), *parts, prevent_initial_call=not first)

    run(
        "collect", *(Input(each, "value") for each in (sliders, weights, within)),
        Input("rules", "value"), Input("fixes", "data"), Input("kept", "data"), State("own", "data"), first=True,
    )  # fmt: skip
    for each in (sliders, weights, within):
        matched = {key: MATCH if part is ALL else part for key, part in each.items()}
        shown = {**matched, "type": f"{each['type']}-reading"}
        run("show", Output(shown, "children"), Input(matched, "value"))
    run("fix", Output("fixes", "data"), Input("fix", "n_clicks"), State("rate", "value"), State("fixes", "data"))
    run("keep", Output("kept", "data"), Input("keep", "n_clicks"), Input("drop", "n_clicks"), State("answered", "data"))
    run("reset", Input("reset", "n_clicks"), State("own", "data"))
