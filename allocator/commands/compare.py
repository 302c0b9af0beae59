"""The commands that hold splits side by side: `compare` two of them, `methods` by which one target can be split.

And `weights-for`: the plan, and the nearest one by other weights that gives a region a rate.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allocator.commands.errors import errors_in_words, refused
from allocator.commands.options import (
    DebugOption,
    FiguresOption,
    JsonOption,
    LangOption,
    OutOption,
    ScenarioArgument,
    SetOption,
    argument,
    option,
)
from allocator.commands.printing import (
    load,
    print_notices,
    print_record,
    print_result,
    print_written,
    waiting,
)
from allocator.exit_codes import NOT_BACKED

if TYPE_CHECKING:
    from reports.by_method.record import MethodsRecord
    from scenarios.wording import Language


def compare(
    before: Annotated[str, argument("A", "方案输出、轮次或下降率表 / plan, round or table")],
    after: Annotated[str, argument("B", "与之相比的另一个 / the other one")],
    scenario: Annotated[
        str | None, option("--scenario", "下降率表所属的方案 / what tables belong to", "SCENARIO")
    ] = None,
    out: Annotated[Path | None, option("--out", "写出表和图的文件夹 / where table and chart go", "DIR")] = None,
    figures: FiguresOption = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """逐市比较两个方案、轮次或下降率表 / two plans, rounds or tables, city by city."""
    with errors_in_words(lang, as_json, debug):
        from allocator.comparing.compare import FILES as COMPARE_FILES
        from allocator.comparing.compare import compare as hold_against
        from allocator.comparing.compare import write_comparison
        from allocator.output.folder import refuse_unusable
        from scenarios.named import files_of

        loaded = None if scenario is None else load(scenario, settings)
        if out is not None:
            refuse_unusable(out, COMPARE_FILES, (before, after, *(files_of(loaded) if loaded else ())))
        studio = None
        if figures is not None:
            from allocator.output.pictures import draw_comparison, open_studio

            if out is None:
                raise refused("figures_nowhere", "--figures")
            studio = open_studio(figures)
        result = hold_against(before, after, loaded)
        if out is not None:
            pictures = {} if studio is None else draw_comparison(result.compared(lang), studio, lang)
            write_comparison(result, out, lang, pictures)
        print_result(result, as_json, lang)
        print_notices([] if as_json else result.notices, lang)
        if out is not None and not as_json:
            print_written(out, (), lang)


def methods(
    scenario: ScenarioArgument,
    out: OutOption = None,
    take: Annotated[
        str,
        option(
            "--take", "采用这一方法，存为一轮（--out 为各轮的文件夹） / keep it as a round (--out: of rounds)", "METHOD"
        ),
    ] = "",
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """换一种分解方法，各市多少 / the same target by other methods, side by side."""
    with errors_in_words(lang, as_json, debug):
        from allocator.by_method.files import FILES as METHOD_FILES
        from allocator.by_method.files import write_methods
        from allocator.by_method.methods import methods as by_methods
        from allocator.output.folder import refuse_unusable
        from reports.by_method.sentences import methods_statements
        from reports.words.pages.methods import WORDS
        from scenarios.named import files_of

        loaded = load(scenario, settings)
        folder = out if out is not None else Path("out") / loaded.file.name / "methods"
        if not take:
            refuse_unusable(folder, METHOD_FILES, files_of(loaded))
        with waiting("plan_stage", lang, as_json):
            record = by_methods(loaded)
        if take:
            _take(scenario, settings, record, take, out, lang, as_json)
            return
        write_methods(record, folder, lang)
        lines = [*methods_statements(record, lang), WORDS.say("taken", lang)]
        print_record(record, lines, as_json, lang, folder, METHOD_FILES)


def weights_for(
    scenario: ScenarioArgument,
    region: Annotated[str, option("--region", "地区 / region", "NAME")],
    at_most: Annotated[str | None, option("--at-most", "不高于 / at most", "RATE")] = None,
    at_least: Annotated[str | None, option("--at-least", "不低于 / at least", "RATE")] = None,
    out: Annotated[
        Path | None, option("--out", "写出结果和逐市下降率的文件夹 / where result and table go", "DIR")
    ] = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """某地要不高于（不低于）某值，权重最少改多少 / the nearest weights at which a region gets a rate."""
    with errors_in_words(lang, as_json, debug):
        from allocator.nearest_weights.files import FILES as WEIGHT_FILES
        from allocator.nearest_weights.files import write_weights_for
        from allocator.nearest_weights.weights_for import weights_for as nearest
        from allocator.output.folder import refuse_unusable
        from reports.nearest_weights.sentences import weights_for_statements
        from scenarios.named import files_of

        loaded = load(scenario, settings)
        if out is not None:
            refuse_unusable(out, WEIGHT_FILES, files_of(loaded))
        with waiting("plan_stage", lang, as_json):
            record = nearest(loaded, region, at_most, at_least)
        if out is not None:
            write_weights_for(record, out, lang)
        print_record(record, weights_for_statements(record, scenario, lang), as_json, lang, out, WEIGHT_FILES)


def _take(
    scenario: str,
    settings: list[str],
    record: MethodsRecord,
    method: str,
    folder: Path | None,
    lang: Language,
    as_json: bool,
) -> None:
    """Keep a method's rates as the next round, and show it as `negotiate` does."""
    from allocator.by_method.taking import take
    from allocator.negotiating.remarks import login_name

    made, where, verification = take(scenario, settings, record, method, folder, lang, login_name())
    print_result(made, as_json, lang)
    if not as_json:
        print_notices(made.plan.record.notices, lang)
        print_written(where, (), lang)
    if not verification.passed:
        raise typer.Exit(NOT_BACKED)
