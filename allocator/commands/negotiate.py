"""The command `negotiate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.commands.errors import errors_in_words, refused
from allocator.commands.options import (
    DebugOption,
    JsonOption,
    LangOption,
    RoundsOption,
    ScenarioArgument,
    SetOption,
    option,
)
from allocator.commands.printing import load, print_json, print_lines, print_notices, print_result, print_written, said
from allocator.exit_codes import NOT_BACKED


def negotiate(
    scenario: ScenarioArgument,
    fix: Annotated[list[str], option("--fix", "商定值，可重复 / agreed rate, repeatable", "REGION=RATE")] = [],  # noqa: B006
    absorb: Annotated[str, option("--absorb", "只由这一组（或逗号分开的地区）承担 / only these pick up", "GROUP")] = "",
    reason: Annotated[str, option("--reason", "为什么这样定，随轮次保存 / why, kept with the round", "TEXT")] = "",
    who: Annotated[str, option("--who", "何人保存，默认登录名 / who keeps it, by default the login name", "NAME")] = "",
    out: RoundsOption = None,
    replay: Annotated[Path | None, option("--replay", "重算所存的一轮 / compute a kept round again", "DIR")] = None,
    undo: Annotated[bool, option("--undo", "撤销最后一轮 / set the last round aside")] = False,
    rounds: Annotated[bool, option("--rounds", "列出保存的各轮 / list the rounds kept")] = False,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = "zh",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """协商：某些地区取商定值，看谁承担多少 / some regions take agreed rates: see who picks up how much."""
    with errors_in_words(lang, as_json, debug):
        if bool(fix or absorb or reason or who) + (replay is not None) + undo + rounds > 1:
            raise refused("negotiate_one", "negotiate")
        from allocator.negotiating import negotiate as negotiation
        from allocator.negotiating.listing import kept_rounds
        from allocator.negotiating.remarks import Remark, login_name
        from allocator.negotiating.rounds import undo as set_aside

        if replay is not None:
            again = negotiation.replay(*negotiation.open_round(scenario, settings, replay))
            print_result(again, as_json, lang)
            if not (again.same and again.outcome.verification.passed):
                raise typer.Exit(NOT_BACKED)
            return
        if undo:
            aside = set_aside(negotiation.rounds_folder(load(scenario, settings), out))
            if as_json:
                print_json({"schema_version": 1, "undone": aside.name})
            else:
                print_lines([said("round_undone", lang, folder=aside)])
            return
        if rounds:
            loaded = load(scenario, settings)
            print_result(kept_rounds(negotiation.rounds_folder(loaded, out), loaded.names), as_json, lang)
            return
        remark = Remark.of(who or login_name(), reason)
        result, where, verification = negotiation.next_round(scenario, settings, out, fix, absorb, lang, remark)
        print_result(result, as_json, lang)
        if not as_json:
            print_notices(result.plan.record.notices, lang)
            print_written(where, (), lang)
        if not verification.passed:
            raise typer.Exit(NOT_BACKED)
