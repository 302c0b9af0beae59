"""The commands that make papers of a plan beside the table: `letters`, `slides`; what they and `publish` take."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from allocator.commands.printing import load, print_lines, print_notices, print_result, said
from allocator.exit_codes import NOT_BACKED

if TYPE_CHECKING:
    from allocator.output.own_files import SealedPlan
    from scenarios.errors import Finding
    from scenarios.wording import Language


def letters(
    plan: PlanOrTable = "",
    table: TableOption = None,
    scenario: ScenarioOption = None,
    caps: CapsOption = None,
    template: Annotated[
        Path | None,
        option("--template", "自己的函模板（见 --save-template） / your own template of the letter", "FILE.docx"),
    ] = None,
    save_template: Annotated[
        Path | None,
        option(
            "--save-template",
            "只写出模板，供在 Word 中修改 / write the template for you to change, and nothing else",
            "FILE.docx",
        ),
    ] = None,
    contact: Annotated[str, option("--contact", "联系人和电话 / whom to ask", "TEXT")] = "",
    office: Annotated[str, option("--office", "发函单位 / the office that writes", "TEXT")] = "",
    date: Annotated[str, option("--date", "成文日期，照印 / date, as it is to be printed", "TEXT")] = "",
    number: Annotated[
        str, option("--number", "发文字号，照印 / number of the document, as it is to be printed", "TEXT")
    ] = "",
    pdf: Annotated[
        bool, typer.Option("--pdf/--no-pdf", help="合订本另存为 PDF（需要 LibreOffice） / all as PDF, by LibreOffice")
    ] = True,
    out: Annotated[
        Path | None, option("--out", "输出文件夹，默认 out/名称-letters / default out/NAME-letters", "DIR")
    ] = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """一市一函：目标、年度目标、由来和约束 / a letter to each city, and all in one file."""
    with errors_in_words(lang, as_json, debug):
        from allocator.letters import write_letters, write_template
        from allocator.output.folder import LETTERS, refuse_unusable
        from reports.letters.letter import About

        opened, read, notices = _backed(plan, table, scenario, caps, settings, lang)
        if save_template is not None:
            write_template(opened.record, lang, save_template)
            print_lines([said("template_written", lang, file=save_template)])
            return
        folder = out if out is not None else Path("out") / f"{opened.record.scenario.name}-letters"
        refuse_unusable(folder, [LETTERS], [*read, template])
        with _progress("letters_progress", lang, as_json) as advance:
            made = write_letters(opened, lang, folder, template, About(contact, office, date, number), pdf, advance)
        print_result(made, as_json, lang)
        print_notices([] if as_json else [*notices, *made.notices], lang)


def slides(
    plan: PlanOrTable = "",
    table: TableOption = None,
    scenario: ScenarioOption = None,
    caps: CapsOption = None,
    sweep: Annotated[
        Path | None,
        option(
            "--sweep",
            "权重敏感性分析的文件夹，默认方案文件夹中的 sweep / folder of a sweep, default sweep in the plan's folder",
            "DIR",
        ),
    ] = None,
    out: Annotated[
        Path | None, option("--out", "输出文件夹，默认 out/名称-slides / default out/NAME-slides", "DIR")
    ] = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """汇报用幻灯片，图表可编辑 / slides for the meeting, with charts that can be edited."""
    with errors_in_words(lang, as_json, debug):
        from allocator.output.folder import SLIDES, refuse_unusable
        from allocator.slides import write_slides

        opened, read, notices = _backed(plan, table, scenario, caps, settings, lang)
        folder = out if out is not None else Path("out") / f"{opened.record.scenario.name}-slides"
        refuse_unusable(folder, [SLIDES], [*read, sweep])
        home = None if not plan else Path(plan) if Path(plan).is_dir() else Path(plan).parent
        made = write_slides(opened, lang, folder, home, sweep)
        print_result(made, as_json, lang)
        print_notices([] if as_json else [*notices, *made.notices], lang)


def plan_or_table(
    plan: str, table: str | None, scenario: str | None, caps: Path | None, settings: list[str]
) -> tuple[SealedPlan, list[str | Path | None], tuple[Finding, ...]]:
    """Return the plan that papers are made of, the files that it is read from, and what must be said with it."""
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


def _backed(
    plan: str, table: str | None, scenario: str | None, caps: Path | None, settings: list[str], language: Language
) -> tuple[SealedPlan, list[str | Path | None], tuple[Finding, ...]]:
    """Return what `plan_or_table` does, of a plan that backs the province; one that does not ends the command."""
    from scenarios.errors import InputError, Place
    from scenarios.quantities import speak_of

    if table is None and scenario is not None:
        raise InputError.of("publish_what", Place(key="PLAN"))

    opened, read, notices = plan_or_table(plan, table, scenario, caps, settings)
    speak_of(opened.record.measured)
    if not opened.passed:
        from reports.planning.sentences import verdict_statement

        print(verdict_statement(opened.record.province, language), file=sys.stderr)
        raise typer.Exit(NOT_BACKED)
    return opened, read, notices


@contextmanager
def _progress(code: str, language: Language, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Show how far a job is, where somebody looks at standard error; yields what is told how many are done of all."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True, quiet=quiet)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task(said(code, language), total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
