"""The command `publish`."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from allocator.commands.errors import errors_in_words
from allocator.commands.options import (
    CapsOption,
    DebugOption,
    JsonOption,
    LangOption,
    PlanOrTable,
    ScenarioOption,
    SetOption,
    TableOption,
    option,
)
from allocator.commands.papers import plan_or_table
from allocator.commands.printing import print_notices, print_result
from allocator.exit_codes import NOT_BACKED


class Profile(Enum):
    """What the published table holds."""

    CIRCULAR = "circular"
    FULL = "full"


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
    plan: PlanOrTable = "",
    table: TableOption = None,
    scenario: ScenarioOption = None,
    caps: CapsOption = None,
    draft: Annotated[
        bool, option("--draft", "未通过复核也写出，逐页标明草案和缺口 / write it even if not backed, marked a draft")
    ] = False,
    profile: Annotated[
        Profile | None,
        option(
            "--profile",
            "circular 公文用表，full 完整表，默认公文用表另附复核说明"
            " / circular, or full with its proof; default circular and a verification note",
        ),
    ] = None,
    formats: Annotated[
        list[PrintFormat], option("--format", "格式，可重复，默认全部 / format, repeatable, default all")
    ] = [PrintFormat.ALL],  # noqa: B006
    columns: Annotated[
        str | None,
        option(
            "--columns",
            "表中另列哪些栏，逗号分开（class、base_intensity、growth、target_intensity、annual…；- 为不另列）"
            " / which further columns; - for none",
            "LIST",
        ),
    ] = None,
    out: Annotated[
        Path | None, option("--out", "输出文件夹，默认 out/名称-published / default out/NAME-published", "DIR")
    ] = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """把复核过的分解表印成公文用表，另附复核说明 / the verified table for a circular, and a verification note."""
    with errors_in_words(lang, as_json, debug):
        from allocator.comparing.since import changed_since
        from allocator.output.folder import MARKER, PUBLISHED, refuse_unusable
        from allocator.publishing import Asked
        from allocator.publishing import publish as print_table
        from reports.publishing.formats import FORMATS
        from scenarios.quantities import speak_of

        opened, read, notices = plan_or_table(plan, table, scenario, caps, settings)
        changed = changed_since(opened.record, plan, scenario) if table is None else []
        speak_of(opened.record.measured)
        if not opened.passed and not draft:
            from reports.planning.sentences import verdict_statement

            print(verdict_statement(opened.record.province, lang), file=sys.stderr)
            raise typer.Exit(NOT_BACKED)
        names = list(FORMATS) if PrintFormat.ALL in formats else [kind.value for kind in formats]
        folder = out if out is not None else Path("out") / f"{opened.record.scenario.name}-published"
        if table is not None:
            from allocator.negotiating.agreed import kept_in

            opened = kept_in(folder, opened)
        beside = {} if table is None else {MARKER: opened.record.to_json()}
        refuse_unusable(folder, [PUBLISHED, *beside], read)
        chosen = None if columns is None else [part.strip() for part in columns.split(",") if part.strip(" -")]
        asked = Asked(None if profile is None else profile.value, chosen, draft, changed)
        made = print_table(opened, names, lang, folder, asked, beside)
        print_result(made, as_json, lang)
        if not as_json:
            print_notices([*notices, *made.notices], lang)
