"""The command `compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.commands.errors import Errors
from allocator.commands.options import DebugOption, FiguresOption, JsonOption, Lang, LangOption, SetOption
from allocator.commands.printing import load, print_lines, print_result
from reports.words import LABELS
from scenarios.errors import InputError, Place


def compare(
    before: Annotated[str, typer.Argument(metavar="A", help="方案输出、轮次或下降率表 / plan, round or table")],
    after: Annotated[str, typer.Argument(metavar="B", help="与之相比的另一个 / the other one")],
    scenario: Annotated[
        str | None, typer.Option("--scenario", metavar="SCENARIO", help="下降率表所属的方案 / what tables belong to")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="写出表和图的文件夹 / where table and chart go")
    ] = None,
    figures: FiguresOption = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """逐市比较两个方案、轮次或下降率表 / two plans, rounds or tables, city by city."""
    with Errors(lang, as_json, debug) as language:
        from allocator.comparing.compare import compare as hold_against
        from allocator.comparing.compare import write_comparison

        studio = None
        if figures is not None:
            from allocator.output.pictures import draw_comparison, open_studio

            if out is None:
                raise InputError.of("figures_nowhere", Place(key="--figures"))
            studio = open_studio(figures.value)
        result = hold_against(before, after, None if scenario is None else load(scenario, settings))
        if out is not None:
            pictures = {} if studio is None else draw_comparison(result.compared(language), studio, language)
            write_comparison(result, out, language, pictures)
        print_result(result, as_json, language)
        if out is not None and not as_json:
            print_lines([LABELS.say("written", language, folder=out)])
