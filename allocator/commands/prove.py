"""The command `prove`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.commands.errors import errors_in_words
from allocator.commands.options import DebugOption, JsonOption, LangOption, argument, option
from allocator.commands.printing import print_result
from allocator.exit_codes import NOT_BACKED


def prove(
    plan: Annotated[str, argument("PLAN", "方案输出文件夹或 plan.json / plan folder or plan.json")],
    checker: Annotated[
        Path | None,
        option(
            "--checker",
            "把验证程序复制到此文件夹，供查阅和单独运行 / copy the checkers there, to read and run alone",
            "DIR",
        ),
    ] = None,
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """用独立的小程序逐项验证方案的证明 / check a plan's proof with a program that stands alone."""
    with errors_in_words(lang, as_json, debug):
        from allocator.proving import prove as run_checkers

        found = run_checkers(plan, lang, checker)
        print_result(found, as_json, lang)
        if not found.proved:
            raise typer.Exit(NOT_BACKED)
