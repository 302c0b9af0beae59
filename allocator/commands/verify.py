"""The commands that judge what is there already: `verify` a table, `explain` one, `prove` a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allocator.commands.errors import errors_in_words, errors_marked
from allocator.commands.options import (
    DebugOption,
    ErrorsOption,
    JsonOption,
    LangOption,
    OutOption,
    PlanArgument,
    ScenarioArgument,
    SetOption,
    argument,
    option,
)
from allocator.commands.printing import (
    counting,
    load,
    print_notices,
    print_record,
    print_result,
)
from allocator.exit_codes import NOT_BACKED

if TYPE_CHECKING:
    from allocator.nested.judged import TreeJudgement
    from allocator.verifying.scopes import ScopedJudgements
    from allocator.verifying.verify import Judgement


RatesArgument = Annotated[
    str, argument("TABLE", "下降率表（csv、xlsx、json）或方案自带表名 / table of rates or its short name")
]


def verify(
    scenario: ScenarioArgument,
    table: RatesArgument,
    scope: Annotated[
        list[str],
        option(
            "--scope",
            "在此核算口径下验证，可重复、并列显示（13fyp、2026、inventory、own）/ under this scope, repeatable",
            "NAME",
        ),
    ] = [],  # noqa: B006
    caps: Annotated[
        Path | None,
        option("--caps", "与下降率表配套的各市总量表 / table of the cities' caps beside it", "FILE"),
    ] = None,
    errors: ErrorsOption = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """判断一张下降率表是否支撑全省 / say whether a table of rates backs the province."""
    with errors_in_words(lang, as_json, debug), errors_marked(errors, lang, scenario, table):
        result = _judged(scenario, settings, table, scope, caps)
        print_result(result, as_json, lang)
        if not as_json:
            print_notices(result.notices, lang)
        if not result.passed:
            raise typer.Exit(getattr(result, "exit_code", NOT_BACKED))


def _judged(
    scenario: str, settings: list[str], table: str, scope: list[str], caps: Path | None
) -> Judgement | ScopedJudgements | TreeJudgement:
    """Return the judgement, under each of the scopes where any are named; of all levels where the table has them."""
    if scope:
        from allocator.verifying.scopes import under_scopes

        return under_scopes(scenario, settings, table, scope, caps)
    from allocator.verifying.verify import judgement

    loaded = load(scenario, settings)
    if loaded.file.below is not None:
        from allocator.nested.judged import is_tree, judged_tree

        if is_tree(loaded, table):
            return judged_tree(loaded, table)
    return judgement(loaded, table, caps)


def explain(
    scenario: ScenarioArgument,
    table: RatesArgument,
    indicators: Annotated[
        str,
        option(
            "--indicators", "只用这些指标来解释，逗号分开，默认全部 / only these may explain it, default all", "LIST"
        ),
    ] = "",
    most: Annotated[
        int | None,
        option(
            "--most",
            "结论最多用几个指标，地区少于 20、指标多于 3 时默认 2 / "
            "indicators of the verdict at most; default 2 of more than 3 for fewer than 20 regions",
            "N",
        ),
    ] = None,
    permutations: Annotated[int, option("--permutations", "打乱多少次 / number of shuffled tables", "N")] = 999,
    seed: Annotated[int, option("--seed", "随机种子 / seed", "S")] = 1,
    exceptions: Annotated[
        int,
        option(
            "--exceptions",
            "找出 N 个例外（最多 3 个），看其余地区拟合得怎样 / "
            "look for N exceptions, 3 at most, without which the rest is fitted best",
            "N",
        ),
    ] = 0,
    out: OutOption = None,
    errors: ErrorsOption = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """公布的下降率，用什么权重解释得了 / what explains a published table: weights with ranges, or nothing."""
    with errors_in_words(lang, as_json, debug), errors_marked(errors, lang, scenario, table):
        from allocator.explaining.exceptions import SHUFFLES
        from allocator.explaining.explain import explain as refit
        from allocator.explaining.files import FILES, write_explanation
        from allocator.output.folder import refuse_unusable
        from reports.explaining.sentences import explain_statements
        from reports.words.pages.explain import WORDS
        from scenarios.named import files_of

        loaded = load(scenario, settings)
        if out is not None:
            refuse_unusable(out, FILES, (table, *files_of(loaded)))
        wanted = tuple(dict.fromkeys(part.strip() for part in indicators.split(",") if part.strip()))
        whole = permutations + (SHUFFLES if exceptions else 0)
        with counting(WORDS.say("shuffling", lang), whole, as_json) as advance:
            record = refit(loaded, table, wanted, most, permutations, seed, exceptions, advance)
        if out is not None:
            write_explanation(record, out, lang)
        print_record(record, explain_statements(record, lang), as_json, lang, out, FILES)


def prove(
    plan: PlanArgument,
    checker: Annotated[
        Path | None,
        option(
            "--checker",
            "把验证程序复制到此文件夹，供查阅和单独运行 / copy the checkers there, to read and run alone",
            "DIR",
        ),
    ] = None,
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """用独立的小程序逐项验证方案的证明 / check a plan's proof with a program that stands alone."""
    with errors_in_words(lang, as_json, debug):
        from allocator.proving import prove as run_checkers

        found = run_checkers(plan, lang, checker)
        print_result(found, as_json, lang)
        if not found.proved:
            raise typer.Exit(NOT_BACKED)
