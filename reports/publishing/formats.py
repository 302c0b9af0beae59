"""The formats of the official table by name: what writes one, what reads it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from reports.printing.document import Grid, Sheet
from scenarios.wording import Language


@dataclass(frozen=True)
class Format:
    """One format."""

    suffix: str  # Of its files
    # In `reports.publishing`; has ``write(sheet) -> bytes`` and ``read(path, language) -> list of grids``. It is
    # imported when it is used.
    module: str
    separate: bool = False  # Whether every table needs a file of its own
    running: bool = True  # Whether it holds text that is read, and not tables alone

    def files(self, sheet: Sheet) -> dict[str, Sheet]:
        """Return what goes into which file: ``table-zh.docx``; with `separate` also ``classes-zh.csv``."""
        if not self.separate:
            return {f"{sheet.name}-{sheet.language}.{self.suffix}": sheet}
        return {
            f"{table.code}-{sheet.language}.{self.suffix}": replace(sheet, tables=(table,)) for table in sheet.tables
        }

    def write(self, sheet: Sheet) -> bytes:
        """Return the bytes of one file."""
        writer: Callable[[Sheet], bytes] = import_module(f"reports.publishing.{self.module}").write
        return writer(sheet)

    def read(self, path: Path, language: Language) -> list[Grid]:
        """Return the tables of a written file: for each its headers and rows as text."""
        reader: Callable[[Path, Language], list[Grid]] = import_module(f"reports.publishing.{self.module}").read
        return reader(path, language)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format("csv", "csv_file", separate=True, running=False),
        "xlsx": Format("xlsx", "xlsx_file"),
        "docx": Format("docx", "docx_file"),
        "html": Format("html", "html_file"),
        "md": Format("md", "markdown_file"),
        "tex": Format("tex", "latex_file"),
    }
)
