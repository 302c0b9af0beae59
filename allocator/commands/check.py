"""The command `check`."""

from __future__ import annotations

import typer

from allocator.commands.errors import NO_SPLIT, Errors
from allocator.commands.options import DebugOption, JsonOption, Lang, LangOption, ScenarioArgument, SetOption
from allocator.commands.printing import load, print_json, print_lines, print_notices


def check(
    scenario: ScenarioArgument,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """检查数据，给出可达范围与结构效应 / judge the data; reach and composition effect."""
    with Errors(lang, as_json, debug) as language:
        from allocator.planning.check import check as judge

        result = judge(load(scenario, settings))
        if as_json:
            print_json(result.as_json())
        else:
            print_lines(result.statements(language))
            print_notices(result.notices, language)
        if not result.reachable:
            raise typer.Exit(NO_SPLIT)
