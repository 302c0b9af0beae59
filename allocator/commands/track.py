"""The command `track`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.commands.errors import NO_SPLIT, NOT_BACKED, Errors
from allocator.commands.options import (
    DebugOption,
    FormOption,
    JsonOption,
    Lang,
    LangOption,
    RulesOption,
    ScenarioArgument,
    SetOption,
)
from allocator.commands.printing import load, print_lines, print_notices, print_result
from reports.words import LABELS


def track(
    scenario: ScenarioArgument,
    actuals: Annotated[
        str,
        typer.Argument(metavar="ACTUALS", help="年度数据表（csv、xlsx）或自带表名 / actual figures or short name"),
    ],
    targets: Annotated[
        str | None,
        typer.Option(
            "--targets",
            metavar="TABLE",
            help="下降率表或自带表名，默认为本方案的目标 / table of rates, default the plan's",
        ),
    ] = None,
    resplit: Annotated[bool, typer.Option("--resplit", help="剩余任务重新分解 / split anew what remains")] = False,
    project: Annotated[
        Path | None,
        typer.Option(
            "--project", metavar="FILE", help="重大项目表，评估剩余空间 / major projects, judged by the room left"
        ),
    ] = None,
    energy: Annotated[
        Path | None,
        typer.Option(
            "--energy", metavar="FILE", help="由能源表核算排放，年度数据表只填 GDP / emissions from an energy table"
        ),
    ] = None,
    form: FormOption = None,
    rules: RulesOption = None,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YEAR", help="考核年度，默认为最近一年 / year assessed, default the latest"),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="输出文件夹 / output folder")] = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """年度跟踪：进度、预警、剩余任务 / the years after: progress, warning, what remains."""
    with Errors(lang, as_json, debug) as language:
        from allocator.tracking.assessed import Scoring, hold_and_assess
        from allocator.tracking.files import write_track
        from allocator.tracking.gathering import Asked

        scoring, beyond = Scoring(form, rules, year), Asked(resplit, project, energy)
        assessed = hold_and_assess(load(scenario, settings), actuals, targets, scoring, beyond)
        result = assessed.tracked
        files = () if out is None else write_track(result, out, language, assessed.record)
        print_result(assessed, as_json, language)
        if not as_json:
            print_notices(result.notices, language)
            if out is not None:
                print_lines([LABELS.say("written", language, folder=out), "  ".join(files)])
        if not result.held:
            raise typer.Exit(NOT_BACKED)
        if result.unsplit:
            raise typer.Exit(NO_SPLIT)
