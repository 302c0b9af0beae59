"""The command `init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from allocator.commands.errors import errors_in_words, refused
from allocator.commands.options import DebugOption, JsonOption, LangOption, RulesOption, argument, option
from allocator.commands.printing import print_result


def init(
    folder: Annotated[Path, argument("DIR", "新建的文件夹 / folder to make")],
    assessment: Annotated[
        bool, option("--assessment", "改为生成考核评分表 assessment.xlsx / a form of scores instead")
    ] = False,
    scenario: Annotated[
        str | None, option("--scenario", "评分表所用方案的地区 / whose regions the form is for", "SCENARIO")
    ] = None,
    period: Annotated[
        str | None,
        option("--period", "规划期：15fyp 为“十五五”，强度和总量一起问 / 15fyp: 2025–2030, both targets asked", "NAME"),
    ] = None,
    yaml: Annotated[
        bool,
        option("--yaml", "写 scenario.yaml 和 regions.xlsx，不写一个工作簿 / scenario.yaml and regions.xlsx instead"),
    ] = False,
    split: Annotated[
        bool,
        option("--split", "各市一份自评表，由 track --form 汇总 / a form a city, gathered by track --form"),
    ] = False,
    rules: RulesOption = None,
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """新建方案：一个待填的工作簿 / a scenario to fill in, one workbook."""
    with errors_in_words(lang, as_json, debug):
        from allocator.starting import init as start
        from allocator.starting import init_form

        if not assessment:
            for name, value in (("--scenario", scenario), ("--rules", rules), ("--split", split or None)):
                if value is not None:
                    raise refused("assess_flag_needed", name)
            print_result(start(folder, lang, period, yaml), as_json, lang)
            return
        for name, given in (("--period", period is not None), ("--yaml", yaml)):
            if given:
                raise refused("period_of_scenarios", name)
        if scenario is None:
            raise refused("assess_scenario_needed", "--scenario")
        print_result(init_form(folder, scenario, rules, lang, split), as_json, lang)
