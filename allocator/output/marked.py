"""`--errors`: the table with its mistakes marked, in a new file, whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reports.marking import is_table, marked_workbook
from reports.words import LABELS
from scenarios.errors import Finding, InputError, Place
from scenarios.findings.system import system_reason
from scenarios.sources import find_scenario
from scenarios.tables.files import usable
from scenarios.wording import Language


@dataclass(frozen=True)
class Marked:
    """Where the mistakes of a command's tables go."""

    file: Path  # To be written
    scenario: str  # As the command line names it; ``""`` without one
    tables: tuple[str | Path | None, ...] = ()  # That the command line names besides

    def refuse_unusable(self) -> None:
        """Refuse a file that is there already, or that is called like no workbook, before anything is read.

        Raises
        ------
        InputError
            The file cannot be written.
        """
        place = Place(file=str(self.file))
        if self.file.suffix.lower() != ".xlsx":
            raise InputError.of("errors_ending", place)
        if usable(self.file, "out_not_writable").exists() or self.file.is_symlink():
            raise InputError.of("errors_taken", place)

    def write(self, findings: Sequence[Finding], language: Language) -> str:
        """Write the first table that something is wrong with, marked, and say so; where there is none, say that.

        Raises
        ------
        InputError
            The file cannot be written.
        """
        for name in dict.fromkeys(finding.place.file for finding in findings if finding.place.row):
            path = self._path(name) if is_table(name) else None
            if path is not None:
                try:
                    content, count = marked_workbook(path, findings, language)
                except InputError as error:
                    if all(finding in findings for finding in error.findings):
                        continue  # It is just that which is said already
                    raise
                write_new(self.file, content)
                return LABELS.say("errors_marked", language, file=self.file, table=name, count=count)
        return LABELS.say("errors_none", language, file=self.file)

    def _path(self, name: str) -> Path | None:
        """Return the path of a table by its file name: one that the command line names, or one of the scenario's."""
        paths = [Path(table) for table in self.tables if table and Path(table).name == name]
        with suppress(InputError):
            paths += [find_scenario(self.scenario).parent / name] if self.scenario else []
        return next((path for path in paths if path.is_file()), None)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that was not there, whole or not at all; one that came meanwhile stays."""
    side = path.with_name(f".allocator-{secrets.token_hex(8)}")
    try:
        try:
            side.write_bytes(content)
            _name(side, path)
        finally:
            side.unlink(missing_ok=True)
    except FileExistsError:
        raise InputError.of("errors_taken", Place(file=str(path))) from None
    except OSError as error:
        raise InputError.of("out_not_writable", Place(file=str(path)), reason=system_reason(error)) from error


def _name(side: Path, path: Path) -> None:
    """Give a file its name, which nobody may have taken; a disk without hard links is asked first."""
    try:
        os.link(side, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path) from None
        side.rename(path)
