"""The command line: one command a file in `allocator.commands`."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import typer

from allocator.commands.account import account
from allocator.commands.app import page
from allocator.commands.asking import check, prices, reconcile, schema
from allocator.commands.compare import compare
from allocator.commands.init import init
from allocator.commands.negotiate import negotiate
from allocator.commands.plan import plan
from allocator.commands.publish import publish
from allocator.commands.sweep import sweep
from allocator.commands.track import track
from allocator.commands.usage import Commands
from allocator.commands.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

app = typer.Typer(
    name="allocator",
    cls=Commands,
    help="把全省碳排放强度下降目标分解到各市，并验证分解能支撑全省。"
    "Split a province's carbon-intensity target across its cities, and prove that the split backs it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_COMMANDS: dict[str, Callable[..., None]] = {
    "check": check,
    "plan": plan,
    "verify": verify,
    "prices": prices,
    "negotiate": negotiate,
    "compare": compare,
    "publish": publish,
    "account": account,
    "reconcile": reconcile,
    "init": init,
    "app": page,
    "sweep": sweep,
    "track": track,
    "schema": schema,
}
for _name, _command in _COMMANDS.items():
    app.command(name=_name)(_command)

_MADE = 200_000
"""After so many new objects the garbage collector looks, not every 700: what is imported stays to the end."""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(_MADE)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # a console that cannot show ₂ shows ? instead of failing; a pipe gets UTF-8
            stream.reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))
    app()
