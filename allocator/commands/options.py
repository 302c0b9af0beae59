"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer


class Lang(Enum):
    """Language of what people read."""

    ZH = "zh"
    EN = "en"


ScenarioArgument = Annotated[
    str,
    typer.Argument(metavar="SCENARIO", help="内置案例名、方案文件或文件夹 / bundled case, scenario file or folder"),
]
FormOption = Annotated[
    Path | None,
    typer.Option("--form", metavar="FILE", help="填好的考核评分表（xlsx、csv）/ filled form of an assessment"),
]
RulesOption = Annotated[
    str | None,
    typer.Option("--rules", metavar="NAME", help="考核规则：13fyp、12fyp 或 YAML 文件 / rule set or its YAML file"),
]
SetOption = Annotated[
    list[str],
    typer.Option("--set", metavar="KEY=VALUE", help="临时改动设置，可重复 / what-if setting, repeatable"),
]
LangOption = Annotated[Lang, typer.Option("--lang", envvar="ALLOCATOR_LANG", help="语言 / language")]
JsonOption = Annotated[bool, typer.Option("--json", help="标准输出只有一个 JSON 文档 / one JSON document on stdout")]
DebugOption = Annotated[bool, typer.Option("--debug", help="出错时显示调用栈 / show tracebacks")]


class PictureForm(Enum):
    """Formats of the charts as files."""

    PNG = "png"
    SVG = "svg"


FiguresOption = Annotated[
    PictureForm | None, typer.Option("--figures", help="另存图片到 figures/ / charts as files in figures/")
]
