"""What happens on the page: the questions it asks and what each answer changes."""

from __future__ import annotations

from typing import Any

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, callback_context, dcc, html, no_update
from dash.development.base_component import Component

from allocator.app import view
from allocator.app.desk import Desk, sentences
from allocator.app.state import Settings
from allocator.moves import Negotiation
from allocator.publish import WORKBOOK
from reports.labels import LABELS
from scenarios.wording import Language

_OUTPUTS = (
    Output("verdict", "children"),
    Output("sums", "children"),
    Output("sides", "children"),
    Output("table", "children"),
    Output("chart", "figure"),
    Output("fixed", "children"),
    Output("trouble", "children"),
    Output("verdict", "className"),
    Output("answer", "className"),
    Output("answered", "data"),
)


def register(app: Dash, desk: Desk, language: Language) -> None:
    """Give a page its callbacks: those of the browser first, then those that need the program."""
    _in_browser(app)

    def answer(wanted: Any, kept: Any) -> tuple[Any, ...]:  # noqa: ANN401  (whatever a browser sends)
        return _answer(desk, language, wanted, kept)

    def keep(_save: Any, _download: Any, answered: Any) -> tuple[Any, Any]:  # noqa: ANN401
        return _keep(desk, language, callback_context.triggered_id, answered)

    app.callback(*_OUTPUTS, Input("wanted", "data"), Input("kept", "data"), prevent_initial_call=True)(answer)
    app.callback(
        Output("file", "data"), Output("saved", "children"),
        Input("save", "n_clicks"), Input("download", "n_clicks"), State("answered", "data"),
        prevent_initial_call=True,
    )(keep)  # fmt: skip


def _answer(desk: Desk, language: Language, wanted: Any, kept: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """Return the values of `_OUTPUTS`; when there is no answer, what stands stays and is greyed."""
    settings = None
    try:
        settings = Settings.model_validate(wanted["settings"]).balanced(desk.own, str(wanted["moved"]))
        a = None if kept is None else view.Kept.model_validate(kept)
        made = desk.answer(settings)
        now = view.kept(made, settings, desk.own, language)
        data = {"settings": settings.model_dump(mode="json"), "ok": True, "kept": now.model_dump()}
        return (
            view.verdict(made.plan.record, language), view.sums(made, language), view.sides(now, a, language),
            view.table(made, desk.record, a, language), view.figure(made.plan.record, a, language),
            _fixed(made, settings, language), [], "", "", data,
        )  # fmt: skip
    except Exception as error:  # whatever it is, the page says it in words
        said = [html.P(line) for line in sentences(error, language)]
        said.append(html.P(LABELS.say("app_stale", language), className="hint"))
        data = {"settings": settings and settings.model_dump(mode="json"), "ok": False}
        return *(no_update,) * 5, _fixed(None, settings, language, desk), said, "stale", "stale", data


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
        return no_update, [html.P(line) for line in sentences(error, language)]


def _fixed(
    made: Negotiation | None, settings: Settings | None, language: Language, desk: Desk | None = None
) -> list[Component] | Any:  # noqa: ANN401
    """Return a button that releases it for each fixed region."""
    if settings is None:
        return no_update
    names: dict[str, str] = {}
    if made is not None:
        names = {region.id: region.label(language) for region in made.plan.record.regions}
    elif desk is not None:
        regions = desk.scenario.regions
        names = dict(zip(regions.ids, regions.labels(language), strict=True))
    return [
        html.Button(
            LABELS.say("app_release", language, name=names.get(key, key), rate=f"{rate.normalize():f}"),
            id={"type": "release", "region": key}, className="release",
        )
        for key, rate in settings.fixes.items()
    ]  # fmt: skip


def _in_browser(app: Dash) -> None:
    """Register what the browser does alone, see assets/app.js."""
    sliders = {"type": "slider", "name": ALL}
    weights = {"type": "weight", "criterion": ALL}
    within = {"type": "within", "criterion": ALL, "indicator": ALL}

    def run(name: str, *parts: Input | Output | State, first: bool = False) -> None:
        app.clientside_callback(ClientsideFunction("allocator", name), *parts, prevent_initial_call=not first)

    run(
        "collect", *(Input(each, "value") for each in (sliders, weights, within)),
        Input("rules", "value"), Input("fixes", "data"), State("own", "data"), first=True,
    )  # fmt: skip
    run("arrived", Input("answered", "data"))
    for each in (sliders, weights, within):
        matched = {key: MATCH if part is ALL else part for key, part in each.items()}
        shown = {**matched, "type": f"{each['type']}-reading"}
        run("show", Output(shown, "children"), Input(matched, "value"))
    run("fix", Output("fixes", "data"), Input("fix", "n_clicks"), State("rate", "value"), State("fixes", "data"))
    run(
        "release", Output("fixes", "data", allow_duplicate=True),
        Input({"type": "release", "region": ALL}, "n_clicks"), State("fixes", "data"),
    )  # fmt: skip
    run("keep", Output("kept", "data"), Input("keep", "n_clicks"), Input("drop", "n_clicks"), State("answered", "data"))
    run("reset", Input("reset", "n_clicks"), State("own", "data"))
