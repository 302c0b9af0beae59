"""Writes methods.json, methods.csv and methods.html, and a table of rates for each method, all or none.

A table of rates is read by every command that reads one: `verify`, `compare`, `publish --table`, `track`.
"""

from __future__ import annotations

from pathlib import Path

from allocator.by_method.pairs import PAIRS
from allocator.output.folder import METHODS, replaced_folder
from reports.by_method.page import methods_html
from reports.by_method.record import MethodsRecord
from reports.by_method.sentences import called
from reports.by_method.tables import methods_csv, rates_csv
from scenarios.quantities import in_own_words
from scenarios.wording import Language

TABLE = "methods.csv"
PAGE = "methods.html"
FILES = (METHODS, TABLE, PAGE)
TABLES: dict[str, str] = {key: f"rates-{key}.csv" for key in (*PAIRS, "plan", "least-cost")}
"""Method -> its table of rates."""


@in_own_words
def write_methods(record: MethodsRecord, folder: Path, language: Language) -> None:
    """Write the files into a folder.

    Raises InputError: the folder cannot be used.
    """
    with replaced_folder(folder, frozenset(TABLES.values())) as side:
        names = [called(method, language) for method in record.methods]
        (side / METHODS).write_text(record.to_json(), "utf-8", newline="\n")
        (side / TABLE).write_bytes(methods_csv(record, names, language))
        for method in record.had:
            if method.kind == "method":
                (side / TABLES[method.key]).write_bytes(rates_csv(record, method, language))
        (side / PAGE).write_text(methods_html(record, language), "utf-8", newline="\n")
