"""The command `reconcile`."""

from __future__ import annotations

from typing import Annotated

import typer

from allocator.commands.errors import Errors
from allocator.commands.options import DebugOption, JsonOption, Lang, LangOption, ScenarioArgument, SetOption
from allocator.commands.printing import print_result


def reconcile(
    scenario: ScenarioArgument,
    policies: Annotated[
        list[str],
        typer.Option("--policy", metavar="NAME", help="cities、scale、residual、refuse，可重复 / policy, repeatable"),
    ] = ["cities", "scale", "residual"],  # noqa: B006
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """市级合计与省级数据不符：各种处理下的分解并列 / the split under each policy for city sums, side by side."""
    with Errors(lang, as_json, debug) as language:
        from allocator.planning.policies import under_policies

        print_result(under_policies(scenario, settings, policies), as_json, language)
