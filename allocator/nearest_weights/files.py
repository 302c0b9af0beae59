"""Writes weights-for.json and weights-for.csv, both or none."""

from __future__ import annotations

from pathlib import Path

from allocator.output.folder import WEIGHTS_FOR, replaced_folder
from reports.nearest_weights.record import WeightsForRecord
from reports.nearest_weights.sentences import weights_for_csv
from scenarios.quantities import in_own_words
from scenarios.wording import Language

TABLE = "weights-for.csv"
FILES = (WEIGHTS_FOR, TABLE)


@in_own_words
def write_weights_for(record: WeightsForRecord, folder: Path, language: Language) -> None:
    """Write the files into a folder.

    Raises InputError: the folder cannot be used.
    """
    with replaced_folder(folder) as side:
        (side / WEIGHTS_FOR).write_text(record.to_json(), "utf-8", newline="\n")
        (side / TABLE).write_bytes(weights_for_csv(record, language))
