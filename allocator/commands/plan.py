"""The command `plan`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allocator.commands.errors import NOT_BACKED, Errors
from allocator.commands.options import (
    DebugOption,
    FiguresOption,
    JsonOption,
    Lang,
    LangOption,
    ScenarioArgument,
    SetOption,
)
from allocator.commands.printing import load, print_lines
from reports.words import LABELS

if TYPE_CHECKING:
    from allocator.planning.plan import Plan
    from scenarios.wording import Language


def plan(
    scenario: ScenarioArgument,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="输出文件夹，默认 out/名称 / output folder, default out/NAME"),
    ] = None,
    protect: Annotated[
        str | None,
        typer.Option(
            "--protect",
            metavar="N",
            help="任意 N 个地区（或 all）增长同时最不利时仍能支撑 / "
            "back with the growth of any N regions (or all) at its worst",
        ),
    ] = None,
    figures: FiguresOption = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """打分、求解、取整、复核并写出结果 / score, solve, round, verify, publish."""
    with Errors(lang, as_json, debug) as language:
        loaded = load(scenario, [*settings, *([] if protect is None else [f"protect={protect}"])])
        folder = out if out is not None else Path("out") / loaded.file.name
        from allocator.planning.files import FILES, write_plan
        from allocator.planning.plan import plan as split

        studio = None
        if figures is not None:
            from allocator.output.pictures import draw_pictures, open_studio

            studio = open_studio(figures.value)
        result = split(loaded)
        pictures = {} if studio is None else draw_pictures(result.record, studio, language)
        verification = write_plan(result, folder, language, pictures)
        if as_json:
            sys.stdout.write(result.record.to_json())
        else:
            _print_plan(result, language)
            print_lines([LABELS.say("written", language, folder=folder), "  ".join([*FILES, *pictures])])
        if not verification.passed:
            raise typer.Exit(NOT_BACKED)


def _print_plan(result: Plan, language: Language) -> None:
    """Print verdict, a paragraph a region, and notices."""
    from reports.planning.sentences import province_statements, verdict_statement

    record = result.record
    print(record.scenario.title.say(language))
    print(verdict_statement(record.province, language))
    print_lines(province_statements(record, language))
    print()
    for region in record.regions:
        print(region.reason.say(language))
    print()
    for notice in record.notices:
        print(f"{LABELS.say('notice', language)}: {notice.say(language)}", file=sys.stderr)
