"""Plain values from a scenario workbook, every key with its cell: what `yaml_tree` is for YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from scenarios.errors import Collector, Place
from scenarios.file.book.cells import name_meant, value_of
from scenarios.file.book.sheets import (
    ANSWERS,
    COUNTIES,
    CRITERION,
    DATA,
    INDICATOR,
    INDICATORS,
    JUDGEMENTS,
    LAST,
    RULES,
    SETTINGS,
    TABLES,
    Part,
    label_of,
    part_of,
    sheet_named,
)
from scenarios.file.book.slots import (
    NAME,
    Slot,
    alone,
    answer_slots,
    indicator_slots,
    needed_sections,
    rule_columns,
    rule_slots,
    settings_slots,
)
from scenarios.file.yaml_tree import MAX_DEPTH, read_scalar
from scenarios.tables.cells import CellError
from scenarios.tables.excel import is_copy, read_workbook
from scenarios.tables.grid import Cell, Grid
from scenarios.tables.regions import is_city_code
from scenarios.wording import LANGUAGES

Path = tuple[str | int, ...]

_OF_SHEET = re.compile(r":([^:]+\.xls[xm]):([^:]+)(?=:|$)", re.IGNORECASE)
"""What an id says of a sheet of a workbook."""
_LISTS = {RULES: "rules", ANSWERS: "accept"}
"""Sheets of which every row is an entry of a list."""
_FIRST = {RULES: "r", ANSWERS: "a"}


@lru_cache(maxsize=4)
def read_book(raw: bytes, name: str) -> tuple[dict[str, Any], dict[Path, Place]] | None:
    """Read a scenario workbook.

    Returns mappings, lists, texts, whole numbers, decimals, booleans; and path of keys -> cell, of empty ones too.
    None for a workbook without a sheet of settings. A workbook that was read before is not read again.
    Raises InputError: no workbook, one beyond the limits; a row without a key, a key twice, a formula that fails.
    """
    grids = {place.sheet.strip(): (place, grid) for place, grid in read_workbook(raw, name)}
    copies = any(is_copy(title) for title in grids)
    own = [title for title in grids if is_copy(title) == copies]
    sheets = {kind: grids[title] for title in reversed(own) if (kind := sheet_named(title))}
    parts = {kind: part for kind, (place, grid) in sheets.items() if (part := part_of(kind, place, grid)) is not None}
    if SETTINGS not in parts:
        return None
    tree = _Tree(name, tuple(grids))
    tree.settings(parts[SETTINGS])
    if INDICATORS in parts:
        tree.indicators(parts[INDICATORS])
    for kind in (RULES, ANSWERS):
        if kind in parts:
            tree.entries(kind, parts[kind])
    if JUDGEMENTS in parts:
        tree.judgements(parts[JUDGEMENTS])
    tree.own_answers()
    tree.own_tables({kind: grid for kind, (_, grid) in sheets.items()}, sheets)
    tree.collector.raise_errors()
    return tree.values, tree.all_places()


class _Tree:
    """Gathers values and their places."""

    def __init__(self, name: str, titles: Sequence[str]) -> None:
        self.name, self.titles = name, titles
        self.values: dict[str, Any] = {}
        self.places: dict[Path, Place] = {}
        self.collector = Collector()

    def all_places(self) -> dict[Path, Place]:
        """Return the places of all keys, of a section without one that of its first key."""
        whole = dict(self.places)
        for path, place in self.places.items():
            for n in range(len(path) - 1, 0, -1):
                if path[:n] in whole:
                    break
                whole[path[:n]] = place
        return whole

    def settings(self, part: Part) -> None:
        """Read the sheet of settings: a key a row."""
        slots = {slot.key: slot for slot in settings_slots()}
        short = {".".join(path): slot for path, slot in alone(slots.values()).items()}
        labels = {label_of(slot.path, one): slot.key for slot in slots.values() for one in LANGUAGES}
        for row in part.rows:
            cell, name = part.cell(row, "value"), part.text(row, "name")
            key = part.text(row, "key") or labels.get(part.text(row, "item"), "")
            if cell is None or not (key or cell.text or cell.unknown):
                continue
            if not key or key.count(".") > MAX_DEPTH:
                self._refuse("book_no_key", cell, found=key or part.text(row, "item"))
            elif NAME in key.split(".") and not name:
                if cell.text:
                    self._refuse("book_no_name", part.cell(row, "name") or cell, key=key)
            else:
                slot = slots.get(key) or short.get(key)
                self._setting(key, name_meant(name, slot) if slot else name, cell, slot)
        for section in needed_sections():
            self.values.setdefault(section, {})
        for prefix in {slot.path[: slot.path.index(NAME)] for slot in slots.values() if slot.listed}:
            self._numbered(prefix)

    def _setting(self, key: str, name: str, cell: Cell, slot: Slot | None) -> None:
        path = tuple(name if part == NAME else part for part in key.split("."))
        section = slot is None and any(known.key.startswith(f"{key}.") for known in settings_slots())
        if section and cell.text.startswith(("{", "[")):
            self._put(path, read_scalar(cell.text), cell)
        elif slot is None:
            self._put(path, cell.text or None, cell)
        elif slot.path[-1] == NAME and not (cell.text or cell.unknown or slot.listed):
            self._put(path, None, cell)
        else:
            self._take(path, slot, cell)

    def indicators(self, part: Part) -> None:
        """Read the sheet of indicators: a row an indicator, of a criterion that its first row describes."""
        self.places["criteria",] = replace(part.place, cell=part.head[0].place.cell, row=part.head[0].place.row)
        own = {slot.key: slot for slot in indicator_slots()}
        criterion = ""
        for row in part.rows:
            if not any(cell.text or cell.unknown for n, cell in enumerate(row) if n in part.columns.values()):
                continue
            number = row[0].place.row
            named = part.text(row, CRITERION)
            if named or any(part.text(row, key) for key in own if "indicators" not in key and "label" in key):
                criterion = named or f"c{number}"
                self._head(("criteria", criterion), part.cell(row, CRITERION) or row[0])
            below = any(part.text(row, key) for key in own if "indicators" in key)
            indicator = part.text(row, INDICATOR) or (f"i{number}" if below else "")
            at = ("criteria", criterion, "indicators", indicator)
            if indicator and ("criteria", criterion, "indicators", indicator) in self.places:
                self._refuse("book_twice", part.cell(row, INDICATOR) or row[0], first=self.places[at])
                continue
            if indicator:
                self._head(at, part.cell(row, INDICATOR) or row[0])
            for key, slot in own.items():
                cell, inside = part.cell(row, key), "indicators" in key
                if cell is None or (inside and not indicator) or (not inside and not (cell.text or named)):
                    continue
                names = iter((criterion, indicator))
                path = [next(names) if part == NAME else part for part in slot.path]
                self._take(("criteria", *path), slot, cell)

    def _head(self, path: Path, cell: Cell) -> None:
        """Note where a section begins."""
        self.places.setdefault(path, cell.place)
        node: Any = self.values
        for key in path:
            node = node.setdefault(key, {})

    def entries(self, kind: str, part: Part) -> None:
        """Read a sheet of which every row is an entry of a list."""
        entries: list[Any] = []
        columns = rule_columns() if kind == RULES else {slot.key: slot for slot in answer_slots()}
        self.places[_LISTS[kind],] = replace(part.place, cell=part.head[0].place.cell, row=part.head[0].place.row)
        for row in part.rows:
            given = [key for key in part.columns if (c := part.cell(row, key)) is not None and (c.text or c.unknown)]
            if not {*given} - {"enabled"}:
                continue
            path = (_LISTS[kind], len(entries))
            self.places[path] = row[0].place
            entries.append({})
            if kind == RULES and "id" not in given:
                entries[-1]["id"] = f"{_FIRST[kind]}{row[0].place.row}"
            said = self._type_of(part, row, columns) if kind == RULES else columns
            for key in part.columns:
                cell, slot = part.cell(row, key), said.get(key) or columns[key]
                if cell is not None:
                    self._take((*path, *slot.path), slot, cell, entries[-1], 2)
        if entries:
            self.values[_LISTS[kind]] = entries

    def _type_of(self, part: Part, row: Sequence[Cell], columns: Mapping[str, Slot]) -> dict[str, Slot]:
        """Return what the columns hold in a row of rules: a limit is a rate in one type and a factor in another."""
        cell = part.cell(row, "type")
        found = cell.text and value_of(replace(cell, doubt=""), columns["type"]) if cell is not None else ""
        return {slot.key: slot for slot in rule_slots().get(str(found), ()) if slot.key != "type"}

    def judgements(self, part: Part) -> None:
        """Read the sheet of judgements."""
        from scenarios.file.book.judged import read_judgements  # most scenarios have none

        judged, places = read_judgements(part, self.collector)
        if judged:
            self.values["judgements"] = judged
            self.places |= {("judgements", *path): place for path, place in places.items()}

    def own_answers(self) -> None:
        """Have the answers about sheets of the workbook name it as it is called now."""
        named = {each.partition("#")[0] for each in _texts(self.values)} - {self.name}
        for answer in self.values.get("accept", ()):
            for match in _OF_SHEET.finditer(str(answer.get("id", ""))):
                if match[2] in self.titles and match[1] not in named:
                    answer["id"] = answer["id"].replace(match[0], f":{self.name}:{match[2]}")

    def own_tables(self, grids: Mapping[str, Grid], sheets: Mapping[str, tuple[Place, Grid]]) -> None:
        """Name the sheets of the workbook that are tables of the scenario, where the settings name no others."""
        title = {kind: place.sheet for kind, (place, _) in sheets.items()}
        if DATA in grids and self.values.get("regions") is None:
            self.values["regions"] = self.name if self.values.get("sheet") else self._inside(title[DATA])
        below = self.values.get("below", {})
        if COUNTIES in grids and isinstance(below, dict) and "regions" not in below and _has_figures(grids[COUNTIES]):
            self.values["below"] = {"regions": self._inside(title[COUNTIES]), **below}
        tables = self.values.get("tables", {})
        for name, kind in TABLES.items():
            if kind not in grids or not _has_figures(grids[kind]) or not isinstance(tables, dict) or name in tables:
                continue
            if self._inside(title[kind]) not in tables.values():
                self.values["tables"] = tables = {**tables, name: self._inside(title[kind])}
                if kind == LAST:
                    self.values.setdefault("last_period", name)

    def _inside(self, title: str) -> str:
        return f"{self.name}#{title}"

    def _take(self, path: Path, slot: Slot, cell: Cell, node: Any = None, skip: int = 0) -> None:  # noqa: ANN401
        """Put what stands in a cell under its path, which is noted though the cell be empty."""
        if not (cell.text or cell.unknown):
            self.places.setdefault(path, replace(cell.place, key=""))
            return
        if cell.unknown:
            self._refuse("formula_without_value", cell)
            return
        try:
            value = value_of(cell, slot)
        except CellError as error:
            self._refuse(error.code, cell, **error.values)
            return
        if slot.kind == "table" and value in self.titles:
            value = self._inside(str(value))
        self._put(path, value, cell, node, skip)

    def _put(self, path: Path, value: Any, cell: Cell, node: Any = None, skip: int = 0) -> None:  # noqa: ANN401
        """Put a value under a path; `node` is what stands under the first keys that are to be skipped."""
        node = self.values if node is None else node
        for key in path[skip:-1]:
            node = node.setdefault(key, {}) if isinstance(node, dict) else None
        if not isinstance(node, dict) or path[-1] in node:
            self._refuse("book_twice", cell, first=self.places.get(path) or next(self._above(path), Place()))
            return
        node[str(path[-1])] = value
        self.places[path] = cell.place

    def _above(self, path: Path) -> Iterator[Place]:
        return (self.places[path[:n]] for n in range(len(path) - 1, 0, -1) if path[:n] in self.places)

    def _numbered(self, prefix: tuple[str, ...]) -> None:
        """Make the entries of a list of what stood under their numbers, in the order of the rows."""
        *parents, last = prefix
        node: Any = self.values
        for key in parents:
            node = node.get(key, {}) if isinstance(node, dict) else {}
        found = node.get(last) if isinstance(node, dict) else None
        if not isinstance(found, dict):
            return
        node[last] = list(found.values())
        at = {name: n for n, name in enumerate(found)}
        moved = {
            (*prefix, at[str(path[len(prefix)])], *path[len(prefix) + 1 :]): place
            for path, place in self.places.items()
            if path[: len(prefix)] == prefix and len(path) > len(prefix) and path[len(prefix)] in at
        }
        self.places.update(moved)

    def _refuse(self, code: str, cell: Cell, **values: object) -> None:
        self.collector.error(code, cell.place, **values)


def _texts(node: object) -> Iterator[str]:
    """Yield all texts of plain values."""
    if isinstance(node, str):
        yield node
    inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for each in inside:
        yield from _texts(each)


def _has_figures(grid: Grid) -> bool:
    """Return whether a table holds a figure that is no code of a region."""
    return any(cell.is_figure and not is_city_code(cell.text) for row in grid for cell in row)
