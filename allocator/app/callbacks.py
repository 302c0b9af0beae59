"""What the browser does alone when a control is moved or a button pressed, see assets/app.js."""

from __future__ import annotations

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State


def register(app: Dash) -> None:
    """Give a page its callbacks; none of them runs in the program."""
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
    run("fix", Input("fix", "n_clicks"))
    run("save", Input("save", "n_clicks"), State("answered", "data"))
    run("download", Input("download", "n_clicks"), State("answered", "data"))
    run("keep", Output("kept", "data"), Input("keep", "n_clicks"), Input("drop", "n_clicks"), State("answered", "data"))
    run("reset", Input("reset", "n_clicks"), State("own", "data"))
