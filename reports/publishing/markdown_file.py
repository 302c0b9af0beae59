"""The official table in Markdown with pipe tables; what a name holds stays text there."""

from __future__ import annotations

import re
from pathlib import Path

from reports.printing.document import Grid, Sheet
from reports.printing.table import Table
from scenarios.tables.documents.plain import read_markdown
from scenarios.wording import Language

_MARKUP = re.compile(
    r"[\\`*_{}\[\]<>|~$&#@]"  # emphasis, code, links, HTML, entities, cells, mathematics, mentions
    r"|(?<=[A-Za-z]):(?=//)|(?<=www)\."  # bare addresses
    r"|^[-+=!:]",  # what starts a block
    re.IGNORECASE,
)


def write(sheet: Sheet) -> bytes:
    """Return the document."""
    parts = [f"**{escape(sheet.draft)}**"] if sheet.draft else []
    parts += [escape(sheet.mark)] if sheet.mark else []
    parts.append(f"# {escape(sheet.title)}")
    for table in sheet.tables:
        parts += [f"**{escape(table.caption)}**"] if table.caption else []
        parts += [escape(table.unit)] if table.unit else []
        parts.append(_table(table, sheet.language))
    parts += [f"**{escape(sheet.statement_line)}**"] if sheet.statement else []
    parts += [escape(text) for text in (*sheet.below, sheet.signed, sheet.ask_line) if text]
    return ("\n\n".join(parts) + "\n").encode()


def escape(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", _MARKUP.sub(lambda found: f"\\{found.group()}", text))


def _table(table: Table, language: Language) -> str:
    rules = ("---" if column.kind == "text" else "---:" for column in table.columns)
    rows = [[escape(head) for head in table.heads(language)], list(rules)]
    rows += [
        [escape(cell) if column.kind == "text" else cell for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def read(path: Path, language: Language) -> list[Grid]:
    """Return every table."""
    return [
        tuple(tuple(cell.text for cell in row) for row in table.rows)
        for table in read_markdown(path.read_text("utf-8"))
    ]
