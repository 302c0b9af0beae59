"""The command line: one command a file in `allocator.commands`."""

from __future__ import annotations

import gc
import sys
from contextvars import copy_context
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from allocator.commands.account import account
from allocator.commands.app import page
from allocator.commands.asking import check, prices, reconcile, schema
from allocator.commands.compare import compare, methods, weights_for
from allocator.commands.init import init
from allocator.commands.negotiate import negotiate
from allocator.commands.papers import letters, slides
from allocator.commands.plan import plan
from allocator.commands.publish import publish
from allocator.commands.sweep import sweep
from allocator.commands.track import track
from allocator.commands.verify import explain, prove, verify
from allocator.streams import code_of_output, make_streams

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_COMMANDS: dict[str, Callable[..., None]] = {
    "check": check,
    "plan": plan,
    "verify": verify,
    "prices": prices,
    "negotiate": negotiate,
    "compare": compare,
    "methods": methods,
    "explain": explain,
    "weights-for": weights_for,
    "publish": publish,
    "letters": letters,
    "slides": slides,
    "prove": prove,
    "account": account,
    "reconcile": reconcile,
    "init": init,
    "app": page,
    "sweep": sweep,
    "track": track,
    "schema": schema,
}
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]


class Commands(TyperGroup):
    """The commands; what of a command line the library refuses is said in the words of this program."""

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, complete_var: str | None = None,
        standalone_mode: bool = True, windows_expand_args: bool = True, **extra: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401  # fmt: skip
        """Run what a command line says; see `typer.core.TyperGroup.main`."""
        words = list(sys.argv[1:] if args is None else args)
        try:
            alone = copy_context()  # what a command speaks of is its own
            code = alone.run(super().main, args, prog_name, complete_var, False, windows_expand_args, **extra)
        except _UsageError as error:
            if not standalone_mode:
                raise
            from allocator.usage import say_misuse

            code = say_misuse(error, words)
        if standalone_mode:
            sys.exit(code if isinstance(code, int) else 0)
        return code


_HELP = (
    "把全省碳排放强度下降目标分解到各市，并验证分解能支撑全省。"
    "Split a province's carbon-intensity target across its cities, and prove that the split backs it."
)


def _program(commands: Mapping[str, Callable[..., None]]) -> typer.Typer:
    """Return the program with these commands."""
    program = typer.Typer(
        name="allocator", cls=Commands, help=_HELP, no_args_is_help=True, add_completion=False,
        pretty_exceptions_enable=False, rich_markup_mode=None,
    )  # fmt: skip
    for name, command in commands.items():
        program.command(name=name)(command)
    return program


app = _program(_COMMANDS)


def _needed(words: Sequence[str]) -> typer.Typer:
    """Return the program with the command that is named; the list of all needs none of their options."""
    if words[:1] and words[0] in _COMMANDS:
        return _program({words[0]: _COMMANDS[words[0]]})
    return _program({name: _listed(command) for name, command in _COMMANDS.items()}) if words == ["--help"] else app


def _listed(command: Callable[..., None]) -> Callable[[], None]:
    """Return what stands for a command in the list of all: what it does, in words."""

    def listed() -> None: ...

    listed.__doc__ = command.__doc__
    return listed


def main() -> None:
    """Run the command line.

    Nearly all objects of a command are of the libraries and stay to its end: looking for garbage among them, while
    they are made and once more when they go, is a fifth of a plan's seconds. The page, which lives on, looks for it.
    """
    gc.disable()
    make_streams()
    words = sys.argv[1:]
    try:
        get_group(_needed(words))()
    finally:
        gc.freeze()
        refused = code_of_output(words)
        if refused is not None:
            sys.exit(refused)
