"""The command `negotiate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.commands.errors import NOT_BACKED, Errors
from allocator.commands.options import DebugOption, JsonOption, Lang, LangOption, ScenarioArgument, SetOption
from allocator.commands.printing import load, print_json, print_lines, print_result
from reports.words import LABELS
from scenarios.errors import InputError


def negotiate(
    scenario: ScenarioArgument,
    fix: Annotated[
        list[str], typer.Option("--fix", metavar="REGION=RATE", help="协商值，可重复 / negotiated rate, repeatable")
    ] = [],  # noqa: B006
    absorb: Annotated[
        str, typer.Option("--absorb", metavar="GROUP", help="只由这一组（或逗号分开的地区）承担 / only these pick up")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="各轮的文件夹，默认 out/名称/rounds / rounds, default out/NAME/rounds"
        ),
    ] = None,
    replay: Annotated[
        Path | None, typer.Option("--replay", metavar="DIR", help="重算所存的一轮 / compute a kept round again")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="撤销最后一轮 / set the last round aside")] = False,
    settings: SetOption = [],  # noqa: B006
    lang: LangOption = Lang.ZH,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """协商：给定某些地区的目标，看谁承担多少 / fix some rates, see who picks up how much."""
    with Errors(lang, as_json, debug) as language:
        from scenarios.errors import Place

        if bool(fix or absorb) + (replay is not None) + undo > 1:
            raise InputError.of("negotiate_one", Place(key="negotiate"))
        from allocator.negotiating import negotiate as negotiation
        from allocator.negotiating.rounds import undo as set_aside

        if replay is not None:
            again = negotiation.replay(*negotiation.open_round(scenario, settings, replay))
            print_result(again, as_json, language)
            if not (again.same and again.outcome.verification.passed):
                raise typer.Exit(NOT_BACKED)
            return
        if undo:
            aside = set_aside(negotiation.rounds_folder(load(scenario, settings), out))
            if as_json:
                print_json({"schema_version": 1, "undone": aside.name})
            else:
                print_lines([LABELS.say("round_undone", language, folder=aside)])
            return
        loaded, folder, last = negotiation.open_rounds(scenario, settings, out)
        result = negotiation.negotiate(loaded, fix, absorb, last)
        where, verification = negotiation.write_round(result, folder, language)
        print_result(result, as_json, language)
        if not as_json:
            print_lines([LABELS.say("written", language, folder=where)])
        if not verification.passed:
            raise typer.Exit(NOT_BACKED)
