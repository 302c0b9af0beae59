"""What can go wrong, as sentences on standard error and an exit code.

0 done and backed · 1 not backed, or a check failed · 2 input or command line wrong ·
3 no split possible · 4 the solver failed.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from allocator.commands.options import Lang
from allocator.commands.printing import print_json
from reports.words import LABELS
from scenarios.errors import Finding, InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from allocator.planning.no_split import NoSplit
    from scenarios.wording import Language

NOT_BACKED, BAD_INPUT, NO_SPLIT, SOLVER_FAILED = 1, 2, 3, 4
INTERRUPTED, BROKEN_PIPE = 130, 141


class Errors:
    """Turns what can go wrong into messages on standard error and an exit code."""

    def __init__(self, lang: Lang, as_json: bool, debug: bool) -> None:
        self.language: Language = "zh" if lang is Lang.ZH else "en"
        self.as_json = as_json
        self.debug = debug

    def __enter__(self) -> Language:
        return self.language

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, typer.Exit):
            return
        if self.debug and not isinstance(error, KeyboardInterrupt):
            import traceback

            traceback.print_exception(error)
        if isinstance(error, InputError):
            self._stop(BAD_INPUT, [finding.say(self.language) for finding in error.findings], error.findings)
        if isinstance(error, BrokenPipeError):  # `allocator … | head`: nobody reads on
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(BROKEN_PIPE)
        if isinstance(error, KeyboardInterrupt):
            self._stop(INTERRUPTED, [LABELS.say("interrupted", self.language)])
        self._stop(*self._other(error))

    def _other(self, error: BaseException) -> tuple[int, list[str]]:
        """Return exit code and lines for an error of the layers that may not be imported yet."""
        handlers: dict[str, Callable[[Any], tuple[int, list[str]]]] = {
            "NoSplit": self._no_split,
            "SampleWrong": lambda e: (SOLVER_FAILED, [LABELS.say("solver_error", self.language, reason=e)]),
            "SampleDiffers": lambda e: (SOLVER_FAILED, [LABELS.say("solver_error", self.language, reason=e)]),
            "WorkersLost": lambda _: (SOLVER_FAILED, [LABELS.say("workers_lost", self.language)]),
            "SolverFailure": lambda e: (SOLVER_FAILED, [LABELS.say("solver_error", self.language, reason=e)]),
            "OutOfTime": lambda _: (SOLVER_FAILED, [LABELS.say("out_of_time", self.language)]),
            "WriteCheckFailed": lambda e: (
                NOT_BACKED,
                [LABELS.say("write_check_failed", self.language, file=e)],
            ),
        }
        handler = handlers.get(type(error).__name__)
        if handler is not None:
            try:
                return handler(error)
            except Exception as broken:  # the sentence about it must not become a traceback either
                error = broken
        kind = f"{type(error).__name__}: {error}".splitlines()[0]
        return SOLVER_FAILED, [LABELS.say("internal_error", self.language, kind=kind)]

    def _no_split(self, error: NoSplit) -> tuple[int, list[str]]:
        from allocator.planning.no_split import no_split_statements

        return NO_SPLIT, no_split_statements(error, self.language)

    def _stop(self, code: int, lines: list[str], findings: tuple[Finding, ...] = ()) -> NoReturn:
        """Print lines to standard error, the JSON document if asked for, and exit."""
        label = LABELS.say("error", self.language)
        for line in lines:
            print(f"{label}: {line}" if code in (BAD_INPUT, SOLVER_FAILED) else line, file=sys.stderr)
        if len(findings) > 1:
            print(LABELS.say("found_errors", self.language, count=len(findings)), file=sys.stderr)
        if self.as_json:
            print_json({"exit_code": code, "messages": lines, "findings": [f.as_json() for f in findings]})
        raise typer.Exit(code)
