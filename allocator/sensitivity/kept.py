"""The samples themselves, for those who keep them: one file a chunk, put together at the end.

Columns: ``sample``, the criterion weights as ``weight:KEY``, the rates as ``rate:ID``, all fractions.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

from allocator.sensitivity.job import Drawn
from scenarios.errors import InputError, Place

CSV, PARQUET = "csv", "parquet"
FORMATS = (CSV, PARQUET)
FOLDER = "samples"


@dataclass(frozen=True)
class Keeper:
    """Writes samples chunk by chunk.

    Parameters
    ----------
    folder
        Where the files of the chunks go.
    form
        ``csv`` or ``parquet``.
    criteria, regions
        Keys and ids for the columns.
    """

    folder: Path
    form: str
    criteria: Sequence[str]
    regions: Sequence[str]

    def keep(self, number: int, drawn: Drawn) -> None:
        """Write one chunk.

        Raises
        ------
        InputError
            The disk is full, or the folder may not be written.
        """
        columns = ["sample", *(f"weight:{key}" for key in self.criteria), *(f"rate:{name}" for name in self.regions)]
        frame = pd.DataFrame(np.vstack([drawn.weights, drawn.rates]).T, columns=columns[1:])
        frame.insert(0, "sample", drawn.numbers)
        place = self.folder / f"part-{number:06d}.{self.form}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self.form == PARQUET:
                frame.to_parquet(place, engine="pyarrow", index=False)
            else:
                frame.to_csv(place, index=False, header=number == 0, lineterminator="\n")
        except OSError as error:
            raise InputError.of("out_not_writable", Place(file=str(place)), reason=error.strerror or error) from error

    def put_together(self, into: Path) -> None:
        """Put all chunks into an output folder: one CSV file, or a folder of Parquet files.

        Raises
        ------
        OSError
            The disk is full.
        """
        parts = sorted(self.folder.glob(f"part-*.{self.form}"))
        if self.form == PARQUET:
            (into / FOLDER).mkdir()
            for part in parts:
                shutil.copy2(part, into / FOLDER / part.name)
            return
        with (into / f"{FOLDER}.{CSV}").open("wb") as whole:
            for part in parts:
                with part.open("rb") as content:
                    shutil.copyfileobj(content, whole)


def check_format(form: str | None) -> None:
    """Refuse a format that is unknown or not installed.

    Raises
    ------
    InputError
        With what can be used.
    """
    place = Place(key="--keep")
    if form is not None and form not in FORMATS:
        raise InputError.of("sweep_keep", place, found=form, known=", ".join(FORMATS))
    if form == PARQUET and find_spec("pyarrow") is None:
        raise InputError.of("sweep_no_parquet", place)
