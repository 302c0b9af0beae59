"""What ends a command without a result: its exit code, and the sentences about it."""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from typing import ClassVar

from allocator.exit_codes import BAD_INPUT, NOT_BACKED, SOLVER_FAILED
from reports.words import LABELS
from scenarios.errors import Finding, InputError, Place
from scenarios.findings.system import system_reason
from scenarios.told import to_paste, told
from scenarios.wording import Language


class Stop(Exception, metaclass=ABCMeta):  # noqa: N818  (no error of the program's)
    """What ends a command and can say why."""

    exit_code: ClassVar[int] = SOLVER_FAILED

    @abstractmethod
    def statements(self, language: Language) -> list[str]:
        """Return why, for people."""


class WriteCheckFailed(Stop):
    """A written file does not hold what was computed; nothing was published. The text is the file's name."""

    exit_code = NOT_BACKED

    def statements(self, language: Language) -> list[str]:
        """Return which file it is."""
        return [LABELS.say("write_check_failed", language, file=self)]


class WorkersLost(Stop):
    """Workers died again and again on the same samples."""

    def statements(self, language: Language) -> list[str]:
        """Return what may be the cause."""
        return [LABELS.say("workers_lost", language)]


def exit_and_sentences(error: BaseException, language: Language) -> tuple[int, list[str]]:
    """Return the exit code of an error, and what went wrong in the program's own words."""
    from solvers.problem import OutOfTime, SolverFailure

    try:
        if isinstance(error, InputError):
            return BAD_INPUT, [*told(error.findings, language), *to_paste(error.findings, language)]
        if isinstance(error, Stop):
            return error.exit_code, error.statements(language)
    except Exception as broken:  # the sentence about it must not become a traceback either
        error = broken
    if isinstance(error, OutOfTime):
        return SOLVER_FAILED, [LABELS.say("out_of_time", language)]
    if isinstance(error, SolverFailure):
        return SOLVER_FAILED, [LABELS.say("solver_error", language, reason=error)]
    if isinstance(error, OSError):
        refused = Finding("system_refused", Place(file=str(error.filename or "")), {"reason": system_reason(error)})
        return BAD_INPUT, [refused.say(language)]
    kind = f"{type(error).__name__}: {error}".splitlines()[0]
    return SOLVER_FAILED, [LABELS.say("internal_error", language, kind=kind)]
