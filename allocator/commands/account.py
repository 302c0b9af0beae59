"""The command `account`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.commands.errors import Errors
from allocator.commands.options import DebugOption, JsonOption, Lang, LangOption
from allocator.commands.printing import print_lines, print_notices, print_result
from reports.words import LABELS


def account(
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE", help="能源表（csv、xlsx）或带 energy 的方案 / energy table, or a scenario with one"
        ),
    ],
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="输出文件夹 / output folder")] = None,
    scope: Annotated[
        str | None, typer.Option("--scope", metavar="NAME", help="核算口径：13fyp、2026、inventory / scope")
    ] = None,
    option: Annotated[
        str | None,
        typer.Option(
            "--option",
            metavar="NAME",
            help="电力：fossil、own、provincial、balance、terminal / how electricity counts",
        ),
    ] = None,
    grid: Annotated[
        str | None,
        typer.Option("--grid", metavar="NAME", help="省级电网名称，如 广西 / the province's grid, as in 广西"),
    ] = None,
    factors: Annotated[
        Path | None, typer.Option("--factors", metavar="FILE", help="自有排放因子表 / factors of one's own")
    ] = None,
    gdp: Annotated[
        Path | None,
        typer.Option("--gdp", metavar="FILE", help="逐年生产总值表，与 --price-base 同用 / GDP by year"),
    ] = None,
    price_base: Annotated[
        int | None, typer.Option("--price-base", metavar="YEAR", help="按哪一年的价格 / the year of the prices")
    ] = None,
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """由能源数据核算基年排放 / base-year CO2 from energy figures."""
    with Errors(lang, as_json, debug) as language:
        from allocator.accounting import FILES as ACCOUNT_FILES
        from allocator.accounting import account as add_up
        from allocator.accounting import write_account

        result = add_up(table, scope, option, grid, factors, gdp, price_base)
        if out is not None:
            write_account(result, out, language)
        print_result(result, as_json, language)
        if not as_json:
            print_lines(result.table_lines(language))
            print_notices(result.notices, language)
            if out is not None:
                print_lines([LABELS.say("written", language, folder=out), "  ".join(ACCOUNT_FILES)])
