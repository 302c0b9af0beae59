"""The command `prices`."""

from __future__ import annotations

from typing import Annotated

import typer

from allocator.commands.errors import Errors
from allocator.commands.options import DebugOption, JsonOption, Lang, LangOption, ScenarioArgument, SetOption
from allocator.commands.printing import load, print_result


def prices(
    scenario: ScenarioArgument,
    region: Annotated[
        list[str], typer.Option("--region", metavar="NAME", help="只看这个地区，可重复 / this region only, repeatable")
    ] = [],  # noqa: B006
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """某地少降 1 个百分点，其他各地多降多少 / what a point of relief costs the others."""
    with Errors(lang, as_json, debug) as language:
        from allocator.negotiating.prices import prices as price

        print_result(price(load(scenario, settings), region), as_json, language)
