"""What is wrong in the table of a scenario whose file was refused itself: both are to be mended at once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scenarios.errors import Finding, InputError
from scenarios.file.document import Document
from scenarios.file.schema import Bounds, Period, Province
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.sense.asking import Answers
from scenarios.tables.layout.asked import as_far_as_understood
from scenarios.wording import Text


def findings_in_table(folder: Path, document: Document) -> tuple[Finding, ...]:
    """Return what is wrong in the regions table of a scenario file that was refused itself.

    Only what the file does say is asked of the table, so that nothing is reported that
    the mended file would not report.
    """
    name = document.values.get("regions")
    if not isinstance(name, str) or not name or Path(name).name != name:
        return ()
    try:
        province = Province.model_validate(document.values.get("province"))
    except ValidationError:
        province = None
    criteria = _sections(document.values.get("criteria"))
    indicators = [each for criterion in criteria for each in _sections(criterion.get("indicators"))]
    columns = frozenset(i["column"] for i in indicators if isinstance(i.get("column"), str))
    widest = Bounds(lower=Decimal("-0.99"), upper=Decimal("0.99"))
    try:
        elsewhere = frozenset(
            column for column, key in (("emissions", "energy"), ("gdp", "gdp")) if key in document.values
        )
        asked = as_far_as_understood(document.values, () if province is None else province.spellings)
        answers = Answers(dict.fromkeys(_answered(document.values.get("accept")), Text("", "")))
        read_regions(
            folder / name,
            Wanted(
                columns, widest, province, elsewhere=elsewhere, asked=asked, years=_years(document.values),
                answers=answers,
            ),
        )  # fmt: skip
    except InputError as error:
        return error.everything
    return ()


def _years(values: Mapping[str, Any]) -> int:
    """Return the length of the period, 0 where it is not said as it must be."""
    try:
        return Period.model_validate(values.get("period")).years
    except ValidationError:
        return 0


def _answered(answers: object) -> list[str]:
    """Return the ids that are answered, whatever else is wrong with the answers."""
    entries = answers if isinstance(answers, list) else [answers]
    return [entry["id"] for entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), str)]


def _sections(values: object) -> list[dict[str, Any]]:
    """Return the sections that stand in a section."""
    return [value for value in values.values() if isinstance(value, dict)] if isinstance(values, dict) else []
