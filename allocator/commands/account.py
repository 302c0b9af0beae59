"""The command `account`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from allocator.commands.errors import errors_in_words, errors_marked
from allocator.commands.options import DebugOption, ErrorsOption, JsonOption, LangOption, OutOption, argument, option
from allocator.commands.printing import print_json, print_lines, print_notices, print_written


def account(
    table: Annotated[
        str, argument("TABLE", "能源表（csv、xlsx）或带 energy 的方案 / energy table, or a scenario with one")
    ],
    out: OutOption = None,
    scope: Annotated[str | None, option("--scope", "核算口径：13fyp、2026、inventory / scope", "NAME")] = None,
    electricity: Annotated[
        str | None,
        option(
            "--option", "电力：fossil、own、provincial、balance、terminal、attributed / how electricity counts", "NAME"
        ),
    ] = None,
    grid: Annotated[
        str | None, option("--grid", "省级电网名称，如 广西 / the province's grid, as in 广西", "NAME")
    ] = None,
    factors: Annotated[Path | None, option("--factors", "自有排放因子表 / factors of one's own", "FILE")] = None,
    before: Annotated[
        str | None, option("--before", "基年另按此口径对照 / the base year beside itself under this scope", "NAME")
    ] = None,
    gdp: Annotated[Path | None, option("--gdp", "逐年生产总值表，与 --price-base 同用 / GDP by year", "FILE")] = None,
    price_base: Annotated[int | None, option("--price-base", "按哪一年的价格 / the year of the prices", "YEAR")] = None,
    errors: ErrorsOption = None,
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """由能源数据核算基年排放 / base-year CO2 from energy figures."""
    with errors_in_words(lang, as_json, debug), errors_marked(errors, lang, table, table, factors, gdp):
        from allocator.accounting import FILES as ACCOUNT_FILES
        from allocator.accounting import account as add_up
        from allocator.accounting import write_account
        from allocator.output.folder import refuse_unusable
        from scenarios.named import files_at

        if out is not None:
            refuse_unusable(out, ACCOUNT_FILES, (table, factors, gdp, *files_at(table)))
        result = add_up(table, scope, electricity, grid, factors, gdp, price_base, before)
        if out is not None:
            write_account(result, out, lang)
        if as_json:
            print_json(result.as_json())
        else:
            print_lines([*result.statements(lang), *result.table_lines(lang)])
            print_notices(result.notices, lang)
            if out is not None:
                print_written(out, ACCOUNT_FILES, lang)
