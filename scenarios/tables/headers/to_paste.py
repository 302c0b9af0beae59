"""What a scenario says of the columns and sheets of a table, ready to be taken over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from scenarios.wording import Language, Text, clauses, on_page

_NO_GUESS = "…"
_ROW = Text("名称 {name}，值 {header}", "name {name}, value {header}")


class AsColumns(str):
    """The key `columns` of a scenario as YAML has it; on the page it is said as rows of a workbook."""

    meant: Mapping[str, str]

    def say(self, language: Language, /) -> str:
        """Return the rows of the sheet of settings on the page, else the YAML."""
        if not on_page():
            return str(self)
        rows = (_ROW.say(language, name=name, header=text or _NO_GUESS) for name, text in self.meant.items())
        return clauses(rows, language)


def as_columns(meant: Mapping[str, str]) -> AsColumns:
    """Return the key `columns` of a scenario; a column without a header is left to be filled in."""
    pairs = (f"{_quoted(name)}: {_quoted(text) if text else _NO_GUESS}" for name, text in meant.items())
    made = AsColumns(f"columns: {{{', '.join(pairs)}}}")
    made.meant = dict(meant)
    return made


def as_list(texts: Iterable[str]) -> str:
    """Return texts as a list of YAML."""
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    """Return a text as a value of YAML."""
    return f'"{text}"' if re.search(r"""[:#{}\[\],&*!|>'"%@`]""", text) else text
