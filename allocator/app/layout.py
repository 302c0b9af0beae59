"""The page before any answer: every control with its label, and the places where the answer will stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from allocator.app.desk import Desk
from allocator.planning.indicators import indicator_table
from reports.planning.understood import understood_table
from reports.printing.looks import CONFIG, template
from reports.words import LABELS
from scenarios.file.schema import Criterion
from scenarios.wording import Language

Id = str | dict[str, str]

_HALF, _TENTH, _WEIGHT_STEP = Decimal("0.5"), Decimal("0.1"), Decimal("0.5")


def layout(desk: Desk, language: Language) -> Component:
    """Return the page of a scenario."""
    file = desk.scenario.file
    other = "en" if language == "zh" else "zh"
    return html.Div(
        [
            html.Header(
                [
                    html.H1(file.title.say(language)),
                    html.A(LABELS.say("app_other_language", language), href=f"/{other}/", lang=_tag(other)),
                ]
            ),
            html.Main(
                [
                    html.Section(
                        [
                            html.Div(LABELS.say("app_waiting", language), id="verdict", **_live("status")),
                            html.Div(id="trouble", **_live("alert")),
                            html.P(LABELS.say("app_lost", language), id="lost"),
                        ],
                        id="top",
                    ),
                    html.Section(_controls(desk, language), id="controls", **_named("app_controls", language)),
                    html.Section(
                        [*_answer(language), _read(desk, language)], id="answer", **_named("app_answer", language)
                    ),
                ]
            ),
            dcc.Store(id="own", data=_own(desk)),
            dcc.Store(id="answered"),
            dcc.Store(id="fixes", data={}),
            dcc.Store(id="kept"),
        ]
    )


def _own(desk: Desk) -> dict[str, Any]:
    """Return the scenario's own settings and its rules, as the browser needs them."""
    rules = [rule.id for rule in desk.scenario.file.rules]
    return {"settings": desk.own.model_dump(mode="json"), "rules": rules}


def _controls(desk: Desk, language: Language) -> list[Component]:
    """Return the controls, in the order in which they are usually moved."""
    return [
        _weights(desk, language),
        _targets(desk, language),
        _rules(desk, language),
        _fixing(desk, language),
        _keeping(language),
    ]


def _answer(language: Language) -> list[Component]:
    """Return where sums, comparison, table and chart will stand."""
    empty = {"data": [], "layout": {"template": template()}}
    drawn = dcc.Graph(id="chart", figure=empty, config=CONFIG, style={"height": "420px"})
    return [
        html.P(id="sums", **_live("status")),
        html.Div(id="sides"),
        html.Div(
            id="table", tabIndex="0", role="region", **{"aria-label": LABELS.say("app_scroll", language)}
        ),
        html.Figure(
            [
                html.Div(drawn, role="img", **{"aria-label": LABELS.say("figure_rates_alt", language)}),
                html.Figcaption(LABELS.say("figure_rates", language)),
            ]
        ),
    ]  # fmt: skip


def _read(desk: Desk, language: Language) -> Component:
    """Return the folded table of the scenario's figures as they were understood."""
    table = understood_table(desk.scenario, desk.scenario.notices, language)
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in table.heads(language)]))
    rows = [html.Tr([html.Th(row[0], scope="row"), *map(html.Td, row[1:])]) for row in table.rows]
    scroll = html.Div(
        html.Table([head, html.Tbody(rows)]), tabIndex="0", role="region", className="scroll",
        **_named("app_read", language),
    )  # fmt: skip
    return html.Details([html.Summary(LABELS.say("app_read", language)), scroll], id="read")


def _weights(desk: Desk, language: Language) -> Component:
    """Return the sliders of criterion weights and, folded away, of indicator weights."""
    file, own = desk.scenario.file, desk.own
    sliders = [
        _weight({"type": "weight", "criterion": key}, _criterion(key, settings, language), own.weights[key])
        for key, settings in file.criteria.items()
    ]
    several = ((key, settings) for key, settings in file.criteria.items() if len(settings.indicators) > 1)
    folded = [_within(desk, key, settings, language) for key, settings in several]
    return _group("app_weights", [*sliders, *folded], language)


def _within(desk: Desk, key: str, settings: Criterion, language: Language) -> Component:
    """Return the folded sliders of the indicators of one criterion."""
    table = indicator_table(desk.scenario)
    sliders = []
    for n in table.columns_of(key):
        name = table.keys[n][1]
        label = settings.indicators[name].label
        text = label.say(language) if label else name
        if table.constant[n]:
            text = LABELS.say("app_constant", language, indicator=text)
        target = {"type": "within", "criterion": key, "indicator": name}
        sliders.append(_weight(target, text, desk.own.within[key][name], bool(table.constant[n])))
    title = LABELS.say("app_within", language, criterion=_criterion(key, settings, language))
    return html.Details([html.Summary(title), *sliders])


