"""The command line itself: what of it cannot be understood is said like any other finding, in the user's language."""

from __future__ import annotations

import difflib
import inspect
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints

import typer
from typer.core import TyperGroup

from allocator.commands.errors import errors_in_words
from scenarios.errors import InputError, Place
from scenarios.wording import LANGUAGES, Language, Text

LANGUAGE_VARIABLE = "ALLOCATOR_LANG"
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]
_BAD_USAGE = 2


class Commands(TyperGroup):
    """The commands; what of a command line the library refuses is said in the words of this program."""

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, complete_var: str | None = None,
        standalone_mode: bool = True, windows_expand_args: bool = True, **extra: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401  # fmt: skip
        """Run what a command line says; see `typer.core.TyperGroup.main`."""
        words = list(sys.argv[1:] if args is None else args)
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except _UsageError as error:
            if not standalone_mode:
                raise
            code = _say(error, words)
        if standalone_mode:
            sys.exit(code if isinstance(code, int) else 0)
        return code


def language_of(words: Sequence[str]) -> Language:
    """Return the language that a command line asks for, as far as it can be told."""
    asked = _given(words, "--lang") or os.environ.get(LANGUAGE_VARIABLE, "")
    return next((language for language in LANGUAGES if language == asked), "zh")


def _say(error: Any, words: Sequence[str]) -> int:  # noqa: ANN401  (the library's error)
    """Say what is wrong with a command line, and return the exit code."""
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return _BAD_USAGE
    try:
        with errors_in_words(language_of(words), "--json" in words, debug="--debug" in words):
            raise _finding(error, words)
    except typer.Exit as stop:
        return stop.exit_code


def _finding(error: Any, words: Sequence[str]) -> InputError:  # noqa: ANN401
    """Return what the library found, as a finding of ours; its classes are told by name, which it keeps."""
    kind = type(error).__name__
    if kind == "BadOptionUsage":
        given = any(word.startswith(f"{error.option_name}=") for word in words)
        code = "option_takes_none" if given else "option_needs_value"
        return InputError.of(code, Place(key=error.option_name), command=f"allocator {words[0]}")
    command = error.ctx.command
    path = f"allocator {command.name}" if error.ctx.parent else "allocator"
    place = Place(key=path)
    if kind == "NoSuchOption":
        known = [name for param in command.params for name in param.opts if name.startswith("--")]
        meant = "".join(difflib.get_close_matches(error.option_name, known, 1, 0.6))
        code = "option_meant" if meant else "option_unknown"
        return InputError.of(code, place, found=error.option_name, meant=meant, command=path)
    if kind == "MissingParameter":
        zh, _, en = (error.param.help or "").partition(" / ")
        needed, usage = _called(error.param), _usage(path, command)
        return InputError.of("argument_missing", place, needed=needed, words=Text(zh, en), usage=usage)
    if kind == "BadParameter":
        return _bad_value(error.param, command, words)
    if error.ctx.parent:
        return InputError.of("too_many_arguments", place, usage=_usage(path, command))
    found = next((word for word in words if not word.startswith("-")), "")
    meant = ", ".join(difflib.get_close_matches(found, list(command.commands), 1, 0.5) or command.commands)
    return InputError.of("command_unknown", place, found=found, known=meant)


def _bad_value(param: Any, command: Any, words: Sequence[str]) -> InputError:  # noqa: ANN401
    """Return what is wrong with the value of an option: one of a few, a number, or within limits."""
    called = _called(param)
    found = _given(words, called) or os.environ.get(LANGUAGE_VARIABLE, "")
    kinds = _kinds(get_type_hints(inspect.unwrap(command.callback), include_extras=True)[param.name])
    choices = [str(choice) for kind in kinds for choice in _choices(kind)]
    info = next((kind for kind in kinds if hasattr(kind, "show_default")), None)
    limits = ((sign, getattr(info, name, None)) for name, sign in (("min", "≥"), ("max", "≤")))
    needed = ", ".join(f"{sign} {limit}" for sign, limit in limits if limit is not None)
    code = "not_one_of" if choices else "not_a_number" if float in kinds else "not_an_integer"
    with suppress(ValueError):
        code = "out_of_range" if int in kinds and needed and isinstance(int(found), int) else code
    return InputError.of(code, Place(key=called), found=found, needed=needed or ", ".join(choices))


def _kinds(annotation: Any) -> list[Any]:  # noqa: ANN401
    """Return the types and other parts that an annotation is made of."""
    parts = [*getattr(annotation, "__metadata__", ()), *get_args(annotation)]
    inner = [] if get_origin(annotation) is Literal else parts
    return [annotation, *(each for part in inner for each in _kinds(part))]


def _choices(kind: Any) -> list[Any]:  # noqa: ANN401
    """Return what a type leaves to choose from."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [member.value for member in kind]
    return list(get_args(kind)) if get_origin(kind) is Literal else []


def _called(param: Any) -> str:  # noqa: ANN401
    """Return how an option or argument is called on the command line."""
    return str(param.opts[0] if param.param_type_name == "option" else param.metavar or param.name)


def _usage(path: str, command: Any) -> str:  # noqa: ANN401
    """Return a command with its arguments, as it is to be typed."""
    return " ".join([path, *(_called(param) for param in command.params if param.param_type_name == "argument")])


def _given(words: Sequence[str], option: str) -> str:
    """Return what stands behind an option on a command line, ``""`` where it is not there."""
    pairs = zip(words, [*words[1:], ""], strict=True)
    found = (after if word == option else word.partition("=")[2] for word, after in pairs
             if word == option or word.startswith(f"{option}="))  # fmt: skip
    return next(found, "")
