"""What stands twice: a place under two names, a code in two forms, the digits of another row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import groupby

from scenarios.errors import Finding
from scenarios.sense.asking import question
from scenarios.sense.figures import CityRow, CityTable
from scenarios.tables.regions import alias, plain_code

_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_PARTS = re.compile(r"(?:本级|(?<=市)区|市区|市辖区|辖区|全域|全境|全市|市域|合并|合计|含.*|不含.*)$")
_DIGITS = 7
"""Significant digits of emissions and GDP together from which both are not those of another row by accident."""
_DOWN = 3
"""Significant digits from which a figure does not stand in as many rows, one below the other, by accident."""


def same_place(table: CityTable) -> Iterator[Finding]:
    """Ask which of two rows counts whose names differ in brackets alone, or whose codes are the same."""
    seen: dict[str, CityRow] = {}
    codes: dict[str, CityRow] = {}
    for row in (each for each in table.rows if each.figures):
        key, code = _bare(row.name), plain_code(row.id)
        known = seen.setdefault(key, row)
        other = codes.setdefault(code, row) if code.isdigit() else row
        first = next((each for each in (known, other) if each is not row and not _plainly(each, row)), None)
        if first is not None and not (table.is_member(row) and table.is_member(first)):
            yield question(
                "same_place", f"same-place:{row.name}", row.cell.place, name=row.name, other=first.name,
                first=first.cell.place.inside,
            )  # fmt: skip


def identical_rows(table: CityTable) -> Iterator[Finding]:
    """Ask whether a row was copied whose emissions and GDP are those of another, digit for digit."""
    seen: dict[tuple[str, ...], CityRow] = {}
    for row in table.having("emissions", "gdp"):
        digits = tuple(row.figures[name].cell.text for name in ("emissions", "gdp"))
        if sum(map(significant, digits)) < _DIGITS:
            continue
        first = seen.setdefault(digits, row)
        if first is not row:
            yield question(
                "identical_rows", f"identical-rows:{row.name}", row.figures["emissions"].place, name=row.name,
                other=first.name, first=first.cell.place.inside, found=", ".join(digits),
            )  # fmt: skip


def filled_down(table: CityTable) -> Iterator[Finding]:
    """Ask whether emissions or GDP were filled down that are the same in several rows, one below the other."""
    for column in ("emissions", "gdp"):
        for found, rows in groupby(table.having(column), partial(_written, column)):
            same = list(rows)
            if len(same) >= _DOWN <= significant(found):
                yield question(
                    "filled_down", f"filled-down:{same[1].name}", same[1].figures[column].place, found=found,
                    name=same[0].name, last=same[-1].name, count=len(same),
                )  # fmt: skip


def _written(column: str, row: CityRow) -> str:
    return row.figures[column].cell.text


def _plainly(first: CityRow, second: CityRow) -> bool:
    """Return whether the two stand twice in plain sight, which the reader of the table says itself."""
    return alias(first.name) == alias(second.name) or first.id == second.id != ""


def _bare(name: str) -> str:
    return alias(_PARTS.sub("", _BRACKETS.sub("", name).strip()) or name)


def significant(text: str) -> int:
    """Return how many significant digits a number is written with."""
    return len(re.sub(r"[^0-9]", "", text).strip("0"))
