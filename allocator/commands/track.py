"""The command `track`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.commands.errors import errors_in_words, errors_marked
from allocator.commands.options import (
    DebugOption,
    ErrorsOption,
    FormOption,
    JsonOption,
    LangOption,
    OutOption,
    RulesOption,
    ScenarioArgument,
    SetOption,
    argument,
    option,
)
from allocator.commands.printing import load, print_notices, print_result, print_written
from allocator.exit_codes import NO_SPLIT, NOT_BACKED


def track(
    scenario: ScenarioArgument,
    actuals: Annotated[str, argument("ACTUALS", "年度数据表（csv、xlsx）或自带表名 / actual figures or short name")],
    targets: Annotated[
        str | None,
        option("--targets", "下降率表或自带表名，默认为本方案的目标 / table of rates, default the plan's", "TABLE"),
    ] = None,
    resplit: Annotated[bool, option("--resplit", "剩余任务重新分解 / split anew what remains")] = False,
    project: Annotated[
        Path | None,
        option("--project", "重大项目表，评估剩余空间 / major projects, judged by the room left", "FILE"),
    ] = None,
    energy: Annotated[
        Path | None,
        option("--energy", "由能源表核算排放，年度数据表只填 GDP / emissions from an energy table", "FILE"),
    ] = None,
    form: FormOption = None,
    rules: RulesOption = None,
    year: Annotated[
        int | None, option("--year", "考核年度，默认为最近一年 / year assessed, default the latest", "YEAR")
    ] = None,
    out: OutOption = None,
    errors: ErrorsOption = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """年度跟踪：进度、预警、剩余任务 / the years after: progress, warning, what remains."""
    tables = actuals, targets, project, energy, form
    with errors_in_words(lang, as_json, debug), errors_marked(errors, lang, scenario, *tables):
        from allocator.output.folder import refuse_unusable
        from allocator.tracking.assessed import Scoring, hold_and_assess
        from allocator.tracking.files import write_track, written_names
        from allocator.tracking.gathering import Asked
        from scenarios.named import files_of

        loaded = load(scenario, settings)
        if out is not None:
            refuse_unusable(out, written_names(out), (*tables, rules, *files_of(loaded)))
        scoring, beyond = Scoring(form, rules, year), Asked(resplit, project, energy)
        assessed = hold_and_assess(loaded, actuals, targets, scoring, beyond)
        result = assessed.tracked
        files = () if out is None else write_track(result, out, lang, assessed.assessment)
        print_result(assessed, as_json, lang)
        if not as_json:
            print_notices(result.notices, lang)
            if out is not None:
                print_written(out, files, lang)
        if not result.held:
            raise typer.Exit(NOT_BACKED)
        if result.unsplit:
            raise typer.Exit(NO_SPLIT)
