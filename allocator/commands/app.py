"""The command `app`."""

from __future__ import annotations

import gc
import sys
from importlib.util import find_spec
from typing import Annotated

import typer

from allocator.commands.errors import errors_in_words, refused
from allocator.commands.options import DebugOption, LangOption, RoundsOption, ScenarioArgument, SetOption, option
from allocator.commands.printing import said


def page(
    scenario: ScenarioArgument = "guangxi-13fyp",
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help="端口，被占用则取下一个 / port, or the next free one")
    ] = 8050,
    browser: Annotated[bool, option("--browser/--no-browser", "是否打开浏览器 / whether to open the browser")] = True,
    out: RoundsOption = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    debug: DebugOption = False,
) -> None:
    """打开网页：拖动滑块，表、图和结论随之更新 / the web page: move a slider, see the verified answer."""
    with errors_in_words(lang, False, debug):
        if find_spec("flask") is None:
            raise refused("app_needed", "allocator app")
        import webbrowser

        from allocator.app.desk import Desk
        from allocator.app.server import open_port, serve, web

        desk = Desk.open(scenario, settings, out)
        gc.freeze()  # what is loaded stays; what visitors leave behind is collected
        gc.enable()
        with open_port(port) as bound, serve(web(desk, lang), bound) as server:
            if server.port != port:
                print(said("app_port_taken", lang, taken=port, port=server.port), file=sys.stderr)
            url = f"http://127.0.0.1:{server.port}/"
            print(said("app_open", lang, url=url), flush=True)
            if browser:
                webbrowser.open(url)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                print(said("app_stopped", lang), file=sys.stderr)
