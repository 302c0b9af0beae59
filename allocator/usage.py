"""The command line itself: what of it cannot be understood is said like any other finding, in the user's language."""

from __future__ import annotations

import difflib
import inspect
import os
import re
from collections.abc import Sequence
from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints

import typer

from allocator.commands.errors import errors_in_words
from scenarios.errors import InputError, Place
from scenarios.wording import LANGUAGES, Language, Text

LANGUAGE_VARIABLE = "ALLOCATOR_LANG"
_BAD_USAGE = 2


def language_of(words: Sequence[str]) -> Language:
    """Return the language that a command line asks for, as far as it can be told."""
    asked = [os.environ.get(LANGUAGE_VARIABLE, ""), *_given(words, "--lang")]
    return next((language for text in reversed(asked) for language in LANGUAGES if language == text), "zh")


def say_misuse(error: Any, words: Sequence[str]) -> int:  # noqa: ANN401  (the library's error)
    """Say what is wrong with a command line, and return the exit code."""
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return _BAD_USAGE
    return say_refusal(_finding(error, words), words, "--json" in words)


def say_refusal(refusal: InputError, words: Sequence[str], as_json: bool = False) -> int:
    """Say why a command line is refused, outside of any command, and return the exit code."""
    try:
        with errors_in_words(language_of(words), as_json, debug="--debug" in words):
            raise refusal
    except typer.Exit as stop:
        return stop.exit_code


def _finding(error: Any, words: Sequence[str]) -> InputError:  # noqa: ANN401
    """Return what the library found, as a finding of ours; its classes are told by name, which it keeps."""
    said = {"NoSuchOption": _no_option, "MissingParameter": _missing, "BadParameter": _bad_value}
    if type(error).__name__ == "BadOptionUsage":
        return _option_alone(error, words)
    return said.get(type(error).__name__, _other)(error, words)


def _option_alone(error: Any, words: Sequence[str]) -> InputError:  # noqa: ANN401
    """Return that an option has no value, or one where it takes none."""
    given = any(word.startswith(f"{error.option_name}=") for word in words)
    code = "option_takes_none" if given else "option_needs_value"
    return InputError.of(code, Place(key=error.option_name), command=f"allocator {words[0]}")


def _no_option(error: Any, _: Sequence[str]) -> InputError:  # noqa: ANN401
    """Return that there is no such option, and the one that may be meant."""
    known = [name for param in error.ctx.command.params for name in (*param.opts, *param.secondary_opts)]
    meant = difflib.get_close_matches(error.option_name, [name for name in known if name.startswith("--")], 1, 0.6)
    said = {"found": error.option_name, "meant": "".join(meant), "command": _path(error)}
    return InputError.of("option_meant" if meant else "option_unknown", Place(key=_path(error)), **said)


def _missing(error: Any, _: Sequence[str]) -> InputError:  # noqa: ANN401
    """Return which argument is missing, with what its help says of it."""
    zh, _, en = (error.param.help or "").partition(" / ")
    said = {"needed": _called(error.param), "words": Text(zh, en), "usage": _usage(error)}
    return InputError.of("argument_missing", Place(key=_path(error)), **said)


def _other(error: Any, words: Sequence[str]) -> InputError:  # noqa: ANN401
    """Return that there are too many arguments, or that there is no such command."""
    if error.ctx.parent:
        return InputError.of("too_many_arguments", Place(key=_path(error)), usage=_usage(error))
    commands, found = list(error.ctx.command.commands), next((word for word in words if not word.startswith("-")), "")
    meant = ", ".join(difflib.get_close_matches(found, commands, 1, 0.5) or commands)
    return InputError.of("command_unknown", Place(key=_path(error)), found=found, known=meant)


def _bad_value(error: Any, words: Sequence[str]) -> InputError:  # noqa: ANN401
    """Return what is wrong with the value of an option: one of a few, a number, or within limits."""
    called, callback = _called(error.param), inspect.unwrap(error.ctx.command.callback)
    kinds = _kinds(get_type_hints(callback, include_extras=True)[error.param.name])
    choices = [str(choice) for kind in kinds for choice in _choices(kind)]
    given = [*([os.environ.get(LANGUAGE_VARIABLE, "")] if called == "--lang" else []), *_given(words, called)]
    found = next((value for value in reversed(given) if value not in choices), "")
    if choices:
        return InputError.of("not_one_of", Place(key=called), found=found, needed=", ".join(choices))
    if float in kinds:
        return InputError.of("not_a_number", Place(key=called), found=found)
    limits = _limits(kinds) if re.fullmatch(r"[+-]?[0-9]+", found) else ""
    return InputError.of("out_of_range" if limits else "not_an_integer", Place(key=called), found=found, needed=limits)


def _limits(kinds: Sequence[Any]) -> str:
    """Return between what an option may be, ``""`` where it has no limits."""
    found = ((sign, getattr(kind, name, None)) for kind in kinds for name, sign in (("min", "≥"), ("max", "≤")))
    return ", ".join(dict.fromkeys(f"{sign} {limit}" for sign, limit in found if isinstance(limit, int | float)))


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


def _path(error: Any) -> str:  # noqa: ANN401
    """Return the command with its name, as it is typed."""
    return f"allocator {error.ctx.command.name}" if error.ctx.parent else "allocator"


def _usage(error: Any) -> str:  # noqa: ANN401
    """Return the command with its arguments, as it is to be typed."""
    arguments = (_called(param) for param in error.ctx.command.params if param.param_type_name == "argument")
    return " ".join([_path(error), *arguments])


def _given(words: Sequence[str], option: str) -> list[str]:
    """Return what stands behind an option on a command line, each time it is there."""
    pairs = zip(words, [*words[1:], ""], strict=True)
    return [after if word == option else word.partition("=")[2] for word, after in pairs
            if word == option or word.startswith(f"{option}=")]  # fmt: skip
