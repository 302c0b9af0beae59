"""Standard output and error, whatever they are: full, closed, or a console that lacks a character."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_BROKEN_PIPE = 141


class _Taking(io.FileIO):
    """A stream that takes all that is written; why it could not be put out is kept."""

    failure: OSError | None = None

    def write(self, data: ReadableBuffer, /) -> int:
        """Write, or forget what cannot be written."""
        try:
            return super().write(data)
        except OSError as error:
            self.failure = self.failure or error
            return memoryview(data).nbytes


def make_streams() -> None:
    """Put streams in place that never fail, show ``?`` for what a console lacks, and write UTF-8 into a pipe."""
    while (spare := os.open(os.devnull, os.O_RDWR)) <= 2:  # a number left free would go to the next file opened
        pass
    os.close(spare)
    sys.stdout, sys.stderr = _stream(sys.stdout), _stream(sys.stderr)


def _stream(stream: TextIO | None) -> TextIO:
    """Return a stream in place of one that may fail, or is closed."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    encoding = stream.encoding if stream.isatty() else "utf-8"
    if not isinstance(getattr(stream.buffer, "raw", stream.buffer), io.FileIO):  # the console of Windows
        stream.reconfigure(encoding=encoding, errors="replace")
        return stream
    stream.flush()
    buffer = io.BufferedWriter(_Taking(stream.fileno(), "w", closefd=False))
    return io.TextIOWrapper(buffer, encoding, "replace", None, stream.line_buffering, stream.write_through)


def code_of_output(words: Sequence[str]) -> int | None:
    """Return how a command ends that could not put out what it had to say, which is said; None where it could."""
    sys.stdout.flush()
    failure = getattr(getattr(getattr(sys.stdout, "buffer", None), "raw", None), "failure", None)
    if failure is None:
        return None
    if isinstance(failure, BrokenPipeError):  # `allocator … | head`: nobody reads on
        return _BROKEN_PIPE
    from allocator.usage import say_refusal
    from scenarios.errors import InputError
    from scenarios.findings.system import system_reason

    return say_refusal(InputError.of("output_unwritable", reason=system_reason(failure)), words)
