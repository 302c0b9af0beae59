"""The data tables of accounts that come with the package."""

from __future__ import annotations

import csv
from importlib.resources import files


def rows(table: str) -> list[dict[str, str]]:
    """Return the rows of a data table."""
    text = (files("scenarios.accounting.data") / f"{table}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
