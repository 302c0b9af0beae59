"""The command `app`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allocator.commands.errors import errors_in_words, refused
from allocator.commands.options import DebugOption, LangOption, RoundsOption, SetOption, argument, option
from allocator.commands.printing import said

if TYPE_CHECKING:
    from flask import Flask

    from scenarios.wording import Language


def page(
    scenario: Annotated[
        str | None,
        argument(
            "[SCENARIO]", "内置案例名、方案文件或文件夹；不写则打开开始页 / scenario; without one, the start page"
        ),
    ] = None,
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help="端口，被占用则取下一个 / port, or the next free one")
    ] = 8050,
    browser: Annotated[bool, option("--browser/--no-browser", "是否打开浏览器 / whether to open the browser")] = True,
    folder: Annotated[
        Path | None,
        option("--folder", "开始页存放方案的文件夹 / folder of the start page; by default in your documents", "DIR"),
    ] = None,
    out: RoundsOption = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    debug: DebugOption = False,
) -> None:
    """打开网页：拖动滑块，表、图和结论随之更新 / the web page: move a slider, see the verified answer."""
    with errors_in_words(lang, False, debug):
        if find_spec("flask") is None:
            raise refused("app_needed", "allocator app")
        if scenario is None and settings:
            raise refused("app_set_of", "--set")
        if scenario is not None and folder is not None:
            raise refused("app_folder_of", "--folder")
        import webbrowser

        from allocator.app.server import open_port, serve

        application = _application(scenario, settings, folder, out, lang)
        gc.freeze()  # what is loaded stays; what visitors leave behind is collected
        gc.enable()
        with open_port(port) as bound, serve(application, bound) as server:
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


def _application(
    scenario: str | None, settings: Sequence[str], folder: Path | None, out: Path | None, language: Language
) -> Flask:
    """Return the page of a scenario, or the start page where none is named.

    One that is there and cannot be opened has a page that says why, beside that of its data, where it can be mended.
    Raises InputError: there is none; settings that it does not take.
    """
    if scenario is None:
        from allocator.app.own.folder import judged, memory, remembered
        from allocator.app.server import start
        from allocator.app.shelf import Shelf

        own = remembered(memory()) if folder is None else judged(str(folder.absolute()))
        return start(Shelf(own, out, memory()), language)
    from allocator.app.desk import Desk
    from allocator.app.server import mending, web
    from allocator.errors import exit_and_sentences
    from scenarios.errors import InputError
    from scenarios.load import find_scenario

    find_scenario(scenario)  # what is not there at all cannot be mended
    try:
        return web(Desk.open(scenario, settings, out), language)
    except InputError as error:
        if _sound(scenario):
            raise  # what is wrong is not in its files: settings of the command line, a target that has no page
        print("\n".join(exit_and_sentences(error, language)[1]), file=sys.stderr)
        return mending(scenario, lambda: Desk.open(scenario, settings, out), language)


def _sound(scenario: str) -> bool:
    """Return whether the files of a scenario can be read."""
    from scenarios.errors import InputError
    from scenarios.load import load_scenario

    try:
        load_scenario(scenario)
    except InputError:
        return False
    return True
