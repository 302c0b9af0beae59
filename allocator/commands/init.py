"""The command `init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.commands.errors import Errors
from allocator.commands.options import DebugOption, JsonOption, Lang, LangOption
from allocator.commands.printing import print_result


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="新建的文件夹 / folder to make")],
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """新建方案：待填的 scenario.yaml 和 regions.xlsx / a scenario to fill in."""
    with Errors(lang, as_json, debug) as language:
        from allocator.starting import init as start

        print_result(start(folder, language), as_json, language)
