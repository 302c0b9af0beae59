"""The command `sweep`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from allocator.commands.errors import Errors
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


def sweep(
    scenario: ScenarioArgument,
    samples: Annotated[int, typer.Option("--samples", metavar="N", help="样本数 / number of samples")] = 100_000,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="随机种子 / seed")] = 1,
    over: Annotated[
        str,
        typer.Option(
            "--over",
            metavar="LIST",
            help="变动什么，逗号分开 / what varies: weights, within, growth, spread, bounds, normaliser, map",
        ),
    ] = "weights",
    sampler: Annotated[
        str,
        typer.Option("--sampler", metavar="NAME", help="抽样方式 / dirichlet, around, grid, one-at-a-time"),
    ] = "dirichlet",
    concentration: Annotated[
        float | None,
        typer.Option("--concentration", metavar="C", help="around 的集中度 / how near to the plan's weights"),
    ] = None,
    fix: Annotated[
        list[str],
        typer.Option("--fix", metavar="CRITERION=WEIGHT", help="固定的权重，可重复 / fixed weight, repeatable"),
    ] = [],  # noqa: B006
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="输出文件夹，默认 out/名称/sweep / default out/NAME/sweep"),
    ] = None,
    keep: Annotated[
        str | None, typer.Option("--keep", metavar="FORMAT", help="保留全部样本 / keep all samples: csv, parquet")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="继续未完成的抽样 / go on with an unfinished sweep")] = False,
    engine: Annotated[str, typer.Option("--engine", metavar="NAME", help="计算引擎 / local, dask")] = "local",
    scheduler: Annotated[
        str, typer.Option("--scheduler", metavar="ADDRESS", help="现有 Dask 调度器 / scheduler of a Dask cluster")
    ] = "",
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=0, help="并行数，0 为全部处理器 / 0: all processors")
    ] = 0,
    figures: FiguresOption = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """换一组权重，各市目标是否站得住 / which targets stand under other weights."""
    with Errors(lang, as_json, debug) as language:
        from allocator.sweeping.command import SweepRequest, run_sweep
        from allocator.sweeping.options import SweepOptions, read_fixed

        choices = tuple(dict.fromkeys(part.strip() for part in over.split(",") if part.strip()))
        options = SweepOptions(samples, seed, choices, sampler, concentration, read_fixed(fix))
        loaded = load(scenario, settings)
        folder = out if out is not None else Path("out") / loaded.file.name / "sweep"
        request = SweepRequest(options, folder, engine, scheduler, workers, keep, resume, figures and figures.value)
        made = run_sweep(loaded, request, language, as_json)
        if as_json:
            sys.stdout.write(made.record.to_json())
        else:
            from reports.sweeping.sentences import sweep_statements

            print(made.record.title.say(language))
            print_lines([*sweep_statements(made.record, language), LABELS.say("written", language, folder=folder)])
