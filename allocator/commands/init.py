"""The command `init`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allocator.commands.errors import Errors
from allocator.commands.options import DebugOption, JsonOption, Lang, LangOption, RulesOption
from allocator.commands.printing import print_result
from scenarios.errors import InputError, Place

if TYPE_CHECKING:
    from allocator.starting import StartedForm
    from scenarios.wording import Language


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="新建的文件夹 / folder to make")],
    assessment: Annotated[
        bool,
        typer.Option("--assessment", help="改为生成考核评分表 assessment.xlsx / a form of scores instead"),
    ] = False,
    scenario: Annotated[
        str | None,
        typer.Option("--scenario", metavar="SCENARIO", help="评分表所用方案的地区 / whose regions the form is for"),
    ] = None,
    rules: RulesOption = None,
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """新建方案：待填的 scenario.yaml 和 regions.xlsx / a scenario to fill in."""
    with Errors(lang, as_json, debug) as language:
        if assessment:
            print_result(_form(folder, scenario, rules, language), as_json, language)
            return
        from allocator.starting import init as start

        for option, value in (("--scenario", scenario), ("--rules", rules)):
            if value is not None:
                raise InputError.of("assess_flag_needed", Place(key=option))
        print_result(start(folder, language), as_json, language)


def _form(folder: Path, scenario: str | None, rules: str | None, language: Language) -> StartedForm:
    """Return the form that was made."""
    from allocator.starting import init_form
    from allocator.tracking.assessed import RULES

    if scenario is None:
        raise InputError.of("assess_scenario_needed", Place(key="--scenario"))
    return init_form(folder, scenario, rules or RULES, language)
