"""Writes explain.json, two CSV files and explain.html, all or none."""

from __future__ import annotations

from pathlib import Path

from allocator.output.folder import EXPLAINED, replaced_folder
from reports.explaining.page import explain_html
from reports.explaining.record import ExplainRecord
from reports.explaining.tables import cities_csv, weights_csv
from scenarios.quantities import in_own_words
from scenarios.wording import Language

WEIGHTS, CITIES, PAGE = "explain-weights.csv", "explain-regions.csv", "explain.html"
FILES = (EXPLAINED, WEIGHTS, CITIES, PAGE)


@in_own_words
def write_explanation(record: ExplainRecord, folder: Path, language: Language) -> None:
    """Write the files into a folder.

    Raises InputError: the folder cannot be used.
    """
    with replaced_folder(folder) as side:
        (side / EXPLAINED).write_text(record.to_json(), "utf-8", newline="\n")
        (side / WEIGHTS).write_bytes(weights_csv(record, language))
        (side / CITIES).write_bytes(cities_csv(record, language))
        (side / PAGE).write_text(explain_html(record, language), "utf-8", newline="\n")