def _targets(desk: Desk, language: Language) -> Component:
    """Return the sliders of target, spread and bounds."""
    own = desk.own
    grid = desk.scenario.file.publish.grid * 100
    spread = own.spread if own.spread is not None else Decimal(0)
    regions, bounds = desk.scenario.regions, desk.scenario.file.bounds
    pairs = zip(regions.lower, regions.upper, strict=True)
    others = sum((low, high) != (bounds.lower, bounds.upper) for low, high in pairs)

    def slider(name: str, label: str, value: Decimal, ends: tuple[int, int], step: Decimal, **more: Any) -> Component:  # noqa: ANN401
        low, high = _ends(value, Decimal(ends[0]), Decimal(ends[1]), step)
        return _slider(name, LABELS.say(label, language), value, low, high, step, **more)

    made = [
        slider("target", "app_target", own.target, (max(1, int(own.target) - 10), int(own.target) + 10), _TENTH),
        slider("spread", "app_spread", spread, (0, 40), _HALF, disabled=own.spread is None),
    ]
    if own.spread is None:
        made.append(html.P(LABELS.say("app_no_spread", language), className="hint"))
    made += [slider("lower", "lower", own.lower, (0, 50), grid), slider("upper", "upper", own.upper, (0, 60), grid)]
    if others:
        made.append(html.P(LABELS.say("app_own_bounds", language, count=others), className="hint"))
    return _group("app_targets", made, language)


def _rules(desk: Desk, language: Language) -> Component:
    """Return a box to tick for each rule."""
    rules = desk.scenario.file.rules
    options = [
        {"label": LABELS.say("app_rule", language, rule=rule.id, reason=rule.reason.say(language)), "value": rule.id}
        for rule in rules
    ]
    boxes = dcc.Checklist(id="rules", options=options, value=[rule.id for rule in rules])
    hint = [] if rules else [html.P(LABELS.say("app_no_rules", language), className="hint")]
    return _group("app_rules", [boxes, *hint], language)


def _fixing(desk: Desk, language: Language) -> Component:
    """Return what gives one region a rate, and the list of those that have one."""
    regions = desk.scenario.regions
    names = zip(regions.ids, regions.labels(language), strict=True)
    options = [html.Option(name, value=key) for key, name in names]
    # the browser's own list: assets/app.js reads it
    chosen = html.Select([html.Option(LABELS.say("app_choose", language), value=""), *options], id="city")
    step = float(desk.scenario.file.publish.grid * 100)
    rate = dcc.Input(id="rate", type="number", min=-99, max=99, step=step, debounce=False)
    return _group(
        "app_fixing",
        [
            html.Div([html.Label(LABELS.say("app_region", language), htmlFor="city"), chosen]),
            html.Div([html.Label(LABELS.say("app_rate", language), htmlFor="rate"), rate]),
            html.Button(LABELS.say("app_fix", language), id="fix"),
            html.Div(id="fix-said", **_live("alert")),
            html.Div(id="fixed"),
        ],
        language,
    )


def _keeping(language: Language) -> Component:
    """Return the buttons that keep, save and download."""
    names = ("keep", "drop", "save", "download", "reset")
    buttons = [html.Button(LABELS.say(f"app_{name}", language), id=name) for name in names]
    said = html.Div(id="saved", **_live("status"))
    return _group("app_keeping", [html.Div(buttons, className="buttons"), said], language)


def _weight(target: dict[str, str], label: str, share: Decimal, disabled: bool = False) -> Component:
    return _slider(target, label, share, Decimal(0), Decimal(100), _WEIGHT_STEP, disabled=disabled)


def _slider(
    target: Id, label: str, value: Decimal, low: Decimal, high: Decimal, step: Decimal, disabled: bool = False
) -> Component:
    """Return a slider of the browser's own kind under its label, with its value beside it."""
    name = target if isinstance(target, str) else "-".join(target.values())
    identifier = {"type": "slider", "name": name} if isinstance(target, str) else target
    control = dcc.Input(
        id=identifier, type="range", value=float(value), min=float(low), max=float(high), step=float(step),
        disabled=disabled, debounce=False,
    )  # fmt: skip
    shown = html.Span(f"{value.normalize():f}", id=_reading(identifier), className="reading")
    return html.Div([html.Label(label, htmlFor=dom_id(identifier)), shown, control], className="slider")


def _reading(target: Mapping[str, str]) -> dict[str, str]:
    """Return the id of what shows a slider's value."""
    return {**target, "type": f"{target['type']}-reading"}


def dom_id(target: Mapping[str, str]) -> str:
    """Return the id of an element as Dash writes it into the page."""
    pairs = (f'"{key}":"{target[key]}"' for key in sorted(target))
    return "{" + ",".join(pairs) + "}"


def _group(code: str, children: Iterable[Component], language: Language) -> Component:
    return html.Fieldset([html.Legend(LABELS.say(code, language)), *children])


def _ends(value: Decimal, low: Decimal, high: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    """Return ends of a slider that hold `value` and lie whole steps from it."""
    low, high = min(low, value), max(high, value)
    return value - step * int((value - low) / step), value + step * int((high - value) / step)


def _criterion(key: str, settings: Criterion, language: Language) -> str:
    return settings.label.say(language) if settings.label else key


def _named(code: str, language: Language) -> dict[str, Any]:
    return {"aria-label": LABELS.say(code, language)}


def _live(role: str) -> dict[str, Any]:
    return {"role": role, "aria-live": "assertive" if role == "alert" else "polite"}


def _tag(language: str) -> str:
    return "zh-CN" if language == "zh" else "en"
