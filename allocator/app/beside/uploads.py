"""A table that somebody drops on a page: limited, and for the time of one answer a file under its own name."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Annotated, Any

from flask import Request, request
from pydantic import BaseModel, Field

from allocator.app.desk import Desk
from allocator.app.questions import OfPlan
from allocator.app.uploads import admit, refuse_large

_FORM, _ASKED, _FILE = "multipart/form-data", "asked", "file"
_LONGEST = 80
_STEERING = re.compile(r'[\x00-\x1f\x7f<>:"|?*#\\/]')
"""What no name of a file may hold somewhere; a # would name a sheet."""


_Said = Annotated[str, Field(max_length=1000)]


class OfTable(OfPlan):
    """A question about a table that is sent with it, or is one of the scenario's own, by short name.

    `accepted`: id of a question about it -> why it is right.
    """

    table: str = ""
    accepted: Annotated[dict[_Said, _Said], Field(max_length=200)] = Field(default_factory=dict)

    def offered(self, desk: Desk) -> bool:
        """Return whether its table is one of the scenario's, and no other file of this machine."""
        return self.table in ("", *desk.scenario.file.tables)


class Sent(Request):
    """A request whose files are closed with it, and so leave the disk, even those of which only a part had room."""

    def _get_file_stream(self, *about: Any, **more: Any) -> IO[bytes]:  # noqa: ANN401  (as werkzeug has it)
        stream = super()._get_file_stream(*about, **more)
        self.__dict__.setdefault("begun", []).append(stream)
        return stream

    def close(self) -> None:
        """Close all that came with it."""
        super().close()
        for stream in self.__dict__.get("begun", ()):
            with suppress(OSError):  # what is left in its buffer has no room either
                stream.close()


def posted(wanted: type[BaseModel]) -> tuple[bytes, str]:
    """Return the question of the request and its content type; a table may be sent with one that is about a table.

    Raises InputError: the table is too large.
    """
    if issubclass(wanted, OfTable) and request.mimetype == _FORM:
        admit()
        return request.form.get(_ASKED, "").encode(), "application/json"
    return request.get_data(), request.mimetype


@contextmanager
def received(asked: OfTable) -> Iterator[str]:
    """Give the table that a question is about, as a command line names it: a path or a short name; ``""`` for none.

    Raises InputError: it is too large.
    """
    sent = request.files.get(_FILE)
    if sent is None:
        yield asked.table
        return
    with closing(sent), tempfile.TemporaryDirectory(prefix="allocator-") as folder:
        path = Path(folder) / plain_name(sent.filename or "")
        sent.save(path)
        refuse_large(path.stat().st_size, path.name)
        yield str(path)


def plain_name(name: str) -> str:
    """Return a name without folders and without what a file system or a reader takes for more than a name."""
    last = _STEERING.sub("_", PurePosixPath(name.replace("\\", "/")).name).strip(" .")
    stem, dot, suffix = last.rpartition(".")
    return f"{stem[:_LONGEST]}.{suffix[:_LONGEST]}" if dot and stem else (last[:_LONGEST] or "table")


def without_folder(lines: Sequence[str], table: str) -> list[str]:
    """Return sentences in which a table is called by its name alone."""
    folder = str(Path(table).parent)
    if folder == ".":
        return list(lines)
    return [line.replace(f"{folder}/", "").replace(f"{folder}\\", "") for line in lines]
