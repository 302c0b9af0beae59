"""The command `sweep`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from allocator.commands.errors import errors_in_words
from allocator.commands.options import (
    DebugOption,
    FiguresOption,
    JsonOption,
    LangOption,
    ScenarioArgument,
    SetOption,
    option,
)
from allocator.commands.printing import load, print_lines, print_notices, print_written


def sweep(
    scenario: ScenarioArgument,
    samples: Annotated[int, option("--samples", "样本数 / number of samples", "N")] = 100_000,
    seed: Annotated[int, option("--seed", "随机种子 / seed", "S")] = 1,
    over: Annotated[
        str,
        option(
            "--over",
            "变动什么，逗号分开 / what varies: weights, within, growth, spread, bounds, normaliser, map",
            "LIST",
        ),
    ] = "weights",
    sampler: Annotated[
        str, option("--sampler", "抽样方式 / dirichlet, around, grid, one-at-a-time", "NAME")
    ] = "dirichlet",
    concentration: Annotated[
        float | None, option("--concentration", "around 的集中度 / how near to the plan's weights", "C")
    ] = None,
    fix: Annotated[
        list[str], option("--fix", "固定的权重，可重复 / fixed weight, repeatable", "CRITERION=WEIGHT")
    ] = [],  # noqa: B006
    out: Annotated[
        Path | None, option("--out", "输出文件夹，默认 out/名称/sweep / default out/NAME/sweep", "DIR")
    ] = None,
    keep: Annotated[str | None, option("--keep", "保留全部样本 / keep all samples: csv, parquet", "FORMAT")] = None,
    resume: Annotated[bool, option("--resume", "继续未完成的抽样 / go on with an unfinished sweep")] = False,
    engine: Annotated[str, option("--engine", "计算引擎 / local, dask", "NAME")] = "local",
    scheduler: Annotated[str, option("--scheduler", "现有 Dask 调度器 / scheduler of a Dask cluster", "ADDRESS")] = "",
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=0, help="并行数，0 为全部处理器 / 0: all processors")
    ] = 0,
    exact: Annotated[
        bool, option("--exact", "换类所需的权重转移，用整数规划逐市算到底 / stability radii by integer programs")
    ] = False,
    figures: FiguresOption = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """换一组权重，各市目标是否站得住 / which targets stand under other weights."""
    with errors_in_words(lang, as_json, debug):
        from allocator.output.folder import refuse_unusable
        from allocator.sweeping.command import MARKER, PAGE, SweepRequest, run_sweep
        from allocator.sweeping.options import SweepOptions, read_fixed
        from reports.sweeping.sentences import sweep_statements
        from reports.sweeping.tables import FILES as SWEEP_TABLES
        from scenarios.named import files_of

        choices = tuple(dict.fromkeys(part.strip() for part in over.split(",") if part.strip()))
        options = SweepOptions(samples, seed, choices, sampler, concentration, read_fixed(fix), exact)
        loaded = load(scenario, settings)
        folder = out if out is not None else Path("out") / loaded.file.name / "sweep"
        refuse_unusable(folder, (MARKER, PAGE, *SWEEP_TABLES, "samples.csv"), files_of(loaded))
        request = SweepRequest(options, folder, engine, scheduler, workers, keep, resume, figures)
        record = run_sweep(loaded, request, lang, as_json).record
        if as_json:
            sys.stdout.write(record.to_json())
        else:
            print_lines([record.title.say(lang), *sweep_statements(record, lang)])
            print_notices(record.notices, lang)
            print_written(folder, (), lang)
