"""The command `publish`."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allocator.commands.errors import errors_in_words
from allocator.commands.options import DebugOption, JsonOption, LangOption, SetOption, argument, option
from allocator.commands.printing import load, print_notices, print_result
from allocator.exit_codes import NOT_BACKED

if TYPE_CHECKING:
    from allocator.output.own_files import SealedPlan
    from scenarios.errors import Finding


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
    plan: Annotated[str, argument("[PLAN]", "方案输出文件夹或 plan.json / plan folder or plan.json")] = "",
    table: Annotated[
        str | None,
        option("--table", "商定的下降率表，代替 PLAN / table of rates agreed by hand, in place of PLAN", "TABLE"),
    ] = None,
    scenario: Annotated[
        str | None,
        option(
            "--scenario",
            "商定的表属于哪个方案；用于 PLAN 则核对其数据此后是否已变"
            " / the scenario that the table is of; with PLAN, whether its data have changed since",
            "SCENARIO",
        ),
    ] = None,
    caps: Annotated[
        Path | None,
        option("--caps", "与商定的表配套的各市总量表 / table of the cities' caps beside it", "FILE"),
    ] = None,
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

        opened, read, notices = _opened(plan, table, scenario, caps, settings)
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
        print_result(print_table(opened, names, lang, folder, asked, beside), as_json, lang)
        if not as_json:
            print_notices(notices, lang)


def _opened(
    plan: str, table: str | None, scenario: str | None, caps: Path | None, settings: list[str]
) -> tuple[SealedPlan, list[str | Path | None], tuple[Finding, ...]]:
    """Return the plan that is published, the files that it is read from, and what must be said with it."""
    from allocator.output.own_files import open_plan
    from scenarios.errors import InputError, Place

    if bool(plan) == bool(table) or (table is not None and scenario is None):
        raise InputError.of("publish_what", Place(key="--table" if table else "PLAN"))
    if table is None or scenario is None:
        return open_plan(plan), [plan], ()
    from allocator.negotiating.agreed import agreed_plan
    from scenarios.named import files_of

    loaded = load(scenario, settings)
    made, judged = agreed_plan(loaded, table, caps)
    return made, [loaded.table_path(table), caps, *files_of(loaded)], judged.notices
