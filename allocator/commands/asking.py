"""The commands that answer a question and write nothing: `check`, `prices`, `reconcile`, `schema`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allocator.commands.errors import errors_in_words, errors_marked, refused
from allocator.commands.options import (
    DebugOption,
    ErrorsOption,
    JsonOption,
    LangOption,
    ScenarioArgument,
    SetOption,
    argument,
    option,
)
from allocator.commands.printing import load, print_json, print_lines, print_notices, print_result, waiting
from allocator.exit_codes import NO_SPLIT, NOT_BACKED

if TYPE_CHECKING:
    from allocator.planning.check import CheckResult
    from allocator.planning.total.alone import Alone
    from scenarios.load import Scenario
    from scenarios.wording import Language


def check(
    scenario: Annotated[
        list[str],
        argument(
            "SCENARIO",
            "内置案例名、方案文件或文件夹；一省几种量的方案可一起核对 / "
            "case, scenario file or folder; several of one province are held against each other",
        ),
    ],
    errors: ErrorsOption = None,
    save_as: Annotated[
        Path | None,
        option(
            "--save-as",
            "另存为一个工作簿（.xlsx）或 YAML（.yaml），内容不变 / "
            "write the same scenario as one workbook (.xlsx) or as YAML (.yaml)",
            "FILE",
        ),
    ] = None,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """检查数据，给出可达范围与结构效应 / judge the data; reach and composition effect."""
    several = len(scenario) > 1
    with errors_in_words(lang, as_json, debug), errors_marked(None if several else errors, lang, scenario[0]):
        if save_as is not None:
            _save(scenario, save_as, settings, lang, as_json)
        if several:
            _fit(scenario, settings, errors, lang, as_json)
            return
        from allocator.planning.check import as_understood
        from scenarios.errors import InputError

        try:
            loaded = load(scenario[0], settings, split=False)
        except InputError as error:
            print_lines([] if as_json else as_understood(scenario[0], settings, error, lang))
            raise
        with waiting("plan_stage", lang, as_json):
            result = alone(loaded, scenario[0], settings) or judged(loaded)
        print_result(result, as_json, lang)
        if not as_json:
            print_notices(result.notices, lang)
        if not result.reachable:
            raise typer.Exit(NO_SPLIT)


def _save(sources: list[str], target: Path, settings: list[str], language: Language, as_json: bool) -> None:
    """Write a scenario in its other form."""
    from allocator.saving import save, saved

    if len(sources) > 1:
        raise refused("fit_settings", "--save-as")
    files = save(sources[0], target, language, settings)
    print_lines([] if as_json else [saved(files, language), ""])


def alone(scenario: Scenario, source: str, settings: list[str]) -> Alone | None:
    """Return what is said of a scenario of a level, or of a share; None for any other.

    `source`, `settings`: where it is from, for a share is split in another form than it is held against others.
    """
    if not scenario.measured.stands_alone:
        return None
    from allocator.planning.total.alone import Alone

    return Alone(scenario, judged(scenario if scenario.measured.is_level else load(source, settings)))


def judged(scenario: Scenario) -> CheckResult:
    """Return the judgement on a scenario, what a plan would refuse beside its rates refused.

    Raises InputError: that, each with its place.
    """
    from allocator.planning.check import check as judge
    from allocator.planning.foreseen import foresee

    result = judge(scenario)
    none = foresee(scenario, result.reachable)
    return result if none is None else replace(result, no_split=none)


def _fit(
    sources: list[str], settings: list[str], errors: Path | None, language: Language, as_json: bool
) -> None:  # fmt: skip
    """Hold several scenarios of one province against each other."""
    from allocator.planning.total.fit import fit
    from scenarios.errors import Finding, InputError
    from scenarios.load import load_scenario

    if settings or errors is not None:
        raise refused("fit_settings", "--set" if settings else "--errors")
    open_, read = list[Finding](), []
    for source in sources:
        try:
            read.append((source, load_scenario(source, split=False)))
        except InputError as error:
            open_ += error.findings
    result = fit(read, open_)
    print_result(result, as_json, language)
    if not as_json:
        print_notices(result.notices, language)
    if not result.holds:
        raise typer.Exit(NOT_BACKED)


def prices(
    scenario: ScenarioArgument,
    region: Annotated[
        list[str], option("--region", "只看这个地区，可重复 / this region only, repeatable", "NAME")
    ] = [],  # noqa: B006
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """某地少降 1 个百分点，其他各地多降多少 / what a point of relief costs the others."""
    with errors_in_words(lang, as_json, debug):
        from allocator.negotiating.prices import prices as price

        loaded = load(scenario, settings)
        print_result(price(loaded, region), as_json, lang)
        print_notices([] if as_json else loaded.notices, lang)


def reconcile(
    scenario: ScenarioArgument,
    policies: Annotated[
        list[str], option("--policy", "cities、scale、residual、refuse，可重复 / policy, repeatable", "NAME")
    ] = ["cities", "scale", "residual"],  # noqa: B006
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """市级合计与省级数据不符：各种处理下的分解并列 / the split under each policy for city sums, side by side."""
    with errors_in_words(lang, as_json, debug):
        from allocator.reconciling import under_policies

        result = under_policies(scenario, settings, policies)
        print_result(result, as_json, lang)
        print_notices([] if as_json else result.notices, lang)


def schema() -> None:
    """方案文件的 JSON Schema / JSON Schema of the scenario file."""
    from scenarios.file.schema import ScenarioFile

    print_json(ScenarioFile.model_json_schema())
