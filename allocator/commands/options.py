"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from scenarios.wording import Language


def argument(metavar: str, words: str) -> Any:  # noqa: ANN401  (what typer takes)
    """Return an argument."""
    return typer.Argument(metavar=metavar, help=words)


def option(name: str, words: str, metavar: str | None = None) -> Any:  # noqa: ANN401
    """Return an option; the metavar stands for its value."""
    return typer.Option(name, metavar=metavar, help=words)


ScenarioArgument = Annotated[
    str, argument("SCENARIO", "内置案例名、方案文件或文件夹 / bundled case, scenario file or folder")
]
PlanArgument = Annotated[str, argument("PLAN", "方案输出文件夹或 plan.json / plan folder or plan.json")]
FormOption = Annotated[
    Path | None,
    option(
        "--form",
        "填好的考核评分表（xlsx、csv），或各市自评表的文件夹 / filled form, or a folder of them",
        "FILE",
    ),
]
RulesOption = Annotated[
    str | None,
    option(
        "--rules",
        "考核规则：2026、13fyp 等，或 YAML 文件，默认按规划期 / rule set or its YAML file, default by the years",
        "NAME",
    ),
]
SetOption = Annotated[list[str], option("--set", "临时改动设置，可重复 / what-if setting, repeatable", "KEY=VALUE")]
OutOption = Annotated[Path | None, option("--out", "输出文件夹 / output folder", "DIR")]
RoundsOption = Annotated[
    Path | None, option("--out", "各轮的文件夹，默认 out/名称/rounds / rounds, default out/NAME/rounds", "DIR")
]
FiguresOption = Annotated[
    Literal["png", "svg"] | None, option("--figures", "另存图片到 figures/ / charts as files in figures/")
]
ErrorsOption = Annotated[
    Path | None,
    option(
        "--errors", "把数据表另存，错处标色并加批注 / the table with its mistakes marked and commented", "FILE.xlsx"
    ),
]
LangOption = Annotated[Language, typer.Option("--lang", envvar="ALLOCATOR_LANG", help="语言 / language")]
JsonOption = Annotated[bool, option("--json", "标准输出只有一个 JSON 文档 / one JSON document on stdout")]
DebugOption = Annotated[bool, option("--debug", "出错时显示调用栈 / show tracebacks")]
PlanOrTable = Annotated[str, argument("[PLAN]", "方案输出文件夹或 plan.json / plan folder or plan.json")]
TableOption = Annotated[
    str | None,
    option("--table", "商定的下降率表，代替 PLAN / table of rates agreed by hand, in place of PLAN", "TABLE"),
]
ScenarioOption = Annotated[
    str | None,
    option(
        "--scenario",
        "商定的表属于哪个方案；publish 用于 PLAN 则核对其数据此后是否已变"
        " / the scenario that the table is of; of publish with PLAN, whether its data have changed since",
        "SCENARIO",
    ),
]
CapsOption = Annotated[
    Path | None, option("--caps", "与商定的表配套的各市总量表 / table of the cities' caps beside it", "FILE")
]
