"""The command `plan`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allocator.commands.errors import errors_in_words, errors_marked
from allocator.commands.options import (
    DebugOption,
    ErrorsOption,
    FiguresOption,
    JsonOption,
    LangOption,
    ScenarioArgument,
    SetOption,
    option,
)
from allocator.commands.printing import load, print_lines, print_notices, print_written, said, waiting
from allocator.exit_codes import NOT_BACKED

if TYPE_CHECKING:
    from allocator.nested.planned import PlanTree
    from reports.planning.record import PlanRecord
    from scenarios.load import Scenario
    from scenarios.wording import Language


def plan(
    scenario: ScenarioArgument,
    out: Annotated[
        Path | None, option("--out", "输出文件夹，默认 out/名称 / output folder, default out/NAME", "DIR")
    ] = None,
    protect: Annotated[
        str | None,
        option(
            "--protect",
            "任意 N 个地区（或 all）增长同时最不利时仍能支撑 / "
            "back with the growth of any N regions (or all) at its worst",
            "N",
        ),
    ] = None,
    reasons: Annotated[bool, option("--reasons", "逐市说明理由，代替表格 / a paragraph a region, not a table")] = False,
    figures: FiguresOption = None,
    errors: ErrorsOption = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """打分、求解、取整、复核并写出结果 / score, solve, round, verify, publish."""
    with errors_in_words(lang, as_json, debug), errors_marked(errors, lang, scenario):
        loaded = load(scenario, [*settings, *([] if protect is None else [f"protect={protect}"])])
        folder = out if out is not None else Path("out") / loaded.file.name
        from allocator.planning.files import FILES, TREE_FILES, refuse_lossy, write_plan
        from allocator.planning.plan import plan as split

        refuse_lossy(loaded, folder)
        studio = None
        if figures is not None:
            from allocator.output.pictures import draw_pictures, open_studio

            studio = open_studio(figures)
        with waiting("plan_stage", lang, as_json), no_split_written(folder, lang):
            tree = _tree(loaded)
            result = split(loaded) if tree is None else tree.root
        pictures = {} if studio is None else draw_pictures(result.record, studio, lang)
        if tree is None:
            passed = write_plan(result, folder, lang, pictures).passed
        else:
            from allocator.nested.files import write_tree

            passed = write_tree(tree, folder, lang, pictures).passed and tree.passed
        if as_json:
            sys.stdout.write(result.record.to_json())
        else:
            _print_plan(result.record, reasons, lang)
            print_written(folder, [*FILES, *pictures, *(TREE_FILES if tree is not None else ())], lang)
        if not passed:
            raise typer.Exit(NOT_BACKED)


def _tree(scenario: Scenario) -> PlanTree | None:
    """Return the plans of a scenario and of all below it; None where nothing is below."""
    if scenario.file.below is None:
        return None
    from allocator.nested.planned import plan_tree

    return plan_tree(scenario)


@contextmanager
def no_split_written(folder: Path, language: Language) -> Iterator[None]:
    """Write why there is no split, where there is none, and say where that stands."""
    from allocator.planning.no_split.why import NoSplit

    try:
        yield
    except NoSplit as none:
        from allocator.output.folder import NO_SPLIT
        from allocator.planning.files import write_no_split

        found = write_no_split(none, folder)
        none.add_note(
            said("no_split_proved" if found.answer else "no_split_not_proved", language, file=folder / NO_SPLIT)
        )
        raise


def _print_plan(record: PlanRecord, reasons: bool, language: Language) -> None:
    """Print verdict, a line or paragraph a region, and notices."""
    from allocator.planning.files import WORKBOOK
    from reports.planning.listing import listing
    from reports.planning.sentences import province_statements, verdict_statement

    title, verdict = record.scenario.title.say(language), verdict_statement(record.province, language)
    paragraphs = [region.reason.say(language) for region in record.regions]
    lines = paragraphs if reasons else listing(record, language, WORKBOOK)
    print_lines([title, verdict, *province_statements(record, language), "", *lines])
    if record.below is not None:
        from reports.nested.sentences import below_statements

        print_lines(below_statements(record, language))
    print_lines([""])
    print_notices(record.notices, language)
