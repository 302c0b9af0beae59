"""The command `verify`."""

from __future__ import annotations

from typing import Annotated

import typer

from allocator.commands.errors import NOT_BACKED, Errors
from allocator.commands.options import DebugOption, JsonOption, Lang, LangOption, ScenarioArgument, SetOption
from allocator.commands.printing import load, print_json, print_lines, print_result


def verify(
    scenario: ScenarioArgument,
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE",
            help="下降率表（csv、xlsx、json）或方案自带表名 / table of rates or its short name",
        ),
    ],
    scope: Annotated[
        list[str],
        typer.Option(
            "--scope",
            metavar="NAME",
            help="在此核算口径下验证，可重复、并列显示（13fyp、2026、inventory、own）/ under this scope, repeatable",
        ),
    ] = [],  # noqa: B006
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """判断一张下降率表是否支撑全省 / say whether a table of rates backs the province."""
    with Errors(lang, as_json, debug) as language:
        if scope:
            from allocator.verifying.scopes import under_scopes

            sides = under_scopes(scenario, settings, table, scope)
            print_result(sides, as_json, language)
            if not sides.passed:
                raise typer.Exit(NOT_BACKED)
            return
        from allocator.verifying.verify import judgement

        result = judgement(load(scenario, settings), table)
        if as_json:
            print_json(result.as_json())
        else:
            print_lines(result.statements(language))
        if not result.verification.passed:
            raise typer.Exit(NOT_BACKED)
