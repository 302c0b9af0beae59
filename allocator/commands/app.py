"""The command `app`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from allocator.commands.errors import Errors
from allocator.commands.options import DebugOption, Lang, LangOption, ScenarioArgument, SetOption
from reports.words import LABELS
from scenarios.errors import InputError


def page(
    scenario: ScenarioArgument = "guangxi-13fyp",
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help="端口，被占用则取下一个 / port, or the next free one")
    ] = 8050,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="是否打开浏览器 / whether to open the browser")
    ] = True,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="各轮的文件夹，默认 out/名称/rounds / rounds, default out/NAME/rounds"
        ),
    ] = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    debug: DebugOption = False,
) -> None:
    """打开网页：拖动滑块，表、图和结论随之更新 / the web page: move a slider, see the verified answer."""
    with Errors(lang, False, debug) as language:
        from importlib.util import find_spec

        if find_spec("dash") is None:
            from scenarios.errors import Place

            raise InputError.of("app_needed", Place(key="allocator app"))
        from allocator.app.desk import Desk
        from allocator.app.server import open_port, serve, web

        desk = Desk.open(scenario, settings, out)
        with open_port(port) as bound, serve(web(desk, language), bound) as server:
            if server.port != port:
                print(LABELS.say("app_port_taken", language, taken=port, port=server.port), file=sys.stderr)
            url = f"http://127.0.0.1:{server.port}/"
            print(LABELS.say("app_open", language, url=url), flush=True)
            if browser:
                import webbrowser

                webbrowser.open(url)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                print(LABELS.say("app_stopped", language), file=sys.stderr)
