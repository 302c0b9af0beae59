"""The command `publish`."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from allocator.commands.errors import errors_in_words
from allocator.commands.options import DebugOption, JsonOption, LangOption, argument, option
from allocator.commands.printing import print_result
from allocator.exit_codes import NOT_BACKED


class PrintFormat(Enum):
    """Formats of the official table."""

    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    HTML = "html"
    MD = "md"
    TEX = "tex"
    ALL = "all"


def publish(
    plan: Annotated[str, argument("PLAN", "方案输出文件夹或 plan.json / plan folder or plan.json")],
    formats: Annotated[
        list[PrintFormat], option("--format", "格式，可重复，默认全部 / format, repeatable, default all")
    ] = [PrintFormat.ALL],  # noqa: B006
    columns: Annotated[
        str | None,
        option(
            "--columns",
            "表中另列哪些栏，逗号分开（class、base_intensity、growth、target_intensity、annual…），默认全部"
            " / which further columns, default all; - for none",
            "LIST",
        ),
    ] = None,
    out: Annotated[
        Path | None, option("--out", "输出文件夹，默认 out/名称-published / default out/NAME-published", "DIR")
    ] = None,
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """把复核过的分解表印成公文用表 / print the verified table for a circular, in every format."""
    with errors_in_words(lang, as_json, debug):
        from allocator.output.folder import PUBLISHED, refuse_unusable
        from allocator.output.own_files import open_plan
        from allocator.publishing import publish as print_table
        from reports.publishing.formats import FORMATS
        from scenarios.quantities import speak_of

        opened = open_plan(plan)
        speak_of(opened.record.measured)
        if not opened.passed:
            from reports.planning.sentences import verdict_statement

            print(verdict_statement(opened.record.province, lang), file=sys.stderr)
            raise typer.Exit(NOT_BACKED)
        names = list(FORMATS) if PrintFormat.ALL in formats else [kind.value for kind in formats]
        folder = out if out is not None else Path("out") / f"{opened.record.scenario.name}-published"
        refuse_unusable(folder, [PUBLISHED], [plan])
        chosen = None if columns is None else [part.strip() for part in columns.split(",") if part.strip(" -")]
        print_result(print_table(opened, names, lang, folder, chosen), as_json, lang)
